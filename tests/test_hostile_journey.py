"""Hostile and broken links in a real browser: the page stays a page, says what it left out, obeys no markup."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import pytest

from tests.hostile import EVIL, MARKUP, crafted, drawn, packed, plan

if TYPE_CHECKING:
    from playwright.sync_api import Page

pytestmark = pytest.mark.browser

Visit = Callable[[str], "Page"]
Settle = Callable[["Page"], None]

# One page is kept open, and its address is changed as by the way back: the server opens each link as a new one.
FOREIGN = """
const all = (css) => [...document.querySelectorAll(css)]
const foreign = () => all("a[href], img, iframe, object, embed, form, base, link, script").filter((part) =>
  ["href", "src", "action", "data"].some((name) => (part.getAttribute(name) || "").includes(evil)),
).concat(all(".stHtml :is(img, iframe, svg, script, a), [onerror], [onload], [onclick]")).map((part) => part.outerHTML)
"""
OPEN = """
async ([queries, evil]) => {
  const soon = (ms) => new Promise((done) => setTimeout(done, ms))
  FOREIGN
  const app = document.querySelector("[data-testid=stApp]")
  const found = []
  for (const [number, query] of queries.entries()) {
    const probe = "probe" + number
    window.history.pushState({}, "", "/" + query + (query.includes("?") ? "&" : "?") + probe + "=1")
    window.dispatchEvent(new PopStateEvent("popstate", { state: {} }))
    const end = performance.now() + 20000
    const busy = () => location.search.includes(probe) || app.dataset.testScriptState !== "notRunning" ||
      window.traffic.answered < window.traffic.asked
    while (busy() && performance.now() < end) await soon(15)
    const text = (css) => all(css).map((part) => part.innerText).join(" ")
    found.push({
      query,
      late: busy(),
      said: text("[data-testid=stAlert]"),
      sentence: text(".finding"),
      figures: all(".figures strong").length,
      broken: all("[data-testid=stException], [data-testid=stAlertContentError]").map((part) => part.innerText),
      body: /Traceback|Error:|calc\\.refusal/.test(document.body.innerText),
      foreign: foreign(),
      pwned: window.__pwned ?? null,
      alive: location.search,
    })
  }
  return found
}
""".replace("FOREIGN", FOREIGN)


def opened(page: "Page", queries: list[str]) -> list[dict[str, Any]]:
    """What the page shows for each of the links, one after the other."""
    results: list[dict[str, Any]] = page.evaluate(OPEN, [queries, EVIL])
    return results


def fault(seen: dict[str, Any]) -> str:
    """What is wrong with what a link opened; nothing where all is well."""
    wrong = {
        "it never came to rest": seen["late"],
        "a figure is missing": seen["figures"] != 4,
        "the sentence is missing": not seen["sentence"].strip(),
        "an error is shown": seen["broken"] or seen["body"],
        "what was left out is not named": "This was left out" not in seen["said"],
        "somebody's markup is on the page": seen["foreign"],
        "somebody's script ran": seen["pwned"] is not None,
    }
    return "; ".join(what for what, holds in wrong.items() if holds)


def test_hundreds_of_hostile_links_leave_a_page(visit: Visit) -> None:
    page = visit("?preset=low-ceiling&nobody=1")
    page.locator("[data-testid=stAlert]").wait_for()  # a browser fetches what draws a notice with the first one
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url) if EVIL in request.url else None)
    queries = crafted() + drawn(150)
    assert len(queries) >= 300
    wrong = {seen["query"][:150]: fault(seen) for seen in opened(page, queries) if fault(seen)}
    assert not wrong, f"{len(wrong)} of {len(queries)}: {wrong}"
    assert not asked


def foreign(page: "Page") -> list[str]:
    """Parts of the page that somebody's markup has made."""
    assert page.evaluate("window.__pwned ?? null") is None
    found: list[str] = page.evaluate(f"(evil) => {{ {FOREIGN}; return foreign() }}", EVIL)
    return found


@pytest.mark.parametrize("texts", [MARKUP[:6], MARKUP[6:12]], ids=["html", "markdown"])
def test_somebodys_text_is_text_wherever_it_stands(visit: Visit, settle: Settle, texts: tuple[str, ...]) -> None:
    name, unit, title, story, source, other = texts
    document = {**plan(name, unit[:40]), "title": title, "description": " ".join(texts), "source": source}
    beside = {**plan(other, name[:40], plan={"target_incentive": 1200}), "title": name}
    page = visit(f"?x={packed(document)}&A.x={packed(beside)}")
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url) if EVIL in request.url else None)
    for _ in range(2):  # a drawer that opens may bring others
        page.evaluate("document.querySelectorAll('details:not([open]) > summary').forEach((one) => one.click())")
        settle(page)
    assert name[:20] in page.locator(".about").inner_text()
    for label in ("Share", "Story"):
        button = page.get_by_role("button", name=label, exact=True).first
        button.click()
        settle(page)
        assert not foreign(page), label
        if label == "Story":
            assert " ".join(story.split()) in " ".join(page.locator(".story").last.inner_text().split())
        page.keyboard.press("Escape")
    page.goto(f"/?x={packed(document)}&A.x={packed(beside)}&present=1")
    settle(page)
    for _ in range(4):
        assert not foreign(page)
        page.keyboard.press("ArrowRight")
        settle(page)
    assert not asked


def test_a_presentation_with_parts_left_out_says_so_when_it_is_left(visit: Visit, settle: Settle) -> None:
    page = visit("?preset=unreachable-floor&A.x=AAAA&nobody=1&present=2")
    assert page.locator(".st-key-presenting").count() == 1
    page.keyboard.press("Escape")
    page.locator(".figures").wait_for()
    settle(page)
    told = page.locator("[data-testid=stAlert]").inner_text()
    assert "This was left out" in told
    assert "plan A: x must be a plan packed by Flatline" in told
