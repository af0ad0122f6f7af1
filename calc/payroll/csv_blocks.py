"""A CSV stream as blocks of whole lines: where rows end, what parts their fields, and the fields that are asked for.

Nothing that was given is changed. A quote opens only at the start of a field and is doubled within, and a line may
break inside quotes. Blank lines are no rows. Any encoding that holds ASCII will do, UTF-8 with its mark included.

Not modelled: UTF-16, and lines that end in a carriage return alone; both are refused.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from typing import Any, BinaryIO

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray
from pyarrow import csv

from calc.plan.errors import Refused
from calc.tables.sheets.number_marks import DecimalMark

BLOCK_BYTES = 1 << 20
"""Bytes read at a time: with what is made of them, they stay in the processor's cache."""
LONGEST = 1 << 24
"""The longest line [bytes]; a quote that is never closed must not swallow a whole file."""
DELIMITERS = ",;\t"
MARK = b"\xef\xbb\xbf"
LF, CR, QUOTE = b'\n\r"'

Ends = NDArray[np.int32]
Seen = Callable[[int], object]
"""Is told of the bytes of each block that is read."""


@dataclass(frozen=True)
class Block:
    """Whole rows as they were given. Row i is data[ends[i]:ends[i + 1]]: the line end before it, then its text.

    `line` is the number of the line that ends where data starts.
    """

    data: bytes
    ends: Ends
    line: int

    def __len__(self) -> int:
        return len(self.ends) - 1

    def part(self, low: int, high: int) -> "Block":
        """The rows from low on, without high."""
        return Block(self.data, self.ends[low : high + 1], self.line)

    @property
    def given(self) -> bytes:
        """The rows, with the line end before each and not the last one's own."""
        return self.data[self.ends[0] : self.ends[-1]]

    @property
    def first(self) -> tuple[int, bytes]:
        """The number of the first row's line, and its text."""
        text = self.part(0, 1).given.lstrip(b"\r\n")
        return self.line + self.data.count(b"\n", 0, self.ends[1] - len(text)), text


class Lines:
    """A stream that is taken block by block; `rest` is what was read and not taken."""

    def __init__(self, source: BinaryIO, name: str, seen: Seen | None = None) -> None:
        self.source, self.name, self.seen = source, name, seen
        self.rest, self.line, self.ended = b"", 0, False
        self._read_on()
        self.mark = MARK if self.rest.startswith(MARK) else b""
        self.rest = b"\n" + self.rest[len(self.mark) :]

    def _read_on(self) -> None:
        chunk = self.source.read(BLOCK_BYTES)
        if self.seen is not None:
            self.seen(len(chunk))
        if b"\0" in chunk:
            raise Refused(f"{self.name} must be text in UTF-8 (got zero bytes, as in UTF-16 or what is no text)")
        self.rest, self.ended = self.rest + (chunk or b"\n"), not chunk

    def peek(self, delimiter: str) -> Block:
        """The next whole rows, without taking them; none at the end of the stream, or where no row ends."""
        while True:
            ends = _ends(self.rest, ord(delimiter))
            if len(ends) > 1 or self.ended or len(self.rest) > LONGEST:
                return Block(self.rest, ends, self.line)
            self._read_on()

    def take(self, block: Block) -> None:
        """Go on behind the rows of a block."""
        self.line += self.rest.count(b"\n", 0, block.ends[-1])
        self.rest = self.rest[block.ends[-1] :]

    def blocks(self, delimiter: str) -> Iterator[Block]:
        """All rows that are left.

        Raises:
            Refused: the last row does not end, for want of a quote.
        """
        while len(block := self.peek(delimiter)):
            self.take(block)
            yield block
        self.check_end()

    def check_end(self) -> None:
        """Refuse a row that begins and does not end.

        Raises:
            Refused: there is one.
        """
        if text := self.rest.lstrip(b"\r\n"):
            line = self.line + self.rest.count(b"\n", 0, len(self.rest) - len(text))
            came = "the end of the file" if self.ended else f"{LONGEST:,} bytes without an end"
            raise Refused(f"{self.name} line {line} must close the quotes that it opens (got {came})")


