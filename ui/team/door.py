"""The door for people's files: bring them, see what they were read as, change it, answer what they leave open.

Nothing that was brought or answered is lost by a fault: what cannot be used is said, and what was there stays.
"""

from functools import partial

import streamlit as st

from calc.tables.people import PeopleRead
from calc.tables.sheets.match import MATCH_SHAPES, map_text
from calc.tables.sheets.questions import BadRow, Question, lines_in_words
from calc.tables.template import template_text
from ui.components import download
from ui.model.person_name import clip_person
from ui.session import fragments
from ui.session import people as held
from ui.session.people import BroughtFiles, PeopleDesk
from ui.session.workspace import Desk
from ui.text.html_table import html_table
from ui.text.people_files import SHAPE_WORDS, first_rows, read_in_words, role_words
from ui.text.words import plain_markdown

UPLOAD_MB = 20
"""The largest file of people [MB]."""
TYPES = ["csv", "tsv", "txt", "xlsx", "parquet", "toml"]
MAX_BAD_ROWS = 500
"""Rows that cannot be used, which are listed; a file names all of them."""
MAX_FILE_FAULTS = 5
MAX_COLUMNS_CHANGED = 60
"""Columns of a file whose meaning can be changed by hand on the page."""
HINT = (
    "CSV, Excel or Parquet, as it was exported: a row for every person, for every person and measure, or for every "
    "deal; targets and results may stand in two files. A saved match (.toml) opens the next export without a question. "
    "It is read here, in this session alone, and is in no link."
)


def changed() -> None:
    """Draws what hangs on people anew, after they were changed in a callback."""
    fragments.follow_change("team")


def no_people(desk: Desk) -> None:
    """What to bring, where nobody has brought anybody yet."""
    with st.container(horizontal=True, gap="xsmall", vertical_alignment="center", key="people-door"):
        _bring_popover(desk, "Bring a file of your people")
        st.button("Try a made-up team", key="people-example", on_click=_take_example)
        _template_button(desk)
    _say_faults(held.people_desk())


def door_of(desk: Desk, known: PeopleDesk, read: PeopleRead | None) -> None:
    """Who was brought, with the ways to change that; what is open, and what was left out.

    Args:
        desk: the plan.
        known: what the session knows of people.
        read: what the files say; None where they cannot be read for this plan.
    """
    brought = known.brought
    assert brought is not None
    with st.container(horizontal=True, gap="xsmall", vertical_alignment="center", key="people-door"):
        _bring_popover(desk, "Bring other files")
        st.button("Forget these people", key="people-forget", on_click=_forget)
    _say_faults(known)
    if read is None:
        return
    st.html(f'<p class="small">{_summary(read, brought)}</p>')
    _ask_all(read, known)
    _match_drawer(desk, read, known)
    _bad_rows(read)


def _summary(read: PeopleRead, brought: BroughtFiles) -> str:
    """How many people were read, and which columns were not looked at."""
    import html

    told = [f"<b>{html.escape(read_in_words(read))}.</b>"]
    if brought.made_up:
        told = [f"<b>{len(read.people)} made-up people</b>, who land where the team does. Their names are nobody's."]
    if read.dropped:
        names = html.escape(", ".join(clip_person(one, 40) for one in read.dropped))
        told.append(f"Dropped unread, as they may identify people or their accounts: {names}.")
    if read.left_out:
        count = len(read.left_out)
        told.append("1 row is no person" if count == 1 else f"{count:,} rows are no people")
        told[-1] += " and is left out." if count == 1 else " and are left out."
    return " ".join(told)


def _bring_popover(desk: Desk, label: str) -> None:
    number = st.session_state.get("people_brought", 0)
    with st.popover(label, key=f"people-bring-{number}"):
        key = f"people-files-{number}"
        st.file_uploader(
            "Files of people",
            type=TYPES,
            accept_multiple_files=True,
            max_upload_size=UPLOAD_MB,
            key=key,
            on_change=_take_files,
            args=(key,),
        )
        st.caption(HINT)


def _take_files(key: str) -> None:
    given = st.session_state.get(key) or []
    if not given:
        return
    held.take_files([(one.name, one.getvalue()) for one in given], st.session_state.desk.plan)
    st.session_state.people_brought = st.session_state.get("people_brought", 0) + 1
    changed()


def _take_example() -> None:
    preset = st.session_state.desk.view.preset
    held.take_example(preset.plan, preset.team)
    changed()


def _forget() -> None:
    held.forget_people()
    changed()


def _template_button(desk: Desk) -> None:
    told = "A file with a column for the target and the result of every measure, to fill in"
    text = partial(_template_bytes, desk)
    download.button("Download a template", text, "people.csv", "text/csv", "people-template", told)


def _template_bytes(desk: Desk) -> bytes:
    return template_text(desk.plan).encode("utf-8-sig")


def _map_bytes(read: PeopleRead) -> bytes:
    return map_text(read.match).encode()


def _say_faults(known: PeopleDesk) -> None:
    for sentence in known.faults[:MAX_FILE_FAULTS]:
        st.markdown(f":red[{plain_markdown(sentence)}]")
    if len(known.faults) > MAX_FILE_FAULTS:
        st.markdown(f":red[and {len(known.faults) - MAX_FILE_FAULTS} more]")


