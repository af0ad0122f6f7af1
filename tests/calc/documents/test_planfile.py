"""The plan file: read and written exactly, and refused with where, what must hold and what came."""

import json
import tomllib
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from calc import Gate, Kpi, Modifier, Plan, Preset, Refused, dumps, load, loads, names, schema
from calc.documents import planfile
from calc.documents.params import set_terms
from calc.plan.mechanics import Band, Matrix, Points, Steps, Tiers
from tests.strategies import decimals, documents, examples, made

SOUND = """\
title = "A plan"
[plan]
target_incentive = 1000
[[kpis]]
id = "deals"
target = 100
weight = 1
curve = { kind = "band", floor = 0.7 }
"""
TEXT = st.text(st.characters(exclude_categories=["Cs"]), max_size=60)


def faults(text: str) -> tuple[str, ...]:
    with pytest.raises(Refused) as refused:
        loads(text)
    return refused.value.sentences


def fault(text: str) -> str:
    (sentence,) = faults(text)
    return sentence


# There and back


@st.composite
def presets(draw: st.DrawFn) -> Preset:
    """Any plan, with any story and any situation around it."""
    document: dict[str, Any] = draw(documents())
    try:
        plan = made(document)
    except Refused:
        plan = loads(SOUND).plan
    results = st.dictionaries(st.sampled_from(plan.ids), decimals(-9, 99))
    more = {
        "title": TEXT,
        "description": TEXT,
        "source": TEXT,
        "cured_by": TEXT,
        "expects": st.lists(TEXT, max_size=3).map(tuple),
        "team": st.fixed_dictionaries(
            {}, optional={"size": st.integers(1, 99), "spread": decimals(0, 1), "shape": st.just("skewed")}
        ),
        "calendar": st.fixed_dictionaries(
            {}, optional={"days": decimals(5, 99), "announced_day": decimals(1, 5), "today": decimals(0, 5)}
        ),
        "path": st.fixed_dictionaries({}, optional={"growth": decimals(0, 1, 6), "periods": st.integers(1, 9)}),
        "behaviour": st.fixed_dictionaries({}, optional={"response": decimals(0.1, 5), "calibrated_on": TEXT}),
        "reps": st.lists(st.fixed_dictionaries({"name": TEXT, "results": results, "targets": results}), max_size=2).map(
            tuple
        ),
        "example": st.lists(st.fixed_dictionaries({"results": results, "pays": decimals(-5, 99)}), max_size=2).map(
            tuple
        ),
    }
    chosen = {key: draw(value) for key, value in more.items() if draw(st.booleans())}
    return Preset(plan=plan, **chosen)


@examples(80)
@given(presets())
def test_reading_is_the_inverse_of_writing(preset: Preset) -> None:
    text = dumps(preset)
    assert loads(text) == preset
    assert dumps(loads(text)) == text
    assert planfile.parse_plan(json.loads(json.dumps(planfile.plan_document(preset)))) == preset


@pytest.mark.parametrize("name", names())
def test_a_preset_there_and_back(name: str) -> None:
    assert loads(dumps(load(name)), name=name) == load(name)


@pytest.mark.parametrize(
    "curve",
    [
        Band(),
        Band(floor=0.7),
        Points(points=((0.5, 0.1 + 0.2), (1, 1 / 3))),
        Steps(steps=((1e-7, 1),)),
        Matrix(with_="b", rows=(0, 1), columns=(0.5,), payouts=((0,), (1,))),
    ],
)
def test_a_plan_made_in_python_can_be_written(curve: Any) -> None:
    kpis = (Kpi(id="a", target=1e14, weight=1, curve=curve), Kpi(id="b", target=1))
    gate, times = (
        Gate(kpi="b", at_least=1, closes="plan"),
        Modifier(kpi="b", multiplies="a", curve=Steps(steps=((0, 1),))),
    )
    for more in ({}, {"gates": (), "modifiers": ()}, {"gates": (gate,), "modifiers": (times,)}):
        preset = Preset(plan=Plan(target_incentive=1, kpis=kpis, **more))
        assert loads(dumps(preset)).plan == preset.plan


