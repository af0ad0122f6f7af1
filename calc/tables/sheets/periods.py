"""Dates and periods as files write them: days in three orders, months, quarters, years, weeks, fiscal quarters.

A date of three numbers is year-first where it begins with four digits; else the day or the month comes first, and a
column that has a number above 12 in one of the two places says which. Where no cell does, whoever gave the file is
asked.

A fiscal quarter (`FY26-Q3`) keeps its own name: on which day a company's year begins is not in the file.
"""

import datetime
import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from calc.tables.sheets.raw_table import RawCell

DateOrder = Literal["day", "month"]
PeriodKind = Literal["day", "week", "month", "quarter", "half-year", "year", "fiscal", "named"]

_MONTHS = {
    1: "jan january januar janeiro janvier enero gennaio januari jän jänner ene gen янв январь styczeń",
    2: "feb february februar fevereiro février fevrier febrero febbraio februari fev fév févr fevr фев февраль luty",
    3: "mar march märz maerz mär marz março marco mars marzo maart mrz mrt мар март marzec",
    4: "apr april abril avril aprile abr avr апр апрель kwiecień",
    5: "may mai maio mayo maggio mei maj mag май maja",
    6: "jun june juni junho juin junio giugno giu июн июнь czerwiec",
    7: "jul july juli julho juillet julio luglio juil lug июл июль lipiec",
    8: "aug august agosto août aout augustus augusti ago авг август sierpień",
    9: "sep sept september setembro septembre septiembre settembre set сен сентябрь wrzesień",
    10: "oct october oktober outubro octobre octubre ottobre okt out ott окт октябрь październik",
    11: "nov november novembro novembre noviembre ноя ноябрь listopad",
    12: "dec december dezember dezembro décembre decembre diciembre dicembre dez des déc dic дек декабрь grudzień",
}
MONTH_NUMBERS = {name: number for number, names in _MONTHS.items() for name in names.split()}
"""The number of a month by its name, in the languages of sales files."""
_ISO = re.compile(r"(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})(?:[T ]\d{1,2}:\d{2}.*)?")
_DAYS = re.compile(r"(\d{1,2})[-/. ](\d{1,2})[-/. ](\d{4}|\d{2})(?:[T ]\d{1,2}:\d{2}.*)?")
_NAMED_DAY = re.compile(r"(\d{1,2})[-/. ]+([^\W\d_]+)[-/. ,]+(\d{4}|\d{2})|([^\W\d_]+)[-/. ]+(\d{1,2})[-/. ,]+(\d{4})")
_MONTH = re.compile(r"([^\W\d_]+)\.?[-/ ]*'?(\d{4}|\d{2})|(\d{4})[-/. ]*([^\W\d_]+)")
_MONTH_NUMBER = re.compile(r"(\d{4})[-/.]?(0[1-9]|1[0-2])|(0?[1-9]|1[0-2])[-/.](\d{4})|(\d{4})[-/. ]?m(\d{1,2})")
_QUARTER = re.compile(
    r"(\d{4}|\d{2})[-/. ]*[qt]([1-4])|[qt]([1-4])[-/. ]*'?(\d{4}|\d{2})|([1-4])[qt][-/. ]*(\d{4}|\d{2})"
)
_HALF = re.compile(r"(\d{4})[-/. ]*h([12])|h([12])[-/. ]*(\d{4})")
_WEEK = re.compile(r"(\d{4})[-/. ]*(?:w|kw|wk|week ?)(\d{1,2})|(?:w|kw|wk|week ?)(\d{1,2})[-/. ]+(\d{4})")
_FISCAL = re.compile(r"fy ?'?(\d{4}|\d{2})(?:[-/. ]*([qhpm]\d{1,2}))?|([qhp]\d{1,2})[-/. ]*fy ?'?(\d{4}|\d{2})")
EARLIEST, LATEST = 1950, 2100


class NoDate(ValueError):
    """A cell is no date or period; the text says why, to stand after "got"."""


@dataclass(frozen=True, order=True)
class Period:
    """A stretch of time in a file.

    Args:
        label: how it is written here: `2026-07-01`, `2026-07`, `2026-Q3`, `FY26-Q3`; equal for the same stretch.
        kind: how long it is.
    """

    label: str
    kind: PeriodKind


def date_order(cells: Iterable[RawCell]) -> tuple[set[DateOrder], int]:
    """The orders of day and month that the dates of a column allow, and how many dates can be read both ways.

    >>> date_order(["01-02-2025", "15-11-2025"]), date_order(["01/02/2025"])[1]
    (({'day'}, 1), 1)
    """
    orders: set[DateOrder] = {"day", "month"}
    doubts = 0
    for cell in cells:
        found = _DAYS.fullmatch(cell.strip()) if isinstance(cell, str) else None
        if found is None:
            continue
        first, second = int(found[1]), int(found[2])
        if first > 12:
            orders.discard("month")
        elif second > 12:
            orders.discard("day")
        elif first != second:
            doubts += 1
    return orders, doubts