def _ask_all(read: PeopleRead, known: PeopleDesk) -> None:
    """Every question, each with its answers; those that were answered can be answered otherwise."""
    asked = [*read.questions]
    if not asked:
        return
    with st.container(key="people-questions", gap="small"):
        waits = sum(one.suggested is None for one in asked)
        count = "1 question" if len(asked) == 1 else f"{len(asked)} questions"
        more = " What they are about is left out until they are answered." if waits else ""
        st.html(f'<h3 class="rep">{count} about the files</h3><p class="small">What can be used is used.{more}</p>')
        for n, question in enumerate(asked):
            _ask(question, f"people-ask-{known.stamp}-{n}")


def _ask(question: Question, key: str) -> None:
    words = {one.word: one.means for one in question.answers}
    place = [one.word for one in question.answers].index(question.suggested) if question.suggested in words else None
    where = f" ({lines_in_words(question.lines)})" if question.lines else ""
    st.selectbox(
        plain_markdown(f"{clip_person(question.file, 40)}{where}: {question.asks}"),
        list(words),
        index=place,
        format_func=lambda word: words[word] or word,
        key=key,
        placeholder="Choose an answer",
        on_change=_answer,
        args=(question.key, key),
    )


def _answer(question: str, key: str) -> None:
    held.answer_question(question, st.session_state.get(key), st.session_state.desk.plan)
    changed()


def _match_drawer(desk: Desk, read: PeopleRead, known: PeopleDesk) -> None:
    """The match with the first rows, to be looked at and changed."""
    with st.expander(
        "What the columns were read as", key="drawer-people-match", on_change="rerun", type="compact"
    ) as drawer:
        if not drawer.open:
            return
        with st.container(horizontal=True, gap="xsmall"):
            told = "What the columns mean and what was answered, to open the next export without a question"
            text = partial(_map_bytes, read)
            download.button("Save the match", text, "people-map.toml", "application/toml", "people-map", told)
            if known.brought is not None and known.brought.answers:
                st.button("Ask all questions again", key="people-ask-again", on_click=_ask_again)
        for n, (sheet, match) in enumerate(zip(read.sheets, read.match.files, strict=True)):
            words = role_words(desk.plan, match.columns)
            table = first_rows(sheet, match, words, known.hidden)
            st.html(f'<h3 class="rep">{plain_markdown(clip_person(sheet.name, 60))}</h3>')
            st.html(html_table(table.heads, table.rows, "rows match"))
            _shape_choice(match.shape, known, n)
            with st.grid(3, min_column_width=180, gap="small"):
                for m, heading in enumerate(sheet.headings[:MAX_COLUMNS_CHANGED]):
                    role = match.columns.get(heading, "unread")
                    taken = [one for one in match.headings(role) if one != heading]
                    _role_choice(heading, role, words, f"people-role-{known.stamp}-{n}-{m}", taken)


def _ask_again() -> None:
    held.ask_again(st.session_state.desk.plan)
    changed()


def _shape_choice(shape: str, known: PeopleDesk, n: int) -> None:
    key = f"people-shape-{known.stamp}-{n}"
    st.selectbox(
        "A row of it is",
        MATCH_SHAPES,
        index=MATCH_SHAPES.index(shape),
        format_func=lambda one: SHAPE_WORDS[one].removeprefix("a row for every "),
        key=key,
        on_change=_answer,
        args=("shape", key),
    )


def _role_choice(heading: str, role: str, words: dict[str, str], key: str, taken: list[str]) -> None:
    st.selectbox(
        plain_markdown(clip_person(heading, 40)) or "a column without a heading",
        list(words),
        index=list(words).index(role) if role in words else None,
        format_func=lambda one: words[one],
        key=key,
        on_change=_give_role,
        args=(heading, key),
    )


def _give_role(heading: str, key: str) -> None:
    role = st.session_state.get(key)
    brought = held.people_desk().brought
    if role is None or brought is None:
        return
    plan = st.session_state.desk.plan
    try:
        read = held.read_of(brought, plan)
    except ValueError:
        return
    single = role not in ("attribute", "unread", "group", "manager", "period")
    taken = [h for one in read.match.files for h in one.headings(role) if h != heading and heading in one.columns]
    held.give_role(heading, role, taken if single else (), plan)
    changed()


def _bad_rows(read: PeopleRead) -> None:
    """Every row that cannot be used, with its reason, all at once."""
    if not read.bad:
        return
    many = len(read.bad)
    label = f"{many:,} row{'s' if many > 1 else ''} or cells that cannot be used; the others count"
    with st.expander(label, key="drawer-people-bad", on_change="rerun", type="compact") as drawer:
        if drawer.open:
            rows = [[one.file, f"{one.line:,}", one.reason] for one in read.bad[:MAX_BAD_ROWS]]
            st.html(f'<div class="tall">{html_table(["File", "Line", "Why"], rows, "rows evidence")}</div>')
            download.button("Save the list", partial(_bad_bytes, read.bad), "rows.csv", "text/csv", "people-bad")


def _bad_bytes(bad: tuple[BadRow, ...]) -> bytes:
    """The list as a file for a spreadsheet, no cell of which is a formula."""
    import csv
    import io

    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(["file", "line", "reason"])
    writer.writerows([_plain(one.file), one.line, _plain(one.reason)] for one in bad)
    return out.getvalue().encode("utf-8-sig")


def _plain(text: str) -> str:
    return f"'{text}" if text[:1] in "=+-@\t\r" else text
