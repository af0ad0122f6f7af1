"""A plan as the effort model reads it: its exact pay along sales, counted in today's mean result.

The KPI is the heaviest paid one of kind outcome or profit, or the heaviest paid one where there is none. Where
several pay, all of them of those kinds, and the plan has a line on which they move together, it is read along that
line. What stands still is a constant and counts as pay that comes anyway. Two plans are read on the same results,
whatever their targets.

Where results have no natural zero (lower is better, a named scale, a target of 0 or below), one unit of sales is one
whole attainment and today is 1. A KPI that is an average does not add up over steps, so the period is one step.
"""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from calc.behaviour.effort.grid import least_noise
from calc.behaviour.effort.rep import calibrations_of, spread_abilities
from calc.behaviour.effort.step import DEFAULT
from calc.behaviour.whole_units import lay_out_stairs
from calc.documents.planfile import Preset
from calc.piecewise.curve import Curve
from calc.piecewise.pieces import NotALine
from calc.plan.kpi import Kpi
from calc.plan.plan import Plan
from calc.situation.behaviour import Behaviour
from calc.situation.calendar import adds_up

NOISE, ABILITY = 0.20, 0.15
"""Luck and ability, as shares of the mean, where no team is described."""
NOISE_SHARE, ABILITY_SHARE = 0.8, 0.5
"""How a team's relative spread is split between luck and ability."""
WIDEST_NOISE = 5.0
"""As much luck as [behaviour] may say, where a team's mean is nearly nothing beside its spread."""
LEAST_TARGET = 1e-6
ABLEST_REACH = 6.0
"""Standard deviations of a period's luck within which the stairs of whole units are laid out one by one."""


@dataclass(frozen=True)
class Axis:
    """How results of one plan become sales.

    Args:
        kpi: the KPI that is sold.
        together: whether all paid KPIs move with it.
        unit, zero: a result [KPI unit] is `zero + unit x sales`.
        incentive: one unit of money [currency].
        noise, ability_spread: luck of a period and the spread of ability, as shares of today's mean; no less luck than
            the solver's grid carries, some 4 % of it.
        steps: steps of the period.
    """

    kpi: Kpi
    together: bool
    unit: float
    zero: float
    incentive: float
    noise: float
    ability_spread: float
    steps: int

    @property
    def from_zero(self) -> bool:
        """Whether results are counted from zero, higher being better, so that a shape of pay can be stretched."""
        return counts_from_zero(self.kpi)

    @property
    def widths(self) -> tuple[float, ...]:
        """The steps [periods]."""
        return (1.0 / self.steps,) * self.steps

    def sales(self, result: float) -> float:
        """Sales of a result [KPI unit]."""
        return (result - self.zero) / self.unit


@dataclass(frozen=True)
class PlanOnAxis:
    """One plan read along an axis.

    Args:
        pay: money [target incentives] by sales.
        target: the target [sales].
        plain_rate: what a sale pays where every sale up to target is paid alike.
    """

    pay: Curve
    target: float
    plain_rate: float


def read_axis(preset: Preset, at: Mapping[str, float] | None = None) -> Axis:
    """The axis on which a preset, and whatever it is compared with, is read.

    Args:
        preset: the plan with its team and its [behaviour].
        at: where the rep stands [KPI units]; a KPI not named stands at its target.
    """
    kpi = sold_kpi(preset.plan)
    behaviour = preset.behaviour or Behaviour()
    team, given = preset.team, behaviour.model_fields_set
    landing = None if team is None else team.landing(kpi)
    mean = 1.0 if landing is None else landing.mean
    if "mean_today" in given:
        mean = behaviour.mean_today
    natural = counts_from_zero(kpi)
    relative = None if landing is None else landing.sd / (landing.mean if natural else 1.0)
    noise = NOISE if relative is None else NOISE_SHARE * relative
    ability = ABILITY if relative is None else ABILITY_SHARE * relative
    ability = behaviour.ability_spread if "ability_spread" in given else ability
    noise = behaviour.noise if "noise" in given else min(noise, WIDEST_NOISE)
    steps = behaviour.steps if adds_up(kpi) else 1
    whole = kpi.sign * kpi.span
    return Axis(
        kpi,
        _move_together(preset.plan, kpi, at),
        unit=kpi.target * mean if natural else whole,
        zero=0.0 if natural else kpi.target + whole * (mean - 2.0),
        incentive=preset.plan.incentive,
        noise=max(noise, _least_noise(behaviour, ability, steps)),
        ability_spread=ability,
        steps=steps,
    )


