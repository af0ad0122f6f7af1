"""How much of a team meets none of several conditions, each on a KPI of its own or on the same one.

Reps are tied by one correlation, as the team describes it: what they have in common is one normal score, and given that
score their KPIs are independent. So the share is one integral over that score, of products that have a closed form.
"""

import math
from collections.abc import Iterable, Mapping
from statistics import NormalDist

import numpy as np

from calc.piecewise.vectorized import Floats
from calc.plan.conditions import Condition
from calc.plan.kpi import Kpi
from calc.plan.terms import SLACK
from calc.situation.team import Team

STANDARD = NormalDist()
SCORES = np.linspace(-8.0, 8.0, 801)
"""Where the score that a team has in common is looked at."""
MetStretch = tuple[float, float]


def share_that_meets_none(team: Team, kpis: Mapping[str, Kpi], conditions: Iterable[Condition]) -> float:
    """The share of a team that meets none of some conditions.

    Args:
        team: where reps land, and how far they are tied.
        kpis: by id, the KPIs that the conditions are on.
        conditions: what a rep may meet.

    >>> deals, calls = (Kpi(id=name, target=100) for name in ("deals", "calls"))
    >>> either = [Condition(kpi="deals", at_least=1.0), Condition(kpi="calls", at_least=1.0)]
    >>> round(share_that_meets_none(Team(), {"deals": deals, "calls": calls}, either), 6)
    0.25
    """
    missed: dict[str, MetStretch] = {}
    for condition in conditions:
        low, high = _missed(team, kpis[condition.kpi], condition)
        before = missed.get(condition.kpi, (-math.inf, math.inf))
        missed[condition.kpi] = (max(low, before[0]), min(high, before[1]))
    stretches = list(missed.values())
    if team.correlation >= 1.0:
        low, high = max(low for low, _ in stretches), min(high for _, high in stretches)
        return max(STANDARD.cdf(high) - STANDARD.cdf(low), 0.0) if high > low else 0.0
    if not team.correlation or len(stretches) == 1:
        return math.prod(max(STANDARD.cdf(high) - STANDARD.cdf(low), 0.0) for low, high in stretches)
    tied, free = math.sqrt(team.correlation), math.sqrt(1.0 - team.correlation)
    density = np.exp(-0.5 * SCORES**2)
    given = np.prod([_between(low, high, tied, free) for low, high in stretches], axis=0)
    return float(np.sum(given * density) / np.sum(density))


def _between(low: float, high: float, tied: float, free: float) -> Floats:
    """The chance of a score between two, by what a team has in common."""
    ends = [np.array([STANDARD.cdf((end - tied * z) / free) for z in SCORES]) for end in (low, high)]
    found: Floats = np.maximum(ends[1] - ends[0], 0.0)
    return found


def _missed(team: Team, kpi: Kpi, condition: Condition) -> MetStretch:
    """From which to which normal score a rep misses a condition."""
    within = SLACK if condition.reached == "at" else -SLACK
    upwards = condition.opens_upwards(kpi)
    if kpi.counted:
        within = SLACK if upwards else -SLACK
    mark, better_opens = float(kpi.attainment(condition.boundary(kpi))), upwards == (kpi.sign > 0)
    below = team.landing(kpi).below(mark - within if better_opens else mark + within)[0]
    score = (
        math.copysign(math.inf, below - 0.5) if below in (0.0, 1.0) else STANDARD.inv_cdf(min(max(below, 1e-300), 1.0))
    )
    return (-math.inf, score) if better_opens else (score, math.inf)
