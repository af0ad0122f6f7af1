"""Every preset's page as it is laid out: nothing lies over anything else, runs off the screen, or is cut.

Screenshots would differ with every machine's fonts; what may not happen does not. So the places of the parts are
compared with one another, in the browser's own fonts, on a laptop and on a phone.
"""

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import pytest

from calc import names
from tests.browsing import at_rest

if TYPE_CHECKING:
    from playwright.sync_api import Page

pytestmark = pytest.mark.browser

Visit = Callable[[str], "Page"]
Settle = Callable[["Page"], None]
NEAR = 2.0
"""What two parts may share [px] before one lies over the other: edges are rounded, letters have room around them."""

LAID_OUT = """
async ([names, near]) => {
  const soon = (ms) => new Promise((done) => setTimeout(done, ms))
  const all = (css) => [...document.querySelectorAll(css)]
  const app = document.querySelector("[data-testid=stApp]")
  const shared = (a, b) => Math.min(a.right, b.right) - Math.max(a.left, b.left) > near
    && Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top) > near
  const lapped = (parts) => parts.flatMap((a, i) =>
    parts.slice(i + 1).filter((b) => shared(a.box, b.box)).map((b) => `${a.says} lies over ${b.says}`))
  const part = (one) => ({ says: one.textContent.trim().slice(0, 40), box: one.getBoundingClientRect() })
  const found = {}
  for (const name of names) {
    window.history.pushState({}, "", "/?preset=" + name + "&probe=1")
    window.dispatchEvent(new PopStateEvent("popstate", { state: {} }))
    const end = performance.now() + 20000
    const busy = () => location.search.includes("probe") || app.dataset.testScriptState !== "notRunning"
    while (busy() && performance.now() < end) await soon(20)
    const painted = () => document.querySelector(".flatline-picture").dataset.painted
    for (let before = null; before !== painted(); await soon(120)) before = painted()
    const picture = document.querySelector(".flatline-picture").getBoundingClientRect()
    const labels = all(".flatline-picture .annotation-text").filter((one) => one.textContent.trim()).map(part)
    const beyond = labels.filter(({ box }) => box.left < picture.left - near || box.right > picture.right + near
      || box.top < picture.top - near || box.bottom > picture.bottom + near)
    const parts = all(".finding, .figures > div, .st-key-picture, .name").map(part)
    const cut = all(".figures :is(dt, strong), .name h1").filter((one) => one.scrollWidth > one.clientWidth + near)
    const wide = document.querySelector("[data-testid=stMain]")
    const wrong = [
      ...(busy() ? ["it never came to rest"] : []),
      ...lapped(labels).map((told) => `in the picture: ${told}`),
      ...beyond.map(({ says }) => `${says} leaves the picture`),
      ...lapped(parts),
      ...cut.map((one) => `${one.textContent} is cut`),
      ...(wide.scrollWidth > wide.clientWidth + near ? ["the page can be pushed sideways"] : []),
    ]
    if (wrong.length) found[name] = wrong
  }
  return found
}
"""


@pytest.mark.parametrize(("width", "height"), [(1280, 720), (390, 844)], ids=["laptop", "phone"])
def test_no_part_of_any_page_lies_over_another(visit: Visit, settle: Settle, width: int, height: int) -> None:
    page = visit("?preset=sound-plan")
    page.set_viewport_size({"width": width, "height": height})
    at_rest(page)
    wrong: dict[str, Any] = page.evaluate(LAID_OUT, [list(names()), NEAR])
    assert not wrong, "\n".join(f"{name}: {told}" for name, several in wrong.items() for told in several)
    assert page.evaluate(LAID_OUT, [["sound-plan"], -25.0]), "parts that are as near as this would be seen"
