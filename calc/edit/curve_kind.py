"""Changing how a plan pays: another kind of curve, other rows of a table, pay by measure or by one score.

A place is where a curve lives: a KPI's id, `plan` for the one curve of a score, `modifiers.` and a number. A kind is
changed so that the pay stays as it was where the new kind can pay that; `pays_alike` says whether it did. A commission
is money and has no weight: a KPI that becomes one takes its share out of the target incentive, and one that stops being
one brings what it pays at target.
"""

from collections.abc import Sequence
from typing import Any

from calc.documents.planfile import Preset
from calc.edit import convert
from calc.edit.structure import change_gate_or_modifier, change_table, replace_kpi
from calc.edit.weighing import SHARE_TOLERANCE
from calc.plan.conditions import PLAN
from calc.plan.errors import Refused
from calc.plan.kpi import Kpi
from calc.plan.mechanics import Band, Matrix, Points, Steps, Tiers
from calc.plan.plan import Plan
from calc.plan.terms import Of
from calc.plan.validation import MAX_PLAN_SHARE

CURVE_KINDS = ("band", "points", "steps", "tiers", "matrix")
FACTOR_KINDS = CURVE_KINDS[:3]
"""The kinds that a modifier and a score can have."""
CENT = 0.005
"""Money below which two pays are the same."""


def curve_at(preset: Preset, place: str) -> Any:
    """The mechanic at a place, or None."""
    if place == PLAN:
        return preset.plan.curve
    owner = _modifier_number(place)
    return preset.plan.kpi(place).curve if owner is None else preset.plan.modifiers[owner].curve


def kpi_read_at(preset: Preset, place: str) -> Kpi | None:
    """The KPI whose result the mechanic at a place reads; None for the score."""
    owner = _modifier_number(place)
    if place == PLAN:
        return None
    return preset.plan.kpi(place if owner is None else preset.plan.modifiers[owner].kpi)


def _modifier_number(place: str) -> int | None:
    return int(place.partition(".")[2]) if place.startswith("modifiers.") else None


def replace_curve(preset: Preset, place: str, mechanic: Any) -> Preset:
    """The document with another mechanic at a place.

    Raises:
        Refused: it does not hold.
    """
    owner = _modifier_number(place)
    if place == PLAN:
        return change_table(preset, "plan", curve=mechanic)
    if owner is not None:
        return change_gate_or_modifier(preset, "modifiers", owner, curve=mechanic)
    try:
        return replace_kpi(preset, preset.plan.kpi(place).changed(curve=mechanic))
    except Refused as refused:
        raise Refused([_name_place(place, sentence) for sentence in refused.sentences]) from None


def _name_place(place: str, sentence: str) -> str:
    return f"{place}.{sentence}" if sentence.startswith(("curve", "weight", "scale")) else sentence


def change_curve(preset: Preset, place: str, /, **terms: Any) -> Preset:
    """The document with terms of the mechanic at a place changed.

    Raises:
        Refused: they do not hold.
    """
    try:
        now = curve_at(preset, place)
        mechanic = now.changed(**now.completed(terms))
    except Refused as refused:
        raise Refused([f"{place}.curve.{sentence}" for sentence in refused.sentences]) from None
    return replace_curve(preset, place, mechanic)


def set_rows(preset: Preset, place: str, rows: Sequence[Sequence[float]]) -> Preset:
    """The document with other rows in the points, steps or tiers at a place, put in order where they are not.

    Rows of the same x stay in the order in which they are given: they are the two sides of a jump.

    Raises:
        Refused: they do not hold.
    """
    mechanic = curve_at(preset, place)
    now = getattr(mechanic, mechanic.kind)
    down = now[0][0] > now[-1][0]
    if isinstance(mechanic, Tiers):
        rows = [row[:2] if not any(row[2:]) else row for row in rows]  # a lump of 0 is none
    ordered = sorted(rows, key=lambda row: row[0], reverse=down)
    return change_curve(preset, place, **{mechanic.kind: tuple(ordered)})


