"""The door: what a browser could have said comes through as it is, and nothing else does."""

import asyncio
import json
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from streamlit.components.v2.bidi_component.main import _make_trigger_id
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.proto.WidgetStates_pb2 import WidgetState

from ui.serving.door import Controls, Door, checked

TRIGGER = _make_trigger_id("bidi_component", "events")


def sent(kind: str, name: str, **more: Any) -> bytes:
    """A message of the server with a control in it."""
    said = ForwardMsg()
    said.delta.fragment_id = "part"
    holder: Any = said.delta.add_block if kind in ("expandable", "popover", "dialog") else said.delta.new_element
    control = getattr(holder, kind)
    control.SetInParent()
    control.id = name
    for field, value in more.items():
        getattr(control, field).extend(value)
    written: bytes = said.SerializeToString()
    return written


@pytest.fixture
def controls() -> Controls:
    found = Controls()
    found.learn(sent("slider", "slider", default=[1.0]))
    for kind in ("button", "checkbox", "number_input", "text_input", "button_group", "multiselect", "selectbox"):
        found.learn(sent(kind, kind))
    for kind in ("dataframe", "file_uploader", "bidi_component", "popover", "expandable", "dialog"):
        found.learn(sent(kind, kind))
    return found


def states(controls: Controls, *told: WidgetState) -> list[WidgetState]:
    """What comes through of what a message tells."""
    asked = BackMsg()
    asked.rerun_script.query_string = "preset=low-ceiling"
    asked.rerun_script.widget_states.widgets.extend(told)
    through = BackMsg.FromString(checked(asked.SerializeToString(), controls) or b"")
    assert through.rerun_script.query_string == "preset=low-ceiling"
    return list(through.rerun_script.widget_states.widgets)


def state(name: str, **told: Any) -> WidgetState:
    found = WidgetState(id=name)
    for field, value in told.items():
        if field.endswith("array_value"):
            getattr(found, field).data.extend(value)
        elif field == "file_uploader_state_value":
            found.file_uploader_state_value.SetInParent()
        else:
            setattr(found, field, value)
    return found


EDITS = {"edited_rows": {"0": {"x": 1.5}}, "added_rows": [{"x": None}], "deleted_rows": [1]}
HONEST = [
    state("slider", double_array_value=[2.5]),
    state("button", trigger_value=True),
    state("checkbox", bool_value=False),
    state("number_input", double_value=-3.0),
    state("number_input"),
    state("text_input", string_value="70, 20, 10"),
    state("button_group", string_array_value=["Adjust"]),
    state("multiselect", string_array_value=["a", "b"]),
    state("selectbox", string_value="low-ceiling"),
    state("dataframe", string_value=json.dumps(EDITS)),
    state("file_uploader", file_uploader_state_value=True),
    state("bidi_component", json_value='{"value": 1}'),
    state(TRIGGER, json_trigger_value='[{"event": "released", "value": {"turn": 1}}]'),
    state("popover", bool_value=True),
    state("expandable", bool_value=True),
    state("dialog", trigger_value=True),
]
FORGED = [
    state("slider", double_array_value=[]),
    state("slider", double_array_value=[1.0, 2.0]),
    state("slider", double_array_value=[float("nan")]),
    state("slider", string_value="1"),
    state("checkbox", double_value=1.0),
    state("number_input", double_value=float("inf")),
    state("text_input", string_value="x" * 1_000_000),
    state("text_input", string_array_value=["x"]),
    state("button_group", string_array_value=["x"] * 5_000),
    state("selectbox", string_value="x" * 1_000_000),
    state("dataframe", string_value="[]"),
    state("dataframe", string_value='{"edited_rows": {"x": {}}}'),
    state("dataframe", string_value='{"edited_rows": {"0": 1}}'),
    state("dataframe", string_value='{"deleted_rows": [-1]}'),
    state("dataframe", string_value='{"added_rows": [{"x": [1]}]}'),
    state("bidi_component", json_value="{"),
    state("bidi_component", json_value='"x"'),
    state("bidi_component", json_value="null"),
    state("bidi_component", json_value="[" * 100_000),
    state("bidi_component", json_value="9" * 10_000),
    state("bidi_component", json_trigger_value="{}"),
    state(TRIGGER, json_value="{}"),
    state(TRIGGER, json_trigger_value="nothing"),
    state("somebody else's", bool_value=True),
]


@pytest.mark.parametrize("told", HONEST, ids=lambda told: f"{told.id} {told.WhichOneof('value')}")
def test_what_a_browser_says_comes_through_as_it_is(controls: Controls, told: WidgetState) -> None:
    assert states(controls, told) == [told]


@pytest.mark.parametrize("told", FORGED, ids=lambda told: f"{told.id} {told.WhichOneof('value')}")
def test_what_no_browser_says_is_left_out_and_the_rest_comes_through(controls: Controls, told: WidgetState) -> None:
    assert states(controls, told, HONEST[0]) == [HONEST[0]]


@pytest.mark.parametrize("said", [b"", b"\x00", b"\x0a\xff", BackMsg(clear_cache=True).SerializeToString()])
def test_what_is_no_message_of_a_browser_is_not_heard(controls: Controls, said: bytes) -> None:
    assert checked(said, controls) is None


@pytest.mark.parametrize("name", ["debug_shutdown_runtime", "debug_disconnect_websocket", "set_run_on_save"])
def test_nobody_ends_the_server(controls: Controls, name: str) -> None:
    asked = BackMsg()
    setattr(asked, name, True)
    assert checked(asked.SerializeToString(), controls) is None


def test_what_stands_around_a_page_has_a_size(controls: Controls) -> None:
    asked = BackMsg()
    told = asked.rerun_script
    told.context_info.locale, told.context_info.timezone, told.fragment_id = "x" * 9_999, "Europe/Berlin", "gone"
    told.cached_message_hashes.extend(["x"] * 1_000)
    through = BackMsg.FromString(checked(asked.SerializeToString(), controls) or b"").rerun_script
    assert (through.context_info.locale, through.context_info.timezone) == ("", "Europe/Berlin")
    assert (through.fragment_id, list(through.cached_message_hashes)) == ("", [])
    told.fragment_id = "part"
    assert BackMsg.FromString(checked(asked.SerializeToString(), controls) or b"").rerun_script.fragment_id == "part"


def test_a_page_of_many_controls_is_remembered_within_bounds() -> None:
    found = Controls()
    for number in range(6_000):
        found.learn(sent("checkbox", f"box {number}"))
    assert len(found.kinds) == 5_000
    assert found.takes(state("box 5999", bool_value=True))


def test_a_connection_goes_on_after_what_it_did_not_hear() -> None:
    heard: list[bytes] = []
    honest = BackMsg()
    honest.rerun_script.query_string = "preset=low-ceiling"
    said = iter([b"\x00", honest.SerializeToString()])

    async def app(scope: Any, receive: Any, send: Any) -> None:
        await send({"type": "websocket.send", "bytes": sent("checkbox", "box")})
        heard.append((await receive())["bytes"])

    async def receive() -> Any:
        return {"type": "websocket.receive", "bytes": next(said)}

    async def send(message: Any) -> None:
        assert message["bytes"]

    with ThreadPoolExecutor() as apart:  # a browser test may have left its loop running in this thread
        apart.submit(asyncio.run, Door(app)({"type": "websocket"}, receive, send)).result()
    assert BackMsg.FromString(heard[0]) == honest
