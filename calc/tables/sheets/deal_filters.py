"""Which deals count: conditions on their attributes, as a map file has them.

`where."Margin" = ">= 60"` counts deals whose margin is 60 or more, `where."Margin" = ">= Minimum"` those whose margin
is at least what stands in another column of the same row, `where."Type" = "= New Business"` those of one kind. All
conditions of a file must hold.
"""

import operator
from collections.abc import Callable, Mapping

from calc.plan.deals import CONDITION
from calc.plan.errors import Refused, nearest_name
from calc.tables.sheets.cells import NoNumber, read_cell
from calc.tables.sheets.heading_words import bare_word
from calc.tables.sheets.number_columns import MARKS
from calc.tables.sheets.raw_table import RawCell, plain_text
from calc.tables.sheets.sheet import Sheet

PREFIX = "where."
"""How the key of a condition begins, before the heading of its column."""
_COMPARISONS: dict[str, Callable[[float, float], bool]] = {
    ">=": operator.ge,
    "<=": operator.le,
    ">": operator.gt,
    "<": operator.lt,
}


def deals_that_count(sheet: Sheet, answers: Mapping[str, str]) -> tuple[set[int], dict[int, str]]:
    """The rows that meet every condition; and by row why one cannot be judged.

    Args:
        sheet: the deals.
        answers: the answers of the map; those whose key begins with `where.` are conditions.

    Raises:
        Refused: a condition names no column, or is none.
    """
    rows, bad = {*range(len(sheet))}, dict[int, str]()
    for key, word in answers.items():
        if key.startswith(PREFIX):
            met, faults = deals_that_meet(sheet, key.removeprefix(PREFIX), word, answers)
            rows &= met
            bad |= faults
    return rows, bad


def deals_that_meet(sheet: Sheet, named: str, word: str, answers: Mapping[str, str]) -> tuple[set[int], dict[int, str]]:
    """The rows that meet one condition on a column; and by row why one cannot be judged, which counts as met.

    Raises:
        Refused: the condition names no column, or is none.
    """
    mark = MARKS.get(answers.get("decimal", ""))
    heading = next((one for one in sheet.headings if bare_word(one) == bare_word(named)), named)
    heading = named if named in sheet.headings else heading
    found = CONDITION.fullmatch(word)
    if found is None:
        raise Refused(f'{PREFIX}{heading[:40]} must be a condition, as in ">= 60" (got {word[:40]!r})')
    if heading not in sheet.headings:
        near = nearest_name(heading, sheet.headings)
        raise Refused(f"{PREFIX}{heading[:40]} must name a column (got none of that name): {near}")
    sign, other = found[1], found[2]
    cells, against = sheet.column(heading), sheet.column(other) if other in sheet.headings else None
    if sign in ("=", "!="):
        same = {n for n, cell in enumerate(cells) if _same_text(cell, other if against is None else against[n])}
        return (same, {}) if sign == "=" else ({*range(len(sheet))} - same, {})
    met, bad = set[int](), dict[int, str]()
    for row, cell in enumerate(cells):
        one, mark_of = _number(cell, mark), _number(other if against is None else against[row], mark)
        if one is None or mark_of is None:
            bad[row] = f'"{heading[:40]}" must be a number that can be compared (got {plain_text(cell)[:40]!r})'
        elif _COMPARISONS[sign](one, mark_of):
            met.add(row)
    return met | bad.keys(), bad


def _same_text(cell: RawCell, other: RawCell) -> bool:
    return plain_text(cell).casefold() == plain_text(other).casefold()


def _number(cell: RawCell, mark: str | None) -> float | None:
    """A cell as a number, a percentage in points; None where it is none, or can be read in two ways."""
    try:
        written = read_cell(cell)
    except NoNumber:
        return None
    if written is None:
        return None
    readings = {value for key, value in written.readings.items() if mark is None or key == mark}
    if len(readings) != 1:
        return None
    return round(readings.pop() * (100 if written.kind == "percent" else 1), 9)
