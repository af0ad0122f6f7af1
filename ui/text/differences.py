"""What one plan has otherwise than another, term by term, in words: before and after.

Every term that decides pay, or that the page judges by, is told, each once; what is written about a plan (its title and
story, sources, worked examples, named reps) is not.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import zip_longest
from typing import Any

from calc.documents.planfile import Preset
from calc.plan.conditions import MARK_TERMS, Gate, Modifier
from calc.plan.curves.tables import GridTerms, TableTerms
from calc.plan.kpi import Kpi
from calc.plan.plan import Plan
from calc.plan.terms import Terms
from calc.situation.practice import Practice
from calc.situation.team import PEOPLE
from ui.number_format import Formats, clip_name
from ui.text import terms as told
from ui.text.findings import lower_label
from ui.text.people import people_changes, told_by_measure
from ui.text.terms import NO_VALUE

MAX_ROWS_TOLD = 6
"""Rows of a table that are told one by one; of more, only how many."""
TABLE_NAMES = {
    "team": "the team",
    "calendar": "the calendar",
    "path": "the path of the target",
    "behaviour": "the reps",
}
CONDITIONS = {"gates": "gate", "modifiers": "multiplier"}
GRID = ("with_", "rows", "columns", "payouts")


@dataclass(frozen=True)
class Change:
    """A term, what it was, and what it is."""

    what: str
    before: str
    after: str


@dataclass(frozen=True)
class _Side:
    """A plan with the reader's conventions for it."""

    plan: Plan
    formats: Formats

    def label(self, name: str) -> str:
        return clip_name(self.plan.kpi(name).label, 40) if name in self.plan.ids else name


def changes_between(a: Preset, b: Preset, locale: str) -> tuple[Change, ...]:
    """What B has otherwise than A; nothing where they are the same."""
    was, now = (_Side(p.plan, Formats(locale, p.plan.currency, p.plan.minor)) for p in (a, b))
    landed = people_changes(a, b, was.formats, now.formats)
    found = [
        *_plan_changes(was, now),
        *_kpi_list_changes(was, now),
        *_condition_changes(was, now),
        *_around_changes(a, b, was, now),
    ]
    found += [
        Change(told.term_label("team_mean", lower_label(now.label(one.kpi))), one.before, one.after) for one in landed
    ]
    return tuple(found)


# The plan


def _plan_changes(was: _Side, now: _Side) -> Iterator[Change]:
    names = [name for name in Plan.model_fields if name not in ("curve", "kpis", "gates", "modifiers", "greater_of")]
    yield from _term_changes(was.plan, now.plan, names, "the plan", was, now)
    if was.plan.greater_of != now.plan.greater_of:
        yield Change("Groups of which one is paid", _groups_text(was), _groups_text(now))
    yield from _curve_changes(was.plan.curve, now.plan.curve, "the score", (was, None), (now, None))


def _groups_text(side: _Side) -> str:
    tables = [
        " or ".join(" with ".join(lower_label(side.label(i)) for i in g) for g in t.groups)
        for t in side.plan.greater_of
    ]
    return "; ".join(tables) or NO_VALUE


def _term_changes(
    a: Terms, b: Terms, names: Sequence[str], of: str, was: _Side, now: _Side, kpis: tuple[Any, Any] = (None, None)
) -> Iterator[Change]:
    """A row for every term that differs."""
    for name in names:
        one, other = getattr(a, name), getattr(b, name)
        if one == other:
            continue
        info = type(b).model_fields[name]
        texts = told.term_pair(info, name, (one, was.formats, kpis[0]), (other, now.formats, kpis[1]))
        yield Change(told.term_label(name, of), *texts)


# The measures


def _kpi_list_changes(was: _Side, now: _Side) -> Iterator[Change]:
    old, new = was.plan.ids, now.plan.ids
    for name in old:
        if name not in new:
            yield Change("Measure removed", told.measure_text(was.plan, was.plan.kpi(name), was.formats), NO_VALUE)
    for name in new:
        if name not in old:
            yield Change("Measure added", NO_VALUE, told.measure_text(now.plan, now.plan.kpi(name), now.formats))
    common = [name for name in old if name in new]
    if common != [name for name in new if name in old]:
        orders = (", ".join(lower_label(side.label(n)) for n in side.plan.ids if n in common) for side in (was, now))
        yield Change("Order of the measures", *orders)
    for name in common:
        yield from _kpi_changes(was, now, was.plan.kpi(name), now.plan.kpi(name))


def _kpi_changes(was: _Side, now: _Side, a: Kpi, b: Kpi) -> Iterator[Change]:
    if a == b:
        return
    of = lower_label(b.label)
    if a.label != b.label:
        yield Change(told.term_label("name", of), a.label, b.label)
    if (a.weight or 0.0) != (b.weight or 0.0):
        texts = told.term_pair(
            Kpi.model_fields["weight"], "weight", (a.weight, was.formats, a), (b.weight, now.formats, b)
        )
        yield Change(told.term_label("weight", of), *texts)
    if a.costs != b.costs:
        yield Change(told.term_label("costs", of), *(_costs_text(s, k) for s, k in ((was, a), (now, b))))
    names = [n for n in Kpi.model_fields if n not in ("id", "name", "weight", "costs", "curve", *PEOPLE)]
    yield from _term_changes(a, b, names, of, was, now, (a, b))
    yield from _curve_changes(a.curve, b.curve, lower_label(b.label), (was, a), (now, b))


