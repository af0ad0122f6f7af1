"""The year of people under a plan: every payment of everybody, in the order of the rules.

Order: credit -> attainment, by itself or running -> plan -> limit per payment -> less what was paid -> collected, taken
back, held back -> guarantee of a ramp, draw -> not below zero -> rounding. What the reading earns, and every share that
a rule takes of it, is rounded to the smallest unit as it arises, so that all lines of a statement add up to the cent.
"""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import numpy as np

from calc.piecewise.segments import counted_down
from calc.piecewise.vectorized import Floats
from calc.situation.calendar import adds_up
from calc.year.flow import LINES, Flow, PeriodPlace
from calc.year.money import Amount, round_amounts
from calc.year.readings import reading_named
from calc.year.readings.reading import ReadingPlace
from calc.year.readings.running_total import RunningTotal
from calc.year.rules.below_zero import BelowZeroRule
from calc.year.rules.collection import CollectionRule
from calc.year.sizes import PeriodSizes, period_sizes
from calc.year.standing import Standing, standing_of
from calc.year.statement_lines import YearStatement
from calc.year.year_plan import YearPlan, check_series
from calc.year.year_results import YearResults

Balances = Mapping[str, Any]
SHOWN_BALANCES = ("owed", "held", "carried")
"""Balances that a statement shows after each payment."""


def reading_place(rules: YearPlan, people: YearResults) -> ReadingPlace:
    """What the reading of a plan's year reads, with whole units counted.

    Raises:
        Refused: what people bring does not fit the rules.
    """
    check_series(rules, people)
    plan = rules.plan
    counted = [
        counted_down(people.results[..., i], k.counts) if k.counted else people.results[..., i]
        for i, k in enumerate(plan.kpis)
    ]
    whole = replace(people, results=np.stack(counted, axis=-1))
    sizes = period_sizes(plan, rules.year, rules.periods, whole, rules.ramp, rules.proration)
    return ReadingPlace(plan, rules.year, rules.periods, sizes, whole)


def year_statement(rules: YearPlan, people: YearResults) -> YearStatement:
    """Every payment of everybody.

    Args:
        rules: the plan and the rules of its year.
        people: results by payment (n, t, k) [KPI units], and what else rules read.

    Raises:
        Refused: results are not finite, or what is given does not fit the rules.
    """
    place = reading_place(rules, people)
    return _statement(rules, place, payment_flows(rules, place))


def payment_flows(rules: YearPlan, place: ReadingPlace) -> list[Flow]:
    """Every payment after all rules, with the balances that it leaves; amounts of all people (n,)."""
    levels = reading_named(rules.year.reading).levels(place)
    unit = rules.level_unit
    level, before = round_amounts(levels.level, unit), round_amounts(levels.before, unit)
    whole = whole_levels(rules, place)
    balances: Balances = {}
    flows = []
    for t, at in enumerate(period_places(rules, place)):
        flow = Flow(level[:, t] - before[:, t], level[:, t], before[:, t], {}, balances)
        flow = settle_payment(rules, flow, at, whole[:, t])
        balances = flow.balances
        flows.append(flow)
    return flows


def whole_levels(rules: YearPlan, place: ReadingPlace) -> Floats:
    """What all results since the restart earn together, for limits that are reconciled (n, t) [money]."""
    if rules.year.limit is None or rules.year.limit.beyond != "reconciled":
        return np.zeros(place.people.results.shape[:2])
    whole = replace(place, year=rules.year.changed(**whole_reading(rules)))
    return np.asarray(round_amounts(RunningTotal().levels(whole).level, rules.level_unit))


def whole_reading(rules: YearPlan) -> dict[str, Any]:
    """The terms of a year read as one total against the whole target."""
    limit = rules.year.limit
    on = None if limit is None else limit.changed(on="payment")
    below = rules.year.below_zero or "allowed"
    return {"reading": "running_total", "against": "whole", "limit": on, "below_zero": below, "ladder": None}


def settle_payment(rules: YearPlan, flow: Flow, place: PeriodPlace, whole: Amount) -> Flow:
    """One payment through all rules, for arrays of people or for the curve of one.

    Args:
        rules: the plan and the rules of its year.
        flow: what is due by the reading, with the balances so far.
        place: where the payment lies.
        whole: what all results since the restart earn together, where a limit is reconciled.
    """
    limit, draw = rules.year.limit, rules.draw
    flow = limit.settle(flow, place) if limit is not None else flow
    flow = CollectionRule().settle(flow, place) if rules.year.pays_when == "collected" else flow
    flow = _take_back(rules, flow, place)
    flow = rules.ramp.settle(flow, place) if rules.ramp is not None else flow
    flow = draw.settle(flow, place) if draw is not None else flow
    if rules.year.below_zero is not None:
        flow = BelowZeroRule(rules.year.below_zero, rules.year.zero_tested).settle(flow, place)
    if limit is not None and place.ends_span:
        flow, rest = limit.settle_end(flow, whole)
        flow, settled = draw.settle_end(flow, place, rest) if draw is not None else (flow, rest)
        flow = flow.then(flow.due, trued_up=rest, settled=settled)
    return draw.forgive(flow, place) if draw is not None else flow


