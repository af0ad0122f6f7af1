"""Streamlit's own harness, made to do what a browser does: a change runs its own part of the page, and the rest stays.

By itself the harness runs the whole page after every change, and knows of the screen only what the last run has sent.
A browser asks for the fragment that a moved control stands in, and lays what comes over what it has: of two runs that
are meant to leave the same screen, only so can a test see that one leaves something old behind.
"""

from collections.abc import Iterable
from typing import Any
from urllib.parse import urlencode
from weakref import WeakKeyDictionary

import pytest
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.proto.WidgetStates_pb2 import WidgetStates
from streamlit.runtime.scriptrunner import RerunData, ScriptRunnerEvent
from streamlit.runtime.scriptrunner_utils.script_requests import ScriptRequests
from streamlit.testing.v1.element_tree import ElementTree, parse_tree_from_messages
from streamlit.testing.v1.local_script_runner import LocalScriptRunner, require_widgets_deltas

Place = tuple[int, ...]
Screen = dict[Place, ForwardMsg]

TRIGGERS = ("trigger_value", "json_trigger_value", "string_trigger_value", "chat_input_value")
"""What a widget says once, when it is pressed."""
STARTED = ScriptRunnerEvent.SCRIPT_STARTED


class Browser:
    """What a session's browser has on its screen, and what it has told of its controls."""

    def __init__(self) -> None:
        self.screen: Screen = {}
        self.sent: Screen = {}
        self.whole = True
        self.told: dict[str, bytes] = {}

    def asks(self, states: WidgetStates | None) -> str | None:
        """The fragment that the controls that were moved stand in; none where it is the page, or more than one."""
        states = states or WidgetStates()
        told = {one.id: one.SerializeToString() for one in states.widgets}
        pressed = {one.id for one in states.widgets if any(one.HasField(trigger) for trigger in TRIGGERS)}
        moved = pressed | {name for name, value in told.items() if self.told.get(name, value) != value}
        self.told |= {name: value for name, value in told.items() if name not in pressed}
        fragments = {self._fragment(name) for name in moved}
        return fragments.pop() if len(fragments) == 1 else None

    def _fragment(self, widget: str) -> str | None:
        for message in self.screen.values():
            if _id(message) in (widget, widget.partition("$$__internal__")[0]):
                return message.delta.fragment_id or None
        return None

    def lays(self, messages: Iterable[ForwardMsg], whole: bool) -> Screen:
        """The screen after a run of the whole page, or of parts: what it drew, over what it left alone."""
        self.whole = whole
        self.sent = {tuple(m.metadata.delta_path): m for m in messages if m.WhichOneof("type") == "delta"}
        begun = [place for place in self.sent if place[:-1] not in self.sent]
        stays = {} if self.whole else self.screen
        stays = {p: one for p, one in stays.items() if not _under(p, begun)}
        self.screen = stays | self.sent
        return self.screen


def _under(place: Place, begun: Iterable[Place]) -> bool:
    return any(place[: len(first)] == first for first in begun)


def _id(message: ForwardMsg) -> str:
    """What a control is called between a browser and its server."""
    if message.delta.WhichOneof("type") == "add_block":
        block = message.delta.add_block
        return str(getattr(getattr(block, block.WhichOneof("type") or "", None), "id", "") or block.id)
    element = message.delta.new_element
    kind = element.WhichOneof("type")
    return str(getattr(getattr(element, kind), "id", "")) if kind else ""


_browsers: "WeakKeyDictionary[Any, Browser]" = WeakKeyDictionary()


def browser_of(app: Any) -> Browser:
    """The browser of a session of `AppTest`."""
    return _browser(app._session_state)


def _browser(session: Any) -> Browser:
    if session not in _browsers:
        _browsers[session] = Browser()
    return _browsers[session]


def _run(
    self: LocalScriptRunner,
    widget_state: WidgetStates | None = None,
    query_params: dict[str, Any] | None = None,
    timeout: float = 3,
    page_hash: str = "",
    context_info: Any = None,
) -> ElementTree:
    """Stands in for the harness's own: asks for a fragment where a browser would, and keeps the rest of the screen."""
    browser = _browser(self.session_state)
    self._requests = ScriptRequests()  # without the run of the whole page that the harness has asked for already
    self.request_rerun(
        RerunData(
            widget_states=widget_state,
            query_string=urlencode(query_params or {}, doseq=True),
            page_script_hash=page_hash,
            context_info=context_info,
            fragment_id=browser.asks(widget_state),
        )
    )
    try:
        self.start()
        require_widgets_deltas(self, timeout)
    finally:
        self.join()
    starts = [told for event, told in zip(self.events, self.event_data, strict=True) if event is STARTED]
    screen = browser.lays(self.forward_msgs(), whole=not starts[-1].get("fragment_ids_this_run"))
    return parse_tree_from_messages(list(screen.values()))


def like_a_browser(monkeypatch: pytest.MonkeyPatch) -> None:
    """From here on a session of `AppTest` updates its page as a browser does."""
    monkeypatch.setattr(LocalScriptRunner, "run", _run)
