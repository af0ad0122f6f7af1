"""What a block of reps is paid: the order of operations on arrays that fit the processor's cache."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from calc.piecewise.segments import counted_down
from calc.piecewise.vectorized import KERNEL_BLOCK, Floats, Kernel
from calc.plan.conditions import PLAN, SAME_PAY_TOLERANCE, Condition, Gate, Modifier, acts_on
from calc.plan.curves.curve_terms import CurveTerms
from calc.plan.curves.tables import GridTerms
from calc.plan.errors import Refused
from calc.plan.kpi import Kpi, reads_result
from calc.plan.plan_terms import PlanTerms
from calc.plan.rounding import rounded_to

LEAST_SCORE = 1e-9
"""A score nearer to 0 than this cannot be shared out in proportion."""


def count_units(plan: PlanTerms, rows: Floats) -> Floats:
    """Results with those of counted KPIs rounded down to whole units."""
    rows = np.array(rows)
    for i, k in enumerate(plan.kpis):
        if k.counted:
            rows[:, i] = counted_down(rows[:, i], k.counts)
    return rows


@dataclass
class Scratch:
    """Scratch for one call: nothing outlives it, so that threads do not meet."""

    column: Floats
    scratch: Floats
    mask: NDArray[np.bool_]
    kernels: tuple[Kernel | None, ...]
    plain: bool
    rounding: bool

    @classmethod
    def of(cls, plan: PlanTerms, rounding: bool) -> "Scratch":
        """Scratch for a plan; `rounding` is whether each KPI's pay is rounded where the plan says so."""
        plain = plan.combine == "sum" and not plan.gates and not plan.modifiers and not plan.greater_of
        plain = plain and not any(k.grid or k.round_to for k in plan.kpis)
        kernels = tuple((k.by_result * plan.worth[k.id]).kernel if plain and k.paid else None for k in plan.kpis)
        return cls(
            np.empty(KERNEL_BLOCK),
            np.empty(KERNEL_BLOCK),
            np.empty(KERNEL_BLOCK, dtype=np.bool_),
            kernels,
            plain,
            rounding,
        )


