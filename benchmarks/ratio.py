"""Two things timed in turn, so that whatever else the machine does falls on both alike."""

import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
Act = Callable[[], Any]


@dataclass(frozen=True)
class Row:
    """One row of the table; `met` is None where there is no goal."""

    what: str
    ours: str
    against: str
    ratio: str
    goal: str
    met: bool | None = None

    def cells(self) -> tuple[str, ...]:
        return self.what, self.ours, self.against, self.ratio, self.goal + (" (missed)" if self.met is False else "")


def seconds(act: Act) -> float:
    start = time.perf_counter()
    act()
    return time.perf_counter() - start


def alternate(one: Act, other: Act, times: int) -> tuple[float, float]:
    """Median seconds of both, run in turn after one run each to warm up."""
    one(), other()
    pairs = [(seconds(one), seconds(other)) for _ in range(times)]
    return median(a for a, _ in pairs), median(b for _, b in pairs)


def yardstick() -> int:
    """A fixed piece of pure Python: ten thousand squares, added one by one."""
    total = 0
    for i in range(10_000):
        total += i * i
    return total


def repeated(act: Act, times: int) -> Act:
    """The act done many times over, for what is too short to time alone."""

    def many() -> None:
        for _ in range(times):
            act()

    return many


def python(*words: str) -> Act:
    """A Python of its own, run from the project's folder; it must end well."""

    def run() -> None:
        subprocess.run([sys.executable, *words], cwd=ROOT, check=True, stdout=subprocess.DEVNULL)

    return run
