"""Flatline: a what-if calculator for sales-incentive plans. The page from top to bottom, as it is read."""

import streamlit as st

from ui import beside, cards, compared, pages, pinning, presenting, sharing, situation, state

pages.frame()
with pages.calm("The page"):
    desk = state.desk()
    formats = pages.formats(desk)
    if presenting.shown(desk, formats):
        pages.follow()
        st.stop()
    work = pages.work(desk, formats)
    pages.head(desk)
    pages.notices(desk)
    with pages.calm("What it pays"):
        scene, stage = work.scene, work.stage
        said = pages.finding(desk, formats)
        pages.numbers(desk, scene, formats)
        pages.axis(work)
        left, right = pages.columns()
        with left:
            pages.image(work, said)
            with pages.calm("What is found"):
                pinning.against(desk, stage, formats)
                compared.mended(desk, formats)
                cards.cards(desk, formats)
                with st.container(key="around", gap=None):
                    beside.drawer(desk, scene, stage, formats)
                    situation.panels(desk, formats)
        with right:
            pages.controls_of(work)
            situation.drawers(desk, formats)
        pages.table(scene, formats)
        sharing.in_words(desk, formats)
    pages.follow()
