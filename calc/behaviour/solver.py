"""The best effort at every step and state, by dynamic programming on sales so far, and where it leads.

Backward: what a state is worth is the best over effort of what the next state is worth, less the cost of effort; the last
step is a closed form. Forward: chances move by the transpose of the very same weights, so that the worth of the start is
expected pay less the expected cost of effort to rounding, on any grid.

Not modelled: several KPIs at once, deals that can be moved between periods (`moved_deals`), what people want besides money.
"""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from calc.behaviour.grid import (
    Grid,
    cubic_bends,
    cubic_slopes,
    cubic_weights,
    extended,
    folded,
    make_grid,
    matrix_between,
)
from calc.behaviour.pay import PayRows
from calc.behaviour.rep import Reps
from calc.piecewise.vectorized import Floats

TWELVE = (1.0 / 12.0,) * 12
"""Twelve equal steps, whatever the period."""
LEAST = 0.25
"""A Newton step does not take effort below this share of where it began."""


@dataclass(frozen=True)
class Precision:
    """How finely the solver works.

    Args:
        cells: cells of the grid to the standard deviation of the shortest step's luck.
        efforts: efforts tried in each state before the best is refined.
        refine: whether it is refined by a Newton step.
        last: cells of the last step in one of the others; its worth has corners where the best effort leaps.
    """

    cells: int = 3
    efforts: int = 17
    refine: bool = True
    last: int = 4


DEFAULT = Precision()
COARSE = Precision(cells=2, refine=False, last=1)
"""For many plans while a handle is dragged: within a pixel of the default."""


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

    def before(self, grid: Grid, width: float, effort: Floats, worth: Floats, value: Floats) -> "Policy":
        """The policy with one more step put before it."""
        return Policy(
            (grid, *self.grids), (width, *self.widths), (effort, *self.effort), (worth, *self.worth), value
        )


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


def solve_on(
    grid: Grid, pay: PayRows, reps: Reps, widths: tuple[float, ...], precision: Precision = DEFAULT
) -> Policy:
    """The best effort on a given grid, under pay by u: by sales without those that come by themselves in the period."""
    step = _LastStep(pay, reps, widths[-1], grid.finer(precision.last), precision)
    effort = step.best_effort()
    policy = Policy((step.grid,), widths[-1:], (effort,), (reps.patience * step.worth(effort),), step.value(effort))
    return solve_before(policy, reps, grid, widths[:-1], precision)


def solve_before(
    policy: Policy, reps: Reps, grid: Grid, widths: tuple[float, ...], precision: Precision = DEFAULT
) -> Policy:
    """The policy with steps of these widths put before it, on a grid of which its own is a refinement."""
    for width in reversed(widths):
        step = _Step(_after_luck(policy, reps, width, grid), reps, width, grid, precision)
        effort = step.best_effort()
        policy = policy.before(grid, width, effort, reps.patience * step.worth(effort), step.value(effort))
    return policy


def _after_luck(policy: Policy, reps: Reps, width: float, grid: Grid) -> Floats:
    """(rows, count) what the nodes are worth before the luck of a step that leads to the start of a policy."""
    matrix = matrix_between(grid, policy.grids[0], reps.noise * width**0.5)
    if not reps.risk_aversion:
        return np.asarray(policy.value @ matrix)
    floor = policy.value.min(axis=1, keepdims=True)
    mean = np.exp(-reps.risk_aversion * (policy.value - floor)) @ matrix
    return np.asarray(floor - np.log(np.maximum(mean, 1e-300)) / reps.risk_aversion)


