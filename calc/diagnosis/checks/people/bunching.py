"""Bunching: people gather on one side of a jump in pay, where even chances would spread them over both.

What it is: named reps within a twentieth of target of a jump, counted on either side of it. Where results end by
themselves, somebody this near is as likely to stand on one side as on the other; the check speaks where so lopsided a
split would come about by chance less often than practice allows. Its money is the jump; its share is the part of the
team on the fuller side.

Why it hurts: past the jump they have pulled deals forward or asked for gifts of a date; short of it they have given the
period up, or hold deals back where pay falls. Either way dates follow the plan and not the customer.

What to do: climb in a straight line where the jump is, and read results near it with care.

Source: a break in the density at a mark is a sign of sorting (McCrary, Journal of Econometrics 2008).
"""

from collections.abc import Iterator
from math import comb

import numpy as np

from calc.diagnosis.context import Case
from calc.diagnosis.finding import Finding
from calc.messages import Number, Sentence, Share
from calc.plan.kpi import Kpi
from calc.team.edges import EDGE_REACH
from calc.team.paid_people import PaidPeople


def find_bunching(case: Case) -> Iterator[Finding]:
    """A finding for every jump on one side of which people gather."""
    people = case.people
    if people is None:
        return
    least = case.practice.jump * case.whole
    for kpi in case.paid:
        for zone in case.zones(kpi):
            worth = abs((zone.pay_end or 0.0) - (zone.pay_start or 0.0))
            if zone.kind in ("cliff", "drop") and zone.start is not None and worth >= least > 0:
                yield from _beside(case, people, kpi, zone.start, worth)


def _beside(case: Case, people: PaidPeople, kpi: Kpi, at: float, worth: float) -> Iterator[Finding]:
    """The finding of one jump, where people gather beside it."""
    away = np.round(people.attainment[:, case.plan.ids.index(kpi.id)] - at, 9)
    short, past = int(((away >= -EDGE_REACH) & (away < 0)).sum()), int(((away >= 0) & (away < EDGE_REACH)).sum())
    chance = chance_of_split(short, past)
    if chance >= case.practice.bunching:
        return
    fuller, side = (short, "short of") if short > past else (past, "at or past")
    yield Finding(
        check="bunching",
        severity="warn",
        kpi=kpi.id,
        span=None,
        money=case.money(worth),
        share=fuller / len(people),
        title=Sentence.of(
            f"Has {{fuller}} of {{near}} people near a jump {side} it", fuller=Number(fuller), near=Number(short + past)
        ),
        says=Sentence.of(
            f"{{near}} people land within {{reach}} of target of the jump at {{at}}, {{fuller}} of them {side} it. "
            "By chance alone so lopsided a split comes about {chance} of the time.",
            near=Number(short + past),
            fuller=Number(fuller),
            reach=Share(EDGE_REACH),
            at=case.result(kpi, at),
            chance=Share(chance),
        ),
        do=Sentence.of("Climb in a straight line where the jump on {kpi} is.", kpi=case.name(kpi)),
        source=case.practice.source("bunching"),
    )


def chance_of_split(one: int, other: int) -> float:
    """How often even chances split people at least so unevenly.

    >>> chance_of_split(0, 4), chance_of_split(2, 2)
    (0.125, 1.0)
    """
    total, most = one + other, max(one, other)
    tail = sum(comb(total, k) for k in range(most, total + 1))
    return min(2.0 * tail / 2.0**total, 1.0)
