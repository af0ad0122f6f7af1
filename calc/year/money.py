"""Amount that is either amounts of many people or an exact curve along one result; a rule is written once for both.

Amounts are arrays (n,), a curve is money by the result of one period. Rules use nothing but sums, shares and limits,
so that what an array says of a person is what the curve says at that person's result.
"""

from typing import Any

import numpy as np

from calc.piecewise.curve import Curve
from calc.piecewise.segments import midpoint_of
from calc.plan.rounding import rounded_to

Amount = Any
"""Amounts of people (n,), or a `Curve` [money]."""


ROUNDING_DUST = 1e-9
"""How far below 0 sums of amounts may come out that are 0 [money]."""


def at_least(money: Amount, low: Any) -> Amount:
    """Amount, or `low` where it is less."""
    return money.clip(low=float(low)) if isinstance(money, Curve) else np.maximum(money, low)


def at_most(money: Amount, high: Any) -> Amount:
    """Amount, or `high` where it is more."""
    return money.clip(high=float(high)) if isinstance(money, Curve) else np.minimum(money, high)


def lesser(one: Amount, other: Amount) -> Amount:
    """The lesser of two amounts, either of which may be a curve.

    >>> lesser(Curve.through([(0, 0), (1, 1)], above="extend"), 0.5)(2.0)
    0.5
    """
    if isinstance(one, Curve) and isinstance(other, Curve):
        return -((-one).maximum(-other))
    return at_most(other, one) if isinstance(other, Curve) else at_most(one, other)


def round_amounts(money: Amount, unit: float) -> Amount:
    """Amounts rounded half up to a unit; a curve stays exact."""
    if isinstance(money, Curve):
        return money
    rounded = rounded_to(np.asarray(money, dtype=np.float64), unit) + 0.0
    return rounded if rounded.ndim else float(rounded)


def where_not_negative(money: Amount) -> Amount:
    """1 where money is at least 0, else 0.

    >>> where_not_negative(Curve.through([(0, -1), (2, 1)], above="extend")).jumps()
    (Jump(at=1.0, before=0.0, after=1.0),)
    """
    if not isinstance(money, Curve):
        return (np.asarray(money) >= -ROUNDING_DUST).astype(np.float64)
    return split_at_zero(money)


def split_at_zero(curve: Curve) -> Curve:
    """1 where a curve is at least 0, else 0, with its jumps where it passes 0."""
    both = curve.clip(low=0.0)
    cuts = sorted({*curve.starts[1:], *both.starts[1:]})
    ends = [*cuts, float("inf")]
    values = [float(curve(midpoint_of(low, high)) >= 0) for low, high in zip([-float("inf"), *cuts], ends, strict=True)]
    slack = {start: s for start, s in zip(curve.starts, curve.slack, strict=True) if s}
    starts = (cuts[0] - 1.0, *cuts) if cuts else (0.0,)
    slacks = (0.0, *(slack.get(cut, 0.0) for cut in cuts))
    return Curve(starts, tuple(values), (0.0,) * len(values), slacks, curve.counts)
