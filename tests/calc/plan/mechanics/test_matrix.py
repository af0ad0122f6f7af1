"""Matrix: a two-way grid, between its lines and at its edges, along either of its KPIs."""

from typing import Any

import numpy as np
import pytest

from calc import Kpi, Plan, Refused
from calc.plan.mechanics import Matrix

GRID = {"with": "margin", "rows": [0.8, 1.0, 1.5], "columns": [0.9, 1.1], "payouts": [[0.2, 0.6], [1, 2], [2, 4]]}
CORNERS = {(0.8, 0.9): 0.2, (0.8, 1.1): 0.6, (1, 0.9): 1, (1, 1.1): 2, (1.5, 0.9): 2, (1.5, 1.1): 4}
LINEAR = CORNERS | {(0.9, 1.0): 0.95, (1, 1): 1.5, (1.25, 0.9): 1.5, (1.25, 1): 2.25, (9, 9): 4, (1, 9): 2, (9, 0.9): 2}
STEP = CORNERS | {(0.99, 1.09): 0.2, (1.49, 1.1): 2, (1, 1): 1, (9, 9): 4}
SHORT = {(0.79, 1.1): 0, (1.5, 0.89): 0, (0.1, 0.1): 0}


def plan_of(terms: dict[str, Any], better: str = "higher", other: str = "higher") -> Plan:
    deals = {"id": "deals", "target": 200, "weight": 1, "better": better, "curve": {"kind": "matrix", **terms}}
    margin = {"id": "margin", "target": 20, "weight": 0, "better": other}
    return Plan.read({"target_incentive": 1000, "kpis": [deals, margin]})


@pytest.mark.parametrize(("between", "table"), [("linear", LINEAR), ("step", STEP)])
def test_attainments_of_both(between: str, table: dict[tuple[float, float], float]) -> None:
    plan = plan_of({**GRID, "between": between})
    for (row, column), payout in (table | SHORT).items():
        at = {"deals": 200 * row, "margin": 20 * column}
        assert plan.payout([*at.values()]) == pytest.approx(payout), (row, column)
        assert plan.along("deals", at)(at["deals"]) == pytest.approx(payout)
        assert plan.along("margin", at)(at["margin"]) == pytest.approx(payout)


@pytest.mark.parametrize("between", ["linear", "step"])
@pytest.mark.parametrize("listed", ["worse to better", "better to worse"])
def test_results_of_a_cost_by_a_gain(between: str, listed: str) -> None:
    rows, payouts = [220, 200, 160], [[0.2, 0.6], [1, 2], [2, 4]]
    if listed == "better to worse":
        rows, payouts = rows[::-1], payouts[::-1]
    terms = {
        "with": "margin",
        "rows": rows,
        "columns": [18, 22],
        "payouts": payouts,
        "of": "result",
        "between": between,
    }
    plan = plan_of(terms, better="lower")
    table = {(221, 22): 0, (220, 22): 0.6, (200, 17.9): 0, (200, 18): 1, (160, 22): 4, (0, 99): 4}
    table |= {(180, 20): 2.25, (200, 20): 1.5} if between == "linear" else {(180, 20): 1, (200, 20): 1}
    for (cost, gain), payout in table.items():
        at = {"deals": cost, "margin": gain}
        assert plan.payout([cost, gain]) == pytest.approx(payout), (cost, gain)
        assert plan.along("deals", at)(cost) == pytest.approx(payout)
        assert plan.along("margin", at)(gain) == pytest.approx(payout)


@pytest.mark.parametrize("of", ["attainment", "result"])
def test_reached_by_the_ninth_decimal_of_attainment_and_not_by_less(of: str) -> None:
    scale, other = (200, 20) if of == "result" else (1, 1)
    terms = {"with": "margin", "rows": [scale, 5 * scale], "columns": [other], "payouts": [[1], [2]], "of": of}
    plan = plan_of({**terms, "between": "step"})
    for short, payout in ((2e-9, 1), (0.4e-9, 2)):
        assert plan.payout([1000 - 200 * short, 20]) == plan.along("deals")(1000 - 200 * short) == payout
        gap = {"margin": 20 - 20 * short}
        reached = 2 if payout == 2 else 0
        assert plan.payout([1000, gap["margin"]]) == plan.along("deals", gap)(1000) == reached


def test_a_grid_of_one_cell_is_a_double_hurdle() -> None:
    plan = plan_of({"with": "margin", "rows": [0.9], "columns": [1.0], "payouts": [[1.5]]})
    assert plan.payout([[179, 20], [180, 19.9], [180, 20], [999, 999]]).tolist() == [0, 0, 1.5, 1.5]


def test_a_flat_slice_between_two_lines_is_flat() -> None:
    terms = {"with": "margin", "rows": [0.5, 1.0], "columns": [0, 1], "payouts": [[1, 2], [0.9, 2.3]]}
    curve = plan_of(terms).along("deals", {"margin": 5})
    assert {p.slope for p in curve.pieces()} == {0.0}


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"rows": [1, 0.8, 2]}, "kpis.deals.curve.rows must be in order, each once (got 1, 0.8, 2)"),
        (
            {"rows": [3, 1, 2], "of": "result"},
            "kpis.deals.curve.rows must be in order, each once (got 3, 1, 2)",
        ),
        ({"columns": [1, 1]}, "kpis.deals.curve.columns must be in order, each once (got 1, 1)"),
        ({"payouts": [[1, 1]]}, "kpis.deals.curve.payouts must have 3 rows of 2 (got 1 rows of 2)"),
        ({"payouts": [[1], [1, 2], [1, 2]]}, "kpis.deals.curve.payouts must have 3 rows of 2 (got 3 rows of 1 and 2)"),
        ({"payouts": []}, "kpis.deals.curve.payouts must have 3 rows of 2 (got 0 rows of nothing)"),
        ({"with": "marge"}, "kpis.deals.curve.with must name a KPI of the plan (got 'marge'): did you mean margin?"),
        ({"with": "deals"}, "kpis.deals.curve.with must name another KPI (got 'deals')"),
        ({"rows": [1.5, 1.0, 0.8], "of": "result"}, "kpis.deals.curve.rows must ascend where higher is better"),
        ({"between": "spline"}, "kpis.deals.curve.between must be 'linear' or 'step' (got 'spline')"),
    ],
)
def test_refused(change: dict[str, Any], sentence: str) -> None:
    with pytest.raises(Refused) as refused:
        plan_of({**GRID, **change})
    assert str(refused.value).startswith(sentence)


def test_a_grid_alone_has_no_single_curve() -> None:
    with pytest.raises(TypeError, match="two KPIs"):
        Kpi(id="a", target=1, weight=1, curve=Matrix.read(GRID)).by_result  # noqa: B018
    assert np.isfinite(plan_of(GRID).pay([200, 20]))
