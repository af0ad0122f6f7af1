"""The page in parts: what a change leaves standing is what a run of the whole page would have drawn, to the letter."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl

import pytest
from google.protobuf.json_format import MessageToDict
from streamlit.commands.execution_control import rerun
from streamlit.components.v2.bidi_component.main import _make_trigger_id
from streamlit.proto.WidgetStates_pb2 import WidgetStates
from streamlit.testing.v1 import AppTest

from calc.documents import planfile
from tests.harness import Place, browser_of
from ui.session import store

APP = str(Path(__file__).resolve().parent.parent / "app.py")
NAMES = planfile.preset_names()
BESIDE = {
    "id",
    "elementId",
    "setValue",
    "value",
    "rawValues",
    "default",
    "defaults",
    "formId",
    "fragmentId",
    "hasOneShotEffect",
}
"""What an element says of itself beside what is read on it; a control's value is its session's."""

Screen = dict[Place, Any]


@pytest.fixture(autouse=True)
def clock(monkeypatch: pytest.MonkeyPatch) -> None:
    """Time goes on ten seconds between two changes, so that each is a move of its own."""
    ticks = iter(range(0, 10**9, 10))
    monkeypatch.setattr(store, "now", lambda: float(next(ticks)))


class Page:
    """The app in Streamlit's own harness, with what a browser would have on its screen."""

    def __init__(self, query: str) -> None:
        self.app = AppTest.from_file(APP, default_timeout=60)
        for name, value in parse_qsl(query.lstrip("?"), keep_blank_values=True):
            self.app.query_params[name] = value
        self.screen: Screen = {}

    def after(self, act: Callable[[], Any]) -> "Page":
        """What is on the screen after a run."""
        act()
        assert not self.app.exception, self.app.exception
        assert not self.app.error, [e.value for e in self.app.error]
        browser = browser_of(self.app)
        self.screen = {place: _said(MessageToDict(message.delta)) for place, message in browser.screen.items()}
        return self

    @property
    def whole(self) -> bool:
        """Whether the last run drew the whole page."""
        return browser_of(self.app).whole

    def run(self) -> "Page":
        """Draws the whole page."""
        return self.after(self.app.run)

    def told(self, component: str, event: str, value: Any) -> "Page":
        """What a browser tells of a component."""
        self.run()
        found = next(p.proto for p in self.app.get("bidi_component") if p.proto.component_name == component)
        states: WidgetStates = self.app._tree.get_widget_states()
        one = states.widgets.add()
        one.id = _make_trigger_id(found.id, "events")
        one.json_trigger_value = json.dumps([{"event": event, "value": value}])
        return self.after(lambda: self.app._run(states))


@pytest.fixture
def opened() -> Callable[[str], Page]:
    """Opens a page on which nothing is new to its reader any more."""
    return lambda query: Page(query).run().run()


def _said(told: Any) -> Any:
    """What can be read of an element."""
    if isinstance(told, dict):
        kept = {name: _said(value) for name, value in told.items() if name not in BESIDE}
        if "json" in kept:
            kept["json"] = {name: value for name, value in json.loads(kept["json"]).items() if name != "answered"}
        return kept
    return [_said(one) for one in told] if isinstance(told, list) else told


def differences(one: Screen, other: Screen) -> list[tuple[Place, Any, Any]]:
    return [(p, one.get(p), other.get(p)) for p in sorted({*one, *other}) if one.get(p) != other.get(p)]


MOVES: dict[str, Callable[[Any], Any]] = {
    "slider": lambda w: w.min if w.value != w.min else w.max,
    "number_input": lambda w: w.value * 0.9 if w.value else 1.0,
    "toggle": lambda w: not w.value,
}


