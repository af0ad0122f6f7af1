"""Zones: they tile the line, say what the pay does there, and end on the numbers that the plan states."""

import itertools
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from calc import Gate, Kpi, Plan, Refused, Zone, load, names, zones
from calc.piecewise.pieces import Side
from calc.plan.mechanics import Band, Points, Steps, Tiers
from tests import oracle
from tests.strategies import Document, examples, made, plans, stands


def plan_of(curve: Any, target: float = 100, better: Any = "higher", scale: float | None = None, **terms: Any) -> Plan:
    kpi = Kpi(id="deals", target=target, better=better, scale=scale, weight=1, curve=curve)
    return Plan(**({"target_incentive": 1000, "kpis": (kpi, Kpi(id="csat", target=80, weight=0))} | terms))


Brief = tuple[str, *tuple[float | None, ...]]


def brief(found: tuple[Zone, ...]) -> list[Brief]:
    """Kind, ends in attainment, ends in results, money at the ends."""
    return [(z.kind, z.start, z.end, z.start_result, z.end_result, z.pay_start, z.pay_end) for z in found]


TABLE = [
    pytest.param(
        Band(floor=0.7, ceiling=2.0),
        [
            ("zero", 0, 0.7, 0, 70, 0, 0),
            ("cliff", 0.7, 0.7, 70, 70, 0, 700),
            ("climb", 0.7, 2, 70, 200, 700, 2000),
            ("flat", 2, None, 200, None, 2000, 2000),
        ],
        id="a floor and a ceiling",
    ),
    pytest.param(Band(), [("climb", 0, None, 0, None, 0, None)], id="one line is one zone"),
    pytest.param(
        Band(floor=0.5, pays_at_floor=0, accelerator=2),
        [("zero", 0, 0.5, 0, 50, 0, 0), ("climb", 0.5, None, 50, None, 0, None)],
        id="pieces of one slope are one zone",
    ),
    pytest.param(
        Steps(steps=((0.8, 0.5), (1, 1), (1.2, 0.8))),
        [
            ("zero", 0, 0.8, 0, 80, 0, 0),
            ("cliff", 0.8, 0.8, 80, 80, 0, 500),
            ("flat", 0.8, 1, 80, 100, 500, 500),
            ("cliff", 1, 1, 100, 100, 500, 1000),
            ("flat", 1, 1.2, 100, 120, 1000, 1000),
            ("cliff", 1.2, 1.2, 120, 120, 1000, 800),
            ("flat", 1.2, None, 120, None, 800, 800),
        ],
        id="a staircase, with a step down",
    ),
    pytest.param(
        Points(points=((0, 1), (1, 0), (2, 0), (3, 1)), below="hold"),
        [
            ("drop", 0, 1, 0, 100, 1000, 0),
            ("zero", 1, 2, 100, 200, 0, 0),
            ("climb", 2, 3, 200, 300, 0, 1000),
            ("flat", 3, None, 300, None, 1000, 1000),
        ],
        id="more earns less",
    ),
    pytest.param(
        Points(points=((-0.5, 0), (0, 0.5), (1, 1))),
        [
            ("zero", None, -0.5, None, -50, 0, 0),
            ("climb", -0.5, 0, -50, 0, 0, 500),
            ("climb", 0, 1, 0, 100, 500, 1000),
            ("flat", 1, None, 100, None, 1000, 1000),
        ],
        id="from minus infinity where the plan has a break below zero",
    ),
]


@pytest.mark.parametrize(("curve", "expected"), TABLE)
def test_zones_of_one_kpi(curve: Any, expected: list[Brief]) -> None:
    assert brief(zones(plan_of(curve), "deals")) == expected


def test_the_money_of_one_unit_more() -> None:
    found = zones(plan_of(Band(floor=0.7, accelerator=2, ceiling=2)), "deals")
    assert [z.pay_per_unit for z in found] == [0, None, 10, 20, 0]


def test_zones_where_lower_is_better_run_from_high_results_to_low() -> None:
    found = zones(plan_of(Band(floor=0.5, ceiling=1.5), target=4, better="lower"), "deals")
    assert brief(found) == [
        ("zero", 0, 0.5, 8, 6, 0, 0),
        ("cliff", 0.5, 0.5, 6, 6, 0, 500),
        ("climb", 0.5, 1.5, 6, 2, 500, 1500),
        ("flat", 1.5, None, 2, None, 1500, 1500),
    ]
    assert [z.pay_per_unit for z in found] == [0, None, 250, 0]


