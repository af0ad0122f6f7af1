"""The measures of a plan: which there are, what each is, and how it is paid."""

from functools import partial
from typing import Any, get_args

import streamlit as st

from calc.documents.planfile import Preset
from calc.edit import structure
from calc.plan.kpi import Kpi
from calc.plan.plan import Plan
from ui.editor import curves, fields, weights
from ui.editor.fields import PER_CENT
from ui.number_format import Formats, clipped
from ui.session import store
from ui.session.workspace import Desk
from ui.text.words import plain

CHOICES = ("kind", "better")
COSTLY = 8
"""Measures up to which it is asked what one takes from the others."""


def measures(desk: Desk, chosen: Kpi, formats: Formats) -> None:
    """The measure that is edited, and the ways to add, move and remove."""
    _picker(desk, chosen, formats)
    told = st.session_state.get("edit_told")
    if told is not None and told[0] is desk.plan:
        st.caption(plain(told[1]))
    _measure(desk, chosen, formats)
    if chosen.paid or chosen.curve is not None:
        curves.curve(desk, chosen.id)
    with st.expander("More about this measure", key="edit-more", on_change="rerun", type="compact") as more:
        if more.open:
            _more(desk, chosen)
    _order(desk, chosen, formats)


def _picker(desk: Desk, chosen: Kpi, formats: Formats) -> None:
    shares = _shares(desk.plan, formats)
    names = {kpi.id: f"{clipped(kpi.label, 40)} · {shares[kpi.id]}" for kpi in desk.plan.kpis}
    with st.container(horizontal=True, vertical_alignment="bottom", gap="small", key="edit-pick"):
        key = fields.held("measure", chosen.id)
        st.selectbox(
            "Measure",
            list(names),
            format_func=lambda name: names.get(name, name),
            key=key,
            on_change=_turned,
            args=(key,),
        )
        with st.popover("Add", key=f"edit-add-{desk.generation}"):
            with st.form("edit-new", clear_on_submit=True, border=False):
                st.text_input("Name of the new measure", key="edit-new-name", max_chars=80)
                st.form_submit_button("Add the measure", on_click=_added, args=(formats,))
            fields.says("add")


def _shares(plan: Plan, formats: Formats) -> dict[str, str]:
    """By measure, its weight as it is shown, or what it is instead."""
    weights = formats.parts_of_whole({kpi.id: kpi.weight or 0.0 for kpi in plan.kpis})
    unweighted = {kpi.id: "commission" if kpi.commission else "measured only" for kpi in plan.kpis if not kpi.weight}
    return weights | unweighted


def _turned(key: str) -> None:
    if key == fields.key_of("measure"):
        store.turn(st.session_state[key])


def _added(formats: Formats) -> None:
    name = st.session_state["edit-new-name"].strip() or "New measure"
    before = st.session_state.desk.plan
    fields.does("add", lambda preset: structure.added(preset, name))
    after = st.session_state.desk.plan
    if after is not before:
        new = after.kpis[-1]
        _tell(f"Added {new.label}. {_weights(before, after, formats)}")


def _tell(sentence: str) -> None:
    st.session_state.edit_told = (st.session_state.desk.plan, sentence.strip())


def _weights(before: Plan, after: Plan, formats: Formats) -> str:
    """What became of the weights: Revenue 60 → 40%, margin 40 → 27%."""
    was = {kpi.id: kpi.weight or 0.0 for kpi in before.kpis}
    shown = formats.parts_of_whole(was)
    now = formats.parts_of_whole({kpi.id: kpi.weight or 0.0 for kpi in after.kpis})
    moved = [
        f"{clipped(kpi.label)} {shown.get(kpi.id, formats.stated_share(0.0))} → {now[kpi.id]}"
        for kpi in after.kpis
        if abs(was.get(kpi.id, 0.0) - (kpi.weight or 0.0)) > 1e-9
    ]
    return f"Weights: {', '.join(moved)}." if moved else ""


