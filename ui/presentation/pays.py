"""How a plan pays, in the few sentences that an audience needs before anything is said against it."""

import math

from calc.diagnosis.finding import Finding
from calc.messages import Fact, Money, Name, Number, Result, Sentence, Share
from calc.plan.plan import Plan
from ui.model.profile import Scene, Stretch

MAX_SHARES_TOLD = 3
"""Measures that are told with what they carry; more than that, and the rest is one figure."""
COST_TOLERANCE = 0.0005
"""Expected costs that differ by less than this part are the same."""


def at_target(plan: Plan) -> Sentence:
    """What it pays at target, and for how much where one measure carries it all."""
    paid = [kpi for kpi in plan.kpis if kpi.paid]
    money = Money(plan.pay_at_target)
    if len(paid) != 1:
        return Sentence.of(f"Pays {{money}} a {plan.period} at target", money=money)
    target, kpi = Result(paid[0].target, paid[0].unit), Name(paid[0].label)
    return Sentence.of(f"Pays {{money}} a {plan.period} for {{target}} of {{kpi}}", money=money, target=target, kpi=kpi)


def measure_shares(plan: Plan) -> tuple[Sentence, ...]:
    """What each measure carries of it; nothing where there is only one."""
    carried = {kpi.label: plan.targeted[kpi.id] / plan.incentive for kpi in plan.kpis if kpi.paid}
    if len(carried) < 2:
        return ()
    largest = sorted(carried, key=lambda label: -abs(carried[label]))
    facts: dict[str, Fact] = {}
    parts = []
    for i, label in enumerate(largest[:MAX_SHARES_TOLD]):
        facts |= {f"share{i}": Share(carried[label]), f"kpi{i}": Name(label)}
        parts.append(f"{{share{i}}} {'is ' if not i else ''}for {{kpi{i}}}")
    others = largest[MAX_SHARES_TOLD:]
    if others:
        facts["share"] = Share(sum(carried[label] for label in others))
        parts.append(f"{{share}} for {len(others)} others" if len(others) > 1 else "{share} for one other")
    return (Sentence.of(f"Of the target incentive, {', '.join(parts[:-1])} and {parts[-1]}.", **facts),)


def ways_of_pay(scene: Scene) -> tuple[Sentence, ...]:
    """Where pay begins along a KPI, where it jumps, and where it ends."""
    return tuple(
        told for told in (_begins_in_words(scene), _jumps_in_words(scene), _ends_in_words(scene)) if told is not None
    )


def _begins_in_words(scene: Scene) -> Sentence:
    kpi, first = scene.kpi, scene.stretches[0]
    assert kpi is not None
    name = Name(kpi.label)
    if first.kind != "zero" or not math.isfinite(first.end):
        return Sentence.of("Pay begins with the first unit of {kpi}.", kpi=name)
    side = "Below" if kpi.better == "higher" else "Above"
    what = "it pays nothing" if first.before <= 0 else "that part pays nothing"
    at, cliff = _place_of(scene, first.end), _cliff_at(scene, first.end)
    if cliff is None:
        return Sentence.of(f"{side} {{at}} of {{kpi}} {what}.", at=at, kpi=name)
    money = Money(cliff.height)
    return Sentence.of(f"{side} {{at}} of {{kpi}} {what}; reaching it unlocks {{money}}.", at=at, kpi=name, money=money)


def _jumps_in_words(scene: Scene) -> Sentence | None:
    cliffs = [s for s in scene.stretches if s.kind == "cliff" and s.start != scene.stretches[0].end]
    if not cliffs:
        return None
    largest = max(cliffs, key=lambda s: abs(s.height))
    verb, most = "jumps" if largest.height > 0 else "falls", Money(abs(largest.height))
    if len(cliffs) == 1:
        return Sentence.of(f"At {{at}} it {verb} by {{most}}.", at=_place_of(scene, largest.start), most=most)
    return Sentence.of("It jumps {times} times, by up to {most}.", times=Number(len(cliffs)), most=most)


def _ends_in_words(scene: Scene) -> Sentence | None:
    last = scene.stretches[-1]
    if last.kind == "climb":
        return Sentence.of("Pay is uncapped.")
    if last.kind != "flat" or not math.isfinite(last.start):
        return None
    if scene.kpi is not None and scene.kpi.better == "lower" and scene.kpi.result(last.start) <= 0:
        return None
    most = Money(last.before)
    return Sentence.of("From {at} on it pays no more: {most} is the most.", at=_place_of(scene, last.start), most=most)


def _place_of(scene: Scene, attainment: float) -> Result:
    assert scene.kpi is not None
    return Result(scene.kpi.result(attainment), scene.kpi.unit)


def _cliff_at(scene: Scene, attainment: float) -> Stretch | None:
    return next((s for s in scene.stretches if s.kind == "cliff" and s.start == attainment), None)


# What differs between two plans


def cost_change(was: float, now: float, plan: Plan, known: bool) -> Sentence:
    """What a change costs: Expected cost $51 → $1,008 per rep and month: 18.8 times as much."""
    team = "" if known else ", for a team as teams usually are"
    if was == now or (was and abs(now / was - 1) < COST_TOLERANCE):
        return Sentence.of(f"Expected cost stays {{now}} per rep and {plan.period}{team}.", now=Money(now))
    facts: dict[str, Fact] = {"was": Money(was), "now": Money(now)}
    by = ""
    if was > 0:
        facts["by"] = Number(round(now / was, 1)) if now >= 2 * was else Share(abs(now / was - 1))
        by = ": {by} times as much" if now >= 2 * was else ": {by} more" if now > was else ": {by} less"
    return Sentence.of(f"Expected cost {{was}} → {{now}} per rep and {plan.period}{team}{by}.", **facts)


def counts_of_findings(was: tuple[Finding, ...], now: tuple[Finding, ...]) -> Sentence | None:
    """How many alarms and warnings there were, and are."""
    facts: dict[str, Fact] = {}
    parts = []
    for name, severity in (("alarms", "alarm"), ("warnings", "warn")):
        old, new = (sum(f.severity == severity for f in found) for found in (was, now))
        if old or new:
            facts |= {f"{name}_was": Number(old), f"{name}_now": Number(new)}
            parts.append(f"{name} {{{name}_was}} → {{{name}_now}}")
    if not parts:
        return None
    text = ", ".join(parts)
    return Sentence.of(f"{text[:1].upper()}{text[1:]}.", **facts)
