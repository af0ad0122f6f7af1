"""Signs and shapes that the model was published with, in all three readings of the evidence."""

from functools import cache

import numpy as np
import pytest

import calc
from calc.behaviour.behave import Behaved, behave
from calc.behaviour.effort.calibrate import find_kappa
from calc.behaviour.effort.late_plan import play_late
from calc.behaviour.effort.outcome import Outcome, play
from calc.behaviour.effort.rep import Reps, reps_as_teams, spread_abilities
from calc.behaviour.effort.rising_target import play_rising_target
from calc.behaviour.effort.step import COARSE
from calc.piecewise.curve import Curve
from calc.piecewise.vectorized import Floats
from tests.calc.behaviour.reps import jump, line, one_rep, paid, under

SPREAD = 0.12 / 1.01
TAU = 1 / 1.01
RISING = Curve((0.0, 0.5 * TAU, TAU, 2 * TAU), (0.0, 0.0, 1.0, 3.1), (0.0, 2 / TAU, 2.1 / TAU, 0.0))
LATE = Curve((0.0, 0.4 * TAU, TAU, 2 * TAU), (0.0, 0.0, 1.0, 2.8), (0.0, 1 / (0.6 * TAU), 1.8 / TAU, 0.0))


def team(curve: Curve, tau: float = TAU) -> Reps:
    """A team of three readings for which a plan brings today's mean."""
    reps = reps_as_teams(spread_abilities(0.5 * SPREAD), noise=0.8 * SPREAD)
    return reps.with_kappa(np.repeat(find_kappa(paid(curve, reps.rows), reps, 1 / tau, 3).kappa, 7))


def in_points(parts: Floats) -> list[int]:
    return [round(100 * float(part)) for part in parts]


def test_b_effort_ends_at_a_ceiling_and_falls_before_it() -> None:
    policy = under(line(1.0).clip(high=1.1), one_rep(1.3)).policy
    late, sold = policy.effort[9][0], policy.grids[9].nodes + 0.7 * 1.3
    assert late[sold > 1.4].max() == pytest.approx(0.0, abs=1e-3)
    near = late[(sold > 0.7) & (sold < 1.4)]
    assert (np.diff(near) < 0.0).all()


def test_c_a_line_does_not_bunch() -> None:
    reps = one_rep()
    below, above = under(line(1.0), reps).histogram(np.array([0.95, 1.0, 1.05]))[0]
    assert above / below == pytest.approx(1.0, abs=1e-3)


@cache
def _first_quarter(foresight: float) -> Floats:
    reps = team(RISING)
    full = np.ones(reps.rows)
    found = play_rising_target(
        paid(RISING, reps.rows),
        reps,
        TAU * full,
        full / TAU,
        periods=8,
        growth=0.0,
        rise=0.1,
        foresight=foresight,
        teams=3,
        precision=COARSE,
    )
    return np.vstack([found.sales[0], found.sales[7], found.hit[0]])


@pytest.mark.parametrize(("foresight", "first"), [(0.9, [-12, -11, -10]), (0.5, [-8, -7, -5]), (0.0, [0, 0, 0])])
def test_e_a_rise_that_is_expected_lowers_effort_now(foresight: float, first: list[int]) -> None:
    assert in_points(_first_quarter(foresight)[0] - 1.0) == pytest.approx(first, abs=1)


def test_e_who_does_not_look_ahead_is_hit_later() -> None:
    assert in_points(_first_quarter(0.0)[1] - 1.0) == pytest.approx([-6, -5, -3], abs=1)
    assert (_first_quarter(0.9)[2] < 0.09).all()
    assert (_first_quarter(0.0)[2] > 0.5).all()


@pytest.mark.parametrize(("trust", "change"), [(0.0, [-19, -11, -12]), (0.5, [-12, -9, -6]), (1.0, [0, 0, 0])])
def test_f_a_late_plan_costs_what_trust_says(trust: float, change: list[int]) -> None:
    reps = team(LATE)
    full = np.ones(reps.rows)
    late = play_late(paid(LATE, reps.rows), reps, TAU * full, full / TAU, silent=19 / 31, trust=trust, teams=3)
    assert in_points(late.sales - 1.0) == pytest.approx(change, abs=1)


def test_g_a_target_out_of_reach_on_a_line_changes_nothing_but_the_rate() -> None:
    reps = one_rep(1.1)
    near, far = under(line(0.6), reps, target=1.0), under(line(0.6), reps, target=5.0)
    assert far.effort[0] == near.effort[0]
    assert (far.hit[0], near.hit[0]) == (pytest.approx(0.0, abs=1e-9), pytest.approx(0.4, abs=0.2))
    steps = near.effort_by_step[0]
    assert steps == pytest.approx(np.full(12, steps[0]), abs=1e-9)


def _all_or_nothing(variation: float) -> Outcome:
    reps = reps_as_teams(spread_abilities(variation, 15), noise=0.2)
    pay, full = paid(jump(1.0, 1.0), reps.rows), np.ones(reps.rows)
    reps = reps.with_kappa(np.repeat(find_kappa(pay, reps, 1.0, 3).root, 15))
    return play(pay, reps, full, full, teams=3)


@pytest.mark.parametrize(("variation", "change"), [(0.1, [-17, -15, -12]), (0.4, [14, 7, 7])])
def test_i_a_line_sells_less_among_like_people_and_more_where_they_differ(variation: float, change: list[int]) -> None:
    outcome = _all_or_nothing(variation)
    assert in_points(outcome.commission.sales / outcome.sales - 1.0) == pytest.approx(change, abs=1)


@cache
def _beside_its_cure(name: str) -> Behaved:
    preset = calc.load(name)
    return behave(preset, against=calc.load(str(preset.cured_by)))


@pytest.mark.parametrize(
    ("name", "change"),
    [
        ("unreachable-floor", [-15, -7, -10]),
        ("low-ceiling", [-20, -15, -13]),
        ("done-by-the-tenth", [-30, -18, -20]),
        ("show-target", [-18, -14, -10]),
    ],
)
def test_what_a_sick_plan_sells_less_in_every_reading(name: str, change: list[int]) -> None:
    found = _beside_its_cure(name)
    assert found.against is not None
    gap = found.here.outcome.sales / found.against.outcome.sales - 1.0
    assert in_points(gap) == pytest.approx(change, abs=1)


@pytest.mark.parametrize(
    ("name", "low", "high"),
    [("unreachable-floor", -0.13, -0.08), ("low-ceiling", 0.09, 0.13), ("retroactive-tiers", 0.0, 0.002)],
)
def test_what_the_cure_sells_at_the_same_pay(name: str, low: float, high: float) -> None:
    same = _beside_its_cure(name).other_at_same_pay
    assert same is not None
    assert (same.low, same.high) == pytest.approx((low, high), abs=0.006)
