"""How something is paid: the kind of its curve, its terms, its table."""

from functools import partial
from typing import Any, get_args

import streamlit as st

from calc.documents.planfile import Preset
from calc.edit import curve_kind
from calc.plan.conditions import PLAN
from calc.plan.kpi import Kpi
from calc.plan.mechanics import Matrix, Points, Steps, Tiers
from ui.editor import fields
from ui.editor.fields import PER_CENT
from ui.editor.tables import TableColumn, edit_rows
from ui.number_format import clip_name
from ui.session.workspace import Desk
from ui.text.terms import LABELS, TERM_WORDS

KIND_NAMES = {"band": "Band", "points": "Points", "steps": "Steps", "tiers": "Tiers", "matrix": "Grid"}
ABOUT_KINDS = {
    "band": "Floor, a straight line to target, an accelerator or two, a ceiling.",
    "points": "Straight lines between the rows. The same place twice is a jump.",
    "steps": "What the best step reached pays. Between two steps nothing moves.",
    "tiers": "A commission: from each result on, a rate in money for each unit. It has no weight.",
    "matrix": "Pays by two measures at once: this one down, the other across.",
}
TERM_CHOICES = ("of", "pays", "below", "above", "accelerator_of", "apply", "between", "reached")


def edit_curve(desk: Desk, place: str, label: str = "Paid by") -> None:
    """The kind, the terms and the table of the curve at a place."""
    preset = desk.view.preset
    mechanic, kpi = curve_kind.curve_at(preset, place), curve_kind.kpi_read_at(preset, place)
    if mechanic is None:
        return
    kinds = curve_kind.CURVE_KINDS if place in desk.plan.ids else curve_kind.FACTOR_KINDS
    fields.choice_field(f"{path_of(place)}.kind", label, mechanic.kind, kinds, partial(_change_kind, place), KIND_NAMES)
    st.caption(_kind_note(preset, place, mechanic.kind))
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
    kpi = curve_kind.kpi_read_at(preset, place)
    same = kpi is not None and curve_kind.pays_alike(preset.plan, new.plan, kpi.id)
    st.session_state.edit_kind = (new.plan, place, same)
    return new


def _kind_note(preset: Preset, place: str, kind: str) -> str:
    turned = st.session_state.get("edit_kind")
    if turned is None or turned[0] is not preset.plan or turned[1] != place or place == PLAN:
        return ABOUT_KINDS[kind]
    if turned[2]:
        return f"{ABOUT_KINDS[kind]} It pays what it paid before."
    return f"{ABOUT_KINDS[kind]} This kind cannot follow the curve everywhere: look at the picture, or undo."


def _edit_numbers(place: str, mechanic: Any) -> None:
    """The terms that are one number."""
    names = [name for name, info in type(mechanic).model_fields.items() if "tuple" not in str(info.annotation)]
    numbers = [name for name in names if "float" in str(type(mechanic).model_fields[name].annotation)]
    if numbers:
        with st.grid(2, min_column_width=150, gap="small"):
            for name in numbers:
                with st.container(gap=None):
                    info = type(mechanic).model_fields[name]
                    fields.term_field(
                        f"{path_of(place)}.{name}", info, getattr(mechanic, name), partial(_change_term, place, name)
                    )


def _change_term(place: str, name: str, preset: Preset, value: Any) -> Preset:
    return curve_kind.change_curve(preset, place, **{name: value})


def _change_of(place: str, preset: Preset, value: Any) -> Preset:
    return curve_kind.in_terms_of(preset, place, value)


def _change_pays(place: str, preset: Preset, value: Any) -> Preset:
    return curve_kind.pays_in(preset, place, value)


def _edit_choices(place: str, mechanic: Any, kpi: Kpi | None) -> None:
    """The terms that are one of a few words."""
    for name in TERM_CHOICES:
        info = type(mechanic).model_fields.get(name)
        inside = place == PLAN or place.startswith("modifiers.")
        if info is None or (name == "of" and kpi is None) or (name == "pays" and inside):
            continue
        turning = {"of": partial(_change_of, place), "pays": partial(_change_pays, place)}
        revise = turning.get(name) or partial(_change_term, place, name)
        options = get_args(info.annotation)
        path, label = f"{path_of(place)}.{name}", LABELS[name]
        fields.choice_field(path, label, getattr(mechanic, name), options, revise, TERM_WORDS, info.description or "")


