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
    pages.head(desk)
    pages.notices(desk)
    with pages.calm("What it pays"):
        scene = pages.scene(desk)
        said = pages.finding(desk, formats)
        pages.numbers(desk, scene, formats)
        pages.axis(desk, scene)
        left, right = st.columns([1.85, 1], gap="large")
        with left:
            pinning.line(desk)
            stage = pages.image(desk, scene, formats, said)
            with pages.calm("What is found"):
                pinning.against(desk, stage, formats)
                compared.mended(desk, formats)
                cards.cards(desk, formats)
                with st.container(key="around", gap=None):
                    beside.drawer(desk, scene, stage, formats)
                    situation.panels(desk, formats)
        with right:
            pages.controls_of(desk, scene, formats)
            situation.drawers(desk, formats)
        pages.table(scene, formats)
        sharing.in_words(desk, formats)
    pages.follow()
