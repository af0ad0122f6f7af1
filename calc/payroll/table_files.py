"""Tables that are no text: Parquet (a file, a folder, or a pattern of files) and xlsx, in and out.

The numbers of such a table are typed, so that nothing in them can be read in two ways; text where a number belongs is
refused. Every cell comes out as it went in, but for what a column holds of several kinds, which comes out as text.

Not modelled: several sheets in one workbook, formulas that no program has worked out, and cells of lists or tables.
"""

import datetime
import io
import zipfile
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, BinaryIO, Literal

import pyarrow as pa
from pyarrow import compute, csv, parquet

from calc.payroll.csv_blocks import Form
from calc.payroll.headings import Layout, added_columns, known_columns
from calc.payroll.pay_table import money_decimals
from calc.plan.errors import Refused, quote_value
from calc.plan.plan import Plan
from calc.tables.sheets.number_marks import read_numbers

TableFormat = Literal["csv", "parquet", "xlsx"]
SUFFIXES: dict[str, TableFormat] = {".parquet": "parquet", ".pq": "parquet", ".xlsx": "xlsx"}
BEGINNINGS: dict[bytes, TableFormat] = {b"PAR1": "parquet", b"PK\x03\x04": "xlsx"}
LARGEST_WORKBOOK = 1 << 29
"""The largest workbook read [bytes, unpacked]."""
MOST_ROWS = 1_048_575
"""Rows that a sheet holds under its heading."""
FAULTS_TOLD = 10
"""Cells of text in place of numbers that are told at the most."""


def format_of(path: Path) -> TableFormat:
    """The format of a file by its name; a folder, or a pattern of files, is of Parquet."""
    if path.is_dir() or (any(mark in path.name for mark in "*?") and not path.exists()):
        return "parquet"
    return SUFFIXES.get(path.suffix.lower(), "csv")


def format_of_stream(stream: BinaryIO) -> TableFormat:
    """The format of a stream that can be wound back, by its first bytes."""
    start = stream.tell()
    head = stream.read(4)
    stream.seek(start)
    return BEGINNINGS.get(head, "csv")


def read_table(source: Path | BinaryIO, form: TableFormat, name: str, plan: Plan) -> pa.Table:
    """A table of Parquet or xlsx.

    Args:
        source: where it is.
        form: which of the two it is.
        name: what a sentence calls it.
        plan: the plan that pays; its numbers must be typed as numbers in a workbook.

    Raises:
        Refused: it cannot be read, or a workbook has text where a number belongs.
    """
    try:
        table = _read_parquet(source) if form == "parquet" else _read_workbook(source, name, plan)
    except OSError as error:
        raise Refused(f"{name} must be a file that can be read (got: {error.strerror or error})") from None
    except (pa.ArrowException, zipfile.BadZipFile, KeyError, TypeError, IndexError) as error:
        raise Refused(f"{name} must be {form} that can be read (got: {str(error).splitlines()[0][:200]})") from None
    return table


def files_of(source: Path) -> list[Path]:
    """The files that a path means: itself, or those of a folder or a pattern."""
    if source.is_dir():
        return sorted(source.rglob("*.parquet"))
    if source.exists() or format_of(source) == "csv" or not any(mark in source.name for mark in "*?"):
        return [source]
    return sorted(source.parent.glob(source.name))


def _read_parquet(source: Path | BinaryIO) -> pa.Table:
    if not isinstance(source, Path):
        return parquet.read_table(source)
    if not (files := files_of(source)):
        raise FileNotFoundError(2, "there is no Parquet file")
    return pa.concat_tables([parquet.read_table(one, partitioning=None) for one in files])


# Workbooks


def _read_workbook(source: Path | BinaryIO, name: str, plan: Plan) -> pa.Table:
    import openpyxl  # only a workbook needs it

    with zipfile.ZipFile(source) as packed:
        size = sum(part.file_size for part in packed.infolist())
    if size > LARGEST_WORKBOOK:
        raise Refused(f"{name} must be at most {LARGEST_WORKBOOK:,} bytes when it is unpacked (got {size:,})")
    if not isinstance(source, Path):
        source.seek(0)
    book = openpyxl.load_workbook(source, read_only=True, data_only=True)
    try:
        sheets = [(sheet.title, list(_filled(sheet.iter_rows(values_only=True)))) for sheet in book.worksheets]
    finally:
        book.close()
    filled = [(title, rows) for title, rows in sheets if rows]
    if len(filled) != 1:
        titles = ", ".join(quote_value(title) for title, _ in filled[:5]) or "none"
        raise Refused(f"{name} must have one sheet with rows (got {titles})")
    return _table_of(filled[0][1], name, plan)


def _filled(rows: Iterator[tuple[Any, ...]]) -> Iterator[tuple[int, tuple[Any, ...]]]:
    """The rows that hold anything, each with its line."""
    return ((line, row) for line, row in enumerate(rows, 1) if any(cell is not None for cell in row))


