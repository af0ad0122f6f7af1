"""A search over shapes of pay that a session runs: a few shapes at a time, so that it can be stopped and others work.

Each step waits for its turn like every other change on this server, and does a few tenths of a second of work.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

import streamlit as st

from calc.documents.planfile import Preset
from ui.session.turns import TURNS

if TYPE_CHECKING:
    from calc.behaviour.search import SearchFound
    from calc.behaviour.shapes import SearchLimits

SEARCH_STATE = "shape_search"


@dataclass
class ShapeSearch:
    """One search.

    Args:
        preset: the plan whose shape is looked at.
        limits: what a shape may look like.
        steps: what is still to be done.
        found: how far it has come; None before the first step.
        running: whether it goes on.
    """

    preset: Preset
    limits: "SearchLimits"
    steps: "Iterator[SearchFound]"
    found: "SearchFound | None" = None
    running: bool = True

    def advance(self) -> None:
        """The next few shapes, when it is this session's turn."""
        with TURNS.turn():
            step = next(self.steps, None)
        if step is None:
            self.running = False
        else:
            self.found = step


def current_search(preset: Preset) -> ShapeSearch | None:
    """The search of this very plan; none where the plan has changed since, which ends it."""
    search: ShapeSearch | None = st.session_state.get(SEARCH_STATE)
    if search is not None and search.preset is not preset:
        st.session_state[SEARCH_STATE] = search = None
    return search


def start_search(preset: Preset, at: Mapping[str, float], limits: "SearchLimits", budget: float) -> None:
    """Begins a search anew; the budget is a share of today's full cost."""
    from calc.behaviour.search import search_shapes

    steps = search_shapes(preset, limits, at=at, budget=budget)
    st.session_state[SEARCH_STATE] = ShapeSearch(preset, limits, steps)


def stop_search() -> None:
    """Stops the search; what it has found so far stays."""
    search: ShapeSearch | None = st.session_state.get(SEARCH_STATE)
    if search is not None:
        search.running = False
