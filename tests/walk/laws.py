"""What must hold of every screen, whatever was done before: nothing has broken, and every number is the engine's.

What is compared with is worked out from the address alone, by the engine, and not by what draws the page.
"""

import math
from collections.abc import Mapping, Sequence
from typing import Any

from calc.documents import link
from calc.documents.link import View
from calc.outcomes.expected_cost import cost_of_plan
from calc.plan.kpi import Kpi
from calc.plan.plan import Plan
from tests.walk.controls import data_of
from tests.walk.reading import figures
from tests.walk.session import MEDIA, TOLD, Session, fields
from ui.number_format import Formats
from ui.session.workspace import Desk

Broken = list[str]
"""Sentences about what does not hold; none where all does."""
ADD_UP = "must add up to 1"
"""Of the sentence that refuses weights for their sum."""
FETCHED = MEDIA.encode()
"""Of an address at which a server keeps a file for one of its sessions."""
ASIDE = 1e-7
"""To the left and right of a place [attainment]: on a jump the picture shows both of its ends."""


def calm(session: Session, caught: Sequence[str]) -> Broken:
    """No part says that it cannot be shown, nothing was caught, no exception is on the page."""
    found = [f"the page has caught: {told}" for told in caught]
    for message in session.browser.screen.values():
        element = message.delta.new_element
        kind = element.WhichOneof("type")
        if kind == "exception":
            found.append(f"an exception is on the page: {element.exception.type}: {element.exception.message}")
        elif kind == "alert" and element.alert.format == element.alert.ERROR:
            found.append(f"the page says: {element.alert.body}")
    return found


def whole_in_itself(session: Session) -> Broken:
    """Nothing on the page is fetched with a request of its own: of several servers that may meet another one."""
    sent = session.browser.sent
    return [f"{place} is fetched from a file" for place, one in sent.items() if FETCHED in one.SerializeToString()]


def addressed(session: Session) -> Broken:
    """The address in the bar is that of the view on the desk, and opens to the same, with nothing left out."""
    view: View = session["desk"].view
    query = link.encode_view(view)
    if fields(link.address_of(query)) != fields(session.query):
        return [f"the address says {session.address}, and the screen {query}"]
    if link.too_long(query) is not None:
        return []
    opened = link.decode_link(query)
    if opened.dropped:
        return [f"the address does not open in full: {'; '.join(opened.dropped)}"]
    again = link.encode_view(opened.view)
    return [f"the address opens to another one: {query} -> {again}"] if fields(again) != fields(query) else []


def view_of(session: Session) -> View:
    """What the address in the bar opens; what is on the desk where it is too long to be one."""
    view: View = session["desk"].view
    query = link.encode_view(view)
    return view if link.too_long(query) is not None else link.decode_link(query).view


def weighed(view: View) -> Broken:
    """The weights of a plan add up, and so do they as they are written."""
    weights = [kpi.weight for kpi in view.preset.plan.kpis if kpi.weight]
    if not weights or math.isclose(sum(weights), 1.0, abs_tol=1e-6):
        return []
    return [f"the weights {weights} add up to {sum(weights):.9g}"]


def made_room(session: Session) -> Broken:
    """A weight that a hand has moved is never refused for its sum: the others make room for it."""
    drafts = session["desk"].drafts
    return [f"the weight {path} was refused: {draft.says}" for path, draft in drafts.items() if ADD_UP in draft.says]


def figured(session: Session, view: View) -> Broken:
    """The figures under the sentence are what the engine says of the plan in the address."""
    shown = figures(session)
    if not shown:
        return [] if view.present is not None else ["there are no figures on the page"]
    if any(label.startswith("Plan A") for label, _, _ in shown):
        return _compared(view, shown)
    plan, how = view.preset.plan, formats(view.preset.plan)
    pay = float(plan.pay(standing(view)))
    found = cost_of_plan(plan, view.preset.team)
    wanted = {"Pay here": how.money(pay), "Expected cost": how.money_rounded(found.expected)}
    return [
        f"'{begins}' is {told} on the page, and {value} by the engine"
        for begins, value in wanted.items()
        for told in [next((text for label, text, _ in shown if label.startswith(begins)), None)]
        if told != value
    ]


def _compared(view: View, shown: Sequence[tuple[str, str, str]]) -> Broken:
    """Of two plans in one money, what each costs by itself is what the engine says, for people who are the same."""
    assert view.against is not None
    found = []
    alike = view.against.preset.team == view.preset.team and _landings(view.against) == _landings(view)
    alike = alike and _spreads(view.against) == _spreads(view)
    for begins, preset in (("Plan A", view.against.preset), ("Plan B", view.preset)):
        told = next(text for label, text, _ in shown if label.startswith(begins))
        value = formats(preset.plan).money_rounded(cost_of_plan(preset.plan, preset.team).expected)
        if alike and not told.startswith(f"{value} "):
            found.append(f"'{begins}' costs {told} on the page, and {value} by the engine")
    return found


def pictured(session: Session, view: View) -> Broken:
    """The picture on a screen is what the engine pays."""
    picture = session.component("flatline_picture")
    if picture is None or view.present is not None:
        return []
    return drawn_wrong(data_of(picture.proto)["figure"]["data"], view, session["desk"].along)


