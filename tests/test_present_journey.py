"""A leader in front of a room: from a sick plan to its cure by keys alone, and back to the very same page."""

import re
from collections.abc import Callable
from typing import TYPE_CHECKING

import pytest

from ui.components.mounting import GONE
from ui.presentation.keys import KEYS_FOLDER

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

pytestmark = pytest.mark.browser

Visit = Callable[[str], "Page"]
Settle = Callable[["Page"], None]
SICK = "?preset=unreachable-floor&at.deals=80"
LEFT = re.compile(re.escape(SICK) + "$")
STEPS = 8
BETWEEN = 50
"""Between two keys of somebody in a hurry [ms]."""


def at_step(page: "Page", settle: Settle, step: int) -> None:
    """Waits until a step is on the screen, in the foot and in the address."""
    page.locator(".flatline-keys .count", has_text=f"Step {step} of {STEPS}").wait_for()
    page.wait_for_url(f"**present={step}")
    settle(page)


def message(page: "Page") -> str:
    told: str = page.locator(".step h1").inner_text()
    return " ".join(told.split())


def heard(page: "Page") -> str:
    return page.locator(".flatline-keys [role=status]").text_content() or ""


def line(page: "Page", name: str) -> list[float | None]:
    drawn = "(name) => document.querySelector('.js-plotly-plot').data.find((trace) => trace.name === name).x"
    found: list[float | None] = page.evaluate(drawn, name)
    return found


def box(page: "Page", place: str) -> tuple[int, ...]:
    found = page.locator(place).first.bounding_box()
    assert found is not None
    return tuple(round(found[side]) for side in ("x", "y", "width", "height"))


def test_by_keys_from_a_sick_plan_to_its_cure_and_back(visit: Visit, settle: Settle, page: "Page") -> None:
    page.set_viewport_size({"width": 1440, "height": 900})
    page = visit(SICK)
    page.locator(".js-plotly-plot .main-svg").first.wait_for()
    page.get_by_role("button", name="Present").click()
    at_step(page, settle, 1)
    assert message(page) == "The floor nobody reaches"
    assert page.locator(".flatline-keys:focus-within, .flatline-keys:focus").count() == 1
    page.keyboard.press("ArrowRight")
    at_step(page, settle, 2)
    page.locator(".js-plotly-plot .main-svg").first.wait_for()
    page.evaluate("window.drawing = document.querySelector('.js-plotly-plot')")
    places = box(page, ".st-key-shot"), box(page, ".flatline-keys")
    page.keyboard.press("PageDown")
    at_step(page, settle, 3)
    assert message(page) == "Pays nothing below 70 deals: 93% of the team"
    assert heard(page) == "Step 3 of 8. Pays nothing below 70 deals: 93% of the team"
    edges = [x for x in line(page, "lit") if x is not None]
    assert [min(edges), max(edges)] == [0, 0.7]
    page.keyboard.press("End")
    at_step(page, settle, STEPS)
    page.keyboard.press("ArrowLeft")
    at_step(page, settle, STEPS - 1)
    assert message(page) == "A plan within reach"
    assert "Alarms 4 → 0" in page.locator(".telling").inner_text()
    assert line(page, "before")
    assert page.evaluate("window.drawing === document.querySelector('.js-plotly-plot')")
    assert (box(page, ".st-key-shot"), box(page, ".flatline-keys")) == places
    size = page.locator(".step h1").evaluate("(node) => parseFloat(getComputedStyle(node).fontSize)")
    assert size >= 40
    enlarged = page.locator(".flatline-picture .plot").evaluate("(node) => node.style.transform")
    assert float(enlarged.removeprefix("scale(").removesuffix(")")) > 1.4
    page.keyboard.press("Escape")
    page.locator(".finding").wait_for()
    page.wait_for_url(LEFT)
    settle(page)
    assert page.locator(".st-key-presenting").count() == 0
    page.wait_for_function("document.activeElement.innerText === 'Present'")


