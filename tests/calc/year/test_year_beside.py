"""The same year under other readings, and the price of moving a deal, beside brute force."""

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from calc.__main__ import main
from calc.documents.planfile import loads
from calc.plan.kpi import Kpi
from calc.plan.mechanics import Tiers
from calc.plan.plan import Plan
from calc.year.beside.moving import moving_prices
from calc.year.beside.other_readings import largest_spread, other_readings
from calc.year.next_unit import unrounded
from calc.year.rules.draw import Draw
from calc.year.settle import year_statement
from calc.year.year_plan import YearPlan
from calc.year.year_results import year_results
from calc.year.year_terms import Year
from tests.strategies import examples

YEARLY = """[plan]
period = "year"

[[kpis]]
id = "sales"
target = 250_000

[kpis.curve]
kind = "tiers"
of = "attainment"
apply = "retroactive"
tiers = [[0, 0.03], [0.5, 0.07], [1, 0.12]]

[year]
paid = "month"
reading = "running_total"
against = "whole"
begins_again = "year"
below_zero = "carried"
"""
MONTHS = [100_000.0, 60_000.0, 120_000.0]
MOVES = np.linspace(-1, 1, 801)


def accelerated(period: str = "month") -> Plan:
    curve = Tiers(tiers=((0, 1.0), (1, 2.0)), of="attainment")
    return Plan(period=period, kpis=(Kpi(id="deals", target=100, unit="deals", curve=curve),))


def test_three_readings_of_one_sentence() -> None:
    preset = loads(YEARLY)
    found = other_readings(preset.year_plan, year_results(preset.plan, MONTHS))
    totals = {one.words: (one.total, one.difference) for one in found}
    assert found[0].own
    assert found[0].total == 33_600
    by_hand = {
        "each rate on its own slice": (16_100, -17_500),
        "this month at the rate that the year so far has reached": (21_600, -12_000),
    }
    assert {words: totals[words] for words in by_hand} == by_hand
    assert largest_spread(found) == 17_500


def test_a_reading_that_does_not_fit_is_left_out() -> None:
    plan = accelerated().changed(ceiling_pay=300)
    words = [one.words for one in other_readings(YearPlan(plan), year_results(plan, [100.0, 300.0]))]
    assert not any(one.startswith("this month at the rate") for one in words)
    assert "the year so far against the whole target, less what was paid" in words


def test_a_deal_that_is_held_back_until_the_accelerator_pays_for_it() -> None:
    rules = YearPlan(accelerated())
    (price,) = moving_prices(rules, year_results(rules.plan, [80.0, 95.0]), "deals")
    assert (price.period, price.gain, price.moved) == (0, 5.0, 10.0)
    (price,) = moving_prices(rules, year_results(rules.plan, [130.0, 95.0]), "deals")
    assert (price.gain, price.moved) == (10.0, -10.0)


def test_whole_units_move_whole() -> None:
    plan = accelerated()
    counted = plan.changed(kpis=(plan.kpis[0].changed(counted=True),))
    (price,) = moving_prices(YearPlan(counted), year_results(plan, [97.4, 110.0]), "deals", share=0.035)
    assert (price.gain, price.moved) == (3.0, 3.0)


RUNS = {"reading": "running_total", "against": "whole", "begins_again": "year", "below_zero": "allowed"}


@given(st.lists(st.integers(0, 200).map(float), min_size=3, max_size=6))
@examples(20)
def test_a_running_total_over_the_year_pays_for_no_move(results: list[float]) -> None:
    rules = YearPlan(accelerated(), Year(**RUNS))
    found = moving_prices(rules, year_results(rules.plan, results), "deals", share=0.5)
    assert [one.gain for one in found] == [0.0] * (len(results) - 1)


def rules_with(kind: str) -> YearPlan:
    plan = accelerated()
    draw = Draw(amount=90, kind="recoverable", recovers=0.5, at_year_end="forgiven")
    years: dict[str, dict[str, Any]] = {
        "by itself": {},
        "rate reached": {"year": Year(**{**RUNS, "reading": "rate_reached"})},
        "a limit": {"year": Year(reading="by_period", limit={"pay": 150, "beyond": "lost"})},
        "a draw that is forgiven": {"draw": draw},
    }
    return YearPlan(plan, **years[kind])


@pytest.mark.parametrize("kind", ["by itself", "rate reached", "a limit", "a draw that is forgiven"])
@given(st.lists(st.integers(1, 30).map(lambda x: x * 7.0), min_size=3, max_size=4))
@examples(12)
def test_no_move_brings_more_than_the_price_says(kind: str, results: list[float]) -> None:
    rules = rules_with(kind)
    found = moving_prices(rules, year_results(rules.plan, results), "deals", share=0.3)
    exact = unrounded(rules)
    for t, price in enumerate(found):
        moves = np.clip(MOVES * 30, -results[t + 1], results[t])
        rows = np.tile(results, (len(moves), 1))
        rows[:, t] -= moves
        rows[:, t + 1] += moves
        statement = year_statement(exact, replace(year_results(rules.plan, rows[..., None])))
        net = statement.total - statement.owed[:, -1]
        own = year_statement(exact, year_results(rules.plan, results))
        best = float((net - own.total[0] + own.owed[0, -1]).max())
        assert price.gain == pytest.approx(max(best, 0.0), abs=0.2), t  # the grid is coarse
        assert price.gain >= best - 0.006


def test_the_command_prints_both(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "plan.toml"
    file.write_text(YEARLY, encoding="utf-8")
    words = ["year", str(file), "sales=100000,60000,120000", "--readings", "--moving"]
    assert main([*words, "--json"]) == 0
    answer = json.loads(capsys.readouterr().out)
    assert answer["readings"][0] == {
        "reading": "the year so far against the whole target, less what was paid",
        "total": 33600.0,
        "difference": 0.0,
    }
    assert [one["after"] for one in answer["moving"][0]["kpis"]["sales"]] == ["1", "2"]
    assert main(words) == 0
    text = capsys.readouterr().out
    assert "the same year read as" in text
    assert "-17,500" in text or "−17,500" in text
