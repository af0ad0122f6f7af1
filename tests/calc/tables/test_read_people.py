"""Files as people have them end in the right numbers, or in one clear question."""

from pathlib import Path
from typing import Any

import pytest

import calc
from calc import Refused
from calc.tables.people import PeopleRead, read_people
from calc.tables.sheets.match import FileMatch, Match, map_text, read_map

FIXTURES = Path(__file__).parent / "fixtures"


def read(*names: str, **given: Any) -> PeopleRead:
    return read_people(*(FIXTURES / name for name in names), **given)


def csv(text: str, name: str = "file.csv") -> tuple[str, bytes]:
    return name, text.encode()


def answered(**answers: str) -> Match:
    return Match((FileMatch("wide", {}, answers),))


def keys(found: PeopleRead) -> list[str]:
    return [question.key for question in found.questions]


def table(found: PeopleRead, what: str = "results", measure: str = "result") -> dict[str, float | None]:
    return {row.person: getattr(row, what).get(measure) for row in found.rows}


# Fixtures, made after the formats of public exports


def test_money_in_words_of_brazil() -> None:
    found = read("br_money_words.csv")
    assert not found.questions
    assert table(found, "targets") == {"Ana": 12000, "Bruno": 12000.5, "Caio": 12000.5}
    assert table(found) == {"Ana": 4600, "Bruno": 4600, "Caio": None}


def test_weekly_targets_with_mark_and_decimal_commas() -> None:
    found = read("br_weekly_targets_bom_crlf.csv")
    assert not found.questions
    assert sum(row.targets["result"] for row in found.rows) == pytest.approx(21168.8)
    assert found.rows[0].period is not None
    assert found.rows[0].period.label == "2026-07-01"


def test_a_file_without_headings_is_asked_about_and_then_read() -> None:
    found = read("br_weekly_targets_no_header.csv")
    assert keys(found) == ["column.person", "role.column 5"]
    told = answered(**{"column.person": "column 4", "role.column 5": "target.result"})
    found = read("br_weekly_targets_no_header.csv", match=told)
    assert not found.questions
    assert sum(row.targets["result"] for row in found.rows) == 44000
    assert len(found.rows) == 3


def test_a_code_page_of_denmark() -> None:
    found = read("danish_latin1.csv")
    assert not found.questions
    assert table(found) == {"Åse Bæk": 262500.5, "Jørn Ø": -1250}
    assert {row.period.label for row in found.rows if row.period} == {"2026-01"}


def test_utf_16_with_tabs() -> None:
    found = read("utf16_tab.txt")
    assert not found.questions
    assert (table(found, "targets"), table(found)) == ({"Jo": 1000.5, "Sam": 1000.5}, {"Jo": 900, "Sam": 1100})


def test_one_share_may_be_per_cent_or_a_multiple() -> None:
    found = read("percent_and_multiplier.csv")
    assert keys(found) == ["share.attainment %"]
    assert found.questions[0].lines == (4,)
    assert table(found, "attainments") == {"Jo": 1.125, "Sam": 0.875}
    assert [row.paid for row in found.rows] == [3732, None]
    found = read("percent_and_multiplier.csv", match=answered(**{"share.attainment %": "multiple"}))
    assert table(found, "attainments")["Kim"] == 1.05
    assert found.rows[2].paid == -120


def test_formulas_repeats_nobody_and_a_total_are_told_together() -> None:
    found = read("formula_and_duplicates.csv")
    assert keys(found) == ["totals", "repeats"]
    assert [question.lines for question in found.questions] == [(6,), (3, 4)]
    assert [(bad.line, bad.reason[:20]) for bad in found.bad] == [(2, '"actual" must be a n'), (5, "names nobody")]
    assert not found.rows
    added = read("formula_and_duplicates.csv", match=answered(repeats="add", totals="leave out"))
    assert (table(added), table(added, "targets"), keys(added)) == ({"Jo": 250}, {"Jo": 200}, [])
    last = read("formula_and_duplicates.csv", match=answered(repeats="last", totals="leave out"))
    assert table(last) == {"jo": 130} or table(last) == {"Jo": 130}


def test_deals_that_are_won_and_have_an_owner() -> None:
    found = read("hubspot_deals_pounds.csv")
    assert table(found) == {"Jo Field": 1000}
    assert [str(bad) for bad in found.bad] == ["hubspot_deals_pounds.csv line 4: names nobody"]
    assert found.currencies == {"GBP"}


