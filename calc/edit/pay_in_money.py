"""What a KPI pays as a share of the target incentive, or as money; everybody is paid as before.

A commission is money and has no weight: a KPI that becomes one takes its share out of the target incentive, and one
that stops being one brings what it pays at target.
"""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from calc.documents.planfile import Preset
from calc.edit.convert import points_of
from calc.edit.weighing import SHARE_TOLERANCE
from calc.plan.conditions import PLAN
from calc.plan.curves.corners import corners_of
from calc.plan.curves.curve_terms import CurveTerms
from calc.plan.errors import Refused
from calc.plan.kpi import Kpi
from calc.plan.terms import Reached
from calc.plan.validation import MAX_PLAN_SHARE


def pays_in(preset: Preset, place: str, pays: str) -> Preset:
    """The document with the payouts of a table as shares of the target incentive, or as money; it pays the same.

    Raises:
        Refused: it pays nothing at target, so that it is no share of anything.
    """
    kpi = preset.plan.kpi(place)
    now = kpi.curve
    if now is None or "pays" not in type(now).model_fields or now.in_money == (pays == "money"):
        return preset
    if pays == "share":
        money = preset.plan.targeted[kpi.id]
        return pay_as_share(preset, kpi, now.times(1 / money).changed(pays="share") if money > 0 else None)
    return pay_in_money(preset, kpi, now.times(preset.plan.worth[kpi.id]).changed(pays="money"))


def pay_as_share(preset: Preset, kpi: Kpi, told: CurveTerms | None = None) -> Preset:
    """The document with what is paid in money as a share of the target incentive; everybody is paid as before."""
    plan, money = preset.plan, preset.plan.targeted[kpi.id]
    if money <= 0:
        raise Refused(f"{kpi.id}.curve must pay something at target (got {money:g}): its share of the incentive")
    shared = (plan.target_incentive or 0.0) if any(k.weight for k in plan.kpis) else 0.0
    if told is None:
        reached: Reached = getattr(kpi.curve, "reached", "at")
        traced = corners_of(kpi.by_result * (1 / money), "result", kpi.span)
        told = points_of(replace(traced, reached=reached))
    weights = {k.id: (k.weight or 0.0) * shared / (shared + money) for k in plan.kpis if k.weight}
    kpis = [k.changed(weight=weights[k.id]) if k.id in weights else k for k in plan.kpis]
    new = kpi.changed(curve=told, weight=money / (shared + money))
    return _change_paying(preset, [new if k.id == kpi.id else k for k in kpis], shared + money)


def pay_in_money(preset: Preset, kpi: Kpi, told: CurveTerms) -> Preset:
    """The document with a weighted KPI that is paid in money instead; the others keep their money."""
    plan, weight = preset.plan, kpi.weight or 0.0
    others = any(k.weight for k in plan.kpis if k.id != kpi.id)
    money = (plan.target_incentive or 0.0) * (1 - weight) if others else None
    kpis = [k.changed(weight=k.weight / (1 - weight)) if k.weight and k.id != kpi.id else k for k in plan.kpis]
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
