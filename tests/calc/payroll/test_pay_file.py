"""Results in, pay out: what was given comes out byte for byte, with what the plan pays; the rest is refused."""

import csv
import io
import tracemalloc
from contextlib import suppress
from pathlib import Path
from typing import BinaryIO, cast

import numpy as np
import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import calc
from calc.payroll import csv_blocks
from calc.payroll.oddities import ODDITIES
from calc.payroll.pay_file import pay_file
from calc.payroll.pay_rows import AS_IT_STANDS, Reading, pay_rows
from calc.plan.errors import Refused
from calc.plan.plan import Plan

HEAD = """
[plan]
currency = "EUR"
target_incentive = 1000
"""
DEALS = """
[[kpis]]
id = "deals"
target = 100
weight = 0.6
curve = { kind = "band", floor = 0.7 }
"""
COST = """
[[kpis]]
id = "cost"
target = 50
better = "lower"
weight = 0.4
curve = { kind = "band", floor = 0.5, ceiling = 1.5 }
"""
CSAT = '\n[[kpis]]\nid = "csat"\ntarget = 80\nweight = 0\n'
MEMO = '\n[[kpis]]\nid = "memo"\ntarget = 1\nweight = 0\n'
GROWTH = '\n[[kpis]]\nid = "growth"\ntarget = 0\nscale = 0.1\nweight = 0\n'
GATE = '\n[[gates]]\nkpi = "csat"\nat_least = 0.9\ncloses = ["deals"]\n'


MEANT = Reading(".", ODDITIES)
"""Whatever is odd is meant, and a point parts whole and fraction."""


def plan_of(*parts: str) -> Plan:
    return calc.loads("".join((HEAD, *parts))).plan


BELOW_ZERO = "pay_below_zero = true\n"
"""Stands first among the parts of a plan that may take money back."""

PLAN = plan_of(DEALS, COST, CSAT, MEMO, GATE)
ONE = plan_of(DEALS.replace("0.6", "1"))


def paid(plan: Plan, text: str | bytes, reading: Reading = AS_IT_STANDS) -> bytes:
    out = io.BytesIO()
    content = text.encode() if isinstance(text, str) else text
    pay_rows(plan, io.BytesIO(content), out, "results.csv", reading=reading)
    return out.getvalue()


def refusal(plan: Plan, text: str | bytes, reading: Reading = AS_IT_STANDS) -> str:
    with pytest.raises(Refused) as refused:
        paid(plan, text, reading)
    return str(refused.value)


# What the pay depends on


@pytest.mark.parametrize(
    ("parts", "needed"),
    [
        ((DEALS, COST), "deals cost"),
        ((DEALS, COST, CSAT, MEMO), "deals cost"),
        ((CSAT, DEALS, COST, MEMO, GATE), "csat deals cost"),
        ((DEALS, COST, CSAT, GATE.replace('"deals"', '"csat"')), "deals cost"),
        ((DEALS, COST, CSAT, f"{GATE}keeps = 1.0\n"), "deals cost"),
        ((DEALS, COST, CSAT, f"{GATE}limits_to = 1.0\n"), "deals cost csat"),
        ((DEALS, COST, CSAT, GATE.replace('["deals"]', '"plan"')), "deals cost csat"),
        (
            (DEALS, COST, MEMO, '[[modifiers]]\nkpi = "memo"\nmultiplies = ["cost"]\ncurve = {kind="band"}\n'),
            "deals cost memo",
        ),
        (
            (DEALS, COST, MEMO, CSAT, '[[modifiers]]\nkpi = "memo"\nmultiplies = ["csat"]\ncurve = {kind="band"}\n'),
            "deals cost",
        ),
        (('[[kpis]]\nid = "sales"\ntarget = 9\ncurve = { kind = "tiers", tiers = [[0, 2]] }\n', CSAT), "sales"),
        (
            (
                CSAT,
                '[[kpis]]\nid = "grid"\ntarget = 1\nweight = 1\ncurve = '
                '{kind = "matrix", with = "csat", rows = [0, 1], columns = [0, 1], payouts = [[0, 1], [1, 2]]}\n',
            ),
            "csat grid",
        ),
        (
            (
                'combine = "score"\ncurve = { kind = "band" }\n',
                '[[kpis]]\nid = "one"\ntarget = 1\nweight = 1\n',
                '[[kpis]]\nid = "two"\ntarget = 1\nweight = 0\n',
            ),
            "one",
        ),
    ],
)
def test_the_pay_depends_on(parts: tuple[str, ...], needed: str) -> None:
    plan = plan_of(*parts)
    assert plan.deciding == tuple(needed.split())
    for missing in plan.deciding:
        rest = [i for i in plan.ids if i != missing]
        assert f"results.csv line 1 must have a column {missing}," in refusal(plan, ",".join(rest) + "\n")
    assert paid(plan, ",".join(plan.deciding) + "\n")


