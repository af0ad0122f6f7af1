"""What becomes of people and money when plan B takes plan A's place: the panel of a pinned plan, and of a cure."""

import html
from collections.abc import Iterator, Sequence

import streamlit as st

from calc.diagnosis.finding import Finding
from calc.documents.planfile import Preset
from calc.messages import Money, Name, Result, Sentence, Share
from calc.outcomes.budget import expected_budget
from calc.piecewise.segments import neat_number
from ui.charts.axes import Stage
from ui.compare import gains
from ui.compare.pairs import Pair
from ui.model.profile import ALL_MEASURES
from ui.number_format import Formats
from ui.sections import gallery
from ui.session.diagnosis import findings_of
from ui.text.curve_changes import Change
from ui.text.differences import changes_between
from ui.text.findings import in_html, sentence_in_words
from ui.text.html_table import html_table
from ui.text.people import lands_alike
from ui.text.verdict import VERDICT_TOLERANCE
from ui.text.words import plain_markdown

AT_ONCE = 6
"""Changes that are shown at once; the rest is one click away."""
ALARMING = ("alarm", "warn")


def compare_panel(pair: Pair, stage: Stage, formats: Formats, key: str, along: Sequence[Sentence]) -> None:
    """Who gains and who loses, what it costs, what is found no longer, and what changed.

    Args:
        stage: the picture with both lines where there are two.
        key: what leads the keys of what opens.
        along: who gains and who loses along the axis, where that is not told elsewhere.
    """
    if stage.gap is None:
        _side_by_side(pair)
    st.html(
        f'<section class="against">{_lead_text(pair, stage, formats, along)}{_findings_html(pair, formats)}</section>'
    )
    rows = changes_between(pair.a, pair.b, formats.locale)
    if rows:
        st.html(_changes_table(pair, rows[:AT_ONCE]))
    if len(rows) > AT_ONCE:
        more = len(rows) - AT_ONCE
        with _panel_drawer(f"{more} more change{'s' if more > 1 else ''}", f"{key}-changes") as drawer:
            if drawer.open:
                st.html(_changes_table(pair, rows[AT_ONCE:]))
    if stage.gap is not None:
        with _panel_drawer("The difference, number by number", f"{key}-numbers") as drawer:
            if drawer.open:
                heads = [
                    head.format(a=_upper_first(pair.name_a), b=_upper_first(pair.name_b)) for head in gains.GAIN_HEADS
                ]
                st.html(html_table(heads, gains.gain_rows(stage, pair.sides(stage), pair.later, formats)))


def _panel_drawer(label: str, key: str):  # type: ignore[no-untyped-def]
    return st.expander(label, key=f"drawer-{key}", on_change="rerun", type="compact")


def _upper_first(text: str) -> str:
    return text[:1].upper() + text[1:]


def _side_by_side(pair: Pair) -> None:
    """Two small drawings, where the two plans have no line in common."""
    theme = st.context.theme.type
    for column, preset, name in zip(st.columns(2), (pair.a, pair.b), (pair.name_a, pair.name_b), strict=True):
        title = f"{_upper_first(name)}: {preset.title}" if preset.title else _upper_first(name)
        column.image(gallery.small_picture(preset, theme), caption=plain_markdown(title), alt=f"The curve of: {title}")


# People and money


def _lead_text(pair: Pair, stage: Stage, formats: Formats, along: Sequence[Sentence]) -> str:
    """The sentences."""
    paragraphs = [" ".join(in_html(sentence, formats) for sentence in along)] if along else []
    if pair.comparable:
        whole = gains.whole_team(pair.impact, pair.name_b, pair.settled.described)
        cost = cost_line(pair.settled.a, pair.settled.b, formats)
        paragraphs.append(f"{in_html(whole, formats)} {cost} Nobody is taken to sell more or less because of it.")
        paragraphs += [f"<small>{' '.join(notes)}</small>" for notes in [_notes_text(pair, stage, formats)] if notes]
    return "".join(f"<p>{text}</p>" for text in paragraphs)


def _notes_text(pair: Pair, stage: Stage, formats: Formats) -> list[str]:
    """What the comparison takes for granted, where that is not plain."""
    return [
        in_html(sentence, formats)
        for sentence in (*_same_result(pair, stage), *_lonely_measures(pair, stage), *_base_pay_note(pair))
    ]


def _same_result(pair: Pair, stage: Stage) -> Sequence[Sentence]:
    """Both plans at the same result, where targets differ."""
    kpi = stage.scene.kpi
    if kpi is None or kpi.id not in pair.moved:
        moved = [pair.b.plan.kpi(name).label for name in pair.moved]
        told = "Results are held as they are: the targets of {names} differ."
        return [Sentence.of(told, names=Name(", ".join(moved)))] if moved else []
    a, b = pair.a.plan.kpi(kpi.id), pair.b.plan.kpi(kpi.id)
    told = f"Both lines lie over the same results: {{result}} is {{a}} of {pair.name_a}'s target and {{b}} of "
    place = Result(b.target, b.unit)
    found = [Sentence.of(f"{told}{pair.name_b}'s.", result=place, a=Share(float(a.attainment(b.target))), b=Share(1.0))]
    return [*found, *_people_notes(pair, kpi.id)] if pair.settled.described else found


