"""What a plan makes a team do, as a band over three readings of the evidence.

Today's mean is taken to be brought by a reference plan: the one named in `calibrated_on`, else the plan's cure, else
the plan itself. From it follows what effort costs these people; then they are let loose on the plan that is looked
at, and on the one that it is compared with. A number named alone is the standard reading's; the band is the least and
the most of the three.

Not in the model, and so not in any number here: rank, returns, quality, morale, people who leave, learning, prices.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np

from calc.behaviour.axis import Axis, PlanOnAxis, read_axis, read_plan
from calc.behaviour.effort.calibrate import MeanReading, find_kappa
from calc.behaviour.effort.outcome import Outcome, play
from calc.behaviour.effort.pay import PayRows
from calc.behaviour.effort.rep import Reps, calibrations_of, reps_as_teams, spread_abilities
from calc.behaviour.effort.roots import find_roots
from calc.behaviour.effort.step import DEFAULT, Precision
from calc.documents.planfile import Preset, load_preset, preset_names
from calc.piecewise.vectorized import Floats
from calc.situation.behaviour import Behaviour

LIMIT_SEEN, LIMIT_BARRED = 0.1, 0.5
"""Shares of time at the most effort: from the first, other limits count too; from the second, there is no number."""
OTHER_LIMITS = (2.0, 3.0)
FIGURES: Mapping[str, Callable[[Outcome], Floats]] = {
    "sales": lambda outcome: outcome.sales,
    "pay": lambda outcome: outcome.expected_pay,
    "net": lambda outcome: outcome.net,
    "effort": lambda outcome: outcome.effort,
    "hit": lambda outcome: outcome.hit,
    "given_up": lambda outcome: outcome.given_up,
    "coasting": lambda outcome: outcome.coasting,
    "sprinting": lambda outcome: outcome.sprinting,
    "waste_of_shape": lambda outcome: outcome.waste_of_shape,
    "at_limit": lambda outcome: outcome.at_limit,
}
"""What is told of an outcome, a number for each calibration."""


@dataclass(frozen=True)
class FigureBand:
    """One number under the three calibrations.

    Args:
        low, standard, high: the least, the standard one, and the most.
    """

    low: float
    standard: float
    high: float

    @property
    def same_sign(self) -> bool:
        """Whether it is above 0 in all readings, or below 0 in all."""
        return self.low > 0.0 or self.high < 0.0


@dataclass(frozen=True)
class PlanConduct:
    """What a team does under one plan.

    Args:
        plan: the plan along the axis.
        outcome: teams are the calibrations in their order.
        other_limits: the same people with other limits of effort, where the limit matters.
    """

    plan: PlanOnAxis
    outcome: Outcome
    other_limits: tuple[Outcome, ...] = ()

    def band(self, name: str) -> FigureBand | None:
        """One of `FIGURES` as a band; None where people are at the limit of effort most of the time."""
        return self.band_of(FIGURES[name])

    def band_of(self, figure: Callable[[Outcome], Floats]) -> FigureBand | None:
        """Any figure of the outcome as a band."""
        if float(self.outcome.at_limit.max()) > LIMIT_BARRED:
            return None
        return as_band(figure(self.outcome), *(figure(other) for other in self.other_limits))

    def by_ability(self, rows: Floats) -> Floats:
        """(abilities,) the standard calibration's part of numbers by rep (rows,), weakest first."""
        return np.asarray(rows.reshape(self.outcome.teams, -1)[0])


@dataclass(frozen=True)
class Behaved:
    """A plan, and the one that it is compared with, on the same people.

    Args:
        axis: how results become sales.
        reps: the people, under every calibration.
        reading: what effort costs them, and how that was read.
        reference: the name of the plan that is taken to bring today's mean; empty for the plan itself.
        here: under the plan that is looked at.
        against: under the other plan.
    """

    axis: Axis
    reps: Reps
    reading: MeanReading
    reference: str
    here: PlanConduct
    against: PlanConduct | None = None

    @cached_property
    def whole_cost(self) -> FigureBand | None:
        """What the other plan costs with what leaves everybody as well off as here [target incentives]."""
        if self.against is None:
            return None
        return as_band(self.against.outcome.whole_cost(self.here.outcome))

    def change(self, name: str) -> FigureBand | None:
        """By how much one of `FIGURES` differs under the other plan."""
        figure = FIGURES[name]
        return self.differs(lambda here, there: figure(there) - figure(here))

    @property
    def sales_here(self) -> FigureBand | None:
        """What this plan sells more (above 0) or less than the other, as a share of what the other sells."""
        return self.differs(lambda here, there: here.sales / there.sales - 1.0)

    @cached_property
    def other_at_same_pay(self) -> FigureBand | None:
        """What the other plan sells more than this one where its money is scaled to this one's expected pay."""
        if self.against is None or self.here.band("sales") is None:
            return None
        here, there = self.here.outcome, self.against.outcome
        size = there.reps.rows // there.teams

        def scaled(money: Floats) -> Outcome:
            rows = np.repeat(money, size)
            pay = there.pay.scaled(np.ones(len(rows)), rows)
            return play(
                pay, there.reps, there.target, rows * there.plain_rate, teams=there.teams, widths=self.axis.widths
            )

        low, high = np.full(there.teams, 0.02), np.full(there.teams, 4.0)
        money, held = find_roots(lambda m: scaled(m).expected_pay - here.expected_pay, low, high, 1e-4)
        return as_band(scaled(money).sales / here.sales - 1.0) if held.all() else None

    def differs(self, figure: Callable[[Outcome, Outcome], Floats]) -> FigureBand | None:
        """A figure of this plan and the other, a number for each reading, as a band."""
        if self.against is None or self.here.band("sales") is None or self.against.band("sales") is None:
            return None
        pairs = zip(
            (self.here.outcome, *self.here.other_limits),
            (self.against.outcome, *self.against.other_limits),
            strict=False,
        )
        changes = [figure(here, there) for here, there in pairs]
        return as_band(changes[0], *changes[1:])


