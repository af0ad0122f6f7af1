"""Whether pay follows performance, and who sells more and is paid less: analyses 4 and 5."""

import math

from calc.situation.practice import Practice
from ui.analyses.analysis import Analysis, DrawnAnalysis, ends_of, share_places
from ui.charts.palette import Palette
from ui.charts.team_pictures import Axes, dot_chart
from ui.model.person_name import clip_person
from ui.model.team import TeamView
from ui.number_format import Formats
from ui.text.documents import Table

STRONG = 0.8
"""The relation from which on pay follows performance strongly (Falcon Incentives)."""
MANY_PAIRS = 0.1
"""A part of all pairs that is many."""
PAIRS_JOINED = 12
"""Pairs that are joined by a line."""


def _scatter(view: TeamView, formats: Formats, colours: Palette, pairs: bool) -> str:
    people = view.people
    dots = list(zip(people.overall.tolist(), people.multiple.tolist(), strict=True))
    x, y = ends_of([a for a, _ in dots]), ends_of([m for _, m in dots], 0.0)
    joined = [(dots[one.more], dots[one.less]) for one in view.inversions[:PAIRS_JOINED]] if pairs else []
    axes = Axes(
        x,
        y,
        share_places(x, formats),
        share_places(y, formats, 4),
        (),
        "of target reached, over all measures",
        "of own target incentive paid",
    )
    return dot_chart(dots, axes, colours, (), joined)


def _follows(view: TeamView, formats: Formats, colours: Palette) -> DrawnAnalysis:
    r = view.overview.pay_performance_r
    practice = "r of 0.8 is strong, of 0.6 loose (Falcon Incentives); pay as a multiple of the own target incentive."
    if r is None:
        return DrawnAnalysis("Everybody lands alike or is paid alike: there is nothing to relate.", practice)
    loose = Practice().pay_follows
    told = "strongly follows" if r >= STRONG else "loosely follows" if r >= loose else "hardly follows"
    says = f"Pay {told} performance: r is {formats.number(round(r, 2))}."
    return DrawnAnalysis(says, practice, _scatter(view, formats, colours, pairs=False))


def _weigh_follows(view: TeamView) -> float:
    r = view.overview.pay_performance_r
    return 2.1 if r is not None and r < Practice().pay_follows else 0.8


def _inverted(view: TeamView, formats: Formats, colours: Palette) -> DrawnAnalysis:
    count = view.overview.inversions
    if not count:
        return DrawnAnalysis(
            "Nobody sells more than somebody else and is paid a smaller share of the target incentive."
        )
    where = "In one pair" if count == 1 else f"In {formats.number(count)} pairs"
    says = f"{where} the one who reaches more of the target is paid a smaller share of the incentive."
    rows = [
        [
            clip_person(view.names[one.more]),
            _reached_and_paid(view, one.more, formats),
            clip_person(view.names[one.less]),
            _reached_and_paid(view, one.less, formats),
        ]
        for one in view.inversions
    ]
    table = Table(["Reaches more", "target · pay", "Is paid more", "target · pay"], rows)
    return DrawnAnalysis(
        says,
        "Practice: there should be no such pair.",
        _scatter(view, formats, colours, pairs=True),
        table if view.named else None,
    )


def _reached_and_paid(view: TeamView, n: int, formats: Formats) -> str:
    """What somebody reached of the target, and is paid of the target incentive."""
    reached, paid = float(view.people.overall[n]), float(view.people.multiple[n])
    return f"{formats.share(round(reached, 3))} · {formats.share(round(paid, 3))}"


def _weigh_inverted(view: TeamView) -> float:
    """Of few pairs among many nothing is said at once."""
    pairs = math.comb(max(view.overview.size, 2), 2)
    return 0.4 + 2.0 * min(view.overview.inversions / pairs / MANY_PAIRS, 1.0)


PERFORMANCE_ANALYSES = (
    Analysis("performance", "Pay against performance", _weigh_follows, _follows),
    Analysis("inversions", "More sold and less paid", _weigh_inverted, _inverted),
)
