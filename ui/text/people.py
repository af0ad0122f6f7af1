"""Where the people of two plans land, in each measure's own unit: what differs, and that they stay where targets move.

A share of target says nothing about people once the target moves: 55 % of 100 deals and 110 % of 50 are the same.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from calc.documents.planfile import Preset
from calc.outcomes.difference import shared_kpis
from calc.piecewise.segments import neat_number
from calc.plan.kpi import Kpi
from calc.situation.team import PEOPLE, TYPICAL
from ui.number_format import Formats
from ui.text.terms import exact_number

PEOPLE_TOLERANCE = 1e-9
"""Results that differ by less than this part of what one whole attainment is are the same."""
PEOPLE_TERMS = ("mean", "spread")
"""The terms of a team that say where it lands."""


@dataclass(frozen=True)
class PeopleChange:
    """A measure on which the people of two plans land elsewhere, with where they do [in words]."""

    kpi: str
    before: str
    after: str


def people_changes(a: Preset, b: Preset, was: Formats, now: Formats) -> Iterator[PeopleChange]:
    """The measures that both plans have on which their own terms have the people land elsewhere."""
    for name in shared_kpis(a.plan, b.plan):
        if not _as_described(a, b, name) and not lands_alike(a, b, name):
            yield PeopleChange(name, *_told_pair(a, b, name, was, now))


def told_by_measure(a: Preset, b: Preset) -> tuple[str, ...]:
    """The terms of the team that are told measure by measure: the target moves of every measure that follows them."""
    return tuple(term for term in PEOPLE_TERMS if _told_by_measure(a, b, term))


def _told_by_measure(a: Preset, b: Preset, term: str) -> bool:
    following = [
        name
        for name in shared_kpis(a.plan, b.plan)
        if any(getattr(p.plan.kpi(name), f"team_{term}") is None for p in (a, b))
    ]
    return bool(following) and not any(_as_described(a, b, name) for name in following)


def lands_alike(a: Preset, b: Preset, name: str) -> bool:
    """Whether the people of both plans land on the same results of a measure: the same mean, the same spread."""
    span = a.plan.kpi(name).span
    return all(
        abs(x - y) <= PEOPLE_TOLERANCE * span for x, y in zip(_results_of(a, name), _results_of(b, name), strict=True)
    )


def _as_described(a: Preset, b: Preset, name: str) -> bool:
    """Whether a measure has the same target, and says the same about its people, in both plans."""
    one, other = (p.plan.kpi(name) for p in (a, b))
    return one.line == other.line and all(getattr(one, term) == getattr(other, term) for term in PEOPLE)


def _results_of(preset: Preset, name: str) -> tuple[float, float]:
    """Mean and spread of the people on a measure [its unit]."""
    kpi = preset.plan.kpi(name)
    landing = (preset.team or TYPICAL).landing(kpi)
    return neat_number(kpi.result(landing.mean)), neat_number(landing.sd * kpi.span)


def _told_pair(a: Preset, b: Preset, name: str, was: Formats, now: Formats) -> tuple[str, str]:
    told = (team_result(a, name, was), team_result(b, name, now))
    if told[0] != told[1]:
        return told
    before, after = (" ± ".join(map(exact_number, _results_of(preset, name))) for preset in (a, b))
    return before, after


def team_result(preset: Preset, name: str, formats: Formats) -> str:
    """Where the people land on a measure: 55 deals ± 10 deals."""
    kpi: Kpi = preset.plan.kpi(name)
    return " ± ".join(formats.amount(kpi, result) for result in _results_of(preset, name))
