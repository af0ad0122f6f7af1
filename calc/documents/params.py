"""Single terms of a preset by dotted paths: which there are, what they are, and the preset with some of them changed.

`<kpi>.<term>` is a term of a KPI or of its curve, `plan.<term>` and `plan.curve.<term>` of the whole plan and of the
one curve of a score, `team.<term>`, `calendar.<term>` and so on of the tables around it. What is a list (points, tiers,
gates, modifiers) has no path.

A KPI whose target or better side changes keeps its people (`keep_people`), unless the same changes say where
the team lands.
"""

from collections.abc import Iterator, Mapping
from functools import cache
from typing import Any

from calc.documents.planfile import Preset
from calc.plan.errors import Refused, nearest_name
from calc.plan.kpi import Kpi
from calc.plan.plan import Plan
from calc.plan.terms import Terms, is_single_term
from calc.situation.behaviour import Behaviour
from calc.situation.team import PEOPLE, keep_people
from calc.year.beside.rep_year import with_results
from calc.year.year_plan import YEAR_TABLES

TABLES = ("plan", "team", "calendar", "path", "behaviour", "practice", *YEAR_TABLES)
OWN = ("hours", "target", "counted", "round_to", "weight", "name", "unit", "better", *PEOPLE)
TELLERS = tuple(f".{name}" for name in PEOPLE)
"""How the paths end that say where the team lands on a KPI."""
MOVERS = (".target", ".better", *TELLERS)
"""How the paths end after which the team may land on another share of target."""
CURVE_PREFIX = "curve."
"""Leads a term of the one curve of a score."""
ASSUMED = {"behaviour": Behaviour()}
"""Tables whose terms hold as they are declared where a preset has none."""
REP_YEAR = "rep_year."
"""Leads the results by payment of a KPI, numbers parted by commas; none where it stands at target."""
MAX_TRIES = 20
"""Plans that are made at the most to find out which changes hold together."""


def term_paths(preset: Preset) -> tuple[str, ...]:
    """The dotted paths of every single term of a preset."""
    plan = preset.plan
    found = [f"{k.id}.{name}" for k in plan.kpis for name in OWN]
    found += [f"{k.id}.{name}" for k in plan.kpis if k.curve is not None for name in _curve_terms(k.curve)]
    found += [f"plan.{name}" for name in _single_terms(Plan) if name != "combine"]
    found += [f"plan.{CURVE_PREFIX}{name}" for name in _curve_terms(plan.curve)] if plan.curve is not None else []
    for table in TABLES[1:]:
        model = _table_of(preset, table) if table not in plan.ids else None
        found += [f"{table}.{name}" for name in _single_terms(model.__class__)] if model is not None else []
    if "rep_year" not in plan.ids:
        found += [REP_YEAR + k.id for k in plan.kpis]
    return tuple(dict.fromkeys(found))


def _curve_terms(curve: Terms) -> list[str]:
    """The single terms of a curve, without its kind."""
    return [name for name in _single_terms(type(curve)) if name != "kind"]


def _table_of(preset: Preset, table: str) -> Any:
    """A table of a preset; of some the declared terms, where it has none."""
    found = getattr(preset, table)
    return ASSUMED.get(table) if found is None else found


@cache
def _single_terms(model: type[Terms]) -> tuple[str, ...]:
    """The terms of a model that are one number, word or choice."""
    return tuple(name for name, info in model.model_fields.items() if info.alias is None and is_single_term(info))


def term_value(preset: Preset, path: str) -> Any:
    """The value of one term.

    Raises:
        Refused: the preset has no such term.
    """
    return _value_at(preset, *_split_path(preset, path))


def term_values(preset: Preset) -> dict[str, Any]:
    """Every single term by its path."""
    return {path: _value_at(preset, *path.split(".", 1)) for path in term_paths(preset)}


