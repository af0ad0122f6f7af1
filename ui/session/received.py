"""What a browser says, at one door: a number, a text, a size, or nothing where it says something else.

A forged message may hold any JSON: whole numbers of a thousand digits, lists where a text belongs, megabytes of it.
"""

import math
from typing import Any

import streamlit as st

MAX_BELIEVED = 1e15
"""The largest number that a browser is believed; no plan has a larger one."""


def received_event(component: str, name: str) -> Any:
    """What a component tells once; None where it tells nothing, or is on the page no more.

    >>> received_event("somebody else's", "clicked")
    """
    return getattr(st.session_state.get(component), name, None)


def received_number(said: Any) -> float | None:
    """A finite number of a size that plans have.

    >>> received_number(3), received_number(True), received_number(10**400), received_number("3")
    (3.0, None, None, None)
    """
    if isinstance(said, bool) or not isinstance(said, int | float) or not abs(said) <= MAX_BELIEVED:
        return None
    return float(said)


def received_text(said: Any, longest: int) -> str | None:
    """A text of at most so many letters.

    >>> received_text("a", 1), received_text("ab", 1), received_text(["a"], 9)
    ('a', None, None)
    """
    return said if isinstance(said, str) and len(said) <= longest else None


def received_size(said: Any, low: float, high: float) -> tuple[float, float] | None:
    """Width and height, each held between two bounds.

    >>> received_size([100, 9999], 200, 4000), received_size([1, "2"], 200, 4000), received_size({}, 200, 4000)
    ((200, 4000), None, None)
    """
    if not isinstance(said, list) or len(said) != 2:
        return None
    width, height = (received_number(length) for length in said)
    if width is None or height is None or math.isnan(width + height):
        return None
    return min(max(width, low), high), min(max(height, low), high)
