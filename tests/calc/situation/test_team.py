"""The team: where it lands in closed form, and the fixed lattice of reps that stands for it."""

import numpy as np
import pytest

from calc.piecewise.distributions import Empirical
from calc.plan.kpi import Kpi
from calc.plan.plan import Plan
from calc.situation.team import DRAWS, Team, draw_team, share_between
from tests.calc.diagnosis.checks.cases import csat, deals

N = 400_000


def drawn(shape: str, mean: float, spread: float) -> np.ndarray:
    """N reps by numpy, written apart from the engine."""
    rng = np.random.default_rng(47)
    if shape == "normal":
        return rng.normal(mean, spread, N)
    sigma = np.sqrt(np.log1p((spread / mean) ** 2)) if shape == "lognormal" else 0.340
    core = rng.lognormal(-(sigma**2) / 2, sigma, N)
    return mean * core if shape == "lognormal" else mean + spread * (core - 1) / np.sqrt(np.expm1(sigma**2))


@pytest.mark.parametrize("shape", ["normal", "lognormal", "skewed"])
@pytest.mark.parametrize(("low", "high"), [(-np.inf, 0.7), (0.7, 1.0), (1.0, 1.3), (1.3, np.inf)])
def test_share_against_simulation(shape: str, low: float, high: float) -> None:
    landing = Team(mean=0.95, spread=0.25, shape=shape).landing(deals())
    there = (drawn(shape, 0.95, 0.25) >= low) & (drawn(shape, 0.95, 0.25) < high)
    assert abs(there.mean() - share_between(landing, low, high)) < 4 * there.std() / np.sqrt(N)


def test_skewed_has_the_skewness_it_names() -> None:
    places = drawn("skewed", 1.0, 0.2)
    assert ((places - places.mean()) ** 3).mean() / places.std() ** 3 == pytest.approx(1.1, abs=0.03)


def test_a_share_counts_the_low_end_and_not_the_high_one() -> None:
    seen = Empirical((0.5, 1.0, 1.0, 2.0))
    assert (share_between(seen, 1.0, 2.0), share_between(seen, 0.0, 1.0), share_between(seen, 2.0, 1.0)) == (
        0.5,
        0.25,
        0.0,
    )


def test_a_kpi_may_carry_its_own_mean_and_spread() -> None:
    landing = Team(mean=1.0, spread=0.2).landing(deals(team_mean=0.8, team_spread=0.0))
    assert (share_between(landing, 0.0, 0.8), share_between(landing, 0.8, 9.0)) == (0.0, 1.0)


def plan(*kpis: Kpi) -> Plan:
    return Plan(target_incentive=1000, kpis=kpis)


@pytest.mark.parametrize("shape", ["normal", "lognormal", "skewed"])
def test_the_lattice_has_the_moments_of_the_team(shape: str) -> None:
    team = Team(mean=1.1, spread=0.2, shape=shape)
    reps = draw_team(team, plan(deals(), csat(team_mean=0.9, team_spread=0.05)))
    assert reps.shape == (DRAWS, 2)
    assert reps.mean(axis=0) == pytest.approx([110, 72], rel=1e-3)
    assert reps.std(axis=0) == pytest.approx([20, 4], rel=1e-2)


@pytest.mark.parametrize("correlation", [0.0, 0.5, 1.0])
def test_the_lattice_ties_kpis_as_named(correlation: float) -> None:
    reps = draw_team(Team(correlation=correlation), plan(deals(weight=0.5), deals(id="calls", weight=0.5)))
    assert np.asarray(np.corrcoef(reps.T))[0, 1] == pytest.approx(correlation, abs=0.02)


def test_the_lattice_is_the_same_every_time_and_turns_with_better() -> None:
    time = Kpi(id="time", target=5, better="lower", weight=0, team_mean=1.2, team_spread=0.1)
    reps = draw_team(Team(), plan(deals(), time))
    assert np.array_equal(reps, draw_team(Team(), plan(deals(), time)))
    assert reps[:, 1].mean() == pytest.approx(4.0, rel=1e-3)  # a fifth of attainment better is a minute less
