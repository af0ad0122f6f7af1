"""The periods of a year: how long each is, which share of the plan's period, and where running totals begin again.

A plan's targets and target incentive are for the plan's own period; a year is paid in payments that part it into whole
numbers: a year in months or weeks, a quarter in months. Months and quarters run from the year's first day; a year of
weeks has 52. Not modelled: years of 53 weeks, and the 4-4-5 calendar.
"""

import datetime
from dataclasses import dataclass
from typing import Literal

import numpy as np

from calc.piecewise.vectorized import Floats
from calc.plan.errors import Refused

PeriodName = Literal["week", "fortnight", "four-week", "month", "quarter", "half-year", "year"]
WEEKS = {"week": 1, "fortnight": 2, "four-week": 4, "quarter": 13, "half-year": 26, "year": 52}
MONTHS = {"month": 1, "quarter": 3, "half-year": 6, "year": 12}


def periods_within(short: str, long: str) -> int | None:
    """How many periods of one kind make one of another; None where they do not part it.

    >>> periods_within("month", "quarter"), periods_within("week", "year"), periods_within("week", "month")
    (3, 52, None)
    """
    if short == long:
        return 1
    for sizes in (MONTHS, WEEKS):
        if short in sizes and long in sizes and sizes[long] >= sizes[short] and not sizes[long] % sizes[short]:
            return sizes[long] // sizes[short]
    return None


def add_months(day: datetime.date, months: int) -> datetime.date:
    """The same day some months later; the first of the month after where that month is too short.

    >>> add_months(datetime.date(2026, 11, 1), 3).isoformat()
    '2027-02-01'
    """
    month = day.month - 1 + months
    year, month = day.year + month // 12, month % 12 + 1
    try:
        return day.replace(year=year, month=month)
    except ValueError:
        return datetime.date(year + month // 12, month % 12 + 1, 1)


@dataclass(frozen=True)
class YearPeriods:
    """The payments of a year.

    Args:
        paid: what one payment is for.
        in_plan: how many payments the plan's period has.
        in_span: how many payments lie between two restarts of the running total.
        in_year: how many payments a year has.
        shares: (in_plan,) what share of the plan's period each payment is for [sum 1].
        begins: the first day of the year; None where no rule reads dates.
    """

    paid: str
    in_plan: int
    in_span: int
    in_year: int
    shares: tuple[float, ...]
    begins: datetime.date | None = None

    def share_of(self, count: int) -> Floats:
        """What share of the plan's period each of the first `count` payments is for (count,)."""
        return np.resize(np.asarray(self.shares), count)

    def span_start(self, place: int) -> int:
        """The first payment since the restart, for the payment at a place counted from 0."""
        return place - place % self.in_span

    def first_day(self, place: int) -> datetime.date:
        """The first day of the payment at a place counted from 0.

        Raises:
            Refused: the year has no first day.
        """
        if self.begins is None:
            raise Refused("year.begins must be given where a rule reads dates (got none): the first day of the year")
        if self.paid in MONTHS:
            return add_months(self.begins, MONTHS[self.paid] * place)
        return self.begins + datetime.timedelta(weeks=WEEKS[self.paid] * place)

    def days_of(self, place: int) -> int:
        """How many days the payment at a place has."""
        return (self.first_day(place + 1) - self.first_day(place)).days

    def days_within(self, place: int, start: datetime.date | None, end: datetime.date | None) -> int:
        """How many days of a payment lie from one day to another, both included; None for no bound."""
        first, after = self.first_day(place), self.first_day(place + 1)
        low = first if start is None else max(first, start)
        high = after if end is None else min(after, end + datetime.timedelta(days=1))
        return max((high - low).days, 0)

    def place_of(self, day: datetime.date) -> int:
        """The place of the payment in which a day lies; before the year it is negative.

        >>> year = YearPeriods("month", 12, 12, 12, (1 / 12,) * 12, datetime.date(2026, 1, 1))
        >>> year.place_of(datetime.date(2026, 3, 9))
        2
        """
        place = 0
        while self.first_day(place) > day:
            place -= 1
        while self.first_day(place + 1) <= day:
            place += 1
        return place
