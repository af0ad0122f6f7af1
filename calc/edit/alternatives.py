"""What opens a gate too, and groups of which one is paid: added, changed and taken away; the document always holds."""

from collections.abc import Sequence
from typing import Any

from calc.documents.planfile import Preset
from calc.edit.gates_and_modifiers import change_gate_or_modifier
from calc.plan.conditions import MARK_TERMS, Condition, GreaterOf
from calc.plan.errors import Refused


def add_condition(preset: Preset, gate: int, kpi: str) -> Preset:
    """The document with one more condition that opens a gate: that a KPI stands at its target or better."""
    plan = preset.plan
    new = Condition(kpi=kpi, at_least_result=plan.kpi(kpi).target)
    return change_gate_or_modifier(preset, "gates", gate, any_of=(*plan.gates[gate].any_of, new))


def change_condition(preset: Preset, gate: int, number: int, **terms: Any) -> Preset:
    """The document with terms of a condition changed; a mark takes the place of the one that was there.

    Raises:
        Refused: they do not hold.
    """
    others = list(preset.plan.gates[gate].any_of)
    given = {name: None for name in MARK_TERMS if terms.keys() & {*MARK_TERMS}} | terms
    others[number] = others[number].changed(**given)
    return change_gate_or_modifier(preset, "gates", gate, any_of=tuple(others))


def remove_condition(preset: Preset, gate: int, number: int) -> Preset:
    """The document without a condition that opens a gate too."""
    others = preset.plan.gates[gate].any_of
    return change_gate_or_modifier(preset, "gates", gate, any_of=(*others[:number], *others[number + 1 :]))


def add_groups(preset: Preset) -> Preset:
    """The document that pays the greater of two groups: the first KPI that pays and is in no group, and the next.

    Raises:
        Refused: fewer than two KPIs pay and are in no group.
    """
    plan = preset.plan
    taken = {name for table in plan.greater_of for group in table.groups for name in group}
    free = [kpi.id for kpi in plan.kpis if kpi.paid and kpi.id not in taken]
    if len(free) < 2:
        raise Refused("greater_of must have two measures that are paid, and in no other group (got fewer)")
    table = GreaterOf(groups=((free[0],), (free[1],)))
    return preset.changed(plan=plan.changed(greater_of=(*plan.greater_of, table)))


def change_group(preset: Preset, table: int, number: int, ids: Sequence[str]) -> Preset:
    """The document with other KPIs in a group.

    Raises:
        Refused: the group is empty, or a KPI is in another one.
    """
    tables = list(preset.plan.greater_of)
    groups = list(tables[table].groups)
    groups[number] = tuple(ids)
    tables[table] = tables[table].changed(groups=tuple(groups))
    return preset.changed(plan=preset.plan.changed(greater_of=tuple(tables)))


def remove_groups(preset: Preset, table: int) -> Preset:
    """The document that pays all of some groups, and not the greater of them."""
    tables = preset.plan.greater_of
    return preset.changed(plan=preset.plan.changed(greater_of=(*tables[:table], *tables[table + 1 :])))
