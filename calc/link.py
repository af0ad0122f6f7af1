"""The link: the address of exactly what is on the screen, readable where it can be.

`?preset=low-ceiling&deals.ceiling=1.7` is a preset and what differs from it. A term goes by a dotted path:
`<kpi>.<term>` for a KPI or its curve, `plan.<term>`, `team.<term>`, `calendar.<term>`, `path.<term>`; `none` takes an
optional term away. `at.<kpi>` is where the rep stands, `along` the KPI on the axis. A plan that no preset describes
travels in `x`: its document, compressed, under version `v`. A plan that it is compared with travels beside it, each of
its fields led by `A.`; `present` is the step of a presentation. Names of people and uploaded pay are never in it.

A link that cannot be read in full opens what can be read and names the rest. Decoding is bounded in time and memory.
"""

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from functools import cache
from pathlib import Path as File
from typing import Any
from urllib.parse import parse_qsl, quote

from calc import planfile
from calc.kpi import Kpi
from calc.packing import pack, unpack
from calc.plan import Plan
from calc.planfile import Preset
from calc.refusal import Refused, nearest, shown
from calc.terms import LARGEST, Terms

VERSION = 1
HOME = "sound-plan"
"""What opens where a link names nothing that can be read."""
LONGEST = 8_000
"""Characters of a link that are read at all; chat and mail break far shorter ones."""
FIELDS = 300
PLAIN = re.compile(r"[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d{1,3})?", re.ASCII)
TRIES = 20
"""Plans that are made at the most to find out which changes of a link hold together."""
TABLES = ("plan", "team", "calendar", "path", "behaviour", "practice")
OWN = ("hours", "target", "weight", "name", "unit", "better", "team_mean", "team_spread")
ALL = "all"
AGAINST = "A."
"""Leads the fields of the plan that is compared with; no KPI's id has a capital letter."""
STEPS = 99
"""The most steps of a presentation."""


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


def view(source: str | File) -> View:
    """What a preset's name, a plan file, or a shared link opens.

    Raises:
        Refused: it cannot be opened in full; a sentence says what does not hold.
    """
    if isinstance(source, str) and ("?" in source or source.startswith(("preset=", "x=", "v="))):
        opened = decode(source)
        if opened.dropped:
            raise Refused(opened.dropped)
        return opened.view
    preset = planfile.load(source)
    return View(preset, preset.name)


def load(source: str | File) -> Preset:
    """A preset by its name, from a plan file, or from a shared link.

    Raises:
        Refused: it cannot be opened in full; a sentence says what does not hold.
    """
    return view(source).preset


def paths(preset: Preset) -> tuple[str, ...]:
    """The dotted paths of every single term of a preset that a link can name."""
    plan = preset.plan
    found = [f"{k.id}.{name}" for k in plan.kpis for name in OWN]
    curves = [(k.id, type(k.curve)) for k in plan.kpis if k.curve is not None]
    found += [f"{name}.{term}" for name, model in curves for term in _single(model) if term != "kind"]
    found += [f"plan.{name}" for name in _single(Plan) if name != "combine"]
    for table in TABLES[1:]:
        model = getattr(preset, table) if table not in plan.ids else None
        found += [f"{table}.{name}" for name in _single(model.__class__)] if model is not None else []
    return tuple(dict.fromkeys(found))


@cache
def _single(model: type[Terms]) -> tuple[str, ...]:
    """The terms of a model that are one number, word or choice."""
    several = ("tuple", "Band", "Kpi", "dict")
    return tuple(
        name
        for name, info in model.model_fields.items()
        if info.alias is None and not any(s in str(info.annotation) for s in several)
    )


def term(preset: Preset, path: str) -> Any:
    """The value of one term.

    Raises:
        Refused: the preset has no such term.
    """
    return _value(preset, *_split(preset, path))


def _value(preset: Preset, where: str, name: str) -> Any:
    if where not in preset.plan.ids:
        return getattr(getattr(preset, where), name)
    kpi = preset.plan.kpi(where)
    return getattr(kpi if name in OWN else kpi.curve, name)


def _values(preset: Preset) -> dict[str, Any]:
    """Every single term by its path."""
    return {path: _value(preset, *path.split(".", 1)) for path in paths(preset)}


def changed(preset: Preset, changes: Mapping[str, Any]) -> Preset:
    """The preset with some terms changed, checked anew.

    Args:
        preset: where to start.
        changes: new values by dotted path.

    Raises:
        Refused: a path is not known, or the plan would not hold.
    """
    plan, tables = preset.plan, {}
    grouped: dict[str, dict[str, Any]] = {}
    for path, value in changes.items():
        where, name = _split(preset, path)
        grouped.setdefault(where, {})[name] = value
    kpis = [_changed_kpi(kpi, grouped.pop(kpi.id)) if kpi.id in grouped else kpi for kpi in plan.kpis]
    for where, new in grouped.items():
        if where != "plan":
            tables[where] = _changed_table(preset, where, new)
    if any(a is not b for a, b in zip(kpis, plan.kpis, strict=True)) or "plan" in grouped:
        tables["plan"] = plan.changed(kpis=tuple(kpis), **grouped.get("plan", {}))
    return preset.changed(**tables, name=preset.name) if tables else preset


