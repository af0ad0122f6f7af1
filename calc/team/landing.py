"""Where people land, and what they are paid by rank: shares, percentiles, the curve as people live it.

Practice that figures are held against is in `calc.situation.practice`; nothing is judged here.
"""

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from calc.piecewise.vectorized import Floats

BAR = 0.1
"""The width of a bar [attainment]."""


@dataclass(frozen=True)
class Histogram:
    """People by attainment, in bars of ten points: `starts` (m,) where each bar begins, `counts` (m,) who is in it."""

    starts: Floats
    counts: NDArray[np.int64]


def attainment_histogram(attainment: Floats) -> Histogram:
    """People (n,) in bars of ten points of attainment; a bar holds its beginning and not its end.

    >>> found = attainment_histogram(np.array([0.85, 0.89, 1.0]))
    >>> found.starts.tolist(), found.counts.tolist()
    ([0.8, 0.9, 1.0], [2, 0, 1])
    """
    bars = np.floor(np.round(attainment / BAR, 8)).astype(np.int64)
    low, high = int(bars.min()), int(bars.max())
    return Histogram(np.round(np.arange(low, high + 1) * BAR, 8), np.bincount(bars - low, minlength=high - low + 1))


@dataclass(frozen=True)
class LandingShares:
    """How a team lands: `mean` and `spread` [attainment], and the parts of it below the floor and at target."""

    mean: float
    spread: float
    below_floor: float
    at_target: float


def landing_shares(attainment: Floats, floor: float) -> LandingShares:
    """How people (n,) land.

    Args:
        attainment: (n,) [1 = on target].
        floor: the attainment below which nothing is paid; minus infinity where there is none.

    >>> found = landing_shares(np.array([1.8, 1.6, 1.4, 0.55, 0.45, 0.4]), 0.5)
    >>> round(found.mean, 3), found.at_target, round(found.below_floor, 3)
    (1.033, 0.5, 0.333)
    """
    below = float((attainment < floor).mean()) if math.isfinite(floor) else 0.0
    return LandingShares(float(attainment.mean()), float(attainment.std()), below, float((attainment >= 1.0).mean()))


def hides_behind_mean(shares: LandingShares) -> bool:
    """Whether a mean at target or beyond hides that half of the team or more is below it.

    >>> hides_behind_mean(landing_shares(np.array([1.8, 1.6, 1.4, 0.55, 0.45, 0.4]), 0.0))
    True
    """
    return shares.mean >= 1.0 and shares.at_target <= 0.5 and shares.spread >= 0.25


@dataclass(frozen=True)
class PayoutLine:
    """Payout by rank: `rank` (n,) the share of people who are paid less, `multiple` (n,) sorted [1 = own incentive].

    `whole_at` is the rank from which on somebody is paid the whole target incentive; None where nobody is.
    """

    rank: Floats
    multiple: Floats
    whole_at: float | None


def payout_by_rank(multiple: Floats) -> PayoutLine:
    """Payouts (n,) sorted, with the place where they reach 1.

    >>> payout_by_rank(np.array([2.0, 0.0, 1.0, 0.5])).whole_at
    0.5
    """
    ordered = np.sort(multiple)
    rank = np.arange(len(ordered)) / len(ordered)
    reached = np.flatnonzero(ordered >= 1.0 - 1e-9)
    return PayoutLine(rank, ordered, float(rank[reached[0]]) if len(reached) else None)


def leverage_reached(multiple: Floats) -> float | None:
    """The mean payout of the top tenth of people (at least one) over the median payout; None where that is 0.

    >>> leverage_reached(np.array([0.5, 1.0, 1.0, 1.0, 3.0]))
    3.0
    """
    top = np.sort(multiple)[-max(1, math.ceil(len(multiple) / 10)) :]
    middle = float(np.median(multiple))
    return float(top.mean()) / middle if middle > 0 else None
