"""A late plan: days of the period are over before anybody knows what is paid.

What it is: the part of the period that lies before the day the plan was announced. Its money is the expected pay of the
whole period less that of the days left, along the KPI that pays most; without a team, the same at the normal rate.

Why it hurts: whoever waited needs the whole target in the days that are left, sees that it will not happen, and stops
trying. Whoever did not wait worked as they thought right.

What to do: announce the plan before the period begins, at the latest in its first working days.

Source: within the first two weeks of a year (BetterSalesComp), before the period (ZS); a month has about one day for
the same. That the silent days bring nothing is the worst case, and said so; rates are even over the days.
"""

from collections.abc import Iterator

from calc.diagnosis.context import Case
from calc.diagnosis.cures.targets import announced_in_time
from calc.diagnosis.finding import Finding, Severity, grade_value
from calc.diagnosis.pace import even_landing, pays_from
from calc.messages import Fact, Number, Result, Sentence, Share
from calc.situation.calendar import Calendar


def find_late_plan(case: Case) -> Iterator[Finding]:
    """A finding where more of the period is over than practice before the plan is known."""
    calendar = case.calendar
    if calendar is not None and case.main.has_target:
        severity = grade_value(calendar.silent / calendar.days, case.practice.late, case.practice.late_alarm)
        if severity is not None:
            yield _make_finding(case, calendar, severity)


def _lost_pay(case: Case, calendar: Calendar) -> float:
    """Expected pay of the whole period less that of the days left [money per rep]."""
    along, even = case.along(case.main), even_landing(case, case.main)
    if even is None:
        return float(along(1.0) - along(1.0 - calendar.silent / calendar.days))
    left = calendar.landing(even.mean, even.sd, calendar.silent)
    return along.expect(even) - along.expect(left)


def _chances_in_words(case: Case, calendar: Calendar) -> tuple[str, dict[str, Fact]]:
    """What chance the team has from the days left, in words."""
    kpi, even, floor = case.main, even_landing(case, case.main), pays_from(case, case.main)
    if even is None:
        return "", {}
    facts: dict[str, Fact] = {"at_target": Share(calendar.chance(1.0, even.mean, even.sd, calendar.silent))}
    if floor <= 0:
        return " If the silent days brought nothing, {at_target} of the team still reach it.", facts
    facts |= {
        "at_floor": Share(calendar.chance(floor, even.mean, even.sd, calendar.silent)),
        "floor": case.result(kpi, floor),
    }
    said = " If the silent days brought nothing, {at_target} of the team still reach it, and {at_floor} the floor"
    return said + " of {floor}.", facts


def _make_finding(case: Case, calendar: Calendar, severity: Severity) -> Finding:
    kpi, left = case.main, calendar.days - calendar.silent
    chances, facts = _chances_in_words(case, calendar)
    needed = (
        "{kpi} then needs {rate} times the normal daily rate to reach {target}."
        if left > 0
        else ("No day is left for {kpi} to reach {target}.")
    )
    rate: dict[str, Fact] = {"rate": Number(calendar.rate_needed(1.0, calendar.silent))} if left > 0 else {}
    return Finding(
        check="late_plan",
        severity=severity,
        kpi=kpi.id,
        span=None,
        money=case.money(_lost_pay(case, calendar)),
        share=None,
        title=Sentence.of(
            "Leaves {left} of {days} days: the plan is known on day {day}",
            left=Number(left),
            days=Number(calendar.days),
            day=Number(calendar.announced_day),
        ),
        says=Sentence.of(
            "For {silent} nobody knows what is paid. " + needed + chances,
            silent=Result(calendar.silent, "days"),
            kpi=case.name(kpi),
            target=case.result(kpi, 1.0),
            **rate,
            **facts,
        ),
        do=Sentence.of("Announce the plan before the period begins, at the latest in its first working days."),
        source=case.practice.source("late"),
        mends=lambda: announced_in_time(case),
    )