# Tables that can be checked by head


def test_each_row_is_paid() -> None:
    """Below the floor nothing, on it 70 %, and a closed gate takes the deals away; lower cost is better."""
    given_rows = "rep,deals,cost,csat\nAnn,69,50,80\nBob,70,50,80\nCy,118,25,72\nDi,118,100,71.9\n"
    assert paid(PLAN, given_rows).decode().splitlines() == [
        "rep,deals,cost,csat,pay.deals,pay.cost,pay.csat,pay.memo,pay",
        "Ann,69,50,80,0.00,400.00,0.00,0.00,400.00",
        "Bob,70,50,80,420.00,400.00,0.00,0.00,820.00",
        "Cy,118,25,72,708.00,600.00,0.00,0.00,1308.00",
        "Di,118,100,71.9,0.00,0.00,0.00,0.00,0.00",
    ]


def test_each_rep_may_have_targets_and_an_incentive_of_their_own() -> None:
    text = "deals,deals.target,target_incentive\n100,100,1000\n100,50,1000\n100,200,1000\n100,200.0,500\n140,200,500\n"
    pays = [line.split(",")[-1] for line in paid(ONE, text).decode().splitlines()[1:]]
    assert pays == ["1000.00", "2000.00", "0.00", "0.00", "350.00"]


def test_a_kpi_that_nothing_depends_on_is_not_read() -> None:
    rows = paid(PLAN, "deals,cost,csat,memo,memo.target\n100,50,80,n/a,0\n").splitlines()
    assert rows[1].endswith(b"n/a,0,600.00,400.00,0.00,0.00,1000.00")


def test_a_target_of_zero_holds_where_the_plan_names_a_scale() -> None:
    plan = plan_of(DEALS.replace("0.6", "1"), GROWTH, GATE.replace("csat", "growth").replace("0.9", "1"))
    rows = paid(plan, "deals,growth,growth.target\n100,0,0\n100,-0.1,0\n100,-0.1,-0.1\n").decode().splitlines()
    assert [row.split(",")[-1] for row in rows[1:]] == ["1000.00", "0.00", "1000.00"]


@pytest.mark.parametrize(
    ("currency", "pay"), [("USD", "1180.00"), ("JPY", "1180"), ("KWD", "1180.000"), ("CLF", "1180.0000")]
)
def test_money_has_the_decimals_of_its_currency(currency: str, pay: str) -> None:
    plan = plan_of(DEALS.replace("0.6", "1")).changed(currency=currency)
    assert paid(plan, "deals\n118\n").decode() == f"deals,pay.deals,pay\n118,{pay},{pay}\n"


def test_large_money_is_written_out() -> None:
    assert (
        paid(ONE, "deals\n123456789012\n", MEANT).splitlines()[1] == b"123456789012,1234567890120.00,1234567890120.00"
    )


def test_pay_may_be_negative() -> None:
    curve = 'curve = { kind = "points", points = [[0, -1], [2, 1.5]] }'
    falling = DEALS.replace("0.6", "1").replace('curve = { kind = "band", floor = 0.7 }', curve)
    plan = plan_of(BELOW_ZERO, falling)
    assert paid(plan, "deals\n0\n0.08\n").splitlines()[1:] == [b"0,-1000.00,-1000.00", b"0.08,-999.00,-999.00"]


@given(st.integers(-(10**7), 10**7), st.sampled_from(["USD", "JPY", "KWD"]))
def test_what_is_written_reads_back_exactly(cents: int, currency: str) -> None:
    plan = plan_of(
        BELOW_ZERO,
        '[[kpis]]\nid = "x"\ntarget = 1\nweight = 1\ncurve = {kind = "points", points = [[0, 0], [1, 1]], '
        'below = "extend", above = "extend"}\n',
    ).changed(currency=currency)
    text = f"x\n{cents / 1e5!r}\n"
    assert float(paid(plan, text, MEANT).decode().split(",")[-1]) == plan.pay([[cents / 1e5]])[0]


