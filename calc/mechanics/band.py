"""Band: nothing below a floor, a straight line to target, an accelerator above it, no more from a ceiling on.

The commonest goal-based plan: floor (threshold), target, accelerator, ceiling (cap). With `pays_at_floor = 0` it is the
field's hard threshold, with a share of the incentive a bump threshold, and with `pays_at_floor = floor` (the default)
it pays back to the first unit. The accelerator multiplies the target rate, one point of pay for one of attainment.
Source: Alexander Group, "Careful about that threshold"; Microsoft sales compensation notes (onebigtable.us) for the
slope within a hard threshold.

At the floor itself the KPI is paid. Not modelled: a different rate in the middle of the line; that is `points`.
"""

from typing import Literal, Self

from pydantic import model_validator

from calc.curve import Curve
from calc.terms import SLACK, Better, Number, Reached, Terms, term


class Band(Terms):
    """Floor, pay at the floor, accelerator, ceiling; attainment in, payout out.

    >>> curve = Band(floor=0.7, ceiling=2.0).curve()
    >>> curve(0.69), curve(0.7), curve(1.2), curve(3.0)
    (0.0, 0.7, 1.2, 2.0)
    """

    kind: Literal["band"] = "band"
    floor: Number = term(0.0, ge=0, le=1, unit="attainment", help="the attainment below which the KPI pays nothing")
    pays_at_floor: Number | None = term(
        None,
        ge=0,
        le=10,
        unit="payout",
        slider=(0, 1),
        help="what is paid on reaching the floor; the floor if left out",
    )
    accelerator: Number = term(
        1.0, ge=0, le=1000, unit="payout per attainment", slider=(0, 5), help="how steeply pay climbs above target"
    )
    ceiling: Number | None = term(
        None, gt=0, le=1000, unit="attainment", slider=(1, 5), help="the attainment beyond which nothing more is paid"
    )
    reached: Reached = term("at", help="whether the floor counts when it is reached, or only once it is passed")

    @model_validator(mode="after")
    def _ceiling_above_floor(self) -> Self:
        if self.ceiling is not None and self.ceiling < self.floor:
            raise ValueError(f"ceiling must not lie below the floor of {self.floor:g} (got {self.ceiling:g})")
        return self

    def curve(self, better: Better = "higher", scale: float = 1.0) -> Curve:
        """Payout [1 = target incentive] by attainment."""
        start = self.floor if self.pays_at_floor is None else self.pays_at_floor
        rise = [(self.floor, start), (1.0, 1.0)]
        slack = SLACK if self.reached == "at" else -SLACK
        line = Curve.through([*rise, (2.0, 1.0 + self.accelerator)], below="zero", above="extend", slack=slack)
        if self.ceiling is None:
            return line
        top = (self.ceiling, line(self.ceiling, "right"))
        return Curve.through([p for p in rise if p[0] < self.ceiling] + [top], below="zero", slack=slack)
