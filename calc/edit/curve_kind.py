"""Changing how a plan pays: another kind of curve, pay by measure or by one score.

A kind is changed so that the pay stays as it was where the new kind can pay that; `pays_alike` says whether it did.
Each kind says itself what it makes of the corners of another.
"""

from calc.documents.planfile import Preset
from calc.edit.convert import grid_row, points_of, setting_of, turn_table
from calc.edit.curve_place import curve_at, kpi_read_at, replace_curve
from calc.edit.pay_in_money import pay_as_share, pay_in_money, pays_in
from calc.edit.weighing import SHARE_TOLERANCE
from calc.plan.conditions import PLAN
from calc.plan.curves.corners import Corners
from calc.plan.curves.curve_terms import CurveTerms
from calc.plan.mechanics import FACTOR_KINDS, KINDS
from calc.plan.plan import Plan

CENT = 0.005
"""Money below which two pays are the same."""


def kinds_at(preset: Preset, place: str) -> tuple[str, ...]:
    """The kinds that a curve may be of at a place: every one for a KPI, those of one number alone elsewhere."""
    return tuple(KINDS if place in preset.plan.ids else FACTOR_KINDS)


def as_kind(preset: Preset, place: str, kind: str) -> Preset:
    """The document with the curve at a place told by another kind.

    Raises:
        Refused: the kind cannot be had there.
    """
    now, kpi, model = curve_at(preset, place), kpi_read_at(preset, place), KINDS[kind]
    if now is not None and now.kind == kind:
        return preset
    own = kpi if kpi is not None and place == kpi.id else None
    if own is not None and own.in_money and (own.commission or "pays" not in model.model_fields):
        drawn = preset if own.commission else replace_curve(preset, place, points_of(_corners_at(preset, place)))
        return as_kind(pay_as_share(drawn, drawn.plan.kpi(place)), place, kind)
    made = model.from_corners(_corners_at(preset, place), setting_of(preset.plan, kpi))
    if own is not None and model.BY_UNIT:
        return pay_in_money(preset, own, made)
    return replace_curve(preset, place, made)


def _corners_at(preset: Preset, place: str) -> Corners:
    """The corners of the mechanic at a place; of a grid, where its other KPI stands at target."""
    now, kpi = curve_at(preset, place), kpi_read_at(preset, place)
    assert now is not None
    if kpi is not None and kpi.grid is not None and place == kpi.id:
        return grid_row(preset.plan, kpi, kpi.grid).corners()
    return now.corners(kpi.sign if kpi is not None and now.of_result else 1.0)


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
    one: CurveTerms | None = first.curve if first.grid is None else grid_row(plan, first, first.grid)
    assert one is not None
    one = turn_table(one, "attainment", first)
    one = one if one.kind in FACTOR_KINDS else points_of(one.corners())
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
    gap = before.pay_along(kpi) - after.pay_along(kpi)
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
