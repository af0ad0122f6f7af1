"""Reps and plans that the tests of the effort model are set up with."""

import numpy as np

from calc.behaviour.effort.outcome import Outcome, play
from calc.behaviour.effort.pay import PayRows
from calc.behaviour.effort.rep import CALIBRATIONS, Reps, reps_as_teams, spread_abilities
from calc.piecewise.curve import Curve
from calc.piecewise.vectorized import Floats


def one_rep(
    ability: float = 1.0,
    *,
    kept: float = 0.7,
    response: float = 1.3,
    kappa: float = 0.3,
    noise: float = 0.2,
    max_effort: float = 2.5,
    patience: float = 1.0,
    risk_aversion: float = 0.0,
) -> Reps:
    """One rep: kept .70, response 1.3, kappa .3, noise .20 unless told otherwise."""

    def row(value: float) -> Floats:
        return np.array([value])

    return Reps(row(ability), row(kept), row(response), row(kappa), noise, max_effort, patience, risk_aversion)


def standard_team(relative_spread: float) -> Reps:
    """Seven reps of the standard calibration for a team with this spread over its mean."""
    return reps_as_teams(spread_abilities(0.5 * relative_spread), CALIBRATIONS[:1], noise=0.8 * relative_spread)


def paid(curve: Curve, rows: int = 1) -> PayRows:
    """The same pay for every rep."""
    return PayRows.of_curves([curve] * rows)


def line(slope: float) -> Curve:
    """A straight commission."""
    return Curve((0.0,), (0.0,), (slope,))


def jump(at: float, height: float) -> Curve:
    """Nothing below a place, so much from there on."""
    return Curve((0.0, at), (0.0, height), (0.0, 0.0))


HALF_AND_BONUS = Curve((0.0, 1.0), (0.0, 1.0), (0.5, 0.5))
"""Half of what is sold, and half a target incentive from 1 on."""


def under(curve: Curve, reps: Reps, target: float = 1.0, plain_rate: float = 1.0) -> Outcome:
    """What one team does under a plan."""
    full = np.ones(reps.rows)
    return play(paid(curve, reps.rows), reps, target * full, plain_rate * full)
