"""Named reps: who stops when, against plans of which that is plain."""

import numpy as np
import pytest

from calc.behaviour.behave import behave
from calc.behaviour.named_reps import NamedRep, RepStop, find_stops
from calc.documents.planfile import load_preset


def stops(name: str, *means: float, target: float | None = None) -> tuple[RepStop, ...]:
    preset = load_preset(name)
    behaved = behave(preset)
    aim = behaved.axis.kpi.target if target is None else target
    people = [NamedRep(f"Rep {n}", mean, aim, preset.plan.incentive) for n, mean in enumerate(means)]
    return find_stops(behaved, preset.plan, people)


def test_under_a_floor_out_of_reach_the_weak_never_try_and_the_able_chase_it() -> None:
    weak, able = stops("unreachable-floor", 40.0, 75.0)
    assert weak.steps == (0, 0, 0)
    assert weak.reason == "out of reach"
    assert None in able.steps


def test_under_a_low_ceiling_the_able_stop_earlier_and_with_the_pay_in_the_bag() -> None:
    found = stops("low-ceiling", 180.0, 280.0, 400.0)
    assert found[0].ordered == (None, None, None)
    first, second = (one.ordered[0] for one in found[1:])
    assert first is not None
    assert second is not None
    assert second <= first
    assert found[2].reason == "in the bag"


def test_a_target_of_ones_own_in_reach_is_worth_trying_for() -> None:
    (far,) = stops("unreachable-floor", 45.0)
    (near,) = stops("unreachable-floor", 45.0, target=50.0)
    assert far.ordered[0] == 0
    assert near.ordered == (None, None, None)


def test_on_a_sound_plan_nobody_stops() -> None:
    assert all(stop.ordered == (None, None, None) for stop in stops("reachable-plan", *np.linspace(35.0, 80.0, 8)))


def test_in_one_two_and_all_readings_in_order() -> None:
    assert RepStop("Ann", (7, None, 3), "in the bag").ordered == (3, 7, None)
    assert find_stops(behave(load_preset("open-top")), load_preset("open-top").plan, []) == ()


@pytest.mark.parametrize("incentive", [0.5, 2.0])
def test_who_has_a_larger_incentive_of_ones_own_is_measured_by_it(incentive: float) -> None:
    preset = load_preset("unreachable-floor")
    behaved = behave(preset)
    rep = NamedRep("Ann", 40.0, 100.0, incentive * preset.plan.incentive)
    assert find_stops(behaved, preset.plan, [rep])[0].steps == (0, 0, 0)
