"""A target too easy: how many of the team pass it, and what they are expected to earn beyond it."""

from statistics import NormalDist

import pytest

from calc.diagnosis.checks.targets.target_too_easy import find_target_too_easy
from calc.situation.team import Team
from tests.calc.diagnosis.checks.cases import case, deals, example, mends, only, severity, text


def test_names_the_share_and_the_money() -> None:
    finding = only(find_target_too_easy(case(team=Team(mean=1.5, spread=0.25))))
    assert (finding.check, finding.severity, finding.kpi) == ("target_too_easy", "alarm", "deals")
    assert finding.span == (1.0, None)
    assert finding.share == pytest.approx(NormalDist().cdf(2.0), abs=1e-9)
    assert finding.money == 500.00
    assert text(finding.title) == "Asks for 100 deals: 97.7 % of the team reach it"
    assert "the average is 150 deals" in text(finding.says)


def test_the_cure_raises_the_target() -> None:
    bad = case(team=Team(mean=1.5, spread=0.25))
    assert (
        mends(bad, find_target_too_easy, only(find_target_too_easy(bad))).plan.kpi("deals").target == 140
    )  # 150 - 0.2533 x 25 = 143.67 and down


@pytest.mark.parametrize(
    ("mean", "found"),
    [
        pytest.param(1.05, None, id="most"),
        pytest.param(1.08416, None, id="79.999 %"),
        pytest.param(1.08417, "warn", id="80.002 %"),
        pytest.param(1.12815, "warn", id="89.999 %"),
        pytest.param(1.12816, "alarm", id="90.001 %"),
    ],
)
def test_both_sides_of_its_limits(mean: float, found: str | None) -> None:
    assert severity(find_target_too_easy(case(team=Team(mean=mean, spread=0.1)))) == found


def test_says_nothing_without_a_team_or_of_what_is_not_paid() -> None:
    assert not list(find_target_too_easy(case()))
    assert not list(
        find_target_too_easy(case(deals(), deals(id="calls", weight=0, curve=None, team_mean=3.0), team=Team()))
    )


def test_the_low_ceiling_of_the_gallery() -> None:
    bad = example("low-ceiling")
    finding = only(find_target_too_easy(bad))
    assert finding.share == pytest.approx(NormalDist().cdf(1.45 / 0.70), abs=1e-9)
    assert finding.money == round(bad.cost.expected - 100, 2) == 90.48  # with what customer satisfaction multiplies
    assert mends(bad, find_target_too_easy, finding).plan.kpi("deals").target == 220
