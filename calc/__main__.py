"""The command line: `python -m calc COMMAND PLAN ...`.

PLAN is a preset's name, a plan file or a shared link. `--json` prints one JSON object. Status 0 when it worked; 2 for
bad input, with one line that says where, what must hold and what came.
"""

import argparse
import io
import json
import math
import os
import sys
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import asdict, astuple
from functools import partial
from pathlib import Path
from typing import Any, BinaryIO, NoReturn

from calc.commands.terminal import note, refuse, wrapped
from calc.console import money, number, percent, span, table, text
from calc.diagnosis.diagnose import diagnose
from calc.documents import link, planfile
from calc.interruption import Interrupted, Interruptions
from calc.payroll.csv_blocks import DecimalMark
from calc.payroll.number_marks import read_number
from calc.payroll.oddities import ODDITIES
from calc.plan.errors import LISTED, Refused, nearest, shown
from calc.plan.kpi import Kpi
from calc.plan.plan import Plan
from calc.plan.zones import zones

DASH = Path("-")
"""Stands for the standard input, or output."""
FURTHEST = 1e15
"""No result lies beyond it, as in a link."""
ENDS = ("kind", "from", "to", "from_result", "to_result", "pay_from", "pay_to", "pay_per_unit")
INTERRUPTED, CLOSED = 130, 141
"""The status after Ctrl-C, and after a reader such as `head` that has seen enough; both as shells have it."""
ABOUT = """\
Flatline says exactly what a sales-compensation plan pays, and where it goes flat or falls to zero."""
MORE = """\
PLAN is a preset's name (see `presets`), a plan file (TOML, see `schema`) or a shared link in quotes. A KPI that is not
named stands where the link says, else at its target. Bad input ends with status 2 and one line on stderr.

examples:
  python -m calc pay low-ceiling deals=300 csat=90
  python -m calc pay plan.toml --results results.csv --out paid.csv
  python -m calc zones "?preset=low-ceiling&deals.ceiling=1.7" --json
"""
PAY = """\
Print what one rep is paid, KPI by KPI; or pay a whole file of results, one row in and one row out.

A file of results is CSV, xlsx or Parquet (a file, a folder or a pattern), with a column for every KPI that the pay
depends on, by its id and in its unit. Optional are
`rep`, `target_incentive` and `<id>.target`, each rep's own; any other column passes through, and is named on stderr.
`pay.<id>` for every KPI and `pay` are added at the end. A file parted by ';' with decimal commas is answered in the
same form. Before anything is paid, these are asked about: numbers that can be read in two ways (12,000 is 12000 or 12),
headings that nearly are a known name, totals, people who stand twice, and numbers in another unit than their target."""
ZONES = """\
Print the zones along each KPI, from worse to better, while the others stand where they are named, else at target.

zero: moving earns nothing, and nothing is paid. flat: moving earns nothing, though something is paid. climb: better
earns more. cliff: a jump, where one more unit decides a sum. drop: better earns less."""
CHECK = """\
Print every way in which the plan stops paying, the costliest first: what is, whom it meets, what to do, and where the
rule comes from. Rules are the field's practice, not law; [practice] in a plan file sets other ranges. The status is 0
whether or not something is found."""


class _Parser(argparse.ArgumentParser):
    def error(self, message: str) -> NoReturn:
        raise Refused(f"{message} ({self.prog} --help tells more)")


INTERRUPTIONS = Interruptions()
"""The signals that this process has received."""


def run() -> NoReturn:
    """Be the program: what the arguments ask, until it is done or a signal ends it."""
    INTERRUPTIONS.catch()
    status = main()
    INTERRUPTIONS.end()
    sys.exit(status)


