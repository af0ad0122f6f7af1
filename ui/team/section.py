"""The team under the plan: who was brought, the analyses that matter most, one person, and what follows for quotas."""

import html

import streamlit as st

from ui.analyses.analysis import Analysis
from ui.analyses.ranking import FIRST_SHOWN, ranked_analyses
from ui.charts.palette import palette_of
from ui.model.team import TeamView
from ui.number_format import Formats
from ui.session import people as held
from ui.session.team_at_hand import team_at_hand
from ui.session.workspace import Desk
from ui.team import door
from ui.team.compared import same_money_drawer
from ui.team.moves import moves_drawer
from ui.team.person import person_card
from ui.team.quotas import quotas_drawer
from ui.team.rank import rank_section
from ui.text.html_table import html_table
from ui.text.words import plain_markdown

HIDE_KEY, MORE_KEY = "people-hide", "people-more"


def team_section(desk: Desk, formats: Formats) -> None:
    """The whole view."""
    known, found, formats = held.people_desk(), team_at_hand(desk), formats.forgetful
    if known.brought is None:
        st.html(f'<p class="small">{html.escape(_who(found.view))}</p>')
        door.no_people(desk)
    else:
        door.door_of(desk, known, found.read)
    for sentence in found.faults:
        st.markdown(f":red[{plain_markdown(sentence)}]")
    view = found.view
    if view is None:
        return
    _left_out(view)
    if view.named:
        st.toggle("Hide names", value=known.hidden, key=HIDE_KEY, on_change=_hide_names)
        person_card(view, formats)
    _analyses(view, formats)
    rank_section(view, formats)
    same_money_drawer(view, formats)
    quotas_drawer(view, formats)
    moves_drawer(view, formats)


def _who(view: TeamView | None) -> str:
    """Who is looked at where nobody was brought."""
    if view is None:
        return "Bring a file of people, or try a made-up team."
    if view.source == "plan":
        count = len(view.people)
        return f"These are the {count} people whom the plan file names. Bring a file to look at your own."
    described = "the team that is described" if view.preset.team else "a team as teams usually are"
    return f"Nobody is named yet: this is {described}, {len(view.people)} reps as they are likely to land."


def _left_out(view: TeamView) -> None:
    """Who cannot be paid, with the reason."""
    left = view.rows.team.left_out
    if left:
        told = ", ".join(f"{view_name(view, name)} ({reason})" for name, reason in left[:10])
        more = f" and {len(left) - 10} more" if len(left) > 10 else ""
        st.html(f'<p class="small">Not paid here: {html.escape(told)}{more}.</p>')


def view_name(view: TeamView, name: str) -> str:
    """A name of somebody who is not among the people, or none where names are hidden."""
    return "somebody" if view.hidden else name


def _hide_names() -> None:
    held.change_people(hidden=bool(st.session_state.get(HIDE_KEY)))
    door.changed()


def _analyses(view: TeamView, formats: Formats) -> None:
    """The analyses that matter most, and those that somebody asks for."""
    here, missing = ranked_analyses(view)
    first = here[:FIRST_SHOWN]
    _grid(view, first, formats)
    rest = [*here[FIRST_SHOWN:], *missing]
    titles = {one.key: one.title for one in rest}
    asked = st.pills(
        "More to look at",
        list(titles),
        default=[key for key in st.session_state.get(MORE_KEY) or () if key in titles],
        selection_mode="multi",
        format_func=titles.__getitem__,
        key=MORE_KEY,
    )
    _grid(view, [one for one in rest if one.key in asked], formats, missing)


def _grid(view: TeamView, shown: list[Analysis], formats: Formats, missing: list[Analysis] | None = None) -> None:
    if not shown:
        return
    with st.grid(2, min_column_width=300, gap="medium"):
        for one in shown:
            with st.container(gap="xsmall"):
                _one(view, one, formats, needs=one.needs if missing and one in missing else "")


def _one(view: TeamView, analysis: Analysis, formats: Formats, needs: str) -> None:
    """One analysis: its picture and its sentence; where something is missing, what to bring."""
    title = f'<h3 class="rep">{html.escape(analysis.title)}</h3>'
    if needs:
        st.html(f'{title}<p class="small">{html.escape(needs)}</p>')
        return
    drawn = None
    with held.NamelessErrors(f"analysis {analysis.key}"):
        drawn = analysis.draw(view, formats, palette_of(st.context.theme.type))
    if drawn is None:
        st.html(f'{title}<p class="small">This cannot be worked out for these people.</p>')
        return
    st.html(title)
    if drawn.picture:
        st.image(drawn.picture, alt=f"{analysis.title}. {drawn.says}", width="stretch")
    practice = f"<small>{html.escape(drawn.practice)}</small>" if drawn.practice else ""
    st.html(f'<p class="small">{html.escape(drawn.says)} {practice}</p>')
    if drawn.table is not None and drawn.table.rows:
        st.html(f'<div class="tall">{html_table(drawn.table.heads, drawn.table.rows, "rows named")}</div>')
