"""The form in which one mechanic becomes another: points that pay what it pays, and where they are read.

`Corners` say nearly everything that a mechanic can pay; `AxisReading` and `Setting` tell a mechanic what it may know of
the KPI that reads it.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Literal

from calc.piecewise.corners import line_through, rising_line, trace_corners
from calc.piecewise.curve import Curve
from calc.plan.terms import SLACK, Better, Of, Pays, Point, Reached


@dataclass(frozen=True)
class Corners:
    """Points that pay what a mechanic pays, worse to better or as they were written.

    Args:
        points: pairs of attainment or result, and payout; a repeated x is a jump.
        of: which of the two.
        below: what is paid where it is worse than all points.
        above: what is paid where it is better than all points.
        pays: whether payouts are shares of the target incentive, or money.
        reached: whether a jump counts when it is reached, or only once it is passed.
        stepped: whether all between two jumps is level by intent.

    >>> Corners(((0.5, 0.5), (1.0, 1.0), (1.2, 2.0))).curve()(0.75)
    0.75
    """

    points: tuple[Point, ...]
    of: Of = "attainment"
    below: Literal["zero", "hold", "extend"] = "zero"
    above: Literal["hold", "extend"] = "hold"
    pays: Pays = "share"
    reached: Reached = "at"
    stepped: bool = False

    def ordered(self, sign: float = 1.0) -> list[Point]:
        """The points with their x times a sign, ascending."""
        points = [(sign * x, y) for x, y in self.points]
        return points[::-1] if points[0][0] > points[-1][0] else points

    def curve(self, better: Better = "higher", scale: float = 1.0) -> Curve:
        """Payout [1 = target incentive, or money] by attainment, or by result.

        Args:
            better: which way the result is better, for points of a result.
            scale: the result [KPI unit] that is one whole attainment.

        Raises:
            ValueError: points of a result descend though higher is better.
        """
        result = self.of == "result"
        mirrored = result and better == "lower"
        if not mirrored and self.points[0][0] > self.points[-1][0]:
            raise ValueError("curve.points must be in order, x ascending, where higher is better (got them descending)")
        slack = SLACK * (scale if result else 1.0) * (1 if self.reached == "at" else -1)
        points = self.ordered(-1.0 if mirrored else 1.0)
        curve = Curve.through(points, below=self.below, above=self.above, slack=slack)
        return curve.of_line(-1.0) if mirrored else curve

    def rising(self, reading: "AxisReading", start: float | None) -> "Corners":
        """One rising line through the corners and the pay at target, from nothing where a start is given.

        Args:
            reading: how a KPI's attainment reads on the axis of the points.
            start: where it begins to pay [the points' axis]; None where it stays.
        """
        sign, target = reading.sign, reading.place(1.0)
        at_target = float(self.curve("higher" if sign > 0 else "lower")(target))
        line = line_through(rising_line(self.ordered(sign)), sign * target, at_target)
        if start is not None and self.below == "zero" and line[0][1] > 0:
            low, whole = sign * start, abs(target - reading.place(0.0))
            line = [(low if low < line[0][0] else line[0][0] - whole, 0.0), *line]
        return replace(self, points=tuple((sign * x + 0.0, y) for x, y in line), reached="at", stepped=False)


def corners_of(curve: Curve, of: Of, step: float = 1.0) -> Corners:
    """The corners that a curve goes through.

    Args:
        curve: payout by attainment, or by the result.
        of: which of the two.
        step: how far beyond its last break a point is set where the curve goes on [x].
    """
    pieces = curve.counted(()).pieces()
    below: Literal["zero", "hold", "extend"] = "hold" if pieces[0].value else "zero"
    below = "extend" if pieces[0].slope else below
    return Corners(tuple(trace_corners(curve, step)), of, below, "extend" if pieces[-1].slope else "hold")


@dataclass(frozen=True)
class AxisReading:
    """How a KPI's attainment reads on the axis of a mechanic's terms.

    Args:
        place: attainment of the KPI -> attainment, result or score that the terms are of.
        sign: -1 where a lower place is better.
    """

    place: Callable[[float], float]
    sign: float = 1.0


@dataclass(frozen=True)
class Setting:
    """Where a mechanic is made from another: the KPI that it reads, and what its pay is worth.

    Args:
        kpi: the KPI's id; `plan` for a score.
        better: which way its result is better.
        target: its target [KPI unit].
        line: slope and intercept of its attainment by its result.
        worth: the money that a payout of 1 is.
        turn: a place on one axis told on another: (place, attainment or result) -> place.
        second: the id of the KPI that a grid would read beside it; None where there is no other.
    """

    kpi: str = "plan"
    better: Better = "higher"
    target: float = 1.0
    line: tuple[float, float] = (1.0, 0.0)
    worth: float = 1.0
    turn: Callable[[float, Of], float] = lambda x, _: x
    second: str | None = None

    def by_attainment(self, given: Corners) -> Corners:
        """Corners of the KPI's result as corners of its attainment, worse to better."""
        if given.of == "attainment":
            return given
        told = tuple((self.turn(x, "attainment"), y) for x, y in given.points)
        return replace(given, points=told[::-1] if told[0][0] > told[-1][0] else told, of="attainment")
