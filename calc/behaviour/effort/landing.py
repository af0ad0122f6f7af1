"""Where reps end who follow a policy: chances of every state, step by step.

Chances move by the transpose of how worth was read, so that the worth of the start is expected pay less the expected
cost of effort to rounding.
"""

from dataclasses import dataclass

import numpy as np

from calc.behaviour.effort.grid import Grid, cubic_weights, fold_mass, matrix_between, multiply_small
from calc.behaviour.effort.rep import Reps
from calc.behaviour.effort.solver import Policy
from calc.behaviour.effort.step import DEFAULT, Precision, Step
from calc.piecewise.vectorized import Floats


@dataclass(frozen=True)
class Landing:
    """Where the policy leads.

    Args:
        effort: (T, rows) expected effort of every step.
        cost: (rows,) expected cost of effort [target incentives].
        at_limit: (rows,) share of time at the most effort.
        states: by step, (rows, count) chances of every state before it.
        mass: (rows, count) chances of the states before the last step's luck, by node that effort began at.
        reached: (rows, count) where those stand, as sales of the period.
        spread: the last step's luck, as a standard deviation of sales.
    """

    effort: Floats
    cost: Floats
    at_limit: Floats
    states: tuple[Floats, ...]
    mass: Floats
    reached: Floats
    spread: float


def land(
    policy: Policy, reps: Reps, precision: Precision = DEFAULT, start: float = 0.0, mass: Floats | None = None
) -> Landing:
    """Where reps end who follow a policy.

    Args:
        policy: their effort.
        start: sales before the first step.
        mass: (rows, count) chances of the states to begin with; all at the start if left out.
    """
    if mass is None:
        mass = _all_at_start(policy, reps)
    rows, widths = reps.rows, policy.widths
    states, efforts = [], np.empty((len(widths), rows))
    cost, limit = np.zeros(rows), np.zeros(rows)
    for t, width in enumerate(widths):
        effort = policy.effort[t]
        states.append(mass)
        efforts[t] = (mass * effort).sum(axis=1)
        cost += width * (mass * reps.cost(effort)).sum(axis=1)
        limit += width * (mass * (effort >= reps.max_effort - 1e-9)).sum(axis=1)
        if t + 1 < len(widths):
            mass = _moved(mass, policy, t, reps, policy.grids[t + 1], precision)
    whole, last = sum(widths), policy.grids[-1].nodes
    reached = last + widths[-1] * reps.by_effort[:, None] * policy.effort[-1]
    reached = reached + start + (reps.without_effort * whole)[:, None]
    spread = reps.noise * widths[-1] ** 0.5
    return Landing(efforts, cost, limit / whole, tuple(states), mass, reached, spread)


def move_to(
    policy: Policy, reps: Reps, grid: Grid, precision: Precision = DEFAULT, mass: Floats | None = None
) -> Floats:
    """(rows, count) chances of the states of a grid after all steps and their luck; arguments as in `land`."""
    if mass is None:
        mass = _all_at_start(policy, reps)
    after = (*policy.grids[1:], grid)
    for t in range(len(policy.widths)):
        mass = _moved(mass, policy, t, reps, after[t], precision)
    return mass


def _all_at_start(policy: Policy, reps: Reps) -> Floats:
    mass = np.zeros((reps.rows, policy.grids[0].count))
    mass[:, policy.grids[0].low] = 1.0
    return mass


def _moved(mass: Floats, policy: Policy, t: int, reps: Reps, after: Grid, precision: Precision) -> Floats:
    """Chances after one step and its luck: the transpose of how its worth is read."""
    grid, width = policy.grids[t], policy.widths[t]
    step = Step(np.zeros_like(mass), reps, width, grid, precision)
    base, part = step.place(policy.effort[t])
    across = step.after.shape[1]
    flat = (np.arange(reps.rows)[:, None] * across + np.arange(grid.count) + base).ravel()
    found = np.zeros(reps.rows * across)
    for offset, weight in enumerate(cubic_weights(part)):
        found += np.bincount(flat + offset, (mass * weight).ravel(), minlength=found.size)
    matrix = matrix_between(grid, after, reps.noise * width**0.5)
    return multiply_small(fold_mass(found.reshape(reps.rows, across), step.right), matrix.T)
