"""A walk: moves drawn at random, everything that must hold asked after each, and the shortest way to what does not."""

import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from random import Random
from unittest.mock import patch

from calc.documents import planfile
from calc.documents.link import View
from tests.caught import Caught
from tests.walk import fresh, laws
from tests.walk.controls import named
from tests.walk.moves import Move, drawn, make, told
from tests.walk.reading import difference, items
from tests.walk.session import Session

FULL = 4
"""Every so many moves the screen is held against that of a whole run, and of a session opened by its address."""
BACK = "there and back"
"""A move that is taken back at once, to see whether the screen is as it was."""
BACKS = 0.12
"""Part of the moves that are taken back at once."""
SHRINKING = 90.0
"""For finding a shorter way to a failure [s]."""


@dataclass
class Clock:
    """Time as the page sees it [s]."""

    now: float = 0.0

    def __call__(self) -> float:
        return self.now


@dataclass
class Walk:
    """A session that is walked through, with the way so far."""

    preset: str
    clock: Clock
    caught: list[str]
    session: Session
    way: list[Move] = field(default_factory=list)

    def goes(self, move: Move, full: bool) -> laws.Broken:
        """What does not hold after a move; nothing where all does, or where the move cannot be made here."""
        self.clock.now += 0.1 if move.quick else 10.0
        if move.kind == BACK:
            return self._there_and_back(Move(**move.value))
        before: View = self.session["desk"].view
        past = len(self.session["desk"].past)
        if not make(self.session, move):
            return []
        self.way.append(move)
        desk = self.session["desk"]
        broken = self.holds(full) or (laws.stayed(before, desk) if len(desk.past) > past else [])
        return broken or (laws.swapped(before, desk.view) if move.name == "swap" else [])

    def _there_and_back(self, move: Move) -> laws.Broken:
        """A move, and Undo where it is one that can be undone: the screen is that before it."""
        before, past = items(self.session), self.session["desk"].past
        if not make(self.session, move):
            return []
        self.way.append(Move(BACK, value=asdict(move)))
        broken = self.holds(False)
        undo = named(self.session.controls, "button", "undo")
        if broken or undo is None or len(self.session["desk"].past) != len(past) + 1:
            return broken
        self.clock.now += 10.0
        self.session.presses(undo)
        after, bases = items(self.session), fresh.bases_of(self.session)
        told = difference(before, after, fresh.lasting(before, after, (bases, bases)))
        return self.holds(False) or [f"after Undo the screen is not what it was: {line}" for line in told]

    def holds(self, full: bool) -> laws.Broken:
        """What does not hold of the screen as it is."""
        broken = laws.calm(self.session, self.caught) or laws.whole_in_itself(self.session)
        if broken := broken or laws.addressed(self.session):
            return broken
        view = laws.view_of(self.session)
        for law in (laws.figured, laws.pictured, laws.controlled):
            broken += law(self.session, view)
        broken += laws.weighed(view) + laws.begun_right(self.session) + laws.made_room(self.session)
        return broken or (fresh.same(self.session, self.caught) if full else [])


@contextmanager
def begun(preset: str) -> Iterator[Walk]:
    """A walk that begins at a preset."""
    clock, handler = Clock(), Caught()
    with patch("ui.session.store.now", clock), handler.listening() as caught:
        yield Walk(preset, clock, caught, Session(f"?preset={preset}"))


@dataclass(frozen=True)
class Failure:
    """What did not hold, and the way there."""

    preset: str
    way: tuple[Move, ...]
    broken: tuple[str, ...]

    def __str__(self) -> str:
        lines = [f"from {self.preset}:", *(f"  {i}. {move}" for i, move in enumerate(self.way, 1))]
        lines += ["what does not hold:", *(f"  {line}" for line in self.broken[:12])]
        again = f"python -m tests.walk --preset {self.preset} --way '{told(list(self.way))}'"
        return "\n".join([*lines, "to take it again:", f"  {again}"])


def walk(seed: int, steps: int) -> Failure | None:
    """A walk of so many steps; none where everything held, else what did not, and the way as it was taken."""
    random = Random(seed)
    preset = random.choice(planfile.preset_names())
    with begun(preset) as going:
        broken = going.holds(True)
        for number in range(1, steps + 1):
            if broken:
                break
            move = drawn(going.session, random)
            if random.random() < BACKS:
                move = Move(BACK, value=asdict(move))
            broken = going.goes(move, number % FULL == 0 or number == steps)
        return Failure(preset, tuple(going.way), tuple(broken)) if broken else None


def taken(preset: str, way: Sequence[Move], every: bool = True) -> Failure | None:
    """A way that is taken again; moves of what is not there are left out."""
    with begun(preset) as going:
        broken = going.holds(every)
        for move in way:
            if broken:
                break
            broken = going.goes(move, every)
        return Failure(preset, tuple(going.way), tuple(broken)) if broken else None


def shortened(failure: Failure, seconds: float = SHRINKING) -> Failure:
    """A shorter way to a failure of the same kind: moves are left out as long as it stays."""
    end, size = time.monotonic() + seconds, max(1, len(failure.way) // 2)
    best = taken(failure.preset, failure.way) or failure
    while size and time.monotonic() < end:
        at, shorter = 0, False
        while at < len(best.way) and time.monotonic() < end:
            tried = taken(best.preset, best.way[:at] + best.way[at + size :])
            if tried is not None and len(tried.way) < len(best.way) and _alike(tried, failure):
                best, shorter = tried, True
            else:
                at += size
        size = size if shorter and size == 1 else size // 2
    return best


def _alike(one: Failure, other: Failure) -> bool:
    """Whether two failures are of one kind: what they say begins alike."""
    return one.broken[0][:KIND] == other.broken[0][:KIND]


KIND = 18
