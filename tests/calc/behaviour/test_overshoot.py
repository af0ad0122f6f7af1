"""A target that follows the overshoot, against its closed form and against the target that only follows hits."""

from dataclasses import replace

import numpy as np
import pytest

from calc.behaviour.answers import Answers
from calc.behaviour.axis import pays_by_target, read_axis
from calc.behaviour.effort.overshoot import TargetRule, play_overshoot
from calc.behaviour.effort.pay import PayRows
from calc.behaviour.effort.rising_target import play_rising_target
from calc.behaviour.effort.step import COARSE
from calc.documents.params import set_terms
from calc.documents.planfile import load_preset
from calc.piecewise.curve import Curve
from calc.piecewise.vectorized import Floats
from tests.calc.behaviour.reps import line, one_rep, paid

TARGET = Curve((0.0, 0.5, 1.0, 2.0), (0.0, 0.0, 1.0, 3.1), (0.0, 2.0, 2.1, 0.0))


def test_on_a_line_effort_is_that_of_weitzman() -> None:
    """Bonus s - q and q' = q + 0.6 (s - q): the slope that counts is 1 - 0.95 x 0.6 x (1 + 0.95 x 0.4), and so on."""

    def bonus(pay: PayRows, target: Floats) -> PayRows:
        return replace(pay, level=-target)

    found = play_overshoot(
        paid(line(1.0)),
        one_rep(response=1.0, max_effort=6.0),
        1.0,
        1.0,
        TargetRule(ratchet=0.6, ease=0.6),
        periods=3,
        foresight=0.95,
        paid_at=bonus,
    )
    effort = (found.sales[:, 0] - 0.7) / 0.3
    assert effort == pytest.approx([0.2134, 0.43, 1.0], abs=1e-6)


def test_a_rise_after_a_hit_is_that_of_the_exact_count_of_hits() -> None:
    reps, full = one_rep(kappa=0.6), np.ones(1)
    rule = TargetRule(growth=0.01, rise=0.1)
    found = play_overshoot(paid(TARGET), reps, 1.0, 1.0, rule, periods=3, foresight=0.9)
    exact = play_rising_target(paid(TARGET), reps, full, full, periods=3, growth=0.01, rise=0.1, foresight=0.9)
    for name in ("sales", "pay", "target", "hit"):
        assert getattr(found, name) == pytest.approx(getattr(exact, name), abs=0.004), name
    assert found.price_of_hitting == pytest.approx(exact.price_of_hitting, abs=0.005)


def test_fewer_targets_move_sales_little() -> None:
    rule = TargetRule(ratchet=0.5)
    few, many = (
        play_overshoot(
            paid(TARGET), one_rep(kappa=0.6), 1.0, 1.0, rule, periods=3, foresight=0.9, nodes=nodes, precision=COARSE
        )
        for nodes in (13, 25)
    )
    assert few.sales == pytest.approx(many.sales, abs=0.002)


def test_an_overshoot_that_is_taken_away_is_held_back() -> None:
    rule = TargetRule(ratchet=0.8)
    seen, blind = (
        play_overshoot(
            paid(TARGET), one_rep(kappa=0.6), 1.0, 1.0, rule, periods=3, foresight=f, nodes=13, precision=COARSE
        )
        for f in (0.9, 0.0)
    )
    assert seen.sales[0, 0] < blind.sales[0, 0] - 0.02
    assert seen.target[1, 0] < blind.target[1, 0]


def test_the_price_of_a_ratchet_is_that_of_a_tenth_beyond_the_target() -> None:
    """It grows with the share of an overshoot that is added, and is nothing where nobody looks ahead."""
    preset = load_preset("ratchet")
    prices = []
    for share in (0.25, 0.5):
        rising = Answers(set_terms(preset, {"path.ratchet": share, "path.growth_if_hit": 0.0, "path.periods": 3}), {})
        assert rising.rising is not None
        assert rising.rising.ratchet
        prices.append(rising.rising.price_of_hitting)
        assert rising.rising.first_quarter[0].high < 0.0
        assert (rising.rising.blind.price_of_hitting == 0.0).all()
    assert 0.0 < prices[0].low < prices[1].low


def test_a_target_that_pay_does_not_hang_on_may_rise_without_a_price() -> None:
    preset = set_terms(load_preset("ratchet"), {"path.ratchet": 0.0})
    tiers = load_preset("marginal-tiers")
    assert pays_by_target(preset.plan, read_axis(preset))
    assert not pays_by_target(tiers.plan, read_axis(tiers))
    assert Answers(tiers.changed(path=preset.path), {}).rising is None
