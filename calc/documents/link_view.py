"""What a link carries: a plan, where the rep stands, what is looked at, and the sizes that a link may have."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from calc.documents.planfile import Preset

LINK_VERSION = 2
"""Of `x`; links of every version since 1 are read for ever."""
MAX_LINK = 8_000
"""Characters of a link that are read at all, as most servers between take no more; chat and mail break shorter ones."""
AGAINST = "A."
"""Leads the fields of the plan that is compared with; no KPI's id has a capital letter."""
UNLINKED = "unlinked"
"""Stands in the address of a plan that is too long for a link, with the length that its link would have had."""


@dataclass(frozen=True)
class View:
    """What is on the screen: a preset with its changes, the preset it came from, where the rep stands, the axis.

    `at` holds only KPIs that do not stand at target; `along` is a KPI's id, "all", or None for the first that pays.
    `against` is the plan that it is compared with, itself with nothing but a preset and its changes; `present` is the
    step of a presentation, counted from 1.
    """

    preset: Preset
    base: str | None = None
    at: Mapping[str, float] = field(default_factory=dict)
    along: str | None = None
    against: "View | None" = None
    present: int | None = None


@dataclass(frozen=True)
class Opened:
    """An opened link: the view, and a sentence for everything that was dropped."""

    view: View
    dropped: tuple[str, ...] = ()


def too_many_characters(query: str) -> str | None:
    """The sentence that says a query string has more characters than are read; None where it has not."""
    length = len(query.removeprefix("?"))
    if length <= MAX_LINK:
        return None
    return f"the link must have at most {MAX_LINK:,} characters (got {length:,}): share the plan as a file instead"
