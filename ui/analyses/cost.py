"""What the team costs, and why: at target, expected, as it landed; over other results, by chance, by part.

Analyses 7 to 10, 17 and 18.
"""

import datetime
from collections.abc import Mapping

from calc.outcomes.budget import PERIODS_IN_A_YEAR
from calc.tables.sheets.periods import NoDate, days_of_label, read_period
from calc.team.costs import (
    SLIDES,
    attainment_bands,
    cost_by_chance,
    cost_by_part,
    fitted_team,
    slide_results,
    worth_of_better_quotas,
)
from calc.team.quota_fairness import months_between, open_territories
from ui.analyses.analysis import NOT_HERE, Analysis, DrawnAnalysis, ends_of, money_places
from ui.charts.palette import Palette
from ui.charts.team_pictures import Axes, Bar, bar_chart, line_chart
from ui.model.person_name import clip_person
from ui.model.team import TeamView
from ui.number_format import Formats, clip_name
from ui.text.documents import Table

MONTHS_IN_A_YEAR = 12
MAX_TEAM_PARTS = 12
"""Parts of a team that are told apart."""


def _three_costs(view: TeamView, formats: Formats, colours: Palette) -> DrawnAnalysis:
    found = view.costs
    bars = [
        Bar("all at target", found.at_target, formats.money_rounded(found.at_target)),
        Bar("expected", found.expected, formats.money_rounded(found.expected)),
        Bar("as they landed", found.paid, formats.money_rounded(found.paid)),
    ]
    costs = [formats.money_rounded(one) for one in (found.at_target, found.expected, found.paid)]
    says = (
        f"With everybody at target the plan costs {costs[0]}; a team with the mean and spread of these people is "
        f"expected to cost {costs[1]}; these people cost {costs[2]}."
    )
    why = "They differ by the curve, by the worth of each measure, by who lands where, and by open places (Nagle)."
    return DrawnAnalysis(says, why, bar_chart(bars, colours))


def _sensitivity(view: TeamView, formats: Formats, colours: Palette) -> DrawnAnalysis:
    """The cost over other means, in the band of what chance makes of it."""
    slid = slide_results(view.people)
    points = [(one.slide, one.cost) for one in slid]
    band = []
    rows, clean = view.people.by_period, view.plan
    team = fitted_team(rows)
    for slide in SLIDES:
        moved = team.changed(mean=min(max(team.mean * (1 + slide), 1e-3), 10.0))
        found = cost_by_chance(clean, moved, rows.incentive)
        middle = next(one.cost for one in slid if one.slide == slide)
        band.append((slide, middle + found.p10 - found.mean, middle + found.p90 - found.mean))
    y = ends_of([*(low for _, low, _ in band), *(high for *_, high in band)], 0.0)
    places = [(at, formats.share(at) if at <= 0 else f"+{formats.share(at)}") for at in (-0.2, -0.1, 0.0, 0.1, 0.2)]
    axes = Axes(
        (SLIDES[0], SLIDES[-1]), y, places, money_places(y, formats), (), "if everybody sells so much more or less"
    )
    low, high = slid[0], slid[-1]
    says = (
        f"If all sell a fifth less the plan costs {formats.money_rounded(low.cost)}, a fifth more "
        f"{formats.money_rounded(high.cost)}. Chance alone moves it within the band, eight times in ten."
    )
    if low.per_sales and high.per_sales and view.plan.kpis[view.main].better != "lower":
        each = [_per_sale(view, one.per_sales, formats) for one in (low, high) if one.per_sales is not None]
        says += f" Of what is sold that is {each[0]} and {each[-1]}."
    practice = "Sensitivity is across results, volatility at one (Performio); 10 % of revenue can become 14 % (Cygnal)."
    return DrawnAnalysis(says, practice, line_chart(points, axes, colours, band))


def _per_sale(view: TeamView, ratio: float, formats: Formats) -> str:
    """Pay per unit sold: a share where money is sold, else money for each."""
    unit = view.plan.kpis[view.main].unit
    return formats.share(ratio) if unit == view.plan.currency else formats.money(round(ratio, view.plan.minor))


