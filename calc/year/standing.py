"""Where people stand for each payment: the results, targets and target incentive that the plan is read at.

A payment is read by itself, or with all since the restart; a running total is held against the target to date, or
against the whole target until the restart. Results that add up are summed and the plan is read at the sum over the
scale, times the scale: a year's tiers for a year's sum, twelve months of monthly ones for the same. Averages are the
mean of the payments. Whole units are counted of each payment.
"""

from dataclasses import dataclass
from typing import Literal

import numpy as np

from calc.piecewise.curve import Curve
from calc.piecewise.vectorized import Floats
from calc.plan.along import LineByKpi, PayAlong, stand_still
from calc.plan.batch.evaluate import evaluate_plan
from calc.plan.kpi import Kpi
from calc.plan.plan_terms import PlanTerms
from calc.situation.calendar import adds_up
from calc.year.sizes import PeriodSizes
from calc.year.year_periods import YearPeriods

Window = Literal["by_period", "to_date", "whole"]
WHOLE_TOLERANCE = 1e-9
"""How far a sum of shares may be from a whole number of the plan's periods that it is."""
JUST_BELOW = 1e-6
"""How far below a floor that is not reached a result is read, as a part of it."""


@dataclass(frozen=True)
class Standing:
    """What the plan is read at, for n people and t payments.

    Args:
        scale: (n, t) what the plan is read at is a sum over so many of its periods.
        results: (n, t, k) results since the restart, or of the payment [KPI units]; averages by their mean.
        before: (n, t, k) the sum of those results without this payment's.
        counts: (t,) how many payments are in it.
        targets: (n, t, k) for one period of the plan [KPI units].
        incentives: (n, t) for one period of the plan [money].
        floors: (n, t, k) results below which a KPI pays nothing, where that is not prorated with the target.
    """

    scale: Floats
    results: Floats
    before: Floats
    counts: Floats
    targets: Floats
    incentives: Floats
    floors: Floats | None = None


def standing_of(plan: PlanTerms, periods: YearPeriods, sizes: PeriodSizes, results: Floats, window: Window) -> Standing:
    """Where people stand for each payment.

    Args:
        results: (n, t, k) of each payment [KPI units].
        window: which payments count, and what they are held against.
    """
    count = results.shape[1]
    adds = np.array([adds_up(k) for k in plan.kpis])
    if window == "by_period":
        before, numbers = np.zeros_like(results), np.ones(count)
    else:
        before, numbers = _sums_before(results, periods.in_span), np.resize(np.arange(periods.in_span) + 1.0, count)
    total = before + results
    total = np.where(adds, total, total / numbers[:, None])
    sums = _window_sums(sizes.scale, periods, window)[:, :count]
    scale = np.where(np.abs(sums - np.rint(sums)) <= WHOLE_TOLERANCE, np.rint(sums), sums)
    weight = np.where(scale > 0, scale, 1.0)
    targets = _window_sums(sizes.targets * sizes.scale[..., None], periods, window)[:, :count] / weight[..., None]
    targets = np.where((scale > 0)[..., None], targets, sizes.targets[:, :count])
    incentives = _window_sums(sizes.incentives, periods, window)[:, :count] / weight
    floors = None
    if sizes.unprorated is not sizes.scale:
        wide = _window_sums(sizes.unprorated, periods, window)[:, :count]
        floors = np.stack([floor_attainment(k) * targets[..., i] * wide for i, k in enumerate(plan.kpis)], axis=-1)
    return Standing(scale, total, before, numbers, _snapped(targets, plan), incentives, floors)


def _snapped(targets: Floats, plan: PlanTerms) -> Floats:
    """Targets with those that only rounding parts from the plan's as the plan has them."""
    own = np.array([k.target for k in plan.kpis])
    return np.where(np.abs(targets - own) <= WHOLE_TOLERANCE * np.abs(own), own, targets)


def _sums_before(results: Floats, span: int) -> Floats:
    """Sums of results since the restart, each payment's own left out."""
    found = np.zeros_like(results)
    for low in range(0, results.shape[1], span):
        found[:, low + 1 : low + span] = np.cumsum(results[:, low : low + span], axis=1)[:, :-1]
    return found


def _window_sums(values: Floats, periods: YearPeriods, window: Window) -> Floats:
    """Values (n, t, ...) added up over the payments that count for each; exact where they are whole years' shares."""
    if window == "by_period":
        return values
    found = np.empty_like(values)
    for low in range(0, values.shape[1], periods.in_span):
        here = slice(low, low + periods.in_span)
        sums = np.cumsum(values[:, here], axis=1)
        found[:, here] = sums if window == "to_date" else sums[:, -1:]
    return found


def floor_attainment(kpi: Kpi) -> float:
    """The attainment from which on a KPI pays, where it pays nothing before; 0 where there is none."""
    if not kpi.paid or kpi.better == "lower" or kpi.grid is not None:
        return 0.0
    first = kpi.by_result.pieces()[0]
    if first.slope or first.value or not np.isfinite(first.end):
        return 0.0
    return max(float(kpi.attainment(first.end)), 0.0)


def plan_on_sums(plan: PlanTerms) -> PlanTerms:
    """The plan without whole units, which are counted of each payment before it is read at their sum."""
    if not any(k.counted for k in plan.kpis):
        return plan
    return plan.changed(kpis=tuple(k.changed(counted=False) if k.counted else k for k in plan.kpis))


