"""Points: straight lines between the points of a payout table; a repeated x is a jump.

The form in which most bonus schedules are printed (threshold, target, maximum, and rows between). `below` and `above`
mean worse and better than the points. Source: published schedules, such as RealNetworks' 2009 MBO plan (SEC filing).

At a jump the better side is paid, unless `reached = "above"`. Points of a result that is better when lower may be
listed from either end. Not modelled: curves between points.
"""

from typing import Annotated, Literal, Self

from pydantic import FailFast, model_validator

from calc.piecewise.curve import Curve
from calc.plan.terms import SLACK, Better, Of, Pays, Point, Reached, Terms, term


class Points(Terms):
    """Straight lines through points.

    >>> Points(points=((0.5, 0.5), (1, 1), (1.2, 2))).curve()(0.75)
    0.75
    """

    kind: Literal["points"] = "points"
    points: Annotated[tuple[Point, ...], FailFast()] = term(
        min_length=1, max_length=200, help="pairs of attainment or result, and payout"
    )
    of: Of = term("attainment", help="whether the points are of attainment or of the result in the KPI's unit")
    below: Literal["zero", "hold", "extend"] = term("zero", help="what is paid where it is worse than all points")
    above: Literal["hold", "extend"] = term("hold", help="what is paid where it is better than all points")
    pays: Pays = term("share", help="whether payouts are shares of the KPI's target incentive, or amounts of money")
    reached: Reached = term("at", help="whether a jump counts when it is reached, or only once it is passed")

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        xs = [x for x, _ in self.points]
        if xs != sorted(xs) and not (self.of == "result" and xs == sorted(xs, reverse=True)):
            raise ValueError(f"points must be in order, x ascending (got {', '.join(f'{x:g}' for x in xs[:12])})")
        return self

    def times(self, factor: float) -> Self:
        """The same points with every payout multiplied."""
        return self.changed(points=tuple((x, y * factor) for x, y in self.points))

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
        sign = -1.0 if mirrored else 1.0
        points = [(sign * x, y) for x, y in self.points]
        if mirrored and points[0][0] > points[-1][0]:
            points.reverse()
        if points[0][0] > points[-1][0]:
            raise ValueError("curve.points must be in order, x ascending, where higher is better (got them descending)")
        slack = SLACK * (scale if result else 1.0) * (1 if self.reached == "at" else -1)
        curve = Curve.through(points, below=self.below, above=self.above, slack=slack)
        return curve.of_line(-1.0) if mirrored else curve
