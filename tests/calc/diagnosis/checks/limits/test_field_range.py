"""Outside the field's range: a note for each, and none within it."""

import pytest

from calc.diagnosis.checks.limits.field_range import find_field_range
from calc.diagnosis.finding import Finding
from calc.plan.kpi import Kpi
from calc.plan.mechanics import Band
from calc.situation.practice import Practice
from calc.situation.team import Team
from tests.calc.diagnosis.checks.cases import case, csat, deals, text


def titles(found: list[Finding]) -> list[str]:
    assert {f.severity for f in found} <= {"note"}
    assert {f.check for f in found} <= {"field_range"}
    return [text(f.title) for f in found]


def test_every_range_by_itself() -> None:
    bad = case(deals(curve=Band(floor=0.8, accelerator=3.0, ceiling=1.5)), team=Team(mean=1.0, spread=0.1))
    leverage, floor, accelerator = find_field_range(bad)
    assert titles([leverage, floor, accelerator]) == [
        "Pays the best tenth 1.384× the target incentive",  # 1 + 3 x 0.12816
        "Starts to pay at 80.0 % of target",
        "Has an accelerator of 3",
    ]
    assert (leverage.money, leverage.span, leverage.kpi) == (1384.47, None, None)
    assert (floor.money, floor.span, floor.kpi) == (800.00, (0.0, 0.8), "deals")
    assert (accelerator.money, accelerator.span, accelerator.kpi) == (30.00, (1.0, 1.5), "deals")


@pytest.mark.parametrize(("floor", "found"), [(0.0, False), (0.6999, False), (0.7, True), (1.0, True)], ids=str)
def test_both_sides_of_a_high_floor(floor: float, found: bool) -> None:
    assert bool(list(find_field_range(case(deals(curve=Band(floor=floor)))))) == found


@pytest.mark.parametrize(
    ("accelerator", "found"),
    [(0.5, False), (1.0, False), (1.01, True), (1.49, True), (1.5, False), (2.5, False), (2.51, True)],
)
def test_both_sides_of_an_accelerator(accelerator: float, found: bool) -> None:
    assert bool(list(find_field_range(case(deals(curve=Band(accelerator=accelerator)))))) == found


@pytest.mark.parametrize(("mean", "found"), [(1.9999, True), (2.0, False), (3.0, False), (3.0001, True)], ids=str)
def test_both_sides_of_the_leverage(mean: float, found: bool) -> None:
    assert bool(list(find_field_range(case(team=Team(mean=mean, spread=0.0))))) == found


def test_the_best_tenth_in_everything_that_pays() -> None:
    both = deals(weight=0.5), deals(id="calls", weight=0.5, team_mean=1.5, team_spread=0.5)
    (finding,) = find_field_range(case(*both, csat(), team=Team(mean=1.0, spread=0.2)))
    assert finding.money == round(500 * (1 + 0.2 * 1.2815515655) + 500 * (1.5 + 0.5 * 1.2815515655), 2)


def test_a_floor_of_an_average_is_high_by_nature() -> None:
    kept = Kpi(id="on_time", kind="quality", unit="%", target=95, weight=1, curve=Band(floor=0.9))
    assert not list(find_field_range(case(kept)))


def test_the_one_curve_of_a_score_is_told_once() -> None:
    scored = deals(weight=0.6, curve=None), deals(id="calls", weight=0.4, curve=None)
    found = list(find_field_range(case(*scored, combine="score", curve=Band(accelerator=3.0))))
    assert titles(found) == ["Has an accelerator of 3"]


def test_the_organisations_own_range_counts() -> None:
    own = Practice(accelerator_low=1.1, accelerator_high=4.0)
    assert not list(find_field_range(case(deals(curve=Band(accelerator=3.0)), practice=own)))
