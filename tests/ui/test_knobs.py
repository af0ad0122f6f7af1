"""Controls are read off the terms: which a plan has, and that each moves exactly the term that it names."""

import math

import pytest

from calc import link, names, planfile
from ui.formats import Formats
from ui.knobs import Knob, kpi_knobs, plan_knobs


def knobs(name: str) -> list[Knob]:
    preset = planfile.load(name)
    formats = Formats("en_US", preset.plan.currency, preset.plan.minor)
    own = [knob for kpi in preset.plan.kpis for knob in kpi_knobs(preset, preset, kpi, formats)]
    return [*own, *plan_knobs(preset, preset)]


def test_a_score_has_controls_for_its_one_curve() -> None:
    found = {knob.path: knob for knob in knobs("weighted-score")}
    curve = planfile.load("weighted-score").plan.curve
    assert {path for path in found if path.startswith("plan.curve.")} == {
        f"plan.curve.{term}" for term in ("floor", "pays_at_floor", "accelerator", "ceiling")
    }
    assert found["plan.curve.floor"].name == "Floor of the score"
    assert found["plan.curve.floor"].value == curve.floor
    assert found["plan.curve.ceiling"].optional
    assert found["plan.curve.accelerator"].look == "times"
    assert not [knob for knob in knobs("sound-plan") if knob.path.startswith("plan.curve")]


@pytest.mark.parametrize("name", names())
def test_every_control_stands_within_its_range_and_names_a_term_of_a_link(name: str) -> None:
    known = link.paths(planfile.load(name))
    for knob in knobs(name):
        assert knob.path in known
        assert knob.help
        if knob.value is not None and knob.look != "choice":
            assert knob.low <= knob.value <= knob.high
            assert knob.step > 0
            assert math.isfinite(knob.step)


def test_the_label_of_every_control_is_another() -> None:
    told = [knob.name for knob in plan_knobs(*[planfile.load("weighted-score")] * 2)]
    assert len(set(told)) == len(told)
