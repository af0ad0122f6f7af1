"""People from files on the command line: `team`, `compare` and `pay --results`, with a map and with refusals."""

import csv
import io
import json
from pathlib import Path
from typing import Any

import pytest

from calc.__main__ import main

DEALS = """Deal ID,Deal Owner,Stage,Close Date,Amount
1,Jo Field,Closed Won,2026-01-10,"60,000.00"
2,Jo Field,Closed Won,2026-02-11,"70,000.00"
3,Sam Hill,Closed Won,2026-01-12,"30,000.00"
4,Sam Hill,Closed Lost,2026-01-13,"90,000.00"
5,Sam Hill,Closed Won,2026-02-13,"99,500.00"
"""
TARGETS = "Rep,Quota (USD)\nJo Field,100000\nSam Hill,50000\n"
PLAN = """[plan]
target_incentive = 1000
[[kpis]]
id = "revenue"
unit = "USD"
target = 100_000
weight = 1
curve = { kind = "band", floor = 0.5, ceiling = 1.5 }
"""


@pytest.fixture
def files(tmp_path: Path) -> Path:
    for name, text in (("deals.csv", DEALS), ("targets.csv", TARGETS), ("plan.toml", PLAN)):
        (tmp_path / name).write_text(text, encoding="utf-8")
    return tmp_path


def run(capsys: pytest.CaptureFixture[str], *words: Any) -> tuple[int, str, str]:
    status = main([str(word) for word in words])
    said = capsys.readouterr()
    return status, said.out, said.err


def test_a_described_team(capsys: pytest.CaptureFixture[str]) -> None:
    status, out, _ = run(capsys, "team", "few-pounds-short", "--json")
    answer = json.loads(out)
    assert status == 0
    assert {"size", "cost", "cost_at_target", "p10", "p50", "p90", "share", "pay_performance_r", "inversions"} <= {
        *answer
    }
    assert set(answer["share"]) == {"zero", "flat", "below_floor", "at_target", "at_ceiling"}
    assert answer["share"]["zero"] == pytest.approx(1 - answer["share"]["at_target"])


def test_a_team_from_two_files(capsys: pytest.CaptureFixture[str], files: Path) -> None:
    reps = [files / "targets.csv", files / "deals.csv"]
    status, out, _ = run(capsys, "team", files / "plan.toml", "--reps", *reps, "--json")
    answer = json.loads(out)
    assert status == 0
    assert {one["rep"]: one["pay"] for one in answer["people"]} == {"Jo Field": 1300, "Sam Hill": 2100}
    assert answer["cost"] == 3400
    assert answer["moves"]["total"] > 0
    status, out, _ = run(capsys, "team", files / "plan.toml", "--reps", *reps)
    assert "cost per period" in out


def test_what_is_open_is_refused_with_its_answers(capsys: pytest.CaptureFixture[str], files: Path) -> None:
    (files / "odd.csv").write_text('Rep,Actual\nJo,"60,000"\nTotal,"60,000"\n', encoding="utf-8")
    status, out, err = run(capsys, "team", files / "plan.toml", "--reps", files / "odd.csv")
    assert (status, out) == (2, "")
    assert 'decimal = "point"' in err
    assert 'totals = "leave out"' in err
    told = '[[files]]\nshape = "wide"\ncolumns = {}\nanswers = {decimal = "point", totals = "leave out"}\n'
    (files / "team.map").write_text(f"version = 1\n{told}", encoding="utf-8")
    status, out, _ = run(
        capsys, "team", files / "plan.toml", "--reps", files / "odd.csv", "--map", files / "team.map", "--json"
    )
    assert status == 0
    assert json.loads(out)["size"] == 1


MAP = """version = 1
[[files]]
shape = "deals"
columns = {"Deal ID" = "deal", "Deal Owner" = "person", "Stage" = "stage", "Close Date" = "date", "Amount" = "amount"}
answers = {period = "month"}
"""


def test_deals_are_paid_through_a_map(capsys: pytest.CaptureFixture[str], files: Path) -> None:
    (files / "deals.map").write_text(MAP, encoding="utf-8")
    out = files / "paid.csv"
    words = ("pay", files / "plan.toml", "--results", files / "deals.csv", "--map", files / "deals.map", "--out", out)
    status, _, err = run(capsys, *words)
    assert (status, err) == (0, "")
    rows = list(csv.DictReader(io.StringIO(out.read_text(encoding="utf-8"))))
    assert [(row["rep"], row["period"], row["revenue"], row["pay"]) for row in rows] == [
        ("Jo Field", "2026-01", "60000", "600.00"),
        ("Jo Field", "2026-02", "70000", "700.00"),
        ("Sam Hill", "2026-01", "30000", "0.00"),
        ("Sam Hill", "2026-02", "99500", "995.00"),
    ]


