"""Cases in which a finding once said what was not so, or missed what was; each is its whole kind's first example."""

from typing import Any

import pytest

from calc.console import text
from calc.diagnosis.context import Case
from calc.diagnosis.diagnose import diagnose_preset
from calc.documents.planfile import Preset
from calc.messages import Money, Number, Share
from tests.calc.diagnosis.checks.situation import fact_in, found, kpi, situation, the

LINE = {"kind": "points", "points": [[0, 0], [1, 1]], "above": "extend"}


def said(preset: Preset) -> str:
    """Everything that is found in a preset, in words."""
    parts = [part for finding in diagnose_preset(preset) for part in (finding.title, finding.says, finding.do)]
    return "\n".join(text(preset.plan, part) for part in parts)


# Places that are rounded


@pytest.mark.parametrize("target", [3, 4, 7])
def test_a_fall_is_read_on_both_sides_of_its_place_however_that_is_rounded(target: float) -> None:
    points = {"kind": "points", "of": "result", "points": [[0, 0], [10, 3], [10, 1], [20, 4]]}
    plan = {"target_incentive": 300}
    one = the("falling_pay", situation(kpi(curve=points, target=target), team=None, plan=plan))
    assert one.money == 600.0
    assert text_of(one.title) == "Takes USD 600.00 away from whoever goes beyond 10 pieces"


def text_of(sentence: Any) -> str:
    """A sentence in words, in dollars."""
    return text(situation(kpi()).plan, sentence)


# At target


def five_percent(**terms: Any) -> Preset:
    """A plan with a measure that pays 5 % of its part where it is on target."""
    steps = {"kind": "steps", "steps": [[0.95, 0.05], [1.05, 1.0]]}
    return situation(kpi(weight=0.15), kpi("arr", 0.85, steps), plan={"target_incentive": 100_000}, **terms)


def test_at_target_is_what_the_plan_pays_there() -> None:
    preset = five_percent()
    assert preset.plan.pay_at_target == preset.plan.pay([100, 100]) == 19_250.0
    facts = dict(the("budget_gap", preset).says.facts)
    assert facts["target"] == Money(19_250.0)
    jump = next(f for f in found("cliff", preset) if f.span == (1.05, 1.05))
    assert fact_in(jump.says, "part", Share).part == pytest.approx(80_750 / 19_250)


def test_a_plan_that_does_not_pay_its_target_incentive_at_target_is_told_so() -> None:
    one = the("pay_at_target", five_percent(team=None))
    assert (one.severity, one.kpi, one.money) == ("alarm", "arr", 80_750.0)
    assert text_of(one.title) == "Pays USD 19,250.00 at target, not USD 100,000.00"
    assert text_of(one.says).endswith("Arr pays USD 4,250.00 of its USD 85,000.00 there.")


@pytest.mark.parametrize(
    ("at_target", "severity"),
    [(1.0, None), (0.99, None), (0.97, "note"), (0.85, "warn"), (0.4, "alarm"), (1.3, "warn")],
)
def test_how_far_pay_at_target_may_be_off(at_target: float, severity: str | None) -> None:
    line = {"kind": "points", "points": [[0, 0], [1, at_target], [2, 3]]}
    assert [f.severity for f in found("pay_at_target", situation(kpi(curve=line)))] == [severity] * bool(severity)


def test_one_plan_has_one_expectation() -> None:
    preset = situation(
        kpi(curve={"kind": "band", "floor": 0.7}, team_mean=0.55, team_spread=0.1),
        kpi("csat", 0, kind="quality"),
        modifiers=[
            {"kpi": "csat", "multiplies": "plan", "curve": {"kind": "points", "points": [[0.8, 0.8], [1.2, 1.3]]}}
        ],
    )
    told = {dict(the(check, preset).says.facts)["expected"] for check in ("budget_gap", "target_out_of_reach")}
    assert told == {Money(Case(preset, {}).money(Case(preset, {}).cost.expected))}


# Stairs


def staircase(heights: list[float], first: float = 9.5) -> dict[str, Any]:
    total, rows = 0.0, []
    for i, height in enumerate(heights):
        total += height
        rows.append([first + i, total / 1000])
    return kpi(curve={"kind": "steps", "of": "result", "steps": rows}, target=13, unit="calls")


def test_a_step_for_every_unit_is_a_climb() -> None:
    preset = situation(staircase([45, 45, 35, 50, 50, 50, 25, 25]), team={"mean": 1.0, "spread": 0.15})
    shape = [
        f for f in diagnose_preset(preset) if f.check in ("cliff", "flat_zone", "zero_zone") and f.severity != "note"
    ]
    assert [f.check for f in shape if f.span != (16.5 / 13, None)] == []


def test_a_step_much_higher_than_its_stairs_stays_a_cliff() -> None:
    preset = situation(staircase([50, 50, 50, 500, 50, 50, 50]), team={"mean": 1.0, "spread": 0.15})
    assert [f.money for f in found("cliff", preset)] == [500.0]


