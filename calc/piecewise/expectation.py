"""The expected value of a piecewise-linear function whose argument is drawn from a distribution, in closed form."""

import math
from typing import TYPE_CHECKING

import numpy as np

from calc.piecewise.distributions import Distribution

if TYPE_CHECKING:
    from calc.piecewise.curve import Curve

MOST_SUMMED = 10_000
"""Whole values that are summed one by one; where more of them count, they lie as close as a straight line."""
SCORES = 8.0
"""Standard normal scores between which all of a distribution lies, as far as money goes."""


def expected_value(curve: "Curve", distribution: Distribution) -> float:
    """The expected value of a curve; pieces v + s (x - a) give the sum of (v - s a) P(piece) + s E[x; piece]."""
    if distribution.sample is not None:
        return float(np.mean(curve(np.asarray(distribution.sample))))
    if curve.counts:
        return _of_whole_values(curve, distribution)
    expected, (chance, mean) = 0.0, (0.0, 0.0)
    ends = (*curve.starts[1:], math.inf)
    for x, v, s, end in zip(curve.starts, curve.values, curve.slopes, ends, strict=True):
        to_chance, to_mean = distribution.below(end)
        expected += (v - s * x) * (to_chance - chance) + (s * (to_mean - mean) if s else 0.0)
        chance, mean = to_chance, to_mean
    return expected


def _of_whole_values(curve: "Curve", distribution: Distribution) -> float:
    """The expected value where whole values alone count; where very many do, rounding down takes half a unit."""
    slope, intercept, _ = curve.counts
    low, high = sorted(distribution.at_score(score) * slope + intercept for score in (-SCORES, SCORES))
    first, last = math.floor(low), math.ceil(high)
    if last - first > MOST_SUMMED:
        return expected_value(curve.counted(()).of_line(1.0, -0.5 / slope), distribution)
    places = [(n - intercept) / slope for n in range(first, last + 2)]
    below = [distribution.below(x)[0] for x in places]
    chances = [abs(after - before) for before, after in zip(below, below[1:], strict=False)]
    values = [curve.counted(())(x) for x in places[:-1]]
    return math.fsum(chance * value for chance, value in zip(chances, values, strict=True))
