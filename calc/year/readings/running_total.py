"""The running total, less what was paid: pay_t = F(X_t) - F(X_t-1), with X since the restart.

Held against the target to date, or against the whole target until the restart: two rules. After returns it can be
below zero. Under marginal tiers it is the same as splitting the deal that crosses a tier.
"""

import numpy as np

from calc.piecewise.curve import Curve
from calc.year.readings.reading import Levels, ReadingPlace
from calc.year.standing import Standing, level_curve, read_levels, standing_of


class RunningTotal:
    """What all results since the restart earn together."""

    name = "running_total"

    def levels(self, place: ReadingPlace) -> Levels:
        """What is earned since the restart, with each payment and before it."""
        found = read_levels(place.plan, _standing(place))
        before = np.zeros_like(found)
        before[:, 1:] = found[:, :-1]
        before[:, :: place.periods.in_span] = 0.0
        return Levels(found, before)

    def curve(self, place: ReadingPlace, person: int, period: int, moving: int) -> Curve:
        """What is earned since the restart along one payment's result of a KPI."""
        return level_curve(place.plan, _standing(place), person, period, moving)


def _standing(place: ReadingPlace) -> Standing:
    window = place.year.against or "whole"
    return standing_of(place.plan, place.periods, place.sizes, place.people.results, window)
