"""The command line in a bad place: outputs that are closed, full or read from, folders that are locked, and signals.

Each case runs the real program in a folder of its own. It ends with the status that is due, says one sentence or
nothing, leaves every file that it was given as it was, and nothing beside them.
"""

import os
import random
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
PROGRAM = "from calc.__main__ import run; run()"
PLAN = """\
[plan]
target_incentive = 1000
[[kpis]]
id = "deals"
target = 100
weight = 1
curve = { kind = "band", floor = 0.7 }
"""
FULL_WIDTH = "\uff11\uff10\uff10"
LONGEST = 2_100
"""Letters that a refusal may have."""
PATIENCE = 60
"""Until a run counts as stuck [s]."""
ENDED = {"SIGINT": 130, "SIGTERM": 143, "SIGHUP": 129}
"""What a run ends with, by the signal that ended it."""


@dataclass(frozen=True)
class Case:
    """A run of the command `pay` in a folder that holds plan.toml and results.csv.

    Args:
        words: the words after `pay`; HERE stands for the folder's own name.
        shell: what a shell adds behind them, as a closed or redirected output.
        holds: what the one sentence must hold; empty where the run works.
        silent: what it must not hold.
        prepares: makes the folder ready.
    """

    words: Sequence[str]
    shell: str = ""
    holds: str = ""
    silent: str = ".part"
    prepares: Callable[[Path], None] = lambda folder: None


def _links(folder: Path) -> None:
    (folder / "soft.toml").symlink_to("plan.toml")
    os.link(folder / "plan.toml", folder / "hard.toml")
    os.link(folder / "results.csv", folder / "hard.csv")


def _wide_digits(folder: Path) -> None:
    (folder / "results.csv").write_text(f"deals\n{FULL_WIDTH}\n", "utf-8")


def _long_names(folder: Path) -> None:
    (folder / "results.csv").write_text("".join(f"a{i:060}," for i in range(9_000)) + "deals\n1\n")


def _long_key(folder: Path) -> None:
    (folder / "plan.toml").write_text(f"{PLAN}\n{'k' * 900_000} = 1\n")


PAID = ("plan.toml", "--results", "results.csv")
CASES: dict[str, Case] = {
    "a file is paid": Case((*PAID, "--out", "paid.csv")),
    "the output is the plan": Case((*PAID, "--out", "plan.toml"), holds="another file than the plan"),
    "the output is the results": Case((*PAID, "--out", "results.csv"), holds="another file than the results"),
    "the output is the plan by a path": Case((*PAID, "--out", "../HERE/plan.toml"), holds="another file"),
    "the output is the plan by a link": Case((*PAID, "--out", "soft.toml"), holds="another file", prepares=_links),
    "the output is the plan by another name": Case((*PAID, "--out", "hard.toml"), holds="another", prepares=_links),
    "the output is the results by another name": Case((*PAID, "--out", "hard.csv"), holds="another", prepares=_links),
    "the output is redirected into the results": Case(PAID, ">> results.csv", holds="another file"),
    "the output is closed": Case(PAID, ">&-", holds="must be open"),
    "the answer has nowhere to go": Case(("plan.toml", "deals=100"), ">&-", holds="must be open"),
    "both outputs are closed": Case(PAID, ">&- 2>&-", holds="nothing can be said"),
    "the output is full": Case(PAID, "> /dev/full", holds="written whole"),
    "the output is a folder": Case((*PAID, "--out", "."), holds="of a folder takes results of Parquet"),
    "the output's folder is not there": Case((*PAID, "--out", "none/paid.csv"), holds="none/paid.csv must be"),
    "the input is closed": Case(("plan.toml", "--results", "-"), "<&-", holds="must"),
    "digits of another script are typed": Case(("plan.toml", f"deals={FULL_WIDTH}"), holds="a finite number"),
    "digits of another script are in a file": Case(PAID, holds="line 2", prepares=_wide_digits),
    "nine thousand headings are very long": Case((*PAID, "--out", "paid.csv"), holds="line 2", prepares=_long_names),
    "a key is very long": Case(PAID, holds="plan.toml", prepares=_long_key),
    "a word is very long": Case(("plan.toml", "x" * 90_000 + "=1"), holds="x"),
}
"""By what is tried; on a system without these shells and devices there are none."""


