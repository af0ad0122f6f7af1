"""The panels of the page, each a few lines of asking and showing."""

import html
from collections.abc import Sequence
from functools import partial
from pathlib import Path

import streamlit as st
from streamlit.delta_generator import DeltaGenerator
from streamlit.elements.lib.mutable_expander_container import ExpanderContainer

from calc import planfile
from calc.kpi import Kpi
from ui import address, beside, cards, compared, controls, gallery, live, parts, pinning, sharing, situation, state
from ui.charts.palette import palette
from ui.charts.stage import TALLER
from ui.desk import Desk
from ui.documents import conditions, schedule
from ui.editor import panel
from ui.findings import in_html, in_words
from ui.formats import Formats, clipped, locale_of
from ui.knobs import Knob, plan_knobs
from ui.live import still
from ui.presenting.keys import FIRST
from ui.scene import Scene
from ui.style import css
from ui.words import described, plain, rows
from ui.work import Work, around, worked_out

HEIGHT = 440
"""Of the picture [px], the same for every plan; on a phone the style makes it lower."""
ABOUT = (
    "See where an incentive plan stops paying. "
    "Move its floor, ceiling and weights, and watch pay go flat or fall to zero."
)
CONTROL = "This control"
ICON = Path(__file__).parent / "icon.svg"
"""Of the page's own: a named one would be fetched from a server of somebody else's by every visitor."""


def frame() -> None:
    """The page itself, with nothing on it."""
    parts.clear()
    if "framed" not in st.session_state:
        st.set_page_config(page_title="Flatline", page_icon=str(ICON), layout="wide")
    st.session_state.framed = True
    st.html(f"<style>{css(palette(st.context.theme.type))}</style>")


def formats(desk: Desk) -> Formats:
    """The reader's conventions for the plan on the desk."""
    return Formats(locale_of(st.context.locale), desk.plan.currency, desk.plan.minor)


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
        pinning.button(desk)
        _presentation()
        sharing.share(desk, formats(desk))


def above(desk: Desk) -> tuple[object, ...]:
    """What the head and the notices hang on: a change of the plan that leaves it the same leaves them as they are."""
    held = st.session_state
    told = (desk.name, desk.own is None, desk.dropped, desk.view.present, desk.view.against is None, state.newcomer())
    opened = (desk.view if held.get(sharing.KEY) else None, desk.view.preset if held.get("story") else None)
    return *told, *opened


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


# The parts of the page


def current() -> Work:
    """What is on the desk, with all that is read off it: worked out once, or ahead."""
    held = st.session_state
    work, how = held.get("work"), formats(held.desk)
    if not isinstance(work, Work) or not work.holds(held.desk, how):
        work = held.work = worked_out(held.desk, how)
    return work


def begin() -> bool:
    """Works out what this run shows, and notes it part by part; false where that cannot be done, which it tells."""
    with parts.calm("What it pays"):
        parts.begin(parts.Page(_hangs_on, _shows))
        return True
    return False


def _hangs_on() -> object:
    """What the page hangs on as a whole: what its head tells, what lies over the picture, how the plan is changed."""
    desk = st.session_state.desk
    return above(desk), around(desk), panel.chosen()


def _shows() -> dict[str, object]:
    """What each part shows."""
    work, desk = current(), st.session_state.desk
    shown: dict[str, object] = {
        "said": (work.said, work.figures, controls.axes(desk, work.scene.along, work.together)),
        "picture": object(),
        "found": cards.shown(desk, work.formats),
        "more": ([len(some) for some in cards.rest(work.findings)], _opened("more", "notes", "cured", "today", "path")),
        "ways": (controls.ways(desk), panel.chosen()),
        "below": _opened("numbers", "told"),
        "address": state.query(),
    }
    if panel.chosen():
        return shown | {"editor": object()}
    others = [kpi.id for kpi in desk.plan.kpis]
    shown |= {_knob(knob.path): (knob, desk.drafts.get(knob.path)) for knob in work.knobs}
    return shown | {"around": (work.paid_by, work.room_made, _opened(*others, "plan", "team", "practice"))}


def _knob(path: str) -> str:
    return f"knob-{path}"


def _opened(*names: str) -> object:
    """Equal to nothing while one of the drawers is open, which then shows whatever it likes; nothing while all rest."""
    held = st.session_state
    keys = [key for name in names for key in (f"drawer-{held.desk.name}-{name}", f"drawer-{name}")]
    return object() if any(held.get(key) for key in keys) else None


def said() -> None:
    """The one sentence, the four figures, and which KPI the picture goes along."""
    work = current()
    first, *rest = (in_html(sentence, work.formats) for sentence in work.said)
    found = [[html.escape(part) for part in (f.label, f.value, f.note)] for f in work.figures]
    cells = [f"<dt>{name}</dt><dd><strong>{value}</strong><span>{note}</span></dd>" for name, value, note in found]
    sentence = f'<p class="finding" role="status"><span>{first}</span> {" ".join(rest)}</p>'
    st.html(f'{sentence}<dl class="figures"><div>{"</div><div>".join(cells)}</div></dl>')
    controls.axis(work.desk, work.scene.along, work.together)


