"""A refusal says where, what must hold, and what came."""

from typing import Any, get_args

import pytest

from calc import Plan, Preset, Refused
from calc.plan.errors import MAX_NAMES_LISTED, nearest_name, quote_value
from calc.plan.terms import Terms

NESTED: list[Any] = []
for _ in range(5000):
    NESTED = [NESTED]


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (1.7, "1.7"),
        ("x", "'x'"),
        (True, "True"),
        (None, "None"),
        ({"a": 1}, "a table"),
        ([1, 2], "[1, 2]"),
        ("\x1b[31m\n", r"'\x1b[31m\n'"),
    ],
)
def test_what_came_is_shown(value: Any, text: str) -> None:
    assert quote_value(value) == text


@pytest.mark.parametrize("value", ["x" * 10**6, [1] * 10**6, NESTED, 10**4000, [["x" * 99] * 99] * 99, b"\0" * 999])
def test_what_came_is_shown_in_short(value: Any) -> None:
    assert len(quote_value(value)) <= 80


def test_the_nearest_known_name() -> None:
    assert nearest_name("flor", ["floor", "ceiling"]) == "did you mean floor?"
    assert nearest_name("xyz", ["floor", "ceiling"]) == "known are floor, ceiling"
    assert nearest_name("xyz", []) == "nothing may be given here"
    many = [f"kpi_{n}" for n in range(99)]
    assert nearest_name("?", many) == f"known are {', '.join(many[:MAX_NAMES_LISTED])}, ..."
    assert len(nearest_name("x" * 10**6, many)) < 200


def models(model: type[Terms], seen: dict[str, type[Terms]]) -> dict[str, type[Terms]]:
    seen[model.__name__] = model
    for info in model.model_fields.values():
        todo = [info.annotation]
        while todo:
            one = todo.pop()
            if isinstance(one, type) and issubclass(one, Terms) and one.__name__ not in seen:
                models(one, seen)
            todo += get_args(one)
    return seen


MODELS = models(Preset, {})


def test_every_part_of_a_preset_is_known() -> None:
    assert {
        "Plan",
        "Kpi",
        "Gate",
        "Modifier",
        "Band",
        "Points",
        "Steps",
        "Tiers",
        "Matrix",
        "Team",
        "Rep",
    } <= MODELS.keys()


@pytest.mark.parametrize("name", MODELS)
def test_an_unknown_term_is_refused_wherever_it_stands(name: str) -> None:
    with pytest.raises(Refused) as refused:
        MODELS[name].read({"nonsense_": 1})
    assert any("nonsense_ is not known (got 1)" in sentence for sentence in refused.value.sentences)


@pytest.mark.parametrize("name", MODELS)
def test_every_term_is_declared_with_a_line_of_help(name: str) -> None:
    for term, info in MODELS[name].model_fields.items():
        assert term in ("kind", "plan", "name") or info.description, term
        assert not (info.description or "").endswith(".")
        assert len(info.description or "") < 120


@pytest.mark.parametrize("name", MODELS)
@pytest.mark.parametrize(
    "bad", [True, "text", float("nan"), float("inf"), [], {}, 10**400], ids=lambda bad: str(bad)[:9]
)
def test_what_is_no_number_is_refused_by_every_term_that_wants_one(name: str, bad: Any) -> None:
    model = MODELS[name]
    for term, info in model.model_fields.items():
        if float not in (info.annotation, *get_args(info.annotation)) and int not in (
            info.annotation,
            *get_args(info.annotation),
        ):
            continue
        word = info.alias or term
        with pytest.raises(Refused) as refused:
            model.read({word: bad})
        mine = [
            s for s in refused.value.sentences if s.removeprefix(getattr(model, "ROOT", "")).startswith(f"{word} must ")
        ]
        assert len(mine) == 1, refused.value.sentences
        assert "(got " in mine[0]


def test_a_refusal_is_a_value_error_and_has_its_sentences() -> None:
    with pytest.raises(ValueError, match="kpis must have at least"):
        Plan(kpis=())
    assert Refused(s for s in ("a", "b")).sentences == ("a", "b")
