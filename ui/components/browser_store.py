"""Plans that the browser keeps: read when the page opens, written one change at a time, told of by every other tab.

A change names one plan: the browser puts it into what it holds by then, so that two tabs take nothing from each other.
What it holds and cannot read is set aside, never written over. Whatever it tells is read as a stranger's.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import streamlit as st

from ui.model.kept_plans import KEPT_MARK, KEPT_VERSION, MAX_LETTERS, KeptPlan, read_plans
from ui.session import fragments, store
from ui.session.received import received_event

STORE_KEY, CHANGES = "browser_store", "kept_changes"
STORED, UNREAD_PLANS = "flatline.plans", "flatline.plans.unread"
PROBLEMS = {
    "blocked": "This browser does not let the page keep anything. Download the plan instead.",
    "full": "This browser has no room left for that. Delete a plan that is kept, or download this one.",
    "unread": "What this browser kept cannot be read. It was set aside, and keeping begins anew.",
}

STORE_JS = """
let session = null // of the server, which counts its changes anew when it has begun anew
let done = 0
let tell = null
let last = null

function held(stored) {
  const text = localStorage.getItem(stored.key)
  if (text === null) return { text: "", plans: [] }
  try {
    const found = JSON.parse(text)
    const ours = found?.[stored.mark] === stored.version && Array.isArray(found.plans)
    if (ours) return { text, plans: found.plans }
  } catch {}
  return { text, plans: null }
}

function written(stored, plans) {
  const text = JSON.stringify({ [stored.mark]: stored.version, plans })
  if (text.length > stored.most) return false
  localStorage.setItem(stored.key, text)
  return true
}

function change(stored, one) {
  let { text, plans } = held(stored)
  let problem = ""
  if (plans === null) {
    localStorage.setItem(stored.aside, text)
    plans = []
    problem = "unread"
  }
  const rest = plans.filter((plan) => plan?.id !== one.id)
  const at = plans.findIndex((plan) => plan?.id === one.id)
  if (one.plan !== null) rest.splice(at < 0 ? rest.length : at, 0, { id: one.id, plan: one.plan })
  return written(stored, rest) ? problem : "full"
}

function there(stored) {
  try {
    return localStorage.getItem(stored.key) !== null
  } catch {
    return false
  }
}

function report(stored, problem) {
  let text = ""
  try {
    text = held(stored).text
  } catch {
    problem = "blocked"
  }
  tell("kept", { session, done, text: text.slice(0, stored.most + 1), problem })
}

export default function ({ data, setTriggerValue }) {
  tell = setTriggerValue
  const { stored, changes } = data
  const begun = session !== data.session
  if (begun) [session, done] = [data.session, 0]
  let problem = ""
  let changed = false
  for (const one of changes) {
    if (one.n <= done) continue
    done = one.n
    changed = true
    try {
      problem = change(stored, one) || problem
    } catch (error) {
      problem = error?.name === "QuotaExceededError" ? "full" : "blocked"
    }
  }
  if (last === null) {
    window.addEventListener("storage", (event) => {
      if (event.key === last.key || event.key === null) report(last, "")
    })
  }
  last = stored
  if (changed || (begun && there(stored))) report(stored, problem)
}
"""

_mount = st.components.v2.component("flatline_store", js=STORE_JS)


@dataclass(frozen=True)
class Kept:
    """What the browser keeps, as far as it has told; and what is to be said of it."""

    plans: tuple[KeptPlan, ...] = ()
    faults: tuple[str, ...] = ()
    problem: str = ""


def kept_in_browser() -> Kept:
    """What the browser keeps."""
    found: Kept = st.session_state.get("kept", Kept())
    return found


def kept_plans() -> tuple[KeptPlan, ...]:
    """The plans that the browser keeps and that can be read, in the order in which they were kept."""
    return tuple(plan for plan in kept_in_browser().plans if plan.preset is not None)


def mount_store() -> None:
    """The component, which is not seen; once on the page."""
    stored = {"key": STORED, "aside": UNREAD_PLANS, "mark": KEPT_MARK, "version": KEPT_VERSION, "most": MAX_LETTERS}
    data = {"stored": stored, "session": store.session_id(), "changes": st.session_state.get(CHANGES, [])}
    _mount(data=data, key=STORE_KEY, on_kept_change=_on_kept)


def put_plan(plan: KeptPlan) -> None:
    """Keeps a plan, in the place of the one of its name where there is one."""
    _ask_change(plan.id, plan.text)


def drop_plan(plan: KeptPlan) -> None:
    """Keeps a plan no longer."""
    _ask_change(plan.id, None)


def _ask_change(id: str, text: str | None) -> None:
    number = st.session_state.get("kept_number", 0) + 1
    st.session_state.kept_number = number
    st.session_state[CHANGES] = [*st.session_state.get(CHANGES, []), {"n": number, "id": id, "plan": text}]


def _on_kept() -> None:
    """What the browser tells it keeps."""
    told = received_event(STORE_KEY, "kept")
    if not isinstance(told, Mapping) or not isinstance(told.get("text"), str):
        return
    if told.get("session") != store.session_id():
        return
    plans, faults = read_plans(told["text"]) if told["text"] else ((), ())
    st.session_state.kept = Kept(plans, faults, PROBLEMS.get(str(told.get("problem")), ""))
    st.session_state[CHANGES] = _unanswered_changes(told.get("done"))
    fragments.follow_change("editor")


def _unanswered_changes(done: Any) -> list[dict[str, Any]]:
    """The changes that the browser has not made yet."""
    changes: list[dict[str, Any]] = st.session_state.get(CHANGES, [])
    number = done if isinstance(done, int) else 0
    return [change for change in changes if change["n"] > number]
