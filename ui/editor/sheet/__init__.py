"""The sheet: what a plan is called and pays at target, and its measures in one table, typed into as a spreadsheet is.

It is one component that stays. The browser sends what is typed as it was typed, counted, and sends it again with the
next until the page has answered for it: of two messages that meet on their way the second is kept alone. What came is
read here and nowhere else; a cell that is refused keeps what was typed, with the sentence why.
"""

from collections.abc import Callable, Mapping
from functools import partial
from pathlib import Path
from typing import Any

import streamlit as st
from babel.numbers import get_currency_name

from calc.documents.planfile import Preset
from calc.edit import building, kpi_changes, structure
from calc.plan.errors import Refused
from ui.editor import fields, weights
from ui.editor.fields import Typed
from ui.editor.sheet import cells
from ui.editor.sheet.cells import COLUMNS, PERIOD_WORDS
from ui.editor.sheet.edits import columns_from, put_cell, sentence_of, split_block
from ui.number_format import Formats, clip_name, locale_of
from ui.number_reader import Unclear
from ui.session import store
from ui.session.received import received_event
from ui.session.workspace import Desk

SHEET_FOLDER = Path(__file__).resolve().parent
SHEET_KEY = "sheet"
MAX_EDITS, MAX_CELL_LETTERS, MAX_SHEET_ROWS = 60, 4_000, 60
"""What is read of a browser's message at the most: edits, letters of one, rows of a block."""


def _read_text(name: str) -> str:
    return (SHEET_FOLDER / name).read_text(encoding="utf-8")


_mount = st.components.v2.component("flatline_sheet", js=_read_text("sheet.js"), css=_read_text("sheet.css"))


def plan_sheet(desk: Desk, currencies: Mapping[str, str], formats: Formats) -> None:
    """The sheet of the plan on the desk.

    Args:
        desk: what is on the screen.
        currencies: the currencies to choose from, by code.
        formats: the reader's conventions.
    """
    _mount(data=sheet_data(desk, currencies, formats), key=SHEET_KEY, on_told_change=hear_edits)


def sheet_data(desk: Desk, currencies: Mapping[str, str], formats: Formats) -> dict[str, Any]:
    """What the browser is handed."""
    preset, plan, drafts = desk.view.preset, desk.plan, fields.all_drafts()
    shares, (life, done) = weights.shown_weights(plan), st.session_state.get("sheet_done", ("", 0))
    said = st.session_state.get("edit_told")
    rows = [
        {
            "id": kpi.id,
            "label": clip_name(kpi.label, 40),
            "cells": cells.cells_data(cells.measure_cells(plan, kpi, shares.weights.get(kpi.id), formats, drafts)),
            "chosen": kpi.id == desk.along,
        }
        for kpi in plan.kpis
    ]
    return {
        "life": life,
        "done": done,
        "fresh": st.session_state.get("sheet_fresh", 0),
        "head": cells.cells_data(cells.head_cells(preset, formats, drafts)),
        "choices": {
            "period": [[one, one] for one in PERIOD_WORDS],
            "currency": _currency_codes(currencies, plan.currency),
        },
        "mix": cells.pay_mix(plan, formats),
        "columns": [{"name": name, "label": label, "help": help} for name, (label, help) in COLUMNS.items()],
        "rows": rows,
        "rest": _rest_to_give(desk, formats),
        "said": said[1] if said is not None and said[0] is plan else "",
    }


def _currency_codes(currencies: Mapping[str, str], own: str) -> list[list[str]]:
    return [[code, name] for code, name in sorted({own: get_currency_name(own), **currencies}.items())]


def _rest_to_give(desk: Desk, formats: Formats) -> dict[str, Any] | None:
    """What of the target pay is still to give, or was given too much, and whose it may be."""
    shares = weights.shown_weights(desk.plan)
    if not shares.left:
        return None
    way = "To" if shares.left > 0 else "From"
    takers = [
        [name, f"{way} {clip_name(desk.plan.kpi(name).label, 24)}"] for name in weights.who_may_take(desk.plan, shares)
    ]
    return {"says": weights.rest_in_words(shares, formats), "takers": takers}


# What came


def hear_edits() -> None:
    """Does what a browser tells of, in its order, and only what has not been done yet."""
    held = st.session_state
    message = received_event(SHEET_KEY, "told")
    edits = message.get("edits") if isinstance(message, Mapping) else None
    if not isinstance(message, Mapping) or not isinstance(edits, list) or held.get("sheet_hearing"):
        return
    life = str(message.get("life"))[:40]
    before, done = held.get("sheet_done", ("", 0))
    held.sheet_hearing, held.sheet_done = True, (life, done if life == before else 0)
    try:
        for edit in edits[:MAX_EDITS]:
            _hear_one(life, edit)
    finally:
        held.sheet_hearing = False


def _hear_one(life: str, edit: Any) -> None:
    number = edit.get("n") if isinstance(edit, Mapping) else None
    if isinstance(number, int) and number > st.session_state.sheet_done[1]:
        st.session_state.sheet_done = (life, number)
        _do_edit(edit)


