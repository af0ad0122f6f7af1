"""Faults that were there once, put back one at a time: the attack must find each."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any
from unittest import mock

from calc.documents import link, planfile
from calc.plan import plan as plans
from calc.plan import terms
from tests.attack import costly, links, messages, names, plan_files

Attack = Callable[[], bool]
"""Whether it finds something wrong."""


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
    with put_back(link, "unpacks_to_too_much", lambda _: False):
        return bool(links.wrong_size(query))


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
}
"""By what it is, an attack with the fault put back; it answers whether it was found."""
