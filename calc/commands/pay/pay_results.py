"""A file of results paid from the command line, with its progress on a terminal."""

import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import BinaryIO

from pyarrow import enable_signal_handlers
from tqdm import tqdm

from calc.commands.terminal import note
from calc.payroll.pay_file import pay_file
from calc.payroll.pay_rows import Reading
from calc.plan.errors import MAX_NAMES_LISTED, quote_value
from calc.plan.plan import Plan


def pay_results(
    plan: Plan,
    plan_file: Path,
    results: Path | BinaryIO,
    out: Path | None,
    reading: Reading,
    check: Callable[[], None],
) -> None:
    """Pay a file of results, and name on stderr the columns that were not read.

    Args:
        plan: the plan that pays.
        plan_file: where it stands, if anywhere; it is not written over.
        results: the results.
        out: where the paid rows go; stdout where None.
        reading: how the file is read.
        check: is called once a block, and stops the work by raising.

    Raises:
        Refused: what `pay_file` refuses.
    """
    enable_signal_handlers(False)  # else a signal while pyarrow reads a block is lost
    size = results.stat().st_size if isinstance(results, Path) and results.is_file() else None
    quiet = None if sys.stderr is not None else True
    with tqdm(total=size, unit="B", unit_scale=True, leave=False, disable=quiet) as bar:

        def told(read: int) -> None:
            check()
            bar.update(read)

        place = sys.stdout.buffer if out is None else out
        unread = pay_file(plan, results, place, told, reading, (("the plan", plan_file),)).unread
    note_unread(unread)


def note_unread(unread: Sequence[str]) -> None:
    """Say which columns were not read, if any."""
    if unread:
        more = f" and {len(unread) - MAX_NAMES_LISTED:,} more" if len(unread) > MAX_NAMES_LISTED else ""
        names = ", ".join(quote_value(name) for name in unread[:MAX_NAMES_LISTED])
        note(f"columns passed through unread: {names}{more}")
