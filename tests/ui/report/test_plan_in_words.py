"""The plan in plain language: somebody who knows nothing but the sentences can work out what is paid."""

import math
import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import pytest
from hypothesis import assume, given, reject
from hypothesis import strategies as st

from calc.documents import link, planfile
from calc.plan.conditions import Gate
from calc.plan.errors import Refused
from calc.plan.kpi import Kpi
from calc.plan.mechanics import Matrix
from calc.plan.plan import Plan
from tests.strategies import documents, examples, made
from ui.number_format import Formats
from ui.report.words.pay_examples import Part
from ui.report.words.plan_in_words import plan_in_words
from ui.text.documents import Table

US = Formats("en_US", "USD")
AMOUNT = r"−?\$?[\d,.]*\d"
PLACE = rf"(?:the target of )?(?P<{{}}>{AMOUNT})(?: deals?)?"
FROM, TO = PLACE.format("start"), PLACE.format("end")
RATE = rf"(?P<step>{AMOUNT}|deal)?(?: deals?)? (?:more|less) (?P<moves>adds|takes) (?:about )?(?P<rate>{AMOUNT})"
RISES = rf"every {RATE}(?: away)?(?: \([^)]*\))?(?:, [\d.,]+ times as much as before)?"
UP_TO = rf"(?:, (?:up|down) to (?P<last>{AMOUNT}) (?:just short of|at) {TO})?"
PAYS = rf"(?:it pays|the plan pays) (?:(?P<value>{AMOUNT})|nothing)"
PATTERNS = [
    rf"(?:It pays|The plan pays) (?:(?P<value>{AMOUNT})|nothing) whatever the result\.",
    rf"(?P<side>Below|Above|At) {TO}(?: or (?:more|less))? {PAYS}\.",
    rf"Every (?P<step>{AMOUNT}|deal)?(?: deals?)? pays (?:about )?(?P<rate>{AMOUNT})(?: \([^)]*\))?{UP_TO}\.",
    rf"At {FROM} {PAYS}, and {RISES}{UP_TO}\.",
    rf"(?P<side>Below|Above|At) {TO}(?: or (?:more|less))? {PAYS}, (?P<short>less|plus) (?:about )?(?P<rate>{AMOUNT})"
    rf"(?: \([^)]*\))? for every (?P<step>{AMOUNT}|deal)?(?: deals?)? missing\.",
    rf"(?P<side>From|Above|Below) {FROM}(?: on| down)? {PAYS}(?:, and it stays there)?\.",
    rf"(?P<side>From|Above|Below) {FROM}(?: on| down)? {PAYS}, and {RISES}{UP_TO}\.",
    rf"From {FROM}(?: on| down)? {RISES}{UP_TO}\.",
    rf"From {FROM}(?: on| down)? nothing (?:more )?is added: it stays at (?P<value>{AMOUNT})\.",
]


def number(text: str) -> float:
    return float(re.sub(r"[$,]", "", text).replace("−", "-"))


@dataclass(frozen=True)
class Said:
    """One sentence, read: from where on (turned where less is better) it holds, whether there, and what it pays."""

    start: float
    at_start: bool
    value: float
    slope: float
    step: float


