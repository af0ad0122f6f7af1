"""Names with controls of direction, of no width, and of nothing, in every place where a document takes a text."""

import csv
import html
import io
import json
import re
import unicodedata
from collections.abc import Iterator
from datetime import date
from typing import Any

from calc.diagnosis.diagnose import diagnose_preset
from calc.documents import planfile
from calc.documents.link import View
from calc.documents.planfile import Preset
from calc.plan.visible_text import FIRST_STRONG_ISOLATE, POP_ISOLATE
from ui.charts.axes import Stage
from ui.charts.figure import stage_figure
from ui.charts.palette import LIGHT_PALETTE
from ui.model.profile import Scene
from ui.number_format import Formats
from ui.report import page, share, table
from ui.report.markup import plan_html
from ui.report.words.plan_in_words import plan_in_words
from ui.text.findings import headline_of, in_html, sentence_in_words
from ui.text.words import describe_picture

CONTROLS = (
    *"\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\u200e\u200f\u061c",
    *"\u200b\u200c\u200d\u2060\ufeff\u00ad\u180e\u034f\u3164",
    *"\x00\x07\x1b\x7f\x85\u2028\u2029\ufffe\U000e0041",
)
MEANT = {FIRST_STRONG_ISOLATE, POP_ISOLATE, "\u2060", "\ufeff"}
"""What the page itself sets: isolates, in pairs, joiners that keep Markdown from reading a name, the mark of a CSV."""
HEBREW = "\u05e2\u05e1\u05e7\u05d0\u05d5\u05ea"


def document(text: str) -> dict[str, Any]:
    """A plan that holds, with a text wherever one may stand."""
    kpi = {"target": 100, "unit": text[:40], "curve": {"kind": "band", "floor": 0.7, "ceiling": 1.5}}
    kpis = [{**kpi, "id": f"k{i}", "name": f"{text}{i}"[:80], "weight": 0.5} for i in range(2)]
    story = {"title": text[:120], "description": f"{text}. {text}", "source": text}
    reps = [{"name": text[:80], "results": {"k0": 1}}]
    gates = [{"kpi": "k1", "at_least": 0.9, "closes": "k0", "keeps": 0.5}]
    return {
        **story,
        "plan": {"target_incentive": 1000},
        "kpis": kpis,
        "gates": gates,
        "team": {"size": 9, "spread": 0.2},
        "reps": reps,
    }


def preset(text: str) -> Preset:
    return planfile.parse_plan(document(text))


def places(one: Preset) -> Iterator[tuple[str, str]]:
    """Every place where a name is shown, and what it shows."""
    formats, view = Formats("en_US", one.plan.currency), View(one)
    scene = Scene(one.plan, one.plan.ids[0], {}, one.team)
    found = diagnose_preset(one)
    said = tuple(sentence_in_words(sentence, formats) for sentence in headline_of(one, found))
    yield (
        "picture",
        json.dumps(stage_figure(Stage(scene, scene, formats, LIGHT_PALETTE)), ensure_ascii=False, default=str),
    )
    yield "picture in words", describe_picture(scene, said, formats)
    yield "findings", " ".join(in_html(part, formats) for f in found for part in (f.title, f.says))
    whole = page.report_page(view, formats, "https://example.org/", date(2026, 11, 27))
    yield "report", html.unescape(re.sub(r"(?s)<script.*?</script>", "", whole))
    yield "plan in words", plan_html(plan_in_words(one.plan, formats), 2)
    yield "payout table", table.csv_of(one.plan, {}).decode("utf-8-sig")
    yield "file name", share.file_name(view)
    yield "plan file", planfile.dumps(one)


def unseen(text: str) -> set[str]:
    """What cannot be seen in a text, but for what the page sets there itself."""
    hidden = {letter for letter in text if unicodedata.category(letter) in ("Cc", "Cf", "Cn")}
    fillers = set("\u034f\u3164\u2028\u2029") & set(text)
    return (hidden | fillers) - MEANT - set("\r\n\t")


def unbalanced(text: str) -> bool:
    """Whether an isolate is not ended in the word that it begins."""
    depth = 0
    for sign in re.findall(f"[{FIRST_STRONG_ISOLATE}{POP_ISOLATE}]", text):
        depth += 1 if sign == FIRST_STRONG_ISOLATE else -1
        if depth not in (0, 1):
            return True
    return depth != 0


def wrong(text: str) -> list[str]:
    """The places where a name shows what it must not."""
    return [where for where, shown in places(preset(text)) if unseen(shown) or unbalanced(shown)]


FORMULAS = ("=SUM(1)", "a;=SUM(1);", "a,=SUM(1),", "a\t@x", "+1", " =1+1", '"=1')
"""Names that a spreadsheet takes for a formula, by themselves or where it parts cells at another sign."""


def is_formula(name: str) -> bool:
    """Whether the payout table has a cell that a spreadsheet would work out, whatever sign it parts cells at."""
    text = table.csv_of(preset(name).plan, {}).decode("utf-8-sig")
    cells = (
        cell for sign in ",;\t" for row in csv.reader(io.StringIO(text, newline=""), delimiter=sign) for cell in row
    )
    return any(cell.strip("\"' \u200b").startswith(("=", "+", "@")) and not cell.startswith("'") for cell in cells)


def run(seed: int, count: int) -> dict[str, int]:
    """Names with each control at each end, in the middle, and beside letters of both directions."""
    del seed
    names = [f"{a}{c}{b}" for c in CONTROLS for a, b in (("", "De"), ("De", ""), ("De", "als"), ("De", HEBREW))]
    names = [*FORMULAS, *names][:count]
    bad = [name for name in names if wrong(name) or is_formula(name)]
    return {"shown as they are read": len(names) - len(bad), "wrong": len(bad)}
