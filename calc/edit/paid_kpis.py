"""By what shares the KPIs of a document are paid, and which of them: weights add up to 1 after every change."""

from collections.abc import Mapping

from calc.documents.planfile import Preset
from calc.edit.kpi_changes import STRAIGHT, replace_kpi
from calc.edit.weighing import Shares, give_weights, make_whole, rebalance_weights, share_out
from calc.plan.errors import Refused
from calc.plan.kpi import Kpi
from calc.plan.plan import Plan


def set_typed_weights(preset: Preset, typed: Mapping[str, float]) -> tuple[Preset, Shares]:
    """The document with weights as they were typed, and what is shown; as it was while they do not add up to 1.

    A measure that had no curve is paid by a straight line from now on.

    Args:
        preset: the document.
        typed: weights by id; the others make room for them.

    Raises:
        Refused: they do not hold.
    """
    shares = share_out(preset.plan, typed)
    if shares.left:
        return preset, shares
    plan = _give_curves(preset.plan, shares.weights)
    return preset.changed(plan=plan.changed(kpis=give_weights(plan.kpis, shares.weights))), shares


def _give_curves(plan: Plan, weights: Mapping[str, float]) -> Plan:
    """The plan with a curve for every measure that is to be paid; not yet a plan that adds up."""
    if plan.combine == "score":
        return plan
    bare = [k for k in plan.kpis if k.curve is None and weights.get(k.id)]
    kpis = tuple(k.changed(curve=STRAIGHT, weight=0.0) if k in bare else k for k in plan.kpis)
    return plan.changed(kpis=kpis, target_incentive=plan.target_incentive or plan.incentive) if bare else plan


def set_weight(preset: Preset, name: str, weight: float) -> Preset:
    """The document with a KPI's weight moved, and the others making room in proportion."""
    plan = preset.plan
    weights = {path.partition(".")[0]: part for path, part in rebalance_weights(plan, plan, name, weight).items()}
    return preset.changed(plan=plan.changed(kpis=give_weights(plan.kpis, weights)))


def set_paid(preset: Preset, name: str, pays: bool) -> Preset:
    """The document with a KPI paid by an equal share, or measured only.

    Beside commissions alone, its money is as much as each of them pays at target, and comes on top.

    Raises:
        Refused: nobody would be paid, or it does not hold.
    """
    plan, kpi = preset.plan, preset.plan.kpi(name)
    if pays == kpi.paid:
        return preset
    if not pays:
        return _stop_paying(preset, kpi)
    sharing = sum(bool(k.weight) for k in plan.kpis)
    money = plan.target_incentive if sharing else plan.incentive / sum(k.paid for k in plan.kpis)
    curve = kpi.curve or (None if plan.combine == "score" else STRAIGHT)
    unpaid = replace_kpi(preset, kpi.changed(weight=0, curve=curve)).plan
    weights = {
        path.partition(".")[0]: part
        for path, part in rebalance_weights(unpaid, unpaid, name, 1 / (sharing + 1)).items()
    }
    return preset.changed(plan=unpaid.changed(kpis=give_weights(unpaid.kpis, weights), target_incentive=money))


def _stop_paying(preset: Preset, kpi: Kpi) -> Preset:
    """The document with a KPI that is no longer paid; its weight goes to the others in proportion."""
    plan = preset.plan
    if not any(k.paid for k in plan.kpis if k.id != kpi.id):
        raise Refused(f"{kpi.id}.weight must stay above 0 (got 0): no other measure is paid")
    bare = kpi.changed(weight=0, curve=None if kpi.in_money else kpi.curve)
    return preset.changed(plan=plan.changed(kpis=make_whole([bare if k.id == kpi.id else k for k in plan.kpis])))
