"""Attainment: made in one place, from results of any target, both ways, and back."""

from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from calc import Kpi, Plan, Refused
from calc.piecewise.curve import Curve
from calc.plan.mechanics import Band, Points, Steps
from tests.strategies import decimals, examples

TABLE = [
    pytest.param({"target": 100}, {0: 0, 69: 0.69, 100: 1, 250: 2.5, -10: -0.1}, id="result by target"),
    pytest.param({"target": 4, "better": "lower"}, {4: 1, 2: 1.5, 0: 2, 6: 0.5, 8: 0, 12: -1}, id="lower is better"),
    pytest.param({"target": 0, "scale": 50}, {0: 1, 50: 2, -50: 0, -25: 0.5}, id="target of zero, by a scale"),
    pytest.param({"target": 0, "scale": 5, "better": "lower"}, {0: 1, 5: 0, -5: 2, 1: 0.8}, id="zero, lower is better"),
    pytest.param({"target": -200}, {-200: 1, -100: 1.5, -400: 0, 0: 2}, id="a loss: less of it is better"),
    pytest.param({"target": -200, "scale": 100}, {-200: 1, -100: 2, -300: 0}, id="a loss, by a scale"),
    pytest.param({"target": -50, "better": "lower"}, {-50: 1, -100: 2, 0: 0}, id="below zero, lower is better"),
    pytest.param({"target": 1000, "scale": 10}, {1000: 1, 1010: 2, 990: 0}, id="a scale finer than the target"),
]


@pytest.mark.parametrize(("terms", "attained"), TABLE)
def test_attainment(terms: dict[str, Any], attained: dict[float, float]) -> None:
    kpi = Kpi(id="kpi", **terms)
    assert [kpi.attainment(x) for x in attained] == pytest.approx(list(attained.values()))
    assert kpi.attainment(np.array([*attained])) == pytest.approx(np.array([*attained.values()]))
    assert [kpi.result(a) for a in attained.values()] == [*attained]


@examples(300)
@given(decimals(0.01, 99_999), st.sampled_from((0.0, 0.4, 0.7, 0.8, 0.95, 1.0, 1.2)), st.booleans())
def test_a_result_is_stated_in_the_decimals_of_the_plan(target: float, attained: float, lower: bool) -> None:
    kpi = Kpi(id="kpi", target=target, better="lower" if lower else "higher")
    assert kpi.result(attained) == round(target * (2 - attained if lower else attained), 4)


@pytest.mark.parametrize("share", [0.7, 0.8, 0.9, 0.35, 1.1])
@pytest.mark.parametrize("better", ["higher", "lower"])
def test_somebody_exactly_on_the_floor_is_paid_for_thousands_of_targets(share: float, better: str) -> None:
    targets = np.round(np.random.default_rng(7).uniform(0.01, 1e6, 4000), 2)
    marks = share * targets if better == "higher" else (2 - share) * targets
    for curve in (Steps(steps=((share, 1),)), Points(points=((share, 1), (2, 1)))):
        kpi = Kpi(id="kpi", target=1, better=better, weight=1, curve=curve)
        plan = Plan(target_incentive=1, kpis=(kpi,))
        assert plan.pay(marks[:, None], targets=targets[:, None]).all()
        worse = marks - (1 if better == "higher" else -1) * 2e-9 * targets
        assert not plan.pay(worse[:, None], targets=targets[:, None]).any()
    for target, mark in zip(targets[:300].tolist(), marks[:300].tolist(), strict=True):
        kpi = Kpi(id="kpi", target=target, better=better, weight=1, curve=Steps(steps=((share, 1),)))
        plan = Plan(target_incentive=1, kpis=(kpi,))
        assert plan.pay([mark]) == plan.along("kpi")(mark) == plan.statement({"kpi": mark}).pay == 1


def test_seventy_per_cent() -> None:
    kpi = Kpi(id="deals", target=100, weight=1, curve=Band(floor=0.7))
    assert [kpi.by_result(x) for x in (69, 69.99, 70, 71)] == [0, 0, 0.7, pytest.approx(0.71)]


def test_measured_and_not_paid() -> None:
    kpi = Kpi(id="csat", target=85, weight=0, curve=Band())
    assert not kpi.paid
    assert kpi.by_result == Curve.constant(0)
    assert Kpi(id="csat", target=85).paid is False


def test_a_kpi_goes_by_its_name_or_its_id() -> None:
    assert (Kpi(id="csat", target=1).label, Kpi(id="csat", name="Smiles", target=1).label) == ("csat", "Smiles")


@pytest.mark.parametrize(
    ("terms", "sentence"),
    [
        ({"target": 0}, "scale must be given where the target is 0 (got none)"),
        ({"target": True}, "target must be a finite number (got True): the result that pays 100 %"),
        ({"target": "100"}, "target must be a finite number (got '100'): the result that pays 100 %"),
        ({"target": float("nan")}, "target must be a finite number (got nan): the result that pays 100 %"),
        ({"target": float("inf")}, "target must be a finite number (got inf): the result that pays 100 %"),
        ({"target": 10**400}, "target must be a finite number (got 1000"),
        ({"target": None}, "target must be a finite number (got None): the result that pays 100 %"),
        ({"curve": {"kind": "band"}, "weight": 1}, "target must be given: the result that pays 100 %"),
        ({"target": 1, "scale": 0}, "scale must be above 0 (got 0)"),
        ({"target": 1, "scale": -3}, "scale must be above 0 (got -3)"),
        ({"target": 1, "weight": 1.2}, "weight must lie in [0, 1] (got 1.2): its share of the incentive"),
        ({"target": 1, "hours": 0}, "hours must be above 0 (got 0)"),
        ({"target": 1, "team_spread": -1}, "team_spread must"),
        ({"target": 1, "better": "more"}, "better must be 'higher' or 'lower' (got 'more')"),
        ({"target": 1, "kind": "sales"}, "kind must be 'outcome', 'profit', 'quality' or 'activity' (got 'sales')"),
        ({"target": 1, "traget": 2}, "traget is not known (got 2): did you mean target?"),
        ({"target": 1, "name": "x" * 81}, "name must have at most 80 characters"),
        ({"target": 1, "id": "Deals"}, "id must match ^[a-z][a-z0-9_]*$ (got 'Deals')"),
        ({"target": 1, "id": "1st"}, "id must match"),
        ({"target": 1, "id": "deals\n"}, "id must match"),
        ({"target": 1, "id": ""}, "id must match"),
        ({"target": 1, "id": "a" * 41}, "id must have at most 40 characters"),
        ({"target": 1, "id": "plan"}, "id must not be 'plan' (got 'plan')"),
        ({"target": 1, "curve": {"kind": "tiers", "tiers": [[0, 1]]}, "weight": 1}, "weight must be left out where"),
        (
            {"target": 1, "curve": {"kind": "bend"}},
            "curve must have a kind of 'band', 'points', 'steps', 'tiers', 'matrix'",
        ),
        ({"target": 1, "curve": {}}, "curve must have a kind of"),
        ({"target": 1, "curve": "band"}, "curve must"),
        ({"target": 1, "curve": {"kind": "band", "floor": 2}}, "curve.floor must lie in [0, 1] (got 2)"),
    ],
)
def test_refused(terms: dict[str, Any], sentence: str) -> None:
    with pytest.raises(Refused) as refused:
        Kpi.read({"id": "kpi", **terms})
    assert refused.value.sentences[0].startswith(sentence)
    assert len(refused.value.sentences) == 1
