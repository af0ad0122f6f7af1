"""What leaves the page: the link and its code, the report, the payout table, the plan file, the plan in plain words.

All of it costs nothing until it is asked for: the popover and the drawer draw when they are open, and a file is made
when it is clicked.
"""

import re
from collections.abc import Callable
from datetime import date, datetime
from functools import partial
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import streamlit as st

from calc.documents import link, planfile
from calc.documents.link import View
from ui.components import clipboard, download
from ui.number_format import Formats
from ui.report import page, qr, table
from ui.report.markup import telling
from ui.report.plan_in_words import told
from ui.session import store
from ui.session.workspace import Desk

KEY, ROOM = "share", "share-room"
HOLDS = (
    "Opens exactly this plan, as it is on the screen. It holds no names of people and no uploaded pay; "
    "whoever has the link has the plan."
)
TOO_LONG = "This plan is too large for a link that can be read back. Send the plan file instead."
NO_CODE = "This link is too long for a code that a camera reads across a room. Copy it, or send the plan file."
FILES = "The report is one file with pictures, findings and the plan in words. It opens without a network, and prints."
REPORT = "Pictures, findings and the plan in words, in one file to read and to print."
PAYOUTS = "What is paid along every measure, for a spreadsheet."
PLAN = "The plan itself, to keep, to compare line by line, or to open here again."
TALL = 98
"""Of the address, where it is long [px]."""
SHORT = 240
"""Characters of an address that is shown in full."""
FRAME = "~/+/"
"""What Community Cloud puts behind the address of the frame that the app runs in."""


def share(desk: Desk, formats: Formats) -> None:
    """The popover, and what it opens."""
    with st.popover("Share", key=KEY, on_change="rerun") as popover:
        if popover.open:
            with st.container(key="share-body", gap="small"):
                _link()
                _files(desk, formats)
    if st.session_state.pop(ROOM, False):
        _large()


def address(place: str | None, query: str) -> str:
    """The whole address of a query, from the address of the page.

    >>> address("https://example.org/app", "?preset=sound-plan")
    'https://example.org/app?preset=sound-plan'
    """
    page = (place or "").removesuffix(FRAME)
    return f"{page}{'' if page.count('/') > 2 else '/'}{query}"


def _link() -> None:
    query = store.query()
    if link.too_long(query) is not None:
        st.warning(TOO_LONG)
        return
    whole = address(st.context.url, query)
    clipboard.button("Copy link", whole, key="copy-link")
    st.code(whole, language=None, wrap_lines=True, height="content" if len(whole) <= SHORT else TALL)
    code = qr.drawn(whole)
    if code is None:
        st.caption(HOLDS)
        st.caption(NO_CODE)
        return
    left, right = st.columns([1, 1.25], gap="small", vertical_alignment="center")
    left.image(code, width="stretch", alt="QR code of the link")
    right.caption(HOLDS)
    right.button("Show it to the room", key="large-code", width="stretch", on_click=_to_the_room)


def _to_the_room() -> None:
    """The code takes the place of the popover."""
    st.session_state[KEY] = False
    st.session_state[ROOM] = True


@st.dialog("Scan to open this plan", width="medium")
def _large() -> None:
    code = qr.drawn(address(st.context.url, store.query()))
    if code is not None:
        with st.container(key="large-code-body"):
            st.image(code, width="stretch", alt="QR code of the link")


def _files(desk: Desk, formats: Formats) -> None:
    """The three files, each made when it is clicked."""
    view, day = desk.view, today(st.context.timezone)
    whole, name = address(st.context.url, store.query()), file_name(view)
    report_name = f"{name}-{day:%Y-%m-%d}.html"
    with st.container(horizontal=True, gap="xsmall", key="files"):
        _file("Report", report(view, formats, whole, day), report_name, "text/html", REPORT)
        _file("Payout table", payouts(view), f"{name}-payouts.csv", "text/csv", PAYOUTS)
        _file("Plan file", document(view), f"{name}.toml", "application/toml", PLAN)
    st.caption(FILES)


def report(view: View, formats: Formats, address: str, day: date) -> Callable[[], bytes]:
    """Makes the report of a view."""
    return lambda: page.page(view, formats, address, day).encode()


def payouts(view: View) -> Callable[[], bytes]:
    """Makes the payout table of a view."""
    return partial(table.csv_of, view.preset.plan, view.at)


def document(view: View) -> Callable[[], bytes]:
    """Makes the plan file of a view."""
    return lambda: planfile.dumps(view.preset).encode()


def _file(label: str, data: Callable[[], bytes], name: str, mime: str, told: str) -> None:
    key = f"download-{label.lower().replace(' ', '-')}"
    download.button(label, data, name, mime, key, told)


def file_name(view: View) -> str:
    """A file's name from a plan's own: letters, digits and dashes.

    >>> from calc.documents import planfile
    >>> file_name(View(planfile.load("sound-plan"), "sound-plan"))
    'flatline-sound-plan'
    """
    words = re.findall(r"[a-z0-9]+", (view.base or view.preset.title or "plan").lower())
    return "-".join(["flatline", *words])[:60].rstrip("-")


def today(zone: str | None) -> date:
    """The day it is where the reader is."""
    try:
        return datetime.now(ZoneInfo(zone or "UTC")).date()
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return datetime.now(ZoneInfo("UTC")).date()


def in_words(desk: Desk, formats: Formats) -> None:
    """The plan in plain language, one click away."""
    label = "The plan as you would tell it to a rep"
    with st.expander(label, key=f"drawer-{desk.name}-told", on_change="rerun") as drawer:
        if drawer.open:
            st.html(f'<article class="told">{telling(told(desk.plan, formats), 2)}</article>')