def in_terms_of(preset: Preset, place: str, of: Of) -> Preset:
    """The document with a table told in attainment, or in the KPI's own unit; it pays the same."""
    mechanic, kpi = curve_at(preset, place), kpi_read_at(preset, place)
    if kpi is None or mechanic.of == of:
        return preset
    if isinstance(mechanic, Matrix):
        return change_curve(preset, place, of=of, **_grid_told(mechanic, kpi, preset.plan.kpi(mechanic.with_), of))
    return replace_curve(preset, place, convert.turn_table(mechanic, of, kpi))


def _grid_told(grid: Matrix, kpi: Kpi, other: Kpi, of: Of) -> dict[str, Any]:
    """The axes and payouts of a grid told in attainment, or in results, from worse to better."""
    rows = [(convert.turn_place(x, kpi, of), paid) for x, paid in zip(grid.rows, grid.payouts, strict=True)]
    columns = [(convert.turn_place(x, other, of), j) for j, x in enumerate(grid.columns)]
    rows.sort(key=lambda row: row[0], reverse=of == "result" and kpi.better == "lower")
    columns.sort(reverse=of == "result" and other.better == "lower")
    payouts = tuple(tuple(paid[j] for _, j in columns) for _, paid in rows)
    return {"rows": tuple(x for x, _ in rows), "columns": tuple(x for x, _ in columns), "payouts": payouts}


# Grids


def set_grid_rows(preset: Preset, kpi: str, rows: Sequence[tuple[float, ...]]) -> Preset:
    """The document with other rows in a grid: each a breakpoint and a payout for every column.

    Raises:
        Refused: they do not hold.
    """
    grid = preset.plan.kpi(kpi).curve
    assert isinstance(grid, Matrix)
    ordered = sorted(rows, key=lambda row: row[0], reverse=grid.rows[0] > grid.rows[-1])
    return change_curve(preset, kpi, rows=tuple(r[0] for r in ordered), payouts=tuple(tuple(r[1:]) for r in ordered))


def set_grid_columns(preset: Preset, kpi: str, columns: Sequence[float]) -> Preset:
    """The document with other columns in a grid; a new one pays what lies between its neighbours.

    Raises:
        Refused: they do not hold.
    """
    grid = preset.plan.kpi(kpi).curve
    assert isinstance(grid, Matrix)
    ordered = sorted(columns, reverse=grid.columns[0] > grid.columns[-1])
    payouts = tuple(tuple(_value_between(grid.columns, row, x) for x in ordered) for row in grid.payouts)
    return change_curve(preset, kpi, columns=tuple(ordered), payouts=payouts)


def _value_between(axis: Sequence[float], row: Sequence[float], x: float) -> float:
    """What a row pays at a place between its columns; beyond them, what the last one pays."""
    known = dict(sorted(zip(axis, row, strict=True)))
    if x in known:
        return known[x]
    line = Points(points=tuple(known.items()), below="hold").curve()
    return round(float(line(x)), 6)


def read_with(preset: Preset, kpi: str, other: str) -> Preset:
    """The document with another KPI along the columns of a grid, at the same attainments."""
    grid, of = preset.plan.kpi(kpi).curve, "attainment"
    if isinstance(grid, Matrix):
        of = grid.of
    found = change_curve(in_terms_of(preset, kpi, "attainment"), kpi, with_=other)
    return in_terms_of(found, kpi, "result") if of == "result" else found


# Kinds


