"""The gallery: a plan is chosen by what goes wrong in it, and recognised by its curve."""

import html
import re
from functools import cache

import streamlit as st

from calc.documents import planfile
from calc.documents.planfile import Preset
from ui.charts.axes import Stage
from ui.charts.palette import palette_of
from ui.charts.thumbnail import draw_thumbnail
from ui.model.profile import Scene, first_paid
from ui.number_format import Formats
from ui.session import store
from ui.text.words import plain_markdown

PRESET_GROUPS = ("What goes wrong", "Sound plans")


def gallery_button() -> None:
    """Opens the gallery."""
    if st.button("Situations", key="situations"):
        _gallery_dialog()


@st.dialog("Choose a situation", width="large")
def _gallery_dialog() -> None:
    theme = st.context.theme.type
    for group in PRESET_GROUPS:
        st.html(f'<h2 class="about">{group}</h2>')
        with st.grid(4, min_column_width=180, gap="medium"):
            for name in presets_by_group()[group]:
                with st.container(gap=None):
                    _gallery_entry(name, theme)


def _gallery_entry(name: str, theme: str | None) -> None:
    preset = planfile.load_preset(name)
    title = preset.title or name
    st.image(preset_picture(name, theme), width="stretch", alt=f"The curve of: {title}")
    chosen = st.button(
        f"**{plain_markdown(title)}**",
        key=f"choose-{name}",
        type="tertiary",
        on_click=store.switch_preset,
        args=(name,),
    )
    st.html(f'<p class="line">{html.escape(first_sentence(preset.description))}</p>')
    if chosen:
        st.rerun()


@cache
def presets_by_group() -> dict[str, list[str]]:
    """The presets in their two groups, those that go wrong and those that are sound, by title."""
    found: dict[str, list[str]] = {group: [] for group in PRESET_GROUPS}
    for name in sorted(planfile.preset_names(), key=lambda name: planfile.load_preset(name).title):
        preset = planfile.load_preset(name)
        sick = bool(preset.cured_by or preset.expects)
        found[PRESET_GROUPS[0] if sick else PRESET_GROUPS[1]].append(name)
    return found


def preset_picture(name: str, theme: str | None) -> str:
    """A preset's curve along the first KPI that pays, drawn once in each of the two themes."""
    return _cached_picture(name, "dark" if theme == "dark" else "light")


@cache
def _cached_picture(name: str, theme: str) -> str:
    return small_picture(planfile.load_preset(name), theme)


def small_picture(preset: Preset, theme: str | None) -> str:
    """A plan's curve along the first KPI that pays."""
    plan = preset.plan
    scene = Scene(plan, first_paid(plan), {}, preset.team)
    return draw_thumbnail(Stage(scene, scene, Formats("en_US", plan.currency, plan.minor), palette_of(theme)))


def first_sentence(text: str) -> str:
    """The first sentence of a story.

    >>> first_sentence("Pay ends at 1.5 times target. Then nothing.")
    'Pay ends at 1.5 times target.'
    """
    return re.split(r"(?<=[.!?])\s", text.strip(), maxsplit=1)[0]
