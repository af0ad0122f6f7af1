"""A budget gap: the team is expected to cost something else than pay at target.

What it is: expected pay per rep, taken over where the whole team lands, against the pay at 100 % of everything, which
is what a budget is usually made from. Its money is the gap per rep: above 0 where the plan costs more.

Why it hurts: the plan is changed in the middle of the year, or the contract promises money that is not paid. Both are
remembered. A part of the gap lies in the plan's own bends: a floor takes from those below, a faster climb gives to
those above, and the two seldom cancel.

What to do: set the target incentive, the target or the bends so that the expected cost is the budget, and look at it at
20 % less and 20 % more sales too.

Source: test a plan at -20 %, plan and +20 % (Ryan Consulting); the limits are ours.
"""

from collections.abc import Iterator
from dataclasses import replace

from calc.diagnosis.context import Case
from calc.diagnosis.finding import Finding, Severity, grade_value
from calc.diagnosis.pace import even_landing
from calc.messages import Fact, Money, Sentence, Share


def find_budget_gap(case: Case) -> Iterator[Finding]:
    """A finding where the expected cost misses pay at target by more than practice."""
    cost, practice = case.cost, case.practice
    if case.team is None or cost.at_target <= 0 or not case.has_targets:
        return
    gap = cost.expected - cost.at_target
    severity = grade_value(abs(gap) / cost.at_target, practice.budget_note, practice.budget)
    if severity is not None:
        yield _make_finding(case, gap, "warn" if severity == "alarm" else "note")


def _cost_of_scatter(case: Case) -> float:
    """What scatter alone adds to pay [money per rep] along the main KPI, if the team were on target on average."""
    even, along = even_landing(case, case.main), case.along(case.main)
    return 0.0 if even is None else along.expect(replace(even, mean=1.0)) - float(along(1.0))


def _make_finding(case: Case, gap: float, severity: Severity) -> Finding:
    bend, part = case.money(_cost_of_scatter(case)), Share(abs(gap) / case.cost.at_target)
    more, bends = "more" if gap > 0 else "less", "more" if bend > 0 else "less"
    alone = f" Results scatter: even with the team on target on average, {{kpi}} alone would make it {{bend}} {bends}."
    scattered: dict[str, Fact] = {"bend": Money(abs(bend)), "kpi": case.name(case.main)} if bend else {}
    return Finding(
        check="budget_gap",
        severity=severity,
        kpi=None,
        span=None,
        money=case.money(gap),
        share=None,
        title=Sentence.of(f"Costs {{part}} {more} than pay at target", part=part),
        says=Sentence.of(
            f"A rep can expect {{expected}}, {{gap}} {more} than the {{target}} that the plan pays at target."
            + (alone if bend else ""),
            expected=Money(case.money(case.cost.expected)),
            gap=Money(case.money(abs(gap))),
            target=Money(case.cost.at_target),
            **scattered,
        ),
        do=Sentence.of(
            "Adjust the target, the payout curve or the target incentive until the expected cost meets your budget."
        ),
        source=case.practice.source("budget"),
    )
