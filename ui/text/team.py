"""The figures of a team that move with a handle, in words; and what somebody is told who points at a person."""

from dataclasses import dataclass

from ui.model.live_team import LiveTeam
from ui.model.person_name import clip_person
from ui.model.team import TeamView
from ui.number_format import Formats


@dataclass(frozen=True)
class TeamFigure:
    """A figure of the team: what it is, the figure, and a note under it."""

    label: str
    value: str
    note: str


def live_figures(view: TeamView, live: LiveTeam, formats: Formats) -> tuple[TeamFigure, ...]:
    """The figures that move with a handle: cost, who is paid nothing, who gains, who loses."""
    share, formats = live.share, formats.forgetful
    parts = {
        "Paid nothing": share.zero,
        "No more for more": share.flat,
        "At target or above": share.at_target,
        "At the ceiling": share.at_ceiling,
    }
    size = "1 person" if live.size == 1 else f"{formats.number(live.size)} people"
    found = [TeamFigure(cost_label(view), formats.money_rounded(live.cost), size)]
    for label, part in parts.items():
        found.append(TeamFigure(label, formats.share(round(part, 3)), count_text(view, live.size, part, formats)))
    if live.gains is not None and live.loses is not None:
        amounts = [_part_text(view, live.size, part, formats) for part in (live.gains, live.loses)]
        found.append(
            TeamFigure("Gain · lose", " · ".join(amounts), "against plan A" if view.pinned else "against the original")
        )
    return tuple(found)


def cost_label(view: TeamView) -> str:
    """What the cost is of: a period, or all periods that the files have."""
    return f"Cost per {view.plan.period}" if view.periods < 2 else f"Cost of {view.periods} periods"


def live_table(view: TeamView, live: LiveTeam, formats: Formats) -> list[list[str]]:
    """The same as the picture takes them: a figure and its note each."""
    return [[one.value, one.note] for one in live_figures(view, live, formats)]


def count_text(view: TeamView, size: int, part: float, formats: Formats) -> str:
    """How many people a part of them is: 9 people; nothing of a described team, of which only shares are known."""
    count = round(part * size)
    if not view.named:
        return ""
    return "nobody" if not count else "1 person" if count == 1 else f"{formats.number(count)} people"


def _part_text(view: TeamView, size: int, part: float, formats: Formats) -> str:
    return formats.number(round(part * size)) if view.named else formats.share(round(part, 3))


def person_pointed_at(view: TeamView, n: int, formats: Formats) -> str:
    """Whom a dot is: the name, what was reached, what is paid."""
    people, formats = view.people, formats.forgetful
    name, reached, paid = clip_person(view.names[n]), people.overall[n], people.pay[n]
    return f"{name}: {formats.stated_share(float(reached))} of target, {formats.money(float(paid))}"
