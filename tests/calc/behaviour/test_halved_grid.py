"""What does not hang on the grid, and what a ceiling does alone and under a ratchet."""

import numpy as np
import pytest

from calc.behaviour.behave import behave
from calc.behaviour.effort.calibrate import find_kappa
from calc.behaviour.effort.outcome import GRID_ERRORS, Outcome, play
from calc.behaviour.effort.overshoot import TargetRule, play_overshoot
from calc.behaviour.effort.pay import PayRows
from calc.behaviour.effort.rep import CALIBRATIONS, reps_as_teams, spread_abilities
from calc.behaviour.effort.step import COARSE, DEFAULT, Precision
from calc.documents.planfile import load_preset, preset_names
from calc.piecewise.curve import Curve
from tests.calc.behaviour.reps import one_rep, paid

HEADLINE = Curve.through([(0.8, 0.5), (1.0, 1.0), (1.5, 1.75)], below="zero")
HALVED = Precision(cells=2 * DEFAULT.cells, efforts=2 * DEFAULT.efforts - 1, last=DEFAULT.last)


def headline(precision: Precision) -> Outcome:
    reps = reps_as_teams(spread_abilities(0.15), CALIBRATIONS, noise=0.2)
    pay = PayRows.of_curves([HEADLINE] * reps.rows)
    reading = find_kappa(pay, reps, 1.0, 3, precision=precision)
    full = np.ones(reps.rows)
    return play(pay, reps.with_kappa(np.repeat(reading.kappa, 7)), full, full, teams=3, precision=precision)


def test_the_band_of_the_headline_plan_does_not_hang_on_the_grid() -> None:
    whole, halved = headline(DEFAULT), headline(HALVED)
    for name in ("sales", "expected_pay", "net", "effort", "hit"):
        assert getattr(halved, name) == pytest.approx(getattr(whole, name), abs=1e-3), name


@pytest.mark.parametrize("name", preset_names())
def test_a_preset_moves_by_no_more_than_the_stated_error(name: str) -> None:
    found = behave(load_preset(name), precision=COARSE)
    one = found.here.outcome
    whole, halved = (
        play(one.pay, one.reps, one.target, one.plain_rate, teams=3, widths=found.axis.widths, precision=precision)
        for precision in (DEFAULT, HALVED)
    )
    for figure, error in GRID_ERRORS.items():
        assert getattr(halved, figure) == pytest.approx(getattr(whole, figure), abs=error), figure


def test_a_ceiling_and_a_ratchet_together_cost_more_than_a_ceiling_under_a_ratchet() -> None:
    """Both taken away raise sales and pay; the ceiling alone, while the ratchet stays, does little."""
    open_top = Curve((0.0, 0.5, 1.0), (0.0, 0.0, 1.0), (0.0, 2.0, 2.1))
    capped = open_top.clip(high=1.0 + 2.1 / 3.0)
    found = {}
    for name, curve, rule in (
        ("both", capped, TargetRule(ratchet=0.6)),
        ("ratchet", open_top, TargetRule(ratchet=0.6)),
        ("neither", open_top, TargetRule()),
    ):
        run = play_overshoot(
            paid(curve), one_rep(kappa=0.6), 1.0, 1.0, rule, periods=3, foresight=0.9, nodes=13, precision=COARSE
        )
        found[name] = float(run.sales[0, 0]), float(run.pay[0, 0])
    assert found["neither"][0] > found["both"][0] + 0.02
    assert found["neither"][1] > found["both"][1]
    assert abs(found["ratchet"][0] - found["both"][0]) < 0.5 * (found["neither"][0] - found["both"][0])
