"""The plan as a file: start from nothing, open one, keep one. A file that is refused changes nothing."""

import re
import unicodedata
from functools import partial

import streamlit as st

from calc.documents import planfile
from calc.documents.planfile import Preset
from calc.edit import structure
from calc.plan.errors import Refused
from calc.plan.visible_text import visible_text
from ui.components import download
from ui.editor.sheet import begin_plan
from ui.number_format import clip_name
from ui.session import store
from ui.session.workspace import Desk
from ui.text.words import plain_markdown

MAX_FAULTS_SHOWN = 5
"""Faults of a file that are told at once."""
MAX_PLAN_MB = 1


def file_buttons(desk: Desk) -> None:
    """Three buttons."""
    st.button("Start from blank", key="edit-blank", on_click=_begin_blank)
    with st.popover("Open a file", key=f"edit-open-{st.session_state.get('edit_opened', 0)}"):
        _open_panel()
    download.button(
        "Download",
        partial(_plan_text, desk.view.preset),
        plan_file_name(desk.view.preset),
        "application/toml",
        "edit-download",
        "The plan as a file that opens here and on the command line",
    )


def _begin_blank() -> None:
    begin_plan(structure.blank_plan(st.session_state.desk.plan.currency))


def _plan_text(preset: Preset) -> bytes:
    return planfile.dumps(preset).encode()


def plan_file_name(preset: Preset) -> str:
    """A name that every system takes.

    >>> plan_file_name(structure.blank_plan())
    'a-new-plan.toml'
    """
    plain_title = unicodedata.normalize("NFKD", preset.title.casefold()).encode("ascii", "ignore").decode()
    return f"{re.sub('[^a-z0-9]+', '-', plain_title).strip('-')[:60].strip('-') or 'plan'}.toml"


def _open_panel() -> None:
    key = f"edit-upload-{st.session_state.get('edit_opened', 0)}"
    st.file_uploader(
        "A plan file (.toml)", type=["toml"], max_upload_size=MAX_PLAN_MB, key=key, on_change=_take_upload, args=(key,)
    )
    for sentence in st.session_state.get("edit_file", ())[:MAX_FAULTS_SHOWN]:
        st.markdown(f":red[{plain_markdown(sentence)}]")
    if len(st.session_state.get("edit_file", ())) > MAX_FAULTS_SHOWN:
        st.markdown(f":red[and {len(st.session_state.edit_file) - MAX_FAULTS_SHOWN} more]")
    st.caption("It replaces what is on the screen; Undo brings that back. It is read here and kept nowhere.")


def _take_upload(key: str) -> None:
    """A file that came, put on the desk; where it is refused, its faults are kept and nothing changes."""
    given = st.session_state.get(key)
    st.session_state.edit_file = ()
    if given is None:
        return
    try:
        preset = planfile.read_plan_file(given.getvalue(), given.name)
    except Refused as refused:
        st.session_state.edit_file = refused.sentences
        return
    st.session_state.edit_opened = st.session_state.get("edit_opened", 0) + 1
    store.bring_preset(preset)
    st.session_state.sheet_untyped = set()
    st.session_state.kept_open = None
    st.toast(f"Opened: {plain_markdown(clip_name(preset.title or visible_text(given.name), 80))}")
