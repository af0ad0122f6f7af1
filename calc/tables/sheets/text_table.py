"""Text files as rows of cells: their encoding, what parts their columns, their quotes.

Read are UTF-8 and UTF-16, with or without a mark, and the Windows code page 1252; columns parted by a comma, a
semicolon, a tab or a bar. A line `sep=;`, as spreadsheets write it, is obeyed. Text of another code page is refused,
since its names would come out as other names.
"""

import codecs
import csv
import io
import re
from collections import Counter

from calc.plan.errors import Refused
from calc.tables.sheets.raw_table import RawTable, Row

TABLE_DELIMITERS = ";\t|,"
"""What may part columns; of two that part a file equally well the first is taken: a comma may be a decimal mark."""
LOOKED_AT = 200
"""Rows by which the delimiter is judged."""
MAX_TABLE_TEXT = 200_000_000
"""The largest file of text that is read [bytes]."""
_MARKS: tuple[tuple[bytes, str], ...] = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
)
_MARKS += ((codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))
_OTHER_ALPHABET = re.compile(r"[\u00c0-\u00ff]{4}")
"""Four accented letters in a row: no word of a language that the code page 1252 is for."""


def read_text_table(content: bytes, name: str) -> RawTable:
    r"""The rows of a text file.

    Args:
        content: the bytes of the file.
        name: what a sentence calls it.

    Raises:
        Refused: it is too large, no text, in an unknown encoding, or a quote is not closed.

    >>> read_text_table("Rep;Mål\nÅse;1,5\n".encode("cp1252"), "file").rows
    (('Rep', 'Mål'), ('Åse', '1,5'))
    """
    if len(content) > MAX_TABLE_TEXT:
        raise Refused(f"{name} must be at most {MAX_TABLE_TEXT:,} bytes (got {len(content):,})")
    text = decoded_text(content, name)
    told = re.match(r"sep=(.)\r?\n", text)
    if told:
        return _rows_of(text[told.end() :], told[1], name, first_line=2)
    return _rows_of(text, find_delimiter(text), name, first_line=1)


def decoded_text(content: bytes, name: str) -> str:
    """The text of a file.

    Raises:
        Refused: its encoding is none of those that are read.
    """
    encoding = next((code for mark, code in _MARKS if content.startswith(mark)), None) or _unmarked(content, name)
    try:
        text = content.decode(encoding)
    except UnicodeDecodeError as error:
        raise Refused(f"{name} must be whole text in {encoding} (got a fault at byte {error.start:,})") from None
    if encoding == "cp1252" and _OTHER_ALPHABET.search(text):
        raise Refused(f"{name} must be saved as UTF-8 (got letters of an encoding that cannot be told)")
    if "\0" in text:
        raise Refused(f"{name} must be text (got zero bytes within it)")
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _unmarked(content: bytes, name: str) -> str:
    """The encoding of text that does not begin with a mark."""
    start = content[:4000]
    if b"\0" in start:
        even, odd = start[::2].count(0), start[1::2].count(0)
        if max(even, odd) < len(start) // 4:
            raise Refused(f"{name} must be text, or an xlsx or Parquet file by its name (got what is none of them)")
        return "utf-16-be" if even > odd else "utf-16-le"
    try:
        content.decode("utf-8")
    except UnicodeDecodeError:
        return "cp1252"
    return "utf-8"


def find_delimiter(text: str) -> str:
    r"""What parts the columns of a text: what parts most of its rows into the same, largest number of fields.

    >>> find_delimiter("a;b\n1,5;2,5\n"), find_delimiter('a,b\n"1;5",2\n')
    (';', ',')
    """
    start = "".join(text.splitlines(keepends=True)[:LOOKED_AT])
    return max(TABLE_DELIMITERS, key=lambda mark: _fit(start, mark))


def _fit(text: str, delimiter: str) -> tuple[float, int]:
    """How well a delimiter parts a text: the share of rows of one width, which is at least 2, and that width."""
    try:
        widths = Counter(len(row) for row in csv.reader(io.StringIO(text), delimiter=delimiter) if any(row))
    except csv.Error:
        return 0.0, 0
    parted = {width: count for width, count in widths.items() if width > 1}
    if not parted:
        return 0.0, 0
    width = max(parted, key=lambda one: (parted[one], one))
    return round(parted[width] / widths.total(), 1), width


def _rows_of(text: str, delimiter: str, name: str, first_line: int) -> RawTable:
    rows: list[Row] = []
    lines: list[int] = []
    reader = csv.reader(io.StringIO(text), delimiter=delimiter, strict=True)
    start = 0
    try:
        for row in reader:
            if any(field.strip() for field in row):
                rows.append(tuple(row))
                lines.append(first_line + start)
            start = reader.line_num
    except csv.Error as error:
        where = f"{name} line {first_line + start}"
        raise Refused(f"{where} must close the quotes that it opens, and double those within (got: {error})") from None
    return RawTable(name, tuple(rows), tuple(lines))
