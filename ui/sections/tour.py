"""The tour above the page: what to do next, with a ring around where it is done."""

import html
from collections.abc import Mapping
from dataclasses import dataclass

import streamlit as st

from ui.charts.palette import palette_of
from ui.session import store, tour
from ui.session.tour import TOUR_STEPS, Tour, TourStep

NEWCOMER_BUTTON = "tour-start"


@dataclass(frozen=True)
class StepWords:
    """A step in words: what it is called, what to do, the style's name of the place where it is done, and how far off
    that place its ring goes [px].
    """

    title: str
    says: str
    place: str
    offset: int = 3


STEP_WORDS: Mapping[TourStep, StepWords] = {
    "move": StepWords(
        "Move the plan",
        "Drag a label under the picture, such as the floor, or move a slider. The line, the sentence on top and the "
        "figures follow your hand.",
        ".st-key-live_picture",
        -3,
    ),
    "mend": StepWords(
        "Fix it",
        "Each card says what goes wrong and what fixes it. Press “Fix it” on one: the plan changes, and the page says "
        "what that does to pay and cost.",
        "[class*='st-key-mend-'] button",
    ),
    "compare": StepWords(
        "Compare",
        "Press “Compare”, then change something or choose another plan: both stand side by side, with what each costs "
        "and who gains or loses.",
        ".st-key-compare button",
    ),
    "share": StepWords(
        "Share",
        "Press “Share” and copy the link. It opens exactly this screen for anybody, without a login.",
        ".st-key-share button",
    ),
}
TOUR_END = (
    "That is Flatline. “Situations” holds more plans, “Edit” builds your own, and “Present” tells a plan in slides."
)


def tour_button() -> None:
    """The button that begins the tour, for somebody who is new."""
    if store.is_newcomer():
        st.button("New here? One-minute tour", key=NEWCOMER_BUTTON, type="primary", on_click=tour.start_tour)


def show_tour(now: Tour | None) -> None:
    """The step that is to be done next; nothing where there is no tour."""
    if now is None:
        return
    with st.container(key="tour", horizontal=True, vertical_alignment="center", gap="small"):
        st.html(_tour_html(now))
        if now.step is None:
            st.button("Close", key="tour-end", on_click=tour.end_tour)
            return
        st.button("Skip", key="tour-skip", help="Go on to the next step.", on_click=tour.skip_step)
        st.button("End tour", key="tour-end", on_click=tour.end_tour)


def _tour_html(now: Tour) -> str:
    if now.step is None:
        return f'<p class="tour" role="status">{html.escape(TOUR_END)}</p>'
    words, number = STEP_WORDS[now.step], TOUR_STEPS.index(now.step) + 1
    colour = palette_of(st.context.theme.type).curve
    ring = f"{words.place} {{ outline: 3px solid {colour}; outline-offset: {words.offset}px; }}"
    title = f"<strong>{number} of {len(TOUR_STEPS)}: {html.escape(words.title)}.</strong>"
    return f'<style>{ring}</style><p class="tour" role="status">{title} {html.escape(words.says)}</p>'