def _table_of(rows: Sequence[tuple[int, tuple[Any, ...]]], name: str, plan: Plan) -> pa.Table:
    (_, head), *body = rows
    width = max((n for n, cell in enumerate(head, 1) if cell is not None), default=0)
    headings = ["" if cell is None else str(cell) for cell in head[:width]]
    known, faults = {*known_columns(plan)}, []
    for line, row in body:
        if any(cell is not None for cell in row[width:]):
            faults.append(f"{name} line {line} must have a field for each of {width} columns (got more)")
        for heading, cell in zip(headings, row, strict=False):
            if heading in known and (cell is None or isinstance(cell, str | bool | datetime.date | datetime.time)):
                came = "''" if cell is None else quote_value(cell)
                faults.append(f"{name} line {line}: {heading} must be a finite number, typed as one (got {came})")
    if faults:
        raise Refused(
            faults[:FAULTS_TOLD] + ([f"and {len(faults) - FAULTS_TOLD:,} more"] * (len(faults) > FAULTS_TOLD))
        )
    columns = [_column([row[n] if n < len(row) else None for _, row in body]) for n in range(width)]
    return pa.Table.from_arrays(columns, headings)


def _column(cells: list[Any]) -> pa.Array:
    """Cells as a column of their one kind, or of text where they are of several."""
    kinds = {type(cell) for cell in cells} - {type(None)}
    if kinds <= {int, float} and kinds:
        return pa.array(cells, pa.int64() if kinds == {int} else pa.float64())
    if len(kinds) == 1 and kinds <= {bool, datetime.datetime, datetime.date}:
        return pa.array(cells)
    return pa.array([None if cell is None else str(cell) for cell in cells], pa.string())


# In and out of what is paid


def paid_table(paid: BinaryIO, form: Form, layout: Layout, plan: Plan) -> pa.Table:
    """The table of a CSV that was paid: numbers and pay as numbers, everything else as the text that it is."""
    content = paid.read()
    try:
        content.decode("utf-8-sig")
        encoding = "utf-8"
    except UnicodeDecodeError:
        encoding = "cp1252"
    names = [*form.columns, *added_columns(plan)]
    table = csv.read_csv(
        io.BytesIO(content),
        csv.ReadOptions(block_size=1 << 24, encoding=encoding),
        csv.ParseOptions(delimiter=form.delimiter, newlines_in_values=True),
        csv.ConvertOptions(column_types=dict.fromkeys(names, pa.string()), null_values=list[str]()),
    )
    typed = {column.name for column in layout.numbers}
    columns = []
    for name, cells in zip(names, table.columns, strict=True):
        if name in typed:
            cells = pa.array(read_numbers(cells.combine_chunks(), form.decimal))
        elif name in added_columns(plan):
            cells = compute.replace_substring(cells, form.decimal, ".").cast(pa.float64())
        columns.append(cells)
    return pa.Table.from_arrays(columns, names)


def write_table(table: pa.Table, out: BinaryIO, form: TableFormat, plan: Plan) -> None:
    """Write what is paid: money has its decimals in CSV, and is a plain number where programs reckon with it.

    Raises:
        Refused: a sheet does not hold so many rows.
    """
    if form == "csv":
        for name in added_columns(plan):
            place = table.column_names.index(name)
            money = money_decimals(table.column(place).to_numpy(), plan.minor)
            table = table.set_column(place, name, money)
        csv.write_csv(table, out)
        return
    if form == "parquet":
        parquet.write_table(table, out)
    else:
        _write_workbook(table, out)


def _write_workbook(table: pa.Table, out: BinaryIO) -> None:
    import openpyxl  # only a workbook needs it

    if len(table) > MOST_ROWS:
        raise Refused(f"an xlsx file must have at most {MOST_ROWS:,} rows (got {len(table):,}): write .csv or .parquet")
    book = openpyxl.Workbook(write_only=True)
    sheet = book.create_sheet("paid")
    sheet.append([_cell(sheet, name) for name in table.column_names])
    for batch in table.to_batches(max_chunksize=10_000):
        for row in zip(*(column.to_pylist() for column in batch.columns), strict=True):
            sheet.append([_cell(sheet, value) for value in row])
    book.save(out)


def _cell(sheet: Any, value: Any) -> Any:
    """A cell; text is text, whatever a spreadsheet would run."""
    from openpyxl.cell import WriteOnlyCell
    from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE

    if value is None or isinstance(value, bool | int | float | datetime.date):
        return value.replace(tzinfo=None) if isinstance(value, datetime.datetime) else value
    cell = WriteOnlyCell(sheet, ILLEGAL_CHARACTERS_RE.sub("", str(value))[:32_767])
    cell.data_type = "s"
    return cell
