"""What is asked and paid for in each payment: its share of the plan's period, targets and target incentive.

The target of a payment is scale x target, where the scale is the payment's share of the plan's period and of it the
part that somebody is there for; ramps and changes move the target itself. A scale acts on whatever adds up: targets,
results at which tiers start, money that a table pays. An average (a satisfaction, a margin) has no scale.
"""

import datetime
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from calc.piecewise.vectorized import Floats
from calc.plan.errors import Refused
from calc.plan.plan_terms import PlanTerms
from calc.situation.calendar import adds_up
from calc.year.rules.proration import Proration, read_day
from calc.year.rules.ramp import Ramp
from calc.year.year_periods import YearPeriods
from calc.year.year_results import YearResults
from calc.year.year_terms import Year


@dataclass(frozen=True)
class PeriodSizes:
    """What is asked of each of n people in each of t payments.

    Args:
        scale: (n, t) the share of the plan's period that counts [1 = all of it].
        unprorated: (n, t) the same as if everybody were there all the time.
        targets: (n, t, k) for the plan's whole period [KPI units].
        incentives: (n, t) the target incentive of the payment [money]; 0 where the plan names none.
        draw_parts: (n, t) the part of a draw that somebody is due.
        since_start: (n, t) payments counted from the first one in which somebody is there, 1 and on.
    """

    scale: Floats
    unprorated: Floats
    targets: Floats
    incentives: Floats
    draw_parts: Floats
    since_start: Floats


def period_sizes(
    plan: PlanTerms,
    year: Year,
    periods: YearPeriods,
    people: YearResults,
    ramp: Ramp | None = None,
    proration: Proration | None = None,
) -> PeriodSizes:
    """What is asked of people, for whole years from the first payment on.

    Raises:
        Refused: own targets come with a rule that changes targets, or a rule lacks a date.
    """
    count = -(-people.count // periods.in_year) * periods.in_year
    parts, since = _parts_and_places(periods, people, proration, count)
    shares = periods.share_of(count)[None, :] * np.ones((people.people, 1))
    prorates = proration is not None and proration.target
    scale = shares * parts if prorates else shares
    targets = _targets(plan, year, periods, count)[None] * np.ones((people.people, 1, 1))
    incentives = shares * _incentives(plan, year, periods, count) * np.ones((people.people, 1))
    if people.incentives is not None and plan.target_incentive is not None:
        incentives = incentives * (people.incentives / plan.target_incentive)[:, None]
    incentives = incentives * parts if proration is not None and proration.target_incentive else incentives
    if ramp is not None:
        targets, incentives = _ramped(plan, ramp, since, shares, targets, incentives)
    if people.targets is not None:
        if ramp is not None or prorates or year.changes:
            raise Refused("own targets of each payment must be left out where ramp, proration or changes move targets")
        targets[:, : people.count] = _own_targets(plan, people.targets, shares[:, : people.count])
    draws = parts if proration is not None and proration.draw else np.where(parts > 0, 1.0, 0.0)
    unprorated = shares if prorates and proration is not None and not proration.floor else scale
    return PeriodSizes(scale, unprorated, targets, incentives, draws, since)


def _own_targets(plan: PlanTerms, targets: Floats, shares: Floats) -> Floats:
    """Targets of payments as targets of the plan's whole period; an average stays as it is."""
    divided = np.where([adds_up(k) for k in plan.kpis], shares[..., None], 1.0)
    return np.asarray(targets / divided, dtype=np.float64)


def _parts_and_places(
    periods: YearPeriods, people: YearResults, proration: Proration | None, count: int
) -> tuple[Floats, Floats]:
    """The part of each payment that each is there for, and the payment counted from their first (n, count)."""
    numbers = np.arange(1.0, count + 1.0)
    if proration is None:
        if any(start is not None for start in people.starts):
            raise Refused("[proration] must be given where people start within the year (got none)")
        return np.ones((people.people, count)), np.tile(numbers, (people.people, 1))
    start = None if proration.start is None else read_day(proration.start)
    starts: Sequence[datetime.date | None] = people.starts or (start,) * people.people
    known = {day: proration.parts(periods, count, day) for day in dict.fromkeys(starts)}
    first = {day: 0 if day is None else max(periods.place_of(day), 0) for day in known}
    parts = np.array([known[day] for day in starts])
    return parts, np.array([numbers - first[day] for day in starts])


def _targets(plan: PlanTerms, year: Year, periods: YearPeriods, count: int) -> Floats:
    """The plan's targets in each payment (count, k)."""
    stretches = [{k.id: k.target for k in plan.kpis}]
    stretches += [{**change.targets} for change in year.changes]
    values = _carried_on([[stretch.get(k.id) for k in plan.kpis] for stretch in stretches])
    return np.asarray(np.matmul(_in_force(year, periods, count), values), dtype=np.float64)


def _incentives(plan: PlanTerms, year: Year, periods: YearPeriods, count: int) -> Floats:
    """The plan's target incentive in each payment, for the whole of its period (count,)."""
    given: list[list[float | None]] = [[plan.target_incentive or 0.0]]
    given += [[change.target_incentive] for change in year.changes]
    return np.asarray(np.matmul(_in_force(year, periods, count), _carried_on(given)[:, 0]), dtype=np.float64)


def _carried_on(rows: Sequence[Sequence[float | None]]) -> Floats:
    """Rows in which what is not given stays as in the row before."""
    found: list[list[float]] = []
    for row in rows:
        found.append([found[-1][i] if value is None else value for i, value in enumerate(row)])
    return np.array(found, dtype=np.float64)


def _in_force(year: Year, periods: YearPeriods, count: int) -> Floats:
    """By payment, for which part of its days each stretch of targets holds (count, stretches)."""
    if not year.changes:
        return np.ones((count, 1))
    days = [change.day for change in year.changes]
    firsts, lasts = [None, *days], [*(day - datetime.timedelta(days=1) for day in days), None]
    held = np.array([[periods.days_within(t, a, b) for a, b in zip(firsts, lasts, strict=True)] for t in range(count)])
    held = held.astype(np.float64)
    if year.changed_targets == "blended":
        for low in range(0, count, periods.in_year):
            held[low : low + periods.in_year] = held[low : low + periods.in_year].sum(axis=0)
    return np.asarray(held / held.sum(axis=1, keepdims=True), dtype=np.float64)


def _ramped(
    plan: PlanTerms, ramp: Ramp, since: Floats, shares: Floats, targets: Floats, incentives: Floats
) -> tuple[Floats, Floats]:
    """Targets and target incentives of a ramp: of KPIs that add up and that the pay depends on."""
    ramped, factor = targets.copy(), np.ones(since.shape)
    for j, k in enumerate(plan.kpis):
        if not adds_up(k) or not plan.depends_on_target(k.id):
            continue
        if ramp.shares:
            factor = np.where(since >= 1, ramp.share_in(np.maximum(since, 1)), 1.0)
            ramped[:, :, j] *= factor
        elif k.id in ramp.targets:
            first = np.array(ramp.targets[k.id])
            own = first[np.clip(since.astype(int) - 1, 0, len(first) - 1)]
            ramps = (since >= 1) & (since <= len(first))
            ramped[:, :, j] = np.where(ramps, own / shares, ramped[:, :, j])
            factor = np.where(ramps, own / shares / targets[:, :, j], 1.0)
    return ramped, incentives * factor if ramp.target_incentive == "ramps" else incentives
