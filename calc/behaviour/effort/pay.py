"""Pay as the solver reads it: many plans at once, each a line with jumps and bends, and what it pays under normal luck.

Sales are in today's mean result, money in target incentives. At a jump the value is the one from the right. The first
and the last piece reach to infinity.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from calc.piecewise.curve import Curve
from calc.piecewise.normal import normal_density, normal_share
from calc.piecewise.vectorized import Floats


@dataclass(frozen=True)
class PayRows:
    """One pay for each row: `level + slope s + sum of jumps reached + sum of bends (s - x)`.

    Args:
        level, slope: (rows,) the first piece.
        breaks: (rows, m) where pay jumps or bends; rows with fewer breaks have some that do nothing.
        jumps, bends: (rows, m) by how much the value jumps there, and by how much the slope changes.
    """

    level: Floats
    slope: Floats
    breaks: Floats
    jumps: Floats
    bends: Floats

    @classmethod
    def of_curves(cls, curves: Sequence[Curve]) -> "PayRows":
        """Pay by curves of money [target incentives] by sales, a row for each."""
        found = [_breaks_of(curve) for curve in curves]
        width = max(1, *(len(breaks) for _, _, breaks in found))
        table = np.zeros((len(found), width, 3))
        for row, (_, _, breaks) in enumerate(found):
            table[row, : len(breaks)] = breaks or np.empty((0, 3))
        levels, slopes = np.array([level for level, _, _ in found]), np.array([slope for _, slope, _ in found])
        return cls(levels, slopes, table[..., 0].copy(), table[..., 1].copy(), table[..., 2].copy())

    @property
    def rows(self) -> int:
        """How many plans there are."""
        return len(self.level)

    def take(self, rows: NDArray[np.integer[Any]] | Sequence[int]) -> "PayRows":
        """The pay of these rows, in this order."""
        at = np.asarray(rows, dtype=np.int64)
        return PayRows(self.level[at], self.slope[at], self.breaks[at], self.jumps[at], self.bends[at])

    def shifted(self, by: Floats) -> "PayRows":
        """Pay as a function of u, where sales are u + by (rows,)."""
        return PayRows(self.level + self.slope * by, self.slope, self.breaks - by[:, None], self.jumps, self.bends)

    def with_jump(self, at: Floats, height: Floats) -> "PayRows":
        """The same with one more jump in each row, (rows,) each."""
        return PayRows(
            self.level,
            self.slope,
            np.column_stack([self.breaks, at]),
            np.column_stack([self.jumps, height]),
            np.column_stack([self.bends, np.zeros(self.rows)]),
        )

    def scaled(self, sales: Floats, money: Floats) -> "PayRows":
        """Money x P(s / sales): the same shape for another target, (rows,) each."""
        return PayRows(
            self.level * money,
            self.slope * money / sales,
            self.breaks * sales[:, None],
            self.jumps * money[:, None],
            self.bends * (money / sales)[:, None],
        )

    def pay(self, sales: Floats) -> Floats:
        """Pay at sales (rows, ...)."""
        x, jump, bend = self._beside(sales)
        beyond = sales[..., None] - x
        found = np.where(beyond >= 0.0, jump + bend * beyond, 0.0).sum(axis=-1)
        level, slope = self._lines(sales)
        return np.asarray(level + slope * sales + found)

    def expected(self, mean: Floats, spread: float) -> Floats:
        """Expected pay where sales are normal around mean (rows, ...)."""
        x, jump, bend = self._beside(mean)
        z = (mean[..., None] - x) / spread
        share = normal_share(z)
        found = jump * share + bend * spread * (z * share + normal_density(z))
        level, slope = self._lines(mean)
        return np.asarray(level + slope * mean + found.sum(axis=-1))

    def worth(self, mean: Floats, spread: float) -> Floats:
        """What one more unit of sales adds to the expected pay, at mean (rows, ...)."""
        x, jump, bend = self._beside(mean)
        z = (mean[..., None] - x) / spread
        found = jump * normal_density(z) / spread + bend * normal_share(z)
        return np.asarray(self._lines(mean)[1] + found.sum(axis=-1))

    def worth_and_bend(self, mean: Floats, spread: float) -> tuple[Floats, Floats]:
        """That worth, and how it changes with one more unit, at mean (rows, ...)."""
        x, jump, bend = self._beside(mean)
        z = (mean[..., None] - x) / spread
        share, density = normal_share(z), normal_density(z) / spread
        worth = self._lines(mean)[1] + (jump * density + bend * share).sum(axis=-1)
        return np.asarray(worth), np.asarray((density * (bend - jump * z / spread)).sum(axis=-1))

    def certain(self, mean: Floats, spread: float, aversion: float) -> Floats:
        """The sure pay that is worth as much to a rep who shuns risk (CARA), at mean (rows, ...)."""
        order = np.argsort(self.breaks, axis=1, kind="stable")
        x = np.take_along_axis(self.breaks, order, 1)
        jump, bend = (np.take_along_axis(part, order, 1) for part in (self.jumps, self.bends))
        zeros = np.zeros((self.rows, 1))
        slopes = self.slope[:, None] + np.cumsum(np.hstack([zeros, bend]), axis=1)
        levels = self.level[:, None] + np.cumsum(np.hstack([zeros, jump - bend * x]), axis=1)
        ends = np.hstack([np.full((self.rows, 1), -np.inf), x, np.full((self.rows, 1), np.inf)])
        wide = (self.rows, *[1] * (mean.ndim - 1), -1)
        slopes, levels = slopes.reshape(wide), levels.reshape(wide)
        low, high = ends[:, :-1].reshape(wide), ends[:, 1:].reshape(wide)
        tilted = mean[..., None] - aversion * slopes * spread**2
        share = normal_share((high - tilted) / spread) - normal_share((low - tilted) / spread)
        exponent = -aversion * (levels + slopes * mean[..., None]) + 0.5 * (aversion * slopes * spread) ** 2
        top = exponent.max(axis=-1, keepdims=True)
        total = (np.exp(exponent - top) * np.maximum(share, 0.0)).sum(axis=-1)
        return np.asarray(-(np.log(np.maximum(total, 1e-300)) + top[..., 0]) / aversion)

    def _beside(self, sales: Floats) -> tuple[Floats, Floats, Floats]:
        """Breaks, jumps and bends, shaped to stand beside sales (rows, ..., m)."""
        wide = (self.rows, *[1] * (sales.ndim - 1), -1)
        return self.breaks.reshape(wide), self.jumps.reshape(wide), self.bends.reshape(wide)

    def _lines(self, sales: Floats) -> tuple[Floats, Floats]:
        tall = (self.rows, *[1] * (sales.ndim - 1))
        return self.level.reshape(tall), self.slope.reshape(tall)


def _breaks_of(curve: Curve) -> tuple[float, float, list[tuple[float, float, float]]]:
    """Level and slope of the first piece, and (where, jump, change of slope) of every break."""
    slope = curve.slopes[0]
    level = curve.values[0] - slope * curve.starts[0]
    breaks: list[tuple[float, float, float]] = []
    before_level, before_slope = level, slope
    for start, value, after in zip(curve.starts[1:], curve.values[1:], curve.slopes[1:], strict=True):
        breaks.append((start, value - (before_level + before_slope * start), after - before_slope))
        before_level, before_slope = value - after * start, after
    return level, slope, breaks
