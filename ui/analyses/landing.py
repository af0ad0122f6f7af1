"""Where people land, on the curve and by rank; how near quotas were: analyses 1, 2, 3, 6 and 14."""

import math

import numpy as np

from calc.piecewise.pieces import NotALine
from calc.team.landing import BAR, attainment_histogram, hides_behind_mean, leverage_reached, payout_by_rank
from calc.team.quota_fairness import FAIR_TOLERANCE, quota_accuracy
from ui.analyses.analysis import Analysis, DrawnAnalysis, ends_of, listed, people_text, share_places
from ui.charts.axes import scene_corners
from ui.charts.palette import Palette
from ui.charts.team_pictures import Axes, Bar, NamedPlace, bar_chart, column_chart, dot_chart, line_chart
from ui.model.profile import Scene
from ui.model.team import TeamView
from ui.number_format import Formats

LANDING_PRACTICE = (
    "Practice: nine in ten above the floor (Aurochs), half to seven in ten at target (Prosperio, Alexander Group), "
    "the best tenth at excellence."
)
MOST_SHOWN = 2.5
"""Attainment up to which bars are drawn; whoever is beyond counts in the last."""
OFF_LINE = 0.005
"""Payouts that differ by less from the plan's line are on it."""


def _landing(view: TeamView, formats: Formats, colours: Palette) -> DrawnAnalysis:
    overall, found = view.people.overall, view.landing
    bars = attainment_histogram(np.clip(overall, min(0.0, float(overall.min())), MOST_SHOWN))
    best = float(np.quantile(overall, 0.9))
    marks: list[NamedPlace] = [(1.0, "target"), (best, "best tenth")]
    floor = view.edges[0]
    if math.isfinite(floor):
        marks.append((floor, "floor"))
    x = float(min(bars.starts[0], 0.4)), float(max(bars.starts[-1] + BAR, 1.3))
    axes = Axes(x, (0.0, 1.15 * float(bars.counts.max())), share_places(x, formats), (), marks, "of target reached")
    above = f"{formats.share(round(1 - found.below_floor, 3))} land above the floor, " if math.isfinite(floor) else ""
    says = (
        f"{above}{formats.share(round(found.at_target, 3))} reach the target, and a tenth reach "
        f"{formats.share(best)} or more. The mean is {formats.share(found.mean)}."
    )
    if hides_behind_mean(found):
        says += " That mean hides how many are below target: a few far above it lift it."
    picture = column_chart(bars.starts.tolist(), BAR, bars.counts.tolist(), axes, colours)
    return DrawnAnalysis(says[:1].upper() + says[1:], LANDING_PRACTICE, picture)


def _weigh_landing(view: TeamView) -> float:
    found = view.landing
    strained = found.below_floor > 0.1 or found.at_target < 0.5 or hides_behind_mean(found)
    return 2.4 if strained else 1.5


def _on_curve(view: TeamView, formats: Formats, colours: Palette) -> DrawnAnalysis:
    people, kpi = view.people, view.plan.kpis[view.main]
    places = people.attainment[:, view.main]
    dots = list(zip(places.tolist(), people.multiple.tolist(), strict=True))
    x, y = ends_of([*places.tolist(), 0.0, 1.1]), ends_of([*people.multiple.tolist(), 0.0, 1.1], 0.0)
    line, off = [], ""
    try:
        scene = Scene(view.plan, kpi.id, {}, None)
        share = view.plan.incentive
        line = [[(a, pay / share) for a, pay in part] for part in scene_corners(scene, *x)]
        paid = np.asarray(scene.curve(places), dtype=np.float64) / share
        off_line = int((np.abs(paid - people.multiple) > OFF_LINE).sum())
        if off_line:
            other = "their other measures move their pay, or they have several periods"
            off = f" {people_text(off_line, formats)} stand off the line: {other}."
    except NotALine:
        off = " There is no one line: what one measure pays hangs on the others."
    axes = Axes(x, y, share_places(x, formats), share_places(y, formats, 4), (), f"of the target of {kpi.label}")
    says = f"Every dot is a person: what share of the target they reached, and of their target incentive are paid.{off}"
    return DrawnAnalysis(says + _paid_otherwise(view, formats), "", dot_chart(dots, axes, colours, line))


