"""One person in words: a few figures with their notes."""

import math

from ui.model.person import PersonView
from ui.number_format import Formats, clip_name
from ui.text.team import TeamFigure
from ui.text.words import next_words

EDGE_WORDS = {
    "cliff": "the jump at",
    "drop": "the drop at",
    "floor": "the floor at",
    "ceiling": "the ceiling at",
}


def person_figures(person: PersonView, formats: Formats) -> list[TeamFigure]:
    """Where somebody stands, what they are paid, what the next unit pays, the nearest edge, what keeps them whole."""
    scene, view = person.scene, person.team
    kpi = scene.kpi
    assert kpi is not None
    reached = formats.stated_share(round(scene.here, 4))
    stands = TeamFigure(
        "Stands at", formats.amount(kpi, scene.standing[kpi.id]), f"{reached} of {_target(person, formats)}"
    )
    multiple = float(view.rows.multiple[person.row])
    paid = TeamFigure("Is paid", formats.money(person.pay), f"{formats.share(multiple)} of the target incentive")
    more = TeamFigure(f"The {next_words(scene, formats)} pays", formats.gain(scene.next_pays), _ahead(person, formats))
    return [stands, paid, more, _edge_figure(person, formats), *_change_figures(person, formats)]


def _target(person: PersonView, formats: Formats) -> str:
    kpi = person.scene.kpi
    assert kpi is not None
    return formats.amount(kpi, kpi.target)


def _ahead(person: PersonView, formats: Formats) -> str:
    """Where pay changes next."""
    scene, ahead = person.scene, person.scene.ahead
    kpi = scene.kpi
    if ahead is None or kpi is None or not math.isfinite(ahead.start):
        return "no change ahead"
    return f"next change at {formats.amount(kpi, round(kpi.result(ahead.start), 6))}"


def _edge_figure(person: PersonView, formats: Formats) -> TeamFigure:
    edge = person.edge
    if edge is None:
        return TeamFigure("Nearest edge", "none near", "within a twentieth of target")
    kpi = person.team.plan.kpi(edge.kpi)
    size = formats.result(round(abs(edge.away) * kpi.span, 2), kpi.unit)
    where = f"{EDGE_WORDS[edge.kind]} {formats.stated_share(edge.at)} of {clip_name(kpi.label, 24)}"
    side = "just at" if not edge.away else f"{size} {'short of' if edge.away > 0 else 'past'}"
    return TeamFigure("Nearest edge", formats.gain(edge.worth), f"{side} {where}")


def _change_figures(person: PersonView, formats: Formats) -> list[TeamFigure]:
    """What the other plan paid, and what keeps the person whole."""
    view = person.team
    if person.before is None or not (view.pinned or view.plan_differs):
        return []
    pays = float(view.people.pay[person.place])
    change = pays - person.before
    against = view.other_name
    figure = TeamFigure(
        "Change of pay", formats.gain(round(change, 2)), f"{against} pays {formats.money(person.before)}"
    )
    if change >= 0:
        return [figure, TeamFigure("Kept whole", "yes", "is paid no less than before")]
    if person.whole_at is None:
        why = "over several periods there is no one result" if view.periods > 1 else "no result pays so much"
        return [figure, TeamFigure("Kept whole", "no", why)]
    kpi = view.plan.kpis[view.main]
    return [
        figure,
        TeamFigure("Kept whole at", formats.amount(kpi, round(person.whole_at, 2)), "pays as much as before"),
    ]
