"""What a plan's document says that has no control: payout tables, and what hangs on what, in rows and sentences."""

from collections.abc import Sequence
from dataclasses import dataclass

from calc.plan.conditions import Gate, GreaterOf, Modifier
from calc.plan.curves.tables import GridTerms, TableTerms
from calc.plan.kpi import Kpi
from calc.plan.plan import Plan
from ui.number_format import Formats, clip_name
from ui.text.findings import lower_label
from ui.text.terms import cell_text, grid_place, payout_text, place_text, unless_words

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
    if isinstance(mechanic, GridTerms):
        return _grid_table(plan, kpi, mechanic, formats)
    return _rows_table(plan, kpi, mechanic, formats) if isinstance(mechanic, TableTerms) else None


def _rows_table(plan: Plan, kpi: Kpi, table: TableTerms, formats: Formats) -> Table:
    """The rows of a table, a column of amounts left out where all are nothing; shares stand in money too."""
    rows = table.rows[:MAX_SCHEDULE]
    columns = [(c, i) for i, c in enumerate(table.columns) if c.holds != "money" or any(row[i] for row in table.rows)]
    shares = [i for c, i in columns if c.holds == "payout" and not table.in_money]
    heads = [*(c.head for c, _ in columns), *("In money" for _ in shares)]
    told = [
        [
            *(cell_text(table, c, row[i], kpi, formats) for c, i in columns),
            *(formats.money(row[i] * plan.worth[kpi.id]) for i in shares),
        ]
        for row in rows
    ]
    return Table(heads, told)


def _grid_table(plan: Plan, kpi: Kpi, grid: GridTerms, formats: Formats) -> Table:
    other = plan.kpi(grid.with_)
    corner = f"{clip_name(kpi.label)} / {clip_name(other.label)}"
    heads = [grid_place(x, grid, "columns", plan, kpi, formats) for x in grid.columns[:MAX_SCHEDULE_COLUMNS]]
    rows = [
        (
            grid_place(row, grid, "rows", plan, kpi, formats),
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
    table = modifier.curve
    if isinstance(table, TableTerms):
        pairs = [(row[0], row[1]) for row in table.rows[:5]]
        parts = [f"{formats.number(y)} at {place_text(x, table.of_result, kpi, formats)}" for x, y in pairs]
        told = f": {', '.join(parts)}"
    return f"{clip_name(kpi.label, 40)} multiplies {what}{told}."


def _names_of(plan: Plan, ids: Sequence[str]) -> str:
    return ", ".join(lower_label(plan.kpi(name).label) for name in ids)
