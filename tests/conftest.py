"""What the tests share: repeatable random cases, a running app, a real browser, and no silent skips where CI is set.

Browser tests take `visit`, which opens an address of the app and waits until it has settled:

    @pytest.mark.browser
    def test_opens(visit):
        page = visit("?preset=low-ceiling")
"""

import os
import re
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Generator, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import HealthCheck, settings
from hypothesis.internal.conjecture import providers

from tests.browsing import WATCH
from tests.browsing import settle as settled
from tests.caught import Caught
from tests.firefox import find_firefox

if TYPE_CHECKING:
    from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, Playwright

ROOT = Path(__file__).resolve().parent.parent
CI = os.environ.get("CI", "").lower() not in {"", "0", "false", "no"}

ANY_SPEED = [HealthCheck.too_slow]
"""How long a case takes to draw says something of the machine, and nothing of the case."""
settings.register_profile("same", deadline=None, derandomize=True, print_blob=True, suppress_health_check=ANY_SPEED)
settings.register_profile("explore", deadline=None, max_examples=2000, print_blob=True, suppress_health_check=ANY_SPEED)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "same"))

if os.environ.get("HYPOTHESIS_PROFILE", "same") == "same":
    # Hypothesis mixes the constants of whatever modules are loaded into its cases; which are depends on the tests that
    # a process happened to run before.
    providers._get_local_constants = lambda: providers._local_constants


# A skipped test proves nothing, so where CI is set it counts as failed.


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item, call: pytest.CallInfo[None]) -> Generator[None, Any, Any]:
    report = yield
    return _skip_fails(report)


@pytest.hookimpl(wrapper=True)
def pytest_make_collect_report(collector: pytest.Collector) -> Generator[None, Any, Any]:
    report = yield
    return _skip_fails(report)


def _skip_fails(report: Any) -> Any:
    if CI and report.skipped and not hasattr(report, "wasxfail"):
        reason = report.longrepr[2] if isinstance(report.longrepr, tuple) else report.longrepr
        report.outcome, report.longrepr = "failed", f"{reason} (a skipped test fails where CI is set)"
    return report


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Browser tests run one after the other in one process, around one server and one browser."""
    for item in items:
        if "visit" in getattr(item, "fixturenames", ()) or "page" in getattr(item, "fixturenames", ()):
            item.add_marker(pytest.mark.browser)
        if item.get_closest_marker("browser"):
            item.add_marker(pytest.mark.xdist_group("browser"))


# The app


@pytest.fixture(autouse=True)
def own_updates(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """In Streamlit's own harness a change updates the page as it does in a browser: part by part."""
    if "calc" not in request.path.parts:
        from tests.harness import like_a_browser

        like_a_browser(monkeypatch)


@pytest.fixture(autouse=True)
def faults() -> Iterator[list[str]]:
    """What the page catches and tells in one calm sentence is a failure of the test that caused it.

    A test that means to cause one takes this list, looks at it, and empties it.
    """
    handler = Caught()
    with handler.listening() as caught:
        yield caught
    assert not caught, "the page has caught:\n" + "\n".join(caught)


COLOURS = re.compile("\x1b\\[[0-9;]*m")


class Server(str):
    """The app's address, ending in a slash; `log` is the file its words go to."""

    log: Path

    def errors(self, since: int = 0) -> str:
        """What it said from a byte on, if a traceback is in it."""
        said = COLOURS.sub("", self.log.read_bytes()[since:].decode(errors="replace"))
        return said if "Traceback (most recent call last)" in said else ""


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def _healthy(address: str, process: "subprocess.Popen[bytes]", seconds: float) -> bool:
    end = time.monotonic() + seconds
    while process.poll() is None and time.monotonic() < end:
        try:
            with urllib.request.urlopen(f"{address}_stcore/health", timeout=2) as answer:
                if answer.status == 200:
                    return True
        except OSError:
            time.sleep(0.1)
    return False


def _end(process: "subprocess.Popen[bytes]") -> None:
    process.terminate()
    try:
        process.wait(10)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait(10)


def _started(port: int, log: Path) -> "subprocess.Popen[bytes]":
    """The app on a port of this machine, which may not answer yet."""
    options = {"port": port, "address": "127.0.0.1", "headless": "true", "fileWatcherType": "none"}
    command = [sys.executable, "-m", "streamlit", "run", "app.py"]
    command += [word for name, value in options.items() for word in (f"--server.{name}", str(value))]
    with log.open("ab") as said:
        return subprocess.Popen(command, cwd=ROOT, stdin=subprocess.DEVNULL, stdout=said, stderr=said)


class Restartable:
    """A server of one test's own, which can be ended and started again at the same address."""

    def __init__(self, log: Path) -> None:
        self.port, self.log = _free_port(), log
        self.process: subprocess.Popen[bytes] | None = None
        self.address = f"http://127.0.0.1:{self.port}/"
        self.start()

    def start(self) -> None:
        self.process = _started(self.port, self.log)
        assert _healthy(self.address, self.process, 60), self.log.read_text(errors="replace")

    def end(self) -> None:
        if self.process is not None:
            _end(self.process)
        self.process = None


