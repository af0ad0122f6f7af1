"""The controls: each shows what the desk holds and hands on what was asked of it; none remembers anything itself."""

import math
from dataclasses import replace
from typing import Any

import streamlit as st

from ui.model.knobs import Knob
from ui.model.profile import ALL
from ui.number_format import clipped
from ui.session import fragments, store
from ui.session.workspace import Desk
from ui.text.terms import LABELS, WORDS
from ui.text.words import plain, told_apart

SIDE_BY_SIDE = 5
"""KPIs that are shown side by side; more than that, and they are a list."""
Scale = tuple[object, ...]
"""What a control offers: the least and the most of a slider, and its step, or the labels of a choice."""
FORMATS = {"share": "percent", "times": "%.1f×", "number": "localized"}


def draw(desk: Desk, knob: Knob) -> None:
    """One control, with the sentence under it where what was asked of it does not hold."""
    if knob.look == "choice":
        _choice(desk, knob)
    elif knob.optional:
        _optional(desk, knob)
    elif math.isinf(knob.high):
        _number(desk, knob)
    else:
        _slider(desk, knob)
    draft = desk.drafts.get(knob.path)
    if draft is not None:
        st.markdown(f":small[:red[{plain(draft.says)}]]")


def single(desk: Desk, knob: Knob) -> bool:
    """Whether a control is one element, with no switch and no sentence under it."""
    return not knob.optional and knob.path not in desk.drafts


def _held(desk: Desk, path: str, value: Any, scale: object = None) -> str:
    """The key of a control that shows a value.

    A key belongs to a preset and a generation, so that another plan or an undo seeds it anew. It is left alone while
    the control shows the value already, on the same scale: its range and step, or what its choices are called (a
    browser sends a choice by what it was called when it drew it). Where something else has changed either of them,
    the control gets a new key: what a fast hand has sent of the old one in the meantime then no longer counts, and
    Streamlit does not begin at the least value, as it does where a key that it knows comes with another range.
    """
    name, scales = _name(desk, path), st.session_state.setdefault("scales", {})
    key = _key(desk, path)
    if key in st.session_state and not (_same(st.session_state[key], value) and scales.get(name) == scale):
        turns = st.session_state.turns
        turns[name] = turns.get(name, 0) + 1
        key = _key(desk, path)
    if key not in st.session_state:
        st.session_state[key] = value
    scales[name] = scale
    return key


def _key(desk: Desk, path: str) -> str:
    name = _name(desk, path)
    turn = st.session_state.setdefault("turns", {}).get(name)
    return f"{name}-{turn}" if turn else name


def _replaced(path: str, key: str) -> bool:
    return key != _key(st.session_state.desk, path)


def _name(desk: Desk, path: str) -> str:
    return f"{desk.seeded}-{path.replace('.', '-')}"


def _same(one: Any, other: Any) -> bool:
    if isinstance(one, float) and isinstance(other, float):
        return abs(one - other) <= 1e-9 * max(1.0, abs(one))
    return bool(one == other)


def _label(knob: Knob) -> str:
    name = plain(clipped(knob.name, 40))
    return f"{name}: {plain(knob.note)}" if knob.note else name


def _asked(path: str, key: str, seat: str) -> None:
    """What a control was moved to, handed on; not what comes late from one that has been replaced since."""
    value = st.session_state[key]
    if value is None or _replaced(seat, key):
        return
    if isinstance(value, float):
        value = round(value, 9)
    _change(path, value)


def _change(path: str, value: Any) -> None:
    store.change(path, value)
    fragments.follow(f"knob-{path}")


def _slider(desk: Desk, knob: Knob, disabled: bool = False) -> None:
    draft = desk.drafts.get(knob.path)
    value = float(knob.value if draft is None else draft.value)
    low, high, step = scale = (float(knob.low), float(knob.high), float(knob.step))
    held = _held(desk, knob.seat, min(max(value, low), high), scale)
    st.slider(
        _label(knob),
        low,
        high,
        step=step,
        format=FORMATS[knob.look],
        key=held,
        help=plain(knob.help),
        on_change=_asked,
        args=(knob.path, held, knob.seat),
        disabled=disabled,
    )


