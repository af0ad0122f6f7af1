"""A leader with thirty seconds: what is wrong, for whom, what to do; mend it, hand it on, take it back."""

import re
from collections.abc import Callable
from typing import TYPE_CHECKING

import pytest

from tests.browsing import at_rest

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

pytestmark = pytest.mark.browser

Visit = Callable[[str], "Page"]
Settle = Callable[["Page"], None]
UNREACHABLE = "?preset=unreachable-floor"


def read(page: "Page") -> list[str]:
    """All that a reader takes from the page in numbers."""
    found = page.locator(".finding, .figures strong, .card h3").all_inner_texts()
    return [" ".join(text.split()) for text in found]


def in_view(page: "Page") -> str:
    """The words of the findings that lie wholly within the window."""
    inside = """(nodes) => nodes.filter((node) => {
        const box = node.getBoundingClientRect()
        return box.top >= 0 && box.bottom <= window.innerHeight && box.width > 0
    }).map((node) => node.innerText).join(" ")"""
    told: str = page.locator(".finding, .card h3, .card p").evaluate_all(inside)
    return " ".join(told.split())


def points(page: "Page", name: str) -> list[float | None]:
    """The heights of a line in the picture."""
    drawn = "(name) => document.querySelector('.js-plotly-plot').data.find((trace) => trace.name === name).y"
    found: list[float | None] = page.evaluate(drawn, name)
    return found


def test_read_mend_hand_on_and_take_back(visit: Visit, settle: Settle, page: "Page", browser: "Browser") -> None:
    page.set_viewport_size({"width": 1440, "height": 900})
    page = visit(UNREACHABLE)
    at_rest(page)
    first = read(page)
    told = in_view(page)
    assert "Below 70 deals" in told
    assert "93% of the team" in told
    assert "Set a target that 50% to 70% of the team reach" in told
    assert points(page, "before") == []
    page.get_by_role("button", name="Fix it").first.click()
    at_rest(page)
    assert f"{UNREACHABLE}&deals.target=50" in page.url
    strip = page.locator(".mended").inner_text()
    assert re.search(r"Expected cost \$[\d.]+ → \$[\d,]+ per rep and month", strip), strip
    assert 700 in points(page, "before")
    assert page.evaluate("document.querySelector('.js-plotly-plot').data.find((t) => t.name === 'pay').line.color")
    mended = read(page)
    assert mended != first
    fresh = browser.new_context(viewport={"width": 1440, "height": 900}, locale="en-US")
    other = fresh.new_page()
    other.goto(page.url)
    at_rest(other)
    assert read(other) == mended
    fresh.close()
    page.locator(".st-key-undo-mend button").click()
    at_rest(page)
    assert page.url.endswith(UNREACHABLE)
    assert read(page) == first


def test_at_the_same_cost_and_keep(visit: Visit, settle: Settle, page: "Page") -> None:
    page = visit("?preset=low-ceiling")
    at_rest(page)
    page.get_by_role("button", name="Fix it").first.click()
    at_rest(page)
    page.get_by_role("button", name="At the same cost").click()
    at_rest(page)
    assert "the same" in page.locator(".mended").inner_text()
    page.get_by_role("button", name="Keep").click()
    at_rest(page)
    assert page.locator(".mended").count() == 0
    assert points(page, "before") == []


def test_a_card_lights_its_zone(visit: Visit, settle: Settle, page: "Page") -> None:
    page = visit(f"{UNREACHABLE}&along=csat")
    at_rest(page)
    page.get_by_role("button", name="Show").first.click()
    at_rest(page)
    edges = page.evaluate("document.querySelector('.js-plotly-plot').data.find((t) => t.name === 'lit').x")
    assert [min(edges), max(edges)] == [0, 0.7]
