"""Closed forms that hold for any rep, plan and grid, each with other numbers than the published ones."""

from dataclasses import replace

import numpy as np
import pytest

from calc.behaviour.effort.grid import make_grid
from calc.behaviour.effort.landing import land
from calc.behaviour.effort.late_plan import late_steps, play_late
from calc.behaviour.effort.moved_deals import Moving, play_moved_deals
from calc.behaviour.effort.outcome import Outcome, play
from calc.behaviour.effort.overshoot import TargetRule, play_overshoot
from calc.behaviour.effort.pay import PayRows
from calc.behaviour.effort.rep import CALIBRATIONS, Calibration, reps_as_teams, spread_abilities
from calc.behaviour.effort.rising_target import play_rising_target
from calc.behaviour.effort.solver import TWELVE, farthest_reach, solve
from calc.behaviour.effort.step import Precision
from calc.behaviour.effort.yardsticks import even_line, straight_commission
from calc.behaviour.hours import HoursRep, Task, split_hours
from calc.piecewise.curve import Curve
from calc.piecewise.normal import normal_share
from calc.piecewise.vectorized import Floats
from tests.calc.behaviour.reps import HALF_AND_BONUS, jump, line, one_rep, paid, under

HEADLINE = Curve.through([(0.8, 0.5), (1.0, 1.0), (1.5, 1.75)], below="zero")
RISING_LINE = Curve((0.0, 0.5, 1.0), (0.0, 0.0, 1.0), (0.0, 2.0, 3.0))
CHOICES = [(one.kept, one.response) for one in CALIBRATIONS]
answers = pytest.mark.parametrize(("kept", "response"), CHOICES, ids=[one.name for one in CALIBRATIONS])


@answers
@pytest.mark.parametrize("slope", [0.4, 1.0, 5.0])
def test_1_on_a_line_effort_is_the_same_at_every_step_and_state(kept: float, response: float, slope: float) -> None:
    reps = one_rep(1.1, kept=kept, response=response, kappa=0.25)
    wanted = min(2.5, (slope * 1.1 * (1.0 - kept) / 0.25) ** response)
    for effort in solve(paid(line(slope)), reps).effort:
        assert effort == pytest.approx(np.full_like(effort, wanted), abs=1e-9)


@answers
@pytest.mark.parametrize("aversion", [0.5, 4.0])
def test_2_risk_on_a_line_costs_half_its_variance(kept: float, response: float, aversion: float) -> None:
    reps = one_rep(0.9, kept=kept, response=response, kappa=0.35, risk_aversion=aversion)
    effort = (0.8 * 0.9 * (1.0 - kept) / 0.35) ** response
    cost = 0.35 * effort ** (1.0 + 1.0 / response) / (1.0 + 1.0 / response)
    wanted = 0.8 * 0.9 * (kept + (1.0 - kept) * effort) - cost - aversion * 0.8**2 * 0.2**2 / 2.0
    assert solve(paid(line(0.8)), reps).start_value[0] == pytest.approx(wanted, abs=1e-7)


@pytest.mark.parametrize(("aversion", "noise"), [(1.0, 0.3), (4.0, 0.2)])
def test_3_the_best_slope_under_risk(aversion: float, noise: float) -> None:
    reps = one_rep(response=1.0, noise=noise, risk_aversion=aversion)
    slopes = np.arange(0.5, 1.0, 0.001)
    rows = reps.taken(np.zeros(len(slopes), dtype=np.int64))
    certain = solve(PayRows.of_curves([line(m) for m in slopes]), rows).start_value
    sales = 0.7 + 0.3 * slopes
    best = slopes[np.argmax(sales - slopes * sales + certain)]
    assert best == pytest.approx(1.0 / (1.0 + aversion * noise**2 * 0.3 / 0.3**2), abs=2e-3)


@pytest.mark.parametrize(("plan", "near"), [(RISING_LINE, 1e-3), (HEADLINE, 5e-3)], ids=["bends", "jump"])
def test_4_where_cost_is_quadratic_effort_is_expected_to_be_the_same_in_every_step(plan: Curve, near: float) -> None:
    effort = under(plan, one_rep(response=1.0, kappa=0.4, max_effort=6.0)).effort_by_step[0]
    assert effort == pytest.approx(np.full(12, effort[0]), abs=near)


@answers
def test_5_a_larger_bonus_is_worth_the_chance_of_it(kept: float, response: float) -> None:
    reps = one_rep(kept=kept, response=response, kappa=0.4)
    more, less = (solve(paid(line(0.5) + jump(1.1, 0.4 + d)), reps).start_value[0] for d in (0.001, -0.001))
    hit = under(line(0.5) + jump(1.1, 0.4), reps, target=1.1).hit[0]
    assert (more - less) / 0.002 == pytest.approx(hit, abs=5e-4)


