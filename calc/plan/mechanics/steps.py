"""Steps: the payout of the best step reached, and nothing before the first.

A stepped (or cliff) bonus: every step is a jump and everything between two steps is flat. Source: published band
tables, such as calqoo.com's 0/50/80/100/120/150 % bands.

At a step its own payout is paid, unless `reached = "above"`.
"""

from itertools import pairwise
from typing import Annotated, ClassVar, Literal, Self

from pydantic import FailFast, model_validator

from calc.piecewise.curve import Curve
from calc.piecewise.segments import neat_number
from calc.plan.curves.corners import Corners, Setting
from calc.plan.curves.tables import RowColumn, TableTerms
from calc.plan.terms import SLACK, Better, Of, Pays, Point, Reached, term


class Steps(TableTerms):
    """The y of the best step reached.

    >>> Steps(steps=((0.8, 0.5), (1, 1))).curve()(0.99)
    0.5
    """

    TITLE: ClassVar[str] = "Steps"
    ABOUT: ClassVar[str] = "What the best step reached pays. Between two steps nothing moves."
    IN_WORDS: ClassVar[str] = "steps"
    IN_SHEET: ClassVar[str] = "by steps"
    COLUMNS: ClassVar[tuple[RowColumn, ...]] = (RowColumn("From", "place"), RowColumn("Pays", "payout"))

    kind: Literal["steps"] = "steps"
    steps: Annotated[tuple[Point, ...], FailFast()] = term(
        min_length=1, max_length=200, help="pairs of attainment or result, and payout"
    )
    of: Of = term("attainment", help="whether the steps are of attainment or of the result in the KPI's unit")
    pays: Pays = term("share", help="whether payouts are shares of the KPI's target incentive, or amounts of money")
    reached: Reached = term("at", help="whether a step counts when it is reached, or only once it is passed")

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        xs = [x for x, _ in self.steps]
        up = all(a < b for a, b in zip(xs, xs[1:], strict=False))
        down = self.of == "result" and all(a > b for a, b in zip(xs, xs[1:], strict=False))
        if not up and not down:
            raise ValueError(f"steps must be in order, each x once (got {', '.join(f'{x:g}' for x in xs[:12])})")
        return self

    def times(self, factor: float) -> Self:
        """The same steps with every payout multiplied."""
        return self.changed(steps=tuple((x, y * factor) for x, y in self.steps))

    def curve(self, better: Better = "higher", scale: float = 1.0) -> Curve:
        """Payout [1 = target incentive, or money] by attainment, or by result.

        Args:
            better: which way the result is better, for steps of a result.
            scale: the result [KPI unit] that is one whole attainment.

        Raises:
            ValueError: steps of a result descend though higher is better.
        """
        result = self.of == "result"
        mirrored = result and better == "lower"
        if not mirrored and self.steps[0][0] > self.steps[-1][0]:
            raise ValueError("curve.steps must be in order, x ascending, where higher is better (got them descending)")
        steps = sorted((-x if mirrored else x, y) for x, y in self.steps)
        slack = SLACK * (scale if result else 1.0) * (1 if self.reached == "at" else -1)
        starts = [steps[0][0] - 1.0, *(x for x, _ in steps)]
        values = [0.0, *(y for _, y in steps)]
        curve = Curve(tuple(starts), tuple(values), (0.0,) * len(starts), (0.0, *[slack] * len(steps)))
        return curve.of_line(-1.0 if mirrored else 1.0)

    @property
    def jumps_by(self) -> Literal["steps"]:
        """Every step is a jump."""
        return "steps"

    def corners(self, sign: float = 1.0) -> Corners:
        """The level stretches, worse to better."""
        rows = sorted(self.steps, key=lambda row: sign * row[0])
        level = [((x, y), (after, y)) for (x, y), (after, _) in pairwise(rows)]
        points = (*(corner for pair in level for corner in pair), rows[-1])
        return Corners(points, self.of, pays=self.pays, reached=self.reached, stepped=True)

    @classmethod
    def from_corners(cls, given: Corners, setting: Setting) -> Self:
        """Steps at the points and at target, each with what the points pay there.

        >>> Steps.from_corners(Corners(((0.4, 0), (1, 1), (2, 2.8))), Setting()).steps
        ((1.0, 1.0), (2.0, 2.8))
        """
        of_result = given.of == "result"
        target, sign = (setting.target, -1.0 if setting.better == "lower" else 1.0) if of_result else (1.0, 1.0)
        down = sign * given.points[0][0] > sign * given.points[-1][0]
        listed = dict(reversed(given.points) if down else given.points)
        if len(listed) > 1 and min(listed) < target < max(listed):
            listed.setdefault(target, neat_number(given.curve("higher" if sign > 0 else "lower")(target)))
        rows = sorted(listed.items(), key=lambda row: sign * row[0])
        while len(rows) > 1 and not rows[0][1]:
            rows = rows[1:]
        money = {"pays": given.pays} if given.pays != "share" else {}
        return cls(steps=tuple(rows), of=given.of, reached=given.reached, **money)
