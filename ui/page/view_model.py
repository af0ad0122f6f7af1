"""What a run shows, worked out before any of it is sent: a browser that is handed all at once draws it in one go."""

import logging
from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING, Any

import streamlit as st

from calc.diagnosis.finding import Finding
from calc.messages import Sentence
from calc.outcomes.budget import expected_budget
from calc.piecewise.pieces import NotALine
from calc.plan.kpi import Kpi
from ui.charts.axes import Stage
from ui.charts.figure import stage_figure
from ui.charts.handles import handles_of
from ui.charts.palette import palette_of
from ui.compare import beside, compared
from ui.compare.verdict import Verdict, pinned_verdict
from ui.components import live
from ui.components.live import Shown
from ui.model.knobs import Knob, kpi_knobs, stand_knob
from ui.model.profile import ALL_MEASURES, Scene, first_paid
from ui.model.team import TeamView
from ui.number_format import Formats, locale_of
from ui.sections import finding_cards
from ui.session import store
from ui.session.conduct_drawer import conduct_open
from ui.session.diagnosis import findings_of
from ui.session.people import people_desk, people_open, people_stamp
from ui.session.workspace import Desk
from ui.text.documents import Table, payout_schedule
from ui.text.findings import headline_of
from ui.text.words import Figure, room_made, scene_figures

if TYPE_CHECKING:
    from ui.model.live_conduct import LiveConduct

_logger = logging.getLogger("flatline")


