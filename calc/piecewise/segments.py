"""Rows of a piecewise-linear function (start, value, slope, slack), and what rounding leaves between them.

Breaks that were stated as decimals come out of the algebra as those decimals, flat stays flat, and what is one line is
one row.
"""

import math
from collections.abc import Iterable, Sequence
from typing import Any, Literal

import numpy as np

from calc.piecewise.pieces import DUST, NotALine

SegmentRow = tuple[float, float, float, float]
Cut = tuple[float, tuple[float, float], tuple[float, float], float]
"""Where a piece of either of two functions begins: start, (value, slope) of both, slack."""


def neat_number(x: float) -> float:
    """x, or the number of up to 12 digits that lies within a few last bits of it: 70 and not 69.99999999999999."""
    short = float(f"{x:.12g}")
    return short if abs(short - x) <= 8 * math.ulp(x) else x


def add_slopes(a: float, b: float) -> float:
    """The sum of two slopes, exactly 0 where they cancel."""
    both = a + b
    return 0.0 if abs(both) <= DUST * (abs(a) + abs(b)) else both


def midpoint_of(low: float, high: float) -> float:
    """A point well inside a stretch, either end of which may be infinite."""
    if math.isinf(low) and math.isinf(high):
        return 0.0
    if math.isinf(low):
        return high - 1.0 - abs(high)
    return low + 1.0 + abs(low) if math.isinf(high) else (low + high) / 2


def merge_rows(rows: list[SegmentRow]) -> list[SegmentRow]:
    """The rows with neighbours that are one line as one row, and slack only where there is a jump."""
    kept: list[SegmentRow] = [rows[0]]
    for i, (x, value, slope, slack) in enumerate(rows[1:], start=1):
        before_x, before_v, before_s, _ = kept[-1]
        x = max(x, before_x) if len(kept) > 1 else x
        if i + 1 < len(rows) and not rows[i + 1][0] - rows[i + 1][3] > x - slack:
            continue
        end = before_v + before_s * (x - before_x)
        gap = end != value and abs(end - value) > DUST * max(abs(end), abs(value), abs(before_v))
        value = value if gap or before_s else before_v
        if not gap and abs(slope - before_s) <= DUST * max(abs(slope), abs(before_s)):
            continue
        kept.append((x, value, slope, slack if gap else 0.0))
    first_cut = kept[1][0] if len(kept) > 1 else 1.0
    anchor = 0.0 if first_cut > 0 else first_cut - 1.0
    x, value, slope, _ = kept[0]
    kept[0] = (anchor, value + slope * (anchor - x), slope, 0.0)
    return [(x + 0.0, v + 0.0, s + 0.0, k + 0.0) for x, v, s, k in kept]


def counted_down(x: Any, counts: tuple[float, ...]) -> Any:
    """A place moved to where a line has a whole number, the one below; a number or an array of any shape."""
    slope, intercept, tolerance = counts
    return (np.floor(x * slope + intercept + tolerance) - intercept) / slope


def rows_through(
    points: Iterable[Sequence[float]],
    below: Literal["zero", "hold", "extend"],
    above: Literal["hold", "extend"],
    slack: float,
) -> list[SegmentRow]:
    """The rows of straight lines through points of ascending x, a repeated x being a jump; see `Curve.through`.

    Raises:
        ValueError: no point, or an x smaller than the one before.
    """
    xy = [(float(x), float(y)) for x, y in points]
    if not xy or any(b[0] < a[0] for a, b in zip(xy, xy[1:], strict=False)):
        raise ValueError(f"points must be given with x ascending (got {xy})")
    lines = [(a[0], a[1], (b[1] - a[1]) / (b[0] - a[0])) for a, b in zip(xy, xy[1:], strict=False) if b[0] > a[0]]
    last = (*xy[-1], lines[-1][2] if above == "extend" and lines else 0.0)
    slope = lines[0][2] if below == "extend" and lines else 0.0
    first = (xy[0][0] - 1.0, 0.0 if below == "zero" else xy[0][1] - slope, slope)
    return [(x, v, s, slack) for x, v, s in (first, *lines, last)]


def rows_along(rows: list[SegmentRow], end_limits: Sequence[float], slope: float, intercept: float) -> list[SegmentRow]:
    """The rows of a function read along a line: x -> f(slope * x + intercept).

    Args:
        end_limits: the limit at the end of every row but the last.
        slope: not zero; where it is negative, left and right change places.
    """
    turned = [(neat_number((x - intercept) / slope), v, s * slope, k / slope) for x, v, s, k in rows]
    if slope > 0:
        return turned
    x, v, s, _ = turned[-1]
    if len(turned) == 1:
        return [(x, v, s, 0.0)]
    mirrored = [(x - 1.0, v - s, s, 0.0)]
    for (_, _, own, _), (at, _, _, k), end in reversed(list(zip(turned, turned[1:], end_limits, strict=False))):
        mirrored.append((at, end, own, k))
    return mirrored


def multiply_rows(met: list[Cut]) -> list[SegmentRow]:
    """The rows of the product of two functions, of both cut at the breaks of both.

    Raises:
        NotALine: two sloped pieces meet.
    """
    rows = []
    for i, (x, (a, s), (b, t), k) in enumerate(met):
        if s and t and (i == 0 or i + 1 == len(met) or met[i + 1][0] > x):
            raise NotALine(f"two sloped pieces meet from {x:g} on")
        rows.append((x, a * b, s * b + t * a, k))
    return rows


def clip_rows(rows: list[SegmentRow], bottom: float, top: float) -> list[SegmentRow]:
    """The rows of a function held between two values, either of which may be infinite."""
    clipped = []
    ends = (*(x for x, *_ in rows[1:]), math.inf)
    for i, (x, v, s, k) in enumerate(rows):
        reach = (-math.inf if i == 0 else x, ends[i])
        crossings = {neat_number(x + (y - v) / s) for y in (bottom, top) if s and math.isfinite(y)}
        cuts = [c for c in sorted(crossings) if reach[0] < c < reach[1]]
        edge = cuts[0] - 1.0 if i == 0 and cuts else x
        for cut, after in zip([edge, *cuts], [*cuts, reach[1]], strict=True):
            y = v + s * (midpoint_of(cut if i or cut != edge else -math.inf, after) - x)
            slack = k if cut == edge else 0.0
            if s and bottom < y < top:
                at = next((b for b in (bottom, top) if math.isfinite(b) and neat_number(x + (b - v) / s) == cut), None)
                clipped.append((cut, v + s * (cut - x) if at is None else at, s, slack))
            else:
                clipped.append((cut, min(max(y if s else v, bottom), top), 0.0, slack))
    return clipped


def greater_rows(met: list[Cut]) -> list[SegmentRow]:
    """The rows of the greater of two functions, of both cut at the breaks of both."""
    rows: list[SegmentRow] = []
    ends = (*(start for start, *_ in met[1:]), math.inf)
    for i, (x, (a, s), (b, t), k) in enumerate(met):
        crossing = neat_number(x + (b - a) / (s - t)) if s != t else math.inf
        low = x if i else -math.inf
        cuts = [crossing] if low < crossing < ends[i] else []
        edge = crossing - 1.0 if not i and cuts else x
        for cut, after in zip([edge, *cuts], [*cuts, ends[i]], strict=True):
            inside = midpoint_of(cut if i or cut != edge else -math.inf, after)
            value, slope = (a, s) if a + s * (inside - x) >= b + t * (inside - x) else (b, t)
            rows.append((cut, value + slope * (cut - x), slope, k if cut == edge else 0.0))
    return rows