def listened(kpi: Kpi, sentences: Sequence[str], tables: Sequence[Table]) -> list[Said]:
    """What a rep understands of a measure."""
    heard: list[Said] = []
    last = 0.0
    for sentence in sentences:
        found = next((m for p in PATTERNS if (m := re.fullmatch(p, sentence))), None)
        if found is None:
            continue
        parts: dict[str, Any] = found.groupdict()
        if found.re.pattern == PATTERNS[1] and heard:  # Above 70 deals: the worse side first, the better one later
            parts |= {"start": parts["end"]}
        step = 1.0 if parts.get("step") in (None, "deal") else number(parts["step"])
        slope = number(parts["rate"]) / step if parts.get("rate") else 0.0
        slope *= -1.0 if parts.get("moves") == "takes" or parts.get("short") == "plus" else 1.0
        value = number(parts["value"]) if parts.get("value") else last if not heard or "pays" not in sentence else 0.0
        value = value if "pays" in sentence or parts.get("value") else last
        start = kpi.sign * number(parts["start"]) if parts.get("start") else -math.inf
        if "missing" in sentence:  # told back from its end
            start, last = -math.inf, value
            heard.append(Said(kpi.sign * number(parts["end"]), False, value, slope, step))
            continue
        if found.re.pattern == PATTERNS[2]:
            start, value = 0.0, 0.0
        beyond = parts.get("side") in ("Above", "Below") and parts.get("start") is not None
        heard.append(Said(start, not beyond, value, slope, step))
        last = number(parts["last"]) if parts.get("last") else value
    for table in tables[:1] if any("this table holds" in s for s in sentences) else []:
        above = any("only beyond its place" in sentence for sentence in sentences)
        for row in table.rows:
            rate = number(row[2]) if len(row) > 2 else 0.0
            step = 1.0
            if len(row) > 2 and (named := re.search(AMOUNT, table.heads[2])):
                step = number(named.group())
            place = number(re.search(AMOUNT, row[0]).group())  # type: ignore[union-attr]
            heard.append(Said(kpi.sign * place, not above, number(row[1]), rate / step, step))
    return heard


def paid(heard: Sequence[Said], at: float) -> tuple[float, float]:
    """What a rep expects at a place, and how far off rounding may be."""
    found = heard[0]
    for said in heard[1:]:
        if at > said.start or (at == said.start and said.at_start):
            found = said
    if found is heard[0] and math.isinf(found.start):
        return found.value, 0.006
    away = at - found.start
    return found.value + found.slope * away, 0.006 + abs(away) * 0.006 / found.step


def parts_of(plan: Plan) -> dict[str, Part]:
    return {part.title: part for part in plan_in_words(plan, US)}


@st.composite
def plain_plans(draw: st.DrawFn, /, **how: Any) -> Plan:
    """Plans in dollars, of deals."""
    document = draw(documents(**how))
    document["plan"]["currency"] = "USD"
    for kpi in document["kpis"]:
        kpi["unit"] = "deals"
    try:
        return made(document)
    except Refused:
        assume(False)
        raise


@examples(80)
@given(plain_plans(combine="sum"))
def test_who_knows_the_sentences_knows_what_a_measure_pays(plan: Plan) -> None:
    parts = parts_of(plan)
    for kpi in plan.kpis:
        if not kpi.paid or isinstance(kpi.curve, Matrix):
            continue
        part = parts[kpi.label]
        heard = listened(kpi, part.sentences, part.tables)
        assert heard, part.sentences
        curve = kpi.by_result * plan.worth[kpi.id]
        counted = kpi.target > 0 and kpi.scale is None
        breaks = [0.0, *(piece.start for piece in curve.pieces()[1:])]
        places = [x + d * kpi.span for x in breaks for d in (-0.31, -0.011, 0.011, 0.31, 2.7)]
        places += [x for x in breaks if x == round(x, 2)]
        for x in places:
            near = any(0 < abs(x - b) < 0.001 for b in breaks)
            if near or (counted and x < 0) or (counted and x == 0 and kpi.better == "lower"):
                continue
            if kpi.counted and x != round(x):  # whole units alone count, as is said
                continue
            expected, off = paid(heard, kpi.sign * x)
            assert float(curve(x)) == pytest.approx(expected, abs=off), (x, part.sentences, part.tables)


