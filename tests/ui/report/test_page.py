"""The report, the payout table and the code: pure text, in which a stranger's words are never more than text."""

import csv
import io
import json
import re
from datetime import date
from html.parser import HTMLParser
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from calc.diagnosis.diagnose import diagnose_preset
from calc.documents import link, planfile
from calc.documents.link import View
from calc.plan.plan import Plan
from tests.strategies import Document, examples, plans, stands
from ui.number_format import Formats
from ui.report import page, qr, table
from ui.report.table import TABLE_HEADS, harmless_cell
from ui.report.words.plan_in_words import plan_in_words
from ui.text.findings import sentence_in_words

DAY = date(2026, 11, 24)
VOID = {"meta", "br", "link", "img", "path", "rect", "polyline", "polygon"}
EVIL = "</script><script>alert(1)</script><img src=x onerror=alert(2)>"


class Outline(HTMLParser):
    """The elements of a page: whether each is closed, headings in order, what is loaded, what is said."""

    def __init__(self, text: str) -> None:
        super().__init__(convert_charrefs=True)
        self.open: list[str] = []
        self.seen: list[tuple[str, dict[str, str | None]]] = []
        self.levels: list[int] = []
        self.words: list[str] = []
        self.scripts: list[str] = []
        self.feed(text)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.seen.append((tag, dict(attrs)))
        self.levels += [int(tag[1])] if re.fullmatch("h[1-6]", tag) else []
        self.open += [tag] if tag not in VOID else []

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.seen.append((tag, dict(attrs)))

    def handle_endtag(self, tag: str) -> None:
        if tag not in VOID:
            assert self.open, tag
            assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        inside = self.open[-1] if self.open else ""
        (self.scripts if inside == "script" else self.words if inside != "style" else []).append(data)

    @property
    def text(self) -> str:
        return re.sub(r"\s+", " ", "".join(self.words))


def report(view: View, address: str | None = None) -> str:
    """The report of a view, without the script that draws."""
    plan = view.preset.plan
    where = address if address is not None else f"https://flatline.example/{link.encode_view(view)}"
    return page.report_page(view, Formats("en_US", plan.currency, plan.minor), where, DAY)


@pytest.fixture(autouse=True)
def no_plotly(monkeypatch: pytest.MonkeyPatch) -> None:
    """A report without the five megabytes that draw it."""
    monkeypatch.setattr("plotly.offline.get_plotlyjs", lambda: "/* plotly */")


def preset_view(name: str, **changes: Any) -> View:
    preset = planfile.load_preset(name)
    return View(link.set_terms(preset, changes), name)


@pytest.mark.parametrize("name", planfile.preset_names())
def test_the_report_of_a_preset_is_whole(name: str) -> None:
    view = preset_view(name)
    outline = Outline(report(view))
    assert not outline.open
    assert dict(outline.seen)["html"] == {"lang": "en"}
    assert outline.levels[0] == 1
    assert outline.levels.count(1) == 1
    assert all(after <= before + 1 for before, after in zip(outline.levels, outline.levels[1:], strict=False))
    for tag, attributes in outline.seen:
        assert tag not in ("link", "iframe", "object", "embed", "form")
        assert not {"src", "srcset", "action"} & set(attributes)
        assert tag != "th" or attributes.get("scope") in ("col", "row")
        assert attributes.get("role") != "img" or len(attributes.get("aria-label") or "") > 5
    said = outline.text
    formats = Formats("en_US", view.preset.plan.currency, view.preset.plan.minor)
    assert view.preset.title in said
    assert view.preset.description in said
    for finding in diagnose_preset(view.preset):
        for sentence in (finding.title, finding.says, finding.do):
            assert re.sub(r"\s+", " ", sentence_in_words(sentence, formats)) in said
        assert finding.source in said
    for part in plan_in_words(view.preset.plan, formats):
        for told in part.sentences:
            assert re.sub(r"\s+", " ", told) in said
    assert f"https://flatline.example/?preset={name}" in said
    assert "November 24, 2026" in said


@pytest.mark.parametrize("name", planfile.preset_names())
def test_its_pictures_are_figures_that_can_be_read_back(name: str) -> None:
    outline = Outline(report(preset_view(name)))
    held = [attributes["data-for"] for tag, attributes in outline.seen if tag == "script" and "data-for" in attributes]
    places = [attributes["id"] for tag, attributes in outline.seen if "id" in attributes and tag == "div"]
    assert held == places
    figures = [json.loads(text) for text in outline.scripts[: len(held)]]
    assert figures
    for figure in figures:
        assert {"data", "layout"} == set(figure)
        assert any("You" in note["text"] for note in figure["layout"]["annotations"])


