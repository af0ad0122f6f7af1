"""Runs what docs/scale.md says of an engine, in a process of its own, and looks at what it has written."""

import os
import re
import subprocess
import sys
from pathlib import Path

import numpy as np
import pyarrow as pa
from pyarrow import dataset, parquet

import calc
from tests.conftest import ROOT

SCALE = (ROOT / "docs" / "scale.md").read_text(encoding="utf-8")
LINES = dict(re.findall(r"<!-- engine: (\w+) -->\n```python\n(.*?)```", SCALE, re.DOTALL))
"""By engine, the lines that the document has for it."""
OWN = {
    "PYSPARK_SUBMIT_ARGS": "--master local[1] --conf spark.ui.enabled=false pyspark-shell",
    "PYSPARK_PYTHON": sys.executable,
    "SPARK_LOCAL_IP": "127.0.0.1",
    "RAY_USAGE_STATS_ENABLED": "0",
}
"""What engines are told of this machine."""


def pays_as_the_engine_does(engine: str, folder: Path) -> None:
    """The lines pay every row as `calc.pay_table` does here."""
    rng = np.random.default_rng(1)
    deals, csat = np.round(rng.normal(100, 30, 300)), np.round(rng.normal(85, 5, 300), 1)
    results = pa.table({"rep": [f"rep {row:03d}" for row in range(300)], "deals": deals, "csat": csat})
    (folder / "results").mkdir()
    for number in range(3):
        part = results.slice(100 * number, 100)
        parquet.write_table(part, folder / "results" / f"{number}.parquet", row_group_size=40)
    preset = calc.load("low-ceiling")
    (folder / "plan.toml").write_text(calc.dumps(preset), encoding="utf-8")
    path = os.pathsep.join([str(ROOT), *filter(None, [os.environ.get("PYTHONPATH")])])
    known = {**os.environ, **OWN, "PYTHONPATH": path}
    done = subprocess.run([sys.executable, "-c", LINES[engine]], cwd=folder, env=known, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr[-3000:]
    paid = dataset.dataset(folder / "paid.parquet", format="parquet").to_table().sort_by("rep")
    expected = calc.pay_table(preset.plan, results)
    assert paid.column_names == expected.column_names
    assert paid.to_pylist() == expected.to_pylist()
