"""A table with its headings: where they stand, which columns are dropped unread, which rows do not fit.

Titles above the headings are passed over, headings of two rows are joined, and a file without headings has its columns
numbered. Nothing here knows what a column means.
"""

import datetime
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from calc.plan.batch.named_columns import named_columns
from calc.plan.errors import Refused
from calc.tables.sheets.cells import NoNumber, read_cell
from calc.tables.sheets.heading_words import heading_meaning
from calc.tables.sheets.periods import NoDate, read_period
from calc.tables.sheets.raw_table import RawCell, RawTable, plain_text
from calc.tables.sheets.sensitive import is_sensitive

TITLE_ROWS = 30
"""Rows among which the headings are looked for."""
MAX_COLUMNS = 2000
"""Columns that a table has at the most."""


@dataclass(frozen=True)
class Sheet:
    """A table with its headings.

    Args:
        name: what a sentence calls it.
        headings: the headings of the columns, each once.
        columns: the cells of each column, equally long.
        lines: the line of each row in its file.
        dropped: headings of the columns that were dropped unread.
        has_headings: whether the file has headings; else columns are called `column 1`, `column 2`, ...
        overlong: lines whose rows have more fields than there are headings, with how many.
    """

    name: str
    headings: tuple[str, ...]
    columns: tuple[tuple[RawCell, ...], ...]
    lines: tuple[int, ...]
    dropped: tuple[str, ...] = ()
    has_headings: bool = True
    overlong: tuple[tuple[int, int], ...] = ()

    def column(self, heading: str) -> tuple[RawCell, ...]:
        """The cells below a heading."""
        return self.columns[self.headings.index(heading)]

    def __len__(self) -> int:
        return len(self.lines)


def sheet_of_rows(raw: RawTable) -> Sheet:
    """A table with its headings found.

    Raises:
        Refused: it holds nothing, or far too many columns.
    """
    if not raw.rows:
        raise Refused(f"{raw.name} must hold rows of people (got an empty file)")
    if raw.width > MAX_COLUMNS:
        raise Refused(f"{raw.name} must have at most {MAX_COLUMNS:,} columns (got {raw.width:,})")
    place = _heading_row(raw)
    start = 0 if place is None else place + 1
    given = [] if place is None else [plain_text(cell) for cell in raw.rows[place]]
    while given and not given[-1]:
        given.pop()
    width = len(given) or raw.width
    above = {n: text for row, low, high, text in raw.groups if row + 1 == place for n in range(low, high)}
    joined = [f"{above[n]} {text}".strip() if n in above and above[n] != text else text for n, text in enumerate(given)]
    headings = _distinct(joined) if joined else [f"column {n}" for n in range(1, width + 1)]
    body, lines = raw.rows[start:], raw.lines[start:]
    overlong = [(line, len(row)) for line, row in zip(lines, body, strict=True) if any(c != "" for c in row[width:])]
    columns = [tuple(row[n] if n < len(row) else "" for row in body) for n in range(width)]
    return _kept(Sheet(raw.name, tuple(headings), tuple(columns), lines, (), place is not None, tuple(overlong)))


def sheet_of_columns(name: str, columns: Mapping[str, Sequence[Any]]) -> Sheet:
    """A table from named columns of values: what a DataFrame or a Parquet file holds; line 2 is the first row."""
    cells = [tuple(map(_cell, column)) for column in columns.values()]
    rows = len(cells[0]) if cells else 0
    return _kept(Sheet(name, tuple(columns), tuple(cells), tuple(range(2, rows + 2))))


def sheet_of_frame(frame: Any, name: str = "the table") -> Sheet:
    """A table from a pandas or polars DataFrame, a pyarrow Table, or a mapping of columns.

    Raises:
        Refused: it is none of them, or a name stands twice.
    """
    found = named_columns(frame)
    if found is None:
        raise Refused(f"{name} must be a file, a DataFrame or a table (got {type(frame).__name__})")
    if doubled := [column for column, count in Counter(found.names).items() if count > 1]:
        raise Refused(f"{name} must name every column once (got {doubled[0][:40]!r} twice)")
    return sheet_of_columns(name, {column: list(found.column(column)) for column in found.names})


def _cell(value: Any) -> RawCell:
    """A value of a typed table as a cell."""
    if value is None or value != value or str(value) in ("<NA>", "NaT"):
        return ""
    if isinstance(value, str):
        return value
    if isinstance(value, datetime.datetime):
        return value.date()
    if isinstance(value, datetime.date):
        return value
    if hasattr(value, "astype") and "datetime64" in type(value).__name__:
        return datetime.date.fromisoformat(str(value)[:10])
    if isinstance(value, bool) or type(value).__name__ in ("bool", "bool_"):
        return str(value)
    try:
        return float(value)
    except (TypeError, ValueError):
        return str(value)


def _kept(sheet: Sheet) -> Sheet:
    """A sheet without the columns that must not be read."""
    gone = {n for n, heading in enumerate(sheet.headings) if is_sensitive(heading, sheet.columns[n])}
    empty = {n for n, heading in enumerate(sheet.headings) if not heading and not any(sheet.columns[n])}
    kept = [n for n in range(len(sheet.headings)) if n not in gone and n not in empty]
    return Sheet(
        sheet.name,
        tuple(sheet.headings[n] for n in kept),
        tuple(sheet.columns[n] for n in kept),
        sheet.lines,
        tuple(sheet.headings[n] for n in sorted(gone)),
        sheet.has_headings,
        sheet.overlong,
    )


def _heading_row(raw: RawTable) -> int | None:
    """The place of the row of headings among the first rows, None where no row is one."""
    first = raw.rows[:TITLE_ROWS]
    filled = [sum(cell != "" for cell in row) for row in first]
    usual = Counter(n for n in filled if n > 1).most_common(1)
    least = max(2, (usual[0][0] + 1) // 2) if usual else 2
    for place, row in enumerate(first):
        if filled[place] < least:
            continue
        return place if _names_columns(row) else None
    return 0 if _names_columns(first[0]) else None


def _names_columns(row: Sequence[RawCell]) -> bool:
    """Whether a row names columns: at least two are known headings, or nothing in it is a number or a date."""
    texts = [plain_text(cell) for cell in row if cell != ""]
    known = sum(heading_meaning(text) is not None for text in texts)
    return known >= 2 or not any(_holds_value(cell) for cell in row if cell != "")


def _holds_value(cell: RawCell) -> bool:
    """Whether a cell is a number or a date, as headings are not."""
    if not isinstance(cell, str):
        return True
    try:
        written = read_cell(cell)
        return written is not None and bool(written.readings)
    except NoNumber:
        pass
    try:
        found = read_period(cell, "day")
    except NoDate:
        return False
    return found is not None and found.kind == "day"


def _distinct(headings: Sequence[str]) -> list[str]:
    """Headings made to differ: one that stands again is numbered, one that is missing is called by its place."""
    found: list[str] = []
    for n, heading in enumerate(headings, 1):
        name = heading or f"column {n}"
        while name in found:
            name = f"{name} (column {n})"
        found.append(name)
    return found


def text_name(source: Path | str) -> str:
    """What a sentence calls a file: its name, without the folders that may name a person."""
    return Path(source).name
