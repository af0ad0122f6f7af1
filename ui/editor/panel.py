"""The editor from top to bottom: the sheet first, then what is seldom asked."""

import streamlit as st

from calc.plan.kpi import Kpi
from ui.editor import fields
from ui.editor.conditions import conditions
from ui.editor.files import files
from ui.editor.kept import plans
from ui.editor.measures import more
from ui.editor.sheet import sheet
from ui.editor.whole import currencies, whole
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
    """Everything that a plan is made of."""
    with st.container(horizontal=True, gap="small", key="edit-files"):
        files(desk)
        plans(desk)
    sheet(desk, currencies(formats.locale), formats)
    for place in ("add", "remove", "move"):
        fields.says(place)
    more(desk, kpi)
    conditions(desk, formats)
    whole(desk)
