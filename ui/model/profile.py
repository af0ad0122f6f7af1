"""What the picture, the sentence and the figures are all read from: one plan looked at along one KPI, or all together.

The axis is attainment everywhere (1 = on target, better to the right), so that a result that is better when lower, and
all KPIs at once, are drawn like any other. Money is the whole plan's, before rounding.
"""

import math
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Literal

from calc.diagnosis.context import round_step
from calc.piecewise.curve import Curve
from calc.piecewise.distributions import Distribution, move_distribution
from calc.plan.kpi import Kpi
from calc.plan.plan import Plan
from calc.plan.zones import zones
from calc.situation.team import Team

ALL_MEASURES = "all"
"""The axis on which every KPI has the same attainment."""
PROFILE_TOLERANCE = 1e-9
"""Attainments closer than this are the same place: a plan behaves as if attainment had 9 decimals."""

StretchKind = Literal["zero", "flat", "climb", "cliff", "drop"]


def first_paid(plan: Plan) -> str:
    """The id of the first KPI that pays: what is looked at where nobody chose."""
    return next((kpi.id for kpi in plan.kpis if kpi.paid), plan.ids[0])


@dataclass(frozen=True)
class Stretch:
    """A zone on the axis, from worse to better; infinite where it has no end. A cliff has no length.

    `before` and `after` are the pay [money] at its two ends, `slope` the money for one whole attainment.
    """

    kind: StretchKind
    start: float
    end: float
    before: float
    after: float
    slope: float

    @property
    def height(self) -> float:
        """The money that the jump of a cliff is."""
        return self.after - self.before


