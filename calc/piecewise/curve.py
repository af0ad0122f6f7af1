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
from typing import Any, Literal, overload

import numpy as np

from calc.piecewise.distributions import Distribution
from calc.piecewise.expectation import expected_value
from calc.piecewise.segments import (
    DUST,
    Cut,
    SegmentRow,
    add_slopes,
    counted_down,
    greater_rows,
    merge_rows,
    midpoint_of,
    neat_number,
)
from calc.piecewise.vectorized import Kernel

Side = Literal["at", "left", "right"]


class NotALine(ValueError):
    """Two sloped pieces would be multiplied, which gives a parabola and no line."""


@dataclass(frozen=True)
class Piece:
    """One straight piece. `start` and `end` may be infinite; `value` and `end_value` are the limits inside it."""

    start: float
    end: float
    value: float
    end_value: float
    slope: float


@dataclass(frozen=True)
class Jump:
    """A jump at `at`, from `before` (limit from the left) to `after` (limit from the right)."""

    at: float
    before: float
    after: float


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
        lengths = {len(self.starts), len(self.values), len(self.slopes), len(self.slack)}
        if len(lengths) != 1 or 0 in lengths:
            raise ValueError(f"a curve must have as many starts as values and slopes, at least one (got {self!r})")
        if not all(map(math.isfinite, (*self.starts, *self.values, *self.slopes, *self.slack))):
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
        xy = [(float(x), float(y)) for x, y in points]
        if not xy or any(b[0] < a[0] for a, b in zip(xy, xy[1:], strict=False)):
            raise ValueError(f"points must be given with x ascending (got {xy})")
        lines = [(a[0], a[1], (b[1] - a[1]) / (b[0] - a[0])) for a, b in zip(xy, xy[1:], strict=False) if b[0] > a[0]]
        last = (*xy[-1], lines[-1][2] if above == "extend" and lines else 0.0)
        slope = lines[0][2] if below == "extend" and lines else 0.0
        first = (xy[0][0] - 1.0, 0.0 if below == "zero" else xy[0][1] - slope, slope)
        rows = [first, *lines, last]
        return _tidy_curve([(x, v, s, slack) for x, v, s in rows])

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
        if side == "at":
            i = max(bisect_right(self._reached_from, x) - 1, 0)
        else:
            i = max((bisect_left if side == "left" else bisect_right)(self.starts, x) - 1, 0)
        return self._line_value(i, x)

    @cached_property
    def _reached_from(self) -> tuple[float, ...]:
        return tuple(start - slack for start, slack in zip(self.starts, self.slack, strict=True))

    @cached_property
    def _end_limits(self) -> tuple[float, ...]:
        """The limit at the end of every piece but the last; the next value itself where only rounding lies between."""
        ends = []
        for i in range(len(self.starts) - 1):
            end = self.values[i] + self.slopes[i] * (self.starts[i + 1] - self.starts[i])
            after = self.values[i + 1]
            size = max(abs(end), abs(after), abs(self.values[i]))
            ends.append(after if abs(end - after) <= DUST * size else end)
        return tuple(ends)

    @cached_property
    def kernel(self) -> Kernel:
        """The curve as what arrays are run through."""
        ends = (*self.starts[1:], math.inf)
        ramps = tuple(
            (start if i else -math.inf, end, slope)
            for i, (start, end, slope) in enumerate(zip(self.starts, ends, self.slopes, strict=True))
            if slope and (not i or end > start)
        )
        steps = tuple(
            (threshold, after - end)
            for threshold, after, end in zip(self._reached_from[1:], self.values[1:], self._end_limits, strict=True)
            if after != end
        )
        return Kernel(self.values[0], self.starts[0], ramps, steps)

    def _line_value(self, i: int, x: float) -> float:
        """Piece i at x, exactly its end where x is its end, its start's value where x comes short of it."""
        if i + 1 < len(self.starts) and x >= self.starts[i + 1]:
            return self._end_limits[i]
        if not self.slopes[i]:
            return self.values[i]
        return self.values[i] + self.slopes[i] * ((max(x, self.starts[i]) if i else x) - self.starts[i])

    def pieces(self) -> tuple[Piece, ...]:
        """The straight pieces from left to right, without those of no width; they cover the whole line."""
        ends = (*self.starts[1:], math.inf)
        found = []
        for i, (start, end) in enumerate(zip(self.starts, ends, strict=True)):
            if i and not end > start:
                continue
            slope = self.slopes[i]
            low = -math.copysign(math.inf, slope) if slope else self.values[0]
            high = math.copysign(math.inf, slope) if slope else self.values[i]
            found.append(
                Piece(
                    start if i else -math.inf,
                    end,
                    self.values[i] if i else low,
                    self._end_limits[i] if i < len(self._end_limits) else high,
                    slope,
                )
            )
        return tuple(found)

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
        rows = [(x, a + b, add_slopes(s, t), k) for x, (a, s), (b, t), k in _cut_both(self, other)]
        return _tidy_curve(rows, self.counts or other.counts)

    __radd__ = __add__

    def __neg__(self) -> "Curve":
        return self * -1.0

    def __sub__(self, other: "Curve | float") -> "Curve":
        return self + (-other)

    @overload
    def __mul__(self, other: float) -> "Curve": ...
    @overload
    def __mul__(self, other: "Curve") -> "Curve": ...
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
        rows = []
        met = list(_cut_both(self, other))
        for i, (x, (a, s), (b, t), k) in enumerate(met):
            if s and t and (i == 0 or i + 1 == len(met) or met[i + 1][0] > x):
                raise NotALine(f"two sloped pieces meet from {x:g} on")
            rows.append((x, a * b, s * b + t * a, k))
        return _tidy_curve(rows, self.counts or other.counts)

    __rmul__ = __mul__

    def clip(self, low: float | None = None, high: float | None = None) -> "Curve":
        """The curve held between two values; a part beyond them becomes exactly flat at them.

        >>> Curve.through([(0, 0), (1, 1)], above="extend").clip(high=2).starts
        (-1.0, 0.0, 2.0)
        """
        bottom, top = -math.inf if low is None else low, math.inf if high is None else high
        rows = []
        ends = (*self.starts[1:], math.inf)
        for i, (x, v, s, k) in enumerate(zip(self.starts, self.values, self.slopes, self.slack, strict=True)):
            reach = (-math.inf if i == 0 else x, ends[i])
            crossings = {neat_number(x + (y - v) / s) for y in (bottom, top) if s and math.isfinite(y)}
            cuts = [c for c in sorted(crossings) if reach[0] < c < reach[1]]
            edge = cuts[0] - 1.0 if i == 0 and cuts else x
            for cut, after in zip([edge, *cuts], [*cuts, reach[1]], strict=True):
                inside = midpoint_of(cut if i or cut != edge else -math.inf, after)
                y = v + s * (inside - x)
                if s and bottom < y < top:
                    at = next(
                        (b for b in (bottom, top) if math.isfinite(b) and neat_number(x + (b - v) / s) == cut), None
                    )
                    rows.append((cut, v + s * (cut - x) if at is None else at, s, k if cut == edge else 0.0))
                else:
                    rows.append((cut, min(max(y if s else v, bottom), top), 0.0, k if cut == edge else 0.0))
        return _tidy_curve(rows, self.counts)

    def maximum(self, other: "Curve") -> "Curve":
        """The greater of two curves at every x.

        >>> Curve.through([(0, 0), (1, 1)], above="extend").maximum(Curve.constant(0.5)).starts
        (0.0, 0.5)
        """
        return _tidy_curve(greater_rows(list(_cut_both(self, other))), self.counts or other.counts)

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
                crossing = neat_number(anchor + (y - value) / piece.slope)
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
        xs = [neat_number((x - intercept) / slope) for x in self.starts]
        slopes = [s * slope for s in self.slopes]
        slack = [k / slope for k in self.slack]
        counts = (
            (self.counts[0] * slope, self.counts[0] * intercept + self.counts[1], *self.counts[2:])
            if self.counts
            else ()
        )
        if slope > 0:
            return _tidy_curve(list(zip(xs, self.values, slopes, slack, strict=True)), counts)
        last = len(xs) - 1
        if not last:
            return _tidy_curve([(xs[0], self.values[0], slopes[0], 0.0)], counts)
        rows = [(xs[last] - 1.0, self.values[last] - slopes[last], slopes[last], 0.0)]
        rows += [(xs[i + 1], self._end_limits[i], slopes[i], slack[i + 1]) for i in range(last - 1, -1, -1)]
        return _tidy_curve(rows, counts)

    def expect(self, distribution: Distribution) -> float:
        """The expected value when x is drawn from a distribution, in closed form.

        With pieces v + s (x - a): sum of (v - s a) P(piece) + s E[x; piece].

        >>> from calc.piecewise.distributions import Normal
        >>> Curve.through([(0, 0), (1, 1)], below="extend", above="extend").expect(Normal(0.4, 0.2))
        0.4
        """
        return expected_value(self, distribution)


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
    starts, values, slopes, slacks = zip(*merge_rows(rows), strict=True)
    return Curve(starts, values, slopes, slacks, counts)
