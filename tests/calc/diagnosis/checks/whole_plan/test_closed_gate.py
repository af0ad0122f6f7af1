"""A closed gate: how often it is closed, and the pay that it takes."""

from statistics import NormalDist
from typing import Any

import numpy as np
import pytest

from calc.diagnosis.checks.whole_plan.closed_gate import find_closed_gate
from calc.diagnosis.context import Case
from calc.plan.conditions import Gate
from calc.plan.kpi import Kpi
from calc.plan.mechanics import Band
from calc.situation.team import Team, draw_team
from tests.calc.diagnosis.checks.cases import case, csat, deals, mends, only, severity, text

TEAM = Team(mean=1.0, spread=0.0)
"""Everybody is on target with deals; the gate's KPI scatters by itself."""


def gated(at_least: float | None = 0.95, measured: Kpi | None = None, team: Team | None = TEAM, **gate: Any) -> Case:
    measured = measured or csat(team_spread=0.05)
    terms = {"kpi": measured.id, "at_least": at_least, "closes": "plan"} | gate
    return case(deals(), measured, team=team, gates=(Gate(**terms),))


def test_names_how_often_and_what_it_takes() -> None:
    bad = gated()
    finding = only(find_closed_gate(bad))
    assert (finding.check, finding.severity, finding.kpi) == ("closed_gate", "warn", "csat")
    assert finding.span == (None, 0.95)
    assert finding.share == pytest.approx(NormalDist().cdf(-1.0), abs=1e-7)
    closed = int((draw_team(TEAM, bad.plan)[:, 1] < 76).sum())
    assert finding.money == round(1000 * closed / 4096, 2)  # whoever falls short loses all of 1,000
    assert finding.money == pytest.approx(1000 * NormalDist().cdf(-1.0), abs=1)
    assert text(finding.title) == "Closes the gate below 76 points: 15.9 % of the team"
    lost = f"{finding.money:,.2f}"
    assert text(finding.says) == (
        f"Below 76 points of csat, the pay is lost. 15.9 % of the team is there. It costs {lost} per rep."
    )


def test_the_cure_lowers_the_mark_to_where_nine_in_ten_pass() -> None:
    bad = gated()
    assert mends(bad, find_closed_gate, only(find_closed_gate(bad))).plan.gates[0].at_least == 0.92
    by_result = gated(None, at_least_result=76)
    assert mends(by_result, find_closed_gate, only(find_closed_gate(by_result))).plan.gates[0].at_least_result == 74


def test_a_mark_in_results_is_eased_upwards_where_lower_is_better() -> None:
    late = Kpi(id="late", kind="quality", unit="days", target=10, better="lower", weight=0, team_spread=0.1)
    bad = gated(None, late, at_least_result=10.5)
    finding = only(find_closed_gate(bad))
    assert (finding.span, finding.severity) == ((None, 0.95), "alarm")
    assert finding.share == pytest.approx(NormalDist().cdf(-0.5), abs=1e-7)
    assert (
        mends(bad, find_closed_gate, finding).plan.gates[0].at_least_result == 11.5
    )  # 10 + 1.2816 and up, 6.7 % short of it


@pytest.mark.parametrize(
    ("at_least", "found"),
    [
        pytest.param(0.5, None, id="hardly ever"),
        pytest.param(1 - 0.05 * 1.2816, None, id="9.999 %"),
        pytest.param(1 - 0.05 * 1.2815, "warn", id="10.001 %"),
        pytest.param(1 - 0.05 * 0.6745, "warn", id="24.9997 %"),
        pytest.param(1 - 0.05 * 0.6744, "alarm", id="25.003 %"),
    ],
)
def test_both_sides_of_its_limits(at_least: float, found: str | None) -> None:
    assert severity(find_closed_gate(gated(at_least))) == found


def test_at_the_mark_the_gate_is_open_or_closed_as_it_says() -> None:
    still = csat(team_spread=0.0)
    assert severity(find_closed_gate(gated(1.0, still))) is None
    shut = only(find_closed_gate(gated(1.0, still, reached="above")))
    assert (shut.severity, shut.share, shut.money) == ("alarm", 1.0, 1000.00)


