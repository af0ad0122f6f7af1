"""A team under a plan in a dozen figures.

They say what it costs, how pay is spread, who stands where, and whether pay follows sales. The team is named people, or
one that is described by its mean and spread. Of a described team what lies along one KPI is in closed form; what ties
KPIs together is read off the fixed lattice of equally likely reps.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from calc.documents.planfile import Preset
from calc.documents.preset_tables import Rep
from calc.outcomes.expected_cost import cost_of_plan
from calc.plan.plan import Plan
from calc.plan.zones import Zone, zones
from calc.situation.team import TYPICAL, Team, draw_team
from calc.team.costs import main_kpi
from calc.team.paid_people import PaidPeople, TeamResults, last_results, pay_people, results_of, without_places
from calc.team.performance import count_inversions, relation

MOVED_BY = 1e-6
"""How far somebody is moved to see whether moving pays [attainment]."""
PAYOUT_TOLERANCE = 1e-12
"""Payouts that differ by less are the same."""


@dataclass(frozen=True)
class TeamShares:
    """Parts of a team: paid nothing; paid, but nothing more for more; below the floor, at target, at the ceiling.

    All but the first are along the KPI that pays most.
    """

    zero: float
    flat: float
    below_floor: float
    at_target: float
    at_ceiling: float


@dataclass(frozen=True)
class TeamOverview:
    """A team under a plan.

    Args:
        size: how many people, or people and periods.
        cost: what all are paid [money]; of a described team what is expected.
        cost_at_target: the same where everybody stands at target [money].
        p10, p50, p90: what a tenth, half and nine tenths are paid at the most [money].
        share: the parts of the team.
        pay_performance_r: the relation of attainment with pay as a multiple of the own incentive; None where either
            does not vary.
        inversions: pairs of people of whom one sells more and is paid a smaller multiple.
    """

    size: int
    cost: float
    cost_at_target: float
    p10: float
    p50: float
    p90: float
    share: TeamShares
    pay_performance_r: float | None
    inversions: int


def overview_of_people(paid: PaidPeople) -> TeamOverview:
    """Named people in a dozen figures; what they are paid beside the plan, by place, counts as it is.

    >>> from calc.plan.kpi import Kpi
    >>> from calc.plan.mechanics import Band
    >>> plan = Plan(target_incentive=1000, kpis=(Kpi(id="deals", target=100, weight=1, curve=Band(floor=0.7)),))
    >>> found = overview_of_people(pay_people(plan, results_of(plan, ("Jo", "Sam"), [[50], [120]])))
    >>> found.cost, found.share.zero, found.share.below_floor, found.share.at_target
    (1200.0, 0.5, 0.5, 0.5)
    """
    p10, p50, p90 = map(float, np.quantile(paid.pay, (0.1, 0.5, 0.9)))
    rows = without_places(paid)
    at_target = pay_people(paid.plan, replace(rows.team, results=rows.team.targets)).total
    beside = paid.total - rows.total
    return TeamOverview(
        len(paid),
        paid.total,
        round(at_target + beside, paid.plan.minor),
        p10,
        p50,
        p90,
        shares_of_people(paid),
        relation(paid.overall, paid.multiple),
        count_inversions(paid.overall, paid.multiple),
    )


def overview_of_team(preset: Preset) -> TeamOverview:
    """A described team in a dozen figures; a typical one where none is described."""
    plan, team = preset.plan, preset.team or TYPICAL
    draws = draw_team(team, plan)
    paid = pay_people(plan, results_of(plan, [""] * len(draws), draws))
    cost = cost_of_plan(plan, team)
    p10, p50, p90 = map(float, np.quantile(paid.pay, (0.1, 0.5, 0.9)))
    pairs = count_inversions(paid.overall, paid.multiple) / math.comb(len(paid), 2)
    shares = described_shares(plan, team, paid)
    return TeamOverview(
        team.size,
        cost.expected * team.size,
        cost.at_target * team.size,
        p10,
        p50,
        p90,
        shares,
        relation(paid.overall, paid.multiple),
        round(pairs * math.comb(team.size, 2)),
    )


def team_of_reps(plan: Plan, reps: Sequence[Rep]) -> TeamResults:
    """The named reps of a plan file; a KPI that is not named stands at the rep's target."""
    targets = [[rep.targets.get(k.id, k.target) for k in plan.kpis] for rep in reps]
    results = [
        [rep.results.get(k.id, target) for k, target in zip(plan.kpis, row, strict=True)]
        for rep, row in zip(reps, targets, strict=True)
    ]
    team = results_of(plan, [rep.name for rep in reps], results, targets)
    own = [rep.target_incentive or whole for rep, whole in zip(reps, team.incentives, strict=True)]
    last = last_results([rep.last_year for rep in reps], plan)
    return replace(team, incentives=np.array(own, dtype=np.float64), last_year=last)


