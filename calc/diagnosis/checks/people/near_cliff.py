"""Near a cliff: somebody stands so close to a jump in pay that one deal decides it.

What it is: named reps within one unit, or a twentieth of target, of a jump: just short of it, or just past it. Its
money is what the jump is worth to the one who stands to gain or lose the most; its share is the part of the team near
it.

Why it hurts: near a jump a date on a contract is worth more than the contract.

What to do: climb in a straight line where the jump is; until then, look at who is near it before the period closes.

Source: start at the threshold and move linearly (BetterSalesComp); no cliffs (QuotaPath).
"""

from collections.abc import Iterator

from calc.diagnosis.context import Case
from calc.diagnosis.finding import Finding
from calc.messages import Money, Number, Sentence
from calc.team.edges import near_edges


def find_near_cliff(case: Case) -> Iterator[Finding]:
    """One note for everybody who stands near a jump."""
    people = case.people
    if people is None:
        return
    edges = [one for one in near_edges(people) if one.kind in ("cliff", "drop")]
    if not edges:
        return
    near, short = {one.person for one in edges}, {one.person for one in edges if one.away > 0}
    worth = max(abs(one.worth) for one in edges)
    kpi = case.plan.kpi(edges[0].kpi)
    yield Finding(
        check="near_cliff",
        severity="note",
        kpi=kpi.id,
        span=None,
        money=worth,
        share=len(near) / len(people),
        title=Sentence.of("Leaves {count} of {people} people beside a jump in pay", **_counts(len(near), len(people))),
        says=Sentence.of(
            "{count} of {people} people stand within a step of a jump on {kpi}, {short} of them short of it. "
            "It is worth up to {worth} to one of them.",
            kpi=case.name(kpi),
            short=Number(len(short)),
            worth=Money(worth),
            **_counts(len(near), len(people)),
        ),
        do=Sentence.of("Climb in a straight line where the jump on {kpi} is.", kpi=case.name(kpi)),
        source=case.practice.source("jump"),
    )


def _counts(count: int, people: int) -> dict[str, Number]:
    return {"count": Number(count), "people": Number(people)}