def _least_noise(behaviour: Behaviour, ability_spread: float, steps: int) -> float:
    """The least luck that can be worked out: less of it needs a grid that takes minutes and gigabytes."""
    ablest = float(spread_abilities(ability_spread, behaviour.types).max())
    moved = 1.0 - min(one.kept for one in calibrations_of(behaviour))
    return least_noise(ablest * moved * behaviour.max_effort, steps, DEFAULT.cells)


def read_plan(plan: Plan, axis: Axis, at: Mapping[str, float] | None = None) -> PlanOnAxis:
    """A plan along an axis: the KPI of the axis by its id where the plan has it, else its own heaviest.

    Args:
        plan: this plan, or one that is compared with it.
        axis: of the plan looked at.
        at: where the rep stands on the other KPIs [KPI units].
    """
    kpi = plan.kpi(axis.kpi.id) if axis.kpi.id in plan.ids and plan.kpi(axis.kpi.id).paid else sold_kpi(plan)
    standing = {name: result for name, result in (at or {}).items() if name in plan.ids}
    money = plan.incentive / axis.incentive
    target = max(axis.sales(kpi.target), LEAST_TARGET)
    if axis.together and _move_together(plan, kpi, standing):
        slope, intercept = kpi.line
        pay = plan.along_all(standing).of_line(slope * axis.unit, intercept + slope * axis.zero)
    else:
        pay = plan.along(kpi.id, standing).of_line(axis.unit, axis.zero)
    return PlanOnAxis(_as_it_is_paid(pay * money, axis), target, money / target)


def _as_it_is_paid(pay: Curve, axis: Axis) -> Curve:
    """Pay of a KPI that counts whole units, with its stairs as far as a very able rep comes."""
    ablest = float(spread_abilities(axis.ability_spread).max())
    luck = axis.noise / axis.steps**0.5
    return lay_out_stairs(pay, luck, -ABLEST_REACH * axis.noise, 2.0 * ablest + ABLEST_REACH * axis.noise)


def pays_by_target(plan: Plan, axis: Axis, at: Mapping[str, float] | None = None) -> bool:
    """Whether pay is for the target: a higher one stretches it along sales, as a rate on every unit does not.

    Where all measures move together their targets rise together, so that it is stretched in any case.
    """
    if not axis.from_zero:
        return False
    if axis.together:
        return True
    kpi = plan.kpi(axis.kpi.id)
    raised = plan.changed(kpis=tuple(k.changed(target=k.target * RAISED) if k is kpi else k for k in plan.kpis))
    before, after = (read_plan(one, axis, at).pay.counted(()) for one in (plan, raised))
    places = np.linspace(0.05, 2.5, 50)
    return bool(np.allclose(after(places * RAISED), before(places), atol=0.05))


RAISED = 1.1
"""By how much a target is raised to see whether pay is for it."""


def sold_kpi(plan: Plan) -> Kpi:
    """The KPI that a plan is read along."""
    paid = [kpi for kpi in plan.kpis if kpi.paid]
    selling = [kpi for kpi in paid if kpi.kind in ("outcome", "profit")]
    return max(selling or paid or list(plan.kpis), key=lambda kpi: abs(plan.targeted[kpi.id]))


def counts_from_zero(kpi: Kpi) -> bool:
    """Whether a result of 0 is nothing at all, and more is better."""
    return kpi.better == "higher" and kpi.scale is None and kpi.target > 0


def _move_together(plan: Plan, kpi: Kpi, at: Mapping[str, float] | None) -> bool:
    """Whether several KPIs pay, all for selling, and the plan has a line on which they move together."""
    paid = [one for one in plan.kpis if one.paid]
    if len(paid) < 2 or any(one.kind not in ("outcome", "profit") for one in paid):
        return False
    try:
        plan.along_all(at)
    except NotALine:
        return False
    return True
