"""What the pay hangs on besides the KPI that earns it: gates close it, modifiers multiply it.

A gate is on or off (hurdle, qualifier, trip-wire, knockout); a modifier is a curve that can raise or cut (multiplier).
Source: Cichelli, "Hurdles, modifiers, matrices" (Alexander Group, HR Daily Advisor); a gate that limits instead of
closing is SAP Variable Pay's.
"""

import math
from typing import Any, Literal, Self

from pydantic import field_validator, model_validator

from calc.piecewise.curve import Curve
from calc.plan.errors import quote_value
from calc.plan.kpi import ID, Kpi, read_by_result
from calc.plan.mechanics import Factor
from calc.plan.terms import FiniteNumber, Reached, Terms, term

PLAN = "plan"
"""What gates and modifiers call the whole plan."""
SAME_PAY_TOLERANCE = 1e-9
"""The relative difference up to which two groups pay the same."""
Ids = Literal["plan"] | tuple[str, ...]
MAX_IDS = 200
"""Ids that a gate or modifier names at the most; a plan has no more KPIs."""


def _read_ids(value: Any) -> Any:
    """Ids as they are written: one, several, or the whole plan.

    Raises:
        ValueError: they are something else, or none.
    """
    if isinstance(value, str):
        return value if value == "plan" else (value,)
    if isinstance(value, list | tuple) and len(value) > MAX_IDS:
        raise ValueError(f"must have at most {MAX_IDS} entries (got {len(value):,})")
    if isinstance(value, list | tuple) and value and all(isinstance(name, str) for name in value):
        return tuple(value)
    raise ValueError(f"must be ids of KPIs, or 'plan' (got {quote_value(value)})")


MARK_TERMS = ("at_least", "at_least_result", "at_most", "at_most_result")


class Condition(Terms):
    """What a result must come to: at least a mark, or at most one.

    `at_least` and `at_most` are attainments, the others results in the KPI's own unit. `at_least_result` of a KPI that
    is better when lower is the result that it may not exceed; `at_most_result` is that for every KPI.
    """

    kpi: str = term(pattern=ID, help="the KPI that opens the gate")
    at_least: FiniteNumber | None = term(None, unit="attainment", slider=(0, 1.5), help="the attainment that opens it")
    at_least_result: FiniteNumber | None = term(None, unit="KPI unit", help="the result that opens it")
    at_most: FiniteNumber | None = term(
        None, unit="attainment", slider=(0, 3), help="the attainment up to which it is open"
    )
    at_most_result: FiniteNumber | None = term(None, unit="KPI unit", help="the result up to which it is open")
    reached: Reached = term("at", help="whether the mark itself counts, or only what lies beyond it")

    @model_validator(mode="after")
    def _one_mark(self) -> Self:
        given = [name for name in MARK_TERMS if getattr(self, name) is not None]
        if len(given) != 1:
            came = " and ".join(given) or "none"
            raise ValueError(
                f"{', '.join(MARK_TERMS[:-1])} or {MARK_TERMS[-1]} must be given, one of the four (got {came})"
            )
        return self

    @property
    def of_result(self) -> bool:
        """Whether the mark is a result in the KPI's unit."""
        return self.at_least_result is not None or self.at_most_result is not None

    @property
    def from_above(self) -> bool:
        """Whether the mark must not be exceeded: it is open below, and closed above."""
        return self.at_most is not None or self.at_most_result is not None

    def mark(self, kpi: Kpi) -> float:
        """The result [KPI unit] at which it opens or closes."""
        share = self.at_least if self.at_least is not None else self.at_most
        if share is not None:
            return kpi.result(share)
        return float(self.at_least_result if self.at_least_result is not None else self.at_most_result or 0.0)

    def opens_upwards(self, kpi: Kpi) -> bool:
        """Whether higher results of its KPI open it."""
        if self.at_most_result is not None:
            return False
        return (kpi.sign > 0) != (self.at_most is not None)

    def boundary(self, kpi: Kpi) -> float:
        """The result [KPI unit] at which it opens or closes: its mark; of a counted KPI the unit that changes it.

        >>> Condition(kpi="deals", at_least_result=2.1).boundary(Kpi(id="deals", target=3, counted=True))
        3.0
        """
        mark = self.mark(kpi)
        if not kpi.counted:
            return mark
        within = abs(kpi.slack) * (1.0 if self.reached == "at" else -1.0)
        return float(math.ceil(mark - within) if self.opens_upwards(kpi) else math.floor(mark + within) + 1)

    def opening(self, kpi: Kpi) -> Curve:
        """1 where it is open, by the result of its KPI, and 0 where it is closed."""
        sign = 1.0 if self.opens_upwards(kpi) else -1.0
        slack = abs(kpi.slack) * (1 if self.reached == "at" else -1)
        mark = sign * self.mark(kpi)
        return Curve((mark - 1.0, mark), (0.0, 1.0), (0.0, 0.0), (0.0, slack)).of_line(sign).counted(kpi.counts)


