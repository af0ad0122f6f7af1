"""What must hold for a plan to be payable: its names meet, its weights are whole, its pay along a KPI is a line.

Each check yields a sentence for every fault: where, what must hold, what came. A plan with a fault is never made.
"""

from collections.abc import Iterable, Mapping
from functools import reduce
from operator import mul
from typing import TYPE_CHECKING

from calc.piecewise.curve import Curve, NotALine
from calc.plan.errors import nearest
from calc.plan.kpi import Kpi, read_by_result
from calc.plan.mechanics import Matrix

if TYPE_CHECKING:
    from calc.plan.plan import Plan

WHOLE = 1e-9
"""How far the weights of a plan may miss 1: two thirds and one third cannot be written in decimals."""


def names(plan: "Plan") -> Iterable[str]:
    """Every id is given once, and every name in a gate, modifier or grid is one of them."""
    ids = [kpi.id for kpi in plan.kpis]
    for name in sorted({name for name in ids if ids.count(name) > 1}):
        yield f"kpis.{name}.id must be given once (got it {ids.count(name)} times): files and links go by it"
    named = [(f"gates.{g.kpi}.kpi", g.kpi) for g in plan.gates]
    named += [(f"gates.{g.kpi}.closes", i) for g in plan.gates if g.closes != "plan" for i in g.closes]
    named += [(f"modifiers.{m.kpi}.kpi", m.kpi) for m in plan.modifiers]
    named += [
        (f"modifiers.{m.kpi}.multiplies", i) for m in plan.modifiers if m.multiplies != "plan" for i in m.multiplies
    ]
    named += [(f"kpis.{k.id}.costs", other) for k in plan.kpis for other, _ in k.costs]
    grids = [(k.id, k.curve.with_) for k in plan.kpis if isinstance(k.curve, Matrix)]
    named += [(f"kpis.{i}.curve.with", other) for i, other in grids]
    for where, name in named:
        if name not in ids:
            yield f"{where} must name a KPI of the plan (got {name!r}): {nearest(name, ids)}"
    for i, other in grids:
        if i == other:
            yield f"kpis.{i}.curve.with must name another KPI (got {other!r}): a grid is of two"


def weights(plan: "Plan") -> Iterable[str]:
    """Weights add up to 1, and what is paid has a curve and money behind it."""
    weighted = [k for k in plan.kpis if not k.commission]
    for k in weighted:
        if k.weight is None and (k.curve is not None or plan.combine == "score"):
            yield f"kpis.{k.id}.weight must be given (got none): its share of the target incentive, 0 to 1"
        if plan.combine == "sum" and k.weight and k.curve is None:
            yield f"kpis.{k.id}.curve must be given where the weight is not 0 (got none): how the KPI is paid"
        if plan.combine == "score" and k.curve is not None:
            yield f"kpis.{k.id}.curve must be left out in a score (got one): the one curve is in [plan.curve]"
    total = sum(k.weight or 0.0 for k in weighted)
    if (total or plan.combine == "score" or not any(k.paid for k in plan.kpis)) and abs(total - 1) > WHOLE:
        parts = ", ".join(f"{k.id} {k.weight or 0:g}" for k in weighted[:12])
        yield f"kpis.weight must add up to 1 (got {total:.9g}: {parts})"
    if total and plan.target_incentive is None:
        yield "plan.target_incentive must be given (got none): the money that 100 % of every weighted KPI pays"
    if (plan.combine == "score") != (plan.curve is not None):
        came = "none" if plan.curve is None else "one"
        yield f"plan.curve must be given with combine = 'score', and only then (got {came})"
    if plan.combine == "score":
        for k in plan.kpis:
            if k.commission:
                yield f"kpis.{k.id}.curve must not be tiers in a score (got tiers): a commission has no score"
        for what, ids in [
            *(("gates", g.closes) for g in plan.gates),
            *(("modifiers", m.multiplies) for m in plan.modifiers),
        ]:
            if ids != "plan":
                yield f"{what} must act on 'plan' in a score (got {', '.join(ids)}): a KPI has no payout of its own"
    elif not total and plan.target_incentive is None and plan.incentive <= 0:
        yield "plan.target_incentive must be given where a commission pays nothing at target (got none)"
    elif plan.target_incentive is not None and plan.incentive <= 0:
        yield f"plan.target_incentive must be more than commissions take at target (got {plan.target_incentive:g})"
    if plan.floor is not None and plan.ceiling is not None and plan.ceiling < plan.floor:
        yield f"plan.ceiling must not lie below the floor of {plan.floor:g} (got {plan.ceiling:g})"


def lines(plan: "Plan") -> Iterable[str]:
    """Refuse what gives no straight line: sloped things of one KPI that multiply each other."""
    for k in plan.kpis:
        read = {i: m.by_result(k) for i, m in enumerate(plan.modifiers) if m.kpi == k.id}
        if not any(any(curve.slopes) for curve in read.values()):
            continue
        seen: set[tuple[Curve, ...]] = set()
        for j in plan.kpis:
            factors = _factors(plan, j, k, read)
            still = j.id != k.id and not isinstance(j.curve, Matrix) and plan.combine == "sum"
            if still and factors in seen:
                continue
            seen |= {factors} if still else set()
            try:
                for own in _slices(plan, j, k):
                    reduce(mul, factors, own)
            except NotALine:
                yield (
                    f"modifiers.{k.id}.curve must be flat where what it multiplies is sloped along {k.id} "
                    f"(got both sloped): the pay along {k.id} would be no straight line"
                )
                break


def _factors(plan: "Plan", j: Kpi, k: Kpi, read: Mapping[int, Curve]) -> tuple[Curve, ...]:
    """What the pay of KPI j is multiplied by along the result of KPI k, in the order of operations.

    `read` has the multipliers of k's own modifiers by their place in the plan.
    """
    shut = [g for g in plan.gates if g.kpi == k.id and g.limits_to is None and not g.keeps]
    moved = [(plan.modifiers[i].multiplies, curve) for i, curve in read.items()]
    by_id = [g.opening(k) for g in shut if g.closes != "plan" and j.id in g.closes]
    by_id += [curve for ids, curve in moved if ids != "plan" and j.id in ids]
    whole = [g.opening(k) for g in shut if g.closes == "plan"]
    return (*by_id, *whole, *(curve for ids, curve in moved if ids == "plan"))


def _slices(plan: "Plan", j: Kpi, k: Kpi) -> Iterable[Curve]:
    """What KPI j pays along the result of KPI k, at every place where k's curve may bend differently."""
    if plan.combine == "score":
        sloped = plan.curve is not None and any(read_by_result(k, plan.curve).slopes)
        yield Curve((0.0,), (1.0,), (1.0 if sloped and k.weight else 0.0,))
    elif not isinstance(j.curve, Matrix):
        yield j.by_result if j.id == k.id else Curve.constant(1.0)
    elif k.id in (j.id, j.curve.with_):
        for at in j.curve.columns if j.id == k.id else j.curve.rows:
            yield plan.grid(j, k.id, at)
    else:
        yield Curve.constant(1.0)