def _value_at(preset: Preset, where: str, name: str) -> Any:
    if where in preset.plan.ids:
        kpi = preset.plan.kpi(where)
        if name == "target" and not kpi.has_target:
            return None
        return getattr(kpi if name in OWN else kpi.curve, name)
    if f"{where}." == REP_YEAR:
        return None if preset.rep_year is None else preset.rep_year.results.get(name)
    holder = _table_of(preset, where)
    return (
        getattr(holder.curve, name.removeprefix(CURVE_PREFIX))
        if name.startswith(CURVE_PREFIX)
        else getattr(holder, name)
    )


def _split_path(preset: Preset, path: str) -> tuple[str, str]:
    known = term_paths(preset)
    if path not in known:
        raise Refused(f"{path[:60]} is not known (got it in a change): {nearest_name(path, known)}")
    where, _, name = path.partition(".")
    return where, name


def set_terms(preset: Preset, changes: Mapping[str, Any]) -> Preset:
    """The preset with some terms changed, checked anew; its people land where they landed.

    Args:
        preset: where to start.
        changes: new values by dotted path. A KPI of which they say where the team lands, by a term of its own or by
            one of the team's that it follows, lands there, as a share of its new target.

    Raises:
        Refused: a path is not known, or the plan would not hold.
    """
    plan, tables = preset.plan, {}
    grouped: dict[str, dict[str, Any]] = {}
    known = set(term_paths(preset))
    for path, value in changes.items():
        where, name = path.split(".", 1) if path in known else _split_path(preset, path)
        grouped.setdefault(where, {})[name] = value
    said = grouped.get("team", {})
    kpis = [_changed_kpi(preset, kpi, grouped.pop(kpi.id), said) if kpi.id in grouped else kpi for kpi in plan.kpis]
    for where, new in grouped.items():
        if where != "plan":
            tables[where] = _changed_table(preset, where, new)
    if any(a is not b for a, b in zip(kpis, plan.kpis, strict=True)) or "plan" in grouped:
        tables["plan"] = plan.changed(kpis=tuple(kpis), **_bent_score(plan, grouped.get("plan", {})))
    return preset.changed(**tables, name=preset.name) if tables else preset


def _changed_kpi(preset: Preset, kpi: Kpi, new: Mapping[str, Any], said: Mapping[str, Any]) -> Kpi:
    """A KPI with new terms; `said` are new terms of the team, which it may follow."""
    own = {name: value for name, value in new.items() if name in OWN}
    bent = {name: value for name, value in new.items() if name not in OWN}
    where = f"{kpi.id}."
    try:
        if bent and kpi.curve is not None:
            where = f"{kpi.id}.curve."
            own["curve"] = kpi.curve.changed(**bent)
            where = f"{kpi.id}."
        after = kpi.changed(**own) if own else kpi
        described = any(name in new for name in PEOPLE) or any(name in said for name in _team_terms_of(kpi))
        return after if described else keep_people(kpi, after, preset.team)
    except Refused as refused:
        raise Refused([where + sentence for sentence in refused.sentences]) from None


def _team_terms_of(kpi: Kpi) -> Iterator[str]:
    """The terms of the team that say where it lands on a KPI, because the KPI has none of its own."""
    if kpi.team_mean is None:
        yield "mean"
    if kpi.team_spread is None:
        yield "spread"


def _bent_score(plan: Plan, new: Mapping[str, Any]) -> dict[str, Any]:
    """New terms of the plan, with those of its score's curve made into a new curve."""
    own = {name: value for name, value in new.items() if not name.startswith(CURVE_PREFIX)}
    bent = {name.removeprefix(CURVE_PREFIX): value for name, value in new.items() if name.startswith(CURVE_PREFIX)}
    if not bent or plan.curve is None:
        return own
    try:
        return {**own, "curve": plan.curve.changed(**bent)}
    except Refused as refused:
        raise Refused([f"plan.{CURVE_PREFIX}{sentence}" for sentence in refused.sentences]) from None


