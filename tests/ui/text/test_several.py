"""Several plans in one table: every amount is the engine's, and all are lived in by the people of the first."""

import pytest

from calc.diagnosis.diagnose import diagnose_preset
from calc.documents import planfile
from calc.documents.params import set_terms
from calc.documents.planfile import Preset
from calc.outcomes.budget import expected_budget
from calc.outcomes.impact import measure_impact, settle_people
from ui.number_format import Formats
from ui.text.budget import budget_table
from ui.text.several import Beside, plans_table

FORMATS = Formats("en_US", "USD", 2)


def column(plans: list[tuple[str, Preset]], number: int) -> dict[str, str]:
    heads, lines = plans_table(plans, diagnose_preset, FORMATS)
    assert heads == ["", *(title for title, _ in plans)]
    return {line[0]: line[number + 1] for line in lines}


def test_five_plans_each_with_what_it_costs_the_first_ones_people() -> None:
    first = planfile.load_preset("unreachable-floor")
    easier = [(f"Target {target}", set_terms(first, {"deals.target": target})) for target in (80.0, 60.0, 50.0)]
    plans = [("This plan", first), *easier, ("Mended", planfile.load_preset("reachable-plan"))]
    for number, (_, preset) in enumerate(plans):
        told, same = column(plans, number), settle_people(first, preset)
        budget = expected_budget(same.b.plan, same.b.team)
        assert told["Expected cost, per rep and period"] == f"{FORMATS.money_rounded(budget.per_rep)} a month"
        assert told["Expected cost, the team in a year"] == FORMATS.money_rounded(budget.team_a_year or 0.0)
        if number:
            found = measure_impact(same.a, same.b)
            assert told["Who gains against the first"].startswith(FORMATS.share(round(found.more, 3)))
        else:
            assert told["Change in cost, the team in a year"] == "–"
    costs = [float(column(plans, i)["Expected cost, the team in a year"].strip("$").replace(",", "")) for i in range(4)]
    assert costs == sorted(costs)


def test_the_same_rep_stands_at_the_same_results_under_every_plan() -> None:
    first = planfile.load_preset("unreachable-floor")
    half = set_terms(first, {"deals.target": 50.0})
    middle = Beside("", first, half).pay_at(0.0)
    assert middle == float(half.plan.pay([55.0, 85.85]))
    assert Beside("", first, first).pay_at(0.0) == 0


def test_money_that_cannot_be_set_against_each_other_has_no_difference() -> None:
    told = column([("This", planfile.load_preset("sound-plan")), ("Other", planfile.load_preset("talk-time"))], 1)
    assert told["Change in cost, the team in a year"] == "–"
    assert told["Who loses against the first"] == "–"
    assert "£" in told["Pay at target"]


@pytest.mark.parametrize("name", planfile.preset_names())
def test_the_budget_says_what_the_engine_says(name: str) -> None:
    preset = planfile.load_preset(name)
    budget, formats = expected_budget(preset.plan, preset.team), Formats("en_US", preset.plan.currency, 2)
    heads, lines = budget_table(preset, formats)
    table = {line[0]: line[1:] for line in lines}
    amounts = (budget.per_rep, budget.per_rep_a_year, budget.team or 0.0, budget.team_a_year or 0.0)
    assert table["Expected incentive"] == [formats.money_rounded(amount) for amount in amounts]
    assert table["Incentive at target"][0] == formats.money_rounded(budget.at_target)
    assert ("Base pay" in table) == (preset.plan.base_pay is not None)
    assert all(len(line) == len(heads) for line in lines)
    if budget.with_base is not None:
        assert table["Expected pay with base pay"][3] == formats.money_rounded(budget.with_base.team_a_year or 0.0)
