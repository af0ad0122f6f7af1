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
from calc.diagnosis.cures.terms import lifted_ceiling, worst
from calc.diagnosis.finding import Finding, Mends, Severity, graded
from calc.diagnosis.foregone import withheld
from calc.messages import Fact, Money, Sentence, Share
from calc.plan.kpi import Kpi
from calc.plan.zones import Zone


def find(case: Case) -> Iterator[Finding]:
    """A finding for each flat zone that holds more of the team than practice leaves there."""
    for kpi in case.paid:
        found = tuple(_flat(case, kpi))
        mends = cache(partial(lifted_ceiling, case, kpi, _worst))
        for zone, share, severity in found:
            yield _finding(case, kpi, zone, share, severity, mends)


def _worst(case: Case, kpi: Kpi) -> int:
    return worst(severity for *_, severity in _flat(case, kpi))


def _flat(case: Case, kpi: Kpi) -> Iterator[tuple[Zone, float | None, Severity]]:
    for zone in case.zones(kpi):
        if zone.kind == "flat":
            share = case.share(kpi, zone.start or None, zone.end)
            severity = _severity(case, kpi, zone, share)
            if severity is not None:
                yield zone, share, severity


def _severity(case: Case, kpi: Kpi, zone: Zone, share: float | None) -> Severity | None:
    practice, zones = case.practice, case.zones(kpi)
    if share is not None and zone is zones[0] and zone.end is not None:
        return graded(share, practice.below_floor, practice.below_floor_alarm)
    if share is not None:
        return graded(share, practice.at_ceiling, practice.at_ceiling_alarm)
    if zone.end is not None or zone.start is None:
        return None
    along, at_target = case.along(kpi), case.plan.targeted[kpi.id]
    top = at_target + float(along(zone.start) - along(1.0))
    return "warn" if top < practice.ceiling * at_target else None


def _finding(case: Case, kpi: Kpi, zone: Zone, share: float | None, severity: Severity, mends: Mends) -> Finding:
    money = withheld(case, kpi, zone)
    facts: dict[str, Fact] = {} if share is None else {"share": Share(share)}
    whom = "{share} of the team" if facts else "whoever gets there"
    facts |= {} if not zone.start else {"start": case.result(kpi, zone.start)}
    facts |= {} if zone.end is None else {"end": case.result(kpi, zone.end)}
    where = _where(zone)
    costs: dict[str, Fact] = {} if not money else {"money": Money(money)}
    given = " If pay climbed on there, it would be {money} more per rep." if costs else ""
    top = "; most plans with a ceiling pay up to {times} or more" if zone.end is None else ""
    return Finding(
        check="flat_zone",
        severity=severity,
        kpi=kpi.id,
        span=(zone.start, zone.end),
        money=money,
        share=share,
        title=Sentence.of(f"Pays no more {where}: {whom}", **facts),
        says=Sentence.of(
            f"{where[0].upper()}{where[1:]}, one more on {{kpi}} adds nothing to the {{pay}} already paid: that is "
            + whom
            + "."
            + given,
            kpi=case.name(kpi),
            pay=Money(zone.pay_start or 0.0),
            **facts,
            **costs,
        ),
        do=Sentence.of(
            ("Move the ceiling beyond the best in twenty, or take it away" if top else "Let pay climb here")
            + top
            + ".",
            **({"times": Share(case.practice.ceiling)} if top else {}),
        ),
        source=case.practice.source("ceiling", "at_ceiling"),
        mends=mends,
    )


def _where(zone: Zone) -> str:
    if zone.end is None:
        return "from {start} on" if zone.start else "anywhere"
    return "from {start} to {end}" if zone.start else "up to {end}"
