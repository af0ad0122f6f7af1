"""The laws that hold the engine together, over random plans, and against a second writing of all it does."""

import itertools
import math
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from calc import Curve, NotALine, Plan, Refused
from tests import oracle
from tests.strategies import Document, documents, examples, made, plans, stands

BESIDE = (-2113, -6.83, -0.137, 0, 0.137, 6.83, 2113)
"""How far beside a break a curve is probed [slacks]: within one slack a break counts as reached, or as not passed."""


def probes(curve: Curve, slack: float) -> list[float]:
    """At every break, just beside it on both sides, between breaks, and far out."""
    breaks = sorted(set(curve.starts[1:])) or [curve.starts[0]]
    slacks = {slack, *map(abs, curve.slack)} - {0.0}
    beside = [x + k * n for x in breaks for k in slacks for n in BESIDE]
    between = [(a + b) / 2 for a, b in itertools.pairwise(breaks)]
    width = max(breaks[-1] - breaks[0], slack * 1e9)
    return [*beside, *between, breaks[0] - width, breaks[-1] + width]


def near(curve: Curve, slack: float, values: Any) -> Any:
    """Equal, but for rounding and for what a slope climbs within the slack."""
    climb = max(map(abs, curve.slopes)) * max(slack, *map(abs, curve.slack))
    return pytest.approx(np.asarray(values), rel=1e-9, abs=1e-7 + 4 * climb)


def well_formed(curve: Curve) -> None:
    """Pieces tile the line and have a width, flat is flat to the last bit, neighbours differ by more than dust."""
    pieces = curve.pieces()
    assert pieces[0].start == -math.inf
    assert pieces[-1].end == math.inf
    for piece in pieces:
        assert piece.end > piece.start
        assert piece.slope or piece.value == piece.end_value
    for a, b in itertools.pairwise(pieces):
        assert a.end == b.start
        if curve.starts.count(b.start) > 1:  # one point has a value of its own
            continue
        gap, size = abs(a.end_value - b.value), max(abs(a.end_value), abs(b.value))
        turn, steepest = abs(a.slope - b.slope), max(abs(a.slope), abs(b.slope))
        assert gap == 0 or gap > 1e-13 * size, f"a jump of dust at {b.start}: {curve}"
        assert gap or turn > 1e-13 * steepest, f"one line in two pieces at {b.start}: {curve}"


@examples(150)
@given(st.data(), plans())
def test_along_one_kpi_is_the_payout_as_it_moves(data: st.DataObject, drawn: tuple[Document, Plan]) -> None:
    document, plan = drawn
    at = data.draw(stands(document))
    for i, kpi in enumerate(plan.kpis):
        curve = plan.along(kpi.id, at)
        well_formed(curve)
        xs = [*probes(curve, abs(kpi.slack)), at[kpi.id], kpi.target]
        rows = np.tile([at[name] for name in plan.ids], (len(xs), 1))
        rows[:, i] = xs
        paid = near(curve, abs(kpi.slack), plan.payout(rows))
        assert np.array([curve(x) for x in xs]) == paid, kpi.id
        assert curve(np.array(xs)) == paid, kpi.id


@examples(150)
@given(st.data(), plans())
def test_along_all_is_the_payout_where_what_pays_moves_together(
    data: st.DataObject, drawn: tuple[Document, Plan]
) -> None:
    document, plan = drawn
    at = data.draw(stands(document))
    try:
        curve = plan.along_all(at)
    except NotALine:
        return
    well_formed(curve)
    xs = probes(curve, 0.5e-9)
    assert not any(kpi.counted and kpi.paid for kpi in plan.kpis) or len(plan.kpis) == 1
    rows = [[k.target + k.sign * k.span * (x - 1) if k.paid else at[k.id] for k in plan.kpis] for x in xs]
    assert np.array([curve(x) for x in xs]) == near(curve, 0.5e-9, plan.payout(rows))


@examples(100)
@given(st.data(), plans(combine="sum"))
def test_own_is_what_one_kpi_adds(data: st.DataObject, drawn: tuple[Document, Plan]) -> None:
    document, plan = drawn
    plan = plan.changed(kpis=tuple(k.changed(round_to=0) for k in plan.kpis))
    at = data.draw(stands(document))
    for i, kpi in enumerate(plan.kpis):
        curve = plan.own(kpi.id, at)
        xs = [*probes(curve, abs(kpi.slack)), at[kpi.id]]
        if plan.greater_of:  # where two groups pay the same, either of them may be named
            xs = [x for x in xs if all(abs(x - start) > 100 * abs(kpi.slack) for start in curve.starts)]
        rows = np.tile([at[name] for name in plan.ids], (len(xs), 1))
        rows[:, i] = xs
        unit = 10.0**-plan.minor
        tolerance = 0.51 * unit + plan.incentive * (1e-9 + 4 * max(map(abs, curve.slopes)) * abs(kpi.slack))
        money = plan.split(rows)[:, i]
        assert np.array([curve(x) * plan.incentive for x in xs]) == pytest.approx(money, rel=1e-9, abs=tolerance)