@pytest.mark.parametrize(("target", "scale"), [(0, 50), (-200, None), (100, 10)])
def test_zones_start_at_minus_infinity_where_results_below_zero_have_meaning(
    target: float, scale: float | None
) -> None:
    first, *_, last = zones(plan_of(Band(floor=0.7, ceiling=2), target=target, scale=scale), "deals")
    assert (first.kind, first.start, first.start_result, first.pay_start) == ("zero", None, None, 0)
    assert (last.kind, last.end) == ("flat", None)


def test_zero_is_where_this_kpi_pays_nothing_and_flat_where_it_does() -> None:
    kpis = (
        Kpi(id="deals", target=100, weight=0.5, curve=Band(floor=0.7, ceiling=1.2)),
        Kpi(id="margin", target=20, weight=0.5, curve=Band()),
    )
    plan = Plan(target_incentive=1000, kpis=kpis)
    kinds = [(z.kind, z.pay_start) for z in zones(plan, "deals")]
    assert kinds == [("zero", 500), ("cliff", 500), ("climb", 850), ("flat", 1100)]
    first = zones(plan, "deals", {"margin": 0})[0]
    assert (first.kind, first.pay_start) == ("zero", 0)


def test_a_guarantee_is_zero_up_to_where_the_kpi_begins_to_pay() -> None:
    found = zones(plan_of(Band(floor=0.2), floor=0.5), "deals")
    assert brief(found) == [
        ("zero", 0, 0.2, 0, 20, 500, 500),
        ("flat", 0.2, 0.5, 20, 50, 500, 500),
        ("climb", 0.5, None, 50, None, 500, None),
    ]


def test_a_kpi_that_is_only_measured_has_a_zero_zone_only_where_the_plan_pays_nothing() -> None:
    closed = plan_of(Band(), gates=(Gate(kpi="csat", at_least=0.9, closes="plan"),))
    assert brief(zones(closed, "csat")) == [
        ("zero", 0, 0.9, 0, 72, 0, 0),
        ("cliff", 0.9, 0.9, 72, 72, 0, 1000),
        ("flat", 0.9, None, 72, None, 1000, 1000),
    ]
    half = plan_of(Band(), gates=(Gate(kpi="csat", at_least=0.9, closes="plan", keeps=0.5),))
    assert [z.kind for z in zones(half, "csat")] == ["flat", "cliff", "flat"]
    assert [z.kind for z in zones(half, "csat", {"deals": 0})] == ["zero"]


def test_a_guarantee_where_a_gate_has_closed_the_score_is_zero() -> None:
    gate = Gate(kpi="deals", at_least=0.5, closes="plan")
    kpi = Kpi(id="deals", target=100, weight=1)
    plan = Plan(target_incentive=1000, combine="score", curve=Band(), floor=0.01, kpis=(kpi,), gates=(gate,))
    assert plan.statement({"deals": 30}).kpis[0].pay == 0
    assert [(z.kind, z.end) for z in zones(plan, "deals")] == [("zero", 0.5), ("cliff", 0.5), ("climb", None)]


def test_zones_of_a_commission() -> None:
    plan = Plan(
        kpis=(Kpi(id="revenue", target=30_000, curve=Tiers(tiers=((0, 0.05), (20_000, 0.06)), apply="retroactive")),)
    )
    found = zones(plan, "revenue")
    assert [(z.kind, z.start_result, z.end_result, z.pay_start, z.pay_end, z.pay_per_unit) for z in found] == [
        ("climb", 0, 20_000, 0, 1000, 0.05),
        ("cliff", 20_000, 20_000, 1000, 1200, None),
        ("climb", 20_000, None, 1200, None, 0.06),
    ]


@pytest.mark.parametrize("target", [3, 7, 0.7, 99.99, 24000, 1 / 3, 123456.78])
@pytest.mark.parametrize("floor", [0.1, 0.3, 0.7, 0.35, 0.999])
def test_ends_are_the_numbers_that_the_plan_states(target: float, floor: float) -> None:
    first, *_, last = zones(plan_of(Band(floor=floor, ceiling=1.7), target=target), "deals")
    assert (first.end, last.start) == (floor, 1.7)
    assert first.end_result == pytest.approx(floor * target, rel=1e-12)
    gate = Gate(kpi="deals", at_least=floor, closes=("deals",))
    assert zones(plan_of(Band(), target=target, gates=(gate,)), "deals")[0].end == floor


def test_no_such_kpi_and_no_such_place() -> None:
    with pytest.raises(Refused, match="did you mean deals"):
        zones(plan_of(Band()), "deal")
    with pytest.raises(Refused, match="csat must be a finite number"):
        zones(plan_of(Band()), "deals", {"csat": float("nan")})


# Laws


