"""A plan on the rows of a block: what is read of them, what they are paid, and which of them do not hold."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import pyarrow as pa
from pyarrow import compute

from calc.payroll.csv_blocks import Block, Form, fields
from calc.payroll.headings import Layout
from calc.payroll.pay_table import (
    MAX_EXACT_UNITS,
    RowsRead,
    failing_rows,
    fails,
    given_numbers,
    money_decimals,
    pay_numbers,
)
from calc.piecewise.vectorized import Floats
from calc.plan.errors import quote_value
from calc.plan.plan import Plan
from calc.tables.sheets.number_marks import NAMES, read_numbers


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
        paid = pay_numbers(self.plan, *self._given(read.values, len(block)))
        texts = [money_texts(money, self.plan.minor, self.form) for money in paid.columns]
        buffers = [None, pa.py_buffer(block.ends), pa.py_buffer(block.data)]
        lines = pa.Array.from_buffers(pa.string(), len(block), buffers)
        joined = compute.binary_join_element_wise(lines, *texts, self.form.delimiter)
        _, ends, data = joined.buffers()
        return memoryview(data)[: np.frombuffer(ends, np.int32)[len(block)]]

    def _given(self, values: Mapping[str, Floats], rows: int) -> tuple[Floats, Floats | None, Floats | None]:
        """Results (n, k), targets (n, k) and incentives (n,) of a block, the last two where the file has them."""
        return given_numbers(self.plan, self.layout, values, rows)

    def refusals(self, block: Block) -> list[str]:
        """A sentence for each of the first few rows of a block that do not hold."""
        bad = failing_rows(len(block), lambda low, high: self._try(block.part(low, high)))
        return [self._refusal(block.part(row, row + 1)) for row in bad]

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
        return f"{where}: pay must be less than {MAX_EXACT_UNITS:.0e} of the smallest unit (got more)"


def money_texts(money: Floats, digits: int, form: Form) -> Any:
    """Money in the currency's decimals as a pyarrow array of text (n,)."""
    text = money_decimals(money, digits).cast(pa.string())
    if form.decimal == ".":
        return text
    marked = compute.replace_substring(text, ".", form.decimal)
    return compute.binary_join_element_wise('"', marked, '"', "") if form.delimiter == form.decimal else marked