def _split(preset: Preset, path: str) -> tuple[str, str]:
    known = paths(preset)
    if path not in known:
        raise Refused(f"{path[:60]} is not known (got it in a change): {nearest(path, known)}")
    where, _, name = path.partition(".")
    return where, name


def encode(view: View) -> str:
    """The query string that opens exactly this view."""
    targets = {k.id: k.target for k in view.preset.plan.kpis}
    fields = _document(view)
    fields += [(f"at.{name}", _written(at)) for name, at in view.at.items() if at != targets.get(name)]
    fields += [("along", view.along)] if view.along else []
    fields += [] if view.against is None else [(AGAINST + key, value) for key, value in _document(view.against)]
    fields += [] if view.present is None else [("present", str(view.present))]
    return "?" + "&".join(f"{quote(key, safe='.')}={quote(value, safe='.,:-_')}" for key, value in fields)


def _document(view: View) -> list[tuple[str, str]]:
    """A preset and what differs from it, or where that does not tell it, the whole document."""
    base = planfile.load(view.base) if view.base in planfile.names() else None
    differing = _difference(base, view.preset) if base is not None else None
    if differing is None:
        return [("v", str(VERSION)), ("x", pack(planfile.document(view.preset)))]
    return [("preset", view.base or ""), *((path, _written(value)) for path, value in differing.items())]


def _difference(base: Preset, preset: Preset) -> dict[str, Any] | None:
    """What must change in a preset to give another, or None where no list of single terms does it."""
    was, now = _values(base), _values(preset)
    new = {path: value for path, value in now.items() if path in was and value != was[path]}
    if "none" in new.values():
        return None
    try:
        same = _bare(changed(base, new)) == _bare(preset)
    except Refused:
        return None
    return new if same else None


def _bare(preset: Preset) -> tuple[Any, ...]:
    return tuple(getattr(preset, name) for name in Preset.model_fields if name not in ("name", "example"))


def _written(value: Any) -> str:
    if value is None:
        return "none"
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() and abs(value) < 1e15 else repr(value)
    return str(value)


def decode(query: str) -> Opened:
    """A view from a link or a query string, with all that can be read of it.

    Never raises for what a link holds: everything that was dropped is named in a sentence.
    """
    text = query.partition("?")[2] if "?" in query else query
    if len(text) > LONGEST:
        return Opened(_home(None), (f"the link must have at most {LONGEST:,} characters (got {len(text):,})",))
    try:
        pairs = parse_qsl(text.partition("#")[0], keep_blank_values=True, max_num_fields=FIELDS)
    except ValueError:
        return Opened(_home(None), (f"the link must have at most {FIELDS} parts (got more)",))
    return decode_fields(pairs)


def decode_fields(pairs: Iterable[tuple[str, str]]) -> Opened:
    """A view from the names and values of a query string; the last of a repeated name counts."""
    given = [(str(key)[:100], str(value)) for key, value in pairs if key not in ("embed", "embed_options")]
    opened = _opened([(key, value) for key, value in given if not key.startswith(AGAINST)])
    other = [(key.removeprefix(AGAINST), value) for key, value in given if key.startswith(AGAINST)]
    if not other:
        return opened
    beside = _opened([(key, value) for key, value in other if not _of_a_view(key)])
    told = [
        f"{AGAINST}{key} is not known (got {shown(value)}): plan A is told by its terms"
        for key, value in other
        if _of_a_view(key)
    ]
    dropped = (*opened.dropped, *(f"plan A: {sentence}" for sentence in beside.dropped), *told)
    return Opened(replace(opened.view, against=beside.view), dropped)


def _of_a_view(key: str) -> bool:
    """Whether a field tells how a plan is looked at, and not the plan."""
    return key in ("along", "present") or key.startswith("at.")


def _opened(given: list[tuple[str, str]]) -> Opened:
    """A view without the plan that it is compared with."""
    fields = dict(given)
    counts = Counter(key for key, _ in given)
    dropped = [
        f"{shown(key)} must be given once (got it {n} times): the last counts" for key, n in counts.items() if n > 1
    ]
    base, preset = _start(fields, dropped)
    at: dict[str, float] = {}
    along = fields.pop("along", None)
    if along is not None and along not in (ALL, *preset.plan.ids):
        dropped.append(
            f"along must be a KPI of the plan or 'all' (got {shown(along)}): {nearest(along, preset.plan.ids)}"
        )
        along = None
    present = _step(fields.pop("present", None), dropped)
    changes: dict[str, Any] = {}
    known = paths(preset)
    for key, value in fields.items():
        if key.startswith("at.") and key[3:] in preset.plan.ids:
            number = _number(value)
            if number is None:
                dropped.append(f"{key} must be a finite number (got {shown(value)}): where the rep stands")
            else:
                at[key[3:]] = number
        elif key in known:
            changes[key] = _read(preset, key, value)
        else:
            hint = nearest(key, known) if len(dropped) < TRIES else "as many others of this link"
            dropped.append(f"{shown(key)} is not known (got {shown(value)}): {hint}")
    preset, refused = _apply(preset, changes)
    return Opened(View(preset, base, at, along, present=present), tuple(dropped + refused))