# Everything passes through

NUMBERS = st.one_of(
    st.integers(-10, 10**6).map(str),
    st.floats(0, 1e6, allow_nan=False).map(repr),
    st.integers(0, 200).map("{:05d}".format),
    st.integers(0, 200).map(" {}".format),
    st.integers(0, 200).map('"{}"'.format),
    st.integers(0, 200).map("{}.500".format),
)
ODD = st.text(st.characters(exclude_characters="\0", codec="utf-8"), max_size=8)
BARE = st.text(st.characters(exclude_characters='\0,;\t\r\n"', codec="utf-8"), max_size=8)
TEXT = st.one_of(
    BARE,
    BARE.map(lambda text: f'x{text}"'),
    ODD.map(lambda text: '"' + text.replace('"', '""') + '"'),
    st.sampled_from(["007", "1e5", "NA", "null", "=1+1", "'", '5" pipe', "true", "2026-11-22"]),
)
ROWS = st.lists(st.tuples(TEXT, NUMBERS, TEXT, NUMBERS, st.integers(0, 100).map(str)), max_size=12)


@given(
    ROWS,
    st.sampled_from(["\n", "\r\n"]),
    st.booleans(),
    st.sampled_from([b"", csv_blocks.MARK]),
    st.sampled_from(["utf-8", "latin-1"]),
    st.integers(1, 300),
)
def test_odd_tables_come_out_as_they_went_in(
    rows: list[tuple[str, ...]], end: str, ended: bool, mark: bytes, encoding: str, block: int
) -> None:
    table = [('"a ""name"""', "deals", "note", "cost", "csat"), *rows]
    texts = [",".join(row).encode(encoding, "replace") for row in table]
    pays = [b"pay.deals,pay.cost,pay.csat,pay.memo,pay"]
    if rows:
        results = np.array([[float(row[place].strip('"')) for place in (1, 3, 4)] + [1.0] for row in rows])
        money = np.column_stack((PLAN.split(results), PLAN.pay(results)))
        pays += [",".join(f"{x:.2f}" for x in line).encode() for line in money]
    tail = end.encode() if ended else b""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(csv_blocks, "BLOCK_BYTES", block)
        out = paid(PLAN, mark + end.encode().join(texts) + tail, MEANT)
    assert out == mark + end.encode().join(text + b"," + pay for text, pay in zip(texts, pays, strict=True)) + tail


@pytest.mark.parametrize("text", ["deals", "deals\n", "deals\r\n", "\ufeffdeals\n", "deals\n\n\n"])
def test_a_header_alone_gives_a_header_alone(text: str) -> None:
    assert paid(ONE, text).decode() == text.replace("deals", "deals,pay.deals,pay")


def test_blank_lines_stay_where_they_are() -> None:
    assert paid(ONE, "\ndeals\n\n100\n\n\n70\n\n") == (
        b"\ndeals,pay.deals,pay\n\n100,1000.00,1000.00\n\n\n70,700.00,700.00\n\n"
    )


@pytest.mark.parametrize(
    ("text", "out"),
    [
        ("rep;deals\r\nAnn;118,5\r\n", "rep;deals;pay.deals;pay\r\nAnn;118,5;1185,00;1185,00\r\n"),
        ("rep;deals\nAnn;118\n", "rep;deals;pay.deals;pay\nAnn;118;1180,00;1180,00\n"),
        (
            "rep;deals\nAnn;118\nBob;118.5\n",
            "rep;deals;pay.deals;pay\nAnn;118;1180.00;1180.00\nBob;118.5;1185.00;1185.00\n",
        ),
        ("rep\tdeals\nAnn\t118,5\n", "rep\tdeals\tpay.deals\tpay\nAnn\t118,5\t1185,00\t1185,00\n"),
        ("rep\tdeals\nAnn\t118\n", "rep\tdeals\tpay.deals\tpay\nAnn\t118\t1180.00\t1180.00\n"),
        ("note;deals\n1,5;68.25\n", "note;deals;pay.deals;pay\n1,5;68.25;0.00;0.00\n"),
    ],
)
def test_a_file_is_answered_in_its_own_form(text: str, out: str) -> None:
    assert paid(ONE, text).decode() == out


# Marks in numbers

BIG = plan_of(DEALS.replace("0.6", "1").replace("target = 100", "target = 10_000"), CSAT, GATE)
"""12,000 deals of 10,000 pay 1,200."""


