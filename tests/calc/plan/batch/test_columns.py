"""Results by name: DataFrames, tables and mappings are never read by position."""

import subprocess
import sys

import numpy as np
import pyarrow as pa
import pytest

import calc
from calc import Refused

pandas = pytest.importorskip("pandas")

STEPS = {"kind": "steps", "of": "result", "steps": [[10, 1]]}
PLAN = calc.Plan.read(
    {
        "target_incentive": 1000,
        "kpis": [
            {"id": "revenue", "target": 100, "weight": 0.5, "curve": {"kind": "band"}},
            {
                "id": "deals",
                "target": 10,
                "weight": 0.5,
                "curve": {"kind": "steps", "of": "result", "steps": [[10, 1]]},
            },
            {"id": "memo", "target": 1, "weight": 0},
        ],
    }
)
FRAME = pandas.DataFrame({"rep": ["a", "b"], "deals": [10, 9], "revenue": [80.0, 120.0]}, index=["x", "y"])
PAID = [900.0, 600.0]


def test_a_frame_gives_a_series_with_its_index() -> None:
    paid = PLAN.pay(FRAME)
    assert isinstance(paid, pandas.Series)
    assert paid.to_dict() == {"x": 900, "y": 600}
    assert PLAN.pay(FRAME[sorted(FRAME.columns)]).tolist() == PAID
    assert PLAN.payout(FRAME).tolist() == [0.9, 0.6]


@pytest.mark.parametrize(
    "given",
    [
        {"revenue": [80, 120], "deals": [10, 9]},
        pa.table({"deals": [10, 9], "revenue": [80, 120], "region": ["n", "s"]}),
        {"deals": np.array([10, 9]), "revenue": (80, 120), "memo": ["n/a", None]},
    ],
    ids=["mapping", "table", "mapping with what the pay does not depend on"],
)
def test_columns_go_by_name(given: object) -> None:
    assert PLAN.pay(given).tolist() == PAID


def test_one_rep() -> None:
    assert PLAN.pay({"deals": 10, "revenue": 80}) == 900
    assert PLAN.pay(FRAME.loc["x", ["deals", "revenue"]]) == 900


def test_targets_and_incentives_of_ones_own_go_by_name_too() -> None:
    own = FRAME.assign(**{"revenue.target": [160, 120], "target_incentive": [1000, 2000]})
    assert PLAN.pay(own).tolist() == [750, 1000]


@pytest.mark.parametrize(
    ("given", "sentence"),
    [
        (FRAME[["deals"]], "results must have a column revenue, on which the pay depends (got none)"),
        (
            {"revenue": [1], "deal": [2]},
            "results must have a column deals, on which the pay depends (got none): did you",
        ),
        ({"revenue": ["much"], "deals": [1]}, "revenue must be numbers"),
        (FRAME.assign(deals=[1, np.nan]), "deals must be finite numbers"),
        ({"revenue": [1, 2, 3], "deals": [1, 2]}, "results must have columns of one length"),
        (FRAME.assign(**{"deals.target": 5}), "results must leave out deals.target (got it): the pay does not depend"),
        (pandas.concat([FRAME, FRAME[["deals"]]], axis=1), "results must name every column once (got deals twice)"),
    ],
)
def test_refused(given: object, sentence: str) -> None:
    with pytest.raises(Refused) as refused:
        PLAN.pay(given)
    assert refused.value.sentences[0].startswith(sentence)


def test_pandas_is_not_needed() -> None:
    code = "import sys, calc; assert 'pandas' not in sys.modules, 'pandas'"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
