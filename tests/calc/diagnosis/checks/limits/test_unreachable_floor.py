"""A floor out of reach: found where more of the team misses it than in most plans, with the chance to reach it."""

import pytest

from calc.messages import Result, Share
from calc.plan.mechanics import Tiers
from tests.calc.diagnosis.checks.situation import agrees, below, fact_in, found, kpi, normal_team, situation, the, words
from tests.curves import curve_of

TEAM = {"mean": 0.55, "spread": 0.1}


def band(floor: float, **terms: float) -> dict[str, object]:
    return {"kind": "band", "floor": floor, **terms}


def test_a_floor_above_nearly_everybody() -> None:
    one = the("unreachable_floor", situation(kpi(curve=band(0.7)), team=TEAM))
    assert (one.severity, one.kpi, one.span, one.money) == ("alarm", "deals", (None, 0.7), 700.0)
    assert one.share == pytest.approx(0.933193, abs=1e-6)  # a spread and a half above the mean
    assert agrees(one.share, normal_team(mean=0.55, spread=0.1) < 0.7)
    assert one.share is not None
    assert fact_in(one.says, "share", Share) == Share(one.share)
    assert fact_in(one.says, "mean", Result).value == pytest.approx(55)
    assert fact_in(one.says, "gap", Result).value == pytest.approx(15)
    assert "short of it" in words(one)


def test_the_same_floor_of_a_lower_target() -> None:
    one = the("unreachable_floor", situation(kpi(curve=band(0.7)), team=TEAM))
    assert one.cure is not None
    after = one.cure.after
    assert after.plan.kpis[0].target == 60  # 70 % of it is 42; nine in ten bring 42.18
    assert after.team is not None
    landing = after.team.landing(after.plan.kpis[0])
    assert landing.below(0.7)[0] == pytest.approx(below(0.42, 0.55, 0.1), abs=1e-12)  # the same people
    assert not found("unreachable_floor", after)


def test_a_floor_that_the_average_passes_and_many_miss() -> None:
    one = the("unreachable_floor", situation(kpi(curve=band(0.9, pays_at_floor=0.0))))
    assert one.money == 1000.0
    assert "past it" in words(one)


def test_a_kpi_that_is_better_when_lower_gets_a_higher_target() -> None:
    slow = kpi(curve=band(0.9), better="lower", target=5)
    one = the("unreachable_floor", situation(slow))
    assert one.cure is not None
    assert one.cure.after.plan.kpis[0].target == 6  # its floor, 10 % worse, is 6.6; nine in ten need 6.28 or less
    assert not found("unreachable_floor", one.cure.after)


def test_a_kpi_with_a_scale() -> None:
    one = the("unreachable_floor", situation(kpi(curve=band(0.9), target=0, scale=50)))
    assert one.cure is not None
    assert one.cure.after.plan.kpis[0].target < 0
    assert not found("unreachable_floor", one.cure.after)


def test_a_floor_in_units_does_not_move_with_the_target_and_is_lowered() -> None:
    tiers = {"kind": "tiers", "tiers": [[90, 5], [110, 8]]}
    one = the("unreachable_floor", situation(kpi(weight=None, curve=tiers), plan={"target_incentive": None}))
    assert one.money == 50.0  # ten pieces at 5 are paid at target
    assert one.cure is not None
    assert curve_of(one.cure.after.plan, "deals", Tiers).tiers == ((70, 5), (110, 8))
    assert not found("unreachable_floor", one.cure.after)


@pytest.mark.parametrize(("floor", "severity"), [(0.743, None), (0.744, "warn"), (0.831, "warn"), (0.832, "alarm")])
def test_both_sides_of_the_limits(floor: float, severity: str | None) -> None:
    sick = situation(kpi(curve=band(floor)))
    assert [f.severity for f in found("unreachable_floor", sick)] == [severity] * bool(severity)


def test_silent_without_a_team_and_where_every_unit_pays() -> None:
    assert not found("unreachable_floor", situation(kpi(curve=band(1.0)), team=None))
    assert not found("unreachable_floor", situation(kpi(curve=band(0.0)), kpi("csat", 0), team=TEAM))
