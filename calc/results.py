"""Results as CSV in, pay as CSV out: every line as it was given, then `pay.<id>` for every KPI and `pay`.

A given line is never written anew but copied byte for byte: leading zeros, quotes, line ends and the file's own
encoding come out as they went in. Only the numbers that the pay depends on are read. A file parted by ';' or tabs, with
decimal commas as spreadsheets write them in Europe, is answered in the same form. Money has its currency's decimals.

The file is paid block by block and never held whole, and nothing is shown of it before all of it is paid.
"""

import os
import shutil
import tempfile
from bisect import bisect_left
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, BinaryIO

import numpy as np
import pyarrow as pa
from pyarrow import compute

from calc import batch
from calc.kernel import Floats
from calc.lines import Block, Form, Lines, Seen, fields
from calc.plan import Plan
from calc.refusal import Refused, nearest, shown

INCENTIVE = "target_incentive"
TARGET = ".target"
MOST = 9e15
"""The most money in the currency's smallest unit: up to here a number holds every one exactly."""


def pay_file(plan: Plan, results: Path, out: Path | BinaryIO, seen: Seen | None = None) -> None:
    """Pay a CSV file of results into another file or a stream, which shows nothing until all of it is there.

    Args:
        plan: the plan that pays.
        results: the file of results.
        out: where to; a file there is replaced at the end, in one step.
        seen: told of the bytes of each block that is read.

    Raises:
        Refused: a file cannot be opened, both are the same, or what `pay_rows` refuses.
    """
    with _opened(results, "rb") as source:
        if isinstance(out, Path) and out.exists() and out.samefile(results):
            raise Refused(f"{out} must be another file than the results (got the same)")
        with _whole(out) as made:
            pay_rows(plan, source, made, results.name, seen)


def pay_rows(plan: Plan, source: BinaryIO, out: BinaryIO, name: str = "the file", seen: Seen | None = None) -> None:
    """Pay a stream of CSV, one row in and one row out.

    Args:
        plan: the plan that pays.
        source: has a column for every KPI that the pay depends on, by its id and in its unit; `target_incentive` and
            `<id>.target` where they are the rep's own; and whatever else.
        out: takes the rows; what it holds after a refusal is not whole.
        name: what a sentence calls the source.
        seen: told of the bytes of each block that is read.

    Raises:
        Refused: a column is missing, doubled or taken, or a row does not hold; the sentence gives line and column.
    """
    lines = Lines(source, name, seen)
    form = Form.of(lines, plan.deciding)
    columns = _wanted(plan, form)
    head = lines.peek(form.delimiter).part(0, 1)
    lines.take(head)
    added = "".join(f"{form.delimiter}{column}" for column in _added(plan))
    out.write(lines.mark + head.given[1:] + added.encode())
    for n, block in enumerate(lines.blocks(form.delimiter)):
        form = form if n else form.pointed(block, [column.place for column in columns])
        out.write(_Payer(plan, form, columns).paid(block))
    out.write(lines.rest[:-1])


def _added(plan: Plan) -> tuple[str, ...]:
    return (*(f"pay.{i}" for i in plan.ids), "pay")


@dataclass(frozen=True)
class _Column:
    """A column that is read: its place in the file, the place of its KPI in the plan, what must hold, and whether."""

    name: str
    place: int
    kpi: int | None
    must: str = "a finite number"
    holds: Callable[[Floats], Any] = np.isfinite


def _wanted(plan: Plan, form: Form) -> tuple[_Column, ...]:
    """The columns that the pay is made of.

    Raises:
        Refused: one is missing, given twice, written otherwise, or takes a name that is added.
    """
    ids = plan.deciding
    known = (*ids, *(i + TARGET for i in ids), INCENTIVE)
    if faults := [*_faults(form.columns, known, _added(plan)), *_missing(form.columns, ids)]:
        raise Refused([f"{form.name} line 1 must {fault}" for fault in faults])
    return tuple(_column(plan, name, form.columns.index(name)) for name in known if name in form.columns)


def _faults(columns: Sequence[str], known: Sequence[str], added: Sequence[str]) -> Iterator[str]:
    for name, times in Counter(columns).items():
        if times > 1:
            yield f"name every column once (got {shown(name)} {times} times)"
        if name in added:
            yield f"leave the name {name} to the column that is added (got it)"
        if name not in known and (meant := name.strip().lower()) in known and meant not in columns:
            yield f"write {meant} exactly so (got {shown(name)})"


def _missing(columns: Sequence[str], ids: Sequence[str]) -> Iterator[str]:
    written = {name.strip().lower() for name in columns}
    for i in ids:
        if i not in written:
            yield f"have a column {i}, on which the pay depends (got none): {nearest(i, [n[:40] for n in columns])}"


def _column(plan: Plan, name: str, place: int) -> _Column:
    if name == INCENTIVE:
        return _Column(name, place, None, "a finite number above 0", lambda x: (x > 0) & np.isfinite(x))
    kpi = plan.kpi(name.removesuffix(TARGET))
    where = plan.ids.index(kpi.id)
    if name == kpi.id or kpi.scale is not None:
        return _Column(name, place, where)
    must = "a finite number but not 0, as the plan names no scale"
    return _Column(name, place, where, must, lambda x: (x != 0) & np.isfinite(x))


