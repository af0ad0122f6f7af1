"""The plan in plain language: everything that decides the pay, in the order in which a rep would have to be told it.

What each measure pays is read off its exact curve, and every example is what the engine pays. Nothing that decides the
pay is left out; what is only measured is named as such.
"""

from collections.abc import Iterable, Sequence

from calc.plan.kpi import Kpi, reads_result
from calc.plan.plan import Plan
from ui.number_format import Formats, clip_name
from ui.report.size import TOLD_IN_PART, is_small
from ui.report.words.conditions import conditions_part, join_with_and
from ui.report.words.exact import Exact
from ui.report.words.pay_examples import Part, PayExample, jump_examples, pay_examples
from ui.report.words.walk import Voice, Way, by_result, step_of, walk_curve
from ui.text.deals import deals_in_words
from ui.text.documents import Table, groups_words
from ui.text.findings import lower_label

MAX_JUMPS_TOLD = 3
"""Jumps that are shown in a sentence; more than that, and they are a table."""


def plan_in_words(plan: Plan, formats: Formats) -> tuple[Part, ...]:
    """The plan, part by part."""
    exact = Exact.of(formats)
    deciding = [plan.kpi(name) for name in plan.deciding]
    parts = [_earn_part(plan, exact), *(_measure_part(plan, kpi, exact) for kpi in deciding)]
    if plan.combine == "score":
        parts.append(_score_part(plan, exact))
    if plan.gates or plan.modifiers:
        parts.append(conditions_part(plan, exact))
    parts.append(_end_part(plan, exact))
    idle = [lower_label(kpi.label) for kpi in plan.kpis if kpi not in deciding]
    if idle:
        parts.append(Part("What does not decide your pay", (f"Measured, and not paid: {', '.join(idle)}.",)))
    return tuple(parts)


# What can be earned


def _earn_part(plan: Plan, formats: Exact) -> Part:
    told = []
    if plan.base_pay:
        told.append(f"Your base pay is {formats.money(plan.base_pay)} per {plan.period}, whatever the results.")
    told += _incentive_sentences(plan, formats)
    on_target = formats.money(float(plan.pay([kpi.target for kpi in plan.kpis])))
    top = " on top of it" if plan.base_pay else ""
    told.append(f"Exactly on target in everything, this plan pays you {on_target} per {plan.period}{top}.")
    if plan.combine == "sum" and sum(kpi.paid for kpi in plan.kpis) > 1:
        told.append("What the measures pay is added up.")
    told += [groups_words(plan, table) for table in plan.greater_of]
    if plan.combine == "score":
        told.append("What you reach in each measure is weighed and added up to one score, and the score is paid.")
    return Part("What you can earn", tuple(told))


def _incentive_sentences(plan: Plan, formats: Exact) -> Iterable[str]:
    weighted = [kpi for kpi in plan.kpis if kpi.weight]
    commissions = [kpi for kpi in plan.kpis if kpi.commission]
    amounts = [kpi for kpi in plan.kpis if kpi.in_money and not kpi.commission]
    if weighted:
        parts = [_share_of_kpi(plan, kpi, formats) for kpi in weighted]
        yield f"The target incentive is {formats.money(plan.target_incentive or 0)} per {plan.period}."
        yield (
            f"All of it is for {lower_label(weighted[0].label)}."
            if len(parts) == 1
            else f"It is split: {join_with_and(parts)}."
        )
    if commissions:
        names = join_with_and([lower_label(kpi.label) for kpi in commissions])
        yield f"{'On top, a' if weighted else 'A'} commission is paid for {names}."
    if amounts:
        names = join_with_and([lower_label(kpi.label) for kpi in amounts])
        yield f"{'On top, a' if weighted or commissions else 'A'} sum of money is paid for {names}, by a table."
    if plan.target_incentive is not None and not weighted:
        yield f"100% of this plan is {formats.money(plan.target_incentive)} per {plan.period}."


def _share_of_kpi(plan: Plan, kpi: Kpi, formats: Exact) -> str:
    worth = "" if plan.combine == "score" else f" ({formats.money(plan.worth[kpi.id])})"
    return f"{lower_label(kpi.label)} {formats.share(kpi.weight or 0)}{worth}"


