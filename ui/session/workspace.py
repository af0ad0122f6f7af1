"""What one person has on the desk: the view on the screen, the way back, what was refused, what a link dropped.

A value: every step gives a new desk, so that nothing is lost half-way. Knows no page.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from calc.documents import link, planfile
from calc.documents.link import Opened, View
from calc.documents.planfile import Preset
from calc.edit.weighing import rebalance_weights
from calc.plan.errors import Refused
from calc.plan.plan import Plan
from calc.situation.practice import Practice
from ui.model.profile import ALL_MEASURES, first_paid

DEPTH = 100
"""Steps that can be undone."""
ONE_MOVE = 1.0
"""Changes of one control within this time [s] are one move, and undone together."""


@dataclass(frozen=True)
class Draft:
    """What was asked of one control and refused, with the sentence why."""

    value: Any
    says: str


@dataclass(frozen=True)
class Past:
    """A view that was on the screen, the control that was moved next, and when [s]."""

    view: View
    path: str
    when: float


@dataclass(frozen=True)
class Desk:
    """The view, the one that its controls were seeded from, the preset as it was before any change, and what is around.

    `generation` counts up whenever controls must be seeded anew: another plan, an undo, a reset, an edited address.
    """

    view: View
    seed: View
    start: View
    generation: int = 0
    past: tuple[Past, ...] = ()
    drafts: Mapping[str, Draft] = field(default_factory=dict)
    dropped: tuple[str, ...] = ()
    moved: tuple[Plan, Plan, str] | None = None
    aside: Mapping[str, View] = field(default_factory=dict)
    own: View | None = None

    @property
    def name(self) -> str:
        """The preset's name; empty for a plan that came in a link of its own."""
        return self.view.base or ""

    @property
    def seeded(self) -> str:
        """What tells the controls that this plan was given from those of another plan, or of another time."""
        return f"{self.name}-{self.generation}"

    @property
    def plan(self) -> Plan:
        """The plan on the screen."""
        return self.view.preset.plan

    @property
    def along(self) -> str:
        """The KPI on the axis, or `all`; the first that pays where nobody chose."""
        chosen = self.view.along
        if chosen is not None and (chosen == ALL_MEASURES or chosen in self.plan.ids):
            return chosen
        return first_paid(self.plan)


@dataclass(frozen=True)
class Foreseen:
    """A desk, a move that may be made on it, when [s] that was worked out, and the desk after it."""

    before: Desk
    path: str
    value: Any
    when: float
    after: Desk


def open_desk(found: Opened) -> Desk:
    """A desk with what a link opened."""
    own = found.view if found.view.base is None else None
    return Desk(found.view, found.view, _as_it_came(found.view), dropped=found.dropped, own=own)


def readdress_desk(desk: Desk, found: Opened, now: float) -> Desk:
    """The desk after somebody has edited the address."""
    own = found.view if found.view.base is None else desk.own
    kept = replace(_keep_way_back(desk, "address", now), own=own)
    return replace(_reseed_desk(kept, found.view), dropped=found.dropped)


def put_term(desk: Desk, path: str, value: Any, now: float) -> Desk:
    """The desk with one term at another value, or with the rep at another result (`at.<kpi>`)."""
    if path.startswith("at."):
        return move_stand(desk, path.removeprefix("at."), float(value), now)
    return change_desk(desk, path, value, now)


def foresee_move(desk: Desk, path: str, value: Any, now: float) -> Foreseen:
    """A move worked out before it is made."""
    return Foreseen(desk, path, value, now, put_term(desk, path, value, now))


def make_move(desk: Desk, path: str, value: Any, now: float, known: Foreseen | None) -> Desk:
    """The desk after a move: the very one that was foreseen, where this is the move that was."""
    if known is None or known.before is not desk or (known.path, known.value) != (path, value):
        return put_term(desk, path, value, now)
    same = _same_move(desk, path, known.when) == _same_move(desk, path, now)
    return known.after if same else put_term(desk, path, value, now)


