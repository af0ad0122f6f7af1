"""A KPI of a document in another place, with other terms, or another one in its stead; the document always holds."""

from typing import Any

from calc.documents.planfile import Preset
from calc.edit.convert import turn_table
from calc.plan.errors import Refused
from calc.plan.kpi import Kpi
from calc.plan.mechanics import Band
from calc.situation.team import keep_people

STRAIGHT = Band(accelerator_of="rate_below_target")
"""What a new KPI is paid by: a straight line from nothing, without a floor, an accelerator or a ceiling."""
PARTS_NAMED = ("kpis.", "gates", "modifiers", "plan.")
"""How sentences begin that say already which part of a document they are about."""


def replace_kpi(preset: Preset, kpi: Kpi) -> Preset:
    """The document with a KPI in the place of the one of its id."""
    plan = preset.plan
    return preset.changed(plan=plan.changed(kpis=tuple(kpi if k.id == kpi.id else k for k in plan.kpis)))


def move_kpi(preset: Preset, name: str, by: int) -> Preset:
    """The document with a KPI so many places further down the list, or up."""
    kpis = list(preset.plan.kpis)
    at = kpis.index(preset.plan.kpi(name))
    kpis.insert(min(max(at + by, 0), len(kpis) - 1), kpis.pop(at))
    return preset.changed(plan=preset.plan.changed(kpis=tuple(kpis)))


def change_kpi(preset: Preset, name: str, /, **terms: Any) -> Preset:
    """The document with terms of a KPI changed; a table of results is turned with the way that is better.

    Its people land where they landed (`keep_people`).

    Raises:
        Refused: they do not hold.
    """
    kpi = preset.plan.kpi(name)
    try:
        turned = terms.get("better", kpi.better) != kpi.better
        if not turned or kpi.curve is None or kpi.grid is not None or kpi.commission:
            return replace_kpi(preset, keep_people(kpi, kpi.changed(**terms), preset.team))
        told = turn_table(kpi.curve, "attainment", kpi)
        new = kpi.changed(**terms, curve=told)
        new = new.changed(curve=turn_table(told, "result" if kpi.curve.of_result else "attainment", new))
        return replace_kpi(preset, keep_people(kpi, new, preset.team))
    except Refused as refused:
        raise Refused([f"{name}.{s}" if not s.startswith(PARTS_NAMED) else s for s in refused.sentences]) from None
