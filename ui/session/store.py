"""What a session remembers: its desk, and the addresses it has written, to know when somebody else has written one."""

from collections.abc import Callable
from dataclasses import replace
from hashlib import blake2b
from time import monotonic as now
from typing import Any
from urllib.parse import parse_qsl
from uuid import uuid4

import streamlit as st

from calc.documents import link
from calc.documents.link import View
from calc.documents.planfile import Preset
from ui.session import mending
from ui.session import workspace as desks
from ui.session.workspace import Desk

KNOWN = 500
"""Addresses remembered as the session's own."""

Address = tuple[tuple[str, str], ...]

FIRST: Address = (("preset", "unreachable-floor"),)
"""What opens where nobody has asked for anything: a plan that shows at once what the page is for."""


def desk() -> Desk:
    """The session's desk, after the address where somebody has edited it."""
    state, address = st.session_state, _address()
    if "desk" not in state:
        state.desk, state.known = desks.opened(link.decode_fields(address or FIRST)), [_brief(address)]
        state.newcomer = not address
    elif _brief(address) not in state.known and not state.get("touched"):
        state.desk = desks.readdressed(state.desk, link.decode_fields(address), now())
    state.touched = False
    _know(address)
    found: Desk = state.desk
    return found


def taken() -> None:
    """A change is on its way to the screen."""
    st.session_state.touched = False


def query(view: View | None = None) -> str:
    """The query string of exactly what is on the screen, or of another view that may come to be."""
    view = st.session_state.desk.view if view is None else view
    held = st.session_state.get("written")
    if held is None or held[0] is not view:
        held = st.session_state.written = (view, link.encode_view(view))
        _know(tuple(parse_qsl(held[1][1:], keep_blank_values=True)))
    text: str = held[1]
    return text


def address() -> str:
    """What the browser's address is to say: the query, or a note in its place where it is too long for a link."""
    kept = link.address_of(query())
    _know(tuple(parse_qsl(kept[1:], keep_blank_values=True)))
    return kept


def session() -> str:
    """What tells this session from any other."""
    name: str = st.session_state.setdefault("session", uuid4().hex)
    return name


def restore(query: str) -> None:
    """Put back what was on the screen of a page whose session is gone."""
    desk = desks.readdressed(st.session_state.desk, link.decode_link(query), now())
    st.session_state.desk = replace(desk, past=())
    st.session_state.touched = True


def change(path: str, value: Any) -> None:
    """Change one term of the plan, or where the rep stands (`at.<kpi>`)."""
    _step(desks.made, path, value, now(), st.session_state.get("foreseen"))


def foresee(path: str, value: Any) -> Desk:
    """The desk as a change would leave it, remembered for when the change is made."""
    known = st.session_state.foreseen = desks.foreseen(st.session_state.desk, path, value, now())
    return known.after


def turn(along: str) -> None:
    """Put another KPI on the axis."""
    _step(desks.turned, along, now())


def switch(name: str) -> None:
    """Open another preset."""
    _step(desks.switched, name, now())


def undo() -> None:
    """Go back one move."""
    _step(desks.undone)


def reset() -> None:
    """Go back to the preset."""
    _step(desks.reset, now())


def take(preset: Preset, path: str, along: str | None = None) -> None:
    """Put another document in place of the one on the screen, to be looked at along a KPI where one is named."""
    _step(desks.took, preset, path, now(), along)


def bring(preset: Preset) -> None:
    """Put somebody's own document on the desk."""
    _step(desks.brought, preset, now())


def pin() -> None:
    """Pin the plan as it is as A, to compare with."""
    _step(desks.pinned, now())


def unpin() -> None:
    """End the comparison with plan A."""
    _step(desks.unpinned, now())


def exchange() -> None:
    """Put plan A and plan B in each other's place."""
    _step(desks.exchanged, now())


def present(step: int | None) -> None:
    """Go to a step of the presentation, or leave it."""
    _step(desks.presented, step)
    st.session_state.newcomer = False


def newcomer() -> bool:
    """Whether somebody has come without a link, and has done nothing yet."""
    return bool(st.session_state.get("newcomer")) and not st.session_state.desk.past


def at_step(step: int | None) -> None:
    """Note what step a presentation is at, where it was asked for one that it does not have; no change of anybody's."""
    if st.session_state.desk.view.present != step:
        st.session_state.desk = desks.presented(st.session_state.desk, step)


def keep() -> None:
    """End the comparison with the plan as it was before it was mended."""
    _step(mending.kept)


TYPED: list[Callable[[], None]] = []
"""What puts into the plan what was typed before a button was pressed, where a browser has sent both at once."""


def _step(move: Callable[..., Desk], *args: Any) -> None:
    for put in TYPED:
        put()
    st.session_state.desk = move(st.session_state.desk, *args)
    st.session_state.foreseen = None
    st.session_state.touched = True


def _address() -> Address:
    """What the browser's address says, without what Streamlit keeps for itself."""
    given = st.query_params
    return tuple((name, value) for name in given for value in given.get_all(name))


def _know(address: Address) -> None:
    known: list[Address] = st.session_state.known
    if (brief := _brief(address)) not in known:
        st.session_state.known = [*known, brief][-KNOWN:]


def _brief(address: Address) -> Address:
    """An address as it is remembered; one that is too long for a link, which a browser may send, by a digest of it."""
    if sum(len(name) + len(value) for name, value in address) <= link.MAX_LINK:
        return address
    return (("", blake2b(repr(address).encode(), digest_size=16).hexdigest()),)
