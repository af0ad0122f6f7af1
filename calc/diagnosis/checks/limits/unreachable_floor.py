"""A floor out of reach: most of a team, or too much of it, ends where pay has not begun.

What it is: the first result from which a KPI pays anything lies above what part of the team brings. Its money is the
pay that waits at the floor, or at target where pay climbs from nothing there.

Why it hurts: a floor should stop pay for a bad accident, and not be the first thing a rep fails at. Who sees early that
the floor is far away gives up (Chung, Steenburgh and Sudhir).

What to do: set the target so that nine in ten reach the floor, or start to pay lower.

Source: Aurochs, Prosperio and BetterSalesComp on how many should pass the threshold.
"""

from collections.abc import Iterator

from calc.diagnosis.context import Case, difference
from calc.diagnosis.cures.targets import roundest
from calc.diagnosis.cures.terms import NINE_IN_TEN, cure, lowered_floor, mending, retargeted, worst
from calc.diagnosis.finding import Cure, Finding, Severity, graded
from calc.diagnosis.foregone import jump
from calc.messages import Fact, Money, Result, Sentence, Share
from calc.plan.kpi import Kpi


def find(case: Case) -> Iterator[Finding]:
    """A finding for each KPI whose floor more of the team misses than in most plans."""
    for kpi in case.paid:
        floor = _floor(case, kpi)
        severity = _severity(case, kpi, floor)
        if floor is not None and severity is not None:
            yield _finding(case, kpi, floor, severity)


def _floor(case: Case, kpi: Kpi) -> float | None:
    """The end of the zero zone that a KPI starts with; None where it pays from the first unit, or never."""
    end = None
    for zone in case.zones(kpi):
        if zone.kind != "zero":
            return end
        end = zone.end
    return None


def _severity(case: Case, kpi: Kpi, floor: float | None) -> Severity | None:
    share = None if floor is None else case.share(kpi, None, floor)
    return None if share is None else graded(share, case.practice.below_floor, case.practice.below_floor_alarm)


def _finding(case: Case, kpi: Kpi, floor: float, severity: Severity) -> Finding:
    share, landing = case.share(kpi, None, floor) or 0.0, case.landing(kpi)
    mean = 1.0 if landing is None else landing.below(float("inf"))[1]
    at_floor = jump(case, kpi, floor)
    waits = at_floor or case.plan.split_at_target[kpi.id]
    past = (kpi.result(floor) - kpi.result(mean)) * kpi.sign
    gap: dict[str, Fact] = {"gap": difference(kpi, abs(past))}
    return Finding(
        check="unreachable_floor",
        severity=severity,
        kpi=kpi.id,
        span=(None, floor),
        money=waits,
        share=share,
        title=Sentence.of(
            "Sets a floor of {floor} that {share} of the team miss",
            floor=case.result(kpi, floor),
            share=Share(share),
        ),
        says=Sentence.of(
            "{share} of the team miss the floor of {floor}. The average of the team is {mean} of {kpi}, "
            + ("{gap} short of it." if past > 0 else "{gap} past it."),
            floor=case.result(kpi, floor),
            share=Share(share),
            kpi=case.name(kpi),
            mean=case.result(kpi, mean),
            **gap,
        ),
        do=Sentence.of(
            "Set a target whose floor nine in ten reach; {pay} waits at the floor."
            if at_floor
            else "Set a target whose floor nine in ten reach; from there pay climbs to {pay} at target.",
            pay=Money(waits),
        ),
        source=case.practice.source("below_floor"),
        mends=lambda: _cure(case, kpi, floor),
    )


def _cure(case: Case, kpi: Kpi, floor: float) -> Cure | None:
    """Set the target so that the same team reaches the same floor; where that does not move it, pay from lower on."""

    def found(after: Case, other: Kpi) -> int:
        return worst([_severity(after, other, _floor(after, other))])

    target = _target(case, kpi, floor)
    if target is not None:
        reached = "Set the target to {target}: nine in ten then reach the floor"
        label = Sentence.of(reached, target=Result(target, kpi.unit))
        mends = mending(case, kpi, [cure(case, label, lambda p: retargeted(p, kpi, target))], found)
        if mends is not None:
            return mends
    return lowered_floor(case, kpi, found)


def _target(case: Case, kpi: Kpi, floor: float) -> float | None:
    """The roundest target whose floor nine in ten of the same team reach; None where there is none."""
    landing, most = case.landing(kpi), case.practice.below_floor
    if landing is None:
        return None

    def fits(target: float) -> bool:
        if kpi.scale is None and target * kpi.target <= 0:
            return False
        missed = landing.below(float(kpi.attainment(kpi.changed(target=target).result(floor))))[0]
        return most / 2 <= missed <= most

    reached, at_floor = kpi.result(float(landing.at_score(NINE_IN_TEN))), kpi.result(floor)
    aimed = reached * kpi.target / at_floor if kpi.scale is None and at_floor else kpi.target + reached - at_floor
    return roundest(aimed, fits, up=kpi.better == "lower")
