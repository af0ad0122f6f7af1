"""The marks in written numbers: what parts thousands, and what parts whole and fraction.

One rule for every file, however its columns are parted. `1,234.56`, `1,234,567`, `12.5` and `0.125` can be read in one
way alone: a point parts whole and fraction. `1.234,56`, `1.234.567` and `12,5` say the same of a comma. `12,000` and
`12.000` can be read in two ways, and any number of the first two sorts, anywhere in the columns that are read, decides
for the whole file. Where none decides, the file is refused. Thousands may also be parted by an apostrophe, or by a
space that does not break; these decide nothing.

Not modelled: signs of currency, percent, brackets for negative numbers, and digits other than 0 to 9; all are refused.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any, Literal

import numpy as np
import pyarrow as pa
from pyarrow import compute

from calc.piecewise.vectorized import Floats
from calc.plan.errors import quote_value

DecimalMark = Literal[".", ","]
"""What parts whole and fraction."""
OTHER: dict[DecimalMark, DecimalMark] = {".": ",", ",": "."}
NAMES: dict[DecimalMark, str] = {".": "point", ",": "comma"}
EXAMPLES_TOLD = 5
"""Places that a sentence names at the most."""

_SPACES = "\u00a0\u2007\u2009\u202f"
_APOSTROPHES = "'\u2019"
_EXPONENT = "([eE][+-]?[0-9]+)?"


def _thousands(mark: str) -> str:
    """Digits parted by one mark into groups of three, or of two before the last three, as in India."""
    return f"[1-9][0-9]{{0,2}}({mark}[0-9]{{2,3}})*{mark}[0-9]{{3}}"


def _patterns(decimal: DecimalMark) -> tuple[str, str, str]:
    """Of one decimal mark: numbers that prove it, numbers that may have it or the other, and all it can read."""
    point, comma = re.escape(decimal), re.escape(OTHER[decimal])
    several = f"[1-9][0-9]{{0,2}}({comma}[0-9]{{2,3}})+{comma}[0-9]{{3}}({point}[0-9]*)?"
    both = f"{_thousands(f'[{comma}{_SPACES}{_APOSTROPHES}]')}{point}[0-9]*"
    fraction = f"([0-9]*{point}([0-9]{{0,2}}|[0-9]{{4,}})|(0[0-9]*|[0-9]{{4,}})?{point}[0-9]{{3}}){_EXPONENT}"
    exponent = f"[0-9]*{point}[0-9]*[eE][+-]?[0-9]+"
    doubtful = f"[1-9][0-9]{{0,2}}{point}[0-9]{{3}}"
    groups = "|".join(_thousands(mark) for mark in (comma, f"[{_SPACES}]", f"[{_APOSTROPHES}]"))
    readable = f"({groups})({point}[0-9]*)?|[0-9]+({point}[0-9]*)?{_EXPONENT}|{point}[0-9]+{_EXPONENT}"
    proof, doubt, read = (
        f"^[+-]?({part})$" for part in (f"{several}|{both}|{fraction}|{exponent}", doubtful, readable)
    )
    return proof, doubt, read


_PROOF: dict[DecimalMark, str] = {mark: _patterns(mark)[0] for mark in OTHER}
_DOUBT: dict[DecimalMark, str] = {mark: _patterns(mark)[1] for mark in OTHER}
_READABLE: dict[DecimalMark, str] = {mark: _patterns(mark)[2] for mark in OTHER}
_PARTING: dict[DecimalMark, str] = {mark: f"[{OTHER[mark]}{_SPACES}{_APOSTROPHES}]" for mark in OTHER}


def read_number(text: str, decimal: DecimalMark = ".") -> float:
    """A written number, its thousands parted or not.

    Args:
        text: as somebody wrote or printed it.
        decimal: what parts whole and fraction.

    Raises:
        ValueError: it is no number that this decimal mark can read, or none that a float holds.

    >>> read_number("1,800,000"), read_number("1.234,5", ","), read_number("-.5e2")
    (1800000.0, 1234.5, -50.0)
    """
    bare = text.strip()
    if not re.fullmatch(_READABLE[decimal], bare, re.ASCII):
        raise ValueError(f"no number: {quote_value(text)}")
    number = float(re.sub(_PARTING[decimal], "", bare).replace(decimal, "."))
    if not np.isfinite(number):
        raise ValueError(f"more than a number holds: {quote_value(text)}")
    return number


def has_one_reading(text: str) -> DecimalMark | None:
    """The decimal mark that a written number proves; None where it has no mark, or may be read with either.

    >>> has_one_reading("12.5"), has_one_reading("1.234,5"), has_one_reading("12,000"), has_one_reading("7")
    ('.', ',', None, None)
    """
    return next((mark for mark in OTHER if re.fullmatch(_PROOF[mark], text, re.ASCII)), None)


def read_numbers(cells: Any, decimal: DecimalMark) -> Floats:
    """A pyarrow array of written numbers (n,) as floats (n,).

    Raises:
        ValueError: one is no number that this decimal mark can read.
    """
    texts = decoded(cells)
    if not compute.all(compute.match_substring_regex(texts, _READABLE[decimal])).as_py():
        raise ValueError("one is no number")
    plain = compute.replace_substring_regex(texts, _PARTING[decimal], "")
    numbers: Floats = compute.replace_substring(plain, decimal, ".").cast(pa.float64()).to_numpy(zero_copy_only=False)
    return numbers


def decoded(cells: Any) -> Any:
    """Cells of bytes as text without the spaces around it: UTF-8, or where it is none, the Windows code page 1252."""
    try:
        texts = cells.cast(pa.string())
    except pa.ArrowInvalid:
        texts = pa.array([cell.decode("cp1252", "replace") for cell in cells.to_pylist()], pa.string())
    return compute.utf8_trim_whitespace(texts)


@dataclass(frozen=True)
class WrittenNumber:
    """A number as it stands in a file: its line, its column and its text."""

    line: int
    column: str
    text: str


@dataclass
class MarkEvidence:
    """What the numbers of a file, read so far, say of its decimal mark.

    `proofs` has the first number that can be read with one mark alone, by that mark; `doubtful` the first few that can
    be read in two ways, and `doubts` counts them all.
    """

    proofs: dict[DecimalMark, WrittenNumber] = field(default_factory=dict)
    doubtful: list[WrittenNumber] = field(default_factory=list)
    doubts: int = 0

    def add(self, written: "Cells") -> None:
        """Take the cells of one column into account."""
        marked = compute.indices_nonzero(compute.match_substring_regex(written.texts, "[.,]"))
        if not len(marked):
            return
        texts = written.texts.take(marked)
        for mark in OTHER:
            if mark not in self.proofs and (found := _matching(texts, _PROOF[mark])):
                self.proofs[mark] = written.at(marked[found[0]].as_py())
            found = _matching(texts, _DOUBT[mark])
            self.doubts += len(found)
            room = EXAMPLES_TOLD - len(self.doubtful)
            self.doubtful += [written.at(marked[place].as_py()) for place in found[: max(room, 0)]]

    def doubt(self, name: str) -> str | None:
        """The sentence that refuses a file whose marks can be read in two ways; None where something decides."""
        if self.proofs or not self.doubtful:
            return None
        first = self.doubtful[0]
        ways = " or ".join(f"{read_number(first.text, mark):.12g}" for mark in OTHER)
        others = ", ".join(str(line) for line in dict.fromkeys(one.line for one in self.doubtful[1:]))
        more = self.doubts - len(self.doubtful)
        too = f"; so may line {others}" if others else ""
        too += f" and {more:,} more" if more else ""
        return (
            f"{name} line {first.line}: {first.column[:40]} must be a finite number that can be read in one way "
            f"(got {first.text!r}, which may be {ways}{too}): say --decimal point, or comma"
        )


@dataclass(frozen=True)
class Cells:
    """One column of a block: its name, its cells as text, and the line of each."""

    column: str
    texts: Any
    line: Any

    def at(self, row: int) -> WrittenNumber:
        """One cell with where it stands."""
        return WrittenNumber(self.line(row), self.column, self.texts[row].as_py())


def _matching(texts: Any, pattern: str) -> Sequence[int]:
    places: list[int] = compute.indices_nonzero(compute.match_substring_regex(texts, pattern)).to_pylist()
    return places
