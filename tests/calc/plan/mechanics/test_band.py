"""Band: attainment -> payout, on both sides of the floor, the target and the ceiling."""

from typing import Any

import numpy as np
import pytest

from calc import Refused
from calc.piecewise.pieces import Jump
from calc.plan.mechanics import Band

TABLE = [
    pytest.param({}, {-0.5: 0, 0: 0, 0.01: 0.01, 1: 1, 5: 5}, id="plain: pays what was attained, without end"),
    pytest.param({"ceiling": 2.0}, {1: 1, 2: 2, 2.001: 2, 3: 2, 4: 2, 5: 2}, id="low ceiling: 200 % is the most"),
    pytest.param({"floor": 0.7}, {0.69: 0, 0.699999: 0, 0.7: 0.7, 0.71: 0.71, 1: 1}, id="floor: nothing below it"),
    pytest.param({"floor": 0.5, "pays_at_floor": 0}, {0.5: 0, 0.75: 0.5, 1: 1}, id="hard threshold: from nothing"),
    pytest.param({"floor": 0.5, "pays_at_floor": 0.8}, {0.49: 0, 0.5: 0.8, 0.75: 0.9, 1: 1}, id="bump at the floor"),
    pytest.param({"floor": 0.5, "pays_at_floor": 2}, {0.5: 2, 0.75: 1.5, 1: 1, 2: 2}, id="more at the floor than at 1"),
    pytest.param({"floor": 1.0}, {0.99: 0, 1: 1, 1.5: 1.5}, id="all or nothing"),
    pytest.param(
        {"floor": 1.0, "pays_at_floor": 0.5}, {0.99: 0, 1: 1, 1.5: 1.5}, id="target pays 1, whatever the floor"
    ),
    pytest.param({"floor": 1.0, "ceiling": 1.0}, {0.99: 0, 1: 1, 1.5: 1}, id="all or nothing, and no more"),
    pytest.param({"accelerator": 2}, {0.9: 0.9, 1: 1, 1.5: 2, 2: 3}, id="accelerator from target on"),
    pytest.param({"accelerator": 0}, {0.9: 0.9, 1: 1, 3: 1}, id="nothing above target"),
    pytest.param(
        {"accelerator": 3, "ceiling": 1.5}, {1: 1, 1.25: 1.75, 1.5: 2.5, 2: 2.5}, id="accelerator to a ceiling"
    ),
    pytest.param(
        {"floor": 0.5, "pays_at_floor": 0, "accelerator": 1.5, "accelerator_of": "rate_below_target"},
        {0.5: 0, 0.75: 0.5, 0.9: 0.8, 1: 1, 1.1: 1.3, 2: 4},
        id="accelerator of the rate below target: 1.5 times what a unit just below target pays",
    ),
    pytest.param(
        {"floor": 0.5, "pays_at_floor": 0, "accelerator": 1.5},
        {0.9: 0.8, 1: 1, 1.1: 1.15},
        id="accelerator of the target rate: with a floor from nothing, 1.5 pays less than a unit below target",
    ),
    pytest.param(
        {"floor": 0.7, "accelerator": 1.5, "accelerator_of": "rate_below_target"},
        {0.7: 0.7, 1: 1, 1.1: 1.15},
        id="back to the first unit, both meanings are one",
    ),
    pytest.param(
        {"floor": 1, "accelerator": 1.5, "accelerator_of": "rate_below_target"},
        {0.99: 0, 1: 1, 1.1: 1.15},
        id="no climb below target: the target rate",
    ),
    pytest.param(
        {"floor": 0.5, "pays_at_floor": 1, "accelerator": 1.5, "accelerator_of": "rate_below_target"},
        {0.5: 1, 1: 1, 1.1: 1.15},
        id="level up to target: the target rate",
    ),
    pytest.param(
        {"accelerator": 1.4, "accelerator_2": 1.6, "accelerator_2_from": 1.2},
        {0.8: 0.8, 1: 1, 1.1: 1.14, 1.2: 1.28, 1.3: 1.44, 2: 2.56},
        id="a second accelerator further out",
    ),
    pytest.param(
        {"floor": 0.5, "pays_at_floor": 0, "accelerator": 1.5, "accelerator_of": "rate_below_target"}
        | {"accelerator_2": 1, "accelerator_2_from": 1.5, "ceiling": 2},
        {0.75: 0.5, 1: 1, 1.5: 2.5, 1.6: 2.7, 2: 3.5, 3: 3.5},
        id="both accelerators of the rate below target, to a ceiling",
    ),
    pytest.param(
        {"accelerator": 2, "accelerator_2": 9, "accelerator_2_from": 1.5, "ceiling": 1.2},
        {1: 1, 1.2: 1.4, 1.5: 1.4, 9: 1.4},
        id="a ceiling before the second accelerator",
    ),
    pytest.param({"floor": 0.4, "ceiling": 0.8}, {0.39: 0, 0.4: 0.4, 0.8: 0.8, 1: 0.8}, id="ceiling below target"),
    pytest.param({"floor": 0.8, "ceiling": 0.8}, {0.79: 0, 0.8: 0.8, 1: 0.8}, id="ceiling at the floor"),
    pytest.param({"floor": 0.7, "reached": "above"}, {0.7: 0, 0.701: 0.701, 1: 1}, id="floor must be passed"),
    pytest.param({"floor": 1, "ceiling": 1, "reached": "above"}, {1: 0, 1.01: 1, 9: 1}, id="target must be passed"),
]