@pytest.mark.parametrize("name", NAMES)
def test_after_a_change_the_screen_is_that_of_a_run_of_the_whole_page(opened: Callable[[str], Page], name: str) -> None:
    page = opened(f"?preset={name}")
    alone = 0
    for kind, move in MOVES.items():
        for number in range(len(getattr(page.app, kind))):
            if number >= len(getattr(page.app, kind)) or getattr(page.app, kind)[number].disabled:
                continue
            widget = getattr(page.app, kind)[number]
            page.after(widget.set_value(move(widget)).run)
            alone += not page.whole
            by_parts = page.screen
            assert not differences(by_parts, page.run().screen), widget.label
    assert alone, "no change drew parts alone"


OPEN = [
    ("?preset=unreachable-floor", "csat"),
    ("?preset=unreachable-floor", "plan"),
    ("?preset=unreachable-floor", "team"),
    ("?preset=unreachable-floor", "practice"),
    ("?preset=unreachable-floor", "notes"),
    ("?preset=low-ceiling", "cured"),
    ("?preset=pipeline-scorecard", "today"),
    ("?preset=ratchet", "path"),
    ("?preset=low-ceiling", "conduct"),
    ("?preset=late-plan", "conduct"),
    ("?preset=step-bonus", "told"),
    ("?preset=step-bonus", "numbers"),
]


@pytest.mark.parametrize(("query", "drawer"), OPEN)
def test_what_is_open_follows(opened: Callable[[str], Page], query: str, drawer: str) -> None:
    page = opened(query)
    keys = [d.key for d in page.app.expander if d.key and d.key.startswith("drawer-") and d.key.endswith(f"-{drawer}")]
    page.app.session_state[keys[0]] = True
    page.run()
    follows(page)


@pytest.mark.parametrize("query", ["?preset=low-ceiling&A.preset=open-top", "?preset=sound-plan&revenue.floor=0.7"])
def test_a_comparison_follows(opened: Callable[[str], Page], query: str) -> None:
    follows(opened(query))


def test_a_mended_plan_follows(opened: Callable[[str], Page]) -> None:
    page = opened("?preset=unreachable-floor")
    page.after(next(b for b in page.app.button if b.key and b.key.startswith("mend-")).click().run)
    assert page.whole
    follows(page.run())


def test_a_refused_value_is_told_and_the_way_back_opens(opened: Callable[[str], Page]) -> None:
    page = opened("?preset=sound-plan")
    moved(page, "Floor", 0.5)
    page.run().after(page.app.number_input[0].set_value(0.0).run)
    assert not page.whole
    by_parts = page.screen
    assert ":small[:red[" in json.dumps(list(by_parts.values()))
    assert not differences(by_parts, page.run().screen)
    page.after(page.app.button(key="undo").click().run)
    redrawn: bool = browser_of(page.app).whole
    assert redrawn
    assert page.app.session_state.desk.past == ()


def test_two_changes_that_arrive_together_are_both_shown(opened: Callable[[str], Page]) -> None:
    page = opened("?preset=sound-plan&at.revenue=90000")
    for widget in page.app.slider[:2]:
        widget.set_value(MOVES["slider"](widget))
    by_parts = page.after(page.app.run).screen
    assert not differences(by_parts, page.run().screen)
    assert len(page.app.session_state.desk.past) == 2


