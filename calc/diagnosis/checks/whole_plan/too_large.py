"""Too large to be looked through: a plan with so many measures, breaks and conditions that findings would take minutes.

What it is: every break of every payout table, every gate and every step of every modifier can meet every other. A plan
of a few pages is looked through in a moment; one that a machine has put together may not be. Its pay and its zones are
exact as ever; only the other findings and their cures are left out.

Why it hurts: what takes a computer minutes nobody works out in their head, and nobody can say what it pays for.

What to do: fewer measures, shorter payout tables, fewer conditions; or look at the plan in parts.

Source: none; the limit is our own, so that a page answers within seconds.
"""

from collections.abc import Iterator

from calc.diagnosis.context import Case
from calc.diagnosis.finding import Finding
from calc.messages import Number, Sentence
from calc.plan.plan import Plan

MAX_WORK = 6_000
"""Breaks, times the curves that they can meet on, that are looked through; ours. The largest preset has a fifth."""
CURVES_ADDED = 10
"""Added to the curves: whatever a plan of few curves is looked through for all the same."""


def find_too_large(case: Case) -> Iterator[Finding]:
    """A finding where the plan is too large."""
    plan = case.plan
    if too_large(plan):
        yield _make_finding(len(plan.kpis), _count_breaks(plan), len(plan.gates) + len(plan.modifiers))


def too_large(plan: Plan) -> bool:
    """Whether a plan is too large for whatever looks at it from many sides at once."""
    curves = len(plan.kpis) + len(plan.gates) + len(plan.modifiers)
    return _count_breaks(plan) * (curves + CURVES_ADDED) > MAX_WORK


def _count_breaks(plan: Plan) -> int:
    """The places at which what is paid can bend or jump."""
    curves = [k.curve for k in plan.kpis] + [m.curve for m in plan.modifiers] + [plan.curve]
    return sum(curve.break_count for curve in curves if curve is not None) + len(plan.gates)


def _make_finding(measures: int, breaks: int, conditions: int) -> Finding:
    facts = {"measures": Number(measures), "breaks": Number(breaks), "conditions": Number(conditions)}
    return Finding(
        check="too_large",
        severity="alarm",
        kpi=None,
        span=None,
        money=None,
        share=None,
        title=Sentence.of("Is too large to be looked through: {breaks} breaks", breaks=facts["breaks"]),
        says=Sentence.of(
            "This plan is too large to be looked through: {measures} measures, {breaks} breaks in what they pay and "
            "{conditions} gates and modifiers. What else is amiss in it is not told here.",
            **facts,
        ),
        do=Sentence.of("Have fewer measures, shorter payout tables and fewer conditions, or look at it in parts."),
        source="None: the limit is our own, so that an answer comes within seconds.",
    )
