"""A zero zone: results that earn nothing.

What it is: a stretch of results along which a KPI pays nothing and the next unit pays nothing either; the field calls
it a dead zone. Its money is the pay that waits at its end, or at target where pay climbs from nothing there.

Why it hurts: whoever expects to end in it has no reason to try, and whoever is in it late in the period stops.

What to do: start paying lower, or pay from the first unit and climb. Most plans let nine in ten reach the point where
pay begins.

Source: Alexander Group on threshold types; Microsoft sales compensation notes (onebigtable.us) for "dead zone".
"""

from collections.abc import Iterator
from functools import cache, partial

from calc.diagnosis.context import Case
from calc.diagnosis.cures.terms import lowered_floor, worst
from calc.diagnosis.finding import Finding, Mends, Severity, graded
from calc.diagnosis.foregone import jump
from calc.messages import Fact, Money, Sentence, Share
from calc.plan.kpi import Kpi
from calc.plan.zones import Zone


def find(case: Case) -> Iterator[Finding]:
    """A finding for each zero zone that holds more of the team than practice leaves there."""
    for kpi in case.paid:
        found = tuple(_zero(case, kpi))
        mends = cache(partial(lowered_floor, case, kpi, _worst))
        for zone, end, share, severity in found:
            yield _finding(case, kpi, zone, end, share, severity, mends)


def _worst(case: Case, kpi: Kpi) -> int:
    return worst(severity for *_, severity in _zero(case, kpi))


def _zero(case: Case, kpi: Kpi) -> Iterator[tuple[Zone, float, float | None, Severity]]:
    for zone in case.zones(kpi):
        if zone.kind == "zero" and zone.end is not None:
            share = case.share(kpi, zone.start or None, zone.end)
            severity = _severity(case, zone.end, share)
            if severity is not None:
                yield zone, zone.end, share, severity


def _severity(case: Case, end: float, share: float | None) -> Severity | None:
    practice = case.practice
    if share is None:
        return "warn" if end >= practice.floor else None
    return graded(share, practice.below_floor, practice.below_floor_alarm)


def _finding(
    case: Case, kpi: Kpi, zone: Zone, end: float, share: float | None, severity: Severity, mends: Mends
) -> Finding:
    there: dict[str, Fact] = {} if share is None else {"share": Share(share)}
    whom = " {share} of the team" if there else " whoever ends there"
    crowd = ", and {share} of the team is there" if there else ""
    who: dict[str, Fact] = {"kpi": case.name(kpi)} if zone.pay_start else {}
    return Finding(
        check="zero_zone",
        severity=severity,
        kpi=kpi.id,
        span=(zone.start, zone.end),
        money=jump(case, kpi, end) or case.money(case.plan.targeted[kpi.id]),
        share=share,
        title=Sentence.of("Pays nothing below {end}:" + whom, end=case.result(kpi, end), **there),
        says=Sentence.of(
            "Below {end} " + ("{kpi} pays" if who else "this plan pays") + " nothing" + crowd + ".",
            end=case.result(kpi, end),
            **who,
            **there,
        ),
        do=Sentence.of(
            "Start to pay where nine in ten arrive, or from the first unit, and climb to {pay} at target.",
            pay=Money(case.money(float(case.along(kpi)(1.0)))),
        ),
        source=case.practice.source("below_floor"),
        mends=mends,
    )
