"""The plan in plain language: everything that decides the pay, in the order in which a rep would have to be told it.

What each measure pays is read off its exact curve, and every example is what the engine pays. Nothing that decides the
pay is left out; what is only measured is named as such.
"""

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from calc.piecewise.curve import Curve
from calc.piecewise.segments import neat_number
from calc.plan.conditions import Gate, Modifier
from calc.plan.kpi import Kpi, reads_result
from calc.plan.mechanics import Matrix, Tiers
from calc.plan.plan import Plan
from ui.number_format import Formats, clipped
from ui.report.exact import Exact
from ui.report.size import TOLD, shown, small
from ui.report.walk import Voice, Way, by_result, oriented, step_of, walked
from ui.text.documents import Table, groups_words
from ui.text.findings import lowered
from ui.text.terms import unless_words

ROUND = (0.8, 1.0, 1.2)
"""Attainments that are shown as examples."""
ADDED = (
    "Factors that act on the same pay are added: what each adds to 1, or takes from it, counts together, and never "
    "makes less than nothing of it."
)
MOST = 3
"""Jumps that are shown in a sentence; more than that, and they are a table."""


@dataclass(frozen=True)
class Example:
    """What the whole plan pays for one result [KPI unit] of a KPI, everything else on target."""

    kpi: str
    result: float
    pays: float


@dataclass(frozen=True)
class Part:
    """A heading, what is told under it, and what of it is a table; with the examples that the sentences show."""

    title: str
    sentences: tuple[str, ...]
    tables: tuple[Table, ...] = ()
    examples: tuple[Example, ...] = ()


def told(plan: Plan, formats: Formats) -> tuple[Part, ...]:
    """The plan, part by part."""
    exact = Exact.of(formats)
    deciding = [kpi for kpi in plan.kpis if _decides(plan, kpi)]
    parts = [_earned(plan, exact), *(_measure(plan, kpi, exact) for kpi in deciding)]
    if plan.combine == "score":
        parts.append(_score(plan, exact))
    if plan.gates or plan.modifiers:
        parts.append(_conditions(plan, exact))
    parts.append(_end(plan, exact))
    idle = [lowered(kpi.label) for kpi in plan.kpis if kpi not in deciding]
    if idle:
        parts.append(Part("What does not decide your pay", (f"Measured, and not paid: {', '.join(idle)}.",)))
    return tuple(parts)


def _decides(plan: Plan, kpi: Kpi) -> bool:
    """Whether the pay hangs on a KPI in any way."""
    named = {gate.kpi for gate in plan.gates} | {modifier.kpi for modifier in plan.modifiers}
    named |= {k.curve.with_ for k in plan.kpis if k.paid and isinstance(k.curve, Matrix)}
    return kpi.paid or kpi.id in named


# What can be earned


def _earned(plan: Plan, formats: Exact) -> Part:
    told = []
    if plan.base_pay:
        told.append(f"Your base pay is {formats.money(plan.base_pay)} per {plan.period}, whatever the results.")
    told += _incentive(plan, formats)
    on_target = formats.money(float(plan.pay([kpi.target for kpi in plan.kpis])))
    top = " on top of it" if plan.base_pay else ""
    told.append(f"Exactly on target in everything, this plan pays you {on_target} per {plan.period}{top}.")
    if plan.combine == "sum" and sum(kpi.paid for kpi in plan.kpis) > 1:
        told.append("What the measures pay is added up.")
    told += [groups_words(plan, table) for table in plan.greater_of]
    if plan.combine == "score":
        told.append("What you reach in each measure is weighed and added up to one score, and the score is paid.")
    return Part("What you can earn", tuple(told))


def _incentive(plan: Plan, formats: Exact) -> Iterable[str]:
    weighted = [kpi for kpi in plan.kpis if kpi.weight]
    commissions = [kpi for kpi in plan.kpis if kpi.commission]
    amounts = [kpi for kpi in plan.kpis if kpi.in_money and not kpi.commission]
    if weighted:
        parts = [_part(plan, kpi, formats) for kpi in weighted]
        yield f"The target incentive is {formats.money(plan.target_incentive or 0)} per {plan.period}."
        yield f"All of it is for {lowered(weighted[0].label)}." if len(parts) == 1 else f"It is split: {_and(parts)}."
    if commissions:
        names = _and([lowered(kpi.label) for kpi in commissions])
        yield f"{'On top, a' if weighted else 'A'} commission is paid for {names}."
    if amounts:
        names = _and([lowered(kpi.label) for kpi in amounts])
        yield f"{'On top, a' if weighted or commissions else 'A'} sum of money is paid for {names}, by a table."
    if plan.target_incentive is not None and not weighted:
        yield f"100% of this plan is {formats.money(plan.target_incentive)} per {plan.period}."


