"""Plans that people are paid by, as their documents have them: each pays what the document says, to the cent.

They are written in their natural form: amounts in money where the document has money, no weights that nobody named, one
file for a team whose goals differ.
"""

from pathlib import Path
from typing import Any

import pytest

import calc
from calc import Refused
from tests.strategies import Document

DOCUMENTS = Path(__file__).parent / "practice"
FILES = sorted(DOCUMENTS.glob("*.toml"))

LEFT_OUT = {
    "best-seller-extra": "Pay by place in the team: the place is not known from one rep's results.",
    "cep-blended-target-and-fx": "A raise within the year and an exchange rate: two periods, two currencies.",
    "cep-deal-filters, deal by deal": "Which deals count hangs on each deal's margin; their sum is paid.",
    "cep-ytd-less-paid": "What was paid in earlier months is taken off, and part of it is held back: several periods.",
    "credit-notes, carried forward": "What is owed from one month is taken off the next: several periods.",
    "draw-recovery-delayed": "A draw and its recovery: several periods.",
    "graduated-less-draw, the draw": "What was drawn is taken off: several periods.",
    "multi-year-and-partner-credit, looking back": "Points that count back to an earlier month: several periods.",
    "shared-ladder": "Deals of two kinds climb one ladder in the order in which they come: deal by deal.",
    "ytd-accounts, month by month": "The year so far less what was paid: several periods.",
}
"""What is not paid yet, and why."""


def test_every_reason_is_a_sentence() -> None:
    assert all(reason.endswith(".") for reason in LEFT_OUT.values())
    assert not {path.stem for path in FILES} & LEFT_OUT.keys()


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_a_plan_pays_what_its_document_says(path: Path) -> None:
    preset = calc.load(path)
    assert preset.example
    for example in preset.example:
        assert preset.plan.statement(example.results).pay == example.pays, example


def load(name: str) -> calc.Plan:
    return calc.load(DOCUMENTS / f"{name}.toml").plan


def test_one_file_for_a_team_whose_goals_differ() -> None:
    revenue, goals = [22_800, 30_300, 40_000, 30_000, 15_000], [30_300, 45_000, 30_000, 30_000, 30_000]
    plan = load("suameta-br")
    assert plan.pay({"revenue": revenue, "revenue.target": goals}).tolist() == [684, 606, 2000, 900, 150]
    assert plan.pay([[x] for x in revenue], targets=[[x] for x in goals]).tolist() == [684, 606, 2000, 900, 150]


def test_a_seller_with_a_goal_of_their_own() -> None:
    paid = load("mercado-libre-mx").pay(
        {"sales": [95_000, 95_000, 142_500], "sales.target": [100_000, 150_000, 150_000]}
    )
    assert paid.tolist() == [427.5, 0, 641.25]


# What documents say, on one KPI each


def plan_of(
    *kpis: Document, gates: list[Document] | None = None, greater_of: list[Any] | None = None, **terms: object
) -> calc.Plan:
    return calc.Plan.read({"kpis": list(kpis), "gates": gates or [], "greater_of": greater_of or [], **terms})


def test_a_lump_and_a_rate_by_attainment() -> None:
    tiers = {
        "kind": "tiers",
        "of": "attainment",
        "apply": "retroactive",
        "tiers": [[0.8, 0.05, 3500], [1.0, 0.07, 5250]],
    }
    plan = plan_of({"id": "sales", "target": 250_000, "curve": tiers})
    assert plan.pay([[230_000], [199_999], [200_000], [249_999], [300_000]]).tolist() == [
        15_000, 0, 13_500, 15_999.95, 26_250
    ]  # fmt: skip
    assert plan.pay([[115_000]], targets=[[125_000]]).tolist() == [9250]


def test_the_greater_of_two_ways() -> None:
    hours = {"id": "appointments", "curve": {"kind": "tiers", "tiers": [[0, 10]]}}
    commission = {"id": "sales", "curve": {"kind": "tiers", "tiers": [[0, 0.03]]}}
    plan = plan_of(hours, commission, greater_of=[{"groups": [["appointments"], ["sales"]]}])
    assert plan.pay([[17, 3000], [17, 9000], [0, 0]]).tolist() == [170, 270, 0]
    assert plan.split([17, 3000]).tolist() == [170, 0]
    assert plan.statement({"appointments": 17, "sales": 3000}).pay == 170


def test_points_that_are_added_to_a_rate() -> None:
    sales = {"id": "sales", "target": 5000, "curve": {"kind": "tiers", "tiers": [[0, 0.12]]}}
    measured = [{"id": name, "target": 1, "weight": 0} for name in ("reviews", "training")]
    steps = {"kind": "steps", "of": "result", "steps": [[0, 1], [1, 1.25]]}
    factors = [{"kpi": kpi["id"], "multiplies": "sales", "curve": steps} for kpi in measured]
    added = calc.Plan.read({"kpis": [sales, *measured], "modifiers": factors, "modifiers_combine": "add"})
    multiplied = calc.Plan.read({"kpis": [sales, *measured], "modifiers": factors})
    assert [plan.pay([5000, 1, 1]) for plan in (added, multiplied)] == [900, 937.5]
    assert [plan.pay([5000, 1, 0]) for plan in (added, multiplied)] == [750, 750]


@pytest.mark.parametrize(("name", "word"), [("sliding", "points that lie on it"), ("rowan", "points that lie on it")])
def test_a_parabola_is_refused_and_points_are_named_as_the_way_round(name: str, word: str) -> None:
    line = {"kind": "points", "points": [[0, 0], [1, 1]], "above": "extend"}
    slope = {"kind": "points", "of": "result", "points": [[0, 2], [10, 1]], "below": "hold"}
    kpi = {"id": name, "target": 10, "weight": 1, "curve": line}
    with pytest.raises(Refused) as refused:
        calc.Plan.read(
            {"target_incentive": 20, "kpis": [kpi], "modifiers": [{"kpi": name, "multiplies": "plan", "curve": slope}]}
        )
    assert word in str(refused.value)
