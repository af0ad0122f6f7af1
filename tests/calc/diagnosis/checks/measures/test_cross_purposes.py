"""Cross purposes: what one unit better pays against what it costs, and where an hour pays best."""

from typing import Any

import pytest

from calc.diagnosis.checks.measures.cross_purposes import find_cross_purposes
from calc.diagnosis.context import Case
from calc.plan.kpi import Kpi
from calc.plan.mechanics import Band
from tests.calc.diagnosis.checks.cases import case, csat, deals, example, mends, only, severity, text

LINE = Band(floor=0.4, pays_at_floor=0.0, accelerator=1.8, ceiling=2.0)


def talk(costs: float, **terms: Any) -> Case:
    """Half of 500 on sales of 15,000, half on talks of five minutes, lower is better."""
    sales = Kpi(id="sales", unit="GBP", target=15000, weight=0.5, curve=LINE)
    time = {"id": "talk", "kind": "activity", "unit": "minutes", "target": 5, "better": "lower", "weight": 0.5}
    return case(sales, Kpi(**time, curve=LINE, costs={"sales": costs}, **terms), target_incentive=500)


def test_names_both_sums_and_the_rate_between_them() -> None:
    bad = talk(1500)
    finding = only(find_cross_purposes(bad))
    assert (finding.check, finding.severity, finding.kpi, finding.span) == ("cross_purposes", "alarm", "talk", None)
    gain = 250 * 1.8 / 5  # a minute is a fifth of attainment beyond target
    lost = 250 * (1500 / 15000) / 0.6  # a tenth of the sales, below target
    assert finding.money == round(gain - lost, 2) == 48.33
    assert text(finding.title) == "Pays 90.00 for 1 minute less in talk, and 41.67 for what that costs"
    assert "A rep could lose 3240 GBP for it and earn as much." in text(finding.says)


def test_the_cure_pays_for_the_outcome_alone() -> None:
    bad = talk(1500)
    after = mends(bad, find_cross_purposes, only(find_cross_purposes(bad)))
    assert [k.weight for k in after.plan.kpis] == [1.0, 0.0]


@pytest.mark.parametrize(
    ("costs", "found"),
    [(0.0, "alarm"), (3239.0, "alarm"), (3240.0, None), (3241.0, None)],
    ids=["costs nothing that is paid", "a pound less than even", "even", "a pound more than even"],
)
def test_both_sides_of_even(costs: float, found: str | None) -> None:
    assert severity(find_cross_purposes(talk(costs))) == found


def test_where_one_more_pays_nothing_nobody_is_paid_to_do_harm() -> None:
    bad = talk(1500)
    assert not list(
        find_cross_purposes(Case(bad.preset, {"sales": 15000, "talk": 9}))
    )  # below the floor of the talk time
    assert not list(find_cross_purposes(Case(bad.preset, {"sales": 15000, "talk": 0})))  # at its ceiling


def test_what_it_costs_several_kpis_is_added_up() -> None:
    calls = Kpi(
        id="calls", kind="activity", unit="calls", target=100, weight=0.4, curve=Band(), costs={"deals": 1, "csat": 2}
    )
    quality = csat(weight=0.2, curve=Band())
    bad = case(deals(weight=0.4), quality, calls)
    assert severity(find_cross_purposes(bad)) is None  # 4 for a call; 4 for a deal and 5 for two points
    dear = case(deals(weight=0.1), quality.changed(weight=0.1), calls.changed(weight=0.8))
    finding = only(find_cross_purposes(dear))
    assert finding.money == round(8 - 1 - 2.5, 2)
    assert "It costs 1 deal and 2 points of csat, which would have paid 3.50." in text(finding.says)


def test_an_outcome_that_does_harm_is_left_where_it_is() -> None:
    finding = only(find_cross_purposes(case(deals(weight=0.8, costs={"csat": 1}), csat(weight=0.2, curve=Band()))))
    assert (finding.money, finding.cure) == (round(8 - 2.5, 2), None)


@pytest.mark.parametrize(("hours", "found"), [(0.05, "warn"), (0.0999, "warn"), (0.1, None), (0.2, None)], ids=str)
def test_both_sides_of_an_hour_that_pays_the_same(hours: float, found: str | None) -> None:
    calls = Kpi(id="calls", kind="activity", unit="calls", target=1000, weight=0.5, curve=Band(), hours=hours)
    # a call pays 0.50, a deal 5 in its hour
    assert severity(find_cross_purposes(case(deals(weight=0.5, hours=1), calls))) == found


def test_hours_on_the_calls_of_the_gallery() -> None:
    bad = example("calls-not-sales")
    finding = only(find_cross_purposes(bad))
    assert (finding.severity, finding.kpi) == ("warn", "calls")
    assert text(finding.title) == "Pays 7.56 for an hour on Calls taken, 2.70 for one on Orders"
    assert finding.money == round(12 * 420 * 1.8 / 1200 - 180 * 1.8 / 120, 2) == 4.86
    assert mends(bad, find_cross_purposes, finding).plan.kpi("orders").weight == 1.0


def test_hours_of_outcomes_alone_say_nothing() -> None:
    both = deals(weight=0.5, hours=1), deals(id="margin", kind="profit", weight=0.5, hours=0.1)
    assert not list(find_cross_purposes(case(*both)))
    assert not list(find_cross_purposes(case(deals(hours=1), csat(hours=0.1))))
    assert not list(find_cross_purposes(case()))
