"""The command `sweep`: a grid of plans, teams and calibrations into a file of Parquet, on this machine or a cluster."""

import sys
from collections.abc import Callable
from pathlib import Path

from tqdm import tqdm

from calc.commands.terminal import note
from calc.plan.errors import Refused
from calc.scale.cluster import Cluster
from calc.scale.places import Location
from calc.scale.sweep_file import read_sweep
from calc.scale.sweep_points import run_sweep
from calc.scale.workers import Cores, Workers


def sweep_into_file(file: Path, out: Path | Location, cluster: str | None, check: Callable[[], None]) -> None:
    """Work out every point of a sweep, and say on stderr how many do not hold.

    Args:
        file: the sweep.
        out: the file of Parquet.
        cluster: `local`, or the address of a Dask scheduler; the cores of this machine where None.
        check: stops the work by raising.

    Raises:
        Refused: the sweep does not hold, or the file cannot be written.
    """
    if isinstance(out, Location) and not out.address.endswith(".parquet"):
        raise Refused(f"--out must be a file of Parquet (got the folder {out})")
    sweep, presets = read_sweep(file)
    workers: Workers = Cores(check=check) if cluster is None else Cluster(cluster, check=check)
    quiet = None if sys.stderr is not None else True
    with workers, tqdm(total=sweep.size, unit=" points", leave=False, disable=quiet) as bar:
        refused = run_sweep(sweep, presets, Location(str(out)), workers, bar.update)
    said = f"{sweep.size:,} points in {out}"
    note(said + (f", {refused:,} of which do not hold: see the column refused" if refused else ""))
