"""What changed between two plans, in words: every term once, and nothing where nothing did."""

from collections.abc import Iterator
from typing import Any, get_args

import pytest

from calc.documents import link, planfile
from calc.documents.params import ASSUMED
from calc.documents.planfile import Preset
from calc.plan.conditions import Gate
from calc.plan.kpi import Kpi
from calc.plan.mechanics import Band, Matrix, Points, Steps, Tiers
from calc.plan.plan import Plan
from calc.situation.team import PEOPLE, Team, keep_people
from calc.year.beside.rep_year import RepYear
from ui.text.curve_changes import MAX_ROWS_TOLD, Change
from ui.text.differences import changes_between

NAMES = planfile.preset_names()


def told(a: Preset, b: Preset) -> tuple[Change, ...]:
    return changes_between(a, b, "en_US")


def with_plan(preset: Preset, **terms: Any) -> Preset:
    """The preset with other terms of its plan, also where such a plan would not hold."""
    return preset.model_copy(update={"plan": Plan.model_construct(**{**vars(preset.plan), **terms})})


def with_kpi(preset: Preset, one: str, **terms: Any) -> Preset:
    """The preset with other terms of a KPI, whose people land where they landed."""
    kpis = tuple(with_terms(k, preset.team, terms) if k.id == one else k for k in preset.plan.kpis)
    return with_plan(preset, kpis=kpis)


def with_terms(kpi: Kpi, team: Team | None, terms: dict[str, Any]) -> Kpi:
    """A KPI with other terms, also where it would not hold, and with its people."""
    unpaid = kpi.model_copy(update={"curve": None, "weight": 0.0})
    kept = keep_people(unpaid, unpaid.model_copy(update={**terms, "curve": None, "weight": 0.0}), team)
    return kpi.model_copy(update={**terms, **{name: getattr(kept, name) for name in PEOPLE}})


def put(preset: Preset, path: str, value: Any) -> Preset:
    """The preset with one term at a value, unchecked."""
    where, _, name = path.rpartition(".")
    if where in preset.plan.ids:
        kpi = preset.plan.kpi(where)
        if name in Kpi.model_fields:
            return with_kpi(preset, where, **{name: value})
        assert kpi.curve is not None
        return with_kpi(preset, where, curve=kpi.curve.model_copy(update={name: value}))
    if where == "rep_year":
        held = preset.rep_year or RepYear(results={name: (1.0,)})
        return preset.model_copy(update={where: held.model_copy(update={"results": {**held.results, name: value}})})
    if where == "plan":
        return with_plan(preset, **{name: value})
    if "." in where or where == "score":
        assert preset.plan.curve is not None
        return with_plan(preset, curve=preset.plan.curve.model_copy(update={name: value}))
    table = getattr(preset, where) or ASSUMED[where]
    return preset.model_copy(update={where: table.model_copy(update={name: value})})


def others(value: Any, annotation: Any) -> list[Any]:
    """Values that a term does not have, one of them hardly another."""
    if isinstance(value, bool) or value is None:
        return [0.31]
    if isinstance(value, int | float):
        return [value + 1, value * 1.00001 + 0.00001]
    choices = [choice for part in (annotation, *get_args(annotation)) for choice in get_args(part)]
    return [choice for choice in choices if isinstance(choice, str) and choice != value] or [f"{value} x"]


def single_terms(preset: Preset) -> Iterator[tuple[str, Any]]:
    for path in link.term_paths(preset):
        value = link.term_value(preset, path)
        if path.startswith("rep_year."):
            yield path, (1.0, 2.5)
            continue
        words = {"better": ["lower"], "period": ["year"], "currency": ["JPY"], "name": ["Another"], "unit": ["pairs"]}
        if path.rpartition(".")[2] in words and (value is None or isinstance(value, str)):
            yield from ((path, word) for word in words[path.rpartition(".")[2]] if word != value)
        elif isinstance(value, str):
            yield from ((path, word) for word in ("another", "at", "above") if word != value)
        else:
            yield from ((path, other) for other in others(value, None))


