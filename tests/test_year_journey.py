"""The year in a real browser: opened, a month is pulled, the rest follows in the hand, and the link keeps it."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from tests.browsing import settle

if TYPE_CHECKING:
    from playwright.sync_api import Page

Visit = Callable[[str], "Page"]
SAYS = "document.querySelector('.flatline-year .says').textContent"


def test_a_month_is_pulled_and_the_year_follows(visit: Visit) -> None:
    page = visit("?preset=held-back-deals")
    page.locator(".st-key-drawer-year summary").first.click()
    page.locator(".flatline-year svg text").first.wait_for()
    settle(page)
    assert "In all $28,650" in page.locator(".flatline-year .says").inner_text()
    march = page.locator('.flatline-year [data-month="2"]')
    march.scroll_into_view_if_needed()
    place = march.bounding_box()
    assert place is not None
    middle = place["x"] + place["width"] / 2
    page.mouse.move(middle, place["y"] + place["height"] - 12)
    page.mouse.down()
    page.mouse.move(middle, place["y"] + 20, steps=6)
    page.wait_for_function(f"{SAYS}.startsWith('March: ') && {SAYS}.includes('the next deal $250')")
    assert "rep_year" not in page.url
    page.mouse.up()
    page.wait_for_function("location.search.includes('rep_year.deals=14,26,')")
    settle(page)
    hand = page.locator('.flatline-year input[type="range"]').nth(2)
    hand.focus()
    page.keyboard.press("Home")
    page.wait_for_function("location.search.includes('rep_year.deals=14,26,0,')")
    settle(page)
    assert page.locator(".flatline-year [data-nothing]").count() == 0
