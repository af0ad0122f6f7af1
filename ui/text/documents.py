"""What a plan's document says that has no control: payout tables, and what hangs on what, in rows and sentences."""

from collections.abc import Sequence
from dataclasses import dataclass

from calc.plan.conditions import Gate, Modifier
from calc.plan.kpi import Kpi
from calc.plan.mechanics import Matrix, Points, Steps, Tiers
from calc.plan.plan import Plan
from ui.number_format import Formats, clipped
from ui.text.findings import lowered

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
        rates = [(formats.amount(kpi, start), _rate(kpi, rate, formats)) for start, rate in mechanic.tiers]
        return Table(("From", "Rate"), rates[:LONGEST])
    return _grid(plan, kpi, mechanic, formats) if isinstance(mechanic, Matrix) else None


def _pairs(plan: Plan, kpi: Kpi, mechanic: Points | Steps, formats: Formats) -> Table:
    pairs = mechanic.points if isinstance(mechanic, Points) else mechanic.steps
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
        (_place(kpi, row, grid.of, formats), *(formats.stated_share(payout) for payout in payouts[:WIDEST]))
        for row, payouts in zip(grid.rows[:LONGEST], grid.payouts, strict=False)
    ]
    return Table((corner, *heads), rows)


def conditions(plan: Plan, formats: Formats) -> list[str]:
    """A sentence for every gate and modifier, and for the curve of a score."""
    found = [_gate(plan, gate, formats) for gate in plan.gates]
    found += [_modifier(plan, modifier, formats) for modifier in plan.modifiers]
    if plan.combine == "score":
        found.append("The measures are added up by weight to one score, and one curve pays the score.")
    return found


def _gate(plan: Plan, gate: Gate, formats: Formats) -> str:
    kpi = plan.kpi(gate.kpi)
    side = "Below" if kpi.better == "higher" else "Worse than"
    what = "the whole plan" if gate.closes == "plan" else _names(plan, gate.closes)
    if gate.limits_to is not None:
        left = f"pays at most {formats.stated_share(gate.limits_to)}"
    else:
        left = f"keeps {formats.stated_share(gate.keeps)} of its pay" if gate.keeps else "pays nothing"
    return f"{side} {formats.amount(kpi, gate.mark(kpi))} in {lowered(kpi.label)}, {what} {left}."


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
