"""What outlasts a window, a server and a fast hand: the desk comes back, and nobody meets another's."""

import random
import tomllib
from collections.abc import Callable
from typing import TYPE_CHECKING

import pytest

from tests.browsing import at_rest
from tests.conftest import ROOT
from tests.test_journey import numbers, pressed, query, sentence, slider

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

    from tests.conftest import Restartable, Server

pytestmark = pytest.mark.browser

Visit = Callable[[str], "Page"]
Settle = Callable[["Page"], None]
UNREACHABLE = "?preset=unreachable-floor"


def test_two_windows_do_not_touch_each_other(
    visit: Visit, settle: Settle, browser: "Browser", server: "Server"
) -> None:
    one = visit(UNREACHABLE)
    at_rest(one)
    fresh = browser.new_context(base_url=server, viewport={"width": 1280, "height": 900}, locale="en-US")
    for other in (one.context.new_page(), fresh.new_page()):  # beside it in one browser, and on another machine
        before = numbers(one), sentence(one), query(one)
        other.goto(f"/{UNREACHABLE}&at.deals=130")
        at_rest(other)
        pressed(other, settle, "deals.floor", "ArrowLeft", times=2)
        assert query(other) == {"preset": "unreachable-floor", "deals.floor": "0.68", "at.deals": "130"}
        assert (numbers(one), sentence(one), query(one)) == before
        pressed(one, settle, "deals.floor", "ArrowRight")
        assert query(one)["deals.floor"] != "0.68"
        assert "Below 68 deals" in sentence(other)
    fresh.close()


def test_a_server_that_starts_again_finds_the_page_as_it_was(
    browser: "Browser", restartable: "Restartable", settle: Settle
) -> None:
    page = browser.new_context(viewport={"width": 1280, "height": 900}, locale="en-US").new_page()
    page.goto(f"{restartable.address}?preset=low-ceiling&A.preset=open-top&at.deals=140")
    at_rest(page)
    pressed(page, settle, "deals.ceiling", "ArrowLeft", times=3)
    before, told, shown = numbers(page), sentence(page), query(page)
    assert shown == {"preset": "low-ceiling", "deals.ceiling": "1.97", "at.deals": "140", "A.preset": "open-top"}
    restartable.end()
    page.locator("[data-testid=stApp]:not([data-test-connection-state=CONNECTED])").wait_for()
    restartable.start()
    at_rest(page)
    assert (numbers(page), sentence(page), query(page)) == (before, told, shown)
    pressed(page, settle, "deals.ceiling", "ArrowLeft")
    assert query(page) == {**shown, "deals.ceiling": "1.96"}
    page.context.close()


def test_a_page_that_was_put_to_sleep_wakes_up(visit: Visit, settle: Settle) -> None:
    page = visit(UNREACHABLE)
    pressed(page, settle, "deals.floor", "ArrowLeft", times=3)
    devtools = page.context.new_cdp_session(page)
    devtools.send("Page.setWebLifecycleState", {"state": "frozen"})
    devtools.send("Page.setWebLifecycleState", {"state": "active"})
    pressed(page, settle, "deals.floor", "ArrowLeft")
    assert query(page) == {"preset": "unreachable-floor", "deals.floor": "0.66"}
    assert "Below 66 deals" in sentence(page)


def test_a_fast_hand_on_a_slow_machine_breaks_nothing(visit: Visit, settle: Settle) -> None:
    page = visit("?preset=hundred-kpis")
    at_rest(page)
    page.context.new_cdp_session(page).send("Emulation.setCPUThrottlingRate", {"rate": 3})
    dice = random.Random(3)
    slider(page, "orders.floor").focus()
    for key in ("ArrowRight", "ArrowLeft"):
        for _ in range(25):
            page.keyboard.press(key)
            page.wait_for_timeout(dice.randint(5, 40))
    at_rest(page)
    assert page.locator("[data-testid=stApp]").get_attribute("data-test-connection-state") == "CONNECTED"
    assert query(page) == {"preset": "hundred-kpis"}


def test_every_message_is_sent_whole() -> None:
    config = tomllib.loads((ROOT / ".streamlit/config.toml").read_text(encoding="utf-8"))
    assert config["global"]["minCachedMessageSize"] >= 1e9, (
        "under fast changes a browser that has thrown a message away breaks the connection, too seldom to wait for"
    )
