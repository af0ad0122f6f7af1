"""Pace: from where to where a KPI pays, and whether a rep is on track on a day of the period.

A KPI that adds up (revenue, deals) goes on at the rate of the days that are over; one that is an average (a margin in
%, a talk time) stays where it stands. The chances of the days to come are those of a rep who goes on at this rate and
scatters from day to day as the team does. Not modelled: seasons within a period, and counts that are better when lower,
which are taken as averages; so is a KPI with a scale of its own.
"""

from dataclasses import dataclass

from calc.diagnosis.context import Case
from calc.diagnosis.foregone import ceiling_zone
from calc.piecewise.curve import Curve
from calc.piecewise.distributions import Normal
from calc.plan.kpi import Kpi
from calc.situation.calendar import Calendar, adds_up


@dataclass(frozen=True)
class Pace:
    """Where one paid KPI is heading on a day.

    Args:
        kpi: its id.
        so_far: the result by now [KPI unit].
        lands: the result at the end at this rate [KPI unit].
        rate_needed: how many times the normal daily rate the days left need for target; for an average, the attainment
            they need. 0 where it is reached, infinity where no day is left.
        at_floor, at_target, at_ceiling: the chance of ending there or better; None without a team, or where there is
            no ceiling.
        next_unit: what one unit better pays [money], from where everything lands.
        next_percent: what 1 % of the target more pays [money], from where everything lands.
        per_hour: what an hour of work on it pays [money]; None where its hours are not given.
    """

    kpi: str
    so_far: float
    lands: float
    rate_needed: float
    at_floor: float | None
    at_target: float | None
    at_ceiling: float | None
    next_unit: float
    next_percent: float
    per_hour: float | None


@dataclass(frozen=True)
class Pacing:
    """Where a rep is heading on a day.

    Args:
        day: days that are over.
        days: days of the period.
        pays: the whole plan's pay where everything lands [money].
        kpis: the paid KPIs, the heaviest first.
        by_hour: whether `work_on` goes by pay per hour, which it does where every paid KPI gives its hours; else it
            goes by what 1 % of the target pays.
        work_on: the id of the KPI to work on next; None where none of them moves pay.
    """

    day: float
    days: float
    pays: float
    kpis: tuple[Pace, ...]
    by_hour: bool
    work_on: str | None


def read_pace(case: Case) -> Pacing | None:
    """Whether a rep who stands at `case.at` today is on track; None where it is not known what day it is.

    On day 0 nothing is known of the rep's rate: the team's mean is taken, or the normal rate without a team.
    """
    calendar = case.calendar
    if calendar is None or calendar.today is None:
        return None
    lands = {k.id: k.result(_landing_at_rate(case, k, calendar, calendar.today)) for k in case.plan.kpis}
    paces = tuple(_pace_of(case, k, calendar, calendar.today, lands) for k in case.paid)
    by_hour = all(p.per_hour is not None for p in paces)
    worth = {p.kpi: (p.per_hour or 0.0) if by_hour else p.next_percent for p in paces}
    best = max(worth, key=lambda name: worth[name])
    pays = case.plan.statement(lands).pay
    return Pacing(calendar.today, calendar.days, pays, paces, by_hour, best if worth[best] > 0 else None)


def _landing_at_rate(case: Case, kpi: Kpi, calendar: Calendar, day: float) -> float:
    """Where a KPI ends at this rate [attainment]."""
    stands = float(kpi.attainment(case.at.get(kpi.id, kpi.target)))
    if not adds_up(kpi):
        return stands
    if not day:
        even = even_landing(case, kpi)
        return stands + (1.0 if even is None else even.mean)
    return stands * calendar.days / day


def _pace_of(case: Case, kpi: Kpi, calendar: Calendar, day: float, lands: dict[str, float]) -> Pace:
    so_far = case.at.get(kpi.id, kpi.target)
    stands, ends = float(kpi.attainment(so_far)), _landing_at_rate(case, kpi, calendar, day)
    earned = stands if adds_up(kpi) else stands * day / calendar.days
    even, top = even_landing(case, kpi), ceiling_zone(case, kpi)
    rate = ends - earned if not day and adds_up(kpi) else ends

    def chance_of(goal: float | None) -> float | None:
        return None if even is None or goal is None else calendar.chance(goal, rate, even.sd, day, earned)

    along = case.plan.pay_along(kpi.id, lands)
    unit = _next_gain(along, lands[kpi.id], kpi.sign)
    percent = _next_gain(along, lands[kpi.id], kpi.sign * kpi.span / 100)
    return Pace(
        kpi=kpi.id,
        so_far=so_far,
        lands=lands[kpi.id],
        rate_needed=calendar.rate_needed(1.0, day, earned),
        at_floor=chance_of(pays_from(case, kpi)),
        at_target=chance_of(1.0),
        at_ceiling=chance_of(None if top is None else top.start),
        next_unit=case.money(unit),
        next_percent=case.money(percent),
        per_hour=None if kpi.hours is None else case.money(unit / kpi.hours),
    )


def _next_gain(along: Curve, result: float, step: float) -> float:
    return float(along(result + step) - along(result))


def even_landing(case: Case, kpi: Kpi) -> Normal | None:
    """Mean and spread of the team on a KPI [attainment] as days that add up evenly; None where it lands nowhere."""
    landing = case.landing(kpi)
    return None if landing is None else Normal(landing.mean, landing.sd)


def pays_from(case: Case, kpi: Kpi) -> float:
    """The attainment from which a KPI pays: the end of the zero zone at its bottom, 0 where there is none."""
    end: float | None = 0.0
    for zone in case.zones(kpi):
        if zone.kind != "zero":
            break
        end = zone.end
    return end or 0.0