def _part(plan: Plan, kpi: Kpi, formats: Exact) -> str:
    worth = "" if plan.combine == "score" else f" ({formats.money(plan.worth[kpi.id])})"
    return f"{lowered(kpi.label)} {formats.share(kpi.weight or 0)}{worth}"


# One measure


def _measure(plan: Plan, kpi: Kpi, formats: Exact) -> Part:
    """A KPI: its target, what it pays, what one more of it changes."""
    sentences, tables = [_target(kpi, formats)], list[Table]()
    if kpi.paid and plan.combine == "sum":
        own, table = _grid(plan, kpi, formats) if isinstance(kpi.curve, Matrix) else _curve(plan, kpi, formats)
        sentences += own
        tables += [table] if table is not None else []
    elif plan.combine == "score" and kpi.weight:
        sentences.append(_attained(kpi, formats))
    if kpi.counted:
        sentences.append("Whole units alone count: what lies between two of them is rounded down.")
    if kpi.paid and kpi.round_to:
        sentences.append(f"What it pays is rounded to {formats.money(kpi.round_to)}; half of that goes up.")
    sentences += _roles(plan, kpi)
    places, jumps = examples(plan, kpi), _jumps(plan, kpi)
    if places:
        sentences.append(f"{_others(plan)} you are paid {_and([_paid(plan, e, formats) for e in places])}.")
    if len(jumps) > MOST:
        sentences.append(f"{_others(plan)} one step decides a sum at each of these places.")
        rows = [[part for e in pair for part in (_amount(kpi, e, formats), formats.money(e.pays))] for pair in jumps]
        tables.append(Table(("You reach", "Paid", "And with", "Paid"), rows))
    else:
        sentences += [_decided(plan, pair, formats) for pair in jumps]
    every = (*places, *(e for pair in jumps for e in pair))
    return Part(clipped(kpi.label, 80), tuple(sentences), tuple(tables), every)


def _target(kpi: Kpi, formats: Exact) -> str:
    side = "less is better" if kpi.better == "lower" else "more is better"
    if not kpi.has_target:
        return f"It has no target; {side}."
    return f"Your target is {formats.amount(kpi, kpi.target)}, and {side}."


def _curve(plan: Plan, kpi: Kpi, formats: Exact) -> tuple[list[str], Table | None]:
    """What a KPI pays by itself."""
    curve = oriented(kpi.by_result * plan.worth[kpi.id], kpi)
    sentences, table = walked(curve, by_result(kpi, formats), _money(kpi, formats))
    if isinstance(kpi.curve, Tiers) and len(kpi.curve.tiers) > 1:
        everything = kpi.curve.apply == "retroactive"
        sentences.append(
            "The rate that you reach counts for everything, from the first on."
            if everything
            else "Each rate counts for what lies beyond its own start, and not for what came before."
        )
    fixed = kpi.curve is not None and reads_result(kpi.curve)
    if kpi.has_target and not (kpi.commission and fixed):
        sentences.append(
            "These are fixed results, whatever the target."
            if fixed
            else f"With another target than {formats.amount(kpi, kpi.target)}, these places move with it."
        )
    return sentences, table


def _money(kpi: Kpi | None, formats: Exact) -> Voice:
    def rate(slope: float, step: float) -> str:
        share = kpi is not None and kpi.commission and kpi.unit == formats.currency
        return f"{formats.rate(slope * step)} ({formats.share(slope)})" if share else formats.rate(slope * step)

    return Voice("it pays" if kpi is not None else "the plan pays", formats.money, rate, _nothing(kpi))


def _nothing(kpi: Kpi | None) -> str:
    return "it pays nothing" if kpi is not None else "the plan pays nothing"


