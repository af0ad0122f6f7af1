"""Plan A, pinned, beside the plan that is gone on with: the button, the line that says which is which, the panel."""

import html

import streamlit as st

from calc.documents.link import View
from ui.charts.axes import Stage
from ui.compare.pairs import pinned_pair, view_title
from ui.compare.panel import compare_panel
from ui.compare.verdict import along_axis
from ui.number_format import Formats
from ui.session import store
from ui.session.workspace import Desk


def pin_button(desk: Desk) -> None:
    """Pins the plan on the screen."""
    told = "Keep this plan as plan A, change it or choose another, and see who gains and who loses."
    st.button("Compare", key="compare", on_click=store.pin_plan, disabled=desk.view.against is not None, help=told)


def pinned_line(desk: Desk) -> None:
    """Which plan is A and which is B, over the picture, as long as one is pinned."""
    pair, other = pinned_pair(desk), desk.view.against
    if pair is None or other is None:
        return
    with st.container(horizontal=True, vertical_alignment="center", wrap=False, key="pinned", gap="small"):
        titled = pair.same or not pair.comparable
        st.html(f'<p class="pinned">{_line_name("a", other, titled)}{_own_line(desk.view, other, titled)}</p>')
        with st.container(horizontal=True, horizontal_alignment="right", width="content", gap="xsmall", wrap=False):
            st.button(
                "Swap", key="swap", on_click=store.exchange_plans, help="Plan A becomes plan B, and plan B plan A."
            )
            st.button("Pin this as A", key="pin-this", on_click=store.pin_plan, disabled=_same_view(desk.view, other))
            st.button("End comparison", key="unpin", on_click=store.unpin_plan)


def _line_name(which: str, view: View, titled: bool) -> str:
    """Which line is which; the plan's title too, where the head of the comparison does not tell it."""
    title = f" {html.escape(view_title(view))}" if titled else ""
    return f'<span class="{which}"><b>Plan {which.upper()}</b>{title}</span>'


def _own_line(view: View, other: View, titled: bool) -> str:
    if _same_view(view, other):
        return '<span class="b"><b>Plan B</b> the same so far: change something, or choose another plan</span>'
    return _line_name("b", view, titled)


def _same_view(view: View, other: View) -> bool:
    return view.preset.same_terms(other.preset)


def compare_pinned(desk: Desk, stage: Stage, formats: Formats) -> None:
    """The panel, as long as a plan is pinned and there is another one beside it."""
    pair = pinned_pair(desk)
    if pair is None or pair.same:
        return
    with st.container(key="against"):
        compare_panel(
            pair, stage, formats, f"{desk.name}-pinned", () if pair.comparable else along_axis(pair, stage, formats)
        )
