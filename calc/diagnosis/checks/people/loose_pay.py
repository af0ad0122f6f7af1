"""Loose pay: what people are paid hardly follows what they reach.

What it is: the relation (Pearson's r) of what the company is after with pay, as a multiple of the own target
incentive, over the named reps. Money would compare salaries, so multiples are compared.

Why it hurts: where pay does not follow performance, it is a salary that nobody can plan with.

What to do: look for floors, ceilings, gates and small measures that cut the line between the two.

Source: r of 0.8 is strong, 0.6 loose (Falcon Incentives).
"""

from collections.abc import Iterator

from calc.diagnosis.context import Case
from calc.diagnosis.finding import Finding
from calc.messages import Number, Sentence
from calc.team.performance import relation

LEAST_FOR_LOOSENESS = 5
"""People from whom on a relation says anything; our own rule."""


def find_loose_pay(case: Case) -> Iterator[Finding]:
    """A finding where pay follows performance more loosely than practice has it."""
    people, kpi = case.people, case.outcome
    if people is None or kpi is None or len(people) < LEAST_FOR_LOOSENESS:
        return
    r = relation(people.attainment[:, case.plan.ids.index(kpi.id)], people.multiple)
    if r is None or r >= case.practice.pay_follows:
        return
    how = "Pay runs against performance" if r < 0 else "Pay hardly follows performance"
    yield Finding(
        check="loose_pay",
        severity="alarm" if r <= 0 else "warn",
        kpi=kpi.id,
        span=None,
        money=None,
        share=None,
        title=Sentence.of(f"{how}: a correlation of {{r}}", r=Number(r)),
        says=Sentence.of(
            "Over {people} people the correlation of pay with {kpi} is {r}; 1 is a straight line, 0 no relation.",
            kpi=case.name(kpi),
            people=Number(len(people)),
            r=Number(r),
        ),
        do=Sentence.of("Look for floors, ceilings and gates that cut the line between result and pay."),
        source=case.practice.source("pay_follows"),
    )
