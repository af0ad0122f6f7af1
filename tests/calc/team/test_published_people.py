"""Every number that is published of people, quotas and rank pay."""

import math

import numpy as np
import pytest

from calc import Plan
from calc.outcomes.expected_cost import expected_pay
from calc.piecewise.curve import Curve
from calc.piecewise.distributions import Distribution, Exponential, Lognormal, Normal
from calc.situation.team import Team
from calc.team.landing import hides_behind_mean, landing_shares
from calc.team.quotas import (
    blended_baseline,
    capacity_quota,
    chances,
    equal_chance,
    market_potential,
    mean_at_goal,
    over_assignment,
    read_forecast,
    relative_growth,
    round_to_goal,
    uniform_amount,
    uniform_growth,
    weighted_history,
)
from calc.team.rank_pay import (
    chance_to_stay_ahead,
    expected_largest,
    money_of_one_more,
    pay_by_place,
    worth_of_a_spread,
)

LAST, GOAL = np.array([100.0, 200.0, 300.0]), 660.0
FORECASTS = [Normal(110, 30), Normal(215, 25), Normal(320, 60)]


@pytest.mark.parametrize(
    ("mean", "multiple"),
    [(0.8, 0.786162043), (0.9, 0.934660333), (1.0, 1.086237828), (1.1, 1.242570068), (1.2, 1.40091329)],
)
def test_expected_multiples_of_a_curve(mean: float, multiple: float) -> None:
    curve = {"kind": "band", "floor": 0.5, "pays_at_floor": 0.5, "accelerator": 2, "ceiling": 1.5}
    plan = Plan.read({"target_incentive": 1, "kpis": [{"id": "a", "target": 100, "weight": 1, "curve": curve}]})
    assert expected_pay(plan, Team(mean=mean, spread=0.25)) == pytest.approx(multiple, abs=5e-10)


def test_expected_pay_of_three_kpis() -> None:
    terms = [(0.5, 0.85, 1.3, 1.5), (0.3, 0.9, 1.2, 1.2), (0.2, 0.8, 1.1, 1.0)]
    kpis = []
    for n, (weight, floor, ceiling, accelerator) in enumerate(terms):
        curve = {"kind": "band", "floor": floor, "pays_at_floor": 0, "accelerator": accelerator, "ceiling": ceiling}
        kpis.append({"id": f"k{n}", "target": 100, "weight": weight, "curve": curve})
    plan = Plan.read({"target_incentive": 10_800, "kpis": kpis})
    assert expected_pay(plan, Team(mean=1.0, spread=0.15)) == pytest.approx(8076.222328575, abs=1e-6)


def test_a_mean_that_hides() -> None:
    shares = landing_shares(np.array([1.8, 1.6, 1.4, 0.55, 0.45, 0.4]), 0.0)
    assert shares.mean == pytest.approx(1.0333, abs=1e-4)
    assert shares.at_target == 0.5
    assert hides_behind_mean(shares)


def test_layers_of_an_exponential() -> None:
    above = Curve.through([(100, 0), (101, 1)], above="extend")
    layer = above.clip(high=500)
    assert above.expect(Exponential(1000)) == pytest.approx(904.8374, abs=5e-5)
    shares = [layer.expect(Exponential(mean)) / (1 - Exponential(mean).below(100)[0]) / 1000 for mean in (1000, 1050)]
    assert shares == pytest.approx([0.3934694, 0.3977976], abs=1e-7)


def test_limits_of_a_lognormal() -> None:
    mean = math.exp(7 + 2.4**2 / 2)
    heavy = Lognormal(mean, mean * math.sqrt(math.expm1(2.4**2)))
    limited = [Curve.through([(0, 0), (limit, limit)]).expect(heavy) for limit in (100_000, 500_000, 1_000_000)]
    assert limited == pytest.approx([8896.04, 13625.60, 15345.23], abs=1e-2)


# Quotas


def test_methods_of_quotas() -> None:
    assert uniform_growth(LAST, GOAL) == pytest.approx([110, 220, 330])
    assert uniform_amount(LAST, GOAL) == pytest.approx([120, 220, 320])
    assert relative_growth(LAST, GOAL, np.array([20.0, 10, 30])) == pytest.approx([120, 210, 330])
    potential = market_potential(LAST, GOAL, np.array([400.0, 400, 500]))
    assert potential == pytest.approx([125.714286, 217.142857, 317.142857], abs=5e-7)
    assert blended_baseline([np.array([900_000.0]), np.array([1_100_000.0])], [0.5, 0.5]) == pytest.approx([1_000_000])
    history = np.array([[10.0, 20, 30], [40, 30, 20], [50, 50, 50]])
    assert weighted_history(history, 100) == pytest.approx([22.5, 27.5, 50.0])
    assert capacity_quota([(3, 250_000, 1), (1, 125_000, 1)]) == 875_000


