"""Accessibility by axe-core, in both themes and on a phone: nothing serious that is ours. And nobody else is asked.

What Streamlit itself draws is on a list with a reason; everything beyond it fails.
"""

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Any

import pytest
from axe_playwright_python.sync_playwright import Axe

from tests.browsing import at_rest

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

    from tests.conftest import Server

pytestmark = pytest.mark.browser

Settle = Callable[["Page"], None]
SERIOUS = {"serious", "critical"}
STREAMLITS: dict[str, tuple[str, str]] = {}
"""Rules that Streamlit breaks by itself: the part of the page, and why it is not ours to mend. None is needed today."""

SICK = "?preset=unreachable-floor"
LAPTOP, PHONE = {"width": 1280, "height": 900}, {"width": 390, "height": 844}


def ours(page: "Page") -> list[str]:
    """What axe finds serious, without what is known to be Streamlit's own."""
    response = Axe().run(page, options={"resultTypes": ["violations"]}).response
    return [
        f"{rule['id']} ({rule['impact']}): {node['target']} {node['html'][:200]} {node.get('failureSummary', '')[:300]}"
        for rule in response["violations"]
        for node in rule["nodes"]
        if rule["impact"] in SERIOUS and not _streamlits(rule["id"], node)
    ]


def _streamlits(rule: str, node: dict[str, Any]) -> bool:
    return rule in STREAMLITS and STREAMLITS[rule][0] in f"{node['target']} {node['html']}"


@pytest.fixture(params=[("light", LAPTOP), ("dark", LAPTOP), ("dark", PHONE)], ids=["light", "dark", "phone"])
def window(request: pytest.FixtureRequest, browser: "Browser", server: "Server") -> Iterator["Page"]:
    """A window in one of the themes, which notes whom it asks for anything."""
    theme, size = request.param
    context = browser.new_context(base_url=server, color_scheme=theme, viewport=size, locale="en-US")
    page = context.new_page()
    asked: list[str] = []
    page.on("request", lambda one: asked.append(one.url))
    yield page
    context.close()
    strangers = [url for url in asked if url.startswith("http") and not url.startswith(server)]
    assert not strangers, f"a visitor's browser is sent to others: {strangers}"


def states(page: "Page", settle: Settle) -> Iterator[tuple[str, "Page"]]:
    """The main states of the page, one after the other."""
    page.goto(f"/{SICK}&A.preset=reachable-plan")
    at_rest(page)
    yield "a sick plan beside another", page
    for _ in range(2):  # a drawer that opens may bring others
        page.evaluate("document.querySelectorAll('details:not([open]) > summary').forEach((one) => one.click())")
        settle(page)
    yield "all drawers open", page
    for name in ("Story", "Share", "Why"):
        button = page.get_by_role("button", name=name, exact=True).first
        if button.count():
            button.click()
            settle(page)
            yield name, page
            page.keyboard.press("Escape")
    page.locator(".st-key-situations button").first.click()
    page.get_by_role("dialog").wait_for()
    settle(page)
    yield "the gallery", page
    page.goto(f"/{SICK}&present=2")
    settle(page)
    yield "a presentation", page


def test_nothing_serious_is_ours(window: "Page", settle: Settle) -> None:
    wrong = {name: found for name, page in states(window, settle) if (found := ours(page))}
    assert not wrong, "\n".join(f"{name}: {one}" for name, found in wrong.items() for one in found)


def test_what_is_amiss_is_seen(browser: "Browser") -> None:
    page = browser.new_page()
    page.set_content("<button></button><p style='color: #bbb; background: #fff'>Hard to read</p>")
    assert {one.partition(" ")[0] for one in ours(page)} >= {"button-name", "color-contrast"}
    page.close()
