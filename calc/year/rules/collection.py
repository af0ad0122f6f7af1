"""Paid when the customer pays: what is earned on an order waits, and each receipt pays its share of it.

Receipts go to the oldest order first. A deal of 1,000,000 at 10 % whose customer pays 500,000 twice pays 50,000 twice.
Along the result of a period its own order and the receipts for it share, which is no straight line; where receipts
reach only older orders, it is.
"""

from dataclasses import dataclass

import numpy as np

from calc.piecewise.curve import Curve
from calc.piecewise.pieces import NotALine
from calc.piecewise.vectorized import Floats
from calc.year.flow import Flow, PeriodPlace
from calc.year.money import Amount, round_amounts


@dataclass(frozen=True)
class CollectionRule:
    """What is earned is due when the customer pays."""

    def settle(self, flow: Flow, place: PeriodPlace) -> Flow:
        """What the receipts of a payment make due."""
        earned: tuple[Amount, ...] = (*flow.balances.get("uncollected", ()), flow.due)
        orders = (*flow.balances.get("unreceived", ()), place.booked)
        left, due, kept, still = place.received, flow.before * 0.0, [], []
        for pay, order in zip(earned, orders, strict=True):
            paid, rest, left = _collect(pay, order, left, place.unit)
            due = due + paid
            kept.append(pay - paid)
            still.append(rest)
        due = due if not isinstance(flow.due, Curve) else flow.due * 0.0 + due
        return flow.then(due, collected=flow.due * -1.0 + due).keeping(uncollected=tuple(kept), unreceived=tuple(still))


def _collect(pay: Amount, order: Floats, left: Floats, unit: float) -> tuple[Amount, Floats, Floats]:
    """What a receipt pays of one order, what is then still to be received for it, and what is left of the receipt."""
    taken = np.minimum(left, np.maximum(order, 0.0))
    if isinstance(pay, Curve):
        if np.any(left):
            raise NotALine("receipts of a payment's own order share its pay, which is no straight line in its result")
        return pay * 0.0, order, left
    share = np.divide(taken, order, out=np.zeros_like(np.asarray(taken, dtype=np.float64)), where=np.asarray(order) > 0)
    whole = np.asarray(share) >= 1.0
    paid = np.where(whole, pay, round_amounts(pay * share, unit))
    return paid, order - taken, left - taken
