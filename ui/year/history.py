"""Your words and your numbers: which rule reproduces what people were paid, and which payments it does not explain."""

import html

import numpy as np
import streamlit as st

from calc.messages import upper_first
from calc.year.beside.history import HistoryFit
from ui.model.person_name import clip_person
from ui.model.year import YearView
from ui.number_format import Formats
from ui.session import people as held
from ui.text.html_table import html_table

MAX_MISFITS = 50
"""Payments that are listed."""
BRING = (
    "Bring a file of your people with a row or a column for each period and a column of what was paid, under The team. "
    "This names the rule that reproduces it, and lists what does not fit."
)


def history_section(view: YearView, formats: Formats) -> None:
    """What was paid against what the rules pay, where files say what was paid."""
    st.html('<h3 class="rep">Your words and your numbers</h3>')
    if view.paid is None or not np.isfinite(view.paid).any():
        st.html(f'<p class="small">{html.escape(BRING)}</p>')
        return
    found = None
    with held.NamelessErrors("what was paid"):
        found = view.history
    if found is None:
        return
    st.html(f'<div class="conduct"><p>{html.escape(history_sentence(found))}</p></div>')
    if found.misfits:
        _misfits(view, found, formats.forgetful)


def history_sentence(found: HistoryFit) -> str:
    """The rule, and how much of what was paid it explains."""
    rule = f"{upper_first(found.words)}: that is how {found.fits} of {found.payments} payments were paid"
    own = " and it is what this plan says" if found.own else f"; this plan as it is explains {found.own_fits}"
    also = f" {len(found.also)} other rules explain as many." if found.also and not found.own else ""
    return f"{rule}{own}.{also}"


def _misfits(view: YearView, found: HistoryFit, formats: Formats) -> None:
    """The payments that the rule does not explain, the largest difference first."""
    people = view.people
    assert people is not None
    hidden = held.people_desk().hidden
    rows = [
        [
            f"Person {one.person + 1}" if hidden else clip_person(people.names[one.person], 40),
            people.labels[one.period],
            formats.money(one.paid),
            formats.money(one.expected),
            formats.gain(round(one.paid - one.expected, formats.minor)),
        ]
        for one in found.misfits[:MAX_MISFITS]
    ]
    st.html(f'<p class="small">{len(found.misfits)} payments do not fit.</p>')
    heads = ["", "Payment", "Was paid", "By this rule", "Difference"]
    st.html(f'<div class="tall">{html_table(heads, rows, "rows conduct")}</div>')
