"""What a zone withholds: pay that waits at its end, or that the climb just below would have brought to who lands in it.

Expected pay per rep in closed form, from where the team lands along one KPI while the others stand still. Not modelled:
that people stop at a ceiling, so that what they land beyond it is what they would do without one.
"""

import math

from calc.diagnosis.context import STATED, Case
from calc.piecewise.curve import Curve
from calc.plan.kpi import Kpi
from calc.plan.zones import Zone


def jump_at(case: Case, kpi: Kpi, at: float) -> float:
    """How much pay jumps up at an attainment [money]; 0 where it does not, or falls."""
    jumps = (j for j in case.along(kpi).jumps() if abs(j.at - at) <= STATED)
    return case.money(max(sum(j.after - j.before for j in jumps), 0.0))


def ceiling_zone(case: Case, kpi: Kpi) -> Zone | None:
    """The flat zone from which on a KPI pays no more, or None where it pays on or is level everywhere."""
    last = case.zones(kpi)[-1]
    return last if last.kind == "flat" and last.start is not None and len(case.zones(kpi)) > 1 else None


def climb_worth(case: Case, kpi: Kpi, zone: Zone) -> float:
    """The money for one whole attainment that a zone would bring if pay climbed on through it.

    It is the slope just below; between two steps the line from step to step; beyond the last step the line from the
    one before it. 0 where nothing climbs before.
    """
    around = case.zones(kpi)
    i = around.index(zone)
    before, after = around[:i], around[i + 1 :]
    if before and before[-1].kind == "climb":
        return (before[-1].pay_per_unit or 0.0) * kpi.span
    if len(after) > 1 and after[0].kind == "cliff" and zone.start is not None and zone.end is not None:
        return max(_slope_to(zone.start, zone.pay_start, zone.end, after[0].pay_end), 0.0)
    level = next((z for z in reversed(before) if z.kind in ("flat", "zero") and z.start is not None), None)
    if level is None or level.start is None or zone.start is None or not zone.start > level.start:
        return 0.0
    return max(_slope_to(level.start, level.pay_start, zone.start, zone.pay_start), 0.0)


def _slope_to(x: float, y: float | None, end: float, top: float | None) -> float:
    return ((top or 0.0) - (y or 0.0)) / (end - x)


def foregone_pay(case: Case, kpi: Kpi, zone: Zone) -> float | None:
    """Expected pay per rep [money] that a flat zone withholds; None without a team.

    It is the climb just below times E[(a - start)+] over the zone.
    """
    landing = case.landing(kpi)
    if landing is None or zone.start is None:
        return None
    slope = climb_worth(case, kpi, zone)
    if kpi.counted:
        return case.money(max(_of_whole_units(kpi, zone, slope).expect(landing), 0.0))
    chance, mean = landing.below(math.inf if zone.end is None else zone.end)
    under, carried = landing.below(zone.start)
    beyond = (mean - carried) - zone.start * (chance - under)
    return case.money(slope * max(beyond, 0.0))


def _of_whole_units(kpi: Kpi, zone: Zone, slope: float) -> Curve:
    """What a climb through a zone would bring by attainment, of whole units."""
    start, end = zone.start or 0.0, zone.end
    corners = (
        [(start, 0.0), (start + 1.0, slope)]
        if end is None
        else [(start, 0.0), (end, slope * (end - start)), (end, 0.0)]
    )
    line = Curve.through(corners, below="zero", above="extend" if end is None else "hold")
    by_result = line.of_line(*kpi.line).counted(kpi.counts)
    return kpi.by_attainment(by_result)
