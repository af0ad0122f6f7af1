"""Terms as plan documents have them: amounts in money, whole units, gates from above, limits and rounding in money."""

from typing import Any

import numpy as np
import pytest

from calc import NotALine, Plan, Refused
from calc.plan.errors import quote_value
from tests.strategies import Document


def plan(*kpis: Document, **terms: object) -> Plan:
    return Plan.read({"kpis": list(kpis), **terms})


def sales(**curve: object) -> Document:
    return {"id": "sales", "target": 100, "curve": {"kind": "tiers", "tiers": [[0, 10]], **curve}}


# Amounts in money

STEPS = {"kind": "steps", "of": "result", "pays": "money", "steps": [[10, 45], [11, 90]]}
POINTS = {"kind": "points", "pays": "money", "points": [[0.5, 100], [1, 300]]}


def test_payouts_in_money_have_no_weight_and_need_no_incentive() -> None:
    paid = plan({"id": "calls", "curve": STEPS}, {"id": "deals", "target": 10, "curve": POINTS})
    assert paid.pay([[9, 4], [10, 5], [10.9, 7.5], [11, 10]]).tolist() == [0, 145, 245, 390]
    assert paid.incentive == 390
    assert paid.along("calls", {"deals": 10})(10) * paid.incentive == pytest.approx(345)


def test_a_grid_in_money() -> None:
    grid: dict[str, Any] = {"kind": "matrix", "with": "csat", "pays": "money", "of": "result", "between": "step"}
    grid |= {"rows": [0, 10], "columns": [0, 80], "payouts": [[0, 50], [100, 200]]}
    paid = plan({"id": "deals", "curve": grid}, {"id": "csat", "weight": 0})
    assert paid.pay([[9, 79], [9, 80], [10, 79], [10, 80]]).tolist() == [0, 50, 100, 200]
    assert paid.targeted["deals"] == 200


def test_a_kpi_without_a_target_stands_at_the_best_result_that_is_paid() -> None:
    calls = plan({"id": "calls", "curve": STEPS}).kpis[0]
    assert (calls.has_target, calls.target, calls.span) == (False, 11, 11)
    with_gate = plan(
        sales(), {"id": "csat", "weight": 0}, gates=[{"kpi": "csat", "at_least_result": 80, "closes": "plan"}]
    )
    assert with_gate.kpi("csat").target == 80
    assert with_gate.changed(currency="EUR").kpi("csat").has_target is False


@pytest.mark.parametrize(
    ("document", "sentence"),
    [
        ({"kpis": [{"id": "a", "weight": 1, "curve": {"kind": "band"}}]}, "kpis.a.target must be given"),
        (
            {"kpis": [sales(), {"id": "b", "weight": 0}], "gates": [{"kpi": "b", "at_least": 1, "closes": "plan"}]},
            "kpis.b.target must be given (got none): a gate reads its attainment",
        ),
        ({"kpis": [{"id": "a", "weight": 1, "target": 1, "curve": POINTS}]}, "kpis.a.weight must be left out where"),
        (
            {"kpis": [sales()], "modifiers": [{"kpi": "sales", "multiplies": "plan", "curve": STEPS}]},
            "modifiers.sales.curve.pays must be 'share' where it multiplies",
        ),
        ({"kpis": [{**sales(), "counted": "yes"}]}, "kpis.sales.counted must be true or false (got 'yes')"),
        ({"kpis": [sales(tiers=[[0, 1, 5]])]}, "kpis.sales.curve.tiers must have a lump only where apply is"),
        ({"kpis": [sales(tiers=[[0]])]}, "kpis.sales.curve.tiers[0] must have at least 2 entries"),
    ],
)
def test_refused(document: Document, sentence: str) -> None:
    with pytest.raises(Refused) as refused:
        Plan.read({"target_incentive": 100, **document})
    assert any(found.startswith(sentence) for found in refused.value.sentences), refused.value.sentences


# Limits and rounding


def test_a_floor_and_a_ceiling_in_money() -> None:
    paid = plan(sales(), floor_pay=100, ceiling_pay=500)
    assert paid.pay([[0], [9], [10], [11], [50], [51]]).tolist() == [100, 100, 100, 110, 500, 500]
    assert paid.along("sales")(0) * paid.incentive == 100


@pytest.mark.parametrize(
    ("terms", "sentence"),
    [
        (
            {"floor": 1000},
            "plan.floor must be at most 20 (got 1000): it is a share of the target incentive; was floor_pay",
        ),
        ({"ceiling": 5000}, "plan.ceiling must be at most 20 (got 5000): it is a share"),
        ({"floor": 0.5, "floor_pay": 5}, "plan.floor_pay must be left out where floor is given (got 5 beside 0.5)"),
        ({"floor_pay": 50, "ceiling_pay": 40}, "plan.ceiling_pay must not lie below the floor, which pays 50"),
        ({"floor_pay": 5000, "ceiling": 2}, "plan.ceiling must not lie below the floor, which pays 5000"),
        ({"round_to": 0.003}, "plan.round_to must be a multiple of 0.01, USD's smallest unit (got 0.003)"),
    ],
)
def test_limits_are_refused(terms: dict[str, Any], sentence: str) -> None:
    with pytest.raises(Refused) as refused:
        plan(sales(), **terms)
    assert str(refused.value).startswith(sentence), quote_value(refused.value.sentences)


