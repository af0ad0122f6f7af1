"""What the pay hangs on besides the KPI that earns it: gates close it, modifiers multiply it.

A gate is on or off (hurdle, qualifier, trip-wire, knockout); a modifier is a curve that can raise or cut (multiplier).
Source: Cichelli, "Hurdles, modifiers, matrices" (Alexander Group, HR Daily Advisor); a gate that limits instead of
closing is SAP Variable Pay's.
"""

from typing import Any, Literal, Self

from pydantic import field_validator, model_validator

from calc.piecewise.curve import Curve
from calc.plan.errors import shown
from calc.plan.kpi import ID, Kpi, read_by_result
from calc.plan.mechanics import Factor
from calc.plan.terms import Number, Reached, Terms, term

Ids = Literal["plan"] | tuple[str, ...]
MAX_IDS = 200
"""Ids that a gate or modifier names at the most; a plan has no more KPIs."""


def _ids(value: Any) -> Any:
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
    raise ValueError(f"must be ids of KPIs, or 'plan' (got {shown(value)})")


class Gate(Terms):
    """All or part of the pay hangs on another KPI (hurdle, qualifier, trip-wire).

    Closed, it keeps a share of the payout, or limits it. `at_least` is attainment, `at_least_result` the KPI's own unit
    (for a KPI that is better when lower: at most).
    """

    kpi: str = term(pattern=ID, help="the KPI that opens the gate")
    at_least: Number | None = term(None, unit="attainment", slider=(0, 1.5), help="the attainment that opens it")
    at_least_result: Number | None = term(None, unit="KPI unit", help="the result that opens it")
    closes: Ids = term(help="the ids of the KPIs whose pay hangs on it, or 'plan'")
    keeps: Number | None = term(
        None, ge=0, le=1, unit="share of payout", help="what is kept when closed; 0 if left out"
    )
    limits_to: Number | None = term(None, ge=0, unit="payout", slider=(0, 3), help="the most that is paid when closed")
    reached: Reached = term("at", help="whether it opens when the mark is reached, or only once it is passed")

    _as_ids = field_validator("closes", mode="before")(_ids)

    @model_validator(mode="after")
    def _one_of_each(self) -> Self:
        if (self.at_least is None) == (self.at_least_result is None):
            raise ValueError("at_least or at_least_result must be given, one of the two (got both or none)")
        if self.keeps is not None and self.limits_to is not None:
            raise ValueError("keeps or limits_to must be given, not both (got both)")
        return self

    def mark(self, kpi: Kpi) -> float:
        """The result [KPI unit] that opens it."""
        return kpi.result(self.at_least) if self.at_least is not None else float(self.at_least_result or 0.0)

    def opening(self, kpi: Kpi) -> Curve:
        """1 where it is open, by the result of its KPI, and 0 where it is closed."""
        slack = abs(kpi.slack) * (1 if self.reached == "at" else -1)
        mark = kpi.sign * self.mark(kpi)
        return Curve((mark - 1.0, mark), (0.0, 1.0), (0.0, 0.0), (0.0, slack)).of_line(kpi.sign)


class Modifier(Terms):
    """Another KPI multiplies all or part of the pay; it can raise or cut."""

    kpi: str = term(pattern=ID, help="the KPI that the multiplier is read from")
    multiplies: Ids = term(help="the ids of the KPIs whose pay it multiplies, or 'plan'")
    curve: Factor = term(help="the multiplier by attainment, or by result")

    _as_ids = field_validator("multiplies", mode="before")(_ids)

    def by_result(self, kpi: Kpi) -> Curve:
        """The multiplier by the result of its KPI."""
        return read_by_result(kpi, self.curve)
