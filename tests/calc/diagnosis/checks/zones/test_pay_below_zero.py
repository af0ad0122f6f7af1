"""Pay below zero: where, how much, whom it meets; and nothing where a plan cannot pay it."""

from statistics import NormalDist

import pytest

from calc import Kpi
from calc.diagnosis.checks.zones.pay_below_zero import find_pay_below_zero
from calc.plan.mechanics import Points, Steps
from calc.situation.team import Team
from tests.calc.diagnosis.checks.cases import case, deals, only, text

TEAM = Team(mean=1.0, spread=0.2)


def points(*rows: tuple[float, float], **terms: object) -> Kpi:
    return deals(curve=Points(points=rows, **terms))


def test_names_where_it_begins_and_the_most_it_comes_to() -> None:
    bad = case(points((0.5, 0), (1, 1), below="extend"), team=TEAM, pay_below_zero=True)
    finding = only(find_pay_below_zero(bad))
    assert (finding.check, finding.severity, finding.kpi) == ("pay_below_zero", "warn", "deals")
    assert finding.span == (0.0, 0.5)
    assert finding.money == 1000.00
    normal = NormalDist(1.0, 0.2)
    assert finding.share == pytest.approx(normal.cdf(0.5) - normal.cdf(0.0), abs=1e-9)
    assert text(finding.title) == "Takes up to 1,000.00 from the rep"
    assert text(finding.says).startswith("Below 50 deals a rep is paid less than nothing, and owes up to 1,000.00")


def test_many_who_owe_are_an_alarm() -> None:
    bad = case(points((0.9, -0.5), (0.9, 0), (1, 1), below="hold"), team=TEAM, pay_below_zero=True)
    finding = only(find_pay_below_zero(bad))
    assert (finding.severity, finding.span, finding.money) == ("alarm", (0.0, 0.9), 500.00)


def test_below_zero_from_a_result_on() -> None:
    bad = case(points((1, 1), (2, -1)), pay_below_zero=True)
    finding = only(find_pay_below_zero(bad))
    assert (finding.span, finding.money) == ((1.5, None), 1000.00)
    assert text(finding.says).startswith("From 150 deals on a rep is paid less than nothing")


def test_a_step_below_zero_is_found() -> None:
    assert only(
        find_pay_below_zero(case(deals(curve=Steps(steps=((0.2, -0.5), (1, 1)))), pay_below_zero=True))
    ).span == (0.2, 1.0)


def test_a_plan_that_may_and_does_not_has_no_finding() -> None:
    assert not list(find_pay_below_zero(case(points((0, 0), (1, 1)), pay_below_zero=True)))
    assert not list(find_pay_below_zero(case(points((0, -1), (1, 1)), floor=0)))
    assert not list(find_pay_below_zero(case(points((0, -1), (1, 1)), floor=0, pay_below_zero=True)))