def _cost_of_sales(view: TeamView, formats: Formats, colours: Palette) -> DrawnAnalysis:
    people = view.people
    heading = group_heading(view)
    if heading is not None:
        parts = [people.team.attributes[n].get(heading, "–") for n in range(len(people))]
        told = f"by {clip_person(heading, 30)}"
    else:
        parts = [f"{int(band):03d}" for band in attainment_bands(people.overall.clip(0, 9.9))]
        told = "by share of target reached"
    found = cost_by_part(people, parts)[:MAX_TEAM_PARTS]
    unit = view.plan.kpis[view.main].unit
    in_money = unit == view.plan.currency
    bars, rows = [], []
    for one in found:
        name = one.part if heading is not None else f"{int(one.part)}–{int(one.part) + 9}%"
        ratio = "–" if one.ratio is None else _per_sale(view, one.ratio, formats)
        bars.append(Bar(name, one.ratio or 0.0, ratio))
        rows.append([name, formats.number(one.people), formats.money(one.pay), formats.number(one.sales), ratio])
    kpi = view.plan.kpis[view.main]
    each = "of what is sold" if in_money else f"for one unit of {clip_name(kpi.label, 40)}"
    ends = sorted(((one.ratio, bar.told) for one, bar in zip(found, bars, strict=True) if one.ratio is not None))
    says = f"Pay {each}, {told}: from {ends[0][1]} to {ends[-1][1]}." if ends else ""
    table = Table(["", "People", "Pay", "Sold", "Pay for one"], rows)
    return DrawnAnalysis(says, "Hold it against its own trend before any benchmark.", bar_chart(bars, colours), table)


def group_heading(view: TeamView) -> str | None:
    """The heading by which people are parted, such as their region; None where files have none."""
    if view.read is None:
        return None
    groups = [heading for one in view.read.match.files for heading in one.headings("group")]
    for heading in groups:
        values = {row.get(heading) for row in view.people.team.attributes}
        if 1 < len(values) <= MAX_TEAM_PARTS:
            return heading
    return None


def _better_quotas(view: TeamView, formats: Formats, colours: Palette) -> DrawnAnalysis:
    worth = worth_of_better_quotas(view.people)
    side = "less" if worth >= 0 else "more"
    says = (
        "If every quota were set a point nearer to what people reach, the plan would cost "
        f"{formats.money(abs(worth))} {side}."
    )
    return DrawnAnalysis(says, "Quotas that miss are paid for twice (Gartner); the figure is of these people.")


def _open_places(view: TeamView, formats: Formats, colours: Palette) -> DrawnAnalysis:
    filled = filled_months(view)
    months = MONTHS_IN_A_YEAR / PERIODS_IN_A_YEAR[view.plan.period] * view.periods
    people, kpi = view.people, view.plan.kpis[view.main]
    worked = max(sum(filled), 1e-9)
    results = float(people.team.results[:, view.main].sum()) / worked
    found = open_territories(filled, months, results, people.total / worked)
    if not found.months:
        return DrawnAnalysis("Every place was filled all the time.")
    told = formats.number(round(found.months, 1))
    bars = [
        Bar("filled months", worked, formats.number(round(worked, 1))),
        Bar("open months", found.months, told, "loss"),
    ]
    says = (
        f"{told} months were open: at the pace of the others that is {formats.amount(kpi, round(found.results))} "
        f"that nobody brought, and {formats.money_rounded(found.pay)} that nobody was paid."
    )
    return DrawnAnalysis(says, "", bar_chart(bars, colours))


def filled_months(view: TeamView) -> list[float]:
    """For how many months of the files' periods each place was filled, by first and last days; [] where not known."""
    spans = [span for label in {*view.rows.team.periods} if (span := days_of_label(label)) is not None]
    if not spans:
        return []
    first, last = min(start for start, _ in spans), max(end for _, end in spans)
    found = []
    for told in view.people.team.attributes:
        hired, left = (_day_of(view, told, role) for role in ("hired", "left"))
        begins, ends = max(hired or first, first), min(left or last, last)
        found.append(max(months_between(begins, ends + datetime.timedelta(days=1)), 0.0))
    return found


def _day_of(view: TeamView, told: Mapping[str, str], role: str) -> datetime.date | None:
    """The day that a person's file has under a role; None where there is none."""
    assert view.read is not None
    for heading in [heading for one in view.read.match.files for heading in one.headings(role)]:
        try:
            found = read_period(told.get(heading, ""), "day")
        except NoDate:
            continue
        span = None if found is None else days_of_label(found.label)
        if span is not None:
            return span[0]
    return None


def _weigh_open(view: TeamView) -> float:
    if view.read is None:
        return NOT_HERE
    dated = any(one.headings("hired") or one.headings("left") for one in view.read.match.files)
    return 0.6 if dated and filled_months(view) else NOT_HERE


COST_ANALYSES = (
    Analysis("costs", "At target, expected, and as they landed", lambda view: 1.1, _three_costs),
    Analysis("sensitivity", "If all sell more, or less", lambda view: 0.9, _sensitivity),
    Analysis("cost-of-sales", "What a sale costs in pay", lambda view: 0.7, _cost_of_sales),
    Analysis("better-quotas", "What better quotas are worth", lambda view: 0.3, _better_quotas),
    Analysis("open", "Open places", _weigh_open, _open_places, "Bring first and last days, and periods."),
)
