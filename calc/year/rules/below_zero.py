"""Whether a payment may be below zero, and what becomes of what is.

`allowed`: it is taken back at once. `carried`: the payment is 0 and later ones make up for it. `forgiven`: it is 0 and
forgotten. It is tested on the payment, or on all that is earned since the restart: a payment in a batch may then be
below zero as long as the batches together are not.
"""

from dataclasses import dataclass
from typing import Literal

from calc.year.flow import Flow, PeriodPlace
from calc.year.money import at_least, where_not_negative

BelowZero = Literal["allowed", "carried", "forgiven"]
Tested = Literal["payment", "restart"]


@dataclass(frozen=True)
class BelowZeroRule:
    """What becomes of a payment below zero.

    Args:
        handled: allowed, carried or forgiven.
        tested: on the payment, or on what is due since the restart.
    """

    handled: BelowZero
    tested: Tested = "payment"

    def settle(self, flow: Flow, place: PeriodPlace) -> Flow:
        """What is paid of what is due."""
        if self.handled == "allowed":
            return flow
        carried = flow.balance("carried")
        due = flow.due - carried
        if self.tested == "payment":
            paid = at_least(due, 0.0)
        else:
            together = flow.due + flow.balance("let_through")
            paid = due * where_not_negative(together)
            flow = flow.keeping(let_through=together * (0.0 if place.ends_span else 1.0))
        kept = {"carried": paid - due} if self.handled == "carried" else {}
        return flow.then(paid, raised=paid - flow.due).keeping(**kept)
