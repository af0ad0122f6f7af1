"""How the command line reads people: with a map file, and with refusals where the page would ask."""

from collections.abc import Sequence
from pathlib import Path

from calc.commands.terminal import note
from calc.plan.plan import Plan
from calc.tables.people import PeopleRead, read_people
from calc.tables.sources import read_map_file

ROWS_NAMED = 5
"""Rows that cannot be used, which are named at the most."""


def people_from(files: Sequence[Path], map_file: Path | None, plan: Plan) -> PeopleRead:
    """People from files; what cannot be used is said on stderr, and what is open is refused.

    Args:
        files: targets, results, deals: one file or several.
        map_file: what columns mean and what was answered; recognised where None.
        plan: the plan that pays them.

    Raises:
        Refused: a file cannot be read, or something must be answered.
    """
    match = None if map_file is None else read_map_file(map_file)
    read = read_people(*files, plan=plan, match=match)
    read.refuse_open_questions()
    for row in read.bad[:ROWS_NAMED]:
        note(f"left out: {row}")
    if len(read.bad) > ROWS_NAMED:
        note(f"left out: {len(read.bad) - ROWS_NAMED:,} more rows")
    if read.dropped:
        note(f"columns dropped unread: {', '.join(one[:40] for one in read.dropped)}")
    return read
