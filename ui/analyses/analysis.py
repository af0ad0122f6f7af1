"""What an analysis of a team is: what it is called, how much it matters for a plan, and what it draws and says."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from ui.charts.label_layout import round_steps
from ui.charts.palette import Palette
from ui.charts.team_pictures import AxisEnds, NamedPlace
from ui.model.team import TeamView
from ui.number_format import Formats
from ui.text.documents import Table

NOT_HERE = -1.0
"""The weight of an analysis for which something is missing."""
MAX_NAMED = 50
"""People who are named in a table."""


@dataclass(frozen=True)
class DrawnAnalysis:
    """An analysis as it is shown.

    Args:
        says: what it comes to, in a sentence or two.
        practice: what it is held against, with the source; "" where there is nothing.
        picture: a drawing in SVG; "" where there is none.
        table: what is told by name; None where nothing is.
    """

    says: str
    practice: str = ""
    picture: str = ""
    table: Table | None = None


@dataclass(frozen=True)
class Analysis:
    """An analysis of a team.

    Args:
        key: what tells it from the others.
        title: what it is called.
        weigh: how much it matters for a plan; `NOT_HERE` where it needs what is not there.
        draw: draws it.
        needs: what to bring, where it cannot be drawn.
    """

    key: str
    title: str
    weigh: Callable[[TeamView], float]
    draw: Callable[[TeamView, Formats, Palette], DrawnAnalysis]
    needs: str = ""


def share_places(ends: AxisEnds, formats: Formats, most: int = 5) -> list[NamedPlace]:
    """Round places between two shares, in per cent."""
    if not ends[1] > ends[0]:
        return [(ends[0], formats.share(ends[0]))]
    return [(at, formats.share(at)) for at in round_steps(*ends, most)]


def money_places(ends: AxisEnds, formats: Formats, most: int = 3) -> list[NamedPlace]:
    """Round amounts between two."""
    return [(at, formats.short(at)) for at in round_steps(*ends, most) if at > ends[0]] if ends[1] > ends[0] else []


def ends_of(values: Sequence[float], least: float | None = None, room: float = 0.06) -> AxisEnds:
    """From the smallest to the largest of some values, with a little room, beginning at the least where it is given."""
    low, high = (min(values), max(values)) if len(values) else (0.0, 1.0)
    low = low if least is None else min(low, least)
    gap = (high - low) or max(abs(high), 1.0)
    return (low if low == least else low - room * gap), high + room * gap


def people_text(count: int, formats: Formats) -> str:
    """Nobody, 1 person, 12 people."""
    return "nobody" if not count else "1 person" if count == 1 else f"{formats.number(count)} people"


def listed(names: Sequence[str], most: int = 3) -> str:
    """Names in a row: A, B and 4 others."""
    shown, more = list(names[:most]), len(names) - most
    if more > 0:
        return f"{', '.join(shown)} and {more} other{'s' if more > 1 else ''}"
    return f"{', '.join(shown[:-1])} and {shown[-1]}" if len(shown) > 1 else "".join(shown)
