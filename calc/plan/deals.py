"""Which deals count for a KPI and how much of each, where it is paid deal by deal.

A deal counts where it meets every condition on its attributes. Of its amount counts the share that its size reaches;
where deals are counted, each counts as so many. The KPI's result is the sum over deals, and its curve pays that sum. So
an extra on large deals is a share of 0 below their size, and rates by size of deal are the shares of one rate. A
deal that is taken back, with an amount below zero, takes back what one of its size counted.

Not modelled: a cap over several deals of one customer.
"""

import re
from collections.abc import Mapping
from itertools import pairwise
from typing import Annotated, Any, Literal

import numpy as np
from pydantic import WithJsonSchema, field_serializer, field_validator, model_validator

from calc.piecewise.vectorized import Floats
from calc.plan.errors import quote_value
from calc.plan.terms import Point, Terms, checked_once, term

CONDITION = re.compile(r"\s*(>=|<=|!=|>|<|=)\s*(.+?)\s*")
"""How a condition on an attribute of a deal is written: `>= 60`, `>= Minimum` (another column), `= New Business`."""
CONDITION_LETTERS = 80
"""The longest condition, and the longest heading of a column [letters]."""
_WHERE: dict[str, Any] = {"type": "object", "additionalProperties": {"type": "string", "pattern": CONDITION.pattern}}


class DealTerms(Terms):
    """How a KPI's result is made of deals.

    >>> large = DealTerms(sizes=((400_000, 0.003),))
    >>> large.counts_of(np.array([500_000.0, 350_000.0])).tolist()
    [1500.0, 0.0]
    """

    where: Annotated[tuple[tuple[str, str], ...], WithJsonSchema(_WHERE)] = term(
        (), max_length=20, help="by heading of a column of the deals, the condition that a deal must meet to count"
    )
    sizes: tuple[Point, ...] = term(
        (), max_length=50, help="from which amount, and what share of the amount counts; all of it if left out"
    )
    apply: Literal["retroactive", "marginal"] = term(
        "retroactive", help="each share on the whole deal that reaches it, or on its own slice of the deal"
    )
    value: Literal["amount", "count"] = term("amount", help="whether amounts are added up, or deals counted")

    @field_validator("where", mode="before")
    @classmethod
    def _as_pairs(cls, value: Any) -> Any:
        return tuple(value.items()) if isinstance(value, Mapping) else value

    @field_serializer("where")
    def _as_table(self, value: tuple[tuple[str, str], ...]) -> dict[str, str]:
        return dict(value)

    @model_validator(mode="after")
    @checked_once
    def _holds_together(self) -> None:
        for heading, word in self.where:
            if not 0 < len(heading.strip()) <= CONDITION_LETTERS:
                raise ValueError(
                    f"where must name columns in at most {CONDITION_LETTERS} letters (got {quote_value(heading)})"
                )
            if len(word) > CONDITION_LETTERS or CONDITION.fullmatch(word) is None:
                told = 'must be a condition, as in ">= 60" or "= New Business"'
                raise ValueError(f'where."{heading}" {told} (got {quote_value(word)})')
        for (low, _), (high, _) in pairwise(self.sizes):
            if not low < high:
                raise ValueError(f"sizes must start at rising amounts (got {high:g} after {low:g})")
        if self.sizes and (self.sizes[0][0] < 0 or min(share for _, share in self.sizes) < 0):
            raise ValueError(f"sizes must be amounts and shares of at least 0 (got {self.sizes[0]!r})")
        if self.value == "count" and self.apply == "marginal":
            raise ValueError("apply must be 'retroactive' where deals are counted (got 'marginal')")

    def counts_of(self, amounts: Floats) -> Floats:
        """What counts of deals of some amounts (n,): [the amounts' unit], or deals where they are counted."""
        sizes = np.abs(amounts)
        starts = np.array([start for start, _ in self.sizes] or [0.0])
        shares = np.array([share for _, share in self.sizes] or [1.0])
        reached = np.searchsorted(starts, sizes, side="right")
        share = np.concatenate([[0.0], shares])[reached]
        if self.value == "count":
            counted: Floats = np.sign(amounts) * share
            return counted
        if self.apply == "retroactive":
            whole: Floats = amounts * share
            return whole
        ends = np.append(starts[1:], np.inf)
        slices = np.clip(sizes[:, None], starts, ends) - starts
        marginal: Floats = np.sign(amounts) * (slices @ shares)
        return marginal