def _grid(plan: Plan, kpi: Kpi, formats: Exact) -> tuple[list[str], Table]:
    """A KPI that is paid together with another one."""
    grid, worth = kpi.curve, plan.worth[kpi.id]
    assert isinstance(grid, Matrix)
    other = plan.kpi(grid.with_)
    between = (
        "the line and the column that you have reached count"
        if grid.between == "step"
        else "between two lines, and between two columns, the pay is read off in proportion"
    )
    first = f"{_place(kpi, _worst(kpi, grid.rows), grid.of, formats)} in {lowered(kpi.label)}"
    second = f"{_place(other, _worst(other, grid.columns), grid.of, formats)} in {lowered(other.label)}"
    told = [
        f"It is paid together with {lowered(other.label)}, by the table; {between}.",
        f"Short of {first}, or of {second}, it pays nothing; beyond the last line or column it stays.",
    ]
    heads = [f"{clipped(kpi.label)} / {clipped(other.label)}"]
    heads += [_place(other, column, grid.of, formats) for column in grid.columns]
    rows = [
        [_place(kpi, row, grid.of, formats), *(formats.money(payout * worth) for payout in payouts)]
        for row, payouts in zip(grid.rows, grid.payouts, strict=True)
    ]
    return told, Table(heads, rows)


def _worst(kpi: Kpi, axis: Sequence[float]) -> float:
    down = kpi.better == "lower" and axis[0] < axis[-1]
    return axis[-1] if down else axis[0]


def _place(kpi: Kpi, x: float, of: str, formats: Exact) -> str:
    return formats.amount(kpi, x if of == "result" else kpi.result(x))


def _attained(kpi: Kpi, formats: Exact) -> str:
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


def _roles(plan: Plan, kpi: Kpi) -> Iterable[str]:
    """What else a KPI does; the conditions say how."""
    roles = ["opens or closes pay"] if any(gate.kpi == kpi.id for gate in plan.gates) else []
    roles += ["multiplies pay"] if any(modifier.kpi == kpi.id for modifier in plan.modifiers) else []
    grids = [k for k in plan.kpis if k.paid and isinstance(k.curve, Matrix) and k.curve.with_ == kpi.id]
    roles += [f"decides what {lowered(k.label)} pays" for k in grids]
    if roles:
        yield f"It {'also ' if kpi.paid else ''}{_and(roles)}{'' if kpi.paid else ', and pays nothing by itself'}."


# Examples


def examples(plan: Plan, kpi: Kpi) -> tuple[Example, ...]:
    """What the plan pays at round places of a KPI that pays."""
    if not kpi.paid or (not small(plan) and kpi not in shown(plan)):
        return ()
    results = dict.fromkeys(neat_number(kpi.result(place)) + 0.0 for place in ROUND)
    return tuple(_example(plan, kpi, result) for result in results)


def _jumps(plan: Plan, kpi: Kpi) -> list[tuple[Example, Example]]:
    """What the plan pays on both sides of every jump along a KPI."""
    if not small(plan):
        return []
    curve, way = oriented(plan.along(kpi.id), kpi), by_result(kpi, Exact())
    found: dict[tuple[float, float], tuple[Example, Example]] = {}
    for jump in curve.jumps():
        low, high = sides(curve, jump.at, way.step)
        if low >= way.start:
            pair = (_example(plan, kpi, low * kpi.sign), _example(plan, kpi, high * kpi.sign))
            found |= {(low, high): pair} if pair[0].pays != pair[1].pays else {}
    return list(found.values())


def sides(curve: Curve, at: float, step: float) -> tuple[float, float]:
    """The last whole step that comes short of a jump, and the first that has made it."""
    made = abs(float(curve(at)) - float(curve(at, "right"))) <= abs(float(curve(at)) - float(curve(at, "left")))
    low = (math.ceil(round(at / step, 6)) - 1) * step if made else math.floor(round(at / step, 6)) * step
    return neat_number(low), neat_number(low + step)


def _example(plan: Plan, kpi: Kpi, result: float) -> Example:
    result = neat_number(result) + 0.0
    results = [result if k.id == kpi.id else k.target for k in plan.kpis]
    return Example(kpi.id, result, float(plan.pay(results)))


def _others(plan: Plan) -> str:
    return "For example," if len(plan.kpis) == 1 else "With everything else on target"


def _paid(plan: Plan, example: Example, formats: Exact) -> str:
    return f"{formats.money(example.pays)} for {_amount(plan.kpi(example.kpi), example, formats)}"


def _amount(kpi: Kpi, example: Example, formats: Exact) -> str:
    return formats.amount(kpi, example.result)


