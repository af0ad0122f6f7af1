"""The period of each row of a table: from a column of periods, from a first day, or from the day of a deal.

A year and a month that stand in two columns are one period. Days of deals are put together by the month, the quarter,
or whatever the targets or the plan are for.
"""

import datetime
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from calc.tables.sheets.match import FileMatch
from calc.tables.sheets.periods import (
    DateOrder,
    NoDate,
    Period,
    PeriodKind,
    date_order,
    period_of,
    read_date,
    read_period,
)
from calc.tables.sheets.questions import Answer, Question
from calc.tables.sheets.raw_table import RawCell
from calc.tables.sheets.sheet import Sheet

KINDS_BY_MONTHS: dict[int, PeriodKind] = {1: "month", 3: "quarter", 6: "half-year", 12: "year"}
ORDERS = (Answer("day", "01/02 is the first of February"), Answer("month", "01/02 is the second of January"))


@dataclass(frozen=True)
class RowPeriods:
    """By row its period, None where a file has none; why a cell is none; rows that wait for an answer; questions."""

    periods: Mapping[int, Period | None]
    bad: Mapping[int, str]
    open: frozenset[int]
    questions: tuple[Question, ...]


def read_row_periods(sheet: Sheet, match: FileMatch, kind: PeriodKind | None, rows: Sequence[int]) -> RowPeriods:
    """The periods of some rows.

    Args:
        sheet: the table.
        match: what its columns mean.
        kind: the periods in which days of deals are put together; None where all of a file is one.
        rows: the rows.
    """
    used = _used(sheet, match)
    order, question = _order(sheet, match, used)
    found: dict[int, Period | None] = dict.fromkeys(rows)
    bad: dict[int, str] = {}
    waits: set[int] = set()
    for row in rows:
        try:
            parts = [_one(sheet.column(h)[row], order, kind, match.columns[h]) for h in used]
        except NoDate as error:
            if question is not None and "two ways" in str(error):
                waits.add(row)
            else:
                bad[row] = f"must have a date or a period that can be read (got {error})"
            continue
        if any(part is None for part in parts):
            bad[row] = "has no date or period"
        found[row] = _together([part for part in parts if part is not None])
    if used and match.columns[used[0]] == "start":
        found = whole_periods(found)
    return RowPeriods(found, bad, frozenset(waits), () if question is None else (question,))


def whole_periods(found: Mapping[int, Period | None]) -> dict[int, Period | None]:
    """First days as the periods that they begin, where their distances say how long these are; else as they stand.

    >>> days = {0: Period("2026-01-01", "day"), 1: Period("2026-02-01", "day"), 2: Period("2026-04-01", "day")}
    >>> [period.label for period in whole_periods(days).values()]
    ['2026-01', '2026-02', '2026-04']
    """
    days = sorted({datetime.date.fromisoformat(p.label) for p in found.values() if p is not None and p.kind == "day"})
    months = [12 * day.year + day.month for day in days]
    gaps = [after - before for before, after in pairwise(months)]
    kind = KINDS_BY_MONTHS.get(min(gaps, default=0))
    if kind is None or any(day.day != 1 for day in days) or any((m - 1) % min(gaps) for m in months):
        return {**found}
    return {
        row: period_of(datetime.date.fromisoformat(p.label), kind) if p is not None and p.kind == "day" else p
        for row, p in found.items()
    }


def _used(sheet: Sheet, match: FileMatch) -> list[str]:
    """The headings of the columns that part rows by time: the day of a deal, else periods, else first days."""
    roles = ("date", "period", "start") if match.shape == "deals" else ("period", "start", "date")
    named = {role: [h for h in match.headings(role) if h in sheet.headings] for role in roles}
    role = next((role for role in roles if named[role]), None)
    if role is None:
        return []
    return named[role] if role == "period" else named[role][:1]


def _one(cell: RawCell, order: DateOrder | None, kind: PeriodKind | None, role: str) -> Period | None:
    if role != "date":
        return read_period(cell, order)
    day = read_date(cell, order)
    return None if day is None else Period("", "named") if kind is None else period_of(day, kind)


def _together(parts: list[Period]) -> Period | None:
    """Several periods of one row, such as a year and a month, as one."""
    if len(parts) < 2:
        return parts[0] if parts and parts[0].label else None
    parts = sorted(parts, key=lambda part: part.kind != "year")
    year, rest = parts[0], parts[1]
    if len(parts) == 2 and (year.kind, rest.kind) == ("year", "named"):
        kind: PeriodKind = (
            "month" if rest.label.startswith("month ") else "quarter" if rest.label[0] == "Q" else "named"
        )
        return Period(f"{year.label}-{rest.label.removeprefix('month ')}", kind)
    return Period(" ".join(dict.fromkeys(part.label for part in parts)), parts[-1].kind)


def _order(sheet: Sheet, match: FileMatch, used: list[str]) -> tuple[DateOrder | None, Question | None]:
    """Which of day and month comes first; asked where no date of the file says it, or where they say both."""
    answer = match.answers.get("date_order")
    if answer == "day" or answer == "month":
        return "day" if answer == "day" else "month", None
    orders: set[DateOrder] = {"day", "month"}
    doubts = 0
    for heading in sheet.headings:
        allowed, open_ones = date_order(sheet.column(heading))
        orders &= allowed
        doubts += open_ones if heading in used else 0
    if len(orders) == 1 or not doubts:
        return next(iter(orders), None) if len(orders) == 1 else None, None
    asks = f'Which comes first in the dates of "{used[0][:40]}", the day or the month?'
    return None, Question("date_order", sheet.name, asks, ORDERS)