def test_a_commission_made_in_python_can_be_written() -> None:
    preset = Preset(plan=Plan(kpis=(Kpi(id="a", target=5, curve=Tiers(tiers=((0, 1),))),)))
    assert loads(dumps(preset)) == preset


def test_what_was_not_given_is_not_written() -> None:
    assert tomllib.loads(dumps(loads(SOUND))) == tomllib.loads(SOUND)


# Files


def test_a_file_with_a_mark_at_its_start_and_the_line_ends_of_windows(tmp_path: Path) -> None:
    plain, marked = tmp_path / "plain.toml", tmp_path / "marked.toml"
    plain.write_bytes(SOUND.encode())
    marked.write_bytes(b"\xef\xbb\xbf" + SOUND.replace("\n", "\r\n").encode())
    assert load(str(marked)) == load(plain) == loads(SOUND)
    assert loads(SOUND.replace("\n", "\r\n")) == loads(SOUND)
    assert loads("\ufeff" + SOUND) == loads(SOUND)


def test_a_file_of_3_megabytes_is_not_read(tmp_path: Path) -> None:
    (tmp_path / "big.toml").write_text(SOUND + "# " + "x" * 3_000_000)
    with pytest.raises(Refused, match=r"big\.toml must be at most 1,000,000 bytes \(got 3,000,"):
        load(tmp_path / "big.toml")


@pytest.mark.parametrize(
    "source", ["nothing.toml", "low-celing", "", ".", "a\0b", "x" * 5000, "presets", "../presets/low-ceiling"]
)
def test_what_is_neither_preset_nor_file(source: str) -> None:
    with pytest.raises(Refused, match="PLAN must be a preset, a file or a link"):
        load(source)


def test_the_nearest_preset_is_named() -> None:
    with pytest.raises(Refused, match="did you mean low-ceiling"):
        load("low-celing")


def test_text_that_is_no_text(tmp_path: Path) -> None:
    (tmp_path / "latin.toml").write_bytes(SOUND.replace("A plan", "Pl\xe4n").encode("latin-1"))
    with pytest.raises(Refused, match=r"latin\.toml must be text in UTF-8 \(got a byte that is not, at 11\)"):
        load(tmp_path / "latin.toml")


def test_a_refusal_names_the_file(tmp_path: Path) -> None:
    (tmp_path / "mine.toml").write_text(SOUND.replace("0.7", "1.7"))
    with pytest.raises(Refused) as refused:
        load(tmp_path / "mine.toml")
    assert str(refused.value).startswith("mine.toml: kpis.deals.curve.floor must lie in [0, 1] (got 1.7)")


@pytest.mark.parametrize("text", ["a = ", "[plan", "\0", "a = 1\na = 2", "[plan]\n[plan]", 'x = "', "a = 2020-13-45"])
def test_what_is_no_toml(text: str) -> None:
    assert fault(text).startswith("the file must be TOML (got ")


@pytest.mark.parametrize("depth", [50, 300, 600, 950, 5000, 100_000])
def test_a_nested_bomb_is_refused(depth: int) -> None:
    for text in (
        f"title = {'[' * depth}{']' * depth}\n" + SOUND.partition("\n")[2],
        SOUND + "x = " + "{a = " * depth + "1" + "}" * depth,
        SOUND + ".".join("a" * min(depth, 1000)) + " = 1",
    ):
        assert all(len(sentence) < 1000 for sentence in faults(text))


def test_a_sentence_may_have_its_dots() -> None:
    assert loads(SOUND.replace("A plan", "." * 120) + "# " + "." * 1990).title == "." * 120