class Gate(Condition):
    """All or part of the pay hangs on another KPI (hurdle, qualifier, trip-wire).

    Closed, it keeps a share of the payout, or limits it. Where other conditions are given, any one of all opens it.
    """

    any_of: tuple[Condition, ...] = term((), max_length=20, help="other conditions, any one of which opens it too")
    closes: Ids = term(help="the ids of the KPIs whose pay hangs on it, or 'plan'")
    keeps: FiniteNumber | None = term(
        None, ge=0, le=1, unit="share of payout", help="what is kept when closed; 0 if left out"
    )
    limits_to: FiniteNumber | None = term(
        None, ge=0, unit="payout", slider=(0, 3), help="the most that is paid when closed"
    )

    _as_ids = field_validator("closes", mode="before")(_read_ids)

    @model_validator(mode="after")
    def _one_end(self) -> Self:
        if self.keeps is not None and self.limits_to is not None:
            raise ValueError("keeps or limits_to must be given, not both (got both)")
        return self

    @property
    def conditions(self) -> tuple[Condition, ...]:
        """All conditions, any one of which opens it: its own, and the others."""
        return (self, *self.any_of)


class Modifier(Terms):
    """Another KPI multiplies all or part of the pay; it can raise or cut."""

    kpi: str = term(pattern=ID, help="the KPI that the multiplier is read from")
    multiplies: Ids = term(help="the ids of the KPIs whose pay it multiplies, or 'plan'")
    curve: Factor = term(help="the multiplier by attainment, or by result")

    _as_ids = field_validator("multiplies", mode="before")(_read_ids)

    @model_validator(mode="after")
    def _is_a_factor(self) -> Self:
        if self.curve.in_money:
            raise ValueError("curve.pays must be 'share' where it multiplies (got 'money'): a factor is no amount")
        return self

    def by_result(self, kpi: Kpi) -> Curve:
        """The multiplier by the result of its KPI; of the KPI that was asked of last it is remembered."""
        known: tuple[Kpi, Curve] | None = self.__dict__.get("_known_by_result")
        if known is None or known[0] is not kpi:
            known = self.__dict__["_known_by_result"] = (kpi, read_by_result(kpi, self.curve))
        return known[1]


class GreaterOf(Terms):
    """Groups of KPIs of which the plan pays the one that pays most, before its own floor and ceiling."""

    groups: tuple[tuple[str, ...], ...] = term(
        min_length=2, max_length=20, help="the groups, each a list of KPI ids; the first counts where two pay the same"
    )

    @model_validator(mode="after")
    def _named_once(self) -> Self:
        if not all(self.groups):
            raise ValueError("groups must each name a KPI (got an empty one)")
        return self


def acts_on(ids: Any, name: str) -> bool:
    """Whether a gate or modifier acts on a KPI by name, or on the plan where that is asked."""
    return bool(ids == name) if PLAN in (ids, name) else name in ids
