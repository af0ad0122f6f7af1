"""The panels of the page, each a few lines of asking and showing."""

import html
import logging
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import streamlit as st
from streamlit.delta_generator import DeltaGenerator
from streamlit.elements.lib.mutable_expander_container import ExpanderContainer

from calc import planfile
from calc.kpi import Kpi
from ui import address, compared, controls, gallery, live, pinning, sharing, state
from ui.charts.palette import palette
from ui.charts.stage import TALLER
from ui.desk import Desk
from ui.diagnosis import costs, findings
from ui.documents import conditions, schedule
from ui.editor import panel
from ui.findings import headline, in_html, in_words
from ui.formats import Formats, clipped, locale_of
from ui.knobs import Knob, kpi_knobs, plan_knobs, stand_knob
from ui.live import still
from ui.presenting.keys import FIRST
from ui.scene import Scene
from ui.style import css
from ui.words import described, figures, plain, room_made, rows
from ui.work import Work

HEIGHT = 440
"""Of the picture [px], the same for every plan; on a phone the style makes it lower."""
ABOUT = (
    "See where an incentive plan stops paying. "
    "Move its floor, ceiling and weights, and watch pay go flat or fall to zero."
)
ICON = Path(__file__).parent / "icon.svg"
"""Of the page's own: a named one would be fetched from a server of somebody else's by every visitor."""
log = logging.getLogger("flatline")


@contextmanager
def calm(what: str) -> Iterator[None]:
    """Tells of what went wrong in one sentence; the details are for the server's log."""
    try:
        yield
    except Exception:
        log.exception("%s could not be shown", what)
        st.error(f"{what} cannot be shown for this plan. Undo the last change, or choose another plan.")


def frame() -> None:
    """The page itself."""
    if "framed" not in st.session_state:
        st.set_page_config(page_title="Flatline", page_icon=str(ICON), layout="wide")
    st.session_state.framed = True
    st.html(f"<style>{css(palette(st.context.theme.type))}</style>")


def formats(desk: Desk) -> Formats:
    """The reader's conventions for the plan on the desk."""
    return Formats(locale_of(st.context.locale), desk.plan.currency, desk.plan.minor)


def work(desk: Desk, formats: Formats) -> Work:
    """What this run shows, worked out."""
    return Work(desk, formats).begin()


@st.cache_data
def _titles() -> dict[str, str]:
    return {name: planfile.load(name).title or name for name in planfile.names()}


def head(desk: Desk) -> None:
    """The name, what it is for, the plan at hand, and the ways back."""
    name, tools = st.columns([1, 3], vertical_alignment="center")
    name.html(f'<header class="name"><h1>Flatline</h1><p>{ABOUT}</p></header>')
    with tools, st.container(horizontal=True, horizontal_alignment="right", gap="xsmall", key="tools"):
        titles = _titles() if desk.own is None else {"": "Your own plan", **_titles()}
        controls.presets(desk, titles)
        gallery.button()
        with st.popover("Story", key="story", on_change="rerun") as story:
            if story.open:
                _story(desk)
        controls.back(desk)
        pinning.button(desk)
        _presentation()
        sharing.share(desk, formats(desk))


def _presentation() -> None:
    """The button that plays the plan's story; for somebody who is new, it is the tour."""
    new = state.newcomer()
    label = "New here? One-minute tour" if new else "Present"
    st.button(label, key=FIRST, type="primary" if new else "secondary", on_click=state.present, args=(1,))


def _story(desk: Desk) -> None:
    preset, titles = desk.view.preset, _titles()
    parts = [f"<h2>{html.escape(preset.title or 'A plan of its own')}</h2>"]
    parts.append(f"<p>{html.escape(preset.description or 'This plan came in a link, without a story.')}</p>")
    parts += [f"<small>{html.escape(preset.source)}</small>"] if preset.source else []
    st.html(f'<article class="story">{"".join(parts)}</article>')
    if preset.cured_by in titles:
        cure = f"See what mends it: {plain(titles[preset.cured_by])}"
        st.button(cure, key="cure", on_click=state.switch, args=(preset.cured_by,))


def notices(desk: Desk) -> None:
    """What a link held that could not be read."""
    if desk.dropped:
        told = "\n".join(f"- {plain(sentence)}" for sentence in desk.dropped[:8])
        more = f"\n- and {len(desk.dropped) - 8} more" if len(desk.dropped) > 8 else ""
        st.warning(f"{told}{more}", title="Not everything in the link could be read. This was left out:")


def finding(desk: Desk, formats: Formats) -> tuple[str, ...]:
    """The one sentence."""
    preset = desk.view.preset
    said = headline(preset, findings(preset, desk.view.at))
    first, rest = in_html(said[0], formats), " ".join(in_html(sentence, formats) for sentence in said[1:])
    st.html(f'<p class="finding" role="status"><span>{first}</span> {rest}</p>')
    return tuple(in_words(sentence, formats) for sentence in said)


