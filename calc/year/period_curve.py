"""The exact curve of what one payment pays along its own result, given the year so far.

Piecewise linear again, so that zones, the next unit, findings and pictures work on "August, after what happened until
July". What is made up for at a restart with the last payment is part of it. Amount on the curve is not rounded; what
came before it is.
"""

from dataclasses import dataclass, fields, replace
from typing import Any

import numpy as np

from calc.piecewise.curve import Curve
from calc.plan.errors import Refused
from calc.year.flow import Flow, PeriodPlace
from calc.year.money import Amount
from calc.year.readings import reading_named
from calc.year.readings.reading import ReadingPlace
from calc.year.readings.running_total import RunningTotal
from calc.year.settle import (
    payment_flows,
    period_places,
    reading_place,
    settle_payment,
    whole_reading,
)
from calc.year.year_plan import YearPlan
from calc.year.year_results import YearResults


@dataclass(frozen=True)
class PeriodCurves:
    """Curves of one payment along one KPI's result in it [money by KPI unit].

    Args:
        paid: what is paid, with what is made up for at a restart.
        earned: what the results earn by the reading, before any rule.
        level: what is earned since the restart.
        owed: what is owed after the payment.
    """

    paid: Curve
    earned: Curve
    level: Curve
    owed: Curve


def period_curves(rules: YearPlan, people: YearResults, period: int, kpi: str, person: int = 0) -> PeriodCurves:
    """What one payment pays along its own result.

    Args:
        rules: the plan and the rules of its year.
        people: results by payment, at least until this one; that of the KPI in it does not matter.
        period: the payment, counted from 0.
        kpi: the KPI that moves.
        person: whose year it is.

    Raises:
        Refused: there is no such payment.
        NotALine: sloped things multiply each other along that result.
    """
    if not 0 <= period < people.count:
        raise Refused(f"the payment must be one of {people.count} (got {period + 1})")
    moving = rules.plan.ids.index(rules.plan.kpi(kpi).id)
    place = reading_place(rules, people.only(person, period + 1))
    flows = payment_flows(rules, place)
    balances = {name: _of_one(value) for name, value in flows[period - 1].balances.items()} if period else {}
    level = reading_named(rules.year.reading).curve(place, 0, period, moving)
    before = float(flows[period].before[0])
    whole = _whole_curve(rules, place, period, moving)
    at = _place_of_one(period_places(rules, place)[period])
    flow = settle_payment(rules, Flow(level - before, level, before, {}, balances), at, whole)
    paid, owed = flow.due + flow.line("settled"), flow.balance("owed")
    return PeriodCurves(_as_curve(paid), level - before, level, _as_curve(owed))


def _of_one(value: Any) -> Any:
    """A balance of one person as a number, or as numbers where it is several."""
    if isinstance(value, tuple):
        return tuple(_of_one(part) for part in value)
    return float(np.asarray(value).reshape(-1)[0])


def _place_of_one(place: PeriodPlace) -> PeriodPlace:
    """A payment of one person, with numbers for arrays."""
    numbers: dict[str, Any] = {}
    for f in fields(place):
        value = getattr(place, f.name)
        if isinstance(value, np.ndarray):
            numbers[f.name] = float(value[0])
    return replace(place, **numbers)


def _whole_curve(rules: YearPlan, place: ReadingPlace, period: int, moving: int) -> Amount:
    """What all results since the restart earn together, along one result."""
    if rules.year.limit is None or rules.year.limit.beyond != "reconciled":
        return 0.0
    whole = replace(place, year=rules.year.changed(**whole_reading(rules)))
    return RunningTotal().curve(whole, 0, period, moving)


def _as_curve(money: Amount) -> Curve:
    return money if isinstance(money, Curve) else Curve.constant(float(money))
