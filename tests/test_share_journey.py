"""Sharing in a real browser: the link copied with a right to the clipboard and without, and the files taken along."""

import csv
import io
import threading
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import pytest

from calc.documents import link, planfile

if TYPE_CHECKING:
    from playwright.sync_api import Browser, FrameLocator, Page

pytestmark = pytest.mark.browser

Visit = Callable[[str], "Page"]
Settle = Callable[["Page"], None]
QUERY = "?preset=unreachable-floor&deals.floor=0.6"


def opened(page: "Page | FrameLocator") -> None:
    """The popover, with what it holds."""
    page.get_by_role("button", name="Share", exact=True).click()
    page.get_by_role("button", name="Copy link").wait_for()


def pasted(page: "Page") -> str:
    """What is in the clipboard, as a hand would find out."""
    page.evaluate(
        """() => {
          const area = document.createElement("textarea")
          area.id = "pasted"
          document.body.append(area)
          area.focus()
        }"""
    )
    page.keyboard.press("ControlOrMeta+v")
    text: str = page.locator("#pasted").input_value()
    page.evaluate("document.getElementById('pasted').remove()")
    return text


def copied_once(inside: "Page | FrameLocator", press: Callable[[], None]) -> None:
    """Presses the button; it says `Copied` for two seconds, which a machine that is busy for as long would miss."""
    button = inside.get_by_role("button", name="Copy link")
    button.evaluate(
        """(button) => {
          const said = button.parentNode.querySelector('[role=status]')
          window.copied = []
          new MutationObserver(() => window.copied.push(button.textContent, said.textContent)).observe(
            button.parentNode, { subtree: true, childList: true, characterData: true })
        }"""
    )
    press()
    button.evaluate("""async (button) => {
      const copied = () => window.copied.filter((text) => text === 'Copied').length
      while (copied() < 2 || button.textContent !== 'Copy link') await new Promise((next) => setTimeout(next, 50))
    }""")


def downloaded(page: "Page", label: str, folder: Path, key: str = "") -> Path:
    """The file that a button saves, clicked or by a key; no address of the server's is asked for it."""
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    button = page.get_by_role("button", name=label, exact=True)
    with page.expect_download() as waiting:
        button.press(key) if key else button.click()
    assert waiting.value.url.startswith("blob:")
    assert not [url for url in asked if "/media/" in url]
    page.get_by_role("status").filter(has_text=f"{waiting.value.suggested_filename} is saved").wait_for(
        state="attached"
    )
    assert button.get_attribute("aria-busy") is None
    target = folder / waiting.value.suggested_filename
    waiting.value.save_as(target)
    return target


def test_a_link_is_copied_and_files_are_taken(
    visit: Visit, settle: Settle, page: "Page", browser: "Browser", tmp_path: Path
) -> None:
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page = visit(QUERY)
    assert page.get_by_role("button", name="Copy link").count() == 0
    opened(page)
    copied_once(page, lambda: page.get_by_role("button", name="Copy link").press("Enter"))
    assert page.evaluate("navigator.clipboard.readText()") == page.url
    assert page.get_by_test_id("stCode").inner_text().replace("\n", "") == page.url

    preset = link.decode_link(urlsplit(page.url).query).view.preset
    report = downloaded(page, "Report", tmp_path)
    assert report.name.startswith("flatline-unreachable-floor-20")
    rows = csv.DictReader(io.StringIO(downloaded(page, "Payout table", tmp_path).read_bytes().decode("utf-8-sig")))
    assert ("60", "600.00") in {(row["Result"], row["Pay of the whole plan"]) for row in rows}
    assert planfile.load_preset(downloaded(page, "Plan file", tmp_path, "Enter")).plan == preset.plan

    page.get_by_role("button", name="Show it to the room").click()
    room = page.get_by_role("dialog", name="Scan to open this plan")
    room.get_by_role("img", name="QR code of the link").wait_for()
    page.wait_for_function("() => document.querySelector('.st-key-large-code-body img')?.width > 450")
    page.keyboard.press("Escape")
    room.wait_for(state="detached")
    settle(page)
    assert page.get_by_role("button", name="Copy link").count() == 0

    page.get_by_text("The plan as you would tell it to a rep").click()
    page.get_by_text("Below 60 deals it pays nothing.").wait_for()
    _opens_without_a_network(browser, report, page.url)


