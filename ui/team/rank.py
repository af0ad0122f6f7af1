"""Pay by place: who stands where, what one more sale pays, who can no longer win; and the evidence on both sides."""

import html

import streamlit as st

from calc.team.contest import Contest
from calc.team.rank_pay import RANK_EVIDENCE
from ui.model.person_name import clip_person
from ui.model.team import TeamView
from ui.number_format import Formats
from ui.text.html_table import html_table

RANK_HEADS = ("", "Place", "Pays", "To the next place", "Chance to come first", "One more pays")


def rank_section(view: TeamView, formats: Formats) -> None:
    """The contest, where the plan has one."""
    contest = view.contest
    if contest is None:
        return
    st.html(f'<h3 class="rep">Pay by place</h3><p class="small">{html.escape(_lead(view, contest, formats))}</p>')
    if contest.standings:
        rows = _rows(view, contest, formats)
        st.html(f'<div class="tall">{html_table(RANK_HEADS, rows, "rows named")}</div>')
    told = "".join(
        f"<li>{html.escape(says)} <small>({html.escape(source)})</small></li>" for says, source in RANK_EVIDENCE
    )
    st.html(f'<p class="small">The evidence does not point one way:</p><ul class="small">{told}</ul>')


def _lead(view: TeamView, contest: Contest, formats: Formats) -> str:
    kpi = view.plan.kpi(contest.kpi)
    unpaid = f" {formats.money(contest.unpaid)} is for places that nobody takes." if contest.unpaid else ""
    lost = sum(not one.can_win for one in contest.standings)
    out = f" {lost} of {len(contest.standings)} can no longer come first, whatever they do." if lost else ""
    return (
        f"Places share {formats.money(contest.pot)} by {kpi.label}.{unpaid} Among equals one more is worth "
        f"{formats.money(round(contest.unit_worth, 2))}; what one gains by it the others lose.{out}"
    )


def _rows(view: TeamView, contest: Contest, formats: Formats) -> list[list[str]]:
    kpi = view.plan.kpi(contest.kpi)
    order = sorted(range(len(contest.standings)), key=lambda n: contest.standings[n].place)
    found = []
    for n in order:
        one = contest.standings[n]
        away = "–" if one.to_next is None else formats.result(round(one.to_next, 2), kpi.unit)
        wins = formats.share(round(one.chance, 3)) if one.can_win else "can no longer"
        name = clip_person(view.names[n])
        found.append(
            [name, str(one.place), formats.money(contest.pays[n]), away, wins, formats.money(round(one.one_more, 2))]
        )
    return found
