"""Which controls a plan has: read off the terms' own declarations, so that range, unit and help are told once."""

import math
from dataclasses import dataclass, replace
from typing import Any, Literal, get_args

import annotated_types
from pydantic.fields import FieldInfo

from calc.documents.planfile import Preset
from calc.piecewise.segments import neat_number
from calc.plan.curves.curve_terms import CurveTerms
from calc.plan.kpi import Kpi
from calc.plan.plan import Plan
from calc.plan.terms import is_choice, unit_of
from ui.model.profile import Scene
from ui.model.unit_name import unit_name
from ui.number_format import Formats

Look = Literal["share", "times", "number", "choice"]

PLAN_KNOBS = ("target_incentive", "base_pay", "floor", "ceiling")
MONEY_STEP = 20
"""A step of an amount is the round number that goes into it about so many times."""


@dataclass(frozen=True)
class Knob:
    """One control: the term's path, its name and help, its range and step, and how it looks.

    `value` is None where an optional term is absent; `starts` is where it begins when it is switched on. `place` names
    where a control of a term stands that has one elsewhere.
    """

    path: str
    name: str
    help: str
    look: Look
    value: Any
    low: float = 0.0
    high: float = 1.0
    step: float = 0.01
    starts: float = 1.0
    optional: bool = False
    note: str = ""
    choices: tuple[str, ...] = ()
    place: str = ""

    @property
    def seat(self) -> str:
        """What tells it from other controls of the same term: its path, and where it stands a second time."""
        return f"{self.place}{self.path}"


def kpi_knobs(preset: Preset, seed: Preset, kpi: Kpi, formats: Formats) -> list[Knob]:
    """The controls of one KPI: its curve's terms, its weight, its target."""
    found, was = [], next((k for k in seed.plan.kpis if k.id == kpi.id), kpi)
    for name in slid_terms(kpi.curve):
        if kpi.curve is not None:
            info, value = type(kpi.curve).model_fields[name], _meant_value(kpi, name)
            note = _curve_note(preset, kpi, name, value, formats)
            stands = _always_there(kpi.curve, name)
            found.append(_make_knob(f"{kpi.id}.{name}", info, value, _meant_value(was, name), note, stands))
    weighted = [k for k in preset.plan.kpis if k.weight is not None and (k.curve or preset.plan.combine == "score")]
    if kpi in weighted and len(weighted) > 1:
        money = formats.money(preset.plan.worth[kpi.id])
        found.append(_make_knob(f"{kpi.id}.weight", Kpi.model_fields["weight"], kpi.weight, was.weight, money, True))
    return [*found, _target_knob(preset, kpi)]


def plan_knobs(preset: Preset, seed: Preset) -> list[Knob]:
    """The controls of the whole plan."""
    knobs = []
    for name in PLAN_KNOBS:
        info, value = type(preset.plan).model_fields[name], getattr(preset.plan, name)
        if "money" not in unit_of(info):
            knobs.append(_make_knob(f"plan.{name}", info, value, getattr(seed.plan, name), ""))
        elif value is not None:
            step = _round_step(value)
            knobs.append(
                Knob(f"plan.{name}", term_name(name), term_help(info), "number", value, 0.0, math.inf, step, value)
            )
    return knobs + _score_knobs(preset.plan, seed.plan)


def _score_knobs(plan: Plan, seed: Plan) -> list[Knob]:
    """The controls of the one curve of a score."""
    if plan.curve is None:
        return []
    curve, terms = plan.curve, type(plan.curve).model_fields
    found = [
        _make_knob(
            f"plan.curve.{name}",
            terms[name],
            curve.meant(name),
            _meant_value(seed, name),
            "",
            _always_there(curve, name),
        )
        for name in slid_terms(curve)
    ]
    return [replace(knob, name=f"{knob.name} of the score") for knob in found]


def slid_terms(curve: CurveTerms | None) -> list[str]:
    """The terms of a curve that have a control; of those that come and go together, the ones that are there."""
    if curve is None:
        return []
    return [name for name in curve.SLIDES if name not in curve.TOGETHER or getattr(curve, name) is not None]


