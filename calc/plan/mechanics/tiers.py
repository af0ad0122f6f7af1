"""Tiers: a commission in money per unit, with rates by how much was sold.

`marginal` pays each rate on its own slice (also called cumulative, incremental, progressive or split tiers);
`retroactive` pays the rate reached on everything (non-cumulative, not split, "retro"), and may add a lump while its
tier is the one reached. The names contradict each other across the field, which is why both are shown. Tiers start at
results, or at multiples of the rep's own target; rates pay on the result either way. Source: Sales Cookie and Bentega
knowledge bases for the names, Oracle Incentive Compensation for the boundary: a result on a boundary earns the higher
tier.

Below the first tier nothing is paid. Higher must be better. Not modelled: a rate that slides with the volume, which is
a parabola; points come as close to it as one likes.
"""

from collections.abc import Callable, Mapping, Sequence
from itertools import pairwise
from typing import Annotated, ClassVar, Literal, Self

from pydantic import FailFast, Field, model_validator

from calc.piecewise.corners import line_through, rising_line
from calc.piecewise.curve import Curve
from calc.piecewise.segments import neat_number
from calc.piecewise.vectorized import Floats
from calc.plan.curves.corners import AxisReading, Corners, Setting
from calc.plan.curves.curve_terms import CurveTerms
from calc.plan.curves.tables import RowColumn, TableTerms
from calc.plan.errors import Refused
from calc.plan.terms import SLACK, Better, FiniteNumber, Of, Point, Reached, term

SAME_RATE = 1e-9
"""The relative difference up to which two rates are one."""
Tier = Annotated[tuple[FiniteNumber, ...], Field(min_length=2, max_length=3)]


