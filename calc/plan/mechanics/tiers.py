"""Tiers: a commission in money per unit, with rates by how much was sold.

`marginal` pays each rate on its own slice (also called cumulative, incremental, progressive or split tiers);
`retroactive` pays the rate reached on everything (non-cumulative, not split, "retro"). The names contradict each other
across the field, which is why both are shown. Source: Sales Cookie and Bentega knowledge bases for the names, Oracle
Incentive Compensation for the boundary: a result on a boundary earns the higher tier.

Below the first tier nothing is paid. Higher must be better. Not modelled: a lump sum within a tier; that is `points`.
"""

from typing import Annotated, Literal, Self

from pydantic import FailFast, model_validator

from calc.piecewise.curve import Curve
from calc.plan.terms import SLACK, Better, Point, Reached, Terms, term


class Tiers(Terms):
    """Rates by tier; result in, money out.

    >>> Tiers(tiers=((0, 0.03), (50_000, 0.05), (100_000, 0.08))).curve()(150_000)
    8000.0
    """

    kind: Literal["tiers"] = "tiers"
    tiers: Annotated[tuple[Point, ...], FailFast()] = term(
        min_length=1, max_length=200, help="pairs of from [KPI unit] and rate [money per unit]"
    )
    apply: Literal["marginal", "retroactive"] = term("marginal", help="each rate on its own slice, or on everything")
    reached: Reached = term("at", help="whether a tier counts when it is reached, or only once it is passed")

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        froms = [x for x, _ in self.tiers]
        if any(b <= a for a, b in zip(froms, froms[1:], strict=False)):
            raise ValueError(f"tiers must be in order, each from once (got {', '.join(f'{x:g}' for x in froms[:12])})")
        if any(rate < 0 for _, rate in self.tiers):
            raise ValueError(f"tiers must have rates of at least 0 (got {min(r for _, r in self.tiers):g})")
        return self

    def curve(self, better: Better = "higher", scale: float = 1.0) -> Curve:
        """Money by result.

        Raises:
            ValueError: lower is better.
        """
        if better == "lower":
            raise ValueError("curve.kind must not be 'tiers' where lower is better (got better = 'lower')")
        starts, values, slopes, paid = [self.tiers[0][0] - 1.0], [0.0], [0.0], 0.0
        for (start, rate), (end, _) in zip(self.tiers, (*self.tiers[1:], (self.tiers[-1][0], 0.0)), strict=True):
            starts.append(start)
            values.append(paid if self.apply == "marginal" else rate * start)
            slopes.append(rate)
            paid += rate * (end - start)
        slack = SLACK * scale * (1 if self.reached == "at" else -1)
        curve = Curve(tuple(starts), tuple(values), tuple(slopes), (0.0, *[slack] * len(self.tiers)))
        return curve.of_line(1.0)
