"""The findings as cards: what is, what to do, where it lies, what mends it; the costliest first."""

import html
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

import streamlit as st

from calc.diagnosis.causes import Cause, brought_anew, by_cause
from calc.diagnosis.diagnose import SHAPE, check_text
from calc.diagnosis.finding import Finding
from ui.model.profile import ALL_MEASURES
from ui.number_format import Formats
from ui.session import store
from ui.session.diagnosis import findings_of
from ui.session.mending import MEND
from ui.session.workspace import Desk
from ui.text.findings import in_html, sentence_in_words
from ui.text.words import plain_markdown

MAX_CARDS = 3
"""Cards on the screen; the rest is one click away."""
CARD_MARKS = {"alarm": ("▲", "Alarm"), "warn": ("◆", "Warning"), "note": ("●", "Good to know")}
"""The mark and the word of a severity."""
FOLLOW = 4
"""Findings that are named after the one that they follow from."""

Place = tuple[str, str | None, tuple[float | None, float | None] | None]


@dataclass(frozen=True)
class Card:
    """Findings that share a cause, and the number in the diagnosis of the first of them."""

    number: int
    cause: Cause

    @property
    def finding(self) -> Finding:
        """The one that the others follow from."""
        return self.cause.lead

    @property
    def place(self) -> Place:
        """What lights up: the stretch or jump that is among them, else where the first of them lies."""
        found = next((f for f in self.cause.findings if f.check in SHAPE), self.finding)
        return found.check, found.kpi, found.span


def first_cards(found: Sequence[Finding]) -> list[Card]:
    """The cards on the screen."""
    return _cards_amiss(found)[:MAX_CARDS]


def _all_cards(found: Sequence[Finding]) -> list[Card]:
    """One card for each cause; what meets some of the team first."""
    numbers = {id(finding): i for i, finding in enumerate(found)}
    return [Card(numbers[id(cause.lead)], cause) for cause in by_cause(found)]


def _cards_amiss(found: Sequence[Finding]) -> list[Card]:
    return [card for card in _all_cards(found) if card.cause.severity != "note"]


def show_cards(desk: Desk, formats: Formats) -> None:
    """The findings on the screen."""
    _draw_cards(first_cards(findings_of(desk.view.preset, desk.view.at)), desk, formats)


def rest_of_cards(found: Sequence[Finding]) -> tuple[list[Card], list[Card]]:
    """The findings one click away: what else is amiss, and what is also worth knowing."""
    return _cards_amiss(found)[MAX_CARDS:], [card for card in _all_cards(found) if card.cause.severity == "note"]


def show_rest(desk: Desk, formats: Formats) -> None:
    """The drawers of the findings one click away."""
    more, notes = rest_of_cards(findings_of(desk.view.preset, desk.view.at))
    _cards_drawer(f"{len(more)} more", more, desk, formats)
    _cards_drawer("Also worth knowing", notes, desk, formats)


def cards_depend_on(desk: Desk, formats: Formats) -> tuple[object, ...]:
    """What the cards on the screen show, and the very plan that they mend."""
    found = findings_of(desk.view.preset, desk.view.at)
    written = [
        (_card_html(card.cause, formats), *_card_buttons(card, formats), _brings_words(card, desk, formats))
        for card in first_cards(found)
    ]
    return id(desk.view.preset), desk.generation, written


def _card_buttons(card: Card, formats: Formats) -> tuple[str | None, str | None]:
    """What the button that shows says, and what the one that mends tells of itself."""
    shows, cure = None if card.finding.kpi is None else "Hide" if _is_lit(card) else "Show", card.cause.cure
    return shows, None if cure is None else plain_markdown(sentence_in_words(cure.label, formats))


def _draw_cards(shown: Sequence[Card], desk: Desk, formats: Formats) -> None:
    for card in shown:
        _draw_card(card, desk, formats)


def _cards_drawer(label: str, shown: Sequence[Card], desk: Desk, formats: Formats) -> None:
    """Cards one click away, which cost nothing until then."""
    if shown:
        key = f"drawer-{desk.name}-{'notes' if shown[0].cause.severity == 'note' else 'more'}"
        with st.expander(label, key=key, on_change="rerun", type="compact") as drawer:
            if drawer.open:
                with st.container(key=f"{key}-cards", gap=None):
                    _draw_cards(shown, desk, formats)


