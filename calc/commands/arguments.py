"""The arguments of the command line: which commands there are, and what each is given."""

import argparse
import os
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any, NoReturn

from calc.commands.help_texts import (
    ABOUT,
    BEHAVE,
    CHECK,
    COMPARE,
    EVIDENCE,
    LINK,
    MORE,
    NEW,
    PAY,
    PRESETS,
    SCHEMA,
    SEARCH,
    SWEEP_PLANS,
    TEAM,
    YEAR,
    ZONES,
    examples,
)
from calc.commands.results_options import DECIMAL_MARKS
from calc.payroll.oddities import ODDITIES
from calc.plan.errors import Refused, quote_value
from calc.scale.places import Location

SEVERITIES = ("note", "warn", "alarm")
"""From the mildest to the worst."""

Act = Callable[[argparse.Namespace], int | None]
"""What a command does with its arguments; the status to end with, or None for 0."""


class _Parser(argparse.ArgumentParser):
    def error(self, message: str) -> NoReturn:
        raise Refused(f"{message} ({self.prog} --help tells more)")


def results_place(text: str) -> Path | Location:
    """A file of this machine, or an address."""
    return Location(text) if "://" in text else Path(text)


def output_place(text: str) -> Path | Location:
    """A file of this machine; or a folder, here or behind an address, which takes a file for each partition."""
    is_folder = "://" in text or text.endswith(("/", os.sep)) or Path(text).is_dir()
    return Location(text) if is_folder else Path(text)


def read_arguments(argv: Sequence[str], acts: Mapping[str, Act], version: str) -> argparse.Namespace:
    """What the arguments ask, with the act of their command.

    Args:
        argv: the arguments.
        acts: what each command does, by its name.
        version: what `--version` prints.

    Raises:
        Refused: they do not hold.
    """
    parser = _parser(acts, version)
    asked, rest = parser.parse_known_args(argv)
    if any(word.startswith("-") for word in rest) or (rest and not hasattr(asked, "at")):
        parser.error(f"{quote_value(rest[0])} is not an argument of {asked.command}")
    if rest:  # results that stand behind an option
        asked.at += rest
    return asked


def _parser(acts: Mapping[str, Act], version: str) -> argparse.ArgumentParser:
    shape: dict[str, Any] = {"formatter_class": argparse.RawDescriptionHelpFormatter, "allow_abbrev": False}
    parser = _Parser(prog="python -m calc", description=ABOUT, epilog=MORE, **shape)
    commands = parser.add_subparsers(dest="command", metavar="COMMAND", required=True)

    parser.add_argument("--version", action="version", version=f"flatline {version}")

    def command(name: str, help: str, about: str) -> _Parser:
        made: _Parser = commands.add_parser(name, help=help, description=about, epilog=examples(name), **shape)
        made.set_defaults(act=acts[name])
        return made

    pay = command("pay", "print what a rep is paid, or pay a file of results", PAY)
    along = command("zones", "print where moving earns nothing, and where it earns what", ZONES)
    checked = command("check", "print every way in which the plan stops paying", CHECK)
    compared = command("compare", "print what differs between two plans, and who gains and loses", COMPARE)
    teamed = command("team", "print what the plan does to a team, described or named", TEAM)
    yearly = command("year", "print what is earned, owed and paid in each payment of a year", YEAR)
    behaved = command("behave", "print what the plan makes people do", BEHAVE)
    searched = command("search", "look for shapes of pay that sell more at the same whole cost", SEARCH)
    swept = command("sweep", "try many plans, teams and calibrations, into a table", SWEEP_PLANS)
    proven = command("evidence", "print what the field has found about pay, beside the model", EVIDENCE)
    new = command("new", "print or write a commented plan file to start from", NEW)
    linked = command("link", "print the query that opens exactly this plan in the app", LINK)
    named = command("presets", "list the presets, a line each", PRESETS)
    schema = command("schema", "print the JSON Schema of the plan file", SCHEMA)
    for made in (pay, along, checked, linked, compared, teamed, yearly, behaved, searched):
        made.add_argument("plan", metavar="PLAN", help="a preset's name, a plan file, - or a shared link in quotes")
    compared.add_argument("other", metavar="PLAN", help="the plan that it is compared with")
    compared.add_argument("--reps", metavar="FILE", type=Path, help="pay these people's results by both plans")
    teamed.add_argument(
        "--reps", metavar="FILE", type=Path, nargs="+", default=[], help="these people: targets, results or deals"
    )
    yearly.add_argument("at", metavar="id=1,2,3", nargs="*", help="one person's results, payment by payment")
    yearly.add_argument(
        "--results", metavar="FILE", type=Path, nargs="+", default=[], help="people's results by period, or their deals"
    )
    yearly.add_argument("--readings", action="store_true", help="the same year under every other reading")
    yearly.add_argument("--moving", action="store_true", help="what moving a deal over the end of a payment is worth")
    pay.add_argument(
        "--so-far", metavar="id=1,2,3", nargs="+", help="the results of the year's payments before this one"
    )
    for made in (pay, compared, teamed, yearly):
        made.add_argument("--map", metavar="FILE", type=Path, help="what the columns of the files mean (a map file)")
    new.add_argument("file", metavar="FILE", nargs="?", type=Path, help="where to write it; stdout if left out")
    behaved.add_argument("--against", metavar="PLAN", help="another plan for the same people")
    for made in (pay, along, checked, behaved):
        made.add_argument("at", metavar="id=result", nargs="*", help="where a rep stands on a KPI, in the KPI's unit")
    for name, what in (("floor", "pay begins"), ("accelerator", "beyond target"), ("ceiling", "a ceiling lies")):
        searched.add_argument(
            f"--{name}", metavar=("FROM", "TO"), nargs=2, type=float, help=f"{what} between these [1 = target]"
        )
    searched.add_argument("--jumps", action="store_true", help="shapes may jump where pay begins")
    searched.add_argument("--budget", metavar="SHARE", type=float, default=1.0, help="the whole cost, of today's")
    checked.add_argument("--fail-on", choices=SEVERITIES, help="status 1 where something so severe is found")
    pay.add_argument(
        "--results", metavar="FILE", type=results_place, help="pay every row of this file; - is standard input"
    )
    pay.add_argument(
        "--out",
        metavar="FILE",
        type=output_place,
        help="where the paid rows go: a file or folder/; else stdout",
    )
    swept.add_argument("file", metavar="FILE", type=Path, help="the plans and the terms that are varied (TOML)")
    swept.add_argument("--out", metavar="FILE", type=output_place, required=True, help="the table, as Parquet")
    swept.add_argument("--cluster", metavar="ADDRESS", help="work on a Dask cluster: local, or tcp:// of its scheduler")
    pay.add_argument(
        "--cluster", metavar="ADDRESS", help="pay into a folder on a Dask cluster: local, or tcp:// of its scheduler"
    )
    for made in (pay, compared):
        made.add_argument(
            "--decimal", choices=tuple(DECIMAL_MARKS), help="what parts whole and fraction, where it is open"
        )
        made.add_argument("--allow", metavar="ODDITY,...", default="", help=f"what is meant: {', '.join(ODDITIES)}")
    for made in (pay, along, checked, compared, teamed, yearly, behaved, searched, proven, linked, named, schema):
        made.add_argument("--json", action="store_true", help="print one JSON object")
    return parser
