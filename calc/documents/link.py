"""The link: the address of exactly what is on the screen, readable where it can be.

`?preset=low-ceiling&deals.ceiling=1.7` is a preset and what differs from it. A term goes by a dotted path:
`<kpi>.<term>` for a KPI or its curve, `plan.<term>`, `plan.curve.<term>` for the curve of a score, `team.<term>` and so
on (`params`); `none` takes an optional term away. `at.<kpi>` is where the rep stands, `along` the KPI on the
axis. A plan that no preset describes travels in `x`: its document, compressed, under version `v`. A plan that it is
compared with travels beside it, each of its fields led by `A.`; `present` is the step of a presentation. Names of
people and uploaded pay are never in it.

A link that cannot be read in full opens what can be read and names the rest. Decoding is bounded in time and memory.
A plan too long for any link (`too_long`) leaves `unlinked` in the address, which opens with a sentence that says so.
"""

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path as File
from typing import Any
from urllib.parse import parse_qsl, quote

from calc.documents import planfile
from calc.documents.link_codec import UNPACKED, pack_plan, unpack_plan, unpacks_to_too_much
from calc.documents.params import (
    MAX_TRIES,
    TABLES,
    apply_terms,
    changed_terms,
    set_terms,
    term_paths,
    term_value,
    term_values,
)
from calc.documents.planfile import Preset
from calc.plan.errors import Refused, nearest_name, quote_value
from calc.plan.terms import LARGEST_NUMBER
from calc.plan.visible_text import visible_text

__all__ = [
    "HOME",
    "MAX_LINK",
    "TABLES",
    "Opened",
    "View",
    "address_of",
    "decode_fields",
    "decode_link",
    "encode_view",
    "load",
    "open_view",
    "set_terms",
    "term_paths",
    "term_value",
    "too_long",
]

LINK_VERSION = 2
"""Of `x`; links of every version since 1 are read for ever."""
HOME = "sound-plan"
"""What opens where a link names nothing that can be read."""
MAX_LINK = 8_000
"""Characters of a link that are read at all, as most servers between take no more; chat and mail break shorter ones."""
MAX_LINK_FIELDS = 1_000
"""Parts of a link that are read at all, as many as the page itself is handed."""
PLAIN = re.compile(r"[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d{1,3})?", re.ASCII)
LARGEST_RESULT = 1_000 * LARGEST_NUMBER
"""The largest size of a result where a rep stands: reps stand beyond the largest target too."""
PACKED = re.compile(r"(?:^|[?&])(?:A\.)?x=([^&#]*)")
ALL_FIELD = "all"
AGAINST = "A."
"""Leads the fields of the plan that is compared with; no KPI's id has a capital letter."""
MAX_STEPS = 99
"""The most steps of a presentation."""
UNLINKED = "unlinked"
"""Stands in the address of a plan that is too long for a link, with the length that its link would have had."""


@dataclass(frozen=True)
class View:
    """What is on the screen: a preset with its changes, the preset it came from, where the rep stands, the axis.

    `at` holds only KPIs that do not stand at target; `along` is a KPI's id, "all", or None for the first that pays.
    `against` is the plan that it is compared with, itself with nothing but a preset and its changes; `present` is the
    step of a presentation, counted from 1.
    """

    preset: Preset
    base: str | None = None
    at: Mapping[str, float] = field(default_factory=dict)
    along: str | None = None
    against: "View | None" = None
    present: int | None = None


@dataclass(frozen=True)
class Opened:
    """An opened link: the view, and a sentence for everything that was dropped."""

    view: View
    dropped: tuple[str, ...] = ()


def open_view(source: str | File) -> View:
    """What a preset's name, a plan file, or a shared link opens.

    Raises:
        Refused: it cannot be opened in full; a sentence says what does not hold.
    """
    if isinstance(source, str) and ("?" in source or source.startswith(("preset=", "x=", "v="))):
        opened = decode_link(source)
        if opened.dropped:
            raise Refused(opened.dropped)
        return opened.view
    preset = planfile.load_preset(source)
    return View(preset, preset.name)


def load(source: str | File) -> Preset:
    """A preset by its name, from a plan file, or from a shared link.

    Raises:
        Refused: it cannot be opened in full; a sentence says what does not hold.
    """
    return open_view(source).preset


def encode_view(view: View) -> str:
    """The query string that opens exactly this view; `too_long` tells whether it is one that opens."""
    query = _encode_fields(view, readable=True)
    return query if too_long(query) is None else min(query, _encode_fields(view, readable=False), key=len)


def too_long(query: str) -> str | None:
    """The sentence that says a query string is longer than any that is opened; None where it is not.

    Both sizes count: that of the link, and that of the plan which is packed in it.
    """
    if (sentence := _too_many_letters(query)) is not None:
        return sentence
    if any(unpacks_to_too_much(packed) for packed in PACKED.findall(query)):
        return f"the link must unpack to at most {UNPACKED:,} bytes (got more): share the plan as a file instead"
    return None


def _too_many_letters(query: str) -> str | None:
    length = len(query.removeprefix("?"))
    if length <= MAX_LINK:
        return None
    return f"the link must have at most {MAX_LINK:,} characters (got {length:,}): share the plan as a file instead"


def address_of(query: str) -> str:
    """What to keep in the address bar for a query string: itself, or where it is too long, a note that opens."""
    return query if too_long(query) is None else f"?{UNLINKED}={len(query) - 1}"


def _encode_fields(view: View, readable: bool) -> str:
    targets = {k.id: k.target for k in view.preset.plan.kpis}
    fields = _link_fields(view, readable)
    fields += [(f"at.{name}", _write_value(at)) for name, at in view.at.items() if at != targets.get(name)]
    fields += [("along", view.along)] if view.along else []
    beside = [] if view.against is None else _link_fields(view.against, readable)
    fields += [(AGAINST + key, value) for key, value in beside]
    fields += [] if view.present is None else [("present", str(view.present))]
    return "?" + "&".join(f"{quote(key, safe='.')}={quote(value, safe='.,:-_')}" for key, value in fields)


def _link_fields(view: View, readable: bool) -> list[tuple[str, str]]:
    """A preset and what differs from it, or where that does not tell it, the whole document."""
    base = planfile.load_preset(view.base) if readable and view.base in planfile.preset_names() else None
    differing = changed_terms(base, view.preset) if base is not None else None
    if differing is None or "none" in differing.values():
        return [("v", str(LINK_VERSION)), ("x", pack_plan(planfile.plan_document(view.preset)))]
    return [("preset", view.base or ""), *((path, _write_value(value)) for path, value in differing.items())]


def _write_value(value: Any) -> str:
    if value is None:
        return "none"
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() and abs(value) < 1e15 else repr(value)
    return str(value)


def decode_link(query: str) -> Opened:
    """A view from a link or a query string, with all that can be read of it.

    Never raises for what a link holds: everything that was dropped is named in a sentence.
    """
    text = query.partition("?")[2] if "?" in query else query
    if (sentence := _too_many_letters(text)) is not None:
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
            changes[key] = _read_value(known[key], value)
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
    return int(number) if isinstance(now, int) and number.is_integer() else number
