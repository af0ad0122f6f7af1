"""What is odd in the rows of a file of results, and is asked about before anything is paid.

Three kinds, each of which whoever pays may say is meant:

- `totals`: a row that is the total of the others and no person; it is called so, or nobody and adds them up.
- `repeats`: a person who stands twice, or twice in one period where the file has a column for it.
- `scale`: a number in another unit than its target. A target of another sign than the plan's; 0.85 where the target is
  85, or 85 where it is 0.85; a result of more than 50 times its target; a target or a target incentive that is 1,000
  times the plan's, or a thousandth; a whole column of results that are a fiftieth of their targets, or less.

Not modelled: people whose names are written in two ways, and totals among other totals without a name.
"""

from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray
from pyarrow import compute

from calc.payroll.headings import Layout
from calc.payroll.text_hashes import SPREAD, Hashes, text_hashes
from calc.piecewise.vectorized import Floats
from calc.plan.errors import quote_value
from calc.plan.plan import Plan
from calc.tables.sheets.number_marks import EXAMPLES_TOLD, decoded
from calc.tables.sheets.total_rows import TOTAL, may_be_total

Oddity = Literal["repeats", "totals", "scale", "headings"]
ODDITIES: tuple[Oddity, ...] = ("repeats", "totals", "scale", "headings")
"""What may be said to be meant."""
MANY_TIMES = 50.0
"""A result of so many times its target is in another unit."""
FAR_FROM_PLAN = 1000.0
"""A target of so many times the plan's, or so small a part of it, is in another unit."""
ALL_BELOW = 0.02
"""Where no result of a column is above this part of its target, the column is in another unit."""
PLAUSIBLE_SHARES = (0.1, 3.0)
"""Attainment that is plausible where a share is read as a percentage, or the other way round."""
LEAST_PERCENT, MOST_SHARE = 20.0, 2.0
"""A percentage is at least the first, and a share at most the second."""

RowLine = Callable[[int], int]
"""The line of a row of a block."""


@dataclass
class OddRows:
    """Rows of one fault: the first few with line and text, and how many there are."""

    told: list[tuple[int, str]] = field(default_factory=list)
    count: int = 0

    def add(self, rows: Sequence[int], line: Callable[[int], int], text: Callable[[int], str]) -> None:
        """Count rows of a block, and keep the first of all where there is room."""
        room = max(EXAMPLES_TOLD - len(self.told), 0)
        self.told += [(line(row), text(row)) for row in rows[:room]]
        self.count += len(rows)

    def lines(self) -> str:
        """Where they stand: `line 3`, `lines 3, 5 and 9`, `lines 3, 5, 9, 12, 14 and 120 more`."""
        return listed_lines([line for line, _ in self.told], self.count)


def listed_lines(lines: Sequence[int], count: int) -> str:
    """Lines as a sentence names them; `count` is how many there are in all.

    >>> listed_lines([3], 1), listed_lines([3, 5], 2), listed_lines([3, 5], 9)
    ('line 3', 'lines 3 and 5', 'lines 3, 5 and 7 more')
    """
    words = [str(line) for line in lines] + ([f"{count - len(lines):,} more"] if count > len(lines) else [])
    return f"line {words[0]}" if count == 1 else f"lines {', '.join(words[:-1])} and {words[-1]}"


