"""A typed table paid part by part, while each row is looked at for what is odd in it.

Rows have the lines that they would have under a heading: the first is line 2.
"""

from collections.abc import Collection, Iterator
from dataclasses import dataclass, field
from typing import Any

import pyarrow as pa

from calc.payroll.csv_blocks import Seen
from calc.payroll.headings import Layout
from calc.payroll.oddities import RowWatch, fold_case, more_repeats_sentence, repeats_sentence
from calc.payroll.pay_table import RowsRead, add_money, pay_rows_read, read_rows
from calc.plan.errors import Refused
from calc.plan.plan import Plan
from calc.tables.sheets.number_marks import decoded

PART_ROWS = 1 << 16
"""Rows that are paid at a time: with what is made of them, they stay in the processor's cache."""
FIRST_LINE = 2
"""The line of a table's first row, under its heading."""


@dataclass
class WatchedTable:
    """A table that is paid from its first row to its last, and what has been seen of it.

    Args:
        plan: the plan that pays.
        layout: the columns of the table.
        name: what a sentence calls the table.
        allow: the oddities that are meant.
        first: the line of its first row.
        people: whether names are read though nothing here asks for them.
    """

    plan: Plan
    layout: Layout
    name: str
    allow: Collection[str] = ()
    first: int = FIRST_LINE
    people: bool = False
    rows: int = 0
    last_read: RowsRead | None = None
    watch: RowWatch = field(init=False)

    def __post_init__(self) -> None:
        self.watch = RowWatch(self.plan, self.layout, self.allow)

    def read(self, part: Any) -> RowsRead:
        """The next rows as they are read.

        Raises:
            Refused: a column is no numbers, or a number does not hold.
        """
        people = self.people or not {"totals", "repeats"} <= {*self.allow}
        return read_rows(self.layout, part, self.name, self._place, people=people)

    def pay_next(self, part: Any) -> Any:
        """The next rows, a Table or RecordBatch, with their pay.

        Raises:
            Refused: a row does not hold.
        """
        self.last_read = read = self.read(part)
        paid = pay_rows_read(self.plan, self.layout, read, part.num_rows, self._place)
        start = self.first + self.rows
        self.watch.see(read.values, read.names, read.keys, lambda row: start + row)
        self.rows += part.num_rows
        return add_money(self.plan, part, paid)

    def _place(self, row: int) -> str:
        return f"{self.name} line {self.first + self.rows + row}"


def pay_watched(watched: WatchedTable, table: Any, seen: Seen | None = None) -> Any:
    """All rows of a table with their pay.

    Args:
        watched: the table as it is watched.
        table: a pyarrow Table.
        seen: told of the bytes of each part that is paid.

    Raises:
        Refused: a row does not hold, or is odd and not said to be meant.
    """
    parts = [watched.pay_next(table.slice(0, 0))]
    for part in table.to_batches(max_chunksize=PART_ROWS):
        if seen is not None:
            seen(part.nbytes)
        parts.append(pa.Table.from_batches([watched.pay_next(part)]))
    if faults := [*watched.watch.faults(watched.name), *_repeats(watched, table)]:
        raise Refused(faults)
    return pa.concat_tables(parts)


def _repeats(watched: WatchedTable, table: Any) -> Iterator[str]:
    """A sentence for each of the first few people who stand more than once."""
    groups, people = watched.watch.repeated()
    for group, times in groups:
        read = read_rows(watched.layout, table.take(group), watched.name, str, people=True)
        keys, who = fold_case(read.keys).to_pylist(), decoded(read.names)[0].as_py()
        same = [watched.first + row for row, key in zip(group, keys, strict=True) if key == keys[0]]
        if len(same) > 1:
            yield repeats_sentence(watched.name, who, same, times - len(group) + len(same))
    if people > len(groups):
        yield more_repeats_sentence(watched.name, people - len(groups))
