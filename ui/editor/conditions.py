"""Gates and modifiers: what the pay hangs on besides the measure that earns it."""

from functools import partial
from typing import Any

import streamlit as st

from calc.documents.planfile import Preset
from calc.edit import gates_and_modifiers
from calc.plan.conditions import MARK_TERMS, PLAN, Gate, Modifier
from calc.plan.plan import Plan
from ui.editor import alternatives, curves, fields
from ui.number_format import Formats, clip_name
from ui.session.workspace import Desk
from ui.text.documents import condition_sentences as sentences
from ui.text.terms import TERM_WORDS
from ui.text.words import plain_markdown

WHOLE_PLAN = PLAN
REACH_WORDS = {WHOLE_PLAN: "The whole plan", "some": "Some measures"}
CLOSED_WORDS = {"nothing": "Nothing", "keeps": "A share", "limits_to": "Up to a limit"}


def edit_conditions(desk: Desk, formats: Formats) -> None:
    """The two drawers."""
    told = sentences(desk.plan, formats)
    with st.expander("Gates", key="edit-gates", on_change="rerun", type="compact") as drawer:
        if drawer.open:
            _edit_gates(desk, told[: len(desk.plan.gates)])
    with st.expander("Modifiers", key="edit-modifiers", on_change="rerun", type="compact") as drawer:
        if drawer.open:
            _edit_modifiers(desk, told[len(desk.plan.gates) :])


def _kpi_names(plan: Plan) -> dict[str, str]:
    return {kpi.id: clip_name(kpi.label, 40) for kpi in plan.kpis}


def _first_watched(plan: Plan) -> str:
    """The measure that a new gate or modifier begins with: the last that is not paid, else the last."""
    return next((k.id for k in reversed(plan.kpis) if not k.paid), plan.kpis[-1].id)


def _edit_gates(desk: Desk, told: list[str]) -> None:
    for number, gate in enumerate(desk.plan.gates):
        st.markdown(f"**{plain_markdown(told[number])}**")
        _edit_gate(desk, number, gate)
        _remove_button("gates", number)
    if not desk.plan.gates:
        st.caption("A gate closes all or part of the pay until another measure is good enough.")
    st.button("Add a gate", key="edit-gate", on_click=_add_entry, args=("gates", _first_watched(desk.plan)))
    fields.say_refusal("gates.add")


def _edit_gate(desk: Desk, number: int, gate: Gate) -> None:
    path, names, kpi = f"gates.{number}", _kpi_names(desk.plan), desk.plan.kpi(gate.kpi)
    revise = partial(_change_entry, "gates", number)
    fields.select_field(f"{path}.kpi", "Opened by", gate.kpi, list(names), partial(revise, "kpi"), names)
    of = "result" if gate.of_result else "attainment"
    fields.choice_field(f"{path}.of", "Told in", of, ("attainment", "result"), partial(_gate_in, number), TERM_WORDS)
    unit = f" [{clip_name(kpi.unit, 16)}]" if kpi.unit else ""
    above = "at most" if gate.from_above else "at least"
    fields.choice_field(f"{path}.above", "Must be", above, ("at least", "at most"), partial(_gate_from, number))
    name = next(name for name in MARK_TERMS if getattr(gate, name) is not None)
    if of == "attainment":
        label = f"{above.capitalize()} [% of target]"
        fields.number_field(f"{path}.at", label, getattr(gate, name), partial(revise, name), kind="share")
    else:
        label = plain_markdown(("At least" if gate.opens_upwards(kpi) else "At most") + unit)
        fields.number_field(f"{path}.mark", label, getattr(gate, name), partial(revise, name))
    alternatives.edit_alternatives(desk, number)
    _edit_reach(desk, path, "closes", "Closes", gate.closes, partial(revise, "closes"))
    closed = "limits_to" if gate.limits_to is not None else "keeps" if gate.keeps else "nothing"
    fields.choice_field(
        f"{path}.closed", "Closed, it pays", closed, list(CLOSED_WORDS), partial(_change_closed, number), CLOSED_WORDS
    )
    if closed != "nothing":
        value, label = (
            getattr(gate, closed),
            "Share that is kept [%]" if closed == "keeps" else "At most [% of target pay]",
        )
        fields.number_field(f"{path}.{closed}", label, value, partial(revise, closed), kind="share")
    options = ("at", "above")
    fields.choice_field(f"{path}.reached", "Opens when", gate.reached, options, partial(revise, "reached"), TERM_WORDS)


