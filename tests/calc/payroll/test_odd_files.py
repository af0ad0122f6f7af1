"""Files of results that would pay wrong money in silence: near misses in headings, totals, repeats, other units."""

import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

import calc
from calc.payroll.headings import meaning, own_targets
from calc.payroll.oddities import ODDITIES
from calc.payroll.pay_rows import AS_IT_STANDS, Reading, pay_rows
from calc.plan.errors import Refused
from calc.plan.plan import Plan

REVENUE = calc.loads(
    """
    [plan]
    target_incentive = 1000
    [[kpis]]
    id = "revenue"
    unit = "USD"
    target = 100
    weight = 1
    curve = { kind = "band" }
    """
).plan
SCORED = calc.loads(
    """
    [plan]
    target_incentive = 1000
    [[kpis]]
    id = "deals"
    target = 100
    weight = 1
    curve = { kind = "band" }
    [[kpis]]
    id = "csat"
    target = 85
    weight = 0
    [[gates]]
    kpi = "csat"
    at_least = 0.9
    closes = "plan"
    """
).plan
COMMISSION = """
[plan]
{more}
[[kpis]]
id = "revenue"
target = 30_000
curve = {{ kind = "tiers", apply = "retroactive", tiers = [[0, 0.02], [45_000, 0.03]] }}
"""


def paid(plan: Plan, text: str, reading: Reading = AS_IT_STANDS) -> list[str]:
    """The pay of every row."""
    out = io.BytesIO()
    pay_rows(plan, io.BytesIO(text.encode()), out, "results.csv", reading=reading)
    return [line.split(",")[-1] for line in out.getvalue().decode().splitlines()[1:]]


def refusal(plan: Plan, text: str, reading: Reading = AS_IT_STANDS) -> tuple[str, ...]:
    with pytest.raises(Refused) as refused:
        paid(plan, text, reading)
    return refused.value.sentences


# Headings

INCENTIVES = [
    *("target incentive", "TargetIncentive", "target_incentve", "target_incentive (USD)", "Target Incentive [USD]"),
    *("TARGET_INCENTIVE", " target_incentive", "target-incentive", "target.incentive", "target_incentives"),
    *("targetincentive", "target_incnetive", "tarqet_incentive", "target incentive USD", "Target Incentives", "TI"),
    *("target\u00a0incentive", "target_incentive\u200b", "\uff54arget_incentive", "target bonus", "Variable target"),
]
TARGETS = [
    *("revenue_target", "revenue target", "revenue.quota", "revenue .target", "Revenue.Target", "revenue-target"),
    *("revenueTarget", "revenue.targt", "revenue.targets", "revenue.target (USD)", "target revenue", "quota_revenue"),
    *("revenue goal", "REVENUE.TARGET", "revenue.target ", "revenue target USD", "quota", "Target"),
]


@pytest.mark.parametrize(
    ("heading", "meant"),
    [(name, "target_incentive") for name in INCENTIVES] + [(name, "revenue.target") for name in TARGETS],
)
def test_a_near_miss_is_asked_about_and_never_passed_by(heading: str, meant: str) -> None:
    text = f"rep,revenue,{heading}\nAnn,116,200\n"
    (sentence,) = refusal(REVENUE, text)
    assert sentence.startswith(f"results.csv line 1 must write {meant} exactly so (got ")
    assert "--allow headings" in sentence
    assert paid(REVENUE, text, Reading(allow=("headings",))) == ["1160.00"]
    assert paid(REVENUE, text.replace(heading, meant)) == ["232.00" if meant == "target_incentive" else "580.00"]


@pytest.mark.parametrize(
    "heading",
    [
        "region",
        "pay_group",
        "Pay",
        "PAY.revenue",
        "revenues by region",
        "incentive_trip",
        "note",
        "",
        "cost.target",
        "x",
    ],
)
def test_another_column_passes_through_and_is_named(heading: str) -> None:
    out = io.BytesIO()
    unread = pay_rows(REVENUE, io.BytesIO(f"rep,revenue,{heading}\nAnn,116,200\n".encode()), out).unread
    assert unread == (heading,)
    assert out.getvalue().endswith(b"Ann,116,200,1160.00,1160.00\n")


