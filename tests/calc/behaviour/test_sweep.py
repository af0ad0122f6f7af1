"""Many plans at once are each what it is alone, up to the coarseness of the sweep, and do not jitter."""

import numpy as np
import pytest

from calc.behaviour.axis import read_plan
from calc.behaviour.behave import behave
from calc.behaviour.effort.step import DEFAULT
from calc.behaviour.sweep import sweep_sales
from calc.documents.params import set_terms
from calc.documents.planfile import load_preset

PRESET = load_preset("low-ceiling")
BEHAVED = behave(PRESET)


def test_a_sweep_is_what_each_plan_is_alone() -> None:
    places = np.linspace(1.5, 3.5, 20)
    plans = [read_plan(set_terms(PRESET, {"deals.ceiling": float(x)}).plan, BEHAVED.axis) for x in places]
    teams = BEHAVED.here.outcome.teams
    coarse = sweep_sales(plans, BEHAVED.axis, BEHAVED.reps, teams)
    exact = sweep_sales(plans, BEHAVED.axis, BEHAVED.reps, teams, DEFAULT)
    here = BEHAVED.here.band("sales")
    alone = sweep_sales([read_plan(PRESET.plan, BEHAVED.axis)], BEHAVED.axis, BEHAVED.reps, teams, DEFAULT)[0]
    assert here is not None
    assert (alone.low, alone.standard, alone.high) == pytest.approx((here.low, here.standard, here.high), abs=1e-12)
    assert [one.standard for one in coarse] == pytest.approx([one.standard for one in exact], abs=3e-3)


def test_the_smallest_step_of_a_slider_moves_no_figure_by_noise() -> None:
    """Sales rise smoothly with the ceiling: no second difference is larger than a smooth curve has."""
    places = 2.0 + 0.001 * np.arange(12)
    plans = [read_plan(set_terms(PRESET, {"deals.ceiling": float(x)}).plan, BEHAVED.axis) for x in places]
    bands = sweep_sales(plans, BEHAVED.axis, BEHAVED.reps, BEHAVED.here.outcome.teams, DEFAULT)
    for name in ("low", "standard", "high"):
        bends = np.diff([getattr(band, name) for band in bands], n=2)
        assert float(np.abs(bends).max()) < 1e-4