def test_a_row_that_cannot_be_used_stops_the_paying(capsys: pytest.CaptureFixture[str], files: Path) -> None:
    (files / "deals.map").write_text(MAP, encoding="utf-8")
    (files / "deals.csv").write_text(
        DEALS + "6,,Closed Won,2026-01-10,5\n7,Jo Field,Closed Won,soon,5\n", encoding="utf-8"
    )
    status, out, err = run(
        capsys, "pay", files / "plan.toml", "--results", files / "deals.csv", "--map", files / "deals.map"
    )
    assert (status, out) == (2, "")
    assert "line 7: names nobody" in err
    assert "line 8" in err


def test_two_plans_on_the_same_people(capsys: pytest.CaptureFixture[str], files: Path) -> None:
    (files / "deals.map").write_text(MAP, encoding="utf-8")
    (files / "b.toml").write_text(PLAN.replace("floor = 0.5", "floor = 0.65"), encoding="utf-8")
    words = (
        "compare",
        files / "plan.toml",
        files / "b.toml",
        "--reps",
        files / "deals.csv",
        "--map",
        files / "deals.map",
    )
    status, out, _ = run(capsys, *words, "--json")
    answer = json.loads(out)
    assert status == 0
    assert answer["people"] == {"before": 2295.0, "after": 1695.0, "total": -600.0, "winners": 0, "losers": 1}
    assert (answer["reps"][0]["rep"], answer["reps"][0]["kept_whole_at"]) == ("Jo Field", 65_000)
    assert answer["same_money"]["total"] == 0
    assert run(capsys, *words)[0] == 0


def test_quotas_of_equal_chances_add_up_to_the_same(capsys: pytest.CaptureFixture[str]) -> None:
    status, out, _ = run(capsys, "team", "one-size-quota", "--json")
    (told,) = json.loads(out)["quotas"]
    assert (status, told["goal"]) == (0, 800_000)
    assert sum(one["equal_target"] for one in told["reps"]) == 800_000
    before, after = ([one[name] for one in told["reps"]] for name in ("chance", "chance_then"))
    assert max(before) - min(before) > 0.9
    assert max(after) - min(after) < 0.05
    assert run(capsys, "team", "quota-by-territory")[0] == 0


def test_a_contest_says_who_can_no_longer_win(capsys: pytest.CaptureFixture[str]) -> None:
    _, out, _ = run(capsys, "team", "leaderboard", "--json")
    people = json.loads(out)["rank"]["people"]
    assert [one["place"] for one in people] == list(range(1, 11))
    assert sum(not one["can_win"] for one in people) == 6
    assert sum(one["chance"] for one in people) == pytest.approx(1)
    assert [one["pay_by_place"] for one in people[:4]] == [1500, 900, 600, 0]


def test_who_sells_more_is_paid_less_under_one_plan_and_not_under_the_other(capsys: pytest.CaptureFixture[str]) -> None:
    pay = {}
    for name in ("fifty-cold-calls", "calls-that-count"):
        _, out, _ = run(capsys, "team", name, "--json")
        pay[name] = {one["rep"]: one["pay"] for one in json.loads(out)["people"]}
    assert pay["fifty-cold-calls"]["Lee Marsh"] < pay["fifty-cold-calls"]["Dana Reed"]
    assert pay["calls-that-count"]["Lee Marsh"] > pay["calls-that-count"]["Dana Reed"]


def test_prizes_that_become_a_line_are_seen_by_name(capsys: pytest.CaptureFixture[str]) -> None:
    _, out, _ = run(capsys, "team", "leaderboard", "--json")
    team = json.loads(out)
    assert team["cost"] == 2805 + 3000
    assert {one["rep"]: one["pay"] for one in team["people"]}["Vera Holm"] == 395 + 1500
    status, out, _ = run(capsys, "compare", "leaderboard", "own-progress", "--json")
    answer = json.loads(out)
    assert status == 0
    assert answer["people"]["before"] == 5805
    assert answer["reps"][0]["rep"] == "Vera Holm"
    assert "Vera Holm" in run(capsys, "compare", "leaderboard", "own-progress")[1]
