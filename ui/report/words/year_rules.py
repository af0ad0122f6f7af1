"""The rules of a year as a rep would be told them: how results are read, and when what is earned turns into money."""

from collections.abc import Iterator

from calc.documents.planfile import Preset
from calc.year.rules.draw import Draw
from calc.year.rules.limit import Limit
from calc.year.rules.proration import Proration
from calc.year.rules.ramp import Ramp
from calc.year.rules.recovery import Recovery
from calc.year.year_plan import YearPlan
from ui.number_format import Formats
from ui.report.words.conditions import join_with_and
from ui.report.words.exact import Exact
from ui.report.words.pay_examples import Part
from ui.text.findings import lower_label


def year_part(preset: Preset, formats: Formats) -> tuple[Part, ...]:
    """How your pay runs over the year; nothing where the plan says nothing of one."""
    if not preset.has_year:
        return ()
    rules, exact = preset.year_plan, Exact.of(formats)
    told = [*_reading_sentences(rules), *_limit_sentences(rules, exact), *_collected(rules)]
    if rules.ramp is not None:
        told += _ramp_sentences(rules, rules.ramp, exact)
    if rules.draw is not None:
        told += _draw_sentences(rules, rules.draw, exact)
    if rules.proration is not None:
        told += _part_sentences(rules.proration)
    told += _held_sentences(rules, exact)
    if rules.recovery is not None:
        told += _recovery_sentences(rules.recovery, exact)
    told += _zero_sentences(rules)
    return (Part("How your pay runs over the year", tuple(told)),)


def _reading_sentences(rules: YearPlan) -> Iterator[str]:
    year, word = rules.year, rules.periods.paid
    span = year.begins_again or "year"
    yield f"You are paid once a {word}."
    against = "the target of the whole " + span if year.against == "whole" else f"the target up to that {word}"
    told = {
        "by_period": f"Each {word} counts by itself: what you sold before it neither helps nor hurts.",
        "running_total": f"Each {word} pays what all your results of the {span} so far have earned, less what they had "
        f"earned before; they are held against {against}.",
        "rate_reached": f"Your results of the {span} so far, held against {against}, decide the rate, and the rate is "
        f"paid on the results of that {word} alone.",
        "shared_ladder": f"All measures climb one ladder of the {span} together; each is paid at its own rate of the "
        "step that is reached.",
    }
    yield told[year.reading]
    if year.reading != "by_period":
        yield f"The count begins again with every {span}."
    if year.weights:
        parts = join_with_and([f"{100 * share:.4g}%" for share in year.weights])
        yield f"Of the {rules.plan.period}, the {word}s count for {parts}."
    if year.changes:
        how = "one mean over the days" if year.changed_targets == "blended" else "each for its own days"
        yield f"Targets change on {join_with_and([c.from_ for c in year.changes])}: {how}."


def _limit_sentences(rules: YearPlan, exact: Exact) -> Iterator[str]:
    limit, word = rules.year.limit, rules.periods.paid
    if limit is None:
        return
    most = (
        exact.money(limit.pay) if limit.pay is not None else f"{exact.share(limit.share or 0)} of its target incentive"
    )
    yield f"No {word} pays more than {most}."
    yield _beyond_sentence(limit, rules.year.begins_again or "year")


def _beyond_sentence(limit: Limit, span: str) -> str:
    if limit.beyond == "lost":
        return "What is beyond it is not paid, then or later."
    if limit.beyond == "held":
        end = "paid" if limit.held_at_end == "paid" else "lost"
        return (
            f"What is beyond it waits until a payment has room for it; what still waits at the {span}'s end is {end}."
        )
    over = "Too much is taken back." if limit.overpaid == "taken_back" else "Nothing is taken back."
    return f"At the {span}'s end the whole is worked out anew, and what the limit held back is paid. {over}"


def _collected(rules: YearPlan) -> Iterator[str]:
    if rules.year.pays_when == "collected":
        yield "What you have earned is paid when the customer pays, in the same parts."


