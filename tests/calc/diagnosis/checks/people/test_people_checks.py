"""Checks that need people: each finds what is sick, with numbers that are worked out again here, and nothing else."""

from collections.abc import Mapping
from itertools import combinations
from typing import Any

import pytest

from calc import Plan, Preset
from calc.diagnosis.checks import CHECKS
from calc.diagnosis.context import Case
from calc.diagnosis.finding import Finding
from calc.documents.preset_tables import Rep
from calc.messages import Number
from calc.plan.kpi import Kpi
from calc.plan.mechanics import Band
from calc.situation.rank import Rank
from calc.situation.team import Team
from tests.calc.diagnosis.checks.cases import text


def found(check: str, reps: list[dict[str, Any]], *kpis: Kpi, **around: Any) -> list[Finding]:
    own = kpis or (Kpi(id="deals", unit="deals", target=100, weight=1, curve=Band(floor=0.0)),)
    named = tuple(Rep(**{"name": f"Rep {n}", **rep}) for n, rep in enumerate(reps))
    return list(CHECKS[check](Case(Preset(plan=Plan(target_incentive=1000, kpis=own), reps=named, **around))))


def results(*deals: float, **more: tuple[float, ...]) -> list[dict[str, Mapping[str, float]]]:
    return [{"results": {"deals": x, **{k: v[n] for k, v in more.items()}}} for n, x in enumerate(deals)]


CALLS = (
    Kpi(id="deals", unit="deals", target=100, weight=0.2, curve=Band(floor=0.0)),
    Kpi(id="calls", kind="activity", unit="calls", target=50, weight=0.8, curve=Band(floor=0.0)),
)


def test_who_brings_more_and_is_paid_less() -> None:
    rows = results(60, 140, 100, calls=(60.0, 10.0, 50.0))
    (finding,) = found("pay_inversion", rows, *CALLS)
    paid = [0.2 * d / 100 + 0.8 * c / 50 for d, c in ((60, 60), (140, 10), (100, 50))]
    pairs = sum((a - b) * (x - y) < 0 for (a, x), (b, y) in combinations(zip((60, 140, 100), paid, strict=True), 2))
    assert (finding.severity, finding.share) == ("alarm", 1)
    assert finding.money == pytest.approx(1000 * (paid[0] - paid[1]))
    assert text(finding.title) == "Pays 440.00 for 140 deals and 1,080.00 for 60 deals"
    assert dict(finding.says.facts)["pairs"] == Number(pairs)


def test_pay_that_follows_has_no_inversion() -> None:
    assert not found("pay_inversion", results(60, 140, 100))
    assert not found("pay_inversion", [])


def test_pay_by_place() -> None:
    rank = Rank(pays=(600.0, 300.0, 100.0))
    (finding,) = found("pay_by_rank", results(90, 110), team=Team(size=2, spread=0.2), rank=rank)
    assert text(finding.title) == "Pays 1,000.00 by place in the team"
    assert "100.00 is for places that nobody takes." in text(finding.says)
    assert not found("pay_by_rank", results(90, 110))


def forecasts(*ranges: tuple[float, float]) -> list[dict[str, Any]]:
    return [{"forecasts": {"deals": pair}} for pair in ranges]


def test_chances_of_equal_skill() -> None:
    (finding,) = found("unequal_chance", forecasts((60, 100), (100, 140)))
    assert finding.severity == "alarm"
    assert "a chance of 95.0 %" in text(finding.says)
    assert "a chance of 50.0 %" in text(finding.says)
    assert not found("unequal_chance", forecasts((90, 110), (92, 108)))
    assert not found("unequal_chance", forecasts((60, 100)))


def test_pay_that_does_not_follow() -> None:
    rows = results(60, 140, 100, 80, 120, calls=(60.0, 10.0, 50.0, 55.0, 30.0))
    (finding,) = found("loose_pay", rows, *CALLS)
    assert finding.severity == "alarm"
    assert not found("loose_pay", results(60, 140, 100, 80, 120))
    assert not found("loose_pay", rows[:4], *CALLS)


def test_a_mean_that_hides() -> None:
    (finding,) = found("hidden_by_mean", results(180, 160, 140, 55, 45, 40))
    assert text(finding.title) == "Averages 103.3 %, while 50.0 % reach the target"
    assert finding.share == 0.5
    assert not found("hidden_by_mean", results(102, 103, 104, 99))


def test_size_that_decides() -> None:
    rows = [{"results": {"deals": 120.0 - 5 * n}, "last_year": {"deals": 50.0 + 10 * n}} for n in range(8)]
    (finding,) = found("unfair_by_size", rows)
    assert "Whoever was smaller reaches more" in text(finding.says)
    assert not found("unfair_by_size", rows[:7])


def test_who_stands_beside_a_jump() -> None:
    cliff = Kpi(id="deals", unit="deals", target=100, weight=1, curve=Band(floor=0.7))
    (finding,) = found("near_cliff", results(69, 71, 90), cliff)
    assert (finding.severity, finding.money) == ("note", 700)
    assert finding.share == pytest.approx(2 / 3)
    assert "1 of them short of it" in text(finding.says)
    assert not found("near_cliff", results(69, 71, 90))


CLIFF = Kpi(id="deals", unit="deals", target=100, weight=1, curve=Band(floor=0.7))


def test_people_who_gather_on_one_side_of_a_jump() -> None:
    (finding,) = found("bunching", results(70, 70, 71, 71, 72, 73, 74, 90, 50), CLIFF)
    assert (finding.severity, finding.money) == ("warn", 700)
    assert finding.share == pytest.approx(7 / 9)
    assert text(finding.title) == "Has 7 of 7 people near a jump at or past it"
    assert f"comes about {100 * 2 / 2**7:.1f} % of the time" in text(finding.says)
    (below,) = found("bunching", results(69, 68, 67, 66, 69, 66, 65), CLIFF)
    assert "7 of them short of it" in text(below.says)
    assert not found("bunching", results(70, 71, 72, 73, 68, 69, 74), CLIFF)
    assert not found("bunching", results(70, 71, 72, 73, 74), CLIFF)
    assert not found("bunching", results(70, 70, 71, 71, 72, 73, 74))


def test_people_who_cost_more_than_their_target_incentives() -> None:
    (finding,) = found("cost_over_budget", results(130, 125, 90))
    assert finding.money == pytest.approx(1300 + 1250 + 900 - 3000)
    assert text(finding.title) == "Pays these people 15.0 % more than their target incentives"
    assert not found("cost_over_budget", results(110, 110, 110))
    rank = Rank(pays=(600.0, 300.0, 100.0))
    (placed,) = found("cost_over_budget", results(110, 110, 110), rank=rank)
    assert placed.money == 300 + 1000
