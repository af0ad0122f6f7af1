"""The plan file: one TOML document is one preset, with its plan, story, worked examples and the situation around it.

Reading and writing are exact inverses. What does not hold is refused with where, what must hold and what came; nothing
is converted in silence.
"""

import tomllib
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path as File
from typing import Annotated, Any, Self

from pydantic import FailFast, Field, model_validator

from calc.documents.preset_tables import REP_TABLES, Example, Rep
from calc.documents.toml_bounds import MAX_REPS, refuse_costly_document, refuse_costly_text
from calc.documents.toml_text import toml_of
from calc.plan.errors import MAX_FAULTS, Refused, nearest_name
from calc.plan.plan import Plan
from calc.plan.terms import FiniteNumber, Terms, term
from calc.situation.behaviour import Behaviour
from calc.situation.calendar import Calendar
from calc.situation.practice import Practice
from calc.situation.rank import Rank
from calc.situation.target_path import Path
from calc.situation.team import Team
from calc.year.beside.rep_year import RepYear, rep_year_results
from calc.year.rules.draw import Draw
from calc.year.rules.holdback import Holdback
from calc.year.rules.proration import Proration
from calc.year.rules.ramp import Ramp
from calc.year.rules.recovery import Recovery
from calc.year.year_plan import BY_ITSELF, YEAR_TABLES, YearPlan, check_series
from calc.year.year_results import YearResults
from calc.year.year_terms import Year

_INSTALLED, _CHECKED_OUT = (File(__file__).resolve().parents[n] / "presets" for n in (1, 2))
PRESET_FOLDER = _INSTALLED if _INSTALLED.is_dir() else _CHECKED_OUT
"""The presets: inside the package where it is installed, beside it in a checkout."""
MAX_PLAN_FILE = 1_000_000
"""The largest plan file read [bytes]."""
STORY_TERMS = ("title", "description", "source", "cured_by", "expects", "year_pays")
"""Terms that stand at the top of a file, before its tables."""
LISTS = ("kpis", "gates", "modifiers", "greater_of")


class Preset(Terms):
    """A plan with its story and the situation it is looked at in."""

    title: str = term("", max_length=120, help="what goes wrong, in a few words")
    description: str = term("", max_length=4000, help="a paragraph for the screen")
    source: str = term("", max_length=1000, help="where the situation or the numbers come from")
    cured_by: str | None = term(None, max_length=80, help="the preset that mends it")
    expects: tuple[str, ...] = term((), max_length=50, help="the checks that must find something in it")
    plan: Plan
    year: Year | None = term(None, help="how pay runs over the periods of a year; each by itself if left out")
    draw: Draw | None = term(None, help="what is paid in advance of what is earned")
    ramp: Ramp | None = term(None, help="parts of the target for people who are new")
    proration: Proration | None = term(None, help="what holds for people who are there for a part of the year")
    holdback: Holdback | None = term(None, help="which part of pay waits until it is sure")
    recovery: Recovery | None = term(None, help="what is taken back of pay on deals that did not last")
    rep_year: RepYear | None = term(None, help="the year that the rep looked at has had, payment by payment")
    year_pays: tuple[FiniteNumber, ...] = term(
        (), max_length=520, unit="money", help="what the rep's year pays, by payment, held against the terms"
    )
    rank: Rank | None = term(None, help="pay by place in the team, beside what the plan pays")
    team: Team | None = term(None, help="the team that lives under the plan")
    calendar: Calendar | None = term(None, help="the period and the day it is")
    path: Path | None = term(None, help="how the target moves over several periods")
    behaviour: Behaviour | None = term(None, help="how reps answer to money")
    practice: Practice | None = term(None, help="the field's ranges, where this organisation has its own")
    reps: Annotated[tuple[Rep, ...], FailFast()] = term((), max_length=MAX_REPS, help="named reps")
    example: tuple[Example, ...] = term((), max_length=200, help="worked examples, tested to the cent")
    name: str | None = Field(default=None, exclude=True, description="the name it is found by; not in the file")

    def changed(self, **changes: Any) -> Self:
        """The same preset but for the changes; worked examples of another plan are left behind."""
        kept = {"name": self.name} | changes
        if changes.get("plan", self.plan) != self.plan:
            kept["example"] = ()
        if any(changes.get(name, was := getattr(self, name)) != was for name in ("plan", "rep_year", *YEAR_TABLES)):
            kept["year_pays"] = ()
        return super().changed(**kept)

    @property
    def year_plan(self) -> YearPlan:
        """The plan with the rules of its year; refused where they do not fit each other."""
        rules = {name: getattr(self, name) for name in YEAR_TABLES}
        return YearPlan(self.plan, **{**rules, "year": self.year or BY_ITSELF})

    @property
    def year_results(self) -> YearResults:
        """The year of the rep looked at, every payment at its targets where the file gives none."""
        return rep_year_results(self.year_plan, self.rep_year)

    @property
    def has_year(self) -> bool:
        """Whether anything is said of how pay runs over periods."""
        return any(getattr(self, name) is not None for name in YEAR_TABLES)

    @model_validator(mode="after")
    def _year_fits(self) -> Self:
        if (self.has_year or self.rep_year is not None) and self.plan is not _stand_in():
            check_series(self.year_plan, people := self.year_results)
            if self.year_pays and len(self.year_pays) != people.count:
                raise Refused(f"year_pays must have {people.count} amounts, one a payment (got {len(self.year_pays)})")
        return self

    def same_terms(self, other: "Preset") -> bool:
        """Whether another says the same, but for its name and worked examples, which a changed plan leaves behind.

        A plan that was changed, and changed back, says the same as before.
        """
        names = (name for name in type(self).model_fields if name not in ("name", "example", "year_pays"))
        return self is other or all(getattr(self, name) == getattr(other, name) for name in names)


