"""A plan: weighted KPIs, gates, modifiers, a floor and a ceiling; what it pays, and the exact curve along any KPI.

Order of operations: result -> attainment -> KPI curve -> KPI ceiling -> weight -> gate -> modifier -> plan floor and
ceiling -> money -> rounding to the currency's smallest unit, half up, once, at the end. Gates act in the order of the
document. A gate or modifier on the plan that keeps or multiplies acts on every KPI alike; a limit on the plan, its
floor and its ceiling act on the sum.

A plan that exists can be paid: what does not hold is refused when it is made. Not modelled: draws, clawbacks,
splits of a deal, and money that moves between periods.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from html import escape
from typing import Any, ClassVar, Literal, Self

import numpy as np
from numpy.typing import ArrayLike
from pydantic import model_validator

from calc.piecewise.curve import Curve
from calc.piecewise.drawing import curve_svg
from calc.plan import batch
from calc.plan.along import Course, Known, acts_on, still
from calc.plan.conditions import Gate, Modifier
from calc.plan.errors import Refused, nearest
from calc.plan.kpi import Kpi
from calc.plan.limits import exact, never_below_zero
from calc.plan.mechanics import Factor, Matrix
from calc.plan.terms import Number, Terms, term
from calc.plan.validation import lines, names, weights

MINOR = {
    **dict.fromkeys(["BIF", "CLP", "DJF", "GNF", "ISK", "JPY", "KMF", "KRW", "PYG", "RWF", "UGX", "UYI", "VND"], 0),
    **dict.fromkeys(["VUV", "XAF", "XOF", "XPF"], 0),
    **dict.fromkeys(["BHD", "IQD", "JOD", "KWD", "LYD", "OMR", "TND"], 3),
    **dict.fromkeys(["CLF", "UYW"], 4),
}
"""Decimals of a currency where they are not 2. Source: ISO 4217, list one."""


@dataclass(frozen=True)
class Line:
    """One KPI of a statement: result [KPI unit], attainment, payout [1 = its target incentive], pay [money]."""

    id: str
    result: float
    attainment: float
    payout: float
    pay: float


@dataclass(frozen=True)
class GateState:
    """Whether the gate on a KPI is open."""

    kpi: str
    open: bool


@dataclass(frozen=True)
class Statement:
    """What one rep is paid: pay [money, rounded], payout [1 = target incentive], KPI by KPI, gate by gate."""

    pay: float
    payout: float
    kpis: tuple[Line, ...]
    gates: tuple[GateState, ...]


class Plan(Terms):
    """A compensation plan for one period.

    >>> from calc.plan.mechanics import Band
    >>> plan = Plan(target_incentive=1000, kpis=(Kpi(id="deals", target=100, weight=1, curve=Band(floor=0.7)),))
    >>> plan.pay([[69], [70], [118]])
    array([   0.,  700., 1180.])
    """

    ROOT: ClassVar[str] = "plan."

    currency: str = term("USD", pattern="^[A-Z]{3}$", help="the ISO 4217 code of the money")
    period: Literal["month", "quarter", "half-year", "year"] = term("month", help="what the pay is for")
    target_incentive: Number | None = term(
        None, ge=1e-6, unit="money per period", help="the money that 100 % of every weighted KPI pays"
    )
    base_pay: Number | None = term(None, ge=0, unit="money per period", help="the pay that hangs on nothing")
    floor: Number | None = term(
        None, ge=0, unit="share of target incentive", slider=(0, 1), help="the payout that the plan guarantees"
    )
    ceiling: Number | None = term(
        None, ge=0, unit="share of target incentive", slider=(1, 5), help="the most that the whole plan pays"
    )
    pay_below_zero: bool = term(
        False, strict=True, help="whether pay may fall below zero; a plan that does not say so and could is refused"
    )
    combine: Literal["sum", "score"] = term(
        "sum", help="pay by KPI and add, or weigh attainment first and pay by score"
    )
    curve: Factor | None = term(None, help="the one curve of a score")
    kpis: tuple[Kpi, ...] = term(min_length=1, max_length=200, help="what is measured")
    gates: tuple[Gate, ...] = term((), max_length=50, help="what the pay hangs on")
    modifiers: tuple[Modifier, ...] = term((), max_length=50, help="what multiplies the pay")

    @model_validator(mode="after")
    def _holds_together(self) -> Self:
        for faults in (names, weights, lines, exact, never_below_zero):
            found = tuple(faults(self))
            if found:
                raise Refused(found)
        return self

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
        return curve if of_result else curve.of_line(*along.line)

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

        >>> from calc.documents.planfile import load
        >>> load("low-ceiling").plan.deciding
        ('deals', 'csat')
        """
        paid = {k.id for k in self.kpis if k.paid}
        found = paid | {k.curve.with_ for k in self.kpis if k.paid and isinstance(k.curve, Matrix)}
        found |= {g.kpi for g in self.gates if g.keeps != 1 and (g.closes == "plan" or paid.intersection(g.closes))}
        found |= {m.kpi for m in self.modifiers if m.multiplies == "plan" or paid.intersection(m.multiplies)}
        return tuple(i for i in self.ids if i in found)

    @cached_property
    def hang_on(self) -> dict[str, tuple[str, ...]]:
        """By KPI, the ids of all whose results its own part of the pay hangs on; what acts on the plan left out."""
        found = {}
        for k in self.kpis:
            ids = [k.id, k.curve.with_] if isinstance(k.curve, Matrix) else [k.id]
            ids += [gate.kpi for gate in self.gates if acts_on(gate.closes, k.id)]
            found[k.id] = (*ids, *(m.kpi for m in self.modifiers if acts_on(m.multiplies, k.id)))
        return found

    def kpi(self, name: str) -> Kpi:
        """The KPI of an id.

        Raises:
            Refused: the plan has none of that id.
        """
        if name not in self._by_id:
            raise Refused(f"{name} must be a KPI of the plan (got {name!r}): {nearest(name, self.ids)}")
        return self._by_id[name]

    @property
    def minor(self) -> int:
        """Decimals of the currency's smallest unit."""
        return MINOR.get(self.currency, 2)

    @cached_property
    def worth(self) -> dict[str, float]:
        """By KPI, the money that a payout of 1 of its own curve is; 1 for a commission, which is in money."""
        incentive = self.target_incentive or 0.0
        return {k.id: 1.0 if k.commission else (k.weight or 0.0) * incentive for k in self.kpis}

    @cached_property
    def targeted(self) -> dict[str, float]:
        """By KPI, the money that it pays at its target, by the plan's word: its own target incentive."""
        return {k.id: k.by_result(k.target) if k.commission else self.worth[k.id] for k in self.kpis}

    @cached_property
    def incentive(self) -> float:
        """Money paid at 100 % of everything: the target incentive and what commissions pay at target.

        A plan of commissions alone may name a target incentive; it then is what payouts are shares of.
        """
        if self.target_incentive is not None and not any(k.weight for k in self.kpis):
            return self.target_incentive
        return (self.target_incentive or 0.0) + sum(self.targeted[k.id] for k in self.kpis if k.commission)

    @cached_property
    def pay_at_target(self) -> float:
        """What the plan pays [money, rounded] when every KPI stands at its target, whatever its target incentive is."""
        return float(self.pay([k.target for k in self.kpis]))

    @cached_property
    def split_at_target(self) -> dict[str, float]:
        """By KPI, what it pays [money] when every KPI stands at its target, before limits on the plan."""
        return dict(zip(self.ids, map(float, self.split([k.target for k in self.kpis])), strict=True))

    def money(self, payout: Any) -> Any:
        """Money of a payout [share of incentive], rounded half up to the currency's smallest unit; any shape."""
        rounded = batch.rounded(np.asarray(payout, dtype=np.float64) * self.incentive, self.minor)
        return float(rounded) if rounded.ndim == 0 else rounded

    def payout(self, results: ArrayLike, targets: ArrayLike | None = None) -> Any:
        """Payout of the plan [1 = its target incentive] before rounding.

        Args:
            results: (..., k), KPIs last and in the plan's order, each in its own unit.
            targets: targets of each rep where they are not the plan's, broadcast to results.

        Returns:
            (...,).

        Raises:
            Refused: the last axis is not k long, or a number is not finite.
        """
        done = batch.evaluate(self, results, targets, whole=True)
        return np.divide(done.total, done.whole, out=np.zeros_like(done.total), where=np.asarray(done.whole) != 0)[()]

    def pay(self, results: ArrayLike, targets: ArrayLike | None = None, incentives: ArrayLike | None = None) -> Any:
        """Pay of the plan [money], rounded half up to the currency's smallest unit.

        Args:
            results, targets: as for `payout`.
            incentives: the target incentive of each rep [money] where it is not the plan's, broadcast to (...,).
        """
        money = batch.evaluate(self, results, targets, incentives, rounding=True).total
        return money if money.ndim else float(money)

    def split(self, results: ArrayLike, targets: ArrayLike | None = None, incentives: ArrayLike | None = None) -> Any:
        """Pay by KPI (..., k) [money, rounded each], before limits on the plan, its floor and its ceiling.

        In a score each KPI is given its share of the weighted score, or of the weights where some pull it down.
        """
        return batch.rounded(batch.evaluate(self, results, targets, incentives, split=True).by_kpi, self.minor)

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
        done = batch.evaluate(self, results, split=True)
        pays = batch.rounded(done.by_kpi[0], self.minor)
        lines = []
        for k, money, pay in zip(self.kpis, done.by_kpi[0], pays, strict=True):
            share = self.targeted[k.id]
            own = float(money) / share if share else 0.0
            place = round(k.attainment(stands[k.id]), 9) + 0.0
            lines.append(Line(k.id, stands[k.id], place, own + 0.0, float(pay) + 0.0))
        gates = tuple(GateState(g.kpi, bool(g.opening(self.kpi(g.kpi))(stands[g.kpi]))) for g in self.gates)
        total = float(done.total[0]) / self.incentive
        return Statement(self.money(total), total, tuple(lines), gates)

    def along(self, kpi: str, at: Mapping[str, float] | None = None) -> Curve:
        """The exact curve of the plan's payout [1 = target incentive] along one KPI's result [its unit].

        Args:
            kpi: the id of the KPI that moves.
            at: results of the others; a KPI not named stands at its target.
        """
        return Course(self, {**still(self.standing(at)), self.kpi(kpi).id: (1.0, 0.0)}).total()

    def along_all(self, at: Mapping[str, float] | None = None) -> Curve:
        """The exact curve of the plan's payout when every KPI that pays has the same attainment, by it.

        The KPI that the columns of a grid are of pays too.

        Args:
            at: results of the KPIs that do not pay; one that is not named stands at its target.

        Raises:
            NotALine: sloped things multiply each other on that way.
        """
        paying = {k.id for k in self.kpis if k.paid} | {k.curve.with_ for k in self.kpis if isinstance(k.curve, Matrix)}
        moving = {k.id: (k.sign * k.span, k.target - k.sign * k.span) for k in self.kpis if k.id in paying}
        return Course(self, {**still(self.standing(at)), **moving}).total()

    def own(self, kpi: str, at: Mapping[str, float] | None = None) -> Curve:
        """What one KPI adds to the plan's payout along its own result, before limits on the plan, floor and ceiling."""
        return Course(self, {**still(self.standing(at)), self.kpi(kpi).id: (1.0, 0.0)}).own(self.kpi(kpi))

    def _repr_html_(self) -> str:
        """The pay along every KPI that decides it, as a notebook shows it."""
        return "".join(self._drawn(self.kpi(name)) for name in self.deciding)

    def _drawn(self, kpi: Kpi) -> str:
        pay = self.along(kpi.id) * self.incentive
        low, high = min(0.0, kpi.target - kpi.span), max(kpi.target, kpi.target + 1.5 * kpi.span)
        title = f"{kpi.label}: pay per {self.period} [{self.currency}] by result"
        label = title + (f" [{kpi.unit}]" if kpi.unit else "")
        return f"<figure><figcaption>{escape(label)}</figcaption>{curve_svg(pay, low, high, label)}</figure>"

    @cached_property
    def known(self) -> Known:
        """What has been worked out along lines of this plan already."""
        return Known()
