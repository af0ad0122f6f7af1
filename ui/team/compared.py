"""The same people under another plan: the sums, everybody by name, and the same money in another shape."""

import html

import streamlit as st

from calc.team.changes import TeamChange
from ui.analyses.change import change_bars
from ui.charts.palette import palette_of
from ui.charts.team_pictures import bar_chart
from ui.model.person_name import clip_person
from ui.model.team import TeamView
from ui.number_format import Formats
from ui.session import people as held
from ui.text.html_table import html_table

SHAPE_KEY = "drawer-people-same-money"
PIN_HINT = "Press Compare to pin a plan as A; whatever you change or choose then is set against it, on these people."


def same_money_drawer(view: TeamView, formats: Formats) -> None:
    """What would become of everybody if the change of the plan cost nothing."""
    if view.change is None or not (view.change.winners or view.change.losers) or view.preset.rank is not None:
        return
    with st.expander("The same money in another shape", key=SHAPE_KEY, on_change="rerun", type="compact") as drawer:
        if drawer.open:
            _same_money(view, formats)


def _same_money(view: TeamView, formats: Formats) -> None:
    if not view.pinned:
        st.caption(PIN_HINT)
    found: TeamChange | None = None
    with held.NamelessErrors("the same money in another shape"):
        found = view.same_money
    if found is None:
        st.html('<p class="small">No one factor on all rates makes this plan cost the same to the cent.</p>')
        return
    losers = [one for one in found.people if one.change < 0]
    says = (
        f"With one factor on all rates this plan costs these people {formats.money(found.before)}, as "
        f"{view.other_name} does, to the cent: {found.winners} are paid more, {found.losers} less, and "
        "the changes add up to 0."
    )
    st.html(f'<p class="small">{html.escape(says)}</p>')
    if not losers and not found.winners:
        return
    left, right = st.columns(2, gap="medium")
    drawing = bar_chart(change_bars(view, found.people, formats), palette_of(st.context.theme.type))
    left.image(drawing, alt=f"Who gains and who loses. {says}", width="stretch")
    rows = [
        [
            clip_person(view.shown_name(one.name)),
            formats.money(one.before),
            formats.money(one.after),
            formats.gain(one.change),
        ]
        for one in found.people
    ]
    if view.named:
        right.html(f'<div class="tall">{html_table(["", "Before", "Now", "Change"], rows, "rows named")}</div>')
