"""Ramp: nothing up to a place, a straight climb from there, and a bonus on reaching target.

A mechanic that nobody needs: it has terms, a curve and this docstring, and nothing else. At target the bonus is paid.
"""

from typing import Literal

from calc.piecewise.curve import Curve
from calc.plan.curves.curve_terms import CurveTerms
from calc.plan.terms import SLACK, Better, FiniteNumber, term


class Ramp(CurveTerms):
    """A climb that begins late, and a bonus at target.

    >>> curve = Ramp(begins=0.5, steepness=1.0, bonus=0.5).curve()
    >>> curve(0.5), curve(0.75), curve(1.0)
    (0.0, 0.25, 1.0)
    """

    kind: Literal["ramp"] = "ramp"
    begins: FiniteNumber = term(0.5, ge=0, le=1, unit="attainment", help="the attainment from which pay climbs")
    steepness: FiniteNumber = term(1.0, ge=0, le=10, unit="payout per attainment", slider=(0, 4), help="how steeply")
    bonus: FiniteNumber | None = term(None, ge=0, le=1, unit="payout", help="what reaching target adds")
    counts: Literal["all", "beyond"] = term("all", help="whether the climb counts from nothing, or from target on")

    def curve(self, better: Better = "higher", scale: float = 1.0) -> Curve:
        """Payout [1 = target incentive] by attainment."""
        start = self.begins if self.counts == "all" else 1.0
        at_target = self.steepness * max(1.0 - start, 0.0)
        jump = at_target + (self.bonus or 0.0)
        climb = [(start, 0.0), (1.0, at_target)] if start < 1 else [(1.0, 0.0)]
        points = [*climb, (1.0, jump), (2.0, jump + self.steepness)]
        return Curve.through(list(dict.fromkeys(points)), below="zero", above="extend", slack=SLACK)
