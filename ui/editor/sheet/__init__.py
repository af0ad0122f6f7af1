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
from calc.edit import building, structure
from calc.plan.errors import Refused
from ui.editor import fields, weights
from ui.editor.fields import Typed
from ui.editor.sheet import cells
from ui.editor.sheet.cells import COLUMNS, PERIODS
from ui.editor.sheet.edits import block, columns_from, put_cell, sentence_of
from ui.number_format import Formats, clipped, locale_of
from ui.number_reader import Unclear
from ui.session import store
from ui.session.received import received_event
from ui.session.workspace import Desk

HERE = Path(__file__).resolve().parent
KEY = "sheet"
EDITS, LETTERS, ROWS = 60, 4_000, 60
"""What is read of a browser's message at the most: edits, letters of one, rows of a block."""


def _text(name: str) -> str:
    return (HERE / name).read_text(encoding="utf-8")


_mount = st.components.v2.component("flatline_sheet", js=_text("sheet.js"), css=_text("sheet.css"))


def sheet(desk: Desk, currencies: Mapping[str, str], formats: Formats) -> None:
    """The sheet of the plan on the desk.

    Args:
        desk: what is on the screen.
        currencies: the currencies to choose from, by code.
        formats: the reader's conventions.
    """
    _mount(data=told(desk, currencies, formats), key=KEY, on_told_change=hear)


def told(desk: Desk, currencies: Mapping[str, str], formats: Formats) -> dict[str, Any]:
    """What the browser is handed."""
    preset, plan, drafts = desk.view.preset, desk.plan, fields.drafts()
    shares, (life, done) = weights.shown(plan), st.session_state.get("sheet_done", ("", 0))
    said = st.session_state.get("edit_told")
    rows = [
        {
            "id": kpi.id,
            "label": clipped(kpi.label, 40),
            "cells": cells.written(cells.row(plan, kpi, shares.weights.get(kpi.id), formats, drafts)),
            "chosen": kpi.id == desk.along,
        }
        for kpi in plan.kpis
    ]
    return {
        "life": life,
        "done": done,
        "fresh": st.session_state.get("sheet_fresh", 0),
        "head": cells.written(cells.head(preset, formats, drafts)),
        "choices": {"period": [[one, one] for one in PERIODS], "currency": _codes(currencies, plan.currency)},
        "mix": cells.pay_mix(plan, formats),
        "columns": [{"name": name, "label": label, "help": help} for name, (label, help) in COLUMNS.items()],
        "rows": rows,
        "rest": _rest(desk, formats),
        "said": said[1] if said is not None and said[0] is plan else "",
    }


def _codes(currencies: Mapping[str, str], own: str) -> list[list[str]]:
    return [[code, name] for code, name in sorted({own: get_currency_name(own), **currencies}.items())]


def _rest(desk: Desk, formats: Formats) -> dict[str, Any] | None:
    """What of the target pay is still to give, or was given too much, and whose it may be."""
    shares = weights.shown(desk.plan)
    if not shares.left:
        return None
    way = "To" if shares.left > 0 else "From"
    takers = [[name, f"{way} {clipped(desk.plan.kpi(name).label, 24)}"] for name in weights.takers(desk.plan, shares)]
    return {"says": weights.told(shares, formats), "takers": takers}


# What came


def hear() -> None:
    """Does what a browser tells of, in its order, and only what has not been done yet."""
    held = st.session_state
    message = received_event(KEY, "told")
    edits = message.get("edits") if isinstance(message, Mapping) else None
    if not isinstance(message, Mapping) or not isinstance(edits, list) or held.get("sheet_hearing"):
        return
    life = str(message.get("life"))[:40]
    before, done = held.get("sheet_done", ("", 0))
    held.sheet_hearing, held.sheet_done = True, (life, done if life == before else 0)
    try:
        for edit in edits[:EDITS]:
            _hear_one(life, edit)
    finally:
        held.sheet_hearing = False


def _hear_one(life: str, edit: Any) -> None:
    number = edit.get("n") if isinstance(edit, Mapping) else None
    if isinstance(number, int) and number > st.session_state.sheet_done[1]:
        st.session_state.sheet_done = (life, number)
        _do(edit)


store.TYPED.append(hear)


