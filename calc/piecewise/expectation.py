"""The expected value of a piecewise-linear function whose argument is drawn from a distribution, in closed form."""

import math
from collections.abc import Sequence

from calc.piecewise.distributions import Distribution

MOST_SUMMED = 10_000
"""Whole values that are summed one by one; where more of them count, they lie as close as a straight line."""
SCORE_LIMIT = 8.0
"""Standard normal scores between which all of a distribution lies, as far as money goes."""


def expected_on_lines(
    starts: Sequence[float], values: Sequence[float], slopes: Sequence[float], distribution: Distribution
) -> float:
    """The expected value of straight pieces v + s (x - a): the sum of (v - s a) P(piece) + s E[x; piece]."""
    expected, (chance, mean) = 0.0, (0.0, 0.0)
    for x, v, s, end in zip(starts, values, slopes, (*starts[1:], math.inf), strict=True):
        to_chance, to_mean = distribution.below(end)
        expected += (v - s * x) * (to_chance - chance) + (s * (to_mean - mean) if s else 0.0)
        chance, mean = to_chance, to_mean
    return expected


def chances_of_wholes(counts: tuple[float, ...], distribution: Distribution) -> list[tuple[float, float]] | None:
    """The places of a line's whole values, each with the chance of landing from it up to the next.

    Args:
        counts: slope, intercept and tolerance of the line whose whole values count.

    Returns:
        (place, chance) of every whole value that can be met; None where they are more than `MOST_SUMMED`.
    """
    slope, intercept, _ = counts
    low, high = sorted(distribution.at_score(score) * slope + intercept for score in (-SCORE_LIMIT, SCORE_LIMIT))
    first, last = math.floor(low), math.ceil(high)
    if last - first > MOST_SUMMED:
        return None
    places = [(n - intercept) / slope for n in range(first, last + 2)]
    below = [distribution.below(x)[0] for x in places]
    chances = [abs(after - before) for before, after in zip(below, below[1:], strict=False)]
    return list(zip(places[:-1], chances, strict=True))
