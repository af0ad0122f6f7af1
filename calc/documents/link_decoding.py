"""A query string read as a view, with all that can be read of it; the rest is named in sentences, one for each."""

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import replace
from typing import Any
from urllib.parse import parse_qsl

from calc.documents import planfile
from calc.documents.link_codec import unpack_plan
from calc.documents.link_view import AGAINST, LINK_VERSION, MAX_LINK, UNLINKED, Opened, View, too_many_characters
from calc.documents.params import MAX_TRIES, REP_YEAR, apply_terms, term_values
from calc.documents.planfile import Preset
from calc.plan.errors import Refused, nearest_name, quote_value
from calc.plan.terms import LARGEST_NUMBER
from calc.plan.visible_text import visible_text
from calc.year.beside.rep_year import MAX_PAYMENTS

HOME = "sound-plan"
"""What opens where a link names nothing that can be read."""
MAX_LINK_FIELDS = 1_000
"""Parts of a link that are read at all, as many as the page itself is handed."""
PLAIN = re.compile(r"[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d{1,3})?", re.ASCII)
LARGEST_RESULT = 1_000 * LARGEST_NUMBER
"""The largest size of a result where a rep stands: reps stand beyond the largest target too."""
ALL_FIELD = "all"
MAX_STEPS = 99
"""The most steps of a presentation."""


def decode_link(query: str) -> Opened:
    """A view from a link or a query string, with all that can be read of it.

    Never raises for what a link holds: everything that was dropped is named in a sentence.
    """
    text = query.partition("?")[2] if "?" in query else query
    if (sentence := too_many_characters(text)) is not None:
        return Opened(_home_view(None), (sentence,))
    try:
        pairs = parse_qsl(text.partition("#")[0], keep_blank_values=True, max_num_fields=MAX_LINK_FIELDS)
    except ValueError:
        return Opened(_home_view(None), (f"the link must have at most {MAX_LINK_FIELDS:,} parts (got more)",))
    return decode_fields(pairs)


def decode_fields(pairs: Iterable[tuple[str, str]]) -> Opened:
    """A view from the names and values of a query string; the last of a repeated name counts."""
    given = [(key, value) for key, value in pairs if key not in ("embed", "embed_options")]
    length = sum(len(key) + len(value) + 2 for key, value in given)
    if length > MAX_LINK + 1:
        return Opened(_home_view(None), (f"the link must have at most {MAX_LINK:,} characters (got {length:,})",))
    given = [(key[:100], value) for key, value in given]
    opened = _open_fields([(visible_text(key), value) for key, value in given if not key.startswith(AGAINST)])
    other = [(visible_text(key.removeprefix(AGAINST)), value) for key, value in given if key.startswith(AGAINST)]
    if not other:
        return opened
    beside = _open_fields([(key, value) for key, value in other if not _of_a_view(key)])
    told = [
        f"{AGAINST}{key} is not known (got {quote_value(value)}): plan A is told by its terms"
        for key, value in other
        if _of_a_view(key)
    ]
    dropped = (*opened.dropped, *(f"plan A: {sentence}" for sentence in beside.dropped), *told)
    return Opened(replace(opened.view, against=beside.view), dropped)


def _of_a_view(key: str) -> bool:
    """Whether a field tells how a plan is looked at, and not the plan."""
    return key in ("along", "present") or key.startswith("at.")


def _open_fields(given: list[tuple[str, str]]) -> Opened:
    """A view without the plan that it is compared with."""
    fields = dict(given)
    counts = Counter(key for key, _ in given)
    dropped = [
        f"{quote_value(key)} must be given once (got it {n} times): the last counts"
        for key, n in counts.items()
        if n > 1
    ]
    base, preset = _read_start(fields, dropped)
    at: dict[str, float] = {}
    along = fields.pop("along", None)
    if along is not None and along not in (ALL_FIELD, *preset.plan.ids):
        dropped.append(
            f"along must be a KPI of the plan or 'all' (got {quote_value(along)}): "
            f"{nearest_name(along, preset.plan.ids)}"
        )
        along = None
    present = _read_step(fields.pop("present", None), dropped)
    changes: dict[str, Any] = {}
    known = term_values(preset)
    for key, value in fields.items():
        if key.startswith("at.") and key[3:] in preset.plan.ids:
            number = _read_number(value, LARGEST_RESULT)
            if number is None:
                dropped.append(f"{key} must be a finite number (got {quote_value(value)}): where the rep stands")
            else:
                at[key[3:]] = number
        elif key in known:
            changes[key] = _read_list(value) if key.startswith(REP_YEAR) else _read_value(known[key], value)
        else:
            hint = nearest_name(key, known) if len(dropped) < MAX_TRIES else "as many others of this link"
            dropped.append(f"{quote_value(key)} is not known (got {quote_value(value)}): {hint}")
    preset, refused = apply_terms(preset, changes)
    return Opened(View(preset, base, at, along, present=present), tuple(dropped + refused))


def _read_step(text: str | None, dropped: list[str]) -> int | None:
    """The step of a presentation."""
    if text is None:
        return None
    if text.isascii() and text.isdecimal() and len(text) <= 2 and 1 <= int(text) <= MAX_STEPS:
        return int(text)
    dropped.append(
        f"present must be a whole number from 1 to {MAX_STEPS} (got {quote_value(text)}): the step of a presentation"
    )
    return None


def _read_start(fields: dict[str, str], dropped: list[str]) -> tuple[str | None, Preset]:
    """The preset that a link starts from; takes its fields out."""
    version, packed, name = fields.pop("v", None), fields.pop("x", None), fields.pop("preset", None)
    unlinked = fields.pop(UNLINKED, None)
    if unlinked is not None:
        dropped.append(
            f"the plan must fit into a link of {MAX_LINK:,} characters (got {quote_value(unlinked)}): open its file"
        )
    if version is not None and version not in map(str, range(1, LINK_VERSION + 1)):
        dropped.append(
            f"v must be at most {LINK_VERSION} (got {quote_value(version)}): the link may come from a newer release"
        )
    if packed is not None:
        if name is not None:
            dropped.append(f"preset must be left out where x is given (got {quote_value(name)}): x is the whole plan")
        try:
            return None, planfile.parse_plan(unpack_plan(packed))
        except Refused as refused:
            dropped += refused.sentences
    names = planfile.preset_names()
    if name is not None and name not in names:
        dropped.append(f"preset must be one of the presets (got {quote_value(name)}): {nearest_name(name, names)}")
        name = None
    home = _home_view(name)
    return home.base, home.preset


def _home_view(name: str | None) -> View:
    name = name or HOME
    return View(planfile.load_preset(name), name)


def _read_number(text: str, largest: float = LARGEST_NUMBER) -> float | None:
    if not PLAIN.fullmatch(text):
        return None
    number = float(text)
    return number if abs(number) <= largest else None


def _read_list(text: str) -> Any:
    """Numbers parted by commas; text where one of them is none, which the term refuses."""
    if text == "none":
        return None
    numbers = [_read_number(part, LARGEST_RESULT) for part in text.split(",", MAX_PAYMENTS)]
    return text if None in numbers else tuple(numbers)


def _read_value(now: Any, text: str) -> Any:
    """A value as a term wants it that has another one now; text that is no number is refused by the term."""
    if text == "none":
        return None
    if isinstance(now, str):
        return text
    if isinstance(now, bool):
        return {"true": True, "false": False}.get(text, text)
    number = _read_number(text)
    if number is None:
        return text
    whole = isinstance(now, int) or (now is None and text.isdecimal())
    return int(number) if whole and number.is_integer() else number
