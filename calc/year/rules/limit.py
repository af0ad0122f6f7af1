"""A limit on what one payment pays, and what becomes of the rest.

`lost`: what is beyond it is not paid. `reconciled`: at the restart the whole is worked out anew, and the difference is
paid, or taken back where the plan says so. `held`: it waits in a balance that later room pays out. Under a running
total the limit is on what this payment adds, or on the pay to date; the two differ after one rich month.

Practice: payment caps with a year-end true-up, as public plan documents have them; no law asks for either.
"""

from typing import Literal, Self

import numpy as np
from pydantic import model_validator

from calc.plan.terms import FiniteNumber, Terms, term
from calc.year.flow import Flow, PeriodPlace
from calc.year.money import Amount, at_least, at_most


class Limit(Terms):
    """The most that a payment pays.

    >>> cap = Limit(pay=10_000, beyond="reconciled", overpaid="kept")
    >>> cap.beyond
    'reconciled'
    """

    pay: FiniteNumber | None = term(None, ge=0, unit="money per payment", help="the most that one payment pays")
    share: FiniteNumber | None = term(
        None, ge=0, le=20, unit="share of the payment's target incentive", help="the same as a share; instead of pay"
    )
    beyond: Literal["lost", "reconciled", "held"] = term(
        help="what becomes of the rest: it is lost, made up for at the restart, or held until later room pays it"
    )
    on: Literal["payment", "to_date"] | None = term(
        None, help="under a running total, whether it limits what a payment adds, or the pay to date"
    )
    overpaid: Literal["taken_back", "kept"] | None = term(
        None, help="where it is reconciled, what becomes of too much that was paid"
    )
    held_at_end: Literal["paid", "lost"] | None = term(
        None, help="where it is held, what becomes at the restart of what is still held"
    )

    @model_validator(mode="after")
    def _fits_together(self) -> Self:
        if (self.pay is None) == (self.share is None):
            came = "none" if self.pay is None else "both"
            raise ValueError(f"pay or share must be given, one of the two (got {came}): the most that a payment pays")
        for name, beyond in (("overpaid", "reconciled"), ("held_at_end", "held")):
            given = getattr(self, name)
            if (given is None) == (self.beyond == beyond):
                verb = "given" if given is None else "left out"
                where = "where" if given is None else "unless"
                raise ValueError(f"{name} must be {verb} {where} beyond is '{beyond}' (got {given or 'none'})")
        if self.on == "to_date" and self.beyond != "lost":
            raise ValueError(f"on must be 'payment' where beyond is '{self.beyond}' (got 'to_date')")
        return self

    def settle(self, flow: Flow, place: PeriodPlace) -> Flow:
        """What the limit leaves of what is due."""
        if self.on == "to_date":
            due = at_most(flow.level, place.limit_to_date) - np.minimum(flow.before, place.limit_before)
            return flow.then(due, withheld=flow.due - due)
        waiting = flow.balance("held")
        due = at_most(flow.due + waiting, place.limit)
        kept = {"limited": due + flow.balance("limited")}
        if self.beyond == "held":
            kept["held"] = flow.due + waiting - due
        return flow.then(due, withheld=flow.due - due).keeping(**kept)

    def settle_end(self, flow: Flow, whole: Amount) -> tuple[Flow, Amount]:
        """The flow after the restart, and what is made up for then [money].

        Args:
            flow: the last payment before the restart, with what the limit let through since the last one.
            whole: what the results since the last restart earn together.
        """
        none = flow.due * 0.0
        if self.beyond == "held":
            held = flow.balance("held")
            return flow.keeping(held=held * 0.0), held if self.held_at_end == "paid" else none
        rest = none if self.beyond == "lost" else whole - flow.balance("limited")
        done = flow.keeping(limited=flow.before * 0.0)
        return done, at_least(rest, 0.0) if self.overpaid == "kept" else rest
