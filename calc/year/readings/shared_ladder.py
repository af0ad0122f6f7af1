"""A ladder that several KPIs climb together: a tier starts at the pay to date, or at the results of all of them.

Each KPI pays by the rates of its own tiers, read at the place that all have reached; where a period crosses a tier,
the part before it is paid by the old rate and the part behind it by the new one, exactly. Several KPIs in one period
climb in the order that the plan names.

Each must pay money by its result from 0 on and without jumps, as marginal tiers do.
"""

from collections.abc import Sequence
from itertools import pairwise

import numpy as np

from calc.piecewise.curve import Curve
from calc.piecewise.vectorized import Floats
from calc.plan.kpi import Kpi
from calc.year.readings.reading import Levels, ReadingPlace

FLAT = 1e-300
"""A rate of 0 in a ladder that counts pay: nobody climbs further."""


class SharedLadder:
    """What several KPIs earn on one ladder."""

    name = "shared_ladder"

    def levels(self, place: ReadingPlace) -> Levels:
        """What is earned since the restart, with each payment and before it."""
        n, count, _ = place.people.results.shape
        level, before = np.zeros((n, count)), np.zeros((n, count))
        pay, at = np.zeros(n), np.zeros(n)
        for t in range(count):
            if t % place.periods.in_span == 0:
                pay, at = np.zeros(n), np.zeros(n)
            before[:, t] = pay
            for j in _climbers(place):
                gain, at = _climb(place, j, at, place.people.results[:, t, j], _scale(place, t))
                pay = pay + gain
            level[:, t] = pay
        return Levels(level, before)

    def curve(self, place: ReadingPlace, person: int, period: int, moving: int) -> Curve:
        """What is earned since the restart along one payment's result of a KPI."""
        start = place.periods.span_start(period)
        pay, at = 0.0, 0.0
        for t in range(start, period):
            for j in _climbers(place):
                gained, placed = _climb(
                    place, j, np.array([at]), place.people.results[[person], t, j], _scale(place, t)
                )
                pay, at = pay + float(gained[0]), float(placed[0])
        return _curve_of_period(place, (person, period, moving), pay, at)


def _curve_of_period(place: ReadingPlace, at: tuple[int, int, int], pay: float, stands: float) -> Curve:
    """Pay since the restart along one KPI's result of a payment, from where the ladder stands before it."""
    person, period, moving = at
    results, scale = place.people.results[person, period], _scale(place, period)
    line = Curve.through([(0.0, 0.0), (1.0, 1.0)], below="extend", above="extend")
    total, position = Curve.constant(pay), Curve.constant(stands)
    for j in _climbers(place):
        step = line if j == moving else Curve.constant(float(results[j]))
        gain, position = _climb_along(place, j, (position, step), scale)
        total = total + gain
    return total.counted(place.plan.kpis[moving].counts)


def _climb_along(place: ReadingPlace, j: int, at: tuple[Curve, Curve], scale: float) -> tuple[Curve, Curve]:
    position, step = at
    xs, hs, ends = ladder_points(place.plan.kpis[j], scale, _counts(place))
    forward, back = _broken_line(xs, hs, ends), _broken_line(hs, xs, (1 / ends[0], 1 / ends[1]))
    if _counts(place) == "results":
        pays = forward
        return composed(pays, position + step) - composed(pays, position), position + step
    moved = composed(forward, composed(back, position) + step)
    return moved - position, moved


def _scale(place: ReadingPlace, period: int) -> float:
    """How many of the plan's periods lie between two restarts: the tiers' starts are as many times as far."""
    start = place.periods.span_start(period)
    return round(float(place.periods.share_of(start + place.periods.in_span)[start:].sum()), 12)


def _counts(place: ReadingPlace) -> str:
    assert place.year.ladder is not None
    return place.year.ladder.counts


def _climbers(place: ReadingPlace) -> list[int]:
    """The KPIs that climb, by place, in their order."""
    plan = place.plan
    order = place.year.ladder.order if place.year.ladder is not None else ()
    ids = order or [k.id for k in plan.kpis if k.paid]
    return [plan.ids.index(name) for name in ids]


def _climb(place: ReadingPlace, j: int, at: Floats, results: Floats, scale: float) -> tuple[Floats, Floats]:
    """What results of a KPI earn from a place on the ladder, and the place after them (n,)."""
    xs, hs, ends = ladder_points(place.plan.kpis[j], scale, _counts(place))
    if _counts(place) == "results":
        return _interpolated(at + results, xs, hs, ends) - _interpolated(at, xs, hs, ends), at + results
    back = _interpolated(at, hs, xs, (1 / ends[0], 1 / ends[1]))
    moved = _interpolated(back + results, xs, hs, ends)
    return moved - at, moved


def ladder_points(kpi: Kpi, scale: float, counts: str) -> tuple[list[float], list[float], tuple[float, float]]:
    """The line from results to pay of one KPI that climbs alone: its bends, and the slopes before and behind them.

    Args:
        kpi: paid by the result.
        scale: how many times as far the tiers start.
        counts: whether they start at pay or at results.
    """
    pieces = [piece for piece in kpi.by_result.pieces() if piece.end > 0]
    edges = [max(piece.start, 0.0) * scale for piece in pieces]
    rates = [piece.slope or FLAT for piece in pieces]
    widths = [after - edge for edge, after in pairwise(edges)]
    xs, hs = [0.0], [0.0]
    for width, rate in zip(widths, rates, strict=False):
        xs.append(xs[-1] + (width / rate if counts == "pay" else width))
        hs.append(hs[-1] + (width if counts == "pay" else width * rate))
    return xs, hs, (rates[0], rates[-1])


def _interpolated(x: Floats, xs: Sequence[float], ys: Sequence[float], ends: tuple[float, float]) -> Floats:
    """A broken line at x, carried on at both ends."""
    inside = np.interp(x, xs, ys)
    beyond = np.where(x > xs[-1], (x - xs[-1]) * ends[1], 0.0) + np.where(x < xs[0], (x - xs[0]) * ends[0], 0.0)
    return np.asarray(inside + beyond, dtype=np.float64)


def _broken_line(xs: Sequence[float], ys: Sequence[float], ends: tuple[float, float]) -> Curve:
    """A broken line as a curve, carried on at both ends."""
    slopes = [(d - c) / (b - a) for (a, b), (c, d) in zip(pairwise(xs), pairwise(ys), strict=True)]
    return Curve((xs[0] - 1.0, *xs), (ys[0] - ends[0], *ys), (ends[0], *slopes, ends[1]))


def composed(outer: Curve, inner: Curve) -> Curve:
    """outer(inner(x)) of two lines without jumps, the inner one nowhere falling.

    >>> bent = Curve.through([(0, 0), (1, 1), (2, 3)], below="extend", above="extend")
    >>> composed(bent, bent)(1.5)
    3.0
    """
    cuts = set(inner.starts[1:])
    for start in outer.starts[1:]:
        crossing = inner.inverse(start)
        if crossing is not None and np.isfinite(crossing):
            cuts.add(crossing)
    marks = sorted(cuts) or [0.0]
    ends = [marks[0] - 1.0, *marks, marks[-1] + 1.0]
    return Curve.through([(x, float(outer(float(inner(x))))) for x in ends], below="extend", above="extend")
