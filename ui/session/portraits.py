"""What people do under the plan on the screen, worked out once as long as nothing changes."""

import streamlit as st

from ui.model.conduct import Portrait
from ui.session.diagnosis import findings_of
from ui.session.workspace import Desk

KEPT = 4
"""Portraits remembered in a session."""


def portrait(desk: Desk) -> Portrait:
    """What people do under the plan on a desk; a new one only where the plan, the rep or the other plan is another."""
    preset, at = desk.view.preset, dict(desk.view.at)
    pinned = None if desk.view.against is None else desk.view.against.preset
    known: list[Portrait] = st.session_state.setdefault("portraits", [])
    for one in known:
        if one.preset is preset and one.at == at and one.pinned is pinned:
            return one
    found = Portrait(preset, at, findings_of(preset, at), pinned)
    st.session_state.portraits = [*known, found][-KEPT:]
    return found
