"""Figures of named people, held against a plain loop over people on random teams under random plans."""

import math
import random
import statistics
from dataclasses import replace
from itertools import combinations
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

import calc
from calc import Plan
from calc.plan.kpi import Kpi
from calc.plan.mechanics import Tiers
from calc.team.changes import at_the_same_cost, carried_results, kept_whole_at, team_change
from calc.team.costs import attainment_bands, cost_by_part, slide_results, team_cost, worth_of_better_quotas
from calc.team.deal_moves import pay_of_main_kpi, price_of_moves
from calc.team.edges import near_edges
from calc.team.landing import attainment_histogram, landing_shares, leverage_reached, payout_by_rank
from calc.team.overview import overview_of_people
from calc.team.paid_people import PaidPeople, by_person, pay_people, results_of, team_results
from calc.team.performance import count_inversions, relation, worst_inversions
from calc.team.quota_fairness import fairness_by_size, quota_accuracy
from tests import oracle
from tests.strategies import Document, examples, plans, stands

SIZE = 3


def team_of(plan: Plan, places: list[dict[str, float]]) -> PaidPeople:
    names = [f"p{n}" for n in range(len(places))]
    return pay_people(plan, results_of(plan, names, [[at[i] for i in plan.ids] for at in places]))


@examples(30)
@given(st.data(), plans())
def test_everybody_is_paid_as_one_by_one(data: st.DataObject, drawn: tuple[Document, Plan]) -> None:
    document, plan = drawn
    places = [data.draw(stands(document)) for _ in range(SIZE)]
    paid = team_of(plan, places)
    for n, at in enumerate(places):
        found = oracle.pays(oracle.Rep(document, at, {}))
        if found.incentive:
            assert paid.multiple[n] == pytest.approx(found.total / found.incentive, rel=1e-7, abs=1e-7)
        assert paid.pay[n] == plan.pay([list(at.values())])[0]
    assert paid.total == pytest.approx(math.fsum(paid.pay), abs=0.01)


def random_people(seed: int, size: int) -> tuple[list[float], list[float]]:
    chance = random.Random(seed)
    attainment = [round(chance.gauss(1, 0.3), chance.choice([1, 2, 4])) for _ in range(size)]
    multiple = [max(0.0, min(2.0, round(a + chance.gauss(0, 0.2), 2))) for a in attainment]
    return attainment, multiple


@pytest.mark.parametrize("seed", range(20))
def test_figures_are_those_of_a_plain_loop(seed: int) -> None:
    a, m = random_people(seed, 5 + 7 * seed)
    x, y = np.array(a), np.array(m)
    pairs = [(i, j) for i, j in combinations(range(len(a)), 2)]
    inverted = [p for p in pairs if (a[p[0]] - a[p[1]]) * (m[p[0]] - m[p[1]]) < 0]
    assert count_inversions(x, y) == len(inverted)
    assert relation(x, y) == pytest.approx(statistics.correlation(a, m))
    shares = landing_shares(x, 0.7)
    assert shares.at_target == sum(one >= 1 for one in a) / len(a)
    assert shares.below_floor == sum(one < 0.7 for one in a) / len(a)
    assert shares.spread == pytest.approx(statistics.pstdev(a))
    bars = attainment_histogram(x)
    for start, count in zip(bars.starts, bars.counts, strict=True):
        assert count == sum(round(10 * start) == math.floor(round(10 * one, 8)) for one in a)
    line = payout_by_rank(y)
    reached = [n for n, one in enumerate(sorted(m)) if one >= 1]
    assert line.whole_at == (reached[0] / len(m) if reached else None)
    top = sorted(m)[-math.ceil(len(m) / 10) :]
    assert leverage_reached(y) == pytest.approx(statistics.mean(top) / statistics.median(m))
    accuracy = quota_accuracy(x)
    assert accuracy.near == sum(0.8 <= one <= 1.2 for one in a) / len(a)
    assert sum(box.people for box in fairness_by_size(x, y).boxes) == len(a)


