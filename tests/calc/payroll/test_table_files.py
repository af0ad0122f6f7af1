"""Parquet and xlsx in and out: the same pay as CSV, every cell as it was, and nothing guessed of text."""

import datetime
import io
import zipfile
from pathlib import Path
from typing import Any

import openpyxl
import pyarrow as pa
import pytest
from pyarrow import csv, parquet

import calc
from calc.payroll import table_files
from calc.payroll.pay_file import pay_file
from calc.payroll.pay_rows import Reading
from calc.plan.errors import Refused

PLAN = calc.loads(
    """
    [plan]
    currency = "EUR"
    target_incentive = 1000
    [[kpis]]
    id = "deals"
    target = 100
    weight = 1
    curve = { kind = "band", floor = 0.7 }
    """
).plan
NAMES = ["007", "Zo\u00eb", "=1+1", 'a "b", c']
DEALS = [69.0, 118.25, 100.125, 12.125]
PAY = [0.0, 1182.5, 1001.25, 0.0]
TABLE = pa.table({"rep": NAMES, "deals": DEALS, "hired": pa.array([datetime.date(2026, 11, n) for n in (1, 2, 3, 4)])})


def workbook(path: Path, *sheets: list[list[Any]]) -> Path:
    book = openpyxl.Workbook()
    book.remove(book.worksheets[0])
    for n, rows in enumerate(sheets):
        sheet = book.create_sheet(f"sheet {n}")
        for row in rows:
            sheet.append(row)
    book.save(path)
    return path


def rows_of(path: Path) -> list[list[Any]]:
    """Headings and cells, whatever the format."""
    if path.suffix == ".xlsx":
        return [list(row) for row in openpyxl.load_workbook(path).worksheets[0].iter_rows(values_only=True)]
    table = parquet.read_table(path) if path.suffix == ".parquet" else csv.read_csv(path)
    return [table.column_names, *(list(row.values()) for row in table.to_pylist())]


def given(folder: Path, suffix: str) -> Path:
    path = folder / f"results{suffix}"
    if suffix == ".xlsx":
        rows: list[list[Any]] = [["rep", "deals", "hired"]]
        cells = [list(row) for row in zip(NAMES, DEALS, TABLE.column("hired").to_pylist(), strict=True)]
        workbook(path, rows + cells)
        book = openpyxl.load_workbook(path)
        book.worksheets[0]["A4"].data_type = "s"
        book.save(path)
    elif suffix == ".parquet":
        parquet.write_table(TABLE, path)
    else:
        csv.write_csv(TABLE, path)
    return path


@pytest.mark.parametrize("source", [".csv", ".parquet", ".xlsx"])
@pytest.mark.parametrize("target", [".csv", ".parquet", ".xlsx"])
def test_every_format_pays_the_same_and_keeps_what_was_given(tmp_path: Path, source: str, target: str) -> None:
    out = tmp_path / f"paid{target}"
    decimal = Reading(decimal=".")
    assert pay_file(PLAN, given(tmp_path, source), out, reading=decimal).unread == ("hired",)
    head, *rows = rows_of(out)
    assert head == ["rep", "deals", "hired", "pay.deals", "pay"]
    if (source, target) != (".csv", ".csv"):
        text = [str(row[0]) for row in rows]
        assert text == NAMES if target != ".csv" else text[1:] == NAMES[1:]
    assert [row[1] for row in rows] == DEALS
    assert [row[3] for row in rows] == [row[4] for row in rows] == PAY
    assert [str(row[2])[:10] for row in rows] == [f"2026-11-0{n}" for n in (1, 2, 3, 4)]


def test_money_is_exact_in_csv_whatever_came_in(tmp_path: Path) -> None:
    out = tmp_path / "paid.csv"
    pay_file(PLAN, given(tmp_path, ".parquet"), out)
    assert out.read_text(encoding="utf-8").splitlines()[1:3] == [
        '"007",69,2026-11-01,0.00,0.00',
        '"Zo\u00eb",118.25,2026-11-02,1182.50,1182.50',
    ]


def test_text_is_never_a_formula_in_a_workbook(tmp_path: Path) -> None:
    out = tmp_path / "paid.xlsx"
    pay_file(PLAN, given(tmp_path, ".parquet"), out)
    cell = openpyxl.load_workbook(out).worksheets[0]["A4"]
    assert (cell.value, cell.data_type) == ("=1+1", "s")


def test_a_folder_and_a_pattern_of_parquet(tmp_path: Path) -> None:
    folder = tmp_path / "results"
    folder.mkdir()
    for n in range(3):
        parquet.write_table(TABLE.slice(n, 1), folder / f"part-{n}.parquet")
    for source, count in ((folder, 3), (folder / "part-*.parquet", 3), (folder / "*-1.parquet", 1)):
        out = tmp_path / "paid.parquet"
        pay_file(PLAN, source, out)
        first = 1 if count == 1 else 0
        rows = TABLE.slice(first, count).to_pylist()
        assert rows_of(out)[1:] == [[*row.values(), pay, pay] for row, pay in zip(rows, PAY[first:], strict=False)]
    with pytest.raises(Refused, match="there is no Parquet file"):
        pay_file(PLAN, folder / "none-*.parquet", tmp_path / "paid.parquet")


