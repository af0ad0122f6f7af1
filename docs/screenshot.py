"""Makes docs/screenshot.png from the running app: `python docs/screenshot.py`, with a chromium on the machine."""

import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import Page, sync_playwright

ROOT = Path(__file__).resolve().parent.parent
PICTURE = ROOT / "docs" / "screenshot.png"
ADDRESS = "?preset=unreachable-floor&at.deals=118"
NAMES = ("chromium", "chromium-browser", "google-chrome", "chrome")


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


def settled(page: Page) -> None:
    """Waits until the script has run and the picture is drawn."""
    page.locator("[data-testid=stApp][data-test-connection-state=CONNECTED]").wait_for()
    page.locator(".js-plotly-plot .main-svg").first.wait_for()
    page.locator("[data-testid=stApp][data-test-script-state=notRunning]").wait_for()
    page.wait_for_timeout(1500)


def main() -> None:
    """Takes the picture."""
    named = os.environ.get("FLATLINE_CHROMIUM") or next(filter(None, map(shutil.which, NAMES)), None)
    with served() as address, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=named, args=["--no-sandbox", "--disable-gpu"])
        page = browser.new_page(
            viewport={"width": 1440, "height": 900}, color_scheme="light", locale="en-US", device_scale_factor=1
        )
        page.goto(f"{address}{ADDRESS}")
        settled(page)
        page.screenshot(path=PICTURE)
        browser.close()
    print(f"{PICTURE.relative_to(ROOT)}: {PICTURE.stat().st_size:,} bytes")


if __name__ == "__main__":
    main()
