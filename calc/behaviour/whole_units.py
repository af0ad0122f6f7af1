"""Pay by sales of a KPI that counts in whole units: stairs, or the line that luck makes of them.

Nobody is paid for half a deal. Where one unit is no more than the luck of a step, luck blurs the stairs: what is paid
is then the line through them, half a unit lower, to 1e-8. Where a unit is more, every stair within reach is a jump.
"""

import math

import numpy as np

from calc.piecewise.curve import Curve
from calc.piecewise.segments import SegmentRow, merge_rows

MAX_STAIRS = 300
"""Of more stairs within reach, each is so small that the line through them stands for all."""


def lay_out_stairs(pay: Curve, luck: float, low: float, high: float) -> Curve:
    """A curve that counts whole units as one that is read as it is; itself where it does not count.

    Args:
        pay: money by sales, with its breaks at whole units.
        luck: of one step, as a standard deviation [sales].
        low, high: sales within reach; beyond them the line through the stairs goes on.

    >>> deals = Curve.through([(0, 0), (1, 10)], above="extend").counted((1.0, 0.0, 1e-9))
    >>> lay_out_stairs(deals, 0.1, 0.0, 3.0)(2.9), lay_out_stairs(deals, 5.0, 0.0, 3.0)(2.9)
    (20.0, 24.0)
    """
    if not pay.counts:
        return pay
    by_sale, first, _ = pay.counts
    line, unit = pay.counted(()), 1.0 / abs(by_sale)
    lead = 0.0 if by_sale > 0.0 else -unit  # where less is better, a unit is paid from just beyond the one before it
    blurred = [
        (start + lead, value - 0.5 * unit * slope, slope, 0.0)
        for start, value, slope in zip(line.starts, line.values, line.slopes, strict=True)
    ]
    ends = sorted((low * by_sale + first, high * by_sale + first))
    units = np.arange(math.floor(ends[0]), math.ceil(ends[1]) + 1)
    if luck >= unit or len(units) > MAX_STAIRS:
        return _curve_of(blurred)
    places = np.sort((units - first) / by_sale)
    stairs = [(float(place + lead), float(line(place)), 0.0, 0.0) for place in places]
    return _curve_of(_with_blurred_ends(stairs, blurred, unit))


def _with_blurred_ends(stairs: list[SegmentRow], blurred: list[SegmentRow], unit: float) -> list[SegmentRow]:
    """The stairs, with the line through them on both sides."""
    begin, end = stairs[0][0], stairs[-1][0] + unit
    before = [row for row in blurred if row[0] < begin] or [blurred[0]]
    last = [blurred[0], *(row for row in blurred[1:] if row[0] <= end)][-1]
    onward = (end, last[1] + last[2] * (end - last[0]), last[2], 0.0)
    return [*before, *stairs, onward, *(row for row in blurred[1:] if row[0] > end)]


def _curve_of(rows: list[SegmentRow]) -> Curve:
    starts, values, slopes, slacks = zip(*merge_rows(rows), strict=True)
    return Curve(starts, values, slopes, slacks)
