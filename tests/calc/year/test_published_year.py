"""Numbers of years that nobody here wrote, by the command line and from Python."""

import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from calc.__main__ import main
from calc.documents.planfile import loads
from calc.year.settle import year_statement
from calc.year.year_results import year_results

GOAL = """[plan]
period = "{period}"
[[kpis]]
id = "sales"
target = {target}
curve = {{ kind = "tiers", of = "attainment", apply = "{apply}", tiers = {tiers} }}
"""
BY_RESULT = """[plan]
period = "year"
[[kpis]]
id = "sales"
curve = {{ kind = "tiers", tiers = {tiers} }}
"""
RUNNING = """[year]
paid = "month"
reading = "{reading}"
against = "whole"
begins_again = "{again}"
below_zero = "allowed"
"""
ONE_FOR_ONE = BY_RESULT.format(tiers="[[0, 1]]")
EACH_MONTH = '[year]\npaid = "month"\nreading = "by_period"\n'
DRAW = '[draw]\namount = {amount}\nkind = "recoverable"\nrecovers = 1\nat_year_end = "carried"\n'
SENTENCE = {"period": "year", "target": 250_000, "tiers": "[[0, 0.03], [0.5, 0.07], [1, 0.12]]"}
HUNTER = """[plan]
period = "year"
target_incentive = 20000
[[kpis]]
id = "arr"
target = 1_000_000
weight = 1
curve = { kind = "points", points = [[0, 0], [1, 1], [1.2, 1.28], [1.3, 1.44]], above = "extend" }
"""
QUARTERS = """[plan]
period = "year"
target_incentive = {incentive}
[[kpis]]
id = "sales"
target = 400
weight = 1
curve = {{ kind = "band" }}
[year]
paid = "quarter"
reading = "by_period"
begins = "2026-01-01"
"""
PRORATION = """[proration]
start = "{start}"
by = "{by}"
target = true
target_incentive = true
floor = true
draw = true
"""
LADDER = """[plan]
period = "year"
[[kpis]]
id = "a"
curve = { kind = "tiers", tiers = [[0, 0.3], [90_000, 0.2], [150_000, 0.2]] }
[[kpis]]
id = "b"
curve = { kind = "tiers", tiers = [[0, 0.4], [90_000, 0.3], [150_000, 0.2]] }
[year]
paid = "month"
reading = "shared_ladder"
ladder = { counts = "pay", order = ["a", "b"] }
begins_again = "year"
below_zero = "allowed"
"""
QUARTER_TIERS = GOAL.format(period="quarter", target=6000, apply="marginal", tiers="[[0, 0.05], [0.5, 0.1], [1, 0.15]]")
SECOND_QUARTER = """changed_targets = "stretches"
begins = "2026-01-01"
[[year.changes]]
from = "2026-04-01"
targets = { sales = 7000 }
"""
WEIGHTS = "begins_again = 'year'\nweights = [0.2, 0.2, 0.2, 0.4]\n"
BATCHES = """[plan]
period = "quarter"
pay_below_zero = true
[[kpis]]
id = "sales"
[kpis.curve]
kind = "points"
of = "result"
pays = "money"
points = [[0, 0], [1, 1]]
below = "extend"
above = "extend"
[year]
paid = "month"
reading = "by_period"
begins_again = "quarter"
below_zero = "forgiven"
zero_tested = "restart"
"""
CREDIT_NOTES = """[plan]
pay_below_zero = true
[[kpis]]
id = "sales"
[kpis.curve]
kind = "points"
of = "result"
pays = "money"
points = [[0, 0], [100, 4]]
below = "extend"
above = "extend"
[year]
reading = "by_period"
below_zero = "carried"
"""
WINDOW = EACH_MONTH + "[holdback]\npaid_now = 0\nwindow = 2\n"
MONTHS_OF_CONTRACT = (
    EACH_MONTH + 'below_zero = "allowed"\n[recovery]\ntakes = "by_months_served"\ncontract_months = 12\n'
)
RAMP = """[plan]
target_incentive = 4000
[[kpis]]
id = "sales"
target = 45000
weight = 1
curve = { kind = "band" }
[ramp]
targets = { sales = [10_000, 20_000, 30_000] }
target_incentive = "whole"
"""
RAISE = """begins_again = "year"
changed_targets = "blended"
[[year.changes]]
from = "2026-06-01"
target_incentive = 24000
"""
GUARANTEE = """[draw]
amount = 4000
kind = "guarantee"
settled = "each_payment"
"""
ACCOUNTS = BY_RESULT.format(tiers="[[0, 25], [330, 50], [660, 75]]") + RUNNING.format(
    reading="running_total", again="year"
)


def running(apply: str, reading: str = "running_total") -> str:
    return GOAL.format(**SENTENCE, apply=apply) + RUNNING.format(reading=reading, again="year")


