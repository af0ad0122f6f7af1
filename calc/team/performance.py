"""Whether pay follows performance: their relation, and who sells more and is paid less.

Pay is told as a multiple of the person's own target incentive; money would compare salaries. Source of the marks of .8
(strong) and .6 (loose): Falcon Incentives.
"""

from dataclasses import dataclass

import numpy as np

from calc.piecewise.vectorized import Floats

PEOPLE_BLOCK = 512
"""People who are compared pair by pair at a time."""
SAME_PERFORMANCE = 1e-9
"""Multiples that differ by no more are the same."""


def relation(one: Floats, other: Floats) -> float | None:
    """Pearson's r of two columns (n,); None where one of them does not vary.

    >>> round(relation(np.array([1.0, 2.0, 3.0]), np.array([2.0, 4.0, 6.0])), 9)
    1.0
    """
    if len(one) < 2:
        return None
    a, b = one - one.mean(), other - other.mean()
    size = float(np.sqrt((a @ a) * (b @ b)))
    still = min(float(np.ptp(one)), float(np.ptp(other))) <= SAME_PERFORMANCE
    return None if still or not size else min(max(float(a @ b) / size, -1.0), 1.0)


def count_inversions(attainment: Floats, multiple: Floats) -> int:
    """Pairs of people of whom one has more attainment and is paid a smaller multiple.

    Args:
        attainment: (n,); equal ones are no pair.
        multiple: (n,) [1 = the own target incentive]; equal ones are no inversion.

    >>> count_inversions(np.array([0.8, 1.0, 1.2]), np.array([0.9, 0.8, 0.7]))
    3
    """
    paid = np.round(multiple, 9)
    ordered = paid[np.lexsort((paid, attainment))]
    found, runs = 0, []
    for start in range(0, len(ordered), PEOPLE_BLOCK):
        block = ordered[start : start + PEOPLE_BLOCK]
        found += int(np.count_nonzero(np.triu(block[:, None] > block[None, :], 1)))
        runs.append(np.sort(block))
    while len(runs) > 1:
        merged = []
        for left, right in zip(runs[::2], runs[1::2], strict=False):
            found += int((len(left) - np.searchsorted(left, right, side="right")).sum())
            merged.append(np.sort(np.concatenate((left, right))))
        runs = merged + (runs[-1:] if len(runs) % 2 else [])
    return found


@dataclass(frozen=True)
class Inversion:
    """Somebody who sells more, by place `more`, and is paid a smaller multiple than `less`; `gap` in attainment."""

    more: int
    less: int
    gap: float


def worst_inversions(attainment: Floats, multiple: Floats, most: int = 20) -> tuple[Inversion, ...]:
    """For each person, who has the most attainment of all who are paid a smaller multiple; the widest gaps first.

    >>> worst_inversions(np.array([0.8, 1.0, 1.2]), np.array([0.9, 0.8, 0.7]))[0]
    Inversion(more=2, less=0, gap=0.4)
    """
    paid = np.round(multiple, 9)
    order = np.argsort(paid, kind="stable")
    best, found = -1, []
    start = 0
    while start < len(order):
        end = int(np.searchsorted(paid[order], paid[order[start]], side="right"))
        if best >= 0:
            here = order[start:end]
            beaten = here[attainment[here] < attainment[best]]
            found += [Inversion(best, int(n), round(float(attainment[best] - attainment[n]), 9)) for n in beaten]
        top = order[start:end][np.argmax(attainment[order[start:end]])]
        best = int(top) if best < 0 or attainment[top] > attainment[best] else best
        start = end
    return tuple(sorted(found, key=lambda one: (-one.gap, one.less))[:most])
