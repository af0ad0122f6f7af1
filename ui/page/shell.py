"""The page itself: its frame, its head, and what it hangs on as a whole and part by part."""

import html
from collections.abc import Sequence
from pathlib import Path

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from calc.documents import planfile
from calc.documents.worked_examples import wrong_examples
from ui.charts.palette import palette_of
from ui.compare import pinning
from ui.components import address, browser_store
from ui.editor import panel
from ui.number_format import clip_name
from ui.page import adjust
from ui.page.css import page_css
from ui.page.view_model import current_work, formats_for, page_around
from ui.presentation.keys import START_BUTTON
from ui.report import share
from ui.sections import controls, finding_cards, gallery
from ui.sections import tour as tour_strip
from ui.session import fragments, store
from ui.session.conduct_drawer import conduct_open
from ui.session.people import people_open
from ui.session.tour import Tour, current_tour
from ui.session.workspace import Desk
from ui.text.words import plain_markdown

PAGE_ABOUT = (
    "See where an incentive plan stops paying. "
    "Move its floor, ceiling and weights, and watch pay go flat or fall to zero."
)
ADJUSTING, EDITING = (1.85, 1.0), (1.0, 1.15)
"""How wide the picture and what is beside it are to each other."""
ICON = Path(__file__).parent / "icon.svg"
"""Of the page's own: a named one would be fetched from a server of somebody else's by every visitor."""


def page_frame() -> None:
    """The page itself, with nothing on it."""
    fragments.clear_parts()
    if "framed" not in st.session_state:
        st.set_page_config(page_title="Flatline", page_icon=str(ICON), layout="wide")
    st.session_state.framed = True
    st.html(f"<style>{page_css(palette_of(st.context.theme.type), people_open() + conduct_open())}</style>")


@st.cache_data
def _preset_titles() -> dict[str, str]:
    return {name: planfile.load_preset(name).title or name for name in planfile.preset_names()}


def page_head(desk: Desk) -> None:
    """The name, what it is for, the plan at hand, and the ways on."""
    name, tools = st.columns([1, 3], vertical_alignment="center")
    name.html(f'<header class="name"><h1>Flatline</h1><p>{PAGE_ABOUT}</p></header>')
    with tools, st.container(horizontal=True, horizontal_alignment="right", gap="xsmall", key="tools"):
        titles = _preset_titles() if desk.own is None else {"": own_title(desk), **_preset_titles()}
        controls.preset_choice(desk, titles)
        gallery.gallery_button()
        with st.popover("Story", key="story", on_change="rerun") as story:
            if story.open:
                _story_text(desk)
        pinning.pin_button(desk)
        tour_strip.tour_button()
        _present_button()
        share.share_popover(desk, formats_for(desk))


def own_title(desk: Desk) -> str:
    """What a plan of somebody's own is called in the list of plans."""
    own = desk.view if desk.view.base is None else desk.own
    if own is None or not own.preset.title:
        return "Your own plan"
    title = clip_name(own.preset.title, 60)
    return (
        f"{title} (yours)" if title in _preset_titles().values() else title
    )  # a browser sends a choice by what it is called


def head_depends_on(desk: Desk) -> tuple[object, ...]:
    """What the head and the notices hang on: a change of the plan that leaves it the same leaves them as they are."""
    held = st.session_state
    titled, wrong = "" if desk.own is None else own_title(desk), _find_contradictions(desk)
    told = (desk.name, titled, desk.dropped, *wrong, desk.view.present, desk.view.against is None, store.is_newcomer())
    opened = (desk.view if held.get(share.SHARE_KEY) else None, desk.view.preset if held.get("story") else None)
    return *told, *opened


def _present_button() -> None:
    """The button that plays the plan's story."""
    st.button("Present", key=START_BUTTON, on_click=store.present_step, args=(1,))


def show_page_tour() -> None:
    """The tour, where somebody takes it, at the step that is to be done next."""
    tour_strip.show_tour(_tour_now())


def _tour_now() -> Tour | None:
    return current_tour(st.session_state.desk, bool(st.session_state.get(share.SHARE_KEY)))


