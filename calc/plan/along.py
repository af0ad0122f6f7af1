"""A plan along a line of results, exactly: the same order of operations as on arrays, on curves.

Every KPI's result is a straight line in one variable, most of them level. What stands still is one number, worked out
once; what moves is a curve. Sloped things that would multiply each other are no line, and refused as such.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import reduce
from typing import TYPE_CHECKING, Any

from calc.piecewise.curve import Curve, NotALine
from calc.plan.conditions import Gate
from calc.plan.kpi import Kpi
from calc.plan.mechanics import Matrix

if TYPE_CHECKING:
    from calc.plan.plan import Plan

Lines = Mapping[str, tuple[float, float]]
"""By KPI id, slope and intercept of its result along one line; slope 0 for a KPI that stands still."""

KNOWN = 256
"""Courses, and parts of the pay, that a plan remembers; it is looked at along the same lines many times over."""


@dataclass(frozen=True)
class Known:
    """What has been worked out for one plan.

    `totals` are whole courses by their lines, `rests` what KPIs add that stand still, `means` what a team is expected
    to be paid [money], by the team.
    """

    totals: dict[tuple[Any, ...], Curve] = field(default_factory=dict)
    rests: dict[tuple[Any, ...], float] = field(default_factory=dict)
    means: dict[Any, float] = field(default_factory=dict)


def still(stands: Mapping[str, float]) -> dict[str, tuple[float, float]]:
    """The lines of KPIs that stand still at results [KPI units]."""
    return {name: (0.0, result) for name, result in stands.items()}


@dataclass(frozen=True)
class Course:
    """A plan along lines of results, one for every KPI."""

    plan: "Plan"
    lines: Lines

    def total(self) -> Curve:
        """The plan's payout [1 = target incentive].

        Raises:
            NotALine: sloped things multiply each other.
        """
        known, key = self.plan.known.totals, tuple(self.lines.values())
        found = known.get(key)
        if found is None:
            found = room(known)[key] = self._total()
        return found

    def own(self, kpi: Kpi) -> Curve:
        """What one KPI adds to the payout, before limits on the plan, its floor and its ceiling."""
        part = self._score() * float(bool(kpi.weight)) if self.plan.combine == "score" else self._part(kpi)
        for gate in self.plan.gates:
            if gate.closes == "plan" and gate.limits_to is None:
                part = part * self._kept(gate)
        for modifier in self.plan.modifiers:
            if modifier.multiplies == "plan":
                part = part * self._on(modifier.by_result(self.plan.kpi(modifier.kpi)), modifier.kpi)
        return part

    def _total(self) -> Curve:
        total = self._closed(self._score() if self.plan.combine == "score" else self._sum(), "plan", 1.0)
        floor, ceiling = self.plan.floor, self.plan.ceiling
        return total.clip(floor, ceiling) if (floor, ceiling) != (None, None) else total

    def _score(self) -> Curve:
        assert self.plan.curve is not None
        kpis, lines = self.plan.kpis, self.lines
        slope = sum((k.weight or 0.0) * k.line[0] * lines[k.id][0] for k in kpis)
        level = sum((k.weight or 0.0) * k.attainment(lines[k.id][1]) for k in kpis)
        return self.plan.curve.curve().of_line(slope, level)

    def _sum(self) -> Curve:
        """The parts of all KPIs that pay; those that stand still, as one number."""
        level, moving = 0.0, []
        for k in self.plan.kpis:
            if k.paid and any(self.lines[name][0] for name in self.plan.hang_on[k.id]):
                moving.append(self._part(k))
            elif k.paid:
                level += self._resting(k)
        return reduce(lambda a, b: a + b, moving) + level if moving else Curve.constant(level)

    def _resting(self, k: Kpi) -> float:
        """What a KPI adds that stands still with all that it hangs on."""
        known, key = self.plan.known.rests, (k.id, *(self.lines[name][1] for name in self.plan.hang_on[k.id]))
        found = known.get(key)
        if found is None:
            found = room(known)[key] = self._part(k)(0.0)
        return found

    def _part(self, k: Kpi) -> Curve:
        """What KPI k adds to the plan's payout, after the gates and modifiers that name it."""
        plan, incentive = self.plan, self.plan.incentive
        part = self._grid(k, k.curve) if isinstance(k.curve, Matrix) else self._on(k.by_result, k.id)
        return self._closed(part * (plan.worth[k.id] / incentive), k.id, plan.targeted[k.id] / incentive)

    def _grid(self, k: Kpi, grid: Matrix) -> Curve:
        """What the grid of KPI k pays, one of whose two KPIs stands still."""
        (row, at_row), (column, at_column) = self.lines[k.id], self.lines[grid.with_]
        if row and column:
            raise NotALine(f"the grid of {k.id} is no line where both of its KPIs move")
        moving, resting, at = (grid.with_, k, at_row) if column else (k.id, self.plan.kpi(grid.with_), at_column)
        return self._on(self.plan.grid(k, moving, at if grid.of == "result" else resting.attainment(at)), moving)

    def _closed(self, payout: Curve, name: str, whole: float) -> Curve:
        """A payout after the gates, then the modifiers, that act on a KPI or on the plan."""
        for gate in self.plan.gates:
            if acts_on(gate.closes, name):
                if gate.limits_to is None:
                    payout = payout * self._kept(gate)
                else:
                    is_open = self._on(gate.opening(self.plan.kpi(gate.kpi)), gate.kpi)
                    limited = payout.clip(high=gate.limits_to * whole)
                    payout = payout * is_open + limited * (1.0 + is_open * -1.0)
        for modifier in self.plan.modifiers:
            if acts_on(modifier.multiplies, name):
                payout = payout * self._on(modifier.by_result(self.plan.kpi(modifier.kpi)), modifier.kpi)
        return payout

    def _kept(self, gate: Gate) -> Curve:
        keeps = gate.keeps or 0.0
        return self._on(gate.opening(self.plan.kpi(gate.kpi)), gate.kpi) * (1.0 - keeps) + keeps

    def _on(self, curve: Curve, name: str) -> Curve:
        """A curve by a KPI's result, read along the KPI's line."""
        line = self.lines[name]
        return curve if line == (1.0, 0.0) else curve.of_line(*line)


def room(known: dict[Any, Any]) -> dict[Any, Any]:
    """What is known already, emptied where it has grown large."""
    if len(known) >= KNOWN:
        known.clear()
    return known


def acts_on(ids: Any, name: str) -> bool:
    """Whether a gate or modifier acts on a KPI by name, or on the plan where that is asked."""
    return bool(ids == name) if "plan" in (ids, name) else name in ids
