"""The plan: what it pays in money, its order of operations, its statement, and what is no plan."""

from collections.abc import Callable
from decimal import ROUND_FLOOR, ROUND_HALF_UP, Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from calc import Gate, Kpi, Modifier, NotALine, Plan, Refused
from calc.plan.mechanics import Band, Matrix, Points, Steps, Tiers
from calc.plan.plan_terms import MINOR
from tests.strategies import examples


def single(curve: Any = None, target: float = 100, **terms: Any) -> Plan:
    kpi = Kpi(id="deals", target=target, weight=1, curve=curve or Band())
    return Plan(**({"target_incentive": 1000, "kpis": (kpi,)} | terms))


# Money


def test_the_low_ceiling_of_the_interview() -> None:
    plan = single(Band(ceiling=2.0), target_incentive=100)
    assert plan.pay([[100], [200], [300], [400], [500]]).tolist() == [100, 200, 200, 200, 200]


def test_the_floor_of_the_interview() -> None:
    plan = single(Band(floor=0.7))
    assert plan.pay([[0], [69], [69.99], [70], [100]]).tolist() == [0, 0, 0, 700, 1000]


@pytest.mark.parametrize(
    ("currency", "share", "money"),
    [
        ("USD", 2.675, 2.68), ("USD", 1.005, 1.01), ("USD", 0.005, 0.01), ("USD", 0.0049, 0), ("USD", 1.115, 1.12),
        ("USD", -0.125, -0.12), ("USD", -2.675, -2.67), ("USD", 8.5, 8.5), ("EUR", 0.285, 0.29),
        ("JPY", 0.5, 1), ("JPY", 2.5, 3), ("JPY", 2.4999, 2), ("JPY", -0.5, 0), ("KRW", 1.5, 2),
        ("KWD", 0.0005, 0.001), ("KWD", 2.6755, 2.676), ("KWD", 1.0004, 1.0), ("XXX", 1.005, 1.01),
    ],
)  # fmt: skip
def test_money_is_rounded_half_up_to_the_smallest_unit(currency: str, share: float, money: float) -> None:
    line = Points(points=((-9, -9), (9, 9)), below="extend")
    plan = single(line, target=1, target_incentive=1, currency=currency, pay_below_zero=True)
    assert plan.pay([share]) == plan.money(share) == plan.statement({"deals": share}).pay == money
    assert plan.pay([[share], [share]]).tolist() == [money, money]
    assert plan.split([[share]]).tolist() == [[money]]


@examples(400)
@given(st.integers(0, 3000), st.integers(1, 10**10), st.sampled_from(("USD", "JPY", "KWD")))
def test_money_is_what_a_cashier_rounds(result: int, minor: int, currency: str) -> None:
    digits = MINOR.get(currency, 2)
    incentive = Decimal(minor).scaleb(-digits)
    plan = single(target=1000, target_incentive=float(incentive), currency=currency)
    exact = Decimal(result) * incentive / 1000
    unit = Decimal(1).scaleb(-digits)
    assert plan.pay([result]) == float(exact.quantize(unit, ROUND_HALF_UP))


def test_money_is_rounded_once() -> None:
    halves = (Kpi(id="a", target=1, weight=0.5, curve=Band()), Kpi(id="b", target=1, weight=0.5, curve=Band()))
    plan = Plan(target_incentive=2.25, kpis=halves, currency="JPY")
    assert plan.pay([1, 1]) == 2
    assert plan.split([1, 1]).tolist() == [1, 1]
    assert Plan(target_incentive=2.5, kpis=halves, currency="JPY").pay([1, 1]) == 3
    assert float((Decimal("1.25") * 2).quantize(Decimal(1), ROUND_FLOOR)) == 2


UNITS = {
    0: "BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX UYI VND VUV XAF XOF XPF",
    2: "USD EUR GBP RUB CHF CNY INR BRL SEK PLN MXN IDR HUF CZK TRY MGA",
    3: "BHD IQD JOD KWD LYD OMR TND",
    4: "CLF UYW",
}


@pytest.mark.parametrize("digits", UNITS)
def test_the_smallest_unit(digits: int) -> None:
    for currency in UNITS[digits].split():
        assert single(currency=currency).minor == digits, currency


@pytest.mark.parametrize(
    "weights", [(1 / 3, 1 / 3, 1 / 3), (2 / 3, 1 / 3, 0), (0.1, 0.2, 0.7), (0.333333333, 0.333333333, 0.333333334)]
)
def test_weights_that_add_up(weights: tuple[float, ...]) -> None:
    kpis = tuple(Kpi(id=i, target=3, weight=w, curve=Band()) for i, w in zip("abc", weights, strict=True))
    plan = Plan(target_incentive=1000, kpis=kpis)
    assert plan.pay([3, 3, 3]) == 1000
    assert plan.incentive == pytest.approx(1000)
    assert plan.split([3, 3, 3]).tolist() == [round(1000 * w, 2) for w in weights]


