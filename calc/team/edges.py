"""Who stands near an edge: within one unit, or a twentieth of target, of a cliff, a floor or a ceiling.

What an edge is worth is the money between where somebody stands and the edge reached, the other KPIs standing as they
do. Edges are read off the exact curve of each KPI, its gates and its modifiers; nothing is sampled.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from calc.piecewise.vectorized import Floats
from calc.plan.kpi import Kpi
from calc.plan.plan import Plan
from calc.team.paid_people import PaidPeople, pay_people, without_places

EDGE_REACH = 0.05
"""The part of target within which an edge is near."""
AFTER = 1e-6
"""How far behind an edge the pay is read [attainment]."""


@dataclass(frozen=True)
class NearEdge:
    """Somebody near an edge.

    Args:
        person: the place of the person.
        period: the label of the period that it is about, the latest that the person has; "" where there is one alone.
        kpi: the id of the KPI.
        kind: "cliff" where the pay jumps up, "drop" where it jumps down, "floor" where it begins, "ceiling" where it
            ends to grow.
        at: the edge [attainment].
        away: how much attainment is between; below 0 where the edge has been passed.
        worth: what reaching it pays more, or what having passed it pays more than falling short [money].
    """

    person: int
    kpi: str
    kind: str
    at: float
    away: float
    worth: float
    period: str = ""


def near_edges(paid: PaidPeople) -> tuple[NearEdge, ...]:
    """Everybody who stands near an edge, the dearest first.

    >>> from calc.plan.mechanics import Band
    >>> from calc.team.paid_people import results_of
    >>> plan = Plan(target_incentive=1000, kpis=(Kpi(id="deals", target=100, weight=1, curve=Band(floor=0.7)),))
    >>> team = results_of(plan, ("Jo", "Sam"), [[69], [90]])
    >>> [(one.person, one.kind, one.at, one.worth) for one in near_edges(pay_people(plan, team))]
    [(0, 'cliff', 0.7, 700.0)]
    """
    rows = without_places(paid)
    latest = latest_rows(paid)
    found: list[NearEdge] = []
    for i, kpi in enumerate(paid.plan.kpis):
        if kpi.id in paid.plan.deciding:
            found += [
                replace(one, person=latest[one.person], period=rows.team.periods[one.person])
                for one in _near(rows, i, kpi, edges_along(paid.plan, kpi))
                if one.person in latest
            ]
    return tuple(sorted(found, key=lambda one: (-abs(one.worth), one.person, one.kpi)))


def latest_rows(paid: PaidPeople) -> dict[int, int]:
    """By the row of each person's latest period the place of the person; a period stands under its label's order."""
    rows = paid.by_period
    place = {name: n for n, name in enumerate(paid.names)} if paid.added_up is not None else None
    if place is None:
        return {n: n for n in range(len(rows))}
    latest: dict[str, int] = {}
    for n, name in enumerate(rows.names):
        if name not in latest or rows.team.periods[n] >= rows.team.periods[latest[name]]:
            latest[name] = n
    return {row: place[name] for name, row in latest.items()}


def edges_along(plan: Plan, kpi: Kpi) -> list[float]:
    """Where the pay along a KPI breaks, whoever stands where on the others [attainment], as terms name it.

    They are the breaks of the KPI's own curve, and of the gates and modifiers that read it.
    """
    curves = [] if kpi.curve is None or not kpi.paid or hasattr(kpi.curve, "with_") else [kpi.by_result]
    curves += [c.opening(kpi) for g in plan.gates for c in g.conditions if c.kpi == kpi.id]
    curves += [m.by_result(kpi) for m in plan.modifiers if m.kpi == kpi.id]
    places = {round(float(kpi.attainment(x)), 9) for curve in curves for x in curve.starts[1:]}
    return sorted(places)


def _near(paid: PaidPeople, i: int, kpi: Kpi, edges: list[float]) -> list[NearEdge]:
    """The people near any edge of one KPI; what the four places around all of them pay is worked out at once."""
    beside = [(at, rows) for at in edges if len(rows := _rows_near(paid, i, kpi, at))]
    if not beside:
        return []
    around = [(at + step, rows) for at, rows in beside for step in (-EDGE_REACH, -AFTER, 0.0, EDGE_REACH)]
    places = np.concatenate([np.full(len(rows), place) for place, rows in around])
    money = _pay_at(paid, np.concatenate([rows for _, rows in around]), i, places)
    found: list[NearEdge] = []
    for at, rows in beside:
        pays, money = np.split(money, [4 * len(rows)])
        found += _edges_of(paid, i, kpi, at, rows, pays.reshape(4, -1))
    return found


def _rows_near(paid: PaidPeople, i: int, kpi: Kpi, at: float) -> NDArray[np.intp]:
    """The rows of the people near one edge of one KPI."""
    spans = np.full(len(paid), kpi.scale) if kpi.scale is not None else np.abs(paid.team.targets[:, i])
    reach = np.maximum(EDGE_REACH, 1.0 / spans if kpi.unit != "%" else 0.0)
    return np.flatnonzero(np.abs(np.round(at - paid.attainment[:, i], 9)) <= np.minimum(reach, 0.5))


def _edges_of(
    paid: PaidPeople, i: int, kpi: Kpi, at: float, rows: NDArray[np.intp], pays: Floats
) -> Iterator[NearEdge]:
    """What one edge is to those near it, by what is paid well before, just before, at, and well behind it (4, rows)."""
    away = np.round(at - paid.attainment[rows, i], 9)
    stands = paid.multiple[rows] * paid.incentive[rows]
    for n, row in enumerate(rows):
        before, short, there, beyond = map(float, pays[:, n])
        kind = _kind_of_edge(before, short, there, beyond, float(paid.incentive[row]))
        if kind is not None:
            worth = round(there - (short if away[n] <= 0 else float(stands[n])), paid.plan.minor) + 0.0
            yield NearEdge(int(row), kpi.id, kind, at, float(away[n]) + 0.0, worth)


def _kind_of_edge(before: float, short: float, there: float, beyond: float, whole: float) -> str | None:
    """What an edge is, by the pay well before, just before, at, and well behind it; None for a mere bend."""
    least = 1e-4 * whole
    if abs(there - short) > least:
        return "cliff" if there > short else "drop"
    grows_before, grows_after = abs(short - before) > least, abs(beyond - there) > least
    if grows_before == grows_after:
        return None
    return "floor" if grows_after else "ceiling"


def _pay_at(paid: PaidPeople, rows: NDArray[np.intp], i: int, attainment: Floats) -> Floats:
    """What people would be paid [money, not rounded] with one KPI at attainments (rows,), the others as they stand."""
    kpi = paid.plan.kpis[i]
    team = paid.team
    targets = team.targets[rows]
    spans = np.full(len(rows), kpi.scale) if kpi.scale is not None else np.abs(targets[:, i])
    results = team.results[rows].copy()
    results[:, i] = targets[:, i] + kpi.sign * (attainment - 1.0) * spans
    moved = replace(
        team,
        names=tuple(team.names[n] for n in rows),
        periods=tuple(team.periods[n] for n in rows),
        results=results,
        targets=targets,
        incentives=team.incentives[rows],
        attributes=(),
    )
    found = pay_people(paid.plan, moved)
    return found.multiple * found.incentive
