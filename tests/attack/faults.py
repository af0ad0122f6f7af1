"""Faults that were there once, put back one at a time: the attack must find each."""

import itertools
import os
import re
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from typing import Any
from unittest import mock

from calc.diagnosis.checks.whole_plan import closed_gate
from calc.documents import link, link_encoding, planfile, toml_bounds
from calc.plan import plan as plans
from calc.plan import terms
from calc.plan.errors import Refused
from calc.situation import team
from tests.attack import commands, costly, languages, links, messages, names, plan_files
from ui import number_format
from ui.report import table

Attack = Callable[[], bool]
"""Whether it finds something wrong."""
STEPS = """\
[plan]
target_incentive = 1000
[team]
size = 9
spread = 0.2
shape = "SHAPE"
[[kpis]]
id = "deals"
target = 100
weight = 1
team_mean = MEAN
curve = {kind = "steps", steps = [[0.5, 1], [1, 2]]}
"""
"""A plan of steps, with a team that lands anywhere."""
GATE = """\
[plan]
target_incentive = 1000
[team]
size = 9
spread = 0.2
[[kpis]]
id = "deals"
target = 100
weight = 1
curve = {kind = "steps", steps = [[0.5, 1]]}
[[kpis]]
id = "csat"
target = 80
weight = 0
[[gates]]
kpi = "csat"
at_least = 1.5
closes = "plan"
[[modifiers]]
kpi = "csat"
multiplies = "plan"
curve = {kind = "points", points = [[0.5, 0.5], [1.5, 1.5]]}
[[modifiers]]
kpi = "csat"
multiplies = "plan"
curve = {kind = "points", points = [[0.5, 0.5], [1.5, 1.5]]}
"""
"""A plan with a gate that is closed at target, and parts two slopes of one measure."""


@contextmanager
def put_back(place: Any, name: str, value: Any) -> Iterator[None]:
    with mock.patch.object(place, name, value):
        yield


def _nothing(*_: Any) -> tuple[str, ...]:
    return ()


def keys_of_many_parts() -> bool:
    """A small one of them: each further part would cost as much again."""
    import tomllib

    text = "a." * 2_000 + "a = 1"
    with put_back(planfile, "refuse_costly_text", lambda _: None):
        try:
            planfile.loads(text)
        except Exception as error:  # noqa: BLE001
            return "at most" not in str(error) and bool(tomllib.loads(text))
    return True


def costly_documents() -> bool:
    with put_back(planfile, "refuse_costly_document", lambda _: None):
        try:
            planfile.loads(costly.filled("{},", "kpis=[", "]\n" + costly.PLAN)[:20_000] + "{}]\n" + costly.PLAN)
        except Exception as error:  # noqa: BLE001
            return "at most 1,000 entries" not in str(error)
    return True


def names_that_turn() -> bool:
    with put_back(terms, "visible_text", lambda text: text):
        return bool(names.wrong("\u202e47 %"))


def _plan_files(taken: str, seeds: range) -> bool:
    with put_back(plans, taken, _nothing):
        return any(plan_files.outcome(seed, deep=False)[1] for seed in seeds)


def pay_below_zero() -> bool:
    return _plan_files("never_below_zero", range(3_000))


def numbers_that_are_not_exact() -> bool:
    return _plan_files("check_exactness", range(6_000))


def large_packed_plans() -> bool:
    points = [[j / 100, j / 100] for j in range(200)]
    curve = {"kind": "points", "points": points}
    kpis = [{"id": f"k{i}", "target": 1, "weight": 1 / 200, "curve": curve} for i in range(200)]
    query = link.encode_view(link.View(planfile.parse_plan({"plan": {"target_incentive": 1000}, "kpis": kpis})))
    with put_back(link_encoding, "unpacks_to_too_much", lambda _: False):
        return bool(links.wrong_size(query))


def languages_of_any_length() -> bool:
    with put_back(number_format, "LONGEST_TAG", 10**9):
        return bool(languages.run(0, 300)[1])


def names_that_are_formulas() -> bool:
    with put_back(table, "_quote_cell", lambda text: text):
        return any(map(names.is_formula, names.FORMULAS))


