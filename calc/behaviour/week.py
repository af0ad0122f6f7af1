"""Where the hours of a week go under a plan, as a band over the three readings of the evidence.

Only where every KPI that pays says how many hours one unit of it takes: without hours there are no numbers. The share
of a normal week that a KPI takes is its hours times its target, over the sum of all. What a KPI without hours gates or
multiplies is taken as it stands today.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import numpy as np

from calc.behaviour.axis import NOISE, NOISE_SHARE
from calc.behaviour.effort.rep import Calibration, calibrations_of
from calc.behaviour.hours import GAMMA, HoursRep, Split, Task, Tie, expected_of, split_hours
from calc.documents.planfile import Preset
from calc.piecewise.curve import Curve
from calc.plan.conditions import Gate, Modifier, acts_on
from calc.plan.kpi import Kpi
from calc.plan.plan import Plan
from calc.situation.behaviour import Behaviour

MAX_SOURCES = 2
"""KPIs that act on others and are looked at; of more, those that act on least pay are left out."""
READ_AROUND = 0.1
"""How far to both sides of today the pay is read that sets the cost of effort [share of today's mean]."""


@dataclass(frozen=True)
class Week:
    """How the hours are divided.

    Args:
        kpis: the KPIs that take hours.
        today: (k,) the share of a normal week that each takes.
        means: (k,) where each lands today [attainment].
        splits: what a rep does under each of the three readings, the standard one first.
        left_out: KPIs that act on others and could not be looked at.
    """

    kpis: tuple[Kpi, ...]
    today: tuple[float, ...]
    means: tuple[float, ...]
    splits: tuple[Split, ...]
    left_out: tuple[Kpi, ...]

    def share(self, k: int) -> tuple[float, float, float]:
        """The least, the standard and the largest share of all hours that a KPI gets."""
        found = [float(split.shares[k]) for split in self.splits]
        return min(found), found[0], max(found)

    @property
    def pay(self) -> tuple[float, float, float]:
        """The least, the standard and the largest pay [target incentives]."""
        found = [split.pay for split in self.splits]
        return min(found), found[0], max(found)

    @property
    def net(self) -> tuple[float, float, float]:
        """The same after the cost of the effort."""
        found = [split.pay - split.cost for split in self.splits]
        return min(found), found[0], max(found)

    def lands(self, k: int) -> tuple[float, float, float]:
        """The lowest, the standard and the highest attainment on which a KPI lands."""
        found = [float(split.attainment[k]) for split in self.splits]
        return min(found), found[0], max(found)


def divide_week(preset: Preset) -> Week | None:
    """Where the hours go; None where hours are missing, or the plan does not pay KPI by KPI."""
    plan = preset.plan
    paid = [kpi for kpi in plan.kpis if kpi.paid]
    apart = plan.combine == "score" or plan.greater_of or any(kpi.grid is not None for kpi in paid)
    if apart or len(paid) == 0 or any(kpi.hours is None or not kpi.has_target for kpi in paid):
        return None
    acting = {source.kpi for source in _acting(plan)} | {kpi.id for kpi in plan.kpis if kpi.costs}
    kpis = tuple(kpi for kpi in plan.kpis if kpi.hours is not None and (kpi.paid or kpi.id in acting))
    hours = np.array([(kpi.hours or 0.0) * abs(kpi.target) for kpi in kpis])
    gain = _gain(preset)
    if gain <= 0.0 or not hours.all():
        return None
    shares = hours / hours.sum()
    reading = _Reading(preset, kpis, tuple(float(share) for share in shares))
    splits = tuple(reading.split(one, gain) for one in calibrations_of(preset.behaviour or Behaviour()))
    means = tuple(_mean(preset, kpi) for kpi in kpis)
    return Week(kpis, reading.shares, means, splits, reading.left_out)


def _gain(preset: Preset) -> float:
    """What one whole attainment pays more where all KPIs move together, around today [target incentives]."""
    plan = preset.plan
    means = {kpi.id: _mean(preset, kpi) for kpi in plan.kpis}
    low, high = (
        float(plan.payout([kpi.result(means[kpi.id] * (1.0 + by)) for kpi in plan.kpis]))
        for by in (-READ_AROUND, READ_AROUND)
    )
    return (high - low) / (2.0 * READ_AROUND)


def _mean(preset: Preset, kpi: Kpi) -> float:
    return 1.0 if preset.team is None else float(preset.team.landing(kpi).mean)


def _noise(preset: Preset, kpi: Kpi) -> float:
    return NOISE if preset.team is None else NOISE_SHARE * float(preset.team.landing(kpi).sd)


@dataclass(frozen=True)
class _Reading:
    """A preset as tasks and ties."""

    preset: Preset
    kpis: tuple[Kpi, ...]
    shares: tuple[float, ...]

    @property
    def plan(self) -> Plan:
        return self.preset.plan

    @property
    def left_out(self) -> tuple[Kpi, ...]:
        """Sources with hours beyond the first two."""
        return tuple(kpi for kpi in self.kpis if kpi.id in self._sources()[MAX_SOURCES:])

    def split(self, calibration: Calibration, gain: float) -> Split:
        """How a rep of one reading divides hours."""
        behaviour = self.preset.behaviour or Behaviour()
        kappa = GAMMA * (1.0 - calibration.kept) * gain
        rep = HoursRep(calibration.kept, calibration.response, kappa, behaviour.max_effort)
        return split_hours(self._tasks(), rep, list(self._ties()))

    def _tasks(self) -> list[Task]:
        return [
            Task(self._own_pay(kpi), share, max(_mean(self.preset, kpi), 1e-6), _noise(self.preset, kpi))
            for kpi, share in zip(self.kpis, self.shares, strict=True)
        ]

    def _own_pay(self, kpi: Kpi) -> Curve:
        """Pay of one KPI [target incentives] by its attainment, after what acts on it and stands still."""
        plan = self.plan
        curve = kpi.by_attainment(kpi.by_result)
        factor = 1.0
        moving = self._sources()[:MAX_SOURCES]
        for tie in _acting(plan):
            if tie.kpi not in moving and _reaches(tie, kpi) and getattr(tie, "limits_to", None) is None:
                factor *= self._standing_factor(tie)
        return curve * (plan.worth[kpi.id] / plan.incentive * factor)

    def _standing_factor(self, tie: Gate | Modifier) -> float:
        kpi = self.plan.kpi(tie.kpi)
        at = np.array([_mean(self.preset, kpi)])
        return float(expected_of(_factor(tie, kpi), at, _noise(self.preset, kpi))[0])

    def _sources(self) -> list[str]:
        """KPIs with hours that act on others, those that act on most pay first."""
        plan, timed = self.plan, {kpi.id for kpi in self.kpis}
        weight: dict[str, float] = {}
        for tie in _acting(plan):
            if tie.kpi in timed:
                reached = sum(plan.targeted[kpi.id] for kpi in self.kpis if _reaches(tie, kpi))
                weight[tie.kpi] = weight.get(tie.kpi, 0.0) + reached
        for kpi in self.kpis:
            for name, _ in kpi.costs:
                if name in timed:
                    weight[kpi.id] = weight.get(kpi.id, 0.0) + plan.targeted[name]
        return sorted(weight, key=lambda name: -weight[name])

    def _ties(self) -> Iterator[Tie]:
        number = {kpi.id: k for k, kpi in enumerate(self.kpis)}
        moving = self._sources()[:MAX_SOURCES]
        for tie in _acting(self.plan):
            if tie.kpi in moving:
                on = tuple(number[kpi.id] for kpi in self.kpis if _reaches(tie, kpi))
                source = self.plan.kpi(tie.kpi)
                yield Tie(number[tie.kpi], on, _factor(tie, source), self._limits(tie, number))
        for name in moving:
            if takes := dict(self._takes(self.plan.kpi(name), number)):
                yield Tie(number[name], takes=takes)

    def _limits(self, tie: Gate | Modifier, number: Mapping[str, int]) -> Mapping[int, float]:
        if not isinstance(tie, Gate) or tie.limits_to is None:
            return {}
        plan = self.plan
        named = [kpi for kpi in self.kpis if _reaches(tie, kpi)]
        return {number[kpi.id]: tie.limits_to * plan.targeted[kpi.id] / plan.incentive for kpi in named}

    def _takes(self, source: Kpi, number: Mapping[str, int]) -> Iterator[tuple[int, float]]:
        for name, units in source.costs:
            if name in number:
                yield number[name], units * source.span / self.plan.kpi(name).span


def _acting(plan: Plan) -> list[Gate | Modifier]:
    """What acts on the pay of others, in the order in which it does."""
    return [*plan.gates, *plan.modifiers]


def _reaches(tie: Gate | Modifier, kpi: Kpi) -> bool:
    """Whether a gate or modifier acts on what a KPI pays, by name or through the whole plan."""
    ids = tie.closes if isinstance(tie, Gate) else tie.multiplies
    return kpi.paid and (acts_on(ids, kpi.id) or ids == "plan")


def _factor(tie: Gate | Modifier, kpi: Kpi) -> Curve:
    """What it multiplies by, by the attainment of its KPI."""
    if isinstance(tie, Modifier):
        return kpi.by_attainment(tie.by_result(kpi))
    opening = kpi.by_attainment(tie.opening(kpi))
    return opening if tie.limits_to is not None else opening * (1.0 - (tie.keeps or 0.0)) + (tie.keeps or 0.0)
