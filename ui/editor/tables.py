"""Tables that are edited cell by cell: what was typed stays in its cell, and the plan follows each table that holds.

The table that a grid of cells starts from stays the same while it is edited; what was changed in it is read from the
browser's own account of its edits. Only where the plan has changed by other means does it start anew.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import streamlit as st

from calc.documents.planfile import Preset
from calc.piecewise.segments import neat_number
from calc.plan.errors import Refused
from ui.editor import fields
from ui.editor.fields import Revise

TableCells = list[list[float | None]]
MAX_ROWS_IN_SIGHT = 12
"""Rows that are shown at once."""


@dataclass(frozen=True)
class TableColumn:
    """What a column is called, and what a number in it is times of what the plan holds: 100 for a share."""

    label: str
    times: float = 1.0


def apply_edits(source: TableCells, edits: Mapping[str, Any] | None) -> TableCells:
    """A table after the edits that the browser tells of: cells changed, rows added at the end, rows taken away.

    >>> apply_edits([[1, 2], [3, 4]], {"edited_rows": {0: {"c1": 9}}, "added_rows": [{"c0": 5}], "deleted_rows": [1]})
    [[1, 9], [5, None]]
    """
    if not edits:
        return [list(row) for row in source]
    width = len(source[0])
    changed = {int(row): cells for row, cells in edits.get("edited_rows", {}).items()}
    gone = {int(row) for row in edits.get("deleted_rows", ())}
    rows = [[changed.get(i, {}).get(f"c{j}", cell) for j, cell in enumerate(row)] for i, row in enumerate(source)]
    kept = [row for i, row in enumerate(rows) if i not in gone]
    return kept + [[added.get(f"c{j}") for j in range(width)] for added in edits.get("added_rows", ())]


def whole_rows(cells: TableCells, columns: Sequence[TableColumn]) -> list[tuple[float, ...]]:
    """The rows of a table, without the empty ones.

    Raises:
        Refused: a row is half filled.
    """
    found = []
    for i, row in enumerate(cells, 1):
        missing = [column.label for cell, column in zip(row, columns, strict=True) if cell is None]
        if missing and len(missing) < len(row):
            raise Refused(f"row {i} must have a number in each column (got none in '{missing[0]}')")
        if not missing:
            found.append(tuple(float(cell) for cell in row if cell is not None))
    return found


def edit_rows(
    path: str, columns: Sequence[TableColumn], rows: Sequence[Sequence[float]], revise: Revise, alt: str
) -> None:
    """A table to edit, with a sentence under it where it does not hold."""
    shown: TableCells = [
        [neat_number(round(x * c.times, 9)) for x, c in zip(row, columns, strict=True)] for row in rows
    ]
    key = _table_key(path, columns, shown)
    source = st.session_state[f"{key}-from"]
    st.data_editor(
        {f"c{j}": [row[j] for row in source] for j in range(len(columns))},
        num_rows="dynamic",
        hide_index=True,
        key=key,
        alt=alt,
        height=_table_height(len(shown)),
        column_config={f"c{j}": st.column_config.NumberColumn(c.label) for j, c in enumerate(columns)},
        on_change=_take_edits,
        args=(path, key, tuple(columns), shown, [tuple(row) for row in rows], revise),
    )
    fields.say_refusal(path, shown)


def _table_height(rows: int) -> Any:
    return "auto" if rows <= MAX_ROWS_IN_SIGHT else 35 * MAX_ROWS_IN_SIGHT + 38


def _table_key(path: str, columns: Sequence[TableColumn], shown: TableCells) -> str:
    """The key of a table whose cells say what the plan says, or hold a draft; else a new one, seeded with the plan."""
    key = fields.key_of(path)
    source = st.session_state.get(f"{key}-from")
    if source is not None and len(source[0]) == len(columns):
        cells = [row for row in apply_edits(source, st.session_state.get(key)) if any(cell is not None for cell in row)]
        if fields.draft_of(path, shown) is not None and key in st.session_state:
            return key
        if sorted(map(_row_key, cells)) == sorted(map(_row_key, shown)):
            return key
    fields.all_drafts().pop(path, None)
    key = fields.renew_key(path)
    st.session_state[f"{key}-from"] = shown
    return key


def _row_key(row: Sequence[float | None]) -> tuple[tuple[bool, float], ...]:
    return tuple((cell is None, cell or 0.0) for cell in row)


def _take_edits(
    path: str,
    key: str,
    columns: Sequence[TableColumn],
    shown: TableCells,
    rows: Sequence[tuple[float, ...]],
    revise: Revise,
) -> None:
    """The edits of a table, put into the plan; a cell that was left alone keeps the plan's number to the last digit."""
    if key != fields.key_of(path):
        return
    exact = [{s[j]: r[j] for s, r in zip(shown, rows, strict=True)} for j in range(len(columns))]

    def revise_cells(preset: Preset, cells: TableCells) -> Preset:
        found = whole_rows(cells, columns)
        return revise(
            preset,
            [tuple(exact[j].get(x, neat_number(x / columns[j].times)) for j, x in enumerate(row)) for row in found],
        )

    cells = apply_edits(st.session_state[f"{key}-from"], st.session_state[key])
    fields.put_value(path, cells, shown, revise_cells)
