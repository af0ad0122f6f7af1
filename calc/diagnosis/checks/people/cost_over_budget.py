"""Cost over budget: the people whom the plan file names are paid more together than their target incentives.

What it is: what the named reps are paid for their results, places in the team included, against the sum of their target
incentives, which is what a budget is usually made from. Its money is the difference for all of them.

Why it hurts: the money is found by a change of the plan within the year, or is missing elsewhere.

What to do: look at who is far above target, and whether their targets were right; then at the climb above target.

Source: our own rule; that a plan is tested on real people before it is signed is practice (Alexander Group).
"""

from collections.abc import Iterator

from calc.diagnosis.context import Case
from calc.diagnosis.finding import Finding
from calc.messages import Money, Number, Sentence, Share
from calc.team.contest import add_rank_pay


def find_cost_over_budget(case: Case) -> Iterator[Finding]:
    """A finding where named people cost more than practice allows."""
    people = case.people
    budget = 0.0 if people is None else float(people.incentive.sum())
    if people is None or not budget:
        return
    cost = add_rank_pay(case.preset, people).total
    over = round(cost / budget - 1, 9)
    if over <= case.practice.people_cost:
        return
    yield Finding(
        check="cost_over_budget",
        severity="warn",
        kpi=None,
        span=None,
        money=case.money(cost - budget),
        share=None,
        title=Sentence.of("Pays these people {over} more than their target incentives", over=Share(over)),
        says=Sentence.of(
            "{people} people are paid {cost} together, {gap} more than the {budget} that they would be paid at target.",
            people=Number(len(people)),
            cost=Money(cost),
            gap=Money(case.money(cost - budget)),
            budget=Money(case.money(budget)),
        ),
        do=Sentence.of(
            "Look at who is far above target and whether that target was right, then at the climb above it."
        ),
        source=case.practice.source("people_cost"),
    )
