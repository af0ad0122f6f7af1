"""What two plans have otherwise in the rules of their years, and in the year of the rep looked at: a row a term."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from calc.documents.planfile import Preset
from calc.plan.terms import Terms, is_single_term
from calc.year.beside.rep_year import RepYear
from ui.text import terms as told
from ui.text.curve_changes import Change, PlanSide, term_changes
from ui.text.findings import lower_label
from ui.text.terms import NO_VALUE

YEAR_TABLE_WORDS = {
    "year": "the year",
    "draw": "the draw",
    "ramp": "the ramp",
    "proration": "the part of a year",
    "holdback": "the holdback",
    "recovery": "the recovery",
}
NESTED_WORDS = {"limit": "the limit of a payment", "ladder": "the shared ladder"}


def year_changes(a: Preset, b: Preset, was: PlanSide, now: PlanSide) -> Iterator[Change]:
    """A row for each term of a year that differs."""
    for name, words in YEAR_TABLE_WORDS.items():
        yield from _table_changes(getattr(a, name), getattr(b, name), words, was, now)
    yield from _rep_changes(a.rep_year, b.rep_year, now)


def _table_changes(
    one: Terms | None, other: Terms | None, words: str, was: PlanSide, now: PlanSide
) -> Iterator[Change]:
    if one == other:
        return
    if one is None or other is None:
        whole = words.partition(" ")[2].capitalize()
        yield Change(whole, *(NO_VALUE if table is None else "described" for table in (one, other)))
        return
    fields = type(other).model_fields
    single = [name for name, info in fields.items() if is_single_term(info)]
    yield from term_changes(one, other, single, words, was, now)
    for name in (name for name in fields if name not in single):
        before, after = getattr(one, name), getattr(other, name)
        if name in NESTED_WORDS:
            yield from _table_changes(before, after, NESTED_WORDS[name], was, now)
        elif before != after:
            yield Change(told.term_label(name, words), _list_text(before), _list_text(after))


def _list_text(value: Any) -> str:
    """A list or a table of a term, in a few words."""
    if isinstance(value, Mapping):
        return "; ".join(f"{name} {_list_text(part)}" for name, part in value.items()) or NO_VALUE
    if isinstance(value, Sequence) and not isinstance(value, str):
        return ", ".join(_list_text(part) for part in value) or NO_VALUE
    if isinstance(value, Terms):
        return _list_text(value.model_dump(exclude_none=True, by_alias=True))
    return told.exact_number(value) if isinstance(value, float) else str(value)


def _rep_changes(one: RepYear | None, other: RepYear | None, now: PlanSide) -> Iterator[Change]:
    if one == other:
        return
    was_told, is_told = ({} if rep is None else rep.results for rep in (one, other))
    for name in dict.fromkeys([*was_told, *is_told]):
        before, after = was_told.get(name), is_told.get(name)
        if before != after:
            label = lower_label(now.label(name)) if name in now.plan.ids else name
            yield Change(
                f"Year looked at, {label}", *("at target" if t is None else _list_text(t) for t in (before, after))
            )
    rest = [name for name in RepYear.model_fields if name != "results"]
    for name in rest:
        before, after = getattr(one, name, None), getattr(other, name, None)
        if before != after:
            yield Change(
                f"Year looked at, {name}", *(NO_VALUE if t is None else _list_text(t) for t in (before, after))
            )
