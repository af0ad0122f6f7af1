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

MAX_KNOWN_ADDRESSES = 500
"""Addresses remembered as the session's own."""

Address = tuple[tuple[str, str], ...]

FIRST_PLAN: Address = (("preset", "unreachable-floor"),)
"""What opens where nobody has asked for anything: a plan that shows at once what the page is for."""


def session_desk() -> Desk:
    """The session's desk, after the address where somebody has edited it."""
    state, address = st.session_state, _browser_address()
    if "desk" not in state:
        state.desk, state.known = desks.open_desk(link.decode_fields(address or FIRST_PLAN)), [brief_address(address)]
        state.newcomer = not address
    elif brief_address(address) not in state.known and not state.get("touched"):
        state.desk = desks.readdress_desk(state.desk, link.decode_fields(address), now())
    state.touched = False
    _know_address(address)
    found: Desk = state.desk
    return found


def note_change() -> None:
    """A change is on its way to the screen."""
    st.session_state.touched = False


def query_of(view: View | None = None) -> str:
    """The query string of exactly what is on the screen, or of another view that may come to be."""
    view = st.session_state.desk.view if view is None else view
    held = st.session_state.get("written")
    if held is None or held[0] is not view:
        held = st.session_state.written = (view, link.encode_view(view))
        _know_address(tuple(parse_qsl(held[1][1:], keep_blank_values=True)))
    text: str = held[1]
    return text


def address_now() -> str:
    """What the browser's address is to say: the query, or a note in its place where it is too long for a link."""
    kept = link.address_of(query_of())
    _know_address(tuple(parse_qsl(kept[1:], keep_blank_values=True)))
    return kept


def session_id() -> str:
    """What tells this session from any other."""
    name: str = st.session_state.setdefault("session", uuid4().hex)
    return name


def restore_query(query: str) -> None:
    """Put back what was on the screen of a page whose session is gone."""
    desk = desks.readdress_desk(st.session_state.desk, link.decode_link(query), now())
    st.session_state.desk = replace(desk, past=())
    st.session_state.touched = True


def change_term(path: str, value: Any) -> None:
    """Change one term of the plan, or where the rep stands (`at.<kpi>`)."""
    _make_move(desks.make_move, path, value, now(), st.session_state.get("foreseen"))


def foresee_term(path: str, value: Any) -> Desk:
    """The desk as a change would leave it, remembered for when the change is made."""
    known = st.session_state.foreseen = desks.foresee_move(st.session_state.desk, path, value, now())
    return known.after


def turn_axis(along: str) -> None:
    """Put another KPI on the axis."""
    _make_move(desks.turn_desk, along, now())


def switch_preset(name: str) -> None:
    """Open another preset."""
    _make_move(desks.switch_desk, name, now())


def undo_move() -> None:
    """Go back one move."""
    _make_move(desks.undo_desk)


def reset_plan() -> None:
    """Go back to the preset."""
    _make_move(desks.reset_desk, now())


def take_preset(preset: Preset, path: str, along: str | None = None) -> None:
    """Put another document in place of the one on the screen, to be looked at along a KPI where one is named."""
    _make_move(desks.take_document, preset, path, now(), along)


def bring_preset(preset: Preset) -> None:
    """Put somebody's own document on the desk."""
    _make_move(desks.bring_document, preset, now())


def pin_plan() -> None:
    """Pin the plan as it is as A, to compare with."""
    _make_move(desks.pin_desk, now())


def unpin_plan() -> None:
    """End the comparison with plan A."""
    _make_move(desks.unpin_desk, now())


def exchange_plans() -> None:
    """Put plan A and plan B in each other's place."""
    _make_move(desks.exchange_desk, now())


def present_step(step: int | None) -> None:
    """Go to a step of the presentation, or leave it."""
    _make_move(desks.present_desk, step)
    st.session_state.newcomer = False


def is_newcomer() -> bool:
    """Whether somebody has come without a link, and has done nothing yet."""
    return bool(st.session_state.get("newcomer")) and not st.session_state.desk.past


def at_step(step: int | None) -> None:
    """Note what step a presentation is at, where it was asked for one that it does not have; no change of anybody's."""
    if st.session_state.desk.view.present != step:
        st.session_state.desk = desks.present_desk(st.session_state.desk, step)


def keep_mended() -> None:
    """End the comparison with the plan as it was before it was mended."""
    _make_move(mending.end_comparison)


TYPED: list[Callable[[], None]] = []
"""What puts into the plan what was typed before a button was pressed, where a browser has sent both at once."""


def _make_move(move: Callable[..., Desk], *args: Any) -> None:
    for put in TYPED:
        put()
    st.session_state.desk = move(st.session_state.desk, *args)
    st.session_state.foreseen = None
    st.session_state.touched = True


def _browser_address() -> Address:
    """What the browser's address says, without what Streamlit keeps for itself."""
    given = st.query_params
    return tuple((name, value) for name in given for value in given.get_all(name))


def _know_address(address: Address) -> None:
    known: list[Address] = st.session_state.known
    if (brief := brief_address(address)) not in known:
        st.session_state.known = [*known, brief][-MAX_KNOWN_ADDRESSES:]


def brief_address(address: Address) -> Address:
    """An address as it is remembered; one that is too long for a link, which a browser may send, by a digest of it."""
    if sum(len(name) + len(value) for name, value in address) <= link.MAX_LINK:
        return address
    return (("", blake2b(repr(address).encode(), digest_size=16).hexdigest()),)
