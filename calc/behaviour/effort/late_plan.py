"""A plan that is made known late: what is sold while nobody knows it, and after.

While the plan is silent a rep works for `trust` times what standing there will be worth on the day it is told; with
no trust nobody works for money that is not promised yet. Nothing but trust matters: under full trust sales are those
of a plan that is known in time.
"""

from calc.behaviour.effort.grid import make_grid
from calc.behaviour.effort.landing import land
from calc.behaviour.effort.outcome import Outcome
from calc.behaviour.effort.pay import PayRows
from calc.behaviour.effort.rep import Reps
from calc.behaviour.effort.solver import Policy, farthest_reach, solve_before, solve_on
from calc.behaviour.effort.step import DEFAULT, Precision
from calc.piecewise.vectorized import Floats

LATE_STEPS = 12


def late_steps(silent: float, steps: int = LATE_STEPS) -> tuple[tuple[float, ...], tuple[float, ...]]:
    """Widths [periods] of the steps before a plan is known and after it.

    Args:
        silent: the share of the period that is over when the plan is known, above 0 and below 1.
        steps: of a whole period.

    >>> before, after = late_steps(19 / 31)
    >>> len(before), len(after)
    (7, 5)
    """
    before = max(1, round(steps * silent))
    after = max(1, steps - before)
    return (silent / before,) * before, ((1.0 - silent) / after,) * after


def play_late(
    pay: PayRows,
    reps: Reps,
    target: Floats,
    plain_rate: Floats,
    *,
    silent: float,
    trust: float,
    teams: int = 1,
    steps: int = LATE_STEPS,
    precision: Precision = DEFAULT,
) -> Outcome:
    """What the teams do where the plan is known only after a share of the period; the first steps are the silent ones.

    Args:
        pay, reps, target, plain_rate, teams: as in `Outcome`.
        silent: the share of the period that is over when the plan is known.
        trust: 0 to 1, how much of the promise a rep works for before it is made.
        steps: of a whole period.
    """
    before, after = late_steps(silent, steps)
    grid = make_grid(reps.noise, before + after, farthest_reach(reps), precision.cells)
    known = solve_on(grid, pay.shifted(reps.without_effort), reps, after, precision)
    trusted = Policy(known.grids, (), (), (), trust * known.value)
    dark = solve_before(trusted, reps, grid, before, precision)
    policy = Policy(
        dark.grids[: len(before)] + known.grids,
        before + after,
        dark.effort + known.effort,
        dark.worth + known.worth,
        dark.value,
    )
    return Outcome(pay, reps, target, plain_rate, teams, policy, land(policy, reps, precision), precision)


def silent_effort(outcome: Outcome, silent: float) -> tuple[Floats, Floats]:
    """(teams,) mean effort while the plan is silent, and after."""
    before, after = late_steps(silent)
    by_step = outcome.effort_by_step
    return by_step[:, : len(before)].mean(axis=1), by_step[:, len(before) : len(before) + len(after)].mean(axis=1)
