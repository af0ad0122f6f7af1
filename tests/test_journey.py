"""Journeys through the app in a real browser: what a hand does, what the eye sees, and what the address says."""

import re
from collections.abc import Callable
from typing import TYPE_CHECKING
from urllib.parse import parse_qsl, urlsplit

import pytest

from tests.browsing import at_rest

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Locator, Page

pytestmark = pytest.mark.browser

Visit = Callable[[str], "Page"]
Settle = Callable[["Page"], None]
UNREACHABLE = "?preset=unreachable-floor"


def slider(page: "Page", path: str) -> "Locator":
    return page.locator(f"[class*='-{path.replace('.', '-')}'] input[type=range]").first


def pressed(page: "Page", settle: Settle, path: str, key: str, times: int = 1, gap: int = 30) -> None:
    slider(page, path).focus()
    for _ in range(times):
        page.keyboard.press(key)
        page.wait_for_timeout(gap)
    at_rest(page)


def query(page: "Page") -> dict[str, str]:
    return dict(parse_qsl(urlsplit(page.url).query))


def numbers(page: "Page") -> list[str]:
    return page.locator(".figures strong").all_inner_texts()


def sentence(page: "Page") -> str:
    return page.locator(".finding").inner_text()


def labels(page: "Page") -> list[str]:
    """The words on the picture."""
    texts: list[str] = page.evaluate(
        "document.querySelector('.js-plotly-plot')._fullLayout.annotations.map((a) => a.text)"
    )
    return [re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", text)).strip() for text in texts]


def test_the_floor_moves_the_zero_zone_and_the_address_follows(
    visit: Visit, settle: Settle, browser: "Browser"
) -> None:
    page = visit(UNREACHABLE)
    at_rest(page)
    assert "Below 70 deals this plan pays nothing" in sentence(page)
    assert any("below 70 deals" in label for label in labels(page))
    steps = page.evaluate("history.length")
    pressed(page, settle, "deals.floor", "ArrowLeft", times=10)
    assert "Below 60 deals this plan pays nothing" in sentence(page)
    assert any("below 60 deals" in label for label in labels(page))
    assert query(page) == {"preset": "unreachable-floor", "deals.floor": "0.6"}
    assert page.evaluate("history.length") == steps
    fresh = browser.new_context(viewport={"width": 1280, "height": 900}, locale="en-US")
    other = fresh.new_page()
    other.goto(page.url)
    at_rest(other)
    assert sentence(other) == sentence(page)
    assert numbers(other) == numbers(page)
    assert labels(other) == labels(page)
    fresh.close()


@pytest.mark.parametrize("gap", [5, 30, 80])
def test_no_fast_change_is_lost(visit: Visit, settle: Settle, gap: int) -> None:
    page = visit(UNREACHABLE)
    pressed(page, settle, "deals.floor", "ArrowLeft", times=10, gap=gap)
    assert query(page) == {"preset": "unreachable-floor", "deals.floor": "0.6"}
    pressed(page, settle, "deals.floor", "ArrowRight", times=10, gap=gap)
    assert query(page) == {"preset": "unreachable-floor"}


def test_a_fast_weight_leaves_the_plan_whole(visit: Visit, settle: Settle) -> None:
    page = visit("?preset=sound-plan")
    pressed(page, settle, "revenue.weight", "ArrowRight", times=10)
    assert query(page) == {"preset": "sound-plan", "revenue.weight": "0.7", "margin.weight": "0.3"}
    assert "made room" in page.locator("body").inner_text()
    page.get_by_role("button", name="Undo").click()
    at_rest(page)
    assert "margin.weight" not in query(page) or float(query(page)["margin.weight"]) > 0.3


def test_a_reload_shows_the_same(visit: Visit, settle: Settle) -> None:
    page = visit(UNREACHABLE)
    pressed(page, settle, "deals.floor", "ArrowLeft", times=3)
    pressed(page, settle, "at.deals", "ArrowLeft", times=5)
    before = (page.url, sentence(page), numbers(page))
    page.reload()
    at_rest(page)
    assert (page.url, sentence(page), numbers(page)) == before


def test_undo_and_reset(visit: Visit, settle: Settle) -> None:
    page = visit(UNREACHABLE)
    pressed(page, settle, "deals.floor", "Home")
    assert query(page)["deals.floor"] == "0"
    page.get_by_role("button", name="Reset").click()
    at_rest(page)
    assert query(page) == {"preset": "unreachable-floor"}
    assert float(slider(page, "deals.floor").input_value()) == 0.7
    page.get_by_role("button", name="Undo").click()
    at_rest(page)
    assert query(page)["deals.floor"] == "0"


def test_two_windows_do_not_touch_each_other(visit: Visit, settle: Settle) -> None:
    page = visit(UNREACHABLE)
    at_rest(page)
    other = page.context.new_page()
    other.goto(f"/{UNREACHABLE}")
    at_rest(other)
    pressed(other, settle, "deals.floor", "Home")
    assert query(page) == {"preset": "unreachable-floor"}
    pressed(page, settle, "deals.floor", "End")
    assert query(other)["deals.floor"] == "0"
    assert query(page)["deals.floor"] == "1"


def test_the_page_comes_to_rest(visit: Visit, settle: Settle) -> None:
    """The address is written without asking for another run: after the page has settled, nothing is sent."""
    sent: list[object] = []
    page = visit("")
    page.on("websocket", lambda socket: socket.on("framesent", lambda data: sent.append(data)))
    page.reload()
    at_rest(page)
    before = len(sent)
    page.wait_for_timeout(1500)
    assert len(sent) == before


def test_a_preset_is_chosen_from_the_list(visit: Visit, settle: Settle) -> None:
    page = visit(UNREACHABLE)
    page.get_by_role("combobox").first.click()
    page.keyboard.type("From 200")  # a list that scrolls under the pointer is no place to aim at
    page.get_by_role("option", name="From 200 pieces on, nothing more").click()
    at_rest(page)
    assert query(page) == {"preset": "low-ceiling"}
    assert "From 200 pieces on, pay stays at" in sentence(page)


MARKUP = "%3Cb%3E%24x%24%20%5Bwin%5D(https%3A%2F%2Fevil.example)%20www.evil.example%20%3Ared%5By%5D"


def test_a_strangers_name_is_shown_as_it_is(visit: Visit, settle: Settle) -> None:
    page = visit(f"{UNREACHABLE}&deals.name={MARKUP}&deals.unit=%3Ci%3E*u*")
    at_rest(page)
    page.get_by_text("The whole plan").click()
    at_rest(page)
    main = page.get_by_test_id("stMain")
    assert main.locator("a:visible").count() == 0
    assert main.locator(".katex, b:has-text('win'), i:has-text('u')").count() == 0
    assert "[win](https://evil.example)" in main.inner_text().replace("\u2060", "")


@pytest.mark.parametrize("width", [390, 768, 1280, 1440])
@pytest.mark.parametrize("name", ["unreachable-floor", "step-bonus", "sound-plan", "retroactive-tiers", "talk-time"])
def test_no_label_is_covered_or_cut_off(visit: Visit, settle: Settle, page: "Page", name: str, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 900})
    page = visit(f"?preset={name}")
    at_rest(page)
    boxes = page.evaluate(
        """() => {
          const plot = document.querySelector('.js-plotly-plot').getBoundingClientRect()
          const texts = [...document.querySelectorAll('.js-plotly-plot :is(.annotation-text, .xtick text)')]
          const edges = (r) => [r.left, r.top, r.right, r.bottom]
          const box = (e) => [...edges(e.getBoundingClientRect()), e.textContent]
          return { plot: edges(plot), texts: texts.map(box) }
        }"""
    )
    left, top, right, bottom = boxes["plot"]
    for i, (a_left, a_top, a_right, a_bottom, text) in enumerate(boxes["texts"]):
        assert left - 1 <= a_left, text
        assert a_right <= right + 1, text
        assert top - 1 <= a_top, text
        assert a_bottom <= bottom + 1, text
        for b_left, b_top, b_right, b_bottom, other in boxes["texts"][:i]:
            apart = a_right <= b_left or b_right <= a_left or a_bottom <= b_top or b_bottom <= a_top
            assert apart, f"{text!r} covers {other!r}"
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")


def test_on_a_phone_the_picture_stays_while_the_controls_scroll(visit: Visit, settle: Settle, page: "Page") -> None:
    page.set_viewport_size({"width": 390, "height": 844})
    page = visit(UNREACHABLE)
    at_rest(page)
    page.get_by_text("The whole plan").scroll_into_view_if_needed()
    page.wait_for_timeout(200)
    box = page.locator(".st-key-picture").bounding_box()
    assert box is not None
    assert -1 <= box["y"] < 100
    assert box["height"] <= 430
