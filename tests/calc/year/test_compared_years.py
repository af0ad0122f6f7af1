"""Two plans with the rules of their years, compared on one rep and on the people of a file."""

import json
from pathlib import Path

import pytest

from calc.__main__ import main

MAP = """version = 1
[[files]]
shape = "wide"
columns = {Rep = "person", Month = "period", "Deals closed" = "result.deals", Csat = "result.csat"}
"""


def test_one_rep_under_two_readings(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["compare", "held-back-deals", "deals-when-won", "--json"]) == 0
    answer = json.loads(capsys.readouterr().out)
    year = answer["year"]
    assert (year["rep"]["a"]["total"], year["rep"]["b"]["total"], year["rep"]["change"]) == (28650, 25500, -3150)
    assert year["rep"]["payments"][:2] == ["2026-01-01", "2026-02-01"]
    changed = {one["where"]: (one["a"], one["b"]) for one in answer["changes"]}
    assert changed["year.reading"] == ("by_period", "running_total")
    assert main(["compare", "endless-draw", "guaranteed-start"]) == 0
    assert "still owed" in capsys.readouterr().out


def test_a_team_under_two_readings(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file, match = tmp_path / "months.csv", tmp_path / "team.map"
    rows = ["Rep,Month,Deals closed,Csat", *(f"Ann,2026-{m:02d},{10 if m % 2 else 30},85" for m in range(1, 13))]
    rows += [f"Bo,2026-{m:02d},20,85" for m in range(1, 13)]
    file.write_text("\n".join(rows) + "\n", encoding="utf-8")
    match.write_text(MAP, encoding="utf-8")
    words = ["compare", "held-back-deals", "deals-when-won", "--reps", str(file), "--map", str(match), "--json"]
    assert main(words) == 0, capsys.readouterr().err
    people = json.loads(capsys.readouterr().out)["year"]["people"]
    # Ann: 6 x 1,000 and 6 x 4,500 by itself; 240 of 240 over the year, 24,000 either way but for the accelerator
    assert people[0] == {"rep": "Ann", "a": 33000.0, "b": 24000.0, "change": -9000.0}
    assert people[1] == {"rep": "Bo", "a": 24000.0, "b": 24000.0, "change": 0.0}


def test_years_that_are_paid_otherwise_are_not_compared(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["compare", "low-ceiling", "open-top", "--json"]) == 0
    assert "year" not in json.loads(capsys.readouterr().out)