@pytest.mark.parametrize("size", [3, 600, 2500])
def test_inversions_of_large_teams_are_counted_exactly(size: int) -> None:
    a, m = (np.array(one) for one in random_people(size, size))
    gaps = (a[:, None] > a[None, :]) & (m[:, None] < m[None, :])
    assert count_inversions(a, m) == int(gaps.sum())
    for one in worst_inversions(a, m):
        assert gaps[one.more, one.less]
        assert one.gap == pytest.approx(float(np.where(gaps[:, one.less], a, -9).max() - a[one.less]))


def band(**terms: Any) -> Plan:
    curve = {"kind": "band", **terms}
    return Plan.read({"target_incentive": 1000, "kpis": [{"id": "deals", "target": 100, "weight": 1, "curve": curve}]})


def random_team(plan: Plan, seed: int, size: int = 40) -> PaidPeople:
    results = np.random.default_rng(seed).normal(95, 30, (size, 1)).round(1)
    return pay_people(plan, results_of(plan, [f"p{n}" for n in range(size)], results))


@pytest.mark.parametrize("seed", range(5))
def test_changes_add_up_and_losers_stand_first(seed: int) -> None:
    old, new = band(floor=0.0), band(floor=0.7, accelerator=2)
    before = random_team(old, seed)
    after = pay_people(new, carried_results(before, new))
    change = team_change(before, after)
    assert sum(one.change for one in change.people) == pytest.approx(change.total, abs=0.005)
    assert change.winners + change.losers + sum(one.change == 0 for one in change.people) == len(before)
    harmed = [one.share is not None and one.share < -0.05 for one in change.people]
    assert harmed == sorted(harmed, reverse=True)


@pytest.mark.parametrize("seed", range(5))
def test_the_same_money_in_another_shape(seed: int) -> None:
    old, new = band(floor=0.0), band(floor=0.7, accelerator=2)
    before = random_team(old, seed)
    found = at_the_same_cost(new, carried_results(before, new), before.total)
    assert found is not None
    reshaped = team_change(before, pay_people(*found))
    assert round(sum(one.change for one in reshaped.people), 2) == 0
    assert reshaped.after == before.total


@pytest.mark.parametrize("seed", range(3))
def test_what_keeps_somebody_whole_pays_as_much_as_before(seed: int) -> None:
    old, new = band(floor=0.0), band(floor=0.7, accelerator=2)
    before = random_team(old, seed)
    after = pay_people(new, carried_results(before, new))
    for n in range(len(before)):
        result = kept_whole_at(after, n, float(before.pay[n]))
        assert result is None or new.pay([[result]])[0] >= before.pay[n] - 0.011
        if result is not None and result > 0:
            assert new.pay([[result - 1]])[0] <= before.pay[n]


def test_edges_are_told_with_what_they_are_worth() -> None:
    plan = band(floor=0.7, ceiling=1.5)
    paid = pay_people(plan, results_of(plan, "abcdef", [[66], [69], [72], [100], [148], [190]]))
    found = {(one.person, one.kind): (one.away, one.worth) for one in near_edges(paid)}
    assert {edge: away for edge, (away, _) in found.items()} == pytest.approx(
        {(0, "cliff"): 0.04, (1, "cliff"): 0.01, (2, "cliff"): -0.02, (4, "ceiling"): 0.02}
    )
    assert (found[0, "cliff"][1], found[1, "cliff"][1]) == (700, 700)
    assert found[2, "cliff"][1] == pytest.approx(700, abs=0.01)
    assert found[4, "ceiling"][1] == pytest.approx(20)


def test_results_slid_cost_what_they_cost() -> None:
    plan = band(floor=0.7)
    paid = random_team(plan, 3)
    for one in slide_results(paid):
        assert one.cost == pytest.approx(float(np.sum(plan.pay(paid.team.results * (1 + one.slide)))), abs=0.011)
    parts = cost_by_part(paid, attainment_bands(paid.overall))
    assert sum(part.pay for part in parts) == pytest.approx(paid.total)
    assert team_cost(paid).at_target == 40_000
    assert worth_of_better_quotas(paid) == worth_of_better_quotas(paid)


