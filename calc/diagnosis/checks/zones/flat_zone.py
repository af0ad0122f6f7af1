"""A flat zone: results that earn no more than the ones before.

What it is: a stretch of results along which something is paid and one more adds nothing: a ceiling, or a level stretch
on the way. Its money is what it withholds: the pay per rep, on average over the team, that the climb just below it
would have brought there.

Why it hurts: whoever stands in it has earned all there is. The next sale is kept for next period, or not looked for.
One firm that took its ceiling and quotas away sold 9 % more (Misra and Nair).

What to do: let pay climb through it, or move the ceiling beyond the best in twenty. Most plans that have a ceiling have
it at two to two and a half times the target incentive.

Source: ZS 2015 on ceilings; Chung, "How to Really Motivate Salespeople" (HBR 2015) for Misra and Nair.
"""

from collections.abc import Iterator
from functools import cache, partial

from calc.diagnosis.context import Case
from calc.diagnosis.cures.terms import lift_ceiling, worst_severity
from calc.diagnosis.finding import Finding, Mends, Severity, grade_value
from calc.diagnosis.foregone import foregone_pay
from calc.diagnosis.stairs import one_unit_wide
from calc.messages import Fact, Money, Sentence, Share
from calc.plan.kpi import Kpi
from calc.plan.zones import Zone


def find_flat_zone(case: Case) -> Iterator[Finding]:
    """A finding for each flat zone that holds more of the team than practice lets; without a team, the target."""
    for kpi in case.paid:
        found = tuple(_judge_flat_zones(case, kpi))
        mends = cache(partial(lift_ceiling, case, kpi, _worst_severity))
        for zone, share, severity in found:
            yield _make_finding(case, kpi, zone, share, severity, mends)


def _worst_severity(case: Case, kpi: Kpi) -> int:
    return worst_severity(severity for *_, severity in _judge_flat_zones(case, kpi))


def _judge_flat_zones(case: Case, kpi: Kpi) -> Iterator[tuple[Zone, float | None, Severity]]:
    for zone in case.zones(kpi):
        if zone.kind == "flat" and not one_unit_wide(zone, kpi):
            share = case.share(kpi, zone.start or None, zone.end)
            severity = _severity_of(case, kpi, zone, share)
            if severity is not None:
                yield zone, share, severity


def _severity_of(case: Case, kpi: Kpi, zone: Zone, share: float | None) -> Severity | None:
    practice, zones = case.practice, case.zones(kpi)
    if share is not None and zone is zones[0] and zone.end is not None:
        return grade_value(share, practice.below_floor, practice.below_floor_alarm)
    if share is not None:
        return grade_value(share, practice.at_ceiling, practice.at_ceiling_alarm)
    if kpi.has_target and _holds_target(zone):
        return "warn"
    if zone.end is not None or zone.start is None or not kpi.has_target:
        return None
    along, at_target = case.along(kpi), case.plan.targeted[kpi.id]
    top = at_target + float(along(case.own_break(kpi, zone.start)) - along(1.0))
    return "warn" if top < practice.ceiling * at_target else None


def _holds_target(zone: Zone) -> bool:
    """Whether who is on target stands within it, so that a little more or less moves nothing."""
    return (zone.start is None or zone.start < 1.0) and (zone.end is None or zone.end > 1.0)


def _make_finding(case: Case, kpi: Kpi, zone: Zone, share: float | None, severity: Severity, mends: Mends) -> Finding:
    money, top = foregone_pay(case, kpi, zone), zone.end is None and bool(zone.start)
    where, facts = _zone_in_words(case, kpi, zone)
    crowd: dict[str, Fact] = {} if share is None else {"share": Share(share)}
    costs: dict[str, Fact] = {"money": Money(money)} if money else {}
    place = f"{where[0].upper()}{where[1:]}" + (" of {kpi}" if zone.start or zone.end is not None else " on {kpi}")
    says = place.replace(" on of {kpi}", " of {kpi} on").replace(" and below of {kpi}", " of {kpi} and below")
    says += ", pay stays at {pay}."
    says += (" {share} of the team gets that far." if top else " {share} of the team is there.") if crowd else ""
    says += " If pay climbed on there, a rep would earn {money} more on average." if costs else ""
    return Finding(
        check="flat_zone",
        severity=severity,
        kpi=kpi.id,
        span=(zone.start, zone.end),
        money=money,
        share=share,
        title=Sentence.of(f"Pays no more {where}" + (": {share} of the team" if crowd else ""), **facts, **crowd),
        says=Sentence.of(says, kpi=case.name(kpi), pay=Money(zone.pay_start or 0.0), **facts, **crowd, **costs),
        do=_what_to_do(case, top),
        source=case.practice.source("ceiling", "at_ceiling"),
        mends=mends,
    )


def _what_to_do(case: Case, top: bool) -> Sentence:
    if not top:
        return Sentence.of("Let pay climb here.")
    return Sentence.of(
        "Raise the ceiling above what the best in twenty reach, or remove it. Most plans with a ceiling pay up to "
        "{times} of the target incentive or more.",
        times=Share(case.practice.ceiling),
    )


def _zone_in_words(case: Case, kpi: Kpi, zone: Zone) -> tuple[str, dict[str, Fact]]:
    """From where to where pay is level, in words."""
    facts: dict[str, Fact] = {"start": case.result(kpi, zone.start)} if zone.start else {}
    facts |= {} if zone.end is None else {"end": case.result(kpi, zone.end)}
    if zone.end is None and not zone.start:
        return "whatever the result", facts
    if zone.end is None:
        return ("from {start} on" if kpi.better == "higher" else "at {start} and below"), facts
    if zone.start:
        return "from {start} to {end}", facts
    return ("up to {end}" if kpi.better == "higher" else "down to {end}"), facts
