"""Part of a period: somebody is there from a day on, or until one, and is asked and paid for that part.

Days of the year, days of each period, whole months of the year and whole months of each period give four answers for
one day. Each of target, target incentive, floor and draw is prorated or whole, as named. Practice: all four are met;
plan documents often leave open which is meant.
"""

import datetime
from typing import Annotated, Any, Literal, Self

import numpy as np
from pydantic import BeforeValidator, model_validator

from calc.piecewise.vectorized import Floats
from calc.plan.errors import Refused
from calc.plan.terms import Terms, Whole, term
from calc.year.year_periods import MONTHS, YearPeriods, add_months


def _as_text(value: Any) -> Any:
    return value.isoformat() if type(value) is datetime.date else value


def read_day(text: str) -> datetime.date:
    """A day written year first.

    Raises:
        ValueError: it is none.
    """
    try:
        return datetime.date.fromisoformat(text)
    except ValueError:
        raise ValueError(f"must be a day such as 2026-03-01 (got {text!r})") from None


def _check_day(text: str) -> str:
    read_day(text)
    return text


Day = Annotated[str, BeforeValidator(_as_text)]
"""A day, as 2026-03-01."""
By = Literal["days_of_year", "days_of_period", "months_of_year", "months_of_period"]


class Proration(Terms):
    """From when to when somebody is there, how the part is counted, and what it applies to."""

    start: Day | None = term(None, max_length=10, help="the first day that somebody is there")
    end: Day | None = term(None, max_length=10, help="the last day that somebody is there")
    by: By = term(help="whether days or whole months count, and of the year or of each period")
    target: bool = term(strict=True, help="whether the target is prorated")
    target_incentive: bool = term(strict=True, help="whether the target incentive is prorated")
    floor: bool = term(strict=True, help="whether the result at which pay begins is prorated with the target")
    draw: bool = term(strict=True, help="whether draw and guarantee are prorated")
    month_counts_until: Whole | None = term(
        None, ge=1, le=31, unit="day of the month", help="a month counts whole for whoever starts on this day or before"
    )

    @model_validator(mode="after")
    def _fits_together(self) -> Self:
        days = {}
        for name in ("start", "end"):
            text = getattr(self, name)
            if text is not None:
                try:
                    days[name] = read_day(text)
                except ValueError as error:
                    raise ValueError(f"{name} {error}") from None
        if len(days) == 2 and days["end"] < days["start"]:
            raise ValueError(f"end must not be before start, {self.start} (got {self.end})")
        if self.floor and not self.target:
            raise ValueError("floor must be false where target is (got true): a floor is a part of the target")
        return self

    @property
    def first_day(self) -> datetime.date | None:
        """The first day that somebody is there; None for all of the year."""
        return None if self.start is None else read_day(self.start)

    def parts(self, periods: YearPeriods, count: int, start: datetime.date | None) -> Floats:
        """The part of each payment (count,) that somebody is there for, 1 for all of it.

        Raises:
            Refused: the year has no first day, or it is not said from which day on a month does not count.
        """
        last = None if self.end is None else read_day(self.end)
        served = np.array([periods.days_within(t, start, last) for t in range(count)], dtype=np.float64)
        by_days = served / np.array([periods.days_of(t) for t in range(count)])
        if self.by == "days_of_period":
            return np.asarray(by_days, dtype=np.float64)
        months = self._month_parts(periods, count, start, last) if self.by.startswith("months") else by_days
        if self.by == "months_of_period":
            return months
        return _spread_over_year(periods, months, served if self.by == "days_of_year" else None)

    def _month_parts(
        self, periods: YearPeriods, count: int, start: datetime.date | None, last: datetime.date | None
    ) -> Floats:
        """The share of each payment's months that count."""
        if periods.paid not in MONTHS:
            raise Refused(f"proration.by must count days where payments are by the {periods.paid} (got {self.by!r})")
        found = []
        for t in range(count):
            months = [add_months(periods.first_day(t), m) for m in range(MONTHS[periods.paid])]
            found.append(sum(self._month_counts(month, start, last) for month in months) / len(months))
        return np.array(found)

    def _month_counts(self, first: datetime.date, start: datetime.date | None, last: datetime.date | None) -> bool:
        after = add_months(first, 1)
        if (start is not None and start >= after) or (last is not None and last < first):
            return False
        begun = start is not None and first < start
        ended = last is not None and last < after - datetime.timedelta(days=1)
        if (begun or ended) and self.month_counts_until is None:
            raise Refused(
                "proration.month_counts_until must be given where somebody starts or ends within a month "
                f"(got a month from {first.isoformat()} that is not whole)"
            )
        until = self.month_counts_until or 1
        if begun and start is not None and (start - first).days + 1 > until:
            return False
        return not (ended and last is not None and (last - first).days + 1 < until)


def _spread_over_year(periods: YearPeriods, parts: Floats, days: Floats | None) -> Floats:
    """Parts whose shares of the plan's year add up to the part of the year, over payments by what each would be."""
    count = len(parts)
    shares, found = periods.share_of(count), np.zeros(count)
    for low in range(0, count, periods.in_year):
        here = slice(low, min(low + periods.in_year, count))
        places = range(low, low + periods.in_year)
        year_days = (periods.first_day(low + periods.in_year) - periods.first_day(low)).days
        part = parts[here].sum() / len(places) if days is None else days[here].sum() / year_days
        weight = (shares[here] * parts[here]).sum()
        found[here] = parts[here] * (part * shares[here].sum() / weight if weight else 0.0)
    return found
