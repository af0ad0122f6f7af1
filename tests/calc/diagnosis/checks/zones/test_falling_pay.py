"""Falling pay: where, by how much, until where, and whom it meets."""

from statistics import NormalDist

import pytest

from calc.diagnosis.checks.zones.falling_pay import find_falling_pay
from calc.plan.kpi import Kpi
from calc.plan.mechanics import Matrix, Points, Tiers
from calc.situation.team import Team
from tests.calc.diagnosis.checks.cases import case, deals, mends, only, text

TEAM = Team(mean=1.0, spread=0.2)


def points(*rows: tuple[float, float], **terms: object) -> Kpi:
    return deals(curve=Points(points=rows, **terms))


def test_names_the_fall_and_where_pay_is_back() -> None:
    bad = case(points((0, 0), (1, 1), (1.2, 0.8), (1.5, 1.5)), team=TEAM)
    finding = only(find_falling_pay(bad))
    assert (finding.check, finding.severity, finding.kpi) == ("falling_pay", "alarm", "deals")
    assert finding.span == (1.0, 1.2)
    assert finding.money == 200.00
    back = 1.2 + 0.2 / (0.7 / 0.3)
    normal = NormalDist(1.0, 0.2)
    assert finding.share == pytest.approx(normal.cdf(back) - normal.cdf(1.0), abs=1e-9)
    assert text(finding.title) == "Takes 200.00 away from whoever goes beyond 100 deals"
    assert text(finding.says) == (
        "From 100 deals to 120 deals, a better result earns less: pay falls by 200.00. "
        "It is back where it was only at 128.571 deals."
    )


def test_the_cure_holds_the_pay() -> None:
    bad = case(points((0, 0), (1, 1), (1.2, 0.8), (1.5, 1.5)), team=TEAM)
    after = mends(bad, find_falling_pay, only(find_falling_pay(bad)))
    assert after.plan.kpi("deals").curve == Points(points=((0, 0), (1, 1), (1.2, 1), (1.5, 1.5)))


def test_a_fall_at_a_point() -> None:
    finding = only(find_falling_pay(case(points((0, 0), (1, 1), (1, 0.7), (2, 2)), team=TEAM)))
    assert (finding.span, finding.money) == ((1.0, 1.0), 300.00)
    assert "At 100 deals, a better result earns less: pay falls by 300.00." in text(finding.says)
    assert finding.share == pytest.approx(NormalDist().cdf(0.3 / 1.3 / 0.2) - 0.5, abs=1e-9)


def test_neighbouring_falls_are_one() -> None:
    finding = only(find_falling_pay(case(points((0, 0), (1, 1), (1.1, 0.9), (1.1, 0.8), (1.3, 0.7), (2, 2)))))
    assert (finding.span, finding.money, finding.share) == ((1.0, 1.3), 300.00, None)


def test_two_falls_apart_are_two() -> None:
    found = list(find_falling_pay(case(points((0, 0), (0.5, 0.5), (0.6, 0.4), (1, 1), (1, 0.9), (2, 2)))))
    assert [f.span for f in found] == [(0.5, 0.6), (1.0, 1.0)]
    assert [f.money for f in found] == [100.00, 100.00]


def test_a_fall_without_end_is_counted_to_the_best_in_twenty() -> None:
    endless = points((0, 0), (1, 1), (2, 0.5), above="extend")
    assert (f := only(find_falling_pay(case(endless, team=TEAM, pay_below_zero=True)))).span == (1.0, None)
    assert f.money == round(500 * 0.2 * 1.6448536269514722, 2) == 164.49
    assert f.share == pytest.approx(0.5, abs=1e-9)
    assert only(find_falling_pay(case(endless, pay_below_zero=True))).money == 500.00


def test_a_lower_rate_for_everything_sold() -> None:
    tiers = Tiers(tiers=((0, 10), (100, 8)), apply="retroactive")
    finding = only(find_falling_pay(case(deals(weight=None, target=80, curve=tiers), target_incentive=None)))
    assert (finding.span, finding.money, finding.cure) == ((1.25, 1.25), 200.00, None)


def test_a_better_result_that_is_lower() -> None:
    curve = Points(points=((5, 1.2), (8, 1.3), (10, 1.0), (20, 0.0)), of="result")
    bad = case(deals(id="days", unit="days", target=10, better="lower", curve=curve))
    finding = only(find_falling_pay(bad))
    assert (finding.span, finding.money) == ((1.2, 1.5), 100.00)
    after = mends(bad, find_falling_pay, finding)
    assert after.plan.kpi("days").curve == Points(points=((5, 1.3), (8, 1.3), (10, 1.0), (20, 0.0)), of="result")


def test_a_grid_that_falls_along_what_is_not_paid_by_itself() -> None:
    grid = Matrix(
        rows=(0, 1, 2), columns=(0, 1, 2), payouts=((0, 0, 0), (0.5, 1, 0.9), (1, 2, 1.8)), **{"with": "margin"}
    )
    margin = Kpi(id="margin", unit="%", target=30, weight=0)
    finding = only(find_falling_pay(case(deals(curve=grid), margin)))
    assert (finding.kpi, finding.span, finding.money) == ("margin", (1.0, 2.0), 100.00)


@pytest.mark.parametrize(
    "kpi",
    [
        points((0, 0), (1, 1), (1.2, 1), (1.5, 1.5)),
        points((0, 0), (1, 1)),
        points((0, 1)),
        deals(),
    ],
    ids=["level", "ends level", "the same everywhere", "a straight line"],
)
def test_level_or_rising_pay_says_nothing(kpi: Kpi) -> None:
    assert not list(find_falling_pay(case(kpi, team=TEAM)))
