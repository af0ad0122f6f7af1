"""The situation around a plan: the day of the period, the path of the target, the team, what counts as practice.

What a model leaves out is said where its result is shown.
"""

import html
import math
from typing import Literal

import streamlit as st
from streamlit.elements.lib.mutable_expander_container import ExpanderContainer

from calc.diagnosis.context import Case
from calc.diagnosis.pace import Pace, Pacing, pays_from, read_pace
from calc.plan.kpi import Kpi
from calc.situation.calendar import Calendar, adds_up
from calc.situation.target_path import Path, PathPeriod
from ui.charts.palette import palette_of
from ui.charts.thumbnail import draw_bars
from ui.model.profile import Scene
from ui.number_format import Formats, clip_name
from ui.sections import controls, number_table
from ui.session import store
from ui.session.workspace import Desk
from ui.text.findings import lower_label
from ui.text.html_table import html_table
from ui.text.words import plain_markdown

PACES = ("", "So far", "Lands at", "Needed", "Floor", "Target", "Ceiling", "More pays")
WHOLE_FROM = 100
"""Results from which decimals carry nothing."""
PERIOD_HEADS = ("Period", "Target, if always hit", "Reach it", "Reach the floor")


def situation_panels(desk: Desk, formats: Formats) -> None:
    """Under the findings: the day and the path, where the preset has them."""
    preset = desk.view.preset
    if preset.calendar is not None and number_table.shown_apart(preset, "calendar"):
        with _situation_drawer(desk, "On which day of the period", "today") as drawer:
            if drawer.open:
                _calendar_panel(desk, preset.calendar, formats)
    if preset.path is not None and number_table.shown_apart(preset, "path"):
        with _situation_drawer(desk, f"The target over {preset.path.periods} periods", "path") as drawer:
            if drawer.open:
                _path_panel(desk, preset.path, formats)


def situation_drawers(desk: Desk, formats: Formats) -> None:
    """Beside the picture: the team that every share depends on, and the ranges that findings are judged by."""
    preset, seed = desk.view.preset, desk.seed.preset
    if preset.team is not None and number_table.shown_apart(preset, "team"):
        with _situation_drawer(desk, "The team", "team", "default") as drawer:
            if drawer.open:
                for knob in number_table.team_knobs(preset, seed, desk.along, formats):
                    controls.draw_knob(desk, knob)
                st.caption(
                    "Every share of the team follows from these. It is assumed that nobody sells more or less because "
                    "of the plan or its targets."
                )
    if not number_table.shown_apart(preset, "practice"):
        return
    with _situation_drawer(desk, "What counts as practice", "practice", "default") as drawer:
        if drawer.open:
            st.caption("What findings are judged by: practice, not law. Each number may be changed.")
            for group, rules in number_table.practice_groups(preset):
                st.markdown(f"**{group}**")
                for knob, source in rules:
                    st.caption(f"{plain_markdown(knob.help)}. Source: {plain_markdown(source)}.")
                    controls.draw_knob(desk, knob)


def _situation_drawer(
    desk: Desk, label: str, name: str, kind: Literal["default", "compact"] = "compact"
) -> ExpanderContainer:
    return st.expander(label, key=f"drawer-{desk.name}-{name}", on_change="rerun", type=kind)


# The day


def _calendar_panel(desk: Desk, calendar: Calendar, formats: Formats) -> None:
    if calendar.today is None:
        half = float(math.floor(calendar.days / 2))
        st.button(f"Look at day {half:g}", key="look-day", on_click=store.change_term, args=("calendar.today", half))
        return
    controls.draw_knob(desk, number_table.today_knob(calendar, desk.seed.preset.calendar))
    case = Case(desk.view.preset, desk.view.at)
    found = read_pace(case)
    if found is None:
        return
    st.html(f'<div class="pacing"><p>{_lead_html(desk, found, formats)}</p></div>')
    st.html(html_table(PACES, [_pace_row(case, found, pace, formats) for pace in found.kpis]))
    st.caption(
        "Results so far are where the rep stands: move 'You are at'. Floor, target and ceiling are chances of ending "
        "there or better. What adds up goes on at the rate so far; an average stays where it is. Seasons within the "
        "period are left out."
    )


