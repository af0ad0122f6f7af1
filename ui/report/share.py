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
from ui.model.team import TeamView
from ui.number_format import Formats
from ui.report import page, qr, table
from ui.report.markup import plan_html
from ui.report.words.plan_in_words import plan_in_words
from ui.report.words.year_rules import year_part
from ui.session import store
from ui.session.people import people_desk, people_open
from ui.session.workspace import Desk

SHARE_KEY, SHOW_ROOM, TICK_KEY = "share", "share-room", "share-people"
SHARE_HINT = (
    "Opens exactly this plan, as it is on the screen. It holds no names of people and no uploaded pay; "
    "whoever has the link has the plan."
)
TOO_LONG = "This plan is too large for a link that can be read back. Send the plan file instead."
NO_CODE = "This link is too long for a code that a camera reads across a room. Copy it, or send the plan file."
FILES = "The report is one file with pictures, findings and the plan in words. It opens without a network, and prints."
REPORT = "Pictures, findings and the plan in words, in one file to read and to print."
PAYOUTS = "What is paid along every measure, for a spreadsheet."
PLAN_MIME = "The plan itself, to keep, to compare line by line, or to open here again."
TALL_CODE = 98
"""Of the address, where it is long [px]."""
SHORT_ADDRESS = 240
"""Characters of an address that is shown in full."""
NO_PEOPLE = "The link leaves out the people that the plan names, so what is said about them is not on its screen."
FRAME = "~/+/"
"""What Community Cloud puts behind the address of the frame that the app runs in."""


def share_popover(desk: Desk, formats: Formats) -> None:
    """The popover, and what it opens."""
    with st.popover("Share", key=SHARE_KEY, on_change="rerun") as popover:
        if popover.open:
            with st.container(key="share-body", gap="small"):
                _link_panel()
                _file_buttons(desk, formats)
    if st.session_state.pop(SHOW_ROOM, False):
        _large_code()


def full_address(place: str | None, query: str) -> str:
    """The whole address of a query, from the address of the page.

    >>> full_address("https://example.org/app", "?preset=sound-plan")
    'https://example.org/app?preset=sound-plan'
    """
    page = (place or "").removesuffix(FRAME)
    return f"{page}{'' if page.count('/') > 2 else '/'}{query}"


def _link_panel() -> None:
    query = store.query_of()
    if link.too_long(query) is not None:
        st.warning(TOO_LONG)
        return
    desk: Desk = st.session_state.desk
    if desk.view.base is None and desk.view.preset.reps:
        st.caption(NO_PEOPLE)
    whole = full_address(st.context.url, query)
    clipboard.copy_button("Copy link", whole, key="copy-link")
    st.code(whole, language=None, wrap_lines=True, height="content" if len(whole) <= SHORT_ADDRESS else TALL_CODE)
    code = qr.draw_code(whole)
    if code is None:
        st.caption(SHARE_HINT)
        st.caption(NO_CODE)
        return
    left, right = st.columns([1, 1.25], gap="small", vertical_alignment="center")
    left.image(code, width="stretch", alt="QR code of the link")
    right.caption(SHARE_HINT)
    right.button("Show it to the room", key="large-code", width="stretch", on_click=_to_the_room)


def _to_the_room() -> None:
    """The code takes the place of the popover."""
    st.session_state[SHARE_KEY] = False
    st.session_state[SHOW_ROOM] = True


@st.dialog("Scan to open this plan", width="medium")
def _large_code() -> None:
    code = qr.draw_code(full_address(st.context.url, store.query_of()))
    if code is not None:
        with st.container(key="large-code-body"):
            st.image(code, width="stretch", alt="QR code of the link")


def _file_buttons(desk: Desk, formats: Formats) -> None:
    """The three files, each made when it is clicked."""
    view, day = desk.view, today_in(st.context.timezone)
    whole, name = full_address(st.context.url, store.query_of()), file_name(view)
    report_name = f"{name}-{day:%Y-%m-%d}.html"
    people = _ticked_people(desk)
    with st.container(horizontal=True, gap="xsmall", key="files"):
        _file_button("Report", make_report(view, formats, whole, day, people), report_name, "text/html", REPORT)
        _file_button("Payout table", make_payouts(view), f"{name}-payouts.csv", "text/csv", PAYOUTS)
        _file_button("Plan file", make_document(view), f"{name}.toml", "application/toml", PLAN_MIME)
    st.caption(FILES)


def _ticked_people(desk: Desk) -> TeamView | None:
    """The people who are looked at, where somebody has ticked that the report tells of them."""
    if not people_open():
        return None
    from ui.session.team_at_hand import team_at_hand

    ticked = st.checkbox("Tell of the people in the report", key=TICK_KEY)
    return team_at_hand(desk).view if ticked else None


def make_report(
    view: View, formats: Formats, address: str, day: date, people: TeamView | None = None
) -> Callable[[], bytes]:
    """Makes the report of a view, with the people where they are given, and no names where those are hidden."""
    return lambda: page.report_page(view, formats, address, day, people, hidden=people_desk().hidden).encode()


def make_payouts(view: View) -> Callable[[], bytes]:
    """Makes the payout table of a view."""
    return partial(table.csv_of, view.preset.plan, view.at)


def make_document(view: View) -> Callable[[], bytes]:
    """Makes the plan file of a view."""
    return lambda: planfile.dumps(view.preset).encode()


def _file_button(label: str, data: Callable[[], bytes], name: str, mime: str, told: str) -> None:
    key = f"download-{label.lower().replace(' ', '-')}"
    download.button(label, data, name, mime, key, told)


def file_name(view: View) -> str:
    """A file's name from a plan's own: letters, digits and dashes.

    >>> from calc.documents import planfile
    >>> file_name(View(planfile.load_preset("sound-plan"), "sound-plan"))
    'flatline-sound-plan'
    """
    words = re.findall(r"[a-z0-9]+", (view.base or view.preset.title or "plan").lower())
    return "-".join(["flatline", *words])[:60].rstrip("-")


def today_in(zone: str | None) -> date:
    """The day it is where the reader is."""
    try:
        return datetime.now(ZoneInfo(zone or "UTC")).date()
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return datetime.now(ZoneInfo("UTC")).date()


def day_in_words(desk: Desk, formats: Formats) -> None:
    """The plan in plain language, one click away."""
    label = "The plan as you would tell it to a rep"
    with st.expander(label, key=f"drawer-{desk.name}-told", on_change="rerun") as drawer:
        if drawer.open:
            told = (*plan_in_words(desk.plan, formats), *year_part(desk.view.preset, formats))
            st.html(f'<article class="told">{plan_html(told, 2)}</article>')
