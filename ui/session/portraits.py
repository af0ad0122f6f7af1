"""What people do under the plan on the screen, worked out once as long as nothing changes."""

import streamlit as st

from calc.documents.link import View
from ui.model.conduct import Portrait
from ui.session.diagnosis import findings_of

KEPT = 4
"""Portraits remembered in a session."""


def portrait_of(view: View) -> Portrait:
    """What people do under the plan of a view; worked out anew where the plan, the rep or the other plan differ."""
    preset, at = view.preset, dict(view.at)
    pinned = None if view.against is None else view.against.preset
    known: list[Portrait] = st.session_state.setdefault("portraits", [])
    for one in known:
        if one.preset is preset and one.at == at and one.pinned is pinned:
            return one
    found = Portrait(preset, at, findings_of(preset, at), pinned)
    st.session_state.portraits = [*known, found][-KEPT:]
    return found
