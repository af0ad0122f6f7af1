"""A table of results in, the same rows with their pay out: what every engine that speaks Arrow can call.

The columns are read by name: a KPI's results by its id and in its unit, and where they are there each rep's own
`<id>.target` and `target_incentive`. Every other column is left as it is. Nothing is remembered between calls, and a
plan can be sent to another process, so that tables may be paid on many machines at once.

Not modelled here: what is odd in rows that can be paid (`calc.payroll.oddities`), which takes more than one table.
"""

from bisect import bisect_left
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import pyarrow as pa
from pyarrow import compute

from calc.payroll.headings import Layout, added_columns, heading_faults, layout_of
from calc.piecewise.vectorized import Floats
from calc.plan.batch.evaluate import evaluate_plan
from calc.plan.errors import Refused
from calc.plan.plan import Plan
from calc.plan.rounding import round_money

MAX_EXACT_UNITS = 9e15
"""The most money in the currency's smallest unit: up to here a number holds every one exactly."""
MAX_ROWS_NAMED = 10
"""Rows that do not hold, which are named at the most."""

RowPlace = Callable[[int], str]
"""What a sentence calls a row of a table."""


@dataclass(frozen=True)
class RowsRead:
    """Rows as they are read: numbers by column (n,), who each is of, and the same with the period."""

    values: dict[str, Floats]
    names: Any
    keys: Any


@dataclass(frozen=True)
class PaidMoney:
    """What rows are paid [money in the currency's decimals]: by KPI (n, k), and in all (n,)."""

    by_kpi: Floats
    total: Floats

    @property
    def columns(self) -> list[Floats]:
        """The columns that are added, in the order of `added_columns`, (n,) each."""
        return [*self.by_kpi.T, self.total]


def pay_table(plan: Plan, table: Any, allow: Collection[str] = ()) -> Any:
    """The same rows with `pay.<id>` for every KPI and `pay` [money] as further columns.

    Args:
        plan: the plan that pays.
        table: a pyarrow Table or RecordBatch with a column for every KPI that the pay depends on, by its id.
        allow: "headings" where headings that nearly are a known name are to be left unread.

    Returns:
        A Table for a Table, a RecordBatch for a RecordBatch.

    Raises:
        Refused: a column is missing, doubled, a near miss or no numbers, or a number does not hold; rows count from 1.

    >>> import pyarrow as pa
    >>> from calc.documents.planfile import load_preset
    >>> results = pa.table({"rep": ["Ann", "Bob"], "deals": [100, 300], "csat": [85.0, 85.0]})
    >>> paid = pay_table(load_preset("low-ceiling").plan, results)
    >>> paid.column_names, paid["pay"].to_pylist()
    (['rep', 'deals', 'csat', 'pay.deals', 'pay.csat', 'pay'], [100.0, 200.0])
    """
    layout = read_layout(plan, table.column_names, "results", allow)
    read = read_rows(layout, table, "results", lambda row: f"results row {row + 1:,}", people=False)
    paid = pay_rows_read(plan, layout, read, table.num_rows, lambda row: f"results row {row + 1:,}")
    return add_money(plan, table, paid)


def read_layout(plan: Plan, headings: Sequence[str], name: str, allow: Collection[str] = ()) -> Layout:
    """Which columns are read.

    Raises:
        Refused: a column is missing, doubled, taken or a near miss.
    """
    if faults := [f"{name} must {fault}" for fault in heading_faults(plan, headings, allow)]:
        raise Refused(faults)
    return layout_of(plan, headings)


def read_rows(layout: Layout, table: Any, name: str, place: RowPlace, *, people: bool) -> RowsRead:
    """The rows of a table as they are read.

    Args:
        layout: its columns.
        table: a pyarrow Table or RecordBatch.
        name: what a sentence calls the table.
        place: what it calls a row.
        people: whether names and periods are read.

    Raises:
        Refused: a column is no numbers, or a number does not hold.
    """
    values, faults = {}, list[str]()
    for column in layout.numbers:
        given = table.column(column.place)
        kind = given.type
        if not (pa.types.is_integer(kind) or pa.types.is_floating(kind) or pa.types.is_decimal(kind)):
            raise Refused(f"{name}: {column.name} must be a column of numbers (got {kind})")
        values[column.name] = found = _as_floats(given)
        for row in np.flatnonzero(~np.asarray(column.holds(found)))[:MAX_ROWS_NAMED].tolist():
            came = given[row].as_py()
            told = "nothing" if came is None else came
            faults.append(f"{place(row)}: {column.name} must be {column.must} (got {told})")
    if faults:
        raise Refused(faults[:MAX_ROWS_NAMED])
    if layout.person is None or not people:
        return RowsRead(values, None, None)
    texts = [_as_bytes(table.column(where)) for where in (layout.person, *layout.periods)]
    keys = texts[0] if len(texts) == 1 else compute.binary_join_element_wise(*texts, b"\x1f")
    return RowsRead(values, texts[0], keys)


def _as_floats(column: Any) -> Floats:
    """A column of numbers as floats (n,); nothing is not a number."""
    cast = column.cast(pa.float64(), safe=False)
    found: Floats = np.asarray(cast.to_numpy() if isinstance(cast, pa.ChunkedArray) else cast.to_numpy(False))
    return found


