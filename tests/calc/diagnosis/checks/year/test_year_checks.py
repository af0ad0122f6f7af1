"""The checks of a rep's year: each on a plan that is sick, with its numbers by hand, and on both sides of its limit."""

from typing import Any

import pytest

from calc.diagnosis.checks import CHECKS
from calc.diagnosis.context import Case
from calc.diagnosis.finding import Finding
from calc.documents.planfile import Preset
from calc.plan.errors import Refused
from calc.plan.kpi import Kpi
from calc.plan.mechanics import Band
from calc.plan.plan import Plan
from calc.year.beside.rep_year import RepYear
from calc.year.rules.draw import Draw
from calc.year.rules.proration import Proration
from calc.year.rules.ramp import Ramp
from calc.year.rules.recovery import Recovery
from calc.year.year_terms import Year
from tests.calc.diagnosis.checks.cases import deals, mends, only, text

RUNS: dict[str, Any] = {
    "reading": "running_total",
    "against": "whole",
    "begins_again": "year",
    "below_zero": "carried",
    "paid": "month",
    "begins": "2026-01-01",
}
EVEN = Year(reading="by_period", begins="2026-01-01")


def case(months: list[float], *kpis: Kpi, period: str = "month", **rules: Any) -> Case:
    """A rep's year of deals under a plan of 1,000 for 100 deals, a straight line unless other KPIs are given."""
    plan = Plan(period=period, target_incentive=1000, kpis=kpis or (deals(),))
    series = {name: rules.pop(name) for name in ("cancelled", "served") if name in rules}
    year = rules.pop("year", EVEN)
    return Case(Preset(plan=plan, year=year, rep_year=RepYear(results={"deals": months}, **series), **rules))


def found(check: str, one: Case) -> list[Finding]:
    return list(CHECKS[check](one))


def test_a_plan_that_says_nothing_of_a_year_has_no_findings_of_one() -> None:
    silent = Case(Preset(plan=Plan(target_incentive=1000, kpis=(deals(curve=Band(accelerator=9)),))))
    assert silent.year is None


LIMIT = {"pay": 500, "beyond": "lost"}


@pytest.mark.parametrize(
    ("months", "severity"),
    [
        pytest.param([40.0] * 12, None, id="within the limit"),
        pytest.param([40.0] * 11 + [60.0], None, id="the last month alone"),
        pytest.param([40.0] * 10 + [60.0] * 2, "warn", id="two months"),
        pytest.param([40.0] * 9 + [60.0] * 3, "alarm", id="a quarter of the year"),
        pytest.param([60.0] * 12, None, id="never anything to lose"),
    ],
)
def test_the_month_from_which_nothing_more_is_earned(months: list[float], severity: str | None) -> None:
    got = found("year_stops", case(months, year=EVEN.changed(limit=LIMIT)))
    assert [one.severity for one in got] == ([] if severity is None else [severity])


def test_what_is_lost_is_the_last_rate_times_what_is_sold() -> None:
    sick = case([40.0] * 9 + [60.0] * 3, year=EVEN.changed(limit=LIMIT))
    finding = only(CHECKS["year_stops"](sick))
    assert finding.money == 1800.0  # 3 x 60 deals at 10
    assert text(finding.title) == "Earns nothing more from October on"
    mends(sick, CHECKS["year_stops"], finding)


def test_a_draw_that_swallows_what_is_earned() -> None:
    draw = Draw(amount=500, kind="recoverable", recovers=1, at_year_end="carried")
    sick = case([20.0, 30.0, 40.0, 60.0, 60.0, 60.0, 60.0, 60.0], draw=draw)
    finding = only(CHECKS["draw_swallows"](sick))
    assert finding.money == 600.0  # 300 + 200 + 100 short of the draw
    # March: 500 owed and a draw of 500, so 100 deals until one pays out, 60 more than the 40 that were sold
    assert text(finding.title) == "Pays nothing out for the next 60 deals in March: the draw comes first"
    mends(sick, CHECKS["draw_swallows"], finding)
    assert not found("draw_swallows", case([60.0] * 8, draw=draw))


def test_a_draw_of_one_slow_month_is_none() -> None:
    draw = Draw(amount=500, kind="recoverable", recovers=1, at_year_end="carried")
    assert not found("draw_swallows", case([49.0, *[80.0] * 8], draw=draw))


STEEP = Band(accelerator=2.0)


def test_deals_that_are_held_back() -> None:
    sick = case([80.0, 120.0], deals(curve=STEEP))
    finding = only(CHECKS["moved_deals"](sick))
    assert (finding.severity, finding.money) == ("warn", 100.0)  # 10 deals at 20 and not 10
    assert text(finding.title) == "Pays 100.00 for holding 10 deals back from January"
    mends(sick, CHECKS["moved_deals"], finding)
    back = only(CHECKS["moved_deals"](case([120.0, 80.0], deals(curve=STEEP))))
    assert text(back.title) == "Pays 100.00 for pulling 10 deals into January"


