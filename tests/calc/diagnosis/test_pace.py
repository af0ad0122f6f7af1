"""Pace: where results land from a day, what that pays, the chances from here, and what to work on next."""

from dataclasses import FrozenInstanceError
from statistics import NormalDist

import numpy as np
import pytest

from calc.diagnosis.context import Case
from calc.diagnosis.pace import Pacing, even_landing, pays_from, read_pace
from calc.plan.kpi import Kpi
from calc.plan.mechanics import Band, Points, Steps
from calc.situation.calendar import Calendar, adds_up
from calc.situation.team import Team
from tests.calc.diagnosis.checks.cases import case, csat, deals, example

TENTH = Calendar(days=30, today=10)
N = 200_000


def at(day: Case) -> Pacing:
    found = read_pace(day)
    assert found is not None
    return found


def test_on_track_by_hand() -> None:
    line = Band(floor=0.4, pays_at_floor=0.0, accelerator=1.8, ceiling=2.0)
    found = at(case(deals(curve=line), at={"deals": 40}, team=Team(mean=1.0, spread=0.3), calendar=TENTH))
    (pace,) = found.kpis
    assert (found.day, found.days, found.by_hour, found.work_on) == (10, 30, False, "deals")
    assert pace.so_far == 40
    assert pace.lands == pytest.approx(120)  # four a day, thirty days
    assert found.pays == 1360.00  # 1,000 and a fifth of the target at 1.8
    assert pace.rate_needed == pytest.approx(0.9)  # 60 in 20 days against 100 in 30
    spread = 0.3 * np.sqrt(2 / 3)
    for chance, goal in [(pace.at_floor, 0.4), (pace.at_target, 1.0), (pace.at_ceiling, 2.0)]:
        assert chance == pytest.approx(1 - NormalDist(1.2, spread).cdf(goal), abs=1e-9)
    assert (pace.next_unit, pace.next_percent, pace.per_hour) == (18.00, 18.00, None)


def test_chance_from_here_against_days_drawn_one_by_one() -> None:
    found = at(case(at={"deals": 25}, team=Team(mean=1.0, spread=0.4), calendar=TENTH)).kpis[0]
    rng, ends = np.random.default_rng(61), np.full(N, 0.25)
    for _ in range(20):
        ends += rng.normal(0.75 / 30, 0.4 / np.sqrt(30), N)  # at the rate of the first ten days
    there = ends >= 1
    assert abs(there.mean() - (found.at_target or 0)) < 4 * there.std() / np.sqrt(N)


def test_an_average_stays_where_it_stands() -> None:
    margin = Kpi(id="margin", kind="profit", unit="%", target=40, weight=1, curve=Band())
    (pace,) = at(case(margin, at={"margin": 36}, team=Team(mean=1.0, spread=0.1), calendar=TENTH)).kpis
    assert pace.so_far == 36
    assert pace.lands == pytest.approx(36)
    assert pace.rate_needed == pytest.approx((1 - 0.9 / 3) / (2 / 3))  # 105 % on the days left lift 90 % to 100 %
    assert pace.at_target == pytest.approx(1 - NormalDist(0.9, 0.1 * np.sqrt(2 / 3)).cdf(1.0), abs=1e-9)


def test_before_the_first_day_is_over_the_team_is_expected() -> None:
    start = Calendar(days=30, today=0)
    (pace,) = at(case(at={"deals": 0}, team=Team(mean=0.9, spread=0.2), calendar=start)).kpis
    assert pace.lands == pytest.approx(90)
    assert pace.rate_needed == 1.0
    assert pace.at_target == pytest.approx(1 - NormalDist(0.9, 0.2).cdf(1.0), abs=1e-9)
    (alone,) = at(case(at={"deals": 0}, calendar=start)).kpis
    assert (alone.lands, alone.at_target) == (100, None)


def test_when_the_last_day_is_over_it_is_what_it_is() -> None:
    done = Calendar(days=30, today=30)
    (short,) = at(case(at={"deals": 99}, team=Team(), calendar=done)).kpis
    assert (short.lands, short.rate_needed, short.at_target) == (99, float("inf"), 0.0)
    (there,) = at(case(at={"deals": 100}, team=Team(), calendar=done)).kpis
    assert (there.rate_needed, there.at_target) == (0.0, 1.0)


def test_everything_lands_before_the_next_unit_is_counted() -> None:
    """A gate or multiplier that another KPI opens is taken where that one lands."""
    kpis = deals(weight=0.5, curve=Steps(steps=((0.9, 0.5), (1.0, 1.0)))), deals(id="calls", weight=0.5)
    found = at(case(*kpis, at={"deals": 33, "calls": 33}, calendar=TENTH))
    stepped, even = found.kpis
    assert (stepped.kpi, even.kpi) == ("deals", "calls")
    assert (stepped.next_unit, even.next_unit) == (250.00, 5.00)  # 99 deals: the next is the step
    assert found.pays == 745.00
    assert found.work_on == "deals"


