"""Plans of somebody's own: kept in this browser, opened, renamed, deleted, and carried together in one file."""

from collections.abc import Callable, Iterable
from functools import partial, wraps
from typing import Any
from zlib import crc32

import streamlit as st

from calc.messages import upper_first
from calc.plan.errors import Refused
from ui.components import download
from ui.components.browser_store import drop_plan, kept_in_browser, put_plan
from ui.editor.sheet import hear_edits
from ui.model.kept_plans import MAX_PLANS, KeptPlan, keep_plan, new_id, read_plans, write_plans
from ui.number_format import clip_name
from ui.session import fragments, store
from ui.session.workspace import Desk
from ui.text.words import plain_markdown

MAX_KEPT_MB = 2
MAX_KEPT_FAULTS = 5
"""Faults that are told at once."""
FILE = "flatline-plans.json"
KEPT_HINT = "They stay in this browser on this device, and are sent to nobody. Whoever uses this browser can see them."


def _redraw_after(act: Callable[..., None]) -> Callable[..., None]:
    """A callback after which the browser is handed what to keep, and the list is drawn anew."""

    @wraps(act)
    def shown(*args: Any) -> None:
        act(*args)
        fragments.follow_change("address", "editor")

    return shown


def kept_plans_panel(desk: Desk) -> None:
    """The button that keeps the plan, and the popover with all that are kept."""
    there = kept_as(desk)
    label = "Keep in this browser" if there is None else "Kept" if same_as_kept(desk, there) else "Keep the changes"
    st.button(label, key="kept-keep", on_click=keep_this, disabled=label == "Kept", help=KEPT_HINT)
    with st.popover("Your plans", key="kept-plans", on_change="rerun") as popover:
        if popover.open:
            _list_kept(desk)


def kept_as(desk: Desk) -> KeptPlan | None:
    """The plan that is kept of the one on the desk, where there is one."""
    name = st.session_state.get("kept_open") if desk.view.base is None else None
    return next((plan for plan in kept_in_browser().plans if plan.id == name), None)


def same_as_kept(desk: Desk, there: KeptPlan) -> bool:
    """Whether the plan on the desk is what is kept of it."""
    return there.preset is not None and there.preset.same_terms(desk.view.preset)


@_redraw_after
def keep_this() -> None:
    """Keeps the plan on the desk: what was kept of it before, or a new one."""
    hear_edits()
    desk: Desk = st.session_state.desk
    there = kept_as(desk)
    if there is None and len(kept_in_browser().plans) >= MAX_PLANS:
        st.session_state.kept_said = f"At most {MAX_PLANS} plans are kept: delete one first."
        return
    plan = keep_plan(desk.view.preset.changed(name=None), "" if there is None else there.id)
    put_plan(plan)
    if desk.view.base is not None:
        store.bring_preset(desk.view.preset.changed(name=None))
    st.session_state.kept_open = plan.id
    st.session_state.kept_said = f"Kept: {clip_name(plan.name, 60)}."


def _written(plans: Iterable[KeptPlan]) -> bytes:
    return write_plans(plans).encode()


def _list_kept(desk: Desk) -> None:
    found = kept_in_browser()
    for sentence in (found.problem, *found.faults[:MAX_KEPT_FAULTS], st.session_state.get("kept_said", "")):
        if sentence:
            st.markdown(plain_markdown(sentence))
    for plan in found.plans:
        _kept_row(desk, plan)
    gone: KeptPlan | None = st.session_state.get("kept_gone")
    if gone is not None:
        st.button(f"Bring back {plain_markdown(clip_name(gone.name, 40))}", key="kept-back", on_click=_brought_back)
    if found.plans:
        download.button("All in one file", partial(_written, found.plans), FILE, "application/json", "kept-all")
    key = f"kept-file-{st.session_state.get('kept_files', 0)}"
    st.file_uploader(
        "Bring plans back from a file",
        type=["json"],
        max_upload_size=MAX_KEPT_MB,
        key=key,
        on_change=_read_kept_file,
        args=(key,),
    )
    st.caption(KEPT_HINT)


