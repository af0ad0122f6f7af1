"""The editor from top to bottom."""

import streamlit as st

from calc.plan.kpi import Kpi
from ui.editor.conditions import conditions
from ui.editor.files import files
from ui.editor.measures import measures
from ui.editor.whole import whole
from ui.number_format import Formats
from ui.session.workspace import Desk

WAYS = ("Adjust", "Edit")


def chosen() -> bool:
    """Whether the plan is edited, and not adjusted."""
    return bool(st.session_state.get("edit_way") == WAYS[1])


def choice() -> None:
    """The choice between adjusting and editing."""
    way = st.session_state.setdefault("edit_way", WAYS[0])
    st.session_state.setdefault("edit-way", way)
    st.segmented_control(
        "Adjust the plan, or edit what it is made of",
        WAYS,
        required=True,
        key="edit-way",
        label_visibility="collapsed",
        width="stretch",
        on_change=_went,
    )


def _went() -> None:
    st.session_state.edit_way = st.session_state["edit-way"]


def panel(desk: Desk, kpi: Kpi, formats: Formats) -> None:
    """Everything that a plan is made of; the measure on the axis first."""
    files(desk)
    measures(desk, kpi, formats)
    conditions(desk, formats)
    whole(desk, formats)
