"""Compare: a plan pinned as A, and B beside it: who gains, who loses, what changed; and the pair in one link."""

import html
import json
import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qsl, urlsplit

import pytest
from streamlit.testing.v1 import AppTest

from calc.documents import link, planfile
from calc.outcomes.difference import pay_difference
from calc.outcomes.impact import measure_impact, settle_people
from tests.browsing import at_rest
from ui.session import store

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

ROOT = Path(__file__).resolve().parent.parent
Visit = Callable[[str], "Page"]
Settle = Callable[["Page"], None]


# In Streamlit's own harness


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> None:
    """Time goes on ten seconds between two changes, so that each is a move of its own."""
    ticks = iter(range(0, 10**9, 10))
    monkeypatch.setattr(store, "now", lambda: float(next(ticks)))


def opened(query: str, *drawers: str) -> AppTest:
    app = AppTest.from_file(str(ROOT / "app.py"), default_timeout=60)
    for name, value in parse_qsl(query.lstrip("?"), keep_blank_values=True):
        app.query_params[name] = value
    for drawer in drawers:
        app.session_state[drawer] = True
    return calm(app.run())


def calm(app: AppTest) -> AppTest:
    assert not app.exception, app.exception
    assert not app.error, [e.value for e in app.error]
    return app


def bare(markup: str) -> str:
    return html.unescape(" ".join(re.sub("<[^>]+>", " ", markup).split()))


def part(app: AppTest, name: str) -> str:
    return " ".join(bare(block.value) for block in app.html if f'class="{name}' in block.value)


def figure(app: AppTest) -> dict[str, Any]:
    live = [p for p in app.get("bidi_component") if p.proto.component_name == "flatline_picture"]
    shown = json.loads(live[0].proto.json)["figure"] if live else json.loads(app.get("plotly_chart")[0].proto.spec)
    found: dict[str, Any] = shown
    return found


def trace(app: AppTest, name: str) -> dict[str, Any]:
    found: dict[str, Any] = next(one for one in figure(app)["data"] if one["name"] == name)
    return found


PAIRS = [
    "?preset=open-top&A.preset=low-ceiling",
    "?preset=sound-plan&revenue.ceiling=1.7&A.preset=sound-plan",
    "?preset=marginal-tiers&A.preset=retroactive-tiers",
    "?preset=talk-time&talk_time.target=6&along=talk_time&A.preset=talk-time",
    "?preset=weighted-score&A.preset=sound-plan",
    "?preset=talk-time&A.preset=two-way-matrix",
    "?preset=sound-plan&A.preset=talk-time",
    "?preset=sound-plan&along=all&revenue.floor=0.6&A.preset=sound-plan",
    "?preset=sound-plan&along=all&revenue.target=90000&A.preset=sound-plan",
]


@pytest.mark.parametrize("query", PAIRS)
def test_every_pair_is_told_with_its_changes(query: str) -> None:
    app = opened(query)
    assert part(app, "against")
    assert "Plan A" in part(app, "pinned")
    assert part(app, "scroll").count("What changed") >= 1
    keys = [e.key for e in app.expander if e.key and re.search(r"-pinned-(changes|numbers)$", e.key)]
    calm(opened(query, *keys))


@pytest.mark.parametrize("name", planfile.preset_names())
def test_every_plan_stands_beside_the_one_before_it(name: str) -> None:
    names = planfile.preset_names()
    opened(f"?preset={name}&A.preset={names[names.index(name) - 1]}")