@dataclass
class RowWatch:
    """Looks at every row that is paid for what is odd in it.

    Args:
        plan: the plan that pays.
        layout: the columns of the file.
        allowed: the oddities that are meant.
    """

    plan: Plan
    layout: Layout
    allowed: Collection[str] = ()
    totals: OddRows = field(default_factory=OddRows)
    scales: dict[tuple[str, str], OddRows] = field(default_factory=dict)
    people: list[Hashes] = field(default_factory=list)
    rows: int = 0
    sums: dict[str, float] = field(default_factory=dict)
    highest: dict[str, float] = field(default_factory=dict)
    unlike_zero: dict[str, int] = field(default_factory=dict)
    last: dict[str, float] = field(default_factory=dict)
    last_row: tuple[int, str] = (0, "")
    named: int = 0

    def see(self, values: dict[str, Floats], names: Any, keys: Any, line: RowLine) -> None:
        """Look at the rows of a block.

        Args:
            values: by column, its numbers (n,).
            names: who each row is of, as bytes (n,); None where no column says so.
            keys: the same, with the period; None where no column says so.
            line: gives the line of a row.
        """
        count = len(next(iter(values.values()))) if values else 0
        if not count:
            return
        if "totals" not in self.allowed:
            self._see_totals(values, names, line, count)
        if "repeats" not in self.allowed and keys is not None:
            self.people.append(self._people(names, keys))
        if "scale" not in self.allowed:
            self._see_scales(values, line)
        self.rows += count

    def _people(self, names: Any, keys: Any) -> Hashes:
        """A number for each person and period (n,); every row that names nobody has one of its own."""
        hashes = text_hashes(fold_case(keys))
        nobody = compute.equal(decoded(names), "").to_numpy(zero_copy_only=False)
        rows = np.arange(self.rows, self.rows + len(hashes), dtype=np.uint64)
        return np.where(nobody, (rows + np.uint64(1)) * SPREAD, hashes)

    def _see_totals(self, values: dict[str, Floats], names: Any, line: RowLine, count: int) -> None:
        self.last = {name: float(column[-1]) for name, column in values.items()}
        for name, column in values.items():
            self.sums[name] = self.sums.get(name, 0.0) + float(column.sum())
        if names is None:
            self.last_row = (line(count - 1), "")
            return
        texts = decoded(names)
        self.named += int(compute.sum(compute.not_equal(texts, "")).as_py() or 0)
        called = compute.match_substring_regex(texts, TOTAL) if may_be_total(texts) else pa.array([False])
        totals = compute.indices_nonzero(called).to_pylist()
        self.totals.add(totals, line, lambda row: str(texts[row].as_py()))
        self.last_row = (line(count - 1), texts[count - 1].as_py())

    def _see_scales(self, values: dict[str, Floats], line: RowLine) -> None:
        for column in self.layout.numbers:
            found = values[column.name]
            if column.kpi is None:
                if self.plan.target_incentive:
                    self._far(column.name, found, self.plan.target_incentive, line)
                continue
            kpi = self.plan.kpis[column.kpi]
            if column.is_target:
                if kpi.target:
                    signed = found * kpi.target <= 0
                    self._odd(
                        column.name, f"on the same side of 0 as the plan's target {kpi.target:g}", signed, found, line
                    )
                    self._far(column.name, found, kpi.target, line)
                continue
            if not kpi.has_target:  # nothing says of what size its results are
                continue
            own = values.get(kpi.id + ".target")
            size = np.abs(own) if own is not None and kpi.scale is None else np.full(1, max(kpi.span, abs(kpi.target)))
            self._result(kpi.id, found, size, line)

    def _result(self, name: str, found: Floats, size: Floats, line: RowLine) -> None:
        """Results that are in another unit than their targets, of sizes (n,) or (1,)."""
        size = np.maximum(size, 1e-300)
        far = np.abs(found) > MANY_TIMES * size
        share = self._shares(found, size)
        told = f"in the unit of its target{f' {size[0]:g}' if len(size) == 1 else ''}"
        self._odd(name, told, far | share, found, line)
        other = found != 0
        self.unlike_zero[name] = self.unlike_zero.get(name, 0) + int(np.count_nonzero(other))
        ratio = float((np.abs(found) / size).max())
        self.highest[name] = max(self.highest.get(name, 0.0), ratio)

    def _far(self, name: str, found: Floats, size: float, line: RowLine) -> None:
        """Targets that are far from the plan's own."""
        ratio = np.abs(found) / abs(size)
        odd = (ratio >= FAR_FROM_PLAN) | ((ratio <= 1 / FAR_FROM_PLAN) & (found != 0))
        odd |= self._shares(found, np.full(1, abs(size))) if name != "target_incentive" else False
        self._odd(name, f"in the unit of the plan's {size:g}", odd & (found * size > 0), found, line)

    def _shares(self, found: Floats, size: Floats) -> NDArray[np.bool_]:
        """Where a share stands against a percentage, or a percentage against a share."""
        part = np.abs(found)
        low, high = PLAUSIBLE_SHARES
        a_share = (part <= MOST_SHARE) & (size >= LEAST_PERCENT) & (size <= 100) & (found != np.rint(found))
        a_share &= (part * 100 >= low * size) & (part * 100 <= high * size)
        whole = (part >= LEAST_PERCENT) & (size <= MOST_SHARE) & (size != np.rint(size))
        found_odd: NDArray[np.bool_] = a_share | (whole & (part >= 100 * low * size) & (part <= 100 * high * size))
        return found_odd

    def _odd(self, name: str, must: str, odd: NDArray[np.bool_], found: Floats, line: RowLine) -> None:
        if odd.any():
            rows = self.scales.setdefault((name, must), OddRows())
            rows.add(np.flatnonzero(odd).tolist(), line, lambda row: f"{found[row]:g}")

    def repeated(self) -> tuple[list[tuple[list[int], int]], int]:
        """The first rows of the first few people who stand more than once, how often each does, and how many do."""
        if not self.people:
            return [], 0
        known = np.concatenate(self.people)
        order = np.argsort(known, kind="stable")
        starts = np.flatnonzero(np.concatenate(([True], known[order[1:]] != known[order[:-1]])))
        counts = np.diff(starts, append=len(order))
        several = np.flatnonzero(counts > 1)
        seconds = order[starts[several] + 1]
        first = several[np.argsort(seconds)[:EXAMPLES_TOLD]]
        groups = [(order[starts[n] : starts[n] + counts[n]][:EXAMPLES_TOLD].tolist(), int(counts[n])) for n in first]
        return groups, len(several)

    def faults(self, name: str) -> Iterator[str]:
        """A sentence for each kind of odd row, but for repeats, which need the file once more."""
        self._unnamed_total()
        yield from self.row_faults(name)
        yield from self.column_faults(name)

    def row_faults(self, name: str) -> Iterator[str]:
        """A sentence for each kind of row that is odd by itself: a total by its name, a number in another unit."""
        yield from self._total_faults(name)
        for (column, must), rows in self.scales.items():
            yield (
                f"{name} {rows.lines()}: {column} must be {must} (got {rows.told[0][1]}): "
                "write it so, or say --allow scale if it is meant"
            )

    def unnamed_total_faults(self, name: str) -> Iterator[str]:
        """A sentence where the last row is the total of all that stand above it and names nobody."""
        self._unnamed_total()
        yield from self._total_faults(name)

    def _total_faults(self, name: str) -> Iterator[str]:
        if self.totals.count:
            one = self.totals.count == 1
            yield (
                f"{name} {self.totals.lines()} must be {'a person' if one else 'people'} and no total "
                f"(got {quote_value(self.totals.told[0][1])}): leave it out, or say --allow totals if it is meant"
            )

    def column_faults(self, name: str) -> Iterator[str]:
        """A sentence for each column that is odd as a whole."""
        for column, highest in self.highest.items():
            if 0 < highest <= ALL_BELOW and self.unlike_zero[column] > 1:
                yield (
                    f"{name}: {column} must be in the unit of its target (got no result above {highest:.2g} times it): "
                    "write it so, or say --allow scale if it is meant"
                )

    def _unnamed_total(self) -> None:
        """The last row where it names nobody and adds up, or takes the mean of, all that stand above it."""
        line, text = self.last_row
        above = self.rows - 1
        if "totals" in self.allowed or text or above < (2 if self.named else 3):
            return
        results = [column.name for column in self.layout.numbers if column.kpi is not None and not column.is_target]
        sums = {name: self.sums[name] - self.last[name] for name in results}
        adds = {name: _close(sums[name], self.last[name]) for name in results}
        fits = all(adds[name] or _close(sums[name] / above, self.last[name]) for name in results)
        if fits and any(adds[name] and self.last[name] for name in results):
            self.totals.add([0], lambda _: line, lambda _: "the sum of the rows above")


def _close(one: float, other: float) -> bool:
    return abs(one - other) <= 1e-9 * max(abs(one), abs(other))


def repeats_sentence(name: str, who: str, lines: Sequence[int], times: int) -> str:
    """That one person stands on several lines."""
    return (
        f"{name} {listed_lines(lines, times)} must not be one person twice (got {quote_value(who)}): "
        "leave one out, or say --allow repeats if it is meant"
    )


def more_repeats_sentence(name: str, people: int) -> str:
    """That more people stand twice than are named."""
    return f"{name} must not name {people:,} more people twice (got them)"


def fold_case(keys: Any) -> Any:
    """Names as they are compared: the case and the spaces around them aside."""
    return compute.utf8_lower(decoded(keys))
