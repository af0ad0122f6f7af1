"""Cures of targets, gates, calendar and path: where a plan asks for what it should not, or too late.

A target that moves takes the team along: reps land where they landed, in the KPI's unit. Not modelled: that people
land elsewhere under another target.
"""

import math
from collections.abc import Callable
from statistics import NormalDist

from calc.diagnosis.context import Case
from calc.diagnosis.cures.terms import Found, first_clean_cure, offer_cure, replan, retarget_kpi
from calc.diagnosis.finding import Cure
from calc.documents.params import set_terms
from calc.documents.planfile import Preset
from calc.messages import Fact, Result, Sentence, Share
from calc.outcomes.budget import PERIODS_IN_A_YEAR
from calc.plan.conditions import MARK_TERMS, Gate
from calc.plan.errors import Refused
from calc.plan.kpi import Kpi
from calc.situation.conditions_met import share_that_meets_none

NORMAL_GROWTH = 0.10
"""The rise of a target in a year that a cure leaves. Source: 10-20 % normal (comish.online), its low end."""


def roundest_number(value: float, fits: Callable[[float], bool], up: bool = False) -> float | None:
    """The roundest number at or below a value (at or above, with `up`) that fits; None where none does.

    >>> roundest_number(52.47, lambda x: x > 51)
    52.0
    """
    if not value or not math.isfinite(value):
        return None
    top = math.ceil(math.log10(abs(value)))
    for power in range(top, top - 9, -1):
        for part in (5, 2, 1):
            step = part * 10.0 ** (power - 1)
            steps = math.ceil(value / step) if up else math.floor(value / step)
            number = float(f"{steps * step:.12g}")
            if _may_hold(fits, number):
                return number
    return None


def _may_hold(fits: Callable[[float], bool], number: float) -> bool:
    """Whether a number fits; one that no plan may have does not."""
    try:
        return fits(number)
    except Refused:
        return False


def target_for_six_in_ten(case: Case, kpi: Kpi, found: Found) -> Cure | None:
    """Set the target where about six in ten of the team reach it: midway between the least and the usual share."""
    landing, practice = case.landing(kpi), case.practice
    aim = (practice.at_target + practice.at_target_usual) / 2
    if landing is None or not 0 < aim < 1:
        return None

    def share_reaching(target: float) -> float:
        return 1.0 - landing.below(float(kpi.attainment(target)))[0]

    def target_fits(target: float) -> bool:
        same_side = kpi.scale is not None or target * kpi.target > 0
        return same_side and practice.at_target <= share_reaching(target) <= practice.at_target_usual

    aimed = kpi.result(float(landing.at_score(NormalDist().inv_cdf(1.0 - aim))))
    target = roundest_number(aimed, target_fits, up=kpi.better == "lower")
    if target is None:
        return None
    facts: dict[str, Fact] = {"target": Result(target, kpi.unit), "share": Share(share_reaching(target))}
    label = Sentence.of("Set the target to {target}: {share} of the team reach it", **facts)
    return first_clean_cure(case, kpi, [offer_cure(case, label, lambda p: retarget_kpi(p, kpi, target))], found)


def share_closed(case: Case, gate: Gate) -> float | None:
    """How often a gate is closed: the share of the team that does not open it; None without a team."""
    kpis = {condition.kpi: case.plan.kpi(condition.kpi) for condition in gate.conditions}
    if case.team is None or not all(kpi.has_target for kpi in kpis.values()):
        return None
    return share_that_meets_none(case.team, kpis, gate.conditions)


def eased_gate(case: Case, gate: Gate) -> Cure | None:
    """Lower a gate's mark to where nine in ten of the team pass; None where no team is described."""
    kpi, most = case.plan.kpi(gate.kpi), case.practice.gate_closed
    landing = case.landing(kpi)
    if landing is None:
        return None
    score = NormalDist().inv_cdf(min(max(most, 1e-6), 1 - 1e-6))
    better_opens = gate.opens_upwards(kpi) == (kpi.sign > 0)
    passed = float(landing.at_score(score if better_opens else -score))
    by_result, term = gate.of_result, next(name for name in MARK_TERMS if getattr(gate, name) is not None)
    aimed = kpi.result(passed) if by_result else passed

    def mark_fits(mark: float) -> bool:
        share = share_closed(case, gate.changed(**{term: mark}))
        return share is not None and most / 2 <= share <= most

    upwards = gate.opens_upwards(kpi) if by_result else better_opens
    mark = roundest_number(aimed, mark_fits, up=not upwards)
    if mark is None:
        return None
    result = mark if by_result else kpi.result(mark)
    label = Sentence.of("Open the gate at {mark}: nine in ten pass it", mark=Result(result, kpi.unit))
    return offer_cure(case, label, lambda p: _replace_gate(p, gate, gate.changed(**{term: mark})))


def keeping_gate(case: Case, gate: Gate, keeps: float) -> Cure | None:
    """Let a share of the pay through when a gate is closed."""
    label = Sentence.of("Keep {share} of the pay when the gate is closed", share=Share(keeps))
    return offer_cure(case, label, lambda p: _replace_gate(p, gate, gate.changed(keeps=keeps, limits_to=None)))


def _replace_gate(preset: Preset, old: Gate, new: Gate) -> Preset:
    return replan(preset, gates=tuple(new if gate is old else gate for gate in preset.plan.gates))


def announced_in_time(case: Case) -> Cure | None:
    """Announce the plan before the period begins."""
    label = Sentence.of("Announce the plan before the period begins")
    return offer_cure(case, label, lambda p: set_terms(p, {"calendar.announced_day": 1.0}))


def steady_target(case: Case) -> Cure | None:
    """Let the target stand whether it was hit or not, and rise by no more than is normal in a year."""
    path = case.path
    if path is None:
        return None
    many = PERIODS_IN_A_YEAR[case.plan.period]
    planned = (1.0 + path.growth) ** many - 1.0
    growth = path.growth
    if round(planned, 9) >= case.practice.growth_warn:
        most = min(NORMAL_GROWTH, case.practice.growth_warn / 2)
        growth = math.floor(((1.0 + most) ** (1 / many) - 1.0) * 1000 + 1e-9) / 1000
    words = "Let the target stay as it is, hit or not"
    label = (
        Sentence.of(words)
        if not growth
        else Sentence.of("Let the target rise by {growth} a period, hit or not", growth=Share(growth))
    )
    new = {"path.growth": growth, "path.growth_if_hit": 0.0, "path.ratchet": 0.0}
    return offer_cure(case, label, lambda p: set_terms(p, new))


def never_falling(case: Case, kpi: Kpi, found: Found) -> Cure | None:
    """Hold the payout of points at the best reached so far, so that more never earns less."""
    held = None if kpi.curve is None else kpi.curve.never_falling(kpi.better == "lower")
    if held is None:
        return None
    label = Sentence.of("Hold the pay where it would fall")
    held_up = offer_cure(case, label, lambda p: replan(p, {kpi.id: {"curve": held}}))
    return first_clean_cure(case, kpi, [held_up], found)
