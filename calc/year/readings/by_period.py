"""Each period by itself: pay_t = P(x_t; q_t)."""

import numpy as np

from calc.piecewise.curve import Curve
from calc.year.readings.reading import Levels, ReadingPlace
from calc.year.standing import level_curve, read_levels, standing_of


class ByPeriod:
    """What each period's results earn, whatever came before."""

    name = "by_period"

    def levels(self, place: ReadingPlace) -> Levels:
        """What each payment earns, and 0 before it."""
        standing = standing_of(place.plan, place.periods, place.sizes, place.people.results, "by_period")
        found = read_levels(place.plan, standing)
        return Levels(found, np.zeros_like(found))

    def curve(self, place: ReadingPlace, person: int, period: int, moving: int) -> Curve:
        """What a payment earns along its own result of a KPI."""
        standing = standing_of(place.plan, place.periods, place.sizes, place.people.results, "by_period")
        return level_curve(place.plan, standing, person, period, moving)
