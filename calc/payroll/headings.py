"""The headings of a file of results: which columns are read, which names are near misses, and which are left alone.

A column is read by its exact name. A heading that means a known name but is written otherwise (in another case, with a
space, with its unit in brackets, a letter off, `quota` for `target`) is never passed by in silence: it is refused with
the name that is meant. What is like no known name is passed through, and named to whoever asks.

Not modelled: headings that mean a KPI by another word than its id or its name.
"""

import re
import unicodedata
from collections import Counter
from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from calc.piecewise.vectorized import Floats
from calc.plan.batch.named_columns import INCENTIVE, TARGET
from calc.plan.errors import nearest_name, quote_value
from calc.plan.plan import Plan
from calc.tables.sheets.heading_words import (
    INCENTIVE_HEADINGS,
    PERIOD_HEADINGS,
    PERSON_HEADINGS,
    TARGET_WORDS,
    bare_word,
    one_off,
)

_SHORTEST_MISSPELT = 4
"""Letters that a name has at least where one letter off still means it."""


@dataclass(frozen=True)
class Column:
    """A column that is read: its place in the file, the place of its KPI in the plan, what must hold, and whether."""

    name: str
    place: int
    kpi: int | None
    must: str = "a finite number"
    holds: Callable[[Floats], Any] = np.isfinite

    @property
    def is_target(self) -> bool:
        """Whether it has the rep's own target of a KPI."""
        return self.name.endswith(TARGET)


@dataclass(frozen=True)
class Layout:
    """The columns of a file: those of numbers, where the person and the period stand, and the names not read."""

    numbers: tuple[Column, ...]
    person: int | None
    periods: tuple[int, ...]
    unread: tuple[str, ...]


def own_targets(plan: Plan) -> tuple[str, ...]:
    """The ids of the KPIs of which a rep's own target can change the pay, in the plan's order."""
    return tuple(i for i in plan.deciding if plan.depends_on_target(i))


def added_columns(plan: Plan) -> tuple[str, ...]:
    """The names of the columns that are added: the pay of each KPI, and the pay."""
    return (*(f"pay.{i}" for i in plan.ids), "pay")


def known_columns(plan: Plan) -> tuple[str, ...]:
    """The names of the columns that are read where they are there."""
    return (*plan.deciding, *(i + TARGET for i in own_targets(plan)), INCENTIVE)


def heading_faults(plan: Plan, columns: Sequence[str], allowed: Collection[str] = ()) -> Iterator[str]:
    """What the first line of a file must do and does not, a clause each.

    Args:
        plan: the plan that pays.
        columns: the headings as they were given.
        allowed: oddities that are meant: with `headings`, a near miss is left unread where it can be.
    """
    known, added = known_columns(plan), added_columns(plan)
    useless = {i + TARGET for i in plan.deciding} - {*known}
    for name, times in Counter(columns).items():
        if times > 1:
            yield f"name every column once (got {quote_value(name)} {times} times)"
        if name in added:
            yield f"leave the name {name} to the column that is added (got it)"
        if name in useless:
            yield f"leave out {name}, which can change nothing: {name.removesuffix(TARGET)} is paid by result (got it)"
        meant = None if name in (*known, *plan.ids) else meaning(plan, name)
        if meant is None or meant in columns or (meant in plan.deciding and bare_word(meant) != bare_word(name)):
            continue
        if meant in plan.deciding:
            yield f"write {meant} exactly so (got {quote_value(name)})"
        elif "headings" not in allowed:
            must = f"write {meant} exactly so (got {quote_value(name)})"
            yield f"{must}: rename it, or say --allow headings to leave it unread"
    yield from _missing(plan, columns)


def _missing(plan: Plan, columns: Sequence[str]) -> Iterator[str]:
    meant = {meaning(plan, name): name for name in columns if name not in plan.ids}
    for i in plan.deciding:
        if i in columns or bare_word(meant.get(i, "")) == bare_word(i):
            continue
        near = f"did you mean {meant[i][:40]}?" if i in meant else nearest_name(i, [name[:40] for name in columns])
        yield f"have a column {i}, on which the pay depends (got none): {near}"


def meaning(plan: Plan, heading: str) -> str | None:
    """The known name that a heading means though it is not written so; None where it means none."""
    words = _words(plan, heading)
    bare = "".join(words)
    known = {bare_word(name): name for name in known_columns(plan)}
    if not bare or bare in {bare_word(i) for i in plan.ids} - {*known}:
        return None
    if bare in known:
        return known[bare]
    if bare in INCENTIVE_HEADINGS:
        return INCENTIVE
    rest = "".join(word for word in words if word not in TARGET_WORDS)
    if len(rest) < len(bare):
        aimed = {bare_word(i): i + TARGET for i in own_targets(plan)}
        if rest in aimed:
            return aimed[rest]
        if not rest and len(aimed) == 1 == len(plan.deciding):
            return next(iter(aimed.values()))
    return next((name for key, name in known.items() if len(key) >= _SHORTEST_MISSPELT and one_off(key, bare)), None)


def _words(plan: Plan, heading: str) -> list[str]:
    """The words of a heading, without the units that stand in brackets or at its end."""
    text = unicodedata.normalize("NFKC", heading)[:200]
    text = "".join(c for c in text if unicodedata.category(c) != "Cf")
    text = re.sub(r"[(\[{][^)\]}]*[)\]}]?", " ", text)
    text = re.sub(r"(?<=[a-z0-9])(?=[A-Z])", " ", text)
    words = [word for word in re.split(r"[\W_]+", text.casefold()) if word]
    units = {plan.currency.casefold(), *(word for k in plan.kpis for word in re.split(r"[\W_]+", k.unit.casefold()))}
    while len(words) > 1 and words[-1] in units and words[-1] not in TARGET_WORDS:
        words = words[:-1]
    return words


def layout_of(plan: Plan, columns: Sequence[str]) -> Layout:
    """Where the columns of a file stand whose first line has no fault."""
    numbers = tuple(_column(plan, name, columns.index(name)) for name in known_columns(plan) if name in columns)
    spoken = {"_".join(_words(plan, name)): place for place, name in reversed([*enumerate(columns)])}
    person = next((spoken[name] for name in PERSON_HEADINGS if name in spoken), None)
    read = {column.place for column in numbers}
    periods = tuple(sorted(place for name, place in spoken.items() if name in PERIOD_HEADINGS and place not in read))
    person = None if person in read else person
    unread = tuple(name for place, name in enumerate(columns) if place not in {*read, *periods, person})
    return Layout(numbers, person, periods, unread)


def _column(plan: Plan, name: str, place: int) -> Column:
    if name == INCENTIVE:
        return Column(name, place, None, "a finite number above 0", lambda x: (x > 0) & np.isfinite(x))
    kpi = plan.kpi(name.removesuffix(TARGET))
    where = plan.ids.index(kpi.id)
    if name == kpi.id or kpi.scale is not None:
        return Column(name, place, where)
    must = "a finite number but not 0, as the plan names no scale"
    return Column(name, place, where, must, lambda x: (x != 0) & np.isfinite(x))
