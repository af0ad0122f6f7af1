"""How something is paid: the kind of its curve, its terms, its table."""

from functools import partial
from typing import Any, get_args

import streamlit as st

from calc.documents.planfile import Preset
from calc.edit import curve_kind, curve_tables
from calc.edit.curve_place import change_curve, curve_at, kpi_read_at
from calc.edit.pay_in_money import pays_in
from calc.plan.conditions import PLAN
from calc.plan.curves.curve_terms import CurveTerms
from calc.plan.curves.tables import GridTerms, RowColumn, TableTerms
from calc.plan.kpi import Kpi
from calc.plan.mechanics import KINDS
from calc.plan.terms import is_choice, is_number
from ui.editor import fields
from ui.editor.fields import PER_CENT
from ui.editor.tables import TableColumn, edit_rows
from ui.model.knobs import term_name
from ui.number_format import clip_name
from ui.session.workspace import Desk
from ui.text.terms import LABELS, TERM_WORDS

KIND_NAMES = {kind: model.TITLE for kind, model in KINDS.items()}
FIRST_CHOICES, LAST_CHOICES = ("of", "pays"), ("reached",)
"""Choices that every table has, before and behind a kind's own."""


def edit_curve(desk: Desk, place: str, label: str = "Paid by") -> None:
    """The kind, the terms and the table of the curve at a place."""
    preset = desk.view.preset
    mechanic, kpi = curve_at(preset, place), kpi_read_at(preset, place)
    if mechanic is None:
        return
    kinds = curve_kind.kinds_at(preset, place)
    fields.choice_field(f"{path_of(place)}.kind", label, mechanic.kind, kinds, partial(_change_kind, place), KIND_NAMES)
    st.caption(_kind_note(preset, place, mechanic.ABOUT))
    _edit_numbers(place, mechanic)
    _edit_table(desk, place, mechanic, kpi)
    _edit_choices(place, mechanic, kpi)


def path_of(place: str) -> str:
    """What leads the paths of a curve's fields; a KPI has terms of the same names beside its curve's.

    >>> path_of("deals"), path_of("modifiers.0")
    ('deals.curve', 'modifiers.0.curve')
    """
    return f"{place}.curve"


def _change_kind(place: str, preset: Preset, kind: str) -> Preset:
    """Another kind, with a word on whether it pays the same."""
    new = curve_kind.as_kind(preset, place, kind)
    kpi = kpi_read_at(preset, place)
    same = kpi is not None and curve_kind.pays_alike(preset.plan, new.plan, kpi.id)
    st.session_state.edit_kind = (new.plan, place, same)
    return new


def _kind_note(preset: Preset, place: str, about: str) -> str:
    turned = st.session_state.get("edit_kind")
    if turned is None or turned[0] is not preset.plan or turned[1] != place or place == PLAN:
        return about
    if turned[2]:
        return f"{about} It pays what it paid before."
    return f"{about} This kind cannot follow the curve everywhere: look at the picture, or undo."


def _edit_numbers(place: str, mechanic: CurveTerms) -> None:
    """The terms that are one number."""
    numbers = [name for name, info in type(mechanic).model_fields.items() if is_number(info)]
    if numbers:
        with st.grid(2, min_column_width=150, gap="small"):
            for name in numbers:
                with st.container(gap=None):
                    info = type(mechanic).model_fields[name]
                    fields.term_field(
                        f"{path_of(place)}.{name}", info, getattr(mechanic, name), partial(_change_term, place, name)
                    )


def _change_term(place: str, name: str, preset: Preset, value: Any) -> Preset:
    return change_curve(preset, place, **{name: value})


def _change_of(place: str, preset: Preset, value: Any) -> Preset:
    return curve_tables.in_terms_of(preset, place, value)


def _change_pays(place: str, preset: Preset, value: Any) -> Preset:
    return pays_in(preset, place, value)


def _edit_choices(place: str, mechanic: CurveTerms, kpi: Kpi | None) -> None:
    """The terms that are one of a few words."""
    terms = type(mechanic).model_fields
    own = [
        name for name, info in terms.items() if is_choice(info) and name not in ("kind", *FIRST_CHOICES, *LAST_CHOICES)
    ]
    inside = place == PLAN or place.startswith("modifiers.")
    for name in (*FIRST_CHOICES, *own, *LAST_CHOICES):
        info = terms.get(name)
        if info is None or (name == "of" and kpi is None) or (name == "pays" and inside):
            continue
        turning = {"of": partial(_change_of, place), "pays": partial(_change_pays, place)}
        revise = turning.get(name) or partial(_change_term, place, name)
        options = get_args(info.annotation)
        path, label = f"{path_of(place)}.{name}", LABELS.get(name, term_name(name))
        fields.choice_field(path, label, getattr(mechanic, name), options, revise, TERM_WORDS, info.description or "")


