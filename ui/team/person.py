"""One person's card: chosen by name, with where they stand and what would change it."""

import html

import streamlit as st

from ui.model.person import PersonView
from ui.model.person_name import clip_person
from ui.model.team import TeamView
from ui.number_format import Formats
from ui.session.people import PERSON_KEY
from ui.text.person import person_figures
from ui.text.team import TeamFigure


def person_card(view: TeamView, formats: Formats) -> None:
    """The choice, and the card of whoever was chosen."""
    names = [clip_person(name, 60) for name in view.names]
    was = st.session_state[PERSON_KEY] = _still_there(view, st.session_state.get(PERSON_KEY))
    chosen = st.selectbox(
        "One person",
        range(len(names)),
        was,
        format_func=lambda n: names[n],
        key=PERSON_KEY,
        placeholder="Choose a name, or click a dot in the picture",
    )
    if chosen is None:
        return
    person = PersonView(view, chosen)
    period = f", {person.period}" if person.period else ""
    title = f'<h3 class="rep">{html.escape(names[chosen] + period)}</h3>'
    st.html(f"{title}{figures_html(person_figures(person, formats))}")


def _still_there(view: TeamView, chosen: object) -> int | None:
    return chosen if isinstance(chosen, int) and 0 <= chosen < len(view.people) else None


def figures_html(figures: list[TeamFigure]) -> str:
    """Figures in a row, each with its name above and its note below."""
    cells = [[html.escape(part) for part in (one.label, one.value, one.note)] for one in figures]
    told = "".join(f"<div><dt>{a}</dt><dd><strong>{b}</strong><span>{c}</span></dd></div>" for a, b, c in cells)
    return f'<dl class="figures person">{told}</dl>'