def test_a_report_with_a_total_at_its_end() -> None:
    found = read("salesforce_report_currency_pairs.csv")
    assert keys(found) == ["totals"]
    assert table(found) == {"Jo Field": 1234567, "Sam Hill": -4500}
    assert [bad.line for bad in found.left_out] == [4]


def test_quotas_by_id_and_first_day() -> None:
    found = read("salesforce_forecasting_quota.csv")
    assert not found.questions
    assert found.people == ("0055g00000AAAAA", "0055g00000BBBBB")
    assert sum(row.targets["result"] for row in found.rows) == 184000
    assert [row.period.label for row in found.rows if row.period] == ["2026-01", "2026-02", "2026-01"]


# Shapes


LONG = """Participant Name,Measure Name,Interval Name,Target,Achieved
Jo,Revenue,2026-Q1,"100,000.00","90,000.00"
Jo,Margin,2026-Q1,40,42
Sam,Revenue,2026-Q1,"200,000.00","250,000.00"
"""


def test_a_row_a_person_and_measure() -> None:
    found = read_people(csv(LONG))
    assert not found.questions
    assert [(r.person, dict(r.targets), dict(r.results)) for r in found.rows] == [
        ("Jo", {"revenue": 100_000, "margin": 40}, {"revenue": 90_000, "margin": 42}),
        ("Sam", {"revenue": 200_000}, {"revenue": 250_000}),
    ]


def test_a_measure_twice_is_asked_about() -> None:
    found = read_people(csv(LONG + 'Jo,Revenue,2026-Q1,"1.00","2.00"\n'))
    assert keys(found) == ["repeats"]
    assert found.questions[0].lines == (2, 5)
    assert found.people == ("Sam",)


TARGETS = "quarter,owner_id,target_amount\n2024 Q1,o1,100\n2024 Q1,o2,200\n2024 Q2,o1,150\n"
DEALS = """deal_id,owner_id,close_date,deal_stage,deal_amount
d1,o1,2024-02-03,Closed Won,60.10
d2,o1,2024-03-31,Closed Won,60.20
d3,o1,2024-04-01,Closed Lost,999
d4,o2,2024-06-30,Closed Won,50
"""


def test_targets_and_results_from_two_files() -> None:
    found = read_people(csv(TARGETS, "targets.csv"), csv(DEALS, "deals.csv"))
    rows = {(row.person, row.period.label if row.period else ""): row for row in found.rows}
    assert rows["o1", "2024-Q1"].results == {"result": 120.3}
    assert rows["o2", "2024-Q1"].results == {"result": 0}
    assert rows["o1", "2024-Q2"].results == {"result": 0}
    assert keys(found) == ["no_target.result"]
    assert "o2" in found.questions[0].asks


def test_a_quota_without_a_quarter_holds_for_each() -> None:
    found = read_people(csv("rep_id,quota_quarterly\no1,100\no2,200\n"), csv(DEALS))
    assert [(r.person, r.period.label if r.period else "", r.targets["result"]) for r in found.rows] == [
        ("o1", "2024-Q1", 100),
        ("o2", "2024-Q2", 200),
    ]
    asked = read_people(csv("rep_id,quota\no1,100\no2,200\n"), csv(DEALS))
    assert keys(asked) == ["period"]


def test_a_deal_twice_is_asked_about() -> None:
    again = DEALS + "d1,o1,2024-02-03,Closed Won,60.10\n"
    found = read_people(csv(again))
    assert keys(found) == ["repeats"]
    assert found.questions[0].lines == (2, 6)
    assert table(read_people(csv(again), match=answered(repeats="last")))["o1"] == 120.3


def test_a_stage_that_says_nothing_is_asked_about() -> None:
    found = read_people(csv(DEALS.replace("Closed Won", "Stufe 7")))
    assert keys(found) == ["stage"]
    assert not found.rows
    assert table(read_people(csv(DEALS.replace("Closed Won", "Stufe 7")), match=answered(stage="Stufe 7")))["o2"] == 50