@dataclass(frozen=True)
class _Payer:
    """A plan on the rows of a file."""

    plan: Plan
    form: Form
    columns: tuple[_Column, ...]

    def paid(self, block: Block) -> memoryview:
        """The rows of a block, each with its pay.

        Raises:
            Refused: a row does not hold.
        """
        try:
            return self._paid(block)
        except ValueError:
            some = range(1, len(block))
            row = bisect_left(some, True, key=lambda n: _fails(self._paid, block.part(0, n)))
            raise self._refusal(block.part(row, row + 1)) from None

    def _paid(self, block: Block) -> memoryview:
        done = batch.evaluate(self.plan, *self._given(block), rounding=True, split=True)
        parts = batch.rounded(done.by_kpi, self.plan.minor)
        texts = [_text(money, self.plan.minor, self.form.decimal) for money in (*parts.T, done.total)]
        buffers = [None, pa.py_buffer(block.ends), pa.py_buffer(block.data)]
        lines = pa.Array.from_buffers(pa.string(), len(block), buffers)
        joined = compute.binary_join_element_wise(lines, *texts, self.form.delimiter)
        _, ends, data = joined.buffers()
        return memoryview(data)[: np.frombuffer(ends, np.int32)[len(block)]]

    def _given(self, block: Block) -> tuple[Floats, Floats | None, Floats | None]:
        """Results (n, k), targets (n, k) and incentives (n,) of a block, the last two where the file has them."""
        results, targets, incentives = self._standing(len(block)), None, None
        for column, values in zip(self.columns, self._values(block), strict=True):
            if column.kpi is None:
                incentives = values
            elif not column.name.endswith(TARGET):
                results[:, column.kpi] = values
            else:
                targets = self._standing(len(block)) if targets is None else targets
                targets[:, column.kpi] = values
        return results, targets, incentives

    def _standing(self, rows: int) -> Floats:
        """Every rep at the plan's own targets (n, k), with a KPI's results beside each other in memory."""
        return np.repeat([[k.target] for k in self.plan.kpis], rows, axis=1).T

    def _values(self, block: Block) -> list[Floats]:
        """The numbers of the columns, (n,) each.

        Raises:
            ValueError: there is something else, or what must hold does not.
        """
        arrays = self.form.read(block, [column.place for column in self.columns], pa.float64())
        values: list[Floats] = [array.to_numpy() for array in arrays]
        if not all(column.holds(x).all() for column, x in zip(self.columns, values, strict=True)):
            raise ValueError("something must hold and does not")
        return values

    def _refusal(self, row: Block) -> Refused:
        """What does not hold in one row."""
        line, text = row.first
        form, where = self.form, f"{self.form.name} line {line}"
        if _fails(fields, text, form.delimiter):
            return Refused(f"{where} must end in LF or CRLF (got a carriage return alone)")
        given = fields(text, form.delimiter)
        if len(given) != len(form.columns):
            return Refused(f"{where} must have a field for each of {len(form.columns)} columns (got {len(given)})")
        for column in self.columns:
            if _fails(replace(self, columns=(column,))._values, row):
                must = column.must + (", with a decimal comma" if form.decimal == "," else "")
                return Refused(f"{where}: {column.name} must be {must} (got {shown(given[column.place])})")
        return Refused(f"{where}: pay must be less than {MOST:.0e} of the smallest unit (got more)")


def _fails(act: Callable[..., object], *given: object) -> bool:
    try:
        act(*given)
    except ValueError:
        return True
    return False


def _text(money: Floats, digits: int, decimal: str) -> Any:
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
    return text if decimal == "." else compute.replace_substring(text, ".", decimal)


@contextmanager
def _opened(path: Path, mode: str) -> Iterator[BinaryIO]:
    try:
        file: Any = path.open(mode)
    except (OSError, ValueError) as error:
        does, reason = "read" if mode == "rb" else "written", getattr(error, "strerror", None) or error
        raise Refused(f"{path} must be a file that can be {does} (got: {reason})") from None
    with file:
        yield file


@contextmanager
def _whole(out: Path | BinaryIO) -> Iterator[BinaryIO]:
    """What is written takes its place when nothing went wrong, and is gone otherwise."""
    if isinstance(out, Path) and (out.is_file() or not out.exists()):
        with _beside(out.resolve()) as made:
            yield made
    else:
        with tempfile.TemporaryFile() as spool:
            yield spool
            spool.seek(0)
            with _opened(out, "wb") if isinstance(out, Path) else nullcontext(out) as stream:
                shutil.copyfileobj(spool, stream)


@contextmanager
def _beside(place: Path) -> Iterator[BinaryIO]:
    """A file beside another that replaces it in one step."""
    made = place.with_name(f".{place.name}.{os.getpid()}.part")
    try:
        with _opened(made, "xb") as file:
            yield file
        if place.exists():
            shutil.copymode(place, made)
        made.replace(place)
    finally:
        made.unlink(missing_ok=True)
