"""A template and a made-up team are read without a question, for every preset."""

import pytest

import calc
from calc.tables.people import read_people
from calc.tables.template import example_team, template_headings, template_text
from calc.team.paid_people import pay_people, team_results


@pytest.mark.parametrize("name", calc.names())
def test_a_made_up_team_is_read_and_paid(name: str) -> None:
    preset = calc.load(name)
    read = read_people(("team.csv", example_team(preset.plan, preset.team).encode()), plan=preset.plan)
    assert [question.key for question in read.questions] == []
    assert not read.bad
    paid = pay_people(preset.plan, team_results(preset.plan, read))
    assert len(paid) == len({*paid.names}) == 12


def test_a_template_has_its_headings_and_nothing_else() -> None:
    plan = calc.load("low-ceiling").plan
    assert template_text(plan).strip() == ",".join(template_headings(plan))
