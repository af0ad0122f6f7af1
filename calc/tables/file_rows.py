"""The rows of one file as people, periods and numbers; with the rows that cannot be used, and why.

A total is no person, headings that stand again are no row, and a row that names nobody is told. Of deals only those
that are won are rows at all.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace

import numpy as np

from calc.piecewise.vectorized import Floats
from calc.tables.row_periods import read_row_periods
from calc.tables.sheets.deal_filters import deals_that_count
from calc.tables.sheets.match import FileMatch
from calc.tables.sheets.number_columns import bad_rows, read_number_columns
from calc.tables.sheets.periods import Period, PeriodKind
from calc.tables.sheets.questions import Answer, BadRow, Question
from calc.tables.sheets.raw_table import RawCell, plain_text
from calc.tables.sheets.share_columns import settle_shares
from calc.tables.sheets.sheet import Sheet
from calc.tables.sheets.total_rows import is_total

WON = re.compile(
    r"(?i)\b(closed ?-? ?won|closedwon|won|gewonnen|ganh[oa]|ganad[oa]|gagnée?|vint[oa]|vunnet|vunnen|wygran[ae])\b"
)
"""How a stage is called in which a deal is won."""
_LOST = re.compile(r"(?i)\b(lost|not won|perdid[oa]|perdue?|verloren|tapt)\b")
_SUMMARIES = {"average", "avg", "mean", "median", "durchschnitt", "mittelwert", "média", "media", "promedio", "moyenne"}
NUMBER_ROLES = ("amount", "incentive", "base", "paid", "target", "result")
"""Roles of columns of numbers, beside those of one measure."""
TOTALS = (Answer("leave out", "they are totals"), Answer("keep", "they are people"))


@dataclass(frozen=True)
class Who:
    """Whom a row names, each part "" where the file has none."""

    id: str
    name: str
    email: str


@dataclass(frozen=True)
class FileRows:
    """The rows of one file.

    Args:
        sheet: the table, with the match that it was read by.
        match: what its columns mean.
        rows: the places of the rows that can be used.
        who: by row, whom it names.
        periods: by row, the period; None where it names none.
        numbers: by heading, its numbers (n,); not a number where there is none.
        bad: rows that cannot be used.
        left_out: rows that are no people: totals, and headings that stand again.
        questions: what must be answered.
        currencies: the currencies that it names.
    """

    sheet: Sheet
    match: FileMatch
    rows: tuple[int, ...]
    who: Mapping[int, Who]
    periods: Mapping[int, Period | None]
    numbers: Mapping[str, Floats]
    bad: tuple[BadRow, ...]
    left_out: tuple[BadRow, ...]
    questions: tuple[Question, ...]
    currencies: frozenset[str]


def read_file_rows(
    sheet: Sheet, match: FileMatch, kind: PeriodKind | None = None, in_percent: frozenset[str] = frozenset()
) -> FileRows:
    """The rows of a table by its match.

    Args:
        sheet: the table.
        match: what its columns mean.
        kind: the periods in which days of deals are put together; None where all of a file is one.
        in_percent: ids of measures that are told in per cent, so that 92 % is a result of 92.
    """
    bad: dict[int, str] = {
        row: f"has {count} fields under {len(sheet.headings)} headings" for row, count in _over(sheet)
    }
    left_out = _headings_again(sheet)
    totals = [] if match.answers.get("totals") == "keep" else _totals(sheet, match, left_out)
    questions = [] if "totals" in match.answers or not totals else [_ask_totals(sheet, totals)]
    left_out |= dict.fromkeys(totals, "a total, and no person")
    counted, stage_questions = _won(sheet, match)
    passing, unjudged = deals_that_count(sheet, match.answers)
    counted &= passing
    bad |= {row: reason for row, reason in unjudged.items() if row in counted and row not in left_out}
    questions += stage_questions
    looked_at = [row for row in range(len(sheet)) if row in counted and row not in left_out and row not in bad]
    who = _who(sheet, match, looked_at)
    for row, one in who.items():
        if not (one.id or one.name or one.email):
            bad[row] = "names nobody"
    looked_at = [row for row in looked_at if row not in bad]
    roles = {h: r for h, r in match.columns.items() if (r in NUMBER_ROLES or "." in r) and h in sheet.headings}
    read = read_number_columns(sheet, roles, match.answers, looked_at)
    settled = settle_shares(sheet, match, read, in_percent)
    timed = read_row_periods(sheet, match, kind, looked_at)
    for faults in (read.bad, settled.bad, timed.bad):
        for row, reason in faults.items():
            bad.setdefault(row, reason)
    if roles:
        empty = [r for r in looked_at if r not in bad and r not in read.open and _is_empty(read.values, r)]
        bad |= dict.fromkeys(empty, "has no number")
    waits = {*bad, *read.open, *settled.open, *timed.open}
    return FileRows(
        sheet,
        replace(match, columns={**match.columns, **settled.roles}),
        tuple(row for row in looked_at if row not in waits),
        who,
        timed.periods,
        settled.values,
        bad_rows(sheet, bad),
        bad_rows(sheet, left_out),
        (*questions, *read.questions, *settled.questions, *timed.questions),
        read.currencies | _currency_column(sheet, match, looked_at),
    )


def _over(sheet: Sheet) -> list[tuple[int, int]]:
    place = {line: row for row, line in enumerate(sheet.lines)}
    return [(place[line], count) for line, count in sheet.overlong]


def _is_empty(values: Mapping[str, Floats], row: int) -> bool:
    return all(np.isnan(column[row]) for column in values.values())


def _headings_again(sheet: Sheet) -> dict[int, str]:
    """Rows that are the headings once more, as exports of several pages have them."""
    if not sheet.has_headings:
        return {}
    named = list(zip(sheet.columns, sheet.headings, strict=True))
    again = [row for row in range(len(sheet)) if all(_same(column[row], heading) for column, heading in named)]
    return dict.fromkeys(again, "the headings again")


def _same(cell: RawCell, heading: str) -> bool:
    return isinstance(cell, str) and plain_text(cell) == heading


def _totals(sheet: Sheet, match: FileMatch, left_out: Mapping[int, str]) -> list[int]:
    """Rows that are called totals: by who they are of, or by any text where they name nobody."""
    names = [sheet.column(heading) for role in ("person", "id") for heading in match.headings(role)]
    texts = [column for column in sheet.columns if any(isinstance(cell, str) and cell for cell in column[-3:])]
    found = []
    for row in range(len(sheet)):
        if row in left_out:
            continue
        named = [text for column in names if (text := plain_text(column[row]))]
        called = named or [plain_text(column[row]) for column in texts]
        if any(is_total(text) or text.casefold() in _SUMMARIES for text in called):
            found.append(row)
    return found


def _ask_totals(sheet: Sheet, rows: list[int]) -> Question:
    lines = tuple(sheet.lines[row] for row in rows)
    asks = "Are these rows totals of the others? They are left out for now."
    return Question("totals", sheet.name, asks, TOTALS, "leave out", lines)


def _who(sheet: Sheet, match: FileMatch, rows: list[int]) -> dict[int, Who]:
    """By row, whom it names; of several columns of one kind, by the first that is filled."""
    columns = [[sheet.column(heading) for heading in match.headings(role)] for role in ("id", "person", "email")]

    def part(several: list[tuple[RawCell, ...]], row: int) -> str:
        return next((text for column in several if (text := plain_text(column[row]))), "")

    return {row: Who(*(part(several, row) for several in columns)) for row in rows}


def _won(sheet: Sheet, match: FileMatch) -> tuple[set[int], list[Question]]:
    """The rows that count: of deals with a stage those that are won, and that pass every filter; else all of them."""
    rows = {*range(len(sheet))}
    for heading in match.headings("stage") if match.shape == "deals" else ():
        stages = [plain_text(cell) for cell in sheet.column(heading)]
        distinct = list(dict.fromkeys(stage for stage in stages if stage))
        answer = match.answers.get("stage")
        told = {one.strip() for one in answer.split("|")} if answer else set()
        won = told or {one for one in distinct if WON.search(one) and not _LOST.search(one)}
        if not won & {*distinct}:
            ways = tuple(Answer(one, f'deals in "{one[:40]}" are won') for one in distinct[:12])
            return set(), [Question("stage", sheet.name, "In which stage is a deal won?", ways)]
        rows &= {row for row, stage in enumerate(stages) if stage in won}
    return rows, []


def _currency_column(sheet: Sheet, match: FileMatch, rows: list[int]) -> frozenset[str]:
    cells = (plain_text(sheet.column(heading)[row]).upper() for heading in match.headings("currency") for row in rows)
    return frozenset(cell for cell in cells if cell)
