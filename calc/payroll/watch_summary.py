"""What has been seen of rows that were paid in several parts, put together: nothing that names anybody, as JSON."""

from collections.abc import Mapping
from typing import Any

from calc.payroll.oddities import RowWatch

SOMEBODY = "somebody"
"""Stands for the name in a last row, which is nobody's business."""


def watch_summary(watch: RowWatch) -> dict[str, Any]:
    """What has been seen of the columns as a whole."""
    line, text = watch.last_row
    return {
        "rows": watch.rows,
        "named": watch.named,
        "sums": watch.sums,
        "last": watch.last,
        "last_row": [line, SOMEBODY if text else ""],
        "highest": watch.highest,
        "unlike_zero": watch.unlike_zero,
    }


def go_on_behind(watch: RowWatch, seen: Mapping[str, Any]) -> None:
    """Take in the summary of rows that stand behind those that a watch has seen."""
    if not seen["rows"]:
        return
    watch.rows += seen["rows"]
    watch.named += seen["named"]
    watch.last, watch.last_row = seen["last"], (seen["last_row"][0], seen["last_row"][1])
    for name, value in seen["sums"].items():
        watch.sums[name] = watch.sums.get(name, 0.0) + value
    for name, value in seen["highest"].items():
        watch.highest[name] = max(watch.highest.get(name, 0.0), value)
    for name, value in seen["unlike_zero"].items():
        watch.unlike_zero[name] = watch.unlike_zero.get(name, 0) + value
