"""Falling pay: more earns less.

What it is: a stretch, or a point, from which the pay of the whole plan goes down as a KPI's result gets better. Its
money is the fall; where it goes on without end, up to the best in twenty of the team.

Why it hurts: whoever stands before it is paid to stop, and whoever has passed it is paid to have sold less.

What to do: hold the pay where it would fall. A table that was typed wrong is the commonest cause, a lower rate that
counts for everything sold the next.

Source: "a comp plan should always tell a rep to close a deal today" (QuotaPath).
"""

import math
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import groupby

from calc.diagnosis.context import BEST_IN_TWENTY, STATED, Case
from calc.diagnosis.cures.targets import never_falling
from calc.diagnosis.finding import Finding
from calc.messages import Fact, Money, Sentence
from calc.piecewise.segments import neat_number
from calc.plan.kpi import Kpi
from calc.plan.zones import Zone


@dataclass(frozen=True)
class _Fall:
    """From where to where pay falls, and where it is again what it was [attainment]; None for no end."""

    start: float | None
    end: float | None
    back: float | None


def find_falling_pay(case: Case) -> Iterator[Finding]:
    """A finding for each fall of pay along a KPI that the pay depends on."""
    for kpi in case.plan.kpis:
        if kpi.id in case.plan.deciding:
            yield from (_make_finding(case, kpi, fall) for fall in _join_falls(case, kpi))


def _join_falls(case: Case, kpi: Kpi) -> Iterator[_Fall]:
    """The falls along a KPI, neighbours as one."""
    for falling, group in groupby(case.zones(kpi), key=_is_falling):
        if falling:
            zones = list(group)
            fall = _Fall(zones[0].start, zones[-1].end, _recovery_place(case, kpi, zones))
            if not kpi.counted or fall.end is None or _money_lost(case, kpi, fall) > 0:
                yield fall


def _is_falling(zone: Zone) -> bool:
    down = zone.pay_start is not None and zone.pay_end is not None and zone.pay_end < zone.pay_start
    return zone.kind == "drop" or (zone.kind == "cliff" and down)


def _recovery_place(case: Case, kpi: Kpi, zones: Iterable[Zone]) -> float | None:
    """Where pay is again what it was before the fall."""
    first, *_, last = (*zones, *zones)
    if first.start is None or last.end is None:
        return None
    along, end = case.along(kpi), case.own_break(kpi, last.end)
    before = _before(case, kpi, first.start)
    for piece in along.pieces():
        if piece.end > end:
            start = max(piece.start, end)
            value = float(along(start, "right"))
            if value >= before:
                return start
            if piece.slope > 0 and (math.isinf(piece.end) or piece.end_value >= before):
                place = _of_whole_units(kpi, float(start + (before - value) / piece.slope))
                if not kpi.counted or place < piece.end - STATED:
                    return place
    return None


def _before(case: Case, kpi: Kpi, start: float) -> float:
    """What is paid just short of where a fall begins [money]; of whole units, for the last one before a jump."""
    along, place = case.along(kpi), case.own_break(kpi, start)
    if kpi.counted and any(abs(jump.at - place) <= STATED for jump in along.jumps()):
        return float(along(case.own_break(kpi, place - 1.0 / kpi.span), "right"))
    return float(along(place, "left"))


def _of_whole_units(kpi: Kpi, attainment: float) -> float:
    """A place [attainment]; of a counted KPI, the first whole unit there or beyond."""
    if not kpi.counted:
        return attainment
    result = neat_number(kpi.result(attainment))
    return float(kpi.attainment(math.ceil(result) if kpi.better == "higher" else math.floor(result)))


def _money_lost(case: Case, kpi: Kpi, fall: _Fall) -> float:
    """How far pay falls [money]: on the left of where it begins against on the right of where it ends."""
    along, landing = case.along(kpi), case.landing(kpi)
    start = case.own_break(kpi, fall.start or 0.0)
    before = _before(case, kpi, fall.start or 0.0)
    if fall.end is not None:
        return before - float(along(case.own_break(kpi, fall.end), "right"))
    best = start + 1.0 if landing is None else max(float(landing.at_score(BEST_IN_TWENTY)), start)
    return before - float(along(best))


def _make_finding(case: Case, kpi: Kpi, fall: _Fall) -> Finding:
    money, start = case.money(_money_lost(case, kpi, fall)), fall.start or 0.0
    until = "" if fall.end is None or fall.end == fall.start else " to {end}"
    said = "" if fall.back is None else " It is back where it was only at {back}."
    ends: dict[str, Fact] = {"end": case.result(kpi, fall.end)} if until and fall.end is not None else {}
    backs: dict[str, Fact] = {} if fall.back is None else {"back": case.result(kpi, fall.back)}
    where = ("From {start}" + until) if until or fall.end is None else "At {start}"
    return Finding(
        check="falling_pay",
        severity="alarm",
        kpi=kpi.id,
        span=(fall.start, fall.end),
        money=money,
        share=case.share(kpi, fall.start, fall.back),
        title=Sentence.of(
            "Takes {money} away from whoever goes beyond {start}", money=Money(money), start=case.result(kpi, start)
        ),
        says=Sentence.of(
            where + " of {kpi}, a better result earns less: pay falls by {money}." + said,
            start=case.result(kpi, start),
            kpi=case.name(kpi),
            money=Money(money),
            **ends,
            **backs,
        ),
        do=Sentence.of("Hold the pay where it would fall."),
        source="a comp plan should always tell a rep to close a deal today: QuotaPath",
        mends=lambda: never_falling(case, kpi, lambda c, k: any(_join_falls(c, k))),
    )
