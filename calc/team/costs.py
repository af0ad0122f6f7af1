"""What a plan costs these people: at target, expected, and as they landed; over other means, and by chance.

People's own results are slid, not a described team's; where people have several periods, each is paid by itself. Chance
is that of independent people and periods, each of which lands where the team does. What places pay is paid wherever
people land. Base pay is left out.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from statistics import NormalDist

import numpy as np

from calc.outcomes.expected_cost import expected_pay
from calc.piecewise.vectorized import Floats
from calc.plan.plan import Plan
from calc.situation.team import Team, draw_team
from calc.team.paid_people import PaidPeople, TeamResults, pay_people, without_places

SLIDES = tuple(round(0.05 * n, 2) for n in range(-4, 5))
"""By how much the results of a team are slid."""
TENTH = NormalDist().inv_cdf(0.9)


@dataclass(frozen=True)
class TeamCost:
    """Money for a period: at target, expected of a team that lands as these people do, and of these people."""

    at_target: float
    expected: float
    paid: float


def team_cost(paid: PaidPeople) -> TeamCost:
    """What a plan costs these people; expected is of a normal team of the same mean and spread."""
    plan = paid.plan
    team = fitted_team(paid.by_period)
    fitted = plan.changed(kpis=tuple(k.changed(team_mean=None, team_spread=None, team_target=None) for k in plan.kpis))
    share = expected_pay(fitted, team) / fitted.incentive
    whole = float(paid.incentive.sum())
    beside = paid.total - without_places(paid).total
    return TeamCost(whole + beside, whole * share + beside, paid.total)


def fitted_team(paid: PaidPeople) -> Team:
    """A described team of the mean and spread of these people."""
    mean = min(max(float(paid.overall.mean()), 1e-3), 10.0)
    return Team(size=max(len(paid), 1), mean=mean, spread=min(float(paid.overall.std()), 5.0))


@dataclass(frozen=True)
class SlidCost:
    """What a plan costs when all results are slid: by how much, the cost, and the cost per unit of sales."""

    slide: float
    cost: float
    per_sales: float | None


def slide_results(paid: PaidPeople, slides: Sequence[float] = SLIDES) -> tuple[SlidCost, ...]:
    """What a plan costs these people when every result that grows better is so much better or worse.

    Args:
        paid: the people.
        slides: shares of the own target's distance from nothing: 0.05 makes 105 of 100.
    """
    found = []
    rows = without_places(paid)
    beside = paid.total - rows.total
    for slide in slides:
        slid = pay_people(paid.plan, slid_results(rows, slide))
        sales = float(np.maximum(main_results(slid), 0).sum())
        cost = round(slid.total + beside, paid.plan.minor)
        found.append(SlidCost(slide, cost, cost / sales if sales else None))
    return tuple(found)


def slid_results(paid: PaidPeople, slide: float) -> TeamResults:
    """The same people with attainments (n, k) multiplied by 1 + slide."""
    moved = paid.attainment * (1.0 + slide)
    return with_attainment(paid, moved)


def with_attainment(paid: PaidPeople, attainment: Floats) -> TeamResults:
    """The same people with other attainments (n, k), as results of their own targets."""
    signs = np.array([k.sign for k in paid.plan.kpis])
    spans = np.abs(paid.team.targets)
    for i, k in enumerate(paid.plan.kpis):
        if k.scale is not None:
            spans[:, i] = k.scale
    return replace(paid.team, results=paid.team.targets + signs * (attainment - 1.0) * spans)


def main_kpi(plan: Plan) -> int:
    """The place of the KPI that pays most at target."""
    return int(np.argmax([plan.targeted[k.id] if k.paid else -1.0 for k in plan.kpis]))


def main_results(paid: PaidPeople) -> Floats:
    """Results (n,) of the KPI that pays most [its unit]: what cost is set against."""
    return paid.team.results[:, main_kpi(paid.plan)]


@dataclass(frozen=True)
class CostByChance:
    """What a plan costs by chance alone: the mean, and what one time in ten is less, or more [money]."""

    mean: float
    p10: float
    p90: float


def cost_by_chance(plan: Plan, team: Team, incentives: Floats) -> CostByChance:
    """What a plan costs a team by chance, people landing each for themselves; by the normal law of large teams.

    Args:
        plan: the plan.
        team: where people land.
        incentives: (n,) each person's own [money].
    """
    payout = plan.payout(draw_team(team, plan))
    mean = float(incentives.sum()) * expected_pay(plan, team) / plan.incentive
    spread = float(np.sqrt(np.sum(incentives**2))) * float(payout.std())
    return CostByChance(mean, mean - TENTH * spread, mean + TENTH * spread)


@dataclass(frozen=True)
class PartCost:
    """Pay, sales and their ratio for a part of the team; None where nothing is sold."""

    part: str
    people: int
    pay: float
    sales: float
    ratio: float | None


def cost_by_part(paid: PaidPeople, parts: Sequence[str]) -> tuple[PartCost, ...]:
    """Cost of sales by part of the team.

    Args:
        paid: the people.
        parts: (n,) the part that each belongs to.
    """
    sales = main_results(paid)
    found = []
    for part in sorted({*parts}):
        here = np.array([one == part for one in parts])
        pay, sold = round(float(paid.pay[here].sum()), paid.plan.minor), float(sales[here].sum())
        found.append(PartCost(part, int(here.sum()), pay, sold, pay / sold if sold > 0 else None))
    return tuple(found)


def attainment_bands(overall: Floats) -> list[str]:
    """The band of ten points of attainment in which each person (n,) lands, as its beginning in per cent.

    >>> attainment_bands(np.array([0.85, 1.0]))
    ['80', '100']
    """
    return [f"{10 * int(np.floor(round(float(a) * 10, 8)))}" for a in overall]


def worth_of_better_quotas(paid: PaidPeople, points: float = 0.01) -> float:
    """What the plan would cost less [money] if every quota were so chosen that each lands a point nearer to target.

    Source: Gartner puts a share of pay on quotas that miss; the figure here is of these people.
    """
    rows = without_places(paid)
    gap = 1.0 - rows.attainment
    nearer = rows.attainment + np.sign(gap) * np.minimum(np.abs(gap), points)
    return round(rows.total - pay_people(rows.plan, with_attainment(rows, nearer)).total, rows.plan.minor) + 0.0