# The order of operations


def test_plan_floor_and_ceiling_come_last() -> None:
    times = Modifier(kpi="deals", multiplies="plan", curve=Steps(steps=((0, 2),)))
    plan = single(modifiers=(times,), floor=0.3, ceiling=1.5)
    assert plan.pay([[0], [10], [50], [75], [100]]).tolist() == [300, 300, 1000, 1500, 1500]
    curve = plan.along("deals")
    assert [curve(x) for x in (-5, 0, 15, 75, 80)] == [0.3, 0.3, 0.3, 1.5, 1.5]
    assert [p.slope for p in curve.pieces()] == pytest.approx([0, 0.02, 0])


def test_a_guarantee_holds_where_a_gate_is_closed() -> None:
    gate = Gate(kpi="deals", at_least=0.9, closes="plan")
    assert single(gates=(gate,), floor=0.25).pay([[0], [89], [90]]).tolist() == [250, 250, 900]


def test_commission_and_weights_together() -> None:
    kpis = (
        Kpi(id="revenue", target=1000, curve=Tiers(tiers=((0, 0.1), (1000, 0.2)))),
        Kpi(id="margin", target=20, weight=1, curve=Band()),
    )
    plan = Plan(target_incentive=500, kpis=kpis, ceiling=2)
    assert plan.incentive == 600
    assert plan.pay([[1000, 20], [2000, 20], [6000, 20], [0, 10]]).tolist() == [600, 800, 1200, 250]
    assert plan.payout([1000, 20]) == 1
    assert plan.split([2000, 30]).tolist() == [300, 750]
    assert plan.pay([2000, 20], incentives=1000) == 1300


def test_a_commission_alone_may_name_what_payouts_are_shares_of() -> None:
    plan = Plan(target_incentive=400, kpis=(Kpi(id="revenue", target=1000, curve=Tiers(tiers=((0, 0.1),))),), ceiling=1)
    assert (plan.incentive, plan.payout([1000]), plan.pay([9000])) == (400, 0.25, 400)


SCORE = Points(points=((0.8, 0.5), (1, 1), (1.5, 2)))


def test_a_score_weighs_attainment_first() -> None:
    kpis = (
        Kpi(id="a", target=10, weight=0.75),
        Kpi(id="b", target=4, better="lower", weight=0.25),
        Kpi(id="c", target=1, weight=0),
    )
    plan = Plan(target_incentive=1000, combine="score", curve=SCORE, kpis=kpis)
    assert plan.pay([[10, 4, 0], [8, 4, 9], [8, 3, 9], [20, 0, 1], [7, 4, 1]]).tolist() == [1000, 625, 781.25, 2000, 0]
    assert plan.split([8, 3, 9]).tolist() == [
        pytest.approx(781.25 * 0.6 / 0.9125, abs=0.01),
        pytest.approx(781.25 * 0.3125 / 0.9125, abs=0.01),
        0,
    ]
    assert plan.along("a", {"b": 3})(8) == pytest.approx(0.78125)


def test_a_score_of_nothing_is_shared_by_weight() -> None:
    kpis = (Kpi(id="a", target=1, weight=0.25), Kpi(id="b", target=1, weight=0.75))
    plan = Plan(target_incentive=1000, combine="score", curve=Points(points=((-1, 1), (9, 1))), kpis=kpis)
    assert plan.split([[0.0, 0.0], [0.3, -0.1], [-0.6, 0.2]]).tolist() == [[250, 750]] * 3


def test_a_score_near_nothing_pays_what_its_curve_says() -> None:
    kpis = (Kpi(id="a", target=1, weight=0.5), Kpi(id="b", target=1, weight=0.5))
    plan = Plan(target_incentive=10**6, combine="score", curve=Points(points=((-1, 1), (9, 1))), kpis=kpis)
    for gap in (0, 1e-12, 4e-9, 1e-6, 0.1):
        assert plan.pay([1, -1 + gap]) == 10**6
        assert plan.split([1, -1 + gap]).sum() == pytest.approx(10**6, abs=0.02)
        assert abs(plan.split([1, -1 + gap])).max() <= 10**6


# Along


