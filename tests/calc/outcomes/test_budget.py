"""What a plan is expected to cost, per rep and for the team, per period and per year: one number from one place."""

import pytest

from calc.documents import planfile
from calc.documents.params import set_terms
from calc.outcomes.budget import PERIODS_IN_A_YEAR, expected_budget
from calc.outcomes.expected_cost import cost_of_plan
from calc.outcomes.impact import measure_impact, settle_people

NAMES = planfile.preset_names()


@pytest.mark.parametrize("name", NAMES)
def test_every_amount_follows_from_the_cost_of_one_rep(name: str) -> None:
    preset = planfile.load_preset(name)
    found, budget = cost_of_plan(preset.plan, preset.team), expected_budget(preset.plan, preset.team)
    many = PERIODS_IN_A_YEAR[preset.plan.period]
    assert (budget.per_rep, budget.at_target, budget.size) == (found.expected, found.at_target, found.size)
    assert budget.per_rep_a_year == pytest.approx(found.expected * many)
    assert budget.team == pytest.approx(found.expected * found.size)
    assert budget.team_a_year == pytest.approx(found.expected * found.size * many)


def test_base_pay_comes_on_top_where_it_is_given() -> None:
    preset = planfile.load_preset("sound-plan")
    plan = preset.plan.changed(base_pay=6000.0)
    budget = expected_budget(plan, preset.team)
    whole = budget.with_base
    assert whole is not None
    assert whole.per_rep == budget.per_rep + 6000
    assert whole.at_target == budget.at_target + 6000
    assert whole.with_base is None
    assert expected_budget(plan.changed(base_pay=None), preset.team).with_base is None


def test_without_a_team_there_is_no_team_to_pay() -> None:
    budget = expected_budget(planfile.load_preset("sound-plan").plan, None)
    assert (budget.size, budget.team, budget.team_a_year) == (None, None, None)
    assert budget.per_rep_a_year == pytest.approx(4 * budget.per_rep)


@pytest.mark.parametrize("name", NAMES)
def test_what_people_gain_and_lose_adds_up_to_the_change_in_cost(name: str) -> None:
    one = planfile.load_preset(name)
    kpi = next(k for k in one.plan.kpis if k.paid)
    for factor in (0.8, 1.2):
        other = set_terms(one, {f"{kpi.id}.target": factor * kpi.target})
        same = settle_people(one, other)
        found = measure_impact(same.a, same.b)
        gap = cost_of_plan(same.b.plan, same.b.team).expected - cost_of_plan(same.a.plan, same.a.team).expected
        if found.more or found.less:
            assert found.more * found.gain - found.less * found.loss == pytest.approx(gap, rel=1e-9, abs=1e-9)
