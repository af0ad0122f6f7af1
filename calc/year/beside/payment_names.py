"""What payments are called: by their first day in files, and by month or number in sentences."""

from calc.year.year_periods import MONTHS, YearPeriods

MONTH_NAMES = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)


def payment_labels(periods: YearPeriods, first: int, count: int) -> tuple[str, ...]:
    """What payments are called in files, from a first one on: by first day where the year has one, else by number."""
    if periods.begins is None:
        return tuple(str(t + 1) for t in range(count))
    return tuple(periods.first_day(first + t).isoformat() for t in range(count))


def payment_name(periods: YearPeriods, place: int) -> str:
    """What a payment is called in a sentence.

    >>> import datetime
    >>> payment_name(YearPeriods("month", 12, 12, 12, (1 / 12,) * 12, datetime.date(2026, 4, 1)), 1)
    'May'
    >>> payment_name(YearPeriods("quarter", 4, 4, 4, (0.25,) * 4), 1)
    'quarter 2'
    """
    if periods.begins is not None and MONTHS.get(periods.paid) == 1 and place < periods.in_year:
        return MONTH_NAMES[periods.first_day(place).month - 1]
    return f"{periods.paid} {place + 1}"
