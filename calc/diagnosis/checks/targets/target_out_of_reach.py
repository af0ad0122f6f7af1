"""A target out of reach: most of the team does not get to 100 %.

What it is: the share of the team that reaches a KPI's target, from where the team lands and how widely it scatters. Its
money is what the plan pays at target less what a rep can expect.

Why it hurts: a rep who is a little better misses by a little less, and nothing else happens. The target incentive in
the contract is money that is not paid, and the able ones notice first.

What to do: set a target that about six in ten reach, and look at it again with the team as often as the market moves.
Most plans set targets that 50-70 % of a team reach.

Source: 50-60 % Prosperio; 55-65 % Pavilion and Cortado; 60-70 % Alexander Group; a red flag below 30 % (comish.online).
"""

from collections.abc import Iterator

from calc.diagnosis.context import BEST_TENTH, Case
from calc.diagnosis.cures.targets import target_for_six_in_ten
from calc.diagnosis.finding import Finding, Severity, grade_value
from calc.messages import Fact, Money, Sentence, Share
from calc.piecewise.distributions import Distribution
from calc.plan.kpi import Kpi


def find_target_out_of_reach(case: Case) -> Iterator[Finding]:
    """A finding for each paid KPI whose target fewer of the team reach than in most sound plans."""
    for kpi in case.paid:
        landing, severity = case.landing(kpi), _severity_of(case, kpi)
        if landing is not None and severity is not None:
            yield _make_finding(case, kpi, landing, severity)


def _severity_of(case: Case, kpi: Kpi) -> Severity | None:
    landing, practice = case.landing(kpi), case.practice
    if landing is None or not kpi.has_target:
        return None
    reached = 1.0 - landing.below(1.0)[0]
    return grade_value(-reached, -practice.at_target, -practice.at_target_alarm)


def _make_finding(case: Case, kpi: Kpi, landing: Distribution, severity: Severity) -> Finding:
    practice, reached = case.practice, 1.0 - landing.below(1.0)[0]
    promised, expected = case.plan.pay_at_target, case.money(case.cost.expected)
    target, best = case.result(kpi, 1.0), case.result(kpi, float(landing.at_score(BEST_TENTH)))
    promises: dict[str, Fact] = {}
    if case.has_targets:
        promises = {"promised": Money(promised), "expected": Money(expected)}
    return Finding(
        check="target_out_of_reach",
        severity=severity,
        kpi=kpi.id,
        span=(1.0, None),
        money=case.money(max(promised - expected, 0.0)) if case.has_targets else None,
        share=1.0 - reached,
        title=Sentence.of(
            "Asks for {target}: {share} of the team get there",
            target=target,
            share=Share(reached),
        ),
        says=Sentence.of(
            "{share} of the team reach {target} of {kpi}; one in ten gets to {best}."
            + (" The plan pays {promised} at target; a rep can expect {expected}." if promises else ""),
            share=Share(reached),
            target=target,
            kpi=case.name(kpi),
            best=best,
            **promises,
        ),
        do=Sentence.of(
            "Set a target that {least} to {usual} of the team reach, as most plans do.",
            least=Share(practice.at_target),
            usual=Share(practice.at_target_usual),
        ),
        source=practice.source("at_target", "at_target_alarm"),
        mends=lambda: target_for_six_in_ten(case, kpi, lambda c, k: _severity_of(c, k) is not None),
    )
