"""One KPI of a plan: what is measured, against which target, and by which curve it is paid.

Attainment is made here and nowhere else: `1 + s * (result - target) / scale`, s = +1 when higher is better and -1 when
lower is. A target of zero or below works because a scale can be named. A plan behaves as if attainment were rounded to
9 decimals: a result that misses a break by less than half of the ninth decimal has reached it.
"""

from collections.abc import Mapping, Sequence
from functools import cached_property
from typing import Annotated, Any, Literal, Self

from pydantic import Strict, WithJsonSchema, field_serializer, field_validator, model_validator

from calc.piecewise.curve import Curve
from calc.piecewise.segments import neat_number
from calc.plan.curves.curve_terms import CurveTerms
from calc.plan.curves.tables import GridTerms
from calc.plan.deals import DealTerms
from calc.plan.mechanics import Mechanic
from calc.plan.terms import SLACK, Better, FiniteNumber, Terms, checked_once, term
from calc.plan.visible_text import isolate_text

LEAST_SPAN = 1e-9
"""The smallest result that may count as one whole attainment [KPI unit]."""
ID = "^[a-z][a-z0-9_]*$"
_COSTS: dict[str, Any] = {"type": "object", "additionalProperties": {"type": "number"}}


class Kpi(Terms):
    """A KPI with its target, weight and curve.

    >>> from calc.plan.mechanics import Band
    >>> deals = Kpi(id="deals", target=100, weight=1, curve=Band(floor=0.7))
    >>> deals.attainment(85), deals.result(0.7), deals.by_result(69.0)
    (0.85, 70.0, 0.0)
    """

    id: str = term(pattern=ID, max_length=40, help="the name in files, links and columns")
    name: str | None = term(None, max_length=80, help="the name on the screen; the id if left out")
    kind: Literal["outcome", "profit", "quality", "activity"] = term("outcome", help="what kind of thing it measures")
    unit: str = term("", max_length=40, help="the unit of its results")
    target: FiniteNumber = term(
        None, unit="KPI unit", help="the result that pays 100 %; may be left out where nothing is read by attainment"
    )
    better: Better = term("higher", help="whether a higher or a lower result is better")
    weight: FiniteNumber | None = term(
        None, ge=0, le=1, unit="share of target incentive", help="its share of the incentive"
    )
    scale: FiniteNumber | None = term(
        None, gt=0, unit="KPI unit", help="the result that is one whole attainment; the target's size if left out"
    )
    counted: Annotated[bool, Strict()] = term(
        False,
        help="whether whole units alone count: results are rounded down before they are paid",
    )
    round_to: FiniteNumber = term(
        0.0,
        ge=0,
        unit="money",
        help="its own pay is rounded to multiples of this before it is added; 0 for no rounding",
    )
    curve: Mechanic | None = term(None, help="how it is paid; none where it is measured and not paid")
    team_mean: FiniteNumber | None = term(
        None, ge=-1000, le=1000, unit="attainment", slider=(0, 2), help="where the team lands on it, on average"
    )
    team_spread: FiniteNumber | None = term(
        None,
        ge=0,
        le=1e6,
        unit="attainment",
        slider=(0, 1),
        help="the standard deviation of where the team lands on it",
    )
    team_target: FiniteNumber | None = term(
        None, unit="KPI unit", help="the target that the team's mean and spread are shares of; its own if left out"
    )
    hours: FiniteNumber | None = term(None, gt=0, unit="hours", help="the work that one unit better takes")
    costs: Annotated[tuple[tuple[str, FiniteNumber], ...], WithJsonSchema(_COSTS)] = term(
        (), max_length=20, help="by KPI id, what one unit better of this KPI takes from that one, in its unit"
    )

    deals: DealTerms | None = term(
        None, help="which deals count and how much of each, where its result is made of deals"
    )

    @field_validator("costs", mode="before")
    @classmethod
    def _as_pairs(cls, value: Any) -> Any:
        return tuple(value.items()) if isinstance(value, Mapping) else value

    @field_serializer("costs")
    def _as_table(self, value: tuple[tuple[str, float], ...]) -> dict[str, float]:
        return dict(value)

    @model_validator(mode="after")
    @checked_once
    def _holds_together(self) -> None:
        if not self.has_target:
            if self.curve is not None and not self.curve.of_result:
                raise ValueError("target must be given: the result that pays 100 %")
            self._stand_at(named_results(self.curve))
        if not self.target and self.scale is None and self.has_target:
            raise ValueError(
                "scale must be given where the target is 0 (got none): what counts as one whole attainment"
            )
        if self.span < LEAST_SPAN:
            raise ValueError(
                f"scale must be at least {LEAST_SPAN:g} where the target is that small (got {self.span:g})"
            )
        if self.team_target is not None and self._span_at(self.team_target) < LEAST_SPAN:
            raise ValueError(
                f"team_target must be at least {LEAST_SPAN:g} in size where no scale is given "
                f"(got {self.team_target:g})"
            )
        if self.id == "plan":
            raise ValueError("id must not be 'plan' (got 'plan'): the word stands for the whole plan in gates")
        if self.in_money and self.weight is not None:
            how = "a commission is paid by tiers" if self.commission else "its curve pays money"
            raise ValueError(f"weight must be left out where {how} (got {self.weight:g})")
        if self.curve is not None:
            self.curve.check(self.better, self.span)

    def _stand_at(self, marks: Sequence[float]) -> None:
        """Take the best of some results that pays anything for a target that is not given; their size is its scale."""
        span = max(map(abs, marks), default=1.0) or 1.0
        ordered = sorted(marks or (1.0,), reverse=self.better == "higher")
        tried = (*ordered, ordered[0] + self.sign * span)
        self.__dict__["stand_in_span"] = span
        self.__dict__["target"] = float(next((x for x in tried if self._pays_at(x)), ordered[0]))

    def _pays_at(self, result: float) -> bool:
        """Whether a table of its own results pays anything at one of them."""
        if self.curve is None or not self.curve.of_result:
            return True
        return self.curve.pays_at(result, self.better, self.span)

    def standing_at(self, marks: Sequence[float]) -> Self:
        """The KPI, if it has no target, with one of the results that a plan asks of it to stand at instead."""
        if self.has_target or not marks:
            return self
        twin = self.model_copy()
        twin.__dict__.pop("by_result", None)
        twin._stand_at(marks)
        return twin

    def changed(self, **changes: Any) -> Self:
        """The same KPI but for the changes, checked anew; a target of None takes the target away."""
        if changes.get("target", 0) is not None:
            return super().changed(**changes)
        given = {name: getattr(self, name) for name in self.model_fields_set if name != "target"}
        return type(self)(**(given | {name: value for name, value in changes.items() if name != "target"}))

    @property
    def has_target(self) -> bool:
        """Whether its target is given; one that is not stands at the best result that the plan names."""
        return "target" in self.model_fields_set

    @property
    def label(self) -> str:
        """The name for eyes, which may stand between other words."""
        return isolate_text(self.name or self.id)

    @property
    def commission(self) -> bool:
        """Whether it is paid so much money for each unit."""
        return self.curve is not None and self.curve.BY_UNIT

    @cached_property
    def in_money(self) -> bool:
        """Whether its curve pays money, and it has no weight."""
        return self.curve is not None and self.curve.in_money

    @cached_property
    def grid(self) -> GridTerms | None:
        """Its curve where that reads a second KPI too; else None."""
        return self.curve if isinstance(self.curve, GridTerms) else None

    @property
    def paid(self) -> bool:
        """Whether it pays anything; a KPI of weight 0 is measured only."""
        return self.in_money or bool(self.weight)

    @property
    def span(self) -> float:
        """The result [KPI unit] that is one whole attainment."""
        return self._span_at(self.target)

    def _span_at(self, target: float) -> float:
        """The result [KPI unit] that would be one whole attainment at another target."""
        if self.scale is not None:
            return self.scale
        return abs(target) if self.has_target else float(self.__dict__["stand_in_span"])

    @property
    def counts(self) -> tuple[float, ...]:
        """The line whose whole values alone count, for a curve by its result; () where every result does."""
        return (1.0, 0.0, min(SLACK * self.span, 0.25)) if self.counted else ()

    @property
    def sign(self) -> float:
        """+1 where higher is better, -1 where lower is."""
        return 1.0 if self.better == "higher" else -1.0

    @property
    def slack(self) -> float:
        """How far short of a break a result [KPI unit] may fall and still have reached it; signed by `better`."""
        return self.sign * SLACK * self.span

    @property
    def line(self) -> tuple[float, float]:
        """Slope and intercept of attainment by result."""
        return self.sign / self.span, 1.0 - self.sign * self.target / self.span

    @property
    def line_back(self) -> tuple[float, float]:
        """Slope and intercept of result by attainment.

        >>> Kpi(id="costs", target=50, better="lower").line_back  # 0 % of target is 100, on target 50
        (-50.0, 100.0)
        """
        return self.sign * self.span, self.target - self.sign * self.span

    @property
    def team_line(self) -> tuple[float, float]:
        """Slope and intercept of attainment by the share of `team_target` that the team's mean and spread are told in.

        (1, 0) where the target is the one that the team was described on.

        >>> Kpi(id="deals", target=50, team_target=100).team_line
        (2.0, 0.0)
        """
        first = self.target if self.team_target is None else self.team_target
        slope = self._span_at(first) / self.span
        if self.better == "higher" and self.scale is None and first > 0 and self.target > 0:
            return slope, 0.0
        return slope, 1.0 - slope + self.sign * (first - self.target) / self.span

    def attainment(self, result: Any) -> Any:
        """Attainment [1 = on target] of results [KPI unit], for a number or an array of any shape."""
        if self.better == "higher" and self.scale is None and self.target > 0 and self.span == self.target:
            return result / self.target
        return 1.0 + self.sign * (result - self.target) / self.span

    def result(self, attainment: float) -> float:
        """The result [KPI unit] at an attainment, in as many digits as the plan states it."""
        slope, intercept = self.line
        return neat_number((attainment - intercept) / slope)

    def by_attainment(self, by_result: Curve) -> Curve:
        """A curve along this KPI's results [its unit] as one along its attainment [1 = on target]."""
        return by_result.of_line(*self.line_back)

    def from_worse(self, by_result: Curve) -> Curve:
        """A curve along this KPI's results as one from worse to better: of results below zero where lower is better."""
        return by_result if self.better == "higher" else by_result.of_line(-1.0)

    @cached_property
    def by_result(self) -> Curve:
        """Payout [1 = its target incentive; money for a commission] by result; 0 where it is only measured.

        Raises:
            TypeError: it is paid by a grid, which needs a second KPI.
        """
        if self.curve is None or not self.paid:
            return Curve.constant(0.0)
        if self.curve.second is not None:
            raise TypeError("a grid pays by two KPIs: use its row_curve")
        return read_by_result(self, self.curve)


def read_by_result(kpi: Kpi, mechanic: CurveTerms) -> Curve:
    """The curve of a mechanic by a KPI's result, whether its terms are of attainment or of the result."""
    mechanic = mechanic.in_results(kpi.result)
    curve = mechanic.curve(kpi.better, kpi.span)
    return (curve if mechanic.of_result else curve.of_line(*kpi.line)).counted(kpi.counts)


def reads_result(mechanic: CurveTerms | None) -> bool:
    """Whether the terms of a mechanic are of results, so that a target can change nothing in it."""
    return mechanic is not None and mechanic.of_result


def named_results(mechanic: CurveTerms | None) -> tuple[float, ...]:
    """The results that the terms of a mechanic name."""
    return mechanic.named_places if mechanic is not None and mechanic.of_result else ()
