"""Whether size or growth decided who reached the target: analyses 15 and 16."""

import numpy as np

from calc.piecewise.vectorized import Floats
from calc.situation.practice import Practice
from calc.team.quota_fairness import fairness_by_growth, fairness_by_size
from ui.analyses.analysis import NOT_HERE, Analysis, DrawnAnalysis, ends_of, share_places
from ui.charts.palette import Palette
from ui.charts.team_pictures import Axes, SizeColumn, box_chart, dot_chart
from ui.model.team import TeamView
from ui.number_format import Formats

LEAST_PEOPLE = 4
FAIRNESS_NEEDS = "Bring a column with last year's result of every person."


def _known(view: TeamView) -> tuple[Floats, Floats, Floats] | None:
    """Attainment, last year's result and this year's of those of whom last year is known; None where too few are."""
    last = view.people.team.last_year
    if last is None:
        return None
    before = last[:, view.main]
    rows = np.isfinite(before)
    if rows.sum() < LEAST_PEOPLE:
        return None
    return view.people.attainment[rows, view.main], before[rows], view.people.team.results[rows, view.main]


def _by_size(view: TeamView, formats: Formats, colours: Palette) -> DrawnAnalysis:
    known = _known(view)
    assert known is not None
    reached, before, _ = known
    found = fairness_by_size(reached, before)
    boxes = [
        SizeColumn(f"{one.part} ({one.people})", one.quarter, one.median, one.three_quarters) for one in found.boxes
    ]
    y = ends_of([value for one in found.boxes for value in (one.quarter, one.three_quarters)])
    axes = Axes((0.0, 1.0), y, (), share_places(y, formats, 4), (), "", "of target reached, by last year's volume")
    practice = "Practice: no relation (Aurochs)."
    if found.relation is None:
        return DrawnAnalysis("Everybody had the same volume last year.", practice)
    fair = abs(found.relation) <= Practice().size_relation
    who = "whoever was smaller reaches more" if found.relation < 0 else "whoever was larger reaches more"
    says = f"Attainment goes with last year's volume with an r of {formats.number(round(found.relation, 2))}: "
    says += "size does not decide." if fair else f"{who}."
    return DrawnAnalysis(says, practice, box_chart(boxes, axes, colours))


def _weigh_size(view: TeamView) -> float:
    known = _known(view)
    if known is None:
        return NOT_HERE
    found = fairness_by_size(known[0], known[1]).relation
    return 2.3 if found is not None and abs(found) > Practice().size_relation else 0.5


def _by_growth(view: TeamView, formats: Formats, colours: Palette) -> DrawnAnalysis:
    known = _known(view)
    assert known is not None
    reached, before, now = known
    had = before > 0
    growth = (now[had] - before[had]) / before[had]
    r = fairness_by_growth(reached, before, now)
    dots = list(zip(growth.tolist(), reached[had].tolist(), strict=True))
    x, y = ends_of(growth.tolist()), ends_of(reached[had].tolist())
    axes = Axes(
        x, y, share_places(x, formats), share_places(y, formats, 4), (), "growth on last year", "of target reached"
    )
    practice = "Practice: a strong relation; whoever grows should reach the target (Aurochs)."
    if r is None:
        return DrawnAnalysis("Everybody grew alike.", practice)
    says = f"Attainment goes with growth with an r of {formats.number(round(r, 2))}."
    return DrawnAnalysis(says, practice, dot_chart(dots, axes, colours))


FAIRNESS_ANALYSES = (
    Analysis("size", "Whether size decides", _weigh_size, _by_size, FAIRNESS_NEEDS),
    Analysis(
        "growth",
        "Whether growth decides",
        lambda view: NOT_HERE if _known(view) is None else 0.4,
        _by_growth,
        FAIRNESS_NEEDS,
    ),
)
