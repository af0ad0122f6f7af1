"""A rising target: how fast in a year, when the team falls behind, and what that costs."""

import numpy as np
import pytest

from calc.diagnosis.checks.targets.rising_target import find_rising_target
from calc.plan.mechanics import Band, Points, Tiers
from calc.situation.target_path import Path
from calc.situation.team import Team
from tests.calc.diagnosis.checks.cases import case, deals, example, mends, only, severity, text

TEAM = Team(mean=1.0, spread=0.1)


def test_a_tenth_a_quarter_is_46_percent_a_year() -> None:
    bad = case(team=TEAM, path=Path(growth_if_hit=0.1), period="quarter")
    finding = only(find_rising_target(bad))
    assert (finding.check, finding.severity, finding.kpi, finding.span) == ("rising_target", "alarm", "deals", None)
    assert finding.money == round(1000 - 1000 / 1.1**4, 2) == 316.99
    assert text(finding.title) == "Raises the target by 46.4 % a year"
    assert text(finding.says) == (
        "The target of deals rises by 10.0 % a quarter when it is hit: 46.4 % in a year. "
        "From period 2 on fewer than 50.0 % of the team reach it."
    )
    after = mends(bad, find_rising_target, finding)
    assert after.preset.path == Path(growth=0.0, growth_if_hit=0.0, ratchet=0.0)


@pytest.mark.parametrize(
    ("growth", "found"),
    [(0.04, None), (0.1999, None), (0.2, "warn"), (0.2999, "warn"), (0.3, "alarm"), (0.5, "alarm")],
    ids=str,
)
@pytest.mark.parametrize("term", ["growth", "growth_if_hit"])
def test_both_sides_of_its_limits(term: str, growth: float, found: str | None) -> None:
    path = Path(**{term: growth})
    assert severity(find_rising_target(case(path=path, period="year"))) == found
    monthly = Path(**{term: (1 + growth) ** (1 / 12) - 1})
    assert severity(find_rising_target(case(path=monthly, period="month"))) == found


def test_planned_growth_is_cured_to_what_is_normal() -> None:
    bad = case(team=TEAM, path=Path(growth=0.10), period="half-year")
    after = mends(bad, find_rising_target, only(find_rising_target(bad)))
    assert after.preset.path is not None
    assert after.preset.path.growth == 0.048  # 1.048 twice is 9.8 %


def test_share_that_misses_the_last_target_against_simulation() -> None:
    path, n = Path(growth=0.01, growth_if_hit=0.08, periods=6), 200_000
    finding = only(find_rising_target(case(team=Team(mean=1.1, spread=0.15), path=path, period="quarter")))
    rng, targets = np.random.default_rng(19), np.ones(n)
    for _ in range(5):
        hit = rng.normal(1.1, 0.15, n) >= targets
        targets *= np.where(hit, 1.09, 1.01)
    missed = rng.normal(1.1, 0.15, n) < targets
    assert abs(missed.mean() - (finding.share or 0)) < 4 * missed.std() / np.sqrt(n)


def test_money_against_simulation() -> None:
    line = Band(floor=0.5, pays_at_floor=0.0, accelerator=2.0, ceiling=1.5)
    finding = only(
        find_rising_target(
            case(deals(curve=line), team=Team(mean=1.1, spread=0.2), path=Path(growth=0.3), period="year")
        )
    )

    def pay(places: np.ndarray) -> np.ndarray:
        paid: np.ndarray = 1000 * (np.clip((places - 0.5) / 0.5, 0, 1) + 2 * np.clip(places - 1, 0, 0.5))
        return paid

    n = 400_000
    places = np.random.default_rng(23).normal(1.1, 0.2, n)
    lost = pay(places) - pay(places / 1.3)
    assert abs(lost.mean() - (finding.money or 0)) < 4 * lost.std() / np.sqrt(n) + 0.01


def test_overshoot_that_is_added_counts_by_the_teams_average() -> None:
    n, rng, targets = 200_000, np.random.default_rng(29), np.ones(200_000)
    path = Path(ratchet=1.0, periods=5)
    for _ in range(4):
        places = rng.normal(1.1, 0.2, n)
        targets *= np.where(places >= targets, places / targets, 1.0)
    rise = targets.mean() - 1
    finding = only(find_rising_target(case(team=Team(mean=1.1, spread=0.2), path=path, period="quarter")))
    assert finding.severity == ("alarm" if rise >= 0.3 else "warn")
    facts = dict(finding.title.facts)
    assert facts["rise"].part == pytest.approx(rise, abs=0.005)  # type: ignore[union-attr]
    assert text(finding.says).startswith("The target of deals rises by 100.0 % of what goes beyond it in a quarter: ")
    assert not list(
        find_rising_target(case(path=path, period="quarter"))
    )  # without a team there is no overshoot to see


def test_without_a_team_the_rise_alone_is_told() -> None:
    finding = only(find_rising_target(case(path=Path(growth_if_hit=0.1), period="quarter")))
    assert (finding.severity, finding.money, finding.share) == ("alarm", None, None)


@pytest.mark.parametrize(
    "kpi",
    [
        deals(weight=None, curve=Tiers(tiers=((0, 10),), apply="marginal")),
        deals(curve=Points(points=((0, 0), (100, 1)), of="result")),
    ],
    ids=["commission", "points of the result"],
)
def test_pay_by_result_loses_nothing_by_the_target(kpi: object) -> None:
    finding = only(find_rising_target(case(kpi, team=TEAM, path=Path(growth=0.5), period="year")))  # type: ignore[arg-type]
    assert finding.money is None


def test_says_nothing_without_a_path() -> None:
    assert not list(find_rising_target(case(team=TEAM)))


def test_the_ratchet_of_the_gallery() -> None:
    bad = example("ratchet")
    finding = only(find_rising_target(bad))
    assert text(finding.title) == "Raises the target by 46.4 % a year"
    assert "From period 2 on fewer than 50.0 % of the team reach it." in text(finding.says)
    # half of 1.1 to the sixth is 0.886, which 15 % of the team miss; half of 1.1 to the fifth is missed by 4 %
    assert "Whoever hits each time has 177156 EUR to reach in period 7, and fewer than 90.0 % its floor." in text(
        finding.says
    )
    mends(bad, find_rising_target, finding)