def behave(
    preset: Preset,
    at: Mapping[str, float] | None = None,
    against: Preset | None = None,
    *,
    reference: Preset | None = None,
    precision: Precision = DEFAULT,
) -> Behaved:
    """What people do under a plan, and under another on the same people.

    Args:
        preset: the plan looked at, with its team and its [behaviour].
        at: where the rep stands on the KPIs that stand still [KPI units].
        against: the plan that it is compared with.
        reference: the plan that is taken to bring today's mean; found by name where left out.
        precision: of the solver.

    Raises:
        Refused: the reference plan is named and cannot be read.
    """
    behaviour = preset.behaviour or Behaviour()
    axis = read_axis(preset, at)
    calibrations = calibrations_of(behaviour)
    abilities = spread_abilities(axis.ability_spread, behaviour.types)
    reps = reps_as_teams(
        abilities,
        calibrations,
        noise=axis.noise,
        max_effort=behaviour.max_effort,
        patience=behaviour.patience,
        risk_aversion=behaviour.risk_aversion,
    )
    named = reference if reference is not None else reference_plan(preset)
    read = read_plan(named.plan, axis, at)
    teams = len(calibrations)
    reading = find_kappa(
        _same_for_all(read, reps), reps, read.plain_rate, teams, widths=axis.widths, precision=precision
    )
    reps = reps.with_kappa(np.repeat(reading.kappa, behaviour.types))
    here = conduct(read_plan(preset.plan, axis, at), axis, reps, teams, precision)
    there = None if against is None else conduct(read_plan(against.plan, axis, at), axis, reps, teams, precision)
    here, there = _with_other_limits(here, there, axis, precision)
    return Behaved(axis, reps, reading, "" if named is preset else named.name or "", here, there)


def conduct(plan: PlanOnAxis, axis: Axis, reps: Reps, teams: int, precision: Precision = DEFAULT) -> PlanConduct:
    """What these people do under one plan."""
    full = np.ones(reps.rows)
    outcome = play(
        _same_for_all(plan, reps),
        reps,
        plan.target * full,
        plan.plain_rate * full,
        teams=teams,
        widths=axis.widths,
        precision=precision,
    )
    return PlanConduct(plan, outcome)


def reference_plan(preset: Preset) -> Preset:
    """The plan that is taken to bring today's mean: named, else the cure, else the plan itself."""
    behaviour = preset.behaviour
    if behaviour is not None and behaviour.calibrated_on is not None:
        return load_preset(behaviour.calibrated_on)
    if preset.cured_by is not None and preset.cured_by in preset_names():
        return load_preset(preset.cured_by)
    return preset


def as_band(figures: Floats, *others: Floats) -> FigureBand:
    """The least, the first, and the most of numbers by calibration."""
    every = np.concatenate([figures, *others])
    return FigureBand(float(every.min()), float(figures[0]), float(every.max()))


def _same_for_all(plan: PlanOnAxis, reps: Reps) -> PayRows:
    return PayRows.of_curves([plan.pay]).take(np.zeros(reps.rows, dtype=np.int64))


def _with_other_limits(
    here: PlanConduct, there: PlanConduct | None, axis: Axis, precision: Precision
) -> tuple[PlanConduct, PlanConduct | None]:
    """Both with other limits of effort beside them, where the limit matters in one of them."""
    both = [one for one in (here, there) if one is not None]
    if all(float(one.outcome.at_limit.max()) <= LIMIT_SEEN for one in both):
        return here, there
    found = []
    for one in both:
        reps, teams = one.outcome.reps, one.outcome.teams
        limited = (replace(reps, max_effort=limit) for limit in OTHER_LIMITS)
        others = tuple(conduct(one.plan, axis, some, teams, precision).outcome for some in limited)
        found.append(replace(one, other_limits=others))
    return found[0], (found[1] if there is not None else None)