# Nothing is paid, and it earns nothing


def test_under_a_guarantee_a_measure_earns_nothing_and_the_guarantee_is_paid() -> None:
    preset = situation(
        kpi(curve={"kind": "band", "floor": 0.9}), plan={"floor": 0.5}, team={"mean": 0.7, "spread": 0.1}
    )
    one = the("zero_zone", preset)
    assert text_of(one.title).startswith("Earns nothing below 90 pieces")
    assert "The USD 500.00 paid there are guaranteed." in text_of(one.says)
    assert "pays nothing" not in said(preset)


def test_beside_other_measures_a_measure_earns_nothing() -> None:
    preset = situation(kpi(weight=0.25, curve={"kind": "band", "floor": 0.95}), kpi("other", 0.75))
    one = the("zero_zone", preset)
    assert text_of(one.title).startswith("Earns nothing below 95 pieces")
    assert "The USD 750.00 paid there come from elsewhere." in text_of(one.says)


def test_where_nothing_is_paid_it_says_so() -> None:
    one = the("zero_zone", situation(kpi(curve={"kind": "band", "floor": 0.9})))
    assert text_of(one.says).startswith("Below 90 pieces of deals this plan pays nothing")


@pytest.mark.parametrize("check", ["zero_zone", "unreachable_floor"])
def test_for_what_is_better_when_lower_the_worse_side_is_above(check: str) -> None:
    curve = {"kind": "band", "floor": 0.9}
    preset = situation(kpi("talk", curve=curve, better="lower", target=10, unit="minutes"))
    told = text_of(the(check, preset).says)
    assert "below" not in told.lower()
    if check == "zero_zone":
        assert told.startswith("Above 11 minutes of talk this plan pays nothing")


# What was missed


def index(**terms: Any) -> Preset:
    factor = {"kind": "steps", "of": "result", "steps": [[0, 0.33], [90, 0.66], [95, 1.0]]}
    return situation(
        kpi(curve=LINE),
        kpi("index", 0, target=95, unit="points"),
        modifiers=[{"kpi": "index", "multiplies": "plan", "curve": factor}],
        **terms,
    )


@pytest.mark.parametrize("team", [None, {"mean": 1.0, "spread": 0.1}])
def test_a_step_of_what_multiplies_is_a_cliff(team: dict[str, float] | None) -> None:
    jumps = [(f.kpi, f.money) for f in found("cliff", index(team=team))]
    assert ("index", 340.0) in jumps
    assert ("index", 330.0) in jumps


def test_a_gate_is_told_without_a_team_and_though_it_names_a_measure() -> None:
    gate = {"kpi": "promotions", "at_least_result": 920, "closes": ["deals"]}
    preset = situation(kpi(curve=LINE), kpi("promotions", 0, target=920, unit="COP"), team=None, gates=[gate])
    one = the("closed_gate", preset)
    assert (one.severity, one.money) == ("warn", 1000.0)
    assert "Just short of it costs USD 1,000.00." in text_of(one.says)


def test_a_flat_stretch_that_holds_the_target_is_told_without_a_team() -> None:
    points = {"kind": "points", "points": [[0, 0.6], [0.5, 1.0], [1.5, 1.0], [2, 2]]}
    one = the("flat_zone", situation(kpi(curve=points), team=None))
    assert (one.severity, one.span) == ("warn", (0.5, 1.5))
    assert text_of(one.says) == "From 50 pieces to 150 pieces of deals, pay stays at USD 1,000.00."


def test_a_guarantee_of_several_times_the_target_is_told_without_a_team() -> None:
    preset = situation(kpi(curve=LINE), team=None, plan={"floor": 8.0})
    assert the("flat_zone", preset).severity == "warn"
    assert the("pay_at_target", preset).severity == "warn"


# What was no fault


def test_a_small_product_with_its_own_rate_is_not_idle() -> None:
    def product(name: str, rate: float) -> dict[str, Any]:
        return kpi(name, None, {"kind": "tiers", "tiers": [[0, rate]]}, target=1000, unit="EUR")

    preset = situation(product("old", 0.5), product("new", 0.001), team=None)
    assert not found("idle_kpi", preset)


def test_nobody_near_a_jump_is_no_alarm() -> None:
    preset = situation(kpi(curve={"kind": "band", "floor": 0.3, "pays_at_floor": 0.9}))
    assert [f.severity for f in found("cliff", preset)] == ["note"]


# Numbers and words


def test_no_number_is_minus_nothing_and_one_is_singular() -> None:
    down = {"kind": "points", "of": "result", "points": [[0, 3], [20, 0]]}
    preset = situation(kpi("hours", curve=down, target=10, unit="hours"), team=None)
    assert "-0" not in said(preset)
    assert "For 1 day nobody knows" in said(situation(kpi(), calendar={"days": 20, "announced_day": 2}))


