"""What today is: the cost of effort at which a team brings today's mean under the plan that is taken to bring it.

Today's mean cannot tell a lazy plan from weak people, so the plan that is read must be named. Where no cost of effort
within reason brings the mean under it, the plan has switched itself off, and the mean is read from a straight line at
the plain rate instead; the result says so.
"""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from calc.behaviour.landing import Landing, land
from calc.behaviour.pay import PayRows
from calc.behaviour.rep import Reps
from calc.behaviour.solver import TWELVE, solve
from calc.behaviour.step import DEFAULT, Precision
from calc.behaviour.yardsticks import sales_on_line
from calc.piecewise.vectorized import Floats

BRACKET, BELIEVED = 6.0, 3.0
"""How far from the plain cost of effort a root is looked for, and how far away it is believed."""
MOST_AT_LIMIT = 0.1
NEAR = 1e-6
MOST_RUNS = 40


@dataclass(frozen=True)
class Reading:
    """The cost of effort of every team.

    Args:
        kappa: (teams,) [target incentives].
        on_line: (teams,) whether today's mean could not be read from the plan and was read from a straight line.
    """

    kappa: Floats
    on_line: NDArray[np.bool_]


def find_kappa(
    pay: PayRows,
    reps: Reps,
    plain_rate: float,
    teams: int,
    *,
    mean: float = 1.0,
    widths: tuple[float, ...] = TWELVE,
    precision: Precision = DEFAULT,
) -> Reading:
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

    root, found = _illinois(lambda log: mean - landed(np.exp(log))[0], np.log(plain / BRACKET), np.log(plain * BRACKET))
    kappa = np.exp(root)
    within = (kappa >= plain / BELIEVED) & (kappa <= plain * BELIEVED)
    believed = found & within & (landed(kappa)[1] < MOST_AT_LIMIT)
    return Reading(np.where(believed, kappa, kappa_on_line(reps, plain_rate, teams, mean)), ~believed)


def kappa_on_line(reps: Reps, plain_rate: float, teams: int, mean: float = 1.0) -> Floats:
    """(teams,) the cost of effort at which a straight line at the plain rate brings `mean`."""
    size = reps.rows // teams
    plain = (1.0 - reps.kept[::size]) * plain_rate
    slope = np.full(teams, plain_rate)

    def missing(log: Floats) -> Floats:
        return mean - sales_on_line(slope, reps.with_kappa(np.repeat(np.exp(log), size)), teams)

    return np.exp(_illinois(missing, np.log(plain / BRACKET), np.log(plain * BRACKET))[0])


def _mean_sales(landing: Landing, reps: Reps, teams: int) -> Floats:
    sales = reps.without_effort + reps.by_effort * landing.effort.mean(axis=0)
    return np.asarray(sales.reshape(teams, -1).mean(axis=1))


def _illinois(missing: Callable[[Floats], Floats], low: Floats, high: Floats) -> tuple[Floats, NDArray[np.bool_]]:
    """Roots of a function of arrays between two ends, by false position (Illinois), and whether the ends held them."""
    at_low, at_high = missing(low), missing(high)
    held = at_low * at_high <= 0.0
    root = 0.5 * (low + high)
    for _ in range(MOST_RUNS):
        gap = at_high - at_low
        root = np.where(gap != 0.0, high - at_high * (high - low) / np.where(gap != 0.0, gap, 1.0), root)
        root = np.where(held, root, low)
        value = missing(root)
        if np.all((np.abs(value) < NEAR) | ~held):
            break
        crossed = value * at_high < 0.0
        low, at_low = np.where(crossed, high, low), np.where(crossed, at_high, 0.5 * at_low)
        high, at_high = root, value
    return root, held
