"""A refusal: where, what must hold, what came, in one sentence.

`kpis.deals.curve.floor must lie in [0, 1] (got 1.7): the attainment below which the KPI pays nothing`. What was typed
is never converted in silence and never lost; the sentence names it.
"""

import difflib
import reprlib
from collections.abc import Iterable
from typing import Any, get_args, get_origin

import annotated_types
from pydantic import BaseModel, ValidationError
from pydantic.fields import FieldInfo

from calc.plan.plain_words import field_meant
from calc.plan.visible_text import visible_text

_SHORT = reprlib.Repr()
_SHORT.maxlevel, _SHORT.maxstring, _SHORT.maxother = 3, 80, 80
COMPARED = 300
"""Known names that an unknown one is compared with at the most, and the letters of it."""
NAMED = 40
"""Letters of a name in a sentence: an id has no more."""
MAX_FAULTS = 50
"""Faults of one document that are told in full."""
MAX_SENTENCE = 600
"""Letters of a sentence at the most: what came may be as long as a file."""
MAX_NAMES_LISTED = 12
"""Known names a sentence lists at the most."""


class Refused(ValueError):
    """Something given does not hold.

    Args:
        sentences: one for each fault, worst first. `str` gives the first and how many more there are.
    """

    def __init__(self, sentences: str | Iterable[str]) -> None:
        given = tuple(map(visible_text, (sentences,) if isinstance(sentences, str) else sentences))
        self.sentences = tuple(one if len(one) <= MAX_SENTENCE else f"{one[: MAX_SENTENCE - 4]} ..." for one in given)
        more = len(self.sentences) - 1
        super().__init__(self.sentences[0] + (f" (and {more} more)" if more else ""))


def quote_value(value: Any) -> str:
    """What came, short enough for a sentence.

    >>> quote_value(1.7), quote_value({"a": 1}), quote_value("x" * 90)[:12]
    ('1.7', 'a table', "'xxxxxxxxxxx")
    """
    if isinstance(value, dict | BaseModel):
        return "a table"
    text = _SHORT.repr(value)
    return text if len(text) <= 60 else f"{text[:56]} ..."


def nearest_name(name: str, known: Iterable[str]) -> str:
    """What to try instead of an unknown name: the nearest known one, else the known ones.

    >>> nearest_name("flor", ["floor", "ceiling"])
    'did you mean floor?'
    """
    names = list(known)
    close = difflib.get_close_matches(name[:COMPARED], names[:COMPARED], n=1, cutoff=0.6)
    if close:
        return f"did you mean {close[0]}?"
    listed = ", ".join(names[:MAX_NAMES_LISTED]) + (", ..." if len(names) > MAX_NAMES_LISTED else "")
    return f"known are {listed}" if names else "nothing may be given here"


def error_sentences(error: ValidationError, model: type[BaseModel], data: Any) -> tuple[str, ...]:
    """A pydantic error as sentences, one for each fault, in the order of the document.

    Args:
        error: what pydantic found.
        model: the model that was to be made.
        data: what it was to be made of.
    """
    found: dict[str, None] = {}
    faults = error.errors(include_url=False)
    faults.sort(key=lambda fault: fault["type"] == "missing")  # what is written otherwise is told before what is not
    for looked_at, fault in enumerate(faults):
        if len(found) > MAX_FAULTS:
            return (*list(found)[:MAX_FAULTS], f"and {len(faults) - looked_at + 1:,} more faults")
        cause = fault.get("ctx", {}).get("error")
        if fault["type"] == "too_short" and len(fault["input"]) >= fault["ctx"]["min_length"]:
            continue  # entries were given, and are refused one by one
        where, info, models = _place_of(fault["loc"], model, data)
        if isinstance(cause, Refused):
            found |= dict.fromkeys(_join_place(where, sentence) for sentence in cause.sentences)
        else:
            found[_join_place(where, _requirement(dict(fault), info, models))] = None
    told = list(found)
    return tuple(told[:MAX_FAULTS] + [f"and {len(told) - MAX_FAULTS:,} more faults"] * (len(told) > MAX_FAULTS))


def _join_place(where: str, sentence: str) -> str:
    if sentence.startswith(("must ", "is not ", "needs ")):
        return f"{where} {sentence}".strip()
    return f"{where}.{sentence}" if where else sentence


