"""Files of Parquet in, a folder of pay out, partition by partition, on whatever workers there are.

Each partition is written whole or not at all. One that does not hold is named by file, row group and line, and the
others are written. Started again, a run does only what is missing. What no partition alone shows is looked at in the
end: people who stand twice, a total in the last row, a column in another unit. `_manifest.json` says what was paid and
what was not.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

import pyarrow as pa

from calc.payroll.headings import Layout, added_columns
from calc.payroll.oddities import RowWatch, more_repeats_sentence
from calc.payroll.pay_table import read_layout, read_rows
from calc.payroll.watch_summary import go_on_behind
from calc.plan.errors import Refused, quote_value
from calc.plan.plan import Plan
from calc.scale.manifest import Manifest, write_manifest
from calc.scale.partitions import PartitionRecord, plan_checksum, read_partitions, read_records
from calc.scale.pay_partition import PartitionJob, PartitionPaid, pay_partition
from calc.scale.people import FoundPerson, PeopleJob, PeopleSpool, RepeatedPerson, find_people, list_people
from calc.scale.places import Location, is_within, list_files, list_folder, remove_broken_off
from calc.scale.workers import Workers

MAX_PARTITIONS_NAMED = 50
"""Partitions that do not hold, which are named at the most."""
Rows = Callable[[int], object]
"""Is told of rows that are paid, or were found paid."""


@dataclass(frozen=True)
class FolderOrder:
    """What is to be paid.

    Args:
        plan: the plan that pays.
        results: a file, a folder or a pattern of Parquet.
        out: the folder of pay.
        allow: the oddities that are meant.
        version: of the engine, for the manifest.
    """

    plan: Plan
    results: Location
    out: Location
    allow: tuple[str, ...] = ()
    version: str = ""


class FolderPay:
    """A payroll on its way from results to pay.

    Args:
        order: what is to be paid.

    Raises:
        Refused: the results cannot be read as one table, or the folder holds something else than their pay.
    """

    def __init__(self, order: FolderOrder) -> None:
        self.order, self.checksum = order, plan_checksum(order.plan)
        files = list_files(order.results)
        for file in files:
            if is_within(file.place, order.out):
                raise Refused(f"{order.out} must be another folder than that of the results (got {file.name} in it)")
        schema, self.partitions = read_partitions(files)
        self.layout = _layout_of(order, files[0].name, schema)
        self.records: dict[int, PartitionRecord] = {}
        self.refused: dict[int, tuple[str, ...]] = {}
        self.refused_count = 0
        self._find_done()
        self.found_before = len(self.records)

    @property
    def rows(self) -> int:
        """How many rows there are to be paid in all."""
        return sum(partition.rows for partition in self.partitions)

    def pay_missing(self, workers: Workers, told: Rows) -> Manifest:
        """Pay what is missing, look at the whole, and write the manifest.

        Args:
            workers: who does it.
            told: is told of the rows of each partition that is done.

        Raises:
            NotWritten: nothing can be written where the pay is to go.
        """
        with PeopleSpool(self.rows) as spool:
            told(sum(record.rows for record in self.records.values()))
            missing = [n for n in range(len(self.partitions)) if n not in self.records]
            before = list(self.records)
            places = {self.partitions[n]: n for n in missing}
            for paid in workers.do_all(pay_partition, map(self._job, missing)):
                self._take_in(places[paid.partition], paid, spool)
                told(paid.partition.rows)
            faults = [*self._whole_faults(), *self._repeats(workers, spool, before)]
        manifest = self._manifest([*self._refusals(), *faults])
        write_manifest(self.order.out, manifest)
        remove_broken_off(self.order.out)
        return manifest

    def _job(self, place: int) -> PartitionJob:
        order = self.order
        return PartitionJob(order.plan, self.checksum, self.partitions[place], order.out, order.allow)

    def _take_in(self, place: int, paid: PartitionPaid, spool: PeopleSpool) -> None:
        if paid.record is None:
            self.refused_count += 1
            if len(self.refused) < MAX_PARTITIONS_NAMED:
                self.refused[place] = paid.refused
            return
        self.records[place] = paid.record
        if paid.people is not None:
            spool.add(place, paid.people)

    def _refusals(self) -> list[str]:
        """The sentences of partitions that are not paid, in order, and how many they are."""
        if not self.refused_count:
            return []
        told = [sentence for _, sentences in sorted(self.refused.items()) for sentence in sentences]
        return [*told, f"{self.refused_count:,} of {len(self.partitions):,} partitions are not paid"]

    # What is there already

    def _find_done(self) -> None:
        """Note the partitions that are paid already.

        Raises:
            Refused: the folder holds something else.
        """
        order = self.order
        places = {partition.paid_name: place for place, partition in enumerate(self.partitions)}
        remove_broken_off(order.out)
        there = list_folder(order.out)
        for file, record in zip(there, read_records(there), strict=True):
            holds = f"{order.out} must be empty or hold pay of these results by this plan"
            if record is None or file.name not in places:
                raise Refused(f"{holds} (got {quote_value(file.name)}, which is something else)")
            if record.plan != self.checksum:
                raise Refused(f"{holds} (got {quote_value(file.name)}, paid by another)")
            place = places[file.name]
            if record.is_of(self.partitions[place], order.allow):
                self.records[place] = record

    # What no partition alone shows

    def _whole_faults(self) -> Iterator[str]:
        """A sentence for each file that ends in its total, and for columns in another unit."""
        order, whole = self.order, RowWatch(self.order.plan, self.layout, self.order.allow)
        places = [place for place in range(len(self.partitions)) if place in self.records]
        for name, some in groupby(places, lambda place: self.partitions[place].source.name):
            one = RowWatch(order.plan, self.layout, order.allow)
            for place in some:
                go_on_behind(one, self.records[place].seen)
                go_on_behind(whole, self.records[place].seen)
            yield from one.unnamed_total_faults(name)
        if "scale" not in order.allow:
            yield from whole.column_faults(str(order.results))

    def _repeats(self, workers: Workers, spool: PeopleSpool, before: Sequence[int]) -> Iterator[str]:
        """A sentence for each of the first few people who stand more than once."""
        if "repeats" in self.order.allow or self.layout.person is None:
            return
        plan, parts = self.order.plan, self.partitions
        for place, people in workers.do_all(list_people, (PeopleJob(plan, n, parts[n]) for n in before)):
            spool.add(place, people)
        several, count = spool.repeated()
        wanted = tuple(one.person for one in several)
        places = sorted({place for one in several for place in one.partitions})
        jobs = (PeopleJob(plan, place, parts[place], wanted) for place in places)
        rows = [row for found in workers.do_all(find_people, jobs) for row in found]
        for one in several:
            yield from _repeat_sentences(one, rows)
        if count > len(several):
            yield more_repeats_sentence(str(self.order.results), count - len(several))

    def _manifest(self, faults: Sequence[str]) -> Manifest:
        paid = [(self.partitions[place], self.records[place]) for place in sorted(self.records)]
        columns = added_columns(self.order.plan)
        units = {name: sum(record.units[name] for _, record in paid) for name in columns}
        return Manifest(
            plan=self.checksum,
            version=self.order.version,
            currency=self.order.plan.currency,
            decimals=self.order.plan.minor,
            rows=sum(record.rows for _, record in paid),
            units=units,
            partitions=tuple(paid),
            refused=tuple(faults),
        )


def _layout_of(order: FolderOrder, name: str, schema: pa.Schema) -> Layout:
    """Which columns are read.

    Raises:
        Refused: a column is missing, doubled, a near miss, or no numbers.
    """
    layout = read_layout(order.plan, schema.names, name, order.allow)
    read_rows(layout, schema.empty_table(), name, str, people=False)
    return layout


def _repeat_sentences(one: RepeatedPerson, rows: Sequence[FoundPerson]) -> Iterator[str]:
    same = sorted((row.where, row) for row in rows if row.person == one.person)
    alike = [row for _, row in same if row.key == same[0][1].key]
    if len(alike) > 1:
        where = ", ".join(row.where for row in alike[:5]) + (f" and {one.times - 5:,} more" if one.times > 5 else "")
        yield (
            f"{where} must not be one person twice (got {quote_value(alike[0].name)}): "
            "leave one out, or say --allow repeats if it is meant"
        )
