"""A pay inversion: who brings more is paid less.

What it is: of two named reps the one with the better result on what the company is after has the smaller pay, as a
multiple of the own target incentive. Its money is what parts the two.

Why it hurts: everybody can see who sells. A plan that pays somebody else teaches the whole team what counts here, and
the better seller is the first to be asked elsewhere.

What to do: pay for what comes of the work; look whether targets, gates or activity turn the order round.

Source: no inversions are practice; pay should follow performance with r of 0.8 (Falcon Incentives).
"""

from collections.abc import Iterator

import numpy as np

from calc.diagnosis.context import Case
from calc.diagnosis.finding import Finding, Severity
from calc.messages import Fact, Money, Number, PersonName, Sentence
from calc.piecewise.vectorized import Floats
from calc.plan.kpi import Kpi
from calc.team.paid_people import PaidPeople
from calc.team.performance import count_inversions, worst_inversions

WIDE_GAP = 0.25
"""Attainment between two reps from which an inversion is an alarm; our own rule."""
NARROW_GAP = 0.05
"""Attainment between two reps below which an inversion is a note; our own rule."""

MAX_COMPARED = 2000
"""People who are compared pair by pair at the most."""


def find_pay_inversion(case: Case) -> Iterator[Finding]:
    """A finding where any named rep brings more than another and is paid a smaller multiple."""
    people, kpi = case.people, case.outcome
    if people is None or kpi is None:
        return
    along = people.attainment[:, case.plan.ids.index(kpi.id)]
    pairs = count_inversions(along, people.multiple)
    if pairs:
        yield _make_finding(case, people, kpi, pairs)


def _make_finding(case: Case, people: PaidPeople, kpi: Kpi, pairs: int) -> Finding:
    place = case.plan.ids.index(kpi.id)
    worst = worst_inversions(people.attainment[:, place], people.multiple)[0]
    severity: Severity = "alarm" if worst.gap >= WIDE_GAP else "warn" if worst.gap >= NARROW_GAP else "note"
    more, less = worst.more, worst.less
    results = people.team.results[:, place]
    facts: dict[str, Fact] = {
        "more": case.result_of(kpi, float(results[more])),
        "less": case.result_of(kpi, float(results[less])),
        "low": Money(float(people.pay[more])),
        "high": Money(float(people.pay[less])),
    }
    return Finding(
        check="pay_inversion",
        severity=severity,
        kpi=kpi.id,
        span=None,
        money=case.money(float(people.pay[less] - people.pay[more])),
        share=_share_involved(people.attainment[:, place], people.multiple),
        title=Sentence.of("Pays {low} for {more} and {high} for {less}", **facts),
        says=Sentence.of(
            "{seller} brings {more} of {kpi} and is paid {low}. {other} brings {less} and is paid {high}. "
            "There are {pairs} such pairs among {people} people.",
            seller=PersonName(people.names[more]),
            other=PersonName(people.names[less]),
            kpi=case.name(kpi),
            pairs=Number(pairs),
            people=Number(len(people)),
            **facts,
        ),
        do=Sentence.of("Pay for {kpi}, so that whoever brings more is paid more.", kpi=case.name(kpi)),
        source="no inversions are practice; pay follows performance with r of 0.8: Falcon Incentives",
    )


def _share_involved(attainment: Floats, multiple: Floats) -> float | None:
    """The part of people who stand in an inversion, on either side; None for more than are compared pair by pair."""
    if len(attainment) > MAX_COMPARED:
        return None
    paid = np.round(multiple, 9)
    pairs = (attainment[:, None] > attainment[None, :]) & (paid[:, None] < paid[None, :])
    return float((pairs.any(axis=0) | pairs.any(axis=1)).mean())
