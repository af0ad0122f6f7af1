"""The page in Streamlit's own runner, with a browser before it: what is on its screen, and what its controls hold.

The browser is told of as it is: it keeps what a control holds until the page gives it another value or takes it away,
it asks for the fragment that a control stands in, and it lays what comes over what it has.
"""

import json
from collections.abc import Mapping
from functools import cache
from itertools import count
from pathlib import Path
from typing import Any
from unittest.mock import MagicMock
from urllib.parse import parse_qsl, urlencode

from streamlit.components.v2.bidi_component.main import _make_trigger_id
from streamlit.components.v2.component_manager import BidiComponentManager
from streamlit.proto.WidgetStates_pb2 import WidgetState, WidgetStates
from streamlit.runtime import Runtime
from streamlit.runtime.caching.storage.dummy_cache_storage import MemoryCacheStorageManager
from streamlit.runtime.dataframe_source_manager import DataframeSourceManager
from streamlit.runtime.fragment import MemoryFragmentStorage
from streamlit.runtime.media_file_manager import MediaFileManager
from streamlit.runtime.memory_media_file_storage import MemoryMediaFileStorage
from streamlit.runtime.memory_uploaded_file_manager import MemoryUploadedFileManager
from streamlit.runtime.pages_manager import PagesManager
from streamlit.runtime.scriptrunner import RerunData
from streamlit.runtime.scriptrunner.script_cache import ScriptCache
from streamlit.runtime.scriptrunner_utils.script_requests import ScriptRequests
from streamlit.runtime.state.safe_session_state import SafeSessionState
from streamlit.runtime.state.session_state import SessionState
from streamlit.runtime.uploaded_file_manager import UploadedFileRec
from streamlit.testing.v1.local_script_runner import LocalScriptRunner, require_widgets_deltas

from tests.harness import STARTED, Browser
from tests.walk.controls import Control, controls, data_of

APP = str(Path(__file__).resolve().parents[2] / "app.py")
TOLD = ("slider", "number_input", "text_input", "text_area", "checkbox", "selectbox", "button_group", "multiselect")
"""Controls that a browser tells of with whatever it asks."""
MEDIA = "/mock/media"
"""Where the server keeps files that a browser fetches by themselves."""
PATIENCE = 120.0
"""Until a run counts as stuck [s]."""


@cache
def _runtime() -> MagicMock:
    """What a script asks of the server around it."""
    runtime = MagicMock(spec=Runtime)
    runtime.media_file_mgr = MediaFileManager(MemoryMediaFileStorage(MEDIA))
    runtime.dataframe_source_mgr = DataframeSourceManager()
    runtime.cache_storage_manager = MemoryCacheStorageManager()
    components = BidiComponentManager()
    components.discover_and_register_components(start_file_watching=False)
    runtime.bidi_component_registry = components
    return runtime


@cache
def _scripts() -> ScriptCache:
    return ScriptCache()


_numbers = count()


class Storage:
    """What a browser keeps for the page between two visits: plans by their names."""

    def __init__(self) -> None:
        self.plans: list[dict[str, Any]] = []

    def change(self, name: str, plan: Any) -> None:
        """Puts a plan in its place, or takes it away where there is none."""
        at = next((i for i, one in enumerate(self.plans) if one["id"] == name), len(self.plans))
        self.plans[at : at + 1] = [] if plan is None else [{"id": name, "plan": plan}]

    def text(self, stored: Mapping[str, Any]) -> str:
        """All of it as the browser tells it."""
        return json.dumps({stored["mark"]: stored["version"], "plans": self.plans})


