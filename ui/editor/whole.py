"""The plan as a whole, and what surrounds it: its story and limits, how pay is added up, team, calendar and path."""

from functools import cache, partial
from typing import Any, get_args

import streamlit as st
from babel import Locale
from babel.numbers import get_currency_name

from calc.documents.planfile import Preset
from calc.edit import around, curve_kind
from calc.plan.conditions import PLAN
from calc.plan.plan import Plan
from calc.plan.terms import is_choice
from ui.editor import alternatives, curves, fields
from ui.session.workspace import Desk

NUMBERS = ("floor", "ceiling", "floor_pay", "ceiling_pay", "round_to")
COMBINE_WORDS = {"multiply": "multiplied", "add": "added"}
AROUND_LABELS = {"team": "A team is described", "calendar": "The period has a calendar", "path": "The target moves on"}
ADDS = {"sum": "Measure by measure", "score": "One score"}


@cache
def currency_names(locale: str) -> dict[str, str]:
    """The currencies in use, by their code."""
    from babel.core import get_global

    used = {
        code
        for entries in get_global("territory_currencies").values()
        for code, _, end, tender in entries
        if end is None and tender
    }
    return {code: f"{code} · {get_currency_name(code, locale=Locale.parse(locale))}" for code in sorted(used)}


def whole_plan_drawers(desk: Desk) -> None:
    """The two drawers."""
    with st.expander("The whole plan", key="edit-whole", on_change="rerun", type="compact") as drawer:
        if drawer.open:
            _edit_plan(desk)
    with st.expander("Team, calendar and path", key="edit-around", on_change="rerun", type="compact") as drawer:
        if drawer.open:
            _edit_around(desk)


def _edit_plan(desk: Desk) -> None:
    preset, plan, info = desk.view.preset, desk.plan, Plan.model_fields
    for name in ("description", "source"):
        help = Preset.model_fields[name].description or ""
        long = name == "description"
        fields.text_field(
            f"document.{name}", name.capitalize(), getattr(preset, name), partial(_change_text, name), help, long
        )
    with st.grid(2, min_column_width=150, gap="small"):
        for name in NUMBERS:
            with st.container(gap=None):
                fields.term_field(f"plan.{name}", info[name], getattr(plan, name), partial(_change_table, "plan", name))
    help = info["combine"].description or ""
    fields.choice_field("plan.combine", "Pay is added up", plan.combine, list(ADDS), _change_combine, ADDS, help)
    if len(plan.modifiers) > 1:
        about, told = info["modifiers_combine"].description or "", partial(_change_table, "plan", "modifiers_combine")
        fields.choice_field(
            "plan.modifiers_combine",
            "Factors are",
            plan.modifiers_combine,
            list(COMBINE_WORDS),
            told,
            COMBINE_WORDS,
            about,
        )
    alternatives.edit_groups(desk)
    if plan.combine == "score":
        curves.edit_curve(desk, PLAN, "The score is paid by")


def _change_combine(preset: Preset, combine: str) -> Preset:
    return curve_kind.set_combine(preset, combine)


def _change_text(name: str, preset: Preset, value: str) -> Preset:
    return preset.changed(**{name: value})


def _change_table(table: str, name: str, preset: Preset, value: Any) -> Preset:
    return around.change_table(preset, table, **{name: value})


def _edit_around(desk: Desk) -> None:
    for table, label in AROUND_LABELS.items():
        terms = getattr(desk.view.preset, table)
        fields.switch_field(f"{table}.there", label, terms is not None, partial(_set_table, table))
        if terms is not None:
            _edit_terms(table, terms)


def _set_table(table: str, preset: Preset, there: bool) -> Preset:
    return around.set_table(preset, table, there)


def _edit_terms(table: str, terms: Any) -> None:
    info = type(terms).model_fields
    words = [name for name in info if is_choice(info[name])]
    with st.grid(2, min_column_width=150, gap="small"):
        for name in (name for name in info if name not in words):
            with st.container(gap=None):
                revise = partial(_change_whole_number if info[name].annotation is int else _change_table, table, name)
                fields.term_field(f"{table}.{name}", info[name], getattr(terms, name), revise)
    for name in words:
        options, help = get_args(info[name].annotation), info[name].description or ""
        fields.choice_field(
            f"{table}.{name}",
            name.capitalize(),
            getattr(terms, name),
            options,
            partial(_change_table, table, name),
            help=help,
        )


def _change_whole_number(table: str, name: str, preset: Preset, value: float) -> Preset:
    """A whole number; one with a fraction is refused by its term."""
    return around.change_table(preset, table, **{name: int(value) if value == int(value) else value})
