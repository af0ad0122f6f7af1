"""A plan beside another under both readings of today: the one that is named, and that from the plan itself.

A sentence may name a number only where its sign is the same in all three readings of the evidence and in both readings
of today, and where people are not at the limit of effort most of the time. A reading of today under which the model has
no number at all counts as none.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from calc.behaviour.behave import Behaved, FigureBand, behave, reference_plan
from calc.behaviour.effort.step import DEFAULT, Precision
from calc.documents.planfile import Preset


@dataclass(frozen=True)
class BothReadings:
    """What people do under a plan and under another.

    Args:
        named: with today read from the plan that is named for it.
        own: with today read from the plan itself; None where that is the same, or it cannot be read from it.
    """

    named: Behaved
    own: Behaved | None = None

    @property
    def readings(self) -> tuple[Behaved, ...]:
        """Those that there are."""
        return (self.named,) if self.own is None else (self.named, self.own)

    @cached_property
    def sales(self) -> FigureBand | None:
        """What this plan sells more or less than the other [share of what the other sells]; None without a number."""
        return self.named.sales_here

    @property
    def sign(self) -> int:
        """+1 where this plan sells more in every reading, -1 where less in every one, 0 where that is not known."""
        if self.sales is None:
            return 0
        bands = [band for one in self.readings if (band := one.sales_here) is not None]
        signs = {(1 if band.low > 0.0 else -1) if band.same_sign else 0 for band in bands}
        return signs.pop() if len(signs) == 1 else 0


def compare_readings(
    preset: Preset, other: Preset, at: Mapping[str, float] | None = None, precision: Precision = DEFAULT
) -> BothReadings:
    """What people do under a plan and another, under every reading of today.

    Args:
        preset: the plan looked at, with its team.
        other: the plan that it is compared with.
        at: where the rep stands on the KPIs that stand still [KPI units].
    """
    named = behave(preset, at, other, precision=precision)
    if reference_plan(preset) is preset:
        return BothReadings(named)
    own = behave(preset, at, other, reference=preset, precision=precision)
    return BothReadings(named, None if own.reading.on_line.any() else own)
