"""Cross purposes: one KPI is paid for what harms another.

What it is: two KPIs pull against each other. Where the plan file says what one unit better of a KPI costs the others,
the pay for the one is set against the pay lost on the others; where it says what work a unit takes, pay per hour is
compared. Its money is what a rep gains by it: per unit, or per hour.

Why it hurts: people do the sum in their first weeks. If a minute less on the telephone pays more than the orders that
it loses, the talks get shorter, and nobody has done anything wrong.

What to do: pay for the outcome, measure the rest and talk about it; or pay so little for it that the sum turns.

Source: pay for calls handled cuts calls short, handle time makes them rush (callcentrehelper.com; voiceglance.com on
Dell); no activity or input measures: Alexander Group (WorldatWork). What a unit costs or takes is the plan file's word.
"""

from collections.abc import Iterator, Mapping
from typing import Any

from calc.diagnosis.context import Case, better_word, result_difference
from calc.diagnosis.cures.terms import case_after, fold_kpis
from calc.diagnosis.finding import Cure, Finding
from calc.messages import Fact, Money, Sentence, Share
from calc.plan.kpi import Kpi

HOURS_SOURCE = (
    "pay for calls handled cuts calls short, handle time makes them rush: callcentrehelper.com, voiceglance.com"
)


def find_cross_purposes(case: Case) -> Iterator[Finding]:
    """An alarm for each KPI that pays more than it costs on others; a warning where hours flow to no outcome."""
    for kpi in case.plan.kpis:
        if kpi.costs:
            yield from _judge_harm(case, kpi)
    yield from _judge_hours(case)


def _judge_harm(case: Case, kpi: Kpi) -> Iterator[Finding]:
    worse = {name: -case.plan.kpi(name).sign * amount for name, amount in kpi.costs}
    here, better, without = _pays_with(case, {}, {kpi.id: kpi.sign}, worse)
    gain, lost = better - here, here - without
    if gain <= 0 or case.money(gain) <= case.money(lost):
        return
    facts: dict[str, Fact] = {
        "kpi": case.name(kpi),
        "gain": Money(case.money(gain)),
        "lost": Money(case.money(lost)),
    }
    parts = []
    for i, (name, amount) in enumerate(kpi.costs):
        other = case.plan.kpi(name)
        facts |= {f"cost{i}": result_difference(other, amount), f"other{i}": case.name(other)}
        parts.append(f"{{cost{i}}} of {{other{i}}}")
    facts["one"] = result_difference(kpi, 1.0)
    says = f"{{one}} {better_word(kpi)} in {{kpi}} pays {{gain}}. It costs {' and '.join(parts)}"
    says += ", which would have paid {lost}." if lost > 0 else ", which pays nothing here."
    if lost > 0 and len(kpi.costs) == 1:
        facts["worth"] = result_difference(case.plan.kpi(kpi.costs[0][0]), kpi.costs[0][1] * gain / lost)
        says += " A rep could lose {worth} for it and earn as much."
    yield Finding(
        check="cross_purposes",
        severity="alarm",
        kpi=kpi.id,
        span=None,
        money=case.money(gain - lost),
        share=None,
        title=Sentence.of(
            f"Pays {{gain}} for {{one}} {better_word(kpi)} in {{kpi}}, and {{lost}} for what that costs",
            gain=facts["gain"],
            one=facts["one"],
            kpi=facts["kpi"],
            lost=Money(case.money(lost)),
        ),
        says=Sentence.of(says, **{name: fact for name, fact in facts.items() if f"{{{name}}}" in says}),
        do=Sentence.of("Pay for the outcome, and go on measuring {kpi} without paying it.", kpi=case.name(kpi)),
        source=HOURS_SOURCE,
        mends=lambda: _move_weight(case, kpi),
    )


def _judge_hours(case: Case) -> Iterator[Finding]:
    timed = [kpi for kpi in case.paid if kpi.hours is not None]
    main = next((kpi for kpi in timed if kpi.kind == "outcome"), None)
    if main is None:
        return
    rest, *moved = _pays_with(case, {}, *({kpi.id: kpi.sign} for kpi in timed))
    hourly = {kpi.id: (pay - rest) / (kpi.hours or 1.0) for kpi, pay in zip(timed, moved, strict=True)}
    for kpi in timed:
        here, there = hourly[kpi.id], hourly[main.id]
        if kpi.kind in ("activity", "quality") and case.money(here) > case.money(there):
            yield _make_finding(case, kpi, main, here, there)


def _make_finding(case: Case, kpi: Kpi, main: Kpi, here: float, there: float) -> Finding:
    facts: dict[str, Any] = {
        "kpi": case.name(kpi),
        "main": case.name(main),
        "here": Money(case.money(here)),
        "there": Money(case.money(there)),
    }
    return Finding(
        check="cross_purposes",
        severity="warn",
        kpi=kpi.id,
        span=None,
        money=case.money(here - there),
        share=None,
        title=Sentence.of("Pays {here} for an hour on {kpi}, {there} for one on {main}", **facts),
        says=Sentence.of(
            "An hour of work on {kpi} pays {here}, an hour on {main} pays {there}. So hours go to {kpi}.", **facts
        ),
        do=Sentence.of("Let an hour on {main} pay the most.", main=facts["main"]),
        source=HOURS_SOURCE,
        mends=lambda: _move_weight(case, kpi),
    )


def _pays_with(case: Case, *moves: Mapping[str, float]) -> list[float]:
    """Pay of the plan [money] where the rep stands, once for each way in which some results are moved [KPI units]."""
    results = [[case.at.get(k.id, k.target) + moved.get(k.id, 0.0) for k in case.plan.kpis] for moved in moves]
    return [float(pay) * case.plan.incentive for pay in case.plan.payout(results)]


def _move_weight(case: Case, kpi: Kpi) -> Cure | None:
    """Move its weight to the heaviest other outcome, where no other measure then pays more than it costs."""
    outcome = next((k for k in case.paid if k.kind in ("outcome", "profit") and k.id != kpi.id), None)
    if outcome is None or kpi.kind in ("outcome", "profit") or not kpi.weight:
        return None
    label = Sentence.of(
        "Move its {weight} of the pay to {outcome}, and go on measuring it",
        weight=Share(kpi.weight),
        outcome=case.name(outcome),
    )
    offered = fold_kpis(case, outcome, [kpi], label)
    if offered is None:
        return None
    before, after = (find_cross_purposes(one) for one in (case, case_after(case, offered)))
    return offered if {f.kpi for f in after} <= {f.kpi for f in before} - {kpi.id} else None
