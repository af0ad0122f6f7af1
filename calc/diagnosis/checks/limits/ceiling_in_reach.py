"""A ceiling in reach: part of the team comes to the end of the pay.

What it is: the result from which on a KPI, or the whole plan, pays no more lies below what the best in twenty bring.
Its money is the pay per rep, on average over the team, that the ceiling withholds.

Why it hurts: those who come to it are the best of the team, and they come to it before the period ends. From there on
they work for nothing.

What to do: set the target right, and move the ceiling beyond the best in twenty, or take it away.

Source: our own reading of excellence at the best tenth (Aurochs, Prosperio, SalesGlobe); no published figure.
"""

import math
from collections.abc import Iterator

from calc.diagnosis.context import Case
from calc.diagnosis.cures.terms import lift_ceiling, worst_severity
from calc.diagnosis.finding import Finding, Severity, grade_value
from calc.diagnosis.foregone import ceiling_zone, foregone_pay
from calc.messages import Fact, Money, Number, Sentence, Share
from calc.plan.kpi import Kpi
from calc.plan.zones import Zone


def find_ceiling_in_reach(case: Case) -> Iterator[Finding]:
    """A finding for each KPI along which more of the team comes to a ceiling than the best in twenty."""
    for kpi in case.paid:
        zone, severity = ceiling_zone(case, kpi), _severity_of(case, kpi)
        if zone is not None and severity is not None:
            yield _make_finding(case, kpi, zone, severity)


def _severity_of(case: Case, kpi: Kpi) -> Severity | None:
    zone = ceiling_zone(case, kpi)
    share = None if zone is None else case.share(kpi, zone.start, None)
    return None if share is None else grade_value(share, case.practice.at_ceiling, case.practice.at_ceiling_alarm)


def _make_finding(case: Case, kpi: Kpi, zone: Zone, severity: Severity) -> Finding:
    start = zone.start or 0.0
    share = case.share(kpi, start, None) or 0.0
    money = foregone_pay(case, kpi, zone) or 0.0
    day = _day_of_ceiling(case, kpi, start, share)
    when: dict[str, Fact] = {} if day is None else {"day": Number(float(math.ceil(round(day, 9))))}
    return Finding(
        check="ceiling_in_reach",
        severity=severity,
        kpi=kpi.id,
        span=(zone.start, None),
        money=money,
        share=share,
        title=Sentence.of(
            "Stops paying at {at}: {share} of the team gets that far", at=case.result(kpi, start), share=Share(share)
        ),
        says=Sentence.of(
            "{share} of the team get to {at} of {kpi}, from where on it pays no more."
            + (" On average they are there on day {day}." if when else "")
            + (" Without the ceiling a rep would earn {money} more on average." if money else ""),
            share=Share(share),
            at=case.result(kpi, start),
            kpi=case.name(kpi),
            **({"money": Money(money)} if money else {}),
            **when,
        ),
        do=Sentence.of(
            "Move the ceiling to where at most {most} of the team gets, or take it away.",
            most=Share(case.practice.at_ceiling),
        ),
        source=case.practice.source("at_ceiling", "ceiling"),
        mends=lambda: lift_ceiling(case, kpi, lambda c, k: worst_severity([_severity_of(c, k)])),
    )


def _day_of_ceiling(case: Case, kpi: Kpi, start: float, share: float) -> float | None:
    """The day on which the average of those who come to the ceiling is there, at an even pace."""
    landing = case.landing(kpi)
    if case.calendar is None or landing is None or not share:
        return None
    mean = (landing.below(float("inf"))[1] - landing.below(start)[1]) / share
    return case.calendar.day_reached(start, mean)