def _people_notes(pair: Pair, name: str) -> Iterator[Sentence]:
    """That the people stay where they land while the target moves; and whose they are, where both describe others."""
    kpi, team = pair.settled.a.plan.kpi(name), pair.settled.a.team
    assert team is not None
    lands = Result(neat_number(kpi.result(team.landing(kpi).mean)), kpi.unit)
    yield Sentence.of("The team stays at {lands} on average.", lands=lands)
    if not lands_alike(pair.b, pair.settled.b, name):
        told = f"{_upper_first(pair.name_b)} describes other people; both are compared on those of {pair.name_a}."
        yield Sentence.of(told)


def _lonely_measures(pair: Pair, stage: Stage) -> Sequence[Sentence]:
    """Measures that one of the plans does not have."""
    found, along = [], stage.scene.along
    for preset, other, name, without in (
        (pair.a, pair.b, pair.name_a, pair.name_b),
        (pair.b, pair.a, pair.name_b, pair.name_a),
    ):
        lone = [k for k in preset.plan.kpis if k.paid and k.id not in other.plan.ids]
        if any(kpi.id == along for kpi in lone):
            told = f"{_upper_first(without)} does not measure {{kpi}}: its line is level."
            found.append(Sentence.of(told, kpi=Name(preset.plan.kpi(along).label)))
        rest = [kpi.label for kpi in lone if kpi.id != along]
        if rest and along != ALL_MEASURES:
            told = f"Only {name} pays {{kpis}}, at target along this axis."
            found.append(Sentence.of(told, kpis=Name(", ".join(rest))))
    return found


def _base_pay_note(pair: Pair) -> Sequence[Sentence]:
    was, now = (preset.plan.base_pay or 0.0 for preset in (pair.a, pair.b))
    if was == now:
        return []
    told = "Base pay, which changes too from {was} to {now}, is left out of these amounts."
    return [Sentence.of(told, was=Money(was), now=Money(now))]


def cost_line(before: Preset, after: Preset, formats: Formats) -> str:
    """What a change costs: Expected cost 1,012 → 1,096 per rep and month, +8 %; 40 reps 485,760 → 526,080 a year."""
    was, now = (expected_budget(p.plan, p.team) for p in (before, after))
    team = "" if after.team else ", for a team as teams usually are"
    whose = f"per rep and {html.escape(after.plan.period)}{team}"
    change = _change_of_cost(was.per_rep, now.per_rep, formats)
    told = f"Expected cost {_cost_turn(was.per_rep, now.per_rep, formats)} {whose}{change}"
    if was.team_a_year is not None and now.team_a_year is not None:
        reps = formats.number(now.size or 0)
        told += f"; for {reps} reps {_cost_turn(was.team_a_year, now.team_a_year, formats)} a year"
    at_target = "" if was.at_target == now.at_target else _cost_turn(was.at_target, now.at_target, formats)
    return f"{told}. {f'Pay at target {at_target}.' if at_target else ''}"


def _change_of_cost(was: float, now: float, formats: Formats) -> str:
    """By how much a cost changes."""
    if not was:
        return ""
    change = now / was - 1
    if abs(change) < VERDICT_TOLERANCE:
        return ", the same"
    return f", <strong>{'+' if change > 0 else ''}{formats.share(change)}</strong>"


def _cost_turn(was: float, now: float, formats: Formats) -> str:
    return f"<strong>{formats.money_rounded(was)} → {formats.money_rounded(now)}</strong>"


# What is found, and what changed


def _findings_html(pair: Pair, formats: Formats) -> str:
    """The alarms and warnings that only one of the two plans has."""
    a, b = ([f for f in findings_of(p, pair.at(p)) if f.severity in ALARMING] for p in (pair.a, pair.b))
    gone, new = _only_in(a, b), _only_in(b, a)
    own = Formats(formats.locale, pair.a.plan.currency, pair.a.plan.minor)
    theirs = Formats(formats.locale, pair.b.plan.currency, pair.b.plan.minor)
    lines = [
        f"<p><strong>{name}</strong> {'; '.join(html.escape(sentence_in_words(f.title, how)) for f in found)}.</p>"
        for name, found, how in (
            (f"Found in {pair.name_a} alone:", gone, own),
            (f"Found in {pair.name_b} alone:", new, theirs),
        )
        if found
    ]
    if lines or not (a or b):
        return "".join(lines)
    return "<p>The same alarms and warnings are found in both.</p>"


def _only_in(some: Sequence[Finding], others: Sequence[Finding]) -> list[Finding]:
    known = {(f.check, f.kpi) for f in others}
    return [f for f in some if (f.check, f.kpi) not in known]


def _changes_table(pair: Pair, found: Sequence[Change]) -> str:
    if not found:
        return ""
    heads = ("What changed", _upper_first(pair.name_a), _upper_first(pair.name_b))
    return html_table(heads, [(change.what, change.before, change.after) for change in found], "rows changes")
