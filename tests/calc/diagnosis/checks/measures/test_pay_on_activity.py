"""Pay for activity: an alarm where it pays as much as outcome and profit together."""

import pytest

from calc.messages import Money, Result
from tests.calc.diagnosis.checks.situation import found, kpi, situation, the

LINE = {"kind": "band"}


def test_calls_and_orders() -> None:
    calls = kpi("calls", 0.7, LINE, kind="activity", target=1200, unit="calls")
    orders = kpi("orders", 0.3, LINE, target=120, unit="orders")
    one = the("pay_on_activity", situation(calls, orders))
    assert (one.severity, one.kpi, one.span, one.money, one.share) == ("alarm", "calls", None, 700.0, None)
    facts = dict(one.says.facts)
    assert (facts["one"], facts["pays"]) == (Result(10.0, "calls"), Money(5.83))  # 7,000 / 1,200
    assert (facts["other"], facts["each"]) == (Result(1.0, "orders"), Money(2.50))
    assert one.cure is not None
    assert {k.id: k.weight for k in one.cure.after.plan.kpis} == {"calls": 0.0, "orders": 1.0}
    assert not found("pay_on_activity", one.cure.after)


@pytest.mark.parametrize(
    ("activity", "outcome", "profit", "severity"),
    [
        (0.5, 0.5, 0, "alarm"),
        (0.49, 0.51, 0, "warn"),
        (0.4, 0.3, 0.3, "warn"),
        (0.4, 0.2, 0.2, "alarm"),
        (0, 1, 0, None),
    ],
)
def test_both_sides_of_the_limit(activity: float, outcome: float, profit: float, severity: str | None) -> None:
    quality = round(1 - activity - outcome - profit, 9)
    kpis = [kpi("a", activity, kind="activity"), kpi("o", outcome), kpi("p", profit, kind="profit")]
    sick = situation(*kpis, kpi("q", quality, kind="quality"))
    assert [f.severity for f in found("pay_on_activity", sick)] == [severity] * bool(severity)


def test_several_activities_are_one_finding() -> None:
    sick = situation(kpi("a", 0.2, kind="activity"), kpi("b", 0.3, kind="activity"), kpi("o", 0.5))
    one = the("pay_on_activity", sick)
    assert (one.severity, one.kpi, one.money) == ("alarm", "b", 500.0)
    assert one.cure is not None
    assert one.cure.after.plan.kpi("o").weight == 1.0


def test_activity_alone_alarms_and_cannot_be_moved() -> None:
    one = the("pay_on_activity", situation(kpi("a", 1.0, kind="activity"), kpi("o", 0)))
    assert (one.severity, one.cure) == ("alarm", None)


def test_silent_on_activity_that_is_measured_or_multiplies() -> None:
    curve = {"kind": "points", "points": [[0.8, 0.95], [1.2, 1.05]], "below": "hold"}
    watched = kpi("hours", 0, kind="activity")
    multiplied = {"kpi": "hours", "multiplies": "plan", "curve": curve}
    assert not found("pay_on_activity", situation(kpi(), watched, modifiers=[multiplied]))