@examples(40)
@given(plain_plans(combine="score"))
def test_who_knows_the_sentences_knows_what_a_score_pays(plan: Plan) -> None:
    assert plan.curve is not None
    part = parts_of(plan)["What the score pays"]
    score = Kpi(id="score", unit="deals", target=100, weight=0)
    heard = listened(score, [s.replace("%", "") for s in part.sentences], part.tables)
    curve = plan.curve.curve() * plan.incentive
    breaks = [piece.start for piece in curve.pieces()[1:]] or [0.0]
    for x in (b + d for b in breaks for d in (-0.31, -0.011, 0.0, 0.011, 0.31, 2.7)):
        if any(0 < abs(x - b) < 0.001 for b in breaks):
            continue
        expected, off = paid(heard, round(100 * x, 6))
        assert float(curve(x)) == pytest.approx(expected, abs=off), (x, part.sentences)


@examples(40)
@given(plain_plans())
def test_every_example_is_what_the_engine_pays_and_stands_in_the_text(plan: Plan) -> None:
    for part in plan_in_words(plan, US):
        written = " ".join([*part.sentences, *(cell for t in part.tables for row in t.rows for cell in row)])
        for example in part.examples:
            results = [example.result if k.id == example.kpi else k.target for k in plan.kpis]
            assert example.pays == plan.pay(results)
            assert US.money(example.pays) in written


@examples(40)
@given(plain_plans())
def test_both_sides_of_every_cliff_are_among_the_examples(plan: Plan) -> None:
    parts = parts_of(plan)
    for kpi in plan.kpis:
        if kpi.label not in parts:
            continue
        shown = [kpi.sign * example.result for example in parts[kpi.label].examples]
        counted = kpi.target > 0 and kpi.scale is None
        for jump in plan.along(kpi.id).jumps():
            sizeable = abs(jump.after - jump.before) * plan.incentive > 1 and not (counted and jump.at <= kpi.span / 10)
            at = kpi.sign * jump.at
            if sizeable and len(plan.along(kpi.id).jumps()) == 1 and not any(plan.along(kpi.id).slopes):
                assert any(at - kpi.span <= place <= at + 1e-6 for place in shown), (jump, shown)
                assert any(at - 1e-6 <= place <= at + kpi.span for place in shown), (jump, shown)


# Every term that decides


@pytest.mark.parametrize("name", planfile.preset_names())
def test_a_preset_is_told_in_whole_sentences(name: str) -> None:
    plan = planfile.load_preset(name).plan
    for part in plan_in_words(plan, US):
        assert part.sentences
        for sentence in part.sentences:
            assert re.fullmatch(r"[A-Z0-9].*[.]", sentence), sentence
            assert not re.search(r"nan|inf\b|None|  |-\d", sentence), sentence


@pytest.mark.parametrize("name", planfile.preset_names())
def test_no_term_that_decides_the_pay_can_change_without_a_word(name: str) -> None:
    """Every single term of a preset is moved; where that moves anybody's pay, it moves the text."""
    preset = planfile.load_preset(name)
    before = plan_in_words(preset.plan, US)
    for path in link.term_paths(preset)[:60]:
        for value in moved(link.term_value(preset, path)):
            try:
                plan = link.set_terms(preset, {path: value}).plan
            except Refused:
                continue
            if differ(preset.plan, plan):
                assert plan_in_words(plan, US) != before, path


def moved(value: Any) -> list[Any]:
    """Other values of a term."""
    if isinstance(value, bool) or value is None:
        return [0.4]
    if isinstance(value, int | float):
        return [value * 1.25, value - 0.05]
    words = {"marginal": "retroactive", "at": "above", "sum": "score", "higher": "lower", "zero": "hold"}
    words |= {"attainment": "result", "linear": "step", "hold": "extend"}
    turned = words | {b: a for a, b in words.items()}
    return [turned[value]] if value in turned else []


def differ(one: Plan, other: Plan) -> bool:
    """Whether two plans pay anybody differently, where results have a meaning."""
    places = (0.0, 0.3, 0.55, 0.7, 0.8, 0.85, 1.0, 1.1, 1.45, 2.0, 2.4, 3.0)
    rows = [[k.result(a) if k.id == moving else k.target for k in one.kpis] for moving in one.ids for a in places]
    rows += [[k.result(a) for k in one.kpis] for a in places]
    rows = [row for row in rows if all(x >= 0 or k.target <= 0 or k.scale for k, x in zip(one.kpis, row, strict=True))]
    return bool((abs(one.pay(rows) - other.pay(rows)) > 0.01).any())


