"""What a payroll is paid in: partitions, each a row group of a file of Parquet, and each a file of its own afterwards.

A partition that is paid carries what it was made of in its own footer: by which plan, from which file as it then was,
and what it came to. So whoever starts again knows what is done without another list that could say something else.
"""

import json
from collections.abc import Collection, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from hashlib import sha256
from typing import Any

import pyarrow as pa
from pyarrow import parquet

from calc.payroll.watched_table import FIRST_LINE
from calc.plan.errors import Refused
from calc.plan.plan import Plan
from calc.scale.places import StoredFile

RECORD_KEY = b"flatline"
"""Under which a footer has the record."""
MAX_FILES_NAMED = 5
"""Files with another schema that are named at the most."""
FOOTERS_AT_ONCE = 8


@dataclass(frozen=True)
class Partition:
    """A row group of a file: its number, counted from 0, its rows, and how many rows of the file stand before it."""

    source: StoredFile
    group: int
    rows: int
    before: int

    @property
    def called(self) -> str:
        """What a sentence calls it."""
        return f"{self.source.name} row group {self.group}"

    @property
    def first_line(self) -> int:
        """The line of its first row in its file, as if that had a heading."""
        return self.before + FIRST_LINE

    @property
    def paid_name(self) -> str:
        """The file in which it is paid."""
        return f"{self.source.name.removesuffix('.parquet')}.{self.group:05d}.parquet"


@dataclass(frozen=True)
class PartitionRecord:
    """What a paid partition was made of, and what it came to.

    Args:
        plan: the checksum of the plan.
        source, group: the file and its row group.
        size, changed: of that file [bytes], [ns].
        allow: the oddities that were said to be meant.
        rows: how many.
        units: by column of pay, its sum [the currency's smallest unit].
        seen: what was seen of its columns as a whole (`watch_summary`).
    """

    plan: str
    source: str
    group: int
    size: int
    changed: int
    allow: tuple[str, ...]
    rows: int
    units: dict[str, int]
    seen: dict[str, Any]

    def as_bytes(self) -> bytes:
        """As it stands in a footer."""
        return json.dumps(vars(self)).encode()

    @classmethod
    def of_bytes(cls, given: bytes) -> "PartitionRecord":
        """From a footer.

        Raises:
            ValueError: it is no such record.
        """
        try:
            found = json.loads(given)
            return cls(**{**found, "allow": tuple(found["allow"])})
        except (TypeError, KeyError) as error:
            raise ValueError(f"no record of a partition: {error}") from None

    def is_of(self, partition: Partition, allow: Collection[str]) -> bool:
        """Whether a partition was paid as it is now, with no more allowed than is now."""
        now = (partition.source.size, partition.source.changed, partition.rows)
        return (self.size, self.changed, self.rows) == now and {*self.allow} <= {*allow}


def plan_checksum(plan: Plan) -> str:
    """A checksum of all terms of a plan: plans that pay by the same terms have the same (SHA-256, 64 digits)."""
    return sha256(plan.model_dump_json().encode()).hexdigest()


def read_partitions(files: Sequence[StoredFile]) -> tuple[pa.Schema, tuple[Partition, ...]]:
    """The schema that all files have, and their partitions in order.

    Raises:
        Refused: a file is no Parquet, or has other columns than the first.
    """
    with ThreadPoolExecutor(FOOTERS_AT_ONCE) as pool:
        footers = [*pool.map(read_footer, files)]
    schema = footers[0].schema.to_arrow_schema()
    faults = [
        fault
        for file, footer in zip(files, footers, strict=True)
        for fault in _schema_faults(schema, files[0], footer.schema.to_arrow_schema(), file)
    ]
    if faults:
        more = len(faults) - MAX_FILES_NAMED
        raise Refused(faults[:MAX_FILES_NAMED] + ([f"and {more:,} more"] if more > 0 else []))
    found = [one for file, footer in zip(files, footers, strict=True) for one in _partitions_of(file, footer)]
    return schema, tuple(found)


def read_footer(file: StoredFile) -> parquet.FileMetaData:
    """What stands at the end of a file of Parquet.

    Raises:
        Refused: it cannot be read.
    """
    system, path = file.place.reach()
    try:
        with system.open_input_file(path) as stream:
            return parquet.read_metadata(stream)
    except (OSError, pa.ArrowException) as error:
        raise Refused(
            f"{file.name} must be Parquet that can be read (got: {str(error).splitlines()[0][:200]})"
        ) from None


def _partitions_of(file: StoredFile, footer: parquet.FileMetaData) -> Iterator[Partition]:
    before = 0
    for group in range(footer.num_row_groups):
        rows = footer.row_group(group).num_rows
        yield Partition(file, group, rows, before)
        before += rows


def _schema_faults(schema: pa.Schema, first: StoredFile, other: pa.Schema, file: StoredFile) -> Iterator[str]:
    """What a file has otherwise than the first; the order of columns aside."""
    if [*schema.names] == [*other.names] and schema.types == other.types:
        return
    types, others = (dict(zip(one.names, one.types, strict=True)) for one in (schema, other))
    for name in dict.fromkeys([*types, *others]):
        want, got = types.get(name, "no such column"), others.get(name, "no such column")
        if want != got:
            yield f"{file.name} must have the columns of {first.name}: {name} must be {want} (got {got})"


def read_records(files: Sequence[StoredFile]) -> list[PartitionRecord | None]:
    """The record in each of some files of Parquet; None where a file has none.

    Raises:
        Refused: a file cannot be read.
    """
    with ThreadPoolExecutor(FOOTERS_AT_ONCE) as pool:
        return [_record_in(footer) for footer in pool.map(read_footer, files)]


def _record_in(footer: parquet.FileMetaData) -> PartitionRecord | None:
    given = (footer.metadata or {}).get(RECORD_KEY)
    try:
        return None if given is None else PartitionRecord.of_bytes(given)
    except ValueError:
        return None
