"""A plan shown to a room: one message at a time in large letters, a picture that stays in its place, and no controls.

The steps are told by `story`; the browser keeps the count (`keys`), and the step is part of the address.
"""

import html
import logging
from base64 import b64encode
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path

import streamlit as st

from calc.documents import link
from calc.documents.link import View
from ui.charts.figure import drawn
from ui.charts.palette import Palette, palette
from ui.components import live
from ui.components.live import still
from ui.number_format import Formats
from ui.presentation import keys, story
from ui.presentation.shots import held_still
from ui.presentation.story import Step, Words
from ui.report import qr, share
from ui.session import store
from ui.session.diagnosis import costs, findings
from ui.session.workspace import Desk
from ui.text.findings import in_html, in_words
from ui.text.words import described

WIDE = (540.0, 300.0)
"""The size [px] that the picture is drawn in and enlarged from, so that its letters are as large as the others."""
LINE = 62
"""Characters of a message that fit in one line."""
ADDRESS = 120
"""Characters of an address that can be read from a wall; a longer one is a code alone."""
log = logging.getLogger("flatline")
MARKS = {"alarm": "▲ ", "warn": "◆ ", "note": "● "}


@dataclass(frozen=True)
class _Slide:
    """A step as it is written: head and words as markup, what is read to those who listen, and whose picture it has."""

    number: int
    steps: int
    head: str
    words: str
    heard: str
    drawn: Step


def shown(desk: Desk, formats: Formats) -> bool:
    """Whether a presentation is on the screen in place of the page; draws it, where the address asks for one."""
    if desk.view.present is None:
        return False
    try:
        slide = _slide(desk, formats)
    except Exception:
        log.exception("the presentation could not be told")
        st.error("This plan cannot be presented. The page shows it instead.")
        store.at_step(None)
        return False
    store.at_step(slide.number)
    _draw(slide, formats)
    return True


def _slide(desk: Desk, formats: Formats) -> _Slide:
    told = _steps(desk.view, formats)
    number = min(max(desk.view.present or 1, 1), len(told))
    step = told[number - 1]
    tall = any(len(_words(one.headline, formats)) > LINE for one in told[1:])
    heard = f"Step {number} of {len(told)}. {_words(step.headline, formats)}"
    pictured = step if step.shot is not None else told[min(number, len(told) - 1)]
    return _Slide(number, len(told), _head(step, formats, tall), _told(desk, step, formats), heard, pictured)


def _draw(slide: _Slide, formats: Formats) -> None:
    colours = palette(st.context.theme.type)
    with st.container(key="presenting", gap=None):
        st.html(f"<style>{_css(colours)}</style>")
        st.html(slide.head)
        with st.container(key="shot", height="stretch", border=False):
            try:
                _picture(slide.drawn, formats, colours)
            except Exception:
                log.exception("the picture of step %s could not be drawn", slide.number)
        st.html(slide.words)
        with st.container(key="keys", gap=None):
            keys.draw(slide.number, slide.steps, slide.heard)


def _steps(view: View, formats: Formats) -> tuple[Step, ...]:
    """The steps of a view, told once as long as nothing but the step changes."""
    held = st.session_state.get("told")
    if held is not None and _same(held[0], view):
        found: tuple[Step, ...] = held[1]
        return found
    told = _held_still(story.steps(view, findings, costs), formats)
    st.session_state.told = (view, told)
    return told


def _same(one: View, other: View) -> bool:
    return (one.preset is other.preset and one.against is other.against) and replace(one, present=None) == replace(
        other, present=None
    )


def _held_still(told: Sequence[Step], formats: Formats) -> tuple[Step, ...]:
    """The steps with pictures whose axes stay where they are from one to the next."""
    shots = iter(held_still([step.shot for step in told if step.shot is not None], formats, palette(None)))
    return tuple(step if step.shot is None else replace(step, shot=next(shots)) for step in told)


@cache
def _css(colours: Palette) -> str:
    text = (Path(__file__).resolve().parent / "style.css").read_text(encoding="utf-8")
    named = {"PAGE": colours.page, "ZERO": colours.zero_text, "CLIFF": colours.cliff_text, "TEXT": colours.quiet}
    for name, colour in (named | {"CURED": colours.cured_text}).items():
        text = text.replace(name, colour)
    return text


def _words(words: Words, formats: Formats) -> str:
    return words if isinstance(words, str) else in_words(words, formats)


def _html(words: Words, formats: Formats) -> str:
    return html.escape(words) if isinstance(words, str) else in_html(words, formats)


def _head(step: Step, formats: Formats, tall: bool) -> str:
    mark = f'<i aria-hidden="true">{MARKS[step.kind]}</i>' if step.kind in MARKS else ""
    kicker = f'<p class="{step.kind}">{mark}{html.escape(step.kicker)}</p>'
    message = html.escape(_words(step.headline, formats))
    kind = "title" if step.kind == "title" else "tall" if tall else "flat"
    return f'<header class="step {kind}">{kicker}<h1>{message}</h1></header>'


def _told(desk: Desk, step: Step, formats: Formats) -> str:
    parts = [f"<p>{_html(words, formats)}</p>" for words in step.says]
    parts += [f'<p class="also">{_html(words, formats)}</p>' for words in step.also]
    parts += [f'<p class="do">{_html(step.do, formats)}</p>'] if step.do is not None else []
    parts += [_opens(step.opens)] if step.opens is not None else []
    parts += [f"<small>{html.escape(step.small)}</small>"] if step.small else []
    if desk.dropped:
        parts.append("<small>Not everything in the link could be read. Exit to see what was left out.</small>")
    return f'<div class="telling {step.kind}">{"".join(parts)}</div>'


def _opens(view: View) -> str:
    """The address of a step's plan, where it can be read from a wall, and as a code for the room."""
    whole = share.address(st.context.url, link.encode_view(view))
    code = qr.drawn(whole)
    if code is None:
        return '<p class="also">Its link is on the page, under Share.</p>'
    told = f"This address opens it: <code>{html.escape(whole)}</code>" if len(whole) <= ADDRESS else "This opens it:"
    source = b64encode(code.encode()).decode()
    return f'<p class="also">{told}</p><img class="code" alt="" src="data:image/svg+xml;base64,{source}">'


def _picture(step: Step, formats: Formats, colours: Palette) -> None:
    """The picture of a step; behind the first, unseen, that of the second, so that it is there when it is wanted."""
    if step.shot is None:
        return
    stage = step.shot.stage(formats, colours)
    alt = described(step.shot.scene, (_words(step.headline, formats),), formats)
    if live.works():
        live.show(live.ready(stage, ()), alt, WIDE)
    else:
        still.show(drawn(stage), alt)
