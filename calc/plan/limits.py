"""What a plan may come to: numbers that floating point carries exactly, and no pay below zero unless the plan says so.

A float has some 16 digits, and a plan behaves as if attainment had 9 decimals. So nothing in a plan may be more than a
million of what it is measured in: a target of its scale, a payout of the target incentive, a slope of both. The pay
along a KPI and the pay of a rep, which are worked out in different ways, then agree to far less than a cent.
Each check yields a sentence for every fault.
"""

import math
from collections.abc import Iterable, Iterator
from functools import reduce
from operator import mul

from calc.piecewise.curve import Curve
from calc.plan.conditions import MARK_TERMS
from calc.plan.curves.tables import GridTerms
from calc.plan.kpi import Kpi, read_by_result
from calc.plan.plan_terms import PlanTerms

MAX_RATIO = 1e6
"""How many times what it is measured in a number of a plan may be: 9 of the 16 digits are left behind the point."""


def check_exactness(plan: PlanTerms) -> Iterable[str]:
    """Every number lies within what floating point carries exactly."""
    for k in plan.kpis:
        yield from _too_far(f"kpis.{k.id}.target", abs(k.target) / k.span, "of its scale")
    if any(abs(k.target) / k.span > MAX_RATIO for k in plan.kpis):
        return
    for k in plan.kpis:
        worth = plan.worth[k.id] / plan.incentive if k.paid else 0.0
        if k.grid:
            yield from _check_grid(plan, k, k.grid, worth)
        elif k.curve is not None and k.paid:
            yield from _check_curve(f"kpis.{k.id}.curve", k.by_result, k.span, worth)
    if plan.curve is not None:
        yield from _check_curve("plan.curve", plan.curve.curve(), 1.0, 1.0)
    for m in plan.modifiers:
        kpi = plan.kpi(m.kpi)
        yield from _check_curve(f"modifiers.{m.kpi}.curve", m.by_result(kpi), kpi.span, 1.0)
    for g in plan.gates:
        for condition in g.conditions:
            kpi = plan.kpi(condition.kpi)
            name = next(name for name in MARK_TERMS if getattr(condition, name) is not None)
            mark = abs(condition.mark(kpi)) / kpi.span
            yield from _too_far(f"gates.{condition.kpi}.{name.removesuffix('_result')}", mark, "of the KPI's scale")
        yield from _too_far(f"gates.{g.kpi}.limits_to", g.limits_to or 0.0, "of the target incentive")
    yield from _too_far("plan.ceiling", plan.ceiling or 0.0, "of the target incentive")
    yield from _too_far("plan.floor", plan.floor or 0.0, "of the target incentive")
    for name in ("floor_pay", "ceiling_pay"):
        yield from _too_far(f"plan.{name}", (getattr(plan, name) or 0.0) / plan.incentive, "of the target incentive")
    yield from _check_products(plan)


def _too_far(where: str, ratio: float, of: str) -> Iterator[str]:
    if not ratio <= MAX_RATIO:
        yield f"{where} must be at most {MAX_RATIO:,.0f} times the size {of} (got {ratio:g}): beyond, pay is not exact"


def _check_curve(where: str, curve: Curve, span: float, worth: float) -> Iterator[str]:
    """A curve by result: its breaks in scales, its values and slopes in target incentives."""
    yield from _too_far(f"{where}.breaks", max(map(abs, curve.starts[1:]), default=0.0) / span, "of the KPI's scale")
    yield from _too_far(f"{where}.payout", max(map(abs, curve.values)) * worth, "of the target incentive")
    steepest = max(map(abs, curve.slopes)) * span * worth
    yield from _too_far(f"{where}.slope", steepest, "of the target incentive; for a jump give one x twice")


def _check_grid(plan: PlanTerms, k: Kpi, grid: GridTerms, worth: float) -> Iterator[str]:
    spans = (k.span, plan.kpi(grid.with_).span) if grid.of == "result" else (1.0, 1.0)
    most = max(abs(payout) for row in grid.payouts for payout in row) * worth
    yield from _too_far(f"kpis.{k.id}.curve.payouts", most, "of the target incentive")
    for name, axis, span in (("rows", grid.rows, spans[0]), ("columns", grid.columns, spans[1])):
        yield from _too_far(f"kpis.{k.id}.curve.{name}", max(map(abs, axis)) / span, "of the KPI's scale")
        finest = min((abs(b - a) for a, b in zip(axis, axis[1:], strict=False)), default=span)
        yield from _too_far(f"kpis.{k.id}.curve.{name}.slope", most * span / finest, "of the target incentive")


def _check_products(plan: PlanTerms) -> Iterator[str]:
    """What all multipliers of one KPI come to, taken together."""
    sizes = [max(1.0, *map(abs, m.by_result(plan.kpi(m.kpi)).values)) for m in plan.modifiers]
    for k in plan.kpis:
        acting = [size for m, size in zip(plan.modifiers, sizes, strict=True) if _acts_on(m.multiplies, k.id)]
        product = math.prod(acting)
        if len(acting) > 1 and not product <= MAX_RATIO:
            yield from _too_far(f"modifiers on {k.id}", product, "of the pay that they multiply")
            return


def _acts_on(ids: object, name: str) -> bool:
    return ids == "plan" or (isinstance(ids, tuple) and name in ids)


def never_below_zero(plan: PlanTerms) -> Iterable[str]:
    """No result pays less than nothing, unless the plan says that it may, or guarantees a floor."""
    if plan.pay_below_zero or plan.limits[0] is not None:
        return
    for k in plan.kpis:
        if k.paid and plan.combine == "sum":
            yield from _refuse_below(f"kpis.{k.id}.curve", "pay", lowest_payout(plan, k))
    if plan.curve is not None:
        yield from _refuse_below("plan.curve", "pay", _lowest_value(plan.curve.curve()))
    for m in plan.modifiers:
        yield from _refuse_below(f"modifiers.{m.kpi}.curve", "multiply by", _lowest_value(m.by_result(plan.kpi(m.kpi))))


def _refuse_below(where: str, does: str, low: float) -> Iterator[str]:
    if low < 0:
        came = "less and less" if math.isinf(low) else f"{low:g}"
        yield (
            f"{where} must {does} at least 0 at every result (got {came}): "
            "plan.pay_below_zero = true allows less, plan.floor = 0 prevents it"
        )


def lowest_payout(plan: PlanTerms, k: Kpi) -> float:
    """The least that a KPI pays at any result, after its own gates and modifiers; minus infinity without end."""
    if k.grid:
        return min(payout for row in k.grid.payouts for payout in row)
    own = [
        gate.opening(k)
        for gate in plan.gates
        if gate.kpi == k.id
        and not gate.any_of
        and gate.limits_to is None
        and not gate.keeps
        and _acts_on(gate.closes, k.id)
    ]
    if plan.modifiers_combine == "multiply":  # a sum of factors is never below 0
        own += [read_by_result(k, m.curve) for m in plan.modifiers if m.kpi == k.id and _acts_on(m.multiplies, k.id)]
    return _lowest_value(reduce(mul, own, k.by_result))


def _lowest_value(curve: Curve) -> float:
    return min(min(piece.value, piece.end_value) for piece in curve.pieces())
