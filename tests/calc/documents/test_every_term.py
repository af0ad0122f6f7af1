"""Every declared term of a plan: written down, read back, sent in a link and told in words, whatever it is set to.

The terms are read from the models, so that a new one is in this test; one of which no value can be tried fails it.
"""

import copy
from collections.abc import Iterator
from typing import Any, Literal, get_args, get_origin

import numpy as np
import pytest

from calc.documents.link import View, decode_link, encode_view
from calc.documents.params import set_terms, term_paths
from calc.documents.planfile import Preset, dumps, loads, parse_plan
from calc.plan.conditions import Condition, Gate, GreaterOf, Modifier
from calc.plan.errors import Refused
from calc.plan.kpi import Kpi
from calc.plan.mechanics import Band, Matrix, Mechanic, Points, Steps, Tiers
from calc.plan.plan import Plan
from calc.plan.terms import terms_of
from tests.calc.documents.rich_plan import RICH, rich_preset
from tests.calc.documents.test_link import same_screen
from ui.number_format import Formats
from ui.report.words.plan_in_words import plan_in_words

PLACES: dict[str, tuple[type, tuple[Any, ...]]] = {
    "plan": (Plan, ("plan",)),
    "kpi": (Kpi, ("kpis", 0)),
    "band": (Band, ("kpis", 0, "curve")),
    "points": (Points, ("kpis", 1, "curve")),
    "steps": (Steps, ("kpis", 2, "curve")),
    "matrix": (Matrix, ("kpis", 3, "curve")),
    "tiers": (Tiers, ("kpis", 4, "curve")),
    "gate": (Gate, ("gates", 0)),
    "condition": (Condition, ("gates", 0, "any_of", 0)),
    "modifier": (Modifier, ("modifiers", 0)),
    "greater_of": (GreaterOf, ("greater_of", 0)),
}
WHOLE = {"kpis", "gates", "modifiers", "greater_of", "curve", "combine", "kind", "id", "kpi", "with", "costs", "deals"}
"""What is a table, or names one: the plan that has everything in it has them all."""
LISTS: dict[str, Any] = {
    "points": [[0, 0], [0.9, 0.5], [0.9, 0.7], [1.5, 2]],
    "steps": [[0.4, 0.2], [1, 1]],
    "tiers": [[0, 0.05], [900, 0.15]],
    "rows": [0.7, 1.3],
    "columns": [0.8, 1.3],
    "payouts": [[0.25, 1], [1, 3]],
    "closes": ["calls"],
    "multiplies": ["calls"],
    "any_of": [{"kpi": "margin", "at_least": 0.8, "reached": "above"}],
    "groups": [["deals", "calls"], ["sales"]],
}
NUMBERS = (0.5, 1.5, 0.25, 2, 5, 50, 3000)
INSTEAD = {"at_most": "at_least", "at_least_result": "at_least", "at_most_result": "at_least", "limits_to": "keeps"}
"""Terms of which one takes the place of another."""


def every_term() -> Iterator[Any]:
    for place, (model, path) in PLACES.items():
        yield from (pytest.param(path, name, id=f"{place}.{name}") for name in terms_of(model) if name not in WHOLE)


def candidates(model: type, name: str) -> list[Any]:
    """Values that a term may have."""
    if name in LISTS:
        return [LISTS[name]]
    kinds = list(_parts(terms_of(model)[name].annotation))
    found: list[Any] = []
    for kind in kinds:
        if get_origin(kind) is Literal:
            found += get_args(kind)
        elif kind is bool:
            found += [True, False]
        elif kind is str:
            found += ["EUR", "deals", "hours"]
        else:
            found += NUMBERS
    return found


def _parts(annotation: Any) -> Iterator[Any]:
    if get_origin(annotation) is Literal or not get_args(annotation):
        yield from (annotation,) if annotation is not type(None) else ()
    else:
        for part in get_args(annotation):
            yield from _parts(part) if isinstance(part, type) or get_args(part) else ()


def model_at(path: tuple[Any, ...]) -> type:
    return next(model for model, place in PLACES.values() if place == path)


def documents(path: tuple[Any, ...], name: str) -> Iterator[Preset]:
    """The plan that has everything, with one term set in each way that holds."""
    for value in candidates(model_at(path), name):
        document = copy.deepcopy(RICH)
        table = document
        for step in path:
            table = table[step]
        if table.get(name) == value:
            continue
        table[name] = value
        table.pop(INSTEAD.get(name, ""), None)
        for one, other in (("accelerator_2", "accelerator_2_from"), ("accelerator_2_from", "accelerator_2")):
            if name == one:
                table[other] = 1.5
        if name == "weight":
            document["kpis"][1]["weight"] += RICH["kpis"][0]["weight"] - value
        if "any_of" in path and name.startswith("at_") and name != "at_most_result":
            table.pop("at_most_result")
        if table.get("pays") == "money" or (name == "pays" and value == "money"):
            _without_weight(document, path)
        try:
            yield parse_plan(document)
        except Refused:
            continue


def _without_weight(document: dict[str, Any], path: tuple[Any, ...]) -> None:
    """A KPI that pays money has no weight; the others share it."""
    kpi = document["kpis"][path[1]]
    given = kpi.pop("weight")
    document["kpis"][1 if path[1] != 1 else 0]["weight"] += given


@pytest.mark.parametrize(("path", "name"), list(every_term()))
def test_a_term_is_written_read_sent_and_told(path: tuple[Any, ...], name: str) -> None:
    rows = np.array([[90, 510, 42, 11, 1100, 31, 80], [120, 300, 10, 8, 200, 20, 99]], dtype=float)
    found = list(documents(path, name))
    assert found, "no value of this term could be tried: the plan that has everything needs a place for it"
    for preset in found:
        assert loads(dumps(preset)).plan == preset.plan
        opened = decode_link(encode_view(View(preset)))
        assert not opened.dropped
        assert same_screen(opened.view.preset, preset)
        assert opened.view.preset.plan.pay(rows).tolist() == preset.plan.pay(rows).tolist()
        assert plan_in_words(preset.plan, Formats("en_US", preset.plan.currency))


def test_every_mechanic_has_its_place() -> None:
    """A new kind of curve is in this test once it is in the plan that has everything."""
    kinds = set(get_args(get_args(Mechanic)[0]))
    assert kinds <= {model for model, _ in PLACES.values()}


SINGLE = term_paths(rich_preset())


@pytest.mark.parametrize("path", [path for path in SINGLE if not path.startswith("behaviour.")])
def test_a_single_term_may_stand_in_a_link_by_name(path: str) -> None:
    where, name = path.rsplit(".", 1)
    for value in (*NUMBERS, True, "attainment", "result", "above", "lower", "hours", "EUR", "year", "add", "step"):
        try:
            changed = set_terms(rich_preset(), {path: value})
        except Refused:
            continue
        if changed.plan != rich_preset().plan:
            opened = decode_link(encode_view(View(changed)))
            assert same_screen(opened.view.preset, changed), (where, name, value)
