"""The picture that moves while it is dragged: one component that stays, around the plotly.js of the plotly package.

The page hands it a figure and handles. When a handle is taken hold of, a fragment of its own draws the rows that it may
need (`ui.charts.sweep`), and the page itself rests. When it is let go, its value is a change like any other control's.
Where the script cannot be had, or fails, the session goes on with a picture that stands still.
"""

import json
import logging
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass
from hashlib import blake2b
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl

import streamlit as st

from ui.charts.axes import Stage
from ui.charts.drag_frames import sweep_rows
from ui.charts.figure import stage_figure
from ui.charts.handles import Handle
from ui.components.live import script
from ui.components.mounting import GONE
from ui.session import fragments, store
from ui.session.people import choose_person, people_stamp
from ui.session.received import received_event, received_number, received_size, received_text
from ui.text.team import live_figures, live_table

LIVE_FOLDER = Path(__file__).resolve().parent
PICTURE, SWEEP = "live_picture", "live_sweep"
LIVE_SIZES = (200.0, 4000.0)
"""The least and most [px] that a browser is believed."""
PICTURE_SCRIPTS = ("handle", "paper", "lane", "people", "picture")
"""The parts of the picture's script, in order."""
MAX_LOGGED_LETTERS = 300
"""Letters of what a browser says that go into the log."""
SENT_DECIMALS = 9
"""Decimals of a value that a handle sends, as of every control's."""
EVER = True
"""In place of a plan: the live picture can be had for none."""
_logger = logging.getLogger("flatline")


def _read_text(name: str) -> str:
    return (LIVE_FOLDER / name).read_text(encoding="utf-8")


_picture = st.components.v2.component(
    "flatline_picture",
    js=GONE + "".join(_read_text(f"{name}.js") for name in PICTURE_SCRIPTS),
    css=_read_text("picture.css"),
    isolate_styles=False,
)
_sweep = st.components.v2.component("flatline_sweep", js=GONE + _read_text("sweep.js"))


@dataclass(frozen=True)
class Shown:
    """A picture on the screen: its stage and figure, its handles, and by path what their rows hang on."""

    stage: Stage
    figure: dict[str, Any]
    handles: tuple[Handle, ...]
    stamps: Mapping[str, str]


def can_be_live() -> bool:
    """Whether the picture can be a live one: the script is at its place, and the browser could use it for this plan."""
    failed = st.session_state.get("live_failed")
    return script.script_address() is not None and (
        failed is None or failed not in (EVER, st.session_state.desk.seeded)
    )


def ready_picture(stage: Stage, handles: tuple[Handle, ...], query: str = "") -> Shown:
    """A picture that can be shown.

    Args:
        stage: what is drawn.
        handles: what can be taken hold of.
        query: the link of what is drawn, which tells rows that are out of date.
    """
    fields = sorted(parse_qsl(query[1:], keep_blank_values=True))
    return Shown(
        stage, stage_figure(stage), handles, {handle.path: _handle_stamp(stage, handle, fields) for handle in handles}
    )


def show_live(
    shown: Shown, alt: str, wide: tuple[float, float] | None = None, ahead: Callable[[str, float], None] | None = None
) -> None:
    """The picture, in a container of fixed height.

    Args:
        shown: what is shown.
        alt: the picture in words.
        wide: the size [px] that it is drawn in and enlarged from; none where it is drawn as large as it is.
        ahead: works out what letting go of a handle would show; called while one rests in a hand.
    """
    st.session_state.live_paths = [handle.path for handle in shown.handles]
    data = {
        "script": script.script_address(),
        "figure": shown.figure,
        "alt": alt,
        "lane": "Handles on the axis",
        "handles": [_handle_data(shown, handle) for handle in shown.handles],
        "answered": st.session_state.get("live_turn", 0),
        "plan": st.session_state.desk.seeded,
        "wide": wide,
        "people": _people_data(shown.stage),
        "conduct": _conduct_data(shown.stage),
    }
    _picture(
        data=data,
        key=PICTURE,
        height="stretch",
        on_released_change=_on_release,
        on_failed_change=_on_failure,
        on_pointed_change=_on_point,
    )
    _draw_rows(shown, ahead)


def _people_data(stage: Stage) -> dict[str, Any] | None:
    """The figures of the people as the browser needs them; none where no people are looked at."""
    if stage.people is None or stage.live is None:
        return None
    figures = live_figures(stage.people, stage.live, stage.formats)
    return {"heads": [one.label for one in figures], "told": live_table(stage.people, stage.live, stage.formats)}


def _conduct_data(stage: Stage) -> dict[str, Any] | None:
    """What people do as the browser needs it; none where nobody asks for it."""
    conduct = stage.conduct
    if conduct is None:
        return None
    from ui.text.behaviour.live import LIVE_HEADS, live_bands  # loads the effort model

    told = live_bands(conduct.rest, conduct.rest, conduct.behaved.axis, stage.formats)
    return {"heads": list(LIVE_HEADS), "told": [list(cell) for cell in told]}


