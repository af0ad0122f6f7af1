"""Flatline: a what-if calculator for sales-incentive plans. The page from top to bottom, as it is read."""

import streamlit as st

from ui import moving, pages, presenting, reading, state
from ui.parts import calm, draw
from ui.work import formats

pages.frame()
with calm("The page"):
    desk = state.desk()
    if presenting.shown(desk, formats(desk)):
        pages.follow()
        st.stop()
    pages.head(desk)
    pages.notices(desk)
    if pages.begin():
        draw("said", "What is found", reading.said)
        left, right = pages.columns()
        with left:
            draw("picture", "The picture", reading.picture)
            draw("found", "What is found", reading.found)
            draw("more", "What else is found", reading.more)
        with right:
            draw("ways", "The way back", moving.ways)
            moving.adjusting()
        draw("below", "The numbers", reading.below)
    else:
        moving.ways()
    draw("address", "The address", pages.follow)