def test_what_is_read_is_not_among_the_unread() -> None:
    out = io.BytesIO()
    text = "rep,month,deals,csat,deals.target,target_incentive,memo\nAnn,1,100,85,100,1000,x\nAnn,2,100,85,100,1000,x\n"
    assert pay_rows(SCORED, io.BytesIO(text.encode()), out).unread == ("memo",)


@given(st.text(max_size=30))
def test_any_heading_means_a_known_name_or_none(heading: str) -> None:
    assert meaning(SCORED, heading) in {None, "deals", "csat", "deals.target", "csat.target", "target_incentive"}


def test_a_target_that_can_change_nothing_is_refused() -> None:
    plan = calc.loads(COMMISSION.format(more="")).plan
    text = "revenue,revenue.target\n30300,45000\n"
    (sentence,) = refusal(plan, text)
    assert sentence.startswith("results.csv line 1 must leave out revenue.target, which can change nothing")
    assert "paid by result" in sentence
    assert paid(plan, "revenue\n30300\n") == ["606.00"]


def test_a_target_counts_where_a_ceiling_is_a_share_of_what_it_pays() -> None:
    plan = calc.loads(COMMISSION.format(more="ceiling = 1")).plan
    assert paid(plan, "revenue,revenue.target\n30300,30000\n30300,20000\n") == ["600.00", "400.00"]


@pytest.mark.parametrize("name", calc.names())
def test_a_target_that_is_refused_can_change_nothing(name: str) -> None:
    """Held against the pay itself: whatever the target, a KPI that is not in the list pays the same."""
    plan = calc.load(name).plan
    aimed = own_targets(plan)
    standing = [[k.target * share if k.target else share for k in plan.kpis] for share in (0, 0.5, 0.9, 1, 1.3, 3)]
    for place, kpi in enumerate(plan.kpis):
        targets = [[k.target for k in plan.kpis] for _ in standing]
        for row in targets:
            row[place] = row[place] * 2 if row[place] else 1.0
        same = (plan.pay(standing, targets) == plan.pay(standing)).all()
        assert same or kpi.id in aimed, kpi.id


# Rows


@pytest.mark.parametrize(
    "name", ["Total", "TOTAL", "total:", "Grand Total", "Subtotal", "Sum", "Summe", "Total (2 reps)"]
)
@pytest.mark.parametrize("column", ["rep", "Name", "Employee"])
def test_a_total_row_is_no_person(name: str, column: str) -> None:
    text = f"{column},revenue\nAnn,100\nBob,120\n{name},220\n"
    (sentence,) = refusal(REVENUE, text)
    assert sentence.startswith(f"results.csv line 4 must be a person and no total (got {name!r})")
    assert "--allow totals" in sentence
    assert paid(REVENUE, text, Reading(allow=("totals",))) == ["1000.00", "1200.00", "2200.00"]


@pytest.mark.parametrize(
    ("plan", "text"),
    [
        (REVENUE, "rep,revenue\nAnn,100\nBob,120\n,220\n"),
        (REVENUE, "revenue\n100\n120\n80\n300\n"),
        (SCORED, "rep,deals,csat\nAnn,100,80\nBob,120,90\n,220,85\n"),
    ],
)
def test_a_row_without_a_name_that_adds_up_the_others_is_a_total(plan: Plan, text: str) -> None:
    (sentence,) = refusal(plan, text)
    assert "must be a person and no total (got 'the sum of the rows above')" in sentence
    assert len(paid(plan, text, Reading(allow=("totals",)))) >= 3


@pytest.mark.parametrize(
    "text",
    [
        "rep,revenue\nAnn,100\nBob,120\nTotty,220\n",
        "rep,revenue\nAnn,100\nBob Totaro,120\nCy,80\n",
        "revenue\n100\n120\n220\n",
        "revenue\n0\n0\n0\n0\n",
        "rep,revenue\n,100\n",
        "rep,revenue\n,100\n,90\n,80\n",
    ],
)
def test_people_are_not_taken_for_a_total(text: str) -> None:
    assert paid(REVENUE, text)