def test_equal_chance() -> None:
    quotas = equal_chance(FORECASTS, GOAL)
    assert quotas == pytest.approx([113.913043, 218.26087, 327.826087], abs=5e-7)
    assert chances(quotas, FORECASTS) == pytest.approx([0.448111] * 3, abs=5e-7)
    assert chances(uniform_growth(LAST, GOAL), FORECASTS) == pytest.approx([0.5, 0.421, 0.434], abs=5e-4)


def test_equal_chance_of_other_shapes_is_one_root() -> None:
    skewed: list[Distribution] = [Lognormal(110, 30), Normal(215, 25), Lognormal(320, 60)]
    quotas = equal_chance(skewed, GOAL)
    assert quotas.sum() == pytest.approx(GOAL)
    assert chances(quotas, skewed) == pytest.approx([chances(quotas, skewed)[0]] * 3)


@pytest.mark.parametrize("unit", [1, 5, 100, 1000])
def test_rounded_quotas_add_up(unit: float) -> None:
    random = np.random.default_rng(5)
    for _ in range(50):
        quotas = random.uniform(100, 90_000, 7)
        quotas *= 1000 * np.round(quotas.sum() / 1000) / quotas.sum()
        rounded = round_to_goal(quotas, unit)
        assert rounded.sum() == pytest.approx(quotas.sum(), abs=1e-6)
        assert np.abs(np.round(rounded / unit) - rounded / unit).max() < 1e-9
        assert np.abs(rounded - quotas).max() <= unit + 1e-6


def test_over_assignment() -> None:
    over = over_assignment(np.array([70.0, 70.0]), 100.0)
    assert over == pytest.approx(0.4)
    assert mean_at_goal(over) == pytest.approx(0.714, abs=5e-4)


@pytest.mark.parametrize("text", ["90 to 130", "90-130", "90 – 130", "90 bis 130", "90..130"])
def test_a_forecast_as_from_and_to(text: str) -> None:
    found = read_forecast(text)
    assert (found.mean, found.sd) == pytest.approx((110, 20 / 1.6448536269514722))
    assert found.below(130)[0] - found.below(90)[0] == pytest.approx(0.9)


# Rank


def test_a_spread_of_extra_sales_among_equals() -> None:
    one = np.array([1.0])
    assert [worth_of_a_spread(one, n) for n in (2, 4, 5, 10)] == pytest.approx(
        [0.282095, 0.257344, 0.232593, 0.153875], abs=5e-7
    )
    table = np.array([600.0, 400, 300, 200, 150, 100, 100, 50, 50, 0])
    assert table.mean() == 195
    worth = worth_of_a_spread(table, 10)
    assert worth == pytest.approx(148.145, abs=5e-4)
    assert worth / 15 == pytest.approx(9.876, abs=5e-4)


def test_expected_largest_add_up_to_nothing() -> None:
    for count in (2, 5, 30):
        assert sum(expected_largest(count)) == pytest.approx(0, abs=1e-9)


def test_a_leader_of_two() -> None:
    assert chance_to_stay_ahead(30, 6, 5) == pytest.approx(0.943077, abs=5e-7)


def test_what_one_more_sale_gives_and_takes_adds_up_to_nothing() -> None:
    table = np.array([600.0, 400, 300, 0, 0])
    worth = money_of_one_more(np.array([3.0, 5, 8, 8, 2]), table, 4.0, 1)
    assert worth.sum() == pytest.approx(0, abs=1e-9)
    assert worth[1] > 0


def test_one_more_sale_among_equals_is_worth_what_is_published() -> None:
    table = np.array([600.0, 400, 300, 200, 150, 100, 100, 50, 50, 0])
    worth = money_of_one_more(np.zeros(10), table, 15.0, 3, unit=0.001)
    assert worth[3] / 0.001 == pytest.approx(9.876, abs=2e-3)


def test_people_who_tie_share_and_all_of_it_is_paid() -> None:
    pays = np.array([600.0, 400.0, 300.0])
    assert pay_by_place(np.array([9.0, 9, 9, 1]), pays).tolist() == pytest.approx([1300 / 3] * 3 + [0])
    random = np.random.default_rng(1)
    for _ in range(30):
        assert pay_by_place(random.integers(0, 4, 9).astype(float), pays).sum() == pytest.approx(1300)