def test_what_a_closed_gate_leaves_is_not_lost() -> None:
    whole, half = only(find_closed_gate(gated())).money, only(find_closed_gate(gated(keeps=0.5))).money
    assert half == pytest.approx((whole or 0) / 2, abs=0.0075)
    assert not list(find_closed_gate(gated(keeps=1.0)))
    assert not list(find_closed_gate(gated(limits_to=1.0)))  # nobody is above target
    assert only(find_closed_gate(gated(limits_to=0.75))).money == pytest.approx((whole or 0) / 4, abs=0.0075)


def test_says_what_is_left_of_which_pay() -> None:
    half = text(only(find_closed_gate(gated(keeps=0.5, closes=("deals",)))).says)
    assert half.startswith(
        "Below 76 points of csat, a rep keeps 50.0 % of the pay for deals. 15.9 % of the team is there."
    )
    limit = text(only(find_closed_gate(gated(limits_to=0.75))).says)
    assert limit.startswith("Below 76 points of csat, the pay is limited to 75.0 % of its target incentive.")


def test_without_a_team_it_is_told_what_falling_just_short_costs() -> None:
    bad = gated(team=None)
    finding = only(find_closed_gate(bad))
    assert (finding.severity, finding.share, finding.money, finding.span) == ("warn", None, 1000.00, (None, 0.95))
    assert text(finding.says) == "Below 76 points of csat, the pay is lost. Just short of it costs 1,000.00."
    assert mends(bad, find_closed_gate, finding).plan.gates[0].keeps == 0.9
    assert not list(find_closed_gate(gated(team=None, keeps=0.9)))
    assert only(find_closed_gate(gated(team=None, keeps=0.8))).severity == "note"
    assert only(find_closed_gate(gated(team=None, closes=("deals",)))).severity == "warn"


OWED = {"kind": "points", "points": [[0, -1], [0.5, -0.5], [1, 1]]}


@pytest.mark.parametrize(
    ("mark", "lost"),
    [
        pytest.param({"at_least": 0.5}, None, id="it keeps out who would owe 500"),
        pytest.param({"at_least": 0.9}, 700.00, id="it keeps out who would earn 700"),
        pytest.param({"at_most": 0.5}, None, id="from above, it keeps out who would owe 500"),
        pytest.param({"at_most": 0.9}, 700.00, id="from above, it keeps out who would earn 700"),
    ],
)
def test_a_gate_that_spares_a_rep_what_would_be_owed_costs_nothing(mark: dict[str, float], lost: float | None) -> None:
    gate = Gate(kpi="deals", closes="plan", **mark)
    found = list(find_closed_gate(case(deals(curve=OWED), team=None, gates=(gate,), pay_below_zero=True)))
    assert [finding.money for finding in found] == ([] if lost is None else [lost])


def test_against_simulation() -> None:
    team, n = Team(mean=1.1, spread=0.2, correlation=0.0), 400_000
    bad = case(
        deals(curve=Band(floor=0.5, accelerator=2)),
        csat(team_mean=1.0, team_spread=0.08),
        team=team,
        gates=(Gate(kpi="csat", at_least=0.95, closes=("deals",), keeps=0.25),),
    )
    finding = only(find_closed_gate(bad))
    rng = np.random.default_rng(13)
    sold, closed = rng.normal(1.1, 0.2, n), rng.normal(1.0, 0.08, n) < 0.95
    lost = np.where(sold < 0.5, 0, np.where(sold < 1, sold, 2 * sold - 1)) * 1000 * 0.75 * closed
    assert abs(closed.mean() - (finding.share or 0)) < 4 * closed.std() / np.sqrt(n)
    assert abs(lost.mean() - (finding.money or 0)) < 4 * lost.std() / np.sqrt(n) + 1.0  # and the lattice's own error


def test_of_whole_units_the_last_that_is_paid_is_lost() -> None:
    """Ten are on target and pay 1,000; nine would be better, and close the gate: 1,000 are lost, and not 1,050."""
    kpi = Kpi(id="deals", target=10, better="lower", counted=True, weight=1, curve=Band())
    found = list(find_closed_gate(case(kpi, team=None, gates=(Gate(kpi="deals", at_most=1.05, closes="plan"),))))
    plan = case(kpi, team=None, gates=(Gate(kpi="deals", at_most=1.05, closes="plan"),)).plan
    assert [finding.money for finding in found] == [float(plan.pay([10])) - float(plan.pay([9]))] == [1000.0]