def change_desk(desk: Desk, path: str, value: Any, now: float) -> Desk:
    """The desk with one term changed; where it is refused, the last good plan, and the draft with its sentence."""
    before = desk.past[-1].view if desk.past and _same_move(desk, path, now) else desk.view
    held = _with_table(desk.view.preset, path)
    try:
        changes = {path: _whole_number(held, path, value)}
        if path.endswith(".weight"):
            changes = rebalance_weights(desk.plan, before.preset.plan, path.partition(".")[0], value)
        preset = link.set_terms(held, changes)
    except Refused as refused:
        return replace(desk, drafts={**desk.drafts, path: Draft(value, refused.sentences[0])})
    moved = (before.preset.plan, preset.plan, path.partition(".")[0]) if len(changes) > 1 else None
    view = _still_along(desk, preset)
    return _look_at(_keep_way_back(desk, path, now), view, path, moved)


def move_stand(desk: Desk, kpi: str, result: float, now: float) -> Desk:
    """The desk with the rep at another result."""
    path = f"at.{kpi}"
    at = _off_target(desk.view.preset, {**desk.view.at, kpi: result})
    return _look_at(_keep_way_back(desk, path, now), replace(desk.view, at=at), path, None)


def turn_desk(desk: Desk, along: str, now: float) -> Desk:
    """The desk with another KPI on the axis; the same desk where there is no such KPI."""
    if along == desk.along or along not in (ALL_MEASURES, *desk.plan.ids):
        return desk
    return _look_at(_keep_way_back(desk, "along", now), replace(desk.view, along=along), "along", desk.moved)


def switch_desk(desk: Desk, name: str, now: float) -> Desk:
    """The desk with another preset, as it was left; the plan at hand is kept aside."""
    aside = {**desk.aside, desk.name: desk.view}
    if name in aside:
        view = aside[name]
    elif not name and desk.own is not None:
        view = desk.own
    else:
        view = View(planfile.load_preset(name), name)
    view = replace(view, against=desk.view.against, present=None)
    return replace(_reseed_desk(_keep_way_back(desk, "preset", now), view), aside=aside)


def bring_document(desk: Desk, preset: Preset, now: float) -> Desk:
    """The desk with a document of somebody's own, which no preset describes; the plan at hand is kept aside."""
    own = View(preset)
    aside = {name: view for name, view in {**desk.aside, desk.name: desk.view}.items() if name}
    kept = replace(_keep_way_back(desk, "preset", now), own=own, aside=aside)
    return _reseed_desk(kept, replace(own, against=desk.view.against))


def pin_desk(desk: Desk, now: float) -> Desk:
    """The desk with the plan as it is pinned as A; what follows is B, and compared with it."""
    plan = View(desk.view.preset, desk.view.base)
    return _look_at(_keep_way_back(desk, "pin", now), replace(desk.view, against=plan), "pin", desk.moved)


def unpin_desk(desk: Desk, now: float) -> Desk:
    """The desk without plan A."""
    return _look_at(_keep_way_back(desk, "pin", now), replace(desk.view, against=None), "pin", desk.moved)


def exchange_desk(desk: Desk, now: float) -> Desk:
    """The desk with A and B in each other's place; where the rep stands is kept where both have the KPI."""
    other = desk.view.against
    if other is None:
        return desk
    along = desk.along if desk.along in (ALL_MEASURES, *other.preset.plan.ids) else None
    now_a = View(desk.view.preset, desk.view.base)
    view = View(other.preset, other.base, _off_target(other.preset, desk.view.at), along, against=now_a)
    own = View(other.preset) if other.base is None else desk.own
    aside = {**desk.aside, desk.name: desk.view}
    return replace(_reseed_desk(replace(_keep_way_back(desk, "preset", now), own=own), view), aside=aside)