def _lead_html(desk: Desk, found: Pacing, formats: Formats) -> str:
    told = f"At this rate the plan pays <strong>{formats.money(found.pays)}</strong>."
    if found.work_on is None:
        return f"{told} Nothing more moves it from there."
    kpi = desk.plan.kpi(found.work_on)
    pace = next(pace for pace in found.kpis if pace.kpi == found.work_on)
    pays = f"1 % of its target more pays <strong>{formats.gain(pace.next_percent)}</strong>"
    if found.by_hour and pace.per_hour is not None:
        pays = f"an hour on it pays <strong>{formats.money(pace.per_hour)}</strong>"
    return f"{told} Work on <strong>{html.escape(lower_label(kpi.label))}</strong> next: {pays}."


def _pace_row(case: Case, found: Pacing, pace: Pace, formats: Formats) -> list[str]:
    kpi = case.plan.kpi(pace.kpi)
    chances = (pace.at_floor, pace.at_target, pace.at_ceiling)
    return [
        clip_name(kpi.label),
        formats.tick(kpi, pace.so_far),
        formats.tick(kpi, _whole_result(pace.lands)),
        _needed_rate(kpi, pace, formats),
        *("–" if chance is None else formats.share(round(chance, 3)) for chance in chances),
        _next_worth(case, found, kpi, formats),
    ]


def _whole_result(result: float) -> float:
    return round(result) if abs(result) >= WHOLE_FROM else result


def _needed_rate(kpi: Kpi, pace: Pace, formats: Formats) -> str:
    """The daily rate that the days left need; for an average, the result."""
    if not pace.rate_needed:
        return "reached"
    if math.isinf(pace.rate_needed):
        return "no day left"
    if adds_up(kpi):
        return f"{formats.number(pace.rate_needed)} × normal"
    return formats.tick(kpi, round(kpi.result(pace.rate_needed), 1))


def _next_worth(case: Case, found: Pacing, kpi: Kpi, formats: Formats) -> str:
    """What the next unit pays, from where everything lands: +$10 for 1, +€39 for €1,000."""
    lands = {**case.at, **{pace.kpi: pace.lands for pace in found.kpis}}
    scene = Scene(case.plan, kpi.id, lands, case.team)
    return f"{formats.gain(scene.next_pays)} for {formats.tick(kpi, scene.unit)}"


# The path


def _path_panel(desk: Desk, path: Path, formats: Formats) -> None:
    left, right = st.columns([1, 1.6], gap="medium")
    case = Case(desk.view.preset, desk.view.at)
    landing = case.landing(case.main)
    with left:
        for knob in number_table.path_knobs(desk.view.preset, desk.seed.preset):
            controls.draw_knob(desk, knob)
    if landing is None:
        right.caption("No team is described, so nobody can say who reaches the target later on.")
        return
    walk = path.walk(landing, pays_from(case, case.main))
    with right:
        drawing = draw_bars([p.target for p in walk], [p.at_target for p in walk], palette_of(st.context.theme.type))
        st.image(drawing, alt="The target of each period, and the part of the team that reaches it", width="stretch")
    st.html(html_table(PERIOD_HEADS, [_period_row(case, period, formats) for period in walk]))
    st.caption(
        "A bar is the target of who always hits it; the filled part is the share of the team that reaches its "
        "own target in that period. The team lands anew in every period where it lands today; that reps hold back "
        "because they expect the rise is left out."
    )


def _period_row(case: Case, period: PathPeriod, formats: Formats) -> list[str]:
    target = formats.amount(case.main, _whole_result(case.main.result(period.target)))
    return [
        str(period.number),
        target,
        formats.share(round(period.at_target, 3)),
        formats.share(round(period.at_floor, 3)),
    ]