def test_a_person_who_stands_twice_is_asked_about() -> None:
    text = "rep,revenue\nAnn,100\nBob,120\n\nann ,90\nCy,9\nBob,7\nANN,8\n"
    ann, bob = refusal(REVENUE, text)
    assert ann.startswith("results.csv lines 2, 5 and 8 must not be one person twice (got 'Ann')")
    assert bob.startswith("results.csv lines 3 and 7 must not be one person twice (got 'Bob')")
    assert "--allow repeats" in ann
    assert len(paid(REVENUE, text, Reading(allow=("repeats",)))) == 7  # a blank line is answered by one


def test_a_person_may_stand_once_in_every_period() -> None:
    rows = [f"Ann,{month},100" for month in range(12)]
    head = "rep,Month,revenue"
    assert len(paid(REVENUE, "\n".join([head, *rows]))) == 12
    (sentence,) = refusal(REVENUE, "\n".join([head, *rows, "Ann,3,100"]))
    assert "lines 5 and 14" in sentence


def test_many_people_who_stand_twice_are_counted() -> None:
    rows = "".join(f"rep {n},100\n" for n in range(100)) * 2
    *told, more = refusal(REVENUE, f"rep,revenue\n{rows}")
    assert [one.split(" must")[0] for one in told][:2] == ["results.csv lines 2 and 102", "results.csv lines 3 and 103"]
    assert more == "results.csv must not name 95 more people twice (got them)"


def test_among_many_different_names_none_stands_twice() -> None:
    names = [f"{first}{second}" for first in "abcdefgh" for second in range(2_000)]
    assert len(paid(REVENUE, "rep,revenue\n" + "".join(f"{name},100\n" for name in names))) == len(names)


@pytest.mark.parametrize(
    ("plan", "text", "parts"),
    [
        (REVENUE, "revenue,revenue.target\n96090,-5\n", ["line 2: revenue.target", "same side of 0", "100", "-5"]),
        (REVENUE, "revenue,revenue.target\n9,-100\n", ["line 2: revenue.target", "same side of 0"]),
        (SCORED, "deals,csat\n100,85\n100,0.85\n", ["line 3: csat", "unit of its target 85", "0.85"]),
        (SCORED, "deals,csat,csat.target\n100,.85,85\n", ["line 2: csat", "unit of its target", "0.85"]),
        (SCORED, "deals,csat,csat.target\n100,85,.85\n", ["csat.target", "unit of the plan's 85", "0.85"]),
        (REVENUE, "revenue\n5001\n", ["line 2: revenue", "unit of its target 100", "5001"]),
        (REVENUE, "revenue,target_incentive\n100,1000000\n", ["line 2: target_incentive", "plan's 1000", "1e+06"]),
        (REVENUE, "revenue,target_incentive\n100,1\n", ["line 2: target_incentive", "plan's 1000"]),
        (REVENUE, "revenue,revenue.target\n100000,100000\n", ["line 2: revenue.target", "plan's 100"]),
        (REVENUE, "revenue\n1\n2\n0\n", ["revenue must be in the unit of its target", "above 0.02 times"]),
    ],
)
def test_another_unit_is_asked_about(plan: Plan, text: str, parts: list[str]) -> None:
    sentences = refusal(plan, text)
    assert any(all(part in sentence for part in parts) for sentence in sentences), sentences
    assert all("--allow scale" in sentence for sentence in sentences)
    assert paid(plan, text, Reading(allow=("scale",)))


@pytest.mark.parametrize(
    "text",
    [
        "revenue\n1\n",
        "revenue\n0\n0\n",
        "revenue\n1\n100\n",
        "revenue,revenue.target\n9,10\n700,600\n",
        "revenue\n-40\n",
    ],
)
def test_a_poor_period_is_no_other_unit(text: str) -> None:
    assert paid(REVENUE, text)


def test_everything_odd_is_told_at_once() -> None:
    found = refusal(SCORED, "rep,deals,csat\nAnn,100,.85\nAnn,110,86\nTotal,210,86\n")
    assert [sentence.rpartition("--allow ")[2].split()[0] for sentence in found] == ["totals", "scale", "repeats"]
    assert len(paid(SCORED, "rep,deals,csat\nAnn,100,.85\nAnn,110,86\nTotal,210,86\n", Reading(allow=ODDITIES))) == 3
