"""The screen against that of a whole run, and of a session that has just been opened by the address in the bar."""

import re
from collections.abc import Callable, Sequence

from calc.documents import link
from calc.documents.link import View
from tests.walk import laws
from tests.walk.controls import Control
from tests.walk.reading import REFUSED, Item, difference, items, of_any
from tests.walk.session import Session

ROUNDS = 4
"""How deep drawers lie in each other."""
PAST = ("undo", "reset", "undo-mend", "keep-mend", "same-cost", "tour-start", "tour-skip", "tour-end")
"""Buttons that tell of what was done before: a session that has just been opened has done nothing."""
MENDED = 'class="mended"'
LIT = re.compile(r'"name": "lit", "type": "scatter", "x": \[[^\]]')
"""Of a picture in which a finding is lit, which no address says."""
KEPT_SAID = ("Kept: ", "Deleted: ", "Renamed: ", "Opened: ", "brought back", "The name of a kept plan")
CONVERTED = ("It pays what it paid before", "It has no weight")
JUST_DONE = (
    MENDED,
    "made room",
    "took it up",
    "Kept again: ",
    REFUSED,
    ":red[",
    'class="tour"',
    *KEPT_SAID,
    *CONVERTED,
)
"""Words on what was just done, or refused."""
OF_A_PRESET = ("drawer-cured", "cure", "flatline_keys", "flatline_address")
"""What tells a preset that was changed so much that its link names none from a plan of somebody's own, ..."""
ON_A_PRESET = ('class="pinned"', 'class="telling', 'class="step', "<dt>Plan A")
"""... and words that do."""
PLANS = ("preset", "kept-keep", "kept-back", "drawer-plans", "plans-beside")
"""The choice of a plan, and of plans to lay beside it: a link knows nothing of somebody's own but the one it holds."""
FROM_THE_START = ("flatline_picture",)
"""What leaves room for the plan that was begun with, which a link does not hold of a plan of somebody's own."""

CURED = "-cured"
"""How the drawer ends that lays the fixed plan over the picture while it is open."""
PEOPLE, FORGET = "drawer-people", "people-forget"
"""The drawer of the people, and the button in it that is there while some have been brought."""

Bases = tuple[str | None, str | None]


def same(session: Session, caught: Sequence[str]) -> laws.Broken:
    """How the screen differs from that of a whole run, or of a new session."""
    by_parts = items(session)
    session.runs([])
    broken = laws.calm(session, caught)
    told = difference(by_parts, items(session))
    broken += [f"parts alone show something else than the whole page: {line}" for line in told]
    if broken or not _told_by_its_link(session["desk"].view):
        return broken
    other = opened_like(session)
    broken = laws.calm(other, caught)
    mine, bases = items(session), (bases_of(session), bases_of(other))
    lasts = lasting(mine, items(other), bases)
    told = difference(mine, items(other), lambda item: lasts(item) and _no_people(item, mine))
    return broken + [f"a session opened by the address shows something else: {line}" for line in told]


def _no_people(item: Item, shown: Sequence[Item]) -> bool:
    """Whether something tells of nobody who was brought: people live in their own session, and in no link.

    Nor does a link hold the plan that they are compared under, that which a plan of somebody's own was begun with.
    """
    brought = any(other.name == FORGET for other in shown)
    return PEOPLE not in item.within and not (brought and item.name == "flatline_picture")


def _told_by_its_link(view: View) -> bool:
    """Whether a link holds all that is on the screen: a plan that is not too long, and names nobody."""
    query = link.encode_view(view)
    if link.too_long(query) is not None:
        return False
    there = link.decode_link(query).view
    named = (view, there) if view.against is None or there.against is None else (view.against, there.against)
    return view.preset.reps == there.preset.reps and named[0].preset.reps == named[1].preset.reps


def bases_of(session: Session) -> Bases:
    """The preset that a plan came from, and that of the one that it is compared with."""
    view = session["desk"].view
    return view.base, None if view.against is None else view.against.base


def lasting(one: Sequence[Item], other: Sequence[Item], bases: tuple[Bases, Bases]) -> Callable[[Item], bool]:
    """Tells what two screens have in common whatever the way to them: not words on what was just done or refused, nor
    what lies in drawers that are open on one of them alone.

    Args:
        one, other: the two screens.
        bases: the presets that their plans came from, and those that these are compared with.
    """
    both = (*one, *other)
    refused = {(item.kind, item.name) for item in both if item.refused}
    own = None in (bases[0][0], bases[1][0])
    alone = {item.name for item in one if item.open} ^ {item.name for item in other if item.open}
    moved = any(MENDED in item.text or (item.name == "flatline_picture" and LIT.search(item.text)) for item in both)
    moved = moved or any(name.endswith(CURED) for name in alone)

    def lasts(item: Item) -> bool:
        if (item.kind, item.name) in refused or any(mark in item.text for mark in JUST_DONE):
            return False
        if item.name in (*PAST, *PLANS, *alone) or item.within & {*PLANS, *alone} or item.name.startswith("show-"):
            return False
        of_a_preset = item.name in OF_A_PRESET or any(mark in item.text for mark in ON_A_PRESET)
        if of_a_preset and (bases[0] != bases[1] or own):
            return False
        return not ((moved or own) and item.name in FROM_THE_START)

    return lasts


def opened_like(session: Session) -> Session:
    """A new session at the same address, with the same drawers open, and the same way to change the plan."""
    other = Session(session.address, session.storage)
    for _ in range(ROUNDS):
        looked_at = [(one, mine) for one, mine in _pairs(session, other) if _looked_at(one)]
        apart = [(one, mine) for one, mine in looked_at if _apart(session, other, one, mine)]
        if not apart:
            break
        for one, mine in apart:
            again = next((now for now in other.controls if now.id == one.id), None)
            if again is not None:
                other.puts(again, session.held[mine.id])
    return other


def _pairs(session: Session, other: Session) -> list[tuple[Control, Control]]:
    """The controls of a new session, each with the same of the session, where that has it."""
    mine = _by_name(session)
    return [(one, mine[place]) for place, one in _by_name(other).items() if place in mine]


def _by_name(session: Session) -> dict[tuple[str, str, int], Control]:
    """The controls by kind, name and which of those of one name they are; without the name of the plan."""
    plan = session["desk"].name
    found: dict[tuple[str, str, int], Control] = {}
    for one in session.controls:
        name = of_any(one.name, plan)
        nth = sum((kind, other) == (one.kind, name) for kind, other, _ in found)
        found[one.kind, name, nth] = one
    return found


def _looked_at(one: Control) -> bool:
    """Whether it only tells how the page is looked at, which no address says."""
    return one.kind in ("expander", "popover") or one.name == "edit-way"


def _apart(session: Session, other: Session, one: Control, mine: Control) -> bool:
    return bool(session.held[mine.id] != other.held[one.id])
