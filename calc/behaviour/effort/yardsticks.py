"""Straight lines that a plan's shape is held against: the same pay, or the same pay and the same effort.

No line is a proposal. The even line spends a given cost of effort best over states, steps and people, so that no plan
of that pay and that cost of effort sells more; its intercept is negative, which puts part of the salary at risk.
"""

from dataclasses import dataclass

import numpy as np

from calc.behaviour.effort.rep import Reps
from calc.behaviour.effort.roots import find_roots
from calc.piecewise.vectorized import Floats

ROOT_TOLERANCE = 1e-14


@dataclass(frozen=True)
class Line:
    """Pay of `intercept + slope x sales`, the same for all abilities of a team, and what the team sells under it.

    Args:
        slope, intercept, sales: (groups,) for each team.
    """

    slope: Floats
    intercept: Floats
    sales: Floats


def sales_on_line(slope: Floats, reps: Reps, groups: int) -> Floats:
    """(groups,) mean sales where every sale pays the same slope (groups,); rows are the teams' reps in order."""
    effort = reps.effort_on_line(np.repeat(slope, reps.rows // groups))
    return _mean(reps.without_effort + reps.by_effort * effort, groups)


def cost_on_line(slope: Floats, reps: Reps, groups: int) -> Floats:
    """(groups,) mean cost of effort where every sale pays the same slope (groups,)."""
    return _mean(reps.cost(reps.effort_on_line(np.repeat(slope, reps.rows // groups))), groups)


def straight_commission(pay: Floats, reps: Reps) -> Line:
    """One rate on every sale that pays the same on average, (groups,); 0 where there is no pay."""
    groups = len(pay)

    def missing(slope: Floats) -> Floats:
        return slope * sales_on_line(slope, reps, groups) - pay

    steepest = np.maximum(pay, 0.0) / without_incentive(reps, groups)
    slope = np.where(pay > 0.0, find_roots(missing, np.zeros(groups), steepest, ROOT_TOLERANCE)[0], 0.0)
    return Line(slope, np.zeros(groups), sales_on_line(slope, reps, groups))


def even_line(pay: Floats, cost: Floats, reps: Reps) -> Line:
    """The line with the same pay and the same cost of effort on average, (groups,) each."""
    groups = len(pay)
    most = ((reps.max_effort ** (1.0 / reps.response)) * reps.kappa / reps.by_effort).max()
    slope = find_roots(
        lambda slope: cost_on_line(slope, reps, groups) - cost, np.zeros(groups), np.full(groups, most), ROOT_TOLERANCE
    )[0]
    sales = sales_on_line(slope, reps, groups)
    return Line(slope, pay - slope * sales, sales)


def without_incentive(reps: Reps, groups: int) -> Floats:
    """(groups,) mean sales that come by themselves."""
    return _mean(reps.without_effort, groups)


def _mean(rows: Floats, groups: int) -> Floats:
    return np.asarray(rows.reshape(groups, -1).mean(axis=1))
