"""The foot of a presentation: keys, swipes, and three buttons, all of which count the same step."""

from pathlib import Path

import streamlit as st

from calc.documents.link import MAX_STEPS
from ui.components.mounting import GONE
from ui.session import store
from ui.session.received import received_event

KEYS_FOLDER = Path(__file__).resolve().parent
KEYS_NAME = "present_keys"
START_BUTTON = "present"
"""The key of the button that a presentation begins with; where the keyboard is again when it ends."""


def _read_text(name: str) -> str:
    return (KEYS_FOLDER / name).read_text(encoding="utf-8")


_mount = st.components.v2.component(
    "flatline_keys", js=GONE + _read_text("keys.js"), css=_read_text("keys.css"), isolate_styles=False
)


def draw_foot(step: int, steps: int, told: str) -> None:
    """The foot of a step; `told` is read to those who listen."""
    data = {"step": step, "steps": steps, "told": told, "back": f".st-key-{START_BUTTON} button"}
    data["answered"] = st.session_state.get("present_turn", 0)
    _mount(data=data, key=KEYS_NAME, on_step_change=_on_step)


def _on_step() -> None:
    """Where the browser is by now; not how far it went, so that what is lost or comes late does no harm."""
    asked = received_event(KEYS_NAME, "step")
    if not isinstance(asked, dict):
        return
    step, turn = asked.get("step"), asked.get("turn")
    if isinstance(turn, int):
        st.session_state.present_turn = turn
    if isinstance(step, int) and 0 <= step <= MAX_STEPS:
        store.present_step(step or None)
