"""The parts of the page that are moved: the controls, the ways back, the editor, and what lies around the plan."""

import html
from functools import partial

import streamlit as st
from streamlit.elements.lib.mutable_expander_container import ExpanderContainer

from calc.plan.kpi import Kpi
from ui.editor import panel
from ui.model.knobs import Knob, plan_knobs
from ui.number_format import clip_name
from ui.page.view_model import Work, current_work
from ui.sections import controls, situation
from ui.session import fragments
from ui.session.workspace import Desk
from ui.text.documents import condition_sentences, payout_schedule
from ui.text.html_table import html_table
from ui.text.words import plain_markdown

CONTROL = "This control"


def part_of(path: str) -> str:
    """The part of the page that is one control."""
    return f"knob-{path}"


def show_adjusting() -> None:
    """What can be moved: where the rep stands, the KPI on the axis, and one click away the others and the plan."""
    if panel.is_editing():
        fragments.draw_part("editor", "The editor", show_editor)
        return
    work = current_work()
    st.html(f'<h2 class="about">{html.escape(clip_name(work.kpi.label, 60))}</h2>')
    stand, *others = (knob.path for knob in work.knobs)
    fragments.draw_part(part_of(stand), CONTROL, partial(_knob_shown, stand))
    with st.grid(2, min_column_width=150, gap="small", key="knobs"):
        for path in others:
            fragments.draw_part(part_of(path), CONTROL, partial(_knob_shown, path))
    fragments.draw_part("around", "What is around it", show_surroundings)


def show_ways() -> None:
    """Adjust or edit, and the ways back."""
    with st.container(horizontal=True, vertical_alignment="center", gap="xsmall", key="ways"):
        panel.way_choice()
        with st.container(horizontal=True, width="content", gap="xsmall", key="back"):
            controls.back_buttons(st.session_state.desk)


def show_editor() -> None:
    """Everything that the plan is made of."""
    work = current_work()
    panel.editor_panel(work.desk, work.kpi, work.formats)
    situation.situation_drawers(work.desk, work.formats)


def drawer_of(kpi: str) -> str:
    """The name of a KPI's drawer, which no id of a KPI can make that of another drawer."""
    return f"kpi-{kpi}"


def _knob_shown(path: str) -> None:
    work = current_work()
    for knob in work.knobs:
        if knob.path == path:
            controls.draw_knob(work.desk, knob)


def show_surroundings() -> None:
    """The payout table of the KPI on the axis, if it is paid by one, and which weights made room for another.

    One click away: the other KPIs, the whole plan, the team, and what counts as practice.
    """
    work = current_work()
    desk, how = work.desk, work.formats
    if work.paid_by is not None:
        st.html(html_table(work.paid_by.heads, work.paid_by.rows))
    if work.room_made is not None:
        st.caption(plain_markdown(work.room_made))
    for kpi in desk.plan.kpis:
        if kpi.id != work.kpi.id:
            with _control_drawer(desk, plain_markdown(clip_name(kpi.label, 60)), drawer_of(kpi.id)) as drawer:
                if drawer.open:
                    _kpi_controls(work, kpi)
    with _control_drawer(desk, "The whole plan", "plan") as drawer:
        if drawer.open:
            for sentence in condition_sentences(desk.plan, how):
                st.markdown(plain_markdown(sentence))
            _knob_grid(desk, plan_knobs(desk.view.preset, desk.seed.preset))
    situation.situation_drawers(desk, how)


def _control_drawer(desk: Desk, label: str, name: str) -> ExpanderContainer:
    """Controls that are one click away, and cost nothing until then."""
    return st.expander(label, key=f"drawer-{desk.name}-{name}", on_change="rerun")


def _kpi_controls(work: Work, kpi: Kpi) -> None:
    """Another KPI's controls, and its payout table where it is paid by one."""
    stand, *others = work.knobs_of(kpi)
    controls.draw_knob(work.desk, stand)
    _knob_grid(work.desk, others)
    paid_by = payout_schedule(work.desk.plan, kpi, work.formats)
    if paid_by is not None:
        st.html(html_table(paid_by.heads, paid_by.rows))


def _knob_grid(desk: Desk, knobs: list[Knob]) -> None:
    with st.grid(2, min_column_width=150, gap="small"):
        for knob in knobs:
            if controls.is_single(desk, knob):
                controls.draw_knob(desk, knob)
            else:
                with st.container(gap=None):
                    controls.draw_knob(desk, knob)
