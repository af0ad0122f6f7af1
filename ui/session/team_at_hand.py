"""The people at hand for the plan on the screen: those who were brought, else the plan file's, else described."""

from dataclasses import dataclass

import streamlit as st

from calc.documents.planfile import Preset
from calc.outcomes.difference import why_not_comparable
from calc.plan.errors import Refused
from calc.tables.people import PeopleRead
from ui.model.team import AS_IT_CAME, PINNED, TeamView
from ui.session import people as held
from ui.session.workspace import Desk

CANNOT_BE_PAID = "What these people are paid cannot be worked out for this plan."


@dataclass(frozen=True, eq=False)
class TeamAtHand:
    """Who is looked at.

    Args:
        view: the people under the plan; None where they cannot be paid.
        read: what the files say; None where nobody was brought.
        faults: why they cannot be read or paid.
    """

    view: TeamView | None
    read: PeopleRead | None
    faults: tuple[str, ...] = ()


def team_at_hand(desk: Desk) -> TeamAtHand:
    """The people under the plan on a desk, worked out once as long as neither changes."""
    stamp = held.people_stamp()
    known = st.session_state.get("team_at_hand")
    if known is None or known[0] is not desk or known[1] != stamp:
        known = st.session_state.team_at_hand = (desk, stamp, _at_hand(desk))
    found: TeamAtHand = known[2]
    return found


def _at_hand(desk: Desk) -> TeamAtHand:
    brought = held.people_desk().brought
    read: PeopleRead | None = None
    with held.NamelessErrors("the people at hand") as errors:
        try:
            if brought is not None:
                read = held.read_of(brought, desk.plan)
                if not read.rows:
                    return TeamAtHand(None, read)
            view = _view_of(desk, read)
            _ = view.people
        except Refused as refused:
            return TeamAtHand(None, read, refused.sentences)
        return TeamAtHand(view, read)
    assert errors.failed
    return TeamAtHand(None, read, (CANNOT_BE_PAID,))


def _view_of(desk: Desk, read: PeopleRead | None) -> TeamView:
    other, name = other_plan(desk)
    people = held.people_desk()
    made_up = people.brought is not None and people.brought.made_up
    quotas = people.quotas if read is not None else {}
    return TeamView(desk.view.preset, read, other, name, people.hidden, made_up, quotas)


def other_plan(desk: Desk) -> tuple[Preset | None, str]:
    """The plan that winners and losers are told against: the pinned one, else the plan as it came."""
    pinned = desk.view.against
    other, name = (desk.start.preset, AS_IT_CAME) if pinned is None else (pinned.preset, PINNED)
    if why_not_comparable(other.plan, desk.plan) is not None:
        return None, ""
    return other, name
