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

from collections.abc import Callable
from typing import Annotated, Literal, Self

from pydantic import FailFast, Field, model_validator

from calc.piecewise.curve import Curve
from calc.piecewise.vectorized import Floats
from calc.plan.terms import SLACK, Better, FiniteNumber, Of, Reached, Terms, term

Tier = Annotated[tuple[FiniteNumber, ...], Field(min_length=2, max_length=3)]


class Tiers(Terms):
    """Rates by tier; result in, money out.

    >>> Tiers(tiers=((0, 0.03), (50_000, 0.05), (100_000, 0.08))).curve()(150_000)
    8000.0
    """

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

    def starting_at(self, places: Callable[[float], float], of: Of) -> Self:
        """The same rates from other places on, told in results or attainments."""
        return self.changed(tiers=tuple((places(start), *money) for start, *money in self.tiers), of=of)

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

    def on(self, results: Floats, places: Floats, spans: Floats) -> Floats:
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