Case = tuple[str, str, list[str], dict[str, Any]]
THREE_MONTHS = ["sales=100000,60000,120000"]
CASES: list[Case] = [
    ("marginal tiers on the running total", running("marginal"), THREE_MONTHS, {"paid": [3000, 3200, 9900]}),
    ("whole amount, less what was paid", running("retroactive"), THREE_MONTHS, {"paid": [3000, 8200, 22400]}),
    (
        "the rate reached, on this month alone",
        running("marginal", "rate_reached"),
        THREE_MONTHS,
        {"paid": [3000, 4200, 14400]},
    ),
    (
        "quarter to date, and the next quarter with its own target",
        QUARTER_TIERS + RUNNING.format(reading="running_total", again="quarter") + SECOND_QUARTER,
        ["sales=2500,3000,1800,3500"],
        {"paid": [125, 275, 245, 175]},
    ),
    ("accounts after 315", ACCOUNTS, ["sales=315,35,35"], {"paid": [7875, 1375, 1750], "next_unit": [25, 50, 50]}),
    (
        "tiers of tenths of a per cent after 3,507,000",
        BY_RESULT.format(tiers="[[0, 0.001], [4_166_667, 0.002], [8_333_333, 0.003], [12_500_000, 0.004]]")
        + RUNNING.format(reading="running_total", again="year"),
        ["sales=3507000,1500000"],
        {"paid": [3507, 2340.33]},
    ),
    (
        "a recoverable draw",
        ONE_FOR_ONE + EACH_MONTH + DRAW.format(amount=2000),
        ["sales=2750,3000,1500,2375,3000,2750"],
        {"paid": [2750, 3000, 2000, 2000, 2875, 2750], "owed": [0, 0, 500, 125, 0, 0]},
    ),
    (
        "a draw that recovers from the fourth payment on",
        ONE_FOR_ONE + EACH_MONTH + DRAW.format(amount=1000) + "recovery_starts = 4\nends = 6\n",
        ["sales=500,700,400"],
        {"paid": [1000, 1000, 1000], "owed": [500, 800, 1400]},
    ),
    (
        "rates on slices less a draw within the period",
        BY_RESULT.replace("year", "month").format(tiers="[[0, 0.039], [11_700, 0.041], [21_200, 0.047]]")
        + DRAW.format(amount=766.15),
        ["sales=28000"],
        {"paid": [1165.40], "beyond_draw": [399.25]},
    ),
    ("batches within a period above zero", BATCHES, ["sales=1000,-200"], {"paid": [1000, -200]}),
    ("batches of a period below zero", BATCHES, ["sales=1000,-1200"], {"paid": [1000, 0]}),
    (
        "quarters with a limit, made up for at the end",
        QUARTERS.format(incentive=40_000)
        + 'begins_again = "year"\nlimit = { share = 1, beyond = "reconciled", overpaid = "kept" }\n',
        ["sales=120,80,130,110"],
        {"paid": [10_000, 8000, 10_000, 10_000], "trued_up": [0, 0, 0, 6000], "total": 44_000},
    ),
    (
        "from 1 March by whole months of each quarter",
        QUARTERS.format(incentive=100_000) + WEIGHTS + PRORATION.format(start="2026-03-01", by="months_of_period"),
        [],
        {"target_incentive": 86_666.67},
    ),
    (
        "from 1 March by days of the year",
        QUARTERS.format(incentive=100_000) + WEIGHTS + PRORATION.format(start="2026-03-01", by="days_of_year"),
        [],
        {"target_incentive": 83_835.62},
    ),
    (
        "from 1 March by days of each quarter",
        QUARTERS.format(incentive=100_000) + WEIGHTS + PRORATION.format(start="2026-03-01", by="days_of_period"),
        [],
        {"target_incentive": 86_888.89, "total": 86_888.89},
    ),
    (
        "a new hire is due n/12 of the year",
        QUARTERS.format(incentive=12_000) + PRORATION.format(start="2026-03-01", by="months_of_year"),
        [],
        {"total": 10_000},
    ),
    (
        "a target incentive raised on 1 June",
        QUARTERS.format(incentive=20_000) + RAISE,
        [],
        {"target_incentive": 22_345.21},
    ),
    (
        "a guarantee for 17 of 31 days",
        ONE_FOR_ONE
        + EACH_MONTH
        + 'begins = "2026-01-01"\n'
        + GUARANTEE
        + PRORATION.format(start="2026-01-15", by="days_of_period"),
        ["sales=0"],
        {"paid": [2193.55], "owed": [0]},
    ),
    (
        "60 % at once, 40 % at the end of the year",
        HUNTER
        + '[year]\npaid = "half-year"\nreading = "running_total"\nagainst = "whole"\nbegins_again = "year"\n'
        + 'below_zero = "allowed"\n[holdback]\npaid_now = 0.6\nwindow = 1\n',
        ["arr=1100000,0"],
        {"paid": [13_680, 9120]},
    ),
    (
        "a reserve of 500 less 120 that were cancelled",
        ONE_FOR_ONE + WINDOW,
        ["sales=500,0,0", "cancelled=0,120,0"],
        {"paid": [0, 0, 380], "reserve_used": [0, 120, 0]},
    ),
    ("a ramp of 45,000", RAMP, [], {"targets": [10_000, 20_000, 30_000, 45_000], "paid": [4000] * 12}),
    (
        "a contract of twelve months cancelled after six",
        ONE_FOR_ONE + MONTHS_OF_CONTRACT,
        ["sales=1200,0", "cancelled=0,1200", "served=0,6"],
        {"paid": [1200, -600], "taken_back": [0, 600]},
    ),
    (
        "paid as the customer pays",
        BY_RESULT.format(tiers="[[0, 0.1]]") + EACH_MONTH + 'pays_when = "collected"\n',
        ["sales=1000000,0", "received=500000,500000"],
        {"paid": [50_000, 50_000]},
    ),
    (
        "a ladder that two kinds of customers climb",
        LADDER,
        ["a=0,60000,0,85000,0,0", "b=65000,0,75000,0,80000,100000"],
        {"paid": [26_000, 18_000, 30_000, 22_333.33, 24_000, 29_888.89]},
    ),
    (
        "a hunter's year to date, less what was paid",
        HUNTER + RUNNING.format(reading="running_total", again="year"),
        ["arr=100000,100000,300000,500000,100000"],
        {"paid": [2000, 2000, 6000, 10_000, 2800]},
    ),
    (
        "whole dollars by the year's sales",
        BY_RESULT.replace('period = "year"', 'period = "year"\nround_to = 1').format(
            tiers="[[0, 0.01], [900_000, 0.02], [1_500_000, 0.03], [2_600_000, 0.04]]"
        )
        + RUNNING.format(reading="running_total", again="year"),
        ["sales=123456,826544,2000000"],
        {"paid": [1235, 8765, 58_000]},
    ),
    (
        "credit notes that net against later invoices",
        CREDIT_NOTES,
        ["sales=800,-200,300"],
        {"paid": [32, 0, 4], "carried": [0, 8, 0]},
    ),
]