@pytest.mark.parametrize(("terms", "pays"), TABLE)
def test_band(terms: dict[str, Any], pays: dict[float, float]) -> None:
    curve = Band(**terms).curve()
    assert [curve(a) for a in pays] == pytest.approx(list(pays.values()))
    assert curve(np.array([*pays])) == pytest.approx(np.array([*pays.values()]))


def test_the_jump_at_the_floor_is_exact() -> None:
    assert Band(floor=0.7).curve().jumps() == (Jump(0.7, 0.0, 0.7),)
    assert Band(floor=0.7, pays_at_floor=0).curve().jumps() == ()
    assert Band().curve().jumps() == ()


def test_the_plainest_band_is_one_slope_of_one() -> None:
    assert [p.slope for p in Band(floor=0.7, ceiling=2.0).curve().pieces()] == [0.0, 1.0, 0.0]


def test_one_ninth_decimal_decides() -> None:
    curve = Band(floor=0.7).curve()
    assert [curve(a) for a in (0.699999999, 0.6999999994, 0.6999999996)] == [0, 0, 0.7]


@pytest.mark.parametrize(
    ("terms", "sentence"),
    [
        ({"floor": 1.7}, "floor must lie in [0, 1] (got 1.7): the attainment below which the KPI pays nothing"),
        ({"floor": -0.1}, "floor must lie in [0, 1] (got -0.1): the attainment below which the KPI pays nothing"),
        ({"pays_at_floor": -1}, "pays_at_floor must lie in [0, 10] (got -1)"),
        ({"accelerator": -1}, "accelerator must lie in [0, 1000] (got -1)"),
        ({"ceiling": 0}, "ceiling must lie in (0, 1000] (got 0)"),
        ({"floor": 0.8, "ceiling": 0.7}, "ceiling must not lie below the floor of 0.8 (got 0.7)"),
        ({"reached": "over"}, "reached must be 'at' or 'above' (got 'over')"),
        ({"accelerator_2": 2}, "accelerator_2_from must be given where accelerator_2 is (got none)"),
        ({"accelerator_2_from": 1.5}, "accelerator_2 must be given where accelerator_2_from is (got none)"),
        ({"accelerator_2": 2, "accelerator_2_from": 1}, "accelerator_2_from must lie in (1, 1000] (got 1)"),
        ({"accelerator_of": "base"}, "accelerator_of must be 'target_rate' or 'rate_below_target' (got 'base')"),
        ({"flor": 0.7}, "flor is not known (got 0.7): did you mean floor?"),
    ],
)
def test_refused(terms: dict[str, Any], sentence: str) -> None:
    with pytest.raises(Refused) as refused:
        Band(**terms)
    assert str(refused.value).startswith(sentence)
    assert len(refused.value.sentences) == 1


@pytest.mark.parametrize(
    ("changes", "asked"),
    [
        ({"accelerator_2": 2.0}, {"accelerator_2": 2.0, "accelerator_2_from": 1.5}),
        ({"accelerator_2_from": 1.2}, {"accelerator_2": 1.4, "accelerator_2_from": 1.2}),
        ({"floor": 0.5}, {"floor": 0.5}),
    ],
)
def test_a_second_accelerator_comes_with_its_beginning(changes: dict[str, Any], asked: dict[str, Any]) -> None:
    band = Band(accelerator=1.4)
    assert band.completed(changes) == asked
    both = band.changed(accelerator_2=2, accelerator_2_from=1.2)
    assert both.completed({"accelerator_2": 3.0}) == {"accelerator_2": 3.0}
    gone = both.completed({"accelerator_2_from": None})
    assert both.changed(**gone) == both.changed(accelerator_2=None, accelerator_2_from=None)
