"""What the arguments of `pay --results` ask for: a file, people's files by a map, or a folder of partitions."""

import argparse
from collections.abc import Callable

from calc.commands.pay.pay_partitions import folder_order, pay_into_folder
from calc.commands.pay.pay_people_file import pay_people_file
from calc.commands.pay.pay_results import pay_results
from calc.commands.results_options import DASH, reading_of, standard_input
from calc.documents.planfile import file_of
from calc.plan.errors import Refused, quote_value
from calc.plan.plan import Plan
from calc.scale.places import Location


def pay_asked_files(plan: Plan, asked: argparse.Namespace, version: str, check: Callable[[], None]) -> int:
    """Pay the results that the arguments name.

    Args:
        plan: the plan that pays.
        asked: the arguments.
        version: of the engine, for a manifest.
        check: is called again and again, and stops the work by raising.

    Returns:
        The status to end with.

    Raises:
        Refused: the arguments do not go together, or something does not hold.
    """
    _check_arguments(asked)
    if isinstance(asked.out, Location):
        return pay_into_folder(folder_order(plan, asked, version), asked.cluster, check)
    out = None if asked.out in (None, DASH) else asked.out
    if asked.map is not None:
        pay_people_file(plan, file_of(asked.plan), asked.results, asked.map, out)
        return 0
    results = standard_input() if asked.results == DASH else asked.results
    pay_results(plan, file_of(asked.plan), results, out, reading_of(asked.decimal, asked.allow), check)
    return 0


def _check_arguments(asked: argparse.Namespace) -> None:
    """Refuse what does not go together.

    Raises:
        Refused: something does not.
    """
    if asked.at:
        raise Refused(f"id=result must be left out with --results (got {quote_value(asked.at[0])})")
    if asked.so_far is not None:
        raise Refused("--so-far must be left out with --results (got both): `year --results` pays a year of a file")
    if asked.json:
        raise Refused("--json must be left out with --results (got both): the answer is a file")
    if asked.map is not None and (asked.results == DASH or asked.decimal or asked.allow):
        raise Refused("--map takes a file by its name, and the place of --decimal and --allow (got one of them)")
    if not isinstance(asked.out, Location) and (asked.cluster is not None or isinstance(asked.results, Location)):
        raise Refused("--cluster, and results behind an address, must go with --out of a folder, as in --out paid/")