@pytest.mark.parametrize(
    ("headings", "measure"),
    [
        (("Quota", "Actual"), "result"),
        (("Revenue Target", "Revenue Actual"), "revenue"),
        (("Revenue Target", "Actual"), "revenue"),
        (("Sales Quota", "Sales"), "sales"),
        (("Quota", "Units Achieved"), "units"),
        (("Ziel", "Umsatz"), "result"),
        (("Monthly Quota", "Total Sales"), "result"),
        (("Loan Volume Goal", "Loan Volume Actual"), "loan_volume"),
    ],
)
def test_a_target_and_a_result_are_of_one_measure(headings: tuple[str, str], measure: str) -> None:
    found = read_people(csv(f"Rep,{','.join(headings)},Quota Attainment %\nJo,10,9,90%\n"))
    assert not found.questions
    assert found.measures[:1] == (measure,)
    assert [(dict(r.targets), dict(r.results)) for r in found.rows] == [({measure: 10}, {measure: 9})]


# Who is who


def test_a_short_name_is_never_guessed() -> None:
    targets = csv("Rep,Quota\nJo Field,100\nJane Field,200\n", "targets.csv")
    found = read_people(targets, csv("Rep,Actual\nJ. Field,90\nJane Field,50\n", "results.csv"))
    assert keys(found) == ["person.j. field"]
    assert [one.word for one in found.questions[0].answers] == ["Jo Field", "Jane Field", "nobody here"]
    told = answered(**{"person.j. field": "Jo Field"})
    assert table(read_people(targets, csv("Rep,Actual\nJ. Field,90\n"), match=told)) == {
        "Jo Field": 90,
        "Jane Field": None,
    }


def test_two_people_of_one_name_are_two() -> None:
    found = read_people(csv("Rep ID,Rep Name,Quota,Actual\n1,Jo Field,100,90\n2,Jo Field,100,80\n"))
    assert not found.questions
    assert table(found) == {"Jo Field (1)": 90, "Jo Field (2)": 80}


def test_files_with_nobody_in_common_are_asked_about() -> None:
    found = read_people(csv("Rep,Quota\nJo,1\n"), csv("Rep ID,Actual\nx7,1\n"))
    assert "join" in keys(found)


# What is asked


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ('Rep,Quota,Actual\nJo,"1,000","2,000"\n', "decimal"),
        ("Rep,Date,Quota\nJo,01/02/2026,5\nSam,03/04/2026,6\n", "date_order"),
        ("Rep,Quota,Actual\nJo,100,92%\nSam,100,88%\n", "share.Actual"),
        ("Rep,Quota,Actual\nJo,100000,0.92\nSam,100000,1.05\n", "scale.result"),
        ("Rep,Quota,Actual\nJo,$100,£90\n", "currency"),
        ("Rep,Quota,Target\nJo,1,2\n", "column.target.result"),
        ("Rep,Sales Rep,Quota\nJo,A,2\n", "column.person"),
        ("Rep,Quota\nJo,1\nSam,1000000\n", "span.result"),
        ("Rep,Points\nJo,1\n", "role.Points"),
        ("Colour,Quota\nred,1\n", "column.person"),
        ("Rep,Quota,Actual\nJo,tbd,5\n", "role.Quota"),
        ("Rep,Quota,Actual\nJo,10,5\nSam,20,6\nWest,30,11\n", "sum"),
        ("Rep,Quota\nJo,5\nJo\u200b,6\n", "repeats"),
    ],
)
def test_what_can_be_read_in_two_ways_is_asked(text: str, key: str) -> None:
    found = read_people(csv(text))
    assert key in keys(found)
    with pytest.raises(Refused, match="Say in the map"):
        found.refuse_open_questions()


def test_numbers_that_wait_for_an_answer_are_left_out() -> None:
    assert not read_people(csv('Rep,Quota\nJo,"1,000"\n')).rows
    assert table(read_people(csv('Rep,Quota\nJo,"1,000"\n'), match=answered(decimal="point")), "targets") == {
        "Jo": 1000
    }
    assert table(read_people(csv('Rep,Quota\nJo,"1,000"\n'), match=answered(decimal="comma")), "targets") == {"Jo": 1}


def test_a_column_that_is_mostly_no_numbers_is_told_row_by_row() -> None:
    found = read_people(csv("Rep,Quota,Actual\nJo,tbd,5\nSam,tbd,6\nKim,10,7\n"))
    assert [bad.line for bad in found.bad] == [2, 3]
    assert table(found, "targets") == {"Kim": 10}