def pays(plan: Plan, text: str, reading: Reading = AS_IT_STANDS) -> list[str]:
    """The last field of every row."""
    delimiter = next(mark for mark in "\t;," if mark in text)
    rows = csv.reader(io.StringIO(paid(plan, text, reading).decode(), newline=""), delimiter=delimiter)
    return [row[-1] for row in rows][1:]


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
@pytest.mark.parametrize(
    ("numbers", "pay"),
    [
        (["1,234.5", "12,000"], ["0.00", "1200.00"]),
        (["12,000", "9999.5"], ["1200.00", "999.95"]),
        (["12,000", "1,200,000.25"], ["1200.00", "120000.03"]),
        (["12.000", "0.5"], ["0.00", "0.00"]),
        (["12.000", "12,000.5"], ["0.00", "1200.05"]),
        (["1.234,5", "12.000"], ["0,00", "1200,00"]),
        (["12.000", "9999,5"], ["1200,00", "999,95"]),
        (["12.000", "1.200.000"], ["1200,00", "120000,00"]),
        (["12,000", "0,5"], ["0,00", "0,00"]),
        (["12\u00a0000,0"], ["1200,00"]),
        (["12\u202f000,0", "12'000"], ["1200,00", "1200,00"]),
    ],
)
def test_any_number_of_a_file_decides_how_all_are_read(delimiter: str, numbers: list[str], pay: list[str]) -> None:
    rows = [delimiter.join(('"' + number + '"', "80")) for number in numbers]
    text = "\n".join([delimiter.join(("deals", "csat")), *rows])
    assert pays(BIG, text, Reading(allow=("scale",))) == pay


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
@pytest.mark.parametrize("number", ["12,000", "12.000", "-9.500", "950,125"])
@pytest.mark.parametrize("column", ["deals", "target_incentive", "deals.target"])
def test_what_can_be_read_in_two_ways_is_refused_with_both(delimiter: str, number: str, column: str) -> None:
    columns = ["deals", "csat", "deals.target", "target_incentive"]
    row = [f'"{number}"' if name == column else "80" for name in columns]
    text = "\n".join(delimiter.join(line) for line in (columns, ["80"] * 4, row, ["80"] * 4, row))
    if not number.startswith("-") or column == "deals":
        sentence = refusal(BIG, text, Reading(allow=("scale",)))
        ways = sorted(float(number.replace(*pair).replace(",", ".")) for pair in ((",", ""), (".", "")))
        assert f"line 3: {column} must be a finite number that can be read in one way (got '{number}'" in sentence
        assert all(f"{way:.12g}" in sentence for way in ways), sentence
        assert "line 5" in sentence
        assert "--decimal" in sentence


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_whoever_pays_may_say_how_numbers_are_written(delimiter: str) -> None:
    for number, mark, pay in (("12,000", ".", "1200.00"), ("12.000", ",", "1200,00"), ("12.000", ".", "0.00")):
        text = f'deals{delimiter}csat\n"{number}"{delimiter}80\n'
        assert pays(BIG, text, Reading(decimal=mark, allow=("scale",))) == [pay]  # type: ignore[arg-type]


@pytest.mark.parametrize("delimiter", [";", "\t"])
def test_a_number_far_down_the_file_decides_or_is_refused(delimiter: str) -> None:
    many = f"8000{delimiter}80\n" * 200_000
    head = f"deals{delimiter}csat\n"
    assert "line 200002: deals must be a finite number that can be read" in refusal(
        BIG, f"{head}{many}12.000{delimiter}80\n"
    )
    for last, *pay in (("8000.5", "800.00", "800.05"), ("8000,5", "800,00", "800,05")):
        found = pays(BIG, f"{head}{many}{last}{delimiter}80\n")
        assert [found[0], found[-1]] == pay


# Refusals: of columns


