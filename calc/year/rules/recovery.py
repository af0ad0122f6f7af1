"""What is taken back of pay on deals that did not last.

By months served a contract of 12 months that is cancelled after 6 gives back half of its pay; or all is taken back. An
order that stays unpaid for so many days gives back all of it. Practice: public plan documents have all of these; what
may be taken back of wages is a question of law that differs by place, and is not answered here.
"""

from typing import Any, Literal, Self

import numpy as np
from pydantic import model_validator

from calc.plan.terms import FiniteNumber, Terms, term
from calc.year.flow import Flow, PeriodPlace
from calc.year.money import round_amounts


class Recovery(Terms):
    """How much of the pay on what is cancelled is taken back.

    >>> Recovery(takes="by_months_served", contract_months=12).share_of(6.0, 0.0)
    0.5
    """

    takes: Literal["by_months_served", "all"] = term(
        help="whether the part that was not served is taken back, or all of it"
    )
    contract_months: FiniteNumber | None = term(
        None, gt=0, le=600, unit="months", help="how long a contract is; from then on nothing is taken back"
    )
    unpaid_days: FiniteNumber | None = term(
        None, gt=0, le=3650, unit="days", help="after how many days an order that is not paid gives back all its pay"
    )

    @model_validator(mode="after")
    def _fits_together(self) -> Self:
        if self.takes == "by_months_served" and self.contract_months is None:
            raise ValueError("contract_months must be given where takes is 'by_months_served' (got none)")
        return self

    def share_of(self, served: Any, unpaid: Any) -> Any:
        """The share of pay that is taken back.

        Args:
            served: months served, of any shape.
            unpaid: days for which it is unpaid.
        """
        months, days = np.asarray(served, dtype=np.float64), np.asarray(unpaid, dtype=np.float64)
        part = np.ones_like(months)
        if self.contract_months is not None:
            lasted = np.clip(1.0 - months / self.contract_months, 0.0, 1.0)
            part = lasted if self.takes == "by_months_served" else (lasted > 0).astype(np.float64)
        if self.unpaid_days is not None:
            part = np.where(days > 0, np.where(days >= self.unpaid_days, 1.0, 0.0), part)
        return float(part) if part.ndim == 0 else part

    def amount_of(self, place: PeriodPlace) -> Any:
        """What is to be taken back in a payment [money]."""
        return round_amounts(place.cancelled * self.share_of(place.served, place.unpaid), place.unit)

    def settle(self, flow: Flow, place: PeriodPlace) -> Flow:
        """What is due after what is taken back, less what a reserve has covered."""
        taken = flow.balance("to_take")
        return flow.then(flow.due - taken, taken_back=taken).keeping(to_take=taken * 0.0)
