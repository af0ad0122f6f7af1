"""Results by payment of many people, with what else a year's rules read."""

import datetime
from dataclasses import dataclass, field, replace
from typing import Any

import numpy as np

from calc.piecewise.vectorized import Floats
from calc.plan.errors import Refused
from calc.plan.plan_terms import PlanTerms

BY_PAYMENT = ("targets", "cancelled", "served", "unpaid", "received")
"""What is given for each payment beside the results."""


@dataclass(frozen=True)
class YearResults:
    """What people did, payment by payment, from the year's first payment on.

    Args:
        results: (n, t, k) in the plan's order of KPIs [KPI units].
        targets: (n, t, k) own targets of each payment [KPI units]; None for the plan's.
        incentives: (n,) own target incentives for the plan's period [money]; None for the plan's.
        starts: (n,) the first day of each; empty where all are as the plan file says.
        cancelled: (n, t) pay on what was cancelled [money].
        served: (n, t) months served of what was cancelled.
        unpaid: (n, t) days for which that is unpaid.
        received: (n, t) what customers paid, in the unit of the KPI that pays.
        names: (n,) what each is called.
        labels: (t,) what each payment is called.
    """

    results: Floats
    targets: Floats | None = None
    incentives: Floats | None = None
    starts: tuple[datetime.date | None, ...] = ()
    cancelled: Floats | None = None
    served: Floats | None = None
    unpaid: Floats | None = None
    received: Floats | None = None
    names: tuple[str, ...] = ()
    labels: tuple[str, ...] = field(default=())

    @property
    def people(self) -> int:
        """How many people there are."""
        return int(self.results.shape[0])

    @property
    def count(self) -> int:
        """How many payments there are."""
        return int(self.results.shape[1])

    def series(self, name: str) -> Floats:
        """One of the series (n, t) that rules read; 0 where it is not given."""
        found = getattr(self, name)
        return np.zeros(self.results.shape[:2]) if found is None else found

    def only(self, person: int, until: int) -> "YearResults":
        """The same of one person, for the first payments."""
        here = slice(person, person + 1)
        cut: dict[str, Any] = {"results": self.results[here], "starts": self.starts[here], "names": self.names[here]}
        for name in ("incentives", *BY_PAYMENT):
            found = getattr(self, name)
            cut[name] = None if found is None else found[here]
        one = replace(self, **cut)
        return one.until(until, one.results)

    def until(self, count: int, results: Floats) -> "YearResults":
        """The first payments of all, with other results."""
        cut: dict[str, Any] = {"results": results[:, :count], "labels": self.labels[:count]}
        for name in BY_PAYMENT:
            found = getattr(self, name)
            cut[name] = None if found is None else found[:, :count]
        return replace(self, **cut)


def year_results(plan: PlanTerms, results: Any, **more: Any) -> YearResults:
    """Results by payment as numbers.

    Args:
        plan: the plan that pays them.
        results: (n, t, k); (t, k) or, with one KPI, (t,) for one person [KPI units].
        more: the other parts of `YearResults`, with or without the axis of people.

    Raises:
        Refused: a shape does not fit, or a number is not finite.
    """
    k = len(plan.kpis)
    given = np.asarray(results, dtype=np.float64)
    if given.ndim == 1 and k == 1:
        given = given[:, None]
    given = given[None] if given.ndim == 2 else given
    if given.ndim != 3 or given.shape[-1] != k or not given.shape[1]:
        raise Refused(
            f"results must have a row a payment and a column for each of {', '.join(plan.ids)} (got {given.shape})"
        )
    shapes = {"targets": given.shape, "incentives": given.shape[:1]}
    for name, value in more.items():
        if name in ("names", "labels", "starts") or value is None:
            continue
        shape = shapes.get(name, given.shape[:2])
        try:
            more[name] = np.broadcast_to(np.asarray(value, dtype=np.float64), shape)
        except ValueError:
            raise Refused(f"{name} must fit {shape} (got shape {np.shape(value)})") from None
        if not np.isfinite(more[name]).all():
            raise Refused(f"{name} must be finite numbers (got one that is not)")
    if not np.isfinite(given).all():
        raise Refused("results must be finite numbers (got one that is not)")
    return YearResults(given, **more)
