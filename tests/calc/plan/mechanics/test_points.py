"""Points: straight lines between them; below and above mean worse and better."""

from typing import Any

import numpy as np
import pytest

from calc import Refused
from calc.plan.mechanics import Points

PRINTED = [[0.9, 0.5], [1, 1], [1.2, 2]]
COSTS = [[80, 1.5], [100, 1.0], [120, 0.4]]
TABLE = [
    pytest.param({"points": PRINTED}, {0.89: 0, 0.9: 0.5, 0.95: 0.75, 1: 1, 1.1: 1.5, 1.2: 2, 9: 2}, id="as printed"),
    pytest.param({"points": PRINTED, "below": "hold"}, {-1: 0.5, 0.9: 0.5, 1: 1}, id="worse holds the first"),
    pytest.param({"points": PRINTED, "below": "extend"}, {0.8: 0, 0.7: -0.5}, id="worse extends the first line"),
    pytest.param({"points": PRINTED, "above": "extend"}, {1.2: 2, 1.4: 3, 2.2: 7}, id="better extends the last line"),
    pytest.param(
        {"points": [[0, 0], [1, 1], [1, 3], [2, 4]]}, {0.99: 0.99, 1: 3, 1.5: 3.5}, id="a jump pays its better side"
    ),
    pytest.param(
        {"points": [[0, 0], [1, 1], [1, 3], [2, 4]], "reached": "above"}, {1: 1, 1.01: 3.01}, id="a jump must be passed"
    ),
    pytest.param({"points": [[0, 1], [1, 2], [1, 0]]}, {0.5: 1.5, 1: 0, 2: 0}, id="a fall at the last point"),
    pytest.param({"points": [[0, 1], [1, 9], [1, 5], [1, 3]], "below": "hold"}, {0: 1, 1: 3}, id="three at one place"),
    pytest.param({"points": [[1, 7]]}, {0.99: 0, 1: 7, 2: 7}, id="one point is a step"),
    pytest.param({"points": [[1, 7]], "below": "hold"}, {0: 7, 2: 7}, id="one point held is a constant"),
    pytest.param({"points": [[1, 7]], "below": "extend", "above": "extend"}, {0: 7, 2: 7}, id="one point has no slope"),
    pytest.param({"points": [[0, 2], [0, 3], [1, 4]], "below": "hold"}, {-1: 2, 0: 3}, id="a jump at the first point"),
    pytest.param({"points": [[0.5, 2], [1, 1]], "above": "extend"}, {0.75: 1.5, 2: -1}, id="less for more"),
]
OF_RESULT = [
    pytest.param(
        {"points": COSTS}, {121: 0, 120: 0.4, 110: 0.7, 100: 1, 90: 1.25, 80: 1.5, 0: 1.5}, id="zero when worse"
    ),
    pytest.param({"points": COSTS, "below": "hold"}, {999: 0.4, 120: 0.4, 80: 1.5}, id="worse is more"),
    pytest.param({"points": COSTS, "below": "extend"}, {140: -0.2, 60: 1.5}, id="worse extends upwards"),
    pytest.param({"points": COSTS, "above": "extend"}, {121: 0, 60: 2.0}, id="better extends downwards"),
    pytest.param(
        {"points": [[100, 2], [100, 1], [120, 0]]}, {100.1: 0.995, 100: 2, 99: 2}, id="a jump pays its better side"
    ),
    pytest.param(
        {"points": [[100, 2], [100, 1], [120, 0]], "reached": "above"}, {100: 1, 99.9: 2}, id="a jump must be passed"
    ),
]


@pytest.mark.parametrize(("terms", "pays"), TABLE)
def test_of_attainment(terms: dict[str, Any], pays: dict[float, float]) -> None:
    curve = Points.read(terms).curve()
    assert [curve(a) for a in pays] == pytest.approx(list(pays.values()))
    assert curve(np.array([*pays])) == pytest.approx(np.array([*pays.values()]))


@pytest.mark.parametrize("listed", ["ascending", "descending"])
@pytest.mark.parametrize(("terms", "pays"), OF_RESULT)
def test_of_a_result_that_is_better_when_lower(terms: dict[str, Any], pays: dict[float, float], listed: str) -> None:
    given = terms["points"] if listed == "ascending" else terms["points"][::-1]
    curve = Points.read({**terms, "points": given, "of": "result"}).curve("lower", 100.0)
    assert [curve(x) for x in pays] == pytest.approx(list(pays.values()))
    assert curve(np.array([*pays])) == pytest.approx(np.array([*pays.values()]))


def test_a_result_counts_as_reached_by_the_ninth_decimal_of_attainment() -> None:
    curve = Points.read({"points": [[100, 1]], "of": "result"}).curve("higher", 1000.0)
    assert [curve(x) for x in (99.9999994, 99.9999996)] == [0, 1]
    curve = Points.read({"points": [[100, 1]], "of": "result"}).curve("lower", 1000.0)
    assert [curve(x) for x in (100.0000006, 100.0000004)] == [0, 1]


def test_of_attainment_lower_is_better_changes_nothing() -> None:
    assert Points.read({"points": PRINTED}).curve("lower", 5.0) == Points.read({"points": PRINTED}).curve()


@pytest.mark.parametrize(
    ("terms", "sentence"),
    [
        ({"points": [[1, 1], [0, 0]]}, "points must be in order, x ascending (got 1, 0)"),
        ({"points": [[0, 1], [2, 0], [1, 0]], "of": "result"}, "points must be in order, x ascending (got 0, 2, 1)"),
        ({"points": []}, "points must have at least 1 entries (got [])"),
        ({"points": [[0, 0]] * 201}, "points must have at most 200 entries"),
        ({"points": [[0, 1, 2]]}, "points"),
        ({"points": [[0]]}, "points"),
        ({"points": [[0, "1"]]}, "points"),
        ({"points": [[0, float("nan")]]}, "points"),
        ({"points": [[0, 1]], "below": "drop"}, "below must be 'zero', 'hold' or 'extend' (got 'drop')"),
        ({"points": [[0, 1]], "above": "zero"}, "above must be 'hold' or 'extend' (got 'zero')"),
    ],
)
def test_refused(terms: dict[str, Any], sentence: str) -> None:
    with pytest.raises(Refused) as refused:
        Points.read(terms)
    assert refused.value.sentences[0].startswith(sentence)
    assert len(refused.value.sentences) == 1


def test_results_that_descend_are_refused_where_higher_is_better() -> None:
    with pytest.raises(ValueError, match="x ascending, where higher is better"):
        Points.read({"points": [[2, 1], [1, 2]], "of": "result"}).curve("higher")
