"""Unequal chances: reps of the same skill have other chances of reaching their targets.

What it is: for each named rep the plan file says what somebody of usual skill would bring in that territory; against
the rep's own target that is a chance. Found is how far the best chance lies from the worst. Its money is what the plan
pays at target.

Why it hurts: who has the good territory is paid for having it, and who has the poor one is not paid for good work.

What to do: set each target so many spreads from its own forecast, the same number for all. The targets add up to the
same goal, and everybody has the same chance.

Source: attainment should have no relation with a territory's size (Aurochs); the marks are ours.
"""

from collections.abc import Iterator

from calc.diagnosis.context import Case
from calc.diagnosis.finding import Finding, grade_value
from calc.messages import Number, PersonName, Sentence, Share
from calc.plan.kpi import Kpi
from calc.team.territories import territories_of


def find_unequal_chance(case: Case) -> Iterator[Finding]:
    """A finding for each paid KPI of which forecasts of two reps or more are given."""
    for kpi in case.paid:
        finding = _find_on(case, kpi)
        if finding is not None:
            yield finding


def _find_on(case: Case, kpi: Kpi) -> Finding | None:
    found = territories_of(case.preset, kpi.id)
    if found is None:
        return None
    chances = found.chances
    best, worst = int(chances.argmax()), int(chances.argmin())
    gap = float(chances[best] - chances[worst])
    severity = grade_value(gap, case.practice.chance_gap, case.practice.chance_gap_alarm)
    if severity is None:
        return None
    facts = {"high": Share(float(chances[best])), "low": Share(float(chances[worst]))}
    equal = float(found.equal_chances[0])
    return Finding(
        check="unequal_chance",
        severity=severity,
        kpi=kpi.id,
        span=None,
        money=case.money(case.plan.targeted[kpi.id]),
        share=None,
        title=Sentence.of("Gives a chance of {high} to one rep and {low} to another", **facts),
        says=Sentence.of(
            "{lucky} reaches the target with a chance of {high}. {other}, no less able, with {low}. "
            "Targets that add up to the same would give all {count} a chance of {equal}.",
            lucky=PersonName(found.names[best]),
            other=PersonName(found.names[worst]),
            count=Number(len(found.names)),
            equal=Share(equal),
            **facts,
        ),
        do=Sentence.of("Set targets of {kpi} by territory, so that the chance is the same.", kpi=case.name(kpi)),
        source=case.practice.source("chance_gap", "chance_gap_alarm"),
    )
