"""The calendar: what is left of a period, the rate that it needs, and the chance that it gives."""

from statistics import NormalDist

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from calc.plan.errors import Refused
from calc.situation.calendar import Calendar

N = 200_000


@pytest.mark.parametrize(
    ("announced", "silent"), [(1, 0), (2, 1), (20, 19), (31, 30)], ids=["in time", "second day", "20th", "after it"]
)
def test_silent_days_are_those_before_the_plan_is_known(announced: float, silent: float) -> None:
    assert Calendar(days=30, announced_day=announced).silent == silent


@pytest.mark.parametrize(
    ("goal", "day", "so_far", "times"),
    [
        pytest.param(1.0, 0, 0.0, 1.0, id="from the first day the normal rate"),
        pytest.param(1.0, 20, 0.0, 3.0, id="all of it in the last third"),
        pytest.param(0.4, 20, 0.0, 1.2, id="the floor in the last third"),
        pytest.param(1.0, 15, 0.5, 1.0, id="half of it by half-time"),
        pytest.param(1.0, 15, 0.25, 1.5, id="behind at half-time"),
        pytest.param(1.0, 15, 1.0, 0.0, id="there"),
        pytest.param(1.0, 15, 1.2, 0.0, id="beyond"),
        pytest.param(1.0, 30, 1.0, 0.0, id="there on the last day"),
        pytest.param(1.0, 30, 0.9, float("inf"), id="no day left"),
    ],
)
def test_rate_needed(goal: float, day: float, so_far: float, times: float) -> None:
    assert Calendar(days=30).rate_needed(goal, day, so_far) == pytest.approx(times, rel=1e-12)


def test_who_keeps_the_rate_needed_arrives() -> None:
    month = Calendar(days=30)
    rate = month.rate_needed(1.0, 12, 0.3)
    assert 0.3 + rate * 18 / 30 == pytest.approx(1.0, rel=1e-12)


@pytest.mark.parametrize(
    ("goal", "mean", "day"),
    [(1.0, 3.0, 10.0), (2.0, 2.0, 30.0), (1.0, 0.9, None), (1.0, 0.0, None), (1.0, -1.0, None), (0.0, 1.0, 0.0)],
)
def test_day_reached(goal: float, mean: float, day: float | None) -> None:
    assert Calendar(days=30).day_reached(goal, mean) == day


def test_landing_from_a_day() -> None:
    landing = Calendar(days=30).landing(1.2, 0.3, day=20, so_far=0.5)
    assert (landing.mean, landing.sd) == pytest.approx((0.9, 0.3 / np.sqrt(3)), rel=1e-12)
    over = Calendar(days=30).landing(1.2, 0.3, day=30, so_far=0.5)
    assert (over.mean, over.sd) == (0.5, 0.0)


def test_chance_by_hand() -> None:
    month = Calendar(days=30)
    assert month.chance(1.0, 1.0, 0.2) == 0.5
    assert month.chance(1.0, 1.0, 0.2, day=20, so_far=0.6) == pytest.approx(
        NormalDist().cdf(-(0.4 - 1 / 3) / (0.2 / np.sqrt(3))), abs=1e-12
    )
    assert (month.chance(1.0, 1.0, 0.2, 30, 1.0), month.chance(1.0, 1.0, 0.2, 30, 0.999)) == (1.0, 0.0)


@pytest.mark.parametrize(
    ("goal", "mean", "spread", "day", "so_far"),
    [(1.0, 1.0, 0.2, 0, 0.0), (1.0, 1.1, 0.3, 9, 0.3), (0.4, 1.0, 0.4, 20, 0.0), (1.6, 1.2, 0.5, 25, 1.4)],
)
def test_chance_against_days_drawn_one_by_one(goal: float, mean: float, spread: float, day: int, so_far: float) -> None:
    rng, ends = np.random.default_rng(41), np.full(N, so_far)
    for _ in range(30 - day):
        ends += rng.normal(mean / 30, spread / np.sqrt(30), N)
    there = ends >= goal
    assert abs(there.mean() - Calendar(days=30).chance(goal, mean, spread, day, so_far)) < 4 * there.std() / np.sqrt(N)


@given(
    day=st.floats(0, 29.9),
    mean=st.floats(0.1, 3),
    spread=st.floats(0.01, 1),
    goals=st.tuples(st.floats(0, 3), st.floats(0, 3)),
)
def test_a_further_goal_is_never_likelier(day: float, mean: float, spread: float, goals: tuple[float, float]) -> None:
    near, far = sorted(goals)
    month = Calendar(days=30)
    assert month.chance(far, mean, spread, day) <= month.chance(near, mean, spread, day)
    assert month.rate_needed(far, day) >= month.rate_needed(near, day)


@pytest.mark.parametrize(
    "terms", [{"days": 30, "announced_day": 32}, {"days": 30, "today": 31}, {"days": 0}, {"announced_day": 0}]
)
def test_what_lies_outside_the_period_is_refused(terms: dict[str, float]) -> None:
    with pytest.raises(Refused):
        Calendar(**terms)
