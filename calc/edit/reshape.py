"""A payout redrawn: a lower start, no jumps, or no end; pay at target stays. The mechanic itself says how.

A mechanic goes in with where its terms count from, and a mechanic comes out, or None where it cannot be redrawn so.
"""

from collections.abc import Callable
from dataclasses import dataclass

from calc.edit.convert import points_of
from calc.plan.curves.corners import AxisReading, Corners
from calc.plan.curves.curve_terms import CurveTerms


@dataclass(frozen=True)
class Drawn:
    """A mechanic and how a KPI's attainment reads on the axis of its terms.

    Args:
        mechanic: what pays.
        place: attainment of the KPI -> attainment, result or score that the terms are of.
        sign: -1 where a lower place is better.
    """

    mechanic: CurveTerms
    place: Callable[[float], float]
    sign: float = 1.0

    @property
    def _reading(self) -> AxisReading:
        return AxisReading(self.place, self.sign)

    def starting(self, attainment: float) -> CurveTerms | None:
        """Paying from a lower attainment on, and climbing there from nothing."""
        return _as_mechanic(self.mechanic.starting(attainment, self._reading))

    def smooth(self, fallback: float) -> CurveTerms | None:
        """Without a jump, the same at target.

        Args:
            fallback: the attainment from which pay then starts where it is all or nothing at target.
        """
        return _as_mechanic(self.mechanic.smoothed(fallback, self._reading))

    def lifted(self, reached: float | None, payout: float) -> CurveTerms | None:
        """With an end that lies further out, or none; without level stretches in a table.

        Args:
            reached: the attainment that must still climb; None where no team is known.
            payout: what the end must pay at least where no team is known.
        """
        return _as_mechanic(self.mechanic.lifted(reached, payout, self._reading))

    def open_ended(self) -> CurveTerms | None:
        """Climbing from the first unit and on without an end."""
        return _as_mechanic(self.mechanic.open_ended(self._reading))

    def steeper(self) -> CurveTerms | None:
        """With a climb beyond target as steep as the one before it, rounded up to a twentieth."""
        return self.mechanic.steeper()


def _as_mechanic(redrawn: CurveTerms | Corners | None) -> CurveTerms | None:
    return points_of(redrawn) if isinstance(redrawn, Corners) else redrawn
