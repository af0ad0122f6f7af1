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

from calc.diagnosis.context import Case
from calc.diagnosis.cures.targets import closed, eased_gate
from calc.diagnosis.finding import Finding, Severity, graded
from calc.messages import Fact, Money, Name, Sentence, Share
from calc.outcomes.expected_cost import expected
from calc.plan.conditions import Gate


def find(case: Case) -> Iterator[Finding]:
    """A finding for each gate closed more often than practice; without a team, for one that takes everything."""
    practice = case.practice
    for gate in case.plan.gates:
        share = closed(case, gate)
        severity: Severity | None
        if share is None:
            severity = "note" if gate.closes == "plan" and not gate.keeps and not gate.limits_to else None
        else:
            severity = graded(share, practice.gate_closed, practice.gate_closed_alarm)
        if severity is not None:
            lost = _lost(case, gate)
            if case.money(lost) > 0:
                yield _finding(case, gate, share, lost, severity)


def _lost(case: Case, gate: Gate) -> float:
    """What the gate takes: expected pay per rep, or without a team what is lost just short of its mark."""
    if case.team is None:
        kpi = case.plan.kpi(gate.kpi)
        mark, along = float(kpi.attainment(gate.mark(kpi))), case.along(kpi)
        return float(along(mark, "right") - along(mark, "left"))
    without = case.plan.changed(gates=tuple(g for g in case.plan.gates if g is not gate))
    return expected(without, case.team) - expected(case.plan, case.team)


def _closing(case: Case, gate: Gate) -> tuple[str, dict[str, Fact]]:
    """What is left of the pay when the gate is closed, in words."""
    facts: dict[str, Fact] = {}
    if gate.closes != "plan":
        facts["closes"] = Name(", ".join(case.plan.kpi(name).label for name in gate.closes))
    what = "the pay for {closes}" if facts else "the pay"
    if gate.limits_to is not None:
        return what + " stops at {kept} of target pay", {**facts, "kept": Share(gate.limits_to)}
    if gate.keeps:
        return "{kept} of " + what + " is kept", {**facts, "kept": Share(gate.keeps)}
    return what + " is lost", facts


def _finding(case: Case, gate: Gate, share: float | None, lost: float, severity: Severity) -> Finding:
    kpi = case.plan.kpi(gate.kpi)
    mark = round(float(kpi.attainment(gate.mark(kpi))), 9)
    there: dict[str, Fact] = {} if share is None else {"share": Share(share)}
    closing, facts = _closing(case, gate)
    whom = ", as for {share} of the team. It costs {money} per rep." if there else ": {money} just short of it."
    return Finding(
        check="closed_gate",
        severity=severity,
        kpi=kpi.id,
        span=(None, mark),
        money=case.money(lost),
        share=share,
        title=Sentence.of(
            "Closes the gate short of {mark}: " + ("{share} of the team" if there else "whoever falls short"),
            mark=case.result(kpi, mark),
            **there,
        ),
        says=Sentence.of(
            "Short of {mark} of {kpi}, " + closing + whom,
            mark=case.result(kpi, mark),
            kpi=case.name(kpi),
            money=Money(case.money(lost)),
            **there,
            **facts,
        ),
        do=Sentence.of("Set the mark where nine in ten pass, or let part of the pay through."),
        source=case.practice.source("gate_closed"),
        mends=lambda: eased_gate(case, gate),
    )
