"""What a plan and the rules of its year must have in common, each refused with what must hold and what came."""

from typing import Any

import pytest

import calc
from calc.plan.errors import Refused
from calc.plan.kpi import Kpi
from calc.plan.mechanics import Band, Tiers
from calc.plan.plan import Plan
from calc.year.rules.draw import Draw
from calc.year.rules.proration import Proration
from calc.year.rules.ramp import Ramp
from calc.year.rules.recovery import Recovery
from calc.year.year_plan import YearPlan
from calc.year.year_terms import Year

TIERS = Plan(period="year", kpis=(Kpi(id="sales", curve=Tiers(tiers=((0, 0.1), (500, 0.2)))),))
SHARE = Plan(period="year", target_incentive=100, kpis=(Kpi(id="sales", target=400, weight=1, curve=Band()),))
ROUNDED = Plan(
    period="year", target_incentive=100, kpis=(Kpi(id="sales", target=400, weight=1, round_to=5, curve=Band()),)
)
LADDER: dict[str, Any] = {"reading": "shared_ladder", "begins_again": "year", "below_zero": "allowed"}
RUNNING: dict[str, Any] = {"against": "whole", "begins_again": "year", "below_zero": "allowed"}


def running(**more: Any) -> Year:
    return Year(**{"reading": "running_total", "paid": "month", **RUNNING, **more})


CASES: list[tuple[str, Plan, dict[str, Any], str]] = [
    ("weeks do not part months", SHARE.changed(period="month"), {"year": running(paid="week")}, "year.paid must part"),
    (
        "a restart within a payment",
        SHARE,
        {"year": running(paid="quarter", begins_again="month")},
        "year.begins_again must be a whole number of payments",
    ),
    ("three weights of twelve", SHARE, {"year": running(weights=(0.5, 0.25, 0.25))}, "year.weights must have one"),
    (
        "an unknown KPI in a ramp",
        SHARE,
        {"year": running(), "ramp": Ramp(targets={"sale": (10, 20)}, target_incentive="whole")},
        "ramp.targets must name KPIs of the plan (got 'sale')",
    ),
    (
        "a ramp where no target counts",
        TIERS,
        {"year": running(), "ramp": Ramp(shares=(0.5,), target_incentive="whole")},
        "ramp must be left out where the pay depends on no target",
    ),
    (
        "proration without a first day",
        SHARE,
        {
            "year": running(),
            "proration": Proration(by="days_of_year", target=True, target_incentive=True, floor=True, draw=True),
        },
        "year.begins must be given where there is [proration]",
    ),
    (
        "taken back of pay that may not be below zero",
        SHARE,
        {"recovery": Recovery(takes="all")},
        "year.below_zero must be given where pay is taken back",
    ),
    (
        "pay below zero beside a draw",
        TIERS.changed(pay_below_zero=True),
        {"draw": Draw(amount=10, kind="recoverable", recovers=1, at_year_end="carried")},
        "year.below_zero must be given where pay may fall below zero",
    ),
    (
        "a guarantee over a span without an end",
        SHARE,
        {"draw": Draw(amount=10, kind="guarantee", settled="end_of_span")},
        "year.begins_again must be given where draw.settled",
    ),
    ("rounding of a part", ROUNDED, {"year": running()}, "sales.round_to must be 0"),
    (
        "a rate of a plan with a ceiling",
        TIERS.changed(ceiling_pay=100),
        {"year": Year(reading="rate_reached", **RUNNING)},
        "plan.ceiling must be left out where year.reading is 'rate_reached'",
    ),
    (
        "a ladder that pays by attainment",
        SHARE,
        {"year": Year(**LADDER, ladder={"counts": "pay"})},
        "sales.curve must pay money by the result",
    ),
]


@pytest.mark.parametrize(("plan", "rules", "sentence"), [case[1:] for case in CASES], ids=[case[0] for case in CASES])
def test_a_rule_that_does_not_fit_is_refused(plan: Plan, rules: dict[str, Any], sentence: str) -> None:
    with pytest.raises(Refused) as refused:
        YearPlan(plan, **rules)
    assert any(one.startswith(sentence) for one in refused.value.sentences), refused.value.sentences


def test_a_year_is_paid_from_python() -> None:
    rules = calc.YearPlan(SHARE, running())
    people = calc.year_results(SHARE, [100, 300])
    statement = calc.year_statement(rules, people)
    assert statement.paid.tolist() == [[25.0, 75.0]]
    assert calc.period_curves(rules, people, 1, "sales").paid(300.0) == 75.0
    assert calc.next_unit_values(rules, people)["sales"].tolist() == [[0.25, 0.25]]
