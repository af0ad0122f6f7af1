"""A plan with the rules of its year, checked against each other: what can be paid over periods."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from calc.plan.errors import Refused, nearest_name
from calc.plan.plan import Plan
from calc.situation.calendar import adds_up
from calc.year.reading_faults import reading_faults
from calc.year.rules.draw import Draw
from calc.year.rules.holdback import Holdback
from calc.year.rules.proration import Proration
from calc.year.rules.ramp import Ramp
from calc.year.rules.recovery import Recovery
from calc.year.year_periods import YearPeriods, periods_within
from calc.year.year_results import YearResults
from calc.year.year_terms import Year

BY_ITSELF = Year(reading="by_period")
"""The year of a plan that says nothing of one."""
YEAR_TABLES = ("year", "draw", "ramp", "proration", "holdback", "recovery")
"""The tables of a plan file that say how pay runs over periods."""


@dataclass(frozen=True)
class YearPlan:
    """A plan and the rules around it.

    Args:
        rounded_to: what money is rounded to multiples of [money]; as the plan says where None.

    Raises:
        Refused: a sentence for each rule that does not fit the plan.
    """

    plan: Plan
    year: Year = BY_ITSELF
    draw: Draw | None = None
    ramp: Ramp | None = None
    proration: Proration | None = None
    holdback: Holdback | None = None
    recovery: Recovery | None = None
    rounded_to: float | None = None

    def __post_init__(self) -> None:
        faults = tuple(year_faults(self))
        if faults:
            raise Refused(faults)

    @property
    def level_unit(self) -> float:
        """What a payment's earnings are rounded to multiples of [money]."""
        return self.plan.unit if self.rounded_to is None else self.rounded_to

    @property
    def smallest_amount(self) -> float:
        """What the shares that rules take are rounded to multiples of [money]."""
        return float(min(self.level_unit, 10.0**-self.plan.minor))

    @cached_property
    def periods(self) -> YearPeriods:
        """The payments of the year."""
        return periods_of(self.plan, self.year)


def periods_of(plan: Plan, year: Year) -> YearPeriods:
    """The payments of a year under a plan.

    Raises:
        Refused: they do not part the plan's period, or the time until a restart.
    """
    paid = year.paid or plan.period
    in_plan = periods_within(paid, plan.period)
    if in_plan is None:
        raise Refused(f"year.paid must part the plan's period into whole ones (got '{paid}' and '{plan.period}')")
    again = year.begins_again or "year"
    in_span, in_year = periods_within(paid, again), periods_within(paid, "year")
    if in_span is None or in_year is None:
        raise Refused(f"year.begins_again must be a whole number of payments (got '{again}' and '{paid}')")
    if year.weights and len(year.weights) != in_plan:
        raise Refused(f"year.weights must have one share for each payment, {in_plan} (got {len(year.weights)})")
    shares = year.weights or (1.0 / in_plan,) * in_plan
    return YearPeriods(paid, in_plan, in_span, in_year, shares, year.first_day)


def year_faults(rules: YearPlan) -> Iterator[str]:
    """A sentence for each rule that does not fit the plan or the other rules."""
    plan, year = rules.plan, rules.year
    try:
        periods = periods_of(plan, year)
    except Refused as refused:
        yield from refused.sentences
        return
    yield from _unknown_kpis(rules)
    yield from reading_faults(plan, year)
    dated = [name for name in ("proration",) if getattr(rules, name) is not None]
    if dated and year.begins is None:
        yield f"year.begins must be given where there is [{dated[0]}] (got none): the first day of the year"
    if rules.recovery is not None and year.below_zero is None:
        yield "year.below_zero must be given where pay is taken back (got none): 'allowed', 'carried' or 'forgiven'"
    if plan.pay_below_zero and year.below_zero is None and any(getattr(rules, n) for n in YEAR_TABLES if n != "year"):
        yield "year.below_zero must be given where pay may fall below zero (got none)"
    if rules.draw is not None and rules.draw.settled == "end_of_span" and year.begins_again is None:
        yield "year.begins_again must be given where draw.settled is 'end_of_span' (got none): 'quarter' or 'year'"
    if rules.ramp is not None:
        yield from _ramp_faults(rules.ramp, plan)
    scaled = periods.in_plan > 1 or year.against is not None or rules.proration is not None
    rounded = [k.id for k in plan.kpis if k.round_to]
    if scaled and rounded:
        yield f"{rounded[0]}.round_to must be 0 where targets are parts or sums of the plan's (got another one)"


def _unknown_kpis(rules: YearPlan) -> Iterator[str]:
    named = [("year.changes.targets", id) for change in rules.year.changes for id in change.targets]
    named += [("ramp.targets", id) for id in (rules.ramp.targets if rules.ramp is not None else ())]
    named += [("year.ladder.order", id) for id in (rules.year.ladder.order if rules.year.ladder is not None else ())]
    for where, id in named:
        if id not in rules.plan.ids:
            yield f"{where} must name KPIs of the plan (got {id[:40]!r}): {nearest_name(id, rules.plan.ids)}"


def _ramp_faults(ramp: Ramp, plan: Plan) -> Iterator[str]:
    """A ramp that changes nothing: no target that the pay depends on grows day by day."""
    ids = [k.id for k in plan.kpis if adds_up(k) and plan.depends_on_target(k.id)]
    if not ids:
        yield "ramp must be left out where the pay depends on no target that adds up (got one): it would change nothing"
    for id in ramp.targets:
        if id in plan.ids and id not in ids:
            yield f"ramp.targets must name KPIs whose target the pay depends on (got {id!r})"


def check_series(rules: YearPlan, people: YearResults) -> None:
    """Nothing that is given is ignored, and nothing that is needed is left out.

    Raises:
        Refused: a series is given that no rule reads, or one is missing.
    """
    if people.cancelled is not None and rules.holdback is None and rules.recovery is None:
        raise Refused("cancelled must be left out without [holdback] or [recovery] (got some): nothing would be taken")
    if people.served is not None and (rules.recovery is None or rules.recovery.contract_months is None):
        raise Refused("served must be left out without recovery.contract_months (got some)")
    if people.unpaid is not None and (rules.recovery is None or rules.recovery.unpaid_days is None):
        raise Refused("unpaid must be left out without recovery.unpaid_days (got some)")
    if (people.received is None) == (rules.year.pays_when == "collected"):
        verb = "given" if people.received is None else "left out"
        raise Refused(f"received must be {verb} where year.pays_when is '{rules.year.pays_when}' (got otherwise)")
