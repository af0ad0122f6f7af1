"""The door that every message of a browser comes through: what a control may say, by its kind, and how much of it.

Streamlit takes what a browser sends of a control for what that control sends. Somebody who sends a list for a switch
makes it fail, in their own session, and fills the log. So the door listens to what the server sends, from which it
learns the controls and their kinds, and lets through of them what a browser could have said. The rest of a message
goes on without it.
"""

import json
import math
from collections import OrderedDict
from collections.abc import Awaitable, Callable, MutableMapping
from typing import Any

from google.protobuf.message import DecodeError
from streamlit.components.v2.bidi_component.constants import EVENT_DELIM
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ClientState_pb2 import ClientState
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.proto.WidgetStates_pb2 import WidgetState
from streamlit.runtime.state.session_state import STREAMLIT_INTERNAL_KEY_PREFIX

Message = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]
App = Callable[[Message, Receive, Send], Awaitable[None]]

ASKED = ("rerun_script", "stop_script", "load_git_info", "file_urls_request", "app_heartbeat")
"""What a browser asks for; that it wants the server ended, or its caches, is heard from nobody."""
FIELDS = {
    "bidi_component": "json_value",
    "bidi_trigger": "json_trigger_value",
    "button": "trigger_value",
    "button_group": "string_array_value",
    "checkbox": "bool_value",
    "dataframe": "string_value",
    "dialog": "trigger_value",
    "download_button": "trigger_value",
    "expandable": "bool_value",
    "file_uploader": "file_uploader_state_value",
    "multiselect": "string_array_value",
    "number_input": "double_value",
    "popover": "bool_value",
    "radio": "string_value",
    "selectbox": "string_value",
    "slider": "double_array_value",
    "text_area": "string_value",
    "text_input": "string_value",
}
"""By the kind of a control, the field of a message in which it says what it says."""
MAX_CONTROLS = 5_000
"""Controls of one page that are remembered; the oldest are forgotten."""
MAX_STATES = 5_000
"""Controls that one message may tell of."""
MAX_TEXT, MAX_JSON = 200_000, 3_000_000
"""Letters of what is typed, and of what a component tells: all plans that a browser keeps are a million."""
MAX_ITEMS, MAX_DEPTH = 1_000, 40
"""Things that are chosen at once, and lists within each other in what a component tells."""
MAX_NAME, MAX_ADDRESS = 300, 100_000
"""Letters of a name, and of an address."""


def takes_json(text: str, *kinds: type) -> bool:
    """Whether a text is JSON of one of some kinds, of a size, and no deeper than any component writes it.

    >>> takes_json('{"a": [1]}', dict), takes_json("{", dict), takes_json('"x"', dict), takes_json("[" * 9999, list)
    (True, False, False, False)
    """
    if len(text) > MAX_JSON:
        return False
    try:
        value = json.loads(text)
    except (ValueError, RecursionError):
        return False
    return isinstance(value, kinds) and _depth(value) <= MAX_DEPTH


def _depth(value: Any) -> int:
    level, depth = [value], 0
    while level and depth <= MAX_DEPTH:
        parts = [part for part in level if isinstance(part, dict | list)]
        level = [one for part in parts for one in (part.values() if isinstance(part, dict) else part)]
        depth += 1
    return depth


def _takes_edits(text: str) -> bool:
    """Whether a text tells edits of a table: by row and column, rows that were added, and rows that were taken away."""
    if len(text) > MAX_TEXT or not takes_json(text, dict):
        return False
    edits = json.loads(text)
    rows, added, gone = (edits.get(name) or empty for name, empty in EDITS.items())
    shaped = isinstance(rows, dict) and isinstance(added, list) and isinstance(gone, list)
    if not shaped or max(len(rows), len(added), len(gone)) > MAX_ITEMS:
        return False
    numbered = all(name.isascii() and name.isdecimal() and len(name) < 9 for name in rows)
    cells = [cell for row in (*rows.values(), *added) for cell in (row.values() if isinstance(row, dict) else (row,))]
    return (
        numbered
        and all(map(_is_row, gone))
        and all(isinstance(row, dict) for row in (*rows.values(), *added))
        and (all(cell is None or isinstance(cell, str | bool | int | float) for cell in cells))
    )


EDITS: dict[str, Any] = {"edited_rows": {}, "added_rows": [], "deleted_rows": []}


def _is_row(value: Any) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and 0 <= value < MAX_ITEMS


