"""What today is: the cost of effort at which a team brings today's mean under the plan that is taken to bring it.

Today's mean cannot tell a lazy plan from weak people, so the plan that is read must be named. Where no cost of effort
within reason brings the mean under it, the plan has switched itself off, and the mean is read from a straight line at
the plain rate instead; the result says so.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from calc.behaviour.effort.landing import Landing, land
from calc.behaviour.effort.pay import PayRows
from calc.behaviour.effort.rep import Reps
from calc.behaviour.effort.roots import find_roots
from calc.behaviour.effort.solver import TWELVE, solve
from calc.behaviour.effort.step import DEFAULT, Precision
from calc.behaviour.effort.yardsticks import sales_on_line
from calc.piecewise.vectorized import Floats

BRACKET, BELIEVED = 6.0, 3.0
"""How far from the plain cost of effort a root is looked for, and how far away it is believed."""
MOST_AT_LIMIT = 0.1
KAPPA_TOLERANCE = 1e-6


@dataclass(frozen=True)
class MeanReading:
    """The cost of effort of every team.

    Args:
        kappa: (teams,) [target incentives].
        on_line: (teams,) whether today's mean could not be read from the plan and was read from a straight line.
        root: (teams,) the cost at which the plan brings today's mean, believed or not.
    """

    kappa: Floats
    on_line: NDArray[np.bool_]
    root: Floats


def find_kappa(
    pay: PayRows,
    reps: Reps,
    plain_rate: float,
    teams: int,
    *,
    mean: float = 1.0,
    widths: tuple[float, ...] = TWELVE,
    precision: Precision = DEFAULT,
) -> MeanReading:
    """The cost of effort at which each team sells `mean` on average under its reference plan.

    Args:
        pay: the reference plan, a row for each rep.
        reps: rows are the reps of the first team, then of the next; their kappa is not read.
        plain_rate: of the reference plan [target incentives for one unit of sales].
        teams: how many there are.
        mean: today's mean, in sales.
        widths: the steps [periods].
    """
    size = reps.rows // teams
    plain = (1.0 - reps.kept[::size]) * plain_rate

    def landed(kappa: Floats) -> tuple[Floats, Floats]:
        tried = reps.with_kappa(np.repeat(kappa, size))
        landing = land(solve(pay, tried, widths, precision), tried, precision)
        return _mean_sales(landing, tried, teams), landing.at_limit.reshape(teams, size).mean(axis=1)

    low, high = np.log(plain / BRACKET), np.log(plain * BRACKET)
    root, found = find_roots(lambda log: mean - landed(np.exp(log))[0], low, high, KAPPA_TOLERANCE)
    kappa = np.exp(root)
    within = (kappa >= plain / BELIEVED) & (kappa <= plain * BELIEVED)
    believed = found & within & (landed(kappa)[1] < MOST_AT_LIMIT)
    return MeanReading(np.where(believed, kappa, kappa_on_line(reps, plain_rate, teams, mean)), ~believed, kappa)


def kappa_on_line(reps: Reps, plain_rate: float, teams: int, mean: float = 1.0) -> Floats:
    """(teams,) the cost of effort at which a straight line at the plain rate brings `mean`."""
    size = reps.rows // teams
    plain = (1.0 - reps.kept[::size]) * plain_rate
    slope = np.full(teams, plain_rate)

    def missing(log: Floats) -> Floats:
        return mean - sales_on_line(slope, reps.with_kappa(np.repeat(np.exp(log), size)), teams)

    return np.exp(find_roots(missing, np.log(plain / BRACKET), np.log(plain * BRACKET), KAPPA_TOLERANCE)[0])


def _mean_sales(landing: Landing, reps: Reps, teams: int) -> Floats:
    sales = reps.without_effort + reps.by_effort * landing.effort.mean(axis=0)
    return np.asarray(sales.reshape(teams, -1).mean(axis=1))
