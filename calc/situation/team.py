"""The team that lives under a plan: how many, where they land on average, how widely they scatter.

Mean and spread are attainment [1 = on target]; a KPI may carry its own. Between KPIs reps are tied by one correlation
(a Gaussian copula). People land where they land in the KPI's own unit, whatever its target, its scale or its better
side becomes (`keep_people`). What is not modelled: how the plan changes where people land; that is the behaviour
model's.
"""

import math
from collections.abc import Sequence
from functools import lru_cache
from statistics import NormalDist
from typing import Literal

import numpy as np

from calc.piecewise.distributions import Distribution, Lognormal, Normal, Shifted, move_distribution
from calc.piecewise.segments import neat_number
from calc.piecewise.vectorized import Floats
from calc.plan.kpi import Kpi
from calc.plan.plan import Plan
from calc.plan.terms import FiniteNumber, Terms, Whole, term

DRAWS = 4096
"""Points of the fixed lattice that stands for a team where a closed form does not reach."""
LEAST_MEAN = 1e-3
"""The least mean [attainment] that a scatter of another shape than the normal one has; below it nothing is skewed."""
SKEW = 0.340
"""The lognormal sigma that gives a skewness of about 1.1, for 'skewed'."""


class Team(Terms):
    """Size, mean, spread, correlation between KPIs, and shape of the scatter."""

    size: Whole = term(50, ge=1, le=100_000, unit="reps", slider=(1, 500), help="how many reps are on the plan")
    mean: FiniteNumber = term(1.0, gt=0, le=10, unit="attainment", slider=(0.2, 2), help="where reps land on average")
    spread: FiniteNumber = term(
        0.2, ge=0, le=5, unit="attainment", slider=(0, 0.8), help="the standard deviation of where reps land"
    )
    correlation: FiniteNumber = term(0.0, ge=0, le=1, help="how far a rep who is good at one KPI is good at the others")
    shape: Literal["normal", "lognormal", "skewed"] = term("normal", help="the shape of the scatter")

    def landing(self, kpi: Kpi) -> Distribution:
        """Where the team lands on one KPI [attainment of its target], whatever target it was described on."""
        return move_distribution(self.shaped(*self.described(kpi)), *kpi.team_line)

    def described(self, kpi: Kpi) -> tuple[float, float]:
        """Mean and spread on one KPI [attainment of the target that the team was described on]."""
        mean = self.mean if kpi.team_mean is None else kpi.team_mean
        return mean, self.spread if kpi.team_spread is None else kpi.team_spread

    def shaped(self, mean: float, spread: float) -> Distribution:
        """A scatter of the team's shape with another mean and spread [attainment]."""
        if self.shape == "normal" or mean < LEAST_MEAN or not spread:
            return Normal(mean, spread)
        return Lognormal(mean, spread) if self.shape == "lognormal" else Shifted(mean, spread, SKEW)


TYPICAL = Team(size=1, mean=1.0, spread=0.2)
"""A team that is nobody's, where a preset describes none: on target on average, and a fifth off either way."""
PEOPLE = ("team_mean", "team_spread", "team_target")
"""The terms of a KPI that say where the team lands on it."""


def keep_people(before: Kpi, after: Kpi, team: Team | None) -> Kpi:
    """A changed KPI whose team lands on the results on which it landed before the change.

    After another target, `team_target` keeps the one that the team was described on, so that nothing is rounded and
    the way back ends where it began. Another scale or better side has the mean and the spread told anew; a scatter
    with a tail then has its tail on the better side. Where the change itself says where the team lands, that holds.

    Args:
        before: the KPI before the change.
        after: the same KPI after it.
        team: who lives under the plan; a team as teams usually are where None.

    Raises:
        Refused: the mean or the spread is more than a KPI may carry.

    >>> deals = Kpi(id="deals", target=100)
    >>> easier = keep_people(deals, deals.changed(target=50), Team(mean=0.55))
    >>> Team(mean=0.55).landing(easier).mean
    1.1
    >>> keep_people(easier, easier.changed(target=100), Team(mean=0.55)) == deals
    True
    """
    if any(getattr(before, name) != getattr(after, name) for name in PEOPLE):
        return after
    if (before.scale, before.better) != (after.scale, after.better):
        return _described_anew(before, after, team or TYPICAL)
    first = before.target if before.team_target is None else before.team_target
    kept = None if first == after.target else first
    return after if kept == after.team_target else after.changed(team_target=kept)


def _described_anew(before: Kpi, after: Kpi, team: Team) -> Kpi:
    """A KPI of another scale or better side, with the mean and the spread of the team told in its own attainment."""
    landing = team.landing(before)
    mean = neat_number(float(after.attainment(before.result(landing.mean))))
    spread = neat_number(landing.sd * before.span / after.span)
    return after.changed(
        team_mean=None if mean == team.mean else mean,
        team_spread=None if spread == team.spread else spread,
        team_target=None,
    )


def share_between(landing: Distribution, low: float, high: float) -> float:
    """The share of a team that lands from `low` up to, and not at, `high` [attainment]."""
    return max(landing.below(high)[0] - landing.below(low)[0], 0.0)


def draw_team(team: Team, plan: Plan) -> Floats:
    """Results of a team as a fixed lattice of equally likely reps (DRAWS, k) [KPI units].

    The same team and plan give the same reps, so that two plans are compared on the same people.
    """
    return scatter_team(team, plan.kpis)


def scatter_team(team: Team, kpis: Sequence[Kpi]) -> Floats:
    """Results of a team on any KPIs (DRAWS, k) [KPI units], as `draw_team` has them."""
    landings = tuple(team.landing(kpi) for kpi in kpis)
    spans = np.array([kpi.sign * kpi.span for kpi in kpis])
    return np.array([kpi.target for kpi in kpis]) + spans * (_lattice_landings(landings, team.correlation) - 1.0)


@lru_cache(maxsize=16)
def _lattice_landings(landings: tuple[Distribution, ...], correlation: float) -> Floats:
    """Where the lattice's reps land on each KPI (DRAWS, k) [attainment]; the same while a plan's curves are moved."""
    z = normal_lattice(len(landings) + 1)
    tied, free = math.sqrt(correlation), math.sqrt(1.0 - correlation)
    found = np.column_stack([one.at_score(tied * z[:, 0] + free * z[:, i + 1]) for i, one in enumerate(landings)])
    found.setflags(write=False)
    return found


@lru_cache(maxsize=32)
def normal_lattice(dimensions: int) -> Floats:
    """Standard normal scores (DRAWS, dimensions) on a rank-one lattice; no chance in it.

    Source: the R-sequence, a generalised golden ratio (M. Roberts, 2018).
    """
    ratio = 2.0
    for _ in range(60):
        ratio = (1.0 + ratio) ** (1.0 / (dimensions + 1))
    steps = ratio ** -np.arange(1.0, dimensions + 1)
    uniform = (0.5 + np.outer(np.arange(1, DRAWS + 1), steps)) % 1.0
    scores = np.vectorize(NormalDist().inv_cdf)(np.clip(uniform, 1e-9, 1 - 1e-9))
    scores.setflags(write=False)
    return np.asarray(scores, dtype=np.float64)
