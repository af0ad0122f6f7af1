"""A button that saves a file: made when it is clicked, sent to the page that asked, and saved by the page itself.

Streamlit's own button hands out an address, and the browser fetches the file from there with another request. Behind
an address with several servers that request reaches one that knows nothing of it. So the file comes through the
connection that the page has anyway.
"""

from base64 import b64encode
from collections.abc import Callable
from functools import partial

import streamlit as st

from ui.session import fragments
from ui.session.received import received_event, received_number

JS = """
const buttons = new WeakMap()

function bytes(text) {
  const raw = atob(text)
  return Uint8Array.from(raw, (letter) => letter.charCodeAt(0))
}

function save(file) {
  const link = document.createElement("a")
  link.href = URL.createObjectURL(new Blob([bytes(file.bytes)], { type: file.mime }))
  link.download = file.name
  link.click()
  // A browser reads it after the click; Safari takes its time.
  setTimeout(() => URL.revokeObjectURL(link.href), 60000)
}

function made(parent) {
  const button = document.createElement("button")
  const said = document.createElement("span")
  button.type = "button"
  said.className = "said"
  said.setAttribute("role", "status")
  parent.append(button, said)
  const held = { turn: 0, waits: false, tell: null }
  button.onclick = () => {
    if (held.waits) return
    held.turn += 1
    held.waits = true
    button.setAttribute("aria-busy", "true")
    said.textContent = ""
    held.tell("asked", held.turn)
  }
  return { held, button, said }
}

export default function ({ data, parentElement, setTriggerValue }) {
  if (!buttons.has(parentElement)) buttons.set(parentElement, made(parentElement))
  const { held, button, said } = buttons.get(parentElement)
  held.tell = setTriggerValue
  button.textContent = data.label
  button.title = data.help
  if (!held.waits || data.turn !== held.turn) return
  held.waits = false
  button.removeAttribute("aria-busy")
  if (data.file) save(data.file)
  said.textContent = data.file ? `${data.file.name} is saved` : data.failed
  said.classList.toggle("seen", !data.file)
}
"""
CSS = """
button {
  min-height: 2.5rem; padding: 0.25rem 0.75rem; cursor: pointer; white-space: nowrap;
  font: 400 0.875rem/1.6 var(--st-font); color: var(--st-text-color); background: var(--st-background-color);
  border: 1px solid var(--st-border-color); border-radius: var(--st-button-radius);
}
button:hover { border-color: var(--st-primary-color); color: var(--st-primary-color); }
button:focus-visible { outline: 2px solid var(--st-primary-color); outline-offset: 2px; }
button[aria-busy="true"] { cursor: progress; opacity: 0.6; }
.said { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }
.said.seen {
  position: static; display: block; width: auto; height: auto; clip-path: none; white-space: normal;
  margin-top: 0.4rem; font: 0.875rem/1.4 var(--st-font); color: var(--st-red-text-color, var(--st-text-color));
}
"""
FAILED = "This file cannot be made for this plan."

_mount = st.components.v2.component("flatline_download", js=JS, css=CSS)


def button(label: str, make: Callable[[], bytes], name: str, mime: str, key: str, told: str = "") -> None:
    """A button that saves a file.

    Args:
        label: what it is called.
        make: makes the file; called when somebody asks for it.
        name: the file's name.
        mime: what kind of file it is.
        key: the button's own key.
        told: what it is, in a sentence.
    """
    st.fragment(_button, key=f"file-{key}")(label, make, name, mime, key, told)


def _button(label: str, make: Callable[[], bytes], name: str, mime: str, key: str, told: str) -> None:
    """The button; where the file was asked for, with the file, once."""
    turn = st.session_state.pop(_asked(key), None)
    data = {"label": label, "help": told, "failed": FAILED, "turn": turn, "file": None}
    if turn is not None:
        with fragments.calm_errors(f"The file {name}"):
            data["file"] = {"name": name, "mime": mime, "bytes": b64encode(make()).decode("ascii")}
    _mount(data=data, key=key, width="content", on_asked_change=partial(_heard, key))


def _asked(key: str) -> str:
    return f"{key}-asked"


def _heard(key: str) -> None:
    st.session_state[_asked(key)] = received_number(received_event(key, "asked"))