def gates_that_part_two_slopes() -> bool:
    """The plan without its gate does not hold, which the check took for granted."""
    preset = planfile.loads(GATE)
    with put_back(closed_gate, "Refused", type("Never", (Exception,), {})):
        try:
            list(plan_files.surfaces(preset, {}, report=False))
        except Refused:
            return True
    return False


def teams_that_land_next_to_nowhere() -> bool:
    with put_back(team, "LEAST_MEAN", 5e-324):
        return bool(wrong_landings(("1e-300", "1e-12"), ("lognormal", "skewed")))


def wrong_landings(means: Iterable[str], shapes: Iterable[str]) -> list[str]:
    """The teams of which something cannot be shown, and why."""
    wrong = []
    for mean, shape in itertools.product(means, shapes):
        try:
            list(
                plan_files.surfaces(
                    planfile.loads(STEPS.replace("SHAPE", shape).replace("MEAN", mean)), {}, report=False
                )
            )
        except ArithmeticError as error:
            wrong.append(f"{shape} around {mean}: {error}")
    return wrong


def dots_of_numbers() -> bool:
    """Points in numbers counted with those of keys."""
    with put_back(toml_bounds, "_KEY", re.compile(r"[\s\S]+")):
        return bool(plan_files.run_largest())


def _command(fault: str, case: str) -> Attack:
    """The command line with a fault put back into its process."""
    return lambda: bool(commands.fault_of(commands.CASES[case], f"{fault}; {commands.PROGRAM}"))


def signals_that_are_swallowed() -> bool:
    fault = "import calc.interruption as m; m.Interruptions._on_signal = lambda *given: None"
    return bool(commands.run_signals(1, 1, f"{fault}; {commands.PROGRAM}"))


COMMAND_FAULTS: dict[str, Attack] = {
    "the plan is written over": _command(
        "import calc.payroll.pay_file as m; m.refuse_same_file = lambda *given: None", "the output is the plan"
    ),
    "a closed output takes the answer in silence": _command(
        "import os, sys; sys.stdout = sys.stdout or open(os.devnull, 'w')", "the output is closed"
    ),
    "a refusal names a file that nobody gave": _command(
        "import calc.payroll.whole_output as m; real = m.opened; "
        "m.opened = lambda path, mode, called=None: real(path, mode)",
        "the output's folder is not there",
    ),
    "a refusal is as long as what came": _command(
        "import calc.plan.errors as m, calc.commands.terminal as t; m.MAX_SENTENCE = 10**9; "
        "t.on_one_line = lambda told, longest=0: ' | '.join(told)",
        "a word is very long",
    ),
    "digits of any script are numbers": _command(
        "import calc.__main__ as m; m.read_number = float", "digits of another script are typed"
    ),
    "a signal half-way is swallowed": signals_that_are_swallowed,
}
"""Those of the command line, on systems that have its shells."""


def messages_of_any_kind() -> bool:
    """The page as it is served without its door."""
    return bool(messages.run(0, 12, "app.py")[1])


FAULTS: dict[str, Attack] = {
    "keys of thousands of parts are parsed": keys_of_many_parts,
    "lists of any length are read term by term": costly_documents,
    "names keep controls of direction": names_that_turn,
    "pay falls below zero in silence": pay_below_zero,
    "numbers that floating point does not carry are accepted": numbers_that_are_not_exact,
    "a packed plan of any size is said to fit": large_packed_plans,
    "controls are told something of another kind": messages_of_any_kind,
    "languages of any length are remembered": languages_of_any_length,
    "names are formulas where a spreadsheet parts cells": names_that_are_formulas,
    "a plan that is accepted cannot be checked": gates_that_part_two_slopes,
    "a team that lands next to nowhere cannot be shown": teams_that_land_next_to_nowhere,
    "a plan's own file is refused for the points in its numbers": dots_of_numbers,
    **(COMMAND_FAULTS if os.name != "nt" else {}),
}
"""By what it is, an attack with the fault put back; it answers whether it was found."""
