"""Pay by place in a group: the terms of a contest among colleagues.

The best by result takes the first place. People who tie share the mean of the places that they take together; a place
that nobody takes is not paid. What such pay does is worked out in `calc.team.rank_pay`.
"""

from calc.plan.kpi import ID
from calc.plan.terms import FiniteNumber, Terms, term


class Rank(Terms):
    """Pay by place, beside what the plan pays."""

    kpi: str | None = term(
        None, pattern=ID, max_length=40, help="the id of the KPI by whose attainment people are placed; the main one"
    )
    pays: tuple[FiniteNumber, ...] = term(
        min_length=1, max_length=200, unit="money", help="what each place is paid, the first place first"
    )
    daily_spread: FiniteNumber | None = term(
        None, gt=0, unit="attainment", help="how far one day's result scatters, as a share of the period's target"
    )