@pytest.mark.parametrize(
    ("header", "parts"),
    [
        ("rep,dels", ["must have a column deals", "did you mean dels?"]),
        ("rep,Deals", ["must write deals exactly so", "'Deals'"]),
        ("deals, deals.target", ["must write deals.target exactly so", "' deals.target'"]),
        ("deals,Target_Incentive", ["must write target_incentive exactly so", "'Target_Incentive'"]),
        ("deals,deals", ["must name every column once", "'deals' 2 times"]),
        ("deals,x,y,x,x", ["must name every column once", "'x' 3 times"]),
        ("deals,,", ["must name every column once", "'' 2 times"]),
        ("deals,pay", ["must leave the name pay"]),
        ("pay.deals,deals", ["must leave the name pay.deals"]),
        ("", ["must name the columns", "empty file"]),
        ('"deals', ["line 1 must close the quotes"]),
        ("deals\rrep", ["LF or CRLF", "carriage return"]),
        (",".join(f"column{n}" for n in range(10_000)), ["must have a column deals", "known are column0"]),
    ],
    ids=lambda value: value[:20] if isinstance(value, str) else "",
)
def test_columns_are_refused(header: str, parts: list[str]) -> None:
    sentence = refusal(ONE, f"{header}\n")
    assert sentence.startswith("results.csv line 1 ")
    assert all(part in sentence for part in parts), sentence
    assert len(sentence) < 400


def test_other_columns_may_be_called_anything() -> None:
    header = "deals,Rep,pay.other,Pay,cost.target,PAY.deals"
    assert paid(ONE, f"{header}\n118,a,b,c,d,e\n").splitlines()[1] == b"118,a,b,c,d,e,1180.00,1180.00"


def test_ten_thousand_columns_pass_through() -> None:
    names = [f"column{n}" for n in range(9_999)]
    row = ["x"] * 9_999
    out = paid(ONE, f"{','.join(names)},deals\n{','.join(row)},118\n").decode()
    assert out.splitlines()[1] == f"{','.join(row)},118,1180.00,1180.00"


# Refusals: of rows


@pytest.mark.parametrize(
    ("row", "parts"),
    [
        ("many,100,1000", ["line 4: deals must be a finite number", "'many'"]),
        (",100,1000", ["line 4: deals must be a finite number", "''"]),
        (" ,100,1000", ["line 4: deals must be a finite number", "' '"]),
        ("nan,100,1000", ["line 4: deals must be a finite number", "'nan'"]),
        ("NA,100,1000", ["line 4: deals must be a finite number", "'NA'"]),
        ("-inf,100,1000", ["line 4: deals must be a finite number", "'-inf'"]),
        ("1e999,100,1000", ["line 4: deals must be a finite number", "'1e999'"]),
        ('"1,180",100,1000', ["line 4: deals must be a finite number", "'1,180'"]),
        ("1 180,100,1000", ["line 4: deals must be a finite number", "'1 180'"]),
        ("100 %,100,1000", ["line 4: deals must be a finite number", "'100 %'"]),
        ("0x10,100,1000", ["line 4: deals must be a finite number", "'0x10'"]),
        ('"1\n0",100,1000', ["line 4: deals must be a finite number", "'1\\n0'"]),
        (f"{'9' * 500}x,100,1000", ["line 4: deals must be a finite number", "999"]),
        ("100,0,1000", ["line 4: deals.target must be a finite number but not 0", "'0'"]),
        ("100,-0.0,1000", ["line 4: deals.target must be a finite number but not 0", "'-0.0'"]),
        ("100,x,1000", ["line 4: deals.target must be a finite number but not 0", "'x'"]),
        ("100,100,0", ["line 4: target_incentive must be a finite number above 0", "'0'"]),
        ("100,100,-5", ["line 4: target_incentive must be a finite number above 0", "'-5'"]),
        ("100,100,inf", ["line 4: target_incentive must be a finite number above 0", "'inf'"]),
        ("100,100", ["line 4 must have a field for each of 3 columns", "got 2"]),
        ("100,100,1000,", ["line 4 must have a field for each of 3 columns", "got 4"]),
        ("100;100;1000", ["line 4 must have a field for each of 3 columns", "got 1"]),
        ("100,100,1000\r100,100,1000", ["line 4 must end in LF or CRLF", "carriage return"]),
        ("1e15,1,1000", ["line 4: pay must be less than 9e+15 of the smallest unit"]),
        ("1e300,1e-300,1000", ["line 4: pay must be less than 9e+15 of the smallest unit"]),
        ('100,"100,1000', ["line 4 must close the quotes that it opens"]),
    ],
)
@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_a_row_is_refused_by_line_and_column(row: str, parts: list[str], end: str) -> None:
    good = [f"{n},100,1000" for n in range(40)]
    text = end.join(["deals,deals.target,target_incentive", '"118",100,1000', "", row, *good, "worse,0,0"])
    sentence = refusal(ONE, text)
    assert all(part in sentence for part in parts), sentence
    assert sentence.startswith("results.csv line 4")
    assert len(sentence) < 200


