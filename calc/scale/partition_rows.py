"""The rows of one partition, part by part, and who is in them."""

from collections.abc import Iterator, Sequence
from typing import Any

import pyarrow as pa
from pyarrow import compute, parquet

from calc.payroll.oddities import fold_case
from calc.payroll.pay_table import RowsRead
from calc.payroll.text_hashes import Hashes, text_hashes
from calc.payroll.watched_table import PART_ROWS
from calc.plan.errors import Refused
from calc.scale.partitions import Partition
from calc.tables.sheets.number_marks import decoded

READ_BYTES = 1 << 20
"""Bytes of a column that are read at a time."""


def open_source(partition: Partition) -> parquet.ParquetFile:
    """The file of a partition.

    Raises:
        Refused: it cannot be read.
    """
    system, path = partition.source.place.reach()
    try:
        return parquet.ParquetFile(system.open_input_file(path), buffer_size=READ_BYTES)
    except (OSError, pa.ArrowException) as error:
        raise Refused(_unreadable(partition, error)) from None


def read_parts(
    source: parquet.ParquetFile, partition: Partition, columns: Sequence[str] | None = None
) -> Iterator[Any]:
    """The rows of a partition, a RecordBatch a part.

    Args:
        source: its file.
        partition: the partition.
        columns: the names of those columns that are read; all where None.

    Raises:
        Refused: they cannot be read.
    """
    names = None if columns is None else [*columns]
    parts = source.iter_batches(PART_ROWS, [partition.group], names, use_threads=False)
    while True:
        try:
            part = next(parts, None)
        except (OSError, pa.ArrowException) as error:
            raise Refused(_unreadable(partition, error)) from None
        if part is None:
            return
        yield part


def _unreadable(partition: Partition, error: BaseException) -> str:
    return f"{partition.called} must be Parquet that can be read (got: {str(error).splitlines()[0][:200]})"


def person_hashes(read: RowsRead) -> list[Hashes]:
    """A number for the person and period of each row that names somebody: one array, or none where no column does."""
    if read.keys is None:
        return []
    named = compute.not_equal(decoded(read.names), "").to_numpy(zero_copy_only=False)
    return [text_hashes(fold_case(read.keys))[named]]
