"""Roots of functions of arrays, all at once, by false position (Illinois)."""

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

from calc.piecewise.vectorized import Floats

MAX_RUNS = 40
ROOT_WIDTH = 1e-9
"""A bracket of this width holds a leap, and no root."""


def find_roots(
    missing: Callable[[Floats], Floats], low: Floats, high: Floats, tolerance: float
) -> tuple[Floats, NDArray[np.bool_]]:
    """(n,) where a function of arrays passes 0 between two ends, and whether the ends held a root.

    Args:
        missing: (n,) to (n,), each number by itself.
        low, high: (n,) the ends.
        tolerance: how near to 0 is near enough.

    >>> root, held = find_roots(lambda x: x * x - 2.0, np.array([0.0]), np.array([2.0]), 1e-12)
    >>> root.round(9).tolist(), held.tolist()
    ([1.414213562], [True])
    """
    at_low, at_high = missing(low), missing(high)
    held = at_low * at_high <= 0.0
    root = 0.5 * (low + high)
    for _ in range(MAX_RUNS):
        gap = at_high - at_low
        root = np.where(gap != 0.0, high - at_high * (high - low) / np.where(gap != 0.0, gap, 1.0), root)
        root = np.where(held, root, low)
        value = missing(root)
        if np.all((np.abs(value) < tolerance) | (np.abs(high - low) < ROOT_WIDTH) | ~held):
            break
        crossed = value * at_high < 0.0
        low, at_low = np.where(crossed, high, low), np.where(crossed, at_high, 0.5 * at_low)
        high, at_high = root, value
    return root, held
