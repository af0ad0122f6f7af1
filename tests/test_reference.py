"""The reference of the plan file says what the declared terms say, and its examples are plans."""

import re

import pytest

from calc.documents.planfile import Preset, loads
from calc.documents.worked_examples import wrong_examples
from docs.reference import PARTS, TARGET, WORDS, reference

PAGE = TARGET.read_text(encoding="utf-8")


def test_the_page_is_written_from_the_terms() -> None:
    assert reference() == PAGE, "a term has changed: run python docs/reference.py"


@pytest.mark.parametrize("example", re.findall(r"```toml\n(.*?)```", PAGE, re.DOTALL), ids=lambda text: text[-60:-1])
def test_an_example_is_a_plan_that_pays_something(example: str) -> None:
    preset = loads(example)
    assert preset.plan.pay([kpi.target for kpi in preset.plan.kpis]) > 0
    assert not wrong_examples(preset)


def test_every_kind_of_curve_and_table_has_its_part() -> None:
    declared = {part[1] for part in PARTS}
    annotations = " ".join(str(info.annotation) for info in Preset.model_fields.values())
    assert all(model.__name__ in annotations or model.__module__.startswith("calc.") for model in declared)
    for word in ("Team", "Calendar", "Path", "Behaviour", "Practice", "Rep", "Example"):
        assert any(model.__name__ == word for model in declared), word


@pytest.mark.parametrize("said", ["quota", "threshold", "cap", "kicker", "decelerator"])
def test_the_words_of_plan_documents_lead_to_terms(said: str) -> None:
    meant = [here for words, here in WORDS if said in words.split(", ")]
    terms = {name for part in PARTS for name in part[1].model_fields}
    assert meant
    assert all(re.search(rf"`({'|'.join(terms)})\b", here) for here in meant)
