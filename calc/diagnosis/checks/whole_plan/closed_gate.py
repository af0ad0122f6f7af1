"""A closed gate: pay that hangs on another measure, which many do not pass.

What it is: a gate (hurdle, qualifier, trip-wire) takes pay away from whoever falls short of its mark. Its money is the
expected pay per rep that the gate takes; where no team is described, what it takes from a rep who falls just short.

Why it hurts: a rep whose gate is closed earns nothing more by selling, however much is sold, and learns that the pay
hangs on something else. A gate guards a minimum; one that is often closed is a second target.

What to do: set the mark where nine in ten pass, or let part of the pay through when it is closed.

Source: gates by customer satisfaction or retention (Compensation Force, 2006; Alexander Group on hurdles); nine in ten,
as for a threshold (Aurochs, Prosperio).
"""

from collections.abc import Iterator

from calc.diagnosis.context import Case, worse_word
from calc.diagnosis.cures.targets import eased_gate, keeping_gate, share_closed
from calc.diagnosis.finding import Cure, Finding, Severity, grade_value
from calc.messages import Fact, Money, Name, Result, Sentence, Share
from calc.outcomes.expected_cost import expected_pay
from calc.plan.conditions import Gate
from calc.plan.errors import Refused
from calc.plan.kpi import Kpi

MAX_KEPT = (0.5, 0.75, 0.9)
"""What a gate may be made to keep of the pay."""


def find_closed_gate(case: Case) -> Iterator[Finding]:
    """A finding for each gate closed more often than practice; without a team, for one that takes more than a jump."""
    for gate in case.plan.gates:
        share = share_closed(case, gate)
        if share is None and not case.others_stand(case.plan.kpi(gate.kpi)):
            yield _make_finding(case, gate, None, 0.0, "note")
            continue
        lost = _lost_pay(case, gate, share)
        severity = _severity_of(case, share, lost)
        if severity is not None and case.money(lost) > 0:
            yield _make_finding(case, gate, share, lost, severity)


def _severity_of(case: Case, share: float | None, lost: float) -> Severity | None:
    practice = case.practice
    if share is not None:
        return grade_value(share, practice.gate_closed, practice.gate_closed_alarm)
    severity = grade_value(lost, practice.jump * case.whole, practice.jump_alarm * case.whole)
    return {"alarm": "warn", "warn": "note"}.get(severity or "")  # type: ignore[return-value]


def _lost_pay(case: Case, gate: Gate, share: float | None) -> float:
    """What the gate takes: expected pay per rep, or without a team what is lost just short of its mark.

    The latter too where the plan would not hold without the gate, which may part two slopes of one KPI.
    """
    if case.team is None or share is None:
        return _jump_at_mark(case, gate)
    try:
        without = case.plan.changed(gates=tuple(g for g in case.plan.gates if g is not gate))
    except Refused:
        return _jump_at_mark(case, gate)
    return expected_pay(without, case.team) - case.cost.expected


def _jump_at_mark(case: Case, gate: Gate) -> float:
    """What is lost on the closed side of a gate's mark; below zero where pay is owed, and the closed gate spares it."""
    kpi = case.plan.kpi(gate.kpi)
    along = case.along(kpi)
    result = gate.boundary(kpi) - (1.0 if kpi.counted and kpi.sign < 0 else 0.0)  # the first unit of the better side
    mark = case.own_break(kpi, float(kpi.attainment(result)))
    gained = float(along(mark, "right") - along(mark, "left"))
    if not _closes_beyond(gate, kpi):
        return gained
    if kpi.counted:  # the last unit of the open side is paid, and not what the climb would come to
        gained = float(along(mark, "right") - along(kpi.attainment(result - kpi.sign)))
    return -gained


def _closes_beyond(gate: Gate, kpi: Kpi) -> bool:
    """Whether a gate is closed on the better side of its mark."""
    return gate.opens_upwards(kpi) != (kpi.sign > 0)


def _closing_in_words(case: Case, gate: Gate) -> tuple[str, dict[str, Fact]]:
    """What is left of the pay when the gate is closed, in words."""
    facts: dict[str, Fact] = {}
    if gate.closes != "plan":
        facts["closes"] = Name(", ".join(case.plan.kpi(name).label for name in gate.closes))
    what = "the pay for {closes}" if facts else "the pay"
    if gate.limits_to is not None:
        return what + " is limited to {kept} of its target incentive", {**facts, "kept": Share(gate.limits_to)}
    if gate.keeps:
        return "a rep keeps {kept} of " + what, {**facts, "kept": Share(gate.keeps)}
    return what + " is lost", facts


def _unless(case: Case, gate: Gate) -> tuple[str, dict[str, Fact]]:
    """What else opens the gate, in words."""
    facts: dict[str, Fact] = {}
    parts = []
    for i, other in enumerate(gate.any_of):
        kpi = case.plan.kpi(other.kpi)
        facts |= {f"mark{i}": Result(other.mark(kpi) + 0.0, kpi.unit), f"other{i}": case.name(kpi)}
        side = "from {mark%d} on" if other.opens_upwards(kpi) else "up to {mark%d}"
        parts.append(f"{{other{i}}} is {side % i}")
    return (", unless " + " or ".join(parts) if parts else ""), facts


def _make_finding(case: Case, gate: Gate, share: float | None, lost: float, severity: Severity) -> Finding:
    kpi = case.plan.kpi(gate.kpi)
    mark = round(float(kpi.attainment(gate.mark(kpi))), 9)
    there: dict[str, Fact] = {} if share is None else {"share": Share(share)}
    costs: dict[str, Fact] = {"money": Money(case.money(lost))} if lost else {}
    closing, facts = _closing_in_words(case, gate)
    beyond = _closes_beyond(gate, kpi)
    side = {"below": "above", "above": "below"}.get(worse_word(kpi), "beyond") if beyond else worse_word(kpi)
    unless, others = _unless(case, gate)
    facts |= others
    just = "Just beyond it costs {money}." if beyond else "Just short of it costs {money}."
    whom = " {share} of the team is there. It costs {money} per rep." if there else f" {just}" if costs else ""
    return Finding(
        check="closed_gate",
        severity=severity,
        kpi=kpi.id,
        span=(mark, None) if beyond else (None, mark),
        money=case.money(lost) if costs else None,
        share=share,
        title=Sentence.of(
            f"Closes the gate {side} {{mark}}"
            + (": {share} of the team" if there else ", for {money}" if costs else ""),
            mark=case.result(kpi, mark),
            **(there or costs),
        ),
        says=Sentence.of(
            f"{side.capitalize()} {{mark}} of {{kpi}}{unless}, {closing}.{whom}",
            mark=case.result(kpi, mark),
            kpi=case.name(kpi),
            **costs,
            **there,
            **facts,
        ),
        do=Sentence.of("Set the mark where nine in ten pass, or let part of the pay through."),
        source=case.practice.source("gate_closed"),
        mends=lambda: _offer_cure(case, gate),
    )


def _offer_cure(case: Case, gate: Gate) -> Cure | None:
    """The mark where nine in ten pass; where no team is described, the least that has to be kept."""
    if share_closed(case, gate) is not None:
        return eased_gate(case, gate)
    number = next(i for i, other in enumerate(case.plan.gates) if other is gate)
    for keeps in MAX_KEPT:
        offered = keeping_gate(case, gate, keeps)
        if offered is not None:
            after = Case(offered.after, case.at)
            if _severity_of(after, None, _lost_pay(after, after.plan.gates[number], None)) is None:
                return offered
    return None