@pytest.fixture
def restartable(tmp_path: Path) -> Iterator[Restartable]:
    """The app on a server that a test may end and start again."""
    server = Restartable(tmp_path / "server.log")
    yield server
    server.end()


@pytest.fixture(scope="session")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """The app, served on a free port of this machine."""
    log = tmp_path_factory.mktemp("server") / "server.log"
    for _ in range(3):  # somebody else may take the port between finding and using it
        port = _free_port()
        address = Server(f"http://127.0.0.1:{port}/")
        address.log = log
        process = _started(port, log)
        if _healthy(address, process, 60):
            break
        _end(process)
    else:
        pytest.fail(f"the app did not start:\n{log.read_text(errors='replace')}")
    yield address
    _end(process)


# The browser


def _chromium() -> str | None:
    """A chromium of this machine: the one named in FLATLINE_CHROMIUM, else one on the path or in its usual place."""
    if named := os.environ.get("FLATLINE_CHROMIUM"):
        return named
    names = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome", "msedge")
    usual = [
        "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
        "/Applications/Chromium.app/Contents/MacOS/Chromium",
        "/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge",
        *(
            str(Path(folder) / program)
            for folder in map(os.environ.get, ("PROGRAMFILES", "PROGRAMFILES(X86)", "LOCALAPPDATA"))
            if folder
            for program in ("Google/Chrome/Application/chrome.exe", "Microsoft/Edge/Application/msedge.exe")
        ),
    ]
    found = (shutil.which(name) for name in names)
    return next((path for path in (*found, *usual) if path and Path(path).exists()), None)


FIREFOX = os.environ.get("FLATLINE_BROWSER") == "firefox"
"""Whether the browser tests run in this machine's Firefox and not in its Chromium."""


@pytest.fixture(scope="session")
def browser(tmp_path_factory: pytest.TempPathFactory) -> Iterator["Browser"]:
    """A browser without a window: Chromium, or Firefox where `FLATLINE_BROWSER` says so."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        launched = _launch_firefox(playwright, tmp_path_factory) if FIREFOX else _launch_chromium(playwright)
        _watched(launched)
        yield launched
        launched.close()


def _launch_chromium(playwright: "Playwright") -> "Browser":
    """The machine's chromium; Playwright's own where it has none, and a skip where there is neither."""
    from playwright.sync_api import Error

    path = _chromium()
    options = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]
    try:
        return playwright.chromium.launch(executable_path=path, args=options)
    except Error as error:
        if path:
            raise
        pytest.skip(f"no chromium found; set FLATLINE_CHROMIUM to one ({error.message.splitlines()[0]})")


def _launch_firefox(playwright: "Playwright", folders: pytest.TempPathFactory) -> "Browser":
    """The machine's Firefox, behind the bridge of `tests/firefox.py`, which Playwright starts in its place."""
    if find_firefox() is None:
        pytest.skip("no Firefox found; set FLATLINE_FIREFOX to one")
    starter = folders.mktemp("firefox") / "firefox.sh"
    starter.write_text(f'#!/bin/sh\nexec "{sys.executable}" "{ROOT / "tests" / "firefox.py"}" "$@"\n', encoding="utf-8")
    starter.chmod(0o700)
    return playwright.firefox.launch(channel="moz-firefox", executable_path=starter)


def _watched(browser: "Browser") -> None:
    """Every page of the browser notes what it says to its server, for `settle`."""
    plain = browser.new_context

    def new_context(**options: Any) -> "BrowserContext":
        if FIREFOX and options.get("is_mobile"):
            pytest.skip("Firefox cannot take a phone's place")
        context = plain(**options)
        context.add_init_script(WATCH)
        return context

    browser.new_context = new_context  # type: ignore[method-assign]


def _ours(message: "ConsoleMessage", server: str) -> bool:
    """Whether an error came from the app itself, and not from an address that this machine may not reach."""
    if message.type != "error":
        return False
    source = message.location.get("url", "")
    return not source.startswith(("http://", "https://")) or source.startswith(server)


@pytest.fixture
def page(browser: "Browser", server: Server) -> Iterator["Page"]:
    """A page of its own for every test, which fails when the console or the server reports an error."""
    start = server.log.stat().st_size
    wrong: list[str] = []
    context = browser.new_context(base_url=server, viewport={"width": 1280, "height": 900}, locale="en-US")
    page = context.new_page()
    page.on("console", lambda message: wrong.append(message.text) if _ours(message, server) else None)
    page.on("pageerror", lambda error: wrong.append(str(error)))
    yield page
    page.wait_for_timeout(100)  # an error on its way arrives within this time
    context.close()
    assert not wrong, "the browser's console reports: " + "\n".join(wrong)
    assert not server.errors(start), f"the server reports:\n{server.errors(start)}"


@pytest.fixture
def settle() -> Callable[["Page"], None]:
    """Waits until the app has answered and come to rest, as after a click."""
    return settled


@pytest.fixture
def visit(page: "Page") -> Callable[[str], "Page"]:
    """Opens an address of the app ("" or "?preset=...") and waits until the script has run."""

    def opened(query: str = "") -> "Page":
        page.goto(f"/{query}")
        settled(page)
        return page

    return opened