@pytest.mark.parametrize("cells", [2, 3, 5])
@pytest.mark.parametrize("last", [1, 2])
def test_6_the_start_is_worth_pay_less_the_cost_of_effort(cells: int, last: int) -> None:
    precision, reps = Precision(cells=cells, last=last), reps_as_teams(spread_abilities(0.3), noise=0.15)
    full = np.ones(reps.rows)
    outcome = play(paid(HEADLINE, reps.rows), reps, full, full, teams=3, precision=precision)
    assert outcome.policy.start_value == pytest.approx(outcome.net_by_rep, abs=1e-12)


@answers
def test_7_the_furthest_line_that_is_chased_where_there_is_no_luck(kept: float, response: float) -> None:
    effort = (1.0 * (1.0 + 1.0 / response) / 0.5) ** (response / (1.0 + response))
    furthest = kept + (1.0 - kept) * effort
    reps = one_rep(kept=kept, response=response, kappa=0.5, max_effort=6.0, noise=0.005)
    for at, chased in ((furthest - 0.03, True), (furthest + 0.03, False)):
        policy = solve(paid(jump(at, 1.0)), reps, widths=(0.25,) * 4)
        landing = land(policy, reps)
        hit = float((landing.mass * (1.0 - normal_share((at - landing.reached) / landing.spread))).sum())
        assert (hit > 0.99) == chased
        assert chased or landing.effort.max() < 1e-3


@pytest.mark.parametrize(("periods", "ratchet", "foresight"), [(2, 0.3, 0.9), (5, 0.5, 0.8)])
def test_8_a_target_that_follows_what_was_sold(periods: int, ratchet: float, foresight: float) -> None:
    found = play_overshoot(
        paid(line(1.0)),
        one_rep(response=1.0, max_effort=6.0),
        1.0,
        1.0,
        TargetRule(ratchet=ratchet, ease=ratchet),
        periods=periods,
        foresight=foresight,
        paid_at=lambda pay, target: replace(pay, level=-target),
    )
    ahead = [sum((foresight * (1.0 - ratchet)) ** j for j in range(periods - n - 1)) for n in range(periods)]
    wanted = [1.0 - foresight * ratchet * part for part in ahead]
    assert (found.sales[:, 0] - 0.7) / 0.3 == pytest.approx(wanted, abs=1e-6)


def test_9_hours_on_lines_go_by_weight_and_share_of_the_week() -> None:
    weights, shares = np.array([0.5, 0.3, 0.2]), np.array([0.3, 0.5, 0.2])
    rep = HoursRep(kept=0.82, response=2.1, kappa=0.2)
    split = split_hours([Task(line(w), p) for w, p in zip(weights, shares, strict=True)], rep)
    wanted = shares * (weights / shares) ** (1.0 / 0.3)
    assert split.shares == pytest.approx(wanted / wanted.sum(), abs=1e-3)


@pytest.mark.parametrize("aversion", [0.0, 2.0])
def test_10_another_currency_and_a_salary_change_no_effort(aversion: float) -> None:
    plain = solve(paid(HEADLINE), one_rep(risk_aversion=aversion))
    salaried = solve(paid(HEADLINE + 3.0), one_rep(risk_aversion=aversion))
    dear = solve(paid(HEADLINE * 7.0), one_rep(kappa=2.1, risk_aversion=aversion / 7.0))
    for other in (dear, salaried):
        gaps = [np.abs(a - b).max() for a, b in zip(plain.effort, other.effort, strict=True)]
        assert max(gaps) < 1e-9


def test_11_a_line_wastes_nothing() -> None:
    reps = reps_as_teams(spread_abilities(0.3), noise=0.2)
    full = np.ones(reps.rows)
    outcome = play(paid(line(0.7) + 0.2, reps.rows), reps, full, full, teams=3)
    assert outcome.waste_of_shape == pytest.approx(np.zeros(3), abs=1e-9)


def test_11_the_lines_of_the_same_pay() -> None:
    reps = reps_as_teams(spread_abilities(0.15), CALIBRATIONS[:1], noise=0.2).with_kappa(np.full(7, 0.5))
    even, commission = even_line(np.ones(1), np.full(1, 0.3), reps), straight_commission(np.ones(1), reps)
    found = (even.slope[0], even.intercept[0], even.sales[0], commission.slope[0], commission.sales[0])
    assert found == pytest.approx((1.690101198, -0.7138400692, 1.014045828, 1.128869702, 0.8858418279), abs=1e-6)


@answers
def test_12_the_steps_add_up_to_the_period(kept: float, response: float) -> None:
    """The mean of the chances after the last step is the sum of what the steps sell."""
    outcome = under(HEADLINE, one_rep(kept=kept, response=response, kappa=0.3))
    landing = outcome.landing
    ended = float((landing.mass * landing.reached).sum() / landing.mass.sum())
    assert ended == pytest.approx(outcome.sales[0], abs=1e-9)