def test_the_others_stand_where_named_or_at_target() -> None:
    kpis = (Kpi(id="a", target=10, weight=0.5, curve=Band()), Kpi(id="b", target=4, weight=0.5, curve=Band()))
    plan = Plan(target_incentive=1000, kpis=kpis)
    assert (plan.along("a")(0), plan.along("a", {"b": 0})(0), plan.along("a", {"b": 8, "a": 99})(0)) == (0.5, 0, 1)


@pytest.mark.parametrize("call", ["along", "own", "statement"])
def test_what_does_not_stand_anywhere_is_refused(call: str) -> None:
    calls: dict[str, Callable[[dict[str, float]], object]] = {
        "along": lambda at: single().along("deals", at),
        "own": lambda at: single().own("deals", at),
        "statement": lambda at: single().statement(at),
    }
    how = calls[call]
    with pytest.raises(Refused, match=r"deal must be a KPI of the plan .got 'deal'.: did you mean deals"):
        how({"deal": 1})
    for number in (float("nan"), float("inf")):
        with pytest.raises(Refused, match="deals must be a finite number"):
            how({"deals": number})


def test_no_such_kpi() -> None:
    with pytest.raises(Refused, match="did you mean deals"):
        single().along("deal")
    with pytest.raises(Refused, match="did you mean deals"):
        single().kpi("deal")


def test_all_together_is_no_line_on_a_grid() -> None:
    grid = Matrix(with_="margin", rows=(0.5, 1), columns=(0.5, 1), payouts=((0, 1), (1, 2)))
    kpis = (Kpi(id="deals", target=1, weight=1, curve=grid), Kpi(id="margin", target=1, weight=0))
    with pytest.raises(NotALine, match="both"):
        Plan(target_incentive=1, kpis=kpis).along_all()


def test_all_together_by_attainment() -> None:
    kpis = (
        Kpi(id="a", target=10, weight=0.5, curve=Band(floor=0.7)),
        Kpi(id="b", target=4, better="lower", weight=0.5, curve=Band(ceiling=1.5)),
    )
    curve = Plan(target_incentive=1000, kpis=kpis).along_all()
    assert [curve(a) for a in (0, 0.69, 0.7, 1, 1.5, 2)] == pytest.approx([0, 0.345, 0.7, 1, 1.5, 1.75])
    assert curve.starts[1:] == (0.0, 0.7, 1.5)


# Statement


def test_a_statement() -> None:
    kpis = (
        Kpi(id="deals", target=100, weight=0.6, curve=Band(floor=0.7)),
        Kpi(id="csat", target=80, weight=0.4, curve=Band()),
    )
    gates = (
        Gate(kpi="csat", at_least=0.9, closes=("deals",), keeps=0.5),
        Gate(kpi="deals", at_least_result=50, closes="plan"),
    )
    plan = Plan(target_incentive=1000, kpis=kpis, gates=gates)
    statement = plan.statement({"deals": 120, "csat": 60})
    assert statement.pay == 660
    assert statement.payout == pytest.approx(0.66)
    deals, csat = statement.kpis
    assert (deals.id, deals.result, deals.attainment, deals.pay) == ("deals", 120, 1.2, 360)
    assert deals.payout == pytest.approx(0.6)
    assert (csat.id, csat.attainment, csat.payout, csat.pay) == ("csat", 0.75, 0.75, 300)
    assert [(g.kpi, g.open) for g in statement.gates] == [("csat", False), ("deals", True)]


def test_a_statement_of_nothing_said_is_at_target() -> None:
    statement = single(Band(floor=0.7)).statement()
    assert (statement.pay, statement.payout, statement.kpis[0].attainment) == (1000, 1, 1)


# Values


def test_a_plan_is_a_value() -> None:
    assert single() == single()
    assert hash(single()) == hash(single())
    assert single() != single(currency="EUR")
    plan = single()
    plan.pay([1])
    plan.along("deals")
    assert plan == single()
    with pytest.raises(ValueError, match="frozen"):
        plan.currency = "EUR"  # type: ignore[misc]


def test_changed_is_checked_anew_and_leaves_the_old() -> None:
    plan = single(Band(floor=0.7))
    assert plan.changed(target_incentive=500.0).pay([100]) == 500
    assert plan.pay([100]) == 1000
    with pytest.raises(Refused, match="ceiling must not lie below the floor"):
        plan.changed(floor=1.0, ceiling=0.5)


# What is no plan


def refusals(document: dict[str, Any]) -> tuple[str, ...]:
    with pytest.raises(Refused) as refused:
        Plan.read(document)
    return refused.value.sentences


