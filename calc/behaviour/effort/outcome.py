"""What a team does under a plan: sales, pay, effort, who gives up, coasts or sprints, and what the shape wastes.

Everything is an expectation over abilities and luck, a number for each team of a batch (a team is one calibration of
one plan). Sales are in today's mean result, money in target incentives; net is pay less the cost of effort.

Whether a rep gives up or coasts is told by money and not by effort: the worth of the next sale is small below a
quarter of the plain rate, large from twice the plain rate on; the plain rate is what a sale pays where every sale up
to target is paid alike. Small and with most of the pay in the bag is coasting, small without it is giving up.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from calc.behaviour.effort.grid import Grid
from calc.behaviour.effort.landing import Landing, land
from calc.behaviour.effort.pay import PayRows
from calc.behaviour.effort.rep import Reps
from calc.behaviour.effort.solver import TWELVE, Policy, solve
from calc.behaviour.effort.step import DEFAULT, Precision
from calc.behaviour.effort.yardsticks import Line, even_line, straight_commission, without_incentive
from calc.piecewise.normal import normal_share
from calc.piecewise.vectorized import Floats

SMALL, LARGE = 0.25, 2.0
"""Shares of the plain rate below which the next sale is worth little, and from which on it is worth much."""
BAG_DUST = 1e-9
GRID_ERRORS: Mapping[str, float] = {
    "sales": 5e-4,
    "expected_pay": 1e-3,
    "net": 1e-4,
    "effort": 1e-3,
    "hit": 5e-4,
    "given_up": 2e-3,
    "coasting": 2e-3,
    "sprinting": 5e-3,
    "waste_of_shape": 1e-4,
}
"""By how much a figure moves at most where the grid is halved, for the plans that are shipped."""


@dataclass(frozen=True)
class Outcome:
    """A batch of teams under their plans. Rows are the reps of the first team, then of the next.

    Args:
        pay: the plans, a row for each rep.
        reps: the batch.
        target: (rows,) the target [sales].
        plain_rate: (rows,) what a sale pays where every sale up to target is paid alike.
        teams: how many there are.
    """

    pay: PayRows
    reps: Reps
    target: Floats
    plain_rate: Floats
    teams: int
    policy: Policy
    landing: Landing
    precision: Precision = DEFAULT
    start: float = 0.0

    @cached_property
    def sales_by_rep(self) -> Floats:
        """(rows,) expected sales."""
        effort = np.array(self.policy.widths) @ self.landing.effort
        whole = sum(self.policy.widths)
        return np.asarray(self.start + whole * self.reps.without_effort + self.reps.by_effort * effort)

    @cached_property
    def pay_by_rep(self) -> Floats:
        """(rows,) expected pay."""
        landing = self.landing
        return np.asarray((landing.mass * self.pay.expected(landing.reached, landing.spread)).sum(axis=1))

    @cached_property
    def hit_by_rep(self) -> Floats:
        """(rows,) the chance of the target."""
        return 1.0 - self.share_below(self.target)

    def share_below(self, sales: Floats) -> Floats:
        """(rows,) the chance to end below these sales (rows,)."""
        landing = self.landing
        short = normal_share((np.asarray(sales)[:, None] - landing.reached) / landing.spread)
        return np.asarray((landing.mass * short).sum(axis=1) / landing.mass.sum(axis=1))

    def histogram(self, edges: Floats) -> Floats:
        """(teams, bars) the share of people who end between each two edges [sales]."""
        below = np.array([self.share_below(np.full(self.reps.rows, edge)) for edge in edges])
        return self.by_team(np.diff(below, axis=0).T)

    @cached_property
    def sales(self) -> Floats:
        """(teams,) expected sales."""
        return self.by_team(self.sales_by_rep)

    @cached_property
    def expected_pay(self) -> Floats:
        """(teams,) expected pay."""
        return self.by_team(self.pay_by_rep)

    @cached_property
    def cost(self) -> Floats:
        """(teams,) expected cost of effort."""
        return self.by_team(self.landing.cost)

    @property
    def net(self) -> Floats:
        """(teams,) pay less the cost of effort."""
        return self.expected_pay - self.cost

    @property
    def net_by_rep(self) -> Floats:
        """(rows,) pay less the cost of effort."""
        return self.pay_by_rep - self.landing.cost

    @property
    def hit(self) -> Floats:
        """(teams,) the share of people who reach the target."""
        return self.by_team(self.hit_by_rep)

    @property
    def effort(self) -> Floats:
        """(teams,) mean effort over the steps."""
        return np.asarray(self.effort_by_step.mean(axis=1))

    @property
    def effort_by_step(self) -> Floats:
        """(teams, T) expected effort of every step."""
        return self.by_team(self.landing.effort.T)

    @property
    def at_limit(self) -> Floats:
        """(teams,) share of rep-time at the most effort."""
        return self.by_team(self.landing.at_limit)

    @cached_property
    def states_by_rep(self) -> Floats:
        """(3, T, rows) shares of every step in which a rep has given up, coasts, sprints."""
        return np.array([self._states(t) for t in range(len(self.policy.widths))]).transpose(1, 0, 2)

    @property
    def given_up(self) -> Floats:
        """(teams,) share of rep-time in which the next sale is worth little and most of the pay is out of reach."""
        return self._time_in(0)

    @property
    def coasting(self) -> Floats:
        """(teams,) share of rep-time in which the next sale is worth little and most of the pay is in the bag."""
        return self._time_in(1)

    @property
    def sprinting(self) -> Floats:
        """(teams,) share of rep-time in which the next sale is worth at least twice the plain rate."""
        return self._time_in(2)

    @property
    def no_incentive(self) -> Floats:
        """(teams,) sales that come by themselves."""
        return without_incentive(self.reps, self.teams)

    @cached_property
    def commission(self) -> Line:
        """The straight commission of the same expected pay."""
        return straight_commission(self.expected_pay, self.reps)

    @cached_property
    def even(self) -> Line:
        """The line of the same expected pay and the same cost of effort."""
        return even_line(self.expected_pay, self.cost, self.reps)

    @property
    def waste_of_shape(self) -> Floats:
        """(teams,) what the even line sells more; never negative."""
        return self.even.sales / self.sales - 1.0

    def whole_cost(self, today: "Outcome") -> Floats:
        """(teams,) pay, and what it takes to leave every ability as well off as under today's plan."""
        return self.expected_pay + self.by_team(np.maximum(0.0, today.net_by_rep - self.net_by_rep))

    def by_team(self, rows: Floats) -> Floats:
        """(teams, ...) means over the reps of each team."""
        return np.asarray(rows.reshape(self.teams, -1, *rows.shape[1:]).mean(axis=1))

    def _time_in(self, state: int) -> Floats:
        widths = np.array(self.policy.widths)
        return self.by_team(np.einsum("t,tr->r", widths, self.states_by_rep[state]) / widths.sum())

    def _states(self, t: int) -> Floats:
        """(3, rows) shares of step t given up, coasting, sprinting."""
        worth, mass = self.policy.worth[t], self.landing.states[t]
        small = _share_of_cell_below(worth, SMALL * self.plain_rate)
        large = 1.0 - _share_of_cell_below(worth, LARGE * self.plain_rate)
        in_bag = self._in_bag(t)
        return np.array([(mass * part).sum(axis=1) for part in (small * ~in_bag, small * in_bag, large)])

    def _in_bag(self, t: int) -> "np.ndarray[tuple[int, ...], np.dtype[np.bool_]]":
        """(rows, count) whether most of the pay that is left is earned without effort or luck."""
        reps, grid = self.reps, self.policy.grids[t]
        left = sum(self.policy.widths[t:])
        hard = grid.nodes + self._idle + left * (reps.by_effort * reps.max_effort)[:, None]
        low = self._lowest_pay
        idle_pays, hard_pays = self._idle_pays[grid], self.pay.pay(hard)
        return (idle_pays > low + BAG_DUST) & (idle_pays - low >= 0.5 * (hard_pays - low))

    @cached_property
    def _idle(self) -> Floats:
        """(rows, 1) sales at the end of the period without effort or luck."""
        return (self.start + self.reps.without_effort * sum(self.policy.widths))[:, None]

    @cached_property
    def _idle_pays(self) -> Mapping[Grid, Floats]:
        """By grid, (rows, count) what its nodes pay without further effort or luck."""
        return {grid: self.pay.pay(grid.nodes + self._idle) for grid in set(self.policy.grids)}

    @cached_property
    def _lowest_pay(self) -> Floats:
        """(rows, 1) pay just below a result of 0."""
        return self.pay.pay(np.full((self.reps.rows, 1), -BAG_DUST))


