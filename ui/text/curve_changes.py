"""What one curve has otherwise than another, term by term and row by row, in words: before and after."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import zip_longest
from typing import Any

from calc.plan.curves.tables import GridTerms, TableTerms
from calc.plan.kpi import Kpi
from calc.plan.plan import Plan
from calc.plan.terms import Terms
from ui.number_format import Formats, clip_name
from ui.text import terms as told
from ui.text.findings import lower_label
from ui.text.terms import NO_VALUE

MAX_ROWS_TOLD = 6
"""Rows of a table that are told one by one; of more, only how many."""
GRID = ("with_", "rows", "columns", "payouts")


@dataclass(frozen=True)
class Change:
    """A term, what it was, and what it is."""

    what: str
    before: str
    after: str


@dataclass(frozen=True)
class PlanSide:
    """A plan with the reader's conventions for it."""

    plan: Plan
    formats: Formats

    def label(self, name: str) -> str:
        return clip_name(self.plan.kpi(name).label, 40) if name in self.plan.ids else name


def term_changes(
    a: Terms,
    b: Terms,
    names: Sequence[str],
    of: str,
    was: PlanSide,
    now: PlanSide,
    kpis: tuple[Any, Any] = (None, None),
) -> Iterator[Change]:
    """A row for every term that differs."""
    for name in names:
        one, other = getattr(a, name), getattr(b, name)
        if one == other:
            continue
        info = type(b).model_fields[name]
        texts = told.term_pair(info, name, (one, was.formats, kpis[0]), (other, now.formats, kpis[1]))
        yield Change(told.term_label(name, of), *texts)


_Of = tuple[PlanSide, Kpi | None]


def curve_changes(a: Any, b: Any, owner: str, was: _Of, now: _Of) -> Iterator[Change]:
    """What differs between two curves: their kind, or term by term, or row by row."""
    if a == b:
        return
    if a is None or b is None or a.kind != b.kind:
        yield Change(
            f"Curve of {owner}", *(told.curve_text(c, k, s.plan, s.formats) for c, (s, k) in ((a, was), (b, now)))
        )
        return
    table = b.TABLE if isinstance(b, TableTerms) else ""
    names = [name for name in type(b).model_fields if name not in (*GRID, "kind", table)]
    yield from term_changes(a, b, names, owner, was[0], now[0], (was[1], now[1]))
    if table:
        yield from _row_changes(getattr(a, table), getattr(b, table), owner, _row_teller(a, was), _row_teller(b, now))
    elif isinstance(b, GridTerms):
        yield from _grid_changes(a, b, owner, was, now)


def _row_teller(curve: Any, of: _Of) -> Callable[[Any], str]:
    """How a row of a curve's table is told."""
    side, kpi = of
    return lambda row: told.row_text(curve, row, kpi, side.formats)


def _row_changes(a: Any, b: Any, owner: str, was: Callable[[Any], str], now: Callable[[Any], str]) -> list[Change]:
    found = []
    for kind, i, j, k, m in SequenceMatcher(None, a, b, autojunk=False).get_opcodes():
        if kind != "equal":
            pairs = zip_longest(range(i, j), range(k, m))
            found += [_row_change(a, b, owner, was, now, old, new) for old, new in pairs]
    if len(found) <= MAX_ROWS_TOLD:
        return found
    return [
        Change(f"Table of {owner}, {len(found)} rows of it", *(_table_ends(t, say) for t, say in ((a, was), (b, now))))
    ]


def _row_change(
    a: Any, b: Any, owner: str, was: Callable[[Any], str], now: Callable[[Any], str], old: int | None, new: int | None
) -> Change:
    if old is None or new is None:
        what = f"Row {'removed from' if new is None else 'added to'} the table of {owner}"
        return Change(what, NO_VALUE if old is None else was(a[old]), NO_VALUE if new is None else now(b[new]))
    before, after = was(a[old]), now(b[new])
    if before == after:
        before, after = (": ".join(map(told.exact_number, row)) for row in (a[old], b[new]))
    return Change(f"Row {new + 1} in the table of {owner}", before, after)


def _table_ends(table: Any, say: Callable[[Any], str]) -> str:
    return f"{len(table)} rows, from {say(table[0])} to {say(table[-1])}"


def _grid_changes(a: GridTerms, b: GridTerms, owner: str, was: _Of, now: _Of) -> Iterator[Change]:
    if a.with_ != b.with_:
        names = (lower_label(side.label(grid.with_)) for grid, (side, _) in ((a, was), (b, now)))
        yield Change(f"What the grid of {owner} is read with", *names)
    if (len(a.rows), len(a.columns)) != (len(b.rows), len(b.columns)):
        yield Change(f"Grid of {owner}", *(f"{len(g.rows)} rows, {len(g.columns)} columns" for g in (a, b)))
        return
    for name in ("rows", "columns"):
        if getattr(a, name) != getattr(b, name):
            axes = [
                ", ".join(told.grid_place(x, grid, name, side.plan, kpi, side.formats) for x in getattr(grid, name))
                for grid, (side, kpi) in ((a, was), (b, now))
            ]
            if axes[0] == axes[1]:
                axes = [", ".join(map(told.exact_number, getattr(grid, name))) for grid in (a, b)]
            yield Change(f"{name.capitalize()} in the grid of {owner}", *axes)
    cells = [(i, j) for i in range(len(b.rows)) for j in range(len(b.columns)) if a.payouts[i][j] != b.payouts[i][j]]
    if len(cells) > MAX_ROWS_TOLD:
        yield Change(f"Cells in the grid of {owner}", f"{len(cells)} cells", "other payouts")
        return
    for i, j in cells:
        where = (told.grid_place(axis[n], b, name, now[0].plan, now[1], now[0].formats)
                 for axis, n, name in ((b.rows, i, "rows"), (b.columns, j, "columns")))  # fmt: skip
        money = "money" in (a.pays, b.pays)
        pays = told.tell_apart(
            a.payouts[i][j], b.payouts[i][j], now[0].formats.money if money else now[0].formats.share
        )
        yield Change(f"Grid of {owner} at {' and '.join(where)}", *pays)