def _ends(data: bytes, delimiter: int) -> Ends:
    """Where each whole row's text ends, before its line end; first a 0, for the line end that data starts with."""
    at = np.frombuffer(data, np.uint8)
    breaks = np.flatnonzero(at == LF)
    if b'"' in data:
        breaks = breaks[np.searchsorted(_turns(data, at, delimiter), breaks) % 2 == 0]
    starts, stops = breaks[:-1] + 1, breaks[1:].copy()
    while b"\r" in data and (returns := at[stops - 1] == CR).any():
        stops -= returns
    return np.concatenate(([0], stops[stops > starts])).astype(np.int32)


def _turns(data: bytes, at: NDArray[np.uint8], delimiter: int) -> NDArray[np.intp]:
    """The quotes at which quoting begins and ends, in turn."""
    quotes = np.flatnonzero(at == QUOTE)
    before, starts = at[quotes[::2] - 1], (LF, CR, delimiter)
    opens = np.isin(before, starts)
    opens[1:] |= before[1:] == QUOTE
    if opens.all():  # as programs write it: every quote is a turn, and a doubled one is two
        return quotes
    turns: list[int] = []
    doubled = -1
    for quote in quotes.tolist():
        if len(turns) % 2 == 0:
            turns += [quote] if data[quote - 1] in starts else []
        elif quote != doubled and data[quote + 1 : quote + 2] == b'"':
            doubled = quote + 1
        elif quote != doubled:
            turns.append(quote)
    return np.array(turns, np.intp)


@dataclass(frozen=True)
class Form:
    """How a file is written: what parts its columns, their names, and its decimal point."""

    name: str
    delimiter: str
    columns: tuple[str, ...]
    decimal: DecimalMark = "."

    @classmethod
    def of(cls, lines: Lines, needed: Sequence[str]) -> "Form":
        """The form that finds the most of the columns needed in the first line.

        Raises:
            Refused: there is no first line.
        """
        found: list[tuple[int, int, Form]] = []
        for delimiter in DELIMITERS:
            head = lines.peek(delimiter)
            with suppress(ValueError):
                columns = fields(head.first[1], delimiter) if len(head) else ()
                found.append((len({*columns} & {*needed}), len(columns), cls(lines.name, delimiter, columns)))
        if not found:
            raise Refused(f"{lines.name} line 1 must end in LF or CRLF (got a carriage return alone)")
        form = max(found, key=lambda one: one[:2])[2]
        if not form.columns:
            lines.check_end()
            raise Refused(f"{lines.name} line 1 must name the columns (got an empty file)")
        return form

    def read(self, block: Block, kinds: Mapping[int, Any]) -> list[Any]:
        """Some columns of a block, a pyarrow array each.

        Args:
            block: whole rows.
            kinds: the pyarrow type of each column that is read, by its place.

        Raises:
            ValueError: a field is not of its kind, or a line is no row of the table.
        """
        names = [str(place) for place in range(len(self.columns))]
        wanted = {names[place]: kind for place, kind in kinds.items()}
        given = pa.py_buffer(block.data).slice(int(block.ends[0]), int(block.ends[-1] - block.ends[0]))
        table = csv.read_csv(
            pa.BufferReader(given),
            csv.ReadOptions(use_threads=False, block_size=given.size + 1, column_names=names),
            csv.ParseOptions(delimiter=self.delimiter, newlines_in_values=True),
            csv.ConvertOptions(
                column_types=wanted,
                include_columns=list(wanted),
                null_values=list[str](),
                decimal_point=self.decimal,
            ),
        )
        if table.num_rows != len(block):
            raise ValueError("a carriage return alone ends a row")
        return [column.combine_chunks() for column in table.columns]


def fields(text: bytes, delimiter: str) -> tuple[str, ...]:
    """The fields of one row.

    Raises:
        ValueError: it is not one row.

    >>> fields(b'007,"a, b",', ",")
    ('007', 'a, b', '')
    """
    width = text.count(delimiter.encode()) + 1
    table = csv.read_csv(
        pa.BufferReader(text + b"\n"),
        csv.ReadOptions(use_threads=False, block_size=len(text) + 2, autogenerate_column_names=True),
        csv.ParseOptions(delimiter=delimiter, newlines_in_values=True),
        csv.ConvertOptions(column_types={f"f{i}": pa.binary() for i in range(width)}, null_values=list[str]()),
    )
    if table.num_rows != 1:
        raise ValueError("not one row")
    return tuple(column[0].as_py().decode("utf-8", "surrogateescape") for column in table.columns)
