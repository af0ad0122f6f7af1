"""Results as CSV in, pay as CSV out: every line as it was given, then `pay.<id>` for every KPI and `pay`.

A given line is never written anew but copied byte for byte: leading zeros, quotes, line ends and the file's own
encoding come out as they went in. Only the numbers that the pay depends on are read. A file parted by ';' or tabs, with
decimal commas as spreadsheets write them in Europe, is answered in the same form. Money has its currency's decimals.

The file is paid block by block and never held whole, and nothing is shown of it before all of it is paid.
"""

import shutil
import tempfile
from collections.abc import Collection, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, replace
from functools import partial
from typing import BinaryIO

import pyarrow as pa

from calc.payroll.block_payer import BlockPayer
from calc.payroll.csv_blocks import BLOCK_BYTES, Block, Form, Lines, Seen
from calc.payroll.headings import Layout, added_columns, heading_faults, layout_of
from calc.payroll.oddities import RowWatch, fold_case, more_repeats_sentence, repeats_sentence
from calc.plan.errors import Refused
from calc.plan.plan import Plan
from calc.tables.sheets.number_marks import Cells, DecimalMark, MarkEvidence, decoded


@dataclass(frozen=True)
class Reading:
    """How a file of results is to be read where it leaves something open.

    Args:
        decimal: what parts whole and fraction; None where the file's numbers are to decide.
        allow: oddities that are meant (`calc.payroll.oddities.ODDITIES`).
    """

    decimal: DecimalMark | None = None
    allow: Collection[str] = ()


STANDARD_INPUT = "standard input"
"""What a sentence calls a stream of results."""
AS_IT_STANDS = Reading()
"""The numbers of the file decide how it is read, and whatever is odd is asked about."""


@dataclass(frozen=True)
class Paid:
    """How a file that was paid is written, and where its columns stand."""

    form: Form
    layout: Layout

    @property
    def unread(self) -> tuple[str, ...]:
        """The names of the columns that were passed through unread."""
        return self.layout.unread


@contextmanager
def spooled(stream: BinaryIO) -> Iterator[BinaryIO]:
    """A stream as one that can be wound back."""
    with tempfile.TemporaryFile() as spool:
        shutil.copyfileobj(stream, spool, BLOCK_BYTES)
        spool.seek(0)
        yield spool


def pay_rows(
    plan: Plan,
    source: BinaryIO,
    out: BinaryIO,
    name: str = "the file",
    seen: Seen | None = None,
    reading: Reading = AS_IT_STANDS,
) -> Paid:
    """Pay a stream of CSV, one row in and one row out.

    Args:
        plan: the plan that pays.
        source: has a column for every KPI that the pay depends on, by its id and in its unit; `target_incentive` and
            `<id>.target` where they are the rep's own; and whatever else.
        out: takes the rows; what it holds after a refusal is not whole.
        name: what a sentence calls the source.
        seen: told of the bytes of each block that is read.
        reading: how it is read.

    Raises:
        Refused: a column is missing, doubled, taken or a near miss, a row does not hold, a number can be read in two
            ways, or rows are odd and not said to be meant; the sentence gives line and column.
    """
    with _wound_back(source, out) as (given, made):
        start, begin = given.tell(), made.tell()
        try:
            return _FilePay(plan, given, made, name, seen, reading).pay_all()
        except _OtherMark as other:
            given.seek(start)
            made.seek(begin)
            made.truncate()
            return _FilePay(plan, given, made, name, None, reading, other.mark).pay_all()


@contextmanager
def _wound_back(source: BinaryIO, out: BinaryIO) -> Iterator[tuple[BinaryIO, BinaryIO]]:
    """Both streams, or what stands in for them where they cannot be wound back."""
    with ExitStack() as stack:
        given, made = source, out
        if not source.seekable():
            given = stack.enter_context(spooled(source))
        if not out.seekable():
            made = stack.enter_context(tempfile.TemporaryFile())
        yield given, made
        if made is not out:
            made.seek(0)
            shutil.copyfileobj(made, out)


class _OtherMark(Exception):
    """The numbers decide for another decimal mark than the rows before were paid with."""

    def __init__(self, mark: DecimalMark) -> None:
        super().__init__(mark)
        self.mark = mark


