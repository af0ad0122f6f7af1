"""Files of Parquet paid into a folder from the command line: on the cores of this machine, or on a cluster."""

import argparse
import sys
from collections.abc import Callable
from pathlib import Path

from pyarrow import enable_signal_handlers
from tqdm import tqdm

from calc.commands.pay.pay_results import note_unread
from calc.commands.results_options import reading_of
from calc.commands.terminal import note, refuse
from calc.plan.errors import Refused
from calc.plan.plan import Plan
from calc.scale.cluster import Cluster
from calc.scale.manifest import MANIFEST_NAME, Manifest
from calc.scale.pay_folder import FolderOrder, FolderPay
from calc.scale.places import Location
from calc.scale.workers import Cores, Workers

OTHER_SUFFIXES = {".csv", ".tsv", ".txt", ".xlsx"}
"""Of files that are no Parquet, and are paid into a file."""


def pay_into_folder(order: FolderOrder, cluster: str | None, check: Callable[[], None]) -> int:
    """Pay what is missing in a folder of pay, and say on stderr what was done and what does not hold.

    Args:
        order: what is to be paid.
        cluster: `local`, or the address of a Dask scheduler; the cores of this machine where None.
        check: stops the work by raising.

    Returns:
        The status to end with: 2 where something does not hold.

    Raises:
        Refused: the results are no table, the folder holds something else, or the cluster cannot be reached.
    """
    enable_signal_handlers(False)  # else a signal while pyarrow reads is lost
    workers: Workers = Cores(check=check) if cluster is None else Cluster(cluster, check=check)
    pay = FolderPay(order)
    quiet = None if sys.stderr is not None else True
    with workers, tqdm(total=pay.rows, unit=" rows", unit_scale=True, leave=False, disable=quiet) as bar:
        manifest = pay.pay_missing(workers, bar.update)
    note_unread(pay.layout.unread)
    note(summary_text(manifest, pay.found_before))
    if manifest.refused:
        refuse(manifest.refused)
    return 2 if manifest.refused else 0


def folder_order(plan: Plan, asked: argparse.Namespace, version: str) -> FolderOrder:
    """What the arguments of `pay` ask to be paid into a folder.

    Raises:
        Refused: they do not go together.
    """
    place = asked.results if isinstance(asked.results, Location) else Location(str(asked.results))
    suffix = Path(place.address).suffix.lower()
    if asked.map is not None or asked.decimal is not None:
        raise Refused("--out of a folder takes Parquet, to which neither --map nor --decimal applies (got one)")
    if place.address == "-" or (suffix in OTHER_SUFFIXES and not Path(place.address).is_dir()):
        raise Refused(f"--out of a folder takes results of Parquet: a file, a folder or a pattern (got {place})")
    return FolderOrder(plan, place, asked.out, tuple(reading_of(None, asked.allow).allow), version)


def summary_text(manifest: Manifest, before: int) -> str:
    """What was paid, in a sentence."""
    count = len(manifest.partitions)
    earlier = f", {before:,} of them before" if before else ""
    pay = manifest.money(manifest.units)["pay"]
    return (
        f"{manifest.rows:,} rows in {count:,} {'partition' if count == 1 else 'partitions'}{earlier}: "
        f"{manifest.currency} {pay} in all, see {MANIFEST_NAME}"
    )