def _decided(plan: Plan, pair: tuple[Example, Example], formats: Exact) -> str:
    low, high = (_paid(plan, example, formats) for example in pair)
    return f"Here one step decides a sum: you are paid {low}, and {high}."


# What else decides


def _score(plan: Plan, formats: Exact) -> Part:
    assert plan.curve is not None
    way = Way(formats.share, 0.01, formats.share, formats.number)
    sentences, table = walked(plan.curve.curve() * plan.incentive, way, _money(None, formats))
    lead = "Your score is 100% when you are on target in everything."
    return Part("What the score pays", (lead, *sentences), () if table is None else (table,))


def _conditions(plan: Plan, formats: Exact) -> Part:
    """Gates and modifiers as they count: those of a measure before those of the plan, gates before modifiers."""
    of_measures = [gate for gate in plan.gates if gate.closes != "plan"]
    told = [_gate(plan, gate, formats) for gate in of_measures]
    told += [_modifier(plan, m, formats) for m in plan.modifiers if m.multiplies != "plan"]
    told += [_gate(plan, gate, formats) for gate in plan.gates if gate.closes == "plan"]
    told += [_modifier(plan, m, formats) for m in plan.modifiers if m.multiplies == "plan"]
    sentences = [sentence for sentence, _ in told]
    if len(sentences) > 1:
        sentences = ["They count in this order.", *(f"{i}. {text}" for i, text in enumerate(sentences, start=1))]
    if plan.modifiers_combine == "add" and len(plan.modifiers) > 1:
        sentences.append(ADDED)
    return Part("What else decides", tuple(sentences), tuple(table for _, table in told if table is not None))


def _gate(plan: Plan, gate: Gate, formats: Exact) -> tuple[str, Table | None]:
    kpi = plan.kpi(gate.kpi)
    way = by_result(kpi, formats)
    mark = way.until(kpi.sign * gate.mark(kpi), gate.reached == "at")
    if gate.opens_upwards(kpi) != (kpi.sign > 0):
        place, strict = formats.amount(kpi, gate.mark(kpi)), gate.reached == "above"
        upwards = (f"From {place} on" if strict else f"Above {place}") if kpi.sign > 0 else ""
        mark = upwards or (f"From {place} down" if strict else f"Below {place}")
    unless = unless_words(plan, gate, formats)
    return f"{mark} in {lowered(kpi.label)}{unless}, {_closed(plan, gate, formats)}.", None


def _closed(plan: Plan, gate: Gate, formats: Exact) -> str:
    """What is left behind a closed gate."""
    names = "the whole plan" if gate.closes == "plan" else _and(_names(plan, gate.closes))
    several = gate.closes != "plan" and len(gate.closes) > 1
    if gate.limits_to is None:
        kept = f"{'keep' if several else 'keeps'} {formats.share(gate.keeps or 0)} of the pay"
        return f"{names} {kept if gate.keeps else 'pay nothing' if several else 'pays nothing'}"
    if gate.closes == "plan":
        return f"{names} pays at most {formats.money(gate.limits_to * plan.incentive)}"
    limits = [
        f"{lowered(plan.kpi(name).label)} pays at most {formats.money(gate.limits_to * plan.targeted[name])}"
        for name in gate.closes
    ]
    return _and(limits)


def _modifier(plan: Plan, modifier: Modifier, formats: Exact) -> tuple[str, Table | None]:
    kpi = plan.kpi(modifier.kpi)
    what = "all pay" if modifier.multiplies == "plan" else f"the pay for {_and(_names(plan, modifier.multiplies))}"
    voice = Voice("the factor is", formats.number, lambda slope, step: formats.times(slope * step), least=0.0)
    sentences, table = walked(oriented(modifier.by_result(kpi), kpi), by_result(kpi, formats), voice)
    return f"{clipped(kpi.label, 40)} multiplies {what} by a factor. {' '.join(sentences)}", table


def _end(plan: Plan, formats: Exact) -> Part:
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
    return Part("Limits and rounding", (*told, *([] if small(plan) else [TOLD])))


def _names(plan: Plan, ids: Sequence[str]) -> list[str]:
    return [lowered(plan.kpi(name).label) for name in ids]


def _and(parts: Sequence[str]) -> str:
    """Parts as they are listed: a, b and c."""
    return parts[0] if len(parts) == 1 else f"{', '.join(parts[:-1])} and {parts[-1]}"
