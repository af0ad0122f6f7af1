"""Pay by rank: the place in the team decides, and not what somebody brings.

What it is: part of the pay goes by place. One more sale is worth nothing where it changes no place, and where it does,
what one gains another loses. Its money is what all places pay together.

Why it hurts: whoever can no longer win has nothing to win, and whoever leads can rest. Helping a colleague costs money.

What to do: pay each for what they bring against a goal of their own; show the standard and not the place.

Source: the evidence does not point one way. More than one winner raises sales, and ranking the prizes among winners
adds nothing (Lim, Ahearne and Ham 2009); leaders ease off, and those behind fade only far behind (Casas-Arce and
Martinez-Jerez 2009); no longer telling the place raised sales by 11 % (Barankay 2012).
"""

from collections.abc import Iterator

from calc.diagnosis.context import Case
from calc.diagnosis.finding import Finding
from calc.messages import Fact, Money, Number, Sentence
from calc.team.contest import Contest, contest_of
from calc.team.rank_pay import RANK_EVIDENCE

ALARM_SHARE = 1 / 3
"""The part of a team that can no longer win from which pay by place is an alarm; our own rule."""


def find_pay_by_rank(case: Case) -> Iterator[Finding]:
    """A finding where the plan pays by place; an alarm where a third of the team or more can no longer win."""
    people = case.people
    contest = contest_of(case.preset, people)
    if contest is not None:
        yield _make_finding(case, contest)


def _make_finding(case: Case, contest: Contest) -> Finding:
    kpi = case.plan.kpi(contest.kpi)
    out = sum(not one.can_win for one in contest.standings)
    share = out / len(contest.standings) if contest.standings else None
    facts: dict[str, Fact] = {"one": case.result_of(kpi, 1.0), "worth": Money(case.money(contest.unit_worth))}
    says = (
        "{one} more is worth {worth} among equals, and nothing where it changes no place. What one gains others lose."
    )
    if contest.standings:
        facts |= {"out": Number(out), "people": Number(len(contest.standings))}
        says += " {out} of {people} people can no longer win."
    if contest.unpaid:
        facts |= {"unpaid": Money(contest.unpaid)}
        says += " {unpaid} is for places that nobody takes."
    return Finding(
        check="pay_by_rank",
        severity="alarm" if share is not None and share >= ALARM_SHARE else "warn",
        kpi=kpi.id,
        span=None,
        money=contest.pot,
        share=share,
        title=Sentence.of("Pays {pot} by place in the team", pot=Money(contest.pot)),
        says=Sentence.of(says, **facts),
        do=Sentence.of("Pay each for what they bring against a goal of their own; show the standard, not the place."),
        source="; ".join(source for _, source in RANK_EVIDENCE),
    )
