"""The columns of numbers of a table, read together: what one cell leaves open, another may decide.

A number such as `12,000` can be read in two ways. It is read as the other numbers of the file are, where these prove
one decimal mark; else it is asked about. A share of target is written as `92 %`, `.92` or `92.00`; where a column
mixes the ways, or its heading says per cent and its cells do not, that is asked about too.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from calc.piecewise.vectorized import Floats
from calc.tables.sheets.cells import NoNumber, Written, read_cell
from calc.tables.sheets.number_marks import DecimalMark
from calc.tables.sheets.questions import Answer, BadRow, Question
from calc.tables.sheets.raw_table import RawCell
from calc.tables.sheets.sheet import Sheet

MARKS: dict[str, DecimalMark] = {"point": ".", "comma": ","}
"""The answers to which mark parts whole and fraction."""
MAX_MULTIPLE = 5.0
"""Attainment written without a sign: up to here a multiple of target, beyond it per cent."""
ANSWERS = (Answer("point", "12.5 is twelve and a half"), Answer("comma", "12,5 is twelve and a half"))
SHARE_ANSWERS = (Answer("percent", "92 is 92 % of target"), Answer("multiple", "1.05 is 105 % of target"))


@dataclass(frozen=True)
class NumbersRead:
    """Columns of numbers as they were read.

    Args:
        values: by heading, the numbers (n,); not a number where there is none, or where it cannot be used.
        bad: cells that are no numbers, by row.
        open: rows that wait for the answer to a question.
        questions: what must be answered.
        currencies: the currencies that cells name.
        signed: by heading, the rows whose cells are percentages or multiples.
    """

    values: Mapping[str, Floats]
    bad: Mapping[int, str]
    open: frozenset[int]
    questions: tuple[Question, ...]
    currencies: frozenset[str]
    signed: Mapping[str, tuple[int, ...]]


def read_number_columns(
    sheet: Sheet, roles: Mapping[str, str], answers: Mapping[str, str], rows: Sequence[int]
) -> NumbersRead:
    """Columns of numbers of a table.

    Args:
        sheet: the table.
        roles: the headings to read, each with the role of its column.
        answers: what was answered already, by the key of the question.
        rows: the rows to read.
    """
    written, bad = _written(sheet, roles, rows)
    marked = _DecimalMarks.of(written, answers)
    values: dict[str, Floats] = {}
    waits: set[int] = set()
    questions: list[Question] = []
    for heading, cells in written.items():
        found = np.full(len(sheet), np.nan)
        for row, one in cells.items():
            number = marked.read(row, one, bad, heading)
            found[row] = np.nan if number is None else number
        if roles[heading].startswith("attainment"):
            question = _as_shares(sheet, heading, found, cells, answers)
            questions += [] if question is None else [question]
            waits |= set() if question is None else _rows_of_lines(sheet, question.lines)
        values[heading] = found
    if marked.doubts:
        lines = tuple(sheet.lines[row] for row in sorted(marked.doubts))
        asks = f"Which mark parts whole and fraction, as in {marked.example!r}?"
        questions.append(Question("decimal", sheet.name, asks, ANSWERS, None, lines))
        waits |= marked.doubts
    signs = {heading: tuple(r for r, one in cells.items() if one.kind != "plain") for heading, cells in written.items()}
    signed = {heading: rows_of for heading, rows_of in signs.items() if rows_of}
    named = frozenset(one.currency for cells in written.values() for one in cells.values() if one.currency)
    return NumbersRead(values, bad, frozenset(waits), tuple(questions), named, signed)


def _rows_of_lines(sheet: Sheet, lines: Sequence[int]) -> set[int]:
    wanted = {*lines}
    return {row for row, line in enumerate(sheet.lines) if line in wanted}


def _written(
    sheet: Sheet, roles: Mapping[str, str], rows: Sequence[int]
) -> tuple[dict[str, dict[int, Written]], dict[int, str]]:
    """By heading and row the written numbers; and by row why a cell is none."""
    found: dict[str, dict[int, Written]] = {}
    bad: dict[int, str] = {}
    known: dict[RawCell, Written | str | None] = {}
    for heading in roles:
        cells, mine = sheet.column(heading), found.setdefault(heading, {})
        for row in rows:
            cell = cells[row]
            if cell not in known:
                known[cell] = _read(cell)
            one = known[cell]
            if isinstance(one, str):
                bad.setdefault(row, f'"{heading[:40]}" must be a number (got {one})')
            elif one is not None:
                mine[row] = one
    return found, bad


def _read(cell: RawCell) -> Written | str | None:
    """A cell as a written number, or why it is none."""
    try:
        one = read_cell(cell)
    except NoNumber as error:
        return str(error)
    return one if one is None or one.readings else repr(cell)[:60]


@dataclass
class _DecimalMarks:
    """The decimal mark of the numbers of a file: what was answered, or what the numbers prove."""

    mark: DecimalMark | None
    doubts: set[int]
    example: str = ""

    @classmethod
    def of(cls, written: Mapping[str, Mapping[int, Written]], answers: Mapping[str, str]) -> "_DecimalMarks":
        distinct = {id(one): one for cells in written.values() for one in cells.values()}
        proofs = {mark for one in distinct.values() if (mark := one.proves) is not None}
        proven = proofs.pop() if len(proofs) == 1 else None
        return cls(MARKS.get(answers.get("decimal", ""), proven), set())

    def read(self, row: int, one: Written, bad: dict[int, str], heading: str) -> float | None:
        """A written number; None where it waits for an answer."""
        readings = one.readings
        if len({*readings.values()}) == 1:
            return next(iter(readings.values()))
        if self.mark is not None:
            if self.mark in readings:
                return readings[self.mark]
            bad.setdefault(row, f'"{heading[:40]}" must be written with the other decimal mark (got {one.digits!r})')
            return None
        self.doubts.add(row)
        self.example = self.example or one.digits
        return None


def _as_shares(
    sheet: Sheet, heading: str, found: Floats, cells: Mapping[int, Written], answers: Mapping[str, str]
) -> Question | None:
    """Make shares of target of a column, in place; the question where it leaves open what its numbers are."""
    plain = np.array([row for row, one in cells.items() if one.kind == "plain"], dtype=np.intp)
    plain = plain[np.isfinite(found[plain])] if len(plain) else plain
    sizes = np.abs(found[plain])
    key = f"share.{heading}"
    answer = answers.get(key)
    says_percent = "%" in heading or "percent" in heading.casefold()
    large = sizes > MAX_MULTIPLE
    if answer is None and len(plain) and sizes.any():
        small = (sizes > 0) & ~large
        signed = len(cells) > len(plain)
        if small.any() and (large.any() or says_percent or signed):
            lines = tuple(sheet.lines[row] for row in plain[small])
            found[plain[small]] = np.nan
            found[plain[~small]] /= 100
            asks = f'Is {found_text(cells, plain[small])} in "{heading[:40]}" per cent, or a multiple of target?'
            return Question(key, sheet.name, asks, SHARE_ANSWERS, None, lines)
        answer = "percent" if large.any() else "multiple"
    if answer == "percent":
        found[plain] /= 100
    return None


def found_text(cells: Mapping[int, Written], rows: Any) -> str:
    """The first of some cells as it is written."""
    return cells[int(rows[0])].digits


def bad_rows(sheet: Sheet, bad: Mapping[int, str]) -> tuple[BadRow, ...]:
    """Faults by row, with the lines of the file."""
    return tuple(BadRow(sheet.name, sheet.lines[row], reason) for row, reason in sorted(bad.items()))