def test_a_key_of_many_dots_is_refused_before_it_costs_time() -> None:
    assert faults(SOUND + ".".join("a" * 20_000) + " = 1")
    assert "at most 10 parts" in faults("[" + ".".join("a" * 200_000) + "]")[0]


# What does not hold


REFUSED = [
    (
        "0.7",
        "1.7",
        "kpis.deals.curve.floor must lie in [0, 1] (got 1.7): the attainment below which the KPI pays nothing",
    ),
    ("0.7", "nan", "kpis.deals.curve.floor must be a finite number (got nan)"),
    ("0.7", "-inf", "kpis.deals.curve.floor must"),
    ("0.7", "true", "kpis.deals.curve.floor must be a finite number (got True)"),
    ("0.7", '"0.7"', "kpis.deals.curve.floor must be a finite number (got '0.7')"),
    ("0.7", "[0.7]", "kpis.deals.curve.floor must be a finite number (got [0.7])"),
    ("0.7", "2020-01-01", "kpis.deals.curve.floor must be a finite number (got "),
    ("floor = 0.7", "flor = 0.7", "kpis.deals.curve.flor is not known (got 0.7): did you mean floor?"),
    ("floor = 0.7", "floor = 0.7, of = 'result'", "kpis.deals.curve.of is not known (got 'result')"),
    (
        '"band"',
        '"bend"',
        "kpis.deals.curve must have a kind of 'band', 'points', 'steps', 'tiers', 'matrix' (got 'bend')",
    ),
    (
        'kind = "band", ',
        "",
        "kpis.deals.curve must have a kind of 'band', 'points', 'steps', 'tiers', 'matrix' (got no kind)",
    ),
    ("target = 100", "target = 0", "kpis.deals.scale must be given where the target is 0 (got none)"),
    ("target = 100", "", "kpis.deals.target must be given: the result that pays 100 %"),
    ("target = 100", "target = inf", "kpis.deals.target must be a finite number (got inf)"),
    ("target = 100", "target = 1" + "0" * 400, "kpis.deals.target must be"),
    ("target = 100", "target = 1e16", "kpis.deals.target must be"),
    ("weight = 1", "weight = 0.9", "kpis.weight must add up to 1 (got 0.9: deals 0.9)"),
    ("weight = 1", "weight = 1\nwieght = 1", "kpis.deals.wieght is not known (got 1): did you mean weight?"),
    ('id = "deals"', 'id = "Deals"', "kpis.Deals.id must match ^[a-z][a-z0-9_]*$ (got 'Deals')"),
    ('id = "deals"', "", "kpis[0].id must be given"),
    ('id = "deals"', "id = 5", "kpis[0].id must be text (got 5)"),
    (
        "target_incentive = 1000",
        "target_incentive = false",
        "plan.target_incentive must be a finite number (got False)",
    ),
    (
        "target_incentive = 1000",
        "target_incentive = 1000\ncurency = 'EUR'",
        "plan.curency is not known (got 'EUR'): did you mean currency?",
    ),
    (
        "target_incentive = 1000",
        "target_incentive = 1000\nkpis = []",
        "plan.kpis must stand at the top of the file as [[kpis]]",
    ),
    (
        "target_incentive = 1000",
        "target_incentive = 1000\ngates = []",
        "plan.gates must stand at the top of the file as [[gates]]",
    ),
    ("[plan]\ntarget_incentive = 1000", "plan = 5", "plan must be a table (got 5)"),
    ("[plan]\ntarget_incentive = 1000", "", "plan.target_incentive must be given (got none)"),
    ('title = "A plan"', "title = 5", "title must be text (got 5)"),
    ('title = "A plan"', f'title = "{"x" * 121}"', "title must have at most 120 characters (got 'xxx"),
    ('title = "A plan"', 'titel = "A plan"', "titel is not known (got 'A plan'): did you mean title?"),
    ('title = "A plan"', 'name = "mine"', "name is not known (got "),
    ('title = "A plan"', "expects = 'cliff'", "expects must be a list (got 'cliff')"),
    ('title = "A plan"', "team = 3", "team must be a table (got 3)"),
    ('title = "A plan"', "team = { size = 0 }", "team.size must"),
    ('title = "A plan"', "team = { size = 2.5 }", "team.size must be a whole number (got 2.5)"),
    (
        'title = "A plan"',
        "team = { shape = 'round' }",
        "team.shape must be 'normal', 'lognormal' or 'skewed' (got 'round')",
    ),
    (
        'title = "A plan"',
        "calendar = { days = 20, today = 30 }",
        "calendar.today must lie within the period of 20 days (got 30)",
    ),
    ('title = "A plan"', "path = { periods = 0 }", "path.periods must"),
    ('title = "A plan"', "behaviour = { eta = 1 }", "behaviour.eta is not known (got 1)"),
    (
        'title = "A plan"',
        "gates = [{ kpi = 'csat', at_least = 1, closes = 'plan' }]",
        "gates.csat.kpi must name a KPI of the plan (got 'csat')",
    ),
    ('title = "A plan"', "gates = 5", "gates must be a list (got 5)"),
    (
        'title = "A plan"',
        "example = [{ results = { deal = 5 }, pays = 1 }]",
        "example[0].results.deal is not known (got 5): did you mean deals?",
    ),
    ('title = "A plan"', "example = [{ results = { deals = 5 } }]", "example[0].pays must be given"),
    (
        'title = "A plan"',
        "reps = [{ name = 'Ann', targets = { dael = 5 } }]",
        "reps.Ann.targets.dael is not known (got 5)",
    ),
    (
        'title = "A plan"',
        "reps = [{ name = 'Ann', results = { deals = 'many' } }]",
        "reps[0].results.deals must be a finite number (got 'many')",
    ),
]


