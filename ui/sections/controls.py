"""The controls: each shows what the desk holds and hands on what was asked of it; none remembers anything itself."""

import math
from dataclasses import replace
from typing import Any

import streamlit as st

from ui.model.knobs import Knob
from ui.model.profile import ALL_MEASURES
from ui.number_format import clip_name
from ui.session import fragments, store
from ui.session.workspace import Desk
from ui.text.terms import LABELS, TERM_WORDS
from ui.text.words import plain_markdown, told_apart

SIDE_BY_SIDE = 5
"""KPIs that are shown side by side; more than that, and they are a list."""
Scale = tuple[object, ...]
"""What a control offers: the least and the most of a slider, and its step, or the labels of a choice."""
FORMATS = {"share": "percent", "times": "%.1f×", "number": "localized"}


def draw_knob(desk: Desk, knob: Knob) -> None:
    """One control, with the sentence under it where what was asked of it does not hold."""
    if knob.look == "choice":
        _knob_choice(desk, knob)
    elif knob.optional:
        _knob_optional(desk, knob)
    elif math.isinf(knob.high):
        _knob_number(desk, knob)
    else:
        _knob_slider(desk, knob)
    draft = desk.drafts.get(knob.path)
    if draft is not None:
        st.markdown(f":small[:red[{plain_markdown(draft.says)}]]")


def is_single(desk: Desk, knob: Knob) -> bool:
    """Whether a control is one element, with no switch and no sentence under it."""
    return not knob.optional and knob.path not in desk.drafts


def _knob_key(desk: Desk, path: str, value: Any, scale: object = None) -> str:
    """The key of a control that shows a value.

    A key belongs to a preset and a generation, so that another plan or an undo seeds it anew. It is left alone while
    the control shows the value already, on the same scale: its range and step, or what its choices are called (a
    browser sends a choice by what it was called when it drew it). Where something else has changed either of them,
    the control gets a new key: what a fast hand has sent of the old one in the meantime then no longer counts, and
    Streamlit does not begin at the least value, as it does where a key that it knows comes with another range.

    The value itself is given to every control each time it is drawn, and never through the session: that is told to
    the browser once, and where that one telling is lost (a run that another one overtakes), a control without a value
    of its own begins at its least, and reports it as if a hand had moved it there.
    """
    name, scales = _key_name(desk, path), st.session_state.setdefault("scales", {})
    key = _key_now(desk, path)
    if key in st.session_state and not (_same_shown(st.session_state[key], value) and scales.get(name) == scale):
        turns = st.session_state.turns
        turns[name] = turns.get(name, 0) + 1
        key = _key_now(desk, path)
    scales[name] = scale
    return key


def _key_now(desk: Desk, path: str) -> str:
    name = _key_name(desk, path)
    turn = st.session_state.setdefault("turns", {}).get(name)
    return f"{name}-{turn}" if turn else name


def _is_replaced(path: str, key: str) -> bool:
    return key != _key_now(st.session_state.desk, path)


def _key_name(desk: Desk, path: str) -> str:
    return f"{desk.seeded}-{path.replace('.', '-')}"


def _same_shown(one: Any, other: Any) -> bool:
    if isinstance(one, float) and isinstance(other, float):
        return abs(one - other) <= 1e-9 * max(1.0, abs(one))
    return bool(one == other)


def _knob_label(knob: Knob) -> str:
    name = plain_markdown(clip_name(knob.name, 40))
    return f"{name}: {plain_markdown(knob.note)}" if knob.note else name


def _take_move(path: str, key: str, seat: str) -> None:
    """What a control was moved to, handed on; not what comes late from one that has been replaced since."""
    value = st.session_state[key]
    if value is None or _is_replaced(seat, key):
        return
    if isinstance(value, float):
        value = round(value, 9)
    _change_term(path, value)


def _change_term(path: str, value: Any) -> None:
    store.change_term(path, value)
    fragments.follow_change(f"knob-{path}")


def _knob_slider(desk: Desk, knob: Knob, disabled: bool = False) -> None:
    draft = desk.drafts.get(knob.path)
    value = float(knob.value if draft is None else draft.value)
    low, high, step = scale = (float(knob.low), float(knob.high), float(knob.step))
    value = min(max(value, low), high)
    held = _knob_key(desk, knob.seat, value, scale)
    st.slider(
        _knob_label(knob),
        low,
        high,
        value,
        step=step,
        format=FORMATS[knob.look],
        key=held,
        help=plain_markdown(knob.help),
        on_change=_take_move,
        args=(knob.path, held, knob.seat),
        disabled=disabled,
    )


