"""Late plans, rising targets, moved deals and hours against their published numbers and their limits."""

import itertools

import numpy as np
import pytest

from calc.behaviour.effort.calibrate import find_kappa
from calc.behaviour.effort.late_plan import late_steps, play_late, silent_effort
from calc.behaviour.effort.moved_deals import Moving, play_moved_deals
from calc.behaviour.effort.rep import Reps
from calc.behaviour.effort.rising_target import play_rising_target
from calc.behaviour.effort.solver import TWELVE
from calc.behaviour.hours import HoursRep, Task, best_division, split_hours
from calc.piecewise.curve import Curve
from tests.calc.behaviour.reps import HALF_AND_BONUS, line, one_rep, paid, standard_team, under

SPREAD = 0.12 / 1.01
UNIT = 60.6
LATE_PLAN = Curve((0.0, 24 / UNIT, 60 / UNIT, 120 / UNIT), (0.0, 0.0, 1.0, 2.8), (0.0, UNIT / 36, 1.8 * UNIT / 60, 0.0))
TAU = 1 / 1.01
RATCHET_PLAN = Curve((0.0, 0.5 * TAU, TAU, 2 * TAU), (0.0, 0.0, 1.0, 3.1), (0.0, 2 / TAU, 2.1 / TAU, 0.0))


def read_on(curve: Curve, tau: float) -> Reps:
    reps = standard_team(SPREAD)
    reading = find_kappa(paid(curve, 7), reps, 1 / tau, 1)
    return reps.with_kappa(np.repeat(reading.kappa, 7))


@pytest.mark.parametrize(
    ("trust", "sales", "pay", "hit", "silent", "known"),
    [
        (0.0, 0.8103577402, 0.6977785196, 0.05199843282, 0.0, 0.94641041),
        (0.5, 0.8840631964, 0.8231452581, 0.1835781414, 0.3899382523, 0.9602009575),
    ],
)
def test_a_late_plan(trust: float, sales: float, pay: float, hit: float, silent: float, known: float) -> None:
    tau, share = 60 / UNIT, 19 / 31
    reps = read_on(LATE_PLAN, tau)
    assert reps.kappa[0] == pytest.approx(0.5294044813, abs=0.001)
    full = np.ones(7)
    outcome = play_late(paid(LATE_PLAN, 7), reps, tau * full, full / tau, silent=share, trust=trust)
    assert outcome.sales[0] == pytest.approx(sales, abs=0.001)
    assert outcome.expected_pay[0] == pytest.approx(pay, abs=0.002)
    assert outcome.hit[0] == pytest.approx(hit, abs=0.002)
    assert [float(part[0]) for part in silent_effort(outcome, share)] == pytest.approx([silent, known], abs=0.003)


def test_full_trust_is_a_plan_in_time_and_none_is_no_incentive() -> None:
    tau, share = 60 / UNIT, 0.5
    reps, full = read_on(LATE_PLAN, tau), np.ones(7)
    trusted = play_late(paid(LATE_PLAN, 7), reps, tau * full, full / tau, silent=share, trust=1.0)
    assert trusted.sales[0] == pytest.approx(under(LATE_PLAN, reps, tau, 1 / tau).sales[0], abs=1e-5)
    none = play_late(paid(LATE_PLAN, 7), reps, tau * full, full / tau, silent=share, trust=0.0)
    before, _ = late_steps(share)
    effort = none.landing.effort[: len(before)]
    assert effort == pytest.approx(np.zeros_like(effort), abs=1e-9)


RISING = {
    0.9: {
        "sales": (0.883031158, 0.8917376947, 0.9870578747),
        "target": (1.008022374, 1.028747634),
        "hit": (0.02526677655, 0.4020002103),
        "pay": 0.9456739056,
        "price": 0.6583771435,
    },
    0.0: {
        "sales": (1.0, 0.957039926, 0.9440417221),
        "target": (1.102267866, 1.141871385),
        "hit": (0.5263916447, 0.05400008497),
        "pay": 0.67397828,
        "price": 0.0,
    },
}


