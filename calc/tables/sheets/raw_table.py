"""Rows of cells as a file has them, before anybody knows what they mean."""

import datetime
from dataclasses import dataclass

from calc.plan.visible_text import visible_text

RawCell = str | float | datetime.date
"""Text as it stands, a number or a date where the file has types; an empty text for nothing."""
Row = tuple[RawCell, ...]


@dataclass(frozen=True)
class RawTable:
    """Rows of cells.

    Args:
        name: what a sentence calls the table.
        rows: the rows that hold anything.
        lines: the line of the file on which each row starts.
        groups: by row, texts that stand over several columns, each from its first column to behind its last.
    """

    name: str
    rows: tuple[Row, ...]
    lines: tuple[int, ...]
    groups: tuple[tuple[int, int, int, str], ...] = ()

    @property
    def width(self) -> int:
        """The columns of the widest row."""
        return max(map(len, self.rows), default=0)


def plain_text(cell: RawCell) -> str:
    """A cell as text, a whole number without its fraction.

    >>> plain_text(12.0), plain_text(" Jo "), plain_text(datetime.date(2026, 1, 31))
    ('12', 'Jo', '2026-01-31')
    """
    if isinstance(cell, str):
        return " ".join((cell if cell.isascii() else visible_text(cell)).split())
    if isinstance(cell, datetime.date):
        return cell.isoformat()
    return f"{cell:.15g}"
