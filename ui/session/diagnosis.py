"""The diagnosis of what is on the screen, asked for once as long as nothing changes."""

from collections.abc import Mapping

import streamlit as st

from calc.diagnosis.diagnose import diagnose_preset
from calc.diagnosis.finding import Finding
from calc.documents.planfile import Preset
from calc.outcomes.expected_cost import Cost, cost_of_plan

MAX_FINDINGS_KEPT = 8
"""Diagnoses remembered in a session: the plan on the screen, the one before it was mended, its cure, the last few."""


def findings_of(preset: Preset, at: Mapping[str, float]) -> tuple[Finding, ...]:
    """The findings in a preset, for a rep at these results."""
    asked = dict(at)
    known = st.session_state.setdefault("diagnoses", [])
    for one, where, found in known:
        if one is preset and where == asked:
            return found  # type: ignore[no-any-return]
    found = diagnose_preset(preset, asked)
    st.session_state.diagnoses = [*known, (preset, asked, found)][-MAX_FINDINGS_KEPT:]
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
