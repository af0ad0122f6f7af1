"""The path of the target over several periods: planned growth, growth when it was hit, and the ratchet on overshoot.

The team stays as it is: it lands where it lands in units of the first target, in every period anew. The target of
period n + 1 is that of period n times 1 + growth, + growth_if_hit where n was hit, + ratchet times the overshoot. The
chances along the way are exact for a path without ratchet (the number of hits is counted); with one, the target's
distribution is carried on a fine grid. Not modelled: reps who hold back because they expect it; that is the behaviour
model's.
"""

from dataclasses import dataclass
from statistics import NormalDist

import numpy as np

from calc.piecewise.distributions import Distribution
from calc.plan.terms import FiniteNumber, Terms, Whole, term

PATH_NODES = 801
"""Grid nodes that carry the target's distribution under a ratchet."""


@dataclass(frozen=True)
class PathPeriod:
    """One period: the target of a rep who always hits, and the chances of the team; targets in the first one's unit.

    `target` always hit without overshoot, `mean_target` on average over the team, `at_target` and `at_floor` the chance
    that a rep of the team reaches that period's target and floor.
    """

    number: int
    target: float
    mean_target: float
    at_target: float
    at_floor: float


class Path(Terms):
    """How the target moves from one period to the next.

    >>> from calc.piecewise.distributions import Normal
    >>> walk = Path(growth_if_hit=0.1, periods=5).walk(Normal(1.0, 0.1), floor=0.7)
    >>> round(walk[4].target, 4), round(walk[0].at_target, 3)
    (1.4641, 0.5)
    """

    growth: FiniteNumber = term(
        0.0, ge=-0.9, le=5, unit="per period", slider=(-0.2, 0.5), help="how much it rises anyway"
    )
    growth_if_hit: FiniteNumber = term(
        0.0, ge=0, le=5, unit="per period", slider=(0, 0.5), help="how much more it rises after a period at target"
    )
    ratchet: FiniteNumber = term(
        0.0, ge=0, le=2, slider=(0, 1), help="the share of an overshoot that is added to the target"
    )
    periods: Whole = term(8, ge=1, le=40, unit="periods", help="how many periods are looked at")

    @property
    def rise(self) -> float:
        """How much the target rises from one period to the next for a rep who hits it and no more."""
        return self.growth + self.growth_if_hit

    def in_a_year(self, periods_in_a_year: int) -> float:
        """The rise over a year for a rep who always hits."""
        return float((1.0 + self.rise) ** periods_in_a_year - 1.0)

    def walk(self, landing: Distribution, floor: float) -> tuple[PathPeriod, ...]:
        """Period by period, where the target is and what chance the team has.

        Args:
            landing: where the team lands [first target = 1].
            floor: the attainment below which nothing is paid.
        """
        carried = _by_ratchet if self.ratchet else _by_hits
        found = []
        for number, (targets, weights) in enumerate(carried(self, landing), start=1):
            hit = np.array([1.0 - landing.below(t)[0] for t in targets])
            paid = np.array([1.0 - landing.below(t * floor)[0] for t in targets])
            mean = float(targets @ weights)
            found.append(
                PathPeriod(number, (1.0 + self.rise) ** (number - 1), mean, float(hit @ weights), float(paid @ weights))
            )
        return tuple(found)


Carried = list[tuple[np.ndarray, np.ndarray]]


def _by_hits(path: Path, landing: Distribution) -> Carried:
    """Targets and their weights, period by period, by how often the target was hit."""
    weights, found = np.array([1.0]), []
    for number in range(path.periods):
        hits = np.arange(number + 1.0)
        targets = (1.0 + path.rise) ** hits * (1.0 + path.growth) ** (number - hits)
        found.append((targets, weights))
        chance = np.array([1.0 - landing.below(t)[0] for t in targets])
        weights = np.append(weights * (1.0 - chance), 0.0) + np.append(0.0, weights * chance)
    return found


def _by_ratchet(path: Path, landing: Distribution) -> Carried:
    """The same on a grid of log targets, where an overshoot may raise the target by any amount."""
    low, top = 1.0 + min(path.growth, 0.0), 1.0 + max(path.rise, 0.0)
    most = max(float(landing.at_score(5.0)) * (1.0 + path.ratchet), 1.0)
    grid = np.linspace(path.periods * np.log(low) - 1e-9, path.periods * np.log(top) + np.log(most) + 1e-9, PATH_NODES)
    weights = _spread_on_grid(np.array([0.0]), np.array([1.0]), grid)
    scores = (np.arange(400) + 0.5) / 400
    places = np.asarray(landing.at_score(_normal_scores(scores)))
    found = []
    for _ in range(path.periods):
        targets = np.exp(grid)
        found.append((targets, weights))
        live = weights > 1e-12
        over = places[None, :] / targets[live][:, None] - 1.0
        steps = 1.0 + path.growth + np.where(over >= 0, path.growth_if_hit + path.ratchet * over, 0.0)
        moved = grid[live][:, None] + np.log(steps)
        weights = _spread_on_grid(moved.ravel(), np.repeat(weights[live] / len(places), len(places)), grid)
    return found


def _normal_scores(chances: np.ndarray) -> np.ndarray:
    return np.array([NormalDist().inv_cdf(float(c)) for c in chances])


def _spread_on_grid(at: np.ndarray, weights: np.ndarray, grid: np.ndarray) -> np.ndarray:
    """Weights moved onto a grid, each shared between its two neighbours so that means are kept."""
    step = grid[1] - grid[0]
    place = np.clip((at - grid[0]) / step, 0, len(grid) - 1.000001)
    left = place.astype(int)
    share = place - left
    return np.bincount(left, weights * (1 - share), len(grid)) + np.bincount(left + 1, weights * share, len(grid))