def test_the_strip_shows_the_exact_difference_and_the_sentences_its_numbers() -> None:
    app = opened(PAIRS[0])
    a, b = planfile.load_preset("low-ceiling"), planfile.load_preset("open-top")
    gap = pay_difference(a.plan, b.plan, "deals", {})
    shown = trace(app, "difference")
    for x, y in zip(shown["x"], shown["y"], strict=True):
        assert y == pytest.approx(gap(b.plan.kpi("deals").result(x)))
    assert shown["yaxis"] == "y2"
    found = settle_people(a, b)
    told = part(app, "against")
    assert f"{measure_impact(found.a, found.b).more:.0%} earn more" in told
    assert "From 200 pieces on" in part(app, "along")
    assert "Nobody is taken to sell more or less because of it" in told
    assert "240 pieces is 240% of plan A's target and 100% of plan B's" in told
    assert "Pays no more from 200 pieces on: 74% of the team" in told
    assert "Ceiling of pieces sold 200% none" in part(app, "scroll")


def test_what_cannot_be_compared_says_why_and_shows_both() -> None:
    app = opened(PAIRS[6])
    assert "Plan A pays in GBP and plan B in EUR" in part(app, "against")
    assert trace(app, "before")["x"] == []
    assert "Target incentive of the plan £500 €4,500" in part(app, "scroll")
    assert "different targets" in part(opened(PAIRS[8]), "along")


@pytest.mark.usefixtures("clock")
def test_the_pin_holds_until_it_is_taken_out() -> None:
    app = opened("?preset=low-ceiling")
    assert part(app, "pinned") == ""
    calm(app.button(key="compare").click().run())
    assert "the same so far" in part(app, "pinned")
    assert part(app, "against") == ""
    floor = next(s for s in app.slider if re.search(r"-deals-floor(-\d+)?$", s.key or ""))
    calm(floor.set_value(0.4).run())
    assert "Floor of pieces sold 0% 40%" in part(app, "scroll")
    calm(app.button(key="swap").click().run())
    assert "Floor of pieces sold 40% 0%" in part(app, "scroll")
    calm(app.button(key="pin-this").click().run())
    assert "the same so far" in part(app, "pinned")
    calm(app.button(key="unpin").click().run())
    assert part(app, "pinned") == ""
    calm(app.button(key="undo").click().run())
    assert part(app, "pinned") != ""


def test_one_line_at_a_time_the_pinned_plan_first() -> None:
    query = "?preset=low-ceiling&A.preset=sound-plan"
    app = opened(query.replace("sound-plan", "unreachable-floor"), "drawer-low-ceiling-cured")
    words = [note["text"] for note in figure(app)["layout"]["annotations"]]
    assert any("plan B minus plan A" in text for text in words)
    alone = opened("?preset=low-ceiling", "drawer-low-ceiling-cured")
    words = [note["text"] for note in figure(alone)["layout"]["annotations"]]
    assert any("fixed plan minus this plan" in text for text in words)


def test_a_strangers_titles_and_names_are_text() -> None:
    own = planfile.load_preset("sound-plan").changed(title="<b>$x$</b> [win](x)")
    other = link.set_terms(own, {"revenue.name": "<i>R&D</i>", "revenue.ceiling": 1.7})
    app = opened(link.encode_view(link.View(other, against=link.View(own))))
    markup = " ".join(block.value for block in app.html)
    assert "<i>R&D" not in markup
    assert "<b>$x$" not in markup
    assert "&lt;i&gt;R&amp;D" in markup


# The link


def test_a_pair_with_three_changes_each_is_a_short_link() -> None:
    view = link.decode_link(
        "?preset=sound-plan&revenue.ceiling=1.7&revenue.weight=0.55&margin.weight=0.45"
        "&A.preset=sound-plan&A.revenue.floor=0.35&A.margin.ceiling=2.5&A.plan.target_incentive=4200"
    ).view
    query = link.encode_view(view)
    assert len(query) < 400
    assert link.decode_link(query).view == view


def test_the_command_line_reads_plan_b() -> None:
    command = [sys.executable, "-m", "calc", "check", "--json"]
    pair, alone = (
        subprocess.run([*command, query], cwd=ROOT, capture_output=True, text=True, check=True).stdout
        for query in ("?preset=low-ceiling&A.preset=open-top", "?preset=low-ceiling")
    )
    assert pair == alone


