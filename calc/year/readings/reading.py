"""What a reading of a year is: how results by payment become what is earned so far."""

from dataclasses import dataclass
from typing import Protocol

from calc.piecewise.curve import Curve
from calc.piecewise.vectorized import Floats
from calc.plan.plan_terms import PlanTerms
from calc.year.sizes import PeriodSizes
from calc.year.year_periods import YearPeriods
from calc.year.year_results import YearResults
from calc.year.year_terms import Year


@dataclass(frozen=True)
class Levels:
    """What is earned since the restart, each payment included (n, t), and without it (n, t) [money, not rounded]."""

    level: Floats
    before: Floats


@dataclass(frozen=True)
class ReadingPlace:
    """What a reading reads."""

    plan: PlanTerms
    year: Year
    periods: YearPeriods
    sizes: PeriodSizes
    people: YearResults


class YearReading(Protocol):
    """One reading of the sentence that says how results are paid over periods."""

    name: str

    def levels(self, place: ReadingPlace) -> Levels:
        """What all people earn, payment by payment."""

    def curve(self, place: ReadingPlace, person: int, period: int, moving: int) -> Curve:
        """What one person has earned [money] since the restart, along one payment's result of a KPI."""
