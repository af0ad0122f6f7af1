"""Cures: changes to a plan that mend what a check found; a value goes in and a value comes out, or None.

A cure is offered only where it mends: the check that found the fault finds nothing more on that KPI, and nothing new on
another. Pay at target stays what it was, but where a label says otherwise; what else a cure costs, the cost model says.
"""

from collections.abc import Callable, Collection, Iterable
from typing import Any

from calc.diagnosis.context import BEST_IN_TWENTY, Case
from calc.diagnosis.finding import RANK, Cure, Severity
from calc.documents.planfile import Preset
from calc.edit.reshape import Drawn
from calc.messages import Number, Sentence
from calc.piecewise.corners import round_down
from calc.plan.conditions import Ids, Modifier
from calc.plan.curves.curve_terms import CurveTerms
from calc.plan.errors import Refused
from calc.plan.kpi import Kpi, reads_result
from calc.plan.mechanics import Points
from calc.situation.team import keep_people

NINE_IN_TEN = -1.2815515655446004
"""The standard normal score that nine in ten lie above."""
LIGHT_WEIGHT = 0.15
"""The weight below which a measure is too light to be felt (IntelligentSPM); Performio says a fifth."""
QUALITY = Points(points=((0.8, 0.8), (1.0, 1.0), (1.2, 1.2)), below="hold")
"""A multiplier of a fifth either way, as wide as the field's (0.8-1.2: donyarose)."""

Found = Callable[[Case, Kpi], int]
"""Whether a check finds something on a KPI, and where it may be more or less severe, how severe."""
Redraws = Callable[[Drawn], CurveTerms | None]
LabelOf = Callable[[CurveTerms], Sentence]


def offer_cure(case: Case, label: Sentence, change: Callable[[Preset], Preset]) -> Cure | None:
    """A cure by a change; None where the change is refused or changes nothing."""
    try:
        after = change(case.preset)
    except Refused:
        return None
    return None if after.plan == case.plan and after == case.preset else Cure(label, case.preset, after)


def worst_severity(severities: Iterable[Severity | None]) -> int:
    """How severe the worst of them is: 0 where there is none, 3 for an alarm."""
    return max((len(RANK) - RANK[s] for s in severities if s is not None), default=0)


def first_clean_cure(case: Case, kpi: Kpi, cures: Iterable[Cure | None], found: Found) -> Cure | None:
    """The first cure that leaves nothing on the KPI, and makes nothing worse on another."""
    for offered in cures:
        after = None if offered is None else case_after(case, offered)
        if after is not None and not found(after, after.plan.kpi(kpi.id)):
            others = [] if leaves_others_alone(case, after, kpi) else [k for k in case.paid if k.id != kpi.id]
            if all(found(after, after.plan.kpi(k.id)) <= found(case, k) for k in others):
                return offered
    return None


def leaves_others_alone(case: Case, after: Case, kpi: Kpi) -> bool:
    """Whether a change to one KPI leaves the pay along every other as it was: it pays the same where the rep stands."""
    was, now = case.plan, after.plan
    if was.combine == "score" or was.incentive != now.incentive or was.limits != now.limits:
        return False
    movers = {g.kpi for g in was.gates} | {m.kpi for m in was.modifiers}
    movers |= {k.grid.with_ for k in was.kpis if k.grid}
    if kpi.id in movers and kpi.target != now.kpi(kpi.id).target:
        return False
    pays = [p.own(kpi.id, c.at)(p.standing(c.at)[kpi.id]) for p, c in ((was, case), (now, after))]
    return bool(pays[0] == pays[1])


def case_after(case: Case, offered: Cure) -> Case:
    """The case after a cure; a KPI that stood at its target stands at its new one."""
    targets = {k.id: k.target for k in case.plan.kpis}
    return Case(offered.after, {name: at for name, at in case.at.items() if at != targets[name]})


# Pay along one KPI


def lowered_floor(case: Case, kpi: Kpi, found: Found) -> Cure | None:
    """Start to pay where nine in ten arrive, and climb from nothing instead of jumping."""
    floor, reached = _reachable_start(case, kpi)
    label = Sentence.of("Start to pay at {floor} and climb from zero" + reached, floor=case.result(kpi, floor))
    return first_clean_cure(case, kpi, [_reshape_curve(case, kpi, lambda d: d.starting(floor), lambda _: label)], found)


def smooth_jumps(case: Case, kpi: Kpi, found: Found) -> Cure | None:
    """Take the jumps out: climb to where they led."""
    fallback, _ = _reachable_start(case, kpi)

    def label_after(after: CurveTerms) -> Sentence:
        text, places = after.smooth_label()
        return Sentence.of(text, **{name: case.result(kpi, place) for name, place in places.items()})

    return first_clean_cure(case, kpi, [_reshape_curve(case, kpi, lambda d: d.smooth(fallback), label_after)], found)