# One measure


def _measure_part(plan: Plan, kpi: Kpi, formats: Exact) -> Part:
    """A KPI: its target, what it pays, what one more of it changes."""
    sentences, tables = [_target_sentence(kpi, formats)], list[Table]()
    if kpi.paid and plan.combine == "sum":
        own, table = (
            _grid_sentences(plan, kpi, formats) if kpi.grid is not None else _curve_sentences(plan, kpi, formats)
        )
        sentences += own
        tables += [table] if table is not None else []
    elif plan.combine == "score" and kpi.weight:
        sentences.append(_attained_text(kpi, formats))
    if kpi.deals is not None:
        sentences.append(deals_in_words(kpi.deals, kpi, formats))
    if kpi.counted:
        sentences.append("Whole units alone count: what lies between two of them is rounded down.")
    if kpi.paid and kpi.round_to:
        sentences.append(f"What it pays is rounded to {formats.money(kpi.round_to)}; half of that goes up.")
    sentences += _role_sentences(plan, kpi)
    places, jumps = pay_examples(plan, kpi), jump_examples(plan, kpi)
    if places:
        sentences.append(
            f"{_others_in_words(plan)} you are paid "
            f"{join_with_and([_paid_sentence(plan, e, formats) for e in places])}."
        )
    if len(jumps) > MAX_JUMPS_TOLD:
        sentences.append(f"{_others_in_words(plan)} one step decides a sum at each of these places.")
        rows = [
            [part for e in pair for part in (_example_amount(kpi, e, formats), formats.money(e.pays))] for pair in jumps
        ]
        tables.append(Table(("You reach", "Paid", "And with", "Paid"), rows))
    else:
        sentences += [_decided_sentence(plan, pair, formats) for pair in jumps]
    every = (*places, *(e for pair in jumps for e in pair))
    return Part(clip_name(kpi.label, 80), tuple(sentences), tuple(tables), every)


def _target_sentence(kpi: Kpi, formats: Exact) -> str:
    side = "less is better" if kpi.better == "lower" else "more is better"
    if not kpi.has_target:
        return f"It has no target; {side}."
    return f"Your target is {formats.amount(kpi, kpi.target)}, and {side}."


def _curve_sentences(plan: Plan, kpi: Kpi, formats: Exact) -> tuple[list[str], Table | None]:
    """What a KPI pays by itself."""
    curve = kpi.from_worse(kpi.by_result * plan.worth[kpi.id])
    sentences, table = walk_curve(curve, by_result(kpi, formats), _money_voice(kpi, formats))
    if kpi.curve is not None and kpi.curve.reading_note:
        sentences.append(kpi.curve.reading_note)
    fixed = kpi.curve is not None and reads_result(kpi.curve)
    if kpi.has_target and not (kpi.commission and fixed):
        sentences.append(
            "These are fixed results, whatever the target."
            if fixed
            else f"With another target than {formats.amount(kpi, kpi.target)}, these places move with it."
        )
    return sentences, table


def _money_voice(kpi: Kpi | None, formats: Exact) -> Voice:
    def rate_text(slope: float, step: float) -> str:
        share = kpi is not None and kpi.commission and kpi.unit == formats.currency
        return f"{formats.rate(slope * step)} ({formats.share(slope)})" if share else formats.rate(slope * step)

    return Voice("it pays" if kpi is not None else "the plan pays", formats.money, rate_text, _pays_nothing(kpi))


def _pays_nothing(kpi: Kpi | None) -> str:
    return "it pays nothing" if kpi is not None else "the plan pays nothing"


