"""The price of moving a deal over the end of a payment, under the rules of a year.

For every end: the most, over m from -M to M, that the rep has more in all by booking m in the next payment (below 0:
by pulling it in). What they have is all that is paid, and what waits for them, less what they owe. It is 0 for
straight plans, and for a running total over the whole year without limits.

Pay is straight between breaks: those of both payments are read off their exact curves; where what is carried bends it
in between, the bend is looked for by halving until straight. Whole units move as whole units.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from calc.piecewise.pieces import NotALine
from calc.piecewise.vectorized import Floats
from calc.year.next_unit import unrounded
from calc.year.period_curve import period_curves
from calc.year.settle import reading_place, year_statement
from calc.year.year_plan import YearPlan
from calc.year.year_results import BY_PAYMENT, YearResults

MOVED_SHARE = 0.1
"""The part of a payment's target that can be moved over its end; without a target, of its result."""
SAME_GAIN = 0.005
"""A gain up to which nobody moves a deal [money]."""
SAME_MOVE = 1e-9
"""Gains that differ by less are the same [money]: the shorter move is told."""
HALVINGS = 7
"""How often what is not straight is halved."""
MAX_MOVES = 400
"""Moves over one end that are tried at the most, evenly spread, where whole units move."""
BESIDE_JUMP = 1e-7
"""How far beside a jump it is looked, as a part of what can be moved."""


@dataclass(frozen=True)
class MovePrice:
    """What moving over the end of one payment is worth to one person.

    Args:
        period: the payment at whose end it lies, counted from 0.
        gain: the most that it brings [money].
        moved: what is booked in the next payment for it [KPI units]; below 0 what is pulled in.
    """

    period: int
    gain: float
    moved: float


def moving_prices(
    rules: YearPlan, people: YearResults, kpi: str, person: int = 0, share: float = MOVED_SHARE
) -> tuple[MovePrice, ...]:
    """What moving a part of a KPI over the end of each payment but the last is worth to one person.

    Args:
        rules: the plan and the rules of its year.
        people: results by payment.
        kpi: the KPI that moves, one that adds up.
        person: whose year it is.
        share: the most that is moved, as a part of the payment's target.

    Raises:
        Refused: there is no such KPI, or what is given does not fit the rules.
    """
    moving = rules.plan.ids.index(rules.plan.kpi(kpi).id)
    exact, one = unrounded(rules), people.only(person, people.count)
    year = _OneYear(exact, one, moving)
    ends = range(people.count - 1)
    tried = [year.candidates(t, share) for t in ends]
    values = year.values(tried)
    if not rules.plan.kpis[moving].counted:
        for _ in range(HALVINGS):
            halves = [_bends(m, v) for m, v in zip(tried, values, strict=True)]
            if not any(len(h) for h in halves):
                break
            more = year.values(halves)
            tried = [np.concatenate(pair) for pair in zip(tried, halves, strict=True)]
            values = [np.concatenate(pair) for pair in zip(values, more, strict=True)]
    return tuple(_best(t, tried[t], values[t]) for t in ends)


def _best(period: int, moves: Floats, gains: Floats) -> MovePrice:
    """The most that is gained, and the shortest move that gains it."""
    most = float(gains.max())
    if most <= SAME_GAIN:
        return MovePrice(period, 0.0, 0.0)
    among = np.flatnonzero(gains >= most - SAME_MOVE)
    shortest = among[np.argmin(np.abs(moves[among]))]
    return MovePrice(period, round(most, 9), round(float(moves[shortest]), 6))


def _bends(moves: Floats, gains: Floats) -> Floats:
    """Where to look next: the middles of stretches that are not straight, as far as the last halves tell."""
    order = np.argsort(moves)
    x, y = moves[order], gains[order]
    if len(x) < 3:
        return (x[1:] + x[:-1]) / 2
    slopes = np.diff(y) / np.maximum(np.diff(x), 1e-300)
    bent = np.abs(np.diff(slopes)) > 1e-6 * (1.0 + np.abs(slopes[1:]) + np.abs(slopes[:-1]))
    beside = np.zeros(len(x) - 1, dtype=bool)
    beside[:-1] |= bent
    beside[1:] |= bent
    wide = np.diff(x) > BESIDE_JUMP * max(float(x[-1] - x[0]), 1e-12)
    return np.asarray(((x[1:] + x[:-1]) / 2)[beside & wide])


@dataclass(frozen=True)
class _OneYear:
    rules: YearPlan
    people: YearResults
    moving: int

    def candidates(self, period: int, share: float) -> Floats:
        """Moves over the end of a payment: its limits, and where either payment breaks, on both sides."""
        here, there = (float(self.people.results[0, t, self.moving]) for t in (period, period + 1))
        most = share * self._asked(period)
        low, high = -min(most, max(there, 0.0)), min(most, max(here, 0.0))
        if self.rules.plan.kpis[self.moving].counted:
            places = np.arange(np.ceil(low), np.floor(high) + 1)
            if len(places) > MAX_MOVES:
                places = places[np.unique(np.linspace(0, len(places) - 1, MAX_MOVES).astype(int))]
            return np.unique(np.append(places, 0.0))
        found = [low, high, 0.0, low / 2, high / 2]
        for at in (here - place for place in self._breaks(period)):
            found += [at - BESIDE_JUMP * most, at, at + BESIDE_JUMP * most]
        for at in (place - there for place in self._breaks(period + 1)):
            found += [at - BESIDE_JUMP * most, at, at + BESIDE_JUMP * most]
        moves = np.array(found)
        return np.unique(moves[(moves >= low) & (moves <= high)])

    def _asked(self, period: int) -> float:
        """The target of a payment where it has one, else its result [KPI units]."""
        kpi = self.rules.plan.kpis[self.moving]
        if not kpi.has_target:
            return abs(float(self.people.results[0, period, self.moving]))
        sizes = reading_place(self.rules, self.people).sizes
        return abs(float(sizes.targets[0, period, self.moving] * sizes.scale[0, period]))

    def _breaks(self, period: int) -> Iterator[float]:
        try:
            curve = period_curves(self.rules, self.people, period, self.rules.plan.ids[self.moving]).paid
        except NotALine:
            return
        yield from curve.starts[1:]

    def values(self, moves: list[Floats]) -> list[Floats]:
        """What each move over each end brings [money]."""
        sizes = [len(some) for some in moves]
        if not sum(sizes):
            return moves
        results = np.repeat(self.people.results, sum(sizes) + 1, axis=0)
        row = 1
        for period, some in enumerate(moves):
            rows = slice(row, row + len(some))
            results[rows, period, self.moving] -= some
            results[rows, period + 1, self.moving] += some
            row += len(some)
        net = kept_in_all(self.rules, repeated_person(self.people, results))
        return [np.asarray(part - net[0]) for part in np.split(net[1:], np.cumsum(sizes)[:-1])]


def repeated_person(people: YearResults, results: Floats) -> YearResults:
    """The same person as often as there are rows of results."""
    n = len(results)
    many = {name: getattr(people, name) for name in ("incentives", *BY_PAYMENT)}
    rows: dict[str, Any] = {
        name: None if value is None else np.repeat(value, n, axis=0) for name, value in many.items()
    }
    return replace(people, results=results, starts=people.starts * n, names=(), **rows)


def kept_in_all(rules: YearPlan, people: YearResults) -> Floats:
    """What each has in all (n,): what is paid and what waits for them, less what they owe [money]."""
    found = year_statement(rules, people)
    waiting = found.held[:, -1] + found.reserve[:, -1]
    return np.asarray(found.total + waiting - found.owed[:, -1] - found.carried[:, -1])
