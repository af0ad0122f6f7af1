"""The tables of a document: terms of the plan changed, and what is around it added and taken away."""

from collections.abc import Callable, Mapping
from typing import Any

from calc.documents.planfile import Preset
from calc.edit.kpi_changes import PARTS_NAMED
from calc.plan.errors import Refused
from calc.plan.terms import Terms
from calc.situation.calendar import Calendar
from calc.situation.target_path import Path
from calc.situation.team import Team

TABLES_AROUND: Mapping[str, Callable[[], Terms]] = {
    "team": Team,
    "calendar": lambda: Calendar(days=63),
    "path": lambda: Path(growth_if_hit=0.05),
}
"""The tables around a plan, as they begin."""


def change_table(preset: Preset, table: str, /, **terms: Any) -> Preset:
    """The document with terms of the plan, or of a table around it, changed.

    Raises:
        Refused: they do not hold.
    """
    try:
        now = getattr(preset, table)
        return preset.changed(**{table: now.changed(**now.completed(terms))})
    except Refused as refused:
        raise Refused([s if s.startswith(PARTS_NAMED) else f"{table}.{s}" for s in refused.sentences]) from None


def set_table(preset: Preset, table: str, there: bool) -> Preset:
    """The document with a table around the plan (team, calendar, path) as it begins, or without it."""
    if there == (getattr(preset, table) is not None):
        return preset
    return preset.changed(**{table: TABLES_AROUND[table]() if there else None})
