"""One mechanic told as another: the same pay where the other kind can say it, the nearest that it can say where not.

Points say nearly everything, so each kind becomes points first: a band exactly, steps by their level stretches, a grid
by its line where the other KPI stands at target, tiers as shares of what they pay at target. Points then become what is
asked for. What is not kept: a jump in tiers on their own slices, a climb without end in steps and grids, and a band
goes through 100 % at target whatever the points say.
"""

from collections.abc import Callable, Iterable
from itertools import pairwise
from typing import Any

from calc.edit.reshape import line_through, rising_line
from calc.piecewise.curve import Curve
from calc.piecewise.segments import neat_number
from calc.plan.kpi import Kpi
from calc.plan.mechanics import Band, Matrix, Points, Steps, Tiers
from calc.plan.terms import Of, Point

ACROSS = (0.0, 0.8, 1.0, 1.2)
"""Attainments of the other KPI that a grid begins with."""
_NEAR = 1e-9


def to_points(mechanic: Band | Points | Steps, sign: float = 1.0) -> Points:
    """The points of a mechanic, which pay exactly the same.

    Args:
        mechanic: what pays.
        sign: -1 where its terms are of a result that is better when lower.

    >>> to_points(Band(floor=0.7, ceiling=2)).points
    ((0.7, 0.7), (1.0, 1.0), (2.0, 2.0))
    >>> to_points(Steps(steps=((0.8, 0.5), (1, 1)))).points
    ((0.8, 0.5), (1.0, 0.5), (1.0, 1.0))
    """
    if isinstance(mechanic, Points):
        return mechanic
    if isinstance(mechanic, Steps):
        rows = sorted(mechanic.steps, key=lambda row: sign * row[0])
        level = [((x, y), (after, y)) for (x, y), (after, _) in pairwise(rows)]
        listed = (*(corner for pair in level for corner in pair), rows[-1])
        return Points(points=listed, of=mechanic.of, reached=mechanic.reached, **_money_terms(mechanic))
    above = "hold" if mechanic.ceiling is not None else "extend"
    return Points(points=mechanic.points, above=above, reached=mechanic.reached)


def trace_points(curve: Curve, of: Of, step: float = 1.0) -> Points:
    """The points that a curve goes through; of a curve that counts whole units, those of the line through them.

    Args:
        curve: payout by attainment, or by the result.
        of: which of the two.
        step: how far beyond its last break a point is set where the curve goes on [x].

    >>> trace_points(Curve.through([(0.5, 1), (1, 2)], below="zero", above="extend"), "attainment").points
    ((0.5, 1.0), (1.5, 3.0))
    """
    curve = curve.counted(())
    pieces = curve.pieces()
    first, last = pieces[0], pieces[-1]
    ends = [((b.start, b.value), (b.start, a.end_value)) for a, b in pairwise(pieces)]
    corners = [corner for after, before in ends for corner in (before, after)]
    corners = corners or [(curve.starts[0], curve.values[0])]
    if not first.slope and not first.value and len(corners) > 1:
        corners = corners[1:]
    if first.slope:
        corners = [(corners[0][0] - step, curve(corners[0][0] - step)), *corners]
    if last.slope:
        corners = [*corners, (corners[-1][0] + step, curve(corners[-1][0] + step))]
    told = dict.fromkeys((neat_number(x) + 0.0, neat_number(y) + 0.0) for x, y in corners)
    below = "extend" if first.slope else "hold" if first.value else "zero"
    return Points(points=tuple(told), of=of, below=below, above="extend" if last.slope else "hold")


def points_by_attainment(given: Points, kpi: Kpi) -> Points:
    """Points of a KPI's result as points of its attainment, worse to better."""
    return (
        given
        if given.of == "attainment"
        else given.changed(points=_turn_pairs(given.points, kpi, "attainment"), of="attainment")
    )