def drawn_wrong(traces: Sequence[Mapping[str, Any]], view: View, along: str) -> Broken:
    """Where the line is not what the engine pays along the axis, or the dot not at the rep's result and pay.

    Args:
        traces: of the figure.
        view: the plan that it is said to be of, and where the rep stands.
        along: what is on the axis; all measures together are not looked at.
    """
    plan, named, found = view.preset.plan, {trace["name"]: trace for trace in traces}, []
    if along not in plan.ids:
        return []
    kpi = plan.kpi(along)
    for x, y in points(named["pay"]):
        ends = [_unrounded(view, kpi, x + by) for by in (-ASIDE, 0.0, ASIDE)]
        if not min(ends) - _near(plan, y) <= y <= max(ends) + _near(plan, y):
            where = f"where {kpi.id} is at {x:.9g} of target"
            found.append(f"the line is at {y:.9g} {where}, and the engine pays {ends[1]:.9g}")
    for x, y in points(named["here"]):
        at, pay = float(kpi.attainment(view.at.get(kpi.id, kpi.target))), float(plan.pay(standing(view)))
        if not math.isclose(x, at, rel_tol=1e-6, abs_tol=1e-6) or abs(y - pay) > 1e-6:
            found.append(f"the dot is at {x:.9g}, {y:.9g}, and the rep at {at:.9g}, {pay:.9g}")
    return found[:3]


def points(trace: Mapping[str, Any]) -> list[tuple[float, float]]:
    """The places of a trace."""
    pairs = zip(trace["x"], trace["y"], strict=True)
    return [(x, y) for x, y in pairs if x is not None and y is not None]


def _near(plan: Plan, y: float) -> float:
    return 0.51 * 10.0**-plan.minor + 1e-5 * abs(y) + 1e-5 * plan.incentive


def _unrounded(view: View, kpi: Kpi, attainment: float) -> float:
    plan = view.preset.plan
    results = standing(view)
    results[plan.ids.index(kpi.id)] = float(kpi.result(attainment))
    return float(plan.payout(results)) * plan.incentive


def controlled(session: Session, view: View) -> Broken:
    """Every control of a term shows what the plan in the address has for it, but one whose value was refused."""
    desk, found = session["desk"], []
    prefix = f"{desk.name}-{desk.generation}-"
    known = {path.replace(".", "-"): value for path, value in terms(view).items()}
    refused = {path.replace(".", "-") for path in desk.drafts}
    for one in session.controls:
        if one.kind not in ("slider", "number_input") or not one.key.startswith(prefix):
            continue
        name = one.name.removeprefix(f"{desk.name}-")
        if one.disabled or name in refused or name not in known or known[name] is None:
            continue
        held = session.held[one.id]
        if held is None or abs(held - known[name]) > 1e-6 * max(1.0, abs(known[name])):
            found.append(f"the control '{one.label}' is at {held}, and the plan has {known[name]}")
    return found


def begun_right(session: Session) -> Broken:
    """Every control that the page sets to a value begins with it too.

    What is only set through the session is told to the browser once. Where that one telling is lost, a control that
    begins with something else takes that for what a hand has chosen, and a floor falls to its least value.
    """
    return [
        f"the {one.kind} '{one.label}' ({one.name}) is set to {one.seeds[0]!r}, and would begin with {one.starts!r}"
        for one in session.controls
        if one.kind in TOLD and one.seeds and one.seeds[0] != one.starts
    ]


def stayed(before: View, desk: Desk) -> Broken:
    """Where only a target was moved, the team lands where it landed, in each measure's own unit."""
    after, path = desk.view, desk.past[-1].path if desk.past else ""
    if not path.endswith(".target") or path.startswith("edit.") or before.base != after.base:
        return []
    was, now = _landings(before), _landings(after)
    return [
        f"the team landed at {was[name]:.9g} on {name}, and lands at {now[name]:.9g} after '{path}' was moved"
        for name in was.keys() & now.keys()
        if not math.isclose(was[name], now[name], rel_tol=1e-6, abs_tol=1e-6)
    ]


def swapped(before: View, after: View) -> Broken:
    """After Swap each of two plans that are compared is in the other's place."""
    if before.against is None or after.against is None:
        return ["Swap has ended the comparison"] if before.against is not None else []
    places = {"A": (after.against.preset, before.preset), "B": (after.preset, before.against.preset)}
    return [f"after Swap plan {name} is not the other of the two" for name, (now, was) in places.items() if now != was]


def _landings(view: View) -> dict[str, float]:
    """Where the team lands on average on every measure [its unit]; nothing where no team is described."""
    team = view.preset.team
    if team is None:
        return {}
    kpis = view.preset.plan.kpis
    return {kpi.id: float(kpi.result(team.landing(kpi).below(math.inf)[1])) for kpi in kpis}


def _spreads(view: View) -> dict[str, float | None]:
    return {kpi.id: kpi.team_spread for kpi in view.preset.plan.kpis}


def terms(view: View) -> dict[str, float]:
    """The numbers of a plan that have a control of their own, by the path that the link gives them."""
    found: dict[str, float] = {}
    plan = view.preset.plan
    for kpi in plan.kpis:
        found[f"at.{kpi.id}"] = view.at.get(kpi.id, kpi.target)
        found[f"{kpi.id}.target"] = kpi.target
        found |= {} if kpi.weight is None else {f"{kpi.id}.weight": kpi.weight}
        for name in ("floor", "ceiling", "accelerator"):
            value = getattr(kpi.curve, name, None)
            found |= {} if value is None else {f"{kpi.id}.{name}": value}
    for name in ("target_incentive", "base_pay", "floor", "ceiling"):
        value = getattr(plan, name)
        found |= {} if value is None else {f"plan.{name}": value}
    return found


def standing(view: View) -> list[float]:
    """Where the rep stands [each KPI's unit]."""
    return [view.at.get(kpi.id, kpi.target) for kpi in view.preset.plan.kpis]


def formats(plan: Plan) -> Formats:
    """The conventions of a reader whose browser has not said where it is."""
    return Formats("en_US", plan.currency, plan.minor)
