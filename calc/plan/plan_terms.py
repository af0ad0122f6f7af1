"""The terms of a plan as its document gives them, and what follows from them alone; `calc.plan.plan` pays by them."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property, reduce
from typing import Any, ClassVar, Literal

import numpy as np

from calc.piecewise.curve import Curve
from calc.piecewise.segments import counted_down
from calc.plan.conditions import Gate, GreaterOf, Modifier, acts_on
from calc.plan.curves.tables import GridTerms
from calc.plan.errors import Refused, nearest_name
from calc.plan.kpi import Kpi, named_results, reads_result
from calc.plan.mechanics import Factor
from calc.plan.terms import FiniteNumber, Terms, term

MINOR = {
    **dict.fromkeys(["BIF", "CLP", "DJF", "GNF", "ISK", "JPY", "KMF", "KRW", "PYG", "RWF", "UGX", "UYI", "VND"], 0),
    **dict.fromkeys(["VUV", "XAF", "XOF", "XPF"], 0),
    **dict.fromkeys(["BHD", "IQD", "JOD", "KWD", "LYD", "OMR", "TND"], 3),
    **dict.fromkeys(["CLF", "UYW"], 4),
}
"""Decimals of a currency where they are not 2. Source: ISO 4217, list one."""


MAX_KNOWN = 256
"""Curves along lines, and parts of the pay, that a plan remembers: the same lines are asked for many times."""


@dataclass(frozen=True)
class Known:
    """What has been worked out for one plan.

    `totals` are curves of the whole pay by their lines, `rests` what KPIs add that stand still, `means` what a team is
    expected to be paid [money], by the team.
    """

    totals: dict[tuple[Any, ...], Curve] = field(default_factory=dict)
    rests: dict[tuple[Any, ...], float] = field(default_factory=dict)
    means: dict[Any, float] = field(default_factory=dict)


def trim_cache(known: dict[Any, Any]) -> dict[Any, Any]:
    """The entries, emptied where they have grown to `MAX_KNOWN`."""
    if len(known) >= MAX_KNOWN:
        known.clear()
    return known


class PlanTerms(Terms):
    """What a plan is made of: KPIs, gates, modifiers, limits and money, not yet known to hold together."""

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
        return (*found, *(x for k in self.read_beside(kpi.id) if k.grid and k.grid.of_result for x in k.grid.columns))

    def grid(self, j: Kpi, moving: str, at: float) -> Curve:
        """The grid of KPI j along the result of one of its two KPIs, the other standing at `at` of its axis."""
        grid = j.curve
        assert isinstance(grid, GridTerms)
        other = self.kpi(grid.with_)
        along = j if moving == j.id else other
        of_result = grid.of == "result"
        mirrored = (of_result and j.better == "lower", of_result and other.better == "lower")
        slice_of = grid.row_curve if moving == j.id else grid.column_curve
        curve = slice_of(at, (j.span, other.span) if of_result else (1.0, 1.0), mirrored)
        return (curve if of_result else curve.of_line(*along.line)).counted(along.counts)

    def read_beside(self, name: str) -> tuple[Kpi, ...]:
        """The KPIs whose grids read another one of an id."""
        return tuple(k for k in self.kpis if k.grid is not None and k.grid.with_ == name)

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
        found = paid | {k.grid.with_ for k in self.kpis if k.paid and k.grid}
        shut = [g for g in self.gates if g.keeps != 1 and (g.closes == "plan" or paid.intersection(g.closes))]
        found |= {condition.kpi for gate in shut for condition in gate.conditions}
        found |= {m.kpi for m in self.modifiers if m.multiplies == "plan" or paid.intersection(m.multiplies)}
        return tuple(i for i in self.ids if i in found)

    @cached_property
    def hang_on(self) -> dict[str, tuple[str, ...]]:
        """By KPI, the ids of all whose results its own part of the pay hangs on; what acts on the plan left out."""
        found = {}
        for k in self.kpis:
            ids = [k.id, k.grid.with_] if k.grid else [k.id]
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
        if kpi.grid is None:
            return float(kpi.by_result(kpi.target))
        other = self.kpi(kpi.grid.with_)
        at = float(counted_down(other.target, other.counts)) if other.counted else other.target
        at = at if kpi.grid.of_result else float(other.attainment(at))
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
        read += [j.curve for j in self.read_beside(kpi) if j.paid]
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

    @cached_property
    def known(self) -> Known:
        """What has been worked out along lines of this plan already."""
        return Known()
