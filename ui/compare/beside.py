"""The plan on the screen beside the preset that cures it: two lines over one axis, and the figures of each."""

from dataclasses import replace
from functools import cache

import numpy as np
import streamlit as st

from calc.documents import planfile
from calc.documents.planfile import Preset
from calc.situation.team import TYPICAL, draw_team
from ui.charts.axes import Stage
from ui.compare.pairs import Pair, cured_pair
from ui.compare.panel import compare_panel
from ui.compare.verdict import along_axis
from ui.model.profile import Scene
from ui.number_format import Formats
from ui.session import store
from ui.session.diagnosis import cost_of, findings_of
from ui.session.workspace import Desk
from ui.text.html_table import html_table


def drawer_key(desk: Desk) -> str:
    """The drawer's key, which says whether it is open."""
    return f"drawer-{desk.name}-cured"


@cache
def _preset_names() -> frozenset[str]:
    return frozenset(planfile.preset_names())


def cure_preset(desk: Desk) -> Preset | None:
    """The preset that cures the one on the screen."""
    name = desk.view.preset.cured_by
    return planfile.load_preset(name) if name in _preset_names() else None


def open_pair(desk: Desk) -> Pair | None:
    """The plan on the screen against its cure, while the drawer is open."""
    preset = cure_preset(desk)
    return cured_pair(desk, preset) if preset is not None and st.session_state.get(drawer_key(desk)) else None


def cure_drawer(desk: Desk, scene: Scene, stage: Stage, formats: Formats) -> None:
    """The comparison, one click away.

    Args:
        scene: what is looked at.
        stage: the picture of it, with whatever line it has.
    """
    preset = cure_preset(desk)
    if preset is None:
        return
    with st.expander("Compare with the fixed plan", key=drawer_key(desk), on_change="rerun", type="compact") as drawn:
        if drawn.open:
            pair = cured_pair(desk, preset)
            if stage.gap is None or stage.names != pair.names:
                stage = pair.laid(replace(stage, scene=scene, before=None, other=None, later=""))
            st.html(_pair_table(pair, formats))
            compare_panel(pair, stage, formats, f"{desk.name}-cure", along_axis(pair, stage, formats))
            st.button("Switch to the fixed plan", key="switch-cured", on_click=store.switch_preset, args=(preset.name,))


def _pair_table(pair: Pair, formats: Formats) -> str:
    """Both plans in figures, with the same people under both; what is found is found as each plan stands by itself."""
    heads = ("", "Pay at the mean", "Team at zero", "Expected cost", "Alarms", "Warnings")
    theirs = replace(formats, currency=pair.b.plan.currency)
    rows = ((pair.a, pair.settled.a, formats), (pair.b, pair.settled.b, theirs))
    return html_table(heads, [_plan_row(*row) for row in rows])


def _plan_row(preset: Preset, lived_in: Preset, formats: Formats) -> list[str]:
    team, plan = lived_in.team or TYPICAL, lived_in.plan
    mean = [kpi.result(team.landing(kpi).mean) for kpi in plan.kpis]
    none = float(np.mean(plan.payout(draw_team(team, plan)) <= 0))
    counted = [sum(f.severity == severity for f in findings_of(preset, {})) for severity in ("alarm", "warn")]
    return [
        preset.title,
        formats.money_rounded(float(plan.pay(mean))),
        formats.share(round(none, 3)),
        formats.money_rounded(cost_of(lived_in).expected),
        *map(str, counted),
    ]
