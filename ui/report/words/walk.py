"""A curve told in sentences, from worse to better: where it starts to pay, how it rises, where it stops.

Read off the exact curve and not off the terms behind it, so that every mechanic is told alike and nothing that decides
the pay can be left out.
"""

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from calc.messages import singular_unit
from calc.piecewise.curve import Curve
from calc.piecewise.pieces import Piece
from calc.piecewise.segments import neat_number
from calc.plan.kpi import Kpi
from ui.number_format import clip_name
from ui.report.words.exact import Exact
from ui.text.documents import Table

MAX_PIECES_TOLD = 7
"""Straight pieces that are told in sentences; more than that, and they are a table."""
LEAST_STEP = 0.1
"""Money for one step that is worth saying; less, and the step is a larger one."""
SHORT_TIMES = 1_000
"""How many times as steep as before a slope may be for that to be said."""
VALUES_ALIKE = 1e-9
"""Relative difference of two values that are the same."""


@dataclass(frozen=True)
class Way:
    """A line on which results lie, from worse to better; a place on it is the result, turned where lower is better.

    Args:
        place: a place in words.
        step: what one step is, and its name: 1, "deal".
        down: whether lower is better.
        number: a bare number in words.
        start, end: where it begins and ends; infinite where it does not.
    """

    place: Callable[[float], str]
    step: float
    name: Callable[[float], str]
    number: Callable[[float], str]
    down: bool = False
    start: float = -math.inf
    end: float = math.inf

    @property
    def more(self) -> str:
        """What a better result is: more, or less."""
        return "less" if self.down else "more"

    def until(self, place: float, reached: bool) -> str:
        """On the worse side of a place."""
        if reached:
            return f"{'Above' if self.down else 'Below'} {self.place(place)}"
        return f"At {self.place(place)} or {'more' if self.down else 'less'}"

    def onward(self, place: float, reached: bool) -> str:
        """On the better side of a place."""
        if reached:
            return f"From {self.place(place)} {'down' if self.down else 'on'}"
        return f"{'Below' if self.down else 'Above'} {self.place(place)}"


@dataclass(frozen=True)
class Voice:
    """How a height is said: `it pays $420`, `the factor is 0.8`; `rate` is told of a slope and the step it is for."""

    tells: str
    say: Callable[[float], str]
    rate: Callable[[float, float], str]
    nothing: str = ""
    least: float = LEAST_STEP

    def height(self, value: float) -> str:
        """What holds at a place."""
        return self.nothing if self.nothing and value == 0 else f"{self.tells} {self.say(value)}"


@dataclass(frozen=True)
class _Told:
    """A curve that is being told, piece by piece."""

    curve: Curve
    way: Way
    voice: Voice

    @property
    def pieces(self) -> list[Piece]:
        return [self._cut_piece(piece) for piece in self.curve.pieces() if self._lies_on(piece)]

    def _lies_on(self, piece: Piece) -> bool:
        """Whether any of a piece lies on the way, the very place where it ends included: no complaints at all."""
        last = piece.start == self.way.end and self.jumps(piece.start) and self.reached(piece.start)
        return last or (piece.end > self.start and piece.start < self.way.end)

    @property
    def start(self) -> float:
        """Where the telling begins: before the way itself where its first place must be passed to count."""
        first = self.way.start
        passed = math.isfinite(first) and self.jumps(first) and not self.reached(first)
        return -math.inf if passed else first

    def _cut_piece(self, piece: Piece) -> Piece:
        """The part of a piece that lies on the way; a flat one goes on for ever."""
        start, end = self.start, self.way.end
        if piece.start < start:
            piece = replace(piece, start=start, value=float(self.curve(start, "right")))
        if piece.start == end:
            piece = replace(piece, end=math.inf, end_value=piece.value, slope=0.0)
        if piece.end > end and piece.slope:
            piece = replace(piece, end=end, end_value=float(self.curve(end, "left")))
        return replace(piece, end=math.inf) if piece.end >= end and not piece.slope else piece

    def jumps(self, place: float) -> bool:
        before, after = (float(self.curve(place, side)) for side in ("left", "right"))
        return not _same_value(before, after)

    def reached(self, place: float) -> bool:
        """Whether the place itself is on the better side."""
        return _same_value(float(self.curve(place)), float(self.curve(place, "right")))

    def step(self, slope: float) -> float:
        """The step that is told: one unit, or as many as are worth saying."""
        step = self.way.step
        while 0 < abs(slope) * step < self.voice.least and step < 1e12:
            step *= 10
        return step

    def first(self, piece: Piece) -> str:
        if not piece.slope:
            if math.isinf(piece.end):
                return f"{_upper_first(self.voice.height(piece.value))} whatever the result."
            return f"{self.way.until(piece.end, self._on_better_side(piece.end))} {self.voice.height(piece.value)}."
        if math.isfinite(piece.start):
            return self._from_the_start(piece)
        return self._without_start(piece)

    def _from_the_start(self, piece: Piece) -> str:
        step, rate = self._rate_of(piece)
        if piece.value == 0 and piece.slope > 0 and not self.way.down and self.voice.nothing:
            return f"Every {self.way.name(step)} pays {rate}{self.up_to(piece)}."
        adds = f"every {self.way.name(step)} {self.way.more} {_moves_by(piece.slope, rate)}"
        return f"At {self.way.place(piece.start)} {self.voice.height(piece.value)}, and {adds}{self.up_to(piece)}."

    def _without_start(self, piece: Piece) -> str:
        """A slope that comes from afar, told back from where it ends."""
        at = piece.end if math.isfinite(piece.end) else 0.0
        value = piece.end_value if math.isfinite(piece.end) else float(self.curve(at))
        step, rate = self._rate_of(piece)
        short = f"{'less' if piece.slope > 0 else 'plus'} {rate} for every {self.way.name(step)} missing"
        if math.isfinite(piece.end):
            return f"{self.way.until(at, self._on_better_side(at))} {self.voice.height(value)}, {short}."
        better = f"every {self.way.name(step)} {self.way.more} {_moves_by(piece.slope, rate)}"
        return f"At {self.way.place(at)} {self.voice.height(value)}, {short}, and {better}."

    def later(self, piece: Piece, before: Piece) -> str:
        if self.jumps(piece.start):
            lead = f"{self.way.onward(piece.start, self._on_better_side(piece.start))} {self.voice.height(piece.value)}"
            if not piece.slope:
                return f"{lead}{', and it stays there' if math.isinf(piece.end) else ''}."
            return f"{lead}, and {self._climb_text(piece, before)}."
        lead = self.way.onward(piece.start, True)
        if piece.slope:
            return f"{lead} {self._climb_text(piece, before)}."
        more = "more " if math.isinf(piece.end) else ""
        return f"{lead} nothing {more}is added: it stays {self._at_value(piece.value)}."

    def _at_value(self, value: float) -> str:
        return f"at {self.voice.say(value)}"

    def _climb_text(self, piece: Piece, before: Piece) -> str:
        step, rate = self._rate_of(piece)
        told = f"every {self.way.name(step)} {self.way.more} {_moves_by(piece.slope, rate)}"
        return f"{told}{self._times_steeper(piece, before)}{self.up_to(piece)}"

    def _times_steeper(self, piece: Piece, before: Piece) -> str:
        """How much steeper than before, where it can be said in a short number."""
        if min(piece.slope, before.slope) <= 0:
            return ""
        times = piece.slope / before.slope
        short = round(times, 2)
        exact = 0 < short < SHORT_TIMES and short != 1 and abs(times - short) < 1e-6
        return f", {self.way.number(short)} times as much as before" if exact else ""

    def _rate_of(self, piece: Piece) -> tuple[float, str]:
        step = self.step(piece.slope)
        return step, self.voice.rate(abs(piece.slope), step)

    def up_to(self, piece: Piece) -> str:
        """How far a slope goes."""
        if math.isinf(piece.end):
            return ""
        short = "just short of" if self.jumps(piece.end) and self._on_better_side(piece.end) else "at"
        way = "up" if piece.slope > 0 else "down"
        return f", {way} to {self.voice.say(piece.end_value)} {short} {self.way.place(piece.end)}"

    def _on_better_side(self, place: float) -> bool:
        """Whether a place is on the better side, as every place is where nothing jumps."""
        return self.reached(place) if self.jumps(place) else True


