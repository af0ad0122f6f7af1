"""A plan: weighted KPIs, gates, modifiers, a floor and a ceiling; what it pays, and the exact curve along any KPI.

Order of operations: result (of a counted KPI rounded down) -> attainment -> KPI curve -> KPI ceiling -> weight -> gate
-> modifier -> rounding of the KPI, where it has its own -> the greater of groups -> gates, modifiers, floor and ceiling
of the plan -> money -> rounding to the currency's smallest unit, half up, once, at the end. Gates act in the order of
the document. A gate or modifier on the plan that keeps or multiplies acts on every KPI alike; a limit on the plan, its
floor and its ceiling act on the sum. Payouts and curves are told before any rounding of money.

A plan that exists can be paid: what does not hold is refused when it is made. Not modelled: draws, clawbacks,
splits of a deal, and money that moves between periods.
"""

from collections.abc import Mapping
from functools import cached_property
from html import escape
from typing import Any

import numpy as np
from numpy.typing import ArrayLike
from pydantic import model_validator

from calc.piecewise.curve import Curve
from calc.piecewise.drawing import curve_svg
from calc.piecewise.pieces import NotALine
from calc.piecewise.segments import counted_down
from calc.plan.along import PayAlong, stand_still
from calc.plan.batch.columns import read_by_name
from calc.plan.batch.evaluate import evaluate_plan
from calc.plan.batch.named_columns import named_columns
from calc.plan.errors import Refused
from calc.plan.kpi import Kpi
from calc.plan.limits import check_exactness, never_below_zero
from calc.plan.plan_terms import PlanTerms
from calc.plan.rounding import round_money, rounded_to
from calc.plan.statement import GateState, Statement, StatementLine
from calc.plan.terms import checked_once
from calc.plan.validation import check_limits, check_names, check_straight_lines, check_targets, check_weights


