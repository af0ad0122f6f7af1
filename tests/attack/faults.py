"""Faults that were there once, put back one at a time: the attack must find each."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any
from unittest import mock

from calc.diagnosis.checks.whole_plan import closed_gate
from calc.documents import link, link_encoding, planfile
from calc.plan import plan as plans
from calc.plan import terms
from calc.plan.errors import Refused
from tests.attack import costly, languages, links, messages, names, plan_files
from ui import number_format
from ui.report import table

Attack = Callable[[], bool]
"""Whether it finds something wrong."""
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
}
"""By what it is, an attack with the fault put back; it answers whether it was found."""