def _knob_number(desk: Desk, knob: Knob) -> None:
    draft = desk.drafts.get(knob.path)
    value = float(knob.value if draft is None else draft.value)
    held = _knob_key(desk, knob.seat, value)
    st.number_input(
        _knob_label(knob),
        value=value,
        step=float(knob.step),
        format="%.15g",
        key=held,
        help=plain_markdown(knob.help),
        on_change=_take_move,
        args=(knob.path, held, knob.seat),
    )


def _knob_optional(desk: Desk, knob: Knob) -> None:
    """A term that may be absent: the slider, which rests while it is, and a switch that takes it away."""
    absent = knob.value is None
    _knob_slider(desk, replace(knob, value=knob.starts) if absent else knob, disabled=absent)
    held = _knob_key(desk, f"{knob.path}.off", absent)
    st.toggle(f"No {knob.name.lower()}", absent, key=held, on_change=_on_switch, args=(knob.path, held, knob.starts))


def _on_switch(path: str, key: str, starts: float) -> None:
    if not _is_replaced(f"{path}.off", key):
        _change_term(path, None if st.session_state[key] else starts)


def _knob_choice(desk: Desk, knob: Knob) -> None:
    held = _knob_key(desk, knob.seat, knob.value)
    term = knob.path.rpartition(".")[2]
    st.segmented_control(
        _knob_label(replace(knob, name=LABELS.get(term, knob.name))),
        knob.choices,
        default=knob.value,
        format_func=lambda one: TERM_WORDS.get(one, one),
        required=True,
        wrap=True,
        key=held,
        help=plain_markdown(knob.help),
        on_change=_take_move,
        args=(knob.path, held, knob.seat),
    )


def axis_depends_on(desk: Desk, along: str, together: bool) -> tuple[object, ...]:
    """What the choice of the axis shows."""
    return tuple((kpi.id, kpi.label) for kpi in desk.plan.kpis), along, together


def axis_choice(desk: Desk, along: str, together: bool) -> None:
    """Which KPI is on the axis."""
    names = {kpi.id: kpi.label for kpi in desk.plan.kpis} | ({"all": "All together"} if together else {})
    if len(names) < 2:
        return
    held = _knob_key(desk, "along", along, tuple(names.items()))
    if len(names) > SIDE_BY_SIDE:
        told = told_apart(names, 60)
        st.selectbox(
            "Along",
            list(names),
            list(names).index(along),
            format_func=lambda name: told[name],
            key=held,
            label_visibility="collapsed",
            on_change=_on_axis,
            args=(held,),
        )
        return
    told = {name: plain_markdown(label) for name, label in told_apart(names, 26).items()}
    st.segmented_control(
        "Along",
        list(names),
        default=along,
        format_func=lambda name: told[name],
        required=True,
        wrap=True,
        key=held,
        label_visibility="collapsed",
        on_change=_on_axis,
        args=(held,),
    )


def _on_axis(key: str) -> None:
    name = st.session_state[key]
    if not _is_replaced("along", key) and name in (ALL_MEASURES, *st.session_state.desk.plan.ids):
        store.turn_axis(name)


def preset_choice(desk: Desk, titles: dict[str, str]) -> None:
    """Which plan is on the screen."""
    held = _knob_key(desk, "preset", desk.name, tuple(titles.items()))
    st.selectbox(
        "Plan",
        list(titles),
        list(titles).index(desk.name) if desk.name in titles else None,
        format_func=lambda name: titles[name],
        width=320,
        key=held,
        label_visibility="collapsed",
        on_change=_on_preset,
        args=(held, frozenset(titles)),
    )


def _on_preset(key: str, names: frozenset[str]) -> None:
    if not _is_replaced("preset", key) and st.session_state[key] in names:
        store.switch_preset(st.session_state[key])


def ways_back(desk: Desk) -> tuple[bool, bool]:
    """Whether there is nothing to undo, and nothing to reset."""
    return not desk.past, desk.view.preset.same_terms(desk.start.preset) and not desk.view.at


def back_buttons(desk: Desk) -> None:
    """Undo and Reset."""
    first, same = ways_back(desk)
    st.button("Undo", key="undo", on_click=store.undo_move, disabled=first)
    st.button("Reset", key="reset", on_click=store.reset_plan, disabled=same)
