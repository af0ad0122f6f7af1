"""The reps of the effort model: their ability, how they answer to money, and the three calibrations.

A rep sells `ability x (kept + (1 - kept) x effort)` in a period, in units of today's mean result. Effort 1 is normal.
Effort costs `kappa x effort^(1 + 1/response) / (1 + 1/response)` target incentives a period.

Sources: piece rates raise output by 20 to 44 % (Shearer 2004; Lazear 2000); output answers to the rate with an
elasticity of 0.39 (Paarsch and Shearer 2009).
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from statistics import NormalDist
from typing import Any

import numpy as np
from numpy.typing import NDArray

from calc.piecewise.vectorized import Floats
from calc.situation.behaviour import Behaviour


@dataclass(frozen=True)
class Calibration:
    """One reading of the evidence.

    Args:
        name: what it is called.
        kept: the share of sales that comes without an incentive.
        response: how strongly effort answers to pay.
    """

    name: str
    kept: float
    response: float


CALIBRATIONS = (
    Calibration("standard", 0.70, 1.3),
    Calibration("cautious", 0.82, 2.1),
    Calibration("quadratic", 0.80, 1.0),
)
"""The band of every number: the first is the one that is named alone."""


@dataclass(frozen=True)
class Reps:
    """A batch of reps, one a row.

    Args:
        ability: (rows,) what a rep sells at normal effort, in today's mean result.
        kept, response, kappa: (rows,) see the module.
        noise: luck of a period, as a standard deviation of sales.
        max_effort: the most effort.
        patience: what a payment one step later is worth.
        risk_aversion: how much a rep shuns risk (CARA); 0 is neutral.
    """

    ability: Floats
    kept: Floats
    response: Floats
    kappa: Floats
    noise: float
    max_effort: float = 2.5
    patience: float = 1.0
    risk_aversion: float = 0.0

    @property
    def rows(self) -> int:
        """How many reps there are."""
        return len(self.ability)

    @property
    def without_effort(self) -> Floats:
        """(rows,) sales of a period without any effort."""
        return self.kept * self.ability

    @property
    def by_effort(self) -> Floats:
        """(rows,) sales that one unit of effort adds in a period."""
        return (1.0 - self.kept) * self.ability

    def with_kappa(self, kappa: Floats) -> "Reps":
        """The same reps with another cost of effort (rows,)."""
        return replace(self, kappa=kappa)

    def taken(self, rows: NDArray[np.integer[Any]]) -> "Reps":
        """These reps, in this order."""
        parts = {name: getattr(self, name)[rows] for name in ("ability", "kept", "response", "kappa")}
        return replace(self, **parts)

    def cost(self, effort: Floats) -> Floats:
        """What effort (rows, ...) costs if it is kept up for a period [target incentives]."""
        power = self._tall(1.0 + 1.0 / self.response, effort)
        return np.asarray(self._tall(self.kappa, effort) * effort**power / power)

    def effort_on_line(self, slope: Floats) -> Floats:
        """(rows,) the best effort where every sale pays the same slope (rows,)."""
        answer = (np.maximum(slope, 0.0) * self.by_effort / self.kappa) ** self.response
        return np.asarray(np.minimum(answer, self.max_effort))

    def _tall(self, part: Floats, beside: Floats) -> Floats:
        return part.reshape((self.rows, *[1] * (beside.ndim - 1)))


WIDEST_SPREAD = 3.0
"""Beyond it one rep in seven brings nearly everything, as where a team's mean is nearly nothing."""


def spread_abilities(variation: float, count: int = 7) -> Floats:
    """(count,) equally likely abilities with mean 1, weakest first.

    Args:
        variation: how widely they differ, as a coefficient of variation; wider than `WIDEST_SPREAD` counts as that.
        count: how many.

    >>> spread_abilities(0.15).round(3).tolist()
    [0.795, 0.88, 0.938, 0.991, 1.047, 1.116, 1.234]
    """
    scores = np.array([NormalDist().inv_cdf((i + 0.5) / count) for i in range(count)])
    found = np.exp(min(variation, WIDEST_SPREAD) * scores)
    return np.asarray(found / found.mean())


def reps_as_teams(
    abilities: Floats,
    calibrations: Sequence[Calibration] = CALIBRATIONS,
    *,
    noise: float,
    max_effort: float = 2.5,
    patience: float = 1.0,
    risk_aversion: float = 0.0,
) -> Reps:
    """The abilities under each calibration: rows run through the abilities of the first calibration, then of the next.

    `kappa` is the one at which a middling rep under a rate of 1 makes normal effort; `find_kappa` finds the one that
    brings today's mean.
    """
    n = len(abilities)
    kept = np.repeat([c.kept for c in calibrations], n)
    response = np.repeat([c.response for c in calibrations], n)
    return Reps(
        np.tile(abilities, len(calibrations)),
        kept,
        response,
        1.0 - kept,
        noise=noise,
        max_effort=max_effort,
        patience=patience,
        risk_aversion=risk_aversion,
    )


def calibrations_of(behaviour: Behaviour) -> tuple[Calibration, ...]:
    """The three calibrations; another response stands in the standard one, another share kept in all of them."""
    first, *others = CALIBRATIONS
    if behaviour.kept_without_incentive != first.kept:
        first, *others = (replace(one, kept=behaviour.kept_without_incentive) for one in CALIBRATIONS)
    return (replace(first, response=behaviour.response), *others)
