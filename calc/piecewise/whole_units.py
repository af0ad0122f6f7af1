"""A curve that is read at whole units alone, with its breaks at whole units too.

Nobody has 2.1 deals. A jump at 2.1 is met by whoever has 3, and what a ceiling at 4.5 leaves of the climb is paid for
the fifth. So a jump stands at the first unit that is beyond it, and where a line only bends, the units on both sides of
the bend are joined. The value at every whole unit is what it was.
"""

import math
from dataclasses import dataclass
from itertools import groupby

from calc.piecewise.curve import Curve
from calc.piecewise.segments import SegmentRow, merge_rows, neat_number


@dataclass(frozen=True)
class _Break:
    """The first unit beyond a break, and whether the curve jumps there."""

    unit: float
    jumps: bool


def on_whole_units(curve: Curve, upwards: bool = True) -> Curve:
    """A curve that counts whole units of x, with its breaks at whole units; itself where it does not.

    Args:
        curve: a curve whose `counts` are of x itself.
        upwards: whether a unit more is better; a jump stands at the first unit of its better side.

    >>> paid = Curve.through([(2.1, 0.7), (3, 1), (4.5, 2)], below="zero").counted((1.0, 0.0, 1e-9))
    >>> [(jump.at, round(jump.after, 9)) for jump in on_whole_units(paid).jumps()]
    [(3.0, 1.0)]
    """
    if not curve.counts or len(curve.starts) < 2 or curve.counts[:2] != (1.0, 0.0):
        return curve
    line = curve.counted(()) if upwards else curve.counted(()).of_line(-1.0)
    moved = _moved(line, curve.counts[2])
    return (moved if upwards else moved.of_line(-1.0)).counted(curve.counts)


def _moved(line: Curve, slack: float) -> Curve:
    """A curve with its breaks moved to whole units."""
    rows: list[SegmentRow] = [(line.starts[0], line.values[0], line.slopes[0], 0.0)]
    before = -math.inf
    for found in _breaks(line):
        x = rows[-1][0]
        last, unit = found.unit - 1.0, found.unit
        if found.jumps and last - before < 1.0:  # one unit alone: level up to the jump
            rows[-1] = (x, line(last), 0.0, rows[-1][3])
        elif not found.jumps:
            rows.append((last, line(last), line(unit) - line(last), 0.0))
        rows.append((unit, line(unit), _slope_at(line, unit), slack if found.jumps else 0.0))
        before = unit
    starts, values, slopes, slacks = zip(*merge_rows(rows), strict=True)
    return Curve(starts, values, slopes, slacks)


def _breaks(line: Curve) -> list[_Break]:
    """The breaks of a curve by the first unit beyond them; those that share one as one."""
    found = []
    heights = {jump.at for jump in line.jumps()}
    for start, slack in zip(line.starts[1:], line.slack[1:], strict=True):
        found.append(_Break(float(math.ceil(neat_number(start - slack))), start in heights))
    found.sort(key=lambda one: one.unit)
    return [_Break(unit, any(one.jumps for one in group)) for unit, group in groupby(found, key=lambda one: one.unit)]


def _slope_at(line: Curve, unit: float) -> float:
    """The slope of the piece that a unit is paid by."""
    later = zip(line.starts[1:], line.slack[1:], line.slopes[1:], strict=True)
    return [line.slopes[0], *(slope for start, slack, slope in later if start - slack <= unit)][-1]
