"""An accelerator that brakes: found where the climb just above target is gentler than the one just below."""

import pytest

from calc.messages import Money, Result
from tests.calc.diagnosis.checks.situation import below, cured, found, kpi, situation, the
from tests.curves import band_of


def band(floor: float, pays: float, accelerator: float) -> dict[str, object]:
    return {"kind": "band", "floor": floor, "pays_at_floor": pays, "accelerator": accelerator}


def test_an_accelerator_of_one_and_a_half_over_a_floor_of_a_half() -> None:
    one = the("accelerator_inversion", situation(kpi(curve=band(0.5, 0.0, 1.5))))
    assert (one.severity, one.kpi, one.span) == ("warn", "deals", (0.5, 1.0))
    assert one.money == 50.0  # a tenth before target pays 200, one beyond it 150
    facts = dict(one.says.facts)
    assert (facts["one"], facts["before"], facts["beyond"]) == (Result(1.0, "pieces"), Money(20.0), Money(15.0))
    assert one.share == pytest.approx(1 - below(1.0))


@pytest.mark.parametrize(
    ("floor", "pays", "accelerator", "inverted"),
    [
        (0.4, 0.0, 5 / 3, False),
        (0.4, 0.0, 1.6666666, True),
        (0.7, 0.7, 1.0, False),
        (0.7, 0.7, 0.99, True),
        (0.5, 0.2, 1.6, False),
        (0.5, 0.2, 1.59, True),
        (0.5, 0.0, 0.0, False),  # it does not climb at all: a flat zone
        (1.0, 1.0, 0.5, False),  # nothing climbs before target
        (0.5, 1.2, 0.1, False),  # it falls before target
    ],
)
def test_the_limit_is_one_less_pay_at_the_floor_over_one_less_floor(
    floor: float, pays: float, accelerator: float, inverted: bool
) -> None:
    assert bool(found("accelerator_inversion", situation(kpi(curve=band(floor, pays, accelerator))))) is inverted


@pytest.mark.parametrize("target", [0.7, 3, 7, 85, 149_999_999])
@pytest.mark.parametrize("better", ["higher", "lower"])
def test_any_target_either_way(target: float, better: str) -> None:
    for accelerator, inverted in ((5 / 3, False), (1.66, True)):
        sick = situation(kpi(curve=band(0.4, 0.0, accelerator), target=target, better=better))
        assert [f.span for f in found("accelerator_inversion", sick)] == [(0.4, 1.0)] * inverted


def test_any_curve() -> None:
    points = {"kind": "points", "points": [[0, 0], [1, 1], [2, 1.5]]}
    assert the("accelerator_inversion", situation(kpi(curve=points))).span == (0.0, 1.0)
    tiers = {"kind": "tiers", "tiers": [[0, 9], [100, 7]]}
    commission = situation(kpi(weight=None, curve=tiers), plan={"target_incentive": None})
    assert the("accelerator_inversion", commission).money == 20.0  # 10 pieces at 9, then at 7


def test_the_cure_raises_it_to_the_limit_up_to_a_twentieth() -> None:
    one = the("accelerator_inversion", situation(kpi(curve=band(0.4, 0.0, 1.2))))
    assert one.cure is not None
    assert band_of(one.cure.after.plan, "deals").accelerator == 1.7  # 1.667
    assert not found("accelerator_inversion", one.cure.after)
    other = cured(the("accelerator_inversion", situation(kpi(curve=band(0.5, 0.0, 1.5)))))
    assert band_of(other.plan, "deals").accelerator == pytest.approx(2.0)