class Controls:
    """What one browser was sent: its controls, by their names, and the parts of the page."""

    def __init__(self) -> None:
        self.kinds: OrderedDict[str, tuple[str, int]] = OrderedDict()
        self.parts: OrderedDict[str, None] = OrderedDict()

    def learn(self, sent: bytes) -> None:
        """Notes the control in a message of the server, and the part of the page that it stands in."""
        said = ForwardMsg()
        said.ParseFromString(sent)
        if said.WhichOneof("type") != "delta":
            return
        delta = said.delta
        holder: Any = delta.new_element if delta.HasField("new_element") else delta.add_block
        kind = holder.WhichOneof("type")
        if delta.fragment_id:
            _note(self.parts, delta.fragment_id, None)
        name = str(getattr(getattr(holder, kind), "id", "")) if kind in FIELDS else ""
        if name:
            _note(self.kinds, name, (kind, len(holder.slider.default) if kind == "slider" else 1))
        if kind == "bidi_component":
            _note(self.kinds, f"{STREAMLIT_INTERNAL_KEY_PREFIX}_{name}{EVENT_DELIM}events", ("bidi_trigger", 1))

    def takes(self, state: WidgetState) -> bool:
        """Whether a control could have said this."""
        kind, count = self.kinds.get(state.id, ("", 0))
        field = state.WhichOneof("value")
        if not kind or field is None:
            return bool(kind)
        if kind == "dataframe" and field == "string_value":
            return _takes_edits(state.string_value)
        return field == FIELDS[kind] and TAKES[field](state, count)


def _note(known: "OrderedDict[str, Any]", name: str, value: Any) -> None:
    known[name] = value
    known.move_to_end(name)
    if len(known) > MAX_CONTROLS:
        known.popitem(last=False)


def _takes_numbers(state: WidgetState, count: int) -> bool:
    return len(state.double_array_value.data) == count and all(map(math.isfinite, state.double_array_value.data))


def _takes_choices(state: WidgetState, count: int) -> bool:
    chosen = state.string_array_value.data
    return len(chosen) <= MAX_ITEMS and all(len(one) <= MAX_NAME for one in chosen)


def _takes_files(state: WidgetState, count: int) -> bool:
    files = state.file_uploader_state_value.uploaded_file_info
    return len(files) <= MAX_ITEMS and all(max(len(one.name), len(one.file_id)) <= MAX_NAME for one in files)


TAKES: dict[str, Callable[[WidgetState, int], bool]] = {
    "bool_value": lambda state, count: True,
    "double_array_value": _takes_numbers,
    "double_value": lambda state, count: math.isfinite(state.double_value),
    "file_uploader_state_value": _takes_files,
    "json_trigger_value": lambda state, count: takes_json(state.json_trigger_value, list, dict),
    "json_value": lambda state, count: takes_json(state.json_value, dict),
    "string_array_value": _takes_choices,
    "string_value": lambda state, count: len(state.string_value) <= MAX_TEXT,
    "trigger_value": lambda state, count: True,
}
"""By field, whether a control that says something in it could have said this."""


def checked(said: bytes, controls: Controls) -> bytes | None:
    """A message of a browser with what it may say; none where it says nothing that a browser says."""
    message = BackMsg()
    try:
        message.ParseFromString(said)
    except DecodeError:
        return None
    asked = message.WhichOneof("type")
    if asked not in ASKED:
        return None
    if asked == "rerun_script":
        _check_run(message.rerun_script, controls)
    if asked == "file_urls_request":
        request = message.file_urls_request
        names = [request.session_id, request.request_id, *request.file_names]
        if len(names) > MAX_ITEMS or any(len(name) > MAX_NAME for name in names):
            return None
    told: bytes = message.SerializeToString()
    return told


def _check_run(told: ClientState, controls: Controls) -> None:
    states = [state for state in told.widget_states.widgets[:MAX_STATES] if controls.takes(state)]
    kept = [WidgetState.FromString(state.SerializeToString()) for state in states]
    if len(kept) < len(told.widget_states.widgets):
        del told.widget_states.widgets[:]
        told.widget_states.widgets.extend(kept)
    if told.fragment_id and told.fragment_id not in controls.parts:
        told.ClearField("fragment_id")
    del told.cached_message_hashes[:]  # nothing is sent by reference
    for name in ("page_script_hash", "page_name"):
        if len(getattr(told, name)) > MAX_NAME:
            told.ClearField(name)
    around = told.context_info
    if len(around.timezone) > MAX_NAME:
        around.ClearField("timezone")
    if len(around.locale) > MAX_NAME:
        around.ClearField("locale")
    if len(around.url) > MAX_ADDRESS:
        around.ClearField("url")


class Door:
    """Lets through of every websocket's messages what a browser could have said; all else is served as it is."""

    def __init__(self, app: App) -> None:
        self.app = app

    async def __call__(self, scope: Message, receive: Receive, send: Send) -> None:
        """Serves a request, or one connection of a browser."""
        if scope["type"] != "websocket":
            await self.app(scope, receive, send)
            return
        controls = Controls()

        async def hear() -> Message:
            while True:
                message = await receive()
                if message["type"] != "websocket.receive":
                    return message
                said = checked(message.get("bytes") or b"", controls)
                if said is not None:
                    return {"type": "websocket.receive", "bytes": said}

        async def say(message: Message) -> None:
            if message["type"] == "websocket.send" and message.get("bytes"):
                controls.learn(message["bytes"])
            await send(message)

        await self.app(scope, hear, say)