@pytest.mark.parametrize("name", NAMES)
def test_a_plan_has_nothing_otherwise_than_itself(name: str) -> None:
    preset = planfile.load_preset(name)
    assert told(preset, preset) == ()
    assert told(preset, planfile.loads(planfile.dumps(preset))) == ()


@pytest.mark.parametrize("name", NAMES)
def test_every_single_term_is_one_row(name: str) -> None:
    preset = planfile.load_preset(name)
    for path, value in single_terms(preset):
        rows = told(preset, put(preset, path, value))
        assert len(rows) == 1, (path, value, rows)
        assert rows[0].before != rows[0].after, (path, value, rows)
        assert rows[0].what


# Structure


def around(preset: Preset) -> Iterator[tuple[str, Preset]]:
    """One structural change after the other."""
    plan = preset.plan
    new = Kpi(id="brand_new", target=10.0, weight=0.0)
    yield "measure added", with_plan(preset, kpis=(*plan.kpis, new))
    for kpi in plan.kpis:
        yield f"{kpi.id} removed", with_plan(preset, kpis=tuple(k for k in plan.kpis if k is not kpi))
        for kind in ("outcome", "profit", "quality", "activity"):
            if kind != kpi.kind:
                yield f"{kpi.id} {kind}", with_kpi(preset, kpi.id, kind=kind)
        for term, value in (("scale", 1.5 * kpi.span), ("hours", 9.0), ("costs", (("deals", 3.0),))):
            if getattr(kpi, term) != value:
                yield f"{kpi.id} {term}", with_kpi(preset, kpi.id, **{term: value})
        for curve in (Band(floor=0.33), Steps(steps=((0.5, 1.0),)), Tiers(tiers=((0.0, 0.1),)), None):
            if type(curve) is not type(kpi.curve):
                yield f"{kpi.id} {curve!r}", with_kpi(preset, kpi.id, curve=curve)
        for curve in tables(kpi.curve):
            yield f"{kpi.id} {curve!r:.80}", with_kpi(preset, kpi.id, curve=curve)
    if len(plan.kpis) > 1:
        yield "order", with_plan(preset, kpis=plan.kpis[::-1])
    yield from conditions(preset)
    for table in ("team", "calendar", "path", "behaviour"):
        if getattr(preset, table) is not None:
            yield f"no {table}", preset.model_copy(update={table: None})
    if preset.team is None:
        yield "a team", preset.model_copy(update={"team": Team()})


def tables(curve: Any) -> Iterator[Any]:
    """A curve with one row, or one cell, otherwise, added or removed."""
    for kind, term in ((Points, "points"), (Steps, "steps"), (Tiers, "tiers")):
        if isinstance(curve, kind):
            rows = getattr(curve, term)
            for i, (x, y) in enumerate(rows):
                for row in ((x + 0.001, y), (x, y + 1e-7)):
                    yield curve.model_copy(update={term: (*rows[:i], row, *rows[i + 1 :])})
                yield curve.model_copy(
                    update={term: (*rows[:i], *rows[i + 1 :])} if len(rows) > 1 else {"reached": "above"}
                )
            yield curve.model_copy(update={term: (*rows, (rows[-1][0] + 1, 9.0))})
    if isinstance(curve, Matrix):
        yield curve.model_copy(update={"with_": "another"})
        yield curve.model_copy(update={"rows": (curve.rows[0] - 0.001, *curve.rows[1:])})
        yield curve.model_copy(update={"columns": (*curve.columns[:-1], curve.columns[-1] + 0.001)})
        yield curve.model_copy(update={"rows": curve.rows[1:], "payouts": curve.payouts[1:]})
        first = curve.payouts[0]
        yield curve.model_copy(update={"payouts": ((first[0] + 1e-7, *first[1:]), *curve.payouts[1:])})


