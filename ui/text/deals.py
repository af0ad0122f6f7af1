"""Which deals count for a KPI and how much of each, in words."""

from typing import Protocol

from calc.plan.deals import DealTerms
from calc.plan.kpi import Kpi


class DealFormats(Protocol):
    """How amounts and shares are written."""

    def amount(self, kpi: Kpi, result: float) -> str:
        """An amount in the unit of a KPI."""

    def share(self, value: float) -> str:
        """A share in per cent."""


def deals_in_words(deals: DealTerms, kpi: Kpi, formats: DealFormats) -> str:
    """How a KPI's result is made of deals, in a sentence or two."""
    whole = "The number of deals counts." if deals.value == "count" else "The amounts of deals are added up."
    kept = [f"{heading} is {word}" for heading, word in deals.where]
    told = [whole, *([f"A deal counts where {', '.join(kept)}."] if kept else [])]
    if deals.sizes:
        of = "slice of a deal counts" if deals.apply == "marginal" else "deal counts"
        parts = [f"from {formats.amount(kpi, start)} on {_part(deals, share, formats)}" for start, share in deals.sizes]
        below = ", a smaller one not at all" if deals.sizes[0][0] > 0 else ""
        told.append(f"By its size, a {of} {', '.join(parts)}{below}.")
    return " ".join(told)


def _part(deals: DealTerms, share: float, formats: DealFormats) -> str:
    return f"as {share:g}" if deals.value == "count" else f"with {formats.share(share)}"
