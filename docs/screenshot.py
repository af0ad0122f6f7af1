"""Makes the README's pictures from the running app: `python docs/screenshot.py`, with a chromium on the machine.

The tests take the same pictures and hold them against these files, so that what the README shows is what the app shows.
"""

import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from playwright.sync_api import Browser, Page, sync_playwright

ROOT = Path(__file__).resolve().parent.parent
NAMES = ("chromium", "chromium-browser", "google-chrome", "chrome")


@dataclass(frozen=True)
class Shot:
    """One picture: what is opened, in a window of which size [px], in which theme."""

    query: str
    width: int
    height: int
    theme: Literal["light", "dark"] = "light"


SHOTS = {
    "screenshot": Shot("?preset=unreachable-floor&at.deals=118", 1440, 900),
    "compare": Shot("?preset=low-ceiling&deals.ceiling=2.6&deals.accelerator=0.6&A.preset=low-ceiling", 1440, 1150),
    "present": Shot("?preset=few-pounds-short&present=3", 1280, 720, "dark"),
    "phone": Shot("?preset=late-plan", 390, 844, "dark"),
}
"""By the name of its file in docs/."""


def file(name: str) -> Path:
    """Where a picture is kept."""
    return ROOT / "docs" / f"{name}.png"


def taken(browser: Browser, address: str, shot: Shot) -> bytes:
    """The picture as the app shows it now, as PNG."""
    context = browser.new_context(
        viewport={"width": shot.width, "height": shot.height},
        color_scheme=shot.theme,
        locale="en-US",
        timezone_id="UTC",
        device_scale_factor=1,
    )
    page = context.new_page()
    page.goto(f"{address}{shot.query}")
    settled(page)
    picture = page.screenshot(animations="disabled")
    context.close()
    return picture


def settled(page: Page) -> None:
    """Waits until the script has run and the picture is drawn."""
    page.locator("[data-testid=stApp][data-test-connection-state=CONNECTED]").wait_for()
    page.locator(".js-plotly-plot .main-svg").first.wait_for()
    page.locator("[data-testid=stApp][data-test-script-state=notRunning]").wait_for()
    page.wait_for_timeout(1500)


@contextmanager
def served() -> Iterator[str]:
    """The app on a free port of this machine, ended at the end."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    command = [sys.executable, "-m", "streamlit", "run", "app.py", "--server.address", "127.0.0.1"]
    command += ["--server.port", str(port), "--server.headless", "true", "--server.fileWatcherType", "none"]
    process = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        yield _ready(f"http://127.0.0.1:{port}/")
    finally:
        process.terminate()
        process.wait(10)


def _ready(address: str) -> str:
    for _ in range(300):
        try:
            with urllib.request.urlopen(f"{address}_stcore/health", timeout=2):
                return address
        except OSError:
            time.sleep(0.1)
    raise SystemExit("the app did not start")


def main() -> None:
    """Takes the pictures."""
    named = os.environ.get("FLATLINE_CHROMIUM") or next(filter(None, map(shutil.which, NAMES)), None)
    with served() as address, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=named, args=["--no-sandbox", "--disable-gpu"])
        for name, shot in SHOTS.items():
            file(name).write_bytes(taken(browser, address, shot))
            print(f"{file(name).relative_to(ROOT)}: {file(name).stat().st_size:,} bytes")
        browser.close()


if __name__ == "__main__":
    main()
