"""What people do under the plan: one click away, and worked out only then.

First a sentence for each finding that makes people do something; then three reps with their effort from the first day
to the last; then the team in figures, and where its results land. Beside every number stands its band.
"""

import html

import streamlit as st

from calc.behaviour.axis import Axis
from calc.behaviour.evidence import EVIDENCE_HEADS, evidence_rows
from calc.behaviour.portrait import RisingPeriods
from calc.messages import upper_first
from calc.situation.behaviour import Behaviour
from ui.behaviour.named import draw_named
from ui.behaviour.shape_search import draw_search
from ui.charts.conduct import effort_lines, result_bars
from ui.charts.palette import Palette, palette_of
from ui.model.conduct import Portrait
from ui.model.knobs import Knob
from ui.number_format import Formats
from ui.sections import controls, number_table
from ui.session.portraits import portrait_of
from ui.session.workspace import Desk
from ui.text.behaviour import conduct as words
from ui.text.behaviour import conduct_around
from ui.text.findings import in_html
from ui.text.html_table import html_table

SECTION_PLACE = "conduct-"
"""Where controls stand that have a place elsewhere too."""


def show(desk: Desk, formats: Formats) -> None:
    """The whole view."""
    found = portrait_of(desk.view)
    st.html(_lead(found, formats))
    if found.rising is not None:
        _rising(found.rising, found.axis, formats)
    if not found.pays_activity:
        _team(found, formats, palette_of(st.context.theme.type))
    _around(desk, found, formats)
    draw_named(desk, found, formats)
    draw_search(found, formats)
    _questions(desk, found, formats)
    st.html(f'<p class="small">{html.escape(words.LIMITS)}</p>')
    _evidence()


def _team(found: Portrait, formats: Formats, colours: Palette) -> None:
    """Three reps, and the team in figures with where its results land."""
    _reps(found, formats, colours)
    left, right = st.columns(2, gap="large")
    with left:
        told = words.team_table(found, formats)
        st.html(html_table(told.heads, told.rows, "rows conduct"))
        st.html(_paragraphs(words.unsure_sentence(found)))
    with right:
        _results(found, colours)
        late = found.answers.silent is not None
        waste = words.waste_sentence(found.behaved, formats, late=late)
        st.html(_paragraphs(waste, words.whole_cost_sentence(found, formats)))


def _lead(found: Portrait, formats: Formats) -> str:
    """What the findings make people do; where they are silent, for how much of the time nobody has a reason to try."""
    told = [in_html(conduct.says, formats) for conduct in found.conducts]
    if not told:
        says = (
            words.activity_sentence(found.week, formats)
            if found.pays_activity
            else words.idle_sentence(found.behaved, formats)
        )
        told = [html.escape(says)]
    return f'<div class="conduct">{"".join(f"<p>{one}</p>" for one in told)}</div>'


def _paragraphs(*told: str) -> str:
    parts = "".join(f"<p>{html.escape(one)}</p>" for one in told if one)
    return f'<div class="conduct small">{parts}</div>'


def _reps(found: Portrait, formats: Formats, colours: Palette) -> None:
    """Effort from the first day to the last: a weak, a middling and a strong rep beside each other."""
    if found.rising is not None:
        st.html(_paragraphs(words.ONE_PERIOD))
    st.html(f'<p class="key">{_key(found)}</p>')
    shown = [one for pair in found.reps for one in pair if one is not None]
    most = max(1.25, 1.05 * max(max(one.effort) for one in shown))
    for column, (rep, there) in zip(st.columns(len(found.reps), gap="medium"), found.reps, strict=True):
        caption = words.rep_caption(found, rep, there, formats)
        with column:
            st.html(f'<h3 class="rep">{html.escape(f"A {rep.name} rep")}</h3>')
            efforts = rep.effort, None if there is None else there.effort
            drawing = effort_lines(*efforts, most, colours, labelled=rep is found.reps[0][0])
            st.image(drawing, alt=f"Effort from the first day to the last. {caption}", width="stretch")
            st.html(f'<p class="small">{html.escape(caption)}</p>')


def _key(found: Portrait) -> str:
    here = '<span class="here">this plan</span>'
    if found.other is None:
        return f"Effort from the first day to the last: {here}"
    there = f'<span class="there">{html.escape(words.other_name(found))}</span>'
    return f"Effort from the first day to the last: {here} {there}"


