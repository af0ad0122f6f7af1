"""A target out of reach: how many of the team get there, in closed form, and what the target promises in vain."""

from statistics import NormalDist

import numpy as np
import pytest

from calc.diagnosis.checks.targets.target_out_of_reach import find_target_out_of_reach
from calc.plan.mechanics import Band
from calc.situation.team import Team
from tests.calc.diagnosis.checks.cases import case, deals, example, mends, only, severity, text


def test_names_the_share_the_best_and_the_money() -> None:
    finding = only(find_target_out_of_reach(case(team=Team(mean=0.9, spread=0.1))))
    assert (finding.check, finding.severity, finding.kpi) == ("target_out_of_reach", "alarm", "deals")
    assert finding.span == (1.0, None)
    assert finding.share == pytest.approx(NormalDist().cdf(1.0), abs=1e-9)
    assert finding.money == 100.00  # 1,000 at target, 0.9 of it on average
    assert text(finding.title) == "Asks for 100 deals: 15.9 % of the team get there"
    assert "one in ten gets to 102.816 deals" in text(finding.says)
    assert text(finding.do) == "Set a target that 50.0 % to 70.0 % of the team reach, as most plans do."


def test_the_cure_sets_a_round_target_that_six_in_ten_reach() -> None:
    bad = case(team=Team(mean=0.9, spread=0.1))
    after = mends(bad, find_target_out_of_reach, only(find_target_out_of_reach(bad)))
    assert after.plan.kpi("deals").target == 85  # between 90 - 0.2533 x 10 = 87.47 and what 70 % reach, 84.76
    landing = after.landing(after.plan.kpi("deals"))
    assert landing is not None
    assert (landing.mean * 85, landing.sd * 85) == pytest.approx((90, 10), abs=1e-6)


@pytest.mark.parametrize(
    ("mean", "found"),
    [
        pytest.param(1.2, None, id="most reach it"),
        pytest.param(1.0, None, id="half reach it, the least of most plans"),
        pytest.param(0.99999, "warn", id="a little less than half"),
        pytest.param(0.9476, "warn", id="30.01 %"),
        pytest.param(0.9475, "alarm", id="29.98 %"),
    ],
)
def test_both_sides_of_its_limits(mean: float, found: str | None) -> None:
    assert severity(find_target_out_of_reach(case(team=Team(mean=mean, spread=0.1)))) == found


def test_says_nothing_without_a_team_or_of_what_is_not_paid() -> None:
    assert not list(find_target_out_of_reach(case()))
    assert not list(
        find_target_out_of_reach(
            case(deals(), deals(id="calls", weight=0, curve=None, team_mean=0.5), team=Team(mean=1.1))
        )
    )


@pytest.mark.parametrize("shape", ["lognormal", "skewed"])
def test_share_and_money_against_simulation(shape: str) -> None:
    mean, spread, n = 0.8, 0.25, 400_000
    finding = only(
        find_target_out_of_reach(case(deals(curve=Band(floor=0.6)), team=Team(mean=mean, spread=spread, shape=shape)))
    )
    sigma = np.sqrt(np.log1p((spread / mean) ** 2)) if shape == "lognormal" else 0.340
    drawn = np.random.default_rng(11).lognormal(-(sigma**2) / 2, sigma, n)
    places = mean * drawn if shape == "lognormal" else mean + spread * (drawn - 1) / np.sqrt(np.expm1(sigma**2))
    missed = places < 1
    assert abs(missed.mean() - (finding.share or 0)) < 4 * missed.std() / np.sqrt(n)
    lost = 1000 - np.where(places < 0.6, 0, 1000 * places)
    assert abs(lost.mean() - (finding.money or 0)) < 4 * lost.std() / np.sqrt(n) + 0.01


def test_a_kpi_that_is_better_when_lower_is_eased_upwards() -> None:
    bad = case(deals(id="days", unit="days", target=10, better="lower"), team=Team(mean=0.8, spread=0.1))
    finding = only(find_target_out_of_reach(bad))  # 12 days on average, 1 up and down
    assert finding.share == pytest.approx(NormalDist().cdf(2.0), abs=1e-9)
    after = mends(bad, find_target_out_of_reach, finding)
    assert after.plan.kpi("days").target == 12.5  # 12 + 0.2533 and up; 70 % come in within 12.52


def test_a_team_that_does_not_scatter_has_no_target_for_six_in_ten() -> None:
    finding = only(find_target_out_of_reach(case(team=Team(mean=0.8, spread=0.0))))
    assert (finding.share, finding.money, finding.cure) == (1.0, 200.00, None)


def test_the_show_target_of_the_gallery() -> None:
    bad = example("show-target")
    finding = only(find_target_out_of_reach(bad))
    assert finding.share == pytest.approx(NormalDist().cdf(0.39 / 0.12), abs=1e-9)
    assert text(finding.title) == "Asks for 500000 USD: 0.1 % of the team get there"
    assert mends(bad, find_target_out_of_reach, finding).plan.kpi("revenue").target == 280_000
