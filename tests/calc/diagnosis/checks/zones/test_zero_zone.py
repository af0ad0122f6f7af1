"""A zero zone: found where it holds more of the team than practice leaves there, with what waits at its end."""

import pytest

from calc.messages import Result, Share
from tests.calc.diagnosis.checks.situation import agrees, below, fact_in, found, kpi, normal_team, situation, the
from tests.curves import band_of


def band(floor: float, **terms: float) -> dict[str, object]:
    return {"kind": "band", "floor": floor, **terms}


def test_a_floor_that_a_third_misses() -> None:
    sick = situation(kpi(curve=band(0.9)))
    one = the("zero_zone", sick)
    assert (one.severity, one.kpi, one.span) == ("alarm", "deals", (0.0, 0.9))
    assert one.money == 900.0  # the jump at the floor: 90 % of 1,000
    assert one.share == pytest.approx(below(0.9), abs=1e-12)
    assert one.share == pytest.approx(0.308538, abs=1e-6)  # half a spread below the mean, from a table
    assert agrees(one.share, normal_team() < 0.9)
    assert one.share is not None
    assert fact_in(one.title, "share", Share) == Share(one.share)


def test_where_pay_climbs_from_nothing_what_waits_is_the_pay_at_target() -> None:
    one = the("zero_zone", situation(kpi(weight=0.6, curve=band(0.9, pays_at_floor=0.0)), kpi("other", 0.4)))
    assert (one.span, one.money) == ((0.0, 0.9), 600.0)


def test_a_third_of_an_attainment_is_stated_to_nine_decimals_and_paid_exactly() -> None:
    commission = kpi(weight=None, curve={"kind": "tiers", "tiers": [[40, 10]], "apply": "retroactive"}, target=60)
    one = the("zero_zone", situation(commission, team={"mean": 0.6, "spread": 0.1}, plan={"target_incentive": None}))
    assert (one.span, one.money) == ((0.0, 0.666666667), 400.0)


def test_a_kpi_that_is_better_when_lower() -> None:
    slow = kpi(curve=band(0.9), better="lower", target=5, unit="minutes")
    one = the("zero_zone", situation(slow))
    assert one.span == (0.0, 0.9)
    assert fact_in(one.title, "end", Result).value == 5.5  # a tenth worse than 5


@pytest.mark.parametrize(
    ("floor", "severity"),
    [(0.74, None), (0.743, None), (0.744, "warn"), (0.83, "warn"), (0.832, "alarm")],  # 10 % at 0.7437, 20 % at 0.8317
)
def test_both_sides_of_the_limits(floor: float, severity: str | None) -> None:
    assert [f.severity for f in found("zero_zone", situation(kpi(curve=band(floor))))] == [severity] * bool(severity)


@pytest.mark.parametrize(("floor", "severity"), [(0.69, None), (0.7, "warn"), (1.0, "warn")])
def test_without_a_team_practice_says_what_a_high_floor_is(floor: float, severity: str | None) -> None:
    sick = situation(kpi(curve=band(floor)), team=None)
    assert [f.severity for f in found("zero_zone", sick)] == [severity] * bool(severity)


def test_silent_on_a_low_floor_and_on_what_is_not_paid() -> None:
    assert not found("zero_zone", situation(kpi(), kpi("csat", 0)))


def test_an_organisation_may_have_its_own_range() -> None:
    assert not found("zero_zone", situation(kpi(curve=band(0.9)), practice={"below_floor": 0.35}))


def test_the_cure_starts_where_nine_in_ten_arrive() -> None:
    one = the("zero_zone", situation(kpi(curve=band(0.9))))
    assert one.cure is not None
    curve = band_of(one.cure.after.plan, "deals")
    assert (curve.floor, curve.pays_at_floor) == (0.7, 0.0)  # not above 70 %, though nine in ten reach 74 %
    assert not found("zero_zone", one.cure.after)


@pytest.mark.parametrize(
    "curve",
    [
        {"kind": "steps", "steps": [[0.9, 0.8], [1, 1], [1.2, 2]]},
        {"kind": "points", "points": [[0.9, 0.5], [1, 1]], "above": "extend"},
        {"kind": "points", "of": "result", "points": [[90, 0.5], [100, 1]], "above": "extend"},
    ],
)
def test_a_table_is_led_down_to_zero(curve: dict[str, object]) -> None:
    one = the("zero_zone", situation(kpi(curve=curve)))
    assert one.cure is not None
    assert not found("zero_zone", one.cure.after)
    assert one.cure.after.plan.pay([100]) == 1000.0


def test_no_cure_where_the_whole_plan_is_closed() -> None:
    gated = situation(kpi(curve=band(0.9)), kpi("csat", 0), gates=[{"kpi": "csat", "at_least": 0.5, "closes": "plan"}])
    assert the("zero_zone", gated, {"csat": 100.0}).cure is not None
    assert not [f for f in found("zero_zone", gated, {"csat": 10.0}) if f.cure is not None]