def read_date(cell: RawCell, order: DateOrder | None) -> datetime.date | None:
    """A cell as a date, None where it is empty.

    Args:
        cell: the cell.
        order: which of day and month comes first where both are numbers; None where it may not matter.

    Raises:
        NoDate: it is no date, or its order is not known.

    >>> read_date("30/08/2026", "day").isoformat(), read_date("9/30/2026", None).isoformat()
    ('2026-08-30', '2026-09-30')
    """
    if isinstance(cell, datetime.date):
        return cell
    if isinstance(cell, float):
        raise NoDate(f"{cell:g}")
    text = cell.strip()
    if not text or text in ("-", "—"):
        return None
    if found := _ISO.fullmatch(text):
        return _date(int(found[1]), int(found[2]), int(found[3]), text)
    if found := _DAYS.fullmatch(text):
        first, second, year = int(found[1]), int(found[2]), _year(found[3])
        if first > 12 or (order == "day" and second <= 12):
            return _date(year, second, first, text)
        if second > 12 or order == "month" or first == second:
            return _date(year, first, second, text)
        raise NoDate(f"{text!r}, whose day and month can be read in two ways")
    if found := _NAMED_DAY.fullmatch(text.casefold()):
        day, name, year_text = (found[1], found[2], found[3]) if found[1] else (found[5], found[4], found[6])
        if (month := MONTH_NUMBERS.get(name)) is not None:
            return _date(_year(year_text), month, int(day), text)
    raise NoDate(repr(text[:40]))


def read_period(cell: RawCell, order: DateOrder | None = None) -> Period | None:
    """A cell as a period, None where it is empty.

    Raises:
        NoDate: it is none.

    >>> read_period("2024 Q1").label, read_period("jan-26").label, read_period("FY26-Q3").label
    ('2024-Q1', '2026-01', 'FY26-Q3')
    """
    if isinstance(cell, float) and cell.is_integer() and EARLIEST <= cell <= LATEST:
        return Period(f"{cell:.0f}", "year")
    if isinstance(cell, str):
        text = " ".join(cell.split()).casefold()
        if not text or text in ("-", "—"):
            return None
        if (found := _written_period(text)) is not None:
            return found
    day = read_date(cell, order)
    return None if day is None else Period(day.isoformat(), "day")


def _written_period(text: str) -> Period | None:
    """A text that names a period longer than a day."""
    if found := _FISCAL.fullmatch(text):
        year, part = (found[1], found[2]) if found[1] else (found[4], found[3])
        return Period(f"FY{year[-2:]}" + (f"-{part.upper()}" if part else ""), "fiscal")
    if found := _QUARTER.fullmatch(text):
        year, quarter = next((a, b) for a, b in ((found[1], found[2]), (found[4], found[3]), (found[6], found[5])) if a)
        return Period(f"{_year(year)}-Q{quarter}", "quarter")
    if found := _HALF.fullmatch(text):
        return Period(f"{found[1] or found[4]}-H{found[2] or found[3]}", "half-year")
    if found := _WEEK.fullmatch(text):
        return Period(f"{found[1] or found[4]}-W{int(found[2] or found[3]):02d}", "week")
    if found := _MONTH_NUMBER.fullmatch(text):
        year, month = next((a, b) for a, b in ((found[1], found[2]), (found[4], found[3]), (found[5], found[6])) if a)
        return Period(f"{year}-{int(month):02d}", "month") if EARLIEST <= int(year) <= LATEST else None
    if found := _MONTH.fullmatch(text):
        name, year = (found[1], found[2]) if found[1] else (found[4], found[3])
        number = MONTH_NUMBERS.get(name)
        return None if number is None else Period(f"{_year(year)}-{number:02d}", "month")
    if re.fullmatch(r"\d{4}", text) and EARLIEST <= int(text) <= LATEST:
        return Period(text, "year")
    if text in MONTH_NUMBERS:
        return Period(f"month {MONTH_NUMBERS[text]:02d}", "named")
    return Period(text.upper(), "named") if re.fullmatch(r"q[1-4]|h[12]|w\d{1,2}|m\d{1,2}", text) else None


def period_of(day: datetime.date, kind: PeriodKind) -> Period:
    """The period of a kind in which a day lies.

    >>> period_of(datetime.date(2026, 8, 30), "quarter").label, period_of(datetime.date(2026, 8, 30), "week").label
    ('2026-Q3', '2026-W35')
    """
    labels = {
        "month": f"{day.year}-{day.month:02d}",
        "quarter": f"{day.year}-Q{(day.month + 2) // 3}",
        "half-year": f"{day.year}-H{(day.month + 5) // 6}",
        "year": f"{day.year}",
    }
    if kind == "week":
        year, week, _ = day.isocalendar()
        return Period(f"{year}-W{week:02d}", "week")
    return Period(labels[kind], kind) if kind in labels else Period(day.isoformat(), "day")


def _year(text: str) -> int:
    """A year of four digits, or of this century where two are written."""
    return int(text) if len(text) == 4 else 2000 + int(text)


def _date(year: int, month: int, day: int, text: str) -> datetime.date:
    try:
        found = datetime.date(year, month, day)
    except ValueError:
        raise NoDate(f"{text[:40]!r}, which no calendar has") from None
    if not EARLIEST <= year <= LATEST:
        raise NoDate(f"{text[:40]!r}, which is far from today")
    return found


def days_of_label(label: str) -> tuple[datetime.date, datetime.date] | None:
    """The first and the last day of a period by its label; None where the label alone does not say.

    >>> days_of_label("2026-Q1"), days_of_label("FY26-Q1")
    ((datetime.date(2026, 1, 1), datetime.date(2026, 3, 31)), None)
    """
    if day := re.fullmatch(r"(\d{4})-(\d{2})-(\d{2})", label):
        only = datetime.date(*map(int, day.groups()))
        return only, only
    told = re.fullmatch(r"(\d{4})(?:-(?:(\d{2})|([QH])([1-4])))?", label)
    if told is None:
        return None
    year, month, kind, part = told.groups()
    months = 1 if month else {"Q": 3, "H": 6, None: 12}[kind]
    first = int(month) if month else 1 + months * (int(part or 1) - 1)
    after = first + months
    end = datetime.date(int(year) + (after > 12), after - 12 * (after > 12), 1) - datetime.timedelta(days=1)
    return datetime.date(int(year), first, 1), end
