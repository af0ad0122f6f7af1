"""A cliff: pay that jumps.

What it is: a result at which pay rises at once, so that the last unit before it is worth the whole jump: the price of
the last unit. So it is where a step of another measure multiplies the pay. Its money is the jump; a jump that hardly
anybody ends short of is only noted.

Why it hurts: whoever ends a little short loses it all, and remembers that longer than the pay. Close to a cliff orders
are pulled in, at a discount if need be; just past it they can as well wait. How much is moved and how much is effort is
contested (Larkin 2014; Steenburgh 2008).

What to do: climb to the same pay instead of jumping to it.

Source: BetterSalesComp and QuotaPath on thresholds and cliffs; the size that matters is ours.
"""

from collections.abc import Iterator
from functools import cache, partial

from calc.diagnosis.context import STATED, Case
from calc.diagnosis.cures.terms import smooth_jumps, worst_severity
from calc.diagnosis.finding import Finding, Mends, Severity, grade_value
from calc.diagnosis.foregone import jump_at
from calc.messages import Fact, Money, Sentence, Share
from calc.plan.kpi import Kpi
from calc.plan.zones import Zone

JUST_SHORT = 0.1
"""How far below a jump the team is counted [attainment]."""
CLIFF_NOBODY = 0.01
"""The share of a team just short of a jump below which it is only noted; ours."""


def find_cliff(case: Case) -> Iterator[Finding]:
    """A finding for each jump upwards that is larger than practice lets pass, along a KPI that pays or multiplies."""
    multiplies = {m.kpi for m in case.plan.modifiers} | {k.grid.with_ for k in case.paid if k.grid}
    unpaid = [k for k in case.plan.kpis if k.id in multiplies and not k.paid and case.others_stand(k)]
    for kpi in (*case.paid, *unpaid):
        found = tuple(_judge_cliffs(case, kpi))
        mends = cache(partial(smooth_jumps, case, kpi, _worst_severity))
        for zone, pays, severity in found:
            yield _make_finding(case, kpi, zone, pays, severity, mends)


def _worst_severity(case: Case, kpi: Kpi) -> int:
    return worst_severity(severity for *_, severity in _judge_cliffs(case, kpi))


def _judge_cliffs(case: Case, kpi: Kpi) -> Iterator[tuple[Zone, float, Severity]]:
    practice, whole = case.practice, case.whole
    marks = [] if kpi.paid else [float(kpi.attainment(g.mark(kpi))) for g in case.plan.gates if g.kpi == kpi.id]
    for zone in case.zones(kpi):
        if zone.kind == "cliff" and zone.start is not None and not any(abs(zone.start - m) <= STATED for m in marks):
            pays = jump_at(case, kpi, zone.start)
            severity = grade_value(pays, practice.jump * whole, practice.jump_alarm * whole)
            share = case.share(kpi, zone.start - JUST_SHORT, zone.start)
            if severity is not None:
                yield zone, pays, "note" if share is not None and share < CLIFF_NOBODY else severity


def _make_finding(case: Case, kpi: Kpi, zone: Zone, pays: float, severity: Severity, mends: Mends) -> Finding:
    at = zone.start or 0.0
    share = case.share(kpi, at - JUST_SHORT, at)
    near: dict[str, Fact] = {} if share is None else {"share": Share(share)}
    at_target: dict[str, Fact] = {}
    if case.has_targets and case.plan.pay_at_target > 0:
        at_target["part"] = Share(pays / case.whole)
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
            "Reaching {at} of {kpi} unlocks {jump} at once"
            + (", {part} of what the plan pays at target." if at_target else ".")
            + (" {share} of the team ends short of it by less than a tenth of the target." if near else ""),
            at=case.result(kpi, at),
            kpi=case.name(kpi),
            jump=Money(pays),
            **at_target,
            **near,
        ),
        do=Sentence.of(
            "Climb to {pay} instead of jumping to it: then the results before it count too.",
            pay=Money(zone.pay_end or 0.0),
        ),
        source=case.practice.source("jump"),
        mends=mends,
    )
