"""The diagnosis: every check read over one plan and what is around it, the costliest finding first."""

from collections.abc import Mapping
from sys import modules

from calc.diagnosis.checks import CHECKS
from calc.diagnosis.checks.whole_plan import too_large
from calc.diagnosis.context import Case
from calc.diagnosis.finding import Finding
from calc.documents.planfile import Preset

SHAPE = {"zero_zone", "flat_zone", "cliff", "falling_pay"}
"""What pay itself does, as the picture shows it; everything else says why, or what follows."""


def diagnose_preset(preset: Preset, at: Mapping[str, float] | None = None) -> tuple[Finding, ...]:
    """What is found in a preset.

    Args:
        preset: the plan with its team, calendar, path and practice.
        at: results of the rep looked at [KPI units]; a KPI not named stands at its target.

    Returns:
        Findings, alarms before warnings before notes; among them what pay itself does before why, the costliest first.

    Raises:
        Refused: `at` names no KPI of the plan, or a result is not finite.
    """
    case = Case(preset, preset.plan.standing(at))
    if alone := tuple(too_large.find_too_large(case)):
        return alone
    return tuple(sorted((f for find in CHECKS.values() for f in find(case)), key=_sort_key))


def _sort_key(found: Finding) -> tuple[int, bool, float]:
    severity, cost = found.order
    return int(severity), found.check not in SHAPE, cost


def check_text(check: str) -> str:
    """The text of a check: what it is, why it hurts, what to do, source."""
    return (modules[CHECKS[check].__module__].__doc__ or "").strip()
