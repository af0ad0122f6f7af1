"""Stairs: a step for every counted unit is a climb, as whoever stands on it earns by one more.

A plan that pays by whole units jumps at each of them. Told one by one, that would be many cliffs and as many flat
stretches, in none of which one more adds nothing. So a run of jumps that lie one unit apart is one climb; a jump
that is much higher than the others of its run stays a cliff.
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from statistics import median

from calc.plan.kpi import Kpi
from calc.plan.zones import Zone

STAIR_TOLERANCE = 1e-9
"""How much wider than one unit a stretch may be stated [KPI unit]."""
LEAST_STAIR_TARGET = 10.0
"""The size of a target [KPI unit] from which one unit is a small step; below, a step of one is a cliff; ours."""
MUCH_HIGHER = 2.5
"""Times the middle height of its run from which a jump is no step of the stairs; ours."""


def one_unit_wide(zone: Zone, kpi: Kpi) -> bool:
    """Whether a zone is so short that one unit more always leaves it, and one unit is a small step."""
    if zone.start_result is None or zone.end_result is None or kpi.span < LEAST_STAIR_TARGET:
        return False
    return abs(zone.end_result - zone.start_result) <= 1.0 + STAIR_TOLERANCE


def stairs_as_climbs(zones: Sequence[Zone], kpi: Kpi) -> tuple[Zone, ...]:
    """The zones along a KPI with every run of steps, one unit each, as one climb."""
    told: list[Zone] = []
    run: list[Zone] = []
    for zone in (*zones, None):
        if zone is not None and _goes_on(run, zone, kpi):
            run.append(zone)
            continue
        told += _as_climbs(run)
        run = [zone] if zone is not None and _jumps_up(zone) else []
        told += [zone] if zone is not None and not run else []
    return tuple(told)


def _goes_on(run: Sequence[Zone], zone: Zone, kpi: Kpi) -> bool:
    """Whether a zone goes on with the stairs: a step after a jump, a jump after a step."""
    if not run:
        return False
    if run[-1].kind == "cliff":
        return zone.kind == "flat" and one_unit_wide(zone, kpi)
    return _jumps_up(zone)


def _jumps_up(zone: Zone) -> bool:
    return zone.kind == "cliff" and _jump_height(zone) > 0


def _jump_height(zone: Zone) -> float:
    return (zone.pay_end or 0.0) - (zone.pay_start or 0.0)


def _as_climbs(run: Sequence[Zone]) -> Iterator[Zone]:
    """A run of jumps and steps: its even parts as climbs, jumps that are much higher as cliffs."""
    middle = median([_jump_height(zone) for zone in run if zone.kind == "cliff"]) if run else 0.0
    stair: list[Zone] = []
    for zone in run:
        if zone.kind == "cliff" and _jump_height(zone) > MUCH_HIGHER * middle:
            yield from _climb_of(stair)
            yield zone
            stair = []
        else:
            stair.append(zone)
    yield from _climb_of(stair)


def _climb_of(stair: Sequence[Zone]) -> Iterator[Zone]:
    """The climb that steps are, with the level stretches before its first and behind its last jump left as they are."""
    jumps = [i for i, zone in enumerate(stair) if zone.kind == "cliff"]
    if len(jumps) < 2:
        yield from stair
        return
    first, last = stair[jumps[0]], stair[jumps[-1]]
    width = abs((last.start_result or 0.0) - (first.start_result or 0.0))
    per_unit = round(((last.pay_end or 0.0) - (first.pay_end or 0.0)) / width, 9)
    yield from stair[: jumps[0]]
    ends = {"end": last.end, "end_result": last.end_result, "pay_end": last.pay_end}
    yield replace(first, kind="climb", pay_per_unit=per_unit, **ends)
    yield from stair[jumps[-1] + 1 :]