def _edit_reach(desk: Desk, path: str, name: str, label: str, acts: Any, revise: fields.Revise) -> None:
    """Whether it acts on the whole plan or on some measures, and on which."""
    if desk.plan.combine == "score":
        return
    whole = WHOLE_PLAN if acts == WHOLE_PLAN else "some"
    first = next((k.id for k in desk.plan.kpis if k.paid), desk.plan.ids[0])
    fields.choice_field(
        f"{path}.{name}",
        label,
        whole,
        list(REACH_WORDS),
        lambda preset, to: revise(preset, WHOLE_PLAN if to == WHOLE_PLAN else (first,)),
        REACH_WORDS,
    )
    if acts != WHOLE_PLAN:
        fields.several_field(
            f"{path}.{name}.ids", "Which", acts, _kpi_names(desk.plan), lambda preset, ids: revise(preset, tuple(ids))
        )


def _change_entry(table: str, number: int, name: str, preset: Preset, value: Any) -> Preset:
    return gates_and_modifiers.change_gate_or_modifier(preset, table, number, **{name: value})


def _gate_from(number: int, preset: Preset, above: str) -> Preset:
    return gates_and_modifiers.gate_from(preset, number, above == "at most")


def _gate_in(number: int, preset: Preset, of: str) -> Preset:
    return gates_and_modifiers.gate_in(preset, number, of)


def _change_closed(number: int, preset: Preset, closed: str) -> Preset:
    terms = {"keeps": {"keeps": 0.5, "limits_to": None}, "limits_to": {"keeps": None, "limits_to": 1.0}}
    found = terms.get(closed, {"keeps": None, "limits_to": None})
    return gates_and_modifiers.change_gate_or_modifier(preset, "gates", number, **found)


def _edit_modifiers(desk: Desk, told: list[str]) -> None:
    for number, modifier in enumerate(desk.plan.modifiers):
        st.markdown(f"**{plain_markdown(told[number])}**")
        _edit_modifier(desk, number, modifier)
        _remove_button("modifiers", number)
    if not desk.plan.modifiers:
        st.caption("A modifier multiplies all or part of the pay by how good another measure is.")
    st.button("Add a modifier", key="edit-modifier", on_click=_add_entry, args=("modifiers", _first_watched(desk.plan)))
    fields.say_refusal("modifiers.add")


def _edit_modifier(desk: Desk, number: int, modifier: Modifier) -> None:
    path, names = f"modifiers.{number}", _kpi_names(desk.plan)
    revise = partial(_change_entry, "modifiers", number)
    fields.select_field(f"{path}.kpi", "Read from", modifier.kpi, list(names), partial(revise, "kpi"), names)
    _edit_reach(desk, path, "multiplies", "Multiplies", modifier.multiplies, partial(revise, "multiplies"))
    curves.edit_curve(desk, path, "Multiplied by")


def _add_entry(table: str, name: str) -> None:
    new = gates_and_modifiers.add_gate if table == "gates" else gates_and_modifiers.add_modifier
    fields.do_change(f"{table}.add", lambda preset: new(preset, name))


def _remove_button(table: str, number: int) -> None:
    one = "gate" if table == "gates" else "modifier"
    st.button(f"Remove this {one}", key=f"edit-remove-{table}-{number}", on_click=_remove_entry, args=(table, number))


def _remove_entry(table: str, number: int) -> None:
    fields.do_change(
        f"{table}.remove", lambda preset: gates_and_modifiers.remove_gate_or_modifier(preset, table, number)
    )
