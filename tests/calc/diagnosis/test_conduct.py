"""What findings make people do, in the words and with the bands of the situations they were published for."""

from functools import cache

import pytest

from calc.behaviour.portrait import FORESIGHT
from calc.diagnosis.conduct import say_all
from calc.diagnosis.conduct_words import UNKNOWN, Conduct
from calc.diagnosis.context import Case
from calc.diagnosis.diagnose import diagnose_preset
from calc.documents.params import set_terms
from calc.documents.planfile import load_preset
from calc.messages import Share

SILENT = {"sound-plan", "open-top", "calls-not-sales", "sell-sell-sell", "pipeline-scorecard"}
"""Presets of which the model has nothing to say."""
NO_HARM = {"few-pounds-short", "step-bonus", "retroactive-tiers"}
"""Presets of which it must not say that they lose sales."""


@cache
def said(name: str) -> tuple[Conduct, ...]:
    preset = load_preset(name)
    return say_all(Case(preset, preset.plan.standing({})), diagnose_preset(preset))


@pytest.mark.parametrize("name", sorted(NO_HARM))
def test_jumps_steps_and_retroactive_tiers_are_not_said_to_lose_sales(name: str) -> None:
    cliff = next(conduct for conduct in said(name) if conduct.check == "cliff")
    assert "does not find" in cliff.says.template
    assert "2013" in cliff.says.template or "2015" in cliff.says.template
    assert cliff.told is None or cliff.told["sales"].low > 0.0
    assert not any(c.told is not None and c.told["sales"].high < 0.0 for c in said(name))


@pytest.mark.parametrize("name", sorted(SILENT))
def test_everything_else_keeps_silent(name: str) -> None:
    assert said(name) == ()


@pytest.mark.parametrize(
    ("name", "check", "low", "high"),
    [
        ("unreachable-floor", "unreachable_floor", -0.18, -0.04),
        ("low-ceiling", "ceiling_in_reach", -0.20, -0.13),
        ("done-by-the-tenth", "ceiling_in_reach", -0.30, -0.18),
        ("show-target", "target_out_of_reach", -0.18, -0.10),
        ("few-pounds-short", "cliff", 0.11, 0.145),
        ("ratchet", "rising_target", -0.12, -0.10),
        ("late-plan", "late_plan", -0.19, -0.11),
    ],
)
def test_the_band_of_a_situation(name: str, check: str, low: float, high: float) -> None:
    conduct = next(conduct for conduct in said(name) if conduct.check == check)
    assert conduct.told is not None
    sales = conduct.told["sales"]
    assert (sales.low, sales.high) == pytest.approx((low, high), abs=0.008)


def test_a_far_target_is_not_said_to_discourage_by_itself() -> None:
    (conduct,) = said("show-target")
    assert "discourages by itself, the model does not find" in conduct.says.template


def test_the_day_of_a_late_plan_is_told_with_its_trust() -> None:
    (conduct,) = said("late-plan")
    template, facts = conduct.says.template, dict(conduct.says.facts)
    assert "trust it half" in template
    assert "nobody works for pay that is not promised" in template
    day = facts["none_high"]
    assert isinstance(day, Share)
    assert day.part == pytest.approx(0.010, abs=0.0011)


def test_a_rising_target_is_told_with_how_far_people_look_ahead() -> None:
    (conduct,) = said("ratchet")
    facts = dict(conduct.says.facts)
    assert getattr(facts["foresight"], "value", None) == FORESIGHT
    assert "does not look ahead" in conduct.says.template


def test_a_plan_without_a_cure_of_its_own_is_held_against_its_mended_one() -> None:
    preset = set_terms(load_preset("sound-plan"), {"revenue.ceiling": 1.02})
    found = diagnose_preset(preset)
    conducts = say_all(Case(preset, preset.plan.standing({})), found)
    assert [c.check for c in conducts] in (["ceiling_in_reach"], [])
    assert all(c.says is UNKNOWN or c.told is not None for c in conducts)
