"""The policy that browsers are held to: the page works under it, and stays out of other people's frames."""

import http.server
import os
import re
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.conftest import ROOT, _end, _free_port, _healthy

if TYPE_CHECKING:
    from playwright.sync_api import Browser

FRAME = "<!doctype html><title>Somebody else's</title><iframe src='ADDRESS' width=800 height=600></iframe>"


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of the app as the container serves it."""
    port = _free_port()
    options = ["--server.port", str(port), "--server.address", "127.0.0.1", "--server.headless", "true"]
    command = [sys.executable, "-m", "streamlit", "run", "serve.py", *options, "--server.fileWatcherType", "none"]
    known = {name: value for name, value in os.environ.items() if not name.startswith("STREAMLIT_")}
    log = tmp_path_factory.mktemp("policy") / "server.log"
    with log.open("wb") as said:
        process = subprocess.Popen(command, cwd=ROOT, env=known, stdout=said, stderr=said)
    try:
        address = f"http://127.0.0.1:{port}/"
        assert _healthy(address, process, 60), log.read_text(errors="replace")
        yield address
    finally:
        _end(process)


def test_the_example_for_nginx_sets_the_policy_that_the_app_sets() -> None:
    from serve import POLICY

    text = (ROOT / "docs/nginx.conf").read_text(encoding="utf-8")
    (policy,) = re.findall(r'add_header Content-Security-Policy "([^"]+)"', text)
    assert dict(part.split(" ", 1) for part in policy.split("; ")) == POLICY
    assert text.count("{") == text.count("}")
    assert "hash $flatline_copy consistent;" in text


@pytest.mark.browser
def test_the_page_works_under_the_policy(browser: "Browser", served: str) -> None:
    page = browser.new_page()
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text) if "Content Security Policy" in message.text else None)
    try:
        page.goto(f"{served}?preset=low-ceiling")
        page.locator(".js-plotly-plot").first.wait_for(timeout=60_000)
        assert "200" in page.locator(".finding").inner_text()
        slider = page.locator("input[type=range]").first
        slider.focus()
        slider.press("ArrowRight")
        page.wait_for_url(lambda url: "&" in url, timeout=30_000)
        page.get_by_role("button", name="Share").click()
        with page.expect_download(timeout=60_000) as download:
            page.get_by_role("button", name="Plan file", exact=True).click()
        assert Path(download.value.suggested_filename).suffix == ".toml"
        assert said == []
    finally:
        page.close()


@pytest.mark.browser
def test_nobody_else_shows_the_page_in_a_frame(browser: "Browser", served: str) -> None:
    class Other(http.server.BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(200)
            self.send_header("Content-Type", "text/html")
            self.end_headers()
            self.wfile.write(FRAME.replace("ADDRESS", served).encode())

        def log_message(self, *_: object) -> None:
            """Says nothing."""

    other = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Other)
    threading.Thread(target=other.serve_forever, daemon=True).start()
    page = browser.new_page()
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text))
    try:
        page.goto(f"http://127.0.0.1:{other.server_address[1]}/")
        page.wait_for_timeout(2_000)
        assert any("frame-ancestors" in text for text in said)
        assert page.frames[1].locator("[data-testid=stApp]").count() == 0
    finally:
        page.close()
        other.shutdown()