def parse_plan(document: Mapping[str, Any], name: str | None = None) -> Preset:
    """A preset from a document of plain dicts and lists.

    Raises:
        Refused: a sentence for each fault.
    """
    refuse_costly_document(document)
    rest = {key: value for key, value in document.items() if key not in (*LISTS, "plan")}
    table = document.get("plan", {})
    faults: list[str] = []
    plan = None
    if not isinstance(table, Mapping):
        faults.append(f"plan must be a table (got {table!r:.60})")
    elif any(key in table for key in LISTS):
        key = next(key for key in LISTS if key in table)
        faults.append(f"plan.{key} must stand at the top of the file as [[{key}]] (got it within [plan])")
    else:
        try:
            plan = Plan.read({**table, **{key: document[key] for key in LISTS if key in document}})
        except Refused as refused:
            faults += refused.sentences
    if "name" in rest:
        faults.append("name is not known (got one): a preset goes by its file's name")
        del rest["name"]
    try:
        preset = Preset.read({**rest, "plan": plan or _stand_in(), "name": name})
    except Refused as refused:
        faults += refused.sentences
    else:
        faults += _unknown_ids(preset) if plan is not None else []
    if faults:
        raise Refused(sorted(faults, key=lambda fault: "must be given" in fault))  # what is there before what is not
    return preset


def _unknown_ids(preset: Preset) -> list[str]:
    ids = preset.plan.ids
    named = [(f"example[{i}].results", e.results) for i, e in enumerate(preset.example)]
    named += [(f"reps.{r.name}.{part}", getattr(r, part)) for r in preset.reps for part in REP_TABLES]
    named += [(f"reps.{r.name}.forecasts", {k: low for k, (low, _) in r.forecasts.items()}) for r in preset.reps]
    unknown = [(w, name, value) for w, values in named for name, value in values.items() if name not in ids]
    told = [
        f"{where}.{name} is not known (got {value:g}): {nearest_name(name, ids)}"
        for where, name, value in unknown[:MAX_FAULTS]
    ]
    ranked = preset.rank.kpi if preset.rank is not None else None
    if ranked is not None and ranked not in ids:
        told.append(f"rank.kpi must be a KPI of the plan (got {ranked!r}): {nearest_name(ranked, ids)}")
    return told + [f"and {len(unknown) - MAX_FAULTS:,} more faults"] * (len(unknown) > MAX_FAULTS)


def loads(text: str, name: str | None = None) -> Preset:
    """A preset from the text of a plan file.

    Args:
        text: TOML.
        name: the name it is found by.

    Raises:
        Refused: it is no TOML, or a sentence for each fault.
    """
    text = text.removeprefix("\ufeff")
    refuse_costly_text(text)
    try:
        document = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise Refused(f"the file must be TOML (got a fault: {error})") from None
    except (RecursionError, ValueError) as error:
        raise Refused(f"the file must be TOML (got what cannot be read: {type(error).__name__})") from None
    preset = parse_plan(document, name)
    if len(text) > MAX_PLAN_FILE // 2:
        _refuse_what_grows(preset)
    return preset