store.TYPED.append(hear_edits)


def _do_edit(edit: Mapping[str, Any]) -> None:
    what, at, text = (str(edit.get(name, ""))[:MAX_CELL_LETTERS] for name in ("do", "at", "text"))
    ids = st.session_state.desk.plan.ids
    if what == "cell":
        take_cell(at, text)
    elif what == "add":
        _add_measure()
    elif what == "paste":
        _paste_block(at, text)
    elif what == "back":
        weights.forget_weights()
    elif at in ids and what in ACTS:
        ACTS[what](at)


def take_cell(at: str, text: str) -> None:
    """Puts what was typed into the plan; where it is refused, it stays in its cell with the sentence why."""
    desk: Desk = st.session_state.desk
    formats = _formats_for(desk)
    shown = _find_cell(desk, at, formats)
    if shown is None or shown.locked:
        return
    fields.all_drafts().pop(at, None)
    try:
        new = put_cell(desk.view.preset, at, text, formats, weights.type_weight, _set_target)
    except Refused as refused:
        readings = refused.readings if isinstance(refused, Unclear) else ()
        over = _find_cell(desk, at, formats)
        says = sentence_of(refused, at, shown.label.partition(",")[0])
        fields.all_drafts()[at] = Typed(text, says, over.text if over else "", readings)
        return
    if new != desk.view.preset:
        store.take_preset(new, f"edit.{at}")


def _set_target(name: str, preset: Preset, target: float, unit: str) -> Preset:
    """The document with a typed target; the first of a new measure is the one that its people are described on."""
    kpi, untyped = preset.plan.kpi(name), st.session_state.setdefault("sheet_untyped", set())
    if name in untyped and kpi.target in structure.PLACEHOLDERS:
        untyped -= {name} if target == kpi.target else set()
        return building.first_target(preset, name, target, unit)
    return kpi_changes.change_kpi(preset, name, target=target, unit=unit or kpi.unit)


def _formats_for(desk: Desk) -> Formats:
    """The reader's conventions for the plan on a desk."""
    return Formats(locale_of(st.context.locale), desk.plan.currency, desk.plan.minor)


def _find_cell(desk: Desk, at: str, formats: Formats) -> cells.SheetCell | None:
    """A cell as it would be without what was refused."""
    plan, place = desk.plan, at.partition(".")[0]
    found = cells.head_cells(desk.view.preset, formats, {})
    if place in plan.ids:
        weight = weights.shown_weights(plan).weights.get(place)
        found = cells.measure_cells(plan, plan.kpi(place), weight, formats, {})
    return next((cell for cell in found if cell.at == at), None)


def _add_measure() -> None:
    """One measure more, the last, called by its number until it has a name."""
    name = f"Measure {len(st.session_state.desk.plan.kpis) + 1}"
    given = weights.typed_weights(st.session_state.desk.plan)
    fields.do_change("add", lambda preset: building.add_measure(preset, name, given))
    st.session_state.setdefault("sheet_untyped", set()).add(st.session_state.desk.plan.ids[-1])
    weights.carry_weights(given)


def _remove_measure(name: str) -> None:
    given = weights.typed_weights(st.session_state.desk.plan)
    fields.do_change("remove", lambda preset: building.remove_measure(preset, name, given))
    weights.carry_weights(given)


def _move_measure(by: int, name: str) -> None:
    given = weights.typed_weights(st.session_state.desk.plan)
    fields.do_change("move", lambda preset: kpi_changes.move_kpi(preset, name, by))
    weights.carry_weights(given)


def _open_more(name: str) -> None:
    """Opens what is seldom asked of a measure."""
    st.session_state["edit-more"] = True
    store.turn_axis(name)


def _paste_block(at: str, text: str) -> None:
    """A block from a spreadsheet, from a cell on to the right and down; rows that are missing are added."""
    place, _, column = at.partition(".")
    ids, names = list(st.session_state.desk.plan.ids), columns_from(column)
    if place not in ids:
        return
    start = ids.index(place)
    for down, line in enumerate(split_block(text)[:MAX_SHEET_ROWS]):
        if start + down >= len(st.session_state.desk.plan.ids):
            _add_measure()
        ids = list(st.session_state.desk.plan.ids)
        if start + down >= len(ids):
            return
        for name, cell in zip(names, line, strict=False):
            take_cell(f"{ids[start + down]}.{name}", cell)


ACTS: Mapping[str, Callable[[str], None]] = {
    "remove": _remove_measure,
    "up": partial(_move_measure, -1),
    "down": partial(_move_measure, 1),
    "more": _open_more,
    "rest": weights.give_rest,
}


def begin_plan(preset: Preset) -> None:
    """Puts a new plan on the desk, with the hand on its title."""
    store.bring_preset(preset)
    st.session_state.sheet_untyped = {*preset.plan.ids}
    st.session_state.kept_open = None
    st.session_state.sheet_fresh = st.session_state.get("sheet_fresh", 0) + 1
