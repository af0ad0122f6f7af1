"""Plans of somebody's own: kept in this browser, opened, renamed, deleted, and carried together in one file."""

from collections.abc import Callable, Iterable
from functools import partial, wraps
from typing import Any
from zlib import crc32

import streamlit as st

from calc.plan.errors import Refused
from ui.components import download
from ui.components.browser_store import drop_plan, kept, put_plan
from ui.editor.sheet import hear
from ui.model.kept_plans import MAX_PLANS, KeptPlan, keep, new_id, read_plans, write_plans
from ui.number_format import clipped
from ui.session import fragments, store
from ui.session.workspace import Desk
from ui.text.words import plain

MEGABYTES = 2
TOLD = 5
"""Faults that are told at once."""
FILE = "flatline-plans.json"
HOLDS = "They stay in this browser on this device, and are sent to nobody. Whoever uses this browser can see them."


def _shown(act: Callable[..., None]) -> Callable[..., None]:
    """A callback after which the browser is handed what to keep, and the list is drawn anew."""

    @wraps(act)
    def shown(*args: Any) -> None:
        act(*args)
        fragments.follow("address", "editor")

    return shown


def plans(desk: Desk) -> None:
    """The button that keeps the plan, and the popover with all that are kept."""
    there = kept_as(desk)
    label = "Keep in this browser" if there is None else "Kept" if same(desk, there) else "Keep the changes"
    st.button(label, key="kept-keep", on_click=keep_this, disabled=label == "Kept", help=HOLDS)
    with st.popover("Your plans", key="kept-plans", on_change="rerun") as popover:
        if popover.open:
            _list(desk)


def kept_as(desk: Desk) -> KeptPlan | None:
    """The plan that is kept of the one on the desk, where there is one."""
    name = st.session_state.get("kept_open") if desk.view.base is None else None
    return next((plan for plan in kept().plans if plan.id == name), None)


def same(desk: Desk, there: KeptPlan) -> bool:
    """Whether the plan on the desk is what is kept of it."""
    return there.preset == desk.view.preset.changed(name=None)


@_shown
def keep_this() -> None:
    """Keeps the plan on the desk: what was kept of it before, or a new one."""
    hear()
    desk: Desk = st.session_state.desk
    there = kept_as(desk)
    if there is None and len(kept().plans) >= MAX_PLANS:
        st.session_state.kept_said = f"At most {MAX_PLANS} plans are kept: delete one first."
        return
    plan = keep(desk.view.preset.changed(name=None), "" if there is None else there.id)
    put_plan(plan)
    if desk.view.base is not None:
        store.bring(desk.view.preset.changed(name=None))
    st.session_state.kept_open = plan.id
    st.session_state.kept_said = f"Kept: {clipped(plan.name, 60)}."


def _written(plans: Iterable[KeptPlan]) -> bytes:
    return write_plans(plans).encode()


def _list(desk: Desk) -> None:
    found = kept()
    for sentence in (found.problem, *found.faults[:TOLD], st.session_state.get("kept_said", "")):
        if sentence:
            st.markdown(plain(sentence))
    for plan in found.plans:
        _one(desk, plan)
    gone: KeptPlan | None = st.session_state.get("kept_gone")
    if gone is not None:
        st.button(f"Bring back {plain(clipped(gone.name, 40))}", key="kept-back", on_click=_brought_back)
    if found.plans:
        download.button("All in one file", partial(_written, found.plans), FILE, "application/json", "kept-all")
    key = f"kept-file-{st.session_state.get('kept_files', 0)}"
    st.file_uploader(
        "Bring plans back from a file", type=["json"], max_upload_size=MEGABYTES, key=key, on_change=_read, args=(key,)
    )
    st.caption(HOLDS)


def _one(desk: Desk, plan: KeptPlan) -> None:
    name = plain(clipped(plan.name, 60))
    with st.container(horizontal=True, vertical_alignment="bottom", gap="xsmall", key=f"kept-{plan.id}"):
        key = f"kept-name-{plan.id}-{crc32(plan.name.encode())}"
        st.text_input(
            f"Name of {name}",
            plan.name,
            max_chars=200,
            key=key,
            label_visibility="collapsed",
            on_change=_renamed,
            args=(plan, key),
        )
        st.button("Open", key=f"kept-open-{plan.id}", on_click=_opened, args=(plan,), help=f"Open {name}")
        st.button("Delete", key=f"kept-delete-{plan.id}", on_click=_deleted, args=(plan,), help=f"Delete {name}")


@_shown
def _opened(plan: KeptPlan) -> None:
    if plan.preset is None:
        st.session_state.kept_said = f"{plan.name} cannot be read: {plan.fault}"
        return
    store.bring(plan.preset)
    st.session_state.kept_open, st.session_state.kept_said = plan.id, f"Opened: {clipped(plan.name, 60)}."


@_shown
def _renamed(plan: KeptPlan, key: str) -> None:
    """Another title, for what is kept and for the plan on the desk where it is that one."""
    title = " ".join(str(st.session_state[key]).split())
    if plan.preset is None or not title:
        return
    try:
        put_plan(keep(plan.preset.changed(title=title), plan.id))
    except Refused as refused:
        st.session_state.kept_said = refused.sentences[0]
        return
    st.session_state.kept_said = f"Renamed: {clipped(title, 60)}."
    desk: Desk = st.session_state.desk
    there = kept_as(desk)
    if there is not None and there.id == plan.id:
        store.take(desk.view.preset.changed(title=title), "edit.title")


@_shown
def _deleted(plan: KeptPlan) -> None:
    drop_plan(plan)
    st.session_state.kept_gone, st.session_state.kept_said = plan, f"Deleted: {clipped(plan.name, 60)}."


@_shown
def _brought_back() -> None:
    gone: KeptPlan = st.session_state.kept_gone
    put_plan(gone)
    st.session_state.kept_gone, st.session_state.kept_said = None, f"Kept again: {clipped(gone.name, 60)}."


@_shown
def _read(key: str) -> None:
    """Plans from a file; one that is kept already is left alone, or becomes a plan of its own where it differs."""
    given = st.session_state.get(key)
    if given is None:
        return
    found, faults = read_plans(given.getvalue().decode("utf-8", errors="replace"))
    here = {plan.id: plan.text for plan in kept().plans}
    come = {plan.text: plan for plan in found if plan.preset is not None and plan.text not in here.values()}
    fitting = list(come.values())[: MAX_PLANS - len(here)]
    for plan in fitting:
        put_plan(plan if plan.id not in here else KeptPlan(new_id(), plan.text))
    st.session_state.kept_files = st.session_state.get("kept_files", 0) + 1
    said = f"{len(fitting)} plan{'' if len(fitting) == 1 else 's'} brought back."
    st.session_state.kept_said = " ".join([said, *(fault[:1].upper() + fault[1:] for fault in faults[:TOLD])])