@dataclass(frozen=True)
class Scene:
    """A plan along one KPI (its id, or `all`), with where the rep stands [KPI units] and the team, where known."""

    plan: Plan
    along: str
    at: Mapping[str, float] = field(default_factory=dict)
    team: Team | None = None

    @cached_property
    def kpi(self) -> Kpi | None:
        """The KPI on the axis; none when all move together."""
        return None if self.along == ALL_MEASURES else self.plan.kpi(self.along)

    @cached_property
    def curve(self) -> Curve:
        """Pay [money] by attainment, exact.

        Raises:
            NotALine: all KPIs together, where sloped things multiply each other.
        """
        if self.kpi is None:
            return self.plan.along_all(self.standing) * self.plan.incentive
        return self.kpi.by_attainment(self.plan.pay_along(self.kpi.id, self.at))

    @cached_property
    def stretches(self) -> tuple[Stretch, ...]:
        """The zones from left to right."""
        if self.kpi is None:
            return _read_off(self.curve)
        found = []
        for zone in zones(self.plan, self.kpi.id, self.at):
            start = -math.inf if zone.start is None else zone.start
            end = math.inf if zone.end is None else zone.end
            if self.from_zero and end <= 0:
                continue
            start = max(start, 0.0) if self.from_zero else start
            before = self._pay_inside(start, end) if zone.pay_start is None else zone.pay_start
            after = self._pay_inside(start, end) if zone.pay_end is None else zone.pay_end
            slope = 0.0 if zone.pay_per_unit is None else zone.pay_per_unit * self.kpi.span
            found.append(Stretch(zone.kind, start, end, before, after, slope))
        return tuple(found)

    @property
    def from_zero(self) -> bool:
        """Whether the axis begins at a result of zero: nobody sells less than nothing, unless the plan has a scale."""
        return self.kpi is None or bool(self.kpi.target > 0 and self.kpi.scale is None and self.here >= 0)

    def _pay_inside(self, start: float, end: float) -> float:
        """The pay somewhere within a stretch."""
        if math.isfinite(start) and math.isfinite(end):
            return float(self.curve((start + end) / 2))
        return float(self.curve(end - 1 if math.isfinite(end) else start + 1 if math.isfinite(start) else 0.0))

    @cached_property
    def standing(self) -> dict[str, float]:
        """Where the rep stands on every KPI [its unit]."""
        return {kpi.id: self.at.get(kpi.id, kpi.target) for kpi in self.plan.kpis}

    @cached_property
    def here(self) -> float:
        """Where the rep stands on the axis; on average, weighted by what each KPI pays, when all move together."""
        if self.kpi is not None:
            return float(self.kpi.attainment(self.standing[self.kpi.id]))
        return sum(w * float(self.plan.kpi(i).attainment(self.standing[i])) for i, w in self._pay_weights.items())

    @cached_property
    def pay(self) -> float:
        """What the rep is paid here [money, rounded to the currency's smallest unit]."""
        return float(self.plan.pay([self.standing[kpi.id] for kpi in self.plan.kpis]))

    @cached_property
    def on_line(self) -> bool:
        """Whether the rep stands on the drawn line, and not beside it with an uneven mix of results."""
        return bool(abs(float(self.curve(self.here)) - self.pay) <= 0.51 * 10**-self.plan.minor)

    def stood(self, result: float) -> "Scene":
        """The same with the rep at another result of the KPI on the axis; the line along it stays as it is."""
        assert self.kpi is not None
        found = replace(self, at={**self.at, self.kpi.id: result})
        found.__dict__.update(kpi=self.kpi, curve=self.curve, crowd=self.crowd)
        if found.from_zero == self.from_zero:
            found.__dict__.update(stretches=self.stretches)
        return found

    @property
    def unit(self) -> float:
        """One unit of the KPI, or the round number of units that a rep thinks in (1,000 of a target of 80,000)."""
        if self.kpi is None:
            return 0.01
        return round_step(self.kpi)

    @property
    def step(self) -> float:
        """One unit [attainment]."""
        return self.unit if self.kpi is None else self.unit / self.kpi.span

    @property
    def next_pays(self) -> float:
        """What the next unit pays, from where the rep stands [money]."""
        better = {k.id: k.sign * (self.unit if self.kpi else 0.01 * k.span) for k in self.plan.kpis}
        moving = [k.id for k in self.plan.kpis if k.paid] if self.kpi is None else [self.kpi.id]
        moved = [self.standing[i] + (better[i] if i in moving else 0.0) for i in self.plan.ids]
        return round(float(self.plan.pay(moved)) - self.pay, 6)

    @property
    def ahead(self) -> Stretch | None:
        """The next zone that begins beyond the rep."""
        return next((s for s in self.stretches if s.start > self.here + PROFILE_TOLERANCE), None)

    @cached_property
    def crowd(self) -> Distribution | None:
        """Where the team lands on the axis, if the document says; on average over what pays where all move together."""
        if self.team is None:
            return None
        if self.kpi is not None:
            return self.team.landing(self.kpi)
        weights = self._pay_weights
        lines = {i: self.plan.kpi(i).team_line for i in weights}
        slope, shift = (sum(weights[i] * lines[i][part] for i in weights) for part in (0, 1))
        return move_distribution(self.team.shaped(self.team.mean, self.team.spread), slope, shift)

    @property
    def _pay_weights(self) -> dict[str, float]:
        """The share that each paid KPI has in what all together pay at target."""
        pays = {kpi.id: abs(self.plan.targeted[kpi.id]) for kpi in self.plan.kpis if kpi.paid}
        whole = sum(pays.values())
        return {name: pay / whole if whole else 1.0 / len(pays) for name, pay in pays.items()}

    def share(self, start: float, end: float) -> float | None:
        """The share of the team between two places of the axis."""
        return None if self.crowd is None else self.crowd.below(end)[0] - self.crowd.below(start)[0]


def _read_off(curve: Curve) -> tuple[Stretch, ...]:
    """The zones of a curve, counted from 0."""
    cliffs = {jump.at: jump for jump in curve.jumps() if jump.at > 0}
    found: list[Stretch] = []
    for piece in curve.pieces():
        if piece.end <= 0:
            continue
        if piece.start in cliffs:
            jump = cliffs[piece.start]
            found.append(Stretch("cliff", jump.at, jump.at, jump.before, jump.after, 0.0))
        start = max(piece.start, 0.0)
        kind: StretchKind = (
            "climb" if piece.slope > 0 else "drop" if piece.slope < 0 else "flat" if piece.value else "zero"
        )
        end_value = piece.end_value if math.isfinite(piece.end) else float(curve(start + 1))
        found.append(Stretch(kind, start, piece.end, float(curve(start)), end_value, piece.slope))
    return tuple(found)
