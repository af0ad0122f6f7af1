"""A plan of one's own, built, compared, presented, shared and reopened: by mouse, by keyboard, on a touch screen.

The plan is an account executive's: three measures, a floor, a cap, two accelerators, a gate. The clicks that building
it takes are counted.
"""

import re
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

import pytest

from calc.documents import link
from calc.plan.mechanics import Band
from tests.browsing import settle

if TYPE_CHECKING:
    from playwright.sync_api import Browser, BrowserContext, Locator, Page

    from tests.conftest import Server

pytestmark = pytest.mark.browser

MOST_CLICKS = 25
TABS = 150
"""Presses of the tab key within which everything on the page is reached."""
WHERE = """
one => {
  if (one.querySelector(':focus') ?? one.closest('input:focus, summary:focus, button:focus')) return 'here'
  const host = element => element.getRootNode().host ? host(element.getRootNode().host) : element
  const order = document.activeElement.compareDocumentPosition(host(one))
  return order & Node.DOCUMENT_POSITION_PRECEDING ? 'back' : 'further'
}
"""
"""Whether the focus is on an element, or which way it is to it."""
ROWS: tuple[tuple[tuple[str, str], ...], ...] = (
    (
        ("name", "New ARR"),
        ("target", "$300k"),
        ("weight", "60"),
        ("floor", "40 %"),
        ("ceiling", "250"),
        ("accelerator", "1.5"),
        ("accelerator_2", "2x"),
        ("accelerator_2_from", "130"),
    ),
    (("name", "Multi-year deals"), ("target", "8 deals"), ("weight", "25")),
    (("name", "Customer satisfaction"), ("target", "80 points")),
)


class Mouse:
    """Somebody with a mouse, who types only into what they have clicked."""

    def __init__(self, page: "Page") -> None:
        self.page, self.clicks = page, 0

    def press(self, place: "Locator") -> None:
        self.clicks += 1
        place.scroll_into_view_if_needed()
        place.click()

    def fill(self, place: "Locator", text: str) -> None:
        self.press(place)
        self.page.keyboard.type(text)


class Touch(Mouse):
    """Somebody with a phone."""

    def press(self, place: "Locator") -> None:
        self.clicks += 1
        place.scroll_into_view_if_needed()
        place.tap()


class Keys(Mouse):
    """Somebody with a keyboard and nothing else."""

    def press(self, place: "Locator") -> None:
        self.clicks += 1
        if place.get_attribute("role") == "radio":  # one of a group, in which the arrows move
            self.reach(place.locator("xpath=ancestor::*[@role='radiogroup']"))
            self.page.keyboard.press("ArrowRight")
            self.page.keyboard.press("Space")
        else:
            self.reach(place)
            self.page.keyboard.press("Enter")

    def fill(self, place: "Locator", text: str) -> None:
        self.reach(place)
        self.page.keyboard.type(text)

    def reach(self, place: "Locator") -> None:
        """Goes there by the tab key, back where it lies further up the page."""
        for _ in range(TABS):
            where = place.evaluate(WHERE) if place.count() else "further"
            if where == "here":
                return
            self.page.keyboard.press("Shift+Tab" if where == "back" else "Tab")
        pytest.fail(f"{place} is not reached by the tab key")


HANDS: dict[str, tuple[type[Mouse], dict[str, Any]]] = {
    "mouse": (Mouse, {"viewport": {"width": 1440, "height": 900}}),
    "keyboard": (Keys, {"viewport": {"width": 1440, "height": 900}}),
    "touch": (Touch, {"viewport": {"width": 390, "height": 844}, "has_touch": True, "is_mobile": True}),
}


@pytest.fixture(params=HANDS)
def hand(request: pytest.FixtureRequest, browser: "Browser", server: "Server") -> Iterator[Mouse]:
    """A page in somebody's hand, on which nothing goes wrong."""
    kind, options = HANDS[request.param]
    start, wrong = server.log.stat().st_size, list[str]()
    context: BrowserContext = browser.new_context(base_url=server, locale="en-US", **options)
    page = context.new_page()
    page.on("pageerror", lambda error: wrong.append(str(error)))
    page.on("console", lambda said: wrong.append(said.text) if said.type == "error" else None)
    page.goto("/?preset=unreachable-floor")
    settle(page)
    yield kind(page)
    context.close()
    assert not wrong, wrong
    assert not server.errors(start), server.errors(start)


def cell(page: "Page", row: int, column: str) -> "Locator":
    return page.locator(".sheet .row:not(.heads)").nth(row).locator(f".field.{column} input")


def begin(hand: Mouse) -> None:
    """From blank, with the hand on the title."""
    page = hand.page
    hand.press(page.get_by_role("radio", name="Edit", exact=True))
    settle(page)
    hand.press(page.get_by_role("button", name="Start from blank"))
    settle(page)
    page.wait_for_function("document.activeElement?.shadowRoot?.activeElement?.id === 'f-title'")


def build(hand: Mouse) -> None:
    """The account executive's plan."""
    page = hand.page
    page.keyboard.type("AE plan 2027")
    hand.fill(page.get_by_label("Base pay", exact=True), "25,000")
    hand.fill(page.get_by_label("Target pay", exact=True), "25k")
    for number, row in enumerate(ROWS):
        cells = list(row)
        if number:
            hand.press(page.get_by_role("button", name="Add a measure"))
            settle(page)
            page.wait_for_function(
                "number => document.activeElement?.shadowRoot?.activeElement?.value === `Measure ${number}`",
                arg=number + 1,
            )
            page.keyboard.type(cells.pop(0)[1])
        for column, text in cells:
            hand.fill(cell(page, number, column), text)
    hand.press(page.get_by_text("Gates", exact=True).or_(page.get_by_role("button", name="Gates")).first)
    settle(page)
    hand.press(page.get_by_role("button", name="Add a gate"))
    settle(page)