def test_fast_keys_end_at_the_right_step(visit: Visit, settle: Settle, page: "Page") -> None:
    page = visit(f"{SICK}&present=1")
    at_step(page, settle, 1)
    for _ in range(4):
        page.keyboard.press("ArrowRight")
        page.wait_for_timeout(BETWEEN)
    at_step(page, settle, 5)
    assert message(page).startswith("Asks for 100 deals")
    for key in ["ArrowRight"] * 10 + ["ArrowLeft"] * 4:
        page.keyboard.press(key)
        page.wait_for_timeout(BETWEEN)
    at_step(page, settle, 4)
    assert message(page).startswith("Jumps by $700")
    page.keyboard.press("Escape")
    page.keyboard.press("ArrowRight")
    page.locator(".finding").wait_for()
    page.wait_for_url(LEFT)


FOOT = """async (js) => {
  document.body.innerHTML = '<div id="place"></div>'
  const module = await import(URL.createObjectURL(new Blob([js], { type: 'text/javascript' })))
  window.sent = []
  const data = { step: 4, steps: 8, told: '', back: '#none', answered: 0 }
  window.call = (change) => module.default({ data: { ...data, ...change }, parentElement: place,
    setTriggerValue: (name, said) => sent.push(said) })
  call({})
}"""
"""The foot of a presentation on a page of its own, at step 4, with what it asks its server."""


def test_a_browser_that_is_busy_for_seconds_forgets_no_key(page: "Page", server: str) -> None:
    """The time for an answer may be over before the browser reads the answer that is there."""
    js = GONE + (KEYS_FOLDER / "keys.js").read_text("utf-8")
    assert "const ANSWER = 5000" in js
    page.goto(f"{server}_stcore/health")
    page.evaluate(FOOT, js.replace("const ANSWER = 5000", "const ANSWER = 100"))
    page.keyboard.press("Escape")
    page.wait_for_function("sent.length > 1")
    page.keyboard.press("ArrowRight")
    page.wait_for_function("sent.length > 2")
    page.evaluate("call({ answered: sent.at(-1).turn })")
    assert {said["step"] for said in page.evaluate("sent")} == {0}
    page.evaluate("call({ step: 3, answered: sent.at(-1).turn })")
    page.wait_for_timeout(800)
    asked = page.evaluate("sent.length")
    assert asked < 12, "it asks on and on"
    page.keyboard.press("ArrowRight")
    assert page.evaluate("[sent.length, sent.at(-1).step]") == [asked + 1, 4]


def test_on_a_phone_by_finger(visit: Visit, settle: Settle, browser: "Browser", page: "Page") -> None:
    visit(SICK)
    context = browser.new_context(viewport={"width": 390, "height": 844}, has_touch=True, is_mobile=True)
    phone = context.new_page()
    phone.goto(f"{page.url}&present=2")
    at_step(phone, settle, 2)
    swiped = """([from, to]) => {
      const told = (name, x) => {
        const finger = new Touch({ identifier: 1, target: document.body, clientX: x, clientY: 300 })
        const touches = name === "touchend" ? [] : [finger]
        document.body.dispatchEvent(new TouchEvent(name, { touches, changedTouches: [finger], bubbles: true }))
      }
      told("touchstart", from)
      told("touchend", to)
    }"""
    phone.evaluate(swiped, [300, 100])
    at_step(phone, settle, 3)
    phone.evaluate(swiped, [100, 300])
    at_step(phone, settle, 2)
    phone.get_by_role("button", name="Next").tap()
    at_step(phone, settle, 3)
    wide = phone.evaluate("[document.querySelector('.st-key-presenting').scrollWidth, window.innerWidth]")
    assert wide[0] <= wide[1]
    foot = box(phone, ".flatline-keys")
    assert foot[1] + foot[3] <= 844
    phone.get_by_role("button", name="Exit").tap()
    phone.locator(".finding").wait_for()
    context.close()
