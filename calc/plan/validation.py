"""What must hold for a plan to be payable: its names meet, its weights are whole, its pay along a KPI is a line.

Each check yields a sentence for every fault: where, what must hold, what came. A plan with a fault is never made.
"""

from collections.abc import Iterable, Mapping
from functools import reduce
from operator import add, mul

from calc.piecewise.curve import Curve
from calc.piecewise.pieces import NotALine
from calc.plan.conditions import Gate
from calc.plan.errors import nearest_name
from calc.plan.kpi import Kpi, read_by_result, reads_result
from calc.plan.plan_terms import PlanTerms

MAX_PLAN_SHARE = 20
"""The most that a floor or ceiling of a plan may be [target incentives]; what is more was meant as money."""
WEIGHT_TOLERANCE = 1e-9
"""How far the weights of a plan may miss 1: two thirds and one third cannot be written in decimals."""


def check_names(plan: PlanTerms) -> Iterable[str]:
    """Every id is given once, and every name in a gate, modifier or grid is one of them."""
    ids = [kpi.id for kpi in plan.kpis]
    for name in sorted({name for name in ids if ids.count(name) > 1}):
        yield f"kpis.{name}.id must be given once (got it {ids.count(name)} times): files and links go by it"
    named = [(f"gates.{g.kpi}.kpi", g.kpi) for g in plan.gates]
    named += [(f"gates.{g.kpi}.any_of", c.kpi) for g in plan.gates for c in g.any_of]
    grouped = [i for table in plan.greater_of for group in table.groups for i in group]
    named += [("greater_of.groups", i) for i in grouped]
    named += [(f"gates.{g.kpi}.closes", i) for g in plan.gates if g.closes != "plan" for i in g.closes]
    named += [(f"modifiers.{m.kpi}.kpi", m.kpi) for m in plan.modifiers]
    named += [
        (f"modifiers.{m.kpi}.multiplies", i) for m in plan.modifiers if m.multiplies != "plan" for i in m.multiplies
    ]
    named += [(f"kpis.{k.id}.costs", other) for k in plan.kpis for other, _ in k.costs]
    grids = [(k.id, k.grid.with_) for k in plan.kpis if k.grid]
    named += [(f"kpis.{i}.curve.with", other) for i, other in grids]
    for where, name in named:
        if name not in ids:
            yield f"{where} must name a KPI of the plan (got {name!r}): {nearest_name(name, ids)}"
    for i in sorted({i for i in grouped if grouped.count(i) > 1}):
        yield f"greater_of.groups must name {i} once (got it {grouped.count(i)} times): groups do not overlap"
    for i, other in grids:
        if i == other:
            yield f"kpis.{i}.curve.with must name another KPI (got {other!r}): a grid is of two"


def check_weights(plan: PlanTerms) -> Iterable[str]:
    """Weights add up to 1, and what is paid has a curve and money behind it."""
    weighted = [k for k in plan.kpis if not k.in_money]
    for k in weighted:
        if k.weight is None and (k.curve is not None or plan.combine == "score"):
            yield f"kpis.{k.id}.weight must be given (got none): its share of the target incentive, 0 to 1"
        if plan.combine == "sum" and k.weight and k.curve is None:
            yield f"kpis.{k.id}.curve must be given where the weight is not 0 (got none): how the KPI is paid"
        if plan.combine == "score" and k.curve is not None:
            yield f"kpis.{k.id}.curve must be left out in a score (got one): the one curve is in [plan.curve]"
    total = sum(k.weight or 0.0 for k in weighted)
    if (total or plan.combine == "score" or not any(k.paid for k in plan.kpis)) and abs(total - 1) > WEIGHT_TOLERANCE:
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
        if getattr(plan.curve, "pays", "share") == "money":
            yield "plan.curve.pays must be 'share' in a score (got 'money'): a score pays shares of the incentive"
        if plan.greater_of:
            yield "greater_of must be left out in a score (got one): a KPI has no payout of its own"
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


def check_limits(plan: PlanTerms) -> Iterable[str]:
    """Floor and ceiling are told once, in sensible shares or in money, and do not cross; money is rounded to cents."""
    for name in ("floor", "ceiling"):
        share, money = getattr(plan, name), getattr(plan, f"{name}_pay")
        if share is not None and money is not None:
            yield f"plan.{name}_pay must be left out where {name} is given (got {money:g} beside {share:g})"
        if share is not None and share > MAX_PLAN_SHARE:
            yield (
                f"plan.{name} must be at most {MAX_PLAN_SHARE} (got {share:g}): it is a share of the target incentive; "
                f"was {name}_pay = {share:g} meant, an amount of money?"
            )
    low, high = plan.limits
    if plan.floor is not None and plan.ceiling is not None and plan.ceiling < plan.floor:
        yield f"plan.ceiling must not lie below the floor of {plan.floor:g} (got {plan.ceiling:g})"
    elif low is not None and high is not None and high < low:
        name = "ceiling" if plan.ceiling is not None else "ceiling_pay"
        yield f"plan.{name} must not lie below the floor, which pays {low:.12g} (got {high:.12g} as money)"
    cent = 10.0**-plan.minor
    if plan.round_to is not None and abs(plan.round_to / cent - round(plan.round_to / cent)) > WEIGHT_TOLERANCE:
        yield f"plan.round_to must be a multiple of {cent:g}, {plan.currency}'s smallest unit (got {plan.round_to:g})"


