"""A table in, the same rows with their pay out: what the plan itself pays, by name, in any process."""

import decimal
import pickle
import subprocess
import sys
from typing import Any

import numpy as np
import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import calc
from calc.payroll.pay_table import pay_table, sum_units
from calc.plan.errors import Refused
from calc.plan.plan import Plan
from tests.conftest import ROOT
from tests.strategies import plans

PLAN = calc.loads(
    """
    [plan]
    currency = "EUR"
    target_incentive = 1000
    [[kpis]]
    id = "deals"
    target = 100
    weight = 0.75
    curve = { kind = "band", floor = 0.7 }
    [[kpis]]
    id = "csat"
    target = 80
    weight = 0.25
    curve = { kind = "band", ceiling = 1 }
    """
).plan


@given(drawn=plans(), seed=st.integers(0, 2**32 - 1))
@settings(max_examples=60)
def test_pays_what_the_plan_pays(drawn: tuple[Any, Plan], seed: int) -> None:
    _, plan = drawn
    rng = np.random.default_rng(seed)
    targets = np.array([k.target for k in plan.kpis])
    results = np.round(targets * rng.normal(1, 0.4, (20, len(targets))), 2)
    columns = {k.id: results[:, i] for i, k in enumerate(plan.kpis)}
    table = pa.table({"who": pa.array(range(20)), **dict(reversed(columns.items()))})
    paid = pay_table(plan, table)
    assert paid.select(table.column_names).equals(table)
    assert np.array_equal(paid["pay"].to_numpy(), plan.pay(results))
    by_kpi = np.stack([paid[f"pay.{name}"].to_numpy() for name in plan.ids], axis=-1)
    assert np.array_equal(by_kpi, plan.split(results))


def test_reads_own_targets_and_incentives_by_name() -> None:
    table = pa.table({"target_incentive": [2000, 1000], "deals": [50, 50], "deals.target": [50, 100], "csat": [80, 80]})
    assert pay_table(PLAN, table)["pay"].to_pylist() == [2000, 250]


@pytest.mark.parametrize(
    "deals",
    [
        pa.array([69, 100], pa.int32()),
        pa.array([69, 100], pa.uint8()),
        pa.array([69, 100], pa.float32()),
        pa.array([decimal.Decimal("69.00"), decimal.Decimal("100.00")], pa.decimal128(9, 2)),
        pa.chunked_array([[69.0], [100.0]]),
    ],
    ids=lambda column: str(column.type),
)
def test_numbers_of_every_type_are_paid_alike(deals: Any) -> None:
    table = pa.table({"deals": deals, "csat": [80, 40]})
    assert pay_table(PLAN, table)["pay"].to_pylist() == [250, 875]
    assert PLAN.pay(table).tolist() == [250, 875]


def test_a_batch_gives_a_batch_and_no_rows_give_none() -> None:
    batch = pa.record_batch({"deals": [100.0], "csat": [80.0]})
    assert isinstance(pay_table(PLAN, batch), pa.RecordBatch)
    assert pay_table(PLAN, batch)["pay"].to_pylist() == [1000]
    assert PLAN.pay(batch).tolist() == [1000]
    empty = pay_table(PLAN, batch.slice(0, 0))
    assert (empty.num_rows, empty.column_names) == (0, ["deals", "csat", "pay.deals", "pay.csat", "pay"])


@pytest.mark.parametrize(
    ("table", "sentence"),
    [
        ({"csat": [80]}, "results must have a column deals"),
        ({"Deals": [100], "csat": [80]}, "results must write deals exactly so (got 'Deals')"),
        ({"deals": ["100"], "csat": [80]}, "results: deals must be a column of numbers (got string)"),
        ({"deals": [True], "csat": [80]}, "results: deals must be a column of numbers (got bool)"),
        ({"deals": [1, None], "csat": [80, 80]}, "results row 2: deals must be a finite number (got nothing)"),
        ({"deals": [1.0, float("inf")], "csat": [80, 80]}, "results row 2: deals must be a finite number (got inf)"),
        (
            {"deals": [1], "csat": [80], "deals.target": [0]},
            "results row 1: deals.target must be a finite number but",
        ),
        (
            {"deals": [1], "csat": [80], "target_incentive": [0]},
            "results row 1: target_incentive must be a finite",
        ),
        ({"deals": [1, 1e300], "csat": [80, 80]}, "results row 2: pay must be less than 9e+15 of the smallest unit"),
        ({"deals": [1], "csat": [80], "pay": [3]}, "results must leave the name pay to the column that is added"),
    ],
)
def test_what_does_not_hold_is_named(table: dict[str, list[Any]], sentence: str) -> None:
    with pytest.raises(Refused) as refused:
        pay_table(PLAN, pa.table(table))
    assert str(refused.value).startswith(sentence)


def test_a_heading_that_nearly_is_known_may_be_left_unread() -> None:
    table = pa.table({"deals": [100], "csat": [80], "Deals.Target": [1]})
    with pytest.raises(Refused, match=r"must write deals\.target exactly so"):
        pay_table(PLAN, table)
    assert pay_table(PLAN, table, allow=("headings",))["pay"].to_pylist() == [1000]


OTHER_PROCESS = """
import pickle, sys
act, plan, table = pickle.load(sys.stdin.buffer)
sys.stdout.buffer.write(pickle.dumps(act(plan, table)))
"""


def test_another_process_pays_the_same() -> None:
    table = pa.table({"deals": [69.0, 118.25], "csat": [80.0, 80.0]})
    sent = pickle.dumps((pay_table, PLAN, table))
    done = subprocess.run([sys.executable, "-c", OTHER_PROCESS], input=sent, capture_output=True, cwd=ROOT, check=True)
    assert pickle.loads(done.stdout).equals(pay_table(PLAN, table))


@given(st.lists(st.integers(-(9 * 10**15) + 1, 9 * 10**15 - 1), max_size=9))
def test_sums_are_exact_whatever_their_size(cents: list[int]) -> None:
    assert sum_units(np.array(cents, dtype=float), 0) == sum(cents)