class _Step:
    """One step: what the nodes are worth after it and before its luck, and the best effort in each state.

    Args:
        after: (rows, count).
        reps, width, grid, precision: as for `solve`.
    """

    newton_steps = 1

    def __init__(self, after: Floats, reps: Reps, width: float, grid: Grid, precision: Precision) -> None:
        self.reps, self.width, self.grid, self.precision = reps, width, grid, precision
        self.cells = width * reps.by_effort / grid.cell  # how many cells one unit of effort leads
        self.right = int(np.floor(self.cells.max() * reps.max_effort)) + 3
        self.after = extended(after, self.right)

    def best_effort(self) -> Floats:
        """(rows, count) the best effort: of those tried, refined, and against no effort and the most."""
        reps = self.reps
        tried = np.linspace(0.0, reps.max_effort, self.precision.efforts)
        values = self._tried(tried)
        best = values.argmax(axis=2)
        spacing = tried[1]
        effort = spacing * (best + _peak(values, best))
        for _ in range(self.newton_steps if self.precision.refine else 0):
            effort = self._refined(effort, best, spacing)
            best = np.maximum(best, 1)
        stay = np.maximum(values[..., 0], values[..., -1])
        corner = np.where(values[..., 0] >= values[..., -1], 0.0, reps.max_effort)
        return np.where(self.value(effort) >= stay, effort, corner)

    def value(self, effort: Floats) -> Floats:
        """(rows, count) what the states are worth with this effort."""
        paid = self._read(effort, cubic_weights)
        return np.asarray(self.reps.patience * paid - self.width * self.reps.cost(effort))

    def worth(self, effort: Floats) -> Floats:
        """(rows, count) what one more unit of sales is worth where this effort leads."""
        return self._read(effort, cubic_slopes) / self.grid.cell

    def worth_bend(self, effort: Floats) -> Floats:
        """(rows, count) how that worth changes with one more unit."""
        return self._read(effort, cubic_bends) / self.grid.cell**2

    def _tried(self, tried: Floats) -> Floats:
        """(rows, count, efforts) the worth of every state with every effort that is tried."""
        reps = self.reps
        ahead = self.cells[:, None] * tried
        base = np.minimum(np.floor(ahead), self.right - 3).astype(np.int64)
        weights = np.zeros((reps.rows, self.right + 1, len(tried)))
        rows, columns = np.indices(ahead.shape)
        for offset, weight in enumerate(cubic_weights(ahead - base)):
            weights[rows, base + offset, columns] += weight
        windows = np.lib.stride_tricks.sliding_window_view(self.after, self.right + 1, axis=1)[:, : self.grid.count]
        cost = self.width * reps.cost(np.broadcast_to(tried, (reps.rows, len(tried))))
        return np.asarray(reps.patience * (windows @ weights) - cost[:, None, :])

    def _refined(self, effort: Floats, best: Floats, spacing: float) -> Floats:
        """One Newton step on: worth of the next sale = cost of the effort that it takes."""
        reps = self.reps
        power = (1.0 / reps.response)[:, None]
        gain, kappa = (reps.patience * reps.by_effort)[:, None], reps.kappa[:, None]
        here = np.zeros_like(effort)
        guess = np.maximum(gain * self.worth(here) / kappa, 0.0) ** reps.response[:, None]
        begin = np.where(best == 0, np.minimum(guess, spacing), effort)
        safe = np.maximum(begin, 1e-12)
        missing = gain * self.worth(begin) - kappa * safe**power
        bend = gain * self.worth_bend(begin) * (self.width * reps.by_effort)[:, None]
        bend -= kappa * power * safe ** (power - 1.0)
        step = np.where(bend < 0.0, -missing / np.minimum(bend, -1e-12), 0.0)
        moved = np.clip(begin + step, np.maximum(begin - spacing, LEAST * begin), begin + spacing)
        return np.asarray(np.clip(moved, 0.0, reps.max_effort))

    def _read(self, effort: Floats, weights: Callable[[Floats], Floats]) -> Floats:
        """(rows, count) the nodes' worth, its slope or its bend where effort leads, by four nodes each."""
        base, part = self.place(effort)
        found = np.zeros_like(effort)
        flat = np.arange(self.reps.rows)[:, None] * self.after.shape[1] + np.arange(self.grid.count) + base
        values = self.after.ravel()
        for offset, weight in enumerate(weights(part)):
            found += weight * values[flat + offset]
        return found

    def place(self, effort: Floats) -> tuple[Floats, Floats]:
        """Where effort leads from each node: whole cells, and the part of a cell beyond them."""
        ahead = self.cells[:, None] * effort
        base = np.minimum(np.floor(ahead), self.right - 3).astype(np.int64)
        return base, ahead - base


class _LastStep(_Step):
    """The step after which pay is read: its worth is a closed form at every effort, and not only at the nodes.

    With risk aversion the sure pay is a closed form, and its slope is read between the nodes.
    """

    newton_steps = 2

    def __init__(self, pay: PayRows, reps: Reps, width: float, grid: Grid, precision: Precision) -> None:
        self.pay, self.spread = pay, reps.noise * width**0.5
        at = np.broadcast_to(grid.nodes, (reps.rows, grid.count))
        self.closed = not reps.risk_aversion
        after = pay.expected(at, self.spread) if self.closed else pay.certain(at, self.spread, reps.risk_aversion)
        super().__init__(after, reps, width, grid, precision)

    def value(self, effort: Floats) -> Floats:
        """(rows, count) what the states are worth with this effort."""
        reached, reps = self._reached(effort), self.reps
        paid = (
            self.pay.expected(reached, self.spread)
            if self.closed
            else self.pay.certain(reached, self.spread, reps.risk_aversion)
        )
        return np.asarray(reps.patience * paid - self.width * reps.cost(effort))

    def worth(self, effort: Floats) -> Floats:
        """(rows, count) what one more unit of sales is worth where this effort leads."""
        return self.pay.worth(self._reached(effort), self.spread) if self.closed else super().worth(effort)

    def worth_bend(self, effort: Floats) -> Floats:
        """(rows, count) how that worth changes with one more unit."""
        return self.pay.worth_bend(self._reached(effort), self.spread) if self.closed else super().worth_bend(effort)

    def _reached(self, effort: Floats) -> Floats:
        return np.asarray(self.grid.nodes + (self.width * self.reps.by_effort)[:, None] * effort)


def _peak(values: Floats, best: Floats) -> Floats:
    """Where between -1/2 and 1/2 of a spacing the parabola through the best and its neighbours has its top."""
    middle = np.clip(best, 1, values.shape[2] - 2)
    left, top, right = (np.take_along_axis(values, (middle + i)[..., None], 2)[..., 0] for i in (-1, 0, 1))
    bend = left - 2.0 * top + right
    shift = np.where(bend < 0.0, 0.5 * (left - right) / np.minimum(bend, -1e-300), 0.0)
    inside = (best > 0) & (best < values.shape[2] - 1)
    return np.where(inside, np.clip(shift, -0.5, 0.5), 0.0)


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
    """(rows, count) chances of the states of a grid after all steps of a policy and their luck; arguments as in `land`."""
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
    step = _Step(np.zeros_like(mass), reps, width, grid, precision)
    base, part = step.place(policy.effort[t])
    across = step.after.shape[1]
    flat = (np.arange(reps.rows)[:, None] * across + np.arange(grid.count) + base).ravel()
    found = np.zeros(reps.rows * across)
    for offset, weight in enumerate(cubic_weights(part)):
        found += np.bincount(flat + offset, (mass * weight).ravel(), minlength=found.size)
    matrix = matrix_between(grid, after, reps.noise * width**0.5)
    return np.asarray(folded(found.reshape(reps.rows, across), step.right) @ matrix.T)
