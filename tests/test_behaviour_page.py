"""The page on the effort model holds the table of evidence that the command prints."""

import pytest

from calc.__main__ import main
from calc.behaviour.evidence import FACTS, evidence_rows
from docs.behaviour import TARGET, written


def test_the_page_says_what_the_model_gives() -> None:
    assert written() == TARGET.read_text(encoding="utf-8"), "the model has changed: run python docs/behaviour.py"


def test_the_command_prints_every_fact_with_its_verdict(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["evidence"]) == 0
    told = " ".join(capsys.readouterr().out.split())
    for row in evidence_rows():
        for part in row[1:]:
            assert " ".join(part.split()) in told


def test_misses_stay_in_the_table() -> None:
    verdicts = " ".join(fact.verdict for fact in FACTS)
    assert "a miss" in verdicts
    assert "wrong sign" in verdicts