def test_what_to_work_on_goes_by_hours_where_all_are_given() -> None:
    heavy, light = deals(weight=0.8, hours=8), deals(id="calls", weight=0.2, hours=0.5)
    found = at(case(heavy, light, at={"deals": 30, "calls": 30}, calendar=TENTH))
    assert [(p.kpi, p.per_hour) for p in found.kpis] == [("deals", 1.00), ("calls", 4.00)]
    assert (found.by_hour, found.work_on) == (True, "calls")
    one = at(case(heavy.changed(hours=None), light, at={"deals": 30, "calls": 30}, calendar=TENTH))
    assert (one.by_hour, one.work_on) == (False, "deals")


def test_where_nothing_moves_pay_there_is_nothing_to_work_on() -> None:
    found = at(case(deals(curve=Band(ceiling=1.0)), at={"deals": 40}, calendar=TENTH))
    assert (found.pays, found.work_on, found.kpis[0].next_unit) == (1000.00, None, 0.00)


def test_a_kpi_that_is_better_when_lower() -> None:
    talk = Kpi(id="talk", unit="minutes", target=5, better="lower", weight=1, curve=Band())
    (pace,) = at(case(talk, at={"talk": 6}, calendar=TENTH)).kpis
    assert pace.lands == pytest.approx(6)
    assert (pace.next_unit, pace.next_percent) == (200.00, 10.00)


def test_without_a_day_nothing_is_known() -> None:
    assert read_pace(case()) is None
    assert read_pace(case(calendar=Calendar(days=30))) is None


def test_frozen() -> None:
    found = at(case(at={"deals": 30}, calendar=TENTH))
    with pytest.raises(FrozenInstanceError):
        found.day = 3  # type: ignore[misc]


@pytest.mark.parametrize(
    ("terms", "found"),
    [
        ({}, True),
        ({"unit": "EUR"}, True),
        ({"unit": "percent of nothing"}, True),
        ({"unit": "%"}, False),
        ({"unit": "EUR an order"}, False),
        ({"unit": "hours a day"}, False),
        ({"unit": "complaints per 100 orders"}, False),
        ({"kind": "quality"}, False),
        ({"better": "lower"}, False),
        ({"scale": 10}, False),
        ({"target": -5}, False),
    ],
    ids=str,
)
def test_what_adds_up(terms: dict[str, object], found: bool) -> None:
    assert adds_up(deals(**terms)) is found


def test_from_where_a_kpi_pays() -> None:
    first = pays_from(case(), deals())
    assert first == 0.0
    for curve, start in [(Band(floor=0.7), 0.7), (Steps(steps=((0.8, 0.5), (1, 1))), 0.8), (Band(), 0.0)]:
        kpi = deals(curve=curve)
        assert pays_from(case(kpi), kpi) == start
    never = deals(weight=0.5, curve=Points(points=((0, 0), (1, 0))))
    assert pays_from(case(never, deals(id="calls", weight=0.5)), never) == 0.0


def test_the_teams_own_pace_on_a_kpi() -> None:
    assert even_landing(case(), deals()) is None
    team = case(deals(), csat(team_mean=0.9, team_spread=0.05), team=Team(mean=1.1, spread=0.2))
    means = [even_landing(team, kpi) for kpi in team.plan.kpis]
    assert [(m.mean, m.sd) for m in means if m is not None] == [(1.1, 0.2), (0.9, 0.05)]


def test_the_instruments_of_the_gallery() -> None:
    scorecard = example("pipeline-scorecard")
    half = {"revenue": 50_000.0, "margin": 36.0, "conversion": 22.5, "order_value": 2750.0, "pipeline": 200_000.0}
    found = at(Case(scorecard.preset, scorecard.plan.standing(half)))
    lands = {p.kpi: p.lands for p in found.kpis}
    assert lands == pytest.approx(
        {"revenue": 50_000 * 91 / 45, "margin": 36.0, "conversion": 22.5, "order_value": 2750.0}
    )
    revenue = 50_000 * 91 / 45 / 110_000  # 0.919: below target, where a tenth of the way from the floor is a sixth
    margin = 1 + 1.8 * (36 / 35 - 1)
    won = (0.9 - 0.4) / 0.6
    pay = 6000 * (0.4 * (revenue - 0.4) / 0.6 + 0.2 * margin + 0.2 * won + 0.2)
    assert found.pays == round(pay, 2)
    worth = {p.kpi: p.next_percent for p in found.kpis}
    assert worth == {"revenue": 40.00, "margin": 21.60, "conversion": 20.00, "order_value": 21.60}
    assert found.work_on == "revenue"
