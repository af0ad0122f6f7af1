"""What a run shows, worked out before any of it is sent: a browser that is handed all at once draws it in one go."""

from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

import streamlit as st

from calc.curve import NotALine
from calc.finding import Finding
from calc.kpi import Kpi
from ui import cards, compared, live
from ui.charts.handles import handles
from ui.charts.palette import palette
from ui.charts.picture import drawn
from ui.charts.stage import Stage
from ui.desk import Desk
from ui.diagnosis import costs, findings
from ui.formats import Formats
from ui.live import Shown
from ui.scene import ALL, Scene


@dataclass(frozen=True)
class Work:
    """A desk with all that is read off it; what cannot be worked out says so where it is shown."""

    desk: Desk
    formats: Formats

    def begin(self) -> "Work":
        """Works it all out. What fails fails again where it is asked for, and is told there."""
        parts: tuple[Callable[[], Any], ...] = (lambda: self.cures, lambda: costs(self.desk.view.preset))
        for part in (*parts, lambda: self.picture):
            with suppress(Exception):
                part()
        return self

    @cached_property
    def findings(self) -> tuple[Finding, ...]:
        """What is found."""
        return findings(self.desk.view.preset, self.desk.view.at)

    @cached_property
    def cures(self) -> list[Any]:
        """What mends the findings that have cards on the screen."""
        return [card.finding.cure for card in cards.first(self.findings)]

    @cached_property
    def together(self) -> bool:
        """Whether the plan has a line along which all paid KPIs move."""
        plan = self.desk.plan
        if sum(kpi.paid for kpi in plan.kpis) < 2:
            return False
        try:
            return bool(Scene(plan, ALL, self.desk.view.at).curve)
        except NotALine:
            return False

    @cached_property
    def scene(self) -> Scene:
        """What is looked at: the KPI that was chosen, where there is a line along it."""
        desk = self.desk
        along = desk.along if desk.along != ALL or self.together else self.chosen
        return Scene(desk.plan, along, desk.view.at, desk.view.preset.team)

    @property
    def chosen(self) -> str:
        """The KPI that the controls are about where all move together."""
        desk = self.desk
        return next((kpi.id for kpi in desk.start.preset.plan.kpis if kpi.paid), desk.plan.ids[0])

    @property
    def kpi(self) -> Kpi:
        """The KPI that the controls are about."""
        return self.scene.kpi or self.desk.plan.kpi(self.chosen)

    @cached_property
    def stage(self) -> Stage:
        """The picture as it is drawn."""
        desk, scene = self.desk, self.scene
        start = Scene(desk.start.preset.plan, scene.along, {}, desk.start.preset.team)
        colours = palette(st.context.theme.type)
        stage = Stage(scene, start, self.formats, colours, lane=live.works() and scene.kpi is not None)
        stage = compared.with_before(desk, stage)
        lit = cards.lit(desk, scene.along)
        return stage if lit is None else replace(stage, lit=lit.span)

    @cached_property
    def picture(self) -> Shown | dict[str, Any]:
        """The live picture with its handles, or the figure of a still one."""
        if not live.works():
            return drawn(self.stage)
        return live.ready(self.stage, handles(self.stage, self.desk.view.preset, self.desk.seed.preset))
