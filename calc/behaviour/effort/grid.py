"""The grid that the solver stands on, luck on it, and reading between its nodes.

Coordinates are u: sales so far without those that come by themselves. One grid serves every rep, calibration and plan
of a batch; it depends on luck, steps and the ablest rep alone, so that a plan that is dragged never moves it.
"""

from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from calc.piecewise.vectorized import Floats

GRID_REACH = 5.0
"""How many standard deviations of a period's luck the grid reaches beyond where effort can lead."""
MOST_ON_ONE_CORE = 2**18
"""Multiplications from which on OpenBLAS shares a product among cores (its GEMM_MULTITHREAD_THRESHOLD, 4 x 2**16)."""
TAIL = 17.0 / 3.0
"""Luck of one step is cut off beyond this many of its standard deviations."""


@dataclass(frozen=True)
class Grid:
    """Nodes of u, a cell apart, with 0 on one of them.

    Args:
        low: nodes left of 0.
        count: nodes in all.
        cell: the distance between two.
    """

    low: int
    count: int
    cell: float

    @property
    def nodes(self) -> Floats:
        """(count,) the nodes."""
        return np.asarray((np.arange(self.count) - self.low) * self.cell, dtype=np.float64)

    def finer(self, factor: int) -> "Grid":
        """The same stretch with `factor` cells in place of each."""
        return Grid(self.low * factor, (self.count - 1) * factor + 1, self.cell / factor)


MAX_NODES = 330
"""Nodes of a grid for a whole period at the most; with twice as many a plan takes some ten times as long."""


def least_noise(farthest: float, steps: int, cells: int) -> float:
    """The least luck of a period that a grid of `MAX_NODES` carries; the arguments are those of `make_grid`.

    >>> round(least_noise(0.8, 12, 3), 3), make_grid(least_noise(0.8, 12, 3), (1 / 12,) * 12, 0.8, 3).count
    (0.037, 332)
    """
    deviations = MAX_NODES / (cells * steps**0.5) - 2.0 * GRID_REACH
    return float(farthest / max(deviations, 1.0))


def make_grid(noise: float, widths: tuple[float, ...], farthest: float, cells: int) -> Grid:
    """The grid for luck of `noise` a period, steps of these widths [periods], and effort that leads at most `farthest`.

    Args:
        cells: cells to the standard deviation of the shortest step's luck.
    """
    cell = noise * min(widths) ** 0.5 / cells
    low = int(np.ceil(GRID_REACH * noise / cell))
    return Grid(low, low + 1 + int(np.ceil((farthest + GRID_REACH * noise) / cell)), cell)


@lru_cache(maxsize=64)
def luck_matrix(count: int, factor: int, cells_per_deviation: float) -> Floats:
    """(fine count, count) what luck makes of values on a grid: `values @ matrix` is their mean after luck.

    Beyond both ends values go on in a straight line. Its transpose moves chances: `matrix @ mass`.

    Args:
        count: nodes that luck starts from.
        factor: cells of the grid that it leads to, in one of those.
        cells_per_deviation: cells of that finer grid to the standard deviation of luck.
    """
    fine = (count - 1) * factor + 1
    reach = int(np.floor(TAIL * cells_per_deviation))
    weights = np.exp(-0.5 * (np.arange(-reach, reach + 1) / cells_per_deviation) ** 2)
    weights /= weights.sum()
    wide = np.zeros((fine + 2 * reach, count))
    for node in range(count):
        wide[node * factor : node * factor + 2 * reach + 1, node] = weights
    matrix = wide[reach : reach + fine].copy()
    out = np.arange(1, reach + 1)[:, None]
    left, right = wide[:reach][::-1], wide[reach + fine :]
    matrix[0] += ((1 + out) * left).sum(axis=0)
    matrix[1] -= (out * left).sum(axis=0)
    matrix[-1] += ((1 + out) * right).sum(axis=0)
    matrix[-2] -= (out * right).sum(axis=0)
    matrix.setflags(write=False)
    return matrix


def matrix_between(before: Grid, after: Grid, spread: float) -> Floats:
    """(count after, count before) luck of this standard deviation, from the nodes of one grid to the next."""
    factor = (after.count - 1) // (before.count - 1)
    return luck_matrix(before.count, factor, round(spread / after.cell, 9))


def multiply_small(rows: Floats, matrix: Floats) -> Floats:
    """`rows @ matrix`, a few rows at a time: so small that it stays on one core.

    From 2**18 multiplications on, numpy's OpenBLAS shares a product among all cores. Of a product of a million that
    gains nothing where the cores are free, and costs five to fifteen times as much where they are not.

    >>> multiply_small(np.ones((2, 3)), np.eye(3))
    array([[1., 1., 1.],
           [1., 1., 1.]])
    """
    inner, wide = matrix.shape
    few = max(1, MOST_ON_ONE_CORE // (inner * wide))
    if len(rows) <= few:
        return np.asarray(rows @ matrix)
    return np.concatenate([rows[first : first + few] @ matrix for first in range(0, len(rows), few)])


def cubic_weights(part: Floats) -> Floats:
    """(4, ...) weights of the nodes at -1, 0, 1 and 2 for a place at `part` of the cell from 0 to 1."""
    f = part
    return np.stack(
        [
            -f * (f - 1.0) * (f - 2.0) / 6.0,
            (f + 1.0) * (f - 1.0) * (f - 2.0) / 2.0,
            -(f + 1.0) * f * (f - 2.0) / 2.0,
            (f + 1.0) * f * (f - 1.0) / 6.0,
        ]
    )


def cubic_slopes(part: Floats) -> Floats:
    """(4, ...) how the cubic weights change along the cell [1 / cell]."""
    f = part
    return np.stack(
        [
            -(3.0 * f * f - 6.0 * f + 2.0) / 6.0,
            (3.0 * f * f - 4.0 * f - 1.0) / 2.0,
            -(3.0 * f * f - 2.0 * f - 2.0) / 2.0,
            (3.0 * f * f - 1.0) / 6.0,
        ]
    )


def cubic_bends(part: Floats) -> Floats:
    """(4, ...) how those slopes change along the cell [1 / cell^2]."""
    f = part
    return np.stack([1.0 - f, 3.0 * f - 2.0, 1.0 - 3.0 * f, f])


def extended(values: Floats, right: int) -> Floats:
    """(rows, 1 + count + right) values carried on in a straight line: one node on the left, `right` on the right."""
    first = 2.0 * values[:, :1] - values[:, 1:2]
    beyond = np.arange(1, right + 1)
    last = values[:, -1:] + (values[:, -1:] - values[:, -2:-1]) * beyond
    return np.hstack([first, values, last])


def fold_mass(mass: Floats, right: int) -> Floats:
    """(rows, count) the adjoint of `extended`: chances beyond the ends as chances on the two nodes at each end."""
    count = mass.shape[1] - 1 - right
    found = mass[:, 1 : 1 + count].copy()
    found[:, 0] += 2.0 * mass[:, 0]
    found[:, 1] -= mass[:, 0]
    beyond, out = np.arange(1, right + 1), mass[:, 1 + count :]
    found[:, -1] += ((1 + beyond) * out).sum(axis=1)
    found[:, -2] -= (beyond * out).sum(axis=1)
    return found