@answers
def test_13_one_step_is_the_best_of_all_efforts(kept: float, response: float) -> None:
    reps, pay = one_rep(kept=kept, response=response, kappa=0.3), paid(HEADLINE)
    efforts = np.linspace(0.0, 2.5, 100_001)
    for start in (-0.3, 0.0, 0.2, 0.5):
        policy = solve(pay, reps, widths=(1.0,), start=start)
        worth = pay.expected((start + kept + (1.0 - kept) * efforts)[None], 0.2)[0] - reps.cost(efforts[None])[0]
        assert policy.effort[0][0, policy.grids[0].low] == pytest.approx(efforts[worth.argmax()], abs=1e-3)
        assert policy.start_value[0] == pytest.approx(worth.max(), abs=1e-6)


@pytest.mark.parametrize(("patience", "moves"), [(0.97, 0), (0.90, 1), (1.09, -1)])
def test_15_on_a_line_impatience_alone_moves_deals(patience: float, moves: int) -> None:
    """None moves while patience x 1.07 is at least 1, and patience x 0.93 at most 1."""
    moving = Moving(pull_in=0.06, hold_back=0.06, loss=0.07, decay=0.07, patience=patience)
    first = play_moved_deals(paid(line(1.0)), one_rep(), 1.0, periods=2, moving=moving, widths=(0.25,) * 4)[0]
    assert first.moved == pytest.approx(0.06 * moves, abs=1e-6)


PATHS = {
    "a floor with a jump": (HEADLINE, one_rep(kappa=0.4)),
    "a bonus, cautious": (HALF_AND_BONUS, one_rep(kept=0.82, response=2.1, kappa=0.2)),
    "a ceiling, quadratic": (RISING_LINE.clip(high=1.2), one_rep(1.2, kept=0.8, response=1.0, kappa=0.4, noise=0.1)),
}


@pytest.mark.parametrize("name", PATHS)
def test_16_a_million_paths_agree_within_three_standard_errors(name: str) -> None:
    curve, reps = PATHS[name]
    one = np.ones(1)
    outcome = play(paid(curve), reps, one, one, precision=Precision(cells=9, efforts=49))
    rng, count = np.random.default_rng(11), 1_000_000
    u, cost = np.zeros(count), np.zeros(count)
    for width, grid, policy in zip(outcome.policy.widths, outcome.policy.grids, outcome.policy.effort, strict=True):
        effort = np.interp(u, grid.nodes, policy[0])
        cost += width * reps.cost(effort[None])[0]
        u += width * reps.by_effort[0] * effort + reps.noise * width**0.5 * rng.standard_normal(count)
    sales = u + reps.without_effort[0]
    money = paid(curve).pay(sales[None])[0]
    pairs = ((sales, outcome.sales), (money, outcome.expected_pay), (cost, outcome.cost), (sales >= 1.0, outcome.hit))
    for paths, told in pairs:
        assert abs(paths.mean() - told[0]) < 3.0 * paths.std() / count**0.5


@answers
def test_17_full_trust_is_a_plan_in_time_and_none_leaves_what_comes_anyway(kept: float, response: float) -> None:
    reps, one = one_rep(kept=kept, response=response, kappa=0.4), np.ones(1)
    for silent in (0.25, 0.7):
        trusted = play_late(paid(HEADLINE), reps, one, one, silent=silent, trust=1.0)
        before, after = late_steps(silent)
        in_time = play(paid(HEADLINE), reps, one, one, widths=before + after)
        assert trusted.sales[0] == pytest.approx(in_time.sales[0], abs=1e-5)
        dark = play_late(paid(HEADLINE), reps, one, one, silent=silent, trust=0.0)
        assert dark.landing.effort[: len(before)] == pytest.approx(np.zeros((len(before), 1)), abs=1e-9)
        assert sum(before) * kept == pytest.approx(kept * silent)


@answers
def test_18_who_does_not_look_ahead_plays_the_first_period_alone(kept: float, response: float) -> None:
    reps, one = one_rep(kept=kept, response=response, kappa=0.4), np.ones(1)
    found = play_rising_target(paid(HEADLINE), reps, one, one, periods=3, growth=0.02, rise=0.1, foresight=0.0)
    assert found.sales[0, 0] == pytest.approx(under(HEADLINE, reps).sales[0], abs=1e-6)


def test_19_a_line_at_the_plain_rate_in_every_calibration() -> None:
    outcome = _on_a_line(CALIBRATIONS)
    for part in (outcome.given_up, outcome.coasting, outcome.sprinting):
        assert part.tolist() == [0.0, 0.0, 0.0]


def _on_a_line(calibrations: tuple[Calibration, ...]) -> Outcome:
    reps = reps_as_teams(spread_abilities(0.25), calibrations, noise=0.1)
    full = np.ones(reps.rows)
    rate: Floats = full * 1.6
    return play(paid(line(1.6), reps.rows), reps, full / 1.6, rate, teams=len(calibrations))


def test_a_grid_reaches_what_the_ablest_can_do() -> None:
    reps = one_rep(1.5)
    grid = make_grid(reps.noise, TWELVE, farthest_reach(reps), 3)
    assert grid.nodes[grid.low] == 0.0
    assert grid.nodes[-1] >= 1.5 * 0.3 * 2.5 + 5 * 0.2
