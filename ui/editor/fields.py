"""The fields of the editor: each shows a value of the plan and hands on what was typed; what is refused stays typed.

A field's key does not change while it shows what the plan holds, so that the hand stays where it is. Where something
else has changed the value (an undo, another plan), it gets a new one.
"""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

import streamlit as st
from pydantic.fields import FieldInfo

from calc.documents.planfile import Preset
from calc.plan.errors import Refused
from calc.plan.terms import unit_of
from ui.number_format import locale_of
from ui.number_reader import NumberKind, Unclear, is_none, read_typed, write_number, write_share, write_times
from ui.session import store
from ui.text.words import plain_markdown

Revise = Callable[[Preset, Any], Preset]
"""What was typed, put into the document."""
PER_CENT = 100.0


@dataclass(frozen=True)
class Typed:
    """What was typed and refused, why, what the plan held then, and the ways to read it where there are two."""

    value: Any
    says: str
    over: Any
    readings: tuple[str, ...] = ()


def all_drafts() -> dict[str, Typed]:
    """What was refused, by the field."""
    found: dict[str, Typed] = st.session_state.setdefault("edit_drafts", {})
    return found


def draft_of(path: str, value: Any) -> Typed | None:
    """What was refused of a field, as long as nothing else has changed what it is about."""
    found = all_drafts().get(path)
    return found if found is not None and found.over == value else None


def field_key(path: str, value: Any, labels: Sequence[str] = ()) -> str:
    """The key of a field that shows a value.

    Args:
        path: which field it is.
        value: what the plan holds.
        labels: what its choices are called, where it has some: a browser sends a choice by what it was called when it
            drew it, so that another name needs another key.
    """
    shown = shown_value(path, value)
    key, called = key_of(path), st.session_state.setdefault("edit_labels", {})
    if st.session_state.get("edit_last") == key and key in st.session_state:
        st.session_state[key] = shown  # what was typed in it, as it is written
    st.session_state.edit_last = None if st.session_state.get("edit_last") == key else st.session_state.get("edit_last")
    if key in st.session_state and (st.session_state[key] != shown or called.get(path, ()) != tuple(labels)):
        key = renew_key(path)
    called[path] = tuple(labels)
    return key


def shown_value(path: str, value: Any) -> Any:
    """What a field shows: what was typed and refused, or else what the plan holds.

    It is given to the field each time it is drawn: what is only put into the session is told to the browser once, and
    may be lost where another run overtakes that one.
    """
    found = draft_of(path, value)
    return value if found is None else found.value


def key_of(path: str) -> str:
    """The key that a field has now."""
    turns = st.session_state.setdefault("edit_turns", {})
    return f"edit-{re.sub('[^a-z0-9_]', '-', path)}-{turns.get(path, 0)}"


def renew_key(path: str) -> str:
    """A new key for a field."""
    turns = st.session_state.setdefault("edit_turns", {})
    turns[path] = turns.get(path, 0) + 1
    return key_of(path)


def take_typed(path: str, key: str, over: Any, revise: Revise, options: Sequence[Any] | None = None) -> None:
    """What a field was changed to, put into the plan; not what comes late from one that has been replaced since.

    Args:
        options: what may be chosen, where it is a choice; anything else that a browser sends is left alone.
    """
    if key != key_of(path):
        return
    value = st.session_state[key]
    st.session_state.edit_last = key if isinstance(value, str) and options is None else None
    chosen = value if isinstance(value, list) else [value]
    if options is None or all(one in options for one in chosen):
        put_value(path, value, over, revise)


def put_value(path: str, value: Any, over: Any, revise: Revise) -> None:
    """A value put into the plan; where it is refused, the plan stays and the sentence is kept."""
    preset = st.session_state.desk.view.preset
    try:
        new = revise(preset, value)
    except Refused as refused:
        readings = refused.readings if isinstance(refused, Unclear) else ()
        all_drafts()[path] = Typed(value, refused.sentences[0], over, readings)
        return
    all_drafts().pop(path, None)
    if new != preset:
        come = [kpi.id for kpi in new.plan.kpis if kpi.id not in preset.plan.ids]
        store.take_preset(new, f"edit.{path}", come[0] if come else None)


def do_change(path: str, revise: Callable[[Preset], Preset]) -> None:
    """A button's change, put into the plan."""
    put_value(path, None, None, lambda preset, _: revise(preset))


def say_refusal(path: str, value: Any = None, revise: Revise | None = None) -> None:
    """The sentence under a field, where what was typed does not hold; and the ways to read it, where there are two."""
    found = draft_of(path, value)
    if found is None:
        return
    st.markdown(f":small[:red[{plain_markdown(found.says)}]]")
    for reading in found.readings if revise is not None else ():
        st.button(reading, key=f"{key_of(path)}-{reading}", on_click=put_value, args=(path, reading, value, revise))


