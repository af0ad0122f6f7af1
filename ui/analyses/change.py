"""Who gains and who loses, what keeps somebody whole, who stands at an edge: analyses 11, 12 and 13."""

from calc.team.changes import PayChange, kept_whole_at
from calc.team.edges import EDGE_REACH
from ui.analyses.analysis import MAX_NAMED, NOT_HERE, Analysis, DrawnAnalysis, people_text
from ui.charts.palette import Palette
from ui.charts.team_pictures import MAX_ROWS, Bar, bar_chart
from ui.model.person_name import clip_person
from ui.model.team import AS_IT_CAME, TeamView
from ui.number_format import Formats, clip_name
from ui.text.documents import Table

CHANGE_NEEDS = "Change the plan, or compare it with another one."
CHANGE_PRACTICE = "Practice: the top tenth unharmed, and whoever loses more than a twentieth spoken to first."


def _other(view: TeamView) -> str:
    return view.other_name or AS_IT_CAME


def _has_change(view: TeamView) -> bool:
    return view.change is not None and bool(view.change.winners or view.change.losers)


def _gains(view: TeamView, formats: Formats, colours: Palette) -> DrawnAnalysis:
    found = view.change
    assert found is not None
    says = (
        f"Against {_other(view)}, on the same results, {_who(found.winners, formats)} paid more and "
        f"{_who(found.losers, formats)} paid less. The plan {_costs(found.total, formats)}."
    )
    return DrawnAnalysis(
        says, CHANGE_PRACTICE, bar_chart(change_bars(view, found.people, formats), colours), _table(view, formats)
    )


def _who(count: int, formats: Formats) -> str:
    """Nobody is, 12 people are."""
    return f"{people_text(count, formats)} {'is' if count < 2 else 'are'}"


def _costs(total: float, formats: Formats) -> str:
    if not round(total, 2):
        return "costs the same"
    return f"costs {formats.money_rounded(abs(total))} {'more' if total > 0 else 'less'}"


def change_bars(view: TeamView, people: tuple[PayChange, ...], formats: Formats) -> list[Bar]:
    """The largest losses and gains by name, the losses first."""
    moved = [one for one in people if one.change]
    half = MAX_ROWS // 2
    gains = [one for one in moved if one.change > 0]
    losses = [one for one in moved if one.change < 0]
    room = max(MAX_ROWS - min(len(gains), half), half)
    shown = [*losses[:room], *sorted(gains, key=lambda one: -one.change)[: MAX_ROWS - min(len(losses), room)]]
    return [
        Bar(
            view.shown_name(one.name),
            one.change,
            formats.gain_rounded(one.change),
            "gain" if one.change > 0 else "loss",
        )
        for one in shown
    ]


def _losers_and_gainers(people: tuple[PayChange, ...]) -> list[PayChange]:
    """Whoever is paid otherwise: those who lose as they are told of, then those who gain, the largest gain first."""
    losers = [one for one in people if one.change < 0]
    return [*losers, *sorted((one for one in people if one.change > 0), key=lambda one: -one.change)]


def _table(view: TeamView, formats: Formats) -> Table | None:
    found = view.change
    if found is None or not view.named:
        return None
    rows = [
        [
            clip_person(view.shown_name(one.name)),
            formats.money(one.before),
            formats.money(one.after),
            formats.gain(one.change),
            "–" if one.share is None else formats.share(one.share),
        ]
        for one in _losers_and_gainers(found.people)[:MAX_NAMED]
    ]
    return Table(["", "Before", "Now", "Change", "of the old pay"], rows)


def _whole(view: TeamView, formats: Formats, colours: Palette) -> DrawnAnalysis:
    found = view.change
    assert found is not None
    losers = [one for one in found.people if one.change < 0][:MAX_NAMED]
    if not losers:
        return DrawnAnalysis(f"Nobody is paid less than under {_other(view)}: all are whole.")
    if view.periods > 1:
        return DrawnAnalysis("Over several periods there is no one result that keeps somebody whole.")
    kpi = view.plan.kpis[view.main]
    rows, reached = [], 0
    for one in losers:
        place = view.place_of(one.name)
        at = kept_whole_at(view.people, place, one.before)
        has = float(view.people.team.results[place, view.main])
        reached += at is not None
        told = "no result pays so much" if at is None else formats.amount(kpi, at)
        rows.append([clip_person(view.shown_name(one.name)), formats.amount(kpi, has), told, formats.gain(one.change)])
    says = (
        f"The result of {clip_name(kpi.label, 40)} at which each who loses is paid what {_other(view)} paid: "
        f"{formats.number(reached)} of {formats.number(len(losers))} can come there."
    )
    table = Table(["", "Result now", "Whole again at", "Change"], rows)
    return DrawnAnalysis(says, "Asked where measures change (Cygnal).", "", table if view.named else None)


def _edges(view: TeamView, formats: Formats, colours: Palette) -> DrawnAnalysis:
    near = view.near
    if not near:
        return DrawnAnalysis("Nobody stands within a twentieth of target of a jump, a floor or a ceiling.")
    people = len({one.person for one in near})
    ahead = [one for one in near if one.away > 0 and one.worth > 0]
    says = (
        f"{people_text(people, formats)} {'stands' if people == 1 else 'stand'} within {formats.share(EDGE_REACH)} of "
        "target, or one unit, of an edge."
    )
    if ahead:
        says += f" {_would(len({one.person for one in ahead}), formats)} be paid more for going on to it (orange)."
    if view.periods > 1:
        says += " Each is told of in the latest period."
    several = len({one.kpi for one in near}) > 1
    rows, bars = [], []
    for one in near[:MAX_NAMED]:
        kpi, name = view.plan.kpi(one.kpi), clip_person(view.names[one.person])
        away = kpi.span * abs(one.away)
        size = formats.result(round(away, 2), kpi.unit)
        side = "at it" if not one.away else f"{size} {'short' if one.away > 0 else 'past'}"
        of = f", {clip_name(kpi.label, 30)}" if several else ""
        rows.append([name, f"{one.kind} at {formats.stated_share(one.at)}{of}", side, formats.gain(one.worth)])
        bars.append(
            Bar(view.names[one.person], one.worth, formats.gain_rounded(one.worth), "loss" if one.away > 0 else "plain")
        )
    table = Table(["", "Edge", "Away", "Worth"], rows)
    return DrawnAnalysis(says[:1].upper() + says[1:], "", bar_chart(bars, colours), table if view.named else None)


def _would(count: int, formats: Formats) -> str:
    """How many would be paid more, at the beginning of a sentence."""
    told = people_text(count, formats)
    return f"{told[:1].upper()}{told[1:]} would"


def _weigh_edges(view: TeamView) -> float:
    return 2.0 if any(one.kind in ("cliff", "drop") for one in view.near) else 0.7 if view.near else 0.2


CHANGE_ANALYSES = (
    Analysis(
        "change", "Who gains and who loses", lambda view: 3.0 if _has_change(view) else NOT_HERE, _gains, CHANGE_NEEDS
    ),
    Analysis(
        "whole", "What keeps somebody whole", lambda view: 0.9 if _has_change(view) else NOT_HERE, _whole, CHANGE_NEEDS
    ),
    Analysis("edges", "Who stands at an edge", _weigh_edges, _edges),
)
