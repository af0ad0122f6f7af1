"""A target too easy: nearly everybody gets to 100 %.

What it is: the share of the team that reaches a KPI's target, from where the team lands and how widely it scatters. Its
money is what a rep can expect beyond what the plan pays at target.

Why it hurts: the target says nothing about who does well, the faster pay beyond it becomes the ordinary pay, and a
ceiling meant for a few holds many.

What to do: set a target that about six in ten reach, with pay at target raised so that nobody loses by it. Most plans
set targets that 50-70 % of a team reach.

Source: above 80 % the field calls it overpaid (Microsoft sales compensation notes, onebigtable.us); 80 % is QuotaPath's
aim.
"""

from collections.abc import Iterator

from calc.diagnosis.context import Case
from calc.diagnosis.cures.targets import target_for_six_in_ten
from calc.diagnosis.finding import Finding, Severity, grade_value
from calc.messages import Fact, Money, Sentence, Share
from calc.piecewise.distributions import Distribution
from calc.plan.kpi import Kpi


def find_target_too_easy(case: Case) -> Iterator[Finding]:
    """A finding for each paid KPI whose target more of the team reach than in most sound plans."""
    for kpi in case.paid:
        landing, severity = case.landing(kpi), _severity_of(case, kpi)
        if landing is not None and severity is not None:
            yield _make_finding(case, kpi, landing, severity)


def _severity_of(case: Case, kpi: Kpi) -> Severity | None:
    landing, practice = case.landing(kpi), case.practice
    if landing is None or not kpi.has_target:
        return None
    reached = 1.0 - landing.below(1.0)[0]
    return grade_value(reached, practice.at_target_most, practice.at_target_most_alarm)


def _make_finding(case: Case, kpi: Kpi, landing: Distribution, severity: Severity) -> Finding:
    practice, reached = case.practice, 1.0 - landing.below(1.0)[0]
    promised, expected = case.plan.pay_at_target, case.money(case.cost.expected)
    promises: dict[str, Fact] = {}
    if case.has_targets:
        promises = {"promised": Money(promised), "expected": Money(expected)}
    return Finding(
        check="target_too_easy",
        severity=severity,
        kpi=kpi.id,
        span=(1.0, None),
        money=case.money(max(expected - promised, 0.0)) if case.has_targets else None,
        share=reached,
        title=Sentence.of(
            "Asks for {target}: {share} of the team reach it", target=case.result(kpi, 1.0), share=Share(reached)
        ),
        says=Sentence.of(
            "{share} of the team reach {target} of {kpi}; the average is {mean}."
            + (" The plan pays {promised} at target; a rep can expect {expected}." if promises else ""),
            share=Share(reached),
            target=case.result(kpi, 1.0),
            kpi=case.name(kpi),
            mean=case.result(kpi, landing.below(float("inf"))[1]),
            **promises,
        ),
        do=Sentence.of(
            "Set a target that {least} to {usual} of the team reach, as most plans do, at a pay that costs the same.",
            least=Share(practice.at_target),
            usual=Share(practice.at_target_usual),
        ),
        source=practice.source("at_target_most"),
        mends=lambda: target_for_six_in_ten(case, kpi, lambda c, k: _severity_of(c, k) is not None),
    )
