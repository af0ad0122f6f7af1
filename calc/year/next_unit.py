"""What one more unit of a KPI is worth in each payment, given the year so far."""

from dataclasses import replace

import numpy as np

from calc.piecewise.vectorized import Floats
from calc.situation.calendar import adds_up
from calc.year.settle import year_statement
from calc.year.year_plan import YearPlan
from calc.year.year_results import YearResults

EXACT_UNIT = 1e-9
"""What money is rounded to where a difference is worked out of it [money]."""


def unrounded(rules: YearPlan) -> YearPlan:
    """The same plan with money that is as good as not rounded."""
    return replace(rules, rounded_to=EXACT_UNIT)


def next_unit_values(rules: YearPlan, people: YearResults) -> dict[str, Floats]:
    """By KPI, what one better result pays more in the payment that it falls in (n, t) [money per KPI unit].

    What it changes in later payments is left out; what is made up for at a restart with the payment is in it. KPIs
    that the pay does not depend on, and averages, are left out.
    """
    exact = unrounded(rules)
    found = {}
    for i, kpi in enumerate(rules.plan.kpis):
        if kpi.id in rules.plan.deciding and adds_up(kpi):
            found[kpi.id] = value_of_more(exact, people, i, 1.0)
    return found


def value_of_more(rules: YearPlan, people: YearResults, kpi: int, amount: float) -> Floats:
    """What so much more of a KPI pays more in the payment that it falls in (n, t) [money]."""
    stands = year_statement(rules, people)
    value = np.zeros(stands.paid.shape)
    for t in range(people.count):
        moved = people.results.copy()
        moved[:, t, kpi] += amount
        until = year_statement(rules, people.until(t + 1, moved))
        value[:, t] = (until.paid + until.settled)[:, t] - (stands.paid + stands.settled)[:, t]
    return np.round(value, 9) + 0.0