def _refuse_what_grows(preset: Preset) -> None:
    """What is accepted can be downloaded and read back: a file may be written more tightly than `dumps` writes it."""
    if (size := len(dumps(preset).encode())) > MAX_PLAN_FILE:
        raise Refused(f"the file must have at most {MAX_PLAN_FILE:,} bytes when it is written anew (got {size:,})")


def load_preset(source: str | File) -> Preset:
    """A preset by its name, or from a plan file.

    Raises:
        Refused: there is none, it is too large, or it does not hold.
    """
    named = PRESET_FOLDER / f"{source}.toml"
    if str(source) in preset_names():
        state = named.stat()
        return _read_preset(str(source), state.st_mtime_ns, state.st_size)
    return _read_file(File(source), str(source))


def file_of(source: str | File) -> File:
    """The file that a preset's name or a path means; there may be none, as for a link."""
    return PRESET_FOLDER / f"{source}.toml" if str(source) in preset_names() else File(source)


@lru_cache(maxsize=256)
def _read_preset(name: str, modified: int, size: int) -> Preset:
    """A preset by its name; read again only when its file has changed."""
    return _read_file(PRESET_FOLDER / f"{name}.toml", name, name)


def _read_file(file: File, source: str, name: str | None = None) -> Preset:
    try:
        with file.open("rb") as stream:
            content = stream.read(MAX_PLAN_FILE + 1)
            size = file.stat().st_size
    except (OSError, ValueError) as error:
        raise Refused(_no_plan(source, error)) from None
    if len(content) > MAX_PLAN_FILE:
        raise Refused(f"{file.name} must be at most {MAX_PLAN_FILE:,} bytes (got {size:,})")
    return read_plan_file(content, file.name, name)


def _no_plan(source: str, error: Exception) -> str:
    """Why nothing opens: a path leads to no plan, or there is no preset of that name."""
    if isinstance(error, FileNotFoundError) and ("/" in source or "\\" in source or File(source).suffix):
        why = "there is no such file"
    elif isinstance(error, OSError) and not isinstance(error, FileNotFoundError) and source.strip(". "):
        why = f"the file cannot be read: {error.strerror}"
    else:
        why = nearest_name(source, preset_names())
    return f"PLAN must be a preset, a file or a link (got {source[:80]!r}): {why}"


def read_plan_file(content: bytes, called: str, name: str | None = None) -> Preset:
    """A preset from the bytes of a plan file.

    Args:
        content: TOML in UTF-8.
        called: what the file is called, for the sentences.
        name: the name it is found by.

    Raises:
        Refused: it is too large, or it does not hold.
    """
    if len(content) > MAX_PLAN_FILE:
        raise Refused(f"{called} must be at most {MAX_PLAN_FILE:,} bytes (got {len(content):,})")
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise Refused(f"{called} must be text in UTF-8 (got a byte that is not, at {error.start})") from None
    try:
        return loads(text.replace("\r\n", "\n"), name=name)
    except Refused as refused:
        raise Refused([f"{called}: {sentence}" for sentence in refused.sentences]) from None


def preset_names() -> tuple[str, ...]:
    """The names of the presets, in the order of the alphabet."""
    return tuple(sorted(file.stem for file in PRESET_FOLDER.glob("*.toml")))


def plan_document(preset: Preset) -> dict[str, Any]:
    """A preset as plain dicts and lists, with what was given and no defaults: the inverse of `parse_plan`."""
    whole: dict[str, Any] = preset.model_dump(exclude_unset=True, exclude_none=True, by_alias=True)
    plan = whole.pop("plan")
    lists = {key: tables for key in LISTS if (tables := plan.pop(key, ()))}
    first = {key: whole.pop(key) for key in STORY_TERMS if key in whole}
    plain: dict[str, Any] = _plain_value({**first, "plan": plan, **lists, **whole})
    return plain


def _plain_value(value: Any) -> Any:
    if isinstance(value, float):
        return int(value) if value.is_integer() and abs(value) < 1e15 else value
    if isinstance(value, (tuple, list)):
        return [_plain_value(item) for item in value]
    return {key: _plain_value(item) for key, item in value.items()} if isinstance(value, Mapping) else value


def dumps(preset: Preset) -> str:
    """A preset as the text of a plan file; `loads` gives the same preset back."""
    return toml_of(plan_document(preset))


@lru_cache(maxsize=1)
def _stand_in() -> Plan:
    """Takes a refused plan's place, so that the rest of its document is judged too."""
    return Plan.read({"kpis": [{"id": "none", "target": 1, "curve": {"kind": "tiers", "tiers": [[0, 1]]}}]})
