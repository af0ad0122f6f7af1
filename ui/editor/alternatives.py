"""What opens a gate too, and groups of measures of which one is paid."""

from functools import partial
from typing import Any

import streamlit as st

from calc.documents.planfile import Preset
from calc.edit import alternatives
from calc.plan.conditions import MARK_TERMS, Condition
from calc.plan.plan import Plan
from ui.editor import fields
from ui.number_format import clip_name
from ui.number_reader import NumberKind
from ui.session.workspace import Desk
from ui.text.documents import groups_words
from ui.text.words import plain_markdown

CONDITION_SIDES = ("at least", "at most")


def _kpi_names(plan: Plan) -> dict[str, str]:
    return {kpi.id: clip_name(kpi.label, 40) for kpi in plan.kpis}


def edit_alternatives(desk: Desk, gate: int) -> None:
    """The other conditions that open a gate."""
    path, plan = f"gates.{gate}.any_of", desk.plan
    for number, condition in enumerate(plan.gates[gate].any_of):
        _edit_condition(plan, gate, number, condition)
    last = plan.ids[-1]
    add = "Open it by another measure too"
    st.button(add, key=f"edit-also-{gate}", on_click=_do_change, args=(path, alternatives.add_condition, gate, last))
    fields.say_refusal(path)


def _edit_condition(plan: Plan, gate: int, number: int, condition: Condition) -> None:
    path, names, kpi = f"gates.{gate}.any_of.{number}", _kpi_names(plan), plan.kpi(condition.kpi)
    revise = partial(_change_condition, gate, number)
    fields.select_field(f"{path}.kpi", "Or by", condition.kpi, list(names), partial(revise, "kpi"), names)
    name = next(name for name in MARK_TERMS if getattr(condition, name) is not None)
    side = CONDITION_SIDES[condition.from_above]
    fields.choice_field(
        f"{path}.side", "Must be", side, CONDITION_SIDES, partial(_change_side, gate, number, condition.of_result)
    )
    unit = f" [{clip_name(kpi.unit, 16)}]" if kpi.unit else ""
    label = plain_markdown(f"Mark{unit}") if condition.of_result else "Mark [% of target]"
    kind: NumberKind = "amount" if condition.of_result else "share"
    fields.number_field(f"{path}.mark", label, getattr(condition, name), partial(revise, name), kind=kind)
    away = (f"{path}.away", alternatives.remove_condition, gate, number)
    st.button("Remove this condition", key=f"edit-also-{gate}-{number}-remove", on_click=_do_change, args=away)


def _change_condition(gate: int, number: int, name: str, preset: Preset, value: Any) -> Preset:
    return alternatives.change_condition(preset, gate, number, **{name: value})


def _change_side(gate: int, number: int, of_result: bool, preset: Preset, side: str) -> Preset:
    condition = preset.plan.gates[gate].any_of[number]
    mark = next(getattr(condition, name) for name in MARK_TERMS if getattr(condition, name) is not None)
    name = side.replace(" ", "_") + ("_result" if of_result else "")
    return alternatives.change_condition(preset, gate, number, **{name: mark})


def _do_change(path: str, change: Any, *given: Any) -> None:
    fields.do_change(path, lambda preset: change(preset, *given))


def edit_groups(desk: Desk) -> None:
    """The groups of measures of which one is paid."""
    plan, names = desk.plan, _kpi_names(desk.plan)
    if plan.combine == "score" or len([kpi for kpi in plan.kpis if kpi.paid]) < 2:
        return
    for table, tables in enumerate(plan.greater_of):
        st.markdown(f"**{plain_markdown(groups_words(plan, tables))}**")
        for number, group in enumerate(tables.groups):
            revise = partial(_change_group, table, number)
            fields.several_field(f"greater_of.{table}.{number}", f"Group {number + 1}", group, names, revise)
        away = ("greater_of.away", alternatives.remove_groups, table)
        st.button("Pay all of them", key=f"edit-groups-{table}-remove", on_click=_do_change, args=away)
    st.button(
        "Pay only the greater of two",
        key="edit-groups",
        on_click=_do_change,
        args=("greater_of.add", alternatives.add_groups),
    )
    fields.say_refusal("greater_of.add")


def _change_group(table: int, number: int, preset: Preset, ids: Any) -> Preset:
    return alternatives.change_group(preset, table, number, ids)