def _step(text: str | None, dropped: list[str]) -> int | None:
    """The step of a presentation."""
    if text is None:
        return None
    if text.isascii() and text.isdecimal() and len(text) <= 2 and 1 <= int(text) <= STEPS:
        return int(text)
    dropped.append(f"present must be a whole number from 1 to {STEPS} (got {shown(text)}): the step of a presentation")
    return None


def _start(fields: dict[str, str], dropped: list[str]) -> tuple[str | None, Preset]:
    """The preset that a link starts from; takes its fields out."""
    version, packed, name = fields.pop("v", None), fields.pop("x", None), fields.pop("preset", None)
    if version is not None and version != str(VERSION):
        dropped.append(f"v must be {VERSION} (got {shown(version)}): the link may come from a newer release")
    if packed is not None:
        if name is not None:
            dropped.append(f"preset must be left out where x is given (got {shown(name)}): x is the whole plan")
        try:
            return None, planfile.parse(unpack(packed))
        except Refused as refused:
            dropped += refused.sentences
    names = planfile.names()
    if name is not None and name not in names:
        dropped.append(f"preset must be one of the presets (got {shown(name)}): {nearest(name, names)}")
        name = None
    home = _home(name)
    return home.base, home.preset


def _home(name: str | None) -> View:
    name = name or HOME
    return View(planfile.load(name), name)


def _number(text: str) -> float | None:
    if not PLAIN.fullmatch(text):
        return None
    number = float(text)
    return number if abs(number) <= LARGEST else None


def _read(preset: Preset, path: str, text: str) -> Any:
    """A value as its term wants it; text that is no number stays text, and is refused by the term."""
    if text == "none":
        return None
    now = term(preset, path)
    if isinstance(now, str):
        return text
    number = _number(text)
    if number is None:
        return text
    return int(number) if isinstance(now, int) and number.is_integer() else number


def _apply(preset: Preset, changes: dict[str, Any]) -> tuple[Preset, list[str]]:
    """All changes together; where that is refused, those that hold: a KPI's or table's own first, then the plan."""
    try:
        return (changed(preset, changes) if changes else preset), []
    except Refused:
        pass
    dropped: list[str] = []
    sound: dict[str, Any] = {}
    places: dict[str, dict[str, Any]] = {}
    for path, value in changes.items():
        places.setdefault(path.partition(".")[0], {})[path] = value
    for own in places.values():
        for group in [own] if _alone(preset, own) is None else [{path: value} for path, value in own.items()]:
            faults = _alone(preset, group)
            dropped += faults or ()
            sound |= group if faults is None else {}
    return _together(preset, sound, dropped)


def _together(preset: Preset, sound: dict[str, Any], dropped: list[str]) -> tuple[Preset, list[str]]:
    """Changes that hold by themselves, all at once; where that is refused, weights together and then one by one."""
    try:
        return (changed(preset, sound) if sound else preset), dropped
    except Refused:
        pass
    groups: dict[str, dict[str, Any]] = {}
    for path, value in sound.items():
        groups.setdefault("weight" if path.endswith(".weight") else path, {})[path] = value
    for i, group in enumerate(groups.values()):
        try:
            if i >= TRIES:
                raise Refused(f"{', '.join(group)} was left out: the link has too many parts that do not hold together")
            preset = changed(preset, group)
        except Refused as refused:
            dropped += refused.sentences
    return preset, dropped


def _alone(preset: Preset, own: Mapping[str, Any]) -> tuple[str, ...] | None:
    """What does not hold of a KPI's or a table's own changes, without making the whole plan anew; None where all do."""
    where = next(iter(own)).partition(".")[0]
    new = {path.partition(".")[2]: value for path, value in own.items()}
    try:
        if where in preset.plan.ids:
            _changed_kpi(preset.plan.kpi(where), new)
        elif where != "plan":
            _changed_table(preset, where, new)
    except Refused as refused:
        return refused.sentences
    return None


def _changed_kpi(kpi: Kpi, new: Mapping[str, Any]) -> Kpi:
    own = {name: value for name, value in new.items() if name in OWN}
    bent = {name: value for name, value in new.items() if name not in OWN}
    where = f"{kpi.id}."
    try:
        if bent and kpi.curve is not None:
            where = f"{kpi.id}.curve."
            own["curve"] = kpi.curve.changed(**bent)
            where = f"{kpi.id}."
        return kpi.changed(**own) if own else kpi
    except Refused as refused:
        raise Refused([where + sentence for sentence in refused.sentences]) from None


def _changed_table(preset: Preset, where: str, new: Mapping[str, Any]) -> Any:
    try:
        return getattr(preset, where).changed(**new)
    except Refused as refused:
        raise Refused([f"{where}.{sentence}" for sentence in refused.sentences]) from None
