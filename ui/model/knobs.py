"""Which controls a plan has: read off the terms' own declarations, so that range, unit and help are told once."""

import math
from dataclasses import dataclass, replace
from typing import Any, Literal, get_args

import annotated_types
from pydantic.fields import FieldInfo

from calc.documents.planfile import Preset
from calc.piecewise.segments import neat_number
from calc.plan.kpi import Kpi
from calc.plan.mechanics import Band
from calc.plan.plan import Plan
from ui.model.profile import Scene
from ui.model.unit_name import unit_name
from ui.number_format import Formats

Look = Literal["share", "times", "number", "choice"]

CURVE_TERMS = ("floor", "pays_at_floor", "accelerator", "accelerator_2_from", "accelerator_2", "ceiling")
CURVE_TERMS += ("apply", "between", "below", "above")
"""Terms of a KPI's curve that have a control, in the order in which they are met along the axis."""
FURTHER = ("accelerator_2_from", "accelerator_2")
"""Terms that come and go together, in the editor; they have controls while they are there."""
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
    for name in _curve_terms(kpi.curve):
        if kpi.curve is not None:
            info, value = type(kpi.curve).model_fields[name], _meant_value(kpi, name)
            note = _curve_note(preset, kpi, name, value, formats)
            found.append(_make_knob(f"{kpi.id}.{name}", info, value, _meant_value(was, name), note))
    weighted = [k for k in preset.plan.kpis if k.weight is not None and (k.curve or preset.plan.combine == "score")]
    if kpi in weighted and len(weighted) > 1:
        money = formats.money(preset.plan.worth[kpi.id])
        found.append(_make_knob(f"{kpi.id}.weight", Kpi.model_fields["weight"], kpi.weight, was.weight, money))
    return [*found, _target_knob(preset, kpi)]


def plan_knobs(preset: Preset, seed: Preset) -> list[Knob]:
    """The controls of the whole plan."""
    knobs = []
    for name in PLAN_KNOBS:
        info, value = type(preset.plan).model_fields[name], getattr(preset.plan, name)
        if "money" not in term_unit(info):
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
    terms = type(plan.curve).model_fields
    found = [
        _make_knob(f"plan.curve.{name}", terms[name], _meant_value(plan, name), _meant_value(seed, name), "")
        for name in _curve_terms(plan.curve)
    ]
    return [replace(knob, name=f"{knob.name} of the score") for knob in found]


def _curve_terms(curve: Any) -> list[str]:
    """The terms of a curve that have a control."""
    there = [name for name in CURVE_TERMS if name in getattr(type(curve), "model_fields", ())]
    return [name for name in there if name not in FURTHER or getattr(curve, name) is not None]


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


def _make_knob(path: str, info: FieldInfo, value: Any, seed: Any, note: str) -> Knob:
    name = path.rpartition(".")[2]
    if "Literal" in str(info.annotation):
        choices = tuple(str(choice) for choice in get_args(info.annotation))
        return Knob(path, term_name(name), term_help(info), "choice", value, choices=choices)
    low, high = term_range(info)
    given = [v for v in (value, seed) if v is not None]
    times = "per attainment" in term_unit(info)
    return Knob(
        path,
        term_name(name),
        term_help(info),
        "times" if times else "share",
        value,
        min([low, *given]),
        max([high, *given]),
        0.1 if times else 0.01,
        starts=2.0 if name == "ceiling" else 0.0,
        optional=type(None) in get_args(info.annotation) and name not in ("pays_at_floor", "weight", *FURTHER),
        note=note,
    )


def _meant_value(paid: Kpi | Plan, name: str) -> Any:
    """A term of the curve, or what it stands for where it is left out: the pay at the floor is the floor."""
    value = getattr(paid.curve, name, None)
    return getattr(paid.curve, "floor", None) if name == "pays_at_floor" and value is None else value


def _target_knob(preset: Preset, kpi: Kpi) -> Knob:
    info = Kpi.model_fields["target"]
    step = Scene(preset.plan, kpi.id).unit
    help = f"{term_help(info)}, in {kpi.unit}" if kpi.unit else term_help(info)
    return Knob(f"{kpi.id}.target", "Target", help, "number", kpi.target, -math.inf, math.inf, step)


def _curve_note(preset: Preset, kpi: Kpi, name: str, value: Any, formats: Formats) -> str:
    """What a term of a curve comes to: 70 deals, $700."""
    if name == "pays_at_floor" and value is not None:
        return formats.money(value * preset.plan.worth[kpi.id])
    if name in ("floor", "ceiling", "accelerator_2_from") and value is not None:
        return formats.amount(kpi, neat_number(kpi.result(value)))
    return _pace_note(preset, kpi, name, formats) if name in ("accelerator", "accelerator_2") else ""


def _pace_note(preset: Preset, kpi: Kpi, name: str, formats: Formats) -> str:
    """What a unit pays before an accelerator counts, and from there on: $10, then $15 per deal."""
    assert isinstance(kpi.curve, Band)
    scene = Scene(preset.plan, kpi.id)
    money = preset.plan.worth[kpi.id] * scene.step
    below, first, second = kpi.curve.rates
    before, then = (below or 0.0, first) if name == "accelerator" else (first, second or 0.0)
    unit = unit_name(scene, formats)
    return f"{formats.money(before * money)}, then {formats.money(then * money)} per {unit}"


def term_name(term: str) -> str:
    return term.replace("_", " ").capitalize()


def term_help(info: FieldInfo) -> str:
    text = info.description or ""
    return text[:1].upper() + text[1:]


def term_unit(info: FieldInfo) -> str:
    extra = info.json_schema_extra
    return str(extra.get("unit", "")) if isinstance(extra, dict) else ""


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