@pytest.mark.parametrize("suffix", [".csv", ".parquet", ".xlsx"])
def test_a_stream_is_known_by_its_first_bytes_and_answered_as_csv(tmp_path: Path, suffix: str) -> None:
    out = io.BytesIO()
    pay_file(PLAN, io.BytesIO(given(tmp_path, suffix).read_bytes()), out, reading=Reading("."))
    lines = out.getvalue().decode().splitlines()
    assert [line.rpartition(",")[2].strip('"') for line in lines] == ["pay", "0.00", "1182.50", "1001.25", "0.00"]


def test_a_csv_with_marks_becomes_numbers(tmp_path: Path) -> None:
    source, out = tmp_path / "results.csv", tmp_path / "paid.parquet"
    source.write_bytes("\ufeffrep;deals\n\nZo\u00eb;1.118,25\n".encode())
    pay_file(PLAN, source, out)
    assert rows_of(out) == [["rep", "deals", "pay.deals", "pay"], ["Zo\u00eb", 1118.25, 11182.5, 11182.5]]
    source.write_bytes("rep;deals\nZo\u00eb;118,25\n".encode("latin-1"))
    pay_file(PLAN, source, out)
    assert rows_of(out)[1] == ["Zo\u00eb", 118.25, 1182.5, 1182.5]


@pytest.mark.parametrize(
    ("rows", "sentence"),
    [
        (
            [["deals"], [100], ["12,000"]],
            "results.xlsx line 3: deals must be a finite number, typed as one (got '12,000')",
        ),
        ([["deals", "x"], [None, 1]], "results.xlsx line 2: deals must be a finite number, typed as one (got '')"),
        ([["deals"], [True]], "results.xlsx line 2: deals must be a finite number, typed as one (got True)"),
        ([["deals"], [100, 5]], "results.xlsx line 2 must have a field for each of 1 columns (got more)"),
        ([["Deals"], [100]], "results.xlsx line 1 must write deals exactly so (got 'Deals')"),
        ([["rep", "deals"], ["Ann", 100], ["ann", 1]], "results.xlsx lines 2 and 3 must not be one person twice"),
    ],
)
def test_a_workbook_is_refused_by_line(tmp_path: Path, rows: list[list[Any]], sentence: str) -> None:
    with pytest.raises(Refused) as refused:
        pay_file(PLAN, workbook(tmp_path / "results.xlsx", rows), tmp_path / "paid.xlsx")
    assert str(refused.value).startswith(sentence)
    assert [path.name for path in tmp_path.iterdir()] == ["results.xlsx"]


def test_what_is_no_such_table_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for suffix in (".parquet", ".xlsx"):
        path = tmp_path / f"results{suffix}"
        path.write_bytes(b"PK\x03\x04 or PAR1, and nothing more")
        with pytest.raises(Refused, match=f"results{suffix} must be {suffix[1:]} that can be read"):
            pay_file(PLAN, path, tmp_path / "paid.csv")
    with zipfile.ZipFile(tmp_path / "results.xlsx", "w") as packed:
        packed.writestr("hello.txt", "hello")
    with pytest.raises(Refused, match="must be xlsx that can be read"):
        pay_file(PLAN, tmp_path / "results.xlsx", tmp_path / "paid.csv")
    two = workbook(tmp_path / "two.xlsx", [["deals"], [1]], [["deals"], [2]])
    with pytest.raises(Refused, match="must have one sheet with rows"):
        pay_file(PLAN, two, tmp_path / "paid.csv")
    monkeypatch.setattr(table_files, "LARGEST_WORKBOOK", 100)
    with pytest.raises(Refused, match="at most 100 bytes when it is unpacked"):
        pay_file(PLAN, two, tmp_path / "paid.csv")
    parquet.write_table(pa.table({"deals": ["12,000"]}), tmp_path / "text.parquet")
    with pytest.raises(Refused, match="deals must be a column of numbers"):
        pay_file(PLAN, tmp_path / "text.parquet", tmp_path / "paid.csv")
    parquet.write_table(pa.table({"deals": [1.0, None]}), tmp_path / "text.parquet")
    with pytest.raises(Refused, match="line 3: deals must be a finite number"):
        pay_file(PLAN, tmp_path / "text.parquet", tmp_path / "paid.csv")
    with pytest.raises(Refused, match="must be a file that can be read"):
        pay_file(PLAN, tmp_path / "none.parquet", tmp_path / "paid.csv")