def _draw_card(card: Card, desk: Desk, formats: Formats) -> None:
    name = f"{desk.name}-{desk.generation}-{card.number}"
    kind = "lit" if _is_lit(card) else "card"
    with st.container(horizontal=True, vertical_alignment="top", wrap=False, gap="xsmall", key=f"{kind}-{name}"):
        brings = _brings_words(card, desk, formats)
        st.html(_card_html(card.cause, formats, brings))
        shows, mends = _card_buttons(card, formats)
        if shows is not None:
            st.button(shows, key=f"show-{name}", type="tertiary", on_click=_on_show, args=(card,))
        if mends is not None:
            st.button(
                "Fix it all the same" if brings else "Fix it",
                key=f"mend-{name}",
                help=mends,
                on_click=_on_mend,
                args=(desk, card),
            )


def _card_html(cause: Cause, formats: Formats, brings: str = "") -> str:
    finding = cause.lead
    mark, word = CARD_MARKS[cause.severity]
    severity = f'<span class="mark"><i aria-hidden="true">{mark}</i> {word}</span>'
    title = html.escape(sentence_in_words(finding.title, formats))
    return (
        f'<article class="card {cause.severity}"><h3>{severity} {title}</h3>'
        f"<p>{in_html(finding.says, formats)}</p><p>{in_html(finding.do, formats)}</p>{_follows_html(cause, formats)}"
        f"{brings}<small>{html.escape(finding.source)}</small>{_check_html(finding.check)}</article>"
    )


def _follows_html(cause: Cause, formats: Formats) -> str:
    """What follows from the same cause, by its titles; of many of a kind, the first few."""
    others = cause.findings[1:]
    titles = [in_html(finding.title, formats) for finding in others[:FOLLOW]]
    more = f" And {len(others) - FOLLOW} more." if len(others) > FOLLOW else ""
    return f"<p>With it: {'; '.join(titles)}.{more}</p>" if titles else ""


@cache
def _check_html(check: str) -> str:
    """The text of a check, one click away."""
    parts = [
        f"<p>{_bold_question(html.escape(' '.join(part.split())))}</p>" for part in check_text(check).split("\n\n")[1:]
    ]
    return f"<details><summary>Why</summary>{''.join(parts)}</details>"


def _bold_question(text: str) -> str:
    """A paragraph with its question in bold."""
    lead, colon, rest = text.partition(": ")
    return f"<strong>{lead}</strong><br>{rest[:1].upper()}{rest[1:]}" if colon and len(lead) < 20 else text


# What is lit


def lit_finding(desk: Desk, along: str) -> Finding | None:
    """The finding that is lit in the picture: the one that was chosen, while it is there and its KPI is on the axis."""
    place = st.session_state.get("lit")
    if place is None or along == ALL_MEASURES:
        return None
    found = findings_of(desk.view.preset, desk.view.at)
    alike = [f for f in found if (f.check, f.kpi) == place[:2] and f.kpi == along]
    return next((f for f in alike if f.span == place[2]), alike[0] if len(alike) == 1 else None)


def _is_lit(card: Card) -> bool:
    place = st.session_state.get("lit")
    return place is not None and card.place == place


def _on_show(card: Card) -> None:
    """Turn the axis to a finding's KPI and light up where it lies; a second time puts it out."""
    if _is_lit(card):
        st.session_state.lit = None
        return
    st.session_state.lit = card.place
    if card.finding.kpi is not None:
        store.turn_axis(card.finding.kpi)


def _brings_words(card: Card, desk: Desk, formats: Formats) -> str:
    """What a fix that was asked for would bring anew; nothing where none was, or it brings nothing."""
    preset, number, brought = st.session_state.get("fix_brings", (None, 0, ()))
    if preset is not desk.view.preset or number != card.number or not brought:
        return ""
    titles = "; ".join(in_html(finding.title, formats) for finding in brought)
    return f'<p class="brings" role="status">This fix brings a new warning: {titles}.</p>'


def _on_mend(desk: Desk, card: Card) -> None:
    """Mend what a card tells of, unless the plan has changed since the card was drawn.

    A fix that brings a new warning says so first, and is made when it is asked for once more.
    """
    mends = card.cause.cheapest
    if mends is not None and mends.cure is not None and st.session_state.desk.view.preset is desk.view.preset:
        found = findings_of(desk.view.preset, desk.view.at)
        asked, number, _ = st.session_state.pop("fix_brings", (None, 0, ()))
        brought = brought_anew(found, findings_of(mends.cure.after, desk.view.at))
        if brought and not (asked is desk.view.preset and number == card.number):
            st.session_state.fix_brings = desk.view.preset, card.number, brought
            return
        number = next((i for i, finding in enumerate(found) if finding == mends), card.number)
        store.take_preset(mends.cure.after, f"{MEND}{number}")
