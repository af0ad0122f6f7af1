"""Pay for activity: the plan pays for being busy.

What it is: part of the pay hangs on what people do (calls, minutes, visits) and not on what comes of it. Its money is
what activity pays at target.

Why it hurts: what is paid for is what grows. One team paid for calls taken had an agent at 120 calls a day against 50
to 70, with quality far below par (Call Centre Helper); talk time paid for when short is shortened.

What to do: pay for what comes of the work, and look at activity to coach.

Source: Alexander Group on measures (WorldatWork): outputs only, no activity measures; Call Centre Helper.
"""

from collections.abc import Iterator

from calc.diagnosis.context import Case, better_word
from calc.diagnosis.cures.terms import fold_kpis
from calc.diagnosis.finding import Cure, Finding
from calc.messages import Fact, Money, Sentence, Share
from calc.plan.kpi import Kpi

ACTIVITY_SOURCE = "outputs only, no activity measures: Alexander Group (WorldatWork); calls handled: Call Centre Helper"


def find_pay_on_activity(case: Case) -> Iterator[Finding]:
    """One finding where activity is paid; an alarm where it pays as much as outcome and profit together."""
    busy = [k for k in case.paid if k.kind == "activity"]
    outcomes = [k for k in case.paid if k.kind in ("outcome", "profit")]
    if busy:
        yield _make_finding(case, busy, outcomes)


def _make_finding(case: Case, busy: list[Kpi], outcomes: list[Kpi]) -> Finding:
    at_target = case.plan.split_at_target
    on_activity, on_outcome = (sum(at_target[k.id] for k in part) for part in (busy, outcomes))
    money, whole = case.money(on_activity), sum(at_target.values())
    part: dict[str, Fact] = {"part": Share(on_activity / whole)} if whole > 0 and on_activity >= 0 else {}
    amount: dict[str, Fact] = {"money": Money(money), **part} if case.has_targets else {}
    says, facts = _compare_worth(case, busy[0], outcomes)
    return Finding(
        check="pay_on_activity",
        severity="alarm" if on_activity >= on_outcome and case.has_targets else "warn",
        kpi=busy[0].id,
        span=None,
        money=money if amount else None,
        share=None,
        title=Sentence.of(_title(amount), **amount),
        says=Sentence.of(says, **facts),
        do=Sentence.of("Pay for what comes of it, and look at {kpi} without paying it.", kpi=case.name(busy[0])),
        source=ACTIVITY_SOURCE,
        mends=lambda: _offer_cure(case, busy, outcomes),
    )


def _title(amount: dict[str, Fact]) -> str:
    """That activity is paid, and how much at target where there is one."""
    if not amount:
        return "Pays for activity"
    return "Pays {money} for activity" + (", {part} of the pay at target" if "part" in amount else " at target")


def _compare_worth(case: Case, activity: Kpi, outcomes: list[Kpi]) -> tuple[str, dict[str, Fact]]:
    """What one more of an activity pays, and one more of the outcome, where there is one."""
    if not case.has_targets:
        return "{kpi} is something that reps do, and they are paid for it.", {"kpi": case.name(activity)}
    says = "A rep earns {pays} for {one} " + better_word(activity) + " in {kpi}"
    facts: dict[str, Fact] = {
        "pays": Money(case.money(case.next_pays(activity))),
        "one": case.one_more(activity),
        "kpi": case.name(activity),
    }
    if outcomes:
        says += ", and {each} for {other} " + better_word(outcomes[0]) + " in {outcome}"
        each = Money(case.money(case.next_pays(outcomes[0])))
        facts |= {"other": case.one_more(outcomes[0]), "outcome": case.name(outcomes[0]), "each": each}
    return f"{says}.", facts


def _offer_cure(case: Case, busy: list[Kpi], outcomes: list[Kpi]) -> Cure | None:
    into = next((k for k in outcomes if not k.in_money), None)
    if into is None:
        return None
    label = Sentence.of("Pay for {outcome} instead; activity stays measured", outcome=case.name(into))
    return fold_kpis(case, into, busy, label)
