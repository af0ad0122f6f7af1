"""A floor out of reach: most of a team, or too much of it, ends where pay has not begun.

What it is: the first result from which a KPI pays anything lies above what part of the team brings. Its money is the
pay that waits at the floor, or at target where pay climbs from nothing there.

Why it hurts: a floor should stop pay for a bad accident, and not be the first thing a rep fails at. Who sees early that
the floor is far away gives up (Chung, Steenburgh and Sudhir).

What to do: set the target so that nine in ten reach the floor, or start to pay lower.

Source: Aurochs, Prosperio and BetterSalesComp on how many should pass the threshold.
"""

from collections.abc import Iterator

from calc.diagnosis.context import Case, result_difference
from calc.diagnosis.cures.targets import roundest_number
from calc.diagnosis.cures.terms import (
    NINE_IN_TEN,
    first_clean_cure,
    lowered_floor,
    offer_cure,
    retarget_kpi,
    worst_severity,
)
from calc.diagnosis.finding import Cure, Finding, Severity, grade_value
from calc.diagnosis.foregone import jump_at
from calc.messages import Fact, Money, Result, Sentence, Share
from calc.plan.kpi import Kpi


def find_unreachable_floor(case: Case) -> Iterator[Finding]:
    """A finding for each KPI whose floor more of the team misses than in most plans."""
    for kpi in case.paid:
        floor = _floor_of(case, kpi)
        severity = _severity_of(case, kpi, floor)
        if floor is not None and severity is not None:
            yield _make_finding(case, kpi, floor, severity)


def _floor_of(case: Case, kpi: Kpi) -> float | None:
    """The end of the zero zone that a KPI starts with; None where it pays from the first unit, or never."""
    end = None
    for zone in case.zones(kpi):
        if zone.kind != "zero":
            return end
        end = zone.end
    return None


def _severity_of(case: Case, kpi: Kpi, floor: float | None) -> Severity | None:
    share = None if floor is None else case.share(kpi, None, floor)
    return None if share is None else grade_value(share, case.practice.below_floor, case.practice.below_floor_alarm)


def _make_finding(case: Case, kpi: Kpi, floor: float, severity: Severity) -> Finding:
    share, landing = case.share(kpi, None, floor) or 0.0, case.landing(kpi)
    mean = 1.0 if landing is None else landing.below(float("inf"))[1]
    at_floor = jump_at(case, kpi, floor)
    waits = at_floor or case.plan.split_at_target[kpi.id]
    past = (kpi.result(floor) - kpi.result(mean)) * kpi.sign
    gap: dict[str, Fact] = {"gap": result_difference(kpi, abs(past))}
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
        do=_do(kpi, waits, at_floor > 0),
        source=case.practice.source("below_floor"),
        mends=lambda: _offer_cure(case, kpi, floor),
    )


def _do(kpi: Kpi, waits: float, at_floor: bool) -> Sentence:
    """What to do, and what waits at the floor, or at a target."""
    start = "Set a target whose floor nine in ten reach"
    if at_floor:
        return Sentence.of(f"{start}; {{pay}} waits at the floor.", pay=Money(waits))
    if kpi.has_target:
        return Sentence.of(f"{start}; from there pay climbs to {{pay}} at target.", pay=Money(waits))
    return Sentence.of("Start to pay where nine in ten arrive.")


def _offer_cure(case: Case, kpi: Kpi, floor: float) -> Cure | None:
    """Set the target so that the same team reaches the same floor; where that does not move it, pay from lower on."""

    def severity_after(after: Case, other: Kpi) -> int:
        return worst_severity([_severity_of(after, other, _floor_of(after, other))])

    target = _reachable_target(case, kpi, floor)
    if target is not None:
        reached = "Set the target to {target}: nine in ten then reach the floor"
        label = Sentence.of(reached, target=Result(target, kpi.unit))
        mends = first_clean_cure(
            case, kpi, [offer_cure(case, label, lambda p: retarget_kpi(p, kpi, target))], severity_after
        )
        if mends is not None:
            return mends
    return lowered_floor(case, kpi, severity_after)


def _reachable_target(case: Case, kpi: Kpi, floor: float) -> float | None:
    """The roundest target whose floor nine in ten of the same team reach; None where there is none."""
    landing, most = case.landing(kpi), case.practice.below_floor
    if landing is None:
        return None

    def target_fits(target: float) -> bool:
        if kpi.scale is None and target * kpi.target <= 0:
            return False
        missed = landing.below(float(kpi.attainment(kpi.changed(target=target).result(floor))))[0]
        return most / 2 <= missed <= most

    reached, at_floor = kpi.result(float(landing.at_score(NINE_IN_TEN))), kpi.result(floor)
    aimed = reached * kpi.target / at_floor if kpi.scale is None and at_floor else kpi.target + reached - at_floor
    return roundest_number(aimed, target_fits, up=kpi.better == "lower")