# In a real browser


def clicked(page: "Page", settle: Settle, name: str) -> None:
    page.locator(f".st-key-{name} button").first.click()
    at_rest(page)


def read(page: "Page") -> list[str]:
    """All that a reader takes from the page in numbers, of both plans."""
    found = page.locator(".finding, .figures dd, .along, .pinned span, .against p, table.changes td").all_inner_texts()
    return [" ".join(text.split()) for text in found]


def heights(page: "Page", name: str) -> list[float | None]:
    drawn = "(name) => document.querySelector('.js-plotly-plot').data.find((trace) => trace.name === name).y"
    found: list[float | None] = page.evaluate(drawn, name)
    return found


@pytest.mark.browser
def test_pin_go_on_swap_share_and_end(visit: Visit, settle: Settle, browser: "Browser") -> None:
    page = visit("?preset=low-ceiling")
    at_rest(page)
    clicked(page, settle, "compare")
    assert dict(parse_qsl(urlsplit(page.url).query)) == {"preset": "low-ceiling", "A.preset": "low-ceiling"}
    page.locator("[class*='-deals-ceiling'] input[type=range]").first.focus()
    for _ in range(20):
        page.keyboard.press("ArrowLeft")
        page.wait_for_timeout(20)
    at_rest(page)
    assert "deals.ceiling=1.8&A.preset=low-ceiling" in page.url
    assert min(y for y in heights(page, "difference") if y is not None) == pytest.approx(-20)
    assert 200 in heights(page, "before")
    page.get_by_role("combobox").first.click()
    page.keyboard.type("open at the top")
    page.get_by_role("option", name="The plan set right, and open at the top").click()
    at_rest(page)
    assert "preset=open-top&A.preset=low-ceiling" in page.url
    assert "From 200 pieces on" in " ".join(read(page))
    clicked(page, settle, "swap")
    swapped = read(page)
    assert "$1.20 less with every further piece" in " ".join(swapped)
    fresh = browser.new_context(viewport={"width": 1280, "height": 900}, locale="en-US")
    other = fresh.new_page()
    other.goto(page.url)
    at_rest(other)
    assert read(other) == swapped
    assert heights(other, "difference") == heights(page, "difference")
    fresh.close()
    clicked(page, settle, "unpin")
    assert page.locator(".pinned, .against").count() == 0
    assert heights(page, "before") == []
    assert "A." not in urlsplit(page.url).query
    clicked(page, settle, "undo")
    assert read(page) == swapped


LOWER = """() => {
  const pay = document.querySelector('.js-plotly-plot').data.find((trace) => trace.name === 'pay').y
  return Math.max(...pay.filter((y) => y !== null)) < 190
}"""
"""The line follows the handle: what it needs for that has come, however busy the machine is."""


@pytest.mark.browser
def test_plan_a_holds_still_while_a_handle_is_dragged(visit: Visit, settle: Settle, page: "Page") -> None:
    """From the moment of the pin on, when both lines are one: A's stays and B's moves, with their difference."""
    page = visit("?preset=low-ceiling&A.preset=low-ceiling")
    at_rest(page)
    box = page.locator(".flatline-picture .chip[data-path='deals.ceiling']").bounding_box()
    assert box is not None
    x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    before = heights(page, "before")
    page.mouse.move(x, y)
    page.mouse.down()
    page.mouse.move(x - 80, y, steps=8)
    page.wait_for_function(LOWER, timeout=30_000)
    assert heights(page, "before") == before
    assert max(y for y in before if y is not None) == 200
    assert max(y for y in heights(page, "pay") if y is not None) < 190
    assert min(y for y in heights(page, "difference") if y is not None) < -10
    page.mouse.up()
    at_rest(page)
    assert "A.preset=low-ceiling" in page.url
    assert "deals.ceiling=" in page.url
