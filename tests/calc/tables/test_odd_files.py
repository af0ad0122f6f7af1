"""Two hundred odd files end in the right numbers, a question, or a sentence with the rows; none is wrong in silence."""

import sys
from collections import Counter

import pytest

from calc.tables import file_rows
from calc.tables.sheets import number_columns, total_rows
from tests.calc.tables.odd_files import outcome, write_file

FILES = 200


def test_no_file_is_wrong_in_silence() -> None:
    outcomes = {seed: outcome(write_file(seed)) for seed in range(FILES)}
    counts = Counter(outcomes.values())
    sys.__stdout__.write(f"\n{FILES} odd files: {dict(counts.most_common())}\n")  # type: ignore[union-attr]
    wrong = {seed: told for seed, told in outcomes.items() if told.startswith("WRONG")}
    assert not wrong
    assert counts["right"] >= FILES // 4
    assert counts["refused in a sentence"] <= FILES // 10


def test_a_fault_that_is_put_in_is_seen(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(file_rows, "is_total", lambda name: False)
    monkeypatch.setattr(total_rows, "is_total", lambda name: False)
    assert any(outcome(write_file(seed)).startswith("WRONG") for seed in range(60))


def test_marks_that_are_guessed_are_seen(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(
        number_columns._DecimalMarks, "of", lambda written, answers: number_columns._DecimalMarks(".", set())
    )
    assert any(outcome(write_file(seed)).startswith("WRONG") for seed in range(100))
