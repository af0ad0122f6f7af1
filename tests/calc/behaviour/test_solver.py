"""The solver against closed forms, published facts and chance itself."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from calc.behaviour.axis import read_axis
from calc.behaviour.effort.calibrate import find_kappa
from calc.behaviour.effort.grid import MAX_NODES, make_grid
from calc.behaviour.effort.landing import land
from calc.behaviour.effort.outcome import play
from calc.behaviour.effort.rep import CALIBRATIONS, Reps, calibrations_of, reps_as_teams, spread_abilities
from calc.behaviour.effort.solver import TWELVE, farthest_reach, solve
from calc.behaviour.effort.step import DEFAULT, Precision
from calc.documents.planfile import load_preset
from calc.piecewise.curve import Curve
from calc.piecewise.normal import normal_share
from calc.situation.behaviour import Behaviour
from tests.calc.behaviour.reps import HALF_AND_BONUS, jump, line, one_rep, paid, under
from tests.strategies import examples

HEADLINE = Curve.through([(0.8, 0.5), (1.0, 1.0), (1.5, 1.75)], below="zero")
"""Nothing below 80 %, half there, straight to 1, one and a half times as steep up to 150 %."""


def test_the_share_below_is_that_of_the_error_function() -> None:
    z = np.linspace(-10.0, 10.0, 4001)
    exact = np.array([0.5 * math.erfc(-x / math.sqrt(2.0)) for x in z])
    assert np.abs(normal_share(z) - exact).max() < 1e-11


def test_a_line_is_answered_with_one_effort() -> None:
    reps = one_rep(1.25)
    policy = solve(paid(line(1.0)), reps)
    assert all(np.abs(effort - 1.33654325).max() < 1e-6 for effort in policy.effort)
    outcome = under(line(1.0), reps)
    assert outcome.sales[0] == pytest.approx(1.376203719, abs=1e-6)
    assert outcome.cost[0] == pytest.approx(0.2832890584, abs=1e-6)


@pytest.mark.parametrize(("aversion", "value"), [(1.0, 0.7161649292), (3.0, 0.6837649292)])
def test_risk_on_a_line_costs_half_the_variance(aversion: float, value: float) -> None:
    reps = one_rep(risk_aversion=aversion)
    assert solve(paid(line(0.9)), reps).start_value[0] == pytest.approx(value, abs=1e-6)


def test_the_best_slope_under_risk() -> None:
    reps = one_rep(response=1.0, noise=0.3, risk_aversion=2.0)

    def worth(slope: float) -> float:
        effort = slope * 0.3 / 0.3
        salary_free = solve(paid(line(slope)), reps).start_value[0]
        return 0.7 + 0.3 * effort - slope * (0.7 + 0.3 * effort) + float(salary_free)

    slopes = np.linspace(0.55, 0.70, 151)
    assert slopes[np.argmax([worth(s) for s in slopes])] == pytest.approx(0.625, abs=0.002)


def test_effort_is_the_same_in_every_step_where_cost_is_quadratic() -> None:
    outcome = under(jump(1.0, 0.5), one_rep(response=1.0, max_effort=6.0))
    assert outcome.effort_by_step[0, 0] == pytest.approx(0.9318557922, abs=0.001)
    assert outcome.effort_by_step[0] == pytest.approx(np.full(12, 0.9318557922), abs=0.005)
    assert outcome.hit[0] == pytest.approx(0.633782301, abs=0.0005)


def test_a_larger_bonus_is_worth_the_chance_of_it() -> None:
    reps = one_rep()
    more, less = (solve(paid(jump(1.0, 0.6 + d)), reps).start_value[0] for d in (0.001, -0.001))
    outcome = under(jump(1.0, 0.6), reps)
    assert (more - less) / 0.002 == pytest.approx(0.7702063654, abs=5e-4)
    assert outcome.hit[0] == pytest.approx(0.7702091917, abs=5e-4)
    assert outcome.policy.start_value[0] == pytest.approx(0.2044247872, abs=1e-4)
    assert outcome.net[0] == pytest.approx(0.2044247872, abs=1e-4)


bends = st.lists(st.tuples(st.floats(0.2, 2.0), st.floats(-0.5, 1.0), st.floats(0.0, 3.0)), min_size=1, max_size=5).map(
    sorted
)


@examples(25)
@given(bends, st.sampled_from([2, 3]), st.booleans(), st.sampled_from([1.3, 2.1, 1.0]))
def test_what_the_start_is_worth_is_pay_less_the_cost_of_effort(
    breaks: list[tuple[float, float, float]], cells: int, refine: bool, response: float
) -> None:
    curve = Curve((0.0, *(b[0] for b in breaks)), (0.0, *(b[1] for b in breaks)), (0.0, *(b[2] for b in breaks)))
    reps = one_rep(response=response)
    precision = Precision(cells=cells, refine=refine)
    policy = solve(paid(curve), reps, precision=precision)
    landing = land(policy, reps, precision)
    pay = (landing.mass * paid(curve).expected(landing.reached, landing.spread)).sum()
    assert policy.start_value[0] == pytest.approx(pay - landing.cost[0], abs=1e-11)


def test_the_furthest_line_that_is_chased() -> None:
    effort = (1.0 * (1 + 1 / 1.3) / 0.6) ** (1.3 / 2.3)
    furthest = 0.7 + 0.3 * effort
    assert (effort, furthest) == (pytest.approx(1.842658569), pytest.approx(1.252797571))
    reps = one_rep(kappa=0.6, max_effort=6.0, noise=0.005)
    for at, chance in ((furthest - 0.03, 0.99), (furthest + 0.03, 0.0)):
        policy = solve(paid(jump(at, 1.0)), reps, widths=(0.25,) * 4)
        landing = land(policy, reps)
        hit = float((landing.mass * (1.0 - normal_share((at - landing.reached) / landing.spread))).sum())
        assert (hit > 0.99) if chance else (landing.effort.max() < 1e-3 and hit < 0.01)


def test_one_step_is_the_closed_form() -> None:
    policy = solve(paid(jump(1.0, 1.0)), one_rep(), widths=(1.0,), start=-0.2)
    assert policy.effort[0][0, policy.grids[0].low] == pytest.approx(2.02777625, abs=0.001)
    assert policy.start_value[0] == pytest.approx(0.1136965083, abs=1e-6)


def test_expected_and_certain_pay_of_the_headline_plan() -> None:
    mean = np.array([[0.93]])
    assert paid(HEADLINE).expected(mean, 0.12)[0, 0] == pytest.approx(0.7558133503, abs=1e-8)
    assert paid(HEADLINE).certain(mean, 0.12, 2.0)[0, 0] == pytest.approx(0.6011113444, abs=1e-8)


@pytest.mark.parametrize(("at", "effort"), [(0.5, 0.9850546488), (0.9, 0.2463401102), (1.2, 0.004527416263)])
def test_a_floor_out_of_reach_ends_effort(at: float, effort: float) -> None:
    outcome = under(Curve((0.0, at), (0.0, 0.0), (0.0, 1.0)), one_rep())
    assert outcome.effort[0] == pytest.approx(effort, abs=0.001)


@pytest.mark.parametrize(
    ("at", "effort", "sales", "near"),
    [
        (0.9, 1.46974702, 1.140924106, 0.002),
        (1.3, 2.178472438, 1.353541731, 0.002),
        (1.6, 0.03454879908, 0.7103646397, 0.004),
    ],
)
def test_a_cliff_raises_effort_and_then_ends_it(at: float, effort: float, sales: float, near: float) -> None:
    outcome = under(Curve((0.0, at), (0.0, at), (0.0, 1.0)), one_rep())
    assert (outcome.effort[0], outcome.sales[0]) == (pytest.approx(effort, abs=near), pytest.approx(sales, abs=near))


@pytest.mark.parametrize(
    ("ceiling", "ability", "effort", "sales"),
    [
        (1.5, 1.0, 1.014138467, 1.00424154),
        (1.5, 1.3, 1.13724893, 1.353527083),
        (1.1, 1.0, 0.8202938153, 0.94608814),
        (1.1, 1.3, 0.5320352464, 1.117493746),
    ],
)
def test_a_ceiling_slows_the_able(ceiling: float, ability: float, effort: float, sales: float) -> None:
    curve = Curve((0.0, 0.5, ceiling), (0.0, 0.5, ceiling), (0.0, 1.0, 0.0))
    outcome = under(curve, one_rep(ability))
    assert outcome.effort[0] == pytest.approx(effort, abs=0.001)
    assert outcome.sales[0] == pytest.approx(sales, abs=0.001)


def test_results_bunch_above_a_bonus() -> None:
    reps = one_rep()
    reading = find_kappa(paid(HALF_AND_BONUS), reps, 1.0, 1)
    assert reading.kappa[0] == pytest.approx(0.4432682675, abs=0.001)
    outcome = under(HALF_AND_BONUS, reps.with_kappa(reading.kappa))
    below, above = outcome.histogram(np.array([0.95, 1.0, 1.05]))[0]
    assert (above, below) == (pytest.approx(0.122929476, abs=0.001), pytest.approx(0.07113462112, abs=0.001))
    assert outcome.hit[0] == pytest.approx(0.6425516484, abs=0.001)
    assert outcome.expected_pay[0] == pytest.approx(0.8212955335, abs=0.001)


def test_a_rush_at_the_end_needs_impatience() -> None:
    reps = one_rep(patience=0.97)
    reading = find_kappa(paid(HALF_AND_BONUS), reps, 1.0, 1)
    assert reading.kappa[0] == pytest.approx(0.3626484526, abs=0.001)
    outcome = under(HALF_AND_BONUS, reps.with_kappa(reading.kappa))
    first, eleventh, last = outcome.effort_by_step[0, [0, 10, 11]] / outcome.effort[0]
    assert first == pytest.approx(0.7919473504, abs=0.002)
    assert eleventh == pytest.approx(1.217336265, abs=0.003)
    assert last == pytest.approx(1.119628021, abs=0.004)


@pytest.mark.parametrize(("aversion", "sales"), [(0.0, 1.033), (2.0, 1.052685504), (4.0, 1.010)])
def test_risk_aversion_is_not_monotone_near_a_jump(aversion: float, sales: float) -> None:
    outcome = under(HEADLINE, one_rep(kappa=0.564, risk_aversion=aversion))
    assert outcome.sales[0] == pytest.approx(sales, abs=0.0005)
    if aversion == 2.0:
        assert outcome.expected_pay[0] == pytest.approx(1.03621661, abs=0.001)
        assert outcome.policy.start_value[0] == pytest.approx(0.396115058, abs=0.0002)


@pytest.mark.parametrize(
    ("variation", "kappa", "change", "waste"),
    [(0.1, 0.4908883881, -0.1716572569, 0.04430438226), (0.4, 0.1588660904, 0.1410587768, 0.1570313136)],
)
def test_all_or_nothing_sells_more_among_people_who_are_alike(
    variation: float, kappa: float, change: float, waste: float
) -> None:
    reps = reps_as_teams(spread_abilities(variation, 15), CALIBRATIONS[:1], noise=0.2)
    reading = find_kappa(paid(jump(1.0, 1.0), 15), reps, 1.0, 1)
    found = np.exp(_root_of_sales(reps)) if reading.on_line[0] else reading.kappa[0]
    assert found == pytest.approx(kappa, abs=0.002)
    outcome = under(jump(1.0, 1.0), reps.with_kappa(np.full(15, found)))
    assert outcome.commission.sales[0] / outcome.sales[0] - 1.0 == pytest.approx(change, abs=0.003)
    assert outcome.waste_of_shape[0] == pytest.approx(waste, abs=0.002)


def _root_of_sales(reps: Reps) -> float:
    """The logarithm of the cost of effort at which the bonus plan sells 1, by halving."""
    low, high = math.log(0.02), math.log(3.0)
    for _ in range(40):
        middle = 0.5 * (low + high)
        batch = reps.with_kappa(np.full(reps.rows, math.exp(middle)))
        low, high = (middle, high) if under(jump(1.0, 1.0), batch).sales[0] > 1.0 else (low, middle)
    return low


def test_a_million_paths_agree() -> None:
    reps = one_rep(kappa=0.4)
    curve = HEADLINE
    outcome = under(curve, reps)
    policy, rng = outcome.policy, np.random.default_rng(7)
    u, cost = np.zeros(1_000_000), np.zeros(1_000_000)
    for width, grid, effort in zip(policy.widths, policy.grids, policy.effort, strict=True):
        e = np.interp(u, grid.nodes, effort[0])
        cost += width * reps.kappa[0] * e ** (1 + 1 / 1.3) / (1 + 1 / 1.3)
        u += width * 0.3 * e + 0.2 * math.sqrt(width) * rng.standard_normal(len(u))
    sales = u + 0.7
    pay = paid(curve).pay(sales[None])[0]
    for found, told in ((sales, outcome.sales[0]), (pay, outcome.expected_pay[0]), (cost, outcome.cost[0])):
        assert abs(found.mean() - told) < 3 * found.std() / 1000 + 2e-4


def test_the_same_policy_in_another_currency_and_with_a_salary() -> None:
    plain = solve(paid(HEADLINE), one_rep())
    dear = solve(paid(HEADLINE * 7.0), one_rep(kappa=2.1))
    salaried = solve(paid(HEADLINE + 3.0), one_rep())
    for other in (dear, salaried):
        assert all(np.allclose(a, b, atol=1e-7) for a, b in zip(plain.effort, other.effort, strict=True))


def test_no_plan_no_effort() -> None:
    outcome = under(Curve.constant(0.0), one_rep(1.2))
    assert outcome.effort[0] == pytest.approx(0.0, abs=1e-9)
    assert outcome.sales[0] == pytest.approx(0.84, abs=1e-9)
    far = under(Curve((0.0, 50.0), (0.0, 50.0), (1.0, 0.0)), one_rep())
    assert far.sales[0] == pytest.approx(under(line(1.0), one_rep()).sales[0], abs=1e-9)


def test_who_is_abler_is_better_off() -> None:
    reps = reps_as_teams(spread_abilities(0.3), noise=0.2)
    values = under(HEADLINE, reps).policy.start_value.reshape(3, 7)
    assert (np.diff(values, axis=1) > 0).all()


def test_a_line_at_the_plain_rate_is_neither_given_up_nor_coasted_nor_sprinted() -> None:
    reps = reps_as_teams(spread_abilities(0.15), noise=0.2)
    full = np.ones(reps.rows)
    outcome = play(paid(line(1.0), reps.rows), reps, full, full, teams=3)
    for part in (outcome.given_up, outcome.coasting, outcome.sprinting):
        assert part == pytest.approx(np.zeros(3), abs=1e-12)


@examples(15)
@given(bends, st.sampled_from([1.0, 0.97]), st.sampled_from([0.0, 1.5]), st.sampled_from([1.5, 2.5]))
def test_no_shape_beats_the_even_line(
    breaks: list[tuple[float, float, float]], patience: float, aversion: float, limit: float
) -> None:
    curve = Curve((0.0, *(b[0] for b in breaks)), (0.0, *(b[1] for b in breaks)), (0.0, *(b[2] for b in breaks)))
    reps = reps_as_teams(spread_abilities(0.2), noise=0.2, patience=patience, risk_aversion=aversion, max_effort=limit)
    full = np.ones(reps.rows)
    outcome = play(paid(curve, reps.rows), reps, full, full, teams=3)
    assert (outcome.waste_of_shape >= -1e-9).all()


def test_twelve_steps_are_a_period() -> None:
    assert sum(TWELVE) == pytest.approx(1.0)


@pytest.mark.parametrize(
    ("noise", "steps", "types", "most"), [(1e-6, 12, 7, 2.5), (1e-6, 60, 7, 2.5), (0.01, 60, 50, 10)]
)
def test_a_grid_is_bounded_whatever_people_are_like(noise: float, steps: int, types: int, most: float) -> None:
    """A team whose people hardly differ: without a bound the grid takes minutes and gigabytes."""
    behaviour = Behaviour(noise=noise, steps=steps, types=types, max_effort=most)
    axis = read_axis(load_preset("unreachable-floor").changed(behaviour=behaviour))
    abilities = spread_abilities(axis.ability_spread, types)
    reps = reps_as_teams(abilities, calibrations_of(behaviour), noise=axis.noise, max_effort=most)
    assert make_grid(reps.noise, axis.widths, farthest_reach(reps), DEFAULT.cells).count <= MAX_NODES + 2