def _do(edit: Mapping[str, Any]) -> None:
    what, at, text = (str(edit.get(name, ""))[:LETTERS] for name in ("do", "at", "text"))
    ids = st.session_state.desk.plan.ids
    if what == "cell":
        put(at, text)
    elif what == "add":
        _add()
    elif what == "paste":
        _paste(at, text)
    elif what == "back":
        weights.forget()
    elif at in ids and what in ACTS:
        ACTS[what](at)


def put(at: str, text: str) -> None:
    """Puts what was typed into the plan; where it is refused, it stays in its cell with the sentence why."""
    desk: Desk = st.session_state.desk
    formats = _formats(desk)
    shown = _cell(desk, at, formats)
    if shown is None or shown.locked:
        return
    fields.drafts().pop(at, None)
    try:
        new = put_cell(desk.view.preset, at, text, formats, weights.type_weight, _aim)
    except Refused as refused:
        readings = refused.readings if isinstance(refused, Unclear) else ()
        over = _cell(desk, at, formats)
        says = sentence_of(refused, at, shown.label.partition(",")[0])
        fields.drafts()[at] = Typed(text, says, over.text if over else "", readings)
        return
    if new != desk.view.preset:
        store.take(new, f"edit.{at}")


def _aim(name: str, preset: Preset, target: float, unit: str) -> Preset:
    """The document with a typed target; the first of a new measure is the one that its people are described on."""
    kpi, untyped = preset.plan.kpi(name), st.session_state.setdefault("sheet_untyped", set())
    if name in untyped and kpi.target in structure.PLACEHOLDERS:
        untyped -= {name} if target == kpi.target else set()
        return building.first_target(preset, name, target, unit)
    return structure.change_kpi(preset, name, target=target, unit=unit or kpi.unit)


def _formats(desk: Desk) -> Formats:
    """The reader's conventions for the plan on a desk."""
    return Formats(locale_of(st.context.locale), desk.plan.currency, desk.plan.minor)


def _cell(desk: Desk, at: str, formats: Formats) -> cells.Cell | None:
    """A cell as it would be without what was refused."""
    plan, place = desk.plan, at.partition(".")[0]
    found = cells.head(desk.view.preset, formats, {})
    if place in plan.ids:
        weight = weights.shown(plan).weights.get(place)
        found = cells.row(plan, plan.kpi(place), weight, formats, {})
    return next((cell for cell in found if cell.at == at), None)


def _add() -> None:
    """One measure more, the last, called by its number until it has a name."""
    name = f"Measure {len(st.session_state.desk.plan.kpis) + 1}"
    given = weights.typed(st.session_state.desk.plan)
    fields.does("add", lambda preset: building.add_measure(preset, name, given))
    st.session_state.setdefault("sheet_untyped", set()).add(st.session_state.desk.plan.ids[-1])
    weights.carry(given)


def _remove(name: str) -> None:
    given = weights.typed(st.session_state.desk.plan)
    fields.does("remove", lambda preset: building.remove_measure(preset, name, given))
    weights.carry(given)


def _move(by: int, name: str) -> None:
    given = weights.typed(st.session_state.desk.plan)
    fields.does("move", lambda preset: structure.move_kpi(preset, name, by))
    weights.carry(given)


def _more(name: str) -> None:
    """Opens what is seldom asked of a measure."""
    st.session_state["edit-more"] = True
    store.turn(name)


def _paste(at: str, text: str) -> None:
    """A block from a spreadsheet, from a cell on to the right and down; rows that are missing are added."""
    place, _, column = at.partition(".")
    ids, names = list(st.session_state.desk.plan.ids), columns_from(column)
    if place not in ids:
        return
    start = ids.index(place)
    for down, line in enumerate(block(text)[:ROWS]):
        if start + down >= len(st.session_state.desk.plan.ids):
            _add()
        ids = list(st.session_state.desk.plan.ids)
        if start + down >= len(ids):
            return
        for name, cell in zip(names, line, strict=False):
            put(f"{ids[start + down]}.{name}", cell)


ACTS: Mapping[str, Callable[[str], None]] = {
    "remove": _remove,
    "up": partial(_move, -1),
    "down": partial(_move, 1),
    "more": _more,
    "rest": weights.give_rest,
}


def begin(preset: Preset) -> None:
    """Puts a new plan on the desk, with the hand on its title."""
    store.bring(preset)
    st.session_state.sheet_untyped = {*preset.plan.ids}
    st.session_state.kept_open = None
    st.session_state.sheet_fresh = st.session_state.get("sheet_fresh", 0) + 1