def scaled_results(plan: PlanTerms, standing: Standing) -> Floats:
    """The results (n, t, k) at which the plan is read; below a floor that is not reached they are pinned."""
    adds = np.array([adds_up(k) for k in plan.kpis])
    weight = np.where(standing.scale > 0, standing.scale, 1.0)[..., None]
    read = np.where(adds, standing.results / weight, standing.results)
    if standing.floors is None:
        return read
    reached = standing.results >= standing.floors * (1 - 1e-9)
    pins = _pins(plan, standing)
    return np.where(adds & ~reached & (standing.floors > 0), np.minimum(read, pins), read)


def _pins(plan: PlanTerms, standing: Standing) -> Floats:
    """Results just below each KPI's own floor (n, t, k), at which it pays nothing."""
    floors = np.array([floor_attainment(k) for k in plan.kpis])
    return np.asarray(floors * standing.targets * (1 - JUST_BELOW), dtype=np.float64)


def read_levels(plan: PlanTerms, standing: Standing) -> Floats:
    """What the plan pays (n, t) at where people stand [money, not rounded unless a KPI rounds its own]."""
    read = scaled_results(plan, standing)
    on_sums = plan_on_sums(plan)
    rounds = any(k.round_to for k in plan.kpis) and bool((standing.scale == 1.0).all())
    targets, incentives = own_terms(plan, standing)
    paid = evaluate_plan(on_sums, read, targets, incentives, rounding=rounds).total
    return np.asarray(np.where(standing.scale > 0, paid * standing.scale, 0.0), dtype=np.float64)


def own_terms(plan: PlanTerms, standing: Standing) -> tuple[Floats | None, Floats | None]:
    """Targets and target incentives where they are not the plan's, else None."""
    reads = np.array([plan.depends_on_target(k.id) for k in plan.kpis])
    goals = np.where(reads, standing.targets, [k.target for k in plan.kpis])
    targets = None if (goals == np.array([k.target for k in plan.kpis])).all() else goals
    given = plan.target_incentive
    same = given is None or bool((np.abs(standing.incentives - given) <= 1e-9 * given).all())
    return targets, None if same else standing.incentives


def plan_of_person(plan: PlanTerms, standing: Standing, person: int, place: int) -> PlanTerms:
    """The plan with the targets and the target incentive of one person in one payment."""
    targets, incentives = own_terms(plan, standing)
    changed = plan_on_sums(plan)
    if targets is not None:
        own = zip(changed.kpis, targets[person, place], strict=True)
        kpis = tuple(k.changed(target=float(t)) if k.has_target else k for k, t in own)
        limited = any(gate.limits_to is not None and gate.closes == "plan" for gate in plan.gates)
        by_share = plan.target_incentive is not None or (plan.floor, plan.ceiling) != (None, None) or limited
        changed = changed.changed(kpis=kpis, **({} if by_share else {"target_incentive": 1.0}))
    if incentives is not None and incentives[person, place] > 0:
        changed = changed.changed(target_incentive=float(incentives[person, place]))
    return changed


def line_of(plan: PlanTerms, standing: Standing, person: int, place: int, moving: int) -> LineByKpi:
    """Lines along one payment's result of a KPI: what the plan is read at, by KPI."""
    at = scaled_results(plan, standing)[person, place]
    lines = stand_still(dict(zip(plan.ids, map(float, at), strict=True)))
    kpi = plan.kpis[moving]
    before = float(standing.before[person, place, moving])
    parts = float(standing.scale[person, place] or 1.0) if adds_up(kpi) else float(standing.counts[place])
    lines[kpi.id] = (1.0, 0.0) if parts == 1.0 and not before else (1.0 / parts, before / parts)
    return lines


def level_curve(plan: PlanTerms, standing: Standing, person: int, place: int, moving: int) -> Curve:
    """What the plan pays [money] along one payment's result of a KPI, with all that counts beside it."""
    scale = float(standing.scale[person, place])
    if not scale:
        return Curve.constant(0.0)
    own = plan_of_person(plan, standing, person, place)
    along = PayAlong(own, line_of(plan, standing, person, place, moving))
    curve = along.total() * (own.incentive * scale)
    kpi = plan.kpis[moving]
    if standing.floors is not None:
        curve = _pinned(plan, standing, (person, place, moving), curve)
    return curve.counted(kpi.counts)


def _pinned(plan: PlanTerms, standing: Standing, at: tuple[int, int, int], curve: Curve) -> Curve:
    """A curve that stays where it is just below its floor until the result reaches one that is not prorated."""
    person, place, moving = at
    assert standing.floors is not None
    floor, before = float(standing.floors[at]), float(standing.before[at])
    if not floor or not adds_up(plan.kpis[moving]):
        return curve
    low = float(_pins(plan, standing)[at]) * float(standing.scale[person, place]) - before
    high = floor - before
    if high <= low:
        return curve
    below = Curve((low - 1.0, low), (1.0, 0.0), (0.0, 0.0))
    above = Curve((high - 1.0, high), (0.0, 1.0), (0.0, 0.0), (0.0, 1e-9 * floor))
    between = (below * -1.0 + 1.0) * (above * -1.0 + 1.0)
    return curve * below + curve * above + between * float(curve(low))
