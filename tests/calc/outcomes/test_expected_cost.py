"""What a plan costs: against reps drawn by numpy, and rescaled to what it cost before."""

from statistics import NormalDist

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from calc.documents.planfile import Preset
from calc.outcomes.expected_cost import at_the_cost_of, cost_of_plan, rescale_plan
from calc.plan.conditions import Gate, Modifier
from calc.plan.kpi import Kpi
from calc.plan.mechanics import Band, Points, Tiers
from calc.plan.plan import Plan
from calc.situation.team import Team
from tests.calc.diagnosis.checks.cases import deals

N = 400_000


def test_by_hand() -> None:
    plan = Plan(target_incentive=1000, kpis=(deals(curve=Band(accelerator=2.0)),))
    still = cost_of_plan(plan, Team(size=7, mean=1.25, spread=0.0))
    assert (still.expected, still.at_target, still.size) == (1500.0, 1000.0, 7)


def test_without_a_team_a_typical_one_is_taken() -> None:
    plan = Plan(target_incentive=1000, kpis=(deals(),))
    assert cost_of_plan(plan, None).expected == pytest.approx(cost_of_plan(plan, Team(size=1)).expected)


@pytest.mark.parametrize(
    ("curve", "paid"),
    [
        pytest.param(Band(), lambda a: np.clip(a, 0, None), id="a straight line"),
        pytest.param(Band(floor=0.9), lambda a: np.where(a < 0.9, 0, a), id="a floor"),
        pytest.param(
            Band(floor=0.5, pays_at_floor=0.0, accelerator=2.0, ceiling=1.5),
            lambda a: np.clip((a - 0.5) / 0.5, 0, 1) + 2 * np.clip(a - 1, 0, 0.5),
            id="floor, accelerator, ceiling",
        ),
    ],
)
def test_expected_pay_against_simulation_and_closed_form(curve: Band, paid: "object") -> None:
    team, plan = Team(mean=1.05, spread=0.3), Plan(target_incentive=1000, kpis=(deals(curve=curve),))
    drawn = 1000 * paid(np.random.default_rng(53).normal(1.05, 0.3, N))  # type: ignore[operator]
    closed = 1000 * curve.curve().expect(team.landing(plan.kpis[0]))
    assert abs(drawn.mean() - closed) < 4 * drawn.std() / np.sqrt(N)
    assert cost_of_plan(plan, team).expected == pytest.approx(closed, rel=1e-12)


def test_kpis_that_pay_each_for_itself_are_exact_however_they_are_tied() -> None:
    kpis = deals(weight=0.6, curve=Band(floor=0.9)), deals(id="calls", weight=0.4, better="lower", curve=Band())
    plan = Plan(target_incentive=1000, kpis=kpis)
    for correlation in (0.0, 0.5, 1.0):
        team = Team(mean=1.05, spread=0.3, correlation=correlation, shape="lognormal")
        parts = (plan.worth[k.id] * k.curve.curve().expect(team.landing(k)) for k in kpis)  # type: ignore[union-attr]
        assert cost_of_plan(plan, team).expected == pytest.approx(sum(parts), rel=1e-12)


def test_what_hangs_on_one_kpi_is_exact_with_its_gate_and_the_plans_limits() -> None:
    """1000 from 90 deals on, less than which is limited to the guarantee of 100; by hand, from Phi(-0.5)."""
    gates = (Gate(kpi="deals", at_least=0.9, closes="plan"),)
    plan = Plan(target_incentive=1000, floor=0.1, ceiling=1.0, kpis=(deals(curve=Band(accelerator=0.0)),), gates=gates)
    below, team = NormalDist().cdf(-0.5), Team(mean=1.0, spread=0.2)
    partly = 1000 * (NormalDist().cdf(0.0) - below) - 200 * (NormalDist().pdf(0.0) - NormalDist().pdf(-0.5))
    assert cost_of_plan(plan, team).expected == pytest.approx(100 * below + partly + 1000 * 0.5, rel=1e-12)