def play(
    pay: PayRows,
    reps: Reps,
    target: Floats,
    plain_rate: Floats,
    *,
    teams: int = 1,
    widths: tuple[float, ...] = TWELVE,
    precision: Precision = DEFAULT,
    start: float = 0.0,
) -> Outcome:
    """What the teams do under their plans; arguments as in `Outcome` and `solve`."""
    policy = solve(pay, reps, widths, precision, start)
    landing = land(policy, reps, precision, start)
    return Outcome(pay, reps, target, plain_rate, teams, policy, landing, precision, start)


def _share_of_cell_below(worth: Floats, limit: Floats) -> Floats:
    """(rows, count) the share of each node's cell in which the worth, read linearly, is below a limit (rows,)."""
    middle = 0.5 * (worth[:, 1:] + worth[:, :-1])
    left = np.hstack([worth[:, :1], middle])
    right = np.hstack([middle, worth[:, -1:]])
    return np.asarray(0.5 * (_part_below(left, worth, limit) + _part_below(worth, right, limit)))


def _part_below(begin: Floats, end: Floats, limit: Floats) -> Floats:
    """The part of a straight stretch from one value to another that lies below a limit (rows,)."""
    low, high = np.minimum(begin, end), np.maximum(begin, end)
    wide = high - low > 1e-9
    part = (limit[:, None] - low) / np.where(wide, high - low, 1.0)
    return np.where(wide, np.clip(part, 0.0, 1.0), (low < limit[:, None] - 1e-9).astype(float))
