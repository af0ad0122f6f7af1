"""Gates that close, keep, limit; modifiers that multiply: each on one KPI, on some, on the plan."""

from collections.abc import Sequence
from typing import Any

import numpy as np
import pytest

from calc import Gate, Kpi, Modifier, Plan, Refused
from calc.plan.mechanics import Band, Points, Steps, Tiers

DEALS = Kpi(id="deals", target=100, weight=0.6, curve=Band())
MARGIN = Kpi(id="margin", target=20, weight=0.4, curve=Band())
CSAT = Kpi(id="csat", target=80, weight=0)
FAULTS = Kpi(id="faults", target=5, better="lower", weight=0)


def paid(results: Sequence[float], gates: Any = (), modifiers: Any = (), **terms: Any) -> float:
    """Pay of a plan of 1000 with deals, margin, csat and faults, which along() must give too."""
    plan = Plan(target_incentive=1000, kpis=(DEALS, MARGIN, CSAT, FAULTS), gates=gates, modifiers=modifiers, **terms)
    at = dict(zip(plan.ids, results, strict=True))
    for name, result in at.items():
        assert plan.money(plan.along(name, at)(result)) == plan.pay(results), name
    return float(plan.pay(results))


CLOSED, OPEN = [150, 30, 71.9, 5], [150, 30, 72, 5]
GATES = [
    pytest.param({"closes": ("deals",)}, 600, id="closes one of two"),
    pytest.param({"closes": "deals"}, 600, id="an id by itself"),
    pytest.param({"closes": ("deals", "margin")}, 0, id="closes both"),
    pytest.param({"closes": "plan"}, 0, id="closes the plan"),
    pytest.param({"closes": ("deals",), "keeps": 0.5}, 1050, id="keeps half of one"),
    pytest.param({"closes": "plan", "keeps": 0.25}, 375, id="keeps a quarter of all"),
    pytest.param({"closes": ("deals",), "keeps": 1}, 1500, id="keeps it all"),
    pytest.param({"closes": ("deals",), "limits_to": 1.0}, 1200, id="limits one to its target incentive"),
    pytest.param({"closes": ("deals",), "limits_to": 2.0}, 1500, id="a limit above the pay"),
    pytest.param({"closes": "plan", "limits_to": 1.1}, 1100, id="limits the plan"),
    pytest.param({"closes": "plan", "limits_to": 0.0}, 0, id="limits the plan to nothing"),
]


@pytest.mark.parametrize(("terms", "pays"), GATES)
@pytest.mark.parametrize("mark", [{"at_least": 0.9}, {"at_least_result": 72}])
def test_a_gate(terms: dict[str, Any], pays: float, mark: dict[str, Any]) -> None:
    gate = Gate(kpi="csat", **mark, **terms)
    assert paid(OPEN, gates=(gate,)) == 1500
    assert paid(CLOSED, gates=(gate,)) == pays


@pytest.mark.parametrize("mark", [{"at_least": 0.8}, {"at_least_result": 6}])
def test_a_gate_on_faults_opens_at_or_below(mark: dict[str, Any]) -> None:
    gate = Gate(kpi="faults", closes="plan", **mark)
    assert [paid([100, 20, 80, faults], gates=(gate,)) for faults in (6.1, 6, 0)] == [0, 1000, 1000]
    above = Gate(kpi="faults", closes="plan", reached="above", **mark)
    assert [paid([100, 20, 80, faults], gates=(above,)) for faults in (6.1, 6, 5.9)] == [0, 0, 1000]


def test_a_gate_of_a_kpi_on_itself() -> None:
    gate = Gate(kpi="deals", at_least=0.5, closes=("deals",))
    assert [paid([x, 20, 80, 5], gates=(gate,)) for x in (49, 50, 51)] == [400, 700, 706]


def test_gates_act_in_the_order_of_the_document_and_modifiers_after_them() -> None:
    limits = Gate(kpi="csat", at_least=0.9, closes=("deals",), limits_to=1.0)
    keeps = Gate(kpi="csat", at_least=0.9, closes=("deals",), keeps=0.5)
    twice = Modifier(kpi="csat", multiplies=("deals",), curve=Steps(steps=((0.0, 2),)))
    rest = 600
    assert paid(CLOSED, gates=(limits, keeps)) == 300 + rest
    assert paid(CLOSED, gates=(keeps, limits)) == 450 + rest
    assert paid(CLOSED, gates=(limits,), modifiers=(twice,)) == 1200 + rest
    assert paid(CLOSED, gates=(limits,), modifiers=(twice,), ceiling=1.5) == 1500


def test_a_gate_limits_what_is_paid_and_raises_nothing() -> None:
    gate = Gate(kpi="csat", at_least=0.9, closes=("deals",), limits_to=1.0)
    assert paid([50, 20, 0, 5], gates=(gate,)) == 700


def test_a_commission_is_limited_to_what_it_pays_at_target() -> None:
    gate = Gate(kpi="csat", at_least=0.9, closes=("revenue",), limits_to=1.5)
    plan = Plan(kpis=(Kpi(id="revenue", target=100, curve=Tiers(tiers=((0, 3.0),))), CSAT), gates=(gate,))
    assert plan.pay([[200, 80], [200, 0], [140, 0]]).tolist() == [600, 450, 420]
    assert plan.pay([[200, 0]], targets=[50, 80]).tolist() == [225]


