"""Files of results in, files of pay out, each in the format of its name: CSV, Parquet or xlsx.

CSV is paid block by block into CSV and never held whole. A table of another format is held whole, and paid as a table.
Many files of Parquet into a folder are paid part by part (`calc.scale`), and not here.
"""

import tempfile
from collections.abc import Sequence
from contextlib import ExitStack
from pathlib import Path
from typing import BinaryIO

from calc.payroll.csv_blocks import Form, Seen
from calc.payroll.pay_rows import AS_IT_STANDS, STANDARD_INPUT, Paid, Reading, pay_rows, spooled
from calc.payroll.pay_table import read_layout
from calc.payroll.table_files import files_of, format_of, format_of_stream, paid_table, read_table, write_table
from calc.payroll.watched_table import WatchedTable, pay_watched
from calc.payroll.whole_output import opened, refuse_same_file, whole_output
from calc.plan.plan import Plan


def pay_file(
    plan: Plan,
    results: Path | BinaryIO,
    out: Path | BinaryIO,
    seen: Seen | None = None,
    reading: Reading = AS_IT_STANDS,
    kept: Sequence[tuple[str, Path | BinaryIO]] = (),
) -> Paid:
    """Pay a file of results into another file or a stream, which shows nothing until all of it is there.

    Args:
        plan: the plan that pays.
        results: the results: a file of CSV, Parquet or xlsx by its name, a folder or a pattern of Parquet, or a stream.
        out: where to, in the format of its name; a stream takes CSV. A file is replaced at the end, in one step.
        seen: told of the bytes of each block that is read.
        reading: how it is read.
        kept: other files that must not be written over: what a sentence calls each, and its path.

    Raises:
        Refused: a file cannot be opened, it would be written over one that is read, or what `pay_rows` refuses.
    """
    given = files_of(results) if isinstance(results, Path) else [results]
    refuse_same_file(out, [*(("the results", one) for one in given), *kept])
    name = results.name if isinstance(results, Path) else STANDARD_INPUT
    made_as = format_of(out) if isinstance(out, Path) else "csv"
    with ExitStack() as stack:
        source = stack.enter_context(spooled(results)) if not isinstance(results, Path) else results
        given_as = format_of(source) if isinstance(source, Path) else format_of_stream(source)
        if given_as == "csv" and isinstance(source, Path):
            source = stack.enter_context(opened(source, "rb"))
        made = stack.enter_context(whole_output(out))
        if given_as == made_as == "csv":
            assert not isinstance(source, Path)
            return pay_rows(plan, source, made, name, seen, reading)
        if given_as == "csv":
            assert not isinstance(source, Path)
            paid = stack.enter_context(tempfile.TemporaryFile())
            how = pay_rows(plan, source, paid, name, seen, reading)
            paid.seek(0)
            table = paid_table(paid, how.form, how.layout, plan)
        else:
            found = read_table(source, given_as, name, plan)
            layout = read_layout(plan, found.column_names, f"{name} line 1", reading.allow)
            how = Paid(Form(name, ",", tuple(found.column_names)), layout)
            table = pay_watched(WatchedTable(plan, layout, name, reading.allow), found, seen)
        write_table(table, made, made_as, plan)
        return how
