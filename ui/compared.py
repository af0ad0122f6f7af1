"""What mending did: before and after in numbers, what keeps the cost, and the ways on and back."""

import html
from dataclasses import replace

import streamlit as st

from calc.cost import at_the_cost_of
from calc.curve import NotALine
from calc.planfile import Preset
from ui import beside, state
from ui.charts.palette import cured
from ui.charts.stage import Stage
from ui.desk import Desk
from ui.diagnosis import costs, findings
from ui.findings import in_html
from ui.formats import Formats
from ui.mending import SAME_COST, Comparison, comparison
from ui.scene import Scene

SAME = 0.0005
"""Expected costs that differ by less than this part are the same."""


def with_before(desk: Desk, stage: Stage) -> Stage:
    """The picture with the line of the plan before it was mended; else with that of the plan it stands beside."""
    compared = comparison(desk)
    if compared is None:
        return beside.compared(desk, stage)
    preset, scene = compared.before.preset, stage.scene
    before = Scene(preset.plan, scene.along, scene.at, preset.team)
    try:
        return replace(stage, before=before, colours=cured(stage.colours)) if before.curve else stage
    except NotALine:
        return stage


def mended(desk: Desk, formats: Formats) -> None:
    """The strip between the picture and the findings, as long as there is something to compare."""
    compared = comparison(desk)
    if compared is None:
        return
    with st.container(horizontal=True, vertical_alignment="center", wrap=False, key="mended"):
        st.html(_written(desk, compared, formats))
        with st.container(horizontal=True, horizontal_alignment="right", width="content", gap="xsmall", wrap=False):
            if not _same(desk, compared):
                st.button("At the same cost", key="same-cost", on_click=_rescaled, args=(desk, compared.before.preset))
            st.button("Undo", key="undo-mend", on_click=state.undo)
            st.button("Keep", key="keep-mend", on_click=state.keep)


def _written(desk: Desk, compared: Comparison, formats: Formats) -> str:
    done = [findings(view.preset, view.at)[number].cure for view, number in compared.steps]
    told = "; ".join(in_html(cure.label, formats) for cure in done if cure is not None)
    lines = [cost_line(compared.before.preset, desk.view.preset, formats), _counted(desk, compared)]
    return f'<div class="mended"><h3>{told}</h3><p>{"<br>".join(lines)}</p></div>'


def cost_line(before: Preset, after: Preset, formats: Formats) -> str:
    """What a change costs: Expected cost 1,012 → 1,096 per rep and month, +8 %."""
    was, now = costs(before), costs(after)
    team = "" if after.team else ", for a team as teams usually are"
    whose = f"per rep and {html.escape(after.plan.period)}{team}"
    change = _by(was.expected, now.expected, formats)
    told = f"Expected cost {_turned(was.expected, now.expected, formats)} {whose}{change}"
    at_target = "" if was.at_target == now.at_target else _turned(was.at_target, now.at_target, formats)
    return f"{told}. {f'Pay at target {at_target}.' if at_target else ''}"


def _by(was: float, now: float, formats: Formats) -> str:
    """By how much a cost changes."""
    if not was:
        return ""
    change = now / was - 1
    if abs(change) < SAME:
        return ", the same"
    return f", <strong>{'+' if change > 0 else ''}{formats.share(change)}</strong>"


def _turned(was: float, now: float, formats: Formats) -> str:
    return f"<strong>{formats.money(round(was))} → {formats.money(round(now))}</strong>"


def _counted(desk: Desk, compared: Comparison) -> str:
    """How many alarms and warnings there were, and are."""
    told = []
    for name, severity in (("alarms", "alarm"), ("warnings", "warn")):
        was, now = (
            sum(f.severity == severity for f in findings(view.preset, view.at)) for view in (compared.before, desk.view)
        )
        told += [f"{name} <strong>{was} → {now}</strong>"] if was or now else []
    text = ", ".join(told)
    return f"{text[:1].upper()}{text[1:]}. Nobody is taken to land elsewhere because of it." if text else ""


def _same(desk: Desk, compared: Comparison) -> bool:
    was, now = costs(compared.before.preset).expected, costs(desk.view.preset).expected
    return not was or not now or abs(now / was - 1) < SAME


def _rescaled(desk: Desk, before: Preset) -> None:
    """The mended plan with its money rescaled to the cost before."""
    if st.session_state.desk.view.preset is desk.view.preset:
        state.take(at_the_cost_of(before, desk.view.preset), SAME_COST)
