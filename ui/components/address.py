"""Keeps the browser's address equal to what is on the screen, without a step in its history and without another run.

A server that has started again knows nothing of a page that is still open, and the browser tells it only the address
that the page was opened with. So the page says what its address was last: what was on the screen comes back from it.
"""

from collections.abc import Mapping
from typing import Any

import streamlit as st

ADDRESS_JS = """
const held = { session: null, query: null, turn: null }
let tell = null

function place(query) {
  const own = new URLSearchParams(window.location.search)
  const kept = [...own].filter(([name]) => name === "embed" || name === "embed_options")
  const rest = new URLSearchParams(kept).toString()
  const search = query + (rest ? "&" + rest : "")
  if (search === window.location.search) return
  window.history.replaceState(window.history.state, "", window.location.pathname + search + window.location.hash)
  if (window.parent !== window) {
    const message = { stCommVersion: 1, type: "SET_QUERY_PARAM", queryParams: search }
    window.parent.postMessage(message, "*")
  }
}

// When the connection is back, the server may be another one.
const app = document.querySelector("[data-testid=stApp]")
let lost = false
if (app) {
  new MutationObserver(() => {
    const connected = app.dataset.testConnectionState === "CONNECTED"
    if (connected && lost && tell && held.session) tell("back", { ...held })
    lost = !connected
  }).observe(app, { attributes: true, attributeFilter: ["data-test-connection-state"] })
}

export default function ({ data, setTriggerValue }) {
  tell = setTriggerValue
  if (held.session && held.session !== data.session && held.query !== data.query) {
    const told = { ...held }
    held.session = data.session
    setTriggerValue("back", told)
    return
  }
  // Drawn once more for another reason, it leaves the address alone: somebody may be editing it.
  if (held.session === data.session && held.query === data.query && held.turn === data.turn) return
  Object.assign(held, { session: data.session, query: data.query, turn: data.turn })
  place(data.query)
}
"""

_mount = st.components.v2.component("flatline_address", js=ADDRESS_JS)


def write_address(query: str, turn: int = 0, session: str = "") -> str | None:
    """Write a query string ("?preset=...") into the address; another turn writes the same one anew.

    Returns:
        What was in the address when the browser last heard from another session than this one; mostly nothing.
    """
    said = _mount(
        data={"query": query, "turn": turn, "session": session}, key="address_writer", on_back_change=_on_address
    )
    return _lost_query(getattr(said, "back", None), session)


def _on_address() -> None:
    """A change that is read where the address is written."""


def _lost_query(told: Any, session: str) -> str | None:
    if not isinstance(told, Mapping) or told.get("session") in (None, session):
        return None
    query = told.get("query")
    return query if isinstance(query, str) else None
