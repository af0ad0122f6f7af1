"""One step of a period: the best effort in every state, for what the states after it are worth.

The efforts that are tried are compared on the grid; the best is refined by Newton steps and held against no effort
and the most.
"""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from calc.behaviour.effort.grid import Grid, cubic_bends, cubic_slopes, cubic_weights, extended
from calc.behaviour.effort.pay import PayRows
from calc.behaviour.effort.rep import Reps
from calc.piecewise.vectorized import Floats

LEAST = 0.25
"""A Newton step does not take effort below this share of where it began."""
NO_EFFORT = 1e-6
"""Less is none: whether so little is worth its cost is a matter of rounding."""


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
    last: int = 2


DEFAULT = Precision()
COARSE = Precision(cells=2, refine=False, last=1)
"""For many plans while a handle is dragged: within a pixel of the default."""


@dataclass(frozen=True)
class Best:
    """The best effort in every state.

    Args:
        effort: (rows, count).
        value: (rows, count) what the states are worth with it [target incentives].
        worth: (rows, count) what one more unit of sales is worth where it leads, one step before that is paid.
    """

    effort: Floats
    value: Floats
    worth: Floats


class Step:
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

    def best_effort(self) -> Best:
        """The best effort: of those tried, refined, and against no effort and the most."""
        reps = self.reps
        tried = np.linspace(0.0, reps.max_effort, max(self.precision.efforts, self._fine_enough()))
        values = self._tried(tried)
        best = values.argmax(axis=2)
        spacing = tried[1]
        effort = spacing * (best + _peak(values, best))
        for _ in range(self.newton_steps if self.precision.refine else 0):
            effort = self._refined(effort, best, spacing)
            best = np.maximum(best, 1)
        stay = np.maximum(values[..., 0], values[..., -1])
        corner = np.where(values[..., 0] >= values[..., -1], 0.0, reps.max_effort)
        value = self.value(effort)
        inner = (value >= stay) & (effort > NO_EFFORT)
        effort = np.where(inner, effort, corner)
        return Best(effort, self._value_of(effort, value, stay, inner), reps.patience * self.worth(effort))

    def _value_of(self, effort: Floats, value: Floats, stay: Floats, inner: NDArray[np.bool_]) -> Floats:
        """What the best effort is worth, of what is known of it: the tries are read as it is, up to rounding."""
        return np.where(inner, value, stay)

    def _fine_enough(self) -> int:
        """How many efforts leave no gap wider than half the luck of the step, in which a narrow best could hide."""
        deviation = self.reps.noise * self.width**0.5 / self.grid.cell
        return int(np.ceil(2.0 * self.cells.max() * self.reps.max_effort / deviation)) + 1

    def value(self, effort: Floats) -> Floats:
        """(rows, count) what the states are worth with this effort."""
        paid = self._read(effort, cubic_weights)
        return np.asarray(self.reps.patience * paid - self.width * self.reps.cost(effort))

    def worth(self, effort: Floats) -> Floats:
        """(rows, count) what one more unit of sales is worth where this effort leads."""
        return self._read(effort, cubic_slopes) / self.grid.cell

    def worth_and_bend(self, effort: Floats) -> tuple[Floats, Floats]:
        """(rows, count) that worth, and how it changes with one more unit."""
        cell = self.grid.cell
        return self._read(effort, cubic_slopes) / cell, self._read(effort, cubic_bends) / cell**2

    def worth_without_effort(self) -> Floats:
        """(rows, count) what one more unit of sales is worth at the nodes."""
        left, here, next_, beyond = (self.after[:, i : i + self.grid.count] for i in range(4))
        return np.asarray((6.0 * next_ - 2.0 * left - 3.0 * here - beyond) / (6.0 * self.grid.cell))

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

    def _refined(self, effort: Floats, best: NDArray[np.int64], spacing: float) -> Floats:
        """One Newton step on: worth of the next sale = cost of the effort that it takes.

        In the cost of the next effort, which is a power of effort: on a straight line one step is then exact.
        """
        reps = self.reps
        response, kappa = reps.response[:, None], reps.kappa[:, None]
        gain = (reps.patience * reps.by_effort)[:, None]
        guess = np.maximum(gain * self.worth_without_effort() / kappa, 0.0) ** response
        begin = np.where(best == 0, np.minimum(guess, spacing), effort)
        safe = np.maximum(begin, 1e-12)
        dear = safe ** (1.0 / response)
        worth, bend = self.worth_and_bend(begin)
        missing = gain * worth - kappa * dear
        bend = gain * bend * (self.width * reps.by_effort)[:, None] * response * safe / dear - kappa
        step = np.where(bend < 0.0, -missing / np.minimum(bend, -1e-300), 0.0)
        moved = np.maximum(dear + step, 0.0) ** response
        moved = np.clip(moved, np.maximum(begin - spacing, LEAST * begin), begin + spacing)
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

    def place(self, effort: Floats) -> tuple[NDArray[np.int64], Floats]:
        """Where effort leads from each node: whole cells, and the part of a cell beyond them."""
        ahead = self.cells[:, None] * effort
        base = np.minimum(np.floor(ahead), self.right - 3).astype(np.int64)
        return base, ahead - base


class LastStep(Step):
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

    def _value_of(self, effort: Floats, value: Floats, stay: Floats, inner: NDArray[np.bool_]) -> Floats:
        """Exact also where no effort or the most is best: the tries were read between nodes."""
        return value if inner.all() else self.value(effort)

    def worth(self, effort: Floats) -> Floats:
        """(rows, count) what one more unit of sales is worth where this effort leads."""
        return self.pay.worth(self._reached(effort), self.spread) if self.closed else super().worth(effort)

    def worth_and_bend(self, effort: Floats) -> tuple[Floats, Floats]:
        """(rows, count) that worth, and how it changes with one more unit."""
        if not self.closed:
            return super().worth_and_bend(effort)
        return self.pay.worth_and_bend(self._reached(effort), self.spread)

    def _reached(self, effort: Floats) -> Floats:
        return np.asarray(self.grid.nodes + (self.width * self.reps.by_effort)[:, None] * effort)


def _peak(values: Floats, best: NDArray[np.int64]) -> Floats:
    """Where between -1/2 and 1/2 of a spacing the parabola through the best and its neighbours has its top."""
    middle = np.clip(best, 1, values.shape[2] - 2)
    left, top, right = (np.take_along_axis(values, (middle + i)[..., None], 2)[..., 0] for i in (-1, 0, 1))
    bend = left - 2.0 * top + right
    shift = np.where(bend < 0.0, 0.5 * (left - right) / np.minimum(bend, -1e-300), 0.0)
    inside = (best > 0) & (best < values.shape[2] - 1)
    return np.where(inside, np.clip(shift, -0.5, 0.5), 0.0)
