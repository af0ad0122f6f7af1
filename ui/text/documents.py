"""What a plan's document says that has no control: payout tables, and what hangs on what, in rows and sentences."""

from collections.abc import Sequence
from dataclasses import dataclass

from calc.plan.conditions import Gate, GreaterOf, Modifier
from calc.plan.kpi import Kpi
from calc.plan.mechanics import Matrix, Points, Steps, Tiers
from calc.plan.plan import Plan
from ui.number_format import Formats, clip_name
from ui.text.findings import lower_label
from ui.text.terms import payout_text, unless_words

MAX_SCHEDULE, MAX_SCHEDULE_COLUMNS = 40, 12
"""Rows and columns of a payout table that are shown."""


@dataclass(frozen=True)
class Table:
    """Column heads and rows, as they are read."""

    heads: Sequence[str]
    rows: Sequence[Sequence[str]]


def payout_schedule(plan: Plan, kpi: Kpi, formats: Formats) -> Table | None:
    """The payout table of a KPI, where it is paid by one."""
    mechanic = kpi.curve
    if isinstance(mechanic, Points | Steps):
        return _pairs_table(plan, kpi, mechanic, formats)
    if isinstance(mechanic, Tiers):
        lumps = any(plus for *_, plus in mechanic.rows)
        rates = [
            (
                _place_text(kpi, start, mechanic.of, formats),
                _rate_text(kpi, rate, formats),
                *([formats.money(plus)] if lumps else []),
            )
            for start, rate, plus in mechanic.rows
        ]
        return Table(("From", "Rate", "And") if lumps else ("From", "Rate"), rates[:MAX_SCHEDULE])
    return _grid_table(plan, kpi, mechanic, formats) if isinstance(mechanic, Matrix) else None


def _pairs_table(plan: Plan, kpi: Kpi, mechanic: Points | Steps, formats: Formats) -> Table:
    pairs = mechanic.points if isinstance(mechanic, Points) else mechanic.steps
    if mechanic.pays == "money":
        amounts = [(_place_text(kpi, x, mechanic.of, formats), formats.money(y)) for x, y in pairs[:MAX_SCHEDULE]]
        return Table(("At" if isinstance(mechanic, Points) else "From", "Pays"), amounts)
    rows = [
        (_place_text(kpi, x, mechanic.of, formats), formats.stated_share(y), formats.money(y * plan.worth[kpi.id]))
        for x, y in pairs[:MAX_SCHEDULE]
    ]
    return Table(("At" if isinstance(mechanic, Points) else "From", "Pays", "In money"), rows)


def _grid_table(plan: Plan, kpi: Kpi, grid: Matrix, formats: Formats) -> Table:
    other = plan.kpi(grid.with_)
    corner = f"{clip_name(kpi.label)} / {clip_name(other.label)}"
    heads = [_place_text(other, column, grid.of, formats) for column in grid.columns[:MAX_SCHEDULE_COLUMNS]]
    rows = [
        (
            _place_text(kpi, row, grid.of, formats),
            *(payout_text(grid, pays, formats) for pays in payouts[:MAX_SCHEDULE_COLUMNS]),
        )
        for row, payouts in zip(grid.rows[:MAX_SCHEDULE], grid.payouts, strict=False)
    ]
    return Table((corner, *heads), rows)


def condition_sentences(plan: Plan, formats: Formats) -> list[str]:
    """A sentence for every gate and modifier, and for the curve of a score."""
    found = [_gate_sentence(plan, gate, formats) for gate in plan.gates]
    found += [_modifier_sentence(plan, modifier, formats) for modifier in plan.modifiers]
    found += [groups_words(plan, table) for table in plan.greater_of]
    if plan.combine == "score":
        found.append("The measures are added up by weight to one score, and one curve pays the score.")
    return found


def groups_words(plan: Plan, table: GreaterOf) -> str:
    """Groups of which one is paid: Of hours, and commission with bonus, only what pays most is paid."""
    groups = [" with ".join(lower_label(plan.kpi(name).label) for name in group) for group in table.groups]
    return f"Of {', '.join(groups[:-1])} and {groups[-1]}, only what pays most is paid."


def _gate_sentence(plan: Plan, gate: Gate, formats: Formats) -> str:
    kpi = plan.kpi(gate.kpi)
    side = "Below" if kpi.better == "higher" else "Worse than"
    if gate.opens_upwards(kpi) != (kpi.sign > 0):
        side = "Above" if kpi.better == "higher" else "Better than"
    what = "the whole plan" if gate.closes == "plan" else _names_of(plan, gate.closes)
    unless = unless_words(plan, gate, formats)
    if gate.limits_to is not None:
        left = f"pays at most {formats.stated_share(gate.limits_to)}"
    else:
        left = f"keeps {formats.stated_share(gate.keeps)} of its pay" if gate.keeps else "pays nothing"
    return f"{side} {formats.amount(kpi, gate.mark(kpi))} in {lower_label(kpi.label)}{unless}, {what} {left}."


def _modifier_sentence(plan: Plan, modifier: Modifier, formats: Formats) -> str:
    kpi = plan.kpi(modifier.kpi)
    what = "all pay" if modifier.multiplies == "plan" else f"the pay for {_names_of(plan, modifier.multiplies)}"
    told = ""
    if isinstance(modifier.curve, Points | Steps):
        pairs = modifier.curve.points if isinstance(modifier.curve, Points) else modifier.curve.steps
        parts = [f"{formats.number(y)} at {_place_text(kpi, x, modifier.curve.of, formats)}" for x, y in pairs[:5]]
        told = f": {', '.join(parts)}"
    return f"{clip_name(kpi.label, 40)} multiplies {what}{told}."


def _names_of(plan: Plan, ids: Sequence[str]) -> str:
    return ", ".join(lower_label(plan.kpi(name).label) for name in ids)


def _place_text(kpi: Kpi, x: float, of: str, formats: Formats) -> str:
    return formats.amount(kpi, x) if of == "result" else formats.stated_share(x)


def _rate_text(kpi: Kpi, rate: float, formats: Formats) -> str:
    """A rate of a commission: 5% where money is sold, else money for each unit."""
    return formats.stated_share(rate) if kpi.unit == formats.currency else f"{formats.money(rate)} each"