def _ramp_sentences(rules: YearPlan, ramp: Ramp, exact: Exact) -> Iterator[str]:
    word = rules.periods.paid
    if ramp.shares:
        shares = join_with_and([exact.share(share) for share in ramp.shares])
        yield f"While you are new, your target is {shares} of the whole, {word} by {word}; then it is the whole."
    for name, targets in ramp.targets.items():
        numbers = join_with_and([exact.number(t) for t in targets])
        yield f"While you are new, your targets of {lower_label(rules.plan.kpi(name).label)} are {numbers}."
    whole = "is whole from the first day" if ramp.target_incentive == "whole" else "grows with it"
    yield f"Your target incentive {whole}."
    if ramp.guarantee is not None:
        least = exact.money(ramp.guarantee)
        yield f"Your first {ramp.guaranteed} {word}s pay at least {least}, and you owe nothing of it."


def _draw_sentences(rules: YearPlan, draw: Draw, exact: Exact) -> Iterator[str]:
    word = rules.periods.paid
    until = "" if draw.ends is None else f" up to {word} {draw.ends}"
    since = f" from {word} {draw.starts} on" if draw.starts > 1 else ""
    yield f"Every {word}{since}{until} you are paid at least {exact.money(draw.amount)}."
    if draw.kind == "guarantee":
        apart = "each payment by itself" if draw.settled == "each_payment" else "all of them together"
        yield f"What that adds is yours, and you owe nothing of it; it is compared with {apart}."
        return
    most = "" if draw.most_recovered is None else f", at most {exact.money(draw.most_recovered)} a {word}"
    yield (
        "What that adds is an advance, which you owe: of what you earn beyond it later, "
        f"{exact.share(draw.recovers or 0)} goes into what you owe{most}."
    )
    if draw.recovery_starts > 1:
        yield f"Nothing is taken for it before {word} {draw.recovery_starts}."
    end = "is forgiven" if draw.at_year_end == "forgiven" else "goes on into the next year"
    yield f"What you still owe at the year's end {end}."


def _part_sentences(part: Proration) -> Iterator[str]:
    days = {
        "days_of_year": "the days of the year",
        "days_of_period": "the days of each payment",
        "months_of_year": "whole months of the year",
        "months_of_period": "whole months of each payment",
    }
    there = [f"from {part.start}" if part.start else "", f"until {part.end}" if part.end else ""]
    when = " ".join(one for one in there if one)
    named = {
        "your target": part.target,
        "your target incentive": part.target_incentive,
        "the result at which pay begins": part.floor,
        "a draw or guarantee": part.draw,
    }
    parts, whole = ([name for name, is_part in named.items() if is_part is said] for said in (True, False))
    yield f"If you are here for a part of the year{f' ({when})' if when else ''}, {days[part.by]} count."
    if parts:
        yield f"By that part are counted: {join_with_and(parts)}."
    if whole:
        yield f"Whole all the same: {join_with_and(whole)}."


def _held_sentences(rules: YearPlan, exact: Exact) -> Iterator[str]:
    held, word = rules.holdback, rules.periods.paid
    if held is None:
        return
    when = "with the last payment of the year" if held.at_year_end else f"{held.window} {word}s later"
    now = exact.share(held.paid_now)
    yield f"{now} of each payment is paid at once, the rest {when}, less what was cancelled by then."


def _recovery_sentences(recovery: Recovery, exact: Exact) -> Iterator[str]:
    months = recovery.contract_months
    if recovery.takes == "by_months_served":
        yield (
            f"Where a contract of {exact.number(months or 0)} months is cancelled early, you give back its pay for the "
            "months that were not served."
        )
    else:
        within = "" if months is None else f" within {exact.number(months)} months"
        yield f"Where a contract is cancelled{within}, you give back all of its pay."
    if recovery.unpaid_days is not None:
        yield f"An order that stays unpaid for {exact.number(recovery.unpaid_days)} days gives back all of its pay."


def _zero_sentences(rules: YearPlan) -> Iterator[str]:
    word = rules.periods.paid
    told = {
        "allowed": f"A {word} may come out below zero, and is taken back at once.",
        "carried": f"No {word} pays less than zero; what is below zero is taken out of later ones.",
        "forgiven": f"No {word} pays less than zero; what is below zero is forgotten.",
    }
    if rules.year.below_zero is not None:
        yield told[rules.year.below_zero]
