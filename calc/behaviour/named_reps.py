"""Named reps under a plan: from which step on the next sale is worth too little to try, in each reading.

A named rep is as able as the own mean result says, has an own target and an own target incentive, and is otherwise as
everybody else: the same luck, and the same cost of effort as today's mean was read with. The next sale is worth too
little where it is worth less than a quarter of what it would be if every sale up to the own target were paid alike. A
rep stops at the first step from which on that is so more often than not, until the end of the period.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np

from calc.behaviour.axis import PlanOnAxis, read_plan
from calc.behaviour.behave import Behaved
from calc.behaviour.effort.outcome import Outcome, play
from calc.behaviour.effort.pay import PayRows
from calc.behaviour.effort.rep import Reps
from calc.behaviour.effort.step import COARSE, Precision
from calc.piecewise.vectorized import Floats
from calc.plan.plan import Plan

MAX_NAMED_REPS = 300
"""Named reps who are looked at; of more, the first."""
MORE_OFTEN_THAN_NOT = 0.5
LEAST_ABILITY, MAX_ABILITY = 0.02, 6.0
"""Means of less and more, in today's mean, are read as these: the grid must reach what the ablest may sell."""
StopReason = Literal["out of reach", "in the bag"]


@dataclass(frozen=True)
class NamedRep:
    """One person.

    Args:
        name: what the person is called.
        mean: the own mean result of a period [KPI unit].
        target: the own target [KPI unit].
        incentive: the own target incentive [money].
    """

    name: str
    mean: float
    target: float
    incentive: float


@dataclass(frozen=True)
class RepStop:
    """When one person stops.

    Args:
        name: what the person is called.
        steps: for each reading of the evidence, the step from which on the next sale is worth too little, counted
            from 0; None where it is worth trying for to the end.
        reason: whether the pay is then mostly out of reach, or mostly in the bag.
    """

    name: str
    steps: tuple[int | None, ...]
    reason: StopReason

    @property
    def ordered(self) -> tuple[int | None, ...]:
        """From which step on in at least one reading, in at least two, in all."""
        found = sorted(step for step in self.steps if step is not None)
        return (*found, *[None] * (len(self.steps) - len(found)))


def find_stops(
    behaved: Behaved,
    plan: Plan,
    people: Sequence[NamedRep],
    at: Mapping[str, float] | None = None,
    precision: Precision = COARSE,
) -> tuple[RepStop, ...]:
    """When each of some people stops, in their order; at most `MAX_NAMED_REPS` of them.

    Args:
        behaved: the plan with the people as they were read today.
        plan: the same plan.
        people: who is looked at.
        at: where each stands on the KPIs that stand still [KPI units].
    """
    some = people[:MAX_NAMED_REPS]
    if not some:
        return ()
    outcome = _play_people(behaved, plan, some, at, precision)
    teams = behaved.here.outcome.teams
    given_up, coasting, _ = outcome.states_by_rep.reshape(3, -1, len(some), teams)
    idle = given_up + coasting
    found = []
    for n, person in enumerate(some):
        steps = tuple(_stop_of(idle[:, n, reading]) for reading in range(teams))
        out = given_up[:, n].sum() >= coasting[:, n].sum()
        found.append(RepStop(person.name, steps, "out of reach" if out else "in the bag"))
    return tuple(found)


def _stop_of(idle: Floats) -> int | None:
    """The first step from which on the share of time (T,) stays high."""
    low = np.flatnonzero(idle < MORE_OFTEN_THAN_NOT)
    first = int(low[-1]) + 1 if len(low) else 0
    return first if first < len(idle) else None


def _play_people(
    behaved: Behaved, plan: Plan, people: Sequence[NamedRep], at: Mapping[str, float] | None, precision: Precision
) -> Outcome:
    """Every person under every reading: rows are the readings of the first, then of the next."""
    axis, known = behaved.axis, behaved.here.outcome
    size = known.reps.rows // known.teams
    readings = known.reps.taken(np.arange(known.teams) * size)
    means = np.array([axis.sales(one.mean) for one in people])
    ability = np.clip(np.repeat(means, known.teams), LEAST_ABILITY, MAX_ABILITY)
    every = readings.taken(np.tile(np.arange(known.teams), len(people)))
    reps = Reps(
        ability,
        every.kept,
        every.response,
        every.kappa,
        every.noise,
        every.max_effort,
        every.patience,
        every.risk_aversion,
    )
    read = _plans_of(behaved, plan, people, at)
    money = np.array([one.incentive / plan.incentive for one in people])
    rows = np.repeat(np.arange(len(people)), known.teams)
    pay = PayRows.of_curves([one.pay for one in read]).take(rows).scaled(np.ones(len(rows)), money[rows])
    targets = np.array([one.target for one in read])
    return play(
        pay,
        reps,
        targets[rows],
        (money / targets)[rows],
        teams=len(rows),
        widths=axis.widths,
        precision=precision,
    )


def _plans_of(
    behaved: Behaved, plan: Plan, people: Sequence[NamedRep], at: Mapping[str, float] | None
) -> list[PlanOnAxis]:
    """The plan with each person's own target, read once for each target."""
    kpi, known = behaved.axis.kpi, dict[float, PlanOnAxis]()
    for target in {one.target for one in people}:
        own = plan
        if target != kpi.target:
            own = plan.changed(kpis=tuple(k.changed(target=target) if k.id == kpi.id else k for k in plan.kpis))
        known[target] = read_plan(own, behaved.axis, at)
    return [known[one.target] for one in people]
