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

import math
from collections.abc import Mapping
from typing import Any, ClassVar, Literal, Self

from pydantic import model_validator

from calc.piecewise.corners import round_down, round_up
from calc.piecewise.curve import Curve
from calc.piecewise.segments import neat_number
from calc.plan.curves.corners import AxisReading, Corners, Setting
from calc.plan.curves.curve_terms import CurveTerms
from calc.plan.terms import SLACK, Better, FiniteNumber, Point, Reached, term

NEXT_RATE = 0.5
"""How far beyond target a second accelerator begins where nothing says where [attainment]."""

MAX_ATTAINMENT = 3.0
"""The attainment beyond which a ceiling is no longer lifted but taken away."""
ALMOST_ONE = 1e-9
"""How near to target a place is taken for target [attainment]."""


class Band(CurveTerms):
    """Floor, pay at the floor, accelerators, ceiling; attainment in, payout out.

    >>> curve = Band(floor=0.7, ceiling=2.0).curve()
    >>> curve(0.69), curve(0.7), curve(1.2), curve(3.0)
    (0.0, 0.7, 1.2, 2.0)
    >>> Band(floor=0.5, pays_at_floor=0, accelerator=1.5, accelerator_of="rate_below_target").rates
    (2.0, 3.0, None)
    """

    TITLE: ClassVar[str] = "Band"
    ABOUT: ClassVar[str] = "Floor, a straight line to target, an accelerator or two, a ceiling."
    IN_WORDS: ClassVar[str] = "a line"
    IN_SHEET: ClassVar[str] = "a line"
    TOGETHER: ClassVar[tuple[str, ...]] = ("accelerator_2_from", "accelerator_2")
    IMPLIED: ClassVar[tuple[str, ...]] = ("pays_at_floor",)
    SLIDES: ClassVar[tuple[str, ...]] = ("floor", "pays_at_floor", "accelerator", *TOGETHER, "ceiling")
    HANDLES: ClassVar[tuple[str, ...]] = ("floor", "ceiling")
    ENDLESS: ClassVar[str] = "Take the ceiling away: {kpi} pays on"

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

    # How it reads

    @property
    def begins_at(self) -> float:
        """The floor."""
        return self.floor

    @property
    def ends_at(self) -> float | None:
        """The ceiling."""
        return self.ceiling

    @property
    def beyond_target(self) -> float:
        """The accelerator."""
        return self.accelerator

    @property
    def beyond_is_multiple(self) -> bool:
        """As the terms say."""
        return self.accelerator_of == "rate_below_target"

    def meant(self, name: str) -> Any:
        """A term; the pay at the floor is the floor where it is left out."""
        return self.starts_at if name == "pays_at_floor" else super().meant(name)

    def rates_around(self, name: str) -> tuple[float, float] | None:
        """Payout per attainment before and from where an accelerator counts."""
        below, first, second = self.rates
        return {"accelerator": (below or 0.0, first), "accelerator_2": (first, second or 0.0)}.get(name)

    # How it becomes another

    def corners(self, sign: float = 1.0) -> Corners:
        """The corners of the line.

        >>> Band(floor=0.7, ceiling=2).corners().points
        ((0.7, 0.7), (1.0, 1.0), (2.0, 2.0))
        """
        return Corners(self.points, above="hold" if self.ceiling is not None else "extend", reached=self.reached)

    @classmethod
    def from_corners(cls, given: Corners, setting: Setting) -> Self:
        """The band nearest to points: where they begin to pay, what they pay there, and beyond target.

        >>> found = Band.from_corners(Corners(((0.4, 0), (1, 1), (2, 2.8))), Setting())
        >>> found.floor, found.pays_at_floor, found.accelerator, found.ceiling
        (0.4, 0.0, 1.8, 2.0)
        >>> found = Band.from_corners(Corners(((0, 0), (1, 1), (1.2, 1.28), (1.3, 1.44)), above="extend"), Setting())
        >>> found.accelerator, found.accelerator_2, found.accelerator_2_from
        (1.4, 1.6, 1.2)
        """
        given = setting.by_attainment(given)
        curve, (last, most) = given.curve(), given.points[-1]
        paying = [p for p in curve.pieces() if p.slope > 0 or max(p.value, p.end_value) > 0]
        start = min(max(paying[0].start if paying else 1.0, 0.0), 1.0)
        pays = min(max(curve(start, "right"), 0.0), 10.0)
        ends = given.above == "hold"
        beyond = (
            (most - 1.0) / (last - 1.0) if ends and last > 1 + ALMOST_ONE else curve.slopes[-1] if not ends else 1.0
        )
        terms: dict[str, Any] = {"floor": start, "accelerator": _accelerator_from(beyond)}
        between = [(x, y) for x, y in given.points if 1 + ALMOST_ONE < x < last - ALMOST_ONE]
        if len(between) == 1:
            (bend, height) = between[0]
            terms["accelerator"] = _accelerator_from((height - 1.0) / (bend - 1.0))
            terms |= {"accelerator_2": _accelerator_from((most - height) / (last - bend)), "accelerator_2_from": bend}
        terms |= {"pays_at_floor": neat_number(pays)} if abs(pays - start) > ALMOST_ONE else {}
        terms |= {"ceiling": min(max(last, start, 0.01), 1000.0)} if ends else {}
        terms |= {"reached": given.reached} if given.reached == "above" else {}
        return cls(**terms)

    # How it is reshaped

    def starting(self, attainment: float, reading: AxisReading) -> CurveTerms | Corners | None:
        """Paying from a lower attainment on, and climbing there from nothing."""
        start = reading.place(attainment)
        floor = max(round_down(start, 0.01), 0.0) if start < self.floor else self.floor
        return self.changed(floor=floor, pays_at_floor=0.0)

    def smoothed(self, fallback: float, reading: AxisReading) -> CurveTerms | Corners | None:
        """Climbing to target from nothing at its floor, or lower where it is all or nothing."""
        if self.ceiling is not None and self.ceiling <= self.floor:
            return None
        start = self.floor
        if start > 1 - ALMOST_ONE:
            start = min(start, round_down(reading.place(fallback), 0.01))
        return self.changed(floor=max(start, 0.0), pays_at_floor=0.0)

    def smooth_label(self) -> tuple[str, Mapping[str, float]]:
        """What a cure says that lets it climb from nothing."""
        before, beyond, _ = self.rates
        slower = (before or 0.0) > beyond + ALMOST_ONE
        after = "; it then climbs faster before target than beyond it" if slower else ""
        return f"Climb from zero at {{start}} to target, with no jump{after}", {"start": self.floor}

    def lifted(self, reached: float | None, payout: float, reading: AxisReading) -> CurveTerms | Corners | None:
        """With a ceiling that lies further out, or none; a climb of nothing becomes one first."""
        raised = self if self.accelerator else self._climbing(max(1.0, self.rates[0] or 1.0))
        least = 1.0 + (payout - 1.0) / raised.rates[1] if reached is None else reading.place(reached)
        far: float | None = round_up(least, 0.05)
        if self.ceiling is None or far is None or far > MAX_ATTAINMENT:
            far = None
        elif far <= self.ceiling:
            far = self.ceiling
        level = dict.fromkeys(self.TOGETHER) if raised.accelerator_2 == 0 else {}
        return raised.changed(ceiling=far, **level)

    def open_ended(self, reading: AxisReading) -> CurveTerms | Corners | None:
        """Without its ceiling."""
        return self.lifted(math.inf, 0.0, reading)

    def steeper(self) -> CurveTerms | None:
        """With a climb beyond target as steep as the one before it, rounded up to a twentieth."""
        below, beyond, _ = self.rates
        return None if below is None or below <= beyond else self._climbing(below)

    def _climbing(self, climb: float) -> Self:
        """With a climb just beyond target that is at least so steep, its accelerator rounded up to a twentieth."""
        unit = self.changed(accelerator=1.0).rates[1]
        return self.changed(accelerator=round_up(climb / unit, 0.05))


def _accelerator_from(slope: float) -> float:
    """A slope as an accelerator may be."""
    return min(max(neat_number(round(slope, 9)), 0.0), 1000.0)