def _requirement(fault: dict[str, Any], info: FieldInfo | None, models: list[type[BaseModel]]) -> str:
    kind, came = fault["type"], quote_value(fault["input"])
    about = f": {info.description}" if info is not None and info.description else ""
    if kind == "missing":
        return f"must be given{about}"
    if kind == "extra_forbidden":
        known = [i.alias or n for m in models for n, i in m.model_fields.items()]
        word = str(fault["loc"][-1])
        meant = field_meant(word, known)
        return f"is not known (got {came}): {f'did you mean {meant}?' if meant else nearest_name(word, known)}"
    if kind in ("union_tag_invalid", "union_tag_not_found"):
        tags = fault.get("ctx", {}).get("expected_tags") or ", ".join(repr(_kind_of(m)) for m in _models_of(info))
        got = quote_value(fault["ctx"]["tag"]) if kind == "union_tag_invalid" else "no kind"
        return f"must have a kind of {tags} (got {got})"
    if kind == "value_error":
        return str(fault["ctx"]["error"])
    return f"{_what_must_hold(fault, info)} (got {came}){about}"


def _what_must_hold(fault: dict[str, Any], info: FieldInfo | None) -> str:
    kind, context = fault["type"], fault.get("ctx", {})
    if kind in ("greater_than", "greater_than_equal", "less_than", "less_than_equal"):
        return _range_in_words(info)
    if kind.startswith(("float", "int", "finite", "decimal")):
        return "must be a whole number" if kind.startswith("int") else "must be a finite number"
    if kind == "literal_error":
        return f"must be {context['expected']}"
    if kind == "string_pattern_mismatch":
        return f"must match {context['pattern']}"
    if kind in ("too_short", "too_long", "string_too_short", "string_too_long"):
        least, most = context.get("min_length"), context.get("max_length")
        unit = "characters" if kind.startswith("string") else "entries"
        return f"must have at least {least} {unit}" if most is None else f"must have at most {most} {unit}"
    types = {"string": "text", "tuple": "a list", "list": "a list", "bool": "true or false", "dict": "a table"}
    return f"must be {types.get(kind.split('_')[0], 'a table')}"


def _range_in_words(info: FieldInfo | None) -> str:
    bounds = {type(b): b for b in (info.metadata if info is not None else [])}
    at_least, above = bounds.get(annotated_types.Ge), bounds.get(annotated_types.Gt)
    at_most, below = bounds.get(annotated_types.Le), bounds.get(annotated_types.Lt)
    low = f"[{at_least.ge:g}" if at_least else f"({above.gt:g}" if above else ""
    high = f"{at_most.le:g}]" if at_most else f"{below.lt:g})" if below else ""
    if low and high:
        return f"must lie in {low}, {high}"
    if low:
        return f"must be at least {low[1:]}" if at_least else f"must be above {low[1:]}"
    return f"must be at most {high[:-1]}" if at_most else f"must be below {high[:-1]}"


def _models_of(info: FieldInfo | None) -> list[type[BaseModel]]:
    """The models that a field's annotation names, through unions, tuples and annotations."""
    todo: list[Any] = [info.annotation if info is not None else None]
    found: list[type[BaseModel]] = []
    while todo:
        one = todo.pop(0)
        if isinstance(one, type) and issubclass(one, BaseModel):
            found.append(one)
        todo += get_args(one)
    return found


def _kind_of(model: type[BaseModel]) -> Any:
    return model.model_fields["kind"].default if "kind" in model.model_fields else None


def _place_of(
    loc: tuple[int | str, ...], model: type[BaseModel], data: Any
) -> tuple[str, FieldInfo | None, list[type[BaseModel]]]:
    """Where a fault lies in the words of the document, the term that declares it, and the models around it."""
    words: list[str] = []
    models: list[type[BaseModel]] = [model]
    info: FieldInfo | None = None
    here = data
    for key in loc:
        if isinstance(key, int):
            here = here[key] if isinstance(here, list | tuple) and key < len(here) else None
            name = here.get("id", here.get("kpi")) if isinstance(here, dict) else None
            words.append(f".{name[:NAMED]}" if isinstance(name, str) else f"[{key}]")
            models = _models_of(info) or models
            continue
        tagged = [m for m in _models_of(info) if _kind_of(m) == key] if info is not None else []
        if tagged:
            models, info = tagged, None
            continue
        models = _models_of(info) or models
        declared = [i for m in models for n, i in m.model_fields.items() if key in (n, i.alias)]
        root = getattr(models[0], "ROOT", "") if not words else ""
        words.append(f".{root}{key[:NAMED]}" if not _is_list(declared) else f".{key}")
        info = declared[0] if declared else None
        here = here.get(key) if isinstance(here, dict) else getattr(here, key, None)
    return "".join(words).lstrip("."), info, models


def _is_list(declared: list[FieldInfo]) -> bool:
    """Whether a term is a list of tables, which a file has at its top and not within another table."""
    return bool(declared) and get_origin(declared[0].annotation) is tuple and bool(_models_of(declared[0]))
