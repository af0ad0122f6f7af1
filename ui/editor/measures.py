"""What is seldom asked of a measure: its unit and kind, how it is paid where that is no line, what moving it takes."""

from functools import partial
from typing import Any, get_args

import streamlit as st

from calc.documents.planfile import Preset
from calc.edit import kpi_changes, paid_kpis
from calc.plan.kpi import Kpi
from ui.editor import curves, fields
from ui.number_format import clip_name
from ui.session import store
from ui.session.workspace import Desk
from ui.text.words import plain_markdown

MEASURE_CHOICES = ("kind", "better")
COSTLY = 8
"""Measures up to which it is asked what one takes from the others."""


def measure_drawer(desk: Desk, chosen: Kpi) -> None:
    """The drawer of the measure on the axis."""
    with st.expander("More about a measure", key="edit-more", on_change="rerun", type="compact") as drawer:
        if drawer.open:
            _measure_picker(desk, chosen)
            _edit_measure(chosen)
            if chosen.paid or chosen.curve is not None:
                curves.edit_curve(desk, chosen.id)
            _edit_seldom_asked(desk, chosen)


def _measure_picker(desk: Desk, chosen: Kpi) -> None:
    if len(desk.plan.kpis) < 2:
        return
    names = {kpi.id: clip_name(kpi.label, 40) for kpi in desk.plan.kpis}
    fields.select_field("measure", "Measure", chosen.id, list(names), _turn_to, names)


def _turn_to(preset: Preset, name: str) -> Preset:
    store.turn_axis(name)
    return preset


def _edit_measure(kpi: Kpi) -> None:
    """Its unit, what it measures, which way is better, whether it is paid."""
    info = Kpi.model_fields
    fields.text_field(
        f"{kpi.id}.unit", "Unit", kpi.unit, partial(_change_kpi, kpi.id, "unit"), info["unit"].description or ""
    )
    for name in MEASURE_CHOICES:
        path, options = f"{kpi.id}.{name}", get_args(info[name].annotation)
        options = options or ("higher", "lower")
        label = "What it measures" if name == "kind" else "Which is better"
        help = info[name].description or ""
        fields.choice_field(path, label, getattr(kpi, name), options, partial(_change_kpi, kpi.id, name), help=help)
    about = "a measure that is not paid can still open a gate or multiply the pay"
    fields.switch_field(f"{kpi.id}.paid", "Paid, and not only measured", kpi.paid, partial(_change_paid, kpi.id), about)


def _change_kpi(name: str, term: str, preset: Preset, value: Any) -> Preset:
    return kpi_changes.change_kpi(preset, name, **{term: value.strip() if isinstance(value, str) else value})


def _change_paid(name: str, preset: Preset, value: bool) -> Preset:
    return paid_kpis.set_paid(preset, name, value)


def _edit_seldom_asked(desk: Desk, kpi: Kpi) -> None:
    """What is seldom asked: scale, the team on it, hours and what it takes from the others."""
    info = Kpi.model_fields
    with st.grid(2, min_column_width=150, gap="small"):
        for name in ("scale", "hours", "team_mean", "team_spread"):
            with st.container(gap=None):
                revise = partial(_change_kpi, kpi.id, name)
                fields.term_field(f"{kpi.id}.{name}", info[name], getattr(kpi, name), revise)
        if kpi.paid and desk.plan.combine == "sum":
            with st.container(gap=None):
                fields.term_field(
                    f"{kpi.id}.round_to", info["round_to"], kpi.round_to, partial(_change_kpi, kpi.id, "round_to")
                )
        for other in desk.plan.kpis if len(desk.plan.kpis) <= COSTLY else ():
            if other.id != kpi.id:
                with st.container(gap=None):
                    label = plain_markdown(f"Takes from {clip_name(other.label, 24)}")
                    revise, cost = partial(_change_costs, kpi.id, other.id), dict(kpi.costs).get(other.id)
                    help = "what one unit better of this measure takes from that one, in its unit"
                    fields.number_field(f"{kpi.id}.costs.{other.id}", label, cost, revise, help, empty=True)
    about = info["counted"].description or ""
    revise = partial(_change_kpi, kpi.id, "counted")
    fields.switch_field(f"{kpi.id}.counted", "Whole units only", kpi.counted, revise, about)
    st.caption(plain_markdown(f"In files and links it is called {kpi.id}; that name stays when it is renamed here."))


def _change_costs(name: str, other: str, preset: Preset, value: float | None) -> Preset:
    kept = {i: x for i, x in preset.plan.kpi(name).costs if i != other}
    return kpi_changes.change_kpi(
        preset, name, costs=tuple((kept if value is None else {**kept, other: value}).items())
    )
