"""Whether a session looks at what people do under the plan: nothing of it is worked out, or loaded, before."""

import streamlit as st

CONDUCT_KEY = "drawer-conduct"
"""The session's key of the drawer."""


def conduct_open() -> bool:
    """Whether what people do is looked at: the drawer is open, and nothing is presented in its place."""
    desk = st.session_state.get("desk")
    presented = desk is not None and desk.view.present is not None
    return bool(st.session_state.get(CONDUCT_KEY)) and not presented
