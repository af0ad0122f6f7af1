"""A late plan: what is left of the period, and what the silent days cost."""

from statistics import NormalDist

import numpy as np
import pytest

from calc.diagnosis.checks.timing.late_plan import find_late_plan
from calc.plan.mechanics import Band
from calc.situation.calendar import Calendar
from calc.situation.team import Team
from tests.calc.diagnosis.checks.cases import case, deals, example, mends, only, severity, text

LINE = Band(floor=0.4, pays_at_floor=0.0, accelerator=1.8, ceiling=2.0)


def pay(places: np.ndarray) -> np.ndarray:
    below = np.clip((places - 0.4) / 0.6, 0, 1)
    paid: np.ndarray = 1000 * (below + 1.8 * np.clip(places - 1, 0, 1))
    return paid


def expected(mean: float, spread: float) -> float:
    """By plain quadrature, fine enough for the cent."""
    z = np.linspace(-9, 9, 2_000_001)
    density = np.exp(-z * z / 2) / np.sqrt(2 * np.pi)
    return float(np.sum(pay(mean + spread * z) * density) * (z[1] - z[0]))


def test_the_plan_of_may_that_comes_when_ten_days_are_left() -> None:
    bad = case(deals(curve=LINE), team=Team(mean=1.0, spread=0.12), calendar=Calendar(days=30, announced_day=21))
    finding = only(find_late_plan(bad))
    assert (finding.check, finding.severity, finding.kpi, finding.span) == ("late_plan", "alarm", "deals", None)
    assert finding.money == round(expected(1.0, 0.12) - expected(1 / 3, 0.12 / np.sqrt(3)), 2)
    assert text(finding.title) == "Leaves 10 of 30 days: the plan is known on day 21"
    floor = 1 - NormalDist(1 / 3, 0.12 / np.sqrt(3)).cdf(0.4)
    assert text(finding.says) == (
        "For 20 days nobody knows what is paid. deals then needs 3 times the normal daily rate to reach 100 deals. "
        f"If the silent days brought nothing, 0.0 % of the team still reach it, and {floor * 100:.1f} % the floor of "
        "40 deals."
    )
    assert mends(bad, find_late_plan, finding).preset.calendar == Calendar(days=30, announced_day=1)


@pytest.mark.parametrize(
    ("days", "announced", "found"),
    [
        pytest.param(30, 1, None, id="in time"),
        pytest.param(30, 2, None, id="the first working day of a month"),
        pytest.param(365, 15, None, id="two weeks of a year are practice"),
        pytest.param(365, 16, "warn", id="a day more"),
        pytest.param(30, 4, "warn", id="a tenth of the period"),
        pytest.param(30, 5, "alarm", id="more than a tenth"),
    ],
)
def test_both_sides_of_its_limits(days: float, announced: float, found: str | None) -> None:
    assert severity(find_late_plan(case(calendar=Calendar(days=days, announced_day=announced)))) == found


def test_without_a_team_the_normal_rate_is_taken() -> None:
    finding = only(find_late_plan(case(calendar=Calendar(days=30, announced_day=16))))
    assert finding.money == 500.00
    assert "If the silent days" not in text(finding.says)
    low = only(find_late_plan(case(deals(curve=LINE), calendar=Calendar(days=30, announced_day=21))))
    assert low.money == 1000.00  # a third of the target lies below the floor


def test_a_plan_that_pays_from_the_first_unit_has_no_floor_to_name() -> None:
    finding = only(find_late_plan(case(team=Team(), calendar=Calendar(days=30, announced_day=16))))
    assert text(finding.says).endswith("If the silent days brought nothing, 0.0 % of the team still reach it.")


def test_a_plan_that_comes_after_the_last_day() -> None:
    finding = only(find_late_plan(case(team=Team(), calendar=Calendar(days=30, announced_day=31))))
    assert "No day is left for deals to reach 100 deals." in text(finding.says)
    assert finding.money == pytest.approx(1000, abs=0.01)


def test_says_nothing_without_a_calendar() -> None:
    assert not list(find_late_plan(case(team=Team())))


def test_against_simulation_day_by_day() -> None:
    bad = case(deals(curve=LINE), team=Team(mean=1.05, spread=0.3), calendar=Calendar(days=20, announced_day=9))
    finding = only(find_late_plan(bad))
    n, rng = 200_000, np.random.default_rng(17)
    early, late = rng.normal(1.05 * 8 / 20, 0.3 * np.sqrt(8 / 20), n), rng.normal(1.05 * 0.6, 0.3 * np.sqrt(0.6), n)
    lost = pay(early + late) - pay(late)
    assert abs(lost.mean() - (finding.money or 0)) < 4 * lost.std() / np.sqrt(n) + 0.01


def test_the_late_plan_of_the_gallery() -> None:
    bad = example("late-plan")
    finding = only(find_late_plan(bad))
    assert text(finding.title) == "Leaves 12 of 31 days: the plan is known on day 20"
    assert "needs 2.583 times the normal daily rate to reach 60 deals" in text(finding.says)
    assert finding.money == round(1.5 * (expected(1.01, 0.12) - expected(1.01 * 12 / 31, 0.12 * np.sqrt(12 / 31))), 2)
    mends(bad, find_late_plan, finding)
