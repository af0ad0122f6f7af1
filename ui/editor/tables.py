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

Cells = list[list[float | None]]
TALL = 12
"""Rows that are shown at once."""


@dataclass(frozen=True)
class Column:
    """What a column is called, and what a number in it is times of what the plan holds: 100 for a share."""

    label: str
    times: float = 1.0


def edited(source: Cells, edits: Mapping[str, Any] | None) -> Cells:
    """A table after the edits that the browser tells of: cells changed, rows added at the end, rows taken away.

    >>> edited([[1, 2], [3, 4]], {"edited_rows": {0: {"c1": 9}}, "added_rows": [{"c0": 5}], "deleted_rows": [1]})
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


def whole(cells: Cells, columns: Sequence[Column]) -> list[tuple[float, ...]]:
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


def table(path: str, columns: Sequence[Column], rows: Sequence[Sequence[float]], revise: Revise, alt: str) -> None:
    """A table to edit, with a sentence under it where it does not hold."""
    shown: Cells = [[neat_number(round(x * c.times, 9)) for x, c in zip(row, columns, strict=True)] for row in rows]
    key = _kept(path, columns, shown)
    source = st.session_state[f"{key}-from"]
    st.data_editor(
        {f"c{j}": [row[j] for row in source] for j in range(len(columns))},
        num_rows="dynamic",
        hide_index=True,
        key=key,
        alt=alt,
        height=_height(len(shown)),
        column_config={f"c{j}": st.column_config.NumberColumn(c.label) for j, c in enumerate(columns)},
        on_change=_edited,
        args=(path, key, tuple(columns), shown, [tuple(row) for row in rows], revise),
    )
    fields.says(path, shown)


def _height(rows: int) -> Any:
    return "auto" if rows <= TALL else 35 * TALL + 38


def _kept(path: str, columns: Sequence[Column], shown: Cells) -> str:
    """The key of a table whose cells say what the plan says, or hold a draft; else a new one, seeded with the plan."""
    key = fields.key_of(path)
    source = st.session_state.get(f"{key}-from")
    if source is not None and len(source[0]) == len(columns):
        cells = [row for row in edited(source, st.session_state.get(key)) if any(cell is not None for cell in row)]
        if fields.draft(path, shown) is not None and key in st.session_state:
            return key
        if sorted(map(_comparable, cells)) == sorted(map(_comparable, shown)):
            return key
    fields.drafts().pop(path, None)
    key = fields.renewed(path)
    st.session_state[f"{key}-from"] = shown
    return key


def _comparable(row: Sequence[float | None]) -> tuple[tuple[bool, float], ...]:
    return tuple((cell is None, cell or 0.0) for cell in row)


def _edited(
    path: str,
    key: str,
    columns: Sequence[Column],
    shown: Cells,
    rows: Sequence[tuple[float, ...]],
    revise: Revise,
) -> None:
    """The edits of a table, put into the plan; a cell that was left alone keeps the plan's number to the last digit."""
    if key != fields.key_of(path):
        return
    exact = [{s[j]: r[j] for s, r in zip(shown, rows, strict=True)} for j in range(len(columns))]

    def told(preset: Preset, cells: Cells) -> Preset:
        found = whole(cells, columns)
        return revise(
            preset,
            [tuple(exact[j].get(x, neat_number(x / columns[j].times)) for j, x in enumerate(row)) for row in found],
        )

    cells = edited(st.session_state[f"{key}-from"], st.session_state[key])
    fields.put(path, cells, shown, told)
