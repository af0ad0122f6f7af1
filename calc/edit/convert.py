"""One mechanic told as another: the same pay where the other kind can say it, the nearest that it can say where not.

Corners say nearly everything, so each kind becomes corners first: of a grid, the line where its other KPI stands at
target; of what is paid in money, shares of what that pays at target. Each kind says itself what it makes of them. What
is not kept: a jump in tiers on their own slices, a climb without end in steps and grids, and a band goes through 100 %
at target whatever the corners say.
"""

from dataclasses import replace

from calc.piecewise.segments import neat_number
from calc.plan.curves.corners import Corners, Setting, corners_of
from calc.plan.curves.curve_terms import CurveTerms
from calc.plan.curves.tables import GridTerms
from calc.plan.kpi import Kpi
from calc.plan.mechanics import Points
from calc.plan.plan import Plan
from calc.plan.terms import Of


def points_of(corners: Corners) -> Points:
    """Corners as the mechanic that they are.

    >>> from calc.plan.mechanics import Band, Steps
    >>> points_of(Band(floor=0.7, ceiling=2).corners()).points
    ((0.7, 0.7), (1.0, 1.0), (2.0, 2.0))
    >>> points_of(Steps(steps=((0.8, 0.5), (1, 1))).corners()).points
    ((0.8, 0.5), (1.0, 0.5), (1.0, 1.0))
    """
    return Points.from_corners(corners, Setting())


def setting_of(plan: Plan, kpi: Kpi | None) -> Setting:
    """Where a mechanic is made anew: for a KPI of a plan, or for the score."""
    if kpi is None:
        return Setting()
    return Setting(
        kpi=kpi.id,
        better=kpi.better,
        target=kpi.target,
        line=kpi.line,
        worth=plan.worth.get(kpi.id, 1.0),
        turn=lambda x, of: turn_place(x, kpi, of),
        second=_second_kpi(plan, kpi),
    )


def _second_kpi(plan: Plan, kpi: Kpi) -> str | None:
    """The KPI that a new grid reads beside: one that multiplies nothing, and that is measured only if there is one."""
    read = {modifier.kpi for modifier in plan.modifiers}
    others = [k for k in plan.kpis if k.id != kpi.id]
    return min(others, key=lambda k: (k.id in read, k.paid)).id if others else None


def turn_table(mechanic: CurveTerms, of: Of, kpi: Kpi) -> CurveTerms:
    """A table of attainment as one of the KPI's result, or the other way round; what is no table stays."""
    return mechanic.told_in(of, lambda x: turn_place(x, kpi, of))


def turn_place(x: float, kpi: Kpi, of: Of) -> float:
    """An attainment as a result, or a result as an attainment, in as many digits as it was stated in."""
    return kpi.result(x) if of == "result" else neat_number(round(float(kpi.attainment(x)), 12))


def grid_row(plan: Plan, kpi: Kpi, grid: GridTerms) -> Points:
    """The line of a grid where its other KPI stands at target, as points of attainment."""
    at = plan.kpi(grid.with_).target if grid.of_result else 1.0
    slope, intercept = kpi.line
    line = corners_of(plan.grid(kpi, kpi.id, at).of_line(1 / slope, -intercept / slope), "attainment")
    return points_of(replace(line, pays=grid.pays))