def test_an_own_plan_is_built_compared_presented_shared_and_reopened(hand: Mouse, browser: "Browser") -> None:
    page = hand.page
    begin(hand)
    build(hand)
    assert hand.clicks <= MOST_CLICKS
    preset = opened(page)
    built(preset)
    assert page.get_by_text("On-target earnings $50,000 a quarter, pay mix 50/50").is_visible()

    hand.press(page.get_by_role("button", name="Compare", exact=True))
    settle(page)
    hand.fill(page.get_by_label("Target pay", exact=True), "30k")
    page.keyboard.press("Enter")
    settle(page)
    page.locator(".against").first.wait_for()
    assert opened(page).plan.target_incentive == 30_000

    hand.press(page.get_by_role("button", name="Present", exact=True))
    settle(page)
    page.wait_for_url("**present=1")
    assert page.get_by_text("AE plan 2027").first.is_visible()
    page.keyboard.press("Escape")
    page.wait_for_url(re.compile(r"^(?!.*present=).*$"))
    settle(page)

    hand.press(page.get_by_role("button", name="Share", exact=True))
    page.get_by_role("button", name="Copy link").wait_for()
    shared = page.get_by_test_id("stCode").inner_text().replace("\n", "")
    assert shared == page.url
    reopened(browser, shared, page)


def opened(page: "Page") -> Any:
    """The plan in the address."""
    page.locator(".sheet[aria-busy=true]").wait_for(state="detached")
    settle(page)
    return link.decode_link(urlsplit(page.url).query).view.preset


def built(preset: Any) -> None:
    plan = preset.plan
    assert (preset.title, plan.base_pay, plan.target_incentive) == ("AE plan 2027", 25_000, 25_000)
    assert [(kpi.label, kpi.target, kpi.unit, kpi.weight) for kpi in plan.kpis] == [
        ("New ARR", 300_000, "USD", 0.6),
        ("Multi-year deals", 8, "deals", 0.25),
        ("Customer satisfaction", 80, "points", 0.15),
    ]
    band = plan.kpis[0].curve
    assert isinstance(band, Band)
    assert (band.floor, band.ceiling, band.accelerator, band.accelerator_2) == (0.4, 2.5, 1.5, 2)
    assert (band.accelerator_2_from, band.accelerator_of) == (1.3, "rate_below_target")
    assert [gate.kpi for gate in plan.gates] == [plan.kpis[2].id]


def reopened(browser: "Browser", address: str, page: "Page") -> None:
    """On another machine the link opens the same plan and the same numbers."""
    there = browser.new_context(viewport={"width": 1440, "height": 900}, locale="en-US")
    other = there.new_page()
    other.goto(address)
    settle(other)
    assert figures(other) == figures(page)
    there.close()


def figures(page: "Page") -> str:
    return " ".join(page.locator(".figures").first.inner_text().split())


# Kept in the browser


def test_plans_are_kept_and_opened_again_in_another_tab(hand: Mouse) -> None:
    page = hand.page
    begin(hand)
    page.keyboard.type("Kept plan")
    hand.press(page.get_by_role("button", name="Keep in this browser"))
    page.get_by_role("button", name="Kept", exact=True).wait_for()
    settle(page)
    other = page.context.new_page()
    other.goto("/?preset=sound-plan")
    settle(other)
    theirs = type(hand)(other)
    theirs.press(
        other.get_by_role("radio", name="Edit", exact=True).or_(other.get_by_role("button", name="Edit")).first
    )
    settle(other)
    theirs.press(other.get_by_role("button", name="Your plans"))
    theirs.press(other.locator("[class*=st-key-kept-open]").get_by_role("button"))
    settle(other)
    assert opened(other).title == "Kept plan"


BROKEN: dict[str, Callable[[], tuple[str, str]]] = {
    "full": lambda: (
        "Storage.prototype.setItem = () => { throw new DOMException('', 'QuotaExceededError') }",
        "no room left",
    ),
    "blocked": lambda: (
        "Object.defineProperty(window, 'localStorage', { get() { throw new DOMException('', 'SecurityError') } })",
        "does not let the page keep anything",
    ),
    "hostile": lambda: (
        "localStorage.setItem('flatline.plans', JSON.stringify({ flatline_plans: 1, plans: [null, { id: '<b>' }] }))",
        "plan 1 must have a name and a text",
    ),
}


@pytest.mark.parametrize("kind", BROKEN)
def test_a_store_that_fails_is_said_in_a_sentence(
    kind: str, page: "Page", visit: Callable[[str], "Page"], settle: Callable[["Page"], None]
) -> None:
    script, says = BROKEN[kind]()
    page.add_init_script(script)
    visit("?preset=sound-plan")
    page.get_by_text("Edit", exact=True).first.click()
    settle(page)
    if kind != "hostile":
        page.get_by_role("button", name="Keep in this browser").click()
        settle(page)
    page.get_by_role("button", name="Your plans").click()
    page.get_by_text(says).first.wait_for()
    settle(page)