def test_rounding_of_the_plan_and_of_a_kpi() -> None:
    kpi = sales(tiers=[[0, 0.3]])
    assert plan(kpi, round_to=1).pay([[1], [5], [8.333]]).tolist() == [0, 2, 2]
    assert plan(kpi, round_to=0.05).pay([[1.1]]).tolist() == [0.35]
    two = plan({**kpi, "round_to": 1}, {"id": "other", "target": 1, "curve": {"kind": "tiers", "tiers": [[0, 0.4]]}})
    assert two.pay([[5, 1], [4, 1]]).tolist() == [2.4, 1.4]
    assert two.split([5, 1]).tolist() == [2, 0.4]
    assert two.payout([5, 1]) * two.incentive == pytest.approx(1.9)


# Whole units


def test_whole_units_alone_count() -> None:
    paid = plan({**sales(), "counted": True})
    places = [0, 0.99, 1, 1.5, 2.9999999999, 3]
    assert paid.pay([[x] for x in places]).tolist() == [0, 0, 10, 10, 30, 30]
    along = paid.along("sales") * paid.incentive
    assert [along(x) for x in places] == [0, 0, 10, 10, 30, 30]
    assert along(np.array(places)).tolist() == [0, 0, 10, 10, 30, 30]
    assert [piece.slope for piece in along.pieces()] == [0, 10]


def test_two_that_count_in_their_own_units_have_no_common_line() -> None:
    with pytest.raises(NotALine):
        plan(
            {**sales(), "counted": True}, {"id": "b", "target": 3, "curve": {"kind": "tiers", "tiers": [[0, 1]]}}
        ).along_all()


# Gates

CSAT: Document = {"id": "csat", "target": 80, "weight": 0}
FAULTS: Document = {"id": "faults", "target": 5, "better": "lower", "weight": 0}


@pytest.mark.parametrize(
    ("gate", "kpi", "opened"),
    [
        ({"at_most_result": 90}, CSAT, {89: True, 90: True, 90.1: False}),
        ({"at_most_result": 90, "reached": "above"}, CSAT, {89: True, 90: False}),
        ({"at_most": 1.25}, CSAT, {99: True, 100: True, 101: False}),
        ({"at_most_result": 2}, FAULTS, {1: True, 2: True, 3: False}),
        ({"at_least_result": 2}, FAULTS, {1: True, 2: True, 3: False}),
        ({"at_most": 1.4}, FAULTS, {2: False, 3: True, 4: True}),
    ],
)
def test_gates_from_above(gate: dict[str, Any], kpi: Document, opened: dict[float, bool]) -> None:
    paid = plan(sales(), kpi, gates=[{"kpi": kpi["id"], "closes": "plan", **gate}])
    assert {x: bool(paid.pay([1, x])) for x in opened} == opened
    assert {x: paid.statement({kpi["id"]: x}).gates[0].open for x in opened} == opened
    curve = paid.along(kpi["id"], {"sales": 1})
    assert {x: bool(curve(x)) for x in opened} == opened


def test_any_of_several_conditions_opens_a_gate() -> None:
    gate = {"kpi": "csat", "at_least_result": 80, "closes": "plan", "any_of": [{"kpi": "faults", "at_most_result": 1}]}
    paid = plan(sales(), CSAT, FAULTS, gates=[gate])
    assert paid.pay([[1, 80, 9], [1, 79, 1], [1, 79, 2]]).tolist() == [10, 10, 0]
    assert paid.deciding == ("sales", "csat", "faults")
    with pytest.raises(Refused) as refused:
        plan(sales(), CSAT, gates=[gate])
    assert str(refused.value).startswith("gates.csat.any_of must name a KPI of the plan (got 'faults')")


# The greater of groups


def test_groups_are_named_once_and_there() -> None:
    for groups, sentence in (
        ([["sales"], ["sales"]], "greater_of.groups must name sales once (got it 2 times)"),
        ([["sales"], ["sale"]], "greater_of.groups must name a KPI of the plan (got 'sale'): did you mean sales?"),
    ):
        with pytest.raises(Refused) as refused:
            plan(sales(), greater_of=[{"groups": groups}])
        assert str(refused.value).startswith(sentence)


def test_the_greater_of_groups_comes_before_the_limits_of_the_plan() -> None:
    other = {"id": "hours", "curve": {"kind": "tiers", "tiers": [[0, 20]]}}
    paid = plan(sales(), other, greater_of=[{"groups": [["sales"], ["hours"]]}], ceiling_pay=150)
    assert paid.pay([[10, 1], [10, 6], [10, 9]]).tolist() == [100, 120, 150]
    assert paid.incentive == 1000
    curve = paid.along("hours", {"sales": 10})
    assert [piece.start for piece in curve.pieces()][1:] == [5, 7.5]


# Targets


@pytest.mark.parametrize(
    ("curve", "hangs"),
    [
        ({}, False),
        ({"of": "attainment"}, True),
        ({"of": "result", "kind": "steps", "pays": "money", "steps": [[1, 1]], "tiers": None}, False),
        ({"kind": "points", "pays": "money", "points": [[0, 1], [1, 2]], "tiers": None}, True),
    ],
)
def test_whether_a_target_can_change_the_pay(curve: dict[str, Any], hangs: bool) -> None:
    kpi = sales(**curve)
    kpi["curve"] = {key: value for key, value in kpi["curve"].items() if value is not None}
    assert plan(kpi).depends_on_target("sales") is hangs
    assert plan(kpi, floor=0.1).depends_on_target("sales") is True
