"""The rate reached, on this period's results alone: pay_t = r(X_t) x_t.

The rate is the slope of what a KPI pays at the running total: of tiers the rate of the tier that is reached. The order
of the periods matters. Gates and modifiers are read at the running total too. Not modelled: plans with a floor, a
ceiling, groups, grids, steps or a score, which pay no rate.
"""

from functools import reduce

import numpy as np

from calc.piecewise.curve import Curve
from calc.plan.along import PayAlong
from calc.plan.batch.evaluate import evaluate_plan
from calc.plan.kpi import reads_result
from calc.plan.mechanics import Steps
from calc.plan.plan_terms import PlanTerms
from calc.year.reading_faults import rate_steps
from calc.year.readings.reading import Levels, ReadingPlace
from calc.year.standing import (
    Standing,
    line_of,
    own_terms,
    plan_of_person,
    plan_on_sums,
    scaled_results,
    standing_of,
)


class RateReached:
    """This period's results at the rate that the running total has reached."""

    name = "rate_reached"

    def levels(self, place: ReadingPlace) -> Levels:
        """What each payment earns, and 0 before it."""
        plan, standing = place.plan, _standing(place)
        rates = rate_plan(plan_on_sums(plan))
        targets, incentives = own_terms(plan, standing)
        parts = evaluate_plan(rates, scaled_results(plan, standing), targets, incentives, split=True).by_kpi
        earned = np.asarray((parts * place.people.results / _divisors(plan, standing)).sum(axis=-1))
        return Levels(earned, np.zeros_like(earned))

    def curve(self, place: ReadingPlace, person: int, period: int, moving: int) -> Curve:
        """What a payment earns along its own result of a KPI."""
        plan, standing = place.plan, _standing(place)
        own = rate_plan(plan_of_person(plan, standing, person, period))
        along = PayAlong(own, line_of(plan, standing, person, period, moving))
        divided = _divisors(plan, standing)[person, period]
        results = place.people.results[person, period]
        line = Curve.through([(0.0, 0.0), (1.0, 1.0)], below="extend", above="extend")
        parts = []
        for j, kpi in enumerate(own.kpis):
            rate = along.own(kpi) * (own.incentive / float(divided[j]))
            parts.append(rate * line if j == moving else rate * float(results[j]))
        found = reduce(lambda a, b: a + b, parts)
        return found.counted(plan.kpis[moving].counts)


def _standing(place: ReadingPlace) -> Standing:
    window = place.year.against or "whole"
    return standing_of(place.plan, place.periods, place.sizes, place.people.results, window)


def _divisors(plan: PlanTerms, standing: Standing) -> np.ndarray[tuple[int, ...], np.dtype[np.float64]]:
    """What a KPI's result is divided by before its rate: its target where the rate is of attainment, else 1."""
    by_target = [k.paid and not k.commission and not reads_result(k.curve) for k in plan.kpis]
    return np.where(by_target, standing.targets, 1.0)


def rate_plan(plan: PlanTerms) -> PlanTerms:
    """The plan with every KPI paid its rate, as money per unit of result, or as a share per unit of attainment."""
    kpis = []
    for k in plan.kpis:
        if not k.paid:
            kpis.append(k)
            continue
        steps = Steps(
            steps=rate_steps(k),
            of=getattr(k.curve, "of", "attainment"),
            pays="money" if k.in_money else "share",
            reached=getattr(k.curve, "reached", "at"),
        )
        kpis.append(k.changed(curve=steps))
    return plan.changed(kpis=tuple(kpis), pay_below_zero=True, target_incentive=plan.target_incentive or 1.0)
