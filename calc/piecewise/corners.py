"""The corners of a line of straight pieces, as they are led to rise; and numbers rounded to a step, up or down."""

import math
from collections.abc import Iterable
from itertools import pairwise

from calc.piecewise.curve import Curve
from calc.piecewise.segments import neat_number

CornerList = list[tuple[float, float]]
STEP_TOLERANCE = 1e-9
"""Of a step: a number so near to a multiple of it is that multiple."""


def trace_corners(curve: Curve, step: float = 1.0) -> CornerList:
    """The corners of a curve, a jump as two of them; of a curve that counts whole units, those of the line through it.

    A curve that is not level before its first corner, or after its last, has one more there.

    Args:
        curve: what is traced.
        step: how far beyond the end such a corner is set [x].

    >>> trace_corners(Curve.through([(0.5, 1), (1, 2)], below="zero", above="extend"))
    [(0.5, 1.0), (1.5, 3.0)]
    """
    curve = curve.counted(())
    pieces = curve.pieces()
    first, last = pieces[0], pieces[-1]
    ends = [((after.start, before.end_value), (after.start, after.value)) for before, after in pairwise(pieces)]
    corners = [corner for pair in ends for corner in pair] or [(curve.starts[0], curve.values[0])]
    if not first.slope and not first.value and len(corners) > 1:
        corners = corners[1:]
    if first.slope:
        corners = [(corners[0][0] - step, curve(corners[0][0] - step)), *corners]
    if last.slope:
        corners = [*corners, (corners[-1][0] + step, curve(corners[-1][0] + step))]
    return list(dict.fromkeys((neat_number(x) + 0.0, neat_number(y) + 0.0) for x, y in corners))


def rising_line(rows: Iterable[tuple[float, float]]) -> CornerList:
    """The corners that one rising line goes through: no level stretch, no fall, of a jump its upper end.

    >>> rising_line([(0.8, 0.6), (0.9, 0.6), (0.9, 0.8), (1, 0.8), (1, 1)])
    [(0.8, 0.6), (0.9, 0.8), (1, 1)]
    """
    kept: CornerList = []
    for x, y in rows:
        if kept and y <= kept[-1][1]:
            continue
        if kept and x <= kept[-1][0]:
            kept.pop()
        kept.append((x, y))
    return kept


def line_through(line: CornerList, x: float, y: float) -> CornerList:
    """The line led through one more point, without the corners that would make it fall or stay level.

    >>> line_through([(0.9, 1), (1.2, 1.5)], 1, 1)
    [(1, 1), (1.2, 1.5)]
    """
    before = [p for p in line if p[0] < x and p[1] < y]
    after = [p for p in line if p[0] > x and p[1] > y]
    return [*before, (x, y), *after]


def round_up(x: float, step: float) -> float:
    """A number rounded up to a multiple of a step; infinity stays."""
    return x if math.isinf(x) else round(math.ceil(x / step - STEP_TOLERANCE) * step, 9)


def round_down(x: float, step: float) -> float:
    """A number rounded down to a multiple of a step.

    >>> round_down(0.4218, 0.01), round_up(1.6667, 0.05)
    (0.42, 1.7)
    """
    return round(math.floor(x / step + STEP_TOLERANCE) * step, 9)
