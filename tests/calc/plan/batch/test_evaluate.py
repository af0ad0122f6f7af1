"""Many reps at once: shapes, blocks, kinds of arrays, threads, memory; and what is no number."""

import tracemalloc
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from calc import Gate, Kpi, Modifier, Plan, Refused
from calc.piecewise.vectorized import KERNEL_BLOCK
from calc.plan.mechanics import Band, Matrix, Points, Steps, Tiers
from calc.plan.rounding import round_money
from tests import oracle
from tests.strategies import Document, examples, plans, sign_and_span, target_of

DEALS = Kpi(id="deals", target=100, weight=0.6, curve=Band(floor=0.7, accelerator=2, ceiling=1.5))
MARGIN = Kpi(id="margin", target=20, weight=0.4, curve=Steps(steps=((0.8, 0.5), (1, 1))))
CSAT = Kpi(id="csat", target=80, weight=0)
PLAIN = Plan(target_incentive=1000, kpis=(DEALS, MARGIN, CSAT), ceiling=1.2)
GATE = Gate(kpi="csat", at_least=0.9, closes=("deals",), keeps=0.5)
TIMES = Modifier(kpi="csat", multiplies="plan", curve=Points(points=((0.5, 0.8), (1.5, 1.2)), below="hold"))
FULL = PLAIN.changed(gates=(GATE,), modifiers=(TIMES,))
GRID = Plan(
    target_incentive=1000,
    kpis=(
        Kpi(
            id="deals",
            target=100,
            weight=1,
            curve=Matrix(with_="margin", rows=(0.5, 1), columns=(0, 1), payouts=((0, 1), (1, 2))),
        ),
        MARGIN.changed(weight=0, curve=None),
        Kpi(id="revenue", target=1000, curve=Tiers(tiers=((0, 0.1), (500, 0.2)), apply="retroactive")),
    ),
)
SCORE = Plan(
    target_incentive=1000,
    combine="score",
    curve=Band(floor=0.5),
    kpis=(Kpi(id="a", target=100, weight=0.5), Kpi(id="b", target=20, better="lower", weight=0.5), CSAT),
)
PLANS = pytest.mark.parametrize("plan", [PLAIN, FULL, GRID, SCORE], ids=["plain", "full", "grid", "score"])


def results(*shape: int) -> np.ndarray:
    share = np.random.default_rng(3).uniform(0, 2, (*shape, 3))
    return np.round(share * [100, 20, 80], 2)


def one_by_one(plan: Plan, rows: np.ndarray) -> np.ndarray:
    return np.array([plan.pay(row) for row in rows.reshape(-1, 3)]).reshape(rows.shape[:-1])


@PLANS
@pytest.mark.parametrize("shape", [(), (0,), (1,), (7,), (2, 3), (2, 0, 3), (2, 1, 2, 2)])
def test_the_shape_of_people_is_kept(plan: Plan, shape: tuple[int, ...]) -> None:
    rows = results(*shape)
    assert np.shape(plan.pay(rows)) == np.shape(plan.payout(rows)) == shape
    assert plan.split(rows).shape == (*shape, 3)
    assert np.array_equal(plan.pay(rows), one_by_one(plan, rows))
    assert isinstance(plan.pay(results()), float)


@PLANS
@pytest.mark.parametrize(
    "people", [KERNEL_BLOCK - 1, KERNEL_BLOCK, KERNEL_BLOCK + 1, 2 * KERNEL_BLOCK, 2 * KERNEL_BLOCK + 3]
)
def test_blocks_leave_no_seam(plan: Plan, people: int) -> None:
    rows = results(people)
    pay = plan.pay(rows)
    assert pay.shape == (people,)
    for spot in {0, 1, KERNEL_BLOCK - 2, KERNEL_BLOCK - 1, KERNEL_BLOCK, 2 * KERNEL_BLOCK - 1, people - 1} & set(
        range(people)
    ):
        assert pay[spot] == plan.pay(rows[spot])
    parts = np.concatenate([plan.pay(rows[:1000]), plan.pay(rows[1000:])])
    assert np.array_equal(pay, parts)


