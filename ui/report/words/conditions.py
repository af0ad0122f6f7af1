"""Gates and modifiers in plain language, in the order in which they count."""

from collections.abc import Sequence

from calc.plan.conditions import Gate, Modifier
from calc.plan.plan import Plan
from ui.number_format import clip_name
from ui.report.words.exact import Exact
from ui.report.words.pay_examples import Part
from ui.report.words.walk import Voice, by_result, walk_curve
from ui.text.documents import Table
from ui.text.findings import lower_label
from ui.text.terms import unless_words

ADDED = (
    "Factors that act on the same pay are added: what each adds to 1, or takes from it, counts together, and never "
    "makes less than nothing of it."
)


def conditions_part(plan: Plan, formats: Exact) -> Part:
    """Gates and modifiers as they count: those of a measure before those of the plan, gates before modifiers."""
    of_measures = [gate for gate in plan.gates if gate.closes != "plan"]
    told = [_gate_sentence(plan, gate, formats) for gate in of_measures]
    told += [_modifier_sentence(plan, m, formats) for m in plan.modifiers if m.multiplies != "plan"]
    told += [_gate_sentence(plan, gate, formats) for gate in plan.gates if gate.closes == "plan"]
    told += [_modifier_sentence(plan, m, formats) for m in plan.modifiers if m.multiplies == "plan"]
    sentences = [sentence for sentence, _ in told]
    if len(sentences) > 1:
        sentences = ["They count in this order.", *(f"{i}. {text}" for i, text in enumerate(sentences, start=1))]
    if plan.modifiers_combine == "add" and len(plan.modifiers) > 1:
        sentences.append(ADDED)
    return Part("What else decides", tuple(sentences), tuple(table for _, table in told if table is not None))


def _gate_sentence(plan: Plan, gate: Gate, formats: Exact) -> tuple[str, Table | None]:
    kpi = plan.kpi(gate.kpi)
    way = by_result(kpi, formats)
    mark = way.until(kpi.sign * gate.mark(kpi), gate.reached == "at")
    if gate.opens_upwards(kpi) != (kpi.sign > 0):
        place, strict = formats.amount(kpi, gate.mark(kpi)), gate.reached == "above"
        upwards = (f"From {place} on" if strict else f"Above {place}") if kpi.sign > 0 else ""
        mark = upwards or (f"From {place} down" if strict else f"Below {place}")
    unless = unless_words(plan, gate, formats)
    return f"{mark} in {lower_label(kpi.label)}{unless}, {_closed_in_words(plan, gate, formats)}.", None


def _closed_in_words(plan: Plan, gate: Gate, formats: Exact) -> str:
    """What is left behind a closed gate."""
    names = "the whole plan" if gate.closes == "plan" else join_with_and(names_of(plan, gate.closes))
    several = gate.closes != "plan" and len(gate.closes) > 1
    if gate.limits_to is None:
        kept = f"{'keep' if several else 'keeps'} {formats.share(gate.keeps or 0)} of the pay"
        return f"{names} {kept if gate.keeps else 'pay nothing' if several else 'pays nothing'}"
    if gate.closes == "plan":
        return f"{names} pays at most {formats.money(gate.limits_to * plan.incentive)}"
    limits = [
        f"{lower_label(plan.kpi(name).label)} pays at most {formats.money(gate.limits_to * plan.targeted[name])}"
        for name in gate.closes
    ]
    return join_with_and(limits)


def _modifier_sentence(plan: Plan, modifier: Modifier, formats: Exact) -> tuple[str, Table | None]:
    kpi = plan.kpi(modifier.kpi)
    what = (
        "all pay"
        if modifier.multiplies == "plan"
        else f"the pay for {join_with_and(names_of(plan, modifier.multiplies))}"
    )
    voice = Voice("the factor is", formats.number, lambda slope, step: formats.times(slope * step), least=0.0)
    sentences, table = walk_curve(kpi.from_worse(modifier.by_result(kpi)), by_result(kpi, formats), voice)
    return f"{clip_name(kpi.label, 40)} multiplies {what} by a factor. {' '.join(sentences)}", table


def names_of(plan: Plan, ids: Sequence[str]) -> list[str]:
    """The names of KPIs, as they stand within a sentence."""
    return [lower_label(plan.kpi(name).label) for name in ids]


def join_with_and(parts: Sequence[str]) -> str:
    """Parts as they are listed: a, b and c."""
    return parts[0] if len(parts) == 1 else f"{', '.join(parts[:-1])} and {parts[-1]}"
