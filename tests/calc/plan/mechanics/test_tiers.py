"""Tiers: a result in, money out; each rate on its own slice, or the rate reached on everything."""

from typing import Any

import numpy as np
import pytest

from calc import Kpi, Plan, Refused
from calc.plan.mechanics import Tiers

RATES = [[0, 0.03], [50_000, 0.05], [100_000, 0.08]]
TABLE = [
    pytest.param({"tiers": RATES}, {0: 0, 50_000: 1500, 100_000: 4000, 150_000: 8000}, id="each rate on its own slice"),
    pytest.param(
        {"tiers": RATES, "apply": "retroactive"},
        {0: 0, 49_999: 1499.97, 50_000: 2500, 99_999: 4999.95, 100_000: 8000, 150_000: 12_000},
        id="the rate reached on everything",
    ),
    pytest.param(
        {"tiers": RATES, "apply": "retroactive", "reached": "above"},
        {50_000: 1500, 50_001: 2500.05, 100_000: 5000, 100_001: 8000.08},
        id="a tier must be passed",
    ),
    pytest.param({"tiers": RATES, "reached": "above"}, {50_000: 1500, 100_000: 4000}, id="slices know no border"),
    pytest.param({"tiers": [[10, 2]]}, {-5: 0, 9: 0, 10: 0, 11: 2, 20: 20}, id="nothing below the first tier"),
    pytest.param({"tiers": [[10, 2]], "apply": "retroactive"}, {9: 0, 10: 20, 11: 22}, id="the first tier pays back"),
    pytest.param({"tiers": [[0, 2], [10, 0]]}, {5: 10, 10: 20, 99: 20}, id="a rate of nothing is a ceiling"),
    pytest.param({"tiers": [[0, 2], [10, 1]], "apply": "retroactive"}, {9: 18, 10: 10, 20: 20}, id="a fall in rate"),
    pytest.param({"tiers": [[-10, 1]]}, {-11: 0, -10: 0, -4: 6, 0: 10}, id="from below zero"),
]


@pytest.mark.parametrize(("terms", "pays"), TABLE)
def test_money_by_result(terms: dict[str, Any], pays: dict[float, float]) -> None:
    curve = Tiers.read(terms).curve(scale=100.0)
    assert [curve(x) for x in pays] == pytest.approx(list(pays.values()))
    assert curve(np.array([*pays])) == pytest.approx(np.array([*pays.values()]))


def test_a_commission_is_its_own_target_incentive() -> None:
    plan = Plan(kpis=(Kpi(id="revenue", target=100_000, curve=Tiers.read({"tiers": RATES})),))
    assert plan.incentive == 4000
    assert plan.pay([[50_000], [150_000]]).tolist() == [1500, 8000]
    assert plan.payout([150_000]) == 2.0


@pytest.mark.parametrize(
    ("terms", "sentence"),
    [
        ({"tiers": [[5, 1], [5, 2]]}, "tiers must be in order, each from once (got 5, 5)"),
        ({"tiers": [[5, 1], [0, 2]]}, "tiers must be in order, each from once (got 5, 0)"),
        ({"tiers": [[0, 1], [5, -2]]}, "tiers must have rates of at least 0 (got -2)"),
        ({"tiers": []}, "tiers must have at least 1 entries (got [])"),
        ({"tiers": RATES, "apply": "both"}, "apply must be 'marginal' or 'retroactive' (got 'both')"),
    ],
)
def test_refused(terms: dict[str, Any], sentence: str) -> None:
    with pytest.raises(Refused) as refused:
        Tiers.read(terms)
    assert str(refused.value).startswith(sentence)


def test_no_tiers_where_lower_is_better() -> None:
    with pytest.raises(Refused, match="must not be 'tiers' where lower is better"):
        Kpi(id="cost", target=5, better="lower", curve=Tiers.read({"tiers": RATES}))
