"""Waiting in a real browser for what an action has set off, and no longer."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from playwright.sync_api import FloatRect, Locator, Page

QUIET = 150
"""So long nothing has been said between the page and its server once it has come to rest [ms]."""
PATIENCE = 30_000
"""Until a page counts as stuck [ms]."""

WATCH = """
window.traffic = { asked: 0, answered: 0 }
window.WebSocket = class extends WebSocket {
  constructor(...given) {
    super(...given)
    this.addEventListener("message", () => { window.traffic.answered = performance.now() })
  }
  send(data) {
    window.traffic.asked = performance.now()
    super.send(data)
  }
}
"""
"""Runs before a page's own scripts, and notes when the page last asked its server for something, and was answered."""

RESTS = """
(quiet) => {
  const app = document.querySelector("[data-testid=stApp]")
  const wait = (window.waits ??= { since: performance.now(), frames: 0 })
  const now = performance.now()
  const { asked, answered } = window.traffic ?? { asked: 0, answered: 0 }
  const quietly = now - Math.max(asked, answered, wait.since) > quiet && (wait.frames += 1) > 3
  const rests =
    app?.dataset.testConnectionState === "CONNECTED" && app.dataset.testScriptState === "notRunning" &&
    answered >= asked && quietly
  if (rests) window.waits = undefined
  return rests
}
"""


def settle(page: "Page") -> None:
    """Waits until the app is connected, has answered all that was asked of it, and its script has come to rest."""
    page.wait_for_function(RESTS, arg=QUIET, timeout=PATIENCE)


def at_rest(page: "Page") -> None:
    """The script has run, the picture is there, and the address no longer changes."""
    settle(page)
    page.locator(".js-plotly-plot .main-svg").first.wait_for()
    before = ""
    while before != page.url:
        before = page.url
        page.wait_for_timeout(QUIET)
        settle(page)


def box_of(part: "Locator") -> "FloatRect":
    """Where a part of the page stands that is drawn [px]."""
    box = part.bounding_box()
    assert box is not None, "it must be drawn"
    return box
