"""Ctrl-C, and the signals that end a process: it ends within a block, with the status of shells, and leaves nothing."""

import os
import signal
import subprocess
import sys
import time
from contextlib import suppress
from pathlib import Path

import pytest

from calc.interruption import Interrupted, Interruptions

ROOT = Path(__file__).resolve().parent.parent
PLAN = """
[plan]
target_incentive = 1000
[[kpis]]
id = "deals"
target = 100
weight = 1
curve = { kind = "band", floor = 0.7 }
"""
STATUS = {"SIGINT": 130, "SIGTERM": 143, "SIGHUP": 129}

pytestmark = pytest.mark.skipif(os.name == "nt", reason="signals are sent as POSIX has them")


def answer_signals() -> None:
    """A process that a shell starts in the background ignores these, and so would what it starts."""
    for name in STATUS:
        signal.signal(getattr(signal, name), signal.SIG_DFL)


@pytest.fixture(scope="module")
def large(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a plan and a file of results that takes seconds to pay."""
    folder = tmp_path_factory.mktemp("large")
    (folder / "plan.toml").write_text(PLAN)
    with (folder / "results.csv").open("wb") as file:
        file.write(b"deals\n")
        for _ in range(200):
            file.write(b"118.25\n" * 40_000)
    return folder


@pytest.mark.parametrize("late", [0.0, 0.25])
@pytest.mark.parametrize("name", STATUS)
def test_a_signal_half_way_ends_the_run_and_leaves_nothing(large: Path, name: str, late: float) -> None:
    words = ["pay", str(large / "plan.toml"), "--results", str(large / "results.csv"), "--out", str(large / "paid.csv")]
    process = subprocess.Popen(
        [sys.executable, "-m", "calc", *words],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        preexec_fn=answer_signals,
    )
    until = time.monotonic() + 60
    while not list(large.glob(".*.part")) and time.monotonic() < until:
        assert process.poll() is None, process.communicate()
        time.sleep(0.01)
    time.sleep(late)
    process.send_signal(getattr(signal, name))
    sent = time.monotonic()
    out, err = process.communicate(timeout=60)
    assert (process.returncode, out, err) == (STATUS[name], b"", b"")
    assert time.monotonic() - sent < 30, "it goes on to the end of the file"
    assert sorted(path.name for path in large.iterdir()) == ["plan.toml", "results.csv"]


def test_ctrl_c_while_all_is_still_loading_ends_the_run_without_a_word(tmp_path: Path) -> None:
    here = tmp_path / "here"
    (tmp_path / "numpy.py").write_text(f"import time\nopen({str(here)!r}, 'w').close()\ntime.sleep(60)\n")
    path = os.pathsep.join([str(tmp_path), str(ROOT)])
    process = subprocess.Popen(
        [sys.executable, "-m", "calc", "presets"],
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": path},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        preexec_fn=answer_signals,
    )
    until = time.monotonic() + 60
    while not here.exists() and time.monotonic() < until:
        assert process.poll() is None, process.communicate()
        time.sleep(0.01)
    process.send_signal(signal.SIGINT)
    out, err = process.communicate(timeout=30)
    assert (process.returncode, out, err) == (-signal.SIGINT, b"", b"")


def test_a_signal_that_is_swallowed_is_raised_again_at_the_next_block() -> None:
    signals = Interruptions()
    signals.check()
    with pytest.raises(Interrupted) as raised:
        signals._on_signal(15, None)
    assert raised.value.status == 143
    with pytest.raises(Interrupted):
        signals.check()


def test_a_signal_stands_before_the_error_that_a_library_makes_of_it() -> None:
    signals = Interruptions()
    with pytest.raises(TypeError), signals.heeded():
        raise TypeError("no signal has come")
    with suppress(Interrupted):
        signals._on_signal(1, None)
    with pytest.raises(Interrupted) as raised, signals.heeded():
        raise TypeError("what a library made of the signal")
    assert raised.value.status == 129


def test_a_second_signal_does_not_disturb_the_cleaning_up() -> None:
    signals = Interruptions()
    with pytest.raises(Interrupted):
        signals._on_signal(2, None)
    signals._on_signal(2, None)
    late = Interruptions()
    late.end()
    late._on_signal(2, None)
    assert late.received == 2


def test_a_signal_that_was_to_be_ignored_still_is() -> None:
    before = {name: signal.getsignal(getattr(signal, name)) for name in STATUS}
    try:
        signal.signal(signal.SIGHUP, signal.SIG_IGN)
        Interruptions().catch()
        assert signal.getsignal(signal.SIGHUP) is signal.SIG_IGN
        assert callable(signal.getsignal(signal.SIGTERM))
    finally:
        for name, handler in before.items():
            signal.signal(getattr(signal, name), handler)