@dataclass(frozen=True)
class Work:
    """A desk with all that is read off it; what cannot be worked out says so where it is shown."""

    desk: Desk
    formats: Formats
    seen: tuple[object, ...] = ()

    def begin(self) -> "Work":
        """Works it all out. What fails is noted, fails again where it is asked for, and is told there."""
        for part in ("cures", "said", "figures", "verdict", "picture", "knobs"):
            try:
                getattr(self, part)
            except Exception:
                _logger.exception("something that is shown could not be worked out")
        return self

    @cached_property
    def findings(self) -> tuple[Finding, ...]:
        """What is found."""
        return findings_of(self.desk.view.preset, self.desk.view.at)

    @cached_property
    def said(self) -> tuple[Sentence, ...]:
        """The sentences at the top."""
        return headline_of(self.desk.view.preset, self.findings)

    @cached_property
    def figures(self) -> tuple[Figure, ...]:
        """The four figures."""
        return scene_figures(self.scene, expected_budget(self.desk.plan, self.desk.view.preset.team), self.formats)

    @cached_property
    def verdict(self) -> Verdict | None:
        """What stands at the top of the page while two plans are compared."""
        return pinned_verdict(self.desk, self.stage, self.formats)

    @cached_property
    def knobs(self) -> list[Knob]:
        """The controls of the KPI on the axis: first where the rep stands, then its terms."""
        return self.knobs_of(self.kpi)

    def knobs_of(self, kpi: Kpi) -> list[Knob]:
        """The controls of a KPI."""
        desk, how = self.desk, self.formats
        seeded = next((k for k in desk.seed.preset.plan.kpis if k.id == kpi.id), kpi)
        stand = replace(stand_knob(self.scene, seeded, kpi, how), name="You are at")
        return [stand, *kpi_knobs(desk.view.preset, desk.seed.preset, kpi, how)]

    @cached_property
    def paid_by(self) -> Table | None:
        """The payout table of the KPI on the axis, where it is paid by one."""
        return payout_schedule(self.desk.plan, self.kpi, self.formats)

    @property
    def room_made(self) -> str | None:
        """Which weights made room for the one that was moved, in words."""
        return None if self.desk.moved is None else room_made(*self.desk.moved, self.formats)

    @cached_property
    def cures(self) -> list[Any]:
        """What mends the findings that have cards on the screen."""
        return [card.cause.cure for card in finding_cards.first_cards(self.findings)]

    @cached_property
    def together(self) -> bool:
        """Whether the plan has a line along which all paid KPIs move."""
        plan = self.desk.plan
        if sum(kpi.paid for kpi in plan.kpis) < 2:
            return False
        try:
            return bool(Scene(plan, ALL_MEASURES, self.desk.view.at).curve)
        except NotALine:
            return False

    @cached_property
    def scene(self) -> Scene:
        """What is looked at: the KPI that was chosen, where there is a line along it."""
        desk = self.desk
        along = desk.along if desk.along != ALL_MEASURES or self.together else self.chosen
        return Scene(desk.plan, along, desk.view.at, desk.view.preset.team)

    @property
    def chosen(self) -> str:
        """The KPI that the controls are about where all move together."""
        return first_paid(self.desk.plan)

    @property
    def kpi(self) -> Kpi:
        """The KPI that the controls are about."""
        return self.scene.kpi or self.desk.plan.kpi(self.chosen)

    @cached_property
    def begun(self) -> Scene | None:
        """The plan as it was before any change, along the same axis; nothing where it has no line there."""
        start, along = self.desk.start.preset, self.scene.along
        if along not in (ALL_MEASURES, *start.plan.ids):
            return None
        scene = Scene(start.plan, along, {}, start.team)
        try:
            return scene if scene.curve else None
        except NotALine:
            return None

    @property
    def team(self) -> TeamView | None:
        """The people who are looked at; None while nobody looks at them, or where they cannot be paid."""
        if not people_open():
            return None
        from ui.session.team_at_hand import team_at_hand

        return team_at_hand(self.desk).view

    @cached_property
    def conduct(self) -> "LiveConduct | None":
        """What people do, told under the picture; None while nobody asks, or where it does not follow from pay."""
        if not conduct_open():
            return None
        from ui.session.portraits import portrait_of  # the effort model takes longer to load than the page to draw

        return portrait_of(self.desk.view).live

    @cached_property
    def stage(self) -> Stage:
        """The picture as it is drawn."""
        desk, scene = self.desk, self.scene
        colours = palette_of(st.context.theme.type)
        stage = Stage(
            scene, self.begun or scene, self.formats, colours, lane=live.can_be_live() and scene.kpi is not None
        )
        stage = compared.with_before(desk, stage)
        stage = replace(stage, people=self.team, conduct=self.conduct)
        lit = finding_cards.lit_finding(desk, scene.along)
        return stage if lit is None else replace(stage, lit=lit.span)

    @cached_property
    def picture(self) -> Shown | dict[str, Any]:
        """The live picture with its handles, or the figure of a still one."""
        if not live.can_be_live():
            return stage_figure(self.stage)
        desk = self.desk
        return live.ready_picture(
            self.stage, handles_of(self.stage, desk.view.preset, desk.seed.preset), store.query_of(desk.view)
        )

    def holds(self, desk: Desk, formats: Formats) -> bool:
        """Whether this is what a desk shows, under what is around it now."""
        return self.desk is desk and (self.formats, self.seen) == (formats, page_around(desk))

    def ahead(self, path: str, value: float) -> None:
        """Works out what another value of one term would show, and keeps it for the run that is to show it."""
        after = store.foresee_term(path, value)
        st.session_state.ahead = Work(after, self.formats, page_around(after)).begin()


def worked_out(desk: Desk, formats: Formats) -> Work:
    """What this run shows, worked out by it, or ahead of it."""
    ahead, st.session_state.ahead = st.session_state.get("ahead"), None
    return (
        ahead
        if isinstance(ahead, Work) and ahead.holds(desk, formats)
        else Work(desk, formats, page_around(desk)).begin()
    )


def page_around(desk: Desk) -> tuple[object, ...]:
    """What a picture hangs on beside the desk: the theme, whether it can be a live one, what is lit or laid over it."""
    held = st.session_state
    seen = (st.context.theme.type, live.can_be_live(), held.get("lit"), bool(held.get(beside.drawer_key(desk))))
    return *seen, people_stamp(), people_desk().hidden, conduct_open()


def formats_for(desk: Desk) -> Formats:
    """The reader's conventions for the plan on the desk."""
    return Formats(locale_of(st.context.locale), desk.plan.currency, desk.plan.minor)


def current_work() -> Work:
    """What is on the desk, with all that is read off it: worked out once, or ahead."""
    held = st.session_state
    work, how = held.get("work"), formats_for(held.desk)
    if not isinstance(work, Work) or not work.holds(held.desk, how):
        work = held.work = worked_out(held.desk, how)
    return work