@examples(30)
@given(plans(), st.data())
def test_any_plan_has_its_report(drawn: tuple[Document, Plan], data: st.DataObject) -> None:
    document, plan = drawn
    preset = planfile.load_preset("sound-plan").changed(plan=plan)
    outline = Outline(report(View(preset, at=data.draw(stands(document)))))
    assert not outline.open
    assert "The plan in words" in outline.text
    assert "nan" not in re.sub(r"[Ff]inan", "", outline.text)


def evil() -> View:
    preset = link.set_terms(
        planfile.load_preset("gate-and-modifier"), {"revenue.name": EVIL, "csat.unit": "<b>&amp;</b>"}
    )
    preset = preset.changed(title=EVIL, description=EVIL, source=EVIL)
    return View(preset, against=View(preset))


def test_what_a_stranger_wrote_is_text() -> None:
    outline = Outline(report(evil()))
    assert not outline.open
    assert EVIL in outline.text
    assert "<b>&amp;</b>" in outline.text
    scripts = [attributes for tag, attributes in outline.seen if tag == "script"]
    assert len(scripts) == len(outline.scripts)
    assert all("data-for" in attributes for attributes in scripts[:-2])
    assert not any(tag in ("img", "b") for tag, _ in outline.seen)
    assert not any(name.startswith("on") for _, attributes in outline.seen for name in attributes)
    for text in outline.scripts[:-2]:
        assert not re.search("[<>&]", text)


def test_an_address_is_text_and_nothing_but_a_link() -> None:
    outline = Outline(report(preset_view("sound-plan"), 'https://x.example/?a="><script>alert(1)</script>'))
    links = [attributes for tag, attributes in outline.seen if tag == "a"]
    assert links == [{"href": 'https://x.example/?a="><script>alert(1)</script>'}]


def test_the_same_view_gives_the_same_report() -> None:
    assert report(preset_view("sound-plan")) == report(preset_view("sound-plan"))


def test_where_the_rep_stands_and_the_changes_are_in_it() -> None:
    view = preset_view("unreachable-floor", **{"deals.floor": 0.6})
    text = Outline(report(View(view.preset, view.base, {"deals": 118.0}))).text
    assert "Below 60 deals it pays nothing." in text
    assert "from 118 deals" in text
    assert "at.deals=118" in text


def test_a_pinned_plan_stands_beside() -> None:
    view = preset_view("low-ceiling")
    other = preset_view("low-ceiling", **{"plan.target_incentive": 150.0})
    text = Outline(report(View(view.preset, view.base, against=other))).text
    assert "Beside the other plan" in text
    assert "100%$150$100−$50" in text.replace(" ", "")
    assert "Beside the other plan" not in Outline(report(view)).text


def test_a_plan_too_large_for_a_link_says_so() -> None:
    text = Outline(report(preset_view("sound-plan"), "https://x.example/?v=2&x=" + "a" * 9000)).text
    assert "This plan is too large for a link; its plan file opens it." in text
    assert "aaaaaaaa" not in text


def test_what_people_do_is_told_with_its_band_and_its_limits() -> None:
    said = Outline(report(preset_view("low-ceiling"))).text
    for part in ("What people do", "These people sell", "245 pieces", "three readings of the evidence", "no forecast"):
        assert part in said
    assert "What people do" not in Outline(report(preset_view("calls-not-sales"))).text.replace(
        "told what people do", ""
    )


def test_it_names_nobody() -> None:
    document = planfile.plan_document(planfile.load_preset("sound-plan"))
    document["reps"] = [{"name": "Ann Somebody", "results": {"revenue": 123456}}]
    assert "Somebody" not in report(View(planfile.parse_plan(document)))


# The code


def test_a_code_is_dark_on_white_with_a_quiet_zone() -> None:
    text = qr.draw_code("https://flatline.example/?preset=sound-plan")
    assert text is not None
    assert text.startswith("<svg ")
    size = int(re.search(r'viewBox="0 0 (\d+) \1"', text)[1])  # type: ignore[index]
    assert (size - 2 * qr.QUIET - 17) % 4 == 0
    assert re.search(r"#fff\b|#ffffff", text, re.IGNORECASE)
    assert re.search(r"#000\b|#000000", text)
    assert "width=" not in text.partition(">")[0].replace("stroke-width", "")


def test_a_link_that_nobody_could_scan_has_no_code() -> None:
    assert qr.draw_code("x" * qr.MAX_CODE_LETTERS) is not None
    assert qr.draw_code("x" * (qr.MAX_CODE_LETTERS + 1)) is None


# The payout table


