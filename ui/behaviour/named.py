"""By name: from when the next sale is worth too little to try, for people who are named by a file or by the plan."""

import html

import streamlit as st

from ui.model.conduct import Portrait
from ui.model.named_conduct import named_reps_of
from ui.model.team import TeamView
from ui.number_format import Formats
from ui.session import people as held
from ui.session.team_at_hand import team_at_hand
from ui.session.workspace import Desk
from ui.text.behaviour import named as words
from ui.text.html_table import html_table


def draw_named(desk: Desk, portrait: Portrait, formats: Formats) -> None:
    """The table; nothing where nobody is named, or where the plan is known late or the hours decide."""
    view = team_at_hand(desk).view
    if view is None or not view.named or portrait.live is None:
        return
    st.html('<h3 class="rep">By name: from when the next sale is worth too little to try</h3>')
    with held.NamelessErrors("when named people stop"):
        _draw_stops(view, portrait, formats.forgetful)


def _draw_stops(view: TeamView, portrait: Portrait, formats: Formats) -> None:
    from calc.behaviour.named_reps import find_stops

    alone = portrait.answers.alone
    people = named_reps_of(view, alone.axis)
    stops = find_stops(alone, view.plan, people, portrait.at)
    st.html(f'<p class="small">{html.escape(words.stop_sentence(stops, len(people), formats))}</p>')
    told = words.stops_table(stops, view.plan.period, alone.axis.steps, formats)
    if told.rows:
        st.html(f'<div class="tall">{html_table(told.heads, told.rows, "rows named")}</div>')