# The fields


def text_field(path: str, label: str, value: str, revise: Revise, help: str = "", long: bool = False) -> None:
    """Words."""
    key = field_key(path, value)
    field = st.text_area if long else st.text_input
    field(
        label,
        shown_value(path, value),
        key=key,
        help=_help_sentence(help),
        on_change=take_typed,
        args=(path, key, value, revise),
    )
    say_refusal(path, value)


def number_field(
    path: str,
    label: str,
    value: float | None,
    revise: Revise,
    help: str = "",
    kind: NumberKind = "amount",
    empty: bool = False,
) -> None:
    """A number, typed as people write it; one that may be absent is absent where the field is empty."""
    locale = locale_of(st.context.locale)
    shown = "" if value is None else WRITE[kind](value, locale)
    key, told = field_key(path, shown), partial(_read_number, locale, kind, empty, revise)
    st.text_input(
        label,
        shown_value(path, shown),
        key=key,
        help=_help_sentence(help),
        placeholder="none" if empty else None,
        on_change=take_typed,
        args=(path, key, shown, told),
    )
    say_refusal(path, shown, told)


WRITE: Mapping[NumberKind, Callable[[float, str], str]] = {
    "amount": write_number,
    "share": write_share,
    "times": write_times,
}


def _read_number(locale: str, kind: NumberKind, empty: bool, revise: Revise, preset: Preset, typed: str) -> Preset:
    """The document after a number was typed."""
    if empty and is_none(typed):
        return revise(preset, None)
    return revise(preset, read_typed(typed, locale, kind).value)


def choice_field(
    path: str, label: str, value: Any, options: Sequence[Any], revise: Revise, names: Any = None, help: str = ""
) -> None:
    """One of a few, side by side."""
    key = field_key(path, value, [_option_name(one, names) for one in options])
    st.segmented_control(
        label,
        options,
        default=shown_value(path, value),
        format_func=lambda one: plain_markdown(_option_name(one, names)),
        required=True,
        wrap=True,
        key=key,
        help=_help_sentence(help),
        on_change=take_typed,
        args=(path, key, value, revise, tuple(options)),
    )
    say_refusal(path, value)


def select_field(
    path: str, label: str, value: Any, options: Sequence[Any], revise: Revise, names: Any = None, help: str = ""
) -> None:
    """One of many."""
    key = field_key(path, value, [_option_name(one, names) for one in options])
    st.selectbox(
        label,
        options,
        _place_of(shown_value(path, value), options),
        format_func=lambda one: _option_name(one, names),
        key=key,
        help=_help_sentence(help),
        on_change=take_typed,
        args=(path, key, value, revise, tuple(options)),
    )
    say_refusal(path, value)


def _place_of(value: Any, options: Sequence[Any]) -> int | None:
    return list(options).index(value) if value in options else None


def several_field(path: str, label: str, value: Sequence[str], names: dict[str, str], revise: Revise) -> None:
    """Some of many."""
    shown = list(value)
    key = field_key(path, shown, list(names.values()))
    st.multiselect(
        label,
        list(names),
        shown_value(path, shown),
        format_func=lambda one: names.get(one, one),
        key=key,
        on_change=take_typed,
        args=(path, key, shown, revise, tuple(names)),
    )
    say_refusal(path, shown)


def switch_field(path: str, label: str, value: bool, revise: Revise, help: str = "") -> None:
    """On or off."""
    key = field_key(path, value)
    st.toggle(
        label,
        shown_value(path, value),
        key=key,
        help=_help_sentence(help),
        on_change=take_typed,
        args=(path, key, value, revise),
    )
    say_refusal(path, value)


def term_field(path: str, info: FieldInfo, value: float | None, revise: Revise, label: str = "") -> None:
    """A number as it is declared: its unit, its help, whether it may be absent."""
    unit = unit_of(info)
    times = "per attainment" in unit
    share = unit.startswith(("share", "attainment", "payout")) and not times
    name = label or path.rpartition(".")[2].replace("_", " ").capitalize()
    empty = type(None) in getattr(info.annotation, "__args__", ())
    kind: NumberKind = "share" if share else "times" if times else "amount"
    number_field(path, f"{name} [%]" if share else name, value, revise, info.description or "", kind, empty)


def _option_name(one: Any, names: Any) -> str:
    return str(names.get(one, one) if names is not None else one).replace("_", " ")


def _help_sentence(text: str) -> str | None:
    return plain_markdown(text[:1].upper() + text[1:]) if text else None