def _story_text(desk: Desk) -> None:
    preset, titles = desk.view.preset, _preset_titles()
    parts = [f"<h2>{html.escape(preset.title or 'A plan of its own')}</h2>"]
    parts.append(f"<p>{html.escape(preset.description or 'This plan came in a link, without a story.')}</p>")
    parts += [f"<small>{html.escape(preset.source)}</small>"] if preset.source else []
    st.html(f'<article class="story">{"".join(parts)}</article>')
    if preset.cured_by in titles:
        cure = f"See the fix: {plain_markdown(titles[preset.cured_by])}"
        st.button(cure, key="cure", on_click=store.switch_preset, args=(preset.cured_by,))


def page_notices(desk: Desk) -> None:
    """What a link held that could not be read, and where a plan file contradicts itself."""
    if desk.dropped:
        told = "\n".join(f"- {plain_markdown(sentence)}" for sentence in desk.dropped[:8])
        more = f"\n- and {len(desk.dropped) - 8} more" if len(desk.dropped) > 8 else ""
        st.warning(f"{told}{more}", title="Not everything in the link could be read. This was left out:")
    for sentence in _find_contradictions(desk):
        st.warning(plain_markdown(sentence))


def _find_contradictions(desk: Desk) -> list[str]:
    """A sentence for each worked example that the plan pays otherwise than it states; every part of the page asks."""
    if not desk.view.preset.example:
        return []
    shown = formats_for(desk)
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


def begin_run() -> bool:
    """Works out what this run shows, and notes it part by part; false where that cannot be done, which it tells."""
    noted: fragments.Page | None = None
    with fragments.calm_errors("What it pays"):
        page = fragments.Page(_hangs_on, _what_parts_show)
        fragments.note_page(page)
        noted = page
    return noted is not None


def _hangs_on() -> object:
    """What the page hangs on as a whole: what its head tells, what lies over the picture, how the plan is changed."""
    desk = st.session_state.desk
    return head_depends_on(desk), page_around(desk), panel.is_editing()


def _what_parts_show() -> dict[str, object]:
    """What each part shows."""
    work, desk = current_work(), st.session_state.desk
    shown: dict[str, object] = {
        "tour": _tour_now(),
        "said": (
            work.said,
            work.figures,
            work.verdict,
            controls.axis_depends_on(desk, work.scene.along, work.together),
        ),
        "picture": object(),
        "found": finding_cards.cards_depend_on(desk, work.formats),
        "more": (
            [len(some) for some in finding_cards.rest_of_cards(work.findings)],
            _open_drawers("more", "notes", "cured", "today", "path"),
        ),
        "ways": (controls.ways_back(desk), panel.is_editing()),
        "below": _open_drawers("budget", "plans", "numbers", "told"),
        "address": store.query_of(),
        "conduct": _open_drawers("conduct"),
        "team": _open_drawers("people"),
        "year": _open_drawers("year"),
    }
    if panel.is_editing():
        return shown | {"editor": object()}
    others = [adjust.drawer_of(kpi.id) for kpi in desk.plan.kpis]
    shown |= {adjust.part_of(knob.path): (knob, desk.drafts.get(knob.path)) for knob in work.knobs}
    return shown | {"around": (work.paid_by, work.room_made, _open_drawers(*others, "plan", "team", "practice"))}


def _open_drawers(*names: str) -> object:
    """Equal to nothing while one of the drawers is open, which then shows whatever it likes; nothing while all rest."""
    held = st.session_state
    keys = [key for name in names for key in (f"drawer-{held.desk.name}-{name}", f"drawer-{name}")]
    return object() if any(held.get(key) for key in keys) else None


def page_columns() -> Sequence[DeltaGenerator]:
    """The picture with what is found, and the controls beside it; on a phone one under the other."""
    with st.container(key="main"):
        return st.columns(EDITING if panel.is_editing() else ADJUSTING, gap="large")


def place_of_team() -> DeltaGenerator:
    """Where the people under the plan are looked at, below what is found, which is to be seen first."""
    return st.container(key="team-place")


def place_of_people() -> DeltaGenerator:
    """Where it is told what people do, above the numbers."""
    return st.container(key="people")


def follow_screen() -> None:
    """The address, after the screen."""
    browser_store.mount_store()
    lost = address.write_address(store.address_now(), st.session_state.desk.generation, store.session_id())
    if lost is not None:
        store.restore_query(lost)
        st.rerun()
