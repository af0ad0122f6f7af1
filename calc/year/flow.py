"""What passes through the rules of one payment: what is due so far, the lines of the statement, the balances."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from calc.year.money import Amount

LINES = (
    "withheld",
    "collected",
    "taken_back",
    "kept_back",
    "released",
    "reserve_used",
    "draw",
    "advanced",
    "guaranteed",
    "recovered",
    "raised",
    "forgiven",
    "trued_up",
    "settled",
)
"""The lines of a payment besides what is earned and paid; 0 where no rule writes them."""


@dataclass(frozen=True)
class PeriodPlace:
    """Where a payment lies, and what is known of it besides results; amounts are (n,) or one number [money].

    Args:
        number: the payment, from 1.
        in_span: the payment since the restart, from 1.
        ends_span, ends_year: whether it is the last before a restart, and of the year.
        unit: what money is rounded to multiples of.
        limit, limit_to_date, limit_before: the most that the payment pays, and that all since the restart pay together,
            this payment included and left out.
        served_part: the share of the payment's draw that somebody is due, who is there for a part of it.
        since_start: the payment, counted from the first one in which somebody is there, from 1.
        booked: results of the payment that the customer has to pay.
        cancelled: pay on what was cancelled in it. served: months served of that. unpaid: days that it is unpaid.
        received: what customers paid in it, in the unit of results.
    """

    number: int
    in_span: int
    ends_span: bool
    ends_year: bool
    unit: float
    limit: Any = 0.0
    limit_to_date: Any = 0.0
    limit_before: Any = 0.0
    served_part: Any = 1.0
    since_start: Any = 1
    booked: Any = 0.0
    cancelled: Any = 0.0
    served: Any = 0.0
    unpaid: Any = 0.0
    received: Any = 0.0


@dataclass(frozen=True)
class Flow:
    """One payment on its way through the rules.

    Args:
        due: what is due so far [money].
        level: what is earned since the restart, by the reading, this payment included.
        before: the same without this payment.
        lines: what rules have taken and added, by name.
        balances: what is carried on, by name.
    """

    due: Amount
    level: Amount
    before: Amount
    lines: Mapping[str, Amount] = field(default_factory=dict)
    balances: Mapping[str, Any] = field(default_factory=dict)

    def balance(self, name: str) -> Any:
        """What was carried so far under a name; 0 where nothing was."""
        return self.balances.get(name, self.before * 0.0)

    def line(self, name: str) -> Amount:
        """A line of the statement; 0 where no rule wrote it."""
        return self.lines.get(name, self.before * 0.0)

    def then(self, due: Amount, **lines: Amount) -> "Flow":
        """The flow with another amount due, and lines that are added to those of the same name."""
        added = {name: self.lines[name] + value if name in self.lines else value for name, value in lines.items()}
        return replace(self, due=due, lines={**self.lines, **added})

    def keeping(self, **balances: Any) -> "Flow":
        """The flow with other balances."""
        return replace(self, balances={**self.balances, **balances})