@pytest.mark.parametrize(("old", "new", "sentence"), REFUSED, ids=[f"{new[:30]}: {s[:30]}" for _, new, s in REFUSED])
def test_refused_in_one_sentence(old: str, new: str, sentence: str) -> None:
    assert SOUND.count(old) == 1
    assert fault(SOUND.replace(old, new)).startswith(sentence)


@pytest.mark.parametrize(
    ("curve", "sentence"),
    [
        ("kind = 'points', points = [[1, 1], [0, 0]]", "points must be in order, x ascending (got 1, 0)"),
        (
            "kind = 'points', points = [[2, 1], [1, 2]], of = 'result'",
            "points must be in order, x ascending, where higher is better",
        ),
        ("kind = 'steps', steps = [[1, 1], [1, 2]]", "steps must be in order, each x once (got 1, 1)"),
        ("kind = 'points', points = [[0, true]]", "points[0][1] must be a finite number (got True)"),
        ("kind = 'points', points = [[0, 1], [1]]", "points[1]"),
        ("kind = 'points', points = 5", "points must be a list (got 5)"),
        ("kind = 'points'", "points must be given"),
        (
            "kind = 'matrix', with = 'b', rows = [0], columns = [0], payouts = [[1]]",
            "with must name a KPI of the plan (got 'b')",
        ),
        ("kind = 'band', floor = 0.8, ceiling = 0.7", "ceiling must not lie below the floor of 0.8 (got 0.7)"),
    ],
)
def test_a_curve_refused_in_one_sentence(curve: str, sentence: str) -> None:
    assert fault(SOUND.replace('kind = "band", floor = 0.7', curve)).startswith(f"kpis.deals.curve.{sentence}")


def test_two_faults_in_one_file_are_both_told() -> None:
    text = SOUND.replace("0.7", "1.7").replace("= 100\n", "= nan\n").replace("A plan", "x" * 121) + "[team]\nsize = 0\n"
    assert [sentence.partition(" ")[0] for sentence in faults(text)] == [
        "kpis.deals.target",
        "kpis.deals.curve.floor",
        "title",
        "team.size",
    ]


