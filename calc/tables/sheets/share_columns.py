"""Percentages and multiples in columns of results, targets and money.

A result of 92 % may be a share of target, or a result that is told in per cent, such as a margin. The KPI's unit says
which of the two it is; else it is asked. Money is no percentage.
"""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from calc.piecewise.vectorized import Floats
from calc.tables.sheets.match import FileMatch
from calc.tables.sheets.number_columns import NumbersRead
from calc.tables.sheets.questions import Answer, Question
from calc.tables.sheets.sheet import Sheet

COLUMN_ANSWERS = (
    Answer("attainment", "it is a share of target"),
    Answer("percent", "it is told in per cent: 92 % is 92"),
    Answer("number", "it is a plain number: 92 % is 0.92"),
)


@dataclass(frozen=True)
class SettledColumns:
    """Numbers by heading, roles that have changed, rows that cannot be used or wait for an answer, and questions."""

    values: Mapping[str, Floats]
    roles: Mapping[str, str]
    bad: Mapping[int, str]
    open: frozenset[int]
    questions: tuple[Question, ...]


def settle_shares(sheet: Sheet, match: FileMatch, read: NumbersRead, in_percent: frozenset[str]) -> SettledColumns:
    """What percentages and multiples mean in columns that are no attainment.

    Args:
        sheet: the table.
        match: what its columns mean, with the answers that were given.
        read: its numbers, a percentage as its part of 1.
        in_percent: ids of measures that are told in per cent.
    """
    values, roles = {**read.values}, dict[str, str]()
    bad: dict[int, str] = {}
    waits: set[int] = set()
    questions: list[Question] = []
    for heading, signed in read.signed.items():
        kind, _, measure = match.columns[heading].partition(".")
        if kind == "attainment":
            continue
        if not measure and kind not in ("target", "result"):
            bad |= dict.fromkeys(signed, f'"{heading[:40]}" must be money (got a percentage or a multiple)')
            continue
        way = "percent" if measure in in_percent else match.answers.get(f"share.{heading}")
        rows = np.array(signed)
        if way == "percent":
            values[heading] = values[heading].copy()
            values[heading][rows] = np.round(values[heading][rows] * 100, 9)
        elif way == "attainment" and measure and kind == "result":
            roles[heading] = f"attainment.{measure}"
        elif way != "number":
            lines = tuple(sheet.lines[row] for row in signed)
            asks = f'What is a percentage or a multiple in "{heading[:40]}"?'
            ways = COLUMN_ANSWERS if measure and kind == "result" else COLUMN_ANSWERS[1:]
            questions.append(Question(f"share.{heading}", sheet.name, asks, ways, None, lines))
            waits |= {*signed}
    return SettledColumns(values, roles, bad, frozenset(waits), tuple(questions))