def check_targets(plan: PlanTerms) -> Iterable[str]:
    """What is read by attainment has a target."""
    for k in plan.kpis:
        readers = list(_readers_of(plan, k)) if not k.has_target else []
        if readers:
            yield f"kpis.{k.id}.target must be given (got none): {readers[0]} reads its attainment"


def _readers_of(plan: PlanTerms, k: Kpi) -> Iterable[str]:
    """Who reads the attainment of a KPI."""
    if plan.combine == "score":
        yield "the score"
    yield from (f"the grid of {j.id}" for j in plan.read_beside(k.id) if not reads_result(j.curve))
    marks = [c for g in plan.gates for c in g.conditions if c.kpi == k.id]
    yield from ("a gate" for mark in marks if not mark.of_result)
    yield from ("a modifier" for m in plan.modifiers if m.kpi == k.id and not reads_result(m.curve))


def check_straight_lines(plan: PlanTerms) -> Iterable[str]:
    """Refuse what gives no straight line: sloped things of one KPI that multiply each other."""
    for k in plan.kpis:
        read = {i: m.by_result(k) for i, m in enumerate(plan.modifiers) if m.kpi == k.id}
        if not any(any(curve.slopes) for curve in read.values()):
            continue
        seen: set[tuple[Curve, ...]] = set()
        for j in plan.kpis:
            factors = _factors_of(plan, j, k, read)
            still = j.id != k.id and j.grid is None and plan.combine == "sum"
            if still and factors in seen:
                continue
            seen |= {factors} if still else set()
            try:
                for own in _slices_of(plan, j, k):
                    reduce(mul, factors, own)
            except NotALine:
                yield (
                    f"modifiers.{k.id}.curve must be flat where what it multiplies is sloped along {k.id} "
                    f"(got both sloped): the pay along {k.id} would be no straight line; "
                    "points that lie on it, one every so often, come as close as you like"
                )
                break


def _factors_of(plan: PlanTerms, j: Kpi, k: Kpi, read: Mapping[int, Curve]) -> tuple[Curve, ...]:
    """What the pay of KPI j is multiplied by along the result of KPI k, in the order of operations.

    `read` has the multipliers of k's own modifiers by their place in the plan.
    """
    shut = [g for g in plan.gates if g.limits_to is None and not g.keeps and {c.kpi for c in g.conditions} == {k.id}]
    moved = [(plan.modifiers[i].multiplies, curve) for i, curve in read.items()]
    by_id = [_opening_curve(g, k) for g in shut if g.closes != "plan" and j.id in g.closes]
    by_id += _combine_factors(plan, [curve for ids, curve in moved if ids != "plan" and j.id in ids])
    whole = [_opening_curve(g, k) for g in shut if g.closes == "plan"]
    return (*by_id, *whole, *_combine_factors(plan, [curve for ids, curve in moved if ids == "plan"]))


def _opening_curve(gate: Gate, kpi: Kpi) -> Curve:
    return reduce(Curve.maximum, [condition.opening(kpi) for condition in gate.conditions])


def _combine_factors(plan: PlanTerms, factors: list[Curve]) -> list[Curve]:
    """Factors as they act: one by one, or as one sum."""
    return [reduce(add, factors)] if factors and plan.modifiers_combine == "add" else factors


def _slices_of(plan: PlanTerms, j: Kpi, k: Kpi) -> Iterable[Curve]:
    """What KPI j pays along the result of KPI k, at every place where k's curve may bend differently."""
    if plan.combine == "score":
        sloped = plan.curve is not None and any(read_by_result(k, plan.curve).slopes)
        yield Curve((0.0,), (1.0,), (1.0 if sloped and k.weight else 0.0,))
    elif j.grid is None:
        yield j.by_result if j.id == k.id else Curve.constant(1.0)
    elif k.id in (j.id, j.grid.with_):
        for at in j.grid.columns if j.id == k.id else j.grid.rows:
            yield plan.grid(j, k.id, at)
    else:
        yield Curve.constant(1.0)
