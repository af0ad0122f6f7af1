"""The diagnosis of what is on the screen, asked for once as long as nothing changes."""

from collections.abc import Mapping

import streamlit as st

from calc.diagnosis.diagnose import diagnose_preset
from calc.diagnosis.finding import Finding
from calc.documents.planfile import Preset
from calc.outcomes.expected_cost import Cost, cost_of_plan
from ui.model.team import without_names
from ui.session.people import people_desk

MAX_FINDINGS_KEPT = 8
"""Diagnoses remembered in a session: the plan on the screen, the one before it was mended, its cure, the last few."""


def findings_of(preset: Preset, at: Mapping[str, float]) -> tuple[Finding, ...]:
    """The findings in a preset, for a rep at these results; with letters where the names of people are hidden."""
    asked, hidden = dict(at), people_desk().hidden
    known = st.session_state.setdefault("diagnoses", [])
    for one, where, without, kept in known:
        if one is preset and (where, without) == (asked, hidden):
            return kept  # type: ignore[no-any-return]
    found: tuple[Finding, ...] = diagnose_preset(preset, asked)
    if hidden:
        found = without_names(found, preset)
    st.session_state.diagnoses = [*known, (preset, asked, hidden, found)][-MAX_FINDINGS_KEPT:]
    return found


def cost_of(preset: Preset) -> Cost:
    """What a preset costs."""
    known = st.session_state.setdefault("costs", [])
    for one, found in known:
        if one is preset:
            return found  # type: ignore[no-any-return]
    found = cost_of_plan(preset.plan, preset.team)
    st.session_state.costs = [*known, (preset, found)][-MAX_FINDINGS_KEPT:]
    return found
