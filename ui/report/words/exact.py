"""Numbers of a plan's terms, with every digit that decides: 70.5 % is not told as 70 %."""

import math
from dataclasses import dataclass

from babel.numbers import format_decimal

from ui.number_format import Formats

EXACT_PLACES = 4
"""Decimals of a number that is not small."""


@dataclass(frozen=True)
class Exact(Formats):
    """How one reader sees the terms of a plan.

    >>> exact = Exact("en_US", "USD")
    >>> exact.share(0.705), exact.number(8641.5), exact.number(0.000123)
    ('70.5%', '8,641.5', '0.000123')
    """

    @classmethod
    def of(cls, formats: Formats) -> "Exact":
        """The conventions of a reader, exact."""
        return cls(formats.locale, formats.currency, formats.minor)

    def number(self, value: float) -> str:
        """A number with up to four decimals, three digits in all where it is small."""
        size = abs(value)
        places = EXACT_PLACES if size >= 0.1 or not size else min(9, 2 - math.floor(math.log10(size)))
        text: str = format_decimal(round(value, places) + 0.0, f"#,##0.{'#' * places}", self.locale)
        return text.replace("-", "−", 1) if text.startswith("-") else text

    def share(self, share: float) -> str:
        """A share in percent with up to two decimals."""
        return self.result(100 * share, "%")

    def rate(self, amount: float) -> str:
        """Money for one step, and whether it is rounded."""
        near = math.isclose(round(amount, self.minor), amount, rel_tol=1e-6, abs_tol=1e-12)
        return self.money(amount) if near else f"about {self.money(amount)}"

    def times(self, factor: float) -> str:
        """A factor, and whether it is rounded."""
        near = math.isclose(round(factor, EXACT_PLACES), factor, rel_tol=1e-6, abs_tol=1e-12)
        return self.number(factor) if near else f"about {self.number(factor)}"
