"""A ramp: new people have a part of the target in their first payments, and perhaps a guarantee.

Whether the target incentive ramps with the target changes what a sale is worth: with it a sale pays as ever, without
it a part of the target pays the whole incentive. A guarantee is the rep's to keep. Practice: three to six months are
usual for people who are new; no law asks for it.
"""

from typing import Annotated, Any, Literal, Self

import numpy as np
from pydantic import Field, model_validator

from calc.piecewise.vectorized import Floats
from calc.plan.terms import FiniteNumber, Terms, Whole, term
from calc.year.flow import Flow, PeriodPlace
from calc.year.money import at_least, round_amounts

LEAST_SHARE = 1e-3
"""The least part of a target that is one: below it a ramp says nothing that anybody means."""
RampShare = Annotated[float, Field(ge=LEAST_SHARE, le=10, allow_inf_nan=False)]


class Ramp(Terms):
    """Parts of the target for the first payments of somebody.

    >>> ramp = Ramp(shares=(0.25, 0.5), target_incentive="whole")
    >>> ramp.share_in(np.array([1, 2, 3])).tolist()
    [0.25, 0.5, 1.0]
    """

    shares: tuple[RampShare, ...] = term(
        (), max_length=120, unit="share of target", help="by payment from the first one on; then the whole target"
    )
    targets: dict[str, tuple[FiniteNumber, ...]] = term(
        {}, max_length=200, unit="KPI unit", help="by KPI id, the targets of the first payments; instead of shares"
    )
    target_incentive: Literal["ramps", "whole"] = term(
        help="whether the target incentive ramps with the target, or is whole from the first payment"
    )
    guarantee: FiniteNumber | None = term(
        None, gt=0, unit="money per payment", help="what the first payments pay at least; nothing of it is owed"
    )
    guaranteed: Whole | None = term(None, ge=1, le=120, unit="payments", help="how many payments are guaranteed")

    @model_validator(mode="after")
    def _fits_together(self) -> Self:
        if bool(self.shares) == bool(self.targets):
            came = "both" if self.shares else "none"
            raise ValueError(f"shares or targets must be given, one of the two (got {came})")
        if self.targets and self.target_incentive == "ramps" and len(self.targets) > 1:
            raise ValueError(
                "target_incentive must be 'whole' where several KPIs have targets of their own (got 'ramps')"
            )
        if (self.guarantee is None) != (self.guaranteed is None):
            raise ValueError("guarantee and guaranteed must be given together (got one of them)")
        if any(target <= 0 for targets in self.targets.values() for target in targets):
            raise ValueError("targets must be above 0 (got one that is not): a part of the target")
        return self

    def share_in(self, since_start: Any) -> Floats:
        """The share of the target in payments counted from somebody's first, 1 and on; of any shape."""
        shares = np.array([*self.shares, 1.0])
        places = np.clip(np.asarray(since_start, dtype=np.int64) - 1, 0, len(shares) - 1)
        return np.asarray(shares[places], dtype=np.float64)

    def settle(self, flow: Flow, place: PeriodPlace) -> Flow:
        """What is paid under the guarantee of the first payments."""
        if self.guarantee is None:
            return flow
        given = (place.since_start >= 1) & (place.since_start <= (self.guaranteed or 0))
        amount = round_amounts(place.served_part * self.guarantee, place.unit)
        low = np.where(given, amount, -np.inf)
        if not np.any(given):
            return flow
        paid = at_least(flow.due, low)
        return flow.then(paid, guaranteed=paid - flow.due)