def test_a_number_that_nothing_holds_is_no_number() -> None:
    found = read_people(csv(f"Rep,Quota\nJo,{'9' * 400}\nSam,5\nKim,1e400\n"))
    assert [bad.line for bad in found.bad] == [2, 4]


def test_a_year_and_a_month_in_two_columns_are_one_period() -> None:
    found = read_people(csv("Rep,Year,Month,Quota\nJo,2026,Jan,5\nJo,2026,Feb,6\n"))
    assert [row.period.label for row in found.rows if row.period] == ["2026-01", "2026-02"]


# What is dropped


def test_what_must_not_be_read_is_dropped() -> None:
    head = "Rep,SSN,Date of Birth,IBAN,Home Address,note,Quota"
    text = f"{head}\nJo,123-45-6789,1990-01-01,GB82WEST12345698765432,Oak 1,078-05-1120,5\n"
    found = read_people(csv(text))
    assert found.dropped == ("SSN", "Date of Birth", "IBAN", "Home Address", "note")
    assert "1990" not in repr(found)
    assert "078-05" not in repr(found)


# With a plan


def test_measures_are_the_kpis_of_a_plan() -> None:
    plan = calc.load("low-ceiling").plan
    found = read_people(csv("Rep,Deals closed quota,Deals,CSAT\nJo,100,90,88\n"), plan=plan)
    assert not found.questions
    assert found.rows[0].results == {"deals": 90, "csat": 88}
    assert found.rows[0].targets == {"deals": 100}
    asked = read_people(csv("Rep,Quota\nJo,100\n"), plan=plan)
    assert keys(asked) == ["role.Quota"]


# The map


def test_a_saved_match_opens_the_next_export_without_a_question() -> None:
    text = 'Who,Rep,Sales Rep,Soll,Actual\nx,Jo,A,"1,000","900"\n'
    asked = read_people(csv(text))
    assert keys(asked) == ["column.person"]
    assert keys(read_people(csv(text), match=answered(**{"column.person": "Rep"}))) == ["decimal"]
    told = answered(**{"column.person": "Rep", "decimal": "point"})
    kept = map_text(read_people(csv(text), match=told).match)
    again = read_people(csv(text.replace("Jo", "Kim")), match=read_map(kept.encode(), "map"))
    assert not again.questions
    assert table(again) == {"Kim": 900}
    assert "Jo" not in kept


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("", "version must be 1"),
        ("version = 2", "version must be 1 .got 2."),
        ("version = 1", "must have a table"),
        ('version = 1\n[[files]]\nshape = "tall"\ncolumns = {}', "shape must be of wide, long, deals .got 'tall'."),
        ('version = 1\n[[files]]\ncolumns = {Rep = "persn"}', "did you mean person"),
        ("version = [", "must be a map file in TOML"),
    ],
)
def test_a_map_that_does_not_hold_is_refused(text: str, says: str) -> None:
    with pytest.raises(Refused, match=says):
        read_map(text.encode(), "team.map")


# What cannot be read at all


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b"", "empty file"),
        (b"\xd0\xcf\x11\xe0" + b"x" * 600, "saved as xlsx or CSV"),
        (b'Rep,Quota\n"Jo,5\n', "line 2 must close the quotes"),
        ("Имя;План\nИван;5\n".encode("cp1251"), "saved as UTF-8"),
        (b"PK\x03\x04nothing", "xlsx file that can be read"),
        (b"PAR1nothing", "Parquet that can be read"),
        (bytes(range(256)) * 8, "must be"),
    ],
)
def test_what_cannot_be_read_is_refused(content: bytes, says: str) -> None:
    with pytest.raises(Refused, match=says):
        read_people(("file", content))


def test_frames_and_tables_are_read_as_files_are() -> None:
    import pandas as pd
    import pyarrow as pa

    columns = {"Rep": ["Jo", "Sam"], "Quota": [100.0, 200.0], "Actual": [90.0, None]}
    for given in (columns, pd.DataFrame(columns), pa.table(columns)):
        assert table(calc.read_people(given)) == {"Jo": 90, "Sam": None}


# Deals that count

