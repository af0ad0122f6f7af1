"""A flat zone: found where more of the team stands in it than practice leaves there, with what it withholds."""

import math

import numpy as np
import pytest

from tests.calc.diagnosis.checks.situation import agrees, below, cured, found, kpi, normal_team, situation, the, words
from tests.curves import band_of


def capped(ceiling: float | None, accelerator: float = 1.0) -> dict[str, object]:
    table = {"kind": "band", "floor": 0.0, "accelerator": accelerator}
    return table if ceiling is None else {**table, "ceiling": ceiling}


def beyond(start: float, mean: float = 1.0, spread: float = 0.2) -> float:
    """E[(a - start)+] of a normal team, by the textbook."""
    z = (mean - start) / spread
    return (mean - start) * below(z, 0, 1) + spread * math.exp(-z * z / 2) / math.sqrt(2 * math.pi)


def test_a_ceiling_in_the_middle_of_the_team() -> None:
    one = the("flat_zone", situation(kpi(curve=capped(1.1))))
    assert (one.severity, one.kpi, one.span) == ("alarm", "deals", (1.1, None))
    assert one.share == pytest.approx(0.308538, abs=1e-6)
    assert one.money == round(1000 * beyond(1.1), 2) == 39.56
    assert agrees(one.money, 1000 * np.maximum(normal_team() - 1.1, 0), slack=0.005)


def test_what_it_withholds_goes_by_the_climb_just_below() -> None:
    one = the("flat_zone", situation(kpi(weight=0.5, curve=capped(1.1, 3.0)), kpi("other", 0.5)))
    assert one.money == round(500 * 3 * beyond(1.1), 2)


def test_a_lognormal_team() -> None:
    team = {"mean": 1.0, "spread": 0.4, "shape": "lognormal"}
    one = the("flat_zone", situation(kpi(curve=capped(1.5)), team=team))
    sigma = math.sqrt(math.log(1.16))
    people = np.exp(np.random.default_rng(7).normal(-sigma * sigma / 2, sigma, 400_000))
    assert agrees(one.share, people >= 1.5)
    assert agrees(one.money, 1000 * np.maximum(people - 1.5, 0), slack=0.005)


def test_a_level_stretch_on_the_way() -> None:
    points = {"kind": "points", "points": [[0, 0], [0.9, 0.9], [1.1, 0.9], [2, 3]], "above": "extend"}
    one = the("flat_zone", situation(kpi(curve=points)))
    assert (one.severity, one.span) == ("alarm", (0.9, 1.1))
    assert one.share == pytest.approx(0.382925, abs=1e-6)  # half a spread either way
    within = np.where((normal_team() >= 0.9) & (normal_team() < 1.1), normal_team() - 0.9, 0)
    assert agrees(one.money, 1000 * within, slack=0.005)
    assert one.cure is not None
    assert not found("flat_zone", one.cure.after)
    assert one.cure.after.plan.pay([100]) == 900.0  # at target as before


def test_between_two_steps_it_withholds_the_line_from_step_to_step() -> None:
    steps = {"kind": "steps", "steps": [[0.2, 0.5], [0.9, 0.8], [1.1, 1.2], [2.5, 3]]}
    flats = {f.span: f for f in found("flat_zone", situation(kpi(curve=steps)))}
    assert set(flats) == {(0.2, 0.9), (0.9, 1.1), (1.1, 2.5)}
    within = np.where((normal_team() >= 0.9) & (normal_team() < 1.1), normal_team() - 0.9, 0)
    assert agrees(flats[0.9, 1.1].money, 400 / 0.2 * within, slack=0.005)


def test_the_ceiling_of_the_whole_plan() -> None:
    sick = situation(kpi(curve=capped(None)), plan={"ceiling": 1.1})
    one = the("flat_zone", sick)
    assert one.span == (1.1, None)
    assert one.cure is not None
    assert one.cure.after.plan.ceiling is None


def test_a_guarantee_that_much_of_the_team_does_not_get_beyond() -> None:
    one = the("flat_zone", situation(kpi(curve=capped(None)), plan={"floor": 0.9}))
    assert (one.severity, one.span, one.money) == ("alarm", (0.0, 0.9), 0.0)
    assert "up to" in words(one)


@pytest.mark.parametrize(
    ("ceiling", "severity"),
    [(1.33, None), (1.329, None), (1.328, "warn"), (1.257, "warn"), (1.256, "alarm")],  # 5 % at 1.3290, 10 % at 1.2563
)
def test_both_sides_of_the_limits(ceiling: float, severity: str | None) -> None:
    assert [f.severity for f in found("flat_zone", situation(kpi(curve=capped(ceiling))))] == [severity] * bool(
        severity
    )


@pytest.mark.parametrize(("ceiling", "severity"), [(1.99, "warn"), (2.0, None), (None, None)])
def test_without_a_team_practice_says_what_a_low_ceiling_is(ceiling: float | None, severity: str | None) -> None:
    flat = found("flat_zone", situation(kpi(curve=capped(ceiling)), team=None))
    assert [f.severity for f in flat] == [severity] * bool(severity)
    assert all(f.money is None and f.share is None and f.cure is not None for f in flat)
    assert not [f for one in flat for f in found("flat_zone", cured(one))]


def test_silent_where_pay_goes_on_and_on_what_is_not_paid() -> None:
    assert not found("flat_zone", situation(kpi(), kpi("csat", 0)))


def test_the_ceiling_is_lifted_beyond_the_best_in_twenty() -> None:
    one = the("flat_zone", situation(kpi(curve=capped(1.1))))
    assert one.cure is not None
    assert band_of(one.cure.after.plan, "deals").ceiling == 1.35  # 1.329, up to a twentieth


def test_the_ceiling_is_taken_away_where_the_best_go_far() -> None:
    one = the("flat_zone", situation(kpi(curve=capped(2.0)), team={"mean": 2.45, "spread": 0.7}))
    assert one.cure is not None
    assert band_of(one.cure.after.plan, "deals").ceiling is None


def test_pay_that_ends_at_target_without_a_ceiling_is_led_on() -> None:
    one = the("flat_zone", situation(kpi(curve={"kind": "band", "floor": 0.5, "pays_at_floor": 0.0, "accelerator": 0})))
    assert one.span == (1.0, None)
    assert one.cure is not None
    assert band_of(one.cure.after.plan, "deals").accelerator == 2.0  # as steep as before target
    assert not found("flat_zone", one.cure.after)


def test_a_score() -> None:
    score = {"combine": "score", "curve": {"kind": "band", "ceiling": 1.05}}
    sick = situation(kpi(weight=0.5) | {"curve": None}, kpi("other", 0.5) | {"curve": None}, plan=score)
    flats = found("flat_zone", sick)
    assert [f.span for f in flats] == [(1.1, None), (1.1, None)]
    assert all(f.cure is not None and not found("flat_zone", f.cure.after) for f in flats)