def _kept_row(desk: Desk, plan: KeptPlan) -> None:
    name = plain_markdown(clip_name(plan.name, 60))
    with st.container(horizontal=True, vertical_alignment="bottom", gap="xsmall", key=f"kept-{plan.id}"):
        key = _name_key(plan)
        st.text_input(
            f"Name of {name}",
            plan.name,
            max_chars=200,
            key=key,
            label_visibility="collapsed",
            on_change=_rename_kept,
            args=(plan, key),
        )
        st.button("Open", key=f"kept-open-{plan.id}", on_click=_open_kept, args=(plan,), help=f"Open {name}")
        st.button("Delete", key=f"kept-delete-{plan.id}", on_click=_delete_kept, args=(plan,), help=f"Delete {name}")


@_redraw_after
def _open_kept(plan: KeptPlan) -> None:
    if plan.preset is None:
        st.session_state.kept_said = f"{plan.name} cannot be read: {plan.fault}"
        return
    store.bring_preset(plan.preset)
    st.session_state.kept_open, st.session_state.kept_said = plan.id, f"Opened: {clip_name(plan.name, 60)}."


def _name_key(plan: KeptPlan) -> str:
    """The key of the field with a plan's name: a new one with a new name, or where what was typed was refused."""
    turn = st.session_state.get("kept_names", {}).get(plan.id, 0)
    return f"kept-name-{plan.id}-{crc32(plan.name.encode())}-{turn}"


def _renew_name_key(plan: KeptPlan) -> None:
    turns = st.session_state.setdefault("kept_names", {})
    turns[plan.id] = turns.get(plan.id, 0) + 1


@_redraw_after
def _rename_kept(plan: KeptPlan, key: str) -> None:
    """Another title, for what is kept and for the plan on the desk where it is that one."""
    title = " ".join(str(st.session_state[key]).split())
    if plan.preset is None:
        return
    try:
        if not title:
            raise Refused(f"the name of a kept plan must not be empty: it is still called {clip_name(plan.name, 60)}")
        put_plan(keep_plan(plan.preset.changed(title=title), plan.id))
    except Refused as refused:
        st.session_state.kept_said = upper_first(refused.sentences[0])
        _renew_name_key(plan)
        return
    st.session_state.kept_said = f"Renamed: {clip_name(title, 60)}."
    desk: Desk = st.session_state.desk
    there = kept_as(desk)
    if there is not None and there.id == plan.id:
        store.take_preset(desk.view.preset.changed(title=title), "edit.title")


@_redraw_after
def _delete_kept(plan: KeptPlan) -> None:
    drop_plan(plan)
    st.session_state.kept_gone, st.session_state.kept_said = plan, f"Deleted: {clip_name(plan.name, 60)}."


@_redraw_after
def _brought_back() -> None:
    gone: KeptPlan = st.session_state.kept_gone
    put_plan(gone)
    st.session_state.kept_gone, st.session_state.kept_said = None, f"Kept again: {clip_name(gone.name, 60)}."


@_redraw_after
def _read_kept_file(key: str) -> None:
    """Plans from a file; one that is kept already is left alone, or becomes a plan of its own where it differs."""
    given = st.session_state.get(key)
    if given is None:
        return
    found, faults = read_plans(given.getvalue().decode("utf-8", errors="replace"))
    here = {plan.id: plan.text for plan in kept_in_browser().plans}
    come = {plan.text: plan for plan in found if plan.preset is not None and plan.text not in here.values()}
    fitting = list(come.values())[: MAX_PLANS - len(here)]
    for plan in fitting:
        put_plan(plan if plan.id not in here else KeptPlan(new_id(), plan.text))
    st.session_state.kept_files = st.session_state.get("kept_files", 0) + 1
    said = f"{len(fitting)} plan{'' if len(fitting) == 1 else 's'} brought back."
    st.session_state.kept_said = " ".join(
        [said, *(fault[:1].upper() + fault[1:] for fault in faults[:MAX_KEPT_FAULTS])]
    )
