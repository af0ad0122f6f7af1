"""Unfair by size: the size of a territory decides who reaches the target.

What it is: the relation of attainment with last year's volume, over the named reps of whom the plan file says both.

Why it hurts: one growth for all asks the most of whoever sold the most, or gives it to them. It is not skill that is
paid.

What to do: set targets by what each territory can bring, with the same chance for all.

Source: no relation is practice (Aurochs); the mark is ours.
"""

from collections.abc import Iterator

import numpy as np

from calc.diagnosis.context import Case
from calc.diagnosis.finding import Finding
from calc.messages import Number, Sentence
from calc.plan.kpi import Kpi
from calc.team.performance import relation

LEAST_FOR_SIZES = 8
"""People from whom on a relation says anything; our own rule."""


def find_unfair_by_size(case: Case) -> Iterator[Finding]:
    """A finding for each paid KPI of which the reps' last year is given, and decides who reaches the target."""
    for kpi in case.paid:
        found = _relation_on(case, kpi)
        if found is not None and abs(found[0]) > case.practice.size_relation:
            yield _make_finding(case, kpi, *found)


def _relation_on(case: Case, kpi: Kpi) -> tuple[float, int] | None:
    """The relation of attainment with last year's volume, and over how many people."""
    people = case.people
    if people is None:
        return None
    rows = [n for n, rep in enumerate(case.preset.reps) if kpi.id in rep.last_year]
    if len(rows) < LEAST_FOR_SIZES:
        return None
    volume = np.array([case.preset.reps[n].last_year[kpi.id] for n in rows])
    r = relation(people.attainment[rows, case.plan.ids.index(kpi.id)], volume)
    return None if r is None else (r, len(rows))


def _make_finding(case: Case, kpi: Kpi, r: float, people: int) -> Finding:
    who = "smaller" if r < 0 else "larger"
    return Finding(
        check="unfair_by_size",
        severity="warn",
        kpi=kpi.id,
        span=None,
        money=None,
        share=None,
        title=Sentence.of("Size decides who reaches the target: a correlation of {r}", r=Number(r)),
        says=Sentence.of(
            "Over {people} people the correlation of last year's volume with attainment of {kpi} is {r}; "
            f"0 is practice. Whoever was {who} reaches more of the target.",
            people=Number(people),
            kpi=case.name(kpi),
            r=Number(r),
        ),
        do=Sentence.of("Set targets of {kpi} by what each territory can bring.", kpi=case.name(kpi)),
        source=case.practice.source("size_relation"),
    )
