"""The presets: documents that hold, pay their examples to the cent, and are told in whole sentences."""

import re
import tomllib

import pytest

from calc import Preset, dumps, load, loads, names
from calc.documents import planfile
from calc.year.settle import year_statement

presets = pytest.mark.parametrize("name", names())


def text_of(name: str) -> str:
    return (planfile.PRESET_FOLDER / f"{name}.toml").read_text(encoding="utf-8")


def test_there_are_presets_and_no_other_files_beside_them() -> None:
    assert len(names()) >= 20
    assert {file.name for file in planfile.PRESET_FOLDER.iterdir()} == {f"{name}.toml" for name in names()}


@presets
def test_it_goes_by_a_name_that_fits_a_link(name: str) -> None:
    assert re.fullmatch(r"[a-z][a-z0-9]*(-[a-z0-9]+)*", name)
    assert len(name) <= 40
    assert load(name).name == name


@presets
def test_it_pays_its_examples_to_the_cent(name: str) -> None:
    preset = load(name)
    assert len(preset.example) >= 3
    for example in preset.example:
        assert preset.plan.statement(example.results).pay == example.pays, example
        row = [example.results.get(kpi.id, kpi.target) for kpi in preset.plan.kpis]
        assert preset.plan.pay(row) == example.pays
        for kpi in preset.plan.kpis:
            along = preset.plan.along(kpi.id, example.results)
            assert preset.plan.money(along(example.results.get(kpi.id, kpi.target))) == example.pays


@pytest.mark.parametrize("name", [name for name in names() if load(name).rep_year is not None])
def test_the_year_of_its_rep_is_paid_to_the_cent(name: str) -> None:
    preset = load(name)
    found = year_statement(preset.year_plan, preset.year_results)
    assert len(preset.year_pays) == found.paid.shape[1] >= 4
    assert tuple((found.paid + found.settled)[0].tolist()) == preset.year_pays


@presets
def test_its_examples_differ_and_stand_on_both_sides_of_something(name: str) -> None:
    examples = load(name).example
    assert len({tuple(sorted(example.results.items())) for example in examples}) == len(examples)
    assert len({example.pays for example in examples}) >= 2


@presets
def test_it_goes_there_and_back(name: str) -> None:
    assert loads(dumps(load(name)), name=name) == load(name)
    assert planfile.plan_document(loads(text_of(name))) == tomllib.loads(text_of(name))


@presets
def test_its_story_is_told_in_whole_sentences(name: str) -> None:
    preset = load(name)
    for text in (preset.description, preset.source):
        assert text.endswith(".")
        assert "  " not in text
        assert text == text.strip()
        assert "\n" not in text
        assert text.isprintable()
    assert preset.title
    assert not preset.title.endswith(".")
    assert len(preset.title) <= 60
    assert 200 <= len(preset.description) <= 600
    assert 40 <= len(preset.source) <= 400


def test_titles_tell_the_presets_apart() -> None:
    titles = [load(name).title for name in names()]
    assert len(set(titles)) == len(titles)


@presets
def test_what_cures_it_is_there_and_needs_no_cure(name: str) -> None:
    cure = load(name).cured_by
    assert cure is None or cure in names()
    assert cure != name
    assert cure is None or load(cure).cured_by is None


@presets
def test_its_kpis_have_names_and_units_for_the_screen(name: str) -> None:
    for kpi in load(name).plan.kpis:
        assert kpi.name
        assert kpi.unit
        assert len(kpi.name) <= 40
        assert len(kpi.unit) <= 16


@presets
def test_on_target_in_everything_pays_the_incentive(name: str) -> None:
    plan = load(name).plan
    assert plan.pay([kpi.target for kpi in plan.kpis]) == pytest.approx(plan.incentive)


@presets
def test_it_says_what_surrounds_it(name: str) -> None:
    preset = load(name)
    assert isinstance(preset, Preset)
    assert preset.team is not None
    assert preset.plan.base_pay is not None
