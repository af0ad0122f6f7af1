"""A rep's year as one picture that follows the finger: rows that the engine worked out ahead, drawn by the browser.

A month's result is dragged; its value is a change like any other control's when it is let go. Each month has a native
range for keys and for those who listen.
"""

from collections.abc import Mapping
from dataclasses import asdict
from hashlib import blake2b
from pathlib import Path
from typing import Any

import streamlit as st

from ui.charts.palette import Palette
from ui.components.mounting import GONE
from ui.model.year import YearView
from ui.session import fragments, store
from ui.session.received import received_event, received_number
from ui.session.years import year_of_desk

YEAR_FOLDER = Path(__file__).resolve().parent
YEAR_PICTURE = "year_picture"

_year_picture = st.components.v2.component(
    "flatline_year",
    js=GONE + (YEAR_FOLDER / "year.js").read_text(encoding="utf-8"),
    css=(YEAR_FOLDER / "year.css").read_text(encoding="utf-8"),
    isolate_styles=False,
)


def draw_year(view: YearView, words: Mapping[str, Any], alt: str, colours: Palette) -> None:
    """The picture.

    Args:
        view: the year.
        words: what is written in it, and how numbers are.
        alt: the picture in words.
        colours: of the page.
    """
    drawn = view.drawn()
    stamp = blake2b(repr((drawn["row"], drawn["names"], drawn["step"])).encode(), digest_size=8).hexdigest()
    st.session_state.year_drawn = (stamp, view.count, view.positions, view.step)
    data = {"year": drawn, "words": dict(words), "alt": alt, "colours": asdict(colours), "stamp": stamp}
    _year_picture(data=data, key=YEAR_PICTURE, on_released_change=_on_release)


def _on_release() -> None:
    """A month was let go; not where another year has come in between, and nothing that a browser makes up."""
    told = received_event(YEAR_PICTURE, "released")
    stamp, count, positions, step = st.session_state.get("year_drawn", ("", 0, 0, 1.0))
    if not isinstance(told, Mapping) or told.get("stamp") != stamp:
        return
    month, position = (received_number(told.get(name)) for name in ("month", "position"))
    if month is None or position is None or month not in range(count) or not 0 <= position <= positions:
        return
    view = year_of_desk(st.session_state.desk)
    if view.kpi is None or view.count != count:
        return
    months = [float(x) for x in view.case.people.results[0, :, view.case.place]]
    months[int(month)] = round(round(position) * step, 9)
    store.change_term(f"rep_year.{view.kpi.id}", tuple(months))
    fragments.follow_change("year")