def _take_back(rules: YearPlan, flow: Flow, place: PeriodPlace) -> Flow:
    """What is taken back for what was cancelled: out of the reserve first, then of the payment."""
    if rules.recovery is None and rules.holdback is None:
        return flow
    amount = round_amounts(place.cancelled, place.unit) if rules.recovery is None else rules.recovery.amount_of(place)
    flow = flow.keeping(to_take=flow.before * 0.0 + amount)
    flow = rules.holdback.settle(flow, place) if rules.holdback is not None else flow
    return rules.recovery.settle(flow, place) if rules.recovery is not None else flow


def period_places(rules: YearPlan, place: ReadingPlace) -> list[PeriodPlace]:
    """Where each payment lies, with amounts of all people (n,)."""
    periods, people, sizes = place.periods, place.people, place.sizes
    limits = payment_limits(rules, sizes)
    booked = people.results[..., [i for i, k in enumerate(rules.plan.kpis) if k.paid]].sum(axis=-1)
    found = []
    for t in range(people.count):
        start = periods.span_start(t)
        to_date = limits[:, start : t + 1].sum(axis=1)
        at = PeriodPlace(
            number=t + 1,
            in_span=t - start + 1,
            ends_span=t - start + 1 == periods.in_span,
            ends_year=(t + 1) % periods.in_year == 0,
            unit=rules.smallest_amount,
            limit=limits[:, t],
            limit_to_date=to_date,
            limit_before=to_date - limits[:, t] if np.isfinite(to_date).all() else to_date,
            served_part=sizes.draw_parts[:, t],
            since_start=sizes.since_start[:, t],
            booked=booked[:, t],
            cancelled=people.series("cancelled")[:, t],
            served=people.series("served")[:, t],
            unpaid=people.series("unpaid")[:, t],
            received=people.series("received")[:, t],
        )
        found.append(at)
    return found


def payment_limits(rules: YearPlan, sizes: PeriodSizes) -> Floats:
    """The most that each payment pays (n, t) [money]; infinite where there is no limit."""
    limit = rules.year.limit
    if limit is None:
        return np.full(sizes.scale.shape, np.inf)
    if limit.pay is not None:
        return np.full(sizes.scale.shape, limit.pay)
    return np.asarray(round_amounts(sizes.incentives * (limit.share or 0.0), rules.smallest_amount))


def _statement(rules: YearPlan, place: ReadingPlace, flows: list[Flow]) -> YearStatement:
    unit = rules.smallest_amount

    def over_time(values: list[Any]) -> Floats:
        return np.asarray(round_amounts(np.stack(values, axis=1), unit))

    none = np.zeros(place.people.people)
    stands = {name: over_time([flow.balances.get(name, none) for flow in flows]) for name in SHOWN_BALANCES}
    reserve = over_time([sum(flow.balances.get("reserve", ()), start=none) for flow in flows])
    lines = {name: over_time([flow.line(name) for flow in flows]) for name in LINES}
    running = _running(rules, place)
    return YearStatement(
        results=place.people.results,
        running=running.results,
        targets=_payment_targets(rules, place),
        running_targets=running.targets * _adding_scale(rules, running.scale),
        incentives=place.sizes.incentives[:, : len(flows)],
        earned=over_time([flow.level - flow.before for flow in flows]),
        paid_before=over_time([flow.before for flow in flows]),
        limits=payment_limits(rules, place.sizes)[:, : len(flows)],
        paid=over_time([flow.due for flow in flows]),
        settled=lines["settled"],
        owed=stands["owed"],
        held=stands["held"],
        carried=stands["carried"],
        reserve=reserve,
        lines=lines,
    )


def _running(rules: YearPlan, place: ReadingPlace) -> Standing:
    """Running totals since the restart, and what they are held against."""
    window = rules.year.against or ("whole" if rules.year.reading == "shared_ladder" else "to_date")
    return standing_of(rules.plan, place.periods, place.sizes, place.people.results, window)


def _payment_targets(rules: YearPlan, place: ReadingPlace) -> Floats:
    count = place.people.count
    return place.sizes.targets[:, :count] * _adding_scale(rules, place.sizes.scale[:, :count])


def _adding_scale(rules: YearPlan, scale: Floats) -> Floats:
    """The scale (n, t, k) of what adds up; 1 for averages."""
    return np.where([adds_up(k) for k in rules.plan.kpis], scale[..., None], 1.0)
