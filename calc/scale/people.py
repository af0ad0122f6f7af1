"""Who stands twice in a payroll of any size.

Every person and period is a number of 64 bits. The numbers of all partitions go to a temporary folder of this machine
[16 bytes a row], parted by size, so that each part can be put in order by itself. The few that stand twice are then
looked up by name, where they lie.
"""

import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Any

import numpy as np
from numpy.typing import NDArray

from calc.payroll.headings import Layout, layout_of
from calc.payroll.oddities import fold_case
from calc.payroll.pay_table import read_rows
from calc.payroll.text_hashes import Hashes, text_hashes
from calc.plan.plan import Plan
from calc.scale.partition_rows import open_source, person_hashes, read_parts
from calc.scale.partitions import Partition
from calc.scale.workers import Check, never_stop
from calc.tables.sheets.number_marks import EXAMPLES_TOLD, decoded

ROWS_IN_ORDER = 1 << 21
"""Rows of a part that are put in order at a time."""
ENTRY = np.dtype([("person", np.uint64), ("partition", np.uint64)])


@dataclass(frozen=True)
class PeopleJob:
    """A partition, by its place among all, in which people are looked up: all of them, or those with some numbers."""

    plan: Plan
    place: int
    partition: Partition
    wanted: tuple[int, ...] = ()


@dataclass(frozen=True)
class FoundPerson:
    """A row of somebody: the number, where it stands, the name, and the name with the period as it is compared."""

    person: int
    where: str
    name: str
    key: str


@dataclass(frozen=True)
class RepeatedPerson:
    """Somebody who stands more than once: the number, how often, and the first few partitions, by place."""

    person: int
    times: int
    partitions: tuple[int, ...]


def list_people(job: PeopleJob, check: Check = never_stop) -> tuple[int, Hashes]:
    """The place of a partition, and the numbers of all its people (n,).

    Raises:
        Refused: it cannot be read.
    """
    found = [np.empty(0, np.uint64)]
    for read, _ in _people_rows(job):
        check()
        found += person_hashes(read)
    return job.place, np.concatenate(found)


def find_people(job: PeopleJob, check: Check = never_stop) -> list[FoundPerson]:
    """The rows of a partition that are of the people wanted.

    Raises:
        Refused: it cannot be read.
    """
    wanted, found = np.array(job.wanted, np.uint64), list[FoundPerson]()
    for read, line in _people_rows(job):
        check()
        keys, names = fold_case(read.keys), decoded(read.names)
        hashes = text_hashes(keys)
        for row in np.flatnonzero(np.isin(hashes, wanted)).tolist():
            where = f"{job.partition.called} line {line + row}"
            found.append(FoundPerson(int(hashes[row]), where, names[row].as_py(), keys[row].as_py()))
    return found


def _people_rows(job: PeopleJob) -> Iterator[tuple[Any, int]]:
    """Names and periods of a partition, part by part, each with the line of its first row."""
    line = job.partition.first_line
    with open_source(job.partition) as source:
        names = source.schema_arrow.names
        layout = layout_of(job.plan, names)
        if layout.person is None:
            return
        columns = [names[place] for place in sorted({layout.person, *layout.periods})]
        places = [columns.index(names[place]) for place in (layout.person, *layout.periods)]
        narrow = Layout((), places[0], tuple(places[1:]), ())
        for part in read_parts(source, job.partition, columns):
            yield read_rows(narrow, part, job.partition.called, str, people=True), line
            line += part.num_rows


class PeopleSpool:
    """The numbers of all people, in a temporary folder that goes at the end.

    Args:
        rows: how many rows the payroll has.
    """

    def __init__(self, rows: int) -> None:
        self.shift = np.uint64(64 - max(1, (rows // ROWS_IN_ORDER).bit_length()))
        self.folder = tempfile.TemporaryDirectory(prefix="flatline-", ignore_cleanup_errors=True)

    def __enter__(self) -> "PeopleSpool":
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.folder.cleanup()

    def add(self, partition: int, people: Hashes) -> None:
        """Take in the people of a partition, which is told by its place."""
        bucket = people >> self.shift
        for number in np.unique(bucket).tolist():
            some = people[bucket == number]
            entries = np.empty(len(some), ENTRY)
            entries["person"], entries["partition"] = some, partition
            with self._path(number).open("ab") as file:
                file.write(entries.tobytes())

    def repeated(self) -> tuple[list[RepeatedPerson], int]:
        """The first few people who stand more than once, and how many do."""
        told, count = list[RepeatedPerson](), 0
        for path in sorted(Path(self.folder.name).iterdir()):
            entries = np.fromfile(path, ENTRY)
            entries = entries[np.argsort(entries["person"], kind="stable")]
            starts, counts = _runs(entries["person"])
            several = np.flatnonzero(counts > 1)
            count += len(several)
            for run in several[: EXAMPLES_TOLD - len(told)].tolist():
                some = entries[starts[run] : starts[run] + counts[run]]
                places = dict.fromkeys(some["partition"].tolist())
                told.append(RepeatedPerson(int(some["person"][0]), len(some), tuple(places)[:EXAMPLES_TOLD]))
        return told, count

    def _path(self, number: int) -> Path:
        return Path(self.folder.name) / f"{number:06d}"


def _runs(ordered: Hashes) -> tuple[NDArray[np.intp], NDArray[np.intp]]:
    """Where each run of equal numbers starts, and how long it is."""
    starts = np.flatnonzero(np.concatenate(([True], ordered[1:] != ordered[:-1])))
    return starts, np.diff(starts, append=len(ordered))
