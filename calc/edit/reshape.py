"""A payout redrawn: the same mechanic with a lower start, without jumps, or without an end; pay at target stays.

A mechanic goes in with where its terms count from, and a mechanic comes out, or None where it cannot be redrawn so.
What is not done: a grid is never widened, and a table that falls is not set right, it only loses its level stretches.
"""

import math
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from calc.plan.mechanics import Band, Matrix, Mechanic, Points, Steps, Tiers

MAX_ATTAINMENT = 3.0
"""The attainment beyond which a ceiling is no longer lifted but taken away."""
_ALMOST = 1e-9

Corners = list[tuple[float, float]]


@dataclass(frozen=True)
class Drawn:
    """A mechanic and how a KPI's attainment reads on the axis of its terms.

    Args:
        mechanic: what pays.
        place: attainment of the KPI -> attainment, result or score that the terms are of.
        sign: -1 where a lower place is better.
    """

    mechanic: Mechanic
    place: Callable[[float], float]
    sign: float = 1.0

    def starting(self, attainment: float) -> Mechanic | None:
        """Paying from a lower attainment on, and climbing there from nothing."""
        start = self.place(attainment)
        match self.mechanic:
            case Band(floor=floor) if start < floor:
                return self.mechanic.changed(floor=max(round_down(start, 0.01), 0.0), pays_at_floor=0.0)
            case Band(floor=floor):
                return self.mechanic.changed(floor=floor, pays_at_floor=0.0)
            case Points() | Steps():
                return self._make_table(self._rising_table_line(start))
            case Tiers(tiers=((_, *money), *rest)):
                return self.mechanic.changed(tiers=((start, *money), *rest))
        return None

    def smooth(self, fallback: float) -> Mechanic | None:
        """Without a jump: one line, the same at target; tiers each on their own slice, a grid read in proportion.

        Args:
            fallback: the attainment from which pay then starts where it is all or nothing at target.
        """
        match self.mechanic:
            case Band(floor=floor, ceiling=ceiling) if ceiling is None or ceiling > floor:
                start = min(floor, round_down(self.place(fallback), 0.01)) if floor > 1 - _ALMOST else floor
                return self.mechanic.changed(floor=max(start, 0.0), pays_at_floor=0.0)
            case Points() | Steps():
                return self._make_table(self._rising_table_line(self.place(0.0)))
            case Tiers(apply="retroactive"):
                bare = tuple((start, rate) for start, rate, _ in self.mechanic.rows)
                return self.mechanic.changed(apply="marginal", tiers=bare)
            case Matrix(between="step"):
                return self.mechanic.changed(between="linear")
        return None

    def lifted(self, reached: float | None, payout: float) -> Mechanic | None:
        """With a ceiling that lies further out, or none; without level stretches in a table.

        Args:
            reached: the attainment that must still climb; None where no team is known.
            payout: what the ceiling must pay at least where no team is known.
        """
        match self.mechanic:
            case Band(ceiling=ceiling):
                raised = (
                    self.mechanic if self.mechanic.accelerator else self._band_climbing(max(1.0, self.climb or 1.0))
                )
                least = 1.0 + (payout - 1.0) / raised.rates[1] if reached is None else self.place(reached)
                far: float | None = round_up(least, 0.05)
                if ceiling is None or far is None or far > MAX_ATTAINMENT:
                    far = None
                elif far <= ceiling:
                    far = ceiling
                level = {"accelerator_2": None, "accelerator_2_from": None} if raised.accelerator_2 == 0 else {}
                return raised.changed(ceiling=far, **level)
            case Points() | Steps():
                return self._make_table(self._rising_table_line(None))
            case Tiers(tiers=(first, *rest)):
                return self.mechanic.changed(tiers=(first, *(t for t in rest if t[1] > 0)))
        return None

    def open_ended(self) -> Mechanic | None:
        """A table that climbs from the first unit and on beyond its last row; another mechanic without its ceiling."""
        if not isinstance(self.mechanic, Points | Steps):
            return self.lifted(math.inf, 0.0) if isinstance(self.mechanic, Band) else self.lifted(None, 0.0)
        line = self._make_table(self._rising_table_line(self.place(0.0)))
        return None if line is None else line.changed(above="extend")

    def steeper(self) -> Mechanic | None:
        """A band whose climb beyond target is as steep as the one before it, rounded up to a twentieth."""
        if not isinstance(self.mechanic, Band) or self.climb is None or self.climb <= self.mechanic.rates[1]:
            return None
        return self._band_climbing(self.climb)

    def _band_climbing(self, climb: float) -> Band:
        """A band whose climb just beyond target is at least so steep, its accelerator rounded up to a twentieth."""
        band = self.mechanic
        assert isinstance(band, Band)
        unit = band.changed(accelerator=1.0).rates[1]
        return band.changed(accelerator=round_up(climb / unit, 0.05))

    @property
    def climb(self) -> float | None:
        """How steeply a band climbs from its floor to target [payout per attainment]; None where it does not."""
        match self.mechanic:
            case Band(rates=(below, *_)):
                return below
        return None

    def _table_rows(self) -> Corners:
        """The rows of a table, worse to better, a level stretch as two of them."""
        match self.mechanic:
            case Points(points=points):
                rows = [(self.sign * x, y) for x, y in points]
                return rows[::-1] if rows[0][0] > rows[-1][0] else rows
            case Steps(steps=steps):
                rows = sorted((self.sign * x, y) for x, y in steps)
                ends = [(after, y) for (_, y), (after, _) in zip(rows, rows[1:], strict=False)]
                return [row for pair in zip(rows, [*ends, rows[-1]], strict=True) for row in pair]
        return []

    def _rising_table_line(self, start: float | None) -> Corners:
        """One rising line through a table's corners and its pay at target, from nothing where a start is given."""
        target = self.sign * self.place(1.0)
        at_target = self._pays_at(self.place(1.0))
        line = line_through(rising_line(self._table_rows()), target, at_target)
        begins = isinstance(self.mechanic, Steps) or (
            isinstance(self.mechanic, Points) and self.mechanic.below == "zero"
        )
        if start is None or not begins or line[0][1] <= 0:
            return line
        low, whole = self.sign * start, abs(self.place(1.0) - self.place(0.0))
        return [(low if low < line[0][0] else line[0][0] - whole, 0.0), *line]

    def _pays_at(self, place: float) -> float:
        assert not isinstance(self.mechanic, Matrix)
        return float(self.mechanic.curve("higher" if self.sign > 0 else "lower")(place))

    def _make_table(self, line: Corners) -> Points | None:
        terms = self.mechanic
        if isinstance(terms, Points):
            below, above = terms.below, terms.above
        elif isinstance(terms, Steps):
            below, above = "zero", "hold"
        else:
            return None
        points = tuple((self.sign * x + 0.0, y) for x, y in line)
        kept = {"pays": terms.pays} if terms.pays != "share" else {}
        return Points(points=points, of=terms.of, below=below, above=above, **kept)


