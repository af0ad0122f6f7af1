"""The page in parts: after a change each is drawn anew by itself, and only where what it shows has changed.

A run of the whole page notes what every part shows. After a change `follow` works out what they show now, and asks for
those alone that differ: a browser is kept busy by what it is sent, changed or not. Where more has changed than parts
can tell, the whole page is drawn; and so it is where a part finds that the page has gone on without it.
"""

import logging
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass

import streamlit as st

from ui import state
from ui.desk import Desk

log = logging.getLogger("flatline")


@contextmanager
def calm(what: str) -> Iterator[None]:
    """Tells of what went wrong in one sentence; the details are for the server's log."""
    try:
        yield
    except Exception:
        log.exception("%s could not be shown", what)
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
    """What is on the screen: the desk, and what the page hung on and its parts showed when they were drawn."""

    page: Page
    desk: Desk
    frame: object
    shows: Mapping[str, object]


def clear() -> None:
    """Notes that a run of the whole page has begun, and that there are no parts yet."""
    st.session_state.parts = None


def begin(page: Page) -> None:
    """Notes what the parts are about to show."""
    st.session_state.parts = _Told(page, st.session_state.desk, page.frame(), page.shows())


def draw(name: str, what: str, show: Callable[[], None]) -> None:
    """Draws a part of the page.

    Args:
        name: what it is called among the parts.
        what: what it is called where it cannot be drawn.
        show: draws it, from what the session holds by then.
    """
    st.fragment(_draw, key=_key(name))(what, show)


def follow(*anew: str) -> None:
    """After a change, in the callback that made it: asks for the parts that have changed.

    Args:
        anew: parts to be drawn anew in any case, where there are such parts.
    """
    told: _Told | None = st.session_state.get("parts")
    if told is None:
        return
    try:
        frame, shows = told.page.frame(), told.page.shows()
    except Exception:
        log.exception("what has changed could not be told; the whole page is drawn")
        return
    if frame != told.frame or shows.keys() != told.shows.keys():
        return
    st.session_state.parts = _Told(told.page, st.session_state.desk, frame, shows)
    state.taken()
    st.rerun([_key(name) for name, shown in shows.items() if name in anew or shown != told.shows[name]])


def settled() -> bool:
    """Whether all parts on the screen tell of the desk as it is."""
    told: _Told | None = st.session_state.get("parts")
    return told is None or (told.desk is st.session_state.desk and told.page.frame() == told.frame)


def _draw(what: str, show: Callable[[], None]) -> None:
    with calm(what):
        if not settled():
            st.rerun()
        show()


def _key(name: str) -> str:
    return f"part-{name}"
