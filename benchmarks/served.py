"""The app, and a minimal one with no settings but Streamlit's own, each served by a process of its own."""

import os
import shutil
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from benchmarks.ratio import ROOT

TEXT = """
import streamlit as st
st.write(st.slider("one control", 0.0, 1000.0, 500.0, step=1.0))
"""
PICTURE = """
import streamlit as st
st.slider("one control", 0.0, 1000.0, 500.0, step=1.0)
st.plotly_chart({"data": [{"x": [0, 1, 2], "y": [0, 1, 1]}], "layout": {}})
"""


@dataclass(frozen=True)
class Served:
    """Where an app is served, ending in a slash, and the process that does it."""

    address: str
    process: int

    def resident(self) -> float:
        """The memory that the process holds [MB]."""
        told = Path(f"/proc/{self.process}/status").read_text(encoding="utf-8")
        return int(told.partition("VmRSS:")[2].split()[0]) / 1024

    def processor(self) -> float:
        """The processor time that the process has taken [s]."""
        told = Path(f"/proc/{self.process}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()
        return (int(told[11]) + int(told[12])) / os.sysconf("SC_CLK_TCK")


@contextmanager
def app() -> Iterator[Served]:
    with _served(ROOT / "app.py") as served:
        yield served


@contextmanager
def minimal(source: str) -> Iterator[Served]:
    with tempfile.TemporaryDirectory() as folder:
        page = Path(folder) / "page.py"
        page.write_text(source, encoding="utf-8")
        with _served(page) as served:
            yield served


@contextmanager
def _served(page: Path) -> Iterator[Served]:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    options = {"port": port, "address": "127.0.0.1", "headless": "true", "fileWatcherType": "none"}
    command = [sys.executable, "-m", "streamlit", "run", str(page)]
    command += [word for name, value in options.items() for word in (f"--server.{name}", str(value))]
    quiet = subprocess.DEVNULL
    process = subprocess.Popen(command, cwd=page.parent, stdin=quiet, stdout=quiet, stderr=quiet)
    address = f"http://127.0.0.1:{port}/"
    try:
        _wait(address, process)
        yield Served(address, process.pid)
    finally:
        process.terminate()
        process.wait(20)


def _wait(address: str, process: "subprocess.Popen[bytes]", patience: float = 60) -> None:
    end = time.monotonic() + patience
    while process.poll() is None and time.monotonic() < end:
        try:
            with urllib.request.urlopen(f"{address}_stcore/health", timeout=2):
                return
        except OSError:
            time.sleep(0.1)
    raise RuntimeError(f"{address} did not start")


def chromium() -> str | None:
    """A chromium of this machine: the one named in FLATLINE_CHROMIUM, else one on the path."""
    names = ("chromium", "chromium-browser", "google-chrome", "chrome")
    return os.environ.get("FLATLINE_CHROMIUM") or next((path for path in map(shutil.which, names) if path), None)
