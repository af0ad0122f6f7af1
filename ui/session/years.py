"""The year of the plan on the screen, worked out once as long as nothing changes; people with results by payment."""

import streamlit as st

from calc.plan.errors import Refused
from calc.team.year_people import YearPeople, year_people
from calc.year.settle import year_statement
from ui.model.year import YearView
from ui.session import people as held
from ui.session.workspace import Desk

MAX_YEARS_KEPT = 4
"""Years remembered in a session."""


def year_of_desk(desk: Desk) -> YearView:
    """The year under the plan on a desk."""
    preset, stamp = desk.view.preset, held.people_stamp()
    known: list[tuple[object, YearView]] = st.session_state.setdefault("years", [])
    for stamped, one in known:
        if one.preset is preset and stamped == stamp:
            return one
    people = _people_by_payment(desk)
    found = YearView(preset) if people is None else YearView(preset, people.results, people.paid)
    same_people = [one for one in known if one[0] == stamp]  # of people who are gone nothing is kept
    st.session_state.years = [*same_people, (stamp, found)][-MAX_YEARS_KEPT:]
    return found


def _people_by_payment(desk: Desk) -> YearPeople | None:
    """The people who were brought, where their files have results by payment; None where they have none."""
    brought = held.people_desk().brought
    if brought is None:
        return None
    with held.NamelessErrors("the year of the people"):
        try:
            rules = desk.view.preset.year_plan
            found = year_people(rules, held.read_of(brought, desk.plan.changed(period=rules.periods.paid)))
            year_statement(rules, found.results)
        except Refused:
            return None
        return found
    return None
