"""The attack with results files holds, and finds each fault that was mended when it is put back."""

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

from calc.payroll import headings, oddities, pay_rows
from calc.payroll.block_payer import BlockPayer
from calc.tables.sheets import number_marks
from tests.attack import results_files
from tests.attack.results_files import Wrong, run


def test_the_attack_holds() -> None:
    outcomes = run(seed=1_000_000, count=300)
    assert sum(outcomes.values()) == 300
    assert sum(count for outcome, count in outcomes.items() if outcome.startswith("paid")) > 50
    assert len([outcome for outcome in outcomes if outcome.startswith("refused")]) > 5


def nothing(*given: Any) -> None:
    return None


given = BlockPayer._given
FAULTS: dict[str, Callable[[pytest.MonkeyPatch], None]] = {
    "doubtful marks are read": lambda patch: patch.setattr(number_marks.MarkEvidence, "doubt", nothing),
    "the first block alone decides": lambda patch: patch.setattr(
        pay_rows._FilePay, "_judge_marks", first_block_alone(pay_rows._FilePay._judge_marks)
    ),
    "near misses pass": lambda patch: patch.setattr(headings, "meaning", nothing),
    "totals are people": lambda patch: patch.setattr(oddities, "TOTAL", "^$a"),
    "unnamed totals are people": lambda patch: patch.setattr(oddities.RowWatch, "_unnamed_total", nothing),
    "people are paid twice": lambda patch: patch.setattr(oddities.RowWatch, "repeated", lambda self: ([], 0)),
    "scales are believed": lambda patch: patch.setattr(oddities.RowWatch, "_see_scales", nothing),
    "targets below 0 pay": lambda patch: patch.setattr(oddities.RowWatch, "_odd", nothing),
    "own targets are ignored": lambda patch: patch.setattr(
        BlockPayer, "_given", lambda self, values, rows: (given(self, values, rows)[0], None, None)
    ),
    "thousands are fractions": lambda patch: patch.setattr(pay_rows, "_has_marks", lambda block, form: False),
}


def first_block_alone(judge: Callable[..., None]) -> Callable[..., None]:
    def judged(self: Any, block: Any) -> None:
        if not self.paid:
            judge(self, block)

    return judged


@pytest.mark.parametrize("fault", FAULTS)
def test_the_attack_finds_a_fault_that_is_put_back(fault: str, monkeypatch: pytest.MonkeyPatch) -> None:
    FAULTS[fault](monkeypatch)
    with pytest.raises(Wrong):
        run(seed=0, count=6_000)


@pytest.mark.parametrize(
    ("text", "point", "comma"),
    [
        ("12,000", 12_000, 12),
        ("1.234,5", None, 1234.5),
        ("1,23,456", 123_456, None),
        ("0.125", 0.125, None),
        ("-.5e2", -50, None),
        ("1\u00a0234,5", None, 1234.5),
        ("1'000", 1000, 1000),
        ("1,2,3", None, None),
        ("\uff11", None, None),
        ("1_0", None, None),
        ("", None, None),
    ],
)
def test_the_plain_reading_reads_numbers(text: str, point: float | None, comma: float | None) -> None:
    assert (results_files.number_as(text, "."), results_files.number_as(text, ",")) == (point, comma)


def test_the_plain_pay_is_that_of_the_document() -> None:
    rows = [[12_000, 50, 85], [6_999, 40, 85], [12_000, 50, 76], [30_000, 10, 90]]
    pays = [results_files.pay_of(dict(zip(results_files.RESULTS, row, strict=True))) for row in rows]
    assert np.allclose(pays, [1140, 360, 300, 1850])
