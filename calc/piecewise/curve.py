"""Exact piecewise-linear functions with jumps, and their algebra.

A `Curve` is a value: immutable, hashable, closed under sum, product with a flat curve, clip and straight substitution.
Breakpoints are computed and never searched for; a flat piece is flat to the last bit.

Convention at the ends: the first piece reaches to minus infinity and the last to plus infinity. At a break the curve
takes the value of the piece that starts there. `slack` says how far short of a start already counts as having reached
it (negative: how far past it one must be), so that rounding in somebody's data cannot take away what was earned; it
never moves a start. A curve knows nothing of sales.
"""

import math
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any, Literal

import numpy as np

from calc.piecewise import segments
from calc.piecewise.distributions import Distribution
from calc.piecewise.expectation import chances_of_wholes, expected_on_lines
from calc.piecewise.pieces import DUST, Jump, Piece, Side, end_limits_of, pieces_of
from calc.piecewise.segments import Cut, SegmentRow, counted_down
from calc.piecewise.vectorized import Kernel, kernel_of


@dataclass(frozen=True)
class Curve:
    """A piecewise-linear function with jumps.

    Args:
        starts: where each piece starts, ascending. The first piece reaches to minus infinity; its start is where its
            value is given.
        values: the value of each piece at its start.
        slopes: the slope of each piece.
        slack: by start, how far short of it already counts (negative: how far past it); none when left out.
        counts: slope, intercept and tolerance of a line whose whole values alone count: x is moved to where the line
            has the whole number below, before the curve is read. () where every x counts. The pieces are those of the
            curve that is read.

    Raises:
        ValueError: the lengths differ, there is no piece, starts do not ascend, or a number is not finite.

    >>> pay = Curve(starts=(0.0, 0.7, 2.0), values=(0.0, 0.7, 2.0), slopes=(0.0, 1.0, 0.0))
    >>> pay(0.7), pay(0.7, side="left"), pay(5.0)
    (0.7, 0.0, 2.0)
    """

    starts: tuple[float, ...]
    values: tuple[float, ...]
    slopes: tuple[float, ...]
    slack: tuple[float, ...] = ()
    counts: tuple[float, ...] = ()

    def __post_init__(self) -> None:
        for name in ("starts", "values", "slopes", "slack"):
            object.__setattr__(self, name, tuple(map(float, getattr(self, name))))
        if not self.slack:
            object.__setattr__(self, "slack", (0.0,) * len(self.starts))
        parts = (self.starts, self.values, self.slopes, self.slack)
        if len({len(part) for part in parts}) != 1 or not self.starts:
            raise ValueError(f"a curve must have as many starts as values and slopes, at least one (got {self!r})")
        if not all(math.isfinite(number) for part in parts for number in part):
            raise ValueError(f"a curve's numbers must be finite (got {self!r})")
        if any(after < before for before, after in zip(self.starts, self.starts[1:], strict=False)):
            raise ValueError(f"a curve's starts must ascend (got {self.starts})")

    @classmethod
    def constant(cls, value: float) -> "Curve":
        """The same value everywhere."""
        return cls((0.0,), (value,), (0.0,))

    @classmethod
    def through(
        cls,
        points: Iterable[Sequence[float]],
        *,
        below: Literal["zero", "hold", "extend"] = "hold",
        above: Literal["hold", "extend"] = "hold",
        slack: float = 0.0,
    ) -> "Curve":
        """Straight lines through points of ascending x; a repeated x is a jump.

        Args:
            points: (x, y) pairs, x ascending.
            below: what holds left of the first point: zero, its value, or the first line carried on.
            above: what holds right of the last point.
            slack: how far short of a jump already counts [x].

        Raises:
            ValueError: no point, or an x smaller than the one before.

        >>> Curve.through([(0, 0), (1, 1), (1, 3)])(1.0)
        3.0
        """
        return _tidy_curve(segments.rows_through(points, below, above, slack))

    def __call__(self, x: Any, side: Side = "at") -> Any:
        """The value at x.

        Args:
            x: a number or an array of any shape.
            side: "at" the value, "left" and "right" the limits from either side.

        Returns:
            A float for a number, an array of x's shape for an array.
        """
        if isinstance(x, int | float | np.integer | np.floating):
            return self._read_counted(float(x), side)
        given = np.asarray(x, dtype=np.float64)
        if side == "at":
            return self.kernel(given if not self.counts else counted_down(given, self.counts))
        return np.array([self._value_at(float(v), side) for v in given.ravel()]).reshape(given.shape)

    def _read_counted(self, x: float, side: Side) -> float:
        return self._value_at(float(counted_down(x, self.counts)) if self.counts and side == "at" else x, side)

    def counted(self, counts: tuple[float, ...]) -> "Curve":
        """The curve read at whole values alone of a line; itself where there is no line.

        >>> Curve.through([(0, 0), (1, 10)], above="extend").counted((1.0, 0.0, 1e-9))(2.7)
        20.0
        """
        return replace(self, counts=counts) if counts != self.counts else self

    def _value_at(self, x: float, side: Side = "at") -> float:
        if math.isnan(x):
            return x
        starts = self._reached_from if side == "at" else self.starts
        return self._line_value(max((bisect_left if side == "left" else bisect_right)(starts, x) - 1, 0), x)

    @cached_property
    def _reached_from(self) -> tuple[float, ...]:
        return tuple(start - slack for start, slack in zip(self.starts, self.slack, strict=True))

    @cached_property
    def _end_limits(self) -> tuple[float, ...]:
        """The limit at the end of every piece but the last; the next value itself where only rounding lies between."""
        return end_limits_of(self.starts, self.values, self.slopes)

    @cached_property
    def kernel(self) -> Kernel:
        """The curve as what arrays are run through."""
        return kernel_of(self.starts, self.values, self.slopes, self._reached_from, self._end_limits)

    def _line_value(self, i: int, x: float) -> float:
        """Piece i at x, exactly its end where x is its end, its start's value where x comes short of it."""
        if i + 1 < len(self.starts) and x >= self.starts[i + 1]:
            return self._end_limits[i]
        if not self.slopes[i]:
            return self.values[i]
        return self.values[i] + self.slopes[i] * ((max(x, self.starts[i]) if i else x) - self.starts[i])

    def pieces(self) -> tuple[Piece, ...]:
        """The straight pieces from left to right, without those of no width; they cover the whole line."""
        return pieces_of(self.starts, self.values, self.slopes, self._end_limits)

    def jumps(self) -> tuple[Jump, ...]:
        """The jumps from left to right, each once, whatever lies on its very point."""
        found = []
        for at in dict.fromkeys(self.starts[1:]):
            before, after = self._value_at(at, "left"), self._value_at(at, "right")
            if abs(after - before) > DUST * max(abs(before), abs(after)):
                found.append(Jump(at, before, after))
        return tuple(found)

    @property
    def level(self) -> float | None:
        """The one value of a curve that is the same everywhere, else None."""
        return self.values[0] if len(self.starts) == 1 and not self.slopes[0] else None

    def __add__(self, other: "Curve | float") -> "Curve":
        if not isinstance(other, Curve):
            return Curve(self.starts, tuple(v + other for v in self.values), self.slopes, self.slack, self.counts)
        for one, level in ((self, other.level), (other, self.level)):
            if level is not None:
                return one + level
        rows = [(x, a + b, segments.add_slopes(s, t), k) for x, (a, s), (b, t), k in _cut_both(self, other)]
        return _tidy_curve(rows, self.counts or other.counts)

    __radd__ = __add__

    def __neg__(self) -> "Curve":
        return self * -1.0

    def __sub__(self, other: "Curve | float") -> "Curve":
        return self + (-other)

    def __mul__(self, other: "Curve | float") -> "Curve":
        """The product.

        Raises:
            NotALine: two sloped pieces meet.
        """
        if not isinstance(other, Curve):
            values, slopes = (tuple(v * other for v in part) for part in (self.values, self.slopes))
            return Curve(self.starts, values, slopes, self.slack, self.counts) if other else Curve.constant(0.0)
        for one, level in ((self, other.level), (other, self.level)):
            if level is not None:
                return one * level
        return _tidy_curve(segments.multiply_rows(list(_cut_both(self, other))), self.counts or other.counts)

    __rmul__ = __mul__

    def clip(self, low: float | None = None, high: float | None = None) -> "Curve":
        """The curve held between two values; a part beyond them becomes exactly flat at them.

        >>> Curve.through([(0, 0), (1, 1)], above="extend").clip(high=2).starts
        (-1.0, 0.0, 2.0)
        """
        bottom, top = -math.inf if low is None else low, math.inf if high is None else high
        rows = list(zip(self.starts, self.values, self.slopes, self.slack, strict=True))
        return _tidy_curve(segments.clip_rows(rows, bottom, top), self.counts)

    def maximum(self, other: "Curve") -> "Curve":
        """The greater of two curves at every x.

        >>> Curve.through([(0, 0), (1, 1)], above="extend").maximum(Curve.constant(0.5)).starts
        (0.0, 0.5)
        """
        return _tidy_curve(segments.greater_rows(list(_cut_both(self, other))), self.counts or other.counts)

    def inverse(self, y: float) -> float | None:
        """The least x from which on y is first paid; minus infinity when every x pays it, None when none does.

        >>> Curve.through([(0, 0), (1, 1)]).inverse(0.25), Curve.constant(1.0).inverse(2.0)
        (0.25, None)
        """
        for piece in self.pieces():
            if piece.value >= y:
                return piece.start
            if piece.end_value - y > DUST * abs(y):
                anchor, value = (
                    (piece.start, piece.value) if math.isfinite(piece.start) else (self.starts[0], self.values[0])
                )
                crossing = segments.neat_number(anchor + (y - value) / piece.slope)
                return min(crossing, piece.end)
            if piece.end < math.inf and self._value_at(piece.end) >= y:
                return piece.end
        return None

    def of_line(self, slope: float, intercept: float = 0.0) -> "Curve":
        """The curve read along a line: x -> curve(slope * x + intercept).

        Args:
            slope: not zero for a bend to stay where it belongs; zero gives a constant.

        >>> Curve.through([(0.7, 0), (0.7, 1)]).of_line(0.01).jumps()
        (Jump(at=70.0, before=0.0, after=1.0),)
        """
        if not slope:
            return Curve.constant(self._read_counted(intercept, "at"))
        rows = list(zip(self.starts, self.values, self.slopes, self.slack, strict=True))
        scale, *rest = self.counts or (0.0,)
        counts = (scale * slope, scale * intercept + rest[0], *rest[1:]) if rest else ()
        return _tidy_curve(segments.rows_along(rows, self._end_limits, slope, intercept), counts)

    def expect(self, distribution: Distribution) -> float:
        """The expected value when x is drawn from a distribution, in closed form.

        With pieces v + s (x - a): sum of (v - s a) P(piece) + s E[x; piece]. Where whole values alone count, they are
        summed one by one; where very many do, rounding down takes half a unit.

        >>> from calc.piecewise.distributions import Normal
        >>> Curve.through([(0, 0), (1, 1)], below="extend", above="extend").expect(Normal(0.4, 0.2))
        0.4
        """
        if distribution.sample is not None:
            return float(np.mean(self(np.asarray(distribution.sample))))
        if not self.counts:
            return expected_on_lines(self.starts, self.values, self.slopes, distribution)
        every = self.counted(())
        chances = chances_of_wholes(self.counts, distribution)
        if chances is None:
            return every.of_line(1.0, -0.5 / self.counts[0]).expect(distribution)
        return math.fsum(chance * every(x) for x, chance in chances)


def _cut_both(a: Curve, b: Curve) -> Iterable[Cut]:
    """Both curves cut at the breaks of both: (start, (value, slope) of a, (value, slope) of b, slack)."""
    cuts = sorted(
        {
            (threshold, start, slack)
            for curve in (a, b)
            for threshold, start, slack in zip(curve._reached_from[1:], curve.starts[1:], curve.slack[1:], strict=True)
        }
    )
    anchor = min(a.starts[0], b.starts[0], *(cut[1] - 1.0 for cut in cuts[:1]))
    yield anchor, (a._line_value(0, anchor), a.slopes[0]), (b._line_value(0, anchor), b.slopes[0]), 0.0
    for threshold, start, slack in cuts:
        i, j = (max(bisect_right(c._reached_from, threshold, lo=1) - 1, 0) for c in (a, b))
        yield start, (a._line_value(i, start), a.slopes[i]), (b._line_value(j, start), b.slopes[j]), slack


def _tidy_curve(rows: list[SegmentRow], counts: tuple[float, ...] = ()) -> Curve:
    """A curve from rows of start, value, slope and slack, in its canonical form."""
    starts, values, slopes, slacks = zip(*segments.merge_rows(rows), strict=True)
    return Curve(starts, values, slopes, slacks, counts)
