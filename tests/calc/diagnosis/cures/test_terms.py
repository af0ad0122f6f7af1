"""Cures: what is offered mends, brings nothing new of its kind, leaves a plan that pays, and can cost the same."""

import random
from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

import calc
from calc.diagnosis.checks import CHECKS
from calc.diagnosis.context import Case
from calc.diagnosis.finding import Cure, Finding
from calc.documents.planfile import Preset, dumps, loads, parse_plan, plan_document
from calc.outcomes.expected_cost import cost_of_plan
from calc.piecewise.corners import line_through, rising_line, round_down, round_up
from calc.plan.mechanics import Points, Tiers
from tests.calc.diagnosis.checks.situation import BAND, cured, kpi, situation, the
from tests.curves import band_of, curve_of
from tests.strategies import decimals, examples, maybe, plans

MINE = (
    "zero_zone",
    "flat_zone",
    "cliff",
    "unreachable_floor",
    "ceiling_in_reach",
    "accelerator_inversion",
    "too_many_kpis",
    "idle_kpi",
    "pay_on_activity",
    "no_quality",
)
PRESETS = [name for name in calc.names() if calc.load(name).expects]


def findings(preset: Preset, *checks: str) -> list[Finding]:
    case = Case(preset, preset.plan.standing())
    return [f for check in checks for f in CHECKS[check](case)]


def alarms(preset: Preset, check: str) -> set[str | None]:
    return {f.kpi for f in findings(preset, check) if f.severity == "alarm"}


def mends(one: Finding, cure: Cure) -> None:
    """What every cure must keep to."""
    after = alarms(cure.after, one.check)
    assert one.kpi not in after, f"{one.check} is left on {one.kpi} by {cure.label}"
    assert after <= alarms(cure.before, one.check), f"{one.check} is new on {after} by {cure.label}"
    assert parse_again(cure.after).plan == cure.after.plan
    was, now = (
        cost_of_plan(cure.before.plan, cure.before.team),
        cost_of_plan(cure.at_the_same_cost.plan, cure.at_the_same_cost.team),
    )
    cent, then = 10.0**-cure.before.plan.minor, cost_of_plan(cure.after.plan, cure.after.team)
    if was.expected > cent and then.expected > cent:
        assert now.expected == pytest.approx(was.expected, rel=1e-3)


def parse_again(preset: Preset) -> Preset:
    return parse_plan(plan_document(preset))


@pytest.mark.parametrize("name", calc.names())
def test_every_cure_of_a_preset_mends(name: str) -> None:
    for one in findings(calc.load(name), *MINE):
        if one.cure is not None:
            mends(one, one.cure)


@pytest.mark.parametrize("name", PRESETS)
def test_a_preset_shows_what_it_expects_and_its_cure_does_not(name: str) -> None:
    sick = calc.load(name)
    expected = [check for check in sick.expects if check in MINE]
    for check in expected:
        found = findings(sick, check)
        assert found, f"{name} expects {check}"
        assert all(f.cure is not None for f in found), f"{name} has no cure for {check}"
        assert sick.cured_by is not None
        left = [f for f in findings(calc.load(sick.cured_by), check) if f.severity != "note"]
        assert not left, f"{sick.cured_by} still has {check}"


@pytest.mark.parametrize("name", sorted({calc.load(n).cured_by or "" for n in PRESETS} | {"sound-plan"}))
def test_a_sound_preset_raises_no_alarm(name: str) -> None:
    assert [f.check for f in findings(calc.load(name), *MINE) if f.severity != "note"] == []


KINDS = ("outcome", "profit", "quality", "activity")


@st.composite
def sick_plans(draw: st.DrawFn) -> Preset:
    """Random plans, most of them ill, with a team that lies anywhere."""
    document, plan = draw(plans())
    kinds = [draw(st.sampled_from(KINDS)) for _ in plan.kpis]
    kpis = [k.changed(kind=kind) for k, kind in zip(plan.kpis, kinds, strict=True)]
    team: dict[str, Any] = {"mean": draw(decimals(0.4, 1.6)), "spread": draw(decimals(0.02, 0.5))}
    team |= {"shape": draw(st.sampled_from(("normal", "lognormal", "skewed")))}
    around = {} if maybe(draw, 0.2) else {"team": team}
    whole = parse_plan({**{k: v for k, v in document.items() if v}, **around})
    return whole.changed(plan=plan.changed(kpis=tuple(kpis)))


@examples(300)
@given(sick_plans())
def test_every_cure_of_a_random_plan_mends(sick: Preset) -> None:
    for one in findings(sick, *MINE):
        if one.cure is not None:
            mends(one, one.cure)
        for sentence in (one.title, one.says, one.do):
            assert sentence.text(repr)


