"""The same people under two plans, A and B: whom B pays more, whom less, and by how much.

The people are those that plan A describes (plan B's, where A describes none); they land on the results on which they
land, whatever the target. Base pay is left out. Not modelled: that anybody sells more, or less, because of the other
plan.
"""

from dataclasses import dataclass

import numpy as np

from calc.documents.planfile import Preset
from calc.outcomes.difference import shared_kpis
from calc.outcomes.expected_cost import cost_of_plan
from calc.piecewise.vectorized import Floats
from calc.plan.kpi import Kpi
from calc.plan.plan import Plan
from calc.situation.team import PEOPLE, TYPICAL, Team, keep_people, scatter_team


@dataclass(frozen=True)
class Settled:
    """Two presets with the same people under both; `described` is whether either describes a team at all."""

    a: Preset
    b: Preset
    described: bool


def settle_people(a: Preset, b: Preset) -> Settled:
    """Both presets with the people of the first, each landing on the results on which they land."""
    if a.team is None and b.team is not None:
        return Settled(_host_people(b, a), b, True)
    return Settled(a, _host_people(a, b), a.team is not None)


def _host_people(home: Preset, guest: Preset) -> Preset:
    """The guest with the people who live under the other preset."""
    common = shared_kpis(home.plan, guest.plan)
    team = home.team or TYPICAL
    kpis = tuple(
        _lived_on(home.plan.kpi(kpi.id), kpi, team)
        if kpi.id in common
        else _describe_kpi(kpi, guest.team or team, team)
        for kpi in guest.plan.kpis
    )
    moved = any(new != old for new, old in zip(kpis, guest.plan.kpis, strict=True))
    if not moved and guest.team == home.team:
        return guest
    return guest.changed(plan=guest.plan.changed(kpis=kpis) if moved else guest.plan, team=home.team)


def _lived_on(before: Kpi, kpi: Kpi, team: Team) -> Kpi:
    """A KPI of the guest with the people of the same KPI at home."""
    people = {name: getattr(before, name) for name in PEOPLE}
    return keep_people(before, kpi.changed(**people), team)


def _describe_kpi(kpi: Kpi, own: Team, team: Team) -> Kpi:
    """A KPI that home does not have, with the people whom its own plan describes."""
    mean, spread = own.described(kpi)
    return kpi if (mean, spread) == team.described(kpi) else kpi.changed(team_mean=mean, team_spread=spread)


@dataclass(frozen=True)
class Impact:
    """What becomes of the people of A under B: the shares who earn more, less, the same; and by how much [money]."""

    more: float
    less: float
    same: float
    gain: float
    loss: float


def measure_impact(a: Preset, b: Preset) -> Impact:
    """Who earns more and who less under B, over the whole team, every KPI moving; two settled presets.

    How much adds up to the difference in expected cost. The team is a fixed lattice of equally likely reps; somebody on
    a measure that both plans have stands at one result.
    """
    change = np.subtract(*(plan.pay(results) for plan, results in reversed(_paid_people(a, b))))
    least = 0.5 * 10.0**-b.plan.minor
    up, down = change > least, change < -least
    more, less = float(up.mean()), float(down.mean())
    gained, lost = (float(change[who].sum()) / len(change) for who in (up, down))
    gained, lost = _adding_up(
        gained, -lost, cost_of_plan(b.plan, b.team).expected - cost_of_plan(a.plan, a.team).expected
    )
    return Impact(more, less, max(1.0 - more - less, 0.0), gained / more if more else 0.0, lost / less if less else 0.0)


def _adding_up(gained: float, lost: float, gap: float) -> tuple[float, float]:
    """What a lattice's reps gain and lose in all [money per rep], made to add up to the exact difference in cost.

    The lattice is a little off; what it misses is shared out in proportion.
    """
    moved = gained + lost
    missed = gap - (gained - lost)
    if not moved:
        return gained, lost
    return max(gained + missed * gained / moved, 0.0), max(lost - missed * lost / moved, 0.0)


def _paid_people(a: Preset, b: Preset) -> list[tuple[Plan, Floats]]:
    """Each plan with the same reps' results (n, k) [KPI units]."""
    common = shared_kpis(a.plan, b.plan)
    new = [k for k in b.plan.kpis if k.id not in common]
    results = scatter_team(a.team or TYPICAL, (*a.plan.kpis, *new))
    place = {k.id: i for i, k in enumerate(a.plan.kpis) if k.id in common}
    place |= {k.id: len(a.plan.kpis) + i for i, k in enumerate(new)}
    return [(a.plan, results[:, : len(a.plan.kpis)]), (b.plan, results[:, [place[k.id] for k in b.plan.kpis]])]
