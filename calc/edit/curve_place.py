"""Where a curve lives in a document: a KPI's id, `plan` for the one curve of a score, `modifiers.` and a number."""

from typing import Any

from calc.documents.planfile import Preset
from calc.edit.around import change_table
from calc.edit.gates_and_modifiers import change_gate_or_modifier
from calc.edit.kpi_changes import replace_kpi
from calc.plan.conditions import PLAN
from calc.plan.curves.curve_terms import CurveTerms
from calc.plan.errors import Refused
from calc.plan.kpi import Kpi


def curve_at(preset: Preset, place: str) -> CurveTerms | None:
    """The mechanic at a place, or None."""
    if place == PLAN:
        return preset.plan.curve
    owner = _modifier_number(place)
    return preset.plan.kpi(place).curve if owner is None else preset.plan.modifiers[owner].curve


def kpi_read_at(preset: Preset, place: str) -> Kpi | None:
    """The KPI whose result the mechanic at a place reads; None for the score."""
    owner = _modifier_number(place)
    if place == PLAN:
        return None
    return preset.plan.kpi(place if owner is None else preset.plan.modifiers[owner].kpi)


def _modifier_number(place: str) -> int | None:
    return int(place.partition(".")[2]) if place.startswith("modifiers.") else None


def replace_curve(preset: Preset, place: str, mechanic: CurveTerms) -> Preset:
    """The document with another mechanic at a place.

    Raises:
        Refused: it does not hold.
    """
    owner = _modifier_number(place)
    if place == PLAN:
        return change_table(preset, "plan", curve=mechanic)
    if owner is not None:
        return change_gate_or_modifier(preset, "modifiers", owner, curve=mechanic)
    try:
        return replace_kpi(preset, preset.plan.kpi(place).changed(curve=mechanic))
    except Refused as refused:
        raise Refused([_name_place(place, sentence) for sentence in refused.sentences]) from None


def _name_place(place: str, sentence: str) -> str:
    return f"{place}.{sentence}" if sentence.startswith(("curve", "weight", "scale")) else sentence


def change_curve(preset: Preset, place: str, /, **terms: Any) -> Preset:
    """The document with terms of the mechanic at a place changed.

    Raises:
        Refused: they do not hold.
    """
    try:
        now = curve_at(preset, place)
        if now is None:
            raise Refused("kind must be given (got none): there is no curve whose terms could change")
        mechanic = now.changed(**now.completed(terms))
    except Refused as refused:
        raise Refused([f"{place}.curve.{sentence}" for sentence in refused.sentences]) from None
    return replace_curve(preset, place, mechanic)
