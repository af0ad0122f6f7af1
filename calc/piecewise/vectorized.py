"""A piecewise-linear function with jumps as what arrays are run through: a level, its ramps and its steps.

A ramp is the slope that a value gains between two places, a step the height that it gains at one; added to the level
they give the function at every x at once, in blocks that stay in the processor's cache and without allocating.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]

KERNEL_BLOCK = 16384
"""Rows evaluated at a time: a block and its scratch stay in the processor's cache."""


@dataclass(frozen=True)
class Kernel:
    """The value of a curve at `anchor`, its level; its ramps and its steps.

    Args:
        level: the value of the first piece where it is given.
        anchor: where that is; a ramp that starts at minus infinity counts from here.
        ramps: (start, end, slope) of every sloped piece.
        steps: (threshold, height) of every jump: reached from its threshold on.
    """

    level: float
    anchor: float
    ramps: tuple[tuple[float, float, float], ...]
    steps: tuple[tuple[float, float], ...]

    def add_on(self, x: Floats, out: Floats, scratch: Floats, mask: NDArray[np.bool_]) -> None:
        """Add the values at x to `out`, in place and without allocating.

        Args:
            x, out, scratch: arrays of one shape (n,); scratch is overwritten.
            mask: bool array of that shape; overwritten.
        """
        for start, end, slope in self.ramps:
            np.clip(x, start, end, out=scratch)
            np.subtract(scratch, self.anchor if start == -np.inf else start, out=scratch)
            np.multiply(scratch, slope, out=scratch)
            np.add(out, scratch, out=out)
        for threshold, height in self.steps:
            np.greater_equal(x, threshold, out=mask)
            np.multiply(mask, height, out=scratch)
            np.add(out, scratch, out=out)
        if self.level:
            np.add(out, self.level, out=out)

    def __call__(self, x: Floats) -> Floats:
        """The values at x, of any shape; NaN where x is.

        >>> Kernel(0.0, 0.0, ramps=((0.0, 2.0, 0.5),), steps=((1.0, 10.0),))(np.array([-1.0, 0.5, 1.0, 9.0]))
        array([ 0.  ,  0.25, 10.5 , 11.  ])
        """
        flat = np.ascontiguousarray(x).ravel()
        out = np.zeros(flat.shape)
        scratch, mask = np.empty(min(KERNEL_BLOCK, flat.size)), np.empty(min(KERNEL_BLOCK, flat.size), dtype=np.bool_)
        for low in range(0, flat.size, KERNEL_BLOCK):
            part = flat[low : low + KERNEL_BLOCK]
            self.add_on(part, out[low : low + KERNEL_BLOCK], scratch[: part.size], mask[: part.size])
        out[np.isnan(flat)] = np.nan
        return out.reshape(x.shape)


def kernel_of(
    starts: Sequence[float],
    values: Sequence[float],
    slopes: Sequence[float],
    reached_from: Sequence[float],
    end_limits: Sequence[float],
) -> Kernel:
    """The kernel of a curve, from what it is made of.

    Args:
        starts, values, slopes: of every piece (n,).
        reached_from: where each start counts as reached (n,).
        end_limits: the limit at the end of every piece but the last (n - 1,).
    """
    ends = (*starts[1:], math.inf)
    ramps = tuple(
        (start if i else -math.inf, end, slope)
        for i, (start, end, slope) in enumerate(zip(starts, ends, slopes, strict=True))
        if slope and (not i or end > start)
    )
    steps = tuple(
        (threshold, after - end)
        for threshold, after, end in zip(reached_from[1:], values[1:], end_limits, strict=True)
        if after != end
    )
    return Kernel(values[0], starts[0], ramps, steps)
