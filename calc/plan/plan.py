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
from functools import cached_property, reduce
from html import escape
from typing import Any, ClassVar, Literal

import numpy as np
from numpy.typing import ArrayLike
from pydantic import model_validator

from calc.piecewise.curve import Curve
from calc.piecewise.drawing import curve_svg
from calc.piecewise.pieces import NotALine
from calc.piecewise.segments import counted_down
from calc.plan import batch
from calc.plan.along import Known, PayAlong, stand_still
from calc.plan.columns import named_columns, read_by_name
from calc.plan.conditions import Gate, GreaterOf, Modifier, acts_on
from calc.plan.errors import Refused, nearest_name
from calc.plan.kpi import Kpi, named_results, reads_result
from calc.plan.limits import check_exactness, never_below_zero
from calc.plan.mechanics import Factor, Matrix
from calc.plan.rounding import round_money, rounded_to
from calc.plan.statement import GateState, Statement, StatementLine
from calc.plan.terms import FiniteNumber, Terms, checked_once, term
from calc.plan.validation import check_limits, check_names, check_straight_lines, check_targets, check_weights

MINOR = {
    **dict.fromkeys(["BIF", "CLP", "DJF", "GNF", "ISK", "JPY", "KMF", "KRW", "PYG", "RWF", "UGX", "UYI", "VND"], 0),
    **dict.fromkeys(["VUV", "XAF", "XOF", "XPF"], 0),
    **dict.fromkeys(["BHD", "IQD", "JOD", "KWD", "LYD", "OMR", "TND"], 3),
    **dict.fromkeys(["CLF", "UYW"], 4),
}
"""Decimals of a currency where they are not 2. Source: ISO 4217, list one."""


