"""What a plan is expected to cost, as a leader counts: per rep and for the whole team, per period and per year.

One value answers for the figures, the comparison, the report and the table of the budget, so that two places that say
the same thing say the same number. Amounts are expected incentive, before rounding; `with_base` adds base pay where the
plan gives it. Not modelled: reps who come and go within a year, and periods in which the team lands elsewhere.
"""

from dataclasses import dataclass, replace

from calc.outcomes.expected_cost import cost_of_plan
from calc.plan.plan import Plan
from calc.situation.team import Team

PERIODS_IN_A_YEAR = {"week": 52, "fortnight": 26, "four-week": 13, "month": 12, "quarter": 4, "half-year": 2, "year": 1}
"""How often a period of a plan comes in a year."""


@dataclass(frozen=True)
class Budget:
    """What a plan is expected to cost.

    Args:
        per_rep: expected pay of one rep for one period [money].
        at_target: the same at 100 % of everything [money].
        base_pay: what each rep is paid beside it for one period [money]; None where the plan gives none.
        size: how many reps there are; None where no team is described.
        periods: how many periods a year has.
    """

    per_rep: float
    at_target: float
    base_pay: float | None
    size: int | None
    periods: int

    @property
    def per_rep_a_year(self) -> float:
        """Expected pay of one rep over a year [money]."""
        return self.per_rep * self.periods

    @property
    def team(self) -> float | None:
        """Expected pay of the whole team for one period [money]; None where no team is described."""
        return None if self.size is None else self.per_rep * self.size

    @property
    def team_a_year(self) -> float | None:
        """Expected pay of the whole team over a year [money]; None where no team is described."""
        return None if self.size is None else self.per_rep_a_year * self.size

    @property
    def with_base(self) -> "Budget | None":
        """The same with base pay in it; None where the plan gives none."""
        if self.base_pay is None:
            return None
        whole = self.per_rep + self.base_pay, self.at_target + self.base_pay
        return replace(self, per_rep=whole[0], at_target=whole[1], base_pay=None)


def expected_budget(plan: Plan, team: Team | None) -> Budget:
    """What a plan is expected to cost a team; per rep of a team as teams usually are where none is described.

    >>> from calc import load
    >>> preset = load("unreachable-floor")
    >>> budget = expected_budget(preset.plan, preset.team)
    >>> round(budget.per_rep, 2), round(budget.team_a_year)
    (50.13, 24062)
    """
    found = cost_of_plan(plan, team)
    size = None if team is None else found.size
    return Budget(found.expected, found.at_target, plan.base_pay, size, PERIODS_IN_A_YEAR[plan.period])
