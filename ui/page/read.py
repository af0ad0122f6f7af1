"""The parts of the page that are read: the sentence and the figures, the picture, what is found, what lies below."""

import html
from collections.abc import Sequence

import streamlit as st

from calc.messages import Sentence
from ui.behaviour import drawer
from ui.charts.axes import TALLER, Stage
from ui.compare import beside, compared, pinning, several
from ui.components import live
from ui.components.live import still
from ui.model.profile import Scene
from ui.number_format import Formats
from ui.page.view_model import Work, current_work
from ui.report import share
from ui.sections import controls, finding_cards, situation
from ui.team.drawer import team_drawer
from ui.text.budget import budget_table
from ui.text.findings import in_html, sentence_in_words
from ui.text.html_table import html_table
from ui.text.words import Figure, describe_picture, zone_rows
from ui.year.drawer import year_drawer

PICTURE_HEIGHT = 440
"""Of the picture [px], the same for every plan; on a phone the style makes it lower."""
STRIP_HEIGHT = 66
"""Of the figures of the people below it, and of what they do [px]."""


def show_said() -> None:
    """The one sentence, the four figures, and which KPI the picture goes along; of two plans, what they differ in."""
    work = current_work()
    verdict = work.verdict
    if verdict is None:
        st.html(_head_html(work.said, work.figures, (), work.formats))
    else:
        st.html(_head_html((verdict.says,), verdict.figures, verdict.along, work.formats))
    controls.axis_choice(work.desk, work.scene.along, work.together)


def _head_html(said: Sequence[Sentence], figures: Sequence[Figure], along: Sequence[Sentence], formats: Formats) -> str:
    """The sentence, the figures under it, and under them what goes along the axis."""
    first, *rest = (in_html(sentence, formats) for sentence in said)
    found = [[html.escape(part) for part in (f.label, f.value, f.note)] for f in figures]
    cells = [f"<dt>{name}</dt><dd><strong>{value}</strong><span>{note}</span></dd>" for name, value, note in found]
    sentence = f'<p class="finding{" short" if along else ""}" role="status"><span>{first}</span> {" ".join(rest)}</p>'
    told = f'<p class="along">{" ".join(in_html(one, formats) for one in along)}</p>' if along else ""
    return f'{sentence}<dl class="figures"><div>{"</div><div>".join(cells)}</div></dl>{told}'


def show_picture() -> None:
    """The picture, as it was drawn, and what a comparison makes of it."""
    work = current_work()
    desk, stage = work.desk, work.stage
    with st.container(key="stays", gap="small"):
        pinning.pinned_line(desk)
        with st.container(key="picture", height=_picture_height(stage), border=False):
            _draw_picture(work)
    pinning.compare_pinned(desk, stage, work.formats)
    compared.mended_strip(desk, work.formats)


def _picture_height(stage: Stage) -> int:
    """How high the picture is [px], with the strip of two plans, and the figures of the people below it."""
    strips = sum(strip is not None for strip in (stage.live, stage.conduct))
    return PICTURE_HEIGHT + (int(TALLER) if stage.gap is not None else 0) + STRIP_HEIGHT * strips


def _draw_picture(work: Work) -> None:
    told = tuple(sentence_in_words(sentence, work.formats) for sentence in work.said)
    alt = describe_picture(work.scene, told, work.formats) + compared.difference_spoken(
        work.desk, work.stage, work.formats
    )
    if isinstance(work.picture, live.Shown):
        live.show_live(work.picture, alt, ahead=work.ahead)
    else:
        still.show_still(work.picture, alt)


def show_found() -> None:
    """The findings, the costliest first."""
    with st.container(key="findings", gap=None):
        finding_cards.show_cards(current_work().desk, current_work().formats)


def show_more() -> None:
    """One click away: the other findings, the cured plan beside this one, and the situation around it."""
    with st.container(key="more", gap=None):
        work = current_work()
        desk, how = work.desk, work.formats
        finding_cards.show_rest(desk, how)
        beside.cure_drawer(desk, work.scene, work.stage, how)
        situation.situation_panels(desk, how)


def show_conduct() -> None:
    """One click away: what people do under the plan."""
    drawer.draw_conduct(current_work().desk, current_work().formats)


def show_year() -> None:
    """One click away: the year under the plan."""
    year_drawer(current_work().desk, current_work().formats)


def show_team() -> None:
    """One click away: the people under the plan."""
    team_drawer(current_work().desk, current_work().formats)


def show_below() -> None:
    """Under all that: the zones, number by number, and the plan as a rep would be told it."""
    work = current_work()
    _budget_drawer(work)
    several.several_drawer(work.desk, work.formats)
    _numbers_drawer(work.scene, work.formats)
    share.day_in_words(work.desk, work.formats)


def _budget_drawer(work: Work) -> None:
    with st.expander("What it costs, per rep and for the team", key="drawer-budget", on_change="rerun") as drawer:
        if drawer.open:
            st.html(html_table(*budget_table(work.desk.view.preset, work.formats), "rows budget"))


def _numbers_drawer(scene: Scene, formats: Formats) -> None:
    with st.expander("The numbers behind the picture", key="drawer-numbers", on_change="rerun") as drawer:
        if drawer.open:
            lines = zone_rows(scene, formats)
            st.html(html_table(list(lines[0]), [list(line.values()) for line in lines], "rows zones"))
