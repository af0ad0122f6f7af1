"""One partition paid: read where it lies, in parts that stay in the cache, and written whole where its pay belongs.

It knows nothing of the run that it belongs to, so that it can be done by any process, and done again.
"""

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from typing import Any

import numpy as np
import pyarrow as pa
from pyarrow import parquet

from calc.payroll.headings import added_columns, layout_of
from calc.payroll.pay_table import sum_units
from calc.payroll.text_hashes import Hashes
from calc.payroll.watch_summary import watch_summary
from calc.payroll.watched_table import WatchedTable
from calc.plan.errors import Refused
from calc.plan.plan import Plan
from calc.scale.partition_rows import open_source, person_hashes, read_parts
from calc.scale.partitions import RECORD_KEY, Partition, PartitionRecord
from calc.scale.places import Location, NotWritten, write_whole, writing
from calc.scale.workers import Check, never_stop


@dataclass(frozen=True)
class PartitionJob:
    """A partition that is to be paid.

    Args:
        plan: the plan that pays, and its checksum.
        partition: what is paid.
        out: the folder that it goes to.
        allow: the oddities that are meant.
    """

    plan: Plan
    checksum: str
    partition: Partition
    out: Location
    allow: tuple[str, ...] = ()


@dataclass(frozen=True)
class PartitionPaid:
    """What came of a partition: its record and who is in it, or the sentences for which it was not paid."""

    partition: Partition
    record: PartitionRecord | None
    people: Hashes | None
    refused: tuple[str, ...] = ()


def pay_partition(job: PartitionJob, check: Check = never_stop) -> PartitionPaid:
    """Pay a partition into a file of its own, which is there whole or not at all.

    Args:
        job: what is paid, and where to.
        check: is called once a part, and stops the work by raising.

    Raises:
        NotWritten: nothing can be written there.
    """
    try:
        return _PartitionPay(job, check).pay_all()
    except NotWritten:
        raise
    except Refused as refused:
        return PartitionPaid(job.partition, None, None, refused.sentences)


class _PartitionPay:
    """One go through a partition."""

    def __init__(self, job: PartitionJob, check: Check) -> None:
        self.job, self.check = job, check
        self.people: list[Hashes] = []
        self.units = dict.fromkeys(added_columns(job.plan), 0)

    def pay_all(self) -> PartitionPaid:
        """Pay every row.

        Raises:
            Refused: a row does not hold, or is odd and not said to be meant.
        """
        job, partition = self.job, self.job.partition
        source = open_source(partition)
        layout = layout_of(job.plan, source.schema_arrow.names)
        people = "repeats" not in job.allow
        watch_for = (*job.allow, "repeats")  # no partition alone sees them all
        watched = WatchedTable(job.plan, layout, partition.called, watch_for, partition.first_line, people)
        with source, write_whole(job.out.beside(partition.paid_name)) as stream:
            schema = watched.pay_next(source.schema_arrow.empty_table()).schema
            with _parquet_writer(stream, schema, job.out) as writer:
                for part in read_parts(source, partition):
                    self.check()
                    self._write(watched, part, writer)
                if faults := [*watched.watch.row_faults(partition.called)]:
                    raise Refused(faults)
                record = self._record(watched)
                writer.add_key_value_metadata({RECORD_KEY: record.as_bytes()})
        return PartitionPaid(partition, record, np.concatenate(self.people) if self.people else None)

    def _write(self, watched: WatchedTable, part: Any, writer: parquet.ParquetWriter) -> None:
        paid = watched.pay_next(part)
        for name in self.units:
            self.units[name] += sum_units(paid.column(name).to_numpy(), self.job.plan.minor)
        if watched.people and watched.last_read is not None:
            self.people += person_hashes(watched.last_read)
        with writing(self.job.out):
            writer.write_batch(paid)

    def _record(self, watched: WatchedTable) -> PartitionRecord:
        job, source = self.job, self.job.partition.source
        return PartitionRecord(
            plan=job.checksum,
            source=source.name,
            group=job.partition.group,
            size=source.size,
            changed=source.changed,
            allow=job.allow,
            rows=watched.rows,
            units=self.units,
            seen=watch_summary(watched.watch),
        )


@contextmanager
def _parquet_writer(stream: Any, schema: pa.Schema, out: Location) -> Iterator[parquet.ParquetWriter]:
    """What writes Parquet to a stream, closed at the end.

    Raises:
        NotWritten: it cannot be written.
    """
    done = False
    with writing(out):
        writer = parquet.ParquetWriter(stream, schema)
    try:
        yield writer
        with writing(out):
            writer.close()
        done = True
    finally:
        if not done:
            with suppress(OSError, pa.ArrowException):
                writer.close()