DEALS = {"id": "deals", "target": 100, "weight": 1, "curve": {"kind": "band"}}
FAULTY = [
    (
        {"kpis": [DEALS]},
        "plan.target_incentive must be given (got none): the money that 100 % of every weighted KPI pays",
    ),
    ({"target_incentive": 0, "kpis": [DEALS]}, "plan.target_incentive must be at least 1e-06 (got 0)"),
    ({"target_incentive": True, "kpis": [DEALS]}, "plan.target_incentive must be a finite number (got True)"),
    ({"target_incentive": 1}, "kpis must be given"),
    ({"target_incentive": 1, "kpis": []}, "kpis must have at least 1 entr"),
    ({"target_incentive": 1, "kpis": 5}, "kpis must be a list (got 5)"),
    ({"target_incentive": 1, "kpis": [5]}, "kpis[0] must be a table (got 5)"),
    (
        {"target_incentive": 1, "kpis": [DEALS, DEALS | {"weight": 0}]},
        "kpis.deals.id must be given once (got it 2 times)",
    ),
    ({"target_incentive": 1, "kpis": [DEALS | {"weight": 0.9}]}, "kpis.weight must add up to 1 (got 0.9: deals 0.9)"),
    ({"target_incentive": 1, "kpis": [DEALS | {"weight": 0}]}, "kpis.weight must add up to 1 (got 0: deals 0)"),
    ({"target_incentive": 1, "kpis": [DEALS | {"weight": 1.5}]}, "kpis.deals.weight must lie in [0, 1] (got 1.5)"),
    ({"target_incentive": 1, "kpis": [DEALS, {"id": "b", "target": 1, "weight": 0.5}]}, "kpis.b.curve must be given"),
    (
        {"target_incentive": 1, "kpis": [{"id": "b", "target": 1, "curve": {"kind": "band"}}]},
        "kpis.b.weight must be given",
    ),
    (
        {"target_incentive": 1, "kpis": [DEALS], "currency": "dollars"},
        "plan.currency must match ^[A-Z]{3}$ (got 'dollars')",
    ),
    (
        {"target_incentive": 1, "kpis": [DEALS], "period": "day"},
        "plan.period must be 'week', 'fortnight', 'four-week', 'month', 'quarter', 'half-year' or 'year'",
    ),
    (
        {"target_incentive": 1, "kpis": [DEALS], "floor": 2, "ceiling": 1},
        "plan.ceiling must not lie below the floor of 2 (got 1)",
    ),
    ({"target_incentive": 1, "kpis": [DEALS], "flor": 2}, "plan.flor is not known (got 2): did you mean floor?"),
    ({"target_incentive": 1, "kpis": [DEALS], "combine": "score"}, "kpis.deals.curve must be left out in a score"),
    (
        {"target_incentive": 1, "kpis": [DEALS], "curve": {"kind": "band"}},
        "plan.curve must be given with combine = 'score', and only then (got one)",
    ),
    (
        {"kpis": [{"id": "a", "target": 1, "curve": {"kind": "tiers", "tiers": [[5, 1]]}}]},
        "plan.target_incentive must be given where a commission pays nothing at target",
    ),
]


@pytest.mark.parametrize(("document", "sentence"), FAULTY, ids=[sentence[:50] for _, sentence in FAULTY])
def test_refused(document: dict[str, Any], sentence: str) -> None:
    found = refusals(document)
    assert found[0].startswith(sentence)
    assert all("(got " in s or s.startswith("kpis must be given") for s in found)


@pytest.mark.parametrize("rate", [0.139, 1000 / 24_000])
def test_a_commission_that_eats_up_the_incentive_is_refused(rate: float) -> None:
    below = {"kind": "tiers", "tiers": [[-48_000, rate]], "apply": "retroactive"}
    (found,) = refusals({"target_incentive": 1000, "kpis": [DEALS, {"id": "m", "target": -24_000, "curve": below}]})
    assert "incentive" in found


def test_every_fault_has_its_sentence() -> None:
    kpis = [DEALS | {"weight": 2, "curve": {"kind": "band", "floor": 7}}, {"id": "b", "traget": 1}]
    found = refusals({"target_incentive": -1, "kpis": kpis})
    places = [sentence.split(" ")[0] for sentence in found]
    assert places == [
        "plan.target_incentive",
        "kpis.deals.weight",
        "kpis.deals.curve.floor",
        "kpis.b.traget",
    ]


def test_a_refusal_says_how_many_more_there_are() -> None:
    refused = Refused(["a must be b (got c)", "d must be e (got f)"])
    assert str(refused) == "a must be b (got c) (and 1 more)"
    assert refused.sentences == ("a must be b (got c)", "d must be e (got f)")
    assert (str(Refused("one")), Refused("one").sentences) == ("one", ("one",))