def _costs_text(side: _Side, kpi: Kpi) -> str:
    return (
        ", ".join(f"{told.exact_number(cost)} of {lower_label(side.label(name))}" for name, cost in kpi.costs)
        or NO_VALUE
    )


# Curves


_Of = tuple[_Side, Kpi | None]


def _curve_changes(a: Any, b: Any, owner: str, was: _Of, now: _Of) -> Iterator[Change]:
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
    yield from _term_changes(a, b, names, owner, was[0], now[0], (was[1], now[1]))
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


# Gates and multipliers


def _condition_changes(was: _Side, now: _Side) -> Iterator[Change]:
    yield from _listed_changes("gates", was, now)
    yield from _listed_changes("modifiers", was, now)


def _listed_changes(name: str, was: _Side, now: _Side) -> Iterator[Change]:
    """Rows for the gates, or the multipliers, that are not the same in both."""
    old, new, word = list(getattr(was.plan, name)), list(getattr(now.plan, name)), CONDITIONS[name]
    if old != new and sorted(map(repr, old)) == sorted(map(repr, new)):
        orders = ("; ".join(_condition_text(side, c) for c in given) for side, given in ((was, old), (now, new)))
        yield Change(f"Order of the {word}s", *orders)
        return
    for one in [c for c in old if c in new]:
        if one in new:
            old.remove(one)
            new.remove(one)
    for one, other in _pair_up(old, new):
        if one is None or other is None:
            what = f"{word.capitalize()} {'removed' if other is None else 'added'}"
            yield Change(
                what, *(NO_VALUE if c is None else _condition_text(s, c) for s, c in ((was, one), (now, other)))
            )
        else:
            yield from _condition_change(word, was, now, one, other)


def _pair_up(old: list[Any], new: list[Any]) -> list[tuple[Any, Any]]:
    """Each with the one that it has become: of the same KPI and pay, else of the same KPI, else alike but for it."""
    found = []
    for key in (lambda c: (c.kpi, _acts_on(c)), lambda c: c.kpi, lambda c: c.model_dump(exclude={"kpi"})):
        for one in [*old]:
            other = next((c for c in new if key(c) == key(one)), None)
            if other is not None:
                found.append((one, other))
                old.remove(one)
                new.remove(other)
    return [*found, *((one, None) for one in old), *((None, one) for one in new)]


def _acts_on(condition: Gate | Modifier) -> Any:
    return condition.closes if isinstance(condition, Gate) else condition.multiplies


def _condition_change(word: str, was: _Side, now: _Side, a: Any, b: Any) -> Iterator[Change]:
    if isinstance(b, Gate) or (a.kpi, a.multiplies) != (b.kpi, b.multiplies):
        texts = [_condition_text(was, a), _condition_text(now, b)]
        if texts[0] == texts[1]:
            texts = [f"{text} ({_gate_numbers(c)})" for text, c in zip(texts, (a, b), strict=True)]
        if texts[0] != texts[1]:
            yield Change(word.capitalize(), *texts)
    if isinstance(b, Modifier):
        ends = ((side, side.plan.kpi(c.kpi)) for side, c in ((was, a), (now, b)))
        yield from _curve_changes(a.curve, b.curve, f"the multiplier by {lower_label(now.label(b.kpi))}", *ends)


def _gate_numbers(gate: Gate) -> str:
    """A gate's numbers with all of their digits."""
    mark = next(getattr(gate, name) for name in MARK_TERMS if getattr(gate, name) is not None)
    left = gate.keeps or 0.0 if gate.limits_to is None else gate.limits_to
    return f"{told.exact_number(mark or 0.0)}, {told.exact_number(left)}"


def _condition_text(side: _Side, condition: Gate | Modifier) -> str:
    return told.condition_text(side.plan, condition, side.formats)


# What is around the plan


def _around_changes(a: Preset, b: Preset, was: _Side, now: _Side) -> Iterator[Change]:
    told_apart = told_by_measure(a, b)
    for name, words in TABLE_NAMES.items():
        one, other = getattr(a, name), getattr(b, name)
        if one is None and other is None:
            continue
        if one is None or other is None:
            whole = words.partition(" ")[2].capitalize()
            yield Change(whole, *(NO_VALUE if table is None else told.table_text(table) for table in (one, other)))
        else:
            names = [n for n in type(other).model_fields if name != "team" or n not in told_apart]
            yield from _term_changes(one, other, names, words, was, now)
    if a.rank != b.rank:
        yield Change("Pay by place", told.places(a.rank, was.formats), told.places(b.rank, now.formats))
    one, other = a.practice or Practice(), b.practice or Practice()
    yield from _term_changes(one, other, list(Practice.model_fields), "what counts as practice", was, now)