@pytest.mark.parametrize(
    ("accelerator", "severity"), [(1.0, None), (1.2, None), (1.21, "warn"), (2.0, "warn"), (2.01, "alarm")]
)
def test_both_sides_of_what_a_move_may_be_worth(accelerator: float, severity: str | None) -> None:
    got = found("moved_deals", case([80.0, 120.0], deals(curve=Band(accelerator=accelerator))))
    assert [one.severity for one in got] == ([] if severity is None else [severity])


def test_a_payment_below_zero() -> None:
    year = EVEN.changed(below_zero="allowed")
    sick = case([50.0, 20.0], year=year, recovery=Recovery(takes="all"), cancelled=(0, 350), served=None)
    finding = only(CHECKS["negative_payment"](sick))
    assert finding.money == 150.0
    assert text(finding.says) == "The payment of February is -150.00: 200.00 is earned in it, and 350.00 is taken back."
    mends(sick, CHECKS["negative_payment"], finding)
    assert not found(
        "negative_payment", case([50.0, 35.0], year=year, recovery=Recovery(takes="all"), cancelled=(0, 350))
    )


def test_a_guarantee_that_hides_the_first_sales() -> None:
    ramp = Ramp(shares=(0.5, 0.5), target_incentive="ramps", guarantee=500, guaranteed=2)
    sick = case([20.0, 30.0, 80.0], ramp=ramp)
    finding = only(CHECKS["guarantee_hides"](sick))
    assert text(finding.title) == "Pays the same for 0 and for 50 deals in January"
    assert finding.money == 500.0
    mends(sick, CHECKS["guarantee_hides"], finding)
    assert not found("guarantee_hides", case([20.0, 30.0, 80.0], ramp=ramp.changed(guarantee=499)))


FLOORED = deals(target=1200, curve=Band(floor=0.5, pays_at_floor=0.0))


@pytest.mark.parametrize(
    ("months", "title", "severity"),
    [
        pytest.param([300.0] * 4, "", None, id="paid in the third month"),
        pytest.param([200.0] * 6, "Pays nothing until April", None, id="a quarter of the year is practice"),
        pytest.param([150.0] * 6, "Pays nothing until May", "warn", id="a month more"),
        pytest.param([90.0] * 12, "Pays nothing until July", "warn", id="half a year"),
        pytest.param([80.0] * 12, "Pays nothing until August", "alarm", id="more"),
    ],
)
def test_a_start_that_pays_nothing(months: list[float], title: str, severity: str | None) -> None:
    got = found("unpaid_start", case(months, FLOORED, period="year", year=Year(**RUNS)))
    assert [(text(one.title), one.severity) for one in got] == ([] if severity is None else [(title, severity)])


def test_what_the_target_to_date_would_have_paid() -> None:
    sick = case([100.0] * 12, FLOORED, period="year", year=Year(**RUNS))
    finding = only(CHECKS["unpaid_start"](sick))
    assert text(finding.title) == "Pays nothing until July"
    assert finding.money == 500.0  # on target for six months of twelve
    mends(sick, CHECKS["unpaid_start"], finding)


@pytest.mark.parametrize(
    ("start", "severity", "share"),
    [
        pytest.param("2026-01-01", None, "", id="there all of the year"),
        pytest.param("2026-05-01", "warn", "75.0 %", id="two thirds"),
        pytest.param("2026-07-01", "alarm", "100.0 %", id="half"),
    ],
)
def test_a_floor_that_is_not_prorated(start: str, severity: str | None, share: str) -> None:
    parts = Proration(start=start, by="months_of_year", target=True, target_incentive=True, floor=False, draw=False)
    sick = case([60.0] * 12, FLOORED, period="year", year=Year(**RUNS), proration=parts)
    got = found("late_starter", sick)
    assert [one.severity for one in got] == ([] if severity is None else [severity])
    for one in got:
        assert share in text(one.title)
        mends(sick, CHECKS["late_starter"], one)
    whole = case([60.0] * 12, FLOORED, period="year", year=Year(**RUNS), proration=parts.changed(floor=True))
    assert not found("late_starter", whole)


def test_a_year_that_pays_otherwise_than_the_file_says() -> None:
    right = case([50.0, 60.0])
    wrong = Case(right.preset.changed(year_pays=(500, 700)))
    finding = only(CHECKS["wrong_example"](wrong))
    assert finding.money == -100.0
    assert text(finding.title) == "Pays 600.00 in February, where the file says 700.00"
    assert not found("wrong_example", Case(right.preset.changed(year_pays=(500, 600))))


def test_a_rep_s_year_must_fit_its_plan() -> None:
    plan = Plan(target_incentive=1000, kpis=(deals(),))
    with pytest.raises(Refused, match=r"rep_year.results.sales is not known"):
        Preset(plan=plan, rep_year=RepYear(results={"sales": (1, 2)}))
    with pytest.raises(Refused, match="as long as the others"):
        RepYear(results={"deals": (1, 2), "calls": (1,)})
    with pytest.raises(Refused, match="year_pays must have 2 amounts, one a payment"):
        Preset(plan=plan, rep_year=RepYear(results={"deals": (1, 2)}), year_pays=(1,))
