"""What lies below a point, and the mean that part carries."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from calc import Curve, Empirical, Lognormal, Normal
from calc.piecewise.distributions import Shifted
from calc.plan.mechanics import Band
from tests.strategies import decimals, examples

CASES = [
    Shifted(1.0, 0.3, 0.5),
    Shifted(-1.0, 2.0, 1.0),
    Normal(1.0, 0.2),
    Normal(-3.0, 2.0),
    Lognormal(1.0, 0.2),
    Lognormal(0.3, 1.0),
    Empirical((1.0, 1.0, 4.0, -2.0)),
]


@pytest.mark.parametrize("distribution", CASES, ids=str)
def test_below_rises_from_nothing_to_all(distribution: Normal | Lognormal | Empirical) -> None:
    chances = [distribution.below(float(x))[0] for x in np.linspace(-9, 9, 101)]
    assert chances == sorted(chances)
    assert distribution.below(-math.inf) == (0.0, 0.0)
    chance, mean = distribution.below(math.inf)
    assert chance == 1.0
    assert mean == pytest.approx(1.0 if isinstance(distribution, Empirical) else distribution.mean)


@examples(100)
@given(decimals(-2, 3, 1), decimals(0.1, 2, 1), decimals(-5, 5, 1))
def test_the_carried_mean_is_the_sum_of_its_slices(mean: float, sd: float, x: float) -> None:
    edges = np.linspace(mean - 12 * sd, x, 4001)
    for distribution in (Normal(mean, sd), Lognormal(abs(mean) + 0.1, sd)):
        parts = np.array([distribution.below(float(edge)) for edge in edges])
        middles = (edges[1:] + edges[:-1]) / 2
        carried = float(np.sum(np.diff(parts[:, 0]) * middles))
        assert carried == pytest.approx(parts[-1, 1] - parts[0, 1], abs=1e-3)


def test_by_hand() -> None:
    assert Normal(1, 0.2).below(1)[0] == 0.5
    assert Normal(1, 0.2).below(0.7)[0] == pytest.approx(0.0668072, abs=1e-7)
    assert Lognormal(1, 1).below(math.sqrt(0.5))[0] == pytest.approx(0.5)
    assert Lognormal(1, 1).below(0)[0] == Lognormal(1, 1).below(-1)[0] == 0.0
    assert Empirical((1.0, 3.0)).below(1.0) == (0.0, 0.0)
    assert Empirical((1.0, 3.0)).below(3.0) == (0.5, 0.5)


@given(st.sampled_from(((math.nan, 1), (math.inf, 1), (1, -1), (1, math.inf), (1, math.nan))))
def test_what_is_no_distribution_is_refused(terms: tuple[float, float]) -> None:
    for distribution in (Normal, Lognormal):
        with pytest.raises(ValueError, match="needs"):
            distribution(*terms)


SCORES = np.array([-3.0, -1.0, -0.1, 0.0, 0.5, 2.0])
CONTINUOUS = [case for case in CASES if not isinstance(case, Empirical)]
Z = (np.arange(400_000) + 0.5) / 400_000 * 16 - 8
WEIGHT = np.exp(-0.5 * Z * Z)


@pytest.mark.parametrize("distribution", CONTINUOUS, ids=str)
def test_the_value_at_a_score_has_that_score_below_it(distribution: Normal | Lognormal | Shifted) -> None:
    places = distribution.at_score(SCORES)
    below = [0.5 * math.erfc(-z / math.sqrt(2)) for z in SCORES]
    assert [distribution.below(float(x))[0] for x in places] == pytest.approx(below)
    assert [float(distribution.at_score(z)) for z in SCORES] == pytest.approx(places.tolist())


@pytest.mark.parametrize("distribution", CONTINUOUS, ids=str)
def test_mean_and_spread_are_what_was_asked_for(distribution: Normal | Lognormal | Shifted) -> None:
    x = distribution.at_score(Z)
    mean = np.average(x, weights=WEIGHT)
    assert mean == pytest.approx(distribution.mean, abs=1e-4)
    assert math.sqrt(np.average((x - mean) ** 2, weights=WEIGHT)) == pytest.approx(distribution.sd, rel=1e-3)


def test_the_values_of_a_sample_by_rank() -> None:
    seen = Empirical((4.0, 1.0, 2.0, 3.0))
    assert seen.at_score(np.array([-9.0, -1.0, -0.5, 0.1, 1.0, 9.0])).tolist() == [1, 1, 2, 3, 4, 4]


def test_a_moved_lognormal_is_skewed_to_the_right() -> None:
    x = Shifted(1.0, 0.3, 0.4).at_score(Z)
    grown = math.exp(0.4**2)
    skewness = np.average((x - 1) ** 3, weights=WEIGHT) / 0.3**3
    assert skewness == pytest.approx((grown + 2) * math.sqrt(grown - 1), rel=1e-3)


def test_a_curve_under_a_moved_lognormal() -> None:
    moved = Shifted(1.0, 0.3, 0.4)
    assert Curve.through([(0, 0), (1, 1)], below="extend", above="extend").expect(moved) == pytest.approx(1.0)
    paid = Band(floor=0.7, ceiling=1.5).curve()
    assert paid.expect(moved) == pytest.approx(np.average(paid(moved.at_score(Z)), weights=WEIGHT), abs=1e-4)


@pytest.mark.parametrize("terms", [(math.nan, 1, 1), (math.inf, 1, 1), (1, 0, 1), (1, 1, 0), (1, -1, 1), (1, 1, -1)])
def test_what_cannot_be_moved_is_refused(terms: tuple[float, float, float]) -> None:
    with pytest.raises(ValueError, match="needs"):
        Shifted(*terms)


@pytest.mark.parametrize("sample", [(), (math.nan,), (1.0, math.inf)])
def test_a_sample_needs_finite_values(sample: tuple[float, ...]) -> None:
    with pytest.raises(ValueError, match="finite"):
        Empirical(sample)


def test_a_lognormal_needs_a_mean_above_zero() -> None:
    with pytest.raises(ValueError, match="mean > 0"):
        Lognormal(0, 1)


def test_distributions_are_values() -> None:
    assert {Normal(1, 0.2), Normal(1, 0.2), Lognormal(1, 0.2), Empirical((1, 2)), Empirical((1.0, 2.0))} == {
        Normal(1, 0.2),
        Lognormal(1, 0.2),
        Empirical((1.0, 2.0)),
    }
