"""Two plans, A and B, over the same results: where B pays more, where less, and how many land there.

Plans are laid over each other by result and never by attainment: a person sells what they sell, whatever the target.
A KPI that both plans measure stands at one result in both; a KPI that only one of them has stands at its target. Pay is
before rounding, base pay left out. Not modelled: that anybody sells more, or less, because of the other plan.
"""

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from calc.messages import Name, Sentence
from calc.piecewise.curve import Curve
from calc.piecewise.distributions import Distribution
from calc.piecewise.pieces import NotALine, Piece
from calc.piecewise.segments import neat_number
from calc.plan.kpi import Kpi
from calc.plan.plan import Plan

ALL_KPIS = "all"
"""The axis on which every KPI has the same attainment."""
PLACE_TOLERANCE = 1e-9
"""Places that differ by less than this part are one place."""

GapKind = Literal["more", "less", "same"]


# What can be compared


def same_measure(one: Kpi, other: Kpi) -> bool:
    """Whether two KPIs of one id measure the same thing: in one unit, or with the unit's name alone changed."""
    return one.unit == other.unit or (one.target == other.target and one.span == other.span)


def shared_kpis(a: Plan, b: Plan) -> tuple[str, ...]:
    """The ids of the KPIs that both plans measure, in the order of the second."""
    return tuple(k.id for k in b.kpis if k.id in a.ids and same_measure(a.kpi(k.id), k))


def why_not_comparable(a: Plan, b: Plan) -> Sentence | None:
    """Why the money of two plans cannot be set against each other; None where it can."""
    if a.currency != b.currency:
        told = "Plan A pays in {a} and plan B in {b}, so their money cannot be set against each other."
        return Sentence.of(told, a=Name(a.currency), b=Name(b.currency))
    if a.period != b.period:
        told = "Plan A pays by the {a} and plan B by the {b}, so their money cannot be set against each other."
        return Sentence.of(told, a=Name(a.period), b=Name(b.period))
    if not any(a.kpi(name).paid or b.kpi(name).paid for name in shared_kpis(a, b)):
        return Sentence.of("The two plans pay for nothing in common, so there is no line to compare along.")
    return None


def apart_along(a: Plan, b: Plan, along: str) -> Sentence | None:
    """Why the lines of two plans cannot be laid over each other along one KPI, or all; None where they can."""
    reason = why_not_comparable(a, b)
    if reason is not None:
        return reason
    if along != ALL_KPIS:
        one, other = (plan.kpi(along) if along in plan.ids else None for plan in (a, b))
        if one is None or other is None or same_measure(one, other):
            return None
        told = "Plan A measures {kpi} in {a} and plan B in {b}, so there is no line to compare along it."
        return Sentence.of(told, kpi=Name(other.label), a=Name(one.unit or "numbers"), b=Name(other.unit or "numbers"))
    if any(a.kpi(name).line != b.kpi(name).line for name in shared_kpis(a, b)):
        return Sentence.of(
            "The two plans have different targets, so the same share of target is not the same result: "
            "choose one measure to compare along."
        )
    try:
        pay_line(a, ALL_KPIS, {}), pay_line(b, ALL_KPIS, {})
    except NotALine:
        return Sentence.of("One of the two plans has no line along everything together: choose one measure.")
    return None


# The lines


def standing_in(own: Plan, other: Plan, at: Mapping[str, float]) -> dict[str, float]:
    """Where a rep who stands at results `at` of one plan stands in the other [KPI units]."""
    stands, common = own.standing(at), shared_kpis(own, other)
    return {name: stands[name] for name in common}


def pay_line(plan: Plan, along: str, at: Mapping[str, float]) -> Curve:
    """Pay [money] by the result of a KPI, or by attainment along all; level where the plan does not measure it.

    Raises:
        NotALine: all KPIs together, where sloped things multiply each other.
    """
    if along == ALL_KPIS:
        return plan.along_all(at) * plan.incentive
    if along in plan.ids:
        return plan.pay_along(along, at)
    stands = plan.standing(at)
    return Curve.constant(float(plan.payout([stands[name] for name in plan.ids])) * plan.incentive)


def by_attainment(by_result: Curve, kpi: Kpi | None) -> Curve:
    """A line by result as one by the attainment of a KPI; as it is where all move together."""
    return by_result if kpi is None else kpi.by_attainment(by_result)


