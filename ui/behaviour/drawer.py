"""The drawer of the view: closed until somebody asks, and nothing of it is worked out, or even loaded, before."""

import streamlit as st

from ui.number_format import Formats
from ui.session.conduct_drawer import CONDUCT_KEY
from ui.session.workspace import Desk


def draw_conduct(desk: Desk, formats: Formats) -> None:
    """What people do under the plan, one click away."""
    with st.expander("What people do under this plan", key=CONDUCT_KEY, on_change="rerun") as drawer:
        if drawer.open:
            from ui.behaviour.section import show  # the effort model takes longer to load than the page to draw

            with st.container(key="conduct", gap="medium"):
                show(desk, formats)
