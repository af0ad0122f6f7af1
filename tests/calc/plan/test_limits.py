"""What a plan may come to: numbers that are carried exactly, and no pay below zero unless the plan says so."""

from typing import Any

import pytest

from calc import Gate, Kpi, Modifier, Plan, Refused
from calc.plan.mechanics import Matrix, Points, Steps, Tiers

FALLS = Points(points=((0.5, -0.5), (1, 1)))
LINE = Points(points=((0.5, 0), (1, 1)), below="extend")
STEPS = Steps(steps=((0.5, -0.1), (1, 1)))
OFF = Points(points=((0.5, -0.2), (1, 1)))


def plan(curve: Any = None, gates: Any = (), modifiers: Any = (), target: float = 100, **terms: Any) -> Plan:
    curve = Points(points=((0, 0), (1, 1))) if curve is None else curve
    own = {name: terms.pop(name) for name in ("scale", "better") if name in terms}
    kpis = (Kpi(id="deals", target=target, weight=1, curve=curve, **own), Kpi(id="csat", target=80, weight=0))
    return Plan(target_incentive=1000, kpis=kpis, gates=gates, modifiers=modifiers, **terms)


BELOW = [
    (FALLS, (), "kpis.deals.curve must pay at least 0 at every result (got -0.5)"),
    (LINE, (), "kpis.deals.curve must pay at least 0 at every result (got less and less)"),
    (STEPS, (), "kpis.deals.curve must pay at least 0 at every result (got -0.1)"),
    (
        Matrix(with_="csat", rows=(1,), columns=(1,), payouts=((-1,),)),
        (),
        "kpis.deals.curve must pay at least 0 at every result (got -1)",
    ),
    (
        None,
        (Modifier(kpi="csat", multiplies="plan", curve=OFF),),
        "modifiers.csat.curve must multiply by at least 0 at every result (got -0.2)",
    ),
]


@pytest.mark.parametrize(("curve", "modifiers", "sentence"), BELOW)
def test_pay_below_zero_is_refused_unless_the_plan_says_so_or_has_a_floor(
    curve: Any, modifiers: Any, sentence: str
) -> None:
    with pytest.raises(Refused) as refused:
        plan(curve, modifiers=modifiers)
    assert refused.value.sentences == (
        f"{sentence}: plan.pay_below_zero = true allows less, plan.floor = 0 prevents it",
    )
    assert plan(curve, modifiers=modifiers, pay_below_zero=True).pay_below_zero
    assert min(plan(curve, modifiers=modifiers, floor=0).pay([[x, y] for x in (0, 60, 99) for y in (40, 80)])) >= 0


def test_pay_below_zero_is_paid_where_the_plan_says_so() -> None:
    assert plan(FALLS, pay_below_zero=True).pay([[50, 80]]).tolist() == [-500]


def test_a_commission_on_results_below_zero_is_refused() -> None:
    tiers = Tiers(tiers=((-10, 2.0),), apply="retroactive")
    with pytest.raises(Refused, match=r"kpis\.a\.curve must pay at least 0 at every result \(got -20\)"):
        Plan(kpis=(Kpi(id="a", target=5, curve=tiers),))


def test_a_score_whose_line_goes_on_is_refused() -> None:
    kpis = (Kpi(id="a", target=5, weight=1),)
    with pytest.raises(Refused, match=r"plan\.curve must pay at least 0 at every result \(got less and less\)"):
        Plan(target_incentive=1, combine="score", curve=LINE, kpis=kpis)


def test_a_gate_of_its_own_may_keep_pay_from_falling_below_zero() -> None:
    gate = Gate(kpi="deals", at_least=0.7, closes="deals")
    assert plan(FALLS, gates=(gate,)).pay([[50, 80], [70, 80]]).tolist() == [0, 100]
    with pytest.raises(Refused):
        plan(FALLS, gates=(gate.changed(keeps=0.5),))


FAR = [
    (
        {"target": 1e15, "scale": 1.0},
        "kpis.deals.target must be at most 1,000,000 times the size of its scale",
    ),
    ({"target": 0.0, "scale": 1e-9, "curve": Points(of="result", points=((0, 0), (1, 1)))}, "kpis.deals.curve.breaks"),
    ({"curve": Points(points=((0, 0), (1, 2e6)))}, "kpis.deals.curve.payout"),
    ({"curve": Points(points=((0, 0), (1e-7, 1)))}, "kpis.deals.curve.slope"),
    ({"curve": Steps(steps=((0, 0), (2e6, 1)))}, "kpis.deals.curve.breaks"),
    (
        {"curve": Matrix(with_="csat", rows=(0, 1e-7), columns=(1,), payouts=((0,), (1,)))},
        "kpis.deals.curve.rows.slope",
    ),
    ({"gates": (Gate(kpi="csat", at_least=2e6, closes="plan"),)}, "gates.csat.at_least"),
    ({"gates": (Gate(kpi="csat", at_least=1, closes="plan", limits_to=2e6),)}, "gates.csat.limits_to"),
    (
        {"modifiers": (Modifier(kpi="csat", multiplies="plan", curve=Steps(steps=((0, 2e6),))),)},
        "modifiers.csat.curve.payout",
    ),
    (
        {"modifiers": (Modifier(kpi="csat", multiplies="plan", curve=Steps(steps=((0, 1e4),))),) * 2},
        "modifiers on deals",
    ),
]


@pytest.mark.parametrize(("terms", "sentence"), FAR, ids=[sentence for _, sentence in FAR])
def test_what_floating_point_does_not_carry_is_refused(terms: dict[str, Any], sentence: str) -> None:
    with pytest.raises(Refused) as refused:
        plan(**terms)
    assert refused.value.sentences[0].startswith(sentence)
    assert "pay is not exact" in refused.value.sentences[0]


@pytest.mark.parametrize("target", [1e-6, 1.0, 1e15])
@pytest.mark.parametrize("share", [0.0, 0.5, 0.9999, 1.0, 1.1, 2.0])
def test_pay_along_a_kpi_is_the_pay_at_any_size(target: float, share: float) -> None:
    one = plan(target=target)
    assert one.along("deals")(target * share) == pytest.approx(one.payout([target * share, 80]), abs=1e-9)
