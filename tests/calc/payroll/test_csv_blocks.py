"""CSV cut into rows: the same rows as the standard library's reader finds, whatever stands in them."""

import csv
import io
from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from calc.payroll import csv_blocks
from calc.payroll.csv_blocks import Form, Lines, fields
from calc.plan.errors import Refused

ODD = st.text(st.sampled_from('"";,\t\na\u00e4 \x1c'), max_size=6)
PLAIN = st.from_regex(r'[^",;\t\r\n\x00][^,;\t\r\n\x00]{0,5}', fullmatch=True)
FIELD = st.one_of(
    st.just(""),
    PLAIN,
    ODD.map(lambda text: '"' + text.replace('"', '""') + '"'),
    st.tuples(ODD, PLAIN).map(lambda pair: '"' + pair[0].replace('"', '""') + '"' + pair[1]),
)
"""A field as it may stand in a file: bare (with quotes inside, too), quoted, and quoted with more behind."""


def cut(text: str, delimiter: str, block: int = 7) -> Iterator[tuple[int, bytes]]:
    """Every row with its line, read in blocks of a few bytes."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(csv_blocks, "BLOCK_BYTES", block)
        for part in Lines(io.BytesIO(text.encode()), "it").blocks(delimiter):
            yield from (part.part(row, row + 1).first for row in range(len(part)))


@given(
    st.lists(st.lists(FIELD, min_size=1, max_size=3), max_size=8),
    st.sampled_from(csv_blocks.DELIMITERS),
    st.sampled_from(["\n", "\r\n", "\n\n", "\r\r\n"]),
    st.booleans(),
    st.integers(1, 40),
)
def test_the_same_rows_as_the_standard_library(
    table: list[list[str]], delimiter: str, end: str, ended: bool, block: int
) -> None:
    rows = [text for row in table if (text := delimiter.join(row))]
    text = end.join(rows) + (end if ended else "")
    found = list(cut(text, delimiter, block))
    assert [row.decode() for _, row in found] == rows
    read = [next(csv.reader(io.StringIO(row, newline=""), delimiter=delimiter)) for row in rows]
    assert [list(fields(row, delimiter)) for _, row in found] == read
    where = 0
    for line, row in found:
        where = text.index(row.decode(), where)
        assert line == 1 + text.count("\n", 0, where)
        where += len(row.decode())


@pytest.mark.parametrize(
    ("text", "columns", "delimiter"),
    [
        ("deals,csat", ("deals", "csat"), ","),
        ("deals;csat", ("deals", "csat"), ";"),
        ("deals\tcsat", ("deals", "csat"), "\t"),
        ("name, first;deals;csat", ("name, first", "deals", "csat"), ";"),
        ('"a;b;c;d",deals,csat', ("a;b;c;d", "deals", "csat"), ","),
        ('note,"deals",csat,"two\nlines"', ("note", "deals", "csat", "two\nlines"), ","),
        ("deals", ("deals",), ","),
        ("\n\ndeals,csat", ("deals", "csat"), ","),
        ("a,b;c", ("a", "b;c"), ","),
    ],
)
@pytest.mark.parametrize("rest", ["", "\n", "\r\n", "\n1,2\n"])
def test_the_first_line_tells_how_a_file_is_parted(
    text: str, columns: tuple[str, ...], delimiter: str, rest: str
) -> None:
    form = Form.of(Lines(io.BytesIO((text + rest).encode()), "it"), ("deals", "csat"))
    assert (form.columns, form.delimiter) == (columns, delimiter)


@pytest.mark.parametrize("mark", [b"", csv_blocks.MARK])
def test_a_byte_order_mark_is_kept_apart(mark: bytes) -> None:
    read = Lines(io.BytesIO(mark + b'"deals",csat\n1,2\n'), "it")
    assert read.mark == mark
    assert Form.of(read, ()).columns == ("deals", "csat")


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        (b"", "it line 1 must name the columns (got an empty file)"),
        (b"\r\n\n", "it line 1 must name the columns (got an empty file)"),
        ("deals\n1\n".encode("utf-16"), "it must be text in UTF-8 (got zero bytes, as in UTF-16 or what is no text)"),
        (b"a,b\r1,2\r", "it line 1 must end in LF or CRLF (got a carriage return alone)"),
        (b'\n"a,b\n', "it line 2 must close the quotes that it opens (got the end of the file)"),
        (b'a,"b' + b"x" * 200, "it line 1 must close the quotes that it opens (got 100 bytes without an end)"),
    ],
)
def test_what_has_no_first_line_is_refused(text: bytes, sentence: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(csv_blocks, "LONGEST", 100)
    monkeypatch.setattr(csv_blocks, "BLOCK_BYTES", 64)
    with pytest.raises(Refused) as refused:
        Form.of(Lines(io.BytesIO(text), "it"), ("deals",))
    assert str(refused.value) == sentence


def test_a_quote_that_is_never_closed_does_not_swallow_the_rest() -> None:
    with pytest.raises(Refused, match="it line 3 must close the quotes that it opens"):
        list(cut('a,b\n1,2\n"3,4\n5,6\n', ","))


def test_what_is_read_is_told() -> None:
    told: list[int] = []
    list(Lines(io.BytesIO(b"a\n1\n"), "it", told.append).blocks(","))
    assert sum(told) == 4
