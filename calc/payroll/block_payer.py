"""A plan on the rows of a block: what is read of them, what they are paid, and which of them do not hold."""

from bisect import bisect_left
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import pyarrow as pa
from pyarrow import compute

from calc.payroll.csv_blocks import Block, Form, fields
from calc.payroll.headings import Layout
from calc.piecewise.vectorized import Floats
from calc.plan.batch.evaluate import evaluate_plan
from calc.plan.errors import quote_value
from calc.plan.plan import Plan
from calc.plan.rounding import round_money
from calc.tables.number_marks import NAMES, read_numbers

MOST = 9e15
"""The most money in the currency's smallest unit: up to here a number holds every one exactly."""
ROWS_TOLD = 10
"""Rows of a block that do not hold, which are told at the most."""


@dataclass(frozen=True)
class RowsRead:
    """The rows of a block as they are read: numbers by column (n,), who each is of, and the same with the period."""

    values: dict[str, Floats]
    names: Any
    keys: Any


@dataclass(frozen=True)
class BlockPayer:
    """A plan on the rows of a block."""

    plan: Plan
    form: Form
    layout: Layout
    people: bool = True

    def read(self, block: Block) -> RowsRead:
        """What is read of a block.

        Raises:
            ValueError: a number is something else, or what must hold does not.
        """
        numbers = {column.place: pa.float64() for column in self.layout.numbers}
        told = () if self.layout.person is None or not self.people else (self.layout.person, *self.layout.periods)
        texts = dict.fromkeys(told, pa.binary())
        try:
            read = self.form.read(block, {**numbers, **texts})
            values = [array.to_numpy() for array in read[: len(numbers)]]
        except ValueError:
            read = self.form.read(block, dict.fromkeys({**numbers, **texts}, pa.binary()))
            values = [read_numbers(array, self.form.decimal) for array in read[: len(numbers)]]
        columns = self.layout.numbers
        if not all(column.holds(x).all() for column, x in zip(columns, values, strict=True)):
            raise ValueError("something must hold and does not")
        named = dict(zip((column.name for column in columns), values, strict=True))
        if not told:
            return RowsRead(named, None, None)
        people = read[len(numbers) :]
        keys = people[0] if len(people) == 1 else compute.binary_join_element_wise(*people, b"\x1f")
        return RowsRead(named, people[0], keys)

    def paid(self, block: Block, read: RowsRead) -> memoryview:
        """The rows of a block, each with its pay.

        Raises:
            ValueError: some pay is too much to be exact.
        """
        done = evaluate_plan(self.plan, *self._given(read.values, len(block)), rounding=True, split=True)
        parts = round_money(done.by_kpi, self.plan.minor)
        texts = [money_texts(money, self.plan.minor, self.form) for money in (*parts.T, done.total)]
        buffers = [None, pa.py_buffer(block.ends), pa.py_buffer(block.data)]
        lines = pa.Array.from_buffers(pa.string(), len(block), buffers)
        joined = compute.binary_join_element_wise(lines, *texts, self.form.delimiter)
        _, ends, data = joined.buffers()
        return memoryview(data)[: np.frombuffer(ends, np.int32)[len(block)]]

    def _given(self, values: Mapping[str, Floats], rows: int) -> tuple[Floats, Floats | None, Floats | None]:
        """Results (n, k), targets (n, k) and incentives (n,) of a block, the last two where the file has them."""
        results, targets, incentives = self._standing(rows), None, None
        for column in self.layout.numbers:
            if column.kpi is None:
                incentives = values[column.name]
            elif not column.is_target:
                results[:, column.kpi] = values[column.name]
            else:
                targets = self._standing(rows) if targets is None else targets
                targets[:, column.kpi] = values[column.name]
        return results, targets, incentives

    def _standing(self, rows: int) -> Floats:
        """Every rep at the plan's own targets (n, k), with a KPI's results beside each other in memory."""
        return np.repeat([[k.target] for k in self.plan.kpis], rows, axis=1).T

    def refusals(self, block: Block) -> list[str]:
        """A sentence for each of the first few rows of a block that do not hold."""
        found: list[str] = []
        low = 0
        while low < len(block) and len(found) < ROWS_TOLD and fails(self._try, block.part(low, len(block))):
            some = range(low + 1, len(block))
            row = low + bisect_left(some, True, key=lambda n: fails(self._try, block.part(low, n)))
            found.append(self._refusal(block.part(row, row + 1)))
            low = row + 1
        return found

    def _try(self, block: Block) -> None:
        self.paid(block, self.read(block))

    def _refusal(self, row: Block) -> str:
        """What does not hold in one row."""
        line, text = row.first
        form, where = self.form, f"{self.form.name} line {line}"
        if fails(fields, text, form.delimiter):
            return f"{where} must end in LF or CRLF (got a carriage return alone)"
        given = fields(text, form.delimiter)
        if len(given) != len(form.columns):
            return f"{where} must have a field for each of {len(form.columns)} columns (got {len(given)})"
        for column in self.layout.numbers:
            if fails(replace(self, layout=replace(self.layout, numbers=(column,)), people=False).read, row):
                came = given[column.place]
                other = "," in came if form.decimal == "." and form.delimiter != "," else form.decimal == ","
                must = column.must + (f", with a decimal {NAMES[form.decimal]}" if other else "")
                return f"{where}: {column.name} must be {must} (got {quote_value(came)})"
        return f"{where}: pay must be less than {MOST:.0e} of the smallest unit (got more)"


def fails(act: Callable[..., object], *given: object) -> bool:
    """Whether something refuses what it is given."""
    try:
        act(*given)
    except ValueError:
        return True
    return False


def money_texts(money: Floats, digits: int, form: Form) -> Any:
    """Money in the currency's decimals as a pyarrow array of text (n,).

    Raises:
        ValueError: some of it is too much to be exact.
    """
    with np.errstate(over="ignore", invalid="ignore"):
        units = np.rint(money * 10.0**digits)
    if not (np.abs(units) < MOST).all():
        raise ValueError("too much money")
    low = units.astype(np.int64)
    wide = pa.py_buffer(np.stack((low, low >> 63), axis=1))
    text = pa.Array.from_buffers(pa.decimal128(18, digits), len(low), [None, wide]).cast(pa.string())
    if form.decimal == ".":
        return text
    marked = compute.replace_substring(text, ".", form.decimal)
    return compute.binary_join_element_wise('"', marked, '"', "") if form.delimiter == form.decimal else marked
