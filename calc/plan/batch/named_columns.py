"""Whatever names its columns, read alike: a DataFrame, a table or a mapping.

Neither pandas nor pyarrow is imported here: what they hand over is known by what it can do.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

INCENTIVE = "target_incentive"
TARGET = ".target"


@dataclass(frozen=True)
class Columns:
    """Columns by name, and how to give back what is paid: with the index of a DataFrame, else as it is."""

    names: tuple[str, ...]
    column: Callable[[str], Any]
    wrap: Callable[[Any], Any]


def named_columns(given: Any) -> Columns | None:
    """The columns of something that names them; None for plain numbers, which are read by position."""
    if isinstance(given, Mapping):
        return Columns(tuple(map(str, given)), given.__getitem__, lambda paid: paid)
    if hasattr(given, "column_names") and hasattr(given, "column"):  # a pyarrow Table or RecordBatch
        return Columns(tuple(given.column_names), given.column, lambda paid: paid)
    if not hasattr(given, "index") or not hasattr(given, "to_numpy"):
        if hasattr(given, "columns") and hasattr(given, "get_column"):  # a polars DataFrame
            return Columns(tuple(given.columns), lambda name: given.get_column(name).to_numpy(), lambda paid: paid)
        return None
    if hasattr(given, "columns"):  # a pandas DataFrame
        series = given._constructor_sliced
        return Columns(
            tuple(map(str, given.columns)), given.__getitem__, lambda paid: series(paid, index=given.index, name="pay")
        )
    if all(isinstance(name, str) for name in given.index):  # a pandas Series: one rep
        return Columns(tuple(given.index), given.__getitem__, lambda paid: paid)
    return None
