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
from dataclasses import astuple
from functools import partial
from typing import Any, NoReturn

import calc
from calc.commands.answers import finding_answer, findings_text, statement_answer, statement_text, zones_text
from calc.commands.arguments import SEVERITIES, read_arguments
from calc.commands.compare_plans import comparison_of, comparison_text
from calc.commands.new_plan import TEMPLATE, write_new_plan
from calc.commands.results_options import DASH, reading_of, standard_input
from calc.commands.terminal import refuse, wrapped
from calc.console import table
from calc.diagnosis.diagnose import diagnose_preset
from calc.documents import link, planfile
from calc.interruption import Interrupted, Interruptions
from calc.payroll.pay_rows import STANDARD_INPUT
from calc.plan.errors import Refused, quote_value
from calc.plan.plan import Plan
from calc.plan.zones import zones
from calc.tables.sheets.number_marks import read_number

FURTHEST = 1e15
"""No result lies beyond it, as in a link."""
ENDS = ("kind", "from", "to", "from_result", "to_result", "pay_from", "pay_to", "pay_per_unit")
INTERRUPTED, CLOSED = 130, 141
"""The status after Ctrl-C, and after a reader such as `head` that has seen enough; both as shells have it."""
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
        asked = read_arguments(sys.argv[1:] if argv is None else argv, COMMAND_ACTS, calc.__version__)
        if sys.stdout is None and getattr(asked, "out", None) in (None, DASH):
            raise Refused("the output must be open (got a closed one)")
        with INTERRUPTIONS.heeded():
            status: int | None = asked.act(asked)
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
    return status or 0


def _refused(*sentences: str) -> int:
    refuse(sentences)
    return 2


def _mute() -> None:
    """Nothing more reaches stdout, not even what the interpreter flushes at its end."""
    try:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    except (OSError, ValueError):
        sys.stdout = io.StringIO()


def _viewed(source: str) -> link.View:
    """What PLAN opens; - is a plan file on the standard input."""
    if source != str(DASH):
        return link.open_view(source)
    preset = planfile.read_plan_file(standard_input().read(planfile.MAX_PLAN_FILE + 1), STANDARD_INPUT)
    return link.View(preset, preset.name)


def _standing(plan: Plan, words: Iterable[str]) -> dict[str, float]:
    """Results from `id=result`."""
    at: dict[str, float] = {}
    for word in words:
        name, given, text = word.partition("=")
        if not given:
            raise Refused(f"a result must be written id=result, as in {plan.ids[0]}=100 (got {quote_value(word)})")
        if plan.kpi(name).id in at:
            raise Refused(f"{name} must be given once (got {at[name]:g} and {text[:40]})")
        try:
            at[name] = read_number(text)
        except ValueError:
            at[name] = math.nan
        if not abs(at[name]) < FURTHEST:
            raise Refused(f"{name} must be a finite number below {FURTHEST:g} in size (got {quote_value(text)})")
    return at


def _pay(asked: argparse.Namespace) -> int:
    view = _viewed(asked.plan)
    plan = view.preset.plan
    if asked.results is not None:
        from calc.commands.pay.pay_files import pay_asked_files  # takes longer to load than the others to answer

        return pay_asked_files(plan, asked, calc.__version__, INTERRUPTIONS.check)
    for option in ("out", "decimal", "allow", "map", "cluster"):
        if given := getattr(asked, option):
            raise Refused(f"--{option} must be left out without --results (got {quote_value(str(given))})")
    if asked.so_far is not None:
        _pay_after(view, asked)
        return 0
    called = view.preset.name or view.preset.title or "plan"
    answer = statement_answer(plan, called, plan.statement({**view.at, **_standing(plan, asked.at)}))
    _say(asked, answer, lambda: statement_text(plan, answer))
    return 0


def _pay_after(view: link.View, asked: argparse.Namespace) -> None:
    from calc.commands.year.payments import pay_answer, pay_text  # takes longer to load than the others to answer

    answer = pay_answer(view.preset, asked.so_far, {**view.at, **_standing(view.preset.plan, asked.at)})
    _say(asked, answer, lambda: pay_text(view.preset, answer))


def _zones(asked: argparse.Namespace) -> None:
    view = _viewed(asked.plan)
    plan = view.preset.plan
    at = {**view.at, **_standing(plan, asked.at)}
    found = [[dict(zip(ENDS, astuple(zone), strict=True)) for zone in zones(plan, name, at)] for name in plan.ids]
    answer = {"kpis": [{"id": name, "zones": several} for name, several in zip(plan.ids, found, strict=True)]}
    _say(asked, answer, lambda: "\n\n".join(map(partial(zones_text, plan), plan.kpis, found)))


def _check(asked: argparse.Namespace) -> int:
    view = _viewed(asked.plan)
    plan = view.preset.plan
    found = diagnose_preset(view.preset, {**view.at, **_standing(plan, asked.at)})
    told = [finding_answer(plan, one) for one in found]
    _say(asked, {"findings": told}, lambda: wrapped(findings_text(told), sys.stdout))
    worst = max((SEVERITIES.index(one.severity) for one in found), default=-1)
    return int(asked.fail_on is not None and worst >= SEVERITIES.index(asked.fail_on))


