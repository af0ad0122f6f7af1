"""Territories: what a rep of usual skill would bring in each, and the chance that its target leaves.

Targets of equal chances add up to what the targets add up to now.
"""

from dataclasses import dataclass
from statistics import NormalDist

import numpy as np

from calc.documents.planfile import Preset
from calc.piecewise.distributions import Normal
from calc.piecewise.vectorized import Floats
from calc.team.quotas import INTERVAL, chances, equal_chance

LEAST_TERRITORIES = 2


@dataclass(frozen=True)
class Territories:
    """Territories of one KPI.

    Args:
        names: (n,) whose each is.
        forecasts: (n,) what each is expected to bring [KPI unit].
        targets: (n,) the targets as they are [KPI unit].
        chances: (n,) of reaching them.
        equal: (n,) targets that add up to the same, and give the same chance.
        equal_chances: (n,) that chance.
    """

    names: tuple[str, ...]
    forecasts: tuple[Normal, ...]
    targets: Floats
    chances: Floats
    equal: Floats
    equal_chances: Floats


def territories_of(preset: Preset, kpi: str) -> Territories | None:
    """The territories of a plan file's named reps; None where fewer than two have a forecast.

    Args:
        preset: the plan with its reps, whose `forecasts` are from and to, within which nine in ten results lie.
        kpi: the id of the KPI.
    """
    told = [rep for rep in preset.reps if kpi in rep.forecasts]
    if len(told) < LEAST_TERRITORIES or preset.plan.kpi(kpi).better == "lower":
        return None
    score = NormalDist().inv_cdf(0.5 + INTERVAL / 2)
    forecasts = tuple(
        Normal((low + high) / 2, abs(high - low) / (2 * score)) for low, high in (rep.forecasts[kpi] for rep in told)
    )
    own = preset.plan.kpi(kpi).target
    targets = np.array([rep.targets.get(kpi, own) for rep in told], dtype=np.float64)
    if not sum(one.sd for one in forecasts):
        return None
    equal = equal_chance(forecasts, float(targets.sum()))
    return Territories(
        tuple(rep.name for rep in told),
        forecasts,
        targets,
        chances(targets, forecasts),
        equal,
        chances(equal, forecasts),
    )
