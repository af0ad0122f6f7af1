"""The tour: four things to do on the page itself, each ticked off once it has been done."""

from dataclasses import dataclass, replace
from typing import Literal, get_args

import streamlit as st

from calc.documents.planfile import Preset
from ui.session.mending import mended_comparison
from ui.session.workspace import Desk

TourStep = Literal["move", "mend", "compare", "share"]
TOUR_STEPS: tuple[TourStep, ...] = get_args(TourStep)


@dataclass(frozen=True)
class Tour:
    """How far somebody is: the plan that the tour began with, and what was done or left out since."""

    begun: Preset
    done: frozenset[TourStep] = frozenset()

    @property
    def step(self) -> TourStep | None:
        """What is to be done next; None where all of it has been."""
        return next((step for step in TOUR_STEPS if step not in self.done), None)


def start_tour() -> None:
    """Begin the tour with the plan on the screen."""
    st.session_state.tour = Tour(st.session_state.desk.view.preset)
    st.session_state.newcomer = False


def end_tour() -> None:
    """Take the tour off the page."""
    st.session_state.tour = None


def skip_step() -> None:
    """Leave out what is to be done next."""
    tour: Tour | None = st.session_state.get("tour")
    if tour is not None and tour.step is not None:
        st.session_state.tour = replace(tour, done=tour.done | {tour.step})


def current_tour(desk: Desk, sharing: bool) -> Tour | None:
    """The tour as far as it has come, with what has just been done; None where there is none.

    Args:
        desk: what is on the screen.
        sharing: whether the link is shown.
    """
    tour: Tour | None = st.session_state.get("tour")
    if tour is not None and tour.step is not None and _has_done(tour.step, tour, desk, sharing):
        tour = st.session_state.tour = replace(tour, done=tour.done | {tour.step})
    return tour


def _has_done(step: TourStep, tour: Tour, desk: Desk, sharing: bool) -> bool:
    if step == "move":
        return desk.view.preset is not tour.begun
    if step == "mend":
        return mended_comparison(desk) is not None
    return desk.view.against is not None if step == "compare" else sharing