def present_desk(desk: Desk, step: int | None) -> Desk:
    """The desk at a step of the presentation, or out of it; no move that could be undone."""
    return replace(desk, view=replace(desk.view, present=step))


def undo_desk(desk: Desk) -> Desk:
    """The desk before the last move."""
    if not desk.past:
        return desk
    return replace(_reseed_desk(desk, desk.past[-1].view), past=desk.past[:-1])


def reset_desk(desk: Desk, now: float) -> Desk:
    """The desk with the preset as it is; itself a move that can be undone."""
    view = _still_along(desk, desk.start.preset)
    return _reseed_desk(_keep_way_back(desk, "reset", now), replace(view, at=desk.start.at, present=desk.start.present))


def take_document(desk: Desk, preset: Preset, path: str, now: float, along: str | None = None) -> Desk:
    """The desk with another document in place of its own, as one move; where the rep stands is kept.

    Args:
        along: the KPI that it is to be looked at along; as before where none is named.
    """
    view = _still_along(desk, preset)
    return _reseed_desk(_keep_way_back(desk, path, now), view if along is None else replace(view, along=along))


def _still_along(desk: Desk, preset: Preset) -> View:
    """The view of another document, looked at along what it was looked at before, as long as that is measured in it."""
    along = desk.view.along
    if along is None and desk.along != first_paid(preset.plan):
        along = desk.along
    if along not in (ALL_MEASURES, *preset.plan.ids):
        along = None
    return replace(desk.view, preset=preset, at=_off_target(preset, desk.view.at), along=along)


def _with_table(preset: Preset, path: str) -> Preset:
    """The preset with the field's ranges written down, where one of them is to be changed."""
    absent = preset.practice is None and path.startswith("practice.") and "practice" not in preset.plan.ids
    return preset.changed(practice=Practice()) if absent else preset


def _whole_number(preset: Preset, path: str, value: Any) -> Any:
    """A whole number where the term of a table is one; a control gives it with a fraction of 0."""
    table, _, name = path.partition(".")
    terms = getattr(preset, table, None) if table in link.TABLES[1:] and table not in preset.plan.ids else None
    info = None if terms is None else type(terms).model_fields.get(name)
    return int(value) if info is not None and info.annotation is int and isinstance(value, float) else value


def _off_target(preset: Preset, at: Mapping[str, float]) -> dict[str, float]:
    """Where the rep stands, without the KPIs that stand at target."""
    targets = {kpi.id: kpi.target for kpi in preset.plan.kpis}
    return {name: result for name, result in at.items() if targets.get(name, result) != result}


def _same_move(desk: Desk, path: str, now: float) -> bool:
    return bool(desk.past) and desk.past[-1].path == path and now - desk.past[-1].when <= ONE_MOVE


def _keep_way_back(desk: Desk, path: str, now: float) -> Desk:
    """The desk with the present view on the way back, unless the same control is still being moved."""
    if _same_move(desk, path, now):
        past = (*desk.past[:-1], replace(desk.past[-1], when=now))
    else:
        past = (*desk.past, Past(desk.view, path, now))[-DEPTH:]
    return replace(desk, past=past)


def _look_at(desk: Desk, view: View, path: str, moved: tuple[Plan, Plan, str] | None) -> Desk:
    drafts = {name: draft for name, draft in desk.drafts.items() if name != path}
    return replace(desk, view=view, drafts=drafts, dropped=(), moved=moved)


def _reseed_desk(desk: Desk, view: View) -> Desk:
    start = desk.start if view.base is not None and view.base == desk.start.base else _as_it_came(view, desk.own)
    seeded = replace(desk, view=view, seed=view, start=start, generation=desk.generation + 1)
    return replace(seeded, drafts={}, dropped=(), moved=None)


def _as_it_came(view: View, own: View | None = None) -> View:
    """The preset that a view started from; a plan that came in a link started as it came."""
    return (own or view) if view.base is None else View(planfile.load_preset(view.base), view.base)
