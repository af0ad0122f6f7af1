"""Points: straight lines between the points of a payout table; a repeated x is a jump.

The form in which most bonus schedules are printed (threshold, target, maximum, and rows between). `below` and `above`
mean worse and better than the points. Source: published schedules, such as RealNetworks' 2009 MBO plan (SEC filing).

At a jump the better side is paid, unless `reached = "above"`. Points of a result that is better when lower may be
listed from either end. Not modelled: curves between points.
"""

import math
from typing import Annotated, ClassVar, Literal, Self

from pydantic import FailFast, model_validator

from calc.piecewise.curve import Curve
from calc.plan.curves.corners import Corners, Setting
from calc.plan.curves.tables import TableTerms
from calc.plan.terms import Better, Of, Pays, Point, Reached, term


class Points(TableTerms):
    """Straight lines through points.

    >>> Points(points=((0.5, 0.5), (1, 1), (1.2, 2))).curve()(0.75)
    0.75
    """

    TITLE: ClassVar[str] = "Points"
    ABOUT: ClassVar[str] = "Straight lines between the rows. The same place twice is a jump."
    IN_WORDS: ClassVar[str] = "points"
    IN_SHEET: ClassVar[str] = "by points"

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
        return self.corners().curve(better, scale)

    def corners(self, sign: float = 1.0) -> Corners:
        """Itself: points pay what they pay, in the order in which they are written."""
        return Corners(self.points, self.of, self.below, self.above, self.pays, self.reached)

    @classmethod
    def from_corners(cls, given: Corners, setting: Setting) -> Self:
        """The same points; only what is not a default is written down."""
        terms = {name: getattr(given, name) for name in ("below", "above", "pays", "reached")}
        terms = {name: value for name, value in terms.items() if value != cls.model_fields[name].default}
        return cls(points=given.points, of=given.of, **terms)

    def never_falling(self, lower_is_better: bool) -> Self:
        """With every payout held at the best reached so far."""
        backwards = lower_is_better and self.of_result and self.points[0][0] <= self.points[-1][0]
        held, best = [], -math.inf
        for x, y in reversed(self.points) if backwards else self.points:
            best = max(best, y)
            held.append((x, best))
        return self.changed(points=tuple(reversed(held) if backwards else held))