@dataclass
class PlanBlock:
    """Reps by their results (n, k) [KPI units], own targets (n, k) and target incentives (n,) where they have any."""

    plan: PlanTerms
    work: Scratch
    rows: Floats
    goals: Floats | None
    shares: Floats | None

    def fill(self, total: Floats, parts: Floats | None) -> None:
        """Write the pay (n,) [money] into `total` and, where given, that of each KPI into `parts` (n, k)."""
        n = len(self.rows)
        total.fill(0.0)
        if self.work.plain and self.goals is None and self.shares is None and parts is None:
            self._fill_plain(total, n)
        else:
            self._fill_all(total, parts)
        self._apply_limits(total)

    def _fill_plain(self, total: Floats, n: int) -> None:
        work, check = self.work, 0.0
        for i, kernel in enumerate(work.kernels):
            column = work.column[:n]
            np.copyto(column, self.rows[:, i])
            check += float(np.add.reduce(column))
            if kernel is not None:
                kernel.add_on(column, total, work.scratch[:n], work.mask[:n])
        if not np.isfinite(check):
            self._refuse_infinite()

    def _fill_all(self, total: Floats, parts: Floats | None) -> None:
        self._refuse_infinite()
        if self.plan.combine == "score":
            whole, paid = self._pay_score()
            total += whole
        else:
            paid = [self._pay_kpi(i, k) for i, k in enumerate(self.plan.kpis)]
            for table in self.plan.greater_of:
                self._keep_the_best(paid, table.groups)
            for part in paid:
                total += part
        if parts is not None:
            factor = self._factor_of_plan()
            for i, part in enumerate(paid):
                parts[:, i] = part if factor is None else part * factor
        for gate in self.plan.gates:
            if gate.closes == "plan" and gate.limits_to is not None:
                self._limit_closed(total, gate, gate.limits_to * self.whole())
            elif gate.closes == "plan":
                np.multiply(total, self._kept_share(gate), out=total)
        if (times := self._multiplier_on(PLAN)) is not None:
            np.multiply(total, times, out=total)

    def _keep_the_best(self, paid: list[Floats], groups: Sequence[Sequence[str]]) -> None:
        """Nothing for the KPIs of every group but the one that pays most; the first where two pay the same."""
        places = [[self.plan.ids.index(name) for name in group] for group in groups]
        sums = np.stack([np.add.reduce([paid[i] for i in group]) for group in places])
        most = np.maximum.reduce(sums)
        best = np.argmax(sums >= most - SAME_PAY_TOLERANCE * np.abs(most), axis=0)
        for n, group in enumerate(places):
            for i in group:
                paid[i] = np.where(best == n, paid[i], 0.0)

    def _pay_kpi(self, i: int, k: Kpi) -> Floats:
        """Money of one KPI after the gates and modifiers that name it (n,)."""
        if not k.paid:
            return np.zeros(len(self.rows))
        pay = self._paid_by_curve(i, k)
        worth = np.float64(1.0) if k.in_money else self._worth_of(k)
        pay = pay * worth
        for gate in self.plan.gates:
            if gate.closes != PLAN and k.id in gate.closes:
                if gate.limits_to is None:
                    np.multiply(pay, self._kept_share(gate), out=pay)
                else:
                    self._limit_closed(
                        pay, gate, gate.limits_to * (self._money_at_target(i, k) if k.in_money else worth)
                    )
        if (times := self._multiplier_on(k.id)) is not None:
            np.multiply(pay, times, out=pay)
        return rounded_to(pay, k.round_to) if k.round_to and self.work.rounding else pay

    def _paid_by_curve(self, i: int, k: Kpi) -> Floats:
        """What the curve of a KPI pays (n,) [1 = its target incentive, or money]."""
        if k.grid is not None:
            return self._pay_grid(i, k, k.grid)
        if self.goals is not None and k.curve is not None and k.curve.needs_own_target:
            return self._pay_on_own_target(i, k, k.curve)
        by_result = k.curve is not None and reads_result(k.curve)
        paid: Floats = k.by_result.counted(())(self._as_planned(i, k, by_result=by_result))
        return paid

    def _pay_on_own_target(self, i: int, k: Kpi, mechanic: CurveTerms) -> Floats:
        """What a mechanic pays that reads both the result and each rep's own target (n,)."""
        assert self.goals is not None
        results, goals = self.rows[:, i], self.goals[:, i]
        spans = np.full(goals.shape, k.span) if k.scale is not None else np.abs(goals)
        self._refuse_zero_targets(k, spans)
        return mechanic.on_own_target(results, 1.0 + k.sign * (results - goals) / spans, spans)

    def _pay_grid(self, i: int, k: Kpi, grid: GridTerms) -> Floats:
        j = self.plan.ids.index(grid.with_)
        other = self.plan.kpis[j]
        if grid.of == "result":
            flips = (k.better == "lower", other.better == "lower")
            return grid.on(self.rows[:, i], self.rows[:, j], (k.span, other.span), flips)
        places = (kpi.attainment(self._as_planned(at, kpi, by_result=False)) for at, kpi in ((i, k), (j, other)))
        return grid.on(*places)

    def _pay_score(self) -> tuple[Floats, list[Floats]]:
        """Money of a score (n,), and shared out over its KPIs: in proportion, or by weight where they pull apart."""
        plan = self.plan
        assert plan.curve is not None
        shares = [
            (k.weight or 0.0) * k.attainment(self._as_planned(i, k, by_result=False)) for i, k in enumerate(plan.kpis)
        ]
        score = np.add.reduce(shares)
        pay = plan.curve.curve()(score) * (plan.incentive if self.shares is None else self.shares)
        apart = (np.abs(score) < LEAST_SCORE) | np.logical_or.reduce([share * score < 0 for share in shares])
        safe = np.where(apart, 1.0, score)
        weights = [k.weight or 0.0 for k in plan.kpis]
        return pay, [pay * np.where(apart, w, share / safe) for w, share in zip(weights, shares, strict=True)]

    def _as_planned(self, i: int, k: Kpi, *, by_result: bool) -> Floats:
        """Results of one KPI as they would be against the plan's own target, for terms of attainment."""
        column = self.rows[:, i]
        if by_result or self.goals is None:
            return column
        goals = self.goals[:, i]
        span = k.span if k.scale is not None else np.abs(goals)
        self._refuse_zero_targets(k, span)
        return k.target + (column - goals) * (k.span / span)

    def _refuse_zero_targets(self, k: Kpi, span: Any) -> None:
        """Refuse targets of 0 where the plan names no scale."""
        if isinstance(span, np.ndarray) and not span.all():
            raise Refused(f"{k.id}.target must not be 0 where the plan names no scale (got 0)")

    def _where_open(self, gate: Gate) -> Floats:
        """1 where any of a gate's conditions holds, else 0 (n,)."""
        opened = [self._where_held(condition) for condition in gate.conditions]
        return opened[0] if len(opened) == 1 else np.maximum.reduce(opened)

    def _where_held(self, condition: Condition) -> Floats:
        i = self.plan.ids.index(condition.kpi)
        k = self.plan.kpis[i]
        opened: Floats = condition.opening(k).counted(())(self._as_planned(i, k, by_result=condition.of_result))
        return opened

    def _kept_share(self, gate: Gate) -> Floats:
        keeps = gate.keeps or 0.0
        return keeps + (1.0 - keeps) * self._where_open(gate)

    def _limit_closed(self, pay: Floats, gate: Gate, limit: Any) -> None:
        np.copyto(pay, np.minimum(pay, limit), where=self._where_open(gate) == 0.0)

    def _multiplier_on(self, name: str) -> Floats | None:
        """What the modifiers on a KPI, or on the plan, multiply by together (n,); None where there are none."""
        acting = [m for m in self.plan.modifiers if acts_on(m.multiplies, name)]
        factors = [self._factor_of(m) for m in acting]
        if not factors:
            return None
        if self.plan.modifiers_combine == "add":
            added: Floats = np.maximum(np.add.reduce(factors) - (len(factors) - 1), 0.0)
            return added
        product: Floats = np.multiply.reduce(factors)
        return product

    def _factor_of(self, modifier: Modifier) -> Floats:
        i = self.plan.ids.index(modifier.kpi)
        k = self.plan.kpis[i]
        results = self._as_planned(i, k, by_result=reads_result(modifier.curve))
        factor: Floats = modifier.by_result(k).counted(())(results)
        return factor

    def _factor_of_plan(self) -> Floats | None:
        """What gates that keep and modifiers on the plan multiply every KPI by (n,)."""
        factors = [self._kept_share(g) for g in self.plan.gates if g.closes == PLAN and g.limits_to is None]
        times = self._multiplier_on(PLAN)
        factors += [] if times is None else [times]
        return np.multiply.reduce(factors) if factors else None

    def _worth_of(self, k: Kpi) -> Any:
        return self.plan.worth[k.id] if self.shares is None else (k.weight or 0.0) * self.shares

    def _money_at_target(self, i: int, k: Kpi) -> Any:
        """What a KPI that is paid in money pays at the rep's own target."""
        if self.goals is None:
            return self.plan.targeted[k.id]
        goals = count_units(self.plan, self.goals)
        return replace(self, rows=goals)._paid_by_curve(i, k)

    def whole(self) -> Any:
        """The money that a payout of 1 of the plan is, for each rep where they differ."""
        plan = self.plan
        if self.shares is None and self.goals is None:
            return plan.incentive
        given = plan.target_incentive if self.shares is None else self.shares
        if given is not None and not any(k.weight for k in plan.kpis):
            return given
        weighted = 0.0 if given is None else given
        targeted = {
            k.id: self._money_at_target(i, k) if k.in_money else (k.weight or 0.0) * weighted
            for i, k in enumerate(plan.kpis)
        }
        return plan.sum_at_target(targeted, weighted)

    def _apply_limits(self, total: Floats) -> None:
        plan = self.plan
        if plan.limits == (None, None):
            return
        whole = self.whole() if (plan.floor, plan.ceiling) != (None, None) else 0.0
        low = plan.floor_pay if plan.floor is None else plan.floor * whole
        high = plan.ceiling_pay if plan.ceiling is None else plan.ceiling * whole
        if high is not None:
            np.minimum(total, high, out=total)
        if low is not None:
            np.maximum(total, low, out=total)

    def _refuse_infinite(self) -> None:
        bad = np.argwhere(~np.isfinite(self.rows))
        if len(bad):
            row, column = bad[0]
            raise Refused(f"{self.plan.ids[column]} must be a finite number (got {self.rows[row, column]})")