class Session:
    """One browser tab with the app in it."""

    def __init__(self, query: str = "", storage: "Storage | None" = None) -> None:
        self.name = f"session {next(_numbers)}"
        self.browser = Browser()
        self.state = SafeSessionState(SessionState(), lambda: None)
        self.fragments = MemoryFragmentStorage()
        self.pages = PagesManager(APP, _scripts(), setup_watcher=False)
        self.files = MemoryUploadedFileManager("/mock/upload")
        self.held: dict[str, Any] = {}
        self.storage = storage or Storage()
        self.kept_by: tuple[str, int] = ("", 0)
        self.query = ""
        self.controls: list[Control] = []
        self.goes_to(query)

    def goes_to(self, query: str) -> None:
        """An address typed into the bar, in the same session; it opens the page where there is none yet."""
        self.query = query.lstrip("?")
        self.runs([])

    def runs(self, states: list[WidgetState], fragment: str = "") -> None:
        """One run of the script, and what it leaves on the screen."""
        runner = self._runner()
        told = WidgetStates(widgets=[*self._told_anyway({one.id for one in states}), *states])
        page = self.pages.current_page_script_hash
        data = RerunData(self.query, widget_states=told, page_script_hash=page, fragment_id=fragment or None)
        runner.request_rerun(data)
        before, Runtime._instance = Runtime._instance, _runtime()
        try:
            runner.start()
            require_widgets_deltas(runner, PATIENCE)
        finally:
            runner.join()
            Runtime._instance = before
        starts = [told for event, told in zip(runner.events, runner.event_data, strict=True) if event is STARTED]
        self.browser.lays(runner.forward_msgs(), whole=not starts[-1].get("fragment_ids_this_run"))
        self._reads()
        self._keeps()

    def _keeps(self) -> None:
        """Keeps the plans that the page hands to the browser, and tells what is kept by then, as its script does."""
        found = self.component("flatline_store")
        if found is None:
            return
        data = data_of(found.proto)
        begun = data["session"] != self.kept_by[0]
        done = 0 if begun else self.kept_by[1]
        new = [one for one in data["changes"] if one["n"] > done]
        for one in new:
            self.storage.change(one["id"], one["plan"])
        self.kept_by = (data["session"], max([done, *(one["n"] for one in new)]))
        if new or (begun and self.storage.plans):
            text = self.storage.text(data["stored"])
            told = {"session": data["session"], "done": self.kept_by[1], "text": text, "problem": ""}
            self.tells(found, {"kept": told})

    def _told_anyway(self, others: set[str]) -> list[WidgetState]:
        """What a browser tells with whatever it asks: all that its controls hold, but what is typed in a form."""
        still = (one for one in self.controls if one.id and one.kind in TOLD and one.id not in others)
        return [_state(one, self.held[one.id]) for one in still if not one.proto.form_id]

    def _runner(self) -> LocalScriptRunner:
        runner = LocalScriptRunner(APP, self.state, self.pages, fragment_storage=self.fragments)
        runner._session_id = self.name
        runner._uploaded_file_mgr = self.files
        runner._script_cache = _scripts()
        runner._requests = ScriptRequests()
        return runner

    def _reads(self) -> None:
        """Takes over what the page says its controls hold; what is gone is forgotten, and so is what was pressed."""
        sent = self.browser.sent
        self.controls = controls(self.browser.screen)
        held = {}
        for one in self.controls:
            if one.id in self.held and not (one.place in sent and one.seeds):
                held[one.id] = self.held[one.id]
            else:
                held[one.id] = one.seeds[0] if one.seeds else one.starts
        self.held = held
        address = self.component("flatline_address")
        if address is not None:
            self.query = data_of(address.proto)["query"].lstrip("?")

    def component(self, name: str) -> Control | None:
        """A component by its name, where it is on the screen."""
        alike = (one for one in self.controls if one.kind == "bidi_component" and one.proto.component_name == name)
        return next(alike, None)

    # What a hand does

    def puts(self, control: Control, value: Any) -> None:
        """Moves a control to a value, types it, chooses it, opens or closes it."""
        self.held[control.id] = value
        form = getattr(control.proto, "form_id", "")
        if not form:
            self.runs([_state(control, value)], control.fragment)

    def presses(self, control: Control) -> None:
        """Presses a button; one that sends a form takes along what was typed in it."""
        form = getattr(control.proto, "form_id", "")
        typed = [one for one in self.controls if form and one.kind in TOLD and one.proto.form_id == form]
        states = [_state(one, self.held[one.id]) for one in typed]
        self.runs([*states, WidgetState(id=control.id, trigger_value=True)], control.fragment)

    def tells(self, control: Control, events: Mapping[str, Any]) -> None:
        """What a component says of its own."""
        told = json.dumps([{"event": name, "value": value} for name, value in events.items()])
        state = WidgetState(id=_make_trigger_id(control.id, "events"), json_trigger_value=told)
        self.runs([state], control.fragment)

    def uploads(self, control: Control, name: str, text: bytes) -> None:
        """Chooses a file."""
        number = str(next(_numbers))
        self.files.add_file(self.name, UploadedFileRec(number, name, "application/toml", text))
        state = WidgetState(id=control.id)
        info = state.file_uploader_state_value.uploaded_file_info.add()
        info.file_id, info.name, info.size = number, name, len(text)
        self.runs([state], control.fragment)

    # What is on the screen

    @property
    def address(self) -> str:
        """The address in the bar."""
        return f"?{self.query}"

    def texts(self, kind: str) -> list[str]:
        """The bodies of all elements of a kind, from top to bottom."""
        screen, found = self.browser.screen, []
        for place in sorted(screen):
            delta = screen[place].delta
            if delta.WhichOneof("type") == "new_element" and delta.new_element.WhichOneof("type") == kind:
                found.append(str(getattr(delta.new_element, kind).body))
        return found

    def __getitem__(self, name: str) -> Any:
        return self.state[name]


def fields(query: str) -> str:
    """A query with its fields in order, to compare it by."""
    return urlencode(sorted(parse_qsl(query.lstrip("?"), keep_blank_values=True)))


def _state(control: Control, value: Any) -> WidgetState:
    """What a browser says of a control that holds a value."""
    state = WidgetState(id=control.id)
    if control.kind == "slider":
        state.double_array_value.data[:] = [float(value)]
    elif control.kind in ("button_group", "multiselect"):
        state.string_array_value.data[:] = value
    elif control.kind in ("checkbox", "expander", "popover"):
        state.bool_value = value
    elif control.kind == "number_input" and value is not None:
        state.double_value = value
    elif value is not None:
        state.string_value = value if isinstance(value, str) else json.dumps(value)
    return state
