"""The year: one sentence, four figures, one picture that follows the finger; beside it readings and moved deals."""

import html

import streamlit as st

from calc.messages import upper_first
from ui.charts.palette import palette_of
from ui.components.year_picture import draw_year
from ui.model.year import YearView
from ui.number_format import Formats
from ui.session import store
from ui.session.diagnosis import findings_of
from ui.session.workspace import Desk
from ui.session.years import year_of_desk
from ui.text.html_table import html_table
from ui.text.words import plain_markdown
from ui.text.year import sentences as words
from ui.year.history import history_section

NO_YEAR = "This plan pays nothing that adds up over a year, so there is no year to look at."
EVEN = (
    "The plan file says nothing of a rep's year: every payment stands on target. Pull a bar, or open a plan whose "
    "year is known."
)
READ_KEY = "drawer-year-readings"
EXAMPLE = "held-back-deals"
"""A preset with a year that is worth looking at."""


def show_section(desk: Desk, formats: Formats) -> None:
    """The whole view."""
    view = year_of_desk(desk)
    if view.kpi is None:
        st.html(f'<p class="small">{html.escape(NO_YEAR)}</p>')
        return
    findings = findings_of(desk.view.preset, desk.view.at)
    st.html(f'<div class="conduct"><p>{html.escape(words.lead_sentence(view, findings, formats))}</p></div>')
    for n, (title, says) in enumerate(words.year_findings(findings, formats)):
        lead = f"<strong>{html.escape(title)}.</strong> " if n else ""  # the first stands above
        st.html(f'<p class="small">{lead}{html.escape(says)}</p>')
    st.html(_figures(view, formats))
    if desk.view.preset.rep_year is None:
        st.html(f'<p class="small">{html.escape(EVEN)}</p>')
        st.button("Open a year with its findings", key="year-example", on_click=store.switch_preset, args=(EXAMPLE,))
    colours = palette_of(st.context.theme.type)
    draw_year(view, words.year_picture_words(view, formats), words.year_picture_spoken(view, formats), colours)
    left, right = st.columns([1.4, 1], gap="large")
    with left:
        _readings(view, formats)
    with right:
        _moves(view, formats)
    history_section(view, formats)


def _figures(view: YearView, formats: Formats) -> str:
    cells = [
        f"<div><dt>{html.escape(label)}</dt><dd><strong>{html.escape(value)}</strong><span>{html.escape(note)}</span></dd></div>"
        for label, value, note in words.year_figures(view, formats)
    ]
    return f'<dl class="figures year">{"".join(cells)}</dl>'


def _readings(view: YearView, formats: Formats) -> None:
    whose = "of the people you brought" if view.people is not None else "of this rep"
    st.html(f'<h3 class="rep">The same year {whose}, read otherwise</h3>')
    st.html(html_table(*words.readings_table(view, formats), "rows conduct"))
    others = [one for one in view.readings if not one.own]
    if not others:
        return
    with st.expander("Read the plan otherwise", key=READ_KEY, on_change="rerun", type="compact") as opened:
        if opened.open:
            for n, one in enumerate(others):
                label = f"{upper_first(one.words)}: {formats.gain(one.difference)}"
                st.button(plain_markdown(label), key=f"year-read-{n}", on_click=_read_as, args=(one.words,))


def _read_as(reading: str) -> None:
    """The plan on the desk under another reading of its year, by its words."""
    view = year_of_desk(st.session_state.desk)
    place = next((i for i, one in enumerate(view.readings) if one.words == reading), None)
    if place is not None:
        store.take_preset(view.read_as(place), "year")


def _moves(view: YearView, formats: Formats) -> None:
    st.html('<h3 class="rep">The price of moving a deal</h3>')
    heads, rows = words.moves_table(view, formats)
    if not rows:
        word = view.case.paid_word
        says = f"Booking a deal a {word} later, or earlier, gains nothing at any end of a {word}."
        st.html(f'<p class="small">{html.escape(says)}</p>')
        return
    st.html(html_table(heads, rows, "rows conduct"))
    note = "The most that one move of up to a tenth of a target brings in all; a risk, not what people surely do."
    st.html(f'<p class="small">{html.escape(note)}</p>')