class Plan(PlanTerms):
    """A compensation plan for one period.

    >>> from calc.plan.mechanics import Band
    >>> plan = Plan(target_incentive=1000, kpis=(Kpi(id="deals", target=100, weight=1, curve=Band(floor=0.7)),))
    >>> plan.pay([[69], [70], [118]])
    array([   0.,  700., 1180.])
    """

    @model_validator(mode="after")
    @checked_once
    def _holds_together(self) -> None:
        self.__dict__["kpis"] = tuple(k.standing_at(self._asked_of(k)) for k in self.kpis)
        for faults in (
            check_names,
            check_targets,
            check_weights,
            check_limits,
            check_straight_lines,
            check_exactness,
            never_below_zero,
        ):
            found = tuple(faults(self))
            if found:
                raise Refused(found)

    @cached_property
    def pay_at_target(self) -> float:
        """What the plan pays [money, rounded] when every KPI stands at its target, whatever its target incentive is."""
        return float(self.pay([k.target for k in self.kpis]))

    @cached_property
    def split_at_target(self) -> dict[str, float]:
        """By KPI, what it pays [money] when every KPI stands at its target, before limits on the plan."""
        return dict(zip(self.ids, map(float, self.split([k.target for k in self.kpis])), strict=True))

    def money(self, payout: Any) -> Any:
        """Money of a payout [share of incentive], rounded half up to what the plan rounds to; any shape."""
        money = rounded_to(np.asarray(payout, dtype=np.float64) * self.incentive, self.unit)
        return float(money) if money.ndim == 0 else money

    def payout(self, results: Any, targets: ArrayLike | None = None) -> Any:
        """Payout of the plan [1 = its target incentive] before rounding.

        Args:
            results: (..., k), KPIs last and in the plan's order, each in its own unit; or what names its columns (a
                pandas DataFrame, a pyarrow Table, a mapping), which is read by name (`calc.plan.batch.columns`).
            targets: targets of each rep where they are not the plan's, broadcast to results.

        Returns:
            (...,); for a DataFrame a Series with its index.

        Raises:
            Refused: the last axis is not k long, a KPI that the pay depends on is missing, or a number is not finite.
        """
        if (columns := named_columns(results)) is not None:
            named = read_by_name(self, columns)
            return columns.wrap(self.payout(named.results, named.targets if targets is None else targets))
        done = evaluate_plan(self, results, targets, whole=True)
        return np.divide(done.total, done.whole, out=np.zeros_like(done.total), where=np.asarray(done.whole) != 0)[()]

    def pay(self, results: Any, targets: ArrayLike | None = None, incentives: ArrayLike | None = None) -> Any:
        """Pay of the plan [money], rounded half up to the currency's smallest unit, or what the plan rounds to.

        Args:
            results, targets: as for `payout`.
            incentives: the target incentive of each rep [money] where it is not the plan's, broadcast to (...,).
        """
        if (columns := named_columns(results)) is not None:
            named = read_by_name(self, columns)
            targets = named.targets if targets is None else targets
            return columns.wrap(
                self.pay(named.results, targets, named.incentives if incentives is None else incentives)
            )
        money = evaluate_plan(self, results, targets, incentives, rounding=True).total
        return money if money.ndim else float(money)

    def split(self, results: ArrayLike, targets: ArrayLike | None = None, incentives: ArrayLike | None = None) -> Any:
        """Pay by KPI (..., k) [money, rounded each], before limits on the plan, its floor and its ceiling.

        In a score each KPI is given its share of the weighted score, or of the weights where some pull it down.
        """
        done = evaluate_plan(self, results, targets, incentives, rounding=True, split=True)
        return round_money(done.by_kpi, self.minor)

    def statement(self, at: Mapping[str, float] | None = None) -> Statement:
        """What one rep is paid, KPI by KPI; a KPI not named stands at its target."""
        stands = self.standing(at)
        results = np.array([list(stands.values())])
        done = evaluate_plan(self, results, split=True)
        pays = self.split(results)[0]
        lines = []
        for k, money, pay in zip(self.kpis, done.by_kpi[0], pays, strict=True):
            share = self.targeted[k.id]
            own = float(money) / share if share else 0.0
            counts = float(counted_down(stands[k.id], k.counts)) if k.counted else stands[k.id]
            place = round(k.attainment(counts), 9) + 0.0
            lines.append(StatementLine(k.id, stands[k.id], place, own + 0.0, float(pay) + 0.0))
        gates = tuple(GateState(g.kpi, self.is_open(g, stands)) for g in self.gates)
        total = float(done.total[0]) / self.incentive
        return Statement(float(self.pay(results)[0]), total, tuple(lines), gates)

    def along(self, kpi: str, at: Mapping[str, float] | None = None) -> Curve:
        """The exact curve of the plan's payout [1 = target incentive] along one KPI's result [its unit].

        Args:
            kpi: the id of the KPI that moves.
            at: results of the others; a KPI not named stands at its target.
        """
        return PayAlong(self, {**stand_still(self.standing(at)), self.kpi(kpi).id: (1.0, 0.0)}).total()

    def pay_along(self, kpi: str, at: Mapping[str, float] | None = None) -> Curve:
        """The exact curve of the plan's pay [money, not rounded] along one KPI's result [its unit]; as `along`.

        >>> from calc.plan.mechanics import Band
        >>> plan = Plan(target_incentive=1000, kpis=(Kpi(id="deals", target=100, weight=1, curve=Band(floor=0.7)),))
        >>> float(plan.pay_along("deals")(80)), float(plan.pay_along("deals")(60))
        (800.0, 0.0)
        """
        return self.along(kpi, at) * self.incentive

    def along_all(self, at: Mapping[str, float] | None = None) -> Curve:
        """The exact curve of the plan's payout when every KPI that pays has the same attainment, by it.

        The KPI that the columns of a grid are of pays too.

        Args:
            at: results of the KPIs that do not pay; one that is not named stands at its target.

        Raises:
            NotALine: sloped things multiply each other on that way.
        """
        if len(counted := [k.id for k in self.kpis if k.counted and k.paid]) and len(self.kpis) > 1:
            raise NotALine(f"{counted[0]} counts in whole units, and the others do not count with it")
        paying = {k.id for k in self.kpis if k.paid} | {k.grid.with_ for k in self.kpis if k.grid}
        moving = {k.id: k.line_back for k in self.kpis if k.id in paying}
        return PayAlong(self, {**stand_still(self.standing(at)), **moving}).total()

    def own(self, kpi: str, at: Mapping[str, float] | None = None) -> Curve:
        """What one KPI adds to the plan's payout along its own result, before limits on the plan, floor and ceiling."""
        return PayAlong(self, {**stand_still(self.standing(at)), self.kpi(kpi).id: (1.0, 0.0)}).own(self.kpi(kpi))

    def _repr_html_(self) -> str:
        """The pay along every KPI that decides it, as a notebook shows it."""
        return "".join(self._figure_of(self.kpi(name)) for name in self.deciding)

    def _figure_of(self, kpi: Kpi) -> str:
        pay = self.pay_along(kpi.id)
        low, high = min(0.0, kpi.target - kpi.span), max(kpi.target, kpi.target + 1.5 * kpi.span)
        title = f"{kpi.label}: pay per {self.period} [{self.currency}] by result"
        label = title + (f" [{kpi.unit}]" if kpi.unit else "")
        return f"<figure><figcaption>{escape(label)}</figcaption>{curve_svg(pay, low, high, label)}</figure>"
