"""The readings of one sentence: how results by payment become what is earned so far. A new one is named here, once."""

from calc.year.readings.by_period import ByPeriod
from calc.year.readings.rate_reached import RateReached
from calc.year.readings.reading import YearReading
from calc.year.readings.running_total import RunningTotal
from calc.year.readings.shared_ladder import SharedLadder

READINGS: tuple[YearReading, ...] = (ByPeriod(), RunningTotal(), RateReached(), SharedLadder())
"""Every reading, by the name that it has in a plan file."""


def reading_named(name: str) -> YearReading:
    """The reading of a name."""
    return next(reading for reading in READINGS if reading.name == name)
