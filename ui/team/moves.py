"""The price of moving a deal over the end of a period, for people with results by period."""

import html

import numpy as np
import streamlit as st

from calc.team.deal_moves import MOVABLE, TeamMoves, moves_of_team
from ui.model.person_name import clip_person
from ui.model.team import TeamView
from ui.number_format import Formats
from ui.text.html_table import html_table

MOVES_KEY, PART_KEY = "drawer-people-moves", "people-movable"
MAX_MOVERS = 100


def moves_drawer(view: TeamView, formats: Formats) -> None:
    """What booking a deal a period earlier or later is worth, where people have several periods."""
    if view.periods < 2:
        return
    label = "The price of moving a deal over the end of a period"
    with st.expander(label, key=MOVES_KEY, on_change="rerun", type="compact") as drawer:
        if drawer.open:
            part = st.slider("What can be moved, of a period's target", 0.01, 0.5, MOVABLE, 0.01, "percent", PART_KEY)
            found = moves_of_team(view.rows, part)
            if found is None:
                st.html('<p class="small">Nobody has a result in every period.</p>')
            else:
                _moves(view, found, formats)


def _moves(view: TeamView, found: TeamMoves, formats: Formats) -> None:
    total = found.moves.total
    if total < 0.5 * 10.0**-view.plan.minor:
        told = (
            "Moving a deal gains nobody anything: the plan pays one straight line, or what it pays is far from a break."
        )
        st.html(f'<p class="small">{told}</p>')
        return
    gains = found.moves.gain.sum(axis=1)
    movers = int((gains > 0).sum())
    says = (
        f"Moved to where they pay most, deals at the ends of {len(found.periods)} periods are worth "
        f"{formats.money_rounded(total)} to {movers} of {len(found.names)} people, for no sale more."
    )
    st.html(f'<p class="small">{html.escape(says)}</p>')
    heads = ["", *(f"{a} → {b}" for a, b in zip(found.periods, found.periods[1:], strict=False)), "Together"]
    rows = []
    for n in np.argsort(-gains, kind="stable")[:MAX_MOVERS]:
        if gains[n] <= 0:
            break
        cells = [
            _cell(float(g), float(m), formats) for g, m in zip(found.moves.gain[n], found.moves.moved[n], strict=True)
        ]
        rows.append([clip_person(view.shown_name(found.names[n])), *cells, formats.money_rounded(float(gains[n]))])
    if view.named:
        st.html(f'<div class="tall">{html_table(heads, rows, "rows named")}</div>')


def _cell(gain: float, moved: float, formats: Formats) -> str:
    """What a move brings, and which way: later, or earlier."""
    if gain <= 0:
        return "–"
    return f"{formats.gain_rounded(gain)} ({formats.share(round(abs(moved), 3))} {'later' if moved > 0 else 'earlier'})"
