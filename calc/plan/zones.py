"""The zones along one KPI: where moving earns nothing, where it climbs, where a cliff is, where more earns less.

Zones are read off the exact curve, worse to better, so that for a KPI that is better when lower they run from high
results to low ones. Attainment is counted from 0, and from minus infinity where results below zero have meaning: where
the target is 0 or less, a scale is named, or the plan itself has a break there.
"""

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Literal

from calc.piecewise.curve import Curve
from calc.piecewise.segments import neat_number
from calc.plan.kpi import Kpi
from calc.plan.plan import Plan

BESIDE = 2e-9
"""How far within a zone its ends are paid where rounding asks for a rep who stands there [attainment]."""
ZoneKind = Literal["zero", "flat", "climb", "cliff", "drop"]


@dataclass(frozen=True)
class Zone:
    """A stretch of one KPI, from worse to better.

    `start` and `end` are attainments, `start_result` and `end_result` results [KPI unit], None where there is no end; a
    cliff has no length. `pay_start` and `pay_end` are the whole plan's money there, and `pay_per_unit` is the money
    for one unit better, None for a cliff.
    """

    kind: ZoneKind
    start: float | None
    end: float | None
    start_result: float | None
    end_result: float | None
    pay_start: float | None
    pay_end: float | None
    pay_per_unit: float | None


def zones(plan: Plan, kpi: str, at: Mapping[str, float] | None = None) -> tuple[Zone, ...]:
    """The zones along one KPI, the others standing where named, else at target.

    Raises:
        Refused: there is no such KPI, or a result is not finite.

    A zone is zero where moving earns nothing and this KPI, or the whole plan, pays nothing; a KPI that is measured and
    not paid (it opens gates, say) has a zero zone only where the whole plan pays nothing. It is flat where moving earns
    nothing though something is paid. A jump is a cliff, whichever way it goes.
    """
    measured = plan.kpi(kpi)
    total, own = (measured.from_worse(c) for c in (plan.along(kpi, at), plan.own(kpi, at)))
    lowest = _lowest_place(measured, total)
    found: list[Zone] = []
    for piece in total.pieces():
        if piece.end <= lowest:
            continue
        if piece.start > lowest and total(piece.start, "left") != piece.value:
            jump = (total(piece.start, "left"), piece.value)
            found.append(_make_zone(plan, measured, "cliff", (piece.start, piece.start), jump, None))
        start = max(piece.start, lowest)
        if piece.slope:
            kind: ZoneKind = "climb" if piece.slope > 0 else "drop"
            pays = (total(start, "right") if start > piece.start else piece.value, piece.end_value)
            found.append(_make_zone(plan, measured, kind, (start, piece.end), pays, piece.slope))
            continue
        for low, high, nothing in _cut_flat(own, start, piece.end, measured.paid):
            kind = "zero" if nothing or not piece.value else "flat"
            if found and found[-1].kind == kind and found[-1].pay_per_unit is not None and low > start:
                low = _start_place(found.pop(), measured)
            found.append(_make_zone(plan, measured, kind, (low, high), (piece.value, piece.value), 0.0))
    rounding = any(k.round_to for k in plan.kpis)
    return tuple(_as_paid(plan, measured, at, zone) for zone in found) if rounding else tuple(found)


def _as_paid(plan: Plan, kpi: Kpi, at: Mapping[str, float] | None, zone: Zone) -> Zone:
    """A zone with its money as it is paid where KPIs round their own pay, which curves are told before."""
    ahead, behind = (0.0, -kpi.sign) if kpi.counted else (BESIDE * kpi.span * kpi.sign, -BESIDE * kpi.span * kpi.sign)
    first, last = (behind, ahead) if zone.kind == "cliff" else (ahead, behind)
    far = max(kpi.span, 1.0) * kpi.sign

    def paid(result: float | None, other: float | None, step: float, away: float) -> float:
        place = kpi.target if other is None else other + away
        place = place if result is None else result + step
        return float(plan.pay([*{**plan.standing(at), kpi.id: place}.values()]))

    start, end = zone.start_result, zone.end_result
    if zone.kind in ("zero", "flat"):
        inside = None if start is None or end is None else _inside(kpi, start, end)
        beside = (end, -far) if start is None else (start, far)
        level = paid(inside, None, 0.0, 0.0) if inside is not None else paid(None, beside[0], 0.0, beside[1])
        return replace(zone, pay_start=level, pay_end=level)
    return replace(
        zone,
        pay_start=None if zone.pay_start is None else paid(start, end, first, -far),
        pay_end=None if zone.pay_end is None else paid(end, start, last, far),
    )


def _inside(kpi: Kpi, start: float, end: float) -> float:
    """A result within a stretch; of a counted KPI a whole unit of it."""
    middle = (start + end) / 2
    if not kpi.counted:
        return middle
    return float(math.floor(middle) if kpi.better == "higher" else math.ceil(middle))


def _make_zone(
    plan: Plan, kpi: Kpi, kind: ZoneKind, span: tuple[float, float], pays: tuple[float, float], slope: float | None
) -> Zone:
    """A zone from ends and payouts on the way from worse to better."""
    results = [None if math.isinf(x) else neat_number(x * kpi.sign) + 0.0 for x in span]
    places = [None if r is None else round(neat_number(kpi.attainment(r)), 9) + 0.0 for r in results]
    money = [None if math.isinf(p) else plan.money(p) for p in pays]
    per_unit = None if slope is None else round(slope * plan.incentive, 9)
    return Zone(kind, places[0], places[1], results[0], results[1], money[0], money[1], per_unit)


def _start_place(zone: Zone, kpi: Kpi) -> float:
    """Where a zone starts, on the way from worse to better."""
    return -math.inf if zone.start_result is None else zone.start_result * kpi.sign


def _cut_flat(own: Curve, start: float, end: float, paid: bool) -> Iterable[tuple[float, float, bool]]:
    """A flat stretch cut where the KPI's own pay begins or ends: (from, to, whether the KPI pays nothing there)."""
    if not paid:
        yield start, end, False
        return
    for piece in own.pieces():
        if piece.end > start and piece.start < end:
            yield max(piece.start, start), min(piece.end, end), not piece.slope and not piece.value


def _lowest_place(kpi: Kpi, total: Curve) -> float:
    """Where zones are counted from: attainment 0, or minus infinity where results below zero have meaning."""
    zero = kpi.result(0.0) * kpi.sign
    zero = float(math.ceil(zero)) if kpi.counted else zero
    breaks = [piece.start for piece in total.pieces()[1:]]
    signed = kpi.target <= 0 or kpi.scale is not None or any(b < zero - abs(kpi.slack) for b in breaks)
    return -math.inf if signed else zero