def _number(desk: Desk, knob: Knob) -> None:
    draft = desk.drafts.get(knob.path)
    value = float(knob.value if draft is None else draft.value)
    held = _held(desk, knob.seat, value)
    st.number_input(
        _label(knob),
        step=float(knob.step),
        format="%.15g",
        key=held,
        help=plain(knob.help),
        on_change=_asked,
        args=(knob.path, held, knob.seat),
    )


def _optional(desk: Desk, knob: Knob) -> None:
    """A term that may be absent: the slider, which rests while it is, and a switch that takes it away."""
    absent = knob.value is None
    _slider(desk, replace(knob, value=knob.starts) if absent else knob, disabled=absent)
    held = _held(desk, f"{knob.path}.off", absent)
    st.toggle(f"No {knob.name.lower()}", key=held, on_change=_switched, args=(knob.path, held, knob.starts))


def _switched(path: str, key: str, starts: float) -> None:
    if not _replaced(f"{path}.off", key):
        _change(path, None if st.session_state[key] else starts)


def _choice(desk: Desk, knob: Knob) -> None:
    held = _held(desk, knob.seat, knob.value)
    term = knob.path.rpartition(".")[2]
    st.segmented_control(
        _label(replace(knob, name=LABELS.get(term, knob.name))),
        knob.choices,
        format_func=lambda one: WORDS.get(one, one),
        required=True,
        wrap=True,
        key=held,
        help=plain(knob.help),
        on_change=_asked,
        args=(knob.path, held, knob.seat),
    )


def axes(desk: Desk, along: str, together: bool) -> tuple[object, ...]:
    """What the choice of the axis shows."""
    return tuple((kpi.id, kpi.label) for kpi in desk.plan.kpis), along, together


def axis(desk: Desk, along: str, together: bool) -> None:
    """Which KPI is on the axis."""
    names = {kpi.id: kpi.label for kpi in desk.plan.kpis} | ({"all": "All together"} if together else {})
    if len(names) < 2:
        return
    held = _held(desk, "along", along, tuple(names.items()))
    if len(names) > SIDE_BY_SIDE:
        told = told_apart(names, 60)
        st.selectbox(
            "Along",
            list(names),
            format_func=lambda name: told[name],
            key=held,
            label_visibility="collapsed",
            on_change=_turned,
            args=(held,),
        )
        return
    told = {name: plain(label) for name, label in told_apart(names, 26).items()}
    st.segmented_control(
        "Along",
        list(names),
        format_func=lambda name: told[name],
        required=True,
        wrap=True,
        key=held,
        label_visibility="collapsed",
        on_change=_turned,
        args=(held,),
    )


def _turned(key: str) -> None:
    name = st.session_state[key]
    if not _replaced("along", key) and name in (ALL, *st.session_state.desk.plan.ids):
        store.turn(name)


def presets(desk: Desk, titles: dict[str, str]) -> None:
    """Which plan is on the screen."""
    held = _held(desk, "preset", desk.name, tuple(titles.items()))
    st.selectbox(
        "Plan",
        list(titles),
        format_func=lambda name: titles[name],
        width=320,
        key=held,
        label_visibility="collapsed",
        on_change=_opened,
        args=(held, frozenset(titles)),
    )


def _opened(key: str, names: frozenset[str]) -> None:
    if not _replaced("preset", key) and st.session_state[key] in names:
        store.switch(st.session_state[key])


def ways(desk: Desk) -> tuple[bool, bool]:
    """Whether there is nothing to undo, and nothing to reset."""
    same = desk.view.preset is desk.start.preset or desk.view.preset == desk.start.preset
    return not desk.past, same and not desk.view.at


def back(desk: Desk) -> None:
    """Undo and Reset."""
    first, same = ways(desk)
    st.button("Undo", key="undo", on_click=store.undo, disabled=first)
    st.button("Reset", key="reset", on_click=store.reset, disabled=same)