def conditions(preset: Preset) -> Iterator[tuple[str, Preset]]:
    plan = preset.plan
    yield "gate added", with_plan(preset, gates=(*plan.gates, Gate(kpi=plan.ids[0], at_least=0.123, closes="plan")))
    for i, gate in enumerate(plan.gates):
        one: list[tuple[str, object]] = [("reached", "above"), ("closes", tuple(plan.ids))]
        one += [("keeps", 0.111), ("keeps", 1e-7)] if gate.limits_to is None else [("limits_to", 0.777)]
        one += [("at_least", (gate.at_least or 0.0) + 1e-6), ("kpi", next(k for k in plan.ids if k != gate.kpi))]
        for term, value in one:
            changed = gate.model_copy(update={term: value, **({"at_least_result": None} if term == "at_least" else {})})
            yield f"gate {term}", with_plan(preset, gates=(*plan.gates[:i], changed, *plan.gates[i + 1 :]))
        yield "gate removed", with_plan(preset, gates=(*plan.gates[:i], *plan.gates[i + 1 :]))
    for i, modifier in enumerate(plan.modifiers):
        variants = [modifier.model_copy(update={"curve": curve}) for curve in tables(modifier.curve)]
        variants.append(modifier.model_copy(update={"multiplies": (plan.ids[0],)}))
        variants.append(modifier.model_copy(update={"kpi": next(k for k in plan.ids if k != modifier.kpi)}))
        for new in variants:
            yield "multiplier", with_plan(preset, modifiers=(*plan.modifiers[:i], new, *plan.modifiers[i + 1 :]))
        yield "multiplier removed", with_plan(preset, modifiers=(*plan.modifiers[:i], *plan.modifiers[i + 1 :]))


@pytest.mark.parametrize("name", NAMES)
def test_every_change_of_structure_is_one_row(name: str) -> None:
    preset = planfile.load_preset(name)
    for what, changed in around(preset):
        for one, other in ((preset, changed), (changed, preset)):
            rows = told(one, other)
            assert len(rows) == 1, (what, rows)
            assert rows[0].before != rows[0].after, (what, rows)


def test_gates_in_another_order_are_one_row() -> None:
    preset = planfile.load_preset("sound-plan")
    gates = tuple(Gate(kpi="csat", at_least=mark, closes="plan", keeps=mark / 2) for mark in (0.5, 0.7))
    rows = told(with_plan(preset, gates=gates), with_plan(preset, gates=gates[::-1]))
    assert [row.what for row in rows] == ["Order of the gates"]


# Words


def test_it_reads_as_people_speak() -> None:
    before = planfile.load_preset("sound-plan")
    after = link.set_terms(before, {"revenue.ceiling": 1.7, "revenue.weight": 0.7, "margin.weight": 0.3})
    after = link.set_terms(after, {"revenue.target": 90000.0})
    assert told(before, after) == (
        Change("Weight of revenue", "60%", "70%"),
        Change("Target of revenue", "€80,000", "€90,000"),
        Change("Ceiling of revenue", "200%", "170%"),
        Change("Weight of gross margin", "40%", "30%"),
    )


def test_a_table_is_told_row_by_row_where_it_is_short_and_counted_where_it_is_long() -> None:
    preset = planfile.load_preset("step-bonus")
    kpi = next(k for k in preset.plan.kpis if isinstance(k.curve, Steps))
    rows = told(preset, with_kpi(preset, kpi.id, curve=Steps(steps=((0.8, 0.6), (1.0, 1.0)))))
    assert {row.what for row in rows} == {"Row removed from the table of sales"}
    many = Steps(steps=tuple((x / 100, x / 100) for x in range(30, 90)))
    assert len(told(preset, with_kpi(preset, kpi.id, curve=many))) == 1
    assert len(rows) <= MAX_ROWS_TOLD


def test_two_currencies_are_each_told_in_their_own() -> None:
    rows = told(planfile.load_preset("sound-plan"), planfile.load_preset("talk-time"))
    assert Change("Target incentive of the plan", "€4,500", "£500") in rows


def test_numbers_that_look_alike_are_told_in_full() -> None:
    before = planfile.load_preset("sound-plan")
    (row,) = told(before, link.set_terms(before, {"revenue.ceiling": 2.0000001}))
    assert (row.before, row.after) == ("2", "2.0000001")
