"""The page itself: its frame, its head, and what it hangs on as a whole and part by part."""

import html
from pathlib import Path

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from calc.documents import planfile
from calc.documents.worked_examples import wrong_examples
from ui.charts.palette import palette
from ui.compare import pinning
from ui.components import address, browser_store
from ui.editor import panel
from ui.number_format import clipped
from ui.page import adjust
from ui.page.css import css
from ui.page.view_model import around, current, formats
from ui.presentation.keys import FIRST
from ui.report import share
from ui.sections import controls, finding_cards, gallery
from ui.session import fragments, store
from ui.session.workspace import Desk
from ui.text.words import plain

ABOUT = (
    "See where an incentive plan stops paying. "
    "Move its floor, ceiling and weights, and watch pay go flat or fall to zero."
)
ADJUSTING, EDITING = (1.85, 1.0), (1.0, 1.15)
"""How wide the picture and what is beside it are to each other."""
ICON = Path(__file__).parent / "icon.svg"
"""Of the page's own: a named one would be fetched from a server of somebody else's by every visitor."""


def frame() -> None:
    """The page itself, with nothing on it."""
    fragments.clear()
    if "framed" not in st.session_state:
        st.set_page_config(page_title="Flatline", page_icon=str(ICON), layout="wide")
    st.session_state.framed = True
    st.html(f"<style>{css(palette(st.context.theme.type))}</style>")


@st.cache_data
def _titles() -> dict[str, str]:
    return {name: planfile.load_preset(name).title or name for name in planfile.preset_names()}


def head(desk: Desk) -> None:
    """The name, what it is for, the plan at hand, and the ways on."""
    name, tools = st.columns([1, 3], vertical_alignment="center")
    name.html(f'<header class="name"><h1>Flatline</h1><p>{ABOUT}</p></header>')
    with tools, st.container(horizontal=True, horizontal_alignment="right", gap="xsmall", key="tools"):
        titles = _titles() if desk.own is None else {"": own_title(desk), **_titles()}
        controls.presets(desk, titles)
        gallery.button()
        with st.popover("Story", key="story", on_change="rerun") as story:
            if story.open:
                _story(desk)
        pinning.button(desk)
        _presentation()
        share.share(desk, formats(desk))


def own_title(desk: Desk) -> str:
    """What a plan of somebody's own is called in the list of plans."""
    own = desk.view if desk.view.base is None else desk.own
    if own is None or not own.preset.title:
        return "Your own plan"
    title = clipped(own.preset.title, 60)
    return f"{title} (yours)" if title in _titles().values() else title  # a browser sends a choice by what it is called


def above(desk: Desk) -> tuple[object, ...]:
    """What the head and the notices hang on: a change of the plan that leaves it the same leaves them as they are."""
    held = st.session_state
    titled, wrong = "" if desk.own is None else own_title(desk), _contradictions(desk)
    told = (desk.name, titled, desk.dropped, *wrong, desk.view.present, desk.view.against is None, store.newcomer())
    opened = (desk.view if held.get(share.KEY) else None, desk.view.preset if held.get("story") else None)
    return *told, *opened


def _presentation() -> None:
    """The button that plays the plan's story; for somebody who is new, it is the tour."""
    new = store.newcomer()
    label = "New here? One-minute tour" if new else "Present"
    st.button(label, key=FIRST, type="primary" if new else "secondary", on_click=store.present, args=(1,))


def _story(desk: Desk) -> None:
    preset, titles = desk.view.preset, _titles()
    parts = [f"<h2>{html.escape(preset.title or 'A plan of its own')}</h2>"]
    parts.append(f"<p>{html.escape(preset.description or 'This plan came in a link, without a story.')}</p>")
    parts += [f"<small>{html.escape(preset.source)}</small>"] if preset.source else []
    st.html(f'<article class="story">{"".join(parts)}</article>')
    if preset.cured_by in titles:
        cure = f"See the fix: {plain(titles[preset.cured_by])}"
        st.button(cure, key="cure", on_click=store.switch, args=(preset.cured_by,))


def notices(desk: Desk) -> None:
    """What a link held that could not be read, and where a plan file contradicts itself."""
    if desk.dropped:
        told = "\n".join(f"- {plain(sentence)}" for sentence in desk.dropped[:8])
        more = f"\n- and {len(desk.dropped) - 8} more" if len(desk.dropped) > 8 else ""
        st.warning(f"{told}{more}", title="Not everything in the link could be read. This was left out:")
    for sentence in _contradictions(desk):
        st.warning(plain(sentence))


def _contradictions(desk: Desk) -> list[str]:
    """A sentence for each worked example that the plan pays otherwise than it states; every part of the page asks."""
    if not desk.view.preset.example:
        return []
    shown = formats(desk)
    known = st.session_state.get("contradictions")
    if known is None or known[0] is not desk.view.preset:
        known = st.session_state.contradictions = (desk.view.preset, wrong_examples(desk.view.preset))
    wrong = known[1]
    told = [
        f"Example {one.number} of this plan says {shown.money(one.stated)}; by the plan's own terms it pays "
        f"{shown.money(one.paid)}. One of the two is not what was meant."
        for one in wrong[:3]
    ]
    return told + ([f"{len(wrong) - 3} more examples are paid otherwise than they state."] if len(wrong) > 3 else [])


def begin() -> bool:
    """Works out what this run shows, and notes it part by part; false where that cannot be done, which it tells."""
    with fragments.calm("What it pays"):
        fragments.begin(fragments.Page(_hangs_on, _shows))
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
        "said": (work.said, work.figures, work.verdict, controls.axes(desk, work.scene.along, work.together)),
        "picture": object(),
        "found": finding_cards.shown(desk, work.formats),
        "more": (
            [len(some) for some in finding_cards.rest(work.findings)],
            _opened("more", "notes", "cured", "today", "path"),
        ),
        "ways": (controls.ways(desk), panel.chosen()),
        "below": _opened("budget", "plans", "numbers", "told"),
        "address": store.query(),
        "conduct": _opened("conduct"),
    }
    if panel.chosen():
        return shown | {"editor": object()}
    others = [adjust.drawer_of(kpi.id) for kpi in desk.plan.kpis]
    shown |= {adjust.part_of(knob.path): (knob, desk.drafts.get(knob.path)) for knob in work.knobs}
    return shown | {"around": (work.paid_by, work.room_made, _opened(*others, "plan", "team", "practice"))}


def _opened(*names: str) -> object:
    """Equal to nothing while one of the drawers is open, which then shows whatever it likes; nothing while all rest."""
    held = st.session_state
    keys = [key for name in names for key in (f"drawer-{held.desk.name}-{name}", f"drawer-{name}")]
    return object() if any(held.get(key) for key in keys) else None


def columns() -> list[DeltaGenerator]:
    """The picture with what is found, and the controls beside it; on a phone one under the other."""
    with st.container(key="main"):
        return st.columns(EDITING if panel.chosen() else ADJUSTING, gap="large")


def place_of_people() -> DeltaGenerator:
    """Where it is told what people do, above the numbers."""
    return st.container(key="people")


def follow() -> None:
    """The address, after the screen."""
    browser_store.mount()
    lost = address.write(store.address(), st.session_state.desk.generation, store.session())
    if lost is not None:
        store.restore(lost)
        st.rerun()
