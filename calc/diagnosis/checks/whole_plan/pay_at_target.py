"""Pay at target: a plan that does not pay its target incentive at target.

What it is: with every measure exactly at its target, the plan pays something else than the target incentive that it
names: a table that pays 5 % where attainment is 100 %, a factor that is not 1 there, a guarantee that is higher. Its
money is the difference.

Why it hurts: the target incentive is what the contract promises and what the budget is made from. Whoever does exactly
what was asked is paid something else, and finds out at the end of the period.

What to do: let every table pay 100 % at target, or name the target incentive that the plan pays.

Source: none needed: the two numbers are the plan's own. The sizes that matter are those of the budget.
"""

from collections.abc import Iterator

from calc.diagnosis.context import Case
from calc.diagnosis.finding import Finding, Severity, grade_value
from calc.messages import Fact, Money, Sentence
from calc.plan.kpi import Kpi

HALF = 0.5
"""The part of the target incentive that is not paid at target from which it is an alarm; ours."""


def find_pay_at_target(case: Case) -> Iterator[Finding]:
    """A finding where pay at target and the target incentive differ by more than practice lets pass."""
    severity = _severity_of(case)
    if severity is not None:
        yield _make_finding(case, severity)


def _severity_of(case: Case) -> Severity | None:
    promised, gap = case.plan.incentive, case.plan.pay_at_target - case.plan.incentive
    if promised <= 0 or not case.has_targets:
        return None
    severity = grade_value(abs(gap) / promised, case.practice.budget_note, case.practice.budget)
    if severity == "alarm":
        return "alarm" if -gap > HALF * promised else "warn"
    return "note" if severity is not None else None


def _make_finding(case: Case, severity: Severity) -> Finding:
    pays, promised = case.plan.pay_at_target, case.money(case.plan.incentive)
    blamed = _blamed_kpi(case)
    says = "With every measure at its target the plan pays {pays}; its target incentive is {promised}."
    facts: dict[str, Fact] = {"pays": Money(pays), "promised": Money(promised)}
    if blamed is not None:
        says += " {kpi} pays {own} of its {part} there."
        own, part = case.plan.split_at_target[blamed.id], case.money(case.plan.targeted[blamed.id])
        facts |= {"kpi": case.name(blamed), "own": Money(own), "part": Money(part)}
    return Finding(
        check="pay_at_target",
        severity=severity,
        kpi=None if blamed is None else blamed.id,
        span=None if blamed is None else (1.0, 1.0),
        money=case.money(abs(pays - promised)),
        share=None,
        title=Sentence.of("Pays {pays} at target, not {promised}", pays=Money(pays), promised=Money(promised)),
        says=Sentence.of(says, **facts),
        do=Sentence.of("Let every payout table pay 100 % at target, or name the target incentive that the plan pays."),
        source="The plan's own numbers; from what size on it matters is our own rule.",
    )


def _blamed_kpi(case: Case) -> Kpi | None:
    """The KPI whose own pay at target is furthest from its target incentive; None where several differ alike."""
    if case.plan.combine == "score" or len(case.paid) < 2:
        return None
    paid = case.plan.split_at_target
    return max(case.paid, key=lambda k: abs(paid[k.id] - case.plan.targeted[k.id]))