def _as_bytes(column: Any) -> Any:
    """A column as the bytes of its texts, one array; nothing is an empty text."""
    texts = column if pa.types.is_binary(column.type) else column.cast(pa.string())
    whole = texts.combine_chunks() if isinstance(texts, pa.ChunkedArray) else texts
    return compute.fill_null(whole.cast(pa.binary()), b"")


# Paid


def given_numbers(
    plan: Plan, layout: Layout, values: Mapping[str, Floats], rows: int
) -> tuple[Floats, Floats | None, Floats | None]:
    """Results (n, k), targets (n, k) and incentives (n,), the last two where the table has them."""
    results, targets, incentives = _at_target(plan, rows), None, None
    for column in layout.numbers:
        if column.kpi is None:
            incentives = values[column.name]
        elif not column.is_target:
            results[:, column.kpi] = values[column.name]
        else:
            targets = _at_target(plan, rows) if targets is None else targets
            targets[:, column.kpi] = values[column.name]
    return results, targets, incentives


def _at_target(plan: Plan, rows: int) -> Floats:
    """Every rep at the plan's own targets (n, k), with a KPI's results beside each other in memory."""
    return np.repeat([[k.target] for k in plan.kpis], rows, axis=1).T


def pay_numbers(plan: Plan, results: Floats, targets: Floats | None, incentives: Floats | None) -> PaidMoney:
    """What reps are paid, all of it exact in the currency's smallest unit.

    Args:
        plan: the plan that pays.
        results: (n, k) [KPI units].
        targets: (n, k), each rep's own; None for the plan's.
        incentives: (n,) [money], each rep's own; None for the plan's.

    Raises:
        Refused: a number is not finite, or some pay is too much to be exact.
    """
    done = evaluate_plan(plan, results, targets, incentives, rounding=True, split=True)
    paid = PaidMoney(round_money(done.by_kpi, plan.minor), done.total)
    for money in (paid.by_kpi, paid.total):
        if money.size and not max(money.max(), -money.min()) * 10.0**plan.minor < MAX_EXACT_UNITS:
            raise Refused(f"pay must be less than {MAX_EXACT_UNITS:.0e} of the smallest unit (got more)")
    return paid


def pay_rows_read(plan: Plan, layout: Layout, read: RowsRead, rows: int, place: RowPlace) -> PaidMoney:
    """What rows are paid that have been read.

    Raises:
        Refused: some pay is too much to be exact; the sentence names the row.
    """
    results, targets, incentives = given_numbers(plan, layout, read.values, rows)

    def pay_some(low: int, high: int) -> PaidMoney:
        some = slice(low, high)
        shares = None if incentives is None else incentives[some]
        return pay_numbers(plan, results[some], None if targets is None else targets[some], shares)

    try:
        return pay_some(0, rows)
    except Refused as refused:
        bad = failing_rows(rows, pay_some)
        raise Refused([f"{place(row)}: {refused.sentences[0]}" for row in bad] or refused.sentences) from None


def failing_rows(rows: int, act: Callable[[int, int], object], limit: int = MAX_ROWS_NAMED) -> list[int]:
    """The first rows that an act on rows `low` to `high` refuses, found by halves; `limit` of them at the most.

    >>> def pay_some(low, high):
    ...     if low <= 5 < high:
    ...         raise ValueError("row 5")
    >>> failing_rows(8, pay_some)
    [5]
    """
    found: list[int] = []
    low = 0
    while low < rows and len(found) < limit and fails(act, low, rows):
        start = low
        row = start + bisect_left(range(start + 1, rows), True, key=lambda end: fails(act, start, end))
        found.append(row)
        low = row + 1
    return found


def fails(act: Callable[..., object], *given: object) -> bool:
    """Whether something refuses what it is given."""
    try:
        act(*given)
    except ValueError:
        return True
    return False


def add_money(plan: Plan, table: Any, paid: PaidMoney) -> Any:
    """A Table or RecordBatch with the columns of pay at its end."""
    for name, money in zip(added_columns(plan), paid.columns, strict=True):
        table = table.append_column(name, pa.array(np.ascontiguousarray(money)))
    return table


def money_decimals(money: Floats, digits: int) -> Any:
    """Money in the currency's decimals (n,) as a pyarrow array of exact decimals."""
    units = money_units(money, digits)
    wide = pa.py_buffer(np.stack((units, units >> 63), axis=1))
    return pa.Array.from_buffers(pa.decimal128(18, digits), len(units), [None, wide])


def money_units(money: Floats, digits: int) -> Any:
    """Money in the currency's smallest unit (n,), as whole numbers."""
    return np.rint(money * 10.0**digits).astype(np.int64)


def sum_units(money: Floats, digits: int) -> int:
    """The sum of money in the currency's smallest unit, exact whatever its size.

    >>> sum_units(np.array([0.1, 0.2, 70.0]), 2)
    7030
    """
    units = money_units(money, digits)
    return (int((units >> 32).sum()) << 32) + int((units & 0xFFFFFFFF).sum())
