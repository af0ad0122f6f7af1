"""A control that nobody has touched keeps its value, whatever another one does to its range."""

import re
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from tests.test_app import MECHANICS, NAMES, clock, control, drawers_opened, ends, moved, opened, view

__all__ = ["clock"]


def shown(app: AppTest) -> dict[str, tuple[str | None, Any]]:
    """Every slider by its path: its key, and the value that it shows."""
    own = re.compile(rf"^{re.escape(view(app).base or '')}-\d+-(?P<path>.+?)(?:-\d+)?$")
    found = [(own.match(slider.key or ""), slider) for slider in app.slider]
    return {path["path"]: (slider.key, slider.value) for path, slider in found if path}


def of_the_plan(app: AppTest) -> dict[str, float]:
    """What the sliders should show: where the rep stands, and the terms, by the same paths."""
    at, preset = view(app).at, view(app).preset
    found: dict[str, float | None] = {f"at-{kpi.id}": at.get(kpi.id, kpi.target) for kpi in preset.plan.kpis}
    for kpi in preset.plan.kpis:
        terms = [(kpi.curve, name) for name in ("floor", "pays_at_floor", "accelerator", "ceiling")] + [(kpi, "weight")]
        found |= {f"{kpi.id}-{name}": getattr(of, name, None) for of, name in terms}
    return {path: value for path, value in found.items() if value is not None}


@pytest.mark.parametrize("name", NAMES)
def test_what_is_not_touched_shows_what_the_plan_has(name: str) -> None:
    app = opened(f"?preset={name}")
    if name in MECHANICS:
        drawers_opened(app)
    for path, end in list(ends(app)):
        if control(app, path).disabled:
            continue
        moved(app, path, end)
        has, sliders = of_the_plan(app), shown(app)
        for other, (_, value) in sliders.items():
            if other in has and not app.session_state.desk.drafts:
                assert value == pytest.approx(has[other], abs=1e-9), (path, end, other)


def test_a_range_that_hangs_on_another_term_takes_no_value_along() -> None:
    """A slider is another one to Streamlit where its range is, and would begin at its least value."""
    app = moved(opened("?preset=unreachable-floor"), "at.deals", 118.0)
    before = shown(app)["at-deals"]
    wide = control(app, "at.deals").max
    moved(app, "deals.ceiling", 3.5)
    assert control(app, "at.deals").max > wide
    key, value = shown(app)["at-deals"]
    assert value == 118
    assert key != before[0], "what a hand has sent of the old one no longer counts"
    moved(app, "deals.floor", 0.6)
    assert shown(app)["at-deals"] == (key, 118.0)
    assert view(app).at == {"deals": 118.0}