class Tiers(TableTerms):
    """Rates by tier; result in, money out.

    >>> Tiers(tiers=((0, 0.03), (50_000, 0.05), (100_000, 0.08))).curve()(150_000)
    8000.0
    """

    TITLE: ClassVar[str] = "Tiers"
    ABOUT: ClassVar[str] = "A commission: from each result on, a rate in money for each unit. It has no weight."
    IN_WORDS: ClassVar[str] = "commission tiers"
    IN_SHEET: ClassVar[str] = "commission"
    BY_UNIT: ClassVar[bool] = True
    COLUMNS: ClassVar[tuple[RowColumn, ...]] = (RowColumn("From", "place"), RowColumn("Rate", "rate"))
    LUMP: ClassVar[RowColumn] = RowColumn("And", "money")
    TAIL: ClassVar[str] = "apply"

    kind: Literal["tiers"] = "tiers"
    tiers: Annotated[tuple[Tier, ...], FailFast()] = term(
        min_length=1,
        max_length=200,
        help="from [KPI unit, or multiples of the target], rate [money per unit], and a lump [money] if there is one",
    )
    of: Of = term("result", help="whether tiers start at results, or at attainments: multiples of the rep's own target")
    apply: Literal["marginal", "retroactive"] = term("marginal", help="each rate on its own slice, or on everything")
    reached: Reached = term("at", help="whether a tier counts when it is reached, or only once it is passed")

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        froms = [tier[0] for tier in self.tiers]
        if any(b <= a for a, b in zip(froms, froms[1:], strict=False)):
            raise ValueError(f"tiers must be in order, each from once (got {', '.join(f'{x:g}' for x in froms[:12])})")
        if any(rate < 0 for _, rate, _ in self.rows):
            raise ValueError(f"tiers must have rates of at least 0 (got {min(r for _, r, _ in self.rows):g})")
        lumps = [plus for _, _, plus in self.rows if plus]
        if lumps and self.apply == "marginal":
            raise ValueError(
                f"tiers must have a lump only where apply is 'retroactive' (got {lumps[0]:g} and 'marginal')"
            )
        return self

    @property
    def rows(self) -> tuple[tuple[float, float, float], ...]:
        """From, rate and lump of every tier; a lump that is left out is 0."""
        return tuple((tier[0], tier[1], tier[2] if len(tier) > 2 else 0.0) for tier in self.tiers)

    def times(self, factor: float) -> Self:
        """The same tiers with every rate and lump multiplied."""
        return self.changed(tiers=tuple((start, *(part * factor for part in money)) for start, *money in self.tiers))

    @property
    def columns(self) -> tuple[RowColumn, ...]:
        """From and rate, and the lump that a tier on everything may add."""
        return (*self.COLUMNS, self.LUMP) if self.apply == "retroactive" else self.COLUMNS

    def with_rows(self, rows: Sequence[Sequence[float]]) -> Self:
        """The same with other tiers, in order; a lump of 0 is none."""
        return super().with_rows([row[:2] if not any(row[2:]) else row for row in rows])

    def in_results(self, result: Callable[[float], float]) -> Self:
        """The same tiers starting at results: their rates pay on the result wherever they start."""
        return self.told_in("result", result)

    @property
    def jumps_by(self) -> Literal["", "retroactive"]:
        """A rate on everything jumps where it is reached."""
        return "retroactive" if self.apply == "retroactive" else ""

    @property
    def reading_note(self) -> str:
        """What a rate counts for, where there are several."""
        if len(self.tiers) < 2:
            return ""
        if self.apply == "retroactive":
            return "The rate that you reach counts for everything, from the first on."
        return "Each rate counts for what lies beyond its own start, and not for what came before."

    def curve(self, better: Better = "higher", scale: float = 1.0) -> Curve:
        """Money by result, for tiers that start at results.

        Raises:
            ValueError: lower is better.
        """
        if better == "lower":
            raise ValueError("curve.kind must not be 'tiers' where lower is better (got better = 'lower')")
        if self.apply == "marginal":
            return self._marginal_curve(scale)
        return self._by_tier([(rate * start + plus, rate) for start, rate, plus in self.rows], scale)

    @property
    def needs_own_target(self) -> bool:
        """Tiers that start at multiples of the target: their rates pay on the result."""
        return self.of == "attainment"

    def on_own_target(self, results: Floats, places: Floats, spans: Floats) -> Floats:
        """Money of reps with targets of their own, for tiers that start at attainments.

        Args:
            results: (n,) [KPI unit].
            places: their attainments (n,).
            spans: the result that is one whole attainment of each (n,) [KPI unit].
        """
        if self.apply == "marginal":
            marginal: Floats = self._marginal_curve(1.0)(places) * spans
            return marginal
        rates = self._by_tier([(rate, 0.0) for _, rate, _ in self.rows], 1.0)
        lumps = self._by_tier([(plus, 0.0) for *_, plus in self.rows], 1.0)
        paid: Floats = rates(places) * results + lumps(places)
        return paid

    @classmethod
    def from_corners(cls, given: Corners, setting: Setting) -> Self:
        """A commission that pays what points pay.

        Raises:
            ValueError: lower is better.

        >>> half = Setting(target=100, line=(0.01, 0.0), worth=1000, turn=lambda x, of: 100 * x)
        >>> Tiers.from_corners(Corners(((0, 0), (1, 1), (2, 3)), above="extend"), half).tiers
        ((0.0, 10.0), (100.0, 20.0))
        """
        if setting.better == "lower":
            raise Refused(f"{setting.kpi}.curve.kind must not be 'tiers' where lower is better (got better = 'lower')")
        given, worth = setting.by_attainment(given), setting.worth
        money = given.curve().of_line(*setting.line) * worth
        pieces = money.pieces()[1:] or money.pieces()
        jumps = {jump.at for jump in money.jumps()}
        if not jumps and money(pieces[0].start, "left") == 0 and all(p.slope >= 0 for p in pieces):
            return cls._of_rates([(p.start, p.slope) for p in pieces], given)
        if all(abs(p.value - p.slope * p.start) <= SAME_RATE * worth and p.slope >= 0 for p in pieces):
            return cls._of_rates([(p.start, p.slope) for p in pieces], given, apply="retroactive")
        return cls._of_rates(_rates_of_line(given, setting), given)

    @classmethod
    def _of_rates(cls, rates: list[Point], given: Corners, **how: str) -> Self:
        """Tiers with rates as they would be written, each rate once."""
        told = [(neat_number(start), neat_number(rate)) for start, rate in rates]
        kept = [told[0], *(b for a, b in pairwise(told) if abs(b[1] - a[1]) > SAME_RATE * a[1])]
        return cls(tiers=tuple(kept), reached=given.reached, **how)

    def starting(self, attainment: float, reading: AxisReading) -> CurveTerms | Corners | None:
        """The first tier from a lower attainment on."""
        (_, *money), *rest = self.tiers
        return self.changed(tiers=((reading.place(attainment), *money), *rest))

    def smoothed(self, fallback: float, reading: AxisReading) -> CurveTerms | Corners | None:
        """Each rate on its own slice, without lumps."""
        if self.apply == "marginal":
            return None
        return self.changed(apply="marginal", tiers=tuple((start, rate) for start, rate, _ in self.rows))

    def smooth_label(self) -> tuple[str, Mapping[str, float]]:
        """What a cure says that put each rate on its own slice."""
        return "Pay each rate on its own slice", {}

    def lifted(self, reached: float | None, payout: float, reading: AxisReading) -> CurveTerms | Corners | None:
        """Without tiers that pay nothing more."""
        first, *rest = self.tiers
        return self.changed(tiers=(first, *(tier for tier in rest if tier[1] > 0)))

    def open_ended(self, reading: AxisReading) -> CurveTerms | Corners | None:
        """As lifted: tiers have no other end."""
        return self.lifted(None, 0.0, reading)

    def _marginal_curve(self, scale: float) -> Curve:
        rows, paid = [], 0.0
        for (start, rate, _), (end, *_) in zip(self.rows, (*self.rows[1:], self.rows[-1]), strict=True):
            rows.append((paid, rate))
            paid += rate * (end - start)
        return self._by_tier(rows, scale)

    def _by_tier(self, rows: list[tuple[float, float]], scale: float) -> Curve:
        """A curve of a value and a slope for each tier from its start on, and 0 before the first."""
        starts = [self.rows[0][0] - 1.0, *(start for start, *_ in self.rows)]
        slack = SLACK * scale * (1 if self.reached == "at" else -1)
        values, slopes = zip((0.0, 0.0), *rows, strict=True)
        curve = Curve(tuple(starts), values, slopes, (0.0, *[slack] * len(rows)))
        return curve.of_line(1.0)


def _rates_of_line(given: Corners, setting: Setting) -> list[Point]:
    """From and rate along one rising line through points of attainment [KPI unit, money per unit]."""
    line = line_through(rising_line(given.points), 1.0, float(given.curve()(1.0)))
    start = (line[0][0] if len(line) > 1 and line[0][0] < 1 else 0.0, 0.0)
    corners = [start, *(p for p in line if p[0] > start[0])]
    slopes = [(x, (w - y) / (v - x)) for (x, y), (v, w) in pairwise(corners)]
    slopes += [(corners[-1][0], slopes[-1][1] if given.above == "extend" and slopes else 0.0)]
    return [(setting.turn(x, "result"), max(slope, 0.0) * setting.worth * setting.line[0]) for x, slope in slopes]
