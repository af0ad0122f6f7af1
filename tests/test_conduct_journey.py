"""What people do follows a handle in a real browser: coarse while it is held, exact once it is let go."""

import re
from collections.abc import Callable
from typing import TYPE_CHECKING

import pytest

from tests.browsing import at_rest
from tests.test_live import chip, grabbed

if TYPE_CHECKING:
    from playwright.sync_api import Page

Visit = Callable[[str], "Page"]
FIGURES = "[...document.querySelectorAll('.of-conduct strong')].map((part) => part.textContent)"
MOVES = "(before) => document.querySelector('.of-conduct strong')?.textContent !== before"
BARS = "[...document.querySelectorAll('.of-conduct .band')].map((bar) => bar.style.left)"


def numbers(page: "Page") -> list[float]:
    """What people sell, are paid, keep, and the time not worth trying."""
    texts: list[str] = page.evaluate(FIGURES)
    return [float("".join(re.findall(r"[\d.]", text))) for text in texts]


@pytest.mark.browser
def test_what_people_do_moves_with_a_handle(visit: Visit) -> None:
    page = visit("?preset=low-ceiling")
    assert page.locator(".of-conduct").count() == 0
    page.get_by_text("What people do under this plan").click()
    page.locator(".of-conduct").wait_for()
    at_rest(page)
    rest, bars = numbers(page), page.evaluate(BARS)
    first = page.evaluate(FIGURES)[0]
    chip(page, "deals.ceiling").scroll_into_view_if_needed()
    x, y = grabbed(page, "deals.ceiling")
    page.mouse.move(x + 60, y)
    page.mouse.move(x + 120, y)
    page.wait_for_function(MOVES, arg=first)
    held = numbers(page)
    assert held[0] > rest[0] + 5
    assert held[3] < rest[3]
    assert page.evaluate(BARS) != bars
    page.mouse.up()
    at_rest(page)
    let_go = numbers(page)
    assert let_go == pytest.approx(held, rel=0.02, abs=2.0)
