"""The best effort at every step and state, by dynamic programming on sales so far, and where it leads.

Backward: what a state is worth is the best over effort of what the next state is worth, less the cost of effort; the
last step is a closed form. Forward: chances move by the transpose of the very same weights, so that the worth of the
start is expected pay less the expected cost of effort to rounding, on any grid.

Not modelled: several KPIs at once, deals that can be moved between periods (`moved_deals`), what people want besides
money.
"""

from dataclasses import dataclass

import numpy as np

from calc.behaviour.effort.grid import Grid, make_grid, matrix_between, multiply_small
from calc.behaviour.effort.pay import PayRows
from calc.behaviour.effort.rep import Reps
from calc.behaviour.effort.step import DEFAULT, Best, LastStep, Precision, Step
from calc.piecewise.vectorized import Floats

TWELVE = (1.0 / 12.0,) * 12
"""Twelve equal steps, whatever the period."""


@dataclass(frozen=True)
class Policy:
    """The best effort in every state.

    Args:
        grids: by step, where its states stand.
        widths: by step, its width [periods].
        effort: by step, (rows, count) best effort.
        worth: by step, (rows, count) what one more unit of sales is worth where that effort leads.
        value: (rows, count) what each state is worth before the first step [target incentives].
    """

    grids: tuple[Grid, ...]
    widths: tuple[float, ...]
    effort: tuple[Floats, ...]
    worth: tuple[Floats, ...]
    value: Floats

    @property
    def start_value(self) -> Floats:
        """(rows,) what the period is worth at its start."""
        return self.value[:, self.grids[0].low]

    def before(self, grid: Grid, width: float, best: Best) -> "Policy":
        """The policy with one more step put before it."""
        efforts, worths = (best.effort, *self.effort), (best.worth, *self.worth)
        return Policy((grid, *self.grids), (width, *self.widths), efforts, worths, best.value)


def farthest_reach(reps: Reps) -> float:
    """How far the most effort leads the ablest rep in a period, beyond what comes by itself."""
    return float(reps.by_effort.max() * reps.max_effort)


def solve(
    pay: PayRows, reps: Reps, widths: tuple[float, ...] = TWELVE, precision: Precision = DEFAULT, start: float = 0.0
) -> Policy:
    """The best effort of every rep under its own row of pay.

    Args:
        pay: by sales of the period, a row for each rep.
        reps: the batch.
        widths: the steps [periods]; they add up to what is left of the period.
        precision: see there.
        start: sales before the first step.
    """
    grid = make_grid(reps.noise, widths, farthest_reach(reps), precision.cells)
    by_u = pay.shifted(start + reps.without_effort * sum(widths))
    return solve_on(grid, by_u, reps, widths, precision)


def solve_on(grid: Grid, pay: PayRows, reps: Reps, widths: tuple[float, ...], precision: Precision = DEFAULT) -> Policy:
    """The best effort on a given grid, under pay by u: by sales without those that come by themselves in the period."""
    step = LastStep(pay, reps, widths[-1], grid.finer(precision.last), precision)
    best = step.best_effort()
    policy = Policy((step.grid,), widths[-1:], (best.effort,), (best.worth,), best.value)
    return solve_before(policy, reps, grid, widths[:-1], precision)


def solve_before(
    policy: Policy, reps: Reps, grid: Grid, widths: tuple[float, ...], precision: Precision = DEFAULT
) -> Policy:
    """The policy with steps of these widths put before it, on a grid of which its own is a refinement."""
    for width in reversed(widths):
        step = Step(_after_luck(policy, reps, width, grid), reps, width, grid, precision)
        policy = policy.before(grid, width, step.best_effort())
    return policy


def _after_luck(policy: Policy, reps: Reps, width: float, grid: Grid) -> Floats:
    """(rows, count) what the nodes are worth before the luck of a step that leads to the start of a policy."""
    matrix = matrix_between(grid, policy.grids[0], reps.noise * width**0.5)
    if not reps.risk_aversion:
        return multiply_small(policy.value, matrix)
    floor = policy.value.min(axis=1, keepdims=True)
    mean = multiply_small(np.exp(-reps.risk_aversion * (policy.value - floor)), matrix)
    return np.asarray(floor - np.log(np.maximum(mean, 1e-300)) / reps.risk_aversion)
