"""Weights that are typed stay as they were typed; the others make room, and what is left is told."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from calc import Refused
from calc.documents.planfile import Preset
from calc.edit.kpi_changes import STRAIGHT
from calc.edit.paid_kpis import set_typed_weights
from calc.edit.weighing import share_out
from calc.plan.kpi import Kpi
from calc.plan.mechanics import Band, Tiers
from calc.plan.plan import Plan
from tests.strategies import decimals, examples


def plan_of(*weights: float) -> Plan:
    kpis = (Kpi(id=f"k{i}", target=10, weight=w, curve=Band() if w else None) for i, w in enumerate(weights))
    return Plan(target_incentive=1000, kpis=tuple(kpis))


@pytest.mark.parametrize(
    ("weights", "typed", "shown", "left"),
    [
        ((0.334, 0.333, 0.333), {"k0": 0.7}, [0.7, 0.15, 0.15], 0),
        ((0.334, 0.333, 0.333), {"k0": 0.7, "k1": 0.2}, [0.7, 0.2, 0.1], 0),
        ((0.334, 0.333, 0.333), {"k0": 0.7, "k1": 0.2, "k2": 0.1}, [0.7, 0.2, 0.1], 0),
        ((0.334, 0.333, 0.333), {"k0": 0.7, "k1": 0.2, "k2": 0.04}, [0.7, 0.2, 0.04], 0.06),
        ((0.334, 0.333, 0.333), {"k0": 0.9, "k1": 0.2}, [0.9, 0.2, 0.0], -0.1),
        ((0.334, 0.333, 0.333), {"k0": 0.3333}, [0.3333, 0.3337, 0.333], 0),
        ((1,), {"k0": 0.6}, [0.6], 0.4),
        ((0.5, 0.5, 0), {"k2": 0.2}, [0.4, 0.4, 0.2], 0),
        ((1, 0), {"k0": 1, "k1": 0}, [1, 0], 0),
    ],
)
def test_typed_weights_stay_and_the_others_make_room(
    weights: tuple[float, ...], typed: dict[str, float], shown: list[float], left: float
) -> None:
    shares = share_out(plan_of(*weights), typed)
    assert list(shares.weights.values()) == shown
    assert shares.left == left


@examples(100)
@given(st.lists(st.integers(1, 9), min_size=1, max_size=6), st.data())
def test_what_is_shown_and_what_is_left_are_the_whole(parts: list[int], data: st.DataObject) -> None:
    plan = plan_of(*(part / sum(parts) for part in parts))
    typed = {name: data.draw(decimals(0, 1, 4)) for name in plan.ids if data.draw(st.booleans())}
    shares = share_out(plan, typed)
    assert {name: shares.weights[name] for name in typed} == typed
    assert abs(sum(shares.weights.values()) + shares.left - 1) < 1e-9
    after, told = set_typed_weights(Preset(plan=plan), typed)
    assert told == shares
    now = {kpi.id: kpi.weight for kpi in (plan if shares.left else after.plan).kpis}
    assert {kpi.id: kpi.weight for kpi in after.plan.kpis} == now
    assert shares.left or now == {**now, **shares.weights}


def test_a_measure_without_a_curve_is_paid_along_a_straight_line() -> None:
    after, _ = set_typed_weights(Preset(plan=plan_of(1, 0)), {"k1": 0.25})
    assert after.plan.kpi("k1").curve == STRAIGHT
    assert after.plan.pay([[10, 20]]) == [1250]


def test_beside_commissions_alone_the_money_at_target_becomes_the_target_pay() -> None:
    kpis = (Kpi(id="sales", target=100, curve=Tiers(tiers=((0, 5),))), Kpi(id="csat", target=80, weight=0))
    after, _ = set_typed_weights(Preset(plan=Plan(kpis=kpis)), {"csat": 1.0})
    assert after.plan.target_incentive == 500
    assert after.plan.kpi("csat").weight == 1


def test_more_than_the_whole_leaves_the_plan_as_it_was() -> None:
    preset = Preset(plan=plan_of(0.5, 0.5))
    assert set_typed_weights(preset, {"k0": 0.8, "k1": 0.4})[0] is preset
    with pytest.raises(Refused, match="weight must lie in"):
        set_typed_weights(preset, {"k0": -0.5, "k1": 1.5})
