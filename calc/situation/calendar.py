"""The calendar of a period: how long it is, when the plan was announced, how many days are over; and what still fits.

A team that lands at `mean` with `spread` over a whole period is taken to earn evenly with independent days: over a
part p of it, it lands at p * mean with a standard deviation of spread * sqrt(p). Not modelled: seasons within a period,
deals that come late, and what a deadline does to effort.
"""

import math
import re
from typing import Self

from pydantic import model_validator

from calc.piecewise.distributions import Normal
from calc.plan.kpi import Kpi
from calc.plan.terms import FiniteNumber, Terms, term

_RATE = re.compile(r"%|\b(per|an?|each)\b")
"""The words of a unit that make a result a rate: %, hours a day, EUR per order."""


class Calendar(Terms):
    """Days of the period, the day the plan was announced (1 = before the period), and how many days are over.

    >>> may = Calendar(days=30, announced_day=21)
    >>> may.silent, round(may.rate_needed(1.0, may.silent), 3), may.day_reached(2.0, mean=4.0)
    (20.0, 3.0, 15.0)
    """

    days: FiniteNumber = term(30, gt=0, le=400, unit="days", help="how many selling days the period has")
    announced_day: FiniteNumber = term(
        1, ge=1, le=400, unit="day", help="the day on which the plan is known; 1 is in time"
    )
    today: FiniteNumber | None = term(None, ge=0, le=400, unit="days", help="how many days of the period are over")

    @model_validator(mode="after")
    def _check_days(self) -> Self:
        if self.announced_day > self.days + 1:
            raise ValueError(
                f"announced_day must lie within the period of {self.days:g} days (got {self.announced_day:g})"
            )
        if self.today is not None and self.today > self.days:
            raise ValueError(f"today must lie within the period of {self.days:g} days (got {self.today:g})")
        return self

    @property
    def silent(self) -> float:
        """Days that are over when the plan is known."""
        return self.announced_day - 1.0

    def rate_needed(self, goal: float, day: float, so_far: float = 0.0) -> float:
        """How many times the normal daily rate (target over all days) is needed after `day` days for a goal.

        Args:
            goal: attainment wanted at the end.
            day: days that are over.
            so_far: attainment reached by then.

        Returns:
            The multiple; 0 where the goal is reached, infinity where no day is left.
        """
        left = self.days - day
        if goal <= so_far:
            return 0.0
        return (goal - so_far) * self.days / left if left > 0 else math.inf

    def landing(self, mean: float, spread: float, day: float = 0.0, so_far: float = 0.0) -> Normal:
        """Where a team ends the period [attainment] that stands at `so_far` after `day` days."""
        part = max(self.days - day, 0.0) / self.days
        return Normal(so_far + mean * part, spread * math.sqrt(part))

    def chance(self, goal: float, mean: float, spread: float, day: float = 0.0, so_far: float = 0.0) -> float:
        """The chance of ending at a goal [attainment] or better."""
        return 1.0 - self.landing(mean, spread, day, so_far).below(goal)[0]

    def day_reached(self, goal: float, mean: float) -> float | None:
        """The day on which a goal is reached at an even pace; None where the period ends first."""
        if mean <= 0 or goal > mean:
            return None
        return self.days * goal / mean


def adds_up(kpi: Kpi) -> bool:
    """Whether a KPI's result grows day by day; else it is an average over the days.

    An average is what measures quality, is better when lower, has a scale of its own, or has a rate as its unit.

    >>> adds_up(Kpi(id="deals", target=100, unit="deals")), adds_up(Kpi(id="margin", target=30, unit="%"))
    (True, False)
    """
    counted = kpi.better == "higher" and kpi.scale is None and kpi.target > 0
    return counted and kpi.kind != "quality" and not _RATE.search(kpi.unit)