def answer_of(plan: str, words: list[str], tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> dict[str, Any]:
    file = tmp_path / "plan.toml"
    file.write_text(plan, encoding="utf-8")
    status = main(["year", str(file), *words, "--json"])
    out, err = capsys.readouterr()
    assert status == 0, err
    person: dict[str, Any] = json.loads(out)["people"][0]
    return person


@pytest.mark.parametrize(("plan", "words", "expected"), [case[1:] for case in CASES], ids=[case[0] for case in CASES])
def test_the_numbers_of_a_year(
    plan: str, words: list[str], expected: dict[str, Any], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    person = answer_of(plan, words, tmp_path, capsys)
    for name, value in expected.items():
        if name in ("total", "target_incentive"):
            assert person[name] == pytest.approx(value, abs=0.005)
            continue
        found = [period[name] for period in person["periods"]]
        if name in ("targets", "next_unit"):
            found = [next(iter(one.values())) for one in found]
        assert found[: len(value)] == pytest.approx(value, abs=0.005), name
    python = year_statement(
        (preset := loads(plan)).year_plan,
        year_results(preset.plan, [list(period["results"].values()) for period in person["periods"]], **series(words)),
    )
    assert python.paid[0] == pytest.approx([period["paid"] for period in person["periods"]])


def series(words: list[str]) -> dict[str, list[float]]:
    named = ("cancelled", "served", "unpaid", "received")
    pairs = (word.partition("=")[::2] for word in words)
    return {name: [float(x) for x in text.split(",")] for name, text in pairs if name in named}


def test_one_payment_is_paid_given_the_year_so_far(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "plan.toml"
    file.write_text(ACCOUNTS, encoding="utf-8")
    assert main(["pay", str(file), "sales=35", "--so-far", "sales=280,35", "--json"]) == 0
    answer = json.loads(capsys.readouterr().out)
    assert answer["pay"] == 1375
    assert answer["running"] == {"sales": 350}
    assert answer["next_unit"] == {"sales": 50}


def test_a_plan_that_says_nothing_of_a_year_pays_each_period_by_itself() -> None:
    plan = loads(HUNTER).plan
    results = np.array([[800_000.0, 1_100_000, 1_300_000]]).T[None]
    paid = year_statement(loads(HUNTER).year_plan, year_results(plan, results)).paid[0]
    assert paid.tolist() == plan.pay(results)[0].tolist() == [16_000, 22_800, 28_800]
