"""The plan on the screen beside the preset that cures it: two lines over one axis, and four figures for each."""

import html
from dataclasses import replace
from functools import cache

import numpy as np
import streamlit as st

from calc import planfile
from calc.cost import TYPICAL
from calc.planfile import Preset
from calc.team import draws
from ui import gallery, state
from ui.charts.stage import Stage
from ui.desk import Desk
from ui.diagnosis import costs, findings
from ui.formats import Formats
from ui.scene import Scene

NAMES = ("cured", "this plan")
"""What the two lines are called."""


def key(desk: Desk) -> str:
    """The drawer's key, which says whether it is open."""
    return f"drawer-{desk.name}-cured"


@cache
def _known() -> frozenset[str]:
    return frozenset(planfile.names())


def cure(desk: Desk) -> Preset | None:
    """The preset that cures the one on the screen."""
    name = desk.view.preset.cured_by
    return planfile.load(name) if name in _known() else None


def compared(desk: Desk, stage: Stage) -> Stage:
    """The picture with the line of the cured plan, while the drawer is open and both have the KPI on the axis."""
    cured, kpi = cure(desk), stage.scene.kpi
    if cured is None or kpi is None or not st.session_state.get(key(desk)) or not _alike(desk, cured, kpi.id):
        return stage
    other = Scene(cured.plan, kpi.id, {}, cured.team)
    return replace(stage, before=other, names=NAMES, line=stage.colours.cured_text)


def _alike(desk: Desk, cured: Preset, name: str) -> bool:
    """Whether a KPI is paid in both plans, and in the same money."""
    if name not in cured.plan.ids or cured.plan.currency != desk.plan.currency:
        return False
    return cured.plan.kpi(name).unit == desk.plan.kpi(name).unit


def drawer(desk: Desk, along: str, formats: Formats) -> None:
    """The comparison, one click away."""
    cured = cure(desk)
    if cured is None:
        return
    with st.expander("Compare with the cured plan", key=key(desk), on_change="rerun", type="compact") as panel:
        if panel.open:
            if not _alike(desk, cured, along):
                _side_by_side(desk, cured)
            st.html(_table(desk, cured, formats))
            st.button("Switch to the cured plan", key="switch-cured", on_click=state.switch, args=(cured.name,))


def _side_by_side(desk: Desk, cured: Preset) -> None:
    """Two small drawings, where the two plans have no axis in common."""
    theme = st.context.theme.type
    for column, name in zip(st.columns(2), (desk.name, cured.name), strict=True):
        if name in _known():
            title = planfile.load(str(name)).title
            column.image(gallery.drawn(str(name), theme), caption=None, alt=f"The curve of: {title}")


def _table(desk: Desk, cured: Preset, formats: Formats) -> str:
    heads = ("", "Pay at the mean", "Team at zero", "Expected cost", "Alarms", "Warnings")
    lines = [_row(desk.view.preset, formats), _row(cured, replace(formats, currency=cured.plan.currency))]
    head = "".join(f'<th scope="col">{name}</th>' for name in heads)
    body = "".join(f"<tr>{''.join(f'<td>{html.escape(cell)}</td>' for cell in line)}</tr>" for line in lines)
    table = f'<table class="rows"><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>'
    return f'<div class="scroll">{table}</div>'


def _row(preset: Preset, formats: Formats) -> list[str]:
    team, plan = preset.team or TYPICAL, preset.plan
    mean = [kpi.result(team.landing(kpi).below(float("inf"))[1]) for kpi in plan.kpis]
    none = float(np.mean(plan.payout(draws(team, plan)) <= 0))
    counted = [sum(f.severity == severity for f in findings(preset, {})) for severity in ("alarm", "warn")]
    return [
        preset.title,
        formats.money(round(float(plan.pay(mean)))),
        formats.share(round(none, 3)),
        formats.money(round(costs(preset).expected)),
        *map(str, counted),
    ]
