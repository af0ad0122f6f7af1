"""The drawer of the year: closed until somebody asks, and nothing of it is worked out before."""

import streamlit as st

from ui.number_format import Formats
from ui.session.workspace import Desk

YEAR_KEY = "drawer-year"


def year_drawer(desk: Desk, formats: Formats) -> None:
    """The year under the plan, one click away."""
    with st.expander(
        "The year: earned, paid, and when the next one earns nothing", key=YEAR_KEY, on_change="rerun"
    ) as one:
        if one.open:
            from ui.year.section import show_section  # what it reads takes a moment to load

            with st.container(key="year", gap="medium"):
                show_section(desk, formats)
