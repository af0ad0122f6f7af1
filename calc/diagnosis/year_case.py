"""The year of the rep looked at, worked out once, so that every check of the year reads the same payments."""

from dataclasses import dataclass
from functools import cached_property

import numpy as np

from calc.documents.planfile import Preset
from calc.piecewise.pieces import NotALine
from calc.piecewise.vectorized import Floats
from calc.plan.kpi import Kpi
from calc.plan.terms import LARGEST_NUMBER
from calc.situation.calendar import adds_up
from calc.year.beside.moving import MovePrice, kept_in_all, moving_prices, repeated_person
from calc.year.beside.payment_names import payment_name
from calc.year.next_unit import unrounded
from calc.year.period_curve import PeriodCurves, period_curves
from calc.year.settle import year_statement
from calc.year.statement_lines import YearStatement
from calc.year.year_plan import YearPlan
from calc.year.year_results import YearResults

WORTH_NOTHING = 1e-6
"""What one more unit may bring that is nothing, as a part of the target incentive per unit of target."""


@dataclass(frozen=True)
class YearCase:
    """One rep's year under a plan.

    Args:
        preset: the plan, with its year.
        kpi: the KPI that is moved, one that adds up.
    """

    preset: Preset
    kpi: Kpi

    @cached_property
    def rules(self) -> YearPlan:
        """The plan and the rules of its year."""
        return self.preset.year_plan

    @cached_property
    def people(self) -> YearResults:
        """The rep's results."""
        return self.preset.year_results

    @cached_property
    def statement(self) -> YearStatement:
        """Every payment of the rep."""
        return year_statement(self.rules, self.people)

    @cached_property
    def place(self) -> int:
        """The KPI's place among the plan's."""
        return self.rules.plan.ids.index(self.kpi.id)

    @cached_property
    def results(self) -> Floats:
        """The rep's results of the KPI (t,) [KPI unit]."""
        return np.asarray(self.statement.results[0, :, self.place])

    @cached_property
    def targets(self) -> Floats:
        """The targets of the KPI (t,) [KPI unit]."""
        return np.asarray(self.statement.targets[0, :, self.place])

    @cached_property
    def pays(self) -> Floats:
        """What is paid in each payment (t,) [money]."""
        return np.asarray((self.statement.paid + self.statement.settled)[0])

    @cached_property
    def worth(self) -> Floats:
        """What one more unit in each payment brings over all payments, less what is then owed (t,) [money]."""
        exact, count = unrounded(self.rules), self.people.count
        results = np.repeat(self.people.results, count + 1, axis=0)
        results[np.arange(1, count + 1), np.arange(count), self.place] += self.kpi.sign
        net = kept_in_all(exact, repeated_person(self.people, results))
        return np.asarray(np.round(net[1:] - net[0], 9) + 0.0)

    @cached_property
    def moves(self) -> tuple[MovePrice, ...]:
        """What moving a deal over the end of each payment is worth."""
        return moving_prices(self.rules, self.people, self.kpi.id) if self.people.count > 1 else ()

    def curves(self, period: int) -> PeriodCurves | None:
        """The exact curves of one payment; None where results multiply each other along it."""
        try:
            return period_curves(self.rules, self.people, period, self.kpi.id)
        except NotALine:
            return None

    def called(self, period: int) -> str:
        """What a payment is called in a sentence: March, quarter 2."""
        return payment_name(self.rules.periods, period)

    @property
    def paid_word(self) -> str:
        """What one payment is for: month."""
        return self.rules.periods.paid

    def flat_from(self, period: int) -> float | None:
        """How many more units pay nothing out in a payment, from where the rep stands; None without an end."""
        found = self.curves(period)
        if found is None:
            return 0.0
        here = float(self.results[period])
        piece = next(p for p in found.paid.pieces() if p.start <= here < p.end)
        if abs(piece.slope) > WORTH_NOTHING:
            return 0.0
        return None if piece.end > LARGEST_NUMBER else float(piece.end - here)


def year_case(preset: Preset) -> YearCase | None:
    """The rep's year; None where the plan says nothing of one, or pays nothing that adds up."""
    if not preset.has_year and preset.rep_year is None:
        return None
    plan = preset.plan
    moved = [k for k in plan.kpis if k.paid and adds_up(k)]
    if not moved:
        return None
    return YearCase(preset, max(moved, key=lambda k: plan.targeted[k.id]))
