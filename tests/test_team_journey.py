"""A team in a real browser: brought, looked at, dragged, hidden; nothing of it leaves the session that brought it."""

import os
import re
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from calc.documents import planfile
from calc.documents.link import View
from tests.browsing import at_rest, settle
from ui.number_format import Formats
from ui.report.page import report_page

if TYPE_CHECKING:
    from playwright.sync_api import Page

ROOT = Path(__file__).resolve().parent.parent
Visit = Callable[[str], "Page"]
CANARY, AMOUNT = "Zyxwen Quillbrook", "87.4321"
"""A name and a result that stand nowhere else."""
TEAM = (
    "Rep,Deals closed quota,Deals closed,Csat\n"
    f"{CANARY},100,{AMOUNT},85\n"
    "Ann Field,100,64,85\nBo Marsh,100,68,85\nCy Heath,100,110,85\nTotal,400,329,\n"
)
PLACE_OF_DOT = """
(name) => {
  const plot = document.querySelector(".js-plotly-plot")
  plot.scrollIntoView({ block: "center" })
  const { x, y, text } = plot._fullData.find((one) => one.name === "people")
  const n = text.findIndex((one) => one.startsWith(name))
  const { xaxis, yaxis } = plot._fullLayout
  const { left, top } = plot.getBoundingClientRect()
  return [left + xaxis._offset + xaxis.d2p(x[n]), top + yaxis._offset + yaxis.d2p(y[n])]
}
"""
NOTES = "() => [...document.querySelectorAll('.flatline-people span')].map((one) => one.textContent)"
FIGURES = "() => [...document.querySelectorAll('.flatline-people strong')].map((one) => one.textContent)"


def bring(page: "Page", text: str) -> None:
    """Open the drawer of the team and bring a file."""
    page.locator(".st-key-drawer-people summary").first.click()
    settle(page)
    page.get_by_text("Bring a file of your people").click()
    given: Any = {"name": "team.csv", "mimeType": "text/csv", "buffer": text.encode()}
    page.locator("[class*=st-key-people-files] input[type=file]").set_input_files([given])
    page.locator(".flatline-people").wait_for()
    settle(page)


def test_people_are_brought_asked_about_dragged_and_hidden(visit: Visit) -> None:
    page = visit("?preset=unreachable-floor")
    bring(page, TEAM)
    assert "4 people from team.csv" in page.locator(".st-key-team").inner_text()
    assert "Are these rows totals of the others?" in page.locator(".st-key-people-questions").inner_text()
    before = page.evaluate(FIGURES)
    assert before[1] == "50%"
    chip = page.locator('.flatline-picture .chip[data-path="deals.floor"]')
    chip.scroll_into_view_if_needed()
    box = chip.bounding_box()
    assert box is not None
    x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    page.mouse.move(x, y)
    page.mouse.down()
    page.wait_for_timeout(1500)
    page.mouse.move(x - 80, y, steps=8)
    page.wait_for_function(f"(was) => ({FIGURES})()[1] !== was", arg=before[1], timeout=10_000)
    held = page.evaluate(FIGURES)
    page.mouse.up()
    at_rest(page)
    assert held[1] == page.evaluate(FIGURES)[1] == "0%"
    assert held[5] == page.evaluate(FIGURES)[5] == "2 · 0"
    page.get_by_text("Hide names").click()
    settle(page)
    assert "Ann Field" not in page.locator(".stApp").inner_text()


def test_a_question_is_answered_a_dot_chosen_plans_compared_quotas_set_and_saved(visit: Visit) -> None:
    page = visit("?preset=reachable-plan")
    bring(page, TEAM.replace("329,", "329,85"))
    choose(page, "people-questions", "they are people")
    assert page.locator(".st-key-people-questions").count() == 0
    assert page.evaluate(NOTES)[0] == "5 people"
    x, y = page.evaluate(PLACE_OF_DOT, "Cy Heath")
    page.mouse.move(x - 2, y)
    page.mouse.move(x, y)
    page.locator(".hoverlayer").get_by_text("Cy Heath").wait_for()
    page.mouse.click(x, y)
    page.locator("dl.person").get_by_text("110 deals").wait_for()
    settle(page)
    page.get_by_role("button", name="Compare").first.click()
    settle(page)
    page.locator(".st-key-picture").get_by_text("against plan A").wait_for()
    floor = page.locator("[class*=st-key-][class*=-deals-floor] input[type=range]").first
    floor.focus()
    floor.press("End")
    at_rest(page)
    page.locator(".st-key-people-more").get_by_text("What keeps somebody whole").click()
    settle(page)
    told = page.locator(".st-key-team").inner_text()
    assert "can come there" in told
    assert re.search(rf"{CANARY}\s+87.43 deals\s+100 deals", told)
    page.locator(".st-key-drawer-people-quotas summary").click()
    settle(page)
    page.locator(".st-key-people-equal button").click()
    at_rest(page)
    page.locator(".st-key-people-quotas-back").wait_for()
    page.locator(".st-key-drawer-people-match summary").click()
    settle(page)
    with page.expect_download() as saved:
        page.get_by_role("button", name="Save the match").click()
    match = Path(saved.value.path()).read_text()
    assert '"Deals closed quota" = "target.deals"' in match
    assert "keep" in match
    assert CANARY not in match


def choose(page: "Page", key: str, answer: str) -> None:
    """Answer the first question of a part of the page."""
    box = page.locator(f".st-key-{key} input").first
    box.scroll_into_view_if_needed()
    settle(page)
    box.press("ArrowDown")
    page.get_by_role("option", name=answer).click()
    settle(page)


def test_nothing_of_the_people_leaves_their_session(visit: Visit, server: Any) -> None:
    page = visit("?preset=unreachable-floor")
    bring(page, TEAM)
    drawn = "() => JSON.stringify(document.querySelector('.js-plotly-plot').data.map((one) => one.text))"
    assert CANARY in page.evaluate(drawn)
    at_rest(page)
    assert not re.search("Zyxwen|Quillbrook|87.4321", page.url)
    stored = page.evaluate("() => JSON.stringify([{...localStorage}, {...sessionStorage}, document.cookie])")
    assert not re.search("Zyxwen|Quillbrook|87.4321", stored)
    other = visit("?preset=unreachable-floor")
    other.locator(".st-key-drawer-people summary").first.click()
    settle(other)
    assert "Nobody is named yet" in other.locator(".st-key-team").inner_text()
    assert not re.search("Zyxwen|87.4321", other.content())
    assert not re.search("Zyxwen|87.4321", server.log.read_text(errors="replace"))
    for folder in (ROOT / "static", ROOT / ".streamlit", Path.home() / ".streamlit", server.log.parent):
        for path in folder.rglob("*") if folder.exists() else ():
            if path.is_file() and os.access(path, os.R_OK):
                assert b"Zyxwen" not in path.read_bytes(), path
    preset = planfile.load_preset("unreachable-floor")
    assert CANARY not in report_page(View(preset, "unreachable-floor"), Formats(), "", date(2026, 11, 28))


@pytest.fixture(autouse=True)
def quiet(server: Any) -> None:
    """The log of this server is looked at whole."""
    assert server.log.exists()
