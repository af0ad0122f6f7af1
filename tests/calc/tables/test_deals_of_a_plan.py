"""Deals paid one by one, as the plan file says: filters by attribute, tiers by size, an extra from an amount on."""

import numpy as np
import pytest

from calc.documents.planfile import parse_plan
from calc.plan.deals import DealTerms
from calc.plan.errors import Refused
from calc.plan.kpi import Kpi
from calc.plan.mechanics import Band, Tiers
from calc.plan.plan import Plan
from calc.tables.people import read_people
from calc.team.paid_people import pay_people, team_results
from ui.number_format import Formats
from ui.report.words.plan_in_words import plan_in_words

LINE = Band()
MARGIN = DealTerms(where=(("Margin", ">= Minimum"),))
LARGE = DealTerms(sizes=((400_000, 1),))
PLAN = Plan(
    target_incentive=4000,
    kpis=(
        Kpi(id="revenue", target=300_000, weight=1, curve=LINE, deals=MARGIN),
        Kpi(id="large", target=400_000, curve=Tiers(tiers=((0, 0.003),)), deals=LARGE),
    ),
)
FILE = {
    "Deal owner": ["Jo", "Jo", "Jo", "Sam", "Sam"],
    "Deal ID": ["1", "2", "3", "4", "5"],
    "Deal Stage": ["Closed Won"] * 5,
    "Amount": ["80,000.00", "50,000.00", "40,000.00", "500,000.00", "350,000.00"],
    "Margin": ["65%", "55%", "35%", "10%", "10%"],
    "Minimum": ["60%", "60%", "30%", "60%", "60%"],
}


def test_only_deals_that_meet_the_plans_condition_count_and_large_ones_pay_an_extra() -> None:
    read = read_people(FILE, plan=PLAN)
    assert (read.questions, read.bad) == ((), ())
    assert [dict(row.results) for row in read.rows] == [
        {"revenue": 120_000, "large": 0},
        {"revenue": 0, "large": 500_000},
    ]
    assert pay_people(PLAN, team_results(PLAN, read)).pay.tolist() == [1_600, 1_500]


@pytest.mark.parametrize(
    ("deals", "amounts", "counts"),
    [
        pytest.param(DealTerms(), [70, -20], [70, -20], id="all_of_it"),
        pytest.param(DealTerms(sizes=((0, 0.5), (100, 1))), [99.99, 100, 200], [49.995, 100, 200], id="by_size"),
        pytest.param(DealTerms(sizes=((50, 1),)), [49.99, 50, -60], [0, 50, -60], id="from_an_amount_on"),
        pytest.param(
            DealTerms(sizes=((0, 0.5), (100, 1)), apply="marginal"), [80, 100, 150], [40, 50, 100], id="each_slice"
        ),
        pytest.param(DealTerms(value="count"), [5, 7], [1, 1], id="counted"),
        pytest.param(
            DealTerms(value="count", sizes=((0, 1), (100, 2))), [99, 100], [1, 2], id="large_ones_count_twice"
        ),
    ],
)
def test_what_a_deal_counts_by_its_size(deals: DealTerms, amounts: list[float], counts: list[float]) -> None:
    assert deals.counts_of(np.array(amounts, dtype=np.float64)).tolist() == pytest.approx(counts)


@pytest.mark.parametrize(
    ("terms", "said"),
    [
        ({"where": {"Margin": "60 or more"}}, 'must be a condition, as in ">= 60"'),
        ({"sizes": [(100, 1), (50, 2)]}, "rising amounts"),
        ({"sizes": [(0, -1)]}, "at least 0"),
        ({"value": "count", "apply": "marginal"}, "apply must be 'retroactive'"),
    ],
)
def test_a_rule_that_cannot_hold_is_refused_when_the_plan_is_made(terms: dict[str, object], said: str) -> None:
    kpi = {"id": "a", "target": 1, "weight": 1, "curve": {"kind": "band"}, "deals": terms}
    with pytest.raises(Refused, match=said):
        parse_plan({"plan": {"target_incentive": 1}, "kpis": [kpi]})


def test_a_column_that_is_missing_is_refused_and_a_cell_that_cannot_be_judged_is_listed() -> None:
    lacking = {heading: cells for heading, cells in FILE.items() if heading != "Margin"}
    with pytest.raises(Refused, match="Margin must name a column"):
        read_people(lacking, plan=PLAN)
    read = read_people({**FILE, "Margin": ["65%", "soon", "35%", "10%", "10%"]}, plan=PLAN)
    assert [row.line for row in read.bad] == [3]
    assert [row.results["revenue"] for row in read.rows] == [120_000, 0]
    with pytest.raises(Refused, match="must have a column of amounts"):
        read_people({heading: cells for heading, cells in FILE.items() if heading != "Amount"}, plan=PLAN)


def test_how_deals_count_is_told_in_words() -> None:
    told = " ".join(sentence for part in plan_in_words(PLAN, Formats()) for sentence in part.sentences)
    assert "A deal counts where Margin is >= Minimum." in told
    assert "a deal counts from 400,000 on with 100%, a smaller one not at all" in told