def main(argv: Sequence[str] | None = None) -> int:
    """Do what the arguments ask; the status to end with."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")
    try:
        asked = _asked(sys.argv[1:] if argv is None else argv)
        if sys.stdout is None and getattr(asked, "out", None) in (None, DASH):
            raise Refused("the output must be open (got a closed one)")
        asked.act(asked)
        if sys.stdout is not None:
            sys.stdout.flush()
    except KeyboardInterrupt as interrupt:
        _mute()
        return interrupt.status if isinstance(interrupt, Interrupted) else INTERRUPTED
    except BrokenPipeError:
        _mute()
        return CLOSED
    except OSError as error:
        _mute()
        return _refused(f"the output must be written whole (got: {error.strerror or type(error).__name__})")
    except Refused as refused:
        return _refused(*refused.sentences)
    except (ValueError, ArithmeticError, MemoryError) as error:
        return _refused(str(error) or f"the numbers must be within reason (got: {type(error).__name__})")
    return 0


def _refused(*sentences: str) -> int:
    refuse(sentences)
    return 2


def _mute() -> None:
    """Nothing more reaches stdout, not even what the interpreter flushes at its end."""
    try:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    except (OSError, ValueError):
        sys.stdout = io.StringIO()


def _asked(argv: Sequence[str]) -> argparse.Namespace:
    parser = _parser()
    asked, rest = parser.parse_known_args(argv)
    if any(word.startswith("-") for word in rest) or (rest and not hasattr(asked, "at")):
        parser.error(f"{shown(rest[0])} is not an argument of {asked.command}")
    if rest:  # results that stand behind an option
        asked.at += rest
    return asked


def _parser() -> argparse.ArgumentParser:
    shape: dict[str, Any] = {"formatter_class": argparse.RawDescriptionHelpFormatter, "allow_abbrev": False}
    parser = _Parser(prog="python -m calc", description=ABOUT, epilog=MORE, **shape)
    commands = parser.add_subparsers(dest="command", metavar="COMMAND", required=True)

    def command(name: str, act: Callable[[argparse.Namespace], None], help: str, about: str = "") -> _Parser:
        made: _Parser = commands.add_parser(name, help=help, description=about or f"{help.capitalize()}.", **shape)
        made.set_defaults(act=act)
        return made

    pay = command("pay", _pay, "print what a rep is paid, or pay a file of results", PAY)
    along = command("zones", _zones, "print where moving earns nothing, and where it earns what", ZONES)
    checked = command("check", _check, "print every way in which the plan stops paying", CHECK)
    linked = command("link", _link, "print the query that opens exactly this plan in the app")
    named = command("presets", _presets, "list the presets, a line each")
    schema = command("schema", _schema, "print the JSON Schema of the plan file")
    for made in (pay, along, checked, linked):
        made.add_argument("plan", metavar="PLAN", help="a preset's name, a plan file, or a shared link in quotes")
    for made in (pay, along, checked):
        made.add_argument("at", metavar="id=result", nargs="*", help="where a rep stands on a KPI, in the KPI's unit")
    pay.add_argument("--results", metavar="FILE", type=Path, help="pay every row of this file; - is standard input")
    pay.add_argument(
        "--decimal", choices=("point", "comma"), help="what parts whole and fraction, where the numbers leave it open"
    )
    pay.add_argument(
        "--allow", metavar="ODDITY,...", default="", help=f"what is odd and meant: any of {', '.join(ODDITIES)}"
    )
    pay.add_argument("--out", metavar="FILE", type=Path, help="where the paid rows go; stdout if left out, or -")
    for made in (pay, along, checked, linked, named, schema):
        made.add_argument("--json", action="store_true", help="print one JSON object")
    return parser


def _standing(plan: Plan, words: Iterable[str]) -> dict[str, float]:
    """Results from `id=result`."""
    at: dict[str, float] = {}
    for word in words:
        name, given, text = word.partition("=")
        if not given:
            raise Refused(f"a result must be written id=result, as in {plan.ids[0]}=100 (got {shown(word)})")
        if plan.kpi(name).id in at:
            raise Refused(f"{name} must be given once (got {at[name]:g} and {text[:40]})")
        try:
            at[name] = read_number(text)
        except ValueError:
            at[name] = math.nan
        if not abs(at[name]) < FURTHEST:
            raise Refused(f"{name} must be a finite number below {FURTHEST:g} in size (got {shown(text)})")
    return at


def _pay(asked: argparse.Namespace) -> None:
    view = link.view(asked.plan)
    plan = view.preset.plan
    if asked.results is not None:
        _pay_file(plan, asked)
        return
    for option in ("out", "decimal", "allow"):
        if given := getattr(asked, option):
            raise Refused(f"--{option} must be left out without --results (got {shown(str(given))})")
    said = plan.statement({**view.at, **_standing(plan, asked.at)})
    answer = {
        "plan": view.preset.name or view.preset.title or "plan",
        "currency": plan.currency,
        "pay": said.pay,
        "payout": round(said.payout, 12) + 0.0,
        "kpis": [{**asdict(line), "payout": round(line.payout, 12) + 0.0} for line in said.kpis],
        "gates": [asdict(gate) for gate in said.gates],
    }
    _say(asked, answer, lambda: _statement(plan, answer))


def _pay_file(plan: Plan, asked: argparse.Namespace) -> None:
    if asked.at:
        raise Refused(f"id=result must be left out with --results (got {shown(asked.at[0])})")
    if asked.json:
        raise Refused("--json must be left out with --results (got both): the answer is CSV")
    from pyarrow import enable_signal_handlers  # what only this command needs takes longer to load
    from tqdm import tqdm  # than the other commands take to answer

    from calc.payroll.pay_file import pay_file
    from calc.payroll.pay_rows import Reading

    enable_signal_handlers(False)  # else a signal while pyarrow reads a block is lost
    decimals: dict[str | None, DecimalMark | None] = {None: None, "point": ".", "comma": ","}
    reading = Reading(decimals[asked.decimal], _allowed(asked.allow))
    results = _streamed_in() if asked.results == DASH else asked.results
    size = results.stat().st_size if isinstance(results, Path) and results.is_file() else None
    quiet = None if sys.stderr is not None else True
    with tqdm(total=size, unit="B", unit_scale=True, leave=False, disable=quiet) as bar:

        def told(read: int) -> None:
            INTERRUPTIONS.check()
            bar.update(read)

        out = sys.stdout.buffer if asked.out in (None, DASH) else asked.out
        kept = (("the plan", planfile.file_of(asked.plan)),)
        unread = pay_file(plan, results, out, told, reading, kept).unread
    if unread:
        more = f" and {len(unread) - LISTED:,} more" if len(unread) > LISTED else ""
        note(f"columns passed through unread: {', '.join(shown(name) for name in unread[:LISTED])}{more}")


def _streamed_in() -> BinaryIO:
    """What stands on the standard input.

    Raises:
        Refused: it is closed.
    """
    if sys.stdin is None:
        raise Refused("the standard input must be open (got a closed one)")
    return sys.stdin.buffer


def _allowed(text: str) -> tuple[str, ...]:
    """What is odd and meant."""
    words = tuple(word.strip() for word in text.split(",") if word.strip())
    for word in words:
        if word not in ODDITIES:
            raise Refused(f"--allow must be of {', '.join(ODDITIES)} (got {shown(word)}): {nearest(word, ODDITIES)}")
    return words


def _zones(asked: argparse.Namespace) -> None:
    view = link.view(asked.plan)
    plan = view.preset.plan
    at = {**view.at, **_standing(plan, asked.at)}
    found = [[dict(zip(ENDS, astuple(zone), strict=True)) for zone in zones(plan, name, at)] for name in plan.ids]
    answer = {"kpis": [{"id": name, "zones": several} for name, several in zip(plan.ids, found, strict=True)]}
    _say(asked, answer, lambda: "\n\n".join(map(partial(_strip, plan), plan.kpis, found)))


def _check(asked: argparse.Namespace) -> None:
    view = link.view(asked.plan)
    plan = view.preset.plan
    found = [
        {
            "check": one.check,
            "severity": one.severity,
            "kpi": one.kpi,
            "span": None if one.span is None else list(one.span),
            "money": one.money,
            "share": one.share,
            "title": text(plan, one.title),
            "says": text(plan, one.says),
            "do": text(plan, one.do),
            "source": one.source,
        }
        for one in diagnose(view.preset, {**view.at, **_standing(plan, asked.at)})
    ]
    _say(
        asked,
        {"findings": found},
        lambda: wrapped("\n\n".join(map(_card, found)) or "Nothing in this plan stops paying.", sys.stdout),
    )


def _link(asked: argparse.Namespace) -> None:
    query = link.encode(link.view(asked.plan))
    if (sentence := link.too_long(query)) is not None:
        raise Refused(sentence)
    _say(asked, {"link": query}, lambda: query)


def _presets(asked: argparse.Namespace) -> None:
    found = [{"name": name, "title": planfile.load(name).title} for name in planfile.names()]
    _say(asked, {"presets": found}, lambda: table([[one["name"], one["title"]] for one in found], words=(0, 1)))


def _schema(asked: argparse.Namespace) -> None:
    schema = planfile.schema()
    _say(asked, schema, lambda: json.dumps(schema, indent=2))


def _say(asked: argparse.Namespace, answer: Mapping[str, Any], text: Callable[[], str]) -> None:
    try:
        said = json.dumps(answer, allow_nan=False)
    except ValueError:
        raise Refused(f"{asked.plan} must pay a finite amount here (got more than a number holds)") from None
    print(said if asked.json else text())


# For eyes


def _statement(plan: Plan, said: Mapping[str, Any]) -> str:
    rows = [["KPI", "", "result", "", "attainment", "payout", "pay"]]
    for kpi, line in zip(plan.kpis, said["kpis"], strict=True):
        paid = [percent(line["payout"]), money(plan, line["pay"])] if kpi.paid else ["-", "-"]
        stands = [number(line["result"]), kpi.unit, percent(line["attainment"])]
        rows.append([kpi.id, kpi.name or "", *stands, *paid])
    rows.append(["pay", "", "", "", "", percent(said["payout"]), f"{plan.currency} {money(plan, said['pay'])}"])
    gates = [f"the gate on {gate['kpi']} is {'open' if gate['open'] else 'closed'}" for gate in said["gates"]]
    return "\n".join([table(rows, words=(0, 1, 3)), *gates])


def _card(found: Mapping[str, Any]) -> str:
    """One finding, a few lines."""
    lines = [f"{found['severity']}: {found['title']} [{found['check']}]", found["says"], f"Do: {found['do']}"]
    return "\n  ".join([*lines, f"Practice: {found['source']}"])


def _strip(plan: Plan, kpi: Kpi, found: Sequence[Mapping[str, Any]]) -> str:
    """The zones along one KPI, a line each."""
    rows = [["", "attainment", "result", f"pay [{plan.currency}]", "for one unit better"]]
    for zone in found:
        where = span(zone["from"], zone["to"], percent)
        result = span(zone["from_result"], zone["to_result"], number)
        pays = span(zone["pay_from"], zone["pay_to"], lambda pay: money(plan, pay))
        per_unit = zone["pay_per_unit"]
        rows.append([zone["kind"], where, result, pays, "-" if per_unit is None else number(per_unit)])
    title = kpi.id + (f": {kpi.name}" if kpi.name else "") + (f" [{kpi.unit}]" if kpi.unit else "")
    return f"{title}\n{table(rows, words=(0, 1, 2, 3))}"


if __name__ == "__main__":
    run()