def stand_knob(scene: Scene, start: Kpi, kpi: Kpi, formats: Formats) -> Knob:
    """Where the rep stands on one KPI [its unit]."""
    own = Scene(scene.plan, kpi.id, scene.at, scene.team)
    reach = [own.crowd.mean + 3 * own.crowd.sd] if own.crowd is not None else []
    breaks = [s.start for s in own.stretches if math.isfinite(s.start) and 0 < s.start <= 4]
    most = max([1.5, *(1.25 * b for b in breaks), *reach])
    ends = sorted((start.result(0.0), start.result(math.ceil(most * 4) / 4), scene.standing[kpi.id]))
    step = own.unit
    low, high = math.floor(ends[0] / step + 1e-9) * step, math.ceil(ends[-1] / step - 1e-9) * step
    look: Look = "number"
    share = formats.share(round(kpi.attainment(scene.standing[kpi.id]), 4))
    note = f"{formats.amount(kpi, scene.standing[kpi.id])}, {share} of target"
    return Knob(
        f"at.{kpi.id}", kpi.label, "where the rep stands", look, scene.standing[kpi.id], low, high, step, note=note
    )


def _make_knob(path: str, info: FieldInfo, value: Any, seed: Any, note: str, stands: bool = False) -> Knob:
    """The control of a term; `stands` says that its value is always there, though the term may be left out."""
    name = path.rpartition(".")[2]
    if is_choice(info):
        choices = tuple(str(choice) for choice in get_args(info.annotation))
        return Knob(path, term_name(name), term_help(info), "choice", value, choices=choices)
    low, high = term_range(info)
    given = [v for v in (value, seed) if v is not None]
    times = "per attainment" in unit_of(info)
    return Knob(
        path,
        term_name(name),
        term_help(info),
        "times" if times else "share",
        value,
        min([low, *given]),
        max([high, *given]),
        0.1 if times else 0.01,
        starts=2.0 if name == "ceiling" else max(low, 0.0),
        optional=type(None) in get_args(info.annotation) and not stands,
        note=note,
    )


def _meant_value(paid: Kpi | Plan, name: str) -> Any:
    """A term of the curve, or what it stands for where it is left out: the pay at the floor is the floor."""
    return None if paid.curve is None else paid.curve.meant(name)


def _always_there(curve: CurveTerms, name: str) -> bool:
    """Whether a term has a value though it may be left out, or comes and goes with others."""
    return name in (*curve.TOGETHER, *curve.IMPLIED)


def _target_knob(preset: Preset, kpi: Kpi) -> Knob:
    info = Kpi.model_fields["target"]
    step = Scene(preset.plan, kpi.id).unit
    help = f"{term_help(info)}, in {kpi.unit}" if kpi.unit else term_help(info)
    return Knob(f"{kpi.id}.target", "Target", help, "number", kpi.target, -math.inf, math.inf, step)


def _curve_note(preset: Preset, kpi: Kpi, name: str, value: Any, formats: Formats) -> str:
    """What a term of a curve comes to: 70 deals, $700, $10 then $15 per deal."""
    assert kpi.curve is not None
    if (rates := kpi.curve.rates_around(name)) is not None:
        return _pace_note(preset, kpi, rates, formats)
    unit = unit_of(type(kpi.curve).model_fields[name])
    if unit == "payout" and value is not None and not kpi.curve.in_money:
        return formats.money(value * preset.plan.worth[kpi.id])
    if unit == "attainment" and value is not None:
        return formats.amount(kpi, neat_number(kpi.result(value)))
    return ""


def _pace_note(preset: Preset, kpi: Kpi, rates: tuple[float, float], formats: Formats) -> str:
    """What a unit pays before a rate counts, and from there on: $10, then $15 per deal."""
    scene = Scene(preset.plan, kpi.id)
    money = preset.plan.worth[kpi.id] * scene.step
    before, then = rates
    return f"{formats.money(before * money)}, then {formats.money(then * money)} per {unit_name(scene, formats)}"


def term_name(term: str) -> str:
    return term.replace("_", " ").capitalize()


def term_help(info: FieldInfo) -> str:
    text = info.description or ""
    return text[:1].upper() + text[1:]


def term_range(info: FieldInfo) -> tuple[float, float]:
    """What a control offers: the declared range for one, else the bounds."""
    extra = info.json_schema_extra if isinstance(info.json_schema_extra, dict) else {}
    slider = extra.get("slider")
    if isinstance(slider, list):
        low, high = (float(str(end)) for end in slider)
        return low, high
    least = next((float(str(bound.ge)) for bound in info.metadata if isinstance(bound, annotated_types.Ge)), 0.0)
    most = next((float(str(bound.le)) for bound in info.metadata if isinstance(bound, annotated_types.Le)), 1.0)
    return least, most


def _round_step(value: float) -> float:
    return 10.0 ** math.floor(math.log10(abs(value) / MONEY_STEP)) if value else 1.0