def walk_curve(curve: Curve, way: Way, voice: Voice) -> tuple[list[str], Table | None]:
    """A curve by result in sentences, or in a few sentences and a table where it has many pieces.

    Args:
        curve: heights by place, from worse to better.
        way: how a place is said.
        voice: how a height is said.
    """
    told = _Told(curve, way, voice)
    pieces = told.pieces
    if len(pieces) > MAX_PIECES_TOLD:
        return [told.first(pieces[0]), _table_lead(told, pieces)], _make_table(told, pieces)
    later = [told.later(piece, before) for before, piece in zip(pieces, pieces[1:], strict=False)]
    return [told.first(pieces[0]), *later], None


def _table_lead(told: _Told, pieces: Sequence[Piece]) -> str:
    """The sentence over the table."""
    starts = [piece.start for piece in pieces[1:]]
    above = any(told.jumps(start) and not told.reached(start) for start in starts)
    side = "A line holds only beyond its place" if above else "A line holds from its place on"
    return f"After that this table holds. {side}, until the next."


def _make_table(told: _Told, pieces: Sequence[Piece]) -> Table:
    rates = any(piece.slope for piece in pieces[1:])
    name = told.way.name(told.way.step)
    heads = [
        "From",
        _upper_first(told.voice.tells.rpartition(" ")[2]),
        *([f"Every {name} {told.way.more}"] if rates else []),
    ]
    rows = []
    for piece in pieces[1:]:
        rate = told.voice.say(piece.slope * told.way.step) if rates else ""
        rows.append([told.way.place(piece.start), told.voice.say(piece.value), *([rate] if rates else [])])
    return Table(heads, rows)


def _moves_by(slope: float, rate: str) -> str:
    return f"adds {rate}" if slope > 0 else f"takes {rate} away"


def _same_value(one: float, other: float) -> bool:
    return abs(one - other) <= VALUES_ALIKE * max(abs(one), abs(other), 1e-3)


def _upper_first(text: str) -> str:
    return text[:1].upper() + text[1:]


def step_of(kpi: Kpi) -> float:
    """The step of results that a rep thinks in: one deal, $1,000 of a target of $80,000."""
    power = 10.0 ** math.floor(math.log10(kpi.span / 20))
    return max(power, 1.0) if kpi.span >= 2 else neat_number(power)


def by_result(kpi: Kpi, formats: Exact) -> Way:
    """The way along a KPI's results; what is counted from zero is not told below it."""
    counted = kpi.target > 0 and kpi.scale is None
    start, end = (0.0 if counted else -math.inf), math.inf
    if kpi.better == "lower":
        start, end = -end, 0.0 if counted else math.inf

    def place_text(at: float) -> str:
        result = neat_number(at * kpi.sign) + 0.0
        told = formats.amount(kpi, result)
        return f"the target of {told}" if result == kpi.target else told

    def step_name(step: float) -> str:
        told = formats.amount(kpi, step)
        return told if step != 1 or not told.startswith("1 ") else clip_name(singular_unit(kpi.unit))

    return Way(place_text, step_of(kpi), step_name, formats.number, kpi.better == "lower", start, end)