@PLANS
def test_any_array_of_numbers_will_do_and_stays_as_it_was(plan: Plan) -> None:
    rows = np.round(results(50))
    expected = plan.pay(rows)
    padded = np.zeros((50, 6))
    padded[:, ::2] = rows
    locked = rows.copy()
    locked.flags.writeable = False
    kinds = [rows.astype(np.float32), rows.astype(np.int32), rows.tolist(), np.asfortranarray(rows), padded[:, ::2]]
    kinds += [locked, np.ascontiguousarray(rows.T).T, rows[::-1][::-1]]
    for one in kinds:
        assert np.array_equal(plan.pay(one), expected)
        assert np.array_equal(np.asarray(one), rows)
    assert np.array_equal(plan.pay(rows[::-1]), expected[::-1])


@PLANS
def test_threads_do_not_meet(plan: Plan) -> None:
    crowds = [results(KERNEL_BLOCK // 2 + n * 1000) for n in range(8)]
    fresh = Plan.read(plan.model_dump(by_alias=True, exclude_unset=True, exclude_none=True))
    with ThreadPoolExecutor(8) as pool:
        together = list(pool.map(fresh.pay, crowds))
    for crowd, pay in zip(crowds, together, strict=True):
        assert np.array_equal(pay, plan.pay(crowd))


MANY = 1_000_000


@PLANS
@pytest.mark.parametrize("own", [False, True])
def test_memory_is_the_pay_and_a_few_blocks(plan: Plan, own: bool) -> None:
    rows = np.tile(results(1000), (MANY // 1000, 1))
    targets = rows + 1 if own else None
    plan.pay(rows[:5])
    tracemalloc.start()
    try:
        pay = plan.pay(rows, targets=targets)
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert peak - pay.nbytes < 4e6


# What is no number, and what does not fit


@PLANS
@pytest.mark.parametrize("bad", [np.nan, np.inf, -np.inf])
@pytest.mark.parametrize("where", [0, 1, 2])
def test_what_is_no_number_is_refused_by_the_name_of_its_kpi(plan: Plan, bad: float, where: int) -> None:
    rows = results(KERNEL_BLOCK + 5)
    rows[KERNEL_BLOCK + 2, where] = bad
    for call in (plan.pay, plan.payout, plan.split):
        with pytest.raises(Refused, match=rf"{plan.ids[where]} must be a finite number \(got {bad}\)"):
            call(rows)


def test_opposite_infinities_do_not_cancel() -> None:
    with pytest.raises(Refused, match="deals must be a finite number"):
        PLAIN.pay([[np.inf, 1, 1], [-np.inf, 1, 1]])


@pytest.mark.parametrize("name", ["targets", "incentives"])
@pytest.mark.parametrize("bad", [np.nan, np.inf])
def test_terms_of_ones_own_must_be_finite(name: str, bad: float) -> None:
    with pytest.raises(Refused, match=f"{name} must be finite"):
        PLAIN.pay(results(3), **{name: bad})


@pytest.mark.parametrize("given", [5, [1, 2], [[1, 2, 3, 4]], [], np.zeros((3, 2)), np.zeros((3, 0))])
def test_results_have_a_column_for_each_kpi(given: Any) -> None:
    with pytest.raises(Refused, match="results must have 3 columns, one for each of deals, margin, csat"):
        PLAIN.pay(given)


@pytest.mark.parametrize("given", [[["a", 1, 2]], "text", [[1, 2, 3], [1, 2]], None, {}])
def test_what_is_no_array_of_numbers_is_refused(given: Any) -> None:
    with pytest.raises(Refused, match="results must"):
        PLAIN.pay(given)


def test_what_does_not_fit_the_results_is_refused() -> None:
    with pytest.raises(Refused, match=r"targets must fit the results' shape \(4, 3\) \(got shape \(3, 3\)\)"):
        PLAIN.pay(results(4), targets=np.ones((3, 3)))
    with pytest.raises(Refused, match=r"incentives must fit the results' shape \(4,\) \(got shape \(3,\)\)"):
        PLAIN.pay(results(4), incentives=np.ones(3))


def test_a_target_of_zero_needs_a_scale() -> None:
    with pytest.raises(Refused, match=r"deals\.target must not be 0 where the plan names no scale"):
        PLAIN.pay(results(2), targets=[[1, 1, 1], [0, 1, 1]])
    scaled = PLAIN.changed(kpis=(DEALS.changed(scale=100.0), MARGIN, CSAT))
    assert scaled.pay([[0, 20, 80]], targets=[0, 20, 80]).tolist() == [1000]


def test_more_than_can_be_paid_is_refused() -> None:
    steep = Plan(target_incentive=1000, kpis=(Kpi(id="deals", target=1, weight=1, curve=Band(accelerator=10)),))
    for plan in (steep, steep.changed(gates=(Gate(kpi="deals", at_least=0.1, closes="plan"),))):
        with pytest.raises(Refused, match="small enough to pay a finite amount"):
            plan.pay([[1.7e308]])
    assert steep.pay([[-1.7e308]]).tolist() == [0]


# Terms of one's own


def test_targets_and_incentives_of_ones_own() -> None:
    rows = [[70, 20, 80], [70, 20, 80], [35, 20, 80]]
    assert PLAIN.pay(rows, targets=[[100, 20, 80], [50, 20, 80], [50, 20, 80]]).tolist() == [820, 1200, 820]
    assert PLAIN.pay(rows, incentives=[1000, 500, 100]).tolist() == [820, 410, 40]
    assert PLAIN.pay(rows, incentives=500).tolist() == [410, 410, 200]
    assert PLAIN.pay(rows[0], targets=[35, 20, 80], incentives=100) == 120
    assert PLAIN.split(rows, incentives=100).tolist() == [[42, 40, 0], [42, 40, 0], [0, 40, 0]]


def test_targets_broadcast() -> None:
    rows = results(4, 5)
    per_person = np.arange(1, 21, dtype=float).reshape(4, 5, 1) * [10.0, 2.0, 8.0]
    for targets in ([100, 20, 80], per_person[:, :1], per_person[:1], per_person):
        whole = np.broadcast_to(np.asarray(targets, dtype=float), rows.shape)
        each = [[PLAIN.pay(rows[i, j], targets=whole[i, j]) for j in range(5)] for i in range(4)]
        assert np.array_equal(PLAIN.pay(rows, targets=targets), each)
    assert np.array_equal(
        PLAIN.pay(rows, incentives=[[1.0], [10.0], [20.0], [30.0]])[:, 0],
        [PLAIN.pay(rows[i, 0], incentives=p) for i, p in enumerate((1, 10, 20, 30))],
    )


@examples(40)
@given(plans(), st.integers(0, 2**32 - 1))
def test_a_crowd_is_paid_as_the_oracle_pays_each(drawn: tuple[Document, Plan], seed: int) -> None:
    document, plan = drawn
    shares = np.round(np.random.default_rng(seed).uniform(-0.2, 2.2, (40, len(plan.kpis))), 4)
    rows = np.empty_like(shares)
    for i, kpi in enumerate(document["kpis"]):
        sign, span = sign_and_span(kpi)
        rows[:, i] = target_of(kpi) + sign * span * (shares[:, i] - 1)
    for row, pay, parts in zip(rows.tolist(), plan.pay(rows), plan.split(rows), strict=True):
        rep = oracle.Rep(document, dict(zip(plan.ids, row, strict=True)), {}, rounding=True)
        expected = oracle.pays(rep)
        if rep.ties:
            continue
        if not oracle.tie(expected.total, document["plan"]):
            assert pay == pytest.approx(oracle.rounded(expected.total, document["plan"]), rel=1e-15)
        assert sum(parts) == pytest.approx(
            sum(expected.by_kpi.values()), abs=(0.5 * len(parts) + 0.1) * 10.0**-plan.minor
        )


@examples(60)
@given(plans(), st.floats(-0.5, 2.5))
def test_parts_add_up_to_the_pay_where_nothing_limits_the_whole(drawn: tuple[Document, Plan], place: float) -> None:
    document, plan = drawn
    limits = [gate for gate in document["gates"] if gate["closes"] == "plan" and "limits_to" in gate]
    if limits or document["plan"].keys() & {"floor", "ceiling", "floor_pay", "ceiling_pay"}:
        return
    row = [kpi.result(place) for kpi in plan.kpis]
    assert sum(plan.split(row)) == pytest.approx(
        plan.pay(row), abs=0.5 * len(row) * 10.0**-plan.minor + 0.6 * plan.unit
    )


@pytest.mark.parametrize(
    ("money", "digits", "expected"),
    [(2.675, 2, 2.68), (0.125, 2, 0.13), (-0.125, 2, -0.12), (2.5, 0, 3), (1.0005, 3, 1.001)],
)
def test_rounded(money: float, digits: int, expected: float) -> None:
    assert round_money(np.array(money), digits) == expected
    assert round_money(np.array([[money]]), digits).tolist() == [[expected]]