def shares_of_people(paid: PaidPeople) -> TeamShares:
    """Parts of people, each counted."""
    main = main_kpi(paid.plan)
    along = paid.attainment[:, main]
    floor, ceiling = edges_of_main(paid.plan)
    nothing = paid.multiple <= 1e-12
    flat = ~nothing & ~_gains(paid)
    return TeamShares(
        float(nothing.mean()),
        float(flat.mean()),
        float((along < floor).mean()) if math.isfinite(floor) else 0.0,
        float((along >= 1.0).mean()),
        float((along >= ceiling).mean()) if math.isfinite(ceiling) else 0.0,
    )


def _gains(paid: PaidPeople) -> NDArray[np.bool_]:
    """Whether each person is paid more for more of the KPI that pays most (n,), in one period at least."""
    main = main_kpi(paid.plan)
    kpi = paid.plan.kpis[main]
    team = paid.by_period.team
    moved = team.results.copy()
    moved[:, main] += kpi.sign * (1.0 if kpi.counted else MOVED_BY * kpi.span)
    more, now = (pay_people(paid.plan, replace(team, results=x)) for x in (moved, team.results))
    gains: NDArray[np.bool_] = more.multiple > now.multiple + PAYOUT_TOLERANCE
    if paid.added_up is None:
        return gains
    here = {name for name, more_paid in zip(team.names, gains, strict=True) if more_paid}
    return np.array([name in here for name in paid.names])


def edges_of_main(plan: Plan) -> tuple[float, float]:
    """The floor and the ceiling of the KPI that pays most [attainment]; infinite where it has none."""
    found = zones(plan, plan.kpis[main_kpi(plan)].id)
    floor = found[0].end if found and _pays_nothing(found[0]) else None
    ceiling = found[-1].start if len(found) > 1 and found[-1].kind == "flat" and found[-1].end is None else None
    return (-math.inf if floor is None else floor), (math.inf if ceiling is None else ceiling)


def _pays_nothing(zone: Zone) -> bool:
    return zone.kind in ("zero", "flat") and zone.pay_per_unit == 0.0


def described_shares(plan: Plan, team: Team, drawn: PaidPeople) -> TeamShares:
    """Parts of a described team: in closed form where the pay hangs on one KPI, else counted.

    Args:
        plan: the plan.
        team: where people land.
        drawn: equally likely reps of that team, paid.
    """
    return _closed_shares(plan, team) if len(plan.deciding) == 1 else shares_of_people(drawn)


def _closed_shares(plan: Plan, team: Team) -> TeamShares:
    kpi = plan.kpi(plan.deciding[0])
    landing = team.landing(kpi)

    def between(low: float | None, high: float | None) -> float:
        ends = (-math.inf if low is None else low), (math.inf if high is None else high)
        return max(landing.below(ends[1])[0] - landing.below(ends[0])[0], 0.0)

    found = zones(plan, kpi.id)
    begins = found[0].start
    zero, flat = (sum(between(z.start, z.end) for z in found if z.kind == kind) for kind in ("zero", "flat"))
    zero += between(None, begins) if begins is not None and found[0].kind == "zero" else 0.0
    floor, ceiling = edges_of_main(plan)
    return TeamShares(
        zero,
        flat,
        landing.below(floor)[0] if math.isfinite(floor) else 0.0,
        1.0 - landing.below(1.0)[0],
        1.0 - landing.below(ceiling)[0] if math.isfinite(ceiling) else 0.0,
    )