def test_a_line_is_counted_through_breaks_and_blocks(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(csv_blocks, "BLOCK_BYTES", 50)
    text = "note,deals\n" + '"two\nlines",100\n\n' * 30 + "x,bad\n"
    assert "line 92: deals" in refusal(ONE, text)


def test_a_decimal_comma_is_asked_for_where_the_file_has_them() -> None:
    sentence = refusal(ONE, "rep;deals\nAnn;118,5\nBob;118.5\n")
    assert sentence == ("results.csv line 3: deals must be a finite number, with a decimal comma (got '118.5')")


@pytest.mark.parametrize("content", ["deals\n1\n".encode("utf-16"), bytes(range(256)), b"PK\x03\x04" + bytes(50)])
def test_what_is_no_text_is_refused(content: bytes) -> None:
    assert refusal(ONE, content).startswith("results.csv must be text in UTF-8 (got zero bytes")


@settings(max_examples=300)
@given(st.binary(max_size=200), st.booleans())
def test_no_bytes_do_more_than_be_refused(content: bytes, headed: bool) -> None:
    text = (b"deals,x\n" if headed else b"") + content
    with suppress(Refused):
        assert b"deals" in paid(ONE, text)


# Files


def test_a_file_is_replaced_in_one_step(tmp_path: Path) -> None:
    results, out = tmp_path / "results.csv", tmp_path / "paid.csv"
    results.write_bytes(b"deals\n118\n")
    for _ in range(2):
        pay_file(ONE, results, out)
        assert out.read_bytes() == b"deals,pay.deals,pay\n118,1180.00,1180.00\n"
    assert sorted(tmp_path.iterdir()) == [out, results]


def test_a_refusal_leaves_a_file_as_it_was(tmp_path: Path) -> None:
    results, out = tmp_path / "results.csv", tmp_path / "paid.csv"
    results.write_bytes(b"deals\n" + b"118\n" * 1_000_000 + b"bad\n")
    out.write_bytes(b"as it was")
    stream = io.BytesIO()
    for where in (out, stream):
        with pytest.raises(Refused, match="line 1000002: deals"):
            pay_file(ONE, results, where)
    assert out.read_bytes() == b"as it was"
    assert stream.getvalue() == b"", "nothing appears half"
    assert sorted(tmp_path.iterdir()) == [out, results]


def test_an_interrupt_leaves_nothing_behind(tmp_path: Path) -> None:
    def interrupted(size: int) -> None:
        raise KeyboardInterrupt

    results, out = tmp_path / "results.csv", tmp_path / "paid.csv"
    results.write_bytes(b"deals\n118\n")
    with pytest.raises(KeyboardInterrupt):
        pay_file(ONE, results, out, interrupted)
    assert list(tmp_path.iterdir()) == [results]


def test_the_results_are_never_overwritten(tmp_path: Path) -> None:
    results = tmp_path / "results.csv"
    results.write_bytes(b"deals\n118\n")
    with pytest.raises(Refused, match="must be another file than the results"):
        pay_file(ONE, results, tmp_path / "." / "results.csv")
    assert results.read_bytes() == b"deals\n118\n"


# Memory


class Rows(io.RawIOBase):
    """Many rows without a file, which looks at every read how much memory is in use."""

    def __init__(self, size: int) -> None:
        self.part, self.next, self.left, self.most = b"rep,118.25,50,80\n" * 60_000, b"rep,deals,cost,csat\n", size, 0

    def read(self, size: int = -1) -> bytes:
        self.most = max(self.most, tracemalloc.get_traced_memory()[1] + pa.total_allocated_bytes())
        given, self.next = self.next, self.part if self.left > 0 else b""
        self.left -= len(given)
        return given


class Counter(io.RawIOBase):
    size = 0

    def write(self, data: bytes) -> int:  # type: ignore[override]
        self.size += len(data)
        return len(data)


def test_memory_does_not_grow_with_the_file() -> None:
    size = 64 << 20
    source, out = Rows(size), Counter()
    tracemalloc.start()
    try:
        pay_rows(PLAN, cast(BinaryIO, source), cast(BinaryIO, out), reading=Reading(allow=("repeats",)))
    finally:
        tracemalloc.stop()
    assert out.size > size
    assert source.most < size / 2