def tiles(found: tuple[Zone, ...]) -> None:
    """No gap, no overlap, from 0 or minus infinity to infinity; what is one is not cut in two."""
    stretches = [z for z in found if z.kind != "cliff"]
    assert found[0] is stretches[0]
    assert found[-1] is stretches[-1]
    assert stretches[0].start in (0, None)
    assert stretches[-1].end is None
    for a, b in itertools.pairwise(found):
        assert (a.end, a.end_result) == (b.start, b.start_result)
        assert {a.kind, b.kind} != {"cliff"}
        assert (a.kind, a.pay_per_unit) != (b.kind, b.pay_per_unit)
    for z in found:
        assert (z.start is not None and z.start == z.end) == (z.kind == "cliff")
        assert z.start is None or z.end is None or z.start <= z.end


def inside(zone: Zone, kpi: Kpi) -> tuple[float, float]:
    """Two results within a zone, worse and better."""
    step = kpi.sign * kpi.span
    low = zone.end_result - step if zone.start_result is None and zone.end_result is not None else zone.start_result
    low = kpi.target if low is None else low
    high = low + step if zone.end_result is None else zone.end_result
    return low + (high - low) * 0.25, low + (high - low) * 0.75


@examples(120)
@given(st.data(), plans())
def test_zones_say_what_the_pay_does(data: st.DataObject, drawn: tuple[Document, Plan]) -> None:
    document = {**drawn[0], "kpis": [{**kpi, "counted": False, "round_to": None} for kpi in drawn[0]["kpis"]]}
    document["kpis"] = [{name: value for name, value in kpi.items() if value is not None} for kpi in document["kpis"]]
    plan = made(document)  # of whole units a zone is the line through them; curves are told before a KPI rounds
    at = data.draw(stands(document))
    for i, kpi in enumerate(plan.kpis):
        found = zones(plan, kpi.id, at)
        tiles(found)
        curve = plan.along(kpi.id, at)
        if kpi.better == "lower":
            curve = curve.of_line(-1.0)
        lowest = found[0].start_result
        for zone in found:
            places = [None if x is None else x * kpi.sign for x in (zone.start_result, zone.end_result)]
            sides: tuple[Side, Side] = ("left", "right") if zone.kind == "cliff" else ("right", "left")
            ends = [None if x is None else plan.money(curve(x, side)) for x, side in zip(places, sides, strict=True)]
            assert all(e is None or e == p for e, p in zip(ends, (zone.pay_start, zone.pay_end), strict=True))
            if zone.kind == "cliff":
                continue
            worse, better = inside(zone, kpi)
            rows = [[x if j == i else at[k.id] for j, k in enumerate(plan.kpis)] for x in (worse, better)]
            low, high = plan.payout(rows)
            per_unit = (high - low) * plan.incentive / abs(better - worse)
            assert zone.pay_per_unit is not None
            assert zone.pay_per_unit == pytest.approx(per_unit, rel=1e-6, abs=1e-6 * plan.incentive / kpi.span)
            sign = {"climb": 1, "drop": -1}.get(zone.kind, 0)
            assert (zone.pay_per_unit > 0) - (zone.pay_per_unit < 0) == sign or abs(per_unit) < 1e-9
            if zone.kind in ("zero", "flat"):
                paid = oracle.pays(oracle.Rep(document, at | {kpi.id: worse}, {}))
                own = sum(paid.by_kpi.values()) if plan.combine == "score" else paid.by_kpi[kpi.id]
                nothing = abs(paid.total) < 1e-9 or (kpi.paid and abs(own) < 1e-9)
                assert zone.kind == ("zero" if nothing else "flat")
        jumps = [j for j in curve.jumps() if lowest is None or j.at > lowest * kpi.sign]
        cliffs = [(z.start_result, z.pay_start, z.pay_end) for z in found if z.kind == "cliff"]
        assert [c[0] for c in cliffs] == pytest.approx(
            [j.at * kpi.sign for j in jumps if j.before != j.after], rel=1e-12
        )


@pytest.mark.parametrize("name", names())
def test_zones_of_every_preset_end_where_it_says(name: str) -> None:
    plan = load(name).plan
    for kpi in plan.kpis:
        found = zones(plan, kpi.id)
        tiles(found)
        for zone in found:
            for attained, result in ((zone.start, zone.start_result), (zone.end, zone.end_result)):
                if attained is not None:
                    assert attained == round(attained, 9)
                    assert attained == pytest.approx(kpi.attainment(result), abs=1e-9)
                    assert result == float(f"{result:.12g}")
            for money in (zone.pay_start, zone.pay_end):
                assert money is None or money == round(money, plan.minor)
