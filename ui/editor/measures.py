"""What is seldom asked of a measure: its unit and kind, how it is paid where that is no line, what moving it takes."""

from functools import partial
from typing import Any, get_args

import streamlit as st

from calc.documents.planfile import Preset
from calc.edit import structure
from calc.plan.kpi import Kpi
from ui.editor import curves, fields
from ui.number_format import clipped
from ui.session import store
from ui.session.workspace import Desk
from ui.text.words import plain

CHOICES = ("kind", "better")
COSTLY = 8
"""Measures up to which it is asked what one takes from the others."""


def more(desk: Desk, chosen: Kpi) -> None:
    """The drawer of the measure on the axis."""
    with st.expander("More about a measure", key="edit-more", on_change="rerun", type="compact") as drawer:
        if drawer.open:
            _picker(desk, chosen)
            _measure(chosen)
            if chosen.paid or chosen.curve is not None:
                curves.curve(desk, chosen.id)
            _more(desk, chosen)


def _picker(desk: Desk, chosen: Kpi) -> None:
    if len(desk.plan.kpis) < 2:
        return
    names = {kpi.id: clipped(kpi.label, 40) for kpi in desk.plan.kpis}
    fields.select("measure", "Measure", chosen.id, list(names), _turned, names)


def _turned(preset: Preset, name: str) -> Preset:
    store.turn(name)
    return preset


def _measure(kpi: Kpi) -> None:
    """Its unit, what it measures, which way is better, whether it is paid."""
    info = Kpi.model_fields
    fields.text(f"{kpi.id}.unit", "Unit", kpi.unit, partial(_revised, kpi.id, "unit"), info["unit"].description or "")
    for name in CHOICES:
        path, options = f"{kpi.id}.{name}", get_args(info[name].annotation)
        options = options or ("higher", "lower")
        label = "What it measures" if name == "kind" else "Which is better"
        help = info[name].description or ""
        fields.choice(path, label, getattr(kpi, name), options, partial(_revised, kpi.id, name), help=help)
    about = "a measure that is not paid can still open a gate or multiply the pay"
    fields.switch(f"{kpi.id}.paid", "Paid, and not only measured", kpi.paid, partial(_paid, kpi.id), about)


def _revised(name: str, term: str, preset: Preset, value: Any) -> Preset:
    return structure.change_kpi(preset, name, **{term: value.strip() if isinstance(value, str) else value})


def _paid(name: str, preset: Preset, value: bool) -> Preset:
    return structure.set_paid(preset, name, value)


def _more(desk: Desk, kpi: Kpi) -> None:
    """What is seldom asked: scale, the team on it, hours and what it takes from the others."""
    info = Kpi.model_fields
    with st.grid(2, min_column_width=150, gap="small"):
        for name in ("scale", "hours", "team_mean", "team_spread"):
            with st.container(gap=None):
                revise = partial(_revised, kpi.id, name)
                fields.term(f"{kpi.id}.{name}", info[name], getattr(kpi, name), revise)
        if kpi.paid and desk.plan.combine == "sum":
            with st.container(gap=None):
                fields.term(f"{kpi.id}.round_to", info["round_to"], kpi.round_to, partial(_revised, kpi.id, "round_to"))
        for other in desk.plan.kpis if len(desk.plan.kpis) <= COSTLY else ():
            if other.id != kpi.id:
                with st.container(gap=None):
                    label = plain(f"Takes from {clipped(other.label, 24)}")
                    revise, cost = partial(_costs, kpi.id, other.id), dict(kpi.costs).get(other.id)
                    help = "what one unit better of this measure takes from that one, in its unit"
                    fields.number(f"{kpi.id}.costs.{other.id}", label, cost, revise, help, empty=True)
    about = info["counted"].description or ""
    revise = partial(_revised, kpi.id, "counted")
    fields.switch(f"{kpi.id}.counted", "Whole units only", kpi.counted, revise, about)
    st.caption(plain(f"In files and links it is called {kpi.id}; that name stays when it is renamed here."))


def _costs(name: str, other: str, preset: Preset, value: float | None) -> Preset:
    kept = {i: x for i, x in preset.plan.kpi(name).costs if i != other}
    return structure.change_kpi(preset, name, costs=tuple((kept if value is None else {**kept, other: value}).items()))
