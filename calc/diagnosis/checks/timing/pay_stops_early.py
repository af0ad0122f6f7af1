"""Pay stops early: the ceiling is reached with days to go.

What it is: the day on which the team's average, at an even pace, comes to the point from which a KPI pays no more. Its
money is the expected pay per rep that would be earned beyond that point if pay went on as it climbed before it.

Why it hurts: on the days that are left the next sale earns nothing, so it is kept for the next period, or not looked
for. Everybody is at 100 %, and the report shows nothing.

What to do: take the ceiling away, or put it where only the best in twenty come, and set the target right.

Source: that a cap costs sales: +9 % revenue without cap and quota (Misra and Nair, quoted by Chung, HBR 2015). Against
it: people do not slow down where pay goes on beyond target (Chung, Steenburgh, Sudhir, 2014). The days are ours.
"""

import math
from collections.abc import Iterator
from dataclasses import dataclass

from calc.diagnosis.context import Case
from calc.diagnosis.cures.terms import lift_ceiling
from calc.diagnosis.finding import Finding, Severity
from calc.diagnosis.foregone import ceiling_zone, foregone_pay
from calc.diagnosis.pace import even_landing
from calc.messages import Fact, Money, Number, Result, Sentence, Share
from calc.plan.kpi import Kpi
from calc.plan.zones import Zone
from calc.situation.calendar import Calendar, adds_up


def find_pay_stops_early(case: Case) -> Iterator[Finding]:
    """A finding for each paid KPI that stops paying early at the team's pace, or else at the rep's."""
    for kpi in case.paid:
        end = _early_end(case, kpi)
        if end is not None:
            yield _make_finding(case, kpi, end)


@dataclass(frozen=True)
class _End:
    """Where and when pay ends: the flat zone, its start [attainment], the day, the days of the period, whose pace."""

    zone: Zone
    start: float
    day: float
    days: float
    severity: Severity
    whose: str


def _early_end(case: Case, kpi: Kpi) -> _End | None:
    """An early end of pay: at the team's pace, else, as a note, at that of the rep looked at."""
    calendar, top = case.calendar, ceiling_zone(case, kpi)
    if calendar is None or top is None or top.start is None or not adds_up(kpi):
        return None
    even = even_landing(case, kpi)
    day = None if even is None else calendar.day_reached(top.start, even.mean)
    severity = None if day is None else _severity_of(case, day / calendar.days)
    if day is not None and severity is not None:
        return _End(top, top.start, day, calendar.days, severity, "the team's")
    own = _own_day(case, calendar, kpi, top.start)
    if own is not None and _severity_of(case, own / calendar.days) is not None:
        return _End(top, top.start, own, calendar.days, "note", "this rep's")
    return None


def _own_day(case: Case, calendar: Calendar, kpi: Kpi, top: float) -> float | None:
    """The day on which the rep looked at comes to the ceiling; None at target, where the unplaced stand."""
    result = case.at.get(kpi.id, kpi.target)
    if not calendar.today or result == kpi.target:
        return None
    return calendar.day_reached(top, float(kpi.attainment(result)) * calendar.days / calendar.today)


def _severity_of(case: Case, part: float) -> Severity | None:
    if part >= case.practice.pay_stops:
        return None
    return "alarm" if part < case.practice.pay_stops_alarm else "warn"


def _make_finding(case: Case, kpi: Kpi, end: _End) -> Finding:
    share, lost = case.share(kpi, end.start, None), foregone_pay(case, kpi, end.zone)
    facts: dict[str, Fact] = {} if share is None or lost is None else {"share": Share(share), "lost": Money(lost)}
    day = Number(float(math.ceil(round(end.day, 9))))
    left = max(end.days - day.value, 0.0)
    met = " {share} of the team get that far; without the ceiling a rep would earn {lost} more on average."
    return Finding(
        check="pay_stops_early",
        severity=end.severity,
        kpi=kpi.id,
        span=(end.start, None),
        money=lost,
        share=share,
        title=Sentence.of(
            "Stops paying on day {day} of {days}, at " + end.whose + " pace", day=day, days=Number(end.days)
        ),
        says=Sentence.of(
            f"{end.whose.capitalize()} pace reaches {{top}} of {{kpi}} on day {{day}}. "
            + ("Then, with {left} left, one more pays nothing." if left > 0 else "Then one more pays nothing.")
            + (met if facts else ""),
            kpi=case.name(kpi),
            top=case.result(kpi, end.start),
            day=day,
            **({"left": Result(left, "days")} if left > 0 else {}),
            **facts,
        ),
        do=Sentence.of("Remove the ceiling, or put it above what the best in twenty reach."),
        source=case.practice.source("pay_stops", "at_ceiling"),
        mends=lambda: lift_ceiling(case, kpi, lambda c, k: _early_end(c, k) is not None),
    )
