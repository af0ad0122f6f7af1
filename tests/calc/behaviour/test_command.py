"""The command `behave`: one JSON object as the contract has it, a table for eyes, and refusals."""

import json
from functools import partial

import pytest

from calc.__main__ import main
from calc.behaviour.search import search_shapes

NAMES = {"sales", "effort", "pay", "net", "hit", "given_up", "coasting", "sprinting", "waste_of_shape", "at_limit"}


def asked(capsys: pytest.CaptureFixture[str], *words: str) -> dict[str, object]:
    assert main(["behave", *words, "--json"]) == 0
    answer: dict[str, object] = json.loads(capsys.readouterr().out)
    return answer


def test_one_object_with_a_band(capsys: pytest.CaptureFixture[str]) -> None:
    answer = asked(capsys, "low-ceiling")
    assert NAMES | {"whole_cost", "reference", "yardsticks", "by_month", "by_type", "band"} <= set(answer)
    assert answer["sales"] == pytest.approx(0.8053, abs=0.001)
    assert answer["yardsticks"]["no_incentive"] == pytest.approx(0.7)  # type: ignore[index]
    assert len(answer["by_month"]) == 12  # type: ignore[arg-type]
    assert len(answer["by_type"]) == 7  # type: ignore[arg-type]
    assert set(answer["band"]) == NAMES  # type: ignore[call-overload]
    assert answer["reference"]["plan"] == "open-top"  # type: ignore[index]
    assert answer["whole_cost"] == answer["pay"]


def test_another_plan_on_the_same_people(capsys: pytest.CaptureFixture[str]) -> None:
    answer = asked(capsys, "low-ceiling", "--against", "open-top")
    assert answer["against"]["sales"] == pytest.approx(1.0, abs=0.001)  # type: ignore[index]
    low, standard, high = answer["change"]["sales"]  # type: ignore[index]
    assert 0.1 < low <= standard <= high < 0.25


def test_a_table_for_eyes_says_what_the_model_leaves_out(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["behave", "unreachable-floor", "--against", "reachable-plan"]) == 0
    out = capsys.readouterr().out
    assert "taken to be brought by the plan reachable-plan" in out
    assert "Not in the model" in out


def test_a_plan_that_is_not_there_is_refused(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["behave", "low-ceiling", "--against", "nonsense"]) == 2
    assert "nonsense" in capsys.readouterr().err


def test_a_search_says_whether_the_shape_is_wrong(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    few = partial(search_shapes, shapes=30)
    monkeypatch.setattr("calc.behaviour.search.search_shapes", few)
    assert main(["search", "low-ceiling", "--json"]) == 0
    answer = json.loads(capsys.readouterr().out)
    assert answer["shape_is_wrong"]
    assert answer["shapes"][0]["gain"] <= answer["bound"][2]
    assert len(answer["shapes"][0]["given_up"]) == 7
    assert main(["search", "low-ceiling", "--floor", "0.2", "0.5", "--budget", "0.9", "--json"]) == 0
    cheaper = json.loads(capsys.readouterr().out)
    assert cheaper["budget"] == pytest.approx(0.9 * answer["budget"], abs=1e-5)
    assert all(0.2 <= shape["floor"] <= 0.5 for shape in cheaper["shapes"])
    assert cheaper["shapes"][0]["gain"] <= cheaper["bound"][2]
    assert main(["search", "low-ceiling"]) == 0
    out = capsys.readouterr().out
    assert "The shape is what is wrong" in out
    assert "No shape sells more than" in out


@pytest.mark.parametrize("words", [("--floor", "0.5", "0.2"), ("--ceiling", "0.5", "2"), ("--budget", "0")])
def test_limits_that_no_shape_can_have_are_refused(words: tuple[str, ...], capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["search", "low-ceiling", *words]) == 2
    assert words[0] in capsys.readouterr().err
