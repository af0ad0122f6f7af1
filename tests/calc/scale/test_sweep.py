"""A grid of plans and terms: every point is what the commands say of that plan, in order, and none is lost."""

import re
from pathlib import Path

import pytest
from pyarrow import parquet

import calc
from calc.__main__ import main
from calc.behaviour.behave import behave
from calc.documents.params import set_terms
from tests.conftest import ROOT

SCALE = (ROOT / "docs" / "scale.md").read_text(encoding="utf-8")
FOUND = re.search(r"<!-- sweep -->\n```toml\n(.*?)```", SCALE, re.DOTALL)
DOCUMENT = FOUND[1] if FOUND else ""


def sweep(folder: Path, text: str) -> tuple[int, Path]:
    (folder / "sweep.toml").write_text(text, encoding="utf-8")
    return main(
        ["sweep", str(folder / "sweep.toml"), "--out", str(folder / "points.parquet")]
    ), folder / "points.parquet"


def test_the_sweep_of_the_document_tells_what_the_commands_tell(tmp_path: Path) -> None:
    status, out = sweep(tmp_path, DOCUMENT)
    rows = parquet.read_table(out).to_pylist()
    assert (status, len(rows)) == (0, 12)
    order = [(row["plan"], row["deals.accelerator"], row["behaviour.response"]) for row in rows]
    assert order == [(p, a, r) for p in ("low-ceiling", "open-top") for a in (1.0, 1.5) for r in (0.5, 1.0, 1.5)]
    for row in (rows[1], rows[-1]):
        terms = {name: row[name] for name in ("deals.accelerator", "behaviour.response")}
        preset = set_terms(calc.load(row["plan"]), terms)
        assert row["expected_cost"] == calc.expected_cost(preset).expected
        band = behave(preset).here.band("sales")
        assert band is not None
        assert (row["sales.low"], row["sales.standard"], row["sales.high"]) == (band.low, band.standard, band.high)


def test_a_point_that_does_not_hold_keeps_its_place(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    terms = '[[vary]]\nterm = "deals.floor"\nvalues = [0.5, 9.0]\n'
    status, out = sweep(tmp_path, f'plans = ["low-ceiling"]\n{terms}')
    good, bad = parquet.read_table(out).to_pylist()
    assert (status, good["refused"], bad["expected_cost"]) == (0, None, None)
    assert "deals.curve.floor" in bad["refused"] or "deals.floor" in bad["refused"]
    assert "2 points in" in (said := capsys.readouterr().err)
    assert "1 of which do not hold" in said


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("plans = []", "plans must have at least 1 entries"),
        ('plans = ["nowhere"]', "nowhere"),
        ('plans = ["low-ceiling"]\nvary = [{term = "deals.floor"}]', "must have either values, or from, to and steps"),
        ('plans = ["low-ceiling"]\nvary = [{term = "x", values = []}]', "x must have values (got none)"),
        ('plans = ["low-ceiling"]\nvary = [{term = "x", from = 0, to = 1}]', "must have either values, or from"),
        (
            'plans = ["low-ceiling"]\nvary = [{term = "x", values = [1]}, {term = "x", values = [2]}]',
            "x must be varied once",
        ),
        (
            'plans = ["low-ceiling"]\nvary = [{term = "x", from = 0, to = 1, steps = 9999999},'
            ' {term = "y", values = [1, 2]}]',
            "must have at most 10,000,000 points",
        ),
        ("plans = [", "must be TOML"),
    ],
)
def test_a_sweep_that_does_not_hold_is_refused(
    tmp_path: Path, text: str, sentence: str, capsys: pytest.CaptureFixture[str]
) -> None:
    status, out = sweep(tmp_path, text)
    assert (status, out.exists()) == (2, False)
    assert sentence in capsys.readouterr().err