def _compare(asked: argparse.Namespace) -> None:
    if asked.reps is None and (asked.decimal or asked.allow):
        raise Refused("--decimal and --allow must be left out without --reps (got one)")
    if asked.map is not None and (asked.reps is None or asked.decimal or asked.allow):
        raise Refused("--map goes with --reps, and takes the place of --decimal and --allow (got it otherwise)")
    a, b = (_viewed(source).preset for source in (asked.plan, asked.other))
    reading = reading_of(asked.decimal, asked.allow)
    answer = comparison_of(a, b, (asked.plan, asked.other), asked.reps, reading, asked.map)
    _say(asked, answer, lambda: wrapped(comparison_text(a, b, answer), sys.stdout))


def _team(asked: argparse.Namespace) -> None:
    from calc.commands.team import paid_team, team_answer, team_text  # takes longer to load than the others to answer

    preset = _viewed(asked.plan).preset
    if asked.map is not None and not asked.reps:
        raise Refused("--map must be left out without --reps (got one)")
    answer = team_answer(preset, paid_team(preset, asked.reps, asked.map))
    _say(asked, answer, lambda: wrapped(team_text(preset, answer), sys.stdout))


def _year(asked: argparse.Namespace) -> None:
    from calc.commands.year.beside import answer_year, year_in_words

    preset = _viewed(asked.plan).preset
    answer = answer_year(preset, asked)
    _say(asked, answer, lambda: year_in_words(preset, answer))


def _behave(asked: argparse.Namespace) -> None:
    from calc.behaviour.behave import behave  # takes longer to load than the other commands take to answer
    from calc.commands.behave import behave_answer, behave_text, conducts_in_words

    view = _viewed(asked.plan)
    against = None if asked.against is None else _viewed(asked.against).preset
    at = {**view.at, **_standing(view.preset.plan, asked.at)}
    found, said = behave(view.preset, at, against), conducts_in_words(view.preset, at)
    _say(asked, behave_answer(found, said), lambda: behave_text(view.preset, found, against, said))


def _search(asked: argparse.Namespace) -> None:
    from calc.behaviour.search import search_shapes
    from calc.commands.search import budget_share, search_answer, search_limits, search_text

    view, limits = _viewed(asked.plan), search_limits(vars(asked), jumps=asked.jumps)
    *_, found = search_shapes(view.preset, limits, at=view.at, budget=budget_share(asked.budget))
    _say(asked, search_answer(found), lambda: search_text(view.preset, found))


def _sweep(asked: argparse.Namespace) -> None:
    from calc.commands.sweep import sweep_into_file  # takes longer to load than the other commands take to answer

    sweep_into_file(asked.file, asked.out, asked.cluster, INTERRUPTIONS.check)


def _evidence(asked: argparse.Namespace) -> None:
    from calc.behaviour.evidence import EVIDENCE_HEADS, evidence_rows
    from calc.commands.behave import evidence_text

    rows = evidence_rows()
    _say(asked, {"facts": [dict(zip(map(str.lower, EVIDENCE_HEADS), row, strict=True)) for row in rows]}, evidence_text)


def _new(asked: argparse.Namespace) -> None:
    if asked.file in (None, DASH):
        print(TEMPLATE, end="")
    else:
        write_new_plan(asked.file)


def _link(asked: argparse.Namespace) -> None:
    query = link.encode_view(_viewed(asked.plan))
    if (sentence := link.too_long(query)) is not None:
        raise Refused(sentence)
    _say(asked, {"link": query}, lambda: query)


def _presets(asked: argparse.Namespace) -> None:
    found = [{"name": name, "title": planfile.load_preset(name).title} for name in planfile.preset_names()]
    _say(asked, {"presets": found}, lambda: table([[one["name"], one["title"]] for one in found], words=(0, 1)))


def _schema(asked: argparse.Namespace) -> None:
    schema = calc.schema()
    _say(asked, schema, lambda: json.dumps(schema, indent=2))


def _say(asked: argparse.Namespace, answer: Mapping[str, Any], text: Callable[[], str]) -> None:
    try:
        said = json.dumps(answer, allow_nan=False)
    except ValueError:
        raise Refused(f"{asked.plan} must pay a finite amount here (got more than a number holds)") from None
    print(said if asked.json else text())


COMMAND_ACTS = {
    "pay": _pay,
    "zones": _zones,
    "check": _check,
    "compare": _compare,
    "team": _team,
    "year": _year,
    "behave": _behave,
    "search": _search,
    "sweep": _sweep,
    "evidence": _evidence,
    "new": _new,
    "link": _link,
    "presets": _presets,
    "schema": _schema,
}
"""What each command does."""


if __name__ == "__main__":
    run()
