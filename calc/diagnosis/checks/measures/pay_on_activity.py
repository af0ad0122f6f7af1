"""Pay for activity: the plan pays for being busy.

What it is: part of the pay hangs on what people do (calls, minutes, visits) and not on what comes of it. Its money is
what activity pays at target.

Why it hurts: what is paid for is what grows. One team paid for calls taken had an agent at 120 calls a day against 50
to 70, with quality far below par (Call Centre Helper); talk time paid for when short is shortened.

What to do: pay for what comes of the work, and look at activity to coach.

Source: Alexander Group on measures (WorldatWork): outputs only, no activity measures; Call Centre Helper.
"""

from collections.abc import Iterator

from calc.diagnosis.context import Case
from calc.diagnosis.cures.terms import folded
from calc.diagnosis.finding import Cure, Finding
from calc.messages import Fact, Money, Result, Sentence, Share
from calc.plan.kpi import Kpi

SOURCE = "outputs only, no activity measures: Alexander Group (WorldatWork); calls handled: Call Centre Helper"


def find(case: Case) -> Iterator[Finding]:
    """One finding where activity is paid; an alarm where it pays as much as outcome and profit together."""
    busy = [k for k in case.paid if k.kind == "activity"]
    outcomes = [k for k in case.paid if k.kind in ("outcome", "profit")]
    if busy:
        yield _finding(case, busy, outcomes)


def _finding(case: Case, busy: list[Kpi], outcomes: list[Kpi]) -> Finding:
    on_activity, on_outcome = (sum(case.plan.targeted[k.id] for k in part) for part in (busy, outcomes))
    first, money = busy[0], case.money(on_activity)
    against: dict[str, Fact] = {}
    each = _next(case, outcomes[0]) if outcomes else 0.0
    if each > 0:
        worth = round(_next(case, first) / each, 9)
        against = {"outcome": case.name(outcomes[0]), "worth": Result(worth, outcomes[0].unit)}
    return Finding(
        check="pay_on_activity",
        severity="alarm" if on_activity >= on_outcome else "warn",
        kpi=first.id,
        span=None,
        money=money,
        share=None,
        title=Sentence.of(
            "Pays {money} for activity, {part} of the pay at target",
            money=Money(money),
            part=Share(on_activity / case.plan.incentive),
        ),
        says=Sentence.of(
            "One unit better on {kpi} pays {pays}" + (", as much as {worth} on {outcome}." if against else "."),
            kpi=case.name(first),
            pays=Money(case.money(_next(case, first))),
            **against,
        ),
        do=Sentence.of("Pay for what comes of it, and look at {kpi} without paying it.", kpi=case.name(first)),
        source=SOURCE,
        mends=lambda: _cure(case, busy, outcomes),
    )


def _next(case: Case, kpi: Kpi) -> float:
    """The money for one unit better from where the rep stands."""
    stands = float(kpi.attainment(case.plan.standing(case.at)[kpi.id]))
    along = case.along(kpi)
    return float(along(stands + 1.0 / kpi.span) - along(stands))


def _cure(case: Case, busy: list[Kpi], outcomes: list[Kpi]) -> Cure | None:
    into = next((k for k in outcomes if not k.commission), None)
    if into is None:
        return None
    label = Sentence.of("Pay for {outcome} instead; activity stays measured", outcome=case.name(into))
    return folded(case, into, busy, label)
