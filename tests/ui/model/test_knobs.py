"""Controls are read off the terms: which a plan has, and that each moves exactly the term that it names."""

import math

import pytest

from calc import Kpi, Plan, names
from calc.documents import link, planfile
from calc.plan.mechanics import Band
from tests.curves import expect_curve
from ui.model.knobs import Knob, kpi_knobs, plan_knobs
from ui.number_format import Formats


def knobs(name: str) -> list[Knob]:
    preset = planfile.load_preset(name)
    formats = Formats("en_US", preset.plan.currency, preset.plan.minor)
    own = [knob for kpi in preset.plan.kpis for knob in kpi_knobs(preset, preset, kpi, formats)]
    return [*own, *plan_knobs(preset, preset)]


def test_a_score_has_controls_for_its_one_curve() -> None:
    found = {knob.path: knob for knob in knobs("weighted-score")}
    curve = expect_curve(planfile.load_preset("weighted-score").plan.curve, Band)
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
    known = link.term_paths(planfile.load_preset(name))
    for knob in knobs(name):
        assert knob.path in known
        assert knob.help
        if knob.value is not None and knob.look != "choice":
            assert knob.low <= knob.value <= knob.high
            assert knob.step > 0
            assert math.isfinite(knob.step)


def test_an_accelerator_shows_what_a_unit_pays_before_and_after() -> None:
    band = Band(
        floor=0.5,
        pays_at_floor=0,
        accelerator=1.5,
        accelerator_of="rate_below_target",
        accelerator_2=1,
        accelerator_2_from=1.5,
    )
    kpi = Kpi(id="deals", unit="deals", target=100, weight=1, curve=band)
    preset = planfile.Preset(plan=Plan(target_incentive=1000, kpis=(kpi,)))
    found = {knob.path: knob for knob in kpi_knobs(preset, preset, kpi, Formats())}
    assert found["deals.accelerator"].note == "$20, then $30 per deal"
    assert found["deals.accelerator_2"].note == "$30, then $20 per deal"
    assert found["deals.accelerator_2_from"].note == "150 deals"
    plain = kpi.changed(curve=Band(accelerator=1.5))
    alone = {
        knob.path
        for knob in kpi_knobs(preset.changed(plan=preset.plan.changed(kpis=(plain,))), preset, plain, Formats())
    }
    assert not {path for path in alone if "accelerator_2" in path}


def test_the_label_of_every_control_is_another() -> None:
    told = [knob.name for knob in plan_knobs(*[planfile.load_preset("weighted-score")] * 2)]
    assert len(set(told)) == len(told)
