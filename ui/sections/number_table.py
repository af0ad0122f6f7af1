"""The controls of what surrounds a plan: its team, its calendar, the path of its target, what counts as practice."""

from dataclasses import replace

from calc.documents.planfile import Preset
from calc.piecewise.segments import neat_number
from calc.plan.kpi import Kpi
from calc.plan.terms import Terms, unit_of
from calc.situation.calendar import Calendar
from calc.situation.practice import Practice
from calc.situation.team import Team
from ui.model.knobs import Knob, term_help, term_name, term_range
from ui.number_format import Formats, clip_name
from ui.text.findings import lower_label

LANDING = ("mean", "spread")
PATH = ("growth", "growth_if_hit", "ratchet")
PRACTICE_GROUPS = {
    "Floors": ("below_floor", "below_floor_alarm", "floor"),
    "Targets": (
        *("at_target", "at_target_usual", "at_target_alarm", "at_target_most", "at_target_most_alarm"),
        *("growth_warn", "growth"),
    ),
    "Ceilings, jumps and accelerators": (
        *("at_ceiling", "at_ceiling_alarm", "ceiling", "jump", "jump_alarm", "accelerator_low", "accelerator_high"),
        *("leverage_low", "leverage_high"),
    ),
    "Measures and gates": ("measures", "measures_warn", "measures_alarm", "idle", "gate_closed", "gate_closed_alarm"),
    "Time": (
        *("late", "late_alarm", "pay_stops", "pay_stops_alarm", "moving_gain", "moving_gain_alarm"),
        *("unpaid_start", "unpaid_start_alarm"),
    ),
    "Cost": ("budget_note", "budget"),
    "People": ("pay_follows", "chance_gap", "chance_gap_alarm", "size_relation", "bunching", "people_cost"),
}
"""What counts as practice, by what it is about."""
MAX_RISE = 0.5
"""The largest rise of a target, and the largest share of an overshoot, that a slider offers."""
SHARE_UNITS = ("share", "attainment", "payout", "per period")
"""Units whose numbers are shares of a whole."""
SLIDER_RANGES = {"size": (1.0, 500.0, 1.0), "growth": (-0.2, MAX_RISE, 0.01)}
"""Ranges and steps where the bounds are wider than anybody moves."""


def team_knobs(preset: Preset, seed: Preset, along: str, formats: Formats) -> list[Knob]:
    """Where the team lands on average, how widely it scatters, and how many they are.

    Args:
        preset: the plan and its team.
        seed: the plan that the controls were seeded from.
        along: the KPI on the axis; where it says for itself where the team lands on it, the controls are of that.
        formats: the reader's conventions.
    """
    people = preset.team
    if people is None or not shown_apart(preset, "team"):
        return []
    kpi = preset.plan.kpi(along) if along in preset.plan.ids else None
    size = _table_slider("team", people, seed.team, "size")
    landing = [_landing_knob(preset, seed, people, kpi, name, formats) for name in LANDING]
    return [*landing, replace(size, note=formats.number(size.value))]


def _landing_knob(preset: Preset, seed: Preset, people: Team, kpi: Kpi | None, name: str, formats: Formats) -> Knob:
    """The mean or the spread of the team: that of the KPI on the axis where it has its own."""
    if kpi is None or getattr(kpi, f"team_{name}") is None:
        knob = _table_slider("team", people, seed.team, name)
    else:
        was = next((k for k in seed.plan.kpis if k.id == kpi.id), None)
        told = f"{term_name(name)} on {lower_label(clip_name(kpi.label))}"
        knob = replace(_table_slider(kpi.id, kpi, was, f"team_{name}"), name=told)
    return replace(knob, note=_people_text(people, kpi, name, knob.value, formats))


def _people_text(people: Team, kpi: Kpi | None, name: str, value: float, formats: Formats) -> str:
    """55 deals, 110% of target; 10 deals."""
    if kpi is None:
        return f"{formats.stated_share(value)} of target"
    landing = people.landing(kpi)
    if name == "spread":
        return formats.amount(kpi, neat_number(landing.sd * kpi.span))
    lands = formats.amount(kpi, neat_number(kpi.result(landing.mean)))
    return f"{lands}, {formats.stated_share(round(landing.mean, 4))} of target"


def shown_apart(preset: Preset, table: str) -> bool:
    """Whether the terms of a table go by paths of their own; a measure of the same name has them."""
    return table not in preset.plan.ids


def today_knob(calendar: Calendar, was: Calendar | None) -> Knob:
    """The day it is."""
    knob = _table_slider("calendar", calendar, was, "today")
    day = 0.0 if calendar.today is None else calendar.today
    note = f"day {day:g} of {calendar.days:g}"
    return replace(knob, name="Today", note=note, value=day, low=0.0, high=calendar.days, step=1.0)


def path_knobs(preset: Preset, seed: Preset) -> list[Knob]:
    """How the target moves from one period to the next."""
    return (
        []
        if preset.path is None or not shown_apart(preset, "path")
        else [_table_slider("path", preset.path, seed.path, name) for name in PATH]
    )


def practice_groups(preset: Preset) -> list[tuple[str, list[tuple[Knob, str]]]]:
    """The ranges group by group, those that this plan has changed before all others."""
    rules = {knob.path.partition(".")[2]: (knob, source) for knob, source in practice_knobs(preset)}
    default = Practice()
    changed = [name for name, (knob, _) in rules.items() if knob.value != getattr(default, name)]
    groups = [("Changed here", changed)]
    groups += [(title, [name for name in names if name not in changed]) for title, names in PRACTICE_GROUPS.items()]
    return [(title, [rules[name] for name in names]) for title, names in groups if names and rules]


def practice_knobs(preset: Preset) -> list[tuple[Knob, str]]:
    """Every range with its source; the field's own where the document has none."""
    terms = preset.practice or Practice()
    if not shown_apart(preset, "practice"):
        return []
    found = []
    for name in Practice.model_fields:
        knob = _table_slider("practice", terms, None, name)
        found.append((replace(knob, high=float("inf"), look="number", step=_step_of(knob)), terms.source(name)))
    return found


def _step_of(knob: Knob) -> float:
    return 0.01 if knob.value < 1 else 1.0 if isinstance(knob.value, int) else 0.1


def _table_slider(table: str, terms: Terms, was: Terms | None, name: str) -> Knob:
    info, value = type(terms).model_fields[name], getattr(terms, name)
    low, high, step = SLIDER_RANGES.get(name, (*term_range(info), 0.01))
    given = [float(v) for v in (value, getattr(was, name, None)) if v is not None]
    whole = info.annotation is int or table == "calendar"
    share = not whole and (unit_of(info).startswith(SHARE_UNITS) or table == "path")
    high = min(high, MAX_RISE) if table == "path" else high
    held = Knob(f"{table}.{name}", term_name(name), term_help(info), "share" if share else "number", value)
    return replace(held, low=min([low, *given]), high=max([high, *given]), step=step)