def pay_difference(a: Plan, b: Plan, along: str, at: Mapping[str, float]) -> Curve:
    """What B pays more than A [money] by the result of a KPI of B, or by attainment along all; exact.

    Args:
        at: where the rep stands in plan B [KPI units]; a KPI not named stands at B's target.
    """
    return pay_line(b, along, at) - pay_line(a, along, standing_in(b, a, at))


# Where B pays more, and where less


@dataclass(frozen=True)
class GapSide:
    """A stretch of the axis on which B pays more than A, less, or the same.

    `start` and `end` are infinite where there is no end. `most` is the largest difference on it [money], signed, and
    `at` its place; infinite where it grows without end, by `rate` [money for one whole attainment]. `share` is the
    part of the team that lands there and `mean` their mean difference [money]; None where no team is known.
    """

    kind: GapKind
    start: float
    end: float
    most: float
    at: float
    rate: float
    share: float | None
    mean: float | None


def split_sides(
    gap: Curve, low: float, high: float, landing: Distribution | None = None, least: float = 0.005
) -> tuple[GapSide, ...]:
    """The stretches of a difference between two places, from left to right; neighbours are of different kinds.

    Args:
        gap: what B pays more than A [money], by attainment.
        low, high: where the axis begins and ends; infinite where it does not.
        landing: where the team lands on the axis.
        least: money less than this is no difference: half of the currency's smallest unit.

    >>> [(s.kind, s.start, s.end) for s in split_sides(Curve.through([(0, -5), (2, 5)]), 0.0, 3.0)]
    [('less', 0.0, 1.0), ('more', 1.0, 3.0)]
    """
    groups: list[tuple[GapKind, list[Piece]]] = []
    for part in cut_at_zero(gap, low, high):
        size = max(abs(part.value), abs(part.end_value))
        kind: GapKind = "same" if size < least else "more" if part.value + part.end_value > 0 else "less"
        if not groups or groups[-1][0] != kind:
            groups.append((kind, []))
        groups[-1][1].append(part)
    return tuple(_make_side(kind, found, landing) for kind, found in groups)


def cut_at_zero(gap: Curve, low: float, high: float) -> Iterator[Piece]:
    """The straight parts of a curve between two places, cut where it crosses zero."""
    for piece in gap.pieces():
        start, end = max(piece.start, low), min(piece.end, high)
        if end <= start:
            continue
        cuts = [x for x in _zero_inside(gap, piece) if start < x < end]
        for a, b in zip([start, *cuts], [*cuts, end], strict=True):
            yield Piece(a, b, _value_within(gap, piece, a, "right"), _value_within(gap, piece, b, "left"), piece.slope)


def _zero_inside(gap: Curve, piece: Piece) -> list[float]:
    """Where a sloped piece is zero, inside it or not."""
    if not piece.slope:
        return []
    at = next((x for x in (piece.start, piece.end) if math.isfinite(x)), 0.0)
    value = _value_within(gap, piece, at, "left" if at == piece.end else "right")
    return [neat_number(at - value / piece.slope)]


def _value_within(gap: Curve, piece: Piece, x: float, side: Literal["left", "right"]) -> float:
    """The value within a piece at a place of it."""
    if x == piece.start:
        return piece.value
    if x == piece.end:
        return piece.end_value
    value = float(gap(x, side))
    return 0.0 if abs(value) <= PLACE_TOLERANCE * abs(piece.slope) else value


def _make_side(kind: GapKind, found: Sequence[Piece], landing: Distribution | None) -> GapSide:
    ends = [(x, y) for p in found for x, y in ((p.start, p.value), (p.end, p.end_value))]
    at, most = max(ends, key=lambda end: abs(end[1]))
    rate = next((p.slope for p in found if math.inf in (abs(p.value), abs(p.end_value))), 0.0)
    share = mean = None
    if landing is not None:
        share, whole = _team_on(found, landing)
        mean = whole / share if share else None
    return GapSide(kind, found[0].start, found[-1].end, 0.0 if kind == "same" else most, at, rate, share, mean)


def _team_on(found: Sequence[Piece], landing: Distribution) -> tuple[float, float]:
    """The part of a team that lands on some pieces, and what these bring it in all, over the whole team [money]."""
    share = whole = 0.0
    for piece in found:
        (low, below), (high, under) = landing.below(piece.start), landing.below(piece.end)
        x, y = (piece.start, piece.value) if math.isfinite(piece.value) else (piece.end, piece.end_value)
        share += high - low
        if piece.slope and math.isfinite(x):
            whole += (y - piece.slope * x) * (high - low) + piece.slope * (under - below)
        elif not piece.slope:
            whole += y * (high - low)
    return max(share, 0.0), whole
