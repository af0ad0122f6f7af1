"""Gates and modifiers of a document: added, changed, told otherwise, and taken away; the document always holds."""

from typing import Any

from calc.documents.planfile import Preset
from calc.edit.convert import turn_place
from calc.plan.conditions import MARK_TERMS, PLAN, Gate, Modifier
from calc.plan.errors import Refused
from calc.plan.mechanics import Points, Steps

GUARDS = 0.9
"""The attainment that opens a new gate; closed, it still pays up to target."""
SWAY = ((0.8, 0.9), (1.0, 1.0), (1.2, 1.1))
"""A new modifier adds or takes a tenth at the most."""


def add_gate(preset: Preset, name: str) -> Preset:
    """The document with one more gate, on a KPI: below 90 % of its target the plan pays up to target and no more.

    Raises:
        Refused: it does not hold, or the plan has as many gates as it may have.
    """
    gate = Gate(kpi=name, at_least=GUARDS, closes=PLAN, limits_to=1.0)
    return preset.changed(plan=preset.plan.changed(gates=(*preset.plan.gates, gate)))


def add_modifier(preset: Preset, name: str) -> Preset:
    """The document with one more modifier, read from a KPI, that adds or takes a tenth.

    Where the KPI moves what it multiplies, it multiplies by steps, since two slopes would be no line.

    Raises:
        Refused: it does not hold, or the plan has as many modifiers as it may have.
    """
    plan, slope = preset.plan, Points(points=SWAY, below="hold")
    level = Steps(steps=((-1.0, SWAY[0][1]), *SWAY[1:]))
    try:
        new = Modifier(kpi=name, multiplies=PLAN, curve=slope)
        return preset.changed(plan=plan.changed(modifiers=(*plan.modifiers, new)))
    except Refused:
        new = Modifier(kpi=name, multiplies=PLAN, curve=level)
        return preset.changed(plan=plan.changed(modifiers=(*plan.modifiers, new)))


def change_gate_or_modifier(preset: Preset, table: str, number: int, /, **terms: Any) -> Preset:
    """The document with terms of a gate or modifier changed.

    Args:
        preset: the document.
        table: `gates` or `modifiers`.
        number: which of them, counted from 0.
        terms: by name.

    Raises:
        Refused: they do not hold.
    """
    entries = list(getattr(preset.plan, table))
    try:
        entries[number] = entries[number].changed(**terms)
    except Refused as refused:
        raise Refused([f"{table}.{entries[number].kpi}.{sentence}" for sentence in refused.sentences]) from None
    return preset.changed(plan=preset.plan.changed(**{table: tuple(entries)}))


def gate_in(preset: Preset, number: int, of: str) -> Preset:
    """The document with a gate's mark told in attainment, or in the KPI's own unit."""
    gate = preset.plan.gates[number]
    kpi = preset.plan.kpi(gate.kpi)
    mark = gate.mark(kpi)
    none = dict.fromkeys(MARK_TERMS)
    if of == "result":
        if gate.from_above and kpi.better == "lower":
            raise Refused(f"gates.{kpi.id}.at_most must stay an attainment where lower is better (got a result)")
        side = "at_most_result" if gate.from_above else "at_least_result"
        return change_gate_or_modifier(preset, "gates", number, **none | {side: mark})
    side = "at_least" if gate.opens_upwards(kpi) == (kpi.sign > 0) else "at_most"
    return change_gate_or_modifier(preset, "gates", number, **none | {side: turn_place(mark, kpi, "attainment")})


def gate_from(preset: Preset, number: int, above: bool) -> Preset:
    """The document with a gate whose mark must not be exceeded, or must be reached; the mark stays."""
    gate = preset.plan.gates[number]
    mark = next(getattr(gate, name) for name in MARK_TERMS if getattr(gate, name) is not None)
    side = ("at_most" if above else "at_least") + ("_result" if gate.of_result else "")
    return change_gate_or_modifier(preset, "gates", number, **dict.fromkeys(MARK_TERMS) | {side: mark})


def remove_gate_or_modifier(preset: Preset, table: str, number: int) -> Preset:
    """The document without a gate or modifier."""
    entries = getattr(preset.plan, table)
    return preset.changed(plan=preset.plan.changed(**{table: (*entries[:number], *entries[number + 1 :])}))