def cells(plan: Plan, at: dict[str, float]) -> list[dict[str, str]]:
    content = table.csv_of(plan, at)
    assert content.startswith(b"\xef\xbb\xbf")
    text = content.decode("utf-8-sig")
    assert text.endswith("\r\n")
    assert text.count("\n") == text.count("\r\n")
    rows = list(csv.DictReader(io.StringIO(text, newline="")))
    assert tuple(rows[0]) == TABLE_HEADS
    return rows


@examples(40)
@given(plans(), st.data())
def test_every_number_of_the_table_is_the_engines(drawn: tuple[Document, Plan], data: st.DataObject) -> None:
    document, plan = drawn
    at = data.draw(stands(document))
    for row in cells(plan, at):
        kpi = plan.kpi(row["KPI"].lstrip("'"))
        result, unit = float(row["Result"]), 0.51 * 10**-plan.minor
        standing = [result if k.id == kpi.id else at.get(k.id, k.target) for k in plan.kpis]
        onward = [x + kpi.sign * float(row["Next step"]) * (k is kpi) for k, x in zip(plan.kpis, standing, strict=True)]
        assert float(row["Attainment (1 = target)"]) == pytest.approx(kpi.attainment(result), abs=1e-8)
        assert float(row["Pay of the whole plan"]) == pytest.approx(plan.pay(standing), abs=unit)
        assert float(row["Pay for this KPI"]) == pytest.approx(plan.split(standing)[plan.ids.index(kpi.id)], abs=unit)
        gain = plan.pay(onward) - plan.pay(standing)
        assert float(row["Pay for the next step"]) == pytest.approx(gain, abs=unit)


def test_the_table_has_both_sides_of_a_jump_and_goes_beyond_the_last_break() -> None:
    rows = [row for row in cells(planfile.load_preset("unreachable-floor").plan, {}) if row["KPI"] == "Deals closed"]
    found = {float(row["Result"]): row for row in rows}
    assert [found[69.0]["Pay of the whole plan"], found[70.0]["Pay of the whole plan"]] == ["0.00", "700.00"]
    assert [found[69.0]["Here"], found[70.0]["Here"], found[200.0]["Here"]] == ["pays nothing", "climbs", "no more"]
    assert {5.0 * i for i in range(41)} <= set(found)
    assert max(found) > 200


@pytest.mark.parametrize("name", planfile.preset_names())
def test_a_row_says_what_the_next_step_does(name: str) -> None:
    plan = planfile.load_preset(name).plan
    for row in cells(plan, {}):
        onward, pay = float(row["Pay for the next step"]), float(row["Pay of the whole plan"])
        assert row["Here"] != "pays nothing" or pay >= 0
        assert row["Here"] != "climbs" or onward >= 0, row


FORMULAS = [
    "=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "\n=1", "  =1", '"=1"', "'=1", "＝1", "＋1", "－1", "＠x", "−1",
     "\u200b=1", "\ufeff=1", "|calc", "%0a", " \t@x",
]  # fmt: skip


@pytest.mark.parametrize("text", FORMULAS)
def test_a_cell_that_a_spreadsheet_would_run_is_made_harmless(text: str) -> None:
    assert harmless_cell(text) == f"'{text}"


@pytest.mark.parametrize("text", ["Deals", "", "3 = 3", "R&D", "a-b", "ünits", "(=)"])
def test_any_other_cell_stays_what_it_is(text: str) -> None:
    assert harmless_cell(text) == text


@pytest.mark.parametrize(
    "name", ["a;=SUM(1);", "a\t=1+1", "x,=1", "a; +1", 'a";=1;"', 'a;"=1"', "a;\u200b=1", "a|@x", "-1"]
)
@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_no_name_is_a_formula_wherever_a_spreadsheet_parts_cells(name: str, delimiter: str) -> None:
    preset = link.set_terms(planfile.load_preset("sound-plan"), {"revenue.name": name, "margin.unit": name})
    text = table.csv_of(preset.plan, {}).decode("utf-8-sig")
    for row in csv.reader(io.StringIO(text, newline=""), delimiter=delimiter):
        for cell in row:
            bare = cell.strip("\"' \u200b") if not cell.startswith("'") else ""
            assert not bare.startswith(("=", "+", "@")), cell
    assert all(line.startswith('"') for line in text.splitlines()), "text is quoted"


def test_a_name_that_is_a_formula_stays_a_name_in_the_file() -> None:
    preset = link.set_terms(
        planfile.load_preset("sound-plan"), {"revenue.name": '=cmd|"/c calc"!A0', "margin.unit": "@x"}
    )
    rows = cells(preset.plan, {})
    assert rows[0]["KPI"] == '\'=cmd|"/c calc"!A0'
    assert {row["Unit"] for row in rows if row["KPI"] == "Gross margin"} == {"'@x"}
    for row in rows:
        for head in TABLE_HEADS[2:5]:
            float(row[head])
