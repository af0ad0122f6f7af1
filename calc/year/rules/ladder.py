"""The terms of a shared ladder: what its place counts, and in which order KPIs climb it."""

from typing import Literal

from calc.plan.terms import Terms, term


class Ladder(Terms):
    """A ladder that several KPIs climb together, each paid by its own rates."""

    counts: Literal["pay", "results"] = term(
        help="whether tiers start at the pay to date, or at the results of all KPIs together"
    )
    order: tuple[str, ...] = term(
        (), max_length=200, help="ids of the KPIs in the order in which a period's results climb, where several do"
    )
