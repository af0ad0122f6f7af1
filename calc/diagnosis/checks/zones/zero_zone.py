"""A zero zone: results that earn nothing.

What it is: a stretch of results along which a KPI pays nothing and the next unit pays nothing either; the field calls
it a dead zone. Where other measures or a guarantee pay something all the same, it earns nothing; else nothing is paid.
Its money is the pay that waits at its end, or what the KPI pays at target where pay climbs from nothing there.

Why it hurts: whoever expects to end in it has no reason to try, and whoever is in it late in the period stops.

What to do: start paying lower, or pay from the first unit and climb. Most plans let nine in ten reach the point where
pay begins.

Source: Alexander Group on threshold types; Microsoft sales compensation notes (onebigtable.us) for "dead zone".
"""

from collections.abc import Iterator
from functools import cache, partial

from calc.diagnosis.context import Case, worse_word
from calc.diagnosis.cures.terms import lowered_floor, worst_severity
from calc.diagnosis.finding import Finding, Mends, Severity, grade_value
from calc.diagnosis.foregone import jump_at
from calc.diagnosis.stairs import one_unit_wide
from calc.messages import Fact, Money, Sentence, Share
from calc.plan.kpi import Kpi
from calc.plan.zones import Zone


def find_zero_zone(case: Case) -> Iterator[Finding]:
    """A finding for each zero zone that holds more of the team than practice leaves there."""
    for kpi in case.paid:
        found = tuple(_judge_zero_zones(case, kpi))
        mends = cache(partial(lowered_floor, case, kpi, _worst_severity))
        for zone, end, share, severity in found:
            yield _make_finding(case, kpi, zone, end, share, severity, mends)


def _worst_severity(case: Case, kpi: Kpi) -> int:
    return worst_severity(severity for *_, severity in _judge_zero_zones(case, kpi))


def _judge_zero_zones(case: Case, kpi: Kpi) -> Iterator[tuple[Zone, float, float | None, Severity]]:
    for zone in case.zones(kpi):
        if zone.kind == "zero" and zone.end is not None and not one_unit_wide(zone, kpi):
            share = case.share(kpi, zone.start or None, zone.end)
            severity = _severity_of(case, kpi, zone.end, share)
            if severity is not None:
                yield zone, zone.end, share, severity


def _severity_of(case: Case, kpi: Kpi, end: float, share: float | None) -> Severity | None:
    practice = case.practice
    if share is None:
        return "warn" if kpi.has_target and end >= practice.floor else None
    return grade_value(share, practice.below_floor, practice.below_floor_alarm)


def _make_finding(
    case: Case, kpi: Kpi, zone: Zone, end: float, share: float | None, severity: Severity, mends: Mends
) -> Finding:
    where, facts = _zone_in_words(case, kpi, zone, end)
    crowd: dict[str, Fact] = {} if share is None else {"share": Share(share)}
    paid = zone.pay_start or 0.0
    verb = "Earns nothing " if paid else "Pays nothing "
    return Finding(
        check="zero_zone",
        severity=severity,
        kpi=kpi.id,
        span=(zone.start, zone.end),
        money=jump_at(case, kpi, end) or case.plan.split_at_target[kpi.id],
        share=share,
        title=Sentence.of(
            verb + where + (": {share} of the team" if crowd else ""),
            **{name: fact for name, fact in facts.items() if name != "kpi"},
            **crowd,
        ),
        says=_pay_in_words(case, where, facts, crowd, paid),
        do=_what_to_do(case, kpi),
        source=case.practice.source("below_floor"),
        mends=mends,
    )


def _zone_in_words(case: Case, kpi: Kpi, zone: Zone, end: float) -> tuple[str, dict[str, Fact]]:
    """Where nothing is earned, in words."""
    facts: dict[str, Fact] = {"end": case.result(kpi, end), "kpi": case.name(kpi)}
    if zone is case.zones(kpi)[0]:
        return f"{worse_word(kpi)} {{end}}", facts
    return "from {start} to {end}", facts | {"start": case.result(kpi, zone.start or 0.0)}


def _pay_in_words(case: Case, where: str, facts: dict[str, Fact], crowd: dict[str, Fact], paid: float) -> Sentence:
    """That nothing is paid, or that it earns nothing while something else is paid."""
    there = ", and {share} of the team is there" if crowd else ""
    place = f"{where[0].upper()}{where[1:]} of {{kpi}}"
    if not paid:
        return Sentence.of(f"{place} this plan pays nothing{there}.", **facts, **crowd)
    why = "are guaranteed" if case.guaranteed and paid <= case.guaranteed else "come from elsewhere"
    rest = f" The {{paid}} paid there {why}."
    return Sentence.of(f"{place} this measure earns nothing{there}.{rest}", paid=Money(paid), **facts, **crowd)


def _what_to_do(case: Case, kpi: Kpi) -> Sentence:
    pay = case.pay({kpi.id: kpi.target}) if kpi.has_target else 0.0
    start = "Start to pay where nine in ten of the team arrive, or from the first unit on"
    return Sentence.of(f"{start}; pay at target can stay {{pay}}.", pay=Money(pay)) if pay else Sentence.of(f"{start}.")
