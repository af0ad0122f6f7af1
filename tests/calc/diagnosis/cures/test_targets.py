"""Cures of targets, gates, calendar and path: round numbers, the same people, nothing left to find."""

from statistics import NormalDist

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from calc.diagnosis.cures.targets import (
    announced_in_time,
    eased_gate,
    never_falling,
    roundest_number,
    share_closed,
    steady_target,
    target_for_six_in_ten,
)
from calc.diagnosis.cures.terms import case_after
from calc.plan.conditions import Gate
from calc.plan.mechanics import Band, Points
from calc.situation.calendar import Calendar
from calc.situation.practice import Practice
from calc.situation.target_path import Path
from calc.situation.team import Team
from tests.calc.diagnosis.checks.cases import case, csat, deals, text


@pytest.mark.parametrize(
    ("value", "least", "found"),
    [(52.47, 51, 52), (52.47, 49, 50), (289_800, 275_000, 280_000), (0.0234, 0.021, 0.022), (7.0, 6.9, 7.0)],
)
def test_roundest_below(value: float, least: float, found: float) -> None:
    assert roundest_number(value, lambda x: x >= least) == found


def test_roundest_above_and_none() -> None:
    assert roundest_number(12.25, lambda x: x <= 12.6, up=True) == 12.5
    assert roundest_number(12.25, lambda x: False) is None
    assert roundest_number(0.0, lambda x: True) is None
    assert roundest_number(float("inf"), lambda x: True) is None


@given(st.floats(1e-6, 1e9), st.floats(1.001, 3))
def test_roundest_fits_and_lies_on_its_side(value: float, factor: float) -> None:
    below = roundest_number(value, lambda x: x >= value / factor)
    above = roundest_number(value, lambda x: x <= value * factor, up=True)
    assert below is not None
    assert above is not None
    assert value / factor <= below <= value * (1 + 1e-9)
    assert value * (1 - 1e-9) <= above <= value * factor


@given(
    mean=st.floats(0.3, 3),
    spread=st.floats(0.02, 0.25),
    better=st.sampled_from(["higher", "lower"]),
    scale=st.sampled_from([None, 25.0]),
)
def test_a_target_for_six_in_ten_of_the_same_people(
    mean: float, spread: float, better: str, scale: float | None
) -> None:
    kpi = deals(better=better, scale=scale)
    result, scatter = kpi.result(mean), spread * kpi.span
    assume(result > 3 * scatter)
    before = case(kpi, team=Team(mean=mean, spread=spread))
    found = target_for_six_in_ten(before, kpi, lambda c, k: False)
    assume(found is not None)
    assert found is not None
    after = case_after(before, found)
    moved = after.plan.kpi("deals")
    landing = after.landing(moved)
    assert landing is not None
    assert 0.5 - 1e-6 <= 1 - landing.below(1.0)[0] <= 0.7 + 1e-6
    people = NormalDist(result, scatter)
    there = people.cdf(moved.target) if better == "lower" else 1 - people.cdf(moved.target)
    assert there == pytest.approx(1 - landing.below(1.0)[0], abs=1e-6)
    assert float(f"{moved.target:.6g}") == moved.target


def test_the_organisations_own_aim_counts() -> None:
    own = Practice(at_target=0.8, at_target_usual=0.9)
    kpi, team = deals(), Team(mean=0.9, spread=0.1)
    found = target_for_six_in_ten(case(kpi, team=team, practice=own), kpi, lambda c, k: False)
    assert found is not None
    assert found.after.plan.kpi("deals").target == 78  # 90 - 1.0364 x 10 and down, where 88 % arrive


def test_a_cure_that_leaves_what_was_found_is_not_offered() -> None:
    kpi = deals()
    assert target_for_six_in_ten(case(kpi, team=Team(mean=0.9, spread=0.1)), kpi, lambda c, k: True) is None
    assert target_for_six_in_ten(case(kpi), kpi, lambda c, k: False) is None


def test_a_gate_counts_its_mark_as_a_plan_does() -> None:
    still = csat(team_spread=0.0)
    both = [Gate(kpi="csat", at_least=1.0, closes="plan", reached=how) for how in ("at", "above")]
    before = case(deals(), still, team=Team(spread=0.0), gates=tuple(both))
    assert [share_closed(before, gate) for gate in before.plan.gates] == [0.0, 1.0]
    assert before.plan.statement().gates[0].open
    assert not before.plan.statement().gates[1].open


def test_easing_one_gate_leaves_the_others() -> None:
    gates = (
        Gate(kpi="csat", at_least=0.95, closes="plan"),
        Gate(kpi="csat", at_least=0.99, closes=("deals",), keeps=0.5),
    )
    before = case(deals(), csat(team_spread=0.05), team=Team(), gates=gates)
    found = eased_gate(before, before.plan.gates[1])
    assert found is not None
    assert [g.at_least for g in found.after.plan.gates] == [0.95, 0.92]
    assert text(found.label) == "Open the gate at 73.6 points: nine in ten pass it"
    assert found.after.plan.gates[1].keeps == 0.5


def test_time_and_path() -> None:
    late = case(calendar=Calendar(days=30, announced_day=20, today=5), path=Path(growth_if_hit=0.1, ratchet=0.5))
    on_time, steady = announced_in_time(late), steady_target(late)
    assert on_time is not None
    assert steady is not None
    assert on_time.after.calendar == Calendar(days=30, announced_day=1, today=5)
    assert steady.after.path == Path(growth=0.0, growth_if_hit=0.0, ratchet=0.0)
    assert text(steady.label) == "Let the target stay as it is, hit or not"
    assert (announced_in_time(case()), steady_target(case())) == (None, None)
    assert announced_in_time(case(calendar=Calendar(days=30))) is None


@pytest.mark.parametrize(
    ("period", "growth", "kept"), [("year", 0.25, 0.1), ("quarter", 0.05, 0.024), ("month", 0.01, 0.01)]
)
def test_a_planned_rise_is_cut_to_what_is_normal(period: str, growth: float, kept: float) -> None:
    steady = steady_target(case(path=Path(growth=growth, growth_if_hit=0.3), period=period))
    assert steady is not None
    assert steady.after.path is not None
    assert steady.after.path.growth == kept
    assert text(steady.label) == f"Let the target rise by {kept * 100:.1f} % a period, hit or not"


def test_points_are_held_and_nothing_else() -> None:
    falling = deals(curve=Points(points=((0, 0), (1, 1), (1, 0.5), (2, 0.8), (3, 2))))
    held = never_falling(case(falling), falling, lambda c, k: False)
    assert held is not None
    assert held.after.plan.kpi("deals").curve == Points(points=((0, 0), (1, 1), (1, 1), (2, 1), (3, 2)))
    band = deals(curve=Band())
    assert never_falling(case(band), band, lambda c, k: False) is None