def test_nothing_at_all_is_refused() -> None:
    assert fault("").startswith("kpis must be given")


# The schema


def test_the_schema_declares_every_term_with_its_help() -> None:
    whole = schema()
    json.dumps(whole)
    assert whole["required"] == ["plan", "kpis"]
    assert "name" not in whole["properties"]
    for model in whole["$defs"].values():
        for name, term in model.get("properties", {}).items():
            assert name == "kind" or term.get("description"), name
    assert whole["$defs"]["Matrix"]["properties"].keys() >= {"with", "rows", "columns"}


def resolved(node: dict[str, Any], whole: dict[str, Any]) -> dict[str, Any]:
    found: dict[str, Any] = whole["$defs"][node["$ref"].rpartition("/")[2]] if "$ref" in node else node
    return found


def fits(value: Any, node: dict[str, Any], whole: dict[str, Any]) -> bool:
    """As much of JSON Schema as the plan file's needs."""
    node = {**node, **resolved(node, whole)}
    for several in ("anyOf", "oneOf"):
        if several in node and not any(fits(value, one, whole) for one in node[several]):
            return False
    kinds: dict[str, type | tuple[type, ...]] = {
        "object": dict,
        "array": list,
        "string": str,
        "number": (int, float),
        "integer": int,
        "null": type(None),
    }
    kinds |= {"boolean": bool}
    if "type" in node and not isinstance(value, kinds[node["type"]]):
        return False
    if ("const" in node and value != node["const"]) or ("enum" in node and value not in node["enum"]):
        return False
    if isinstance(value, dict):
        known = node.get("properties", {})
        extra = node.get("additionalProperties", True)
        if set(node.get("required", ())) - set(value) or (extra is False and set(value) - set(known)):
            return False
        return all(
            fits(item, known.get(key, extra if isinstance(extra, dict) else {}), whole) for key, item in value.items()
        )
    if isinstance(value, list):
        items, first = node.get("items", {}), node.get("prefixItems", [])
        held = node.get("minItems", 0) <= len(value) <= node.get("maxItems", len(value))
        rest = items if isinstance(items, dict) else {}
        return held and all(fits(item, first[i] if i < len(first) else rest, whole) for i, item in enumerate(value))
    if isinstance(value, int | float):
        return bool(node.get("minimum", value) <= value <= node.get("maximum", value))
    return True


@pytest.mark.parametrize("name", names())
def test_the_schema_fits_every_preset(name: str) -> None:
    document = tomllib.loads((planfile.PRESET_FOLDER / f"{name}.toml").read_text(encoding="utf-8"))
    whole = schema()
    assert fits(document, whole, whole)


def test_the_schema_fits_nothing_else() -> None:
    document, whole = tomllib.loads(SOUND), schema()
    assert fits(document, whole, whole)
    kpi = document["kpis"][0]
    faults: tuple[dict[str, Any], ...] = (
        {"titel": "x"},
        {"title": 5},
        {"kpis": []},
        {"kpis": [kpi | {"weight": 1.5}]},
        {"kpis": [kpi | {"better": "more"}]},
        {"kpis": [kpi | {"curve": {"kind": "bend"}}]},
        {"kpis": [kpi | {"curve": {"kind": "band", "floor": -1}}]},
        {"team": {"size": 0}},
    )
    for faulty in faults:
        assert not fits(document | faulty, whole, whole), faulty


def test_a_plan_changed_and_changed_back_says_the_same() -> None:
    preset = planfile.load_preset("few-pounds-short")
    there = set_terms(preset, {"sales.target": 90_000.0})
    back = set_terms(there, {"sales.target": preset.plan.kpi("sales").target})
    assert preset.example
    assert not back.example
    assert back.same_terms(preset)
    assert not there.same_terms(preset)
