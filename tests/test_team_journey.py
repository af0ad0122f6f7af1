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
