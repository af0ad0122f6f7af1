"""The parts of the page that are moved: the controls, the ways back, the editor, and what lies around the plan."""

import html
from functools import partial

import streamlit as st
from streamlit.elements.lib.mutable_expander_container import ExpanderContainer

from calc.plan.kpi import Kpi
from ui.editor import panel
from ui.model.knobs import Knob, plan_knobs
from ui.number_format import clipped
from ui.page.view_model import Work, current
from ui.sections import controls, situation
from ui.session import fragments
from ui.session.workspace import Desk
from ui.text.documents import conditions, schedule
from ui.text.html_table import table
from ui.text.words import plain

CONTROL = "This control"


def part_of(path: str) -> str:
    """The part of the page that is one control."""
    return f"knob-{path}"


def adjusting() -> None:
    """What can be moved: where the rep stands, the KPI on the axis, and one click away the others and the plan."""
    if panel.chosen():
        fragments.draw("editor", "The editor", editor)
        return
    work = current()
    st.html(f'<h2 class="about">{html.escape(clipped(work.kpi.label, 60))}</h2>')
    stand, *others = (knob.path for knob in work.knobs)
    fragments.draw(part_of(stand), CONTROL, partial(_knob_shown, stand))
    with st.grid(2, min_column_width=150, gap="small", key="knobs"):
        for path in others:
            fragments.draw(part_of(path), CONTROL, partial(_knob_shown, path))
    fragments.draw("around", "What is around it", surroundings)


def ways() -> None:
    """Adjust or edit, and the ways back."""
    with st.container(horizontal=True, vertical_alignment="center", gap="xsmall", key="ways"):
        panel.choice()
        with st.container(horizontal=True, width="content", gap="xsmall", key="back"):
            controls.back(st.session_state.desk)


def editor() -> None:
    """Everything that the plan is made of."""
    work = current()
    panel.panel(work.desk, work.kpi, work.formats)
    situation.drawers(work.desk, work.formats)


def drawer_of(kpi: str) -> str:
    """The name of a KPI's drawer, which no id of a KPI can make that of another drawer."""
    return f"kpi-{kpi}"


def _knob_shown(path: str) -> None:
    work = current()
    for knob in work.knobs:
        if knob.path == path:
            controls.draw(work.desk, knob)


def surroundings() -> None:
    """The payout table of the KPI on the axis, if it is paid by one, and which weights made room for another.

    One click away: the other KPIs, the whole plan, the team, and what counts as practice.
    """
    work = current()
    desk, how = work.desk, work.formats
    if work.paid_by is not None:
        st.html(table(work.paid_by.heads, work.paid_by.rows))
    if work.room_made is not None:
        st.caption(plain(work.room_made))
    for kpi in desk.plan.kpis:
        if kpi.id != work.kpi.id:
            with _drawer(desk, plain(clipped(kpi.label, 60)), drawer_of(kpi.id)) as drawer:
                if drawer.open:
                    _kpi(work, kpi)
    with _drawer(desk, "The whole plan", "plan") as drawer:
        if drawer.open:
            for sentence in conditions(desk.plan, how):
                st.markdown(plain(sentence))
            _grid(desk, plan_knobs(desk.view.preset, desk.seed.preset))
    situation.drawers(desk, how)


def _drawer(desk: Desk, label: str, name: str) -> ExpanderContainer:
    """Controls that are one click away, and cost nothing until then."""
    return st.expander(label, key=f"drawer-{desk.name}-{name}", on_change="rerun")


def _kpi(work: Work, kpi: Kpi) -> None:
    """Another KPI's controls, and its payout table where it is paid by one."""
    stand, *others = work.knobs_of(kpi)
    controls.draw(work.desk, stand)
    _grid(work.desk, others)
    paid_by = schedule(work.desk.plan, kpi, work.formats)
    if paid_by is not None:
        st.html(table(paid_by.heads, paid_by.rows))


def _grid(desk: Desk, knobs: list[Knob]) -> None:
    with st.grid(2, min_column_width=150, gap="small"):
        for knob in knobs:
            if controls.single(desk, knob):
                controls.draw(desk, knob)
            else:
                with st.container(gap=None):
                    controls.draw(desk, knob)
