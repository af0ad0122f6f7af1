"""A cliff: pay that jumps.

What it is: a result at which pay rises at once, so that the last unit before it is worth the whole jump: the price of
the last unit. Its money is the jump.

Why it hurts: whoever ends a little short loses it all, and remembers that longer than the pay. Close to a cliff orders
are pulled in, at a discount if need be; just past it they can as well wait. How much is moved and how much is effort is
contested (Larkin 2014; Steenburgh 2008).

What to do: climb to the same pay instead of jumping to it.

Source: BetterSalesComp and QuotaPath on thresholds and cliffs; the size that matters is ours.
"""

from collections.abc import Iterator
from functools import cache, partial

from calc.diagnosis.context import Case
from calc.diagnosis.cures.terms import smoothed, worst
from calc.diagnosis.finding import Finding, Mends, Severity, graded
from calc.diagnosis.foregone import jump
from calc.messages import Fact, Money, Sentence, Share
from calc.plan.kpi import Kpi
from calc.plan.zones import Zone

NEAR = 0.1
"""How far below a jump the team is counted [attainment]."""


def find(case: Case) -> Iterator[Finding]:
    """A finding for each jump upwards along a paid KPI that is larger than practice lets pass."""
    for kpi in case.paid:
        found = tuple(_cliffs(case, kpi))
        mends = cache(partial(smoothed, case, kpi, _worst))
        for zone, pays, severity in found:
            yield _finding(case, kpi, zone, pays, severity, mends)


def _worst(case: Case, kpi: Kpi) -> int:
    return worst(severity for *_, severity in _cliffs(case, kpi))


def _cliffs(case: Case, kpi: Kpi) -> Iterator[tuple[Zone, float, Severity]]:
    practice, incentive = case.practice, case.plan.incentive
    for zone in case.zones(kpi):
        if zone.kind == "cliff" and zone.start is not None:
            pays = jump(case, kpi, zone.start)
            severity = graded(pays, practice.jump * incentive, practice.jump_alarm * incentive)
            if severity is not None:
                yield zone, pays, severity


def _finding(case: Case, kpi: Kpi, zone: Zone, pays: float, severity: Severity, mends: Mends) -> Finding:
    at = zone.start or 0.0
    share = case.share(kpi, at - NEAR, at)
    near: dict[str, Fact] = {} if share is None else {"share": Share(share)}
    return Finding(
        check="cliff",
        severity=severity,
        kpi=kpi.id,
        span=(zone.start, zone.end),
        money=pays,
        share=share,
        title=Sentence.of(
            "Jumps by {jump} at {at}" + (": {share} of the team just short of it" if near else ""),
            jump=Money(pays),
            at=case.result(kpi, at),
            **near,
        ),
        says=Sentence.of(
            "At {at} the last one pays {jump} at once, {part} of what the plan pays at target."
            + (" {share} of the team ends less than a tenth of the target short of it." if near else ""),
            at=case.result(kpi, at),
            jump=Money(pays),
            part=Share(pays / case.plan.incentive),
            **near,
        ),
        do=Sentence.of(
            "Climb to {pay} instead of jumping to it: then the unit before it counts too.",
            pay=Money(zone.pay_end or 0.0),
        ),
        source=case.practice.source("jump"),
        mends=mends,
    )
