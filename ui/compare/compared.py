"""What mending did: before and after in numbers, what keeps the cost, and the ways on and back."""

from dataclasses import replace

import streamlit as st

from calc.documents.planfile import Preset
from calc.outcomes.expected_cost import at_the_cost_of
from calc.piecewise.pieces import NotALine
from calc.plan.errors import Refused
from ui.charts.axes import Stage
from ui.charts.palette import mended_palette
from ui.compare import beside, gains
from ui.compare.pairs import Pair, pinned_pair
from ui.compare.panel import cost_line
from ui.model.profile import Scene
from ui.number_format import Formats
from ui.session import store
from ui.session.diagnosis import cost_of, findings_of
from ui.session.mending import SAME_COST, Comparison, mended_comparison
from ui.session.workspace import Desk
from ui.text.findings import in_html, sentence_in_words
from ui.text.verdict import VERDICT_TOLERANCE


def pair_in_picture(desk: Desk) -> Pair | None:
    """The two plans whose difference is in the picture: a pinned one first, then a cure that is looked at."""
    return pinned_pair(desk) or (beside.open_pair(desk) if mended_comparison(desk) is None else None)


def with_before(desk: Desk, stage: Stage) -> Stage:
    """The picture with one other line: of the plan that was pinned, before it was mended, or that it stands beside."""
    compared, pair = mended_comparison(desk), pair_in_picture(desk)
    if pair is not None:
        return pair.laid(stage)
    if compared is None:
        return stage
    preset, scene = compared.before.preset, stage.scene
    try:
        before = Scene(preset.plan, scene.along, scene.at, preset.team)
        return replace(stage, before=before, colours=mended_palette(stage.colours)) if before.curve else stage
    except (NotALine, Refused):
        return stage


def difference_spoken(desk: Desk, stage: Stage, formats: Formats) -> str:
    """What the difference in the picture shows, for somebody who does not see it."""
    pair = pair_in_picture(desk)
    if pair is None or stage.gap is None:
        return ""
    told = gains.gains_in_words(stage, pair.sides(stage), pair.name_b, formats)
    return " " + " ".join(sentence_in_words(sentence, formats) for sentence in told)


def mended_strip(desk: Desk, formats: Formats) -> None:
    """The strip between the picture and the findings, as long as there is something to compare."""
    compared = mended_comparison(desk)
    if compared is None:
        return
    with st.container(horizontal=True, vertical_alignment="center", wrap=False, key="mended"):
        st.html(_strip_html(desk, compared, formats))
        with st.container(horizontal=True, horizontal_alignment="right", width="content", gap="xsmall", wrap=False):
            if not _same_cost(desk, compared):
                st.button(
                    "At the same cost", key="same-cost", on_click=_take_rescaled, args=(desk, compared.before.preset)
                )
            st.button("Undo", key="undo-mend", on_click=store.undo_move)
            st.button("Keep", key="keep-mend", on_click=store.keep_mended)


def _strip_html(desk: Desk, compared: Comparison, formats: Formats) -> str:
    done = [findings_of(view.preset, view.at)[number].cure for view, number in compared.steps]
    told = "; ".join(in_html(cure.label, formats) for cure in done if cure is not None)
    lines = [cost_line(compared.before.preset, desk.view.preset, formats), _counts_in_words(desk, compared)]
    lines += _new_findings(desk, compared, formats)
    lines = [] if desk.view.against is not None else lines  # the panel above tells of another pair
    return f'<div class="mended"><h3>{told}</h3><p>{"<br>".join(lines)}</p></div>'


def _new_findings(desk: Desk, compared: Comparison, formats: Formats) -> list[str]:
    """What is found now and was not before: a fix that brings a warning says so."""
    before = {(f.check, f.kpi) for f in findings_of(compared.before.preset, compared.before.at) if f.severity != "note"}
    found = [f for f in findings_of(desk.view.preset, desk.view.at) if f.severity != "note"]
    new = [in_html(f.title, formats) for f in found if (f.check, f.kpi) not in before]
    return [f"New: {'; '.join(new)}."] if new else []


def _counts_in_words(desk: Desk, compared: Comparison) -> str:
    """How many alarms and warnings there were, and are."""
    told = []
    for name, severity in (("alarms", "alarm"), ("warnings", "warn")):
        was, now = (
            sum(f.severity == severity for f in findings_of(view.preset, view.at))
            for view in (compared.before, desk.view)
        )
        told += [f"{name} <strong>{was} → {now}</strong>"] if was or now else []
    text = ", ".join(told)
    return f"{text[:1].upper()}{text[1:]}. This assumes that nobody sells more or less because of it." if text else ""


def _same_cost(desk: Desk, compared: Comparison) -> bool:
    was, now = cost_of(compared.before.preset).expected, cost_of(desk.view.preset).expected
    return not was or not now or abs(now / was - 1) < VERDICT_TOLERANCE


def _take_rescaled(desk: Desk, before: Preset) -> None:
    """The mended plan with its money rescaled to the cost before."""
    if st.session_state.desk.view.preset is desk.view.preset:
        store.take_preset(at_the_cost_of(before, desk.view.preset), SAME_COST)