# Tables


def _axis_column(kpi: Kpi | None, of_result: bool, name: str) -> TableColumn:
    """A column of places: in per cent of target, or in the KPI's unit."""
    if kpi is None or not of_result:
        return TableColumn(f"{name} [% of target]" if kpi is not None else f"{name} [% score]", PER_CENT)
    return TableColumn(f"{name} [{clip_name(kpi.unit, 20)}]" if kpi.unit else name)


def _edit_table(desk: Desk, place: str, mechanic: CurveTerms, kpi: Kpi | None) -> None:
    if isinstance(mechanic, GridTerms) and kpi is not None:
        _edit_grid(desk, mechanic, kpi)
    elif isinstance(mechanic, TableTerms):
        columns = [_table_column(desk, place, mechanic, kpi, column) for column in mechanic.columns]
        rows = [row[: len(columns)] for row in mechanic.rows]
        alt = f"The {mechanic.TITLE.lower()}, to edit" if mechanic.BY_UNIT else "The rows of the payout table, to edit"
        edit_rows(f"{path_of(place)}.{mechanic.TABLE}", columns, rows, partial(_change_rows, place), alt)


def _table_column(desk: Desk, place: str, table: TableTerms, kpi: Kpi | None, column: RowColumn) -> TableColumn:
    """A column by what it holds: a place, a payout, a rate, an amount."""
    if column.holds == "place":
        return _axis_column(kpi, table.of_result, column.head)
    if column.holds == "payout":
        if place.startswith("modifiers."):
            return TableColumn("Times")
        return TableColumn(f"{column.head} [%]", PER_CENT) if not table.in_money else _money_column(desk, column)
    if column.holds == "rate":
        unit = clip_name(kpi.unit, 12) if kpi is not None else ""
        return TableColumn(f"{column.head} [{desk.plan.currency} per {unit or 'unit'}]")
    return _money_column(desk, column)


def _money_column(desk: Desk, column: RowColumn) -> TableColumn:
    return TableColumn(f"{column.head} [{desk.plan.currency}]")


def _change_rows(place: str, preset: Preset, rows: Any) -> Preset:
    return curve_tables.set_rows(preset, place, rows)


def _edit_grid(desk: Desk, grid: GridTerms, kpi: Kpi) -> None:
    """Rows down, columns across, each in a table of its own."""
    others = {k.id: clip_name(k.label, 40) for k in desk.plan.kpis if k.id != kpi.id}
    other = desk.plan.kpi(grid.with_)
    fields.select_field(
        f"{path_of(kpi.id)}.with", "Across", grid.with_, list(others), partial(_change_with, kpi.id), others
    )
    across = _axis_column(other, grid.of_result, "Columns")
    edit_rows(
        f"{path_of(kpi.id)}.columns",
        (across,),
        [(x,) for x in grid.columns],
        partial(_change_columns, kpi.id),
        "The columns, to edit",
    )
    times = PER_CENT if not grid.of_result else 1.0
    sign = "%" if not grid.of_result else ""
    heads = [TableColumn(f"{x * times:.6g}{sign}", 1.0 if grid.in_money else PER_CENT) for x in grid.columns]
    rows = [(x, *payouts) for x, payouts in zip(grid.rows, grid.payouts, strict=True)]
    columns = (_axis_column(kpi, grid.of_result, clip_name(kpi.label, 16)), *heads)
    edit_rows(
        f"{path_of(kpi.id)}.payouts",
        columns,
        rows,
        partial(_change_grid_rows, kpi.id),
        "The payouts of the grid, to edit",
    )


def _change_with(kpi: str, preset: Preset, other: str) -> Preset:
    return curve_tables.read_with(preset, kpi, other)


def _change_columns(kpi: str, preset: Preset, rows: Any) -> Preset:
    return curve_tables.set_grid_columns(preset, kpi, [row[0] for row in rows])


def _change_grid_rows(kpi: str, preset: Preset, rows: Any) -> Preset:
    return curve_tables.set_grid_rows(preset, kpi, rows)