def _opens_without_a_network(browser: "Browser", report: Path, address: str) -> None:
    """The report by a double click, with no network, and on paper."""
    context = browser.new_context(offline=True, viewport={"width": 1000, "height": 800})
    page, wrong, asked = context.new_page(), list[str](), list[str]()
    page.on("console", lambda message: wrong.append(message.text) if message.type == "error" else None)
    page.on("pageerror", lambda error: wrong.append(str(error)))
    page.on("request", lambda request: asked.append(request.url))
    page.goto(report.as_uri())
    page.wait_for_function("() => document.querySelectorAll('.picture .scatterlayer path').length > 0")
    pictures = page.locator(".picture").count()
    assert page.locator(".picture.js-plotly-plot").count() == pictures == 2
    assert "Below 60 deals this plan pays nothing" in page.locator(".finding").inner_text()
    assert page.locator("a").get_attribute("href") == address
    place = page.locator(".picture .main-svg").first.bounding_box()
    assert place is not None
    page.mouse.move(place["x"] + place["width"] / 2, place["y"] + 120)
    page.locator(".picture .hovertext").first.wait_for()
    assert page.pdf(format="A4").count(b"/Type /Page\n") >= 3
    page.set_viewport_size({"width": 390, "height": 844})
    page.wait_for_function("() => document.documentElement.scrollWidth <= window.innerWidth")
    assert [url for url in asked if not url.startswith(("file:", "data:", "blob:"))] == []
    assert wrong == []
    context.close()


def test_a_file_is_taken_on_a_phone_by_finger(browser: "Browser", server: str, tmp_path: Path) -> None:
    context = browser.new_context(viewport={"width": 390, "height": 844}, has_touch=True, is_mobile=True)
    phone = context.new_page()
    phone.goto(f"{server}{QUERY}")
    phone.get_by_role("button", name="Share", exact=True).tap()
    button = phone.get_by_role("button", name="Plan file", exact=True)
    with phone.expect_download() as waiting:
        button.tap()
    waiting.value.save_as(tmp_path / "plan.toml")
    assert planfile.load_preset(tmp_path / "plan.toml").plan == link.decode_link(QUERY).view.preset.plan
    context.close()


@pytest.fixture
def frame(server: str) -> Iterator[str]:
    """Another site of this machine that shows the app in a frame and gives it no rights."""

    class Site(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(200)
            self.send_header("Content-Type", "text/html")
            self.end_headers()
            height = "width:100%;height:880px"
            self.wfile.write(f'<iframe src="{server}{QUERY}&embed=true" style="{height}"></iframe>'.encode())

        def log_message(self, *_: object) -> None:
            return

    site = ThreadingHTTPServer(("127.0.0.1", 0), Site)
    threading.Thread(target=site.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{site.server_port}/"
    site.shutdown()
    site.server_close()


def test_a_link_is_copied_from_within_a_frame_that_has_no_rights(page: "Page", frame: str, server: str) -> None:
    page.goto(frame)
    inside = page.frame_locator("iframe")
    opened(inside)
    copied_once(inside, inside.get_by_role("button", name="Copy link").click)
    assert pasted(page) == f"{server}{QUERY}"


def test_a_link_is_copied_where_there_is_no_clipboard_to_ask(page: "Page", visit: Visit, server: str) -> None:
    """As over plain http from another machine; and where nothing helps, a sentence says what to do."""
    page.add_init_script("Object.defineProperty(navigator, 'clipboard', { value: undefined })")
    page = visit(QUERY)
    opened(page)
    copied_once(page, page.get_by_role("button", name="Copy link").click)
    page.evaluate("document.execCommand = () => false")
    page.get_by_role("button", name="Copy link").click()
    page.get_by_text("copy it by hand").wait_for()
    assert pasted(page) == f"{server}{QUERY}"