class _FilePay:
    """One go through a file: its columns, its decimal mark, its rows, and what is odd in them."""

    def __init__(
        self,
        plan: Plan,
        source: BinaryIO,
        out: BinaryIO,
        name: str,
        seen: Seen | None,
        reading: Reading,
        decided: DecimalMark | None = None,
    ) -> None:
        self.plan, self.source, self.out, self.name, self.reading = plan, source, out, name, reading
        self.start = source.tell()
        self.lines = Lines(source, name, seen)
        form = Form.of(self.lines, plan.deciding)
        if faults := [f"{name} line 1 must {fault}" for fault in heading_faults(plan, form.columns, reading.allow)]:
            raise Refused(faults)
        self.decided = reading.decimal or decided
        self.form = replace(form, decimal=self.decided or ("," if form.delimiter == ";" else "."))
        self.layout = layout_of(plan, form.columns)
        self.watch = RowWatch(plan, self.layout, reading.allow)
        self.evidence = MarkEvidence()
        self.paid = 0

    def pay_all(self) -> Paid:
        """Pay every row.

        Raises:
            Refused: something does not hold.
            _OtherMark: all of it must be paid with the other decimal mark.
        """
        form = self.form
        head = self.lines.peek(form.delimiter).part(0, 1)
        self.lines.take(head)
        added = "".join(f"{form.delimiter}{column}" for column in added_columns(self.plan))
        self.out.write(self.lines.mark + head.given[1:] + added.encode())
        for block in self.lines.blocks(form.delimiter):
            self._judge_marks(block)
            self.out.write(self._pay(block))
        self.out.write(self.lines.rest[:-1])
        faults = [*self._doubts(), *self.watch.faults(self.name), *self._repeats()]
        if faults:
            raise Refused(faults)
        return Paid(self.form, self.layout)

    def _judge_marks(self, block: Block) -> None:
        """Let the numbers of a block decide on the decimal mark, where none has yet."""
        if self.decided or self.evidence.proofs or not _has_marks(block, self.form):
            return
        places = [column.place for column in self.layout.numbers]
        try:
            cells = self.form.read(block, dict.fromkeys(places, pa.binary()))
        except ValueError:
            return  # a line is no row, and is refused when it is paid
        for column, texts in zip(self.layout.numbers, cells, strict=True):
            self.evidence.add(Cells(column.name, decoded(texts), partial(_line, block)))
        if self.evidence.proofs:
            mark = min(self.evidence.proofs, key=lambda one: self.evidence.proofs[one].line)
            if mark != self.form.decimal and self.paid:
                raise _OtherMark(mark)
            self.form = replace(self.form, decimal=mark)

    def _pay(self, block: Block) -> memoryview:
        """The rows of a block, each with its pay.

        Raises:
            Refused: a row does not hold.
        """
        payer = BlockPayer(self.plan, self.form, self.layout, people=not {"totals", "repeats"} <= {*self.reading.allow})
        try:
            read = payer.read(block)
            paid = payer.paid(block, read)
        except ValueError:
            raise Refused([*self._doubts(), *payer.refusals(block)]) from None
        self.watch.see(read.values, read.names, read.keys, partial(_line, block))
        self.paid += len(block)
        return paid

    def _doubts(self) -> list[str]:
        doubt = None if self.decided else self.evidence.doubt(self.name)
        return [] if doubt is None else [doubt]

    def _repeats(self) -> Iterator[str]:
        """A sentence for each of the first few people who stand more than once; read from the file once more."""
        groups, people = self.watch.repeated()
        if not groups:
            return
        found: dict[int, tuple[int, str, str]] = {}
        wanted = sorted(row for group, _ in groups for row in group)
        self.source.seek(self.start)
        lines = Lines(self.source, self.name)
        lines.take(lines.peek(self.form.delimiter).part(0, 1))
        payer, first = BlockPayer(self.plan, self.form, self.layout, people=True), 0
        for block in lines.blocks(self.form.delimiter):
            for row in (row - first for row in wanted if first <= row < first + len(block)):
                one = payer.read(block.part(row, row + 1))
                found[row + first] = (_line(block, row), decoded(one.names)[0].as_py(), fold_case(one.keys)[0].as_py())
            first += len(block)
        for group, times in groups:
            same = [found[row] for row in group if found[row][2] == found[group[0]][2]]
            if len(same) > 1:
                yield repeats_sentence(
                    self.name, same[0][1], [line for line, _, _ in same], times - len(group) + len(same)
                )
        if people > len(groups):
            yield more_repeats_sentence(self.name, people - len(groups))


def _line(block: Block, row: int) -> int:
    """The line of a row of a block."""
    return block.part(row, row + 1).first[0]


def _has_marks(block: Block, form: Form) -> bool:
    """Whether any number of a block may have a mark: not where none stands between its bytes."""
    given = block.given
    return b"." in given or (b"," in given and (form.delimiter != "," or b'"' in given))
