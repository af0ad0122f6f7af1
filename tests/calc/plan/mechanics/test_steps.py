"""Steps: the payout of the best step reached, and nothing before the first."""

from typing import Any

import numpy as np
import pytest

from calc import Refused
from calc.plan.mechanics import Steps

BANDS = [[0.6, 0.5], [0.8, 0.8], [1.0, 1.0], [1.2, 1.5]]
LATE = [[10, 0.2], [5, 0.6], [0, 1.0]]
TABLE = [
    pytest.param(
        {"steps": BANDS}, {0.59: 0, 0.6: 0.5, 0.79: 0.5, 0.8: 0.8, 1: 1, 1.19: 1, 1.2: 1.5, 7: 1.5}, id="bands"
    ),
    pytest.param(
        {"steps": BANDS, "reached": "above"}, {0.6: 0, 0.61: 0.5, 0.8: 0.5, 1.2: 1}, id="steps must be passed"
    ),
    pytest.param({"steps": [[0, 1]]}, {-0.01: 0, 0: 1, 9: 1}, id="a single step at nothing"),
    pytest.param({"steps": [[0.5, 2], [1, 1]]}, {0.4: 0, 0.5: 2, 0.99: 2, 1: 1}, id="a step down"),
    pytest.param({"steps": [[0.5, 1], [1, 1]]}, {0.4: 0, 0.5: 1, 1: 1}, id="a step that changes nothing"),
]


@pytest.mark.parametrize(("terms", "pays"), TABLE)
def test_of_attainment(terms: dict[str, Any], pays: dict[float, float]) -> None:
    curve = Steps.read(terms).curve()
    assert [curve(a) for a in pays] == list(pays.values())
    assert curve(np.array([*pays])) == pytest.approx(np.array([*pays.values()]), abs=1e-15)
    assert not any(curve.slopes)


@pytest.mark.parametrize("listed", ["ascending", "descending"])
@pytest.mark.parametrize("reached", ["at", "above"])
def test_of_a_result_that_is_better_when_lower(listed: str, reached: str) -> None:
    steps = LATE if listed == "descending" else LATE[::-1]
    curve = Steps.read({"steps": steps, "of": "result", "reached": reached}).curve("lower", 5.0)
    beside = {11: 0, 9: 0.2, 6: 0.2, 4: 0.6, 1: 0.6, -1: 1.0}
    marks = {10: 0.2, 5: 0.6, 0: 1.0} if reached == "at" else {10: 0, 5: 0.2, 0: 0.6}
    for x, y in (beside | marks).items():
        assert curve(x) == y
        assert curve(np.array([x])) == pytest.approx(y)


def test_of_a_result_that_is_better_when_higher() -> None:
    curve = Steps.read({"steps": [[70, 0.8], [80, 1.0]], "of": "result"}).curve("higher", 85.0)
    assert [curve(x) for x in (69, 70, 79.9, 80)] == [0, 0.8, 0.8, 1]


@pytest.mark.parametrize(
    ("terms", "sentence"),
    [
        ({"steps": [[1, 1], [1, 2]]}, "steps must be in order, each x once (got 1, 1)"),
        ({"steps": [[1, 1], [0, 2]]}, "steps must be in order, each x once (got 1, 0)"),
        ({"steps": []}, "steps must have at least 1 entries (got []): pairs of attainment or result, and payout"),
        ({}, "steps must be given: pairs of attainment or result, and payout"),
    ],
)
def test_refused(terms: dict[str, Any], sentence: str) -> None:
    with pytest.raises(Refused) as refused:
        Steps.read(terms)
    assert str(refused.value) == sentence


def test_results_that_descend_are_refused_where_higher_is_better() -> None:
    with pytest.raises(ValueError, match="x ascending, where higher is better"):
        Steps.read({"steps": LATE, "of": "result"}).curve("higher")
