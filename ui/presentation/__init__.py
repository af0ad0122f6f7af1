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

from calc.diagnosis.finding import Finding
from calc.documents import link
from calc.documents.link import View
from calc.messages import Sentence
from ui.charts.figure import stage_figure
from ui.charts.palette import Palette, palette_of
from ui.components import live
from ui.components.live import still
from ui.number_format import Formats
from ui.presentation import keys, story
from ui.presentation.shots import held_still
from ui.presentation.story import StoryStep, StoryWords
from ui.report import qr, share
from ui.session import store
from ui.session.diagnosis import cost_of, findings_of
from ui.session.workspace import Desk
from ui.text.findings import in_html, sentence_in_words
from ui.text.words import describe_picture

SLIDE_SIZE = (540.0, 300.0)
"""The size [px] that the picture is drawn in and enlarged from, so that its letters are as large as the others."""
LINE_LETTERS = 62
"""Characters of a message that fit in one line."""
ADDRESS = 120
"""Characters of an address that can be read from a wall; a longer one is a code alone."""
_logger = logging.getLogger("flatline")
STEP_MARKS = {"alarm": "▲ ", "warn": "◆ ", "note": "● "}


@dataclass(frozen=True)
class _Slide:
    """A step as it is written: head and words as markup, what is read to those who listen, and whose picture it has."""

    number: int
    steps: int
    head: str
    words: str
    heard: str
    drawn: StoryStep


def show_presentation(desk: Desk, formats: Formats) -> bool:
    """Whether a presentation is on the screen in place of the page; draws it, where the address asks for one."""
    if desk.view.present is None:
        return False
    try:
        slide = _make_slide(desk, formats)
    except Exception:
        _logger.exception("the presentation could not be told")
        st.error("This plan cannot be presented. The page shows it instead.")
        store.at_step(None)
        return False
    store.at_step(slide.number)
    _draw_slide(slide, formats)
    return True


def _make_slide(desk: Desk, formats: Formats) -> _Slide:
    told = _cached_steps(desk.view, formats)
    number = min(max(desk.view.present or 1, 1), len(told))
    step = told[number - 1]
    tall = any(len(_words_text(one.headline, formats)) > LINE_LETTERS for one in told[1:])
    heard = f"Step {number} of {len(told)}. {_words_text(step.headline, formats)}"
    pictured = step if step.shot is not None else told[min(number, len(told) - 1)]
    return _Slide(number, len(told), _step_head(step, formats, tall), _step_html(desk, step, formats), heard, pictured)


def _draw_slide(slide: _Slide, formats: Formats) -> None:
    colours = palette_of(st.context.theme.type)
    with st.container(key="presenting", gap=None):
        st.html(f"<style>{_slide_css(colours)}</style>")
        st.html(slide.head)
        with st.container(key="shot", height="stretch", border=False):
            try:
                _step_picture(slide.drawn, formats, colours)
            except Exception:
                _logger.exception("the picture of step %s could not be drawn", slide.number)
        st.html(slide.words)
        with st.container(key="keys", gap=None):
            keys.draw_foot(slide.number, slide.steps, slide.heard)


def _cached_steps(view: View, formats: Formats) -> tuple[StoryStep, ...]:
    """The steps of a view, told once as long as nothing but the step changes."""
    held = st.session_state.get("told")
    if held is not None and _same_plans(held[0], view):
        found: tuple[StoryStep, ...] = held[1]
        return found
    told = _held_still(story.tell_steps(view, findings_of, cost_of, _conducts_of), formats)
    st.session_state.told = (view, told)
    return told


def _conducts_of(view: View, found: tuple[Finding, ...]) -> tuple[Sentence, ...]:
    """What the findings make people do, where the model may say so with a number."""
    from calc.diagnosis.conduct import has_conduct  # the effort model takes longer to load than a step to draw
    from ui.session.portraits import portrait_of

    if view.preset.team is None or not has_conduct(found):
        return ()
    return tuple(conduct.says for conduct in portrait_of(view).conducts if conduct.told is not None)


def _same_plans(one: View, other: View) -> bool:
    return (one.preset is other.preset and one.against is other.against) and replace(one, present=None) == replace(
        other, present=None
    )


def _held_still(told: Sequence[StoryStep], formats: Formats) -> tuple[StoryStep, ...]:
    """The steps with pictures whose axes stay where they are from one to the next."""
    shots = iter(held_still([step.shot for step in told if step.shot is not None], formats, palette_of(None)))
    return tuple(step if step.shot is None else replace(step, shot=next(shots)) for step in told)


@cache
def _slide_css(colours: Palette) -> str:
    text = (Path(__file__).resolve().parent / "style.css").read_text(encoding="utf-8")
    named = {"PAGE": colours.page, "ZERO": colours.zero_text, "CLIFF": colours.cliff_text, "TEXT": colours.quiet}
    for name, colour in (named | {"CURED": colours.cured_text}).items():
        text = text.replace(name, colour)
    return text


def _words_text(words: StoryWords, formats: Formats) -> str:
    return words if isinstance(words, str) else sentence_in_words(words, formats)


def _words_html(words: StoryWords, formats: Formats) -> str:
    return html.escape(words) if isinstance(words, str) else in_html(words, formats)


def _step_head(step: StoryStep, formats: Formats, tall: bool) -> str:
    mark = f'<i aria-hidden="true">{STEP_MARKS[step.kind]}</i>' if step.kind in STEP_MARKS else ""
    kicker = f'<p class="{step.kind}">{mark}{html.escape(step.kicker)}</p>'
    message = html.escape(_words_text(step.headline, formats))
    kind = "title" if step.kind == "title" else "tall" if tall else "flat"
    return f'<header class="step {kind}">{kicker}<h1>{message}</h1></header>'


def _step_html(desk: Desk, step: StoryStep, formats: Formats) -> str:
    parts = [f"<p>{_words_html(words, formats)}</p>" for words in step.says]
    parts += [f'<p class="also">{_words_html(words, formats)}</p>' for words in step.also]
    parts += [f'<p class="do">{_words_html(step.do, formats)}</p>'] if step.do is not None else []
    parts += [_opens_html(step.opens)] if step.opens is not None else []
    parts += [f"<small>{html.escape(step.small)}</small>"] if step.small else []
    if desk.dropped:
        parts.append("<small>Not everything in the link could be read. Exit to see what was left out.</small>")
    return f'<div class="telling {step.kind}">{"".join(parts)}</div>'


def _opens_html(view: View) -> str:
    """The address of a step's plan, where it can be read from a wall, and as a code for the room."""
    whole = share.full_address(st.context.url, link.encode_view(view))
    code = qr.draw_code(whole)
    if code is None:
        return '<p class="also">Its link is on the page, under Share.</p>'
    told = f"This address opens it: <code>{html.escape(whole)}</code>" if len(whole) <= ADDRESS else "This opens it:"
    source = b64encode(code.encode()).decode()
    return f'<p class="also">{told}</p><img class="code" alt="" src="data:image/svg+xml;base64,{source}">'


def _step_picture(step: StoryStep, formats: Formats, colours: Palette) -> None:
    """The picture of a step; behind the first, unseen, that of the second, so that it is there when it is wanted."""
    if step.shot is None:
        return
    stage = step.shot.stage(formats, colours)
    alt = describe_picture(step.shot.scene, (_words_text(step.headline, formats),), formats)
    if live.can_be_live():
        live.show_live(live.ready_picture(stage, ()), alt, SLIDE_SIZE)
    else:
        still.show_still(stage_figure(stage), alt)
