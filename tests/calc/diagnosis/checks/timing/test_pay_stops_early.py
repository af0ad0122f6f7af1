"""Pay stops early: the day, the days left, and the pay withheld."""

from statistics import NormalDist

import numpy as np
import pytest

from calc.diagnosis.checks.timing.pay_stops_early import find_pay_stops_early
from calc.plan.mechanics import Band, Points
from calc.situation.calendar import Calendar
from calc.situation.team import Team
from tests.calc.diagnosis.checks.cases import case, csat, deals, example, mends, only, severity, text

MONTH = Calendar(days=30)
CAPPED = deals(curve=Band(ceiling=2.0))


def test_names_the_day_the_days_left_and_the_pay_withheld() -> None:
    bad = case(CAPPED, team=Team(mean=3.2, spread=0.5), calendar=MONTH)
    finding = only(find_pay_stops_early(bad))
    assert (finding.check, finding.severity, finding.kpi) == ("pay_stops_early", "alarm", "deals")
    assert finding.span == (2.0, None)
    normal = NormalDist()
    assert finding.share == pytest.approx(normal.cdf(2.4), abs=1e-9)
    assert finding.money == round(1000 * (0.5 * normal.pdf(2.4) + 1.2 * normal.cdf(2.4)), 2) == 1201.36
    assert text(finding.title) == "Stops paying on day 19 of 30, at the team's pace"  # 30 x 2 / 3.2 = 18.75
    assert "Then, with 11 days left, one more pays nothing." in text(finding.says)
    mends(bad, find_pay_stops_early, finding)


@pytest.mark.parametrize(
    ("mean", "found"),
    [
        pytest.param(1.5, None, id="never reached"),
        pytest.param(2.0, None, id="on the last day"),
        pytest.param(2.2222, None, id="in the last tenth, day 27.0003"),
        pytest.param(2.2223, "warn", id="day 26.999"),
        pytest.param(3.0, "warn", id="two thirds of the month, day 20"),
        pytest.param(3.0001, "alarm", id="day 19.9993"),
    ],
)
def test_both_sides_of_its_limits(mean: float, found: str | None) -> None:
    assert severity(find_pay_stops_early(case(CAPPED, team=Team(mean=mean, spread=0.1), calendar=MONTH))) == found


def test_the_rep_looked_at_comes_there_earlier_than_the_team() -> None:
    month = Calendar(days=30, today=10)
    finding = only(
        find_pay_stops_early(case(CAPPED, at={"deals": 150}, team=Team(mean=1.0, spread=0.1), calendar=month))
    )
    assert (finding.severity, finding.span) == ("note", (2.0, None))
    assert text(finding.title) == "Stops paying on day 14 of 30, at this rep's pace"  # 15 a day, 200 on day 13.3
    alone = only(find_pay_stops_early(case(CAPPED, at={"deals": 150}, calendar=month)))
    assert (alone.severity, alone.money, alone.share) == ("note", None, None)


def test_a_rep_who_is_not_placed_has_no_pace() -> None:
    assert not list(find_pay_stops_early(case(CAPPED, calendar=Calendar(days=30, today=1))))
    assert not list(find_pay_stops_early(case(CAPPED, at={"deals": 150}, calendar=MONTH)))
    assert not list(
        find_pay_stops_early(case(CAPPED, at={"deals": 70}, calendar=Calendar(days=30, today=10.5)))
    )  # on day 30


def test_what_does_not_add_up_day_by_day_has_no_day() -> None:
    kept = csat(weight=1, curve=Points(points=((0.5, 0), (0.9, 1))))
    assert not list(find_pay_stops_early(case(kept, team=Team(mean=1.0, spread=0.1), calendar=MONTH)))
    margin = deals(id="margin", unit="%", curve=Band(ceiling=0.9))
    assert not list(find_pay_stops_early(case(margin, team=Team(mean=1.0, spread=0.1), calendar=MONTH)))


def test_says_nothing_without_a_calendar_or_a_ceiling() -> None:
    assert not list(find_pay_stops_early(case(CAPPED, team=Team(mean=3.2))))
    assert not list(find_pay_stops_early(case(team=Team(mean=3.2), calendar=MONTH)))


def test_against_simulation() -> None:
    line = Band(floor=0.4, pays_at_floor=0.0, accelerator=1.8, ceiling=1.2)
    finding = only(
        find_pay_stops_early(
            case(deals(curve=line), team=Team(mean=1.4, spread=0.4, shape="lognormal"), calendar=MONTH)
        )
    )
    n, sigma = 400_000, np.sqrt(np.log1p((0.4 / 1.4) ** 2))
    places = 1.4 * np.random.default_rng(31).lognormal(-(sigma**2) / 2, sigma, n)
    beyond = 1800 * np.clip(places - 1.2, 0, None)
    assert abs(beyond.mean() - (finding.money or 0)) < 4 * beyond.std() / np.sqrt(n) + 0.01
    assert abs((places >= 1.2).mean() - (finding.share or 0)) < 4 * 0.5 / np.sqrt(n)


def test_done_by_the_tenth() -> None:
    bad = example("done-by-the-tenth")
    finding = only(find_pay_stops_early(bad))
    assert finding.severity == "alarm"
    assert text(finding.title) == "Stops paying on day 10 of 30, at the team's pace"
    assert "Then, with 20 days left, one more pays nothing." in text(finding.says)
    assert finding.money == 1845.00  # 41 contracts at 45
    mends(bad, find_pay_stops_early, finding)


def test_the_low_ceiling_of_the_gallery() -> None:
    bad = example("low-ceiling")
    finding = only(find_pay_stops_early(bad))
    assert (finding.severity, finding.span) == ("warn", (2.0, None))
    assert text(finding.title) == "Stops paying on day 25 of 30, at the team's pace"
    mends(bad, find_pay_stops_early, finding)
