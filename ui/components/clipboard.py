"""A button that copies a text, also where a page has no right to the clipboard: within a frame, and over plain http."""

import streamlit as st

COPY_JS = """
const SHOWN = 2000 // how long it says so [ms]
const buttons = new WeakMap()

function element(parent, name, className) {
  const made = document.createElement(name)
  made.className = className
  parent.append(made)
  return made
}

function byHand(parent, text) {
  const area = element(parent, "textarea", "unseen")
  area.value = text
  area.readOnly = true
  area.tabIndex = -1
  area.setAttribute("aria-hidden", "true")
  area.focus({ preventScroll: true })
  area.select()
  area.setSelectionRange(0, text.length)
  let done = false
  try {
    done = document.execCommand("copy")
  } catch {}
  area.remove()
  return done
}

async function copied(parent, text) {
  // Asked where a frame has no right to it, a browser answers with an error in its console.
  if (document.featurePolicy?.allowsFeature("clipboard-write") === false) return byHand(parent, text)
  try {
    await navigator.clipboard.writeText(text)
    return true
  } catch {
    return byHand(parent, text)
  }
}

function made(parent) {
  const held = { text: "", label: "" }
  const button = element(parent, "button", "copy")
  const said = element(parent, "span", "said")
  button.type = "button"
  said.setAttribute("role", "status")
  said.setAttribute("aria-live", "polite")
  button.onclick = async () => {
    const done = await copied(parent, held.text)
    clearTimeout(held.timer)
    button.focus({ preventScroll: true })
    button.textContent = done ? held.done : held.label
    said.textContent = done ? held.done : held.failed
    said.classList.toggle("seen", !done)
    held.timer = setTimeout(() => {
      button.textContent = held.label
      if (done) said.textContent = ""
    }, SHOWN)
  }
  return { held, button }
}

export default function ({ data, parentElement }) {
  if (!buttons.has(parentElement)) buttons.set(parentElement, made(parentElement))
  const { held, button } = buttons.get(parentElement)
  const same = held.text === data.text && held.label === data.label
  Object.assign(held, data)
  if (!same) button.textContent = data.label
}
"""
COPY_CSS = """
.copy {
  width: 100%; min-height: 2.5rem; padding: 0.25rem 0.75rem; cursor: pointer; font: inherit; font-weight: 600;
  font-family: var(--st-font); border: 1px solid var(--st-primary-color); border-radius: var(--st-button-radius);
  background: var(--st-primary-color); color: var(--st-background-color);
}
.copy:hover { filter: brightness(1.08); }
.copy:focus-visible { outline: 2px solid var(--st-text-color); outline-offset: 2px; }
.said { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }
.said.seen {
  position: static; display: block; width: auto; height: auto; clip-path: none; white-space: normal;
  margin-top: 0.4rem; font: 0.875rem/1.4 var(--st-font); color: var(--st-red-text-color, var(--st-text-color));
}
.unseen { position: fixed; left: 0; top: 0; width: 1px; height: 1px; padding: 0; border: 0; opacity: 0; }
"""
COPY_FAILED = "This browser does not let a page copy. Select the address below and copy it by hand."

_mount = st.components.v2.component("flatline_copy", js=COPY_JS, css=COPY_CSS)


def copy_button(label: str, text: str, key: str) -> None:
    """The button; it says `Copied` for two seconds, to the eye and to those who listen."""
    _mount(data={"text": text, "label": label, "done": "Copied", "failed": COPY_FAILED}, key=key)
