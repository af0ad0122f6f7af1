"""What a plan's document says that has no control: payout tables, and what hangs on what, in rows and sentences."""

from collections.abc import Sequence
from dataclasses import dataclass

from calc.plan.conditions import Gate, GreaterOf, Modifier
from calc.plan.kpi import Kpi
from calc.plan.mechanics import Matrix, Points, Steps, Tiers
from calc.plan.plan import Plan
from ui.number_format import Formats, clipped
from ui.text.findings import lowered
from ui.text.terms import payout, unless_words

LONGEST, WIDEST = 40, 12
"""Rows and columns of a payout table that are shown."""


@dataclass(frozen=True)
class Table:
    """Column heads and rows, as they are read."""

    heads: Sequence[str]
    rows: Sequence[Sequence[str]]


def schedule(plan: Plan, kpi: Kpi, formats: Formats) -> Table | None:
    """The payout table of a KPI, where it is paid by one."""
    mechanic = kpi.curve
    if isinstance(mechanic, Points | Steps):
        return _pairs(plan, kpi, mechanic, formats)
    if isinstance(mechanic, Tiers):
        lumps = any(plus for *_, plus in mechanic.rows)
        rates = [
            (
                _place(kpi, start, mechanic.of, formats),
                _rate(kpi, rate, formats),
                *([formats.money(plus)] if lumps else []),
            )
            for start, rate, plus in mechanic.rows
        ]
        return Table(("From", "Rate", "And") if lumps else ("From", "Rate"), rates[:LONGEST])
    return _grid(plan, kpi, mechanic, formats) if isinstance(mechanic, Matrix) else None


def _pairs(plan: Plan, kpi: Kpi, mechanic: Points | Steps, formats: Formats) -> Table:
    pairs = mechanic.points if isinstance(mechanic, Points) else mechanic.steps
    if mechanic.pays == "money":
        amounts = [(_place(kpi, x, mechanic.of, formats), formats.money(y)) for x, y in pairs[:LONGEST]]
        return Table(("At" if isinstance(mechanic, Points) else "From", "Pays"), amounts)
    rows = [
        (_place(kpi, x, mechanic.of, formats), formats.stated_share(y), formats.money(y * plan.worth[kpi.id]))
        for x, y in pairs[:LONGEST]
    ]
    return Table(("At" if isinstance(mechanic, Points) else "From", "Pays", "In money"), rows)


def _grid(plan: Plan, kpi: Kpi, grid: Matrix, formats: Formats) -> Table:
    other = plan.kpi(grid.with_)
    corner = f"{clipped(kpi.label)} / {clipped(other.label)}"
    heads = [_place(other, column, grid.of, formats) for column in grid.columns[:WIDEST]]
    rows = [
        (_place(kpi, row, grid.of, formats), *(payout(grid, pays, formats) for pays in payouts[:WIDEST]))
        for row, payouts in zip(grid.rows[:LONGEST], grid.payouts, strict=False)
    ]
    return Table((corner, *heads), rows)


def conditions(plan: Plan, formats: Formats) -> list[str]:
    """A sentence for every gate and modifier, and for the curve of a score."""
    found = [_gate(plan, gate, formats) for gate in plan.gates]
    found += [_modifier(plan, modifier, formats) for modifier in plan.modifiers]
    found += [groups_words(plan, table) for table in plan.greater_of]
    if plan.combine == "score":
        found.append("The measures are added up by weight to one score, and one curve pays the score.")
    return found


def groups_words(plan: Plan, table: GreaterOf) -> str:
    """Groups of which one is paid: Of hours, and commission with bonus, only what pays most is paid."""
    groups = [" with ".join(lowered(plan.kpi(name).label) for name in group) for group in table.groups]
    return f"Of {', '.join(groups[:-1])} and {groups[-1]}, only what pays most is paid."


def _gate(plan: Plan, gate: Gate, formats: Formats) -> str:
    kpi = plan.kpi(gate.kpi)
    side = "Below" if kpi.better == "higher" else "Worse than"
    if gate.opens_upwards(kpi) != (kpi.sign > 0):
        side = "Above" if kpi.better == "higher" else "Better than"
    what = "the whole plan" if gate.closes == "plan" else _names(plan, gate.closes)
    unless = unless_words(plan, gate, formats)
    if gate.limits_to is not None:
        left = f"pays at most {formats.stated_share(gate.limits_to)}"
    else:
        left = f"keeps {formats.stated_share(gate.keeps)} of its pay" if gate.keeps else "pays nothing"
    return f"{side} {formats.amount(kpi, gate.mark(kpi))} in {lowered(kpi.label)}{unless}, {what} {left}."


def _modifier(plan: Plan, modifier: Modifier, formats: Formats) -> str:
    kpi = plan.kpi(modifier.kpi)
    what = "all pay" if modifier.multiplies == "plan" else f"the pay for {_names(plan, modifier.multiplies)}"
    told = ""
    if isinstance(modifier.curve, Points | Steps):
        pairs = modifier.curve.points if isinstance(modifier.curve, Points) else modifier.curve.steps
        parts = [f"{formats.number(y)} at {_place(kpi, x, modifier.curve.of, formats)}" for x, y in pairs[:5]]
        told = f": {', '.join(parts)}"
    return f"{clipped(kpi.label, 40)} multiplies {what}{told}."


def _names(plan: Plan, ids: Sequence[str]) -> str:
    return ", ".join(lowered(plan.kpi(name).label) for name in ids)


def _place(kpi: Kpi, x: float, of: str, formats: Formats) -> str:
    return formats.amount(kpi, x) if of == "result" else formats.stated_share(x)


def _rate(kpi: Kpi, rate: float, formats: Formats) -> str:
    """A rate of a commission: 5% where money is sold, else money for each unit."""
    return formats.stated_share(rate) if kpi.unit == formats.currency else f"{formats.money(rate)} each"
