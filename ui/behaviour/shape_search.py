"""The search over shapes on the page: what a shape may look like, a bar while it runs, and what it has found."""

import html
from collections.abc import Mapping

import streamlit as st

from calc.behaviour.axis import Axis
from calc.behaviour.search import SearchFound
from calc.behaviour.shapes import SearchLimits
from ui.charts.conduct_bars import BARS_WIDTH, gain_bars
from ui.charts.palette import palette_of
from ui.model.conduct import Portrait
from ui.number_format import Formats
from ui.session.searches import ShapeSearch, current_search, start_search, stop_search
from ui.text.behaviour import shapes as words
from ui.text.html_table import html_table

SEARCH_BEAT = 0.2
"""Between two looks of the page at a search that runs [s]."""
SEARCH_PART = "shape-search"
DEFAULTS = SearchLimits()


def draw_search(portrait: Portrait, formats: Formats) -> None:
    """The search, of a plan that is read along results that count from zero."""
    if not portrait.axis.from_zero:
        return
    with st.expander("Look for a better shape", key="drawer-shapes", on_change="rerun", type="compact") as opened:
        if opened.open:
            st.html(f'<p class="small">{html.escape(words.SEARCH_ABOUT)}</p>')
            _draw_limits(portrait)
            _follow(portrait, formats)


def _draw_limits(portrait: Portrait) -> None:
    """What a shape may look like, what it may cost, and the button that starts."""
    with st.grid(3, min_column_width=200, gap="medium"):
        floors = st.slider("Pay begins between", 0.0, 1.0, DEFAULTS.floors, 0.05, "percent", key="shapes-floors")
        ceilings = st.slider("A ceiling between", 1.1, 4.0, DEFAULTS.ceilings, 0.1, "percent", key="shapes-ceilings")
        share = st.slider("Full cost, of today's", 0.7, 1.3, 1.0, 0.01, "percent", key="shapes-budget")
    jumps = st.toggle("Allow a jump where pay begins", False, key="shapes-jumps", help=JUMPS_HELP)
    limits = SearchLimits(floors=(min(floors[0], 0.95), min(floors[1], 0.95)), ceilings=ceilings, jumps=jumps)
    st.button(
        "Search", key="shapes-start", on_click=_start, args=(portrait, portrait.at, limits, share), width="content"
    )


JUMPS_HELP = "Left out unless asked for: the field does not bear out what the model says of jumps."


def _start(portrait: Portrait, at: Mapping[str, float], limits: SearchLimits, share: float) -> None:
    start_search(portrait.preset, at, limits, share)


def _follow(portrait: Portrait, formats: Formats) -> None:
    """The search as far as it is: looked at again and again while it runs."""
    search = current_search(portrait.preset)
    if search is None:
        return
    if search.running:
        st.fragment(_draw_running, key=SEARCH_PART, run_every=SEARCH_BEAT)(search, formats)
    elif search.found is not None:
        _draw_found(search.found, portrait.axis, formats)


def _draw_running(search: ShapeSearch, formats: Formats) -> None:
    """The next few shapes, and how far it is; once it has ended, the page is drawn with what it has found."""
    if search.running:
        search.advance()
    if not search.running:
        st.rerun()
    done = 0.0 if search.found is None else search.found.done
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        st.progress(done, f"Tried {formats.share(round(done, 2))} of the shapes", width="stretch")
        st.button("Stop", key="shapes-stop", on_click=stop_search, width="content")


def _draw_found(found: SearchFound, axis: Axis, formats: Formats) -> None:
    parts = [words.search_sentence(found, formats), words.left_out_sentence(found, formats)]
    st.html("".join(f"<p>{html.escape(part)}</p>" for part in parts if part))
    if not found.best:
        return
    drawing = gain_bars([one.gain for one in found.best], found.bound.high, palette_of(st.context.theme.type), formats)
    st.image(drawing, alt=words.search_sentence(found, formats), width=BARS_WIDTH)
    told = words.shapes_table(found, axis, formats)
    st.html(html_table(told.heads, told.rows, "rows conduct"))
