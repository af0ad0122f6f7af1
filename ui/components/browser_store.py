"""Plans that the browser keeps: read when the page opens, written one change at a time, told of by every other tab.

A change names one plan: the browser puts it into what it holds by then, so that two tabs take nothing from each other.
What it holds and cannot read is set aside, never written over. Whatever it tells is read as a stranger's.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import streamlit as st

from ui.model.kept_plans import MARK, MAX_LETTERS, VERSION, KeptPlan, read_plans
from ui.session import fragments, store
from ui.session.received import received_event

KEY, CHANGES = "browser_store", "kept_changes"
STORED, ASIDE = "flatline.plans", "flatline.plans.unread"
PROBLEMS = {
    "blocked": "This browser does not let the page keep anything. Download the plan instead.",
    "full": "This browser has no room left for that. Delete a plan that is kept, or download this one.",
    "unread": "What this browser kept cannot be read. It was set aside, and keeping begins anew.",
}

JS = """
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

_mount = st.components.v2.component("flatline_store", js=JS)


@dataclass(frozen=True)
class Kept:
    """What the browser keeps, as far as it has told; and what is to be said of it."""

    plans: tuple[KeptPlan, ...] = ()
    faults: tuple[str, ...] = ()
    problem: str = ""


def kept() -> Kept:
    """What the browser keeps."""
    found: Kept = st.session_state.get("kept", Kept())
    return found


def kept_plans() -> tuple[KeptPlan, ...]:
    """The plans that the browser keeps and that can be read, in the order in which they were kept."""
    return tuple(plan for plan in kept().plans if plan.preset is not None)


def mount() -> None:
    """The component, which is not seen; once on the page."""
    stored = {"key": STORED, "aside": ASIDE, "mark": MARK, "version": VERSION, "most": MAX_LETTERS}
    data = {"stored": stored, "session": store.session(), "changes": st.session_state.get(CHANGES, [])}
    _mount(data=data, key=KEY, on_kept_change=_heard)


def put_plan(plan: KeptPlan) -> None:
    """Keeps a plan, in the place of the one of its name where there is one."""
    _change(plan.id, plan.text)


def drop_plan(plan: KeptPlan) -> None:
    """Keeps a plan no longer."""
    _change(plan.id, None)


def _change(id: str, text: str | None) -> None:
    number = st.session_state.get("kept_number", 0) + 1
    st.session_state.kept_number = number
    st.session_state[CHANGES] = [*st.session_state.get(CHANGES, []), {"n": number, "id": id, "plan": text}]


def _heard() -> None:
    """What the browser tells it keeps."""
    told = received_event(KEY, "kept")
    if not isinstance(told, Mapping) or not isinstance(told.get("text"), str):
        return
    if told.get("session") != store.session():
        return
    plans, faults = read_plans(told["text"]) if told["text"] else ((), ())
    st.session_state.kept = Kept(plans, faults, PROBLEMS.get(str(told.get("problem")), ""))
    st.session_state[CHANGES] = _unanswered(told.get("done"))
    fragments.follow("editor")


def _unanswered(done: Any) -> list[dict[str, Any]]:
    """The changes that the browser has not made yet."""
    changes: list[dict[str, Any]] = st.session_state.get(CHANGES, [])
    number = done if isinstance(done, int) else 0
    return [change for change in changes if change["n"] > number]