def test_parts_that_were_asked_for_in_vain_are_asked_for_again(
    opened: Callable[[str], Page], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Of two requests that meet on their way to the script, the second counts alone."""
    page = opened("?preset=sound-plan")
    with monkeypatch.context() as lossy:
        lossy.setattr("ui.session.fragments.st.rerun", lambda keys: rerun(["part-knob-at.revenue"]))
        moved(page, "Weight", 0.7)
    stand = next(slider for slider in page.app.slider if slider.label.startswith("You are at"))
    by_parts = page.after(stand.set_value(90000.0).run).screen
    assert not page.whole
    assert page.app.session_state.desk.plan.kpi("revenue").weight == 0.7
    assert not differences(by_parts, page.run().screen)


def test_who_is_new_is_not_new_any_more_after_a_change(opened: Callable[[str], Page]) -> None:
    page = opened("")
    moved(page, "Floor", 0.5)
    assert page.whole
    moved(page, "Floor", 0.6)
    assert not page.whole


def follows(page: Page) -> None:
    """Where the rep stands and the first terms are moved, by parts or not, the screen is that of the whole page."""
    for number in range(min(3, len(page.app.slider))):
        widget = page.app.slider[number]
        by_parts = page.after(widget.set_value(MOVES["slider"](widget)).run).screen
        assert not differences(by_parts, page.run().screen), widget.label


def moved(page: Page, label: str, value: float) -> None:
    page.run()
    widget = next(w for w in page.app.slider if w.label.startswith(label))
    page.after(widget.set_value(value).run)


# Handles


def test_a_handle_that_is_let_go_is_answered_with_parts(opened: Callable[[str], Page]) -> None:
    page = opened("?preset=unreachable-floor").told(
        "flatline_picture", "released", {"path": "deals.floor", "value": 0.5, "turn": 1, "plan": "unreachable-floor-0"}
    )
    assert page.app.session_state.desk.plan.kpi("deals").curve.floor == 0.5
    assert page.app.session_state.live_turn == 1
    assert not page.whole
    by_parts = page.screen
    assert not differences(by_parts, page.run().screen)


def test_what_a_resting_handle_would_show_is_worked_out_before_it_is_let_go(opened: Callable[[str], Page]) -> None:
    page = opened("?preset=unreachable-floor")
    before = page.app.session_state.desk
    page.told("flatline_sweep", "rests", {"path": "deals.floor", "value": 0.5})
    ahead = page.app.session_state.ahead
    assert page.app.session_state.desk is before
    assert ahead.desk.plan.kpi("deals").curve.floor == 0.5
    page.told(
        "flatline_picture", "released", {"path": "deals.floor", "value": 0.5, "turn": 1, "plan": "unreachable-floor-0"}
    )
    assert page.app.session_state.work is ahead
    assert page.app.session_state.desk is ahead.desk
    by_parts = page.screen
    assert not differences(by_parts, page.run().screen)
    assert "Below <strong>50 deals" in json.dumps(list(page.screen.values()))


@pytest.mark.parametrize(
    "told",
    [
        {"path": "deals.floor", "value": 0.6, "turn": 1},
        {"path": "deals.ceiling", "value": 1.5, "turn": 1},
    ],
)
def test_what_was_worked_out_ahead_is_not_shown_where_another_value_is_let_go(
    opened: Callable[[str], Page], told: dict[str, Any]
) -> None:
    page = opened("?preset=unreachable-floor").told("flatline_sweep", "rests", {"path": "deals.floor", "value": 0.5})
    ahead = page.app.session_state.ahead
    page.told("flatline_picture", "released", {**told, "plan": "unreachable-floor-0"})
    assert page.app.session_state.work is not ahead
    by_parts = page.screen
    assert not differences(by_parts, page.run().screen)


@pytest.mark.parametrize(
    "told", [{"path": "deals.floor", "value": "NaN"}, {"path": "plan.base_pay", "value": 1.0}, {}, [], "x", None]
)
def test_a_forged_rest_or_release_changes_nothing(opened: Callable[[str], Page], told: Any) -> None:
    page = opened("?preset=unreachable-floor")
    before = page.app.session_state.desk.view
    let_go = {**told, "plan": "unreachable-floor-0"} if isinstance(told, dict) else told
    page.told("flatline_sweep", "rests", told).run().told("flatline_picture", "released", let_go)
    assert page.app.session_state.desk.view is before


def test_what_was_let_go_of_another_plan_changes_nothing(opened: Callable[[str], Page]) -> None:
    """The preset is changed, and a handle of the one before is let go before the new one is on the screen."""
    page = opened("?preset=low-ceiling")
    before = page.app.session_state.desk.view
    told = {"path": "deals.ceiling", "value": 1.5, "turn": 3, "plan": "unreachable-floor-0"}
    page.told("flatline_picture", "released", told)
    assert page.app.session_state.desk.view is before
    assert page.app.session_state.live_turn == 3, "it is answered all the same"