def _measure(desk: Desk, kpi: Kpi, formats: Formats) -> None:
    """What it is called, what it measures, its target and weight."""
    info, shares = Kpi.model_fields, weights.shown(desk.plan)
    with st.grid(2, min_column_width=150, gap="small"):
        for name in ("name", "unit", "target"):
            with st.container(gap=None):
                path, help = f"{kpi.id}.{name}", info[name].description or ""
                revise = partial(_revised, kpi.id, name)
                if name == "target":
                    fields.number(path, "Target", kpi.target, revise, help)
                else:
                    fields.text(path, name.capitalize(), getattr(kpi, name) or "", revise, help)
        with st.container(gap=None):
            if kpi.weight is not None and kpi.id in shares.weights:
                about = "its share of the target pay; the others make room until they are typed themselves"
                weight, revise = shares.weights[kpi.id], partial(weights.type_weight, kpi.id)
                fields.number(f"{kpi.id}.weight", "Weight [%]", weight, revise, about, PER_CENT)
    weights.ask(desk.plan, formats)
    for name in CHOICES:
        path, options = f"{kpi.id}.{name}", get_args(info[name].annotation)
        options = options or ("higher", "lower")
        label = "What it measures" if name == "kind" else "Which is better"
        help = info[name].description or ""
        fields.choice(path, label, getattr(kpi, name), options, partial(_revised, kpi.id, name), help=help)
    about = "a measure that is not paid can still open a gate or multiply the pay"
    fields.switch(f"{kpi.id}.paid", "Paid, and not only measured", kpi.paid, partial(_paid, kpi.id), about)


def _revised(name: str, term: str, preset: Preset, value: Any) -> Preset:
    return structure.revised(preset, name, **{term: value.strip() if isinstance(value, str) else value})


def _paid(name: str, preset: Preset, value: bool) -> Preset:
    return structure.paid(preset, name, value)


def _more(desk: Desk, kpi: Kpi) -> None:
    """What is seldom asked: scale, the team on it, hours and what it takes from the others."""
    info = Kpi.model_fields
    with st.grid(2, min_column_width=150, gap="small"):
        for name in ("scale", "hours", "team_mean", "team_spread"):
            with st.container(gap=None):
                revise = partial(_revised, kpi.id, name)
                fields.term(f"{kpi.id}.{name}", info[name], getattr(kpi, name), revise)
        for other in desk.plan.kpis if len(desk.plan.kpis) <= COSTLY else ():
            if other.id != kpi.id:
                with st.container(gap=None):
                    label = plain(f"Takes from {clipped(other.label, 24)}")
                    revise, cost = partial(_costs, kpi.id, other.id), dict(kpi.costs).get(other.id)
                    help = "what one unit better of this measure takes from that one, in its unit"
                    fields.number(f"{kpi.id}.costs.{other.id}", label, cost, revise, help, empty=True)
    st.caption(plain(f"In files and links it is called {kpi.id}; that name stays when it is renamed here."))


def _costs(name: str, other: str, preset: Preset, value: float | None) -> Preset:
    kept = {i: x for i, x in preset.plan.kpi(name).costs if i != other}
    return structure.revised(preset, name, costs=tuple((kept if value is None else {**kept, other: value}).items()))


def _order(desk: Desk, kpi: Kpi, formats: Formats) -> None:
    """Up, down, away."""
    ids, at = desk.plan.ids, desk.plan.ids.index(kpi.id)
    with st.container(horizontal=True, gap="small", key="edit-order"):
        st.button("Move up", key="edit-up", disabled=at == 0, on_click=_moved, args=(kpi.id, -1))
        st.button("Move down", key="edit-down", disabled=at == len(ids) - 1, on_click=_moved, args=(kpi.id, 1))
        st.button(
            "Remove this measure", key="edit-remove", disabled=len(ids) == 1, on_click=_removed, args=(kpi.id, formats)
        )
    fields.says("remove")


def _moved(name: str, by: int) -> None:
    fields.does("move", lambda preset: structure.moved(preset, name, by))


def _removed(name: str, formats: Formats) -> None:
    before: Plan = st.session_state.desk.plan
    label = before.kpi(name).label
    fields.does("remove", lambda preset: structure.removed(preset, name))
    after: Plan = st.session_state.desk.plan
    if after is not before:
        _tell(f"Removed {label}. {_went(before, after)} {_weights(before, after, formats)}")


def _went(before: Plan, after: Plan) -> str:
    """What went with a measure: 1 gate, 2 modifiers."""
    counts = {"gate": len(before.gates) - len(after.gates), "modifier": len(before.modifiers) - len(after.modifiers)}
    told = [f"{count} {name}{'s' if count > 1 else ''}" for name, count in counts.items() if count]
    grids = [k.label for k in after.kpis if _kind(before, k.id) == "matrix" != _kind(after, k.id)]
    line = f" {', '.join(clipped(name) for name in grids)}: the grid is now a line." if grids else ""
    return (f"With it went {' and '.join(told)}." if told else "") + line


def _kind(plan: Plan, name: str) -> str:
    return getattr(plan.kpi(name).curve, "kind", "")