def _grid_sentences(plan: Plan, kpi: Kpi, formats: Exact) -> tuple[list[str], Table]:
    """A KPI that is paid together with another one."""
    grid, worth = kpi.grid, plan.worth[kpi.id]
    assert grid is not None
    other = plan.kpi(grid.with_)
    first = f"{_place_text(kpi, _worst_place(kpi, grid.rows), grid.of, formats)} in {lower_label(kpi.label)}"
    second = f"{_place_text(other, _worst_place(other, grid.columns), grid.of, formats)} in {lower_label(other.label)}"
    told = [
        f"It is paid together with {lower_label(other.label)}, by the table; {grid.between_note}.",
        f"Short of {first}, or of {second}, it pays nothing; beyond the last line or column it stays.",
    ]
    heads = [f"{clip_name(kpi.label)} / {clip_name(other.label)}"]
    heads += [_place_text(other, column, grid.of, formats) for column in grid.columns]
    rows = [
        [_place_text(kpi, row, grid.of, formats), *(formats.money(payout * worth) for payout in payouts)]
        for row, payouts in zip(grid.rows, grid.payouts, strict=True)
    ]
    return told, Table(heads, rows)


def _worst_place(kpi: Kpi, axis: Sequence[float]) -> float:
    down = kpi.better == "lower" and axis[0] < axis[-1]
    return axis[-1] if down else axis[0]


def _place_text(kpi: Kpi, x: float, of: str, formats: Exact) -> str:
    return formats.amount(kpi, x if of == "result" else kpi.result(x))


def _attained_text(kpi: Kpi, formats: Exact) -> str:
    """What a result adds to a score."""
    step = step_of(kpi)
    name = by_result(kpi, formats).name(step)
    adds = formats.share((kpi.weight or 0.0) * step / kpi.span)
    on_target = formats.share(kpi.weight or 0.0)
    more, less = ("less", "more") if kpi.better == "lower" else ("more", "less")
    return (
        f"At target it adds {on_target} to the score; every {name} {more} adds {adds}, "
        f"and every {name} {less} takes as much away."
    )


def _role_sentences(plan: Plan, kpi: Kpi) -> Iterable[str]:
    """What else a KPI does; the conditions say how."""
    roles = ["opens or closes pay"] if any(gate.kpi == kpi.id for gate in plan.gates) else []
    roles += ["multiplies pay"] if any(modifier.kpi == kpi.id for modifier in plan.modifiers) else []
    grids = [k for k in plan.read_beside(kpi.id) if k.paid]
    roles += [f"decides what {lower_label(k.label)} pays" for k in grids]
    if roles:
        also, alone = ("also ", "") if kpi.paid else ("", ", and pays nothing by itself")
        yield f"It {also}{join_with_and(roles)}{alone}."


def _others_in_words(plan: Plan) -> str:
    return "For example," if len(plan.kpis) == 1 else "With everything else on target"


def _paid_sentence(plan: Plan, example: PayExample, formats: Exact) -> str:
    return f"{formats.money(example.pays)} for {_example_amount(plan.kpi(example.kpi), example, formats)}"


def _example_amount(kpi: Kpi, example: PayExample, formats: Exact) -> str:
    return formats.amount(kpi, example.result)


def _decided_sentence(plan: Plan, pair: tuple[PayExample, PayExample], formats: Exact) -> str:
    low, high = (_paid_sentence(plan, example, formats) for example in pair)
    return f"Here one step decides a sum: you are paid {low}, and {high}."


# What else decides


def _score_part(plan: Plan, formats: Exact) -> Part:
    assert plan.curve is not None
    way = Way(formats.share, 0.01, formats.share, formats.number)
    sentences, table = walk_curve(plan.curve.curve() * plan.incentive, way, _money_voice(None, formats))
    lead = "Your score is 100% when you are on target in everything."
    return Part("What the score pays", (lead, *sentences), () if table is None else (table,))


def _end_part(plan: Plan, formats: Exact) -> Part:
    """The limits of the whole plan, and rounding."""
    told = []
    low, high = plan.limits
    if low is not None:
        told.append(f"Whatever the results, the plan pays at least {formats.money(low)}.")
    if high is not None:
        told.append(f"It never pays more than {formats.money(high)} per {plan.period}.")
    else:
        told.append("The plan as a whole has no upper limit of its own.")
    told.append(f"The sum is rounded once, at the end, to {formats.money(plan.unit)}; half of that goes up.")
    told.append("Exactly at a place counts as reached, unless it says more, less, above or below.")
    return Part("Limits and rounding", (*told, *([] if is_small(plan) else [TOLD_IN_PART])))