def test_a_day_is_a_whole_day() -> None:
    preset = situation(kpi(curve={"kind": "band", "floor": 0.0, "ceiling": 0.9}), calendar={"days": 30})
    days = [fact_in(f.says, "day", Number).value for f in found("ceiling_in_reach", preset)]
    assert days
    assert all(day == round(day) for day in days)


# Whole units


def whole_deals(**terms: Any) -> dict[str, Any]:
    """A measure of which nobody has a part: three deals are asked for."""
    return kpi("deals", target=3, unit="deals", counted=True, **terms)


def test_of_whole_units_a_place_is_a_unit_that_somebody_can_have() -> None:
    preset = situation(whole_deals(curve={"kind": "band", "floor": 0.7, "accelerator": 2, "ceiling": 1.5}))
    told = said(preset)
    assert "2.1" not in told
    assert "4.5" not in told
    assert "Below 3 deals this plan pays nothing" in told
    assert [f.span for f in found("cliff", preset)] == [(1.0, 1.0)]


def test_a_fall_that_no_whole_unit_meets_is_none() -> None:
    """A line that loses 50 half way between two units, each of which pays 100 more, never pays less for one more."""
    points = {"kind": "points", "of": "result", "points": [[0, 0], [2.5, 2.5], [2.5, 2.0], [6, 5.5]]}
    assert not found("falling_pay", situation(whole_deals(curve=points), plan={"target_incentive": 100}))
    assert found("falling_pay", situation(kpi("deals", target=3, curve=points), plan={"target_incentive": 100}))


# Gates that several conditions open


def test_a_gate_names_what_else_opens_it_and_counts_only_those_for_whom_nothing_does() -> None:
    gate = {"kpi": "csat", "at_least": 1.0, "closes": "plan", "any_of": [{"kpi": "nps", "at_least_result": 100}]}
    measures = [kpi(curve=LINE), kpi("csat", 0, unit="points"), kpi("nps", 0, unit="points")]
    one = the("closed_gate", situation(*measures, gates=[gate], team={"mean": 1.0, "spread": 0.1}))
    assert one.share == pytest.approx(0.25, abs=1e-6)
    assert "Below 100 points of csat, unless nps is from 100 points on, the pay is lost." in text_of(one.says)


# Guarantees, rounding


@pytest.mark.parametrize("guarantee", [{"floor": 0.5}, {"floor_pay": 500}])
def test_a_guarantee_is_known_however_it_is_told(guarantee: dict[str, float]) -> None:
    preset = situation(kpi(curve={"kind": "band", "floor": 0.9}), plan=guarantee, team={"mean": 0.7, "spread": 0.1})
    assert "The USD 500.00 paid there are guaranteed." in text_of(the("zero_zone", preset).says)


def test_what_a_rep_can_expect_is_an_average_and_is_not_rounded_as_pay_is() -> None:
    def expected(**plan: Any) -> float:
        preset = situation(kpi(curve={"kind": "band", "floor": 0.9}), team={"mean": 0.7, "spread": 0.1}, plan=plan)
        return fact_in(the("budget_gap", preset).says, "expected", Money).amount

    assert expected(round_to=100) == expected() != 0.0


def test_a_level_is_what_is_paid_there_after_measures_are_rounded() -> None:
    level = {"kind": "points", "points": [[0, 0.4567], [2, 0.4567]]}
    preset = situation(kpi("deals", 0.5, level, round_to=5), kpi("other", 0.5, level, round_to=5), team=None)
    one = next(f for f in found("flat_zone", preset))
    assert dict(one.says.facts)["pay"] == Money(460.0)
    assert preset.plan.pay([100, 100]) == 460.0


# Targets that nobody set


def test_a_plan_without_a_target_is_not_judged_by_one() -> None:
    tiers = {"kind": "tiers", "tiers": [[0, 0], [110, 5], [120, 10]], "apply": "retroactive"}
    commission = kpi(weight=None, curve=tiers)
    del commission["target"]
    for team in (None, {"mean": 1.0, "spread": 0.2}):
        preset = situation(commission, plan={"target_incentive": None}, team=team)
        checks = {f.check for f in diagnose_preset(preset)}
        assert not checks & {"field_range", "target_too_easy", "target_out_of_reach", "pay_at_target", "budget_gap"}
        assert "target" not in said(preset).replace("Names no", "")


def test_what_a_gate_takes_is_not_told_where_nobody_stands() -> None:
    """A commission without a target stands where somebody must; a sum that is paid there is nobody's pay."""
    commission = kpi(weight=None, curve={"kind": "tiers", "tiers": [[0, 0.1]]})
    del commission["target"]
    gate = {"kpi": "csat", "at_least": 1.0, "closes": "plan"}
    preset = situation(commission, kpi("csat", 0), plan={"target_incentive": None}, team=None, gates=[gate])
    one = the("closed_gate", preset)
    assert (one.severity, one.money) == ("note", None)
    assert text_of(one.says).endswith("the pay is lost.")
    assert diagnose_preset(preset, {"deals": 5000}) != diagnose_preset(preset)