def _paid_otherwise(view: TeamView, formats: Formats) -> str:
    """Who was paid otherwise than the plan says, where the files say what was paid."""
    if view.read is None:
        return ""
    told: dict[str, float] = {}
    for row in view.read.rows:
        if row.paid is not None:
            told[row.person] = told.get(row.person, 0.0) + row.paid
    pays = dict(zip(view.people.names, view.people.pay.tolist(), strict=True))
    apart = [name for name, paid in told.items() if name in pays and abs(paid - pays[name]) > 0.01 * max(paid, 1.0)]
    if not told:
        return ""
    if not apart:
        return " What the files say was paid is what this plan pays."
    names = listed([view.shown_name(name) for name in apart])
    return f" The files say that {names} were paid otherwise: an override, a ramp, another plan or an error."


def _by_rank(view: TeamView, formats: Formats, colours: Palette) -> DrawnAnalysis:
    found = payout_by_rank(view.people.multiple)
    best = float(np.quantile(found.multiple, 0.9))
    y = ends_of([*found.multiple.tolist(), 0.0, 1.1], 0.0)
    marks = [] if found.whole_at is None else [(found.whole_at, "whole incentive")]
    points = list(zip(found.rank.tolist(), found.multiple.tolist(), strict=True))
    axes = Axes(
        (0.0, 1.0), y, share_places((0.0, 1.0), formats), share_places(y, formats, 4), marks, "of people are paid less"
    )
    where = "Nobody is paid the whole target incentive"
    if found.whole_at is not None:
        where = f"{formats.share(round(1 - found.whole_at, 3))} are paid the whole target incentive or more"
    says = f"{where}; a tenth are paid {formats.share(best)} of it or more."
    practice = (
        "Practice: the best tenth at 200-300 %, and the whole incentive from the 40th percentile on (SalesGlobe)."
    )
    return DrawnAnalysis(says, practice, line_chart(points, axes, colours))


def _leverage(view: TeamView, formats: Formats, colours: Palette) -> DrawnAnalysis:
    ratio = leverage_reached(view.people.multiple)
    middle = float(np.median(view.people.multiple))
    if ratio is None:
        return DrawnAnalysis("The middle person is paid nothing, so the best cannot be told against the middle.")
    bars = [
        Bar("the middle", middle, formats.share(middle)),
        Bar("best tenth", ratio * middle, formats.share(ratio * middle)),
    ]
    says = f"The best tenth are paid {formats.number(round(ratio, 2))} times what the middle person is paid."
    return DrawnAnalysis(
        says,
        "Practice: two to three times the target incentive at the 90th percentile (BetterSalesComp, SalesGlobe).",
        bar_chart(bars, colours),
    )


def _accuracy(view: TeamView, formats: Formats, colours: Palette) -> DrawnAnalysis:
    overall = view.people.overall
    found = quota_accuracy(overall)
    bars = attainment_histogram(np.clip(overall, min(0.0, float(overall.min())), MOST_SHOWN))
    x = float(min(bars.starts[0], 0.4)), float(max(bars.starts[-1] + BAR, 1.3))
    marks = [(at, formats.share(at)) for at in FAIR_TOLERANCE]
    axes = Axes(x, (0.0, 1.15 * float(bars.counts.max())), share_places(x, formats), (), marks, "of target reached")
    says = (
        f"{formats.share(round(found.near, 3))} land within a fifth of their target; the spread is "
        f"{formats.share(round(found.spread, 3))}."
    )
    if found.skewness is not None and found.skewness > 0.5:
        says += " A long tail lies above target, which accelerators make expensive."
    picture = column_chart(bars.starts.tolist(), BAR, bars.counts.tolist(), axes, colours)
    return DrawnAnalysis(says, "A long right tail is expensive with accelerators (Cygnal).", picture)


LANDING_ANALYSES = (
    Analysis("landing", "Where people land", _weigh_landing, _landing),
    Analysis("curve", "Everybody on the curve", lambda view: 1.2, _on_curve),
    Analysis("percentiles", "Pay from the lowest to the highest", lambda view: 1.0, _by_rank),
    Analysis("leverage", "How far the best are above the middle", lambda view: 0.5, _leverage),
    Analysis("accuracy", "How near quotas were", lambda view: 0.6, _accuracy),
)
