"""A button that saves a file: made when it is asked for, sent once, and by no address of the server's."""

import json
import logging
from base64 import b64decode
from typing import Any

import pytest
from streamlit.components.v2.bidi_component.main import _make_trigger_id
from streamlit.proto.WidgetStates_pb2 import WidgetStates
from streamlit.testing.v1 import AppTest

PAGE = """
import streamlit as st
from ui.components import download

def make():
    made.append(1)
    if st.session_state.get("fails"):
        raise ValueError("no")
    return "70 € \\u05e2".encode()

made = st.session_state.setdefault("made", [])
download.button("Plan file", make, "plan.toml", "application/toml", "plan", "The plan")
st.button("Again")
"""


class Page:
    """A page with one such button."""

    def __init__(self) -> None:
        self.app = AppTest.from_string(PAGE, default_timeout=30).run()

    @property
    def data(self) -> dict[str, Any]:
        """What the button was told last."""
        found: dict[str, Any] = json.loads(self.app.get("bidi_component")[0].proto.json)
        return found

    def asks(self, turn: object) -> None:
        """Clicks it."""
        states = WidgetStates()
        name = _make_trigger_id(self.app.get("bidi_component")[0].proto.id, "events")
        states.widgets.add(id=name, json_trigger_value=json.dumps([{"event": "asked", "value": turn}]))
        self.app._run(states)


def test_nothing_is_made_before_it_is_asked_for() -> None:
    page = Page()
    assert page.data["file"] is None
    assert (page.data["label"], page.data["help"]) == ("Plan file", "The plan")
    assert page.app.session_state["made"] == []


def test_the_file_comes_to_the_page_that_asked_and_no_run_brings_it_again() -> None:
    page = Page()
    page.asks(1)
    assert page.data["turn"] == 1
    assert (page.data["file"]["name"], page.data["file"]["mime"]) == ("plan.toml", "application/toml")
    assert b64decode(page.data["file"]["bytes"]).decode() == "70 € \u05e2"
    page.app.button[0].click().run()
    assert page.data["file"] is None
    page.asks(2)
    assert page.data["turn"] == 2
    assert len(page.app.session_state["made"]) == 2
    assert not page.app.get("download_button")


def test_a_file_that_cannot_be_made_is_told_of(caplog: pytest.LogCaptureFixture) -> None:
    page = Page()
    page.app.session_state["fails"] = True
    with caplog.at_level(logging.CRITICAL, "flatline"):
        page.asks(1)
    assert page.data["file"] is None
    assert page.data["turn"] == 1
    assert [error.value.split(" for ")[0] for error in page.app.error] == ["The file plan.toml cannot be shown"]


@pytest.mark.parametrize("turn", ["1", None, [1], {"turn": 1}, True, 10**400])
def test_a_forged_click_makes_nothing(turn: object) -> None:
    page = Page()
    page.asks(turn)
    assert page.data["file"] is None
    assert page.app.session_state["made"] == []
    assert not page.app.exception