def numbers(desk: Desk, scene: Scene, formats: Formats) -> None:
    """The four figures."""
    four = figures(scene, costs(desk.view.preset), formats)
    found = [[html.escape(part) for part in (f.label, f.value, f.note)] for f in four]
    cells = [f"<dt>{name}</dt><dd><strong>{value}</strong><span>{note}</span></dd>" for name, value, note in found]
    st.html(f'<dl class="figures"><div>{"</div><div>".join(cells)}</div></dl>')


def axis(work: Work) -> None:
    """Which KPI the picture goes along."""
    controls.axis(work.desk, work.scene.along, work.together)


def columns() -> list[DeltaGenerator]:
    """The picture with what is found, and the controls beside it; on a phone one under the other."""
    with st.container(key="main"):
        return st.columns([1.85, 1], gap="large")


def image(work: Work, said: tuple[str, ...]) -> None:
    """The picture, as it was drawn."""
    stage, picture = work.stage, work.picture
    alt = described(stage.scene, said, work.formats) + compared.spoken(work.desk, stage, work.formats)
    height = HEIGHT if stage.gap is None else HEIGHT + int(TALLER)
    with st.container(key="stays", gap="small"):
        pinning.line(work.desk)
        with st.container(key="picture", height=height, border=False):
            if isinstance(picture, live.Shown):
                live.show(picture, alt)
            else:
                still.show(picture, alt)


def table(scene: Scene, formats: Formats) -> None:
    """The zones, number by number."""
    with st.expander("The numbers behind the picture", key="drawer-numbers", on_change="rerun") as drawer:
        if drawer.open:
            lines = rows(scene, formats)
            _written(list(lines[0]), [list(line.values()) for line in lines], "rows zones")


def _written(heads: Sequence[str], lines: Sequence[Sequence[str]], kind: str = "rows") -> None:
    """A table to read."""
    head = "".join(f'<th scope="col">{html.escape(name)}</th>' for name in heads)
    body = "".join("<tr>" + "".join(f"<td>{html.escape(value)}</td>" for value in line) + "</tr>" for line in lines)
    table = f'<table class="{kind}"><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>'
    st.html(f'<div class="scroll" tabindex="0">{table}</div>')


def controls_of(work: Work) -> None:
    """What can be moved: where the rep stands, the KPI on the axis, and one click away the others and the plan."""
    desk, scene, formats, chosen = work.desk, work.scene, work.formats, work.kpi
    if panel.chosen():
        panel.panel(desk, chosen, formats)
        return
    st.html(f'<h2 class="about">{html.escape(clipped(chosen.label, 60))}</h2>')
    _kpi(desk, scene, chosen, formats)
    if desk.moved is not None:
        st.caption(plain(room_made(*desk.moved, formats)))
    for kpi in desk.plan.kpis:
        if kpi.id != chosen.id:
            with _drawer(desk, plain(clipped(kpi.label, 60)), kpi.id) as drawer:
                if drawer.open:
                    _kpi(desk, scene, kpi, formats)
    with _drawer(desk, "The whole plan", "plan") as drawer:
        if drawer.open:
            for sentence in conditions(desk.plan, formats):
                st.markdown(plain(sentence))
            _grid(desk, plan_knobs(desk.view.preset, desk.seed.preset))


def _drawer(desk: Desk, label: str, name: str) -> ExpanderContainer:
    """Controls that are one click away, and cost nothing until then."""
    return st.expander(label, key=f"drawer-{desk.name}-{name}", on_change="rerun")


def _kpi(desk: Desk, scene: Scene, kpi: Kpi, formats: Formats) -> None:
    """One KPI's controls, and its payout table where it is paid by one."""
    seeded = next((k for k in desk.seed.preset.plan.kpis if k.id == kpi.id), kpi)
    controls.draw(desk, replace(stand_knob(scene, seeded, kpi, formats), name="You are at"))
    _grid(desk, kpi_knobs(desk.view.preset, desk.seed.preset, kpi, formats))
    paid_by = schedule(desk.plan, kpi, formats)
    if paid_by is not None:
        _written(paid_by.heads, paid_by.rows)


def _grid(desk: Desk, knobs: list[Knob]) -> None:
    with st.grid(2, min_column_width=150, gap="small"):
        for knob in knobs:
            if controls.single(desk, knob):
                controls.draw(desk, knob)
            else:
                with st.container(gap=None):
                    controls.draw(desk, knob)


def follow() -> None:
    """The address, after the screen."""
    lost = address.write(state.address(), st.session_state.desk.generation, state.session())
    if lost is not None:
        state.restore(lost)
        st.rerun()
