"""Whether a plan is small enough that every measure of it is looked along; a machine may make one that is not."""

from calc.plan.kpi import Kpi
from calc.plan.plan import Plan

MAX_WORK_SHOWN = 150_000
"""Breaks, times the curves that each can meet: a few seconds of work."""
FEW, SOME = 3, 12
"""Measures that are shown in full of a plan that is too large, and of one that is not."""
TOLD_IN_PART = (
    "The plan is too large to be looked through: examples are given for the few measures that pay most, without jumps."
)


def is_small(plan: Plan) -> bool:
    """Whether the plan along each of its measures can be had in a moment."""
    curves = len(plan.kpis) + len(plan.gates) + len(plan.modifiers)
    return sum(map(_count_breaks, plan.kpis)) * curves <= MAX_WORK_SHOWN


def _count_breaks(kpi: Kpi) -> int:
    if kpi.grid:
        return len(kpi.grid.rows) * len(kpi.grid.columns)
    return len(kpi.by_result.starts)


def measures_shown(plan: Plan) -> list[Kpi]:
    """The measures that are shown in full: those that pay most at target, in the plan's order."""
    most = SOME if is_small(plan) else FEW
    first = {kpi.id for kpi in sorted(plan.kpis, key=lambda kpi: -abs(plan.targeted[kpi.id]))[:most]}
    return [kpi for kpi in plan.kpis if kpi.id in first]