@examples(150)
@given(documents(bold=True))
def test_a_plan_is_refused_or_can_be_paid_everywhere(document: Document) -> None:
    try:
        plan = made(document)
    except Refused:
        return
    for kpi in plan.kpis:
        curve = plan.along(kpi.id)
        xs = probes(curve, abs(kpi.slack))
        rows = np.tile([k.target for k in plan.kpis], (len(xs), 1))
        rows[:, plan.ids.index(kpi.id)] = xs
        assert curve(np.array(xs)) == near(curve, abs(kpi.slack), plan.payout(rows))


# Against the second writing


def close(money: float) -> Any:
    return pytest.approx(money, rel=1e-8, abs=1e-6)


@examples(250)
@given(st.data(), plans())
def test_the_oracle_pays_the_same(data: st.DataObject, drawn: tuple[Document, Plan]) -> None:
    document, plan = drawn
    at = data.draw(stands(document))
    expected = oracle.pays(oracle.Rep(document, at, {}))
    row = [at[name] for name in plan.ids]
    assert plan.incentive == close(expected.incentive)
    assert plan.payout(row) * plan.incentive == close(expected.total)
    rep = oracle.Rep(document, at, {}, rounding=True)
    earned = oracle.pays(rep)
    if rep.ties:
        return
    if not oracle.tie(earned.total, document["plan"]):
        assert plan.pay(row) == pytest.approx(oracle.rounded(earned.total, document["plan"]), rel=1e-15)
    cent = 10.0**-plan.minor
    assert sum(plan.split(row)) == pytest.approx(sum(earned.by_kpi.values()), abs=0.51 * cent * len(row))
    if plan.combine == "sum" or min(line.attainment for line in plan.statement(at).kpis) > 0:
        assert list(plan.split(row)) == pytest.approx(list(earned.by_kpi.values()), abs=0.51 * cent)


@examples(100)
@given(st.data(), plans())
def test_a_statement_says_what_is_paid(data: st.DataObject, drawn: tuple[Document, Plan]) -> None:
    document, plan = drawn
    at = data.draw(stands(document))
    statement, rep = plan.statement(at), oracle.Rep(document, at, {})
    row = [at[name] for name in plan.ids]
    assert statement.pay == plan.pay(row)
    assert statement.payout == close(plan.payout(row))
    assert [line.pay for line in statement.kpis] == list(plan.split(row))
    assert [line.result for line in statement.kpis] == row
    attained = [rep.attainment(kpi) for kpi in document["kpis"]]
    assert [line.attainment for line in statement.kpis] == pytest.approx(attained, abs=1.1e-9)
    assert [gate.open for gate in statement.gates] == [oracle.is_open(rep, gate) for gate in document["gates"]]


@examples(150)
@given(st.data(), plans())
def test_targets_of_ones_own_pay_as_a_plan_with_these_targets(
    data: st.DataObject, drawn: tuple[Document, Plan]
) -> None:
    document, plan = drawn
    at = data.draw(stands(document))
    factors = [data.draw(st.sampled_from((0.5, 0.8, 1.0, 1.25, 3.0))) for _ in plan.kpis]
    targets = {
        k.id: k.target * factor if k.has_target else k.target for k, factor in zip(plan.kpis, factors, strict=True)
    }
    rep = oracle.Rep(document, at, targets, rounding=True)
    expected = oracle.pays(rep)
    if rep.ties:
        return
    row, goals = [at[name] for name in plan.ids], list(targets.values())
    if not oracle.tie(expected.total, document["plan"]):
        assert plan.pay(row, targets=goals) == pytest.approx(
            oracle.rounded(expected.total, document["plan"]), rel=1e-15
        )
    for name in plan.ids:
        if not plan.depends_on_target(name):
            others = [plan.kpi(i).target if i == name else targets[i] for i in plan.ids]
            assert plan.pay(row, targets=others) == plan.pay(row, targets=goals), name
    changed = {
        **document,
        "kpis": [{**k, "target": targets[k["id"]]} if "target" in k else k for k in document["kpis"]],
    }
    try:
        rewritten = made(changed)
    except Refused:
        return
    assert plan.pay(row, targets=goals) == pytest.approx(rewritten.pay(row), abs=1.1 * plan.unit)


@examples(100)
@given(st.data(), plans())
def test_an_incentive_of_ones_own_pays_as_a_plan_with_it(data: st.DataObject, drawn: tuple[Document, Plan]) -> None:
    document, plan = drawn
    at = data.draw(stands(document))
    incentive = data.draw(st.sampled_from((1.0, 500.0, 2222.22)))
    rep = oracle.Rep(document, at, {}, incentive, rounding=True)
    expected = oracle.pays(rep)
    row = [at[name] for name in plan.ids]
    if not oracle.tie(expected.total, document["plan"]) and not rep.ties:
        paid = pytest.approx(oracle.rounded(expected.total, document["plan"]), rel=1e-15)
        assert plan.pay(row, incentives=incentive) == paid
