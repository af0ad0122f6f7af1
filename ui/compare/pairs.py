"""Two plans on the page: which is plan A and which plan B, their lines over one axis, and the people under both."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Literal

import streamlit as st

from calc.documents import planfile
from calc.documents.link import View
from calc.documents.planfile import Preset
from calc.messages import Sentence
from calc.outcomes import difference
from calc.outcomes import impact as people
from calc.outcomes.difference import GapSide
from calc.outcomes.impact import Impact, Settled
from ui.charts.axes import CHART_SIZES, TALLER, Stage
from ui.model.profile import Scene
from ui.number_format import clip_name
from ui.session.workspace import Desk

MAX_PAIRS_KEPT = 6
"""Pairs that a session remembers the people of."""
MAX_TITLE = 60
"""Characters of a plan's title."""
TALL_SIZES = (CHART_SIZES[0], *((width, height + TALLER) for width, height in CHART_SIZES[1:]))
"""The sizes in which a picture of two plans is seen [px]."""


@dataclass(frozen=True)
class Pair:
    """The plan on the screen and another, which of the two is plan B, and what they are called.

    `preset_names` are the other's name and the own one's.
    """

    own: View
    other: View
    later: Literal["own", "other"]
    names: tuple[str, str]

    @property
    def a(self) -> Preset:
        """The plan that is compared with: as it was pinned, or as it is before its cure."""
        return self.other.preset if self.later == "own" else self.own.preset

    @property
    def b(self) -> Preset:
        """The plan that is judged."""
        return self.own.preset if self.later == "own" else self.other.preset

    @property
    def name_a(self) -> str:
        """What plan A is called."""
        return self.names[0 if self.later == "own" else 1]

    @property
    def name_b(self) -> str:
        """What plan B is called."""
        return self.names[1 if self.later == "own" else 0]

    @property
    def titles(self) -> tuple[str, str]:
        """What plan A and plan B are called by whoever wrote them."""
        a, b = (self.other, self.own) if self.later == "own" else (self.own, self.other)
        return view_title(a), view_title(b)

    @property
    def same(self) -> bool:
        """Whether the two are the same plan in the same situation."""
        return self.own.preset.same_terms(self.other.preset)

    def at(self, preset: Preset) -> Mapping[str, float]:
        """Where the rep stands in one of the two plans, where that was moved."""
        if preset is self.own.preset:
            return self.own.at
        common = difference.shared_kpis(self.own.preset.plan, preset.plan)
        return {name: result for name, result in self.own.at.items() if name in common}

    @cached_property
    def settled(self) -> Settled:
        """Both with the same people."""
        return _cached_settled(self.a, self.b)

    @property
    def impact(self) -> Impact:
        """Who earns more under plan B, and who less."""
        return _cached_impact(self.settled)

    @property
    def people(self) -> Preset:
        """The plan on the screen with the people of both."""
        return self.settled.b if self.later == "own" else self.settled.a

    @property
    def comparable(self) -> bool:
        """Whether the money of the two can be set against each other at all."""
        return difference.why_not_comparable(self.a.plan, self.b.plan) is None

    def apart(self, along: str) -> Sentence | None:
        """Why there are no two lines along a KPI, or all; None where there are."""
        return difference.apart_along(self.a.plan, self.b.plan, along)

    def laid(self, stage: Stage) -> Stage:
        """The picture with the other plan's line, and the strip of what plan B pays more; as it is where there is none.

        The team in it is the one that both are compared on.
        """
        scene = stage.scene
        if self.apart(scene.along) is not None:
            return stage
        own, other = self.own.preset.plan, self.other.preset.plan
        line = difference.pay_line(other, scene.along, difference.standing_in(own, other, scene.at))
        if self.people is not self.own.preset:
            scene = Scene(self.people.plan, scene.along, scene.at, self.people.team)
        colour = "" if self.later == "own" else stage.colours.cured_text
        return replace(
            stage, scene=scene, other=line, later=self.later, names=self.names, line=colour, sizes=TALL_SIZES
        )

    def sides(self, stage: Stage) -> tuple[GapSide, ...]:
        """Where plan B pays more, and where less, along the axis of a picture with both lines."""
        scene = stage.scene
        assert stage.gap is not None
        low = 0.0 if scene.from_zero else float("-inf")
        lowest = scene.kpi is not None and scene.kpi.better == "lower" and scene.from_zero
        high = max(float(scene.kpi.attainment(0.0)), scene.here) if lowest and scene.kpi else float("inf")
        return difference.split_sides(stage.gap, low, high, scene.crowd, stage.least)

    @property
    def moved(self) -> tuple[str, ...]:
        """The KPIs that both measure, against different targets."""
        a, b = self.a.plan, self.b.plan
        return tuple(name for name in difference.shared_kpis(a, b) if a.kpi(name).line != b.kpi(name).line)


def view_title(view: View) -> str:
    """A plan's title, and whether it was changed since it was opened."""
    altered = view.base in planfile.preset_names() and planfile.load_preset(view.base).plan != view.preset.plan
    return f"{clip_name(view.preset.title or 'A plan of its own', MAX_TITLE)}{', changed' if altered else ''}"


def pinned_pair(desk: Desk) -> Pair | None:
    """The plan on the screen against the one that was pinned."""
    other = desk.view.against
    return None if other is None else Pair(desk.view, other, "own", ("plan A", "plan B"))


def cured_pair(desk: Desk, cure: Preset) -> Pair:
    """The plan on the screen against the preset that cures it."""
    return Pair(desk.view, View(cure, cure.name), "other", ("fixed plan", "this plan"))


def _cached_settled(a: Preset, b: Preset) -> Settled:
    """The people of a pair, asked for once as long as neither changes."""
    known = st.session_state.setdefault("settled", [])
    for one, other, found in known:
        if one is a and other is b:
            return found  # type: ignore[no-any-return]
    found = people.settle_people(a, b)
    st.session_state.settled = [*known, (a, b, found)][-MAX_PAIRS_KEPT:]
    return found


def _cached_impact(settled: Settled) -> Impact:
    known = st.session_state.setdefault("fates", [])
    for one, found in known:
        if one is settled:
            return found  # type: ignore[no-any-return]
    found = people.measure_impact(settled.a, settled.b)
    st.session_state.impact = [*known, (settled, found)][-MAX_PAIRS_KEPT:]
    return found
