"""The drawer of the team: closed until somebody asks, and nothing of it is worked out, or even loaded, before."""

import streamlit as st

from ui.number_format import Formats
from ui.session.people import DRAWER_KEY
from ui.session.workspace import Desk

LABEL = "The team: who stands where, what it costs, who gains and who loses"


def team_drawer(desk: Desk, formats: Formats) -> None:
    """The team under the plan, one click away."""
    with st.expander(LABEL, key=DRAWER_KEY, on_change="rerun") as drawer:
        if drawer.open:
            from ui.team.section import team_section

            with st.container(key="team", gap="small"):
                team_section(desk, formats)