def sound_plans(count: int, seed: int) -> Iterator[Preset]:
    """Smooth plans: they climb from a low floor that is reached, have an open or far top, and quality moves them."""
    draw = random.Random(seed)
    for _ in range(count):
        mean, spread = draw.uniform(0.9, 1.1), draw.uniform(0.05, 0.22)
        lowest = mean - 1.2815 * spread
        kpis = []
        parts = [draw.randint(2, 5) for _ in range(draw.randint(1, 3))]
        for i, part in enumerate(parts):
            floor = round(draw.uniform(0, min(lowest, 0.6)) - 0.005, 2)
            floor = max(floor, 0.0)
            band = {"kind": "band", "floor": floor, "accelerator": round(draw.uniform(1, 3), 1)}
            if floor:
                band["pays_at_floor"] = 0.0
            if draw.random() < 0.5:
                band["ceiling"] = round(mean + 1.7 * spread + draw.uniform(0, 2), 2)
            kpis.append(kpi(f"k{i}", part / sum(parts), band, target=draw.choice([7, 100, 85.5, 24000])))
            kpis[-1]["better"] = draw.choice(["higher", "higher", "lower"])
        quality = kpi("csat", 0, kind="quality")
        curve = {"kind": "points", "points": [[0.8, 0.9], [1, 1], [1.2, 1.1]], "below": "hold"}
        moved = [{"kpi": "csat", "multiplies": "plan", "curve": curve}]
        team = {"mean": mean, "spread": spread}
        yield situation(*kpis, quality, team=team, modifiers=moved)


@pytest.mark.parametrize("seed", range(4))
def test_two_thousand_sound_plans_raise_nothing(seed: int) -> None:
    for sound in sound_plans(500, seed):
        found = findings(sound, "zero_zone", "flat_zone", "cliff", "unreachable_floor", "ceiling_in_reach")
        assert not found, f"{found[0].check} in\n{dumps(sound)}"


def test_at_the_same_cost_is_the_same_plan_with_other_money() -> None:
    one = the("flat_zone", situation(kpi(curve={"kind": "band", "ceiling": 1.1})))
    assert one.cure is not None
    same = one.cure.at_the_same_cost
    assert same.plan.kpis == one.cure.after.plan.kpis
    assert same.plan.incentive < 1000


def test_a_cure_leaves_the_story_and_the_people_alone() -> None:
    sick = calc.load("low-ceiling")
    after = cured(next(iter(findings(sick, "flat_zone"))))
    assert (after.title, after.team, after.name) == (sick.title, sick.team, "low-ceiling")


def test_a_plan_that_is_cured_can_be_written_down() -> None:
    for name in PRESETS:
        for one in findings(calc.load(name), *MINE):
            if one.cure is not None:
                assert loads(dumps(one.cure.after)).plan == one.cure.after.plan


def test_two_ceilings_are_taken_away_together() -> None:
    sick = situation(kpi(curve={"kind": "band", "ceiling": 1.1}), plan={"ceiling": 1.05})
    one = the("flat_zone", sick)
    assert one.cure is not None
    assert (one.cure.after.plan.ceiling, band_of(one.cure.after.plan, "deals").ceiling) == (None, None)


def test_all_or_nothing_in_one_step_climbs_from_the_first_unit_and_on() -> None:
    one = the("flat_zone", situation(kpi(curve={"kind": "steps", "steps": [[1, 1]]})))
    assert one.cure is not None
    curve = curve_of(one.cure.after.plan, "deals", Points)
    assert (curve.points, curve.above) == (((0, 0), (1, 1)), "extend")


def test_a_rate_of_nothing_is_taken_out_of_the_tiers() -> None:
    tiers = {"kind": "tiers", "tiers": [[0, 5], [110, 0]]}
    one = the("flat_zone", situation(kpi(weight=None, curve=tiers), plan={"target_incentive": None}))
    assert one.cure is not None
    assert curve_of(one.cure.after.plan, "deals", Tiers).tiers == ((0, 5),)


def test_a_commission_is_folded_into_nothing() -> None:
    tiers = {"kind": "tiers", "tiers": [[0, 0.2]]}
    one = the("pay_on_activity", situation(kpi("a", None, tiers, kind="activity"), kpi("o", 1.0, BAND)))
    assert one.cure is None


@pytest.mark.parametrize(
    ("x", "step", "low", "high"), [(0.4218, 0.05, 0.4, 0.45), (0.3, 0.1, 0.3, 0.3), (2, 0.05, 2, 2)]
)
def test_rounding_leaves_what_is_round(x: float, step: float, low: float, high: float) -> None:
    assert (round_down(x, step), round_up(x, step)) == (low, high)


@given(st.lists(st.tuples(decimals(0, 2), decimals(0, 2)), min_size=1, max_size=8), decimals(0, 2), decimals(0, 2))
def test_a_line_through_corners_rises(rows: list[tuple[float, float]], x: float, y: float) -> None:
    line = line_through(rising_line(sorted(rows)), x, y)
    assert (x, y) in line
    assert all(a[0] < b[0] and a[1] < b[1] for a, b in zip(line, line[1:], strict=False))
