"""A wrong example: to the cent, with the results, the stated pay, and what the terms pay."""

import pytest

from calc.diagnosis.checks.whole_plan.wrong_example import find_wrong_example
from calc.diagnosis.context import Case
from calc.documents.planfile import Preset, loads
from calc.documents.worked_examples import wrong_examples
from tests.calc.diagnosis.checks.cases import only, text

PLAN = """
[plan]
target_incentive = 1000
[[kpis]]
id = "deals"
name = "Deals closed"
unit = "deals"
target = 100
weight = 1
curve = { kind = "band", floor = 0.7 }
[[example]]
results = { deals = %s }
pays = %s
"""


def preset(result: float, pays: float) -> Preset:
    return loads(PLAN % (result, pays))


def test_it_names_the_results_the_stated_pay_and_ours() -> None:
    finding = only(find_wrong_example(Case(preset(69, 690))))
    assert (finding.check, finding.severity, finding.kpi, finding.money) == ("wrong_example", "alarm", None, -690)
    assert text(finding.title) == "Pays 0.00 where an example says 690.00"
    said = "Example 1 says 690.00 for 69 deals; by the terms of this plan it is 0.00."
    assert text(finding.says) == said


@pytest.mark.parametrize(("pays", "wrong"), [(705, False), (704.99, True), (705.01, True), (705.0000000001, False)])
def test_both_sides_of_a_cent(pays: float, wrong: bool) -> None:
    assert bool(wrong_examples(preset(70.5, pays))) is wrong


def test_an_example_without_results_stands_at_target() -> None:
    text_of = (PLAN % (69, 0)).replace("{ deals = 69 }", "{}")
    (wrong,) = wrong_examples(loads(text_of))
    assert (wrong.number, wrong.stated, wrong.paid) == (1, 0, 1000)