def columns() -> list[DeltaGenerator]:
    """The picture with what is found, and the controls beside it; on a phone one under the other."""
    with st.container(key="main"):
        return st.columns([1.85, 1], gap="large")


def picture() -> None:
    """The picture, as it was drawn, and what a comparison makes of it."""
    work = current()
    desk, stage = work.desk, work.stage
    with st.container(key="stays", gap="small"):
        pinning.line(desk)
        with st.container(key="picture", height=HEIGHT + (int(TALLER) if stage.gap is not None else 0), border=False):
            _drawn(work)
    pinning.against(desk, stage, work.formats)
    compared.mended(desk, work.formats)


def _drawn(work: Work) -> None:
    told = tuple(in_words(sentence, work.formats) for sentence in work.said)
    alt = described(work.scene, told, work.formats) + compared.spoken(work.desk, work.stage, work.formats)
    if isinstance(work.picture, live.Shown):
        live.show(work.picture, alt, ahead=work.ahead)
    else:
        still.show(work.picture, alt)


def found() -> None:
    """The findings, the costliest first."""
    with st.container(key="findings", gap=None):
        cards.cards(current().desk, current().formats)


def more() -> None:
    """One click away: the other findings, the cured plan beside this one, and the situation around it."""
    with st.container(key="more", gap=None):
        work = current()
        desk, how = work.desk, work.formats
        cards.behind(desk, how)
        beside.drawer(desk, work.scene, work.stage, how)
        situation.panels(desk, how)


def below() -> None:
    """Under all that: the zones, number by number, and the plan as a rep would be told it."""
    work = current()
    _table(work.scene, work.formats)
    sharing.in_words(work.desk, work.formats)


def _table(scene: Scene, formats: Formats) -> None:
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


# The controls


def adjusting() -> None:
    """What can be moved: where the rep stands, the KPI on the axis, and one click away the others and the plan."""
    if panel.chosen():
        parts.draw("editor", "The editor", editor)
        return
    work = current()
    st.html(f'<h2 class="about">{html.escape(clipped(work.kpi.label, 60))}</h2>')
    stand, *others = (knob.path for knob in work.knobs)
    parts.draw(_knob(stand), CONTROL, partial(_knob_shown, stand))
    with st.grid(2, min_column_width=150, gap="small", key="knobs"):
        for path in others:
            parts.draw(_knob(path), CONTROL, partial(_knob_shown, path))
    parts.draw("around", "What is around it", surroundings)


def ways() -> None:
    """Adjust or edit, and the ways back."""
    with st.container(horizontal=True, vertical_alignment="center", gap="xsmall", key="ways"):
        panel.choice()
        with st.container(horizontal=True, width="content", gap="xsmall", key="back"):
            controls.back(st.session_state.desk)


def editor() -> None:
    """Everything that the plan is made of."""
    work = current()
    panel.panel(work.desk, work.kpi, work.formats)
    situation.drawers(work.desk, work.formats)


def _knob_shown(path: str) -> None:
    work = current()
    for knob in work.knobs:
        if knob.path == path:
            controls.draw(work.desk, knob)


def surroundings() -> None:
    """The payout table of the KPI on the axis, if it is paid by one, and which weights made room for another.

    One click away: the other KPIs, the whole plan, the team, and what counts as practice.
    """
    work = current()
    desk, how = work.desk, work.formats
    if work.paid_by is not None:
        _written(work.paid_by.heads, work.paid_by.rows)
    if work.room_made is not None:
        st.caption(plain(work.room_made))
    for kpi in desk.plan.kpis:
        if kpi.id != work.kpi.id:
            with _drawer(desk, plain(clipped(kpi.label, 60)), kpi.id) as drawer:
                if drawer.open:
                    _kpi(work, kpi)
    with _drawer(desk, "The whole plan", "plan") as drawer:
        if drawer.open:
            for sentence in conditions(desk.plan, how):
                st.markdown(plain(sentence))
            _grid(desk, plan_knobs(desk.view.preset, desk.seed.preset))
    situation.drawers(desk, how)


def _drawer(desk: Desk, label: str, name: str) -> ExpanderContainer:
    """Controls that are one click away, and cost nothing until then."""
    return st.expander(label, key=f"drawer-{desk.name}-{name}", on_change="rerun")


def _kpi(work: Work, kpi: Kpi) -> None:
    """Another KPI's controls, and its payout table where it is paid by one."""
    stand, *others = work.knobs_of(kpi)
    controls.draw(work.desk, stand)
    _grid(work.desk, others)
    paid_by = schedule(work.desk.plan, kpi, work.formats)
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
