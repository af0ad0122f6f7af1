"""A mean that hides: the team is on target on average, and half of it or more is not.

What it is: mean attainment of 100 % or more over the named reps, while at most half of them reach their target. Its
share is the part below target.

Why it hurts: whoever reads the mean sees a plan that works. A few carry it, and the others are paid little.

What to do: look at the spread before the mean: who is at target, and what parts the rest from it.

Source: 50-70 % of a team at target is practice (Alexander Group and others); that a mean hides is arithmetic.
"""

from collections.abc import Iterator

import numpy as np

from calc.diagnosis.context import Case
from calc.diagnosis.finding import Finding
from calc.messages import Number, Sentence, Share
from calc.team.landing import hides_behind_mean, landing_shares

LEAST_BEHIND_MEAN = 4
"""People from whom on a mean hides anything; our own rule."""


def find_hidden_by_mean(case: Case) -> Iterator[Finding]:
    """A finding where the mean of named reps says otherwise than most of them."""
    people = case.people
    if people is None or len(people) < LEAST_BEHIND_MEAN:
        return
    shares = landing_shares(people.overall, -np.inf)
    if not hides_behind_mean(shares):
        return
    yield Finding(
        check="hidden_by_mean",
        severity="warn",
        kpi=None,
        span=None,
        money=None,
        share=1.0 - shares.at_target,
        title=Sentence.of(
            "Averages {mean}, while {share} reach the target", mean=Share(shares.mean), share=Share(shares.at_target)
        ),
        says=Sentence.of(
            "{people} people land at {mean} on average. {share} of them reach their target.",
            people=Number(len(people)),
            mean=Share(shares.mean),
            share=Share(shares.at_target),
        ),
        do=Sentence.of("Read who is at target before the mean, and look at what parts the rest from it."),
        source=case.practice.source("at_target"),
    )
