"""More than two plans beside each other, one click away: the plan on the screen, and up to four others in one table."""

import streamlit as st

from calc.documents import planfile
from calc.documents.planfile import Preset
from ui.compare.pairs import view_title
from ui.components.browser_store import kept_plans
from ui.number_format import Formats
from ui.session.diagnosis import findings_of
from ui.session.workspace import Desk
from ui.text.html_table import html_table
from ui.text.several import MAX_PLANS_BESIDE, plans_table
from ui.text.words import told_apart

CHOICE_KEY = "drawer-plans"
CHOSEN = "plans-beside"
"""The session's key of the plans that were chosen."""
MAX_CHOICE_NAME = 60
"""Characters of a plan's title in the choice."""


def plans_at_hand(desk: Desk) -> dict[str, tuple[str, Preset]]:
    """The plans that can be laid beside the one on the screen, with their titles: pinned, changed, kept, presets."""
    found: dict[str, tuple[str, Preset]] = {}
    if desk.view.against is not None:
        found["pinned"] = (f"Plan A: {view_title(desk.view.against)}", desk.view.against.preset)
    for name, view in desk.aside.items():
        if name != desk.name and not _is_known(name, view.preset):
            found[f"aside:{name}"] = (view_title(view), view.preset)
    for plan in kept_plans():
        if plan.preset is not None and not plan.preset.same_terms(desk.view.preset):
            found[f"kept:{plan.id}"] = (f"Your plan: {plan.name}", plan.preset)
    for name in planfile.preset_names():
        preset = planfile.load_preset(name)
        if not preset.same_terms(desk.view.preset):
            found[f"preset:{name}"] = (preset.title or name, preset)
    return found


def _is_known(name: str, preset: Preset) -> bool:
    """Whether a plan is the preset of a name as it came."""
    return name in planfile.preset_names() and preset.same_terms(planfile.load_preset(name))


def several_drawer(desk: Desk, formats: Formats) -> None:
    """The choice of plans, and the table."""
    with st.expander("Lay more plans beside it", key=CHOICE_KEY, on_change="rerun") as drawn:
        if drawn.open:
            _choose_plans(desk, formats)


def _choose_plans(desk: Desk, formats: Formats) -> None:
    at_hand = plans_at_hand(desk)
    titles = told_apart({name: title for name, (title, _) in at_hand.items()}, MAX_CHOICE_NAME)
    chosen = [name for name in st.session_state.get(CHOSEN, _first_choice(desk, at_hand)) if name in titles]
    st.session_state[CHOSEN] = chosen
    chosen = st.multiselect(
        f"Up to {MAX_PLANS_BESIDE - 1} others",
        list(titles),
        chosen,
        format_func=lambda name: titles[name],
        max_selections=MAX_PLANS_BESIDE - 1,
        key=CHOSEN,
        placeholder="Choose plans",
    )
    plans = [("This plan", desk.view.preset), *(at_hand[name] for name in chosen)]
    st.html(html_table(*plans_table(plans, findings_of, formats), "rows beside"))
    st.caption(
        "Every plan is lived in by the people of this one, at the results at which they land. "
        "Base pay is in it only where it is named."
    )


def _first_choice(desk: Desk, at_hand: dict[str, tuple[str, Preset]]) -> list[str]:
    """What is chosen before anybody chooses: plan A, and the plan that mends this one."""
    return [name for name in ("pinned", f"preset:{desk.view.preset.cured_by}") if name in at_hand]