@contextmanager
def folder_ready(case: Case | None = None) -> Iterator[Path]:
    """A folder with a plan and results."""
    place = Path(tempfile.mkdtemp(prefix="flatline-"))
    try:
        (place / "plan.toml").write_text(PLAN)
        (place / "results.csv").write_text("name,deals\nAnn,118.25\nBob,85\n")
        if case is not None:
            case.prepares(place)
        yield place
    finally:
        shutil.rmtree(place, ignore_errors=True)


def files_of(folder: Path) -> dict[str, bytes]:
    """Every file in a folder, with what it holds."""
    return {path.name: path.read_bytes() for path in sorted(folder.iterdir())}


def fault_of(case: Case, program: str = PROGRAM) -> str:
    """What is wrong with what a case did; empty where nothing is."""
    with folder_ready(case) as folder:
        before = files_of(folder)
        words = [sys.executable, "-c", program, "pay", *(word.replace("HERE", folder.name) for word in case.words)]
        line = ["sh", "-c", f'exec "$@" {case.shell}', "sh", *words]
        environment = {**os.environ, "PYTHONPATH": str(ROOT)}
        done = subprocess.run(line, cwd=folder, env=environment, capture_output=True, timeout=PATIENCE, check=False)
        said, after = done.stderr.decode("utf-8", "replace"), files_of(folder)
    if "Traceback" in said or len(said) > LONGEST or case.silent in said:
        return f"it says {said[:200]!r}, {len(said):,} letters"
    if done.returncode != (2 if case.holds else 0):
        return f"it ends with {done.returncode}, and says {said[:200]!r}"
    if case.holds and "2>&-" not in case.shell and case.holds not in said:
        return f"it says {said[:200]!r}, and not {case.holds!r}"
    if {name: after.get(name) for name in before} != before:
        return "a file that it was given is another one"
    left = set(after) - set(before)
    return f"it leaves {sorted(left)}" if left != ({"paid.csv"} if not case.holds else set()) else ""


def fault_of_signal(dice: random.Random, folder: Path, program: str = PROGRAM) -> str:
    """What is wrong with a long run that a signal ends at a random time; empty where nothing is."""
    name = dice.choice(list(ENDED))
    words = ["pay", "plan.toml", "--results", "large.csv", "--out", "paid.csv"]
    run = subprocess.Popen(
        [
            sys.executable,
            "-c",
            f"import signal; [signal.signal(n, signal.SIG_DFL) for n in (1, 2, 15)]; {program}",
            *words,
        ],
        cwd=folder,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )
    until = time.monotonic() + PATIENCE
    while not list(folder.glob(".*.part")) and run.poll() is None and time.monotonic() < until:
        time.sleep(0.01)
    time.sleep(dice.uniform(0, 0.3))
    run.send_signal(getattr(signal, name))
    out, said = run.communicate(timeout=PATIENCE)
    left = sorted(set(files_of(folder)) - {"plan.toml", "results.csv", "large.csv"})
    for one in left:
        (folder / one).unlink()
    if (run.returncode, out, said) != (ENDED[name], b"", b""):
        return f"{name} ends it with {run.returncode}, and it says {said[-200:]!r}"
    return f"{name} leaves {left}" if left else ""


def run_signals(seed: int, count: int, program: str = PROGRAM) -> list[str]:
    """What is wrong with so many long runs, each of which a signal ends."""
    dice = random.Random(seed)
    with folder_ready() as folder:
        with (folder / "large.csv").open("wb") as file:
            file.write(b"deals\n")
            for _ in range(200):
                file.write(b"118.25\n" * 40_000)
        return [fault for _ in range(count) if (fault := fault_of_signal(dice, folder, program))]


def run(seed: int, signals: int) -> tuple[Counter[str], list[str]]:
    """Every case, and so many signals: counts by outcome, and what was wrong."""
    if os.name == "nt":
        return Counter(), []
    faults = [f"{name}: {fault}" for name, case in CASES.items() if (fault := fault_of(case))]
    ended = run_signals(seed, signals)
    return Counter({"as is due": len(CASES) + signals - len(faults) - len(ended)}), [*faults, *ended]
