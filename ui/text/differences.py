"""What one plan has otherwise than another, term by term, in words: before and after.

Every term that decides pay, or that the page judges by, is told, each once; what is written about a plan (its title and
story, sources, worked examples, named reps) is not.
"""

from collections.abc import Iterator
from typing import Any

from calc.documents.planfile import Preset
from calc.plan.conditions import MARK_TERMS, Gate, Modifier
from calc.plan.kpi import Kpi
from calc.plan.plan import Plan
from calc.situation.practice import Practice
from calc.situation.team import PEOPLE
from ui.number_format import Formats
from ui.text import terms as told
from ui.text.curve_changes import Change, PlanSide, curve_changes, term_changes
from ui.text.deals import deals_in_words
from ui.text.findings import lower_label
from ui.text.people import people_changes, told_by_measure
from ui.text.terms import NO_VALUE
from ui.text.year.changes import year_changes

TABLE_NAMES = {
    "team": "the team",
    "calendar": "the calendar",
    "path": "the path of the target",
    "behaviour": "the reps",
}
CONDITIONS = {"gates": "gate", "modifiers": "multiplier"}


def changes_between(a: Preset, b: Preset, locale: str) -> tuple[Change, ...]:
    """What B has otherwise than A; nothing where they are the same."""
    was, now = (PlanSide(p.plan, Formats(locale, p.plan.currency, p.plan.minor)) for p in (a, b))
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


def _plan_changes(was: PlanSide, now: PlanSide) -> Iterator[Change]:
    names = [name for name in Plan.model_fields if name not in ("curve", "kpis", "gates", "modifiers", "greater_of")]
    yield from term_changes(was.plan, now.plan, names, "the plan", was, now)
    if was.plan.greater_of != now.plan.greater_of:
        yield Change("Groups of which one is paid", _groups_text(was), _groups_text(now))
    yield from curve_changes(was.plan.curve, now.plan.curve, "the score", (was, None), (now, None))


def _groups_text(side: PlanSide) -> str:
    tables = [
        " or ".join(" with ".join(lower_label(side.label(i)) for i in g) for g in t.groups)
        for t in side.plan.greater_of
    ]
    return "; ".join(tables) or NO_VALUE


# The measures


def _kpi_list_changes(was: PlanSide, now: PlanSide) -> Iterator[Change]:
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


def _kpi_changes(was: PlanSide, now: PlanSide, a: Kpi, b: Kpi) -> Iterator[Change]:
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
    if a.deals != b.deals:
        yield Change(told.term_label("deals", of), *(_deals_text(s, k) for s, k in ((was, a), (now, b))))
    names = [n for n in Kpi.model_fields if n not in ("id", "name", "weight", "costs", "deals", "curve", *PEOPLE)]
    yield from term_changes(a, b, names, of, was, now, (a, b))
    yield from curve_changes(a.curve, b.curve, lower_label(b.label), (was, a), (now, b))


def _deals_text(side: PlanSide, kpi: Kpi) -> str:
    return NO_VALUE if kpi.deals is None else deals_in_words(kpi.deals, kpi, side.formats)


def _costs_text(side: PlanSide, kpi: Kpi) -> str:
    return (
        ", ".join(f"{told.exact_number(cost)} of {lower_label(side.label(name))}" for name, cost in kpi.costs)
        or NO_VALUE
    )


# Gates and multipliers


def _condition_changes(was: PlanSide, now: PlanSide) -> Iterator[Change]:
    yield from _listed_changes("gates", was, now)
    yield from _listed_changes("modifiers", was, now)


def _listed_changes(name: str, was: PlanSide, now: PlanSide) -> Iterator[Change]:
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


def _condition_change(word: str, was: PlanSide, now: PlanSide, a: Any, b: Any) -> Iterator[Change]:
    if isinstance(b, Gate) or (a.kpi, a.multiplies) != (b.kpi, b.multiplies):
        texts = [_condition_text(was, a), _condition_text(now, b)]
        if texts[0] == texts[1]:
            texts = [f"{text} ({_gate_numbers(c)})" for text, c in zip(texts, (a, b), strict=True)]
        if texts[0] != texts[1]:
            yield Change(word.capitalize(), *texts)
    if isinstance(b, Modifier):
        ends = ((side, side.plan.kpi(c.kpi)) for side, c in ((was, a), (now, b)))
        yield from curve_changes(a.curve, b.curve, f"the multiplier by {lower_label(now.label(b.kpi))}", *ends)


def _gate_numbers(gate: Gate) -> str:
    """A gate's numbers with all of their digits."""
    mark = next(getattr(gate, name) for name in MARK_TERMS if getattr(gate, name) is not None)
    left = gate.keeps or 0.0 if gate.limits_to is None else gate.limits_to
    return f"{told.exact_number(mark or 0.0)}, {told.exact_number(left)}"


def _condition_text(side: PlanSide, condition: Gate | Modifier) -> str:
    return told.condition_text(side.plan, condition, side.formats)


# What is around the plan


def _around_changes(a: Preset, b: Preset, was: PlanSide, now: PlanSide) -> Iterator[Change]:
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
            yield from term_changes(one, other, names, words, was, now)
    yield from year_changes(a, b, was, now)
    if a.rank != b.rank:
        yield Change("Pay by place", told.places(a.rank, was.formats), told.places(b.rank, now.formats))
    one, other = a.practice or Practice(), b.practice or Practice()
    yield from term_changes(one, other, list(Practice.model_fields), "what counts as practice", was, now)