def _handle_data(shown: Shown, handle: Handle) -> dict[str, Any]:
    """A handle as the browser needs it."""
    names = ("path", "word", "name", "says", "first", "step", "count", "place", "stride", "near", "far", "every")
    told = {name: getattr(handle, name) for name in names}
    told |= {"now": round(min(max(handle.here, 0), handle.count)), "at": handle.place + handle.here * handle.stride}
    return told | {"colour": _handle_colour(shown.stage, handle), "stamp": shown.stamps[handle.path]}


def _handle_colour(stage: Stage, handle: Handle) -> str:
    colours = stage.colours
    return {"floor": colours.zero_text, "ceiling": colours.flat_text, "you": colours.text}.get(
        handle.word, colours.quiet
    )


def _handle_stamp(stage: Stage, handle: Handle, fields: Sequence[tuple[str, str]]) -> str:
    """What the rows of a handle hang on: all that is on the screen but its own value, which they run through.

    The rows of a target are drawn on its axis, those of a weight share out what it leaves: they hang on it as well.

    Args:
        fields: the parts of the link of what is on the screen, in order.
    """
    itself = handle.path.endswith((".target", ".weight"))
    told = [field for field in fields if field[0] != handle.path or itself]
    axis = (told, stage.low, stage.high, stage.formats, stage.colours.page, stage.scene.along, handle.drawn)
    seen = (*axis, stage.lit, stage.past, people_stamp(), stage.conduct is None)
    return blake2b(repr(seen).encode(), digest_size=8).hexdigest()


@st.fragment
def _draw_rows(shown: Shown, ahead: Callable[[str, float], None] | None) -> None:
    """Draws the rows that a handle has asked for, and works out what it would be answered where it rests."""
    if not fragments.parts_settled():  # a browser sends two moves of one moment together, as if both were this one's
        st.rerun()
    asked, rests = (st.session_state.pop(name, None) for name in ("live_asked", "live_rests"))
    data = None if asked is None else _sweep_bytes(shown, asked)
    _sweep(data=data, key=SWEEP, on_wanted_change=_on_wanted, on_rests_change=_on_rest)
    if rests is not None and ahead is not None:
        ahead(*rests)


def _sweep_bytes(shown: Shown, asked: Any) -> bytes | None:
    path, size, around = _read_fields(asked, "path", "size", "around")
    handle = next((handle for handle in shown.handles if handle.path == path), None)
    drawn_in, middle = received_size(size, *LIVE_SIZES), received_number(around)
    if handle is None or drawn_in is None:
        return None
    rows = sweep_rows(shown.stage, handle, drawn_in, shown.handles, None if middle is None else round(middle))
    told = {**asdict(rows), "path": path, "stamp": shown.stamps[handle.path]}
    return json.dumps(told, separators=(",", ":")).encode()


def _on_wanted() -> None:
    st.session_state.live_asked = received_event(SWEEP, "wanted")


def _on_rest() -> None:
    st.session_state.live_rests = _read_move(received_event(SWEEP, "rests"))


def _on_release() -> None:
    """A handle was let go: a change like any other control's; not where another plan has come in between."""
    asked = received_event(PICTURE, "released")
    (turn, plan), move = _read_fields(asked, "turn", "plan"), _read_move(asked)
    if isinstance(turn, int):
        st.session_state.live_turn = turn
    if move is not None and plan == st.session_state.desk.seeded:
        store.change_term(*move)
        fragments.follow_change("picture")


def _on_point() -> None:
    """Somebody's dot was clicked; whether there is somebody at that place is for those to say who tell of them."""
    person, plan = _read_fields(received_event(PICTURE, "pointed"), "person", "plan")
    if isinstance(person, int) and plan == st.session_state.desk.seeded:
        choose_person(person)
        fragments.follow_change("team")


def _read_move(asked: Any) -> tuple[str, float] | None:
    """The handle and the value that a browser tells of; none where it is no handle of this picture, or no number."""
    path, said = _read_fields(asked, "path", "value")
    value = received_number(said)
    if path not in st.session_state.get("live_paths", ()) or value is None:
        return None
    return path, round(value, SENT_DECIMALS)


def _read_fields(told: Any, *names: str) -> tuple[Any, ...]:
    """What a browser tells under these names; nothing where it tells something else altogether."""
    return tuple(told.get(name) if isinstance(told, Mapping) else None for name in names)


def _on_failure() -> None:
    lost, says = _read_fields(received_event(PICTURE, "failed"), "lost", "says")
    told = repr(received_text(says, 10 * MAX_LOGGED_LETTERS))[
        :MAX_LOGGED_LETTERS
    ]  # a browser says it, and the log takes nobody's lines
    _logger.warning("the live picture gave way to a still one: %s", told)
    st.session_state.live_failed = EVER if lost else st.session_state.desk.seeded