MODIFIERS = [
    pytest.param({"multiplies": "plan"}, 1800, id="the plan"),
    pytest.param({"multiplies": ("deals",)}, 1680, id="one"),
    pytest.param({"multiplies": "deals"}, 1680, id="an id by itself"),
    pytest.param({"multiplies": ("deals", "margin")}, 1800, id="both"),
]


@pytest.mark.parametrize(("terms", "pays"), MODIFIERS)
def test_a_modifier(terms: dict[str, Any], pays: float) -> None:
    curve = Points.read({"points": [[72, 0.8], [80, 1.0], [96, 1.2]], "of": "result"})
    assert paid([150, 30, 96, 5], modifiers=(Modifier(kpi="csat", curve=curve, **terms),)) == pays
    assert paid([150, 30, 80, 5], modifiers=(Modifier(kpi="csat", curve=curve, **terms),)) == 1500


def test_modifiers_multiply_each_other() -> None:
    up = Modifier(kpi="csat", multiplies="plan", curve=Points(points=((0, 1), (2, 3)), below="hold"))
    down = Modifier(kpi="faults", multiplies=("deals",), curve=Points(points=((0, 0), (1, 1))))
    assert paid([100, 20, 80, 7.5], modifiers=(up, down)) == (600 * 0.5 + 400) * 2


def test_a_split_carries_what_the_plan_multiplies_and_keeps() -> None:
    gate = Gate(kpi="csat", at_least=0.9, closes="plan", keeps=0.5)
    times = Modifier(kpi="faults", multiplies="plan", curve=Points(points=((0, 0), (1, 1))))
    plan = Plan(target_incentive=1000, kpis=(DEALS, MARGIN, CSAT, FAULTS), gates=(gate,), modifiers=(times,))
    assert plan.split([100, 20, 0, 7.5]).tolist() == [150, 100, 0, 0]
    assert np.sum(plan.split([100, 20, 0, 7.5])) == plan.pay([100, 20, 0, 7.5])


@pytest.mark.parametrize(
    ("terms", "sentence"),
    [
        ({}, "at_least, at_least_result, at_most or at_most_result must be given, one of the four (got none)"),
        (
            {"at_least": 1, "at_most_result": 1},
            "at_least, at_least_result, at_most or at_most_result must be given, one of the four (got",
        ),
        ({"at_least": 1, "keeps": 0.5, "limits_to": 1}, "keeps or limits_to must be given, not both (got both)"),
        ({"at_least": 1, "keeps": 1.5}, "keeps must lie in [0, 1] (got 1.5)"),
        ({"at_least": 1, "limits_to": -1}, "limits_to must be at least 0 (got -1)"),
        ({"at_least": float("nan")}, "at_least must be a finite number (got nan)"),
        ({"at_least": 1, "reached": "beyond"}, "reached must be 'at' or 'above' (got 'beyond')"),
        ({"at_least": 1, "atleast": 1}, "atleast is not known (got 1): did you mean at_least?"),
    ],
)
def test_a_gate_is_refused(terms: dict[str, Any], sentence: str) -> None:
    with pytest.raises(Refused) as refused:
        Gate(kpi="csat", closes="plan", **terms)
    assert refused.value.sentences[0].startswith(sentence)


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        (
            {"gates": [{"kpi": "csta", "at_least": 1, "closes": "plan"}]},
            "gates.csta.kpi must name a KPI of the plan (got 'csta')",
        ),
        (
            {"gates": [{"kpi": "csat", "at_least": 1, "closes": ["deal"]}]},
            "gates.csat.closes must name a KPI of the plan (got 'deal'): did you mean deals?",
        ),
        (
            {"modifiers": [{"kpi": "x", "multiplies": "plan", "curve": {"kind": "band"}}]},
            "modifiers.x.kpi must name a KPI",
        ),
        (
            {"modifiers": [{"kpi": "csat", "multiplies": ["x"], "curve": {"kind": "band"}}]},
            "modifiers.csat.multiplies must name a KPI",
        ),
        (
            {"modifiers": [{"kpi": "csat", "multiplies": "plan", "curve": {"kind": "tiers", "tiers": [[0, 1]]}}]},
            "modifiers.csat.curve must have a kind of 'band', 'points', 'steps' (got 'tiers')",
        ),
        ({"modifiers": [{"kpi": "csat", "multiplies": "plan"}]}, "modifiers.csat.curve must be given"),
        ({"gates": [{"kpi": "csat", "at_least": 1}]}, "gates.csat.closes must be given"),
        ({"gates": [{"kpi": "csat", "at_least": 1, "closes": 5}]}, "gates.csat.closes must"),
        ({"gates": [{"kpi": "csat", "at_least": 1, "closes": []}]}, "gates.csat.closes must"),
    ],
)
def test_what_they_name_must_be_there(change: dict[str, Any], sentence: str) -> None:
    kpis = [{"id": "deals", "target": 1, "weight": 1, "curve": {"kind": "band"}}, {"id": "csat", "target": 1}]
    with pytest.raises(Refused) as refused:
        Plan.read({"target_incentive": 1, "kpis": kpis, **change})
    assert refused.value.sentences[0].startswith(sentence)
    assert len(refused.value.sentences) == 1