def lift_ceiling(case: Case, kpi: Kpi, found: Found) -> Cure | None:
    """Lift the ceiling beyond the best in twenty, or take it away; lead a table's level stretches upwards."""
    landing = case.landing(kpi)
    reached = None if landing is None else float(landing.at_score(BEST_IN_TWENTY))

    def label_after(after: CurveTerms) -> Sentence:
        far = after.ends_at
        if far is not None and landing is not None and case.plan.combine == "sum":
            at = case.result(kpi, far)
            return Sentence.of("Lift the ceiling to {at}: the best in twenty stay below it", at=at)
        if far is not None:
            return Sentence.of("Lift the ceiling to {times} times the target", times=Number(far))
        return Sentence.of(after.ENDLESS, kpi=case.name(kpi))

    def offer_lifts() -> Iterable[Cure | None]:
        yield _reshape_curve(case, kpi, lambda d: d.lifted(reached, case.practice.ceiling), label_after)
        yield _reshape_curve(case, kpi, lambda d: d.open_ended(), label_after)
        if case.plan.limits[1] is not None:
            whole = Sentence.of("Take the plan's ceiling away")
            yield offer_cure(case, whole, lambda p: replan(p, ceiling=None, ceiling_pay=None))
            yield _reshape_curve(case, kpi, lambda d: d.open_ended(), lambda _: whole, ceiling=None, ceiling_pay=None)

    return first_clean_cure(case, kpi, offer_lifts(), found)


def steepen_climb(case: Case, kpi: Kpi, found: Found) -> Cure | None:
    """Climb beyond target as fast as before it."""

    def label_after(after: CurveTerms) -> Sentence:
        steep = Number(after.beyond_target or 1.0)
        return Sentence.of("Raise the accelerator to {steep}", steep=steep)

    return first_clean_cure(case, kpi, [_reshape_curve(case, kpi, lambda d: d.steeper(), label_after)], found)


def _reachable_start(case: Case, kpi: Kpi) -> tuple[float, str]:
    """An attainment that nine in ten reach, and the words for it; below practice's where no team is known."""
    landing = case.landing(kpi)
    if landing is None:
        return case.practice.floor / 2, ""
    reached = round_down(float(landing.at_score(NINE_IN_TEN)), 0.01)
    return min(max(reached, 0.0), case.practice.floor), ": nine in ten reach it"


def _reshape_curve(case: Case, kpi: Kpi, how: Redraws, says: LabelOf, **terms: Any) -> Cure | None:
    """A cure that redraws what pays a KPI: its own curve, or the one curve of a score."""
    drawn = _drawn_of(case, kpi)
    try:
        after = how(drawn) if drawn is not None else None
    except Refused:
        return None
    if after is None:
        return None
    if case.plan.combine == "score":
        return offer_cure(case, says(after), lambda p: replan(p, curve=after, **terms))
    return offer_cure(case, says(after), lambda p: replan(p, {kpi.id: {"curve": after}}, **terms))


def _drawn_of(case: Case, kpi: Kpi) -> Drawn | None:
    """What pays a KPI, and where its terms count from."""
    plan = case.plan
    if plan.combine == "score" and plan.curve is not None:
        stands = plan.standing(case.at)
        rest = sum((k.weight or 0.0) * k.attainment(stands[k.id]) for k in plan.kpis if k.id != kpi.id)
        return Drawn(plan.curve, lambda a: (kpi.weight or 0.0) * a + rest)
    if kpi.curve is None:
        return None
    if reads_result(kpi.curve):
        return Drawn(kpi.curve, kpi.result, kpi.sign)
    return Drawn(kpi.curve, lambda a: a)


def replan(preset: Preset, kpis: dict[str, dict[str, Any]] | None = None, **terms: Any) -> Preset:
    """The preset with terms of its plan, and of KPIs by their ids, changed and checked anew.

    Raises:
        Refused: the plan would not hold.
    """
    plan = preset.plan
    if kpis:
        terms["kpis"] = tuple(k.changed(**kpis[k.id]) if k.id in kpis else k for k in plan.kpis)
    return preset.changed(plan=plan.changed(**terms), name=preset.name)


def retarget_kpi(preset: Preset, kpi: Kpi, target: float) -> Preset:
    """The preset with another target [KPI unit] for a KPI, its team landing on the results on which it landed before.

    Raises:
        Refused: the plan would not hold.
    """
    moved = keep_people(kpi, kpi.changed(target=target), preset.team)
    return replan(preset, {kpi.id: {"target": target, "team_target": moved.team_target}})


# What is paid for


def fold_kpis(case: Case, into: Kpi, light: Collection[Kpi], label: Sentence) -> Cure | None:
    """Fold KPIs into one: their weight goes there, they stay measured; what only moved their pay goes with it."""
    ids = {k.id for k in light if k.id != into.id}
    if not ids or into.in_money or any(k.in_money for k in light):
        return None
    weight = round((into.weight or 0.0) + sum(k.weight or 0.0 for k in light if k.id in ids), 12)
    terms: dict[str, dict[str, Any]] = {name: {"weight": 0.0, "curve": None} for name in ids}
    unpaid = ids | {k.id for k in case.plan.kpis if not k.paid}

    def still_acts(on: Ids) -> bool:
        return on == "plan" or not set(on) <= unpaid

    gates = tuple(g for g in case.plan.gates if still_acts(g.closes))
    modifiers = tuple(m for m in case.plan.modifiers if still_acts(m.multiplies))
    terms[into.id] = {"weight": weight}
    return offer_cure(case, label, lambda p: replan(p, terms, gates=gates, modifiers=modifiers))


def modified_by_quality(case: Case) -> Cure | None:
    """Let a quality KPI that is measured already multiply the pay."""
    kpi = next((k for k in case.plan.kpis if k.kind == "quality"), None)
    if kpi is None:
        return None
    modifier = Modifier(kpi=kpi.id, multiplies="plan", curve=QUALITY)
    label = Sentence.of("Let {kpi} multiply the pay, by a fifth either way", kpi=case.name(kpi))
    return offer_cure(case, label, lambda p: replan(p, modifiers=(*p.plan.modifiers, modifier)))