def _results(found: Portrait, colours: Palette) -> None:
    """Where results land, and how they bunch."""
    here, there = found.bars
    width = here.edges[1] - here.edges[0]
    places = [("target", found.behaved.here.plan.target), ("pay begins", found.pay_begins)]
    marks = [(name, (at - here.edges[0]) / width) for name, at in places if at is not None]
    if len(marks) == 2 and abs(marks[0][1] - marks[1][1]) < 1e-6:
        marks = [("target, pay begins", marks[0][1])]
    drawing = result_bars(here.shares, None if there is None else there.shares, marks, colours)
    st.html('<h3 class="rep">Where results land</h3>')
    st.image(drawing, alt="How many reps end where, from few sales to many, with the target", width="stretch")


def _questions(desk: Desk, found: Portrait, formats: Formats) -> None:
    """The three questions that every number here begins with."""
    today, reading = words.asked_about(found, formats)
    st.html(
        f'<h3 class="rep">What these numbers begin with</h3><p class="small">{html.escape(f"{today} {reading}")}</p>'
    )
    with st.grid(3, min_column_width=220, gap="medium"):
        for knob in question_knobs(desk, found.axis.kpi.id, formats):
            controls.draw_knob(desk, knob)


def question_knobs(desk: Desk, along: str, formats: Formats) -> list[Knob]:
    """What the team brings today, how far people differ, and what would be sold if the variable pay were salary."""
    preset, seed = desk.view.preset, desk.seed.preset
    team = number_table.team_knobs(preset, seed, along, formats)[:2]
    asked = [
        Knob(**{**knob.__dict__, "name": name, "place": SECTION_PLACE})
        for knob, name in zip(team, ("What the team brings today", "How far people differ"), strict=False)
    ]
    return asked if not number_table.shown_apart(preset, "behaviour") else [*asked, kept_knob(preset.behaviour)]


def kept_knob(behaviour: Behaviour | None) -> Knob:
    """What would still be sold if the variable pay were simply salary."""
    value = (behaviour or Behaviour()).kept_without_incentive
    help_ = (
        "What would still be sold if the variable pay were simply added to salary? 70% stands for the three readings "
        "of the evidence, which have 70%, 82% and 80%; any other answer holds in all of them."
    )
    path = "behaviour.kept_without_incentive"
    low, high = min(0.4, value), max(0.95, value)
    return Knob(path, "Still sold if variable pay were salary", help_, "share", value, low, high, 0.01)


def trust_knob(behaviour: Behaviour | None) -> Knob:
    """How much of a plan that is not known yet people work for."""
    value = (behaviour or Behaviour()).trust
    help_ = "How much of a promise that is not made yet do people work for? 0%: nobody does; 100%: as if it were made."
    return Knob("behaviour.trust", "Trust in a plan not known yet", help_, "share", value, 0.0, 1.0, 0.05)


def _rising(rising: RisingPeriods, axis: Axis, formats: Formats) -> None:
    """Period by period, while the target rises, with the price of hitting it."""
    st.html('<h3 class="rep">Period by period, while the target rises</h3>')
    st.html(_paragraphs(conduct_around.rising_sentence(rising, axis, formats)))
    told = conduct_around.rising_table(rising, formats)
    st.html(html_table(told.heads, told.rows, "rows conduct"))


def _around(desk: Desk, found: Portrait, formats: Formats) -> None:
    """The silent days of a late plan, and where the hours go, where they are given."""
    if found.silence is not None:
        st.html('<h3 class="rep">While the plan is silent</h3>')
        if number_table.shown_apart(desk.view.preset, "behaviour"):
            controls.draw_knob(desk, trust_knob(desk.view.preset.behaviour))
        st.html(_paragraphs(conduct_around.silence_sentence(found.silence, found.axis, formats)))
    if found.week is not None and len(found.week.kpis) > 1:
        st.html('<h3 class="rep">Where the hours go</h3>')
        told = conduct_around.week_table(found.week, formats)
        st.html(html_table(told.heads, told.rows, "rows conduct"))
        st.html(_paragraphs(conduct_around.week_sentence(found.week, found.axis, formats)))


def _evidence() -> None:
    """What the field has found, beside what the model gives; its misses too."""
    with st.expander(
        "The evidence beside the model", key="drawer-evidence", on_change="rerun", type="compact"
    ) as opened:
        if opened.open:
            rows = [[upper_first(row[0]), *row[1:]] for row in evidence_rows()]
            st.html(html_table(EVIDENCE_HEADS, rows, "rows beside evidence"))