class Plan(Terms):
    """A compensation plan for one period.

    >>> from calc.plan.mechanics import Band
    >>> plan = Plan(target_incentive=1000, kpis=(Kpi(id="deals", target=100, weight=1, curve=Band(floor=0.7)),))
    >>> plan.pay([[69], [70], [118]])
    array([   0.,  700., 1180.])
    """

    ROOT: ClassVar[str] = "plan."

    currency: str = term("USD", pattern="^[A-Z]{3}$", help="the ISO 4217 code of the money")
    period: Literal["week", "fortnight", "four-week", "month", "quarter", "half-year", "year"] = term(
        "month", help="what the pay is for"
    )
    target_incentive: FiniteNumber | None = term(
        None, ge=1e-6, unit="money per period", help="the money that 100 % of every weighted KPI pays"
    )
    base_pay: FiniteNumber | None = term(None, ge=0, unit="money per period", help="the pay that hangs on nothing")
    floor: FiniteNumber | None = term(
        None, ge=0, unit="share of target incentive", slider=(0, 1), help="the payout that the plan guarantees"
    )
    ceiling: FiniteNumber | None = term(
        None, ge=0, unit="share of target incentive", slider=(1, 5), help="the most that the whole plan pays"
    )
    pay_below_zero: bool = term(
        False, strict=True, help="whether pay may fall below zero; a plan that does not say so and could is refused"
    )
    floor_pay: FiniteNumber | None = term(
        None, ge=0, unit="money per period", help="the pay that the plan guarantees, as money; instead of floor"
    )
    ceiling_pay: FiniteNumber | None = term(
        None, ge=0, unit="money per period", help="the most that the whole plan pays, as money; instead of ceiling"
    )
    round_to: FiniteNumber | None = term(
        None, gt=0, unit="money", help="pay is rounded to multiples of this; the currency's smallest unit if left out"
    )
    modifiers_combine: Literal["multiply", "add"] = term(
        "multiply", help="whether factors multiply each other, or what they add to 1 is added: 1.25 and 1.25 make 1.5"
    )
    combine: Literal["sum", "score"] = term(
        "sum", help="pay by KPI and add, or weigh attainment first and pay by score"
    )
    curve: Factor | None = term(None, help="the one curve of a score")
    kpis: tuple[Kpi, ...] = term(min_length=1, max_length=200, help="what is measured")
    gates: tuple[Gate, ...] = term((), max_length=50, help="what the pay hangs on")
    modifiers: tuple[Modifier, ...] = term((), max_length=50, help="what multiplies the pay")
    greater_of: tuple[GreaterOf, ...] = term((), max_length=20, help="groups of KPIs of which the best one is paid")

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

    def completed(self, changes: Mapping[str, Any]) -> dict[str, Any]:
        """Changes with what they take the place of: a floor or ceiling is told once, as a share or as money."""
        pairs = (("floor", "floor_pay"), ("ceiling", "ceiling_pay"))
        gone = {b: None for a, b in (*pairs, *((b, a) for a, b in pairs)) if changes.get(a) is not None}
        return {**gone, **changes}

    def _asked_of(self, kpi: Kpi) -> tuple[float, ...]:
        """The results that the plan names of a KPI without a target of its own."""
        if kpi.has_target:
            return ()
        found = list(named_results(kpi.curve))
        found += [c.mark(kpi) for g in self.gates for c in g.conditions if c.kpi == kpi.id and c.of_result]
        found += [x for m in self.modifiers if m.kpi == kpi.id for x in named_results(m.curve)]
        grids = [k.curve for k in self.kpis if isinstance(k.curve, Matrix) and k.curve.with_ == kpi.id]
        return (*found, *(x for grid in grids if reads_result(grid) for x in grid.columns))

    def grid(self, j: Kpi, moving: str, at: float) -> Curve:
        """The matrix of KPI j along the result of one of its two KPIs, the other standing at `at` of its axis."""
        grid = j.curve
        assert isinstance(grid, Matrix)
        other = self.kpi(grid.with_)
        along = j if moving == j.id else other
        of_result = grid.of == "result"
        mirrored = (of_result and j.better == "lower", of_result and other.better == "lower")
        slice_of = grid.row_curve if moving == j.id else grid.column_curve
        curve = slice_of(at, (j.span, other.span) if of_result else (1.0, 1.0), mirrored)
        return (curve if of_result else curve.of_line(*along.line)).counted(along.counts)

    @cached_property
    def _by_id(self) -> dict[str, Kpi]:
        return {kpi.id: kpi for kpi in self.kpis}

    @property
    def ids(self) -> tuple[str, ...]:
        """The ids of the KPIs, in the plan's order."""
        return tuple(self._by_id)

    @cached_property
    def deciding(self) -> tuple[str, ...]:
        """The ids of the KPIs that the pay depends on, in the plan's order: they pay, gate, multiply or span a grid.

        >>> from calc.documents.planfile import load_preset
        >>> load_preset("low-ceiling").plan.deciding
        ('deals', 'csat')
        """
        paid = {k.id for k in self.kpis if k.paid}
        found = paid | {k.curve.with_ for k in self.kpis if k.paid and isinstance(k.curve, Matrix)}
        shut = [g for g in self.gates if g.keeps != 1 and (g.closes == "plan" or paid.intersection(g.closes))]
        found |= {condition.kpi for gate in shut for condition in gate.conditions}
        found |= {m.kpi for m in self.modifiers if m.multiplies == "plan" or paid.intersection(m.multiplies)}
        return tuple(i for i in self.ids if i in found)

    @cached_property
    def hang_on(self) -> dict[str, tuple[str, ...]]:
        """By KPI, the ids of all whose results its own part of the pay hangs on; what acts on the plan left out."""
        found = {}
        for k in self.kpis:
            ids = [k.id, k.curve.with_] if isinstance(k.curve, Matrix) else [k.id]
            ids += [c.kpi for gate in self.gates if acts_on(gate.closes, k.id) for c in gate.conditions]
            found[k.id] = (*ids, *(m.kpi for m in self.modifiers if acts_on(m.multiplies, k.id)))
        return found

    def kpi(self, name: str) -> Kpi:
        """The KPI of an id.

        Raises:
            Refused: the plan has none of that id.
        """
        if name not in self._by_id:
            raise Refused(f"{name} must be a KPI of the plan (got {name!r}): {nearest_name(name, self.ids)}")
        return self._by_id[name]

    @property
    def minor(self) -> int:
        """Decimals of the currency's smallest unit."""
        return MINOR.get(self.currency, 2)

    @cached_property
    def worth(self) -> dict[str, float]:
        """By KPI, the money that a payout of 1 of its own curve is; 1 where its curve is in money."""
        incentive = self.target_incentive or 0.0
        return {k.id: 1.0 if k.in_money else (k.weight or 0.0) * incentive for k in self.kpis}

    @cached_property
    def targeted(self) -> dict[str, float]:
        """By KPI, the money that it pays at its target, by the plan's word: its own target incentive."""
        return {k.id: self._at_target(k) if k.in_money else self.worth[k.id] for k in self.kpis}

    def _at_target(self, kpi: Kpi) -> float:
        """What a KPI that is paid in money pays at target; by a grid, where its other KPI is on target too."""
        if not isinstance(kpi.curve, Matrix):
            return float(kpi.by_result(kpi.target))
        other = self.kpi(kpi.curve.with_)
        at = float(counted_down(other.target, other.counts)) if other.counted else other.target
        at = at if reads_result(kpi.curve) else float(other.attainment(at))
        return float(self.grid(kpi, kpi.id, at)(kpi.target))

    @cached_property
    def incentive(self) -> float:
        """Money paid at 100 % of everything: the target incentive and what is paid in money at target.

        A plan that pays in money alone may name a target incentive; it then is what payouts are shares of.
        """
        if self.target_incentive is not None and not any(k.weight for k in self.kpis):
            return self.target_incentive
        return float(self.sum_at_target(self.targeted, self.target_incentive or 0.0))

    def sum_at_target(self, targeted: Mapping[str, Any], weighted: Any) -> Any:
        """What is paid at 100 % of everything, out of what each KPI pays there [money]; of any shape.

        Args:
            targeted: by KPI, what it pays at its target.
            weighted: the target incentive, which all that have a weight share.
        """
        groups = [group for table in self.greater_of for group in table.groups]
        alone = [k for k in self.kpis if k.in_money and not any(k.id in group for group in groups)]
        whole = sum((targeted[k.id] for k in alone), start=weighted)
        for table in self.greater_of:
            pays = [sum(targeted[name] for name in group) for group in table.groups]
            shared = [sum(targeted[name] for name in group if not self.kpi(name).in_money) for group in table.groups]
            whole = whole + reduce(np.maximum, pays) - reduce(np.maximum, shared)
        return whole

    @cached_property
    def unit(self) -> float:
        """What money is rounded to multiples of."""
        return self.round_to if self.round_to is not None else 10.0**-self.minor

    @cached_property
    def limits(self) -> tuple[float | None, float | None]:
        """The least and the most that the whole plan pays [money]; None for none."""
        shares = ((self.floor, self.floor_pay), (self.ceiling, self.ceiling_pay))
        low, high = (money if share is None else share * self.incentive for share, money in shares)
        return low, high

    def depends_on_target(self, kpi: str) -> bool:
        """Whether another target of a KPI can change what a rep is paid.

        Where every term that reads the KPI is of its result, a target can change nothing.
        """
        k, paid = self.kpi(kpi), {k.id for k in self.kpis if k.paid}
        if k.id not in self.deciding:
            return False
        read: list[Any] = [k.curve] if k.paid and k.curve is not None else []
        read += [j.curve for j in self.kpis if j.paid and isinstance(j.curve, Matrix) and j.curve.with_ == kpi]
        read += [m.curve for m in self.modifiers if m.kpi == kpi]
        marks = [c for g in self.gates for c in g.conditions if c.kpi == kpi]
        if any(not reads_result(curve) for curve in read) or any(not mark.of_result for mark in marks):
            return True
        if self.combine == "score":
            return bool(k.weight)
        own = [g for g in self.gates if g.limits_to is not None and g.closes != "plan" and kpi in g.closes]
        whole = [g for g in self.gates if g.limits_to is not None and g.closes == "plan"]
        shares = bool(whole) or (self.floor, self.ceiling) != (None, None)
        of_whole = shares and (self.target_incentive is None or any(j.weight for j in self.kpis))
        return k.in_money and kpi in paid and bool(own or of_whole)

    def is_open(self, gate: Gate, stands: Mapping[str, float]) -> bool:
        """Whether a gate is open where a rep stands [KPI units]."""
        return any(bool(c.opening(self.kpi(c.kpi))(stands[c.kpi])) for c in gate.conditions)

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
                pandas DataFrame, a pyarrow Table, a mapping), which is read by name (`calc.plan.columns`).
            targets: targets of each rep where they are not the plan's, broadcast to results.

        Returns:
            (...,); for a DataFrame a Series with its index.

        Raises:
            Refused: the last axis is not k long, a KPI that the pay depends on is missing, or a number is not finite.
        """
        if (columns := named_columns(results)) is not None:
            named = read_by_name(self, columns)
            return columns.wrap(self.payout(named.results, named.targets if targets is None else targets))
        done = batch.evaluate_plan(self, results, targets, whole=True)
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
        money = batch.evaluate_plan(self, results, targets, incentives, rounding=True).total
        return money if money.ndim else float(money)

    def split(self, results: ArrayLike, targets: ArrayLike | None = None, incentives: ArrayLike | None = None) -> Any:
        """Pay by KPI (..., k) [money, rounded each], before limits on the plan, its floor and its ceiling.

        In a score each KPI is given its share of the weighted score, or of the weights where some pull it down.
        """
        done = batch.evaluate_plan(self, results, targets, incentives, rounding=True, split=True)
        return round_money(done.by_kpi, self.minor)

    def standing(self, at: Mapping[str, float] | None = None) -> dict[str, float]:
        """Where a rep stands on every KPI: as named, else at target.

        Raises:
            Refused: a name is no KPI, or a number is not finite.
        """
        given = {self.kpi(name).id: float(result) for name, result in (at or {}).items()}
        for name, result in given.items():
            if not np.isfinite(result):
                raise Refused(f"{name} must be a finite number (got {result!r}): the result of the KPI")
        return {k.id: given.get(k.id, k.target) for k in self.kpis}

    def statement(self, at: Mapping[str, float] | None = None) -> Statement:
        """What one rep is paid, KPI by KPI; a KPI not named stands at its target."""
        stands = self.standing(at)
        results = np.array([list(stands.values())])
        done = batch.evaluate_plan(self, results, split=True)
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
        paying = {k.id for k in self.kpis if k.paid} | {k.curve.with_ for k in self.kpis if isinstance(k.curve, Matrix)}
        moving = {k.id: (k.sign * k.span, k.target - k.sign * k.span) for k in self.kpis if k.id in paying}
        return PayAlong(self, {**stand_still(self.standing(at)), **moving}).total()

    def own(self, kpi: str, at: Mapping[str, float] | None = None) -> Curve:
        """What one KPI adds to the plan's payout along its own result, before limits on the plan, floor and ceiling."""
        return PayAlong(self, {**stand_still(self.standing(at)), self.kpi(kpi).id: (1.0, 0.0)}).own(self.kpi(kpi))

    def _repr_html_(self) -> str:
        """The pay along every KPI that decides it, as a notebook shows it."""
        return "".join(self._figure_of(self.kpi(name)) for name in self.deciding)

    def _figure_of(self, kpi: Kpi) -> str:
        pay = self.along(kpi.id) * self.incentive
        low, high = min(0.0, kpi.target - kpi.span), max(kpi.target, kpi.target + 1.5 * kpi.span)
        title = f"{kpi.label}: pay per {self.period} [{self.currency}] by result"
        label = title + (f" [{kpi.unit}]" if kpi.unit else "")
        return f"<figure><figcaption>{escape(label)}</figcaption>{curve_svg(pay, low, high, label)}</figure>"

    @cached_property
    def known(self) -> Known:
        """What has been worked out along lines of this plan already."""
        return Known()
