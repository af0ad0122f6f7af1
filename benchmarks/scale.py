"""Rows by the million, from Parquet to Parquet: on the cores of this machine, and on a cluster of two workers."""

import resource
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pyarrow as pa
from pyarrow import parquet

from benchmarks.engine import team
from benchmarks.plans import FIVE_BANDS, plan_of
from benchmarks.ratio import ROOT, Row, alternate

FILES, ROWS_OF_A_FILE, ROWS_OF_A_GROUP = 10, 1_000_000, 500_000
MEMORY = 400
"""The most that a run may hold [MB]."""
ALONE = """
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from pyarrow import parquet
results, paid, out, threads = map(Path, sys.argv[1:])
def copy(path):
    name, group, _ = path.name.split(".")
    source = parquet.ParquetFile(results / f"{name}.parquet")
    there = parquet.ParquetFile(path)
    given = source.iter_batches(65536, [int(group)], use_threads=False)
    parts = zip(given, there.iter_batches(65536, use_threads=False))
    with parquet.ParquetWriter(out / path.name, there.schema_arrow.remove_metadata()) as writer:
        for given, made in parts:
            for name in given.schema.names:
                made = made.set_column(made.schema.get_field_index(name), name, given[name])
            writer.write_batch(made)
with ThreadPoolExecutor(int(str(threads))) as pool:
    list(pool.map(copy, sorted(paid.glob("*.parquet"))))
"""
"""pyarrow alone: reads what is paid and what was given, and writes the same columns with the same threads."""


def pay_and_sum() -> Row:
    plan, results = plan_of(FIVE_BANDS), team()
    mine, theirs = alternate(lambda: plan.pay(results), lambda: results.sum(axis=1), 7)
    what = "`plan.pay` of a million rows of five KPIs, one thread; against `results.sum(axis=1)`"
    told = f"{mine * 1e3:.0f} ms", f"{theirs * 1e3:.0f} ms"
    return Row(what, *told, f"{mine / theirs:.2f}", "at most 1.5", mine <= 1.5 * theirs)


@contextmanager
def _payroll() -> Iterator[Path]:
    """A folder with a plan and files of results."""
    with tempfile.TemporaryDirectory() as folder:
        here = Path(folder)
        (here / "plan.toml").write_text(FIVE_BANDS, encoding="utf-8")
        (here / "results").mkdir()
        rows = team(ROWS_OF_A_FILE)
        table = pa.table({f"k{n + 1}": rows[:, n] for n in range(rows.shape[1])})
        for number in range(FILES):
            parquet.write_table(table, here / "results" / f"{number}.parquet", row_group_size=ROWS_OF_A_GROUP)
        yield here


def _pay(here: Path, *words: str) -> None:
    with tempfile.TemporaryDirectory(dir=here) as out:
        _pay_into(here, Path(out), *words)


def _pay_into(here: Path, out: Path, *words: str) -> None:
    given = ["pay", str(here / "plan.toml"), "--results", str(here / "results"), "--out", f"{out}/", "--allow", "scale"]
    done = subprocess.run([sys.executable, "-m", "calc", *given, *words], cwd=ROOT, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr


def parquet_to_parquet() -> Row:
    with _payroll() as here:
        paid, plain = here / "paid", here / "plain"
        plain.mkdir()
        _pay_into(here, paid)
        held = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
        alone = [sys.executable, "-c", ALONE, *map(str, (here / "results", paid, plain)), "2"]
        mine, theirs = alternate(lambda: _pay(here), lambda: subprocess.run(alone, check=True), 3)
    rows = FILES * ROWS_OF_A_FILE
    what = (
        f"`pay --results folder --out folder`, {rows:,} rows of five KPIs, Parquet to Parquet; "
        "against pyarrow reading the results and the pay and writing both, with two threads"
    )
    told = f"{mine:.1f} s, {held:.0f} MB", f"{theirs:.1f} s"
    goal = f"at most 1.5, below {MEMORY} MB"
    return Row(what, *told, f"{mine / theirs:.2f}", goal, mine <= 1.5 * theirs and held < MEMORY)


def cluster() -> Row:
    with _payroll() as here:
        mine, theirs = alternate(lambda: _pay(here, "--cluster", "local"), lambda: _pay(here), 3)
    what = "the same with `--cluster local`, a worker for each core; against the cores without it"
    return Row(what, f"{mine:.1f} s", f"{theirs:.1f} s", f"{mine / theirs:.2f}", "at most 1.3", mine <= 1.3 * theirs)