def as_kind(preset: Preset, place: str, kind: str) -> Preset:
    """The document with the curve at a place told by another kind.

    Raises:
        Refused: the kind cannot be had there.
    """
    now, kpi = curve_at(preset, place), kpi_read_at(preset, place)
    if now is not None and now.kind == kind:
        return preset
    if kpi is not None and place == kpi.id and kpi.in_money and (kpi.commission or kind in ("band", "tiers")):
        drawn = preset if isinstance(now, Tiers) else replace_curve(preset, place, _points_at(preset, place))
        return as_kind(_as_share(drawn, drawn.plan.kpi(place)), place, kind)
    given = _points_at(preset, place)
    straight = given if kpi is None else convert.points_by_attainment(given, kpi)
    if kind == "points":
        return replace_curve(preset, place, given)
    if kind == "steps":
        sign, target = (kpi.sign, kpi.target) if kpi is not None and given.of == "result" else (1.0, 1.0)
        return replace_curve(preset, place, convert.to_steps(given, target, sign))
    if kind == "band":
        return replace_curve(preset, place, convert.to_band(straight))
    assert kpi is not None
    if kind == "tiers":
        return _as_commission(preset, kpi, straight)
    return replace_curve(
        preset, place, convert.to_grid(straight, _second_kpi(preset.plan, kpi), isinstance(now, Steps))
    )


def _points_at(preset: Preset, place: str) -> Points:
    """The points of the mechanic at a place; of a grid, where its other KPI stands at target."""
    now, kpi = curve_at(preset, place), kpi_read_at(preset, place)
    if isinstance(now, Matrix) and kpi is not None:
        return convert.grid_row(preset.plan.grid, kpi, preset.plan.kpi(now.with_))
    assert isinstance(now, Band | Points | Steps)
    of_result = kpi is not None and not isinstance(now, Band) and now.of == "result"
    return convert.to_points(now, kpi.sign if kpi is not None and of_result else 1.0)


def _second_kpi(plan: Plan, kpi: Kpi) -> str:
    """The KPI that a new grid reads beside: one that multiplies nothing, and that is measured only if there is one."""
    others = [k for k in plan.kpis if k.id != kpi.id]
    if not others:
        raise Refused(f"{kpi.id}.curve.with must name another measure (got none): a grid pays by two, so add one first")
    read = {modifier.kpi for modifier in plan.modifiers}
    return min(others, key=lambda k: (k.id in read, k.paid)).id


def pays_in(preset: Preset, place: str, pays: str) -> Preset:
    """The document with the payouts of a table as shares of the target incentive, or as money; it pays the same.

    Raises:
        Refused: it pays nothing at target, so that it is no share of anything.
    """
    kpi = preset.plan.kpi(place)
    now: Any = kpi.curve
    if getattr(now, "pays", pays) == pays:
        return preset
    if pays == "share":
        money = preset.plan.targeted[kpi.id]
        return _as_share(preset, kpi, now.times(1 / money).changed(pays="share") if money > 0 else None)
    return _in_money(preset, kpi, now.times(preset.plan.worth[kpi.id]).changed(pays="money"))


def _as_share(preset: Preset, kpi: Kpi, told: Any = None) -> Preset:
    """The document with what is paid in money as a share of the target incentive; everybody is paid as before."""
    plan, money = preset.plan, preset.plan.targeted[kpi.id]
    if money <= 0:
        raise Refused(f"{kpi.id}.curve must pay something at target (got {money:g}): its share of the incentive")
    shared = (plan.target_incentive or 0.0) if any(k.weight for k in plan.kpis) else 0.0
    if told is None:
        reached = getattr(kpi.curve, "reached", "at")
        told = convert.trace_points(kpi.by_result * (1 / money), "result", kpi.span).changed(reached=reached)
    weights = {k.id: (k.weight or 0.0) * shared / (shared + money) for k in plan.kpis if k.weight}
    kpis = [k.changed(weight=weights[k.id]) if k.id in weights else k for k in plan.kpis]
    new = kpi.changed(curve=told, weight=money / (shared + money))
    return _change_paying(preset, [new if k.id == kpi.id else k for k in kpis], shared + money)


def _as_commission(preset: Preset, kpi: Kpi, straight: Points) -> Preset:
    """The document with a weighted KPI as a commission; the others keep their money."""
    if kpi.better == "lower":
        raise Refused(f"{kpi.id}.curve.kind must not be 'tiers' where lower is better (got better = 'lower')")
    return _in_money(preset, kpi, convert.to_tiers(straight, kpi, preset.plan.worth[kpi.id]))


