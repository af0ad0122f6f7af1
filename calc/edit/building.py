"""A plan built row by row, as somebody types it into a table: its currency, its measures, what each pays.

What is left out of a row is what a straight line has: no floor, no ceiling, no accelerator.
"""

from collections.abc import Mapping

from calc.documents.planfile import Preset
from calc.edit.around import change_table
from calc.edit.curve_place import change_curve
from calc.edit.kpi_changes import STRAIGHT, change_kpi, replace_kpi
from calc.edit.structure import PLACEHOLDERS, add_kpi, id_of, remove_kpi
from calc.edit.weighing import give_weights, share_out
from calc.plan.errors import Refused
from calc.plan.kpi import Kpi

WITHOUT: Mapping[str, float | None] = {"floor": 0.0, "accelerator": 1.0, "ceiling": None}
"""What a term of a row is where it is left empty."""


def in_currency(preset: Preset, code: str) -> Preset:
    """The document in another currency, with the measures that are counted in money counted in it.

    Raises:
        Refused: it is no currency's code.
    """
    was = preset.plan.currency
    found = change_table(preset, "plan", currency=code)
    for kpi in found.plan.kpis:
        if kpi.unit == was:
            found = change_kpi(found, kpi.id, unit=code)
    return found


def first_target(preset: Preset, name: str, target: float, unit: str) -> Preset:
    """The document with the first target that a new measure is given: the one that its people are described on.

    Raises:
        Refused: it does not hold.
    """
    kpi = preset.plan.kpi(name)
    try:
        return replace_kpi(preset, kpi.changed(target=target, unit=unit or kpi.unit))
    except Refused as refused:
        raise Refused([f"{name}.{sentence}" for sentence in refused.sentences]) from None


def add_measure(preset: Preset, name: str, typed: Mapping[str, float]) -> Preset:
    """The document with one more measure, the last, paid along a straight line.

    Weights that were typed stay; the new one shares what they leave with the others that were not typed.

    Args:
        preset: the document.
        name: of the new measure.
        typed: the weights that were typed, by id.

    Raises:
        Refused: the name is too long, or the plan has as many measures as it may have.
    """
    plan = preset.plan
    left = 1 - sum(typed.get(i, 0.0) for i in plan.ids)
    if not typed or plan.combine == "score" or not any(kpi.weight for kpi in plan.kpis):
        return add_kpi(preset, name)
    others = [kpi.id for kpi in plan.kpis if kpi.weight and kpi.id not in typed]
    new = Kpi(id=id_of(name, plan.ids), name=name.strip() or None, target=PLACEHOLDERS[0], weight=0, curve=STRAIGHT)
    there = plan.changed(kpis=(*plan.kpis, new))
    share = max(left, 0.0) / (len(others) + 1)
    weights = share_out(there, {**typed, new.id: round(share, 3) if others else round(share, 9)})
    if weights.left:
        return preset.changed(plan=there)
    return preset.changed(plan=there.changed(kpis=give_weights(there.kpis, weights.weights)))


def remove_measure(preset: Preset, name: str, typed: Mapping[str, float]) -> Preset:
    """The document without a measure; weights that were typed stay, as long as others can take what it had.

    Raises:
        Refused: it is the only one.
    """
    found = remove_kpi(preset, name)
    shares = share_out(found.plan, typed)
    if not typed or shares.left:
        return found
    return found.changed(plan=found.plan.changed(kpis=give_weights(found.plan.kpis, shares.weights)))


def set_band_term(preset: Preset, name: str, term: str, value: float | None) -> Preset:
    """The document with a term of a measure's line changed; a second accelerator brings where it begins.

    Args:
        preset: the document.
        name: the measure's id.
        term: floor, ceiling, accelerator, accelerator_2 or accelerator_2_from.
        value: None where it is left empty.

    Raises:
        Refused: it does not hold, or the measure is not paid along a line.
    """
    kpi = preset.plan.kpi(name)
    if kpi.curve is None and preset.plan.combine == "sum":
        preset = replace_kpi(preset, kpi.changed(curve=STRAIGHT, weight=kpi.weight or 0.0))
    line = preset.plan.kpi(name).curve
    if line is None or term not in type(line).model_fields:
        raise Refused(f"{name}.curve must be a line from a floor to a ceiling (got another kind): change it there")
    return change_curve(preset, name, **{term: WITHOUT.get(term) if value is None else value})
