"""A holdback: a part of each payment is paid at once, the rest when the window closes, less what was cancelled.

What is cancelled comes off the oldest reserve first; what exceeds the reserve is taken back only where [recovery] says
so. Practice: reserves against cancellations, as public plan documents of subscription and insurance sales have them.
"""

from typing import Self

from pydantic import model_validator

from calc.plan.terms import FiniteNumber, Terms, Whole, term
from calc.year.flow import Flow, PeriodPlace
from calc.year.money import Amount, at_least, lesser, round_amounts


class Holdback(Terms):
    """Which part is paid at once, and when the rest is.

    >>> Holdback(paid_now=0.6, window=3).paid_now
    0.6
    """

    paid_now: FiniteNumber = term(ge=0, le=1, unit="share of pay", help="the part that is paid at once")
    window: Whole | None = term(
        None, ge=1, le=120, unit="payments", help="after how many payments the rest is paid; instead of at_year_end"
    )
    at_year_end: bool = term(False, strict=True, help="whether the rest is paid with the last payment of the year")

    @model_validator(mode="after")
    def _one_time(self) -> Self:
        if (self.window is None) != self.at_year_end:
            came = "both" if self.at_year_end else "none"
            raise ValueError(f"window or at_year_end must be given, one of the two (got {came}): when the rest is paid")
        return self

    def settle(self, flow: Flow, place: PeriodPlace) -> Flow:
        """What is paid now, with what the reserve releases."""
        kept = at_least(flow.due - round_amounts(flow.due * self.paid_now, place.unit), 0.0)
        reserve: tuple[Amount, ...] = (*flow.balances.get("reserve", ()), kept)
        left, after = flow.balance("to_take"), []
        for amount in reserve:
            taken = lesser(amount, left)
            after.append(amount - taken)
            left = taken * -1.0 + left
        released, rest = self._released(tuple(after), place, flow.due * 0.0)
        due = flow.due - kept + released
        used = left * -1.0 + flow.balance("to_take")
        return flow.then(due, kept_back=kept, released=released, reserve_used=used).keeping(reserve=rest, to_take=left)

    def _released(
        self, reserve: tuple[Amount, ...], place: PeriodPlace, none: Amount
    ) -> tuple[Amount, tuple[Amount, ...]]:
        """What is paid out of the reserve, and what stays in it."""
        if self.window is None:
            return (sum(reserve, start=none), ()) if place.ends_year else (none, reserve)
        due = len(reserve) - self.window
        return (none, reserve) if due < 1 else (sum(reserve[:due], start=none), reserve[due:])