def _changed_table(preset: Preset, where: str, new: Mapping[str, Any]) -> Any:
    if f"{where}." == REP_YEAR:
        return with_results(preset.rep_year, new)
    try:
        after = _table_of(preset, where).changed(**new)
        return None if where in ASSUMED and after == ASSUMED[where] else after
    except Refused as refused:
        raise Refused([f"{where}.{sentence}" for sentence in refused.sentences]) from None


def changed_terms(base: Preset, preset: Preset) -> dict[str, Any] | None:
    """What must change in a preset to give another, or None where no list of single terms does it.

    Where the team lands is left out where it follows from the rest.
    """
    was, now = term_values(base), term_values(preset)
    new = {path: value for path, value in now.items() if path in was and value != was[path]}
    if any(path.endswith(MOVERS) for path in new):
        new = _without_kept_people(base, new, now)
    try:
        same = set_terms(base, new).same_terms(preset)
    except Refused:
        return None
    return new if same else None


def _without_kept_people(base: Preset, new: Mapping[str, Any], now: Mapping[str, Any]) -> dict[str, Any]:
    """The changes, with where the team lands on a KPI only where that does not follow from the others.

    Where one term of a KPI must say it, all do, as then none follows.
    """
    others = {path: value for path, value in new.items() if not path.endswith(TELLERS)}
    try:
        kept = term_values(set_terms(base, others))
    except Refused:
        return dict(new)
    told = {path for path, value in kept.items() if path.endswith(TELLERS) and value != now.get(path)}
    places = {path.partition(".")[0] for path in told}
    said = {path: now[path] for path in told}
    said |= {path: value for path, value in new.items() if path.endswith(TELLERS) and path.partition(".")[0] in places}
    return others | said


def apply_terms(preset: Preset, changes: Mapping[str, Any]) -> tuple[Preset, list[str]]:
    """All changes together; where that is refused, those that hold, and a sentence for every one that does not.

    A KPI's or table's own changes are tried first, then the plan.
    """
    try:
        return (set_terms(preset, changes) if changes else preset), []
    except Refused:
        pass
    dropped: list[str] = []
    sound: dict[str, Any] = {}
    places: dict[str, dict[str, Any]] = {}
    for path, value in changes.items():
        places.setdefault(path.partition(".")[0], {})[path] = value
    for own in places.values():
        for group in [own] if _faults_alone(preset, own) is None else [{path: value} for path, value in own.items()]:
            faults = _faults_alone(preset, group)
            dropped += faults or ()
            sound |= group if faults is None else {}
    return _apply_together(preset, sound, dropped)


def _apply_together(preset: Preset, sound: dict[str, Any], dropped: list[str]) -> tuple[Preset, list[str]]:
    """Changes that hold by themselves, all at once; where that is refused, weights together and then one by one."""
    try:
        return (set_terms(preset, sound) if sound else preset), dropped
    except Refused:
        pass
    groups: dict[str, dict[str, Any]] = {}
    for path, value in sound.items():
        groups.setdefault("weight" if path.endswith(".weight") else path, {})[path] = value
    for i, group in enumerate(groups.values()):
        try:
            if i >= MAX_TRIES:
                raise Refused(f"{', '.join(group)} was left out: the link has too many parts that do not hold together")
            preset = set_terms(preset, group)
        except Refused as refused:
            dropped += refused.sentences
    return preset, dropped


def _faults_alone(preset: Preset, own: Mapping[str, Any]) -> tuple[str, ...] | None:
    """What does not hold of a KPI's or a table's own changes, without making the whole plan anew; None where all do."""
    where = next(iter(own)).partition(".")[0]
    new = {path.partition(".")[2]: value for path, value in own.items()}
    try:
        if where in preset.plan.ids:
            _changed_kpi(preset, preset.plan.kpi(where), new, {})
        elif where == "plan":
            _bent_score(preset.plan, new)
        else:
            _changed_table(preset, where, new)
    except Refused as refused:
        return refused.sentences
    return None
