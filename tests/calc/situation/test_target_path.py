"""The path of the target: by hand, and against reps drawn one by one."""

from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from calc.piecewise.distributions import Distribution, Empirical, Lognormal, Normal
from calc.situation.target_path import Path

N = 200_000


def simulated(path: Path, places: Any, floor: float) -> list[tuple[np.ndarray, np.ndarray, np.ndarray]]:
    """Period by period (target, hit, above the floor) of N reps drawn one by one."""
    rng, targets, found = np.random.default_rng(43), np.ones(N), []
    for _ in range(path.periods):
        landed = places(rng)
        hit = landed >= targets
        found.append((targets, hit, landed >= floor * targets))
        over = np.where(hit, landed / targets - 1, 0)
        targets = targets * (1 + path.growth + np.where(hit, path.growth_if_hit + path.ratchet * over, 0))
    return found


def agrees(closed: float, sample: np.ndarray, slack: float = 0.0) -> bool:
    return bool(abs(closed - sample.mean()) <= 4 * sample.std() / np.sqrt(N) + slack)


def test_a_tenth_a_quarter_is_46_percent_a_year() -> None:
    path = Path(growth_if_hit=0.1)
    assert path.in_a_year(4) == pytest.approx(0.4641, rel=1e-12)
    assert path.walk(Normal(1.0, 0.1), 0.5)[4].target == pytest.approx(1.4641, rel=1e-12)
    assert Path(growth=0.01).in_a_year(12) == pytest.approx(0.126825030, abs=1e-9)


def test_two_periods_by_hand() -> None:
    first, second, third = Path(growth_if_hit=0.1, periods=3).walk(Empirical((0.8, 1.0, 1.05, 1.2)), 0.9)
    assert (first.number, first.mean_target, first.at_target, first.at_floor) == (1, 1.0, 0.75, 0.75)
    # a quarter stays at 1.0 (hit by 3 of 4), three quarters go to 1.1 (hit by 1 of 4; floor 0.99, passed by 3 of 4)
    assert second.mean_target == pytest.approx(1.075)
    assert second.at_target == pytest.approx(0.25 * 0.75 + 0.75 * 0.25)
    assert second.at_floor == pytest.approx(0.75)
    assert third.target == pytest.approx(1.21)


def test_planned_growth_comes_to_everybody() -> None:
    for period in Path(growth=0.05, periods=6).walk(Normal(1.0, 0.2), 0.5):
        assert period.mean_target == pytest.approx(period.target) == pytest.approx(1.05 ** (period.number - 1))
        assert period.at_target == pytest.approx(1 - Normal(1.0, 0.2).below(period.target)[0], abs=1e-12)


@pytest.mark.parametrize(
    "path",
    [
        pytest.param(Path(growth_if_hit=0.1), id="a tenth if hit"),
        pytest.param(Path(growth=0.02, growth_if_hit=0.05), id="growth, and more if hit"),
        pytest.param(Path(growth=-0.03, growth_if_hit=0.2, periods=12), id="down, unless hit"),
    ],
)
@pytest.mark.parametrize("landing", [Normal(1.05, 0.15), Lognormal(1.1, 0.3)], ids=["normal", "lognormal"])
def test_by_hits_against_simulation(path: Path, landing: Distribution) -> None:
    walk = path.walk(landing, 0.8)
    for period, (targets, hit, paid) in zip(
        walk, simulated(path, lambda rng: landing.at_score(rng.standard_normal(N)), 0.8), strict=True
    ):
        assert agrees(period.mean_target, targets, 1e-12)
        assert agrees(period.at_target, hit)
        assert agrees(period.at_floor, paid)


@pytest.mark.parametrize(
    "path",
    [
        pytest.param(Path(ratchet=0.5, periods=6), id="half of the overshoot"),
        pytest.param(Path(growth=0.01, growth_if_hit=0.02, ratchet=1.0, periods=5), id="all of it, and growth"),
    ],
)
def test_ratchet_against_simulation(path: Path) -> None:
    landing = Normal(1.05, 0.15)
    walk = path.walk(landing, 0.8)
    for period, (targets, hit, paid) in zip(
        walk, simulated(path, lambda rng: rng.normal(1.05, 0.15, N), 0.8), strict=True
    ):
        assert agrees(period.mean_target, targets, 2e-3)  # and what the grid smooths
        assert agrees(period.at_target, hit, 4e-3)
        assert agrees(period.at_floor, paid, 4e-3)


@given(st.floats(0, 0.5), st.floats(0, 0.3), st.floats(0.3, 2.0), st.floats(0.02, 0.6))
def test_chances_only_fall_where_targets_only_rise(growth: float, if_hit: float, mean: float, spread: float) -> None:
    walk = Path(growth=growth, growth_if_hit=if_hit, periods=6).walk(Normal(mean, spread), 0.7)
    for now, then in zip(walk, walk[1:], strict=False):
        assert then.mean_target >= now.mean_target - 1e-12
        assert then.at_target <= now.at_target + 1e-12
        assert then.at_floor <= now.at_floor + 1e-12
        assert now.at_target <= now.at_floor + 1e-12
