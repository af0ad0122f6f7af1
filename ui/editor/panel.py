"""The editor from top to bottom: the sheet first, then what is seldom asked."""

import streamlit as st

from calc.plan.kpi import Kpi
from ui.editor import fields
from ui.editor.conditions import edit_conditions
from ui.editor.files import file_buttons
from ui.editor.kept import kept_plans_panel
from ui.editor.measures import measure_drawer
from ui.editor.sheet import plan_sheet
from ui.editor.whole import currency_names, whole_plan_drawers
from ui.number_format import Formats
from ui.session.workspace import Desk

WAYS = ("Adjust", "Edit")


def is_editing() -> bool:
    """Whether the plan is edited, and not adjusted."""
    return bool(st.session_state.get("edit_way") == WAYS[1])


def way_choice() -> None:
    """The choice between adjusting and editing."""
    way = st.session_state.setdefault("edit_way", WAYS[0])
    st.segmented_control(
        "Adjust the plan, or edit what it is made of",
        WAYS,
        default=way,
        required=True,
        key="edit-way",
        label_visibility="collapsed",
        width="stretch",
        on_change=_on_way,
    )


def _on_way() -> None:
    st.session_state.edit_way = st.session_state["edit-way"]


def editor_panel(desk: Desk, kpi: Kpi, formats: Formats) -> None:
    """Everything that a plan is made of."""
    with st.container(horizontal=True, gap="small", key="edit-files"):
        file_buttons(desk)
        kept_plans_panel(desk)
    plan_sheet(desk, currency_names(formats.locale), formats)
    for place in ("add", "remove", "move"):
        fields.say_refusal(place)
    measure_drawer(desk, kpi)
    edit_conditions(desk, formats)
    whole_plan_drawers(desk)
