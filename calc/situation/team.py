"""The team that lives under a plan: how many, where they land on average, how widely they scatter.

Mean and spread are attainment [1 = on target]; a KPI may carry its own. Between KPIs reps are tied by one correlation
(a Gaussian copula). What is not modelled: how the plan changes where people land; that is the behaviour model's.
"""

import math
from collections.abc import Sequence
from functools import lru_cache
from statistics import NormalDist
from typing import Literal

import numpy as np

from calc.piecewise.distributions import Distribution, Lognormal, Normal, Shifted
from calc.piecewise.vectorized import Floats
from calc.plan.kpi import Kpi
from calc.plan.plan import Plan
from calc.plan.terms import Number, Terms, Whole, term

DRAWS = 4096
"""Points of the fixed lattice that stands for a team where a closed form does not reach."""
SKEW = 0.340
"""The lognormal sigma that gives a skewness of about 1.1, for 'skewed'."""


class Team(Terms):
    """Size, mean, spread, correlation between KPIs, and shape of the scatter."""

    size: Whole = term(50, ge=1, le=100_000, unit="reps", slider=(1, 500), help="how many reps are on the plan")
    mean: Number = term(1.0, gt=0, le=10, unit="attainment", slider=(0.2, 2), help="where reps land on average")
    spread: Number = term(
        0.2, ge=0, le=5, unit="attainment", slider=(0, 0.8), help="the standard deviation of where reps land"
    )
    correlation: Number = term(0.0, ge=0, le=1, help="how far a rep who is good at one KPI is good at the others")
    shape: Literal["normal", "lognormal", "skewed"] = term("normal", help="the shape of the scatter")

    def landing(self, kpi: Kpi) -> Distribution:
        """Where the team lands on one KPI [attainment]."""
        mean = self.mean if kpi.team_mean is None else kpi.team_mean
        spread = self.spread if kpi.team_spread is None else kpi.team_spread
        return self.shaped(mean, spread)

    def shaped(self, mean: float, spread: float) -> Distribution:
        """A scatter of the team's shape with another mean and spread [attainment]."""
        if self.shape == "normal" or mean <= 0 or not spread:
            return Normal(mean, spread)
        return Lognormal(mean, spread) if self.shape == "lognormal" else Shifted(mean, spread, SKEW)


def share(landing: Distribution, low: float, high: float) -> float:
    """The share of a team that lands from `low` up to, and not at, `high` [attainment]."""
    return max(landing.below(high)[0] - landing.below(low)[0], 0.0)


def draws(team: Team, plan: Plan) -> Floats:
    """Results of a team as a fixed lattice of equally likely reps (DRAWS, k) [KPI units].

    The same team and plan give the same reps, so that two plans are compared on the same people.
    """
    return scattered(team, plan.kpis)


def scattered(team: Team, kpis: Sequence[Kpi]) -> Floats:
    """Results of a team on any KPIs (DRAWS, k) [KPI units], as `draws` has them."""
    landings = tuple(team.landing(kpi) for kpi in kpis)
    spans = np.array([kpi.sign * kpi.span for kpi in kpis])
    return np.array([kpi.target for kpi in kpis]) + spans * (_landed(landings, team.correlation) - 1.0)


@lru_cache(maxsize=16)
def _landed(landings: tuple[Distribution, ...], correlation: float) -> Floats:
    """Where the lattice's reps land on each KPI (DRAWS, k) [attainment]; the same while a plan's curves are moved."""
    z = lattice(len(landings) + 1)
    tied, free = math.sqrt(correlation), math.sqrt(1.0 - correlation)
    found = np.column_stack([one.at_score(tied * z[:, 0] + free * z[:, i + 1]) for i, one in enumerate(landings)])
    found.setflags(write=False)
    return found


@lru_cache(maxsize=32)
def lattice(dimensions: int) -> Floats:
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
