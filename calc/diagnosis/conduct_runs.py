"""What people do under a plan that is known late, or whose target rises: the runs that findings are told from."""

import numpy as np

from calc.behaviour.behave import Band, Behaved, as_band
from calc.behaviour.late_plan import play_late
from calc.behaviour.rising_target import RisingTarget, play_rising_target
from calc.behaviour.step import COARSE
from calc.piecewise.vectorized import Floats

MAX_PERIODS = 12


def replace_all(band: Band, factor: float) -> Band:
    """A band times a factor above 0."""
    return Band(band.low * factor, band.standard * factor, band.high * factor)


def late_gaps(behaved: Behaved, silent: float, trust: float) -> tuple[Band, Band, Band] | None:
    """Sales [share], pay and net [target incentives] of a plan that is known late, against one known in time.

    Args:
        behaved: the plan in time.
        silent: the share of the period that is over when it is known.
        trust: how much of the promise people work for before it is made.
    """
    known = behaved.here.outcome
    if behaved.here.band("sales") is None:
        return None
    late = play_late(
        known.pay, known.reps, known.target, known.plain_rate, silent=silent, trust=trust, teams=known.teams
    )
    return (
        as_band(late.sales / known.sales - 1.0),
        as_band(late.expected_pay - known.expected_pay),
        as_band(late.net - known.net),
    )


def play_path(behaved: Behaved, periods: int, growth: float, rise: float, foresight: float) -> RisingTarget:
    """What these people do over several periods while the target rises after a hit."""
    outcome = behaved.here.outcome
    return play_rising_target(
        outcome.pay,
        outcome.reps,
        outcome.target,
        outcome.plain_rate,
        periods=min(periods, MAX_PERIODS),
        growth=growth,
        rise=rise,
        foresight=foresight,
        teams=outcome.teams,
        precision=COARSE,
    )


def price_of_hitting(behaved: Behaved, seen: RisingTarget) -> Floats:
    """(teams,) what hitting the first target takes from later pay for a middling rep [target incentives]."""
    prices = seen.price_of_hitting.reshape(behaved.here.outcome.teams, -1)
    return np.asarray(prices[:, prices.shape[1] // 2])
