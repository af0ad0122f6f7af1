"""A plan along a line of results, exactly: the same order of operations as on arrays, on curves.

Every KPI's result is a straight line in one variable, most of them level. What stands still is one number, worked out
once; what moves is a curve. Sloped things that would multiply each other are no line, and refused as such.
"""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import reduce
from itertools import pairwise
from operator import add, mul

from calc.piecewise.curve import Curve
from calc.piecewise.pieces import NotALine
from calc.piecewise.segments import counted_down, midpoint_of
from calc.piecewise.whole_units import on_whole_units
from calc.plan.conditions import SAME_PAY_TOLERANCE, Gate, acts_on
from calc.plan.curves.tables import GridTerms
from calc.plan.kpi import Kpi, reads_result
from calc.plan.plan_terms import PlanTerms, trim_cache

LineByKpi = Mapping[str, tuple[float, float]]
"""By KPI id, slope and intercept of its result along one line; slope 0 for a KPI that stands still."""


def stand_still(stands: Mapping[str, float]) -> dict[str, tuple[float, float]]:
    """The lines of KPIs that stand still at results [KPI units]."""
    return {name: (0.0, result) for name, result in stands.items()}


@dataclass(frozen=True)
class PayAlong:
    """A plan along lines of results, one for every KPI."""

    plan: PlanTerms
    lines: LineByKpi

    def total(self) -> Curve:
        """The plan's payout [1 = target incentive].

        Raises:
            NotALine: sloped things multiply each other.
        """
        known, key = self.plan.known.totals, tuple(self.lines.values())
        found = known.get(key)
        if found is None:
            found = trim_cache(known)[key] = self._on_whole_units(self._total_of_plan())
        return found

    def own(self, kpi: Kpi) -> Curve:
        """What one KPI adds to the payout, before limits on the plan, its floor and its ceiling."""
        if self.plan.combine == "score":
            part = self._score_curve() * float(bool(kpi.weight))
        else:
            part = self._part_of(kpi) * self._where_chosen(kpi.id)
        for gate in self.plan.gates:
            if gate.closes == "plan" and gate.limits_to is None:
                part = part * self._kept_share(gate)
        return self._on_whole_units(self._apply_modifiers(part, "plan"))

    def _on_whole_units(self, paid: Curve) -> Curve:
        """Pay along the result of a counted KPI, which bends and jumps at whole units alone."""
        moving = [self.plan.kpi(name) for name, line in self.lines.items() if line == (1.0, 0.0)]
        return on_whole_units(paid, moving[0].better == "higher") if len(moving) == 1 and moving[0].counted else paid

    def _total_of_plan(self) -> Curve:
        total = self._apply_conditions(
            self._score_curve() if self.plan.combine == "score" else self._sum_of_parts(), "plan", 1.0
        )
        low, high = (None if money is None else money / self.plan.incentive for money in self.plan.limits)
        return total.clip(low, high) if (low, high) != (None, None) else total

    def _score_curve(self) -> Curve:
        assert self.plan.curve is not None
        kpis, lines = self.plan.kpis, self.lines
        slope = sum((k.weight or 0.0) * k.line[0] * lines[k.id][0] for k in kpis)
        level = sum((k.weight or 0.0) * k.attainment(self._standing_result(k)) for k in kpis)
        moving = [k for k in kpis if lines[k.id][0] and k.weight]
        counts = moving[0].counts if len(moving) == 1 else ()
        if counts:
            (step, start), (whole, off, slack) = lines[moving[0].id], counts
            counts = (whole * step, whole * start + off, slack)
        return self.plan.curve.curve().of_line(slope, level).counted(counts)

    def _standing_result(self, k: Kpi) -> float:
        """The result of a KPI [its unit] where its line begins; of a counted one that stands still, its whole units."""
        slope, start = self.lines[k.id]
        return float(counted_down(start, k.counts)) if k.counted and not slope else start

    def _sum_of_parts(self) -> Curve:
        """The parts of all KPIs that pay; those that stand still, as one number."""
        if self.plan.greater_of:
            return self._greatest_of_groups()
        level, moving = 0.0, []
        for k in self.plan.kpis:
            if k.paid and any(self.lines[name][0] for name in self.plan.hang_on[k.id]):
                moving.append(self._part_of(k))
            elif k.paid:
                level += self._resting_part(k)
        return reduce(lambda a, b: a + b, moving) + level if moving else Curve.constant(level)

    def _greatest_of_groups(self) -> Curve:
        """The parts of all KPIs that pay, of groups only that of the group that pays most."""
        groups = [group for table in self.plan.greater_of for group in table.groups]
        alone = [k for k in self.plan.kpis if k.paid and not any(k.id in group for group in groups)]
        total = reduce(add, map(self._added_curve, alone), Curve.constant(0.0))
        for table in self.plan.greater_of:
            total = total + reduce(Curve.maximum, map(self._group_curve, table.groups))
        return total

    def _group_curve(self, ids: Sequence[str]) -> Curve:
        """What the KPIs of a group add together."""
        return reduce(add, (self._added_curve(self.plan.kpi(name)) for name in ids), Curve.constant(0.0))

    def _added_curve(self, k: Kpi) -> Curve:
        """What a KPI adds before groups are compared; nothing where it is only measured."""
        if not k.paid:
            return Curve.constant(0.0)
        moves = any(self.lines[name][0] for name in self.plan.hang_on[k.id])
        return self._part_of(k) if moves else Curve.constant(self._resting_part(k))

    def _where_chosen(self, name: str) -> Curve:
        """1 where the group of a KPI is the one that is paid, and where it is in no group; else 0."""
        table = next((t for t in self.plan.greater_of if any(name in group for group in t.groups)), None)
        if table is None:
            return Curve.constant(1.0)
        groups = [self._group_curve(group) for group in table.groups]
        own = next(n for n, group in enumerate(table.groups) if name in group)
        most = reduce(Curve.maximum, groups)
        slack = {start: s for curve in groups for start, s in zip(curve.starts, curve.slack, strict=True) if s}
        cuts = sorted({start for curve in (*groups, most) for start in curve.starts[1:]})
        places = [midpoint_of(low, high) for low, high in pairwise((-math.inf, *cuts, math.inf))]
        wins = [float(_first_of_the_best([g.counted(())(x) for g in groups]) == own) for x in places]
        starts = (cuts[0] - 1.0, *cuts) if cuts else (0.0,)
        slacks = (0.0, *(slack.get(cut, 0.0) for cut in cuts))
        counts = next((curve.counts for curve in groups if curve.counts), ())
        return Curve(starts, tuple(wins), (0.0,) * len(wins), slacks, counts)

    def _resting_part(self, k: Kpi) -> float:
        """What a KPI adds that stands still with all that it hangs on."""
        known, key = self.plan.known.rests, (k.id, *(self.lines[name][1] for name in self.plan.hang_on[k.id]))
        found = known.get(key)
        if found is None:
            found = trim_cache(known)[key] = self._part_of(k)(0.0)
        return found

    def _part_of(self, k: Kpi) -> Curve:
        """What KPI k adds to the plan's payout, after the gates and modifiers that name it."""
        plan, incentive = self.plan, self.plan.incentive
        part = self._grid_curve(k, k.grid) if k.grid else self._read_along(k.by_result, k.id)
        return self._apply_conditions(part * (plan.worth[k.id] / incentive), k.id, plan.targeted[k.id] / incentive)

    def _grid_curve(self, k: Kpi, grid: GridTerms) -> Curve:
        """What the grid of KPI k pays, one of whose two KPIs stands still."""
        other = self.plan.kpi(grid.with_)
        row, column = self.lines[k.id][0], self.lines[other.id][0]
        if row and column:
            raise NotALine(f"the grid of {k.id} is no line where both of its KPIs move")
        moving, resting = (other, k) if column else (k, other)
        at = self._standing_result(resting)
        return self._read_along(
            self.plan.grid(k, moving.id, at if reads_result(grid) else resting.attainment(at)), moving.id
        )

    def _apply_conditions(self, payout: Curve, name: str, whole: float) -> Curve:
        """A payout after the gates, then the modifiers, that act on a KPI or on the plan."""
        for gate in self.plan.gates:
            if acts_on(gate.closes, name):
                if gate.limits_to is None:
                    payout = payout * self._kept_share(gate)
                else:
                    is_open = self._opening_curve(gate)
                    limited = payout.clip(high=gate.limits_to * whole)
                    payout = payout * is_open + limited * (1.0 + is_open * -1.0)
        return self._apply_modifiers(payout, name)

    def _apply_modifiers(self, payout: Curve, name: str) -> Curve:
        """A payout after the modifiers that act on a KPI or on the plan."""
        acting = [m for m in self.plan.modifiers if acts_on(m.multiplies, name)]
        factors = [self._read_along(m.by_result(self.plan.kpi(m.kpi)), m.kpi) for m in acting]
        if factors and self.plan.modifiers_combine == "add":
            factors = [(reduce(add, factors) + (1.0 - len(factors))).clip(low=0.0)]
        return reduce(mul, factors, payout)

    def _kept_share(self, gate: Gate) -> Curve:
        keeps = gate.keeps or 0.0
        return self._opening_curve(gate) * (1.0 - keeps) + keeps

    def _opening_curve(self, gate: Gate) -> Curve:
        """1 where any of a gate's conditions holds, else 0."""
        opened = [self._read_along(c.opening(self.plan.kpi(c.kpi)), c.kpi) for c in gate.conditions]
        return reduce(Curve.maximum, opened)

    def _read_along(self, curve: Curve, name: str) -> Curve:
        """A curve by a KPI's result, read along the KPI's line."""
        line = self.lines[name]
        return curve if line == (1.0, 0.0) else curve.of_line(*line)


def _first_of_the_best(sums: Sequence[float]) -> int:
    """Which of several pays most; the first where two pay the same."""
    most = max(sums)
    return next(n for n, money in enumerate(sums) if money >= most - SAME_PAY_TOLERANCE * abs(most))
