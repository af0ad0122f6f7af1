"""A floor out of a late starter's reach: the part of the year is prorated, and the result at which pay begins is not.

What it is: somebody is there for a part of the year, and pay begins at a result of the whole year: it takes a larger
share of what can be sold in the part than of the whole. Its money is the target incentive of the part.

Why it hurts: whoever starts in autumn is asked for the floor of a year in a quarter of it. The first months, in which a
new rep decides whether this is a place to stay, pay nothing, whatever is sold.

What to do: prorate the floor with the target.

Source: practice: targets and thresholds of people who start within the year are prorated together (plan documents of
public firms). How far out of reach is arithmetic.
"""

from collections.abc import Iterator
from typing import Any

from calc.diagnosis.context import Case
from calc.diagnosis.cures.years import change_year
from calc.diagnosis.finding import Finding
from calc.diagnosis.year_case import YearCase
from calc.documents.planfile import Preset
from calc.messages import Money, Result, Sentence, Share
from calc.year.settle import reading_place
from calc.year.standing import floor_attainment

NO_FURTHER = 1.02
"""How many times as far away a floor may be that is prorated with the target: rounding of days is no fault."""


def find_late_starter(case: Case) -> Iterator[Finding]:
    """A finding where a floor is further away for somebody who is there for a part of the year."""
    year = case.year
    if year is None or year.rules.proration is None or year.rules.proration.floor:
        return
    floor, part = floor_attainment(year.kpi), _part_of_year(year)
    if floor > 0 and part is not None and 1 / part > NO_FURTHER:
        yield _make_finding(case, year, (floor, part))


def _part_of_year(year: YearCase) -> float | None:
    """The part of the year that the rep is there for; None where all of it, or nothing."""
    sizes = reading_place(year.rules, year.people).sizes
    prorated = year.rules.proration
    assert prorated is not None
    count = sizes.scale.shape[1]
    parts = prorated.parts(year.rules.periods, count, prorated.first_day)
    shares = year.rules.periods.share_of(count)
    part = float((parts * shares).sum() / shares.sum())
    return part if 0 < part < 1 else None


def _make_finding(case: Case, year: YearCase, found: tuple[float, float]) -> Finding:
    floor, part = found
    reach = round(floor / part, 9)
    sizes = reading_place(year.rules, year.people).sizes
    whole = float((sizes.targets[0, :, year.place] * sizes.unprorated[0]).sum())
    return Finding(
        check="late_starter",
        severity="alarm" if reach >= 1 else "warn",
        kpi=year.kpi.id,
        span=None,
        money=case.money(float(sizes.incentives[0].sum())),
        share=None,
        title=Sentence.of(
            "Asks a late starter for {reach} of their share before anything is paid", reach=Share(round(reach, 4))
        ),
        says=Sentence.of(
            "Somebody who is there for {part} of the year is paid from {floor} of {kpi} on, as somebody who is there "
            "for all of it: that is {reach} of a target of their part, {money} of target incentive hang on it.",
            part=Share(round(part, 4)),
            floor=Result(round(floor * whole, 6), year.kpi.unit),
            kpi=case.name(year.kpi),
            reach=Share(round(reach, 4)),
            money=Money(case.money(float(sizes.incentives[0].sum()))),
        ),
        do=Sentence.of("Prorate the floor with the target."),
        source="practice of plan documents that prorate target and threshold together; how far: arithmetic",
        mends=lambda: change_year(case, find_late_starter, "Prorate the floor with the target", _prorated),
    )


def _prorated(preset: Preset) -> dict[str, Any]:
    return {} if preset.proration is None else {"proration": preset.proration.changed(target=True, floor=True)}