def turn_table(mechanic: Points | Steps | Tiers, of: Of, kpi: Kpi) -> Points | Steps | Tiers:
    """A table of attainment as one of the KPI's result, or the other way round."""
    if mechanic.of == of:
        return mechanic
    if isinstance(mechanic, Tiers):
        return mechanic.starting_at(lambda x: turn_place(x, kpi, of), of)
    name = mechanic.kind
    return mechanic.changed(of=of, **{name: _turn_pairs(getattr(mechanic, name), kpi, of)})


def turn_place(x: float, kpi: Kpi, of: Of) -> float:
    """An attainment as a result, or a result as an attainment, in as many digits as it was stated in."""
    return kpi.result(x) if of == "result" else neat_number(round(float(kpi.attainment(x)), 12))


def _turn_pairs(pairs: Iterable[Point], kpi: Kpi, of: Of) -> tuple[Point, ...]:
    told = [(turn_place(x, kpi, of), y) for x, y in pairs]
    down = told[0][0] > told[-1][0]
    return tuple(reversed(told)) if of == "attainment" and down else tuple(told)


def to_band(given: Points) -> Band:
    """The band nearest to points of attainment: where they begin to pay, what they pay there, and beyond target.

    >>> found = to_band(Points(points=((0.4, 0), (1, 1), (2, 2.8))))
    >>> found.floor, found.pays_at_floor, found.accelerator, found.ceiling
    (0.4, 0.0, 1.8, 2.0)
    >>> found = to_band(Points(points=((0, 0), (1, 1), (1.2, 1.28), (1.3, 1.44)), above="extend"))
    >>> found.accelerator, found.accelerator_2, found.accelerator_2_from
    (1.4, 1.6, 1.2)
    """
    curve, (last, most) = given.curve(), given.points[-1]
    paying = [p for p in curve.pieces() if p.slope > 0 or max(p.value, p.end_value) > 0]
    start = min(max(paying[0].start if paying else 1.0, 0.0), 1.0)
    pays = min(max(curve(start, "right"), 0.0), 10.0)
    ends = given.above == "hold"
    beyond = (most - 1.0) / (last - 1.0) if ends and last > 1 + _NEAR else curve.slopes[-1] if not ends else 1.0
    terms = {"floor": start, "accelerator": _accelerator_from(beyond)}
    between = [(x, y) for x, y in given.points if 1 + _NEAR < x < last - _NEAR]
    if len(between) == 1:
        (bend, height) = between[0]
        terms["accelerator"] = _accelerator_from((height - 1.0) / (bend - 1.0))
        terms |= {"accelerator_2": _accelerator_from((most - height) / (last - bend)), "accelerator_2_from": bend}
    terms |= {"pays_at_floor": neat_number(pays)} if abs(pays - start) > _NEAR else {}
    terms |= {"ceiling": min(max(last, start, 0.01), 1000.0)} if ends else {}
    return Band(**terms, reached=given.reached) if given.reached == "above" else Band(**terms)


def _accelerator_from(slope: float) -> float:
    """A slope as an accelerator may be."""
    return min(max(neat_number(round(slope, 9)), 0.0), 1000.0)


def to_steps(given: Points, target: float, sign: float = 1.0) -> Steps:
    """Steps at the points and at target, each with what the points pay there.

    Args:
        given: points of attainment, or of a result.
        target: where target lies on their axis.
        sign: -1 where they are of a result that is better when lower.

    >>> to_steps(Points(points=((0.4, 0), (1, 1), (2, 2.8))), 1.0).steps
    ((1.0, 1.0), (2.0, 2.8))
    """
    down = sign * given.points[0][0] > sign * given.points[-1][0]
    listed = dict(reversed(given.points) if down else given.points)
    if len(listed) > 1 and min(listed) < target < max(listed):
        curve = given.curve("higher" if sign > 0 else "lower")
        listed.setdefault(target, neat_number(curve(target)))
    rows = sorted(listed.items(), key=lambda row: sign * row[0])
    while len(rows) > 1 and not rows[0][1]:
        rows = rows[1:]
    return Steps(steps=tuple(rows), of=given.of, reached=given.reached, **_money_terms(given))