# Tables


def _axis_column(kpi: Kpi | None, of: str, name: str) -> TableColumn:
    """A column of places: in per cent of target, or in the KPI's unit."""
    if kpi is None or of == "attainment":
        return TableColumn(f"{name} [% of target]" if kpi is not None else f"{name} [% score]", PER_CENT)
    return TableColumn(f"{name} [{clip_name(kpi.unit, 20)}]" if kpi.unit else name)


def _edit_table(desk: Desk, place: str, mechanic: Any, kpi: Kpi | None) -> None:
    if isinstance(mechanic, Matrix) and kpi is not None:
        _edit_grid(desk, mechanic, kpi)
    elif isinstance(mechanic, Tiers) and kpi is not None:
        unit = clip_name(kpi.unit, 12) or "unit"
        columns = [_axis_column(kpi, mechanic.of, "From"), TableColumn(f"Rate [{desk.plan.currency} per {unit}]")]
        columns += [TableColumn(f"And [{desk.plan.currency}]")] if mechanic.apply == "retroactive" else []
        rows: list[tuple[float, ...]] = [row[: len(columns)] for row in mechanic.rows]
        edit_rows(f"{path_of(place)}.tiers", columns, rows, partial(_change_rows, place), "The tiers, to edit")
    elif isinstance(mechanic, Points | Steps):
        first = _axis_column(kpi, mechanic.of, "At" if isinstance(mechanic, Points) else "From")
        pays = TableColumn("Times") if place.startswith("modifiers.") else _pay_column(desk, mechanic, "Pays")
        rows = getattr(mechanic, mechanic.kind)
        path = f"{path_of(place)}.{mechanic.kind}"
        edit_rows(path, (first, pays), rows, partial(_change_rows, place), "The rows of the payout table, to edit")


def _pay_column(desk: Desk, mechanic: Any, name: str) -> TableColumn:
    """A column of payouts: in per cent, or in money."""
    return (
        TableColumn(f"{name} [{desk.plan.currency}]")
        if mechanic.pays == "money"
        else TableColumn(f"{name} [%]", PER_CENT)
    )


def _change_rows(place: str, preset: Preset, rows: Any) -> Preset:
    return curve_kind.set_rows(preset, place, rows)


def _edit_grid(desk: Desk, grid: Matrix, kpi: Kpi) -> None:
    """Rows down, columns across, each in a table of its own."""
    others = {k.id: clip_name(k.label, 40) for k in desk.plan.kpis if k.id != kpi.id}
    other = desk.plan.kpi(grid.with_)
    fields.select_field(
        f"{path_of(kpi.id)}.with", "Across", grid.with_, list(others), partial(_change_with, kpi.id), others
    )
    across = _axis_column(other, grid.of, "Columns")
    edit_rows(
        f"{path_of(kpi.id)}.columns",
        (across,),
        [(x,) for x in grid.columns],
        partial(_change_columns, kpi.id),
        "The columns, to edit",
    )
    times = PER_CENT if grid.of == "attainment" else 1.0
    sign = "%" if grid.of == "attainment" else ""
    heads = [TableColumn(f"{x * times:.6g}{sign}", 1.0 if grid.pays == "money" else PER_CENT) for x in grid.columns]
    rows = [(x, *payouts) for x, payouts in zip(grid.rows, grid.payouts, strict=True)]
    columns = (_axis_column(kpi, grid.of, clip_name(kpi.label, 16)), *heads)
    edit_rows(
        f"{path_of(kpi.id)}.payouts",
        columns,
        rows,
        partial(_change_grid_rows, kpi.id),
        "The payouts of the grid, to edit",
    )


def _change_with(kpi: str, preset: Preset, other: str) -> Preset:
    return curve_kind.read_with(preset, kpi, other)


def _change_columns(kpi: str, preset: Preset, rows: Any) -> Preset:
    return curve_kind.set_grid_columns(preset, kpi, [row[0] for row in rows])


def _change_grid_rows(kpi: str, preset: Preset, rows: Any) -> Preset:
    return curve_kind.set_grid_rows(preset, kpi, rows)
