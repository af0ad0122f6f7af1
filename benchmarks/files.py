"""A million rows from CSV to CSV, against pyarrow alone reading and writing the same two tables."""

import tempfile
from pathlib import Path

import pyarrow as pa
from pyarrow import csv, feather

from benchmarks.engine import team
from benchmarks.plans import FIVE_BANDS
from benchmarks.ratio import Row, alternate, python

ALONE = """
import sys
from pyarrow import csv, feather
source, paid, out = sys.argv[1:]
table = csv.read_csv(source)
made = feather.read_table(paid, memory_map=True)
for name in made.column_names:
    table = table.append_column(name, made[name])
csv.write_csv(table, out)
"""


def csv_to_csv() -> Row:
    with tempfile.TemporaryDirectory() as folder:
        here = Path(folder)
        plan, source, out, paid = (str(here / n) for n in ("plan.toml", "results.csv", "out.csv", "paid.feather"))
        Path(plan).write_text(FIVE_BANDS, encoding="utf-8")
        results = team()
        table = pa.table({f"k{n + 1}": results[:, n] for n in range(results.shape[1])})
        csv.write_csv(table, source)
        ours = python("-m", "calc", "pay", plan, "--results", source, "--out", out)
        ours()
        made = csv.read_csv(out)
        assert made.num_rows == len(results), "one row in, one row out"
        feather.write_feather(made.drop_columns(table.column_names), paid, compression="uncompressed")
        alone = python("-c", ALONE, source, paid, str(here / "alone.csv"))
        mine, theirs = alternate(ours, alone, 3)
        sizes = [Path(name).stat().st_size / 2**20 for name in (source, out)]
    ratio = mine / theirs
    what = (
        f"`python -m calc pay --results`, a million rows of five KPIs, {sizes[0]:.0f} MB in and {sizes[1]:.0f} MB out; "
        "against pyarrow alone reading and writing the same"
    )
    return Row(what, f"{mine:.2f} s", f"{theirs:.2f} s", f"{ratio:.1f} times as long", "at most 3 times", ratio <= 3)