def to_tiers(given: Points, kpi: Kpi, worth: float) -> Tiers:
    """A commission that pays what points of attainment pay.

    Args:
        given: points of attainment.
        kpi: whose result the tiers are of; higher must be better.
        worth: the money that a payout of 1 is.

    >>> deals = Kpi(id="deals", target=100, weight=1, curve=Band())
    >>> to_tiers(Points(points=((0, 0), (1, 1), (2, 3)), above="extend"), deals, 1000).tiers
    ((0.0, 10.0), (100.0, 20.0))
    """
    money = given.curve().of_line(*kpi.line) * worth
    pieces = money.pieces()[1:] or money.pieces()
    jumps = {jump.at for jump in money.jumps()}
    if not jumps and money(pieces[0].start, "left") == 0 and all(p.slope >= 0 for p in pieces):
        return _make_tiers([(p.start, p.slope) for p in pieces], given)
    if all(abs(p.value - p.slope * p.start) <= _NEAR * worth and p.slope >= 0 for p in pieces):
        return _make_tiers([(p.start, p.slope) for p in pieces], given, apply="retroactive")
    line = line_through(rising_line(given.points), 1.0, float(given.curve()(1.0)))
    start = (line[0][0] if len(line) > 1 and line[0][0] < 1 else 0.0, 0.0)
    corners = [start, *(p for p in line if p[0] > start[0])]
    slopes = [(x, (w - y) / (v - x)) for (x, y), (v, w) in pairwise(corners)]
    slopes += [(corners[-1][0], slopes[-1][1] if given.above == "extend" and slopes else 0.0)]
    return _make_tiers([(kpi.result(x), max(slope, 0.0) * worth / kpi.span) for x, slope in slopes], given)


def _make_tiers(rates: list[Point], given: Points, **how: str) -> Tiers:
    """Tiers with rates as they would be written, each rate once."""
    told = [(neat_number(start), neat_number(rate)) for start, rate in rates]
    kept = [told[0], *(after for before, after in pairwise(told) if abs(after[1] - before[1]) > _NEAR * before[1])]
    return Tiers(tiers=tuple(kept), reached=given.reached, **how)


def to_grid(given: Points, other: str, stepped: bool = False) -> Matrix:
    """A grid whose rows pay what points of attainment pay, alike in every column.

    Args:
        given: points of attainment.
        other: the id of the KPI that the columns are of.
        stepped: whether the cell reached is paid, as it is by steps.
    """
    curve, xs = given.curve(), sorted({x for x, _ in given.points})
    if len(xs) == 1 or (given.above == "extend" and xs[-1] < 2.0):
        xs.append(max(xs[-1] + 1.0, 2.0))
    rows = [neat_number(curve(x)) for x in xs]
    between = "step" if stepped else "linear"
    payouts = tuple((y,) * len(ACROSS) for y in rows)
    return Matrix(with_=other, rows=tuple(xs), columns=ACROSS, payouts=payouts, between=between, **_money_terms(given))


def _money_terms(mechanic: Points | Steps | Matrix) -> dict[str, Any]:
    """What another kind must be told where payouts are amounts of money."""
    return {"pays": "money"} if mechanic.pays == "money" else {}


def grid_row(of_grid: Callable[[Kpi, str, float], Curve], kpi: Kpi, other: Kpi) -> Points:
    """The line of a grid where the other KPI stands at target, as points of attainment.

    Args:
        of_grid: the plan's curve of a grid by the result of one of its KPIs, the other standing still.
        kpi: who is paid by the grid.
        other: who stands at target.
    """
    assert isinstance(kpi.curve, Matrix)
    at = other.target if kpi.curve.of == "result" else 1.0
    slope, intercept = kpi.line
    line = trace_points(of_grid(kpi, kpi.id, at).of_line(1 / slope, -intercept / slope), "attainment")
    return line.changed(**_money_terms(kpi.curve)) if kpi.curve.pays == "money" else line