MARGINS = """Deal ID,Deal Owner,Close Date,Amount,Margin,Minimum,Type
1,Jo,2026-01-05,80000,65%,60%,New Business
2,Jo,2026-01-06,50000,55%,60%,New Business
3,Jo,2026-01-07,40000,35%,30%,Renewal
"""


@pytest.mark.parametrize(
    ("answers", "amount"),
    [
        ({"where.Margin": ">= Minimum"}, 120_000),
        ({"where.Margin": ">= 60"}, 80_000),
        ({"where.Type": "= renewal"}, 40_000),
        ({"where.Type": "!= Renewal", "where.Amount": "> 50000"}, 80_000),
        ({"value": "count"}, 3),
    ],
)
def test_deals_count_by_their_attributes(answers: dict[str, str], amount: float) -> None:
    assert table(read_people(csv(MARGINS), match=answered(**answers))) == {"Jo": amount}


def test_deals_that_count_are_paid() -> None:
    kpi = {"id": "sales", "target": 300_000, "weight": 1, "curve": {"kind": "band"}}
    plan = calc.Plan.read({"target_incentive": 4000, "kpis": [kpi]})
    read = read_people(csv(MARGINS), plan=plan, match=answered(**{"where.Margin": ">= Minimum"}))
    assert plan.pay([[row.results["sales"]] for row in read.rows]).tolist() == [1600]


def test_a_deal_that_cannot_be_judged_is_told() -> None:
    found = read_people(csv(MARGINS.replace("55%", "tbd")), match=answered(**{"where.Margin": ">= 60"}))
    assert [bad.line for bad in found.bad] == [3]
    with pytest.raises(Refused, match="did you mean Margin"):
        read_people(csv(MARGINS), match=answered(**{"where.Margn": ">= 60"}))
    with pytest.raises(Refused, match="must be a condition"):
        read_people(csv(MARGINS), match=answered(**{"where.Margin": "60 or more"}))


# Workbooks


def workbook(*rows: list[Any], merge: str = "", sheets: tuple[str, ...] = ()) -> tuple[str, bytes]:
    import io

    import openpyxl

    book = openpyxl.Workbook()
    sheet = book.active
    for row in rows:
        sheet.append(row)
    if merge:
        sheet.merge_cells(merge)
    for name in sheets:
        other = book.create_sheet(name)
        for row in rows:
            other.append(row)
    out = io.BytesIO()
    book.save(out)
    return "team.xlsx", out.getvalue()


def test_a_workbook_with_its_headings_in_row_four() -> None:
    rows: list[list[Any]] = [
        ["Sales report"],
        [],
        ["2026"],
        ["Rep", "Quota", "Actual"],
        ["Jo", 1000.5, 900],
        ["Sam", "2,000.50", None],
    ]
    found = read_people(workbook(*rows))
    assert not found.questions
    assert (table(found, "targets"), table(found)) == ({"Jo": 1000.5, "Sam": 2000.5}, {"Jo": 900, "Sam": None})


def test_merged_headings_and_merged_teams() -> None:
    rows: list[list[Any]] = [
        ["", "", "Revenue", ""],
        ["Team", "Rep", "Target", "Actual"],
        ["West", "Jo", 10, 9],
        [None, "Sam", 20, 25],
    ]
    found = read_people(workbook(*rows, merge="C1:D1"))
    assert [(row.person, dict(row.targets), dict(row.results)) for row in found.rows] == [
        ("Jo", {"revenue": 10}, {"revenue": 9}),
        ("Sam", {"revenue": 20}, {"revenue": 25}),
    ]
    found = read_people(workbook(*rows[1:], merge="A2:A3"))
    assert [row.attributes["Team"] for row in found.rows] == ["West", "West"]


def test_a_formula_that_nobody_has_worked_out_is_no_number() -> None:
    found = read_people(workbook(["Rep", "Quota"], ["Jo", "=SUM(1,2)"], ["Sam", 5]))
    assert [(bad.line, "a formula" in bad.reason) for bad in found.bad] == [(2, True)]
    assert table(found, "targets") == {"Sam": 5}


def test_several_sheets_with_people_are_asked_about() -> None:
    given = workbook(["Rep", "Quota"], ["Jo", 5], sheets=("May",))
    found = read_people(given)
    assert keys(found) == ["sheet"]
    assert not found.rows
    assert table(read_people(given, match=answered(sheet="May")), "targets") == {"Jo": 5}