@examples(80)
@given(documents(), st.data())
def test_no_list_of_a_random_plan_can_change_without_a_word(document: dict[str, Any], data: st.DataObject) -> None:
    """A number somewhere in the tables, grids, gates and modifiers is moved."""
    numbers = list(leaves(document))
    where = data.draw(st.sampled_from(numbers))
    try:
        plan = made(document)
        before = plan_in_words(plan, US)
        shift(document, where, data.draw(st.sampled_from((0.5, -0.25, 0.11))))
        other = made(document)
    except Refused:
        reject()
    if differ(plan, other):
        assert plan_in_words(other, US) != before, where


def leaves(value: Any, path: tuple[Any, ...] = ()) -> Any:
    """The paths of all numbers in a document."""
    items = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, item in items:
        if isinstance(item, int | float):
            yield (*path, key)
        else:
            yield from leaves(item, (*path, key))


def shift(document: Any, path: tuple[Any, ...], by: float) -> None:
    for key in path[:-1]:
        document = document[key]
    document[path[-1]] += by


def test_the_order_of_conditions_is_told() -> None:
    plan = planfile.load_preset("gate-and-modifier").plan
    gate = plan.gates[0]
    other = gate.changed(kpi="margin", at_least=None, at_least_result=20.0, limits_to=None, keeps=0.5)
    one, two = plan.changed(gates=(gate, other)), plan.changed(gates=(other, gate))
    assert plan_in_words(one, US) != plan_in_words(two, US)


def test_a_cliff_is_told_from_both_its_sides() -> None:
    part = parts_of(planfile.load_preset("unreachable-floor").plan)["Deals closed"]
    assert "From 70 deals on it pays $700, and every deal more adds $10, up to $2,000 at 200 deals." in part.sentences
    assert "Here one step decides a sum: you are paid $0 for 69 deals, and $700 for 70 deals." in part.sentences


def test_what_is_only_measured_is_named_as_such() -> None:
    plan = planfile.load_preset("unreachable-floor").plan.changed(modifiers=())
    assert plan_in_words(plan, US)[-1] == Part(
        "What does not decide your pay", ("Measured, and not paid: customer satisfaction.",)
    )


def test_a_place_that_must_be_passed_is_told_apart_from_one_that_must_be_reached() -> None:
    preset = link.set_terms(planfile.load_preset("unreachable-floor"), {"deals.reached": "above"})
    part = parts_of(preset.plan)["Deals closed"]
    assert "At 70 deals or less it pays nothing." in part.sentences
    assert any(sentence.startswith("Above 70 deals it pays $700") for sentence in part.sentences)
    assert "Here one step decides a sum: you are paid $0 for 70 deals, and $710 for 71 deals." in part.sentences


def test_what_moves_no_pay_is_told_so_though_a_gate_names_it() -> None:
    """The words and the reading of files ask the same place which measures the pay hangs on."""
    plan = planfile.load_preset("unreachable-floor").plan.changed(modifiers=())
    idle = plan.changed(kpis=(*plan.kpis, Kpi(id="calls", target=10)))
    shut = idle.changed(gates=(Gate(kpi="csat", at_least=0.9, closes=("calls",)),))
    assert shut.deciding == ("deals",)
    told = plan_in_words(shut, US)[-1]
    assert told == Part("What does not decide your pay", ("Measured, and not paid: customer satisfaction, calls.",))
    whole = shut.changed(gates=(Gate(kpi="csat", at_least=0.9, closes="plan"),))
    assert set(parts_of(whole)) > {whole.kpi(name).label for name in whole.deciding}
