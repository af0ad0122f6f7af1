"""Whether quotas were fair: how near people landed to them, and whether size or growth decided it.

Practice: attainment should have no relation with the size of a territory, and a strong one with its growth (Aurochs).
Attainment that is skewed left with a long right tail is expensive where there are accelerators (Cygnal).
"""

import datetime
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from calc.piecewise.vectorized import Floats
from calc.team.performance import relation

FAIR_TOLERANCE = (0.8, 1.2)
"""Attainment that counts as a quota that was about right."""
SIZES = (("small", 0.0, 0.2), ("middle", 0.2, 0.8), ("large", 0.8, 1.0))
"""The parts of a team by last year's volume: name, and from and to which rank."""


@dataclass(frozen=True)
class QuotaAccuracy:
    """How near people landed to their quotas: the standard deviation, the share from .8 to 1.2, and the skewness."""

    spread: float
    near: float
    skewness: float | None


def quota_accuracy(attainment: Floats) -> QuotaAccuracy:
    """How near people (n,) landed to their quotas.

    >>> quota_accuracy(np.array([0.5, 1.0, 1.5])).near
    0.3333333333333333
    """
    spread = float(attainment.std())
    near = float(((attainment >= FAIR_TOLERANCE[0]) & (attainment <= FAIR_TOLERANCE[1])).mean())
    skewness = None if spread < 1e-9 else float((((attainment - attainment.mean()) / spread) ** 3).mean())
    return QuotaAccuracy(spread, near, skewness)


@dataclass(frozen=True)
class SizeBox:
    """Attainment of a part of the team by size: how many, and quartiles with the median."""

    part: str
    people: int
    quarter: float
    median: float
    three_quarters: float


@dataclass(frozen=True)
class FairnessBySize:
    """The relation of attainment with last year's volume; None where one does not vary; and boxes by size."""

    relation: float | None
    boxes: tuple[SizeBox, ...]


def fairness_by_size(attainment: Floats, volume: Floats) -> FairnessBySize:
    """Whether the size of a territory decided who reached the quota.

    Args:
        attainment: (n,) [1 = on target].
        volume: (n,) last year's volume.

    >>> found = fairness_by_size(np.array([1.2, 1.1, 1.0, 0.9, 0.8]), np.array([1.0, 2.0, 3.0, 4.0, 5.0]))
    >>> round(found.relation, 6), [(box.part, box.people) for box in found.boxes]
    (-1.0, [('small', 1), ('middle', 3), ('large', 1)])
    """
    order = np.argsort(volume, kind="stable")
    boxes = []
    for part, low, high in SIZES:
        start, end = (round(share * len(order)) for share in (low, high))
        here = attainment[order[start:end]]
        if len(here):
            boxes.append(SizeBox(part, len(here), *map(float, np.quantile(here, (0.25, 0.5, 0.75)))))
    return FairnessBySize(relation(attainment, volume), tuple(boxes))


def fairness_by_growth(attainment: Floats, before: Floats, now: Floats) -> float | None:
    """The relation of attainment with growth in per cent; None where one of them does not vary.

    Args:
        attainment: (n,) [1 = on target].
        before, now: (n,) volumes of last year and this one; people who had nothing before are left out.

    >>> round(fairness_by_growth(np.array([0.9, 1.0, 1.1]), np.array([100.0, 100, 100]), np.array([90.0, 100, 110])), 6)
    1.0
    """
    had = before > 0
    return relation(attainment[had], (now[had] - before[had]) / before[had])


@dataclass(frozen=True)
class OpenTerritories:
    """What unfilled places come to: person-months, the results that were not expected of anybody, and unspent pay."""

    months: float
    results: float
    pay: float


def open_territories(filled: Sequence[float], months: float, results: float, pay: float) -> OpenTerritories:
    """What unfilled months come to at the expected result and pay of a filled one.

    Args:
        filled: months for which each place was filled.
        months: months of the period.
        results: what one filled month is expected to bring [KPI unit].
        pay: what it is expected to pay [money].

    >>> open_territories([12, 9, 6], 12, 100.0, 10.0)
    OpenTerritories(months=9.0, results=900.0, pay=90.0)
    """
    open_months = float(sum(max(months - one, 0.0) for one in filled))
    return OpenTerritories(open_months, open_months * results, open_months * pay)


def months_between(start: datetime.date, end: datetime.date) -> float:
    """Months from a day up to and without another, parts of months by their days.

    >>> months_between(datetime.date(2026, 1, 1), datetime.date(2026, 7, 1))
    6.0
    """
    whole = 12 * (end.year - start.year) + end.month - start.month
    return whole + (end.day - start.day) / 30.4375 if end.day != start.day else float(whole)