@pytest.mark.parametrize("foresight", RISING)
def test_a_target_that_rises_when_it_is_hit(foresight: float) -> None:
    reps, full, told = read_on(RATCHET_PLAN, TAU), np.ones(7), RISING[foresight]
    assert reps.kappa[0] == pytest.approx(0.6250737687, abs=0.001)
    found = play_rising_target(
        paid(RATCHET_PLAN, 7), reps, TAU * full, full / TAU, periods=8, growth=0.0, rise=0.1, foresight=foresight
    )
    assert found.sales[[0, 3, 7], 0] == pytest.approx(told["sales"], abs=0.001)
    assert found.target[[3, 7], 0] == pytest.approx(told["target"], abs=0.001)
    assert found.hit[[0, 7], 0] == pytest.approx(told["hit"], abs=0.002)
    assert found.pay[7, 0] == pytest.approx(told["pay"], abs=0.002)
    assert found.price_of_hitting[3] == pytest.approx(told["price"], abs=0.002)


def test_who_does_not_look_ahead_plays_the_period_alone() -> None:
    reps, full = read_on(RATCHET_PLAN, TAU), np.ones(7)
    found = play_rising_target(
        paid(RATCHET_PLAN, 7), reps, TAU * full, full / TAU, periods=2, growth=0.0, rise=0.1, foresight=0.0
    )
    assert found.sales[0, 0] == pytest.approx(under(RATCHET_PLAN, reps, TAU, 1 / TAU).sales[0], abs=1e-6)


def test_deals_that_are_pulled_in() -> None:
    reps = one_rep(kappa=0.4432682675)
    moving = Moving(pull_in=0.06, hold_back=0.0, loss=0.07, patience=0.97)
    second = play_moved_deals(paid(HALF_AND_BONUS), reps, 1.0, periods=3, moving=moving, widths=TWELVE)[1]
    assert second.booked[0] / second.booked.mean() == pytest.approx(0.9422868205, abs=0.004)
    assert second.booked[-1] / second.booked.mean() == pytest.approx(1.049437118, abs=0.004)
    assert second.earned == pytest.approx(0.9987671089, abs=0.002)
    assert second.hit == pytest.approx(0.7413858286, abs=0.004)
    assert second.moved == pytest.approx(0.004153085327, abs=0.001)


def test_no_deal_moves_on_a_line() -> None:
    moving = Moving(pull_in=0.06, hold_back=0.06, loss=0.07, decay=0.07, patience=0.97)
    periods = play_moved_deals(paid(line(1.0)), one_rep(), 1.0, periods=2, moving=moving, widths=TWELVE)
    assert periods[0].moved == pytest.approx(0.0, abs=1e-9)


def test_hours_go_where_an_hour_pays() -> None:
    rep = HoursRep(kept=0.7, response=1.3, kappa=0.3)
    split = split_hours([Task(line(0.2), 0.5), Task(line(0.8), 0.5)], rep)
    assert split.shares == pytest.approx([0.00974719031, 0.9902528097], abs=1e-5)
    assert split.effort.sum() == pytest.approx(0.9178318743, abs=1e-5)


def test_calls_starve_orders() -> None:
    rep = HoursRep(kept=0.7, response=1.3, kappa=0.357)

    def curve(weight: float) -> Curve:
        return Curve((0.0, 0.4, 1.0, 2.0), (0.0, 0.0, weight, 2.8 * weight), (0.0, weight / 0.6, 1.8 * weight, 0.0))

    calls, orders = Task(curve(0.7), 100 / 220, 1.01, 0.096), Task(curve(0.3), 120 / 220, 1.01, 0.096)
    split = split_hours([calls, orders], rep)
    assert split.effort == pytest.approx([1.251, 0.0375], abs=0.003)
    assert split.attainment == pytest.approx([1.322486628, 0.7535086272], abs=0.003)
    assert split.pay == pytest.approx(1.283095942, abs=0.001)
    only = split_hours([Task(line(0.0), 100 / 220, 1.01, 0.096), Task(curve(1.0), 120 / 220, 1.01, 0.096)], rep)
    assert only.attainment[1] == pytest.approx(1.345916759, abs=0.003)


def test_the_division_is_the_best_of_all() -> None:
    rng = np.random.default_rng(3)
    for _ in range(20):
        tables = [rng.random(9).cumsum() ** 0.7 for _ in range(3)]
        cost = np.linspace(0.0, 2.0, 9) ** 2
        ways = (way for way in itertools.product(range(9), repeat=3) if sum(way) < 9)
        best = max(sum(t[n] for t, n in zip(tables, way, strict=True)) - cost[sum(way)] for way in ways)
        chosen = best_division(tables, cost).astype(int)
        found = sum(t[n] for t, n in zip(tables, chosen, strict=True)) - cost[chosen.sum()]
        assert found == pytest.approx(best, abs=1e-12)
