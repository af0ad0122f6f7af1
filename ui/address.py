"""Keeps the browser's address equal to what is on the screen, without a step in its history and without another run."""

import streamlit as st

JS = """
export default function ({ data }) {
  const own = new URLSearchParams(window.location.search)
  const kept = [...own].filter(([name]) => name === "embed" || name === "embed_options")
  const rest = new URLSearchParams(kept).toString()
  const query = data.query + (rest ? "&" + rest : "")
  if (query === window.location.search) return
  const place = window.location.pathname + query + window.location.hash
  window.history.replaceState(window.history.state, "", place)
  if (window.parent !== window) {
    const message = { stCommVersion: 1, type: "SET_QUERY_PARAM", queryParams: query }
    window.parent.postMessage(message, "*")
  }
}
"""

_mount = st.components.v2.component("flatline_address", js=JS)


def write(query: str, turn: int = 0) -> None:
    """Write a query string ("?preset=...") into the address; another turn writes the same one anew."""
    _mount(data={"query": query, "turn": turn}, key="address_writer")
