"""Workbooks as rows of cells: the sheet that holds people, merged cells, percentages, formulas.

A cell that is merged over several rows holds for all of them where it is text, as a team's name does; a number that is
merged cannot be shared out and stays with its first row. A formula is read as what a program worked out of it; one that
no program has worked out yet stays as it is written, and is refused where a number belongs.

Not modelled: the older .xls and .xlsb, and .ods.
"""

import datetime
import io
import zipfile
from typing import Any

from calc.plan.errors import Refused, quote_value
from calc.tables.sheets.raw_table import RawCell, RawTable, Row

MAX_UNPACKED = 1 << 29
"""The largest workbook read [bytes, unpacked]."""
MAX_WITH_MERGES = 40_000_000
"""The largest workbook [bytes, unpacked] of which merged cells are read; larger ones are read row by row."""


def read_workbook(content: bytes, name: str) -> tuple[RawTable, ...]:
    """The visible sheets of a workbook that hold anything, each called by its title.

    Raises:
        Refused: it is no xlsx file, or too large.
    """
    import openpyxl  # only a workbook needs it

    try:
        with zipfile.ZipFile(io.BytesIO(content)) as packed:
            size = sum(part.file_size for part in packed.infolist())
        if size > MAX_UNPACKED:
            raise Refused(f"{name} must be at most {MAX_UNPACKED:,} bytes when it is unpacked (got {size:,})")
        quick = size > MAX_WITH_MERGES
        values, written = (
            openpyxl.load_workbook(io.BytesIO(content), read_only=quick, data_only=only) for only in (True, False)
        )
        sheets = [
            _sheet(sheet, written[sheet.title], None if quick else sheet.merged_cells.ranges)
            for sheet in values.worksheets
            if sheet.sheet_state == "visible"
        ]
    except (zipfile.BadZipFile, KeyError, TypeError, IndexError, AttributeError, ValueError, EOFError) as error:
        if isinstance(error, Refused):
            raise
        raise Refused(f"{name} must be an xlsx file that can be read (got: {str(error)[:200]})") from None
    return tuple(sheet for sheet in sheets if sheet.rows)


def _sheet(values: Any, written: Any, merges: Any) -> RawTable:
    """One sheet, from what programs worked out and from what was written."""
    grid = [
        [_cell(value, formula) for value, formula in zip(row, formulas, strict=False)]
        for row, formulas in zip(values.iter_rows(), written.iter_rows(), strict=False)
    ]
    groups = _fill_merged(grid, merges or ())
    kept = [n for n, row in enumerate(grid) if any(cell != "" for cell in row)]
    place = {n: i for i, n in enumerate(kept)}
    found = tuple((place[row], low, high, text) for row, low, high, text in groups if row in place)
    rows: tuple[Row, ...] = tuple(tuple(grid[n]) for n in kept)
    return RawTable(str(values.title), rows, tuple(n + 1 for n in kept), found)


def _cell(cell: Any, written: Any) -> RawCell:
    value = cell.value
    if value is None:
        formula = written.value
        return "" if formula is None else quote_value(formula)[1:-1] if not isinstance(formula, str) else formula
    if isinstance(value, bool | str):
        return str(value)
    if isinstance(value, datetime.datetime):
        return value.date()
    if isinstance(value, datetime.date):
        return value
    if isinstance(value, int | float):
        return f"{round(100 * value, 12):.15g}%" if "%" in str(cell.number_format) else float(value)
    return str(value)


def _fill_merged(grid: list[list[RawCell]], merges: Any) -> list[tuple[int, int, int, str]]:
    """Give text that is merged over rows to each of them; what is merged over columns, as (row, low, high, text)."""
    groups: list[tuple[int, int, int, str]] = []
    for merge in merges:
        top, left = merge.min_row - 1, merge.min_col - 1
        if top >= len(grid) or left >= len(grid[top]):
            continue
        first = grid[top][left]
        if not isinstance(first, str) or not first:
            continue
        if merge.max_col > merge.min_col:
            groups.append((top, left, merge.max_col, first))
        for row in grid[top + 1 : merge.max_row] if merge.max_col == merge.min_col else ():
            row[left] = first
    return groups
