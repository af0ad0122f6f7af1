"""Band: nothing below a floor, a straight line to target, an accelerator above it, no more from a ceiling on.

The commonest goal-based plan: floor (threshold), target, accelerator, ceiling (cap). With `pays_at_floor = 0` it is the
field's hard threshold, with a share of the incentive a bump threshold, and with `pays_at_floor = floor` (the default)
it pays back to the first unit. Plans mean two things by an accelerator: a multiple of the target rate (one point of pay
for one of attainment), or of the rate that a unit just below target pays; `accelerator_of` says which. A second
accelerator takes over further out.
Source: Alexander Group, "Careful about that threshold"; Microsoft sales compensation notes (onebigtable.us) for the
slope within a hard threshold.

At the floor itself the KPI is paid. Not modelled: a different rate in the middle of the line; that is `points`.
"""

from collections.abc import Mapping
from typing import Any, Literal, Self

from pydantic import model_validator

from calc.piecewise.curve import Curve
from calc.plan.terms import SLACK, Better, FiniteNumber, Point, Reached, Terms, term

NEXT_RATE = 0.5
"""How far beyond target a second accelerator begins where nothing says where [attainment]."""


class Band(Terms):
    """Floor, pay at the floor, accelerators, ceiling; attainment in, payout out.

    >>> curve = Band(floor=0.7, ceiling=2.0).curve()
    >>> curve(0.69), curve(0.7), curve(1.2), curve(3.0)
    (0.0, 0.7, 1.2, 2.0)
    >>> Band(floor=0.5, pays_at_floor=0, accelerator=1.5, accelerator_of="rate_below_target").rates
    (2.0, 3.0, None)
    """

    kind: Literal["band"] = "band"
    floor: FiniteNumber = term(
        0.0, ge=0, le=1, unit="attainment", help="the attainment below which the KPI pays nothing"
    )
    pays_at_floor: FiniteNumber | None = term(
        None,
        ge=0,
        le=10,
        unit="payout",
        slider=(0, 1),
        help="what is paid on reaching the floor; the floor if left out",
    )
    accelerator: FiniteNumber = term(
        1.0, ge=0, le=1000, unit="payout per attainment", slider=(0, 5), help="how steeply pay climbs above target"
    )
    accelerator_of: Literal["target_rate", "rate_below_target"] = term(
        "target_rate",
        help="whether an accelerator multiplies the target rate, or the rate just below target, if pay climbs there",
    )
    accelerator_2: FiniteNumber | None = term(
        None,
        ge=0,
        le=1000,
        unit="payout per attainment",
        slider=(0, 5),
        help="the accelerator from accelerator_2_from on",
    )
    accelerator_2_from: FiniteNumber | None = term(
        None, gt=1, le=1000, unit="attainment", slider=(1.01, 3), help="the attainment from which accelerator_2 counts"
    )
    ceiling: FiniteNumber | None = term(
        None, gt=0, le=1000, unit="attainment", slider=(1, 5), help="the attainment beyond which nothing more is paid"
    )
    reached: Reached = term("at", help="whether the floor counts when it is reached, or only once it is passed")

    @model_validator(mode="after")
    def _ceiling_above_floor(self) -> Self:
        if self.ceiling is not None and self.ceiling < self.floor:
            raise ValueError(f"ceiling must not lie below the floor of {self.floor:g} (got {self.ceiling:g})")
        if (self.accelerator_2 is None) != (self.accelerator_2_from is None):
            given, missing = "accelerator_2", "accelerator_2_from"
            if self.accelerator_2 is None:
                given, missing = missing, given
            raise ValueError(f"{missing} must be given where {given} is (got none): a rate and where it begins")
        return self

    def completed(self, changes: Mapping[str, Any]) -> dict[str, Any]:
        """Changes with what they cannot do without: a second accelerator and its beginning come and go together."""
        pair = {"accelerator_2": self.accelerator, "accelerator_2_from": 1.0 + NEXT_RATE}
        given = {name: changes[name] for name in pair if name in changes}
        if not given:
            return dict(changes)
        if None in given.values():
            return {**changes, **dict.fromkeys(pair)}
        return {**{name: start for name, start in pair.items() if getattr(self, name) is None}, **changes}

    @property
    def starts_at(self) -> float:
        """The payout on reaching the floor [1 = target incentive]."""
        return self.floor if self.pays_at_floor is None else self.pays_at_floor

    @property
    def rates(self) -> tuple[float | None, float, float | None]:
        """Payout per attainment just below target, just above it, and from `accelerator_2_from` on; None for none."""
        below = (1.0 - self.starts_at) / (1.0 - self.floor) if self.floor < 1 else None
        base = below if self.accelerator_of == "rate_below_target" and below is not None and below > 0 else 1.0
        return below, self.accelerator * base, None if self.accelerator_2 is None else self.accelerator_2 * base

    @property
    def points(self) -> tuple[Point, ...]:
        """The corners of the line, floor to ceiling; without a ceiling the last two say how it goes on."""
        _, first, second = self.rates
        line = [(self.floor, self.starts_at), (1.0, 1.0)]
        if second is not None and self.accelerator_2_from is not None:
            line.append((self.accelerator_2_from, 1.0 + first * (self.accelerator_2_from - 1.0)))
        last, height = line[-1]
        line.append((last + 1.0, height + (first if second is None else second)))
        if self.ceiling is None:
            return tuple(line)
        top = Curve.through(line, below="zero", above="extend")(self.ceiling, "right")
        return (*(point for point in line[:-1] if point[0] < self.ceiling), (self.ceiling, top))

    def curve(self, better: Better = "higher", scale: float = 1.0) -> Curve:
        """Payout [1 = target incentive] by attainment."""
        slack = SLACK if self.reached == "at" else -SLACK
        above: Literal["hold", "extend"] = "extend" if self.ceiling is None else "hold"
        return Curve.through(self.points, below="zero", above=above, slack=slack)
