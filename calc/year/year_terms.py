"""The terms of a year: how often is paid, how the results are read, and where the running total begins again."""

import datetime
from typing import Annotated, Literal, Self

from pydantic import Field, model_validator

from calc.plan.terms import FiniteNumber, Terms, term
from calc.year.rules.below_zero import BelowZero, Tested
from calc.year.rules.ladder import Ladder
from calc.year.rules.limit import Limit
from calc.year.rules.proration import Day, read_day
from calc.year.year_periods import PeriodName

ReadingName = Literal["by_period", "running_total", "rate_reached", "shared_ladder"]
PeriodShare = Annotated[float, Field(ge=0, le=1, allow_inf_nan=False)]
SHARES_TOLERANCE = 1e-9
"""How far the shares of a year's periods may be from 1 together."""


class TargetChange(Terms):
    """Targets and a target incentive that hold from a day on."""

    from_: Day = term(alias="from", max_length=10, help="the first day on which they hold")
    targets: dict[str, FiniteNumber] = term({}, max_length=200, unit="KPI unit", help="by KPI id, the new target")
    target_incentive: FiniteNumber | None = term(
        None, ge=1e-6, unit="money per period of the plan", help="the new target incentive"
    )

    @model_validator(mode="after")
    def _changes_something(self) -> Self:
        if not self.targets and self.target_incentive is None:
            raise ValueError("targets or target_incentive must be given (got none)")
        try:
            read_day(self.from_)
        except ValueError as error:
            raise ValueError(f"from {error}") from None
        return self

    @property
    def day(self) -> datetime.date:
        """The first day on which it holds."""
        return read_day(self.from_)


class Year(Terms):
    """How pay runs over the periods of a year."""

    reading: ReadingName = term(
        help="each period alone, the running total less what was paid, the rate reached, or one ladder of several KPIs"
    )
    paid: PeriodName | None = term(None, help="what one payment is for; the plan's period if left out")
    against: Literal["to_date", "whole"] | None = term(
        None, help="whether a running total is held against the target to date, or against the whole until the restart"
    )
    begins_again: PeriodName | None = term(None, help="after what the running total begins again")
    begins: Day | None = term(None, max_length=10, help="the first day of the year, where a rule reads dates")
    weights: tuple[PeriodShare, ...] = term(
        (), max_length=52, unit="share of the plan's period", help="by payment; equal if left out"
    )
    limit: Limit | None = term(None, help="the most that a payment pays")
    ladder: Ladder | None = term(None, help="what a shared ladder counts, and in which order KPIs climb it")
    below_zero: BelowZero | None = term(
        None, help="a payment below zero is taken back at once, carried to later ones, or forgiven"
    )
    zero_tested: Tested = term("payment", help="whether a payment is tested by itself, or all since the restart")
    pays_when: Literal["earned", "collected"] = term(
        "earned", help="whether pay is due when it is earned, or when the customer pays"
    )
    changes: tuple[TargetChange, ...] = term((), max_length=52, help="targets that change within the year")
    changed_targets: Literal["blended", "stretches"] | None = term(
        None, help="whether targets that change are one mean over the year's days, or hold each in its own stretch"
    )

    @model_validator(mode="after")
    def _fits_together(self) -> Self:
        for fault in (self._reading_fault(), self._weights_fault(), self._dates_fault()):
            if fault is not None:
                raise ValueError(fault)
        return self

    def _reading_fault(self) -> str | None:
        running = self.reading in ("running_total", "rate_reached")
        if running and self.against is None:
            return f"against must be given where reading is '{self.reading}' (got none): 'to_date' or 'whole'"
        if not running and self.against is not None:
            return f"against must be left out where reading is '{self.reading}' (got '{self.against}')"
        if self.begins_again is None and self.remembers:
            return f"begins_again must be given where reading is '{self.reading}' (got none): 'quarter' or 'year'"
        if (self.ladder is None) == (self.reading == "shared_ladder"):
            verb = "given" if self.ladder is None else "left out"
            came = "none" if self.ladder is None else "one"
            return f"ladder must be {verb} where reading is '{self.reading}' (got {came})"
        if self.below_zero is None and self.reading != "by_period":
            return (
                f"below_zero must be given where reading is '{self.reading}' (got none): "
                "'allowed', 'carried' or 'forgiven'"
            )
        on = None if self.limit is None else self.limit.on
        if self.limit is not None and (on is None) == (self.reading in ("running_total", "shared_ladder")):
            verb = "given" if on is None else "left out"
            return f"limit.on must be {verb} where reading is '{self.reading}' (got {on or 'none'})"
        return None

    @property
    def remembers(self) -> bool:
        """Whether anything is added up until a restart."""
        kept = self.limit is not None and self.limit.beyond != "lost"
        return self.reading != "by_period" or kept or self.zero_tested == "restart"

    def _weights_fault(self) -> str | None:
        if self.weights and abs(sum(self.weights) - 1.0) > SHARES_TOLERANCE:
            return f"weights must add up to 1 (got {sum(self.weights):.12g})"
        if self.weights and min(self.weights) <= 0:
            return f"weights must each be above 0 (got {min(self.weights):g})"
        return None

    def _dates_fault(self) -> str | None:
        if self.begins is not None:
            try:
                read_day(self.begins)
            except ValueError as error:
                return f"begins {error}"
        if bool(self.changes) != (self.changed_targets is not None):
            return "changes and changed_targets must be given together (got one of them): 'blended' or 'stretches'"
        if self.changes and self.begins is None:
            return "begins must be given where targets change (got none): the first day of the year"
        days = [change.day for change in self.changes]
        if any(b <= a for a, b in zip(days, days[1:], strict=False)):
            return "changes must be in order, each day once (got them otherwise)"
        return None

    @property
    def first_day(self) -> datetime.date | None:
        """The first day of the year; None where none is given."""
        return None if self.begins is None else read_day(self.begins)