def test_moves_are_the_best_of_a_fine_search() -> None:
    plan = band(floor=0.7, ceiling=1.4, accelerator=2)
    pay = pay_of_main_kpi(plan)
    attainment = np.random.default_rng(4).uniform(0.4, 1.6, (30, 3)).round(3)
    found = price_of_moves(pay, attainment, 0.2)
    for m in np.linspace(-0.2, 0.2, 401).round(6):
        here, there = attainment[:, :-1], attainment[:, 1:]
        gain = pay(here - m) + pay(there + m) - pay(here) - pay(there)
        assert (gain <= found.gain + 1e-6).all()
    straight = pay_of_main_kpi(band(floor=0.0))
    assert price_of_moves(straight, attainment, 0.2).total == pytest.approx(0, abs=1e-6)


def test_files_of_people_are_paid_with_their_own_targets_and_incentives() -> None:
    plan = calc.load("low-ceiling").plan
    file = {
        "Rep": ["Jo", "Sam", "Kim"],
        "Deals quota": [100, 200, 100],
        "Deals": [90, 240, 100],
        "CSAT": [90, 90, None],
        "Target incentive": [1000, 2000, 1000],
    }
    team = team_results(plan, calc.read_people(file, plan=plan))
    assert team.left_out == (("Kim", "no result of csat"),)
    paid = pay_people(plan, team)
    assert paid.overall[0] == pytest.approx(
        paid.attainment[0] @ np.array([plan.targeted[i] for i in plan.ids]) / sum(plan.targeted.values())
    )
    assert paid.pay[1] == plan.pay([[240, 90]], [[200, plan.kpi("csat").target]], [2000])[0]


def test_periods_add_up_by_person() -> None:
    plan = band(floor=0.7)
    months = results_of(plan, ["Jo", "Sam", "Jo"], [[60], [100], [140]])
    year = by_person(pay_people(plan, months))
    assert year.names == ("Jo", "Sam")
    assert year.pay.tolist() == [1400, 1000]
    assert year.overall.tolist() == [1, 1]


@pytest.mark.parametrize("seed", range(3))
def test_several_periods_are_paid_one_by_one_whatever_is_changed(seed: int) -> None:
    plan = Plan(
        target_incentive=1000,
        kpis=(Kpi(id="deals", target=100, curve=Tiers(tiers=((0, 5), (80, 12), (120, 20)), apply="retroactive")),),
    )
    results = np.random.default_rng(seed).uniform(50, 150, 24).round()
    months = results_of(plan, [f"P{n // 4}" for n in range(24)], results)
    rows = pay_people(plan, replace(months, periods=tuple(f"2026-{n % 4 + 1:02d}" for n in range(24))))
    people = by_person(rows)
    for one in slide_results(people):
        loop = sum(float(plan.pay([[round(x * (1 + one.slide), 9)]])[0]) for x in results)
        assert one.cost == pytest.approx(loop, abs=0.25)
    assert overview_of_people(people).cost_at_target == 24 * float(plan.pay([[100]])[0])
    nearer = [x + np.sign(100 - x) * min(abs(100 - x), 1) for x in results]
    better = people.total - sum(float(plan.pay([[x]])[0]) for x in nearer)
    assert worth_of_better_quotas(people) == pytest.approx(better, abs=0.25)
    latest = {n // 4: results[n] for n in range(3, 24, 4)}
    edges = near_edges(people)
    assert {(one.person, one.at) for one in edges} == {
        (n, at) for n, x in latest.items() for at in (0.8, 1.2) if abs(x - 100 * at) <= 5.0000001
    }
    assert {one.period for one in edges} <= {"2026-04"}


def test_what_places_pay_stays_where_results_are_slid() -> None:
    plan = band()
    paid = pay_people(plan, results_of(plan, "abc", [[80], [100], [120]]))
    places = np.array([0.0, 200.0, 500.0])
    placed = replace(paid, pay=paid.pay + places, multiple=paid.multiple + places / 1000)
    assert [one.cost for one in slide_results(placed, (0.0, 0.1))] == [placed.total, paid.total + 300 + 700]
    assert worth_of_better_quotas(placed) == worth_of_better_quotas(paid)
    assert team_cost(placed).at_target == 3_700