def _in_money(preset: Preset, kpi: Kpi, told: Any) -> Preset:
    """The document with a weighted KPI that is paid in money instead; the others keep their money."""
    plan, weight = preset.plan, kpi.weight or 0.0
    others = any(k.weight for k in plan.kpis if k.id != kpi.id)
    money = (plan.target_incentive or 0.0) * (1 - weight) if others else None
    kpis = [k.changed(weight=k.weight / (1 - weight)) if k.weight and others else k for k in plan.kpis]
    return _change_paying(preset, [kpi.changed(curve=told, weight=None) if k.id == kpi.id else k for k in kpis], money)


def _change_paying(preset: Preset, kpis: Sequence[Kpi], money: float | None) -> Preset:
    """The document with other KPIs and target incentive; what is told in shares of the whole stays the same money."""
    was = preset.plan
    bare = {**dict.fromkeys(("floor", "ceiling", "floor_pay", "ceiling_pay")), "gates": (), "pay_below_zero": True}
    share = was.incentive / was.changed(kpis=tuple(kpis), target_incentive=money, **bare).incentive
    if abs(share - 1) <= SHARE_TOLERANCE:
        return preset.changed(plan=was.changed(kpis=tuple(kpis), target_incentive=money))
    limits: dict[str, Any] = {}
    for name in ("floor", "ceiling"):
        if (told := getattr(was, name)) is not None:
            large = told * share > MAX_PLAN_SHARE
            limits |= {name: None, f"{name}_pay": told * was.incentive} if large else {name: told * share}
    gates = tuple(
        g.changed(limits_to=g.limits_to * share) if g.closes == PLAN and g.limits_to is not None else g
        for g in was.gates
    )
    return preset.changed(plan=was.changed(kpis=tuple(kpis), target_incentive=money, gates=gates, **limits))


# Pay by measure, or by one score


def set_combine(preset: Preset, combine: str) -> Preset:
    """The document that adds up pay by measure, or pays one score.

    A score is paid by the curve of the first KPI that pays, and gates and modifiers then act on the whole plan. From a
    score, each KPI is paid by the curve that the score had.

    Raises:
        Refused: it does not hold.
    """
    plan = preset.plan
    if combine == plan.combine:
        return preset
    if combine == "sum":
        kpis = tuple(k.changed(curve=plan.curve) if k.weight else k for k in plan.kpis)
        return preset.changed(plan=plan.changed(combine="sum", curve=None, kpis=kpis))
    for kpi in plan.kpis:
        preset = as_kind(preset, kpi.id, "points") if kpi.commission else pays_in(preset, kpi.id, "share")
    plan = preset.plan
    first = next(k for k in plan.kpis if k.paid)
    one = _points_at(preset, first.id) if isinstance(first.curve, Matrix) else first.curve
    one = one if isinstance(one, Band) else convert.turn_table(one, "attainment", first)  # type: ignore[arg-type]
    kpis = tuple(k.changed(curve=None, weight=k.weight or 0.0) for k in plan.kpis)
    gates = tuple(g.changed(closes=PLAN) for g in plan.gates)
    modifiers = tuple(m.changed(multiplies=PLAN) for m in plan.modifiers)
    score = plan.changed(combine="score", curve=one, kpis=kpis, gates=gates, modifiers=modifiers)
    return preset.changed(plan=score)


# What became of the pay


def pays_alike(before: Plan, after: Plan, kpi: str) -> bool:
    """Whether two plans pay the same along a KPI to the cent, the others standing at target.

    Results below zero are left out where the KPI counts from zero.
    """
    k = before.kpi(kpi)
    gap = before.along(kpi) * before.incentive - after.along(kpi) * after.incentive
    low = 0.0 if k.target > 0 and k.scale is None else k.target - 9 * k.span
    high = k.target + 9 * k.span
    for piece in gap.pieces():
        start, end = max(piece.start, low), min(piece.end, high)
        if end - start > SHARE_TOLERANCE * k.span:
            middle = (start + end) / 2
            inside = float(gap(middle))
            if abs(inside) > CENT or abs(piece.slope) * (end - start) / 2 > CENT:
                return False
    return True
