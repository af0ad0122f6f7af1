"""Shapes of pay along sales that a search tries: spread evenly over what is allowed, in numbers of a plan document."""

from dataclasses import dataclass

import numpy as np

from calc.piecewise.curve import Curve


@dataclass(frozen=True)
class SearchShape:
    """One shape of pay along sales.

    Args:
        floor: the attainment below which nothing is paid.
        pays_at_floor: the payout there.
        accelerator: what a point beyond target pays, in points of the incentive.
        ceiling: the attainment beyond which nothing more is paid; None for none.
        target: the target, as a multiple of today's.
    """

    floor: float
    pays_at_floor: float
    accelerator: float
    ceiling: float | None
    target: float

    def curve(self, target: float) -> Curve:
        """Payout [1 = the target incentive] by sales, where today's target is `target` sales."""
        points = [(self.floor, self.pays_at_floor), (1.0, 1.0)]
        at_floor = (self.floor, self.pays_at_floor, (1.0 - self.pays_at_floor) / (1.0 - self.floor))
        pieces = [(0.0, 0.0, 0.0), at_floor, (*points[1], self.accelerator)]
        if self.floor == 0.0:
            pieces = pieces[1:]
        if self.ceiling is not None:
            pieces.append((self.ceiling, 1.0 + self.accelerator * (self.ceiling - 1.0), 0.0))
        starts, values, slopes = zip(*pieces, strict=True)
        return Curve(starts, values, slopes).of_line(1.0 / (target * self.target))


@dataclass(frozen=True)
class SearchLimits:
    """What a shape may look like.

    Args:
        floors, accelerators, ceilings, targets: from, to; a ceiling beyond the last is none.
        jumps: whether pay may jump at the floor.
    """

    floors: tuple[float, float] = (0.0, 0.8)
    accelerators: tuple[float, float] = (0.5, 2.5)
    ceilings: tuple[float, float] = (1.3, 3.0)
    targets: tuple[float, float] = (0.9, 1.1)
    jumps: bool = False


def list_shapes(limits: SearchLimits, count: int) -> list[SearchShape]:
    """Shapes spread evenly over what is allowed, in numbers that a plan document would have; the same every time."""
    ratio = 1.1673039782614187  # the root of x^5 = x + 1, whose powers fill five dimensions evenly
    draws = (0.5 + np.arange(1, count + 1)[:, None] / ratio ** np.arange(1, 6)) % 1.0
    found = []
    for floor, jump, accelerator, ceiling, target in draws:
        at = _rounded(limits.floors, floor, 0.05)
        found.append(
            SearchShape(
                at,
                round(at * round(2.0 * jump) / 2.0, 3) if limits.jumps else 0.0,
                _rounded(limits.accelerators, accelerator, 0.1),
                None if ceiling > 0.75 else _rounded(limits.ceilings, ceiling / 0.75, 0.1),
                _rounded(limits.targets, target, 0.025),
            )
        )
    return list(dict.fromkeys(found))


def _rounded(span: tuple[float, float], part: float, step: float) -> float:
    low, high = span
    return round(min(max(step * round((low + part * (high - low)) / step), low), high), 6)
