"""Where people's tables come from: a path, bytes with a name, a workbook's sheet, a DataFrame, a table.

Files are opened here and nowhere else in this folder. Nothing of a file is kept: not on the disk, and not in a cache.
"""

from pathlib import Path
from typing import Any

import pyarrow as pa
from pyarrow import parquet

from calc.plan.errors import Refused
from calc.tables.recognise import recognise
from calc.tables.sheets.match import MAX_MAP, Match, read_map
from calc.tables.sheets.questions import Answer, Question
from calc.tables.sheets.raw_table import RawTable
from calc.tables.sheets.sheet import Sheet, sheet_of_frame, sheet_of_rows
from calc.tables.sheets.text_table import MAX_TABLE_TEXT, read_text_table
from calc.tables.sheets.workbook import read_workbook

OLD_FORMATS = (".xls", ".xlsb", ".ods", ".numbers")


def read_sheet(source: Any, known: Match | None = None) -> tuple[Sheet | None, Question | None]:
    """The table of a source; None with a question where a workbook has several that may be meant.

    Args:
        source: a path, `(name, bytes)` as an upload has them, or what has named columns.
        known: answers given already.

    Raises:
        Refused: it cannot be read.
    """
    if isinstance(source, tuple) and len(source) == 2 and isinstance(source[1], bytes):
        return _of_bytes(source[1], source[0], known)
    if isinstance(source, str | Path):
        path = Path(source)
        return _of_bytes(_content(path, MAX_TABLE_TEXT), path.name, known)
    return sheet_of_frame(source), None


def read_map_file(path: Path) -> Match:
    """The match that a map file holds.

    Raises:
        Refused: it cannot be read, or is no map file.
    """
    return read_map(_content(path, MAX_MAP), path.name)


def _content(path: Path, most: int) -> bytes:
    """The bytes of a file, one more than it may have where it has more."""
    try:
        with path.open("rb") as stream:
            return stream.read(most + 1)
    except OSError as error:
        raise Refused(f"{path.name} must be a file that can be read (got: {error.strerror or error})") from None


def _of_bytes(content: bytes, name: str, known: Match | None) -> tuple[Sheet | None, Question | None]:
    """A table from the bytes of a file."""
    if not content.strip():
        raise Refused(f"{name} must hold rows of people (got an empty file)")
    if content.startswith(b"PAR1"):
        return _of_parquet(content, name), None
    if content.startswith(b"PK\x03\x04"):
        return _of_workbook(content, name, known)
    if content.startswith(b"\xd0\xcf\x11\xe0") or name.lower().endswith(OLD_FORMATS):
        raise Refused(f"{name} must be saved as xlsx or CSV (got an older or another format)")
    return sheet_of_rows(read_text_table(content, name)), None


def _of_parquet(content: bytes, name: str) -> Sheet:
    try:
        table = parquet.read_table(pa.BufferReader(content))
    except pa.ArrowException as error:
        raise Refused(f"{name} must be Parquet that can be read (got: {str(error).splitlines()[0][:200]})") from None
    return sheet_of_frame({column: table.column(column).to_pylist() for column in table.column_names}, name)


def _of_workbook(content: bytes, name: str, known: Match | None) -> tuple[Sheet | None, Question | None]:
    """The sheet of a workbook that holds people: the only one, the one that was answered, or a question."""
    found = read_workbook(content, name)
    if not found:
        raise Refused(f"{name} must have a sheet with rows (got none)")
    answers = {} if known is None else {k: w for one in known.files for k, w in one.answers.items()}
    told = next((sheet for sheet in found if sheet.name == answers.get("sheet")), None)
    with_people = [sheet for sheet in found if _holds_people(sheet)]
    chosen = told or (with_people[0] if len(with_people) == 1 else found[0] if len(found) == 1 else None)
    if chosen is not None:
        table = RawTable(name, chosen.rows, chosen.lines, chosen.groups)
        return sheet_of_rows(table), None
    ways = tuple(Answer(sheet.name, f"{len(sheet.rows):,} rows") for sheet in (with_people or found)[:12])
    return None, Question("sheet", name, "Which sheet holds the people?", ways)


def _holds_people(raw: RawTable) -> bool:
    """Whether a sheet is recognised without a question."""
    if len(raw.rows) < 2:
        return False
    return not recognise(sheet_of_rows(raw), None).questions
