"""Flatline: a what-if calculator for sales-incentive plans. The page from top to bottom, as it is read."""

import streamlit as st

from ui import pages, presenting, state
from ui.parts import calm, draw

pages.frame()
with calm("The page"):
    desk = state.desk()
    if presenting.shown(desk, pages.formats(desk)):
        pages.follow()
        st.stop()
    pages.head(desk)
    pages.notices(desk)
    if pages.begin():
        draw("said", "What is found", pages.said)
        left, right = pages.columns()
        with left:
            draw("picture", "The picture", pages.picture)
            draw("found", "What is found", pages.found)
            draw("more", "What else is found", pages.more)
        with right:
            draw("ways", "The way back", pages.ways)
            pages.adjusting()
        draw("below", "The numbers", pages.below)
    else:
        draw("ways", "The way back", pages.ways)
    draw("address", "The address", pages.follow)