@pytest.mark.parametrize("correlation", [0.0, 0.6])
def test_a_gate_and_a_modifier_against_simulation(correlation: float) -> None:
    kpis = deals(curve=Band(floor=0.8)), deals(id="csat", weight=0, team_mean=1.02, team_spread=0.05)
    gates = (Gate(kpi="csat", at_least=0.97, closes=("deals",), keeps=0.5),)
    modifiers = (Modifier(kpi="csat", multiplies="plan", curve=Points(points=((0.9, 0.8), (1.1, 1.2)), below="hold")),)
    plan = Plan(target_incentive=1000, kpis=kpis, gates=gates, modifiers=modifiers)
    z = np.random.default_rng(61).standard_normal((3, N))
    a, b = (np.sqrt(correlation) * z[0] + np.sqrt(1 - correlation) * z[i] for i in (1, 2))
    sold, liked = 1 + 0.25 * a, 1.02 + 0.05 * b
    drawn = np.where(sold < 0.8, 0, 1000 * sold) * np.where(liked < 0.97, 0.5, 1) * np.clip(2 * liked - 1, 0.8, 1.2)
    found = cost_of_plan(plan, Team(mean=1.0, spread=0.25, correlation=correlation)).expected
    assert abs(drawn.mean() - found) < 4 * drawn.std() / np.sqrt(N) + 0.3  # the lattice carries the bend alone


def test_expected_pay_of_two_kpis_under_a_ceiling_against_simulation() -> None:
    kpis = deals(weight=0.6, curve=Band(floor=0.8)), deals(id="calls", weight=0.4, curve=Band(accelerator=3.0))
    plan = Plan(target_incentive=1000, ceiling=1.2, kpis=kpis)
    rng = np.random.default_rng(59)
    a, b = rng.normal(1.0, 0.25, (2, N))
    drawn = np.clip(600 * np.where(a < 0.8, 0, a) + 400 * np.where(b < 1, np.clip(b, 0, None), 3 * b - 2), None, 1200)
    found = cost_of_plan(plan, Team(mean=1.0, spread=0.25)).expected
    assert abs(drawn.mean() - found) < 4 * drawn.std() / np.sqrt(N) + 0.3


def preset(plan: Plan) -> Preset:
    return Preset(plan=plan, team=Team(mean=0.9, spread=0.2))


@given(floor=st.floats(0, 0.9), accelerator=st.floats(0, 4), weight=st.floats(0.1, 0.9))
def test_a_changed_plan_at_the_same_cost(floor: float, accelerator: float, weight: float) -> None:
    pair = deals(weight=weight), deals(id="calls", weight=1 - weight)
    bent = (pair[0].changed(curve=Band(floor=floor, accelerator=accelerator)), pair[1])
    before, after = (preset(Plan(target_incentive=1000, floor=0.1, ceiling=2.0, kpis=kpis)) for kpis in (pair, bent))
    same = at_the_cost_of(before, after)
    assert cost_of_plan(same.plan, same.team).expected == pytest.approx(
        cost_of_plan(before.plan, before.team).expected, rel=2e-4
    )
    assert [k.curve for k in same.plan.kpis] == [k.curve for k in after.plan.kpis]


def test_commissions_are_rescaled_by_their_rates() -> None:
    commission = Kpi(id="sales", target=1000, curve=Tiers(tiers=((0, 0.05), (1000, 0.1)), apply="marginal"))
    plan = Plan(target_incentive=100, kpis=(commission, deals()))
    twice = rescale_plan(plan, 2.0)
    assert twice.target_incentive == 200
    assert twice.pay([[1500, 110]]) == pytest.approx(2 * plan.pay([[1500, 110]]))


def test_what_costs_nothing_is_left_as_it_is() -> None:
    nothing = preset(Plan(target_incentive=1000, kpis=(deals(curve=Band(floor=1.0)),))).changed(
        team=Team(mean=0.5, spread=0.0)
    )
    changed = nothing.changed(plan=nothing.plan.changed(kpis=(deals(),)))
    assert at_the_cost_of(nothing, changed) is changed
    assert at_the_cost_of(changed, nothing) is nothing