def rising_line(rows: Iterable[tuple[float, float]]) -> Corners:
    """The corners that one rising line goes through: no level stretch, no fall, of a jump its upper end.

    >>> rising_line([(0.8, 0.6), (0.9, 0.6), (0.9, 0.8), (1, 0.8), (1, 1)])
    [(0.8, 0.6), (0.9, 0.8), (1, 1)]
    """
    kept: Corners = []
    for x, y in rows:
        if kept and y <= kept[-1][1]:
            continue
        if kept and x <= kept[-1][0]:
            kept.pop()
        kept.append((x, y))
    return kept


def line_through(line: Corners, x: float, y: float) -> Corners:
    """The line led through one more point, without the corners that would make it fall or stay level.

    >>> line_through([(0.9, 1), (1.2, 1.5)], 1, 1)
    [(1, 1), (1.2, 1.5)]
    """
    before = [p for p in line if p[0] < x and p[1] < y]
    after = [p for p in line if p[0] > x and p[1] > y]
    return [*before, (x, y), *after]


def round_up(x: float, step: float) -> float:
    """A number rounded up to a multiple of a step; infinity stays."""
    return x if math.isinf(x) else round(math.ceil(x / step - _ALMOST) * step, 9)


def round_down(x: float, step: float) -> float:
    """A number rounded down to a multiple of a step.

    >>> round_down(0.4218, 0.01), round_up(1.6667, 0.05)
    (0.42, 1.7)
    """
    return round(math.floor(x / step + _ALMOST) * step, 9)
