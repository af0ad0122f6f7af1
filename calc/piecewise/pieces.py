"""The parts of a piecewise-linear function, as they are read off a curve: its straight pieces and its jumps."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

Side = Literal["at", "left", "right"]


DUST = 1e-12
"""Relative size below which a gap or a slope is what rounding left behind, and is taken out."""


class NotALine(ValueError):
    """Two sloped pieces would be multiplied, which gives a parabola and no line."""


@dataclass(frozen=True)
class Piece:
    """One straight piece. `start` and `end` may be infinite; `value` and `end_value` are the limits inside it."""

    start: float
    end: float
    value: float
    end_value: float
    slope: float


@dataclass(frozen=True)
class Jump:
    """A jump at `at`, from `before` (limit from the left) to `after` (limit from the right)."""

    at: float
    before: float
    after: float


def end_limits_of(starts: Sequence[float], values: Sequence[float], slopes: Sequence[float]) -> tuple[float, ...]:
    """The limit at the end of every piece but the last; the next value itself where only rounding lies between."""
    ends = []
    for i in range(len(starts) - 1):
        end = values[i] + slopes[i] * (starts[i + 1] - starts[i])
        after = values[i + 1]
        size = max(abs(end), abs(after), abs(values[i]))
        ends.append(after if abs(end - after) <= DUST * size else end)
    return tuple(ends)


def pieces_of(
    starts: Sequence[float], values: Sequence[float], slopes: Sequence[float], end_limits: Sequence[float]
) -> tuple[Piece, ...]:
    """The straight pieces of a curve, without those of no width.

    Args:
        starts, values, slopes: of every piece (n,).
        end_limits: the limit at the end of every piece but the last (n - 1,).
    """
    found = []
    for i, (start, end) in enumerate(zip(starts, (*starts[1:], math.inf), strict=True)):
        if i and not end > start:
            continue
        slope = slopes[i]
        low = -math.copysign(math.inf, slope) if slope else values[0]
        high = math.copysign(math.inf, slope) if slope else values[i]
        end_value = end_limits[i] if i < len(end_limits) else high
        found.append(Piece(start if i else -math.inf, end, values[i] if i else low, end_value, slope))
    return tuple(found)
