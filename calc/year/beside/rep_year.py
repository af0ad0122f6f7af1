"""The year of the rep looked at: what they did, payment by payment, as a plan file has it or at target."""

from collections.abc import Mapping
from typing import Annotated, Any, Self

import numpy as np
from pydantic import Field, model_validator

from calc.piecewise.vectorized import Floats
from calc.plan.errors import Refused, nearest_name, quote_value
from calc.plan.terms import FiniteNumber, Terms, term
from calc.situation.calendar import adds_up
from calc.year.beside.payment_names import payment_labels
from calc.year.sizes import period_sizes
from calc.year.year_plan import YearPlan
from calc.year.year_results import YearResults, year_results

MAX_PAYMENTS = 520
"""Payments of one year at the most: ten years of weeks."""
SERIES = ("cancelled", "served", "unpaid", "received")
"""What else is known by payment, where a rule reads it."""
ByPayment = Annotated[tuple[FiniteNumber, ...], Field(min_length=1, max_length=MAX_PAYMENTS)]


class RepYear(Terms):
    """The year that the plan is looked at in: one rep's results by payment.

    >>> RepYear(results={"deals": (10, 12)}).count
    2
    """

    results: dict[str, ByPayment] = term(
        max_length=200, unit="KPI unit", help="by KPI id, the result of each payment; others stand at target"
    )
    cancelled: ByPayment | None = term(None, unit="money", help="pay on what was cancelled in each payment")
    served: ByPayment | None = term(None, unit="months", help="months served of what was cancelled")
    unpaid: ByPayment | None = term(None, unit="days", help="days for which that is unpaid")
    received: ByPayment | None = term(None, unit="KPI unit", help="what customers paid in each payment")

    @model_validator(mode="after")
    def _same_length(self) -> Self:
        if not self.results:
            raise ValueError("results must name a KPI (got none)")
        counts = {len(self.results[name]) for name in self.results}
        counts |= {len(told) for name in SERIES if (told := getattr(self, name)) is not None}
        if len(counts) > 1:
            raise ValueError(f"every list must be as long as the others (got {min(counts)} and {max(counts)} payments)")
        return self

    @property
    def count(self) -> int:
        """How many payments there are."""
        return len(next(iter(self.results.values())))


def with_results(rep: RepYear | None, changes: Mapping[str, Any]) -> RepYear | None:
    """A rep's year with other results of some KPIs; None takes a KPI's away, and the year with the last of them.

    >>> with_results(None, {"deals": (10, 12)}).results
    {'deals': (10.0, 12.0)}

    Raises:
        Refused: they are no lists of numbers of one length.
    """
    results = {**({} if rep is None else rep.results), **changes}
    given = {name: told for name, told in results.items() if told is not None}
    for name, told in given.items():
        if not isinstance(told, tuple):
            raise Refused(f"rep_year.{name} must be numbers parted by commas (got {quote_value(told)})")
    try:
        if rep is not None and given:
            return rep.changed(results=given)
        return RepYear(results=given) if given else None
    except Refused as refused:
        raise Refused([f"rep_year.{sentence}" for sentence in refused.sentences]) from None


def targets_by_payment(rules: YearPlan, count: int) -> Floats:
    """The plan's targets of each payment (count, k) [KPI units]."""
    blank = YearResults(np.zeros((1, count, len(rules.plan.kpis))))
    sizes = period_sizes(rules.plan, rules.year, rules.periods, blank, rules.ramp, rules.proration)
    scale = np.where([adds_up(k) for k in rules.plan.kpis], sizes.scale[0, :count, None], 1.0)
    return np.array(sizes.targets[0, :count] * scale)


def rep_year_results(rules: YearPlan, rep: RepYear | None) -> YearResults:
    """The results of the rep's year; every payment at its targets where there is none.

    Raises:
        Refused: it names no KPI of the plan, or what it gives does not fit the rules.
    """
    count = rules.periods.in_year if rep is None else rep.count
    results = targets_by_payment(rules, count)
    more: dict[str, Any] = {}
    if rep is not None:
        for name, told in rep.results.items():
            if name not in rules.plan.ids:
                raise Refused(f"rep_year.results.{name[:40]} is not known: {nearest_name(name, rules.plan.ids)}")
            results[:, rules.plan.ids.index(name)] = told
        more = {name: told for name in SERIES if (told := getattr(rep, name)) is not None}
    elif rules.year.pays_when == "collected":
        paid = [i for i, k in enumerate(rules.plan.kpis) if k.paid]
        more = {"received": results[:, paid].sum(axis=1)}
    return year_results(rules.plan, results, labels=payment_labels(rules.periods, 0, count), **more)
