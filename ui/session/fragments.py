"""The page in parts: after a change each is drawn anew by itself, and only where what it shows has changed.

Every part notes what it shows. After a change `follow_change` works out what they would show now, and asks for those
alone that differ: a browser is kept busy by what it is sent, changed or not. Where more has changed than parts can
tell, the whole page is drawn; and so it is where a part finds that the page has gone on without it.
"""

import logging
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field

import streamlit as st

from ui.session import store
from ui.session.turns import TURNS, newer_waits
from ui.session.workspace import Desk

_logger = logging.getLogger("flatline")


@contextmanager
def calm_errors(what: str) -> Iterator[None]:
    """Tells of what went wrong in one sentence; the details are for the server's log."""
    try:
        yield
    except Exception:
        _logger.exception("%s could not be shown", what)
        st.error(f"{what} cannot be shown for this plan. Undo the last change, or choose another plan.")


@dataclass(frozen=True)
class Page:
    """A page that has parts.

    `frame` answers with what the page hangs on as a whole, `shows` with what each of its parts shows, by name. Equal
    answers are equal on the screen.
    """

    frame: Callable[[], object]
    shows: Callable[[], Mapping[str, object]]


@dataclass(frozen=True)
class _Told:
    """What is to be on the screen: the desk, what the page hangs on and its parts show; and what each part shows yet.

    A part that was asked for may not have been drawn when the next change comes: of two requests that meet on their
    way Streamlit keeps the second. So each part notes what it has drawn, and what is behind is asked for again.
    """

    page: Page
    desk: Desk
    frame: object
    shows: Mapping[str, object]
    drawn: dict[str, object] = field(default_factory=dict)


def clear_parts() -> None:
    """Notes that a run of the whole page has begun, and that there are no parts yet."""
    st.session_state.parts = None


def note_page(page: Page) -> None:
    """Notes what the parts are about to show."""
    with TURNS.turn():
        st.session_state.parts = _Told(page, st.session_state.desk, page.frame(), page.shows())


def draw_part(name: str, what: str, show: Callable[[], None]) -> None:
    """Draws a part of the page.

    Args:
        name: what it is called among the parts.
        what: what it is called where it cannot be drawn.
        show: draws it, from what the session holds by then.
    """
    st.fragment(_draw_again, key=_part_key(name))(name, what, show)


def follow_change(*anew: str) -> None:
    """After a change, in the callback that made it: asks for the parts that have changed.

    Args:
        anew: parts to be drawn anew in any case, where there are such parts.
    """
    told: _Told | None = st.session_state.get("parts")
    if told is None:
        return
    with TURNS.turn(newer_waits) as mine:
        if not mine:
            st.rerun(
                [_part_key(next(iter(told.shows)))]
            )  # the newer change runs with it, and asks for what this one would
        try:
            frame, shows = told.page.frame(), told.page.shows()
        except Exception:
            _logger.exception("what has changed could not be told; the whole page is drawn")
            return
    if frame != told.frame or shows.keys() != told.shows.keys():
        return
    for name in anew:
        told.drawn.pop(name, None)
    st.session_state.parts = _Told(told.page, st.session_state.desk, frame, shows, told.drawn)
    store.note_change()
    st.rerun([_part_key(name) for name, shown in shows.items() if name not in told.drawn or shown != told.drawn[name]])


def parts_settled() -> bool:
    """Whether all parts on the screen tell of the desk as it is."""
    told: _Told | None = st.session_state.get("parts")
    return told is None or (told.desk is st.session_state.desk and told.page.frame() == told.frame)


def _draw_again(name: str, what: str, show: Callable[[], None]) -> None:
    with calm_errors(what):
        if not parts_settled():
            st.rerun()
        show()
        told: _Told | None = st.session_state.get("parts")
        if told is not None and name in told.shows:
            told.drawn[name] = told.shows[name]


def _part_key(name: str) -> str:
    return f"part-{name}"
