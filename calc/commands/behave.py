"""What the command `behave` answers: what people do under a plan, as one JSON object or as a table for eyes.

Sales are in today's mean result, money in target incentives. A number stands for the standard reading of the evidence;
in `band` it has the least, the standard one and the most of the three. None where the model has no number.
"""

import textwrap
from collections.abc import Mapping, Sequence
from typing import Any

from calc.behaviour.behave import FIGURES, Behaved, FigureBand, PlanConduct
from calc.behaviour.evidence import evidence_rows
from calc.console import table, text
from calc.diagnosis.conduct import say_all
from calc.diagnosis.context import Case
from calc.diagnosis.diagnose import diagnose_preset
from calc.documents.planfile import Preset
from calc.messages import upper_first

BEHAVE_DECIMALS = 9
ROWS = (
    ("sales", "sales, in today's mean result"),
    ("effort", "effort, 1 is normal"),
    ("pay", "pay, in target incentives"),
    ("net", "pay less the cost of effort"),
    ("hit", "share who reach the target"),
    ("given_up", "time given up"),
    ("coasting", "time coasting"),
    ("sprinting", "time sprinting"),
    ("at_limit", "time at the most effort"),
    ("waste_of_shape", "what a straight line of the same pay and effort sells more"),
)
SOLVER_LIMITS = (
    "Low, standard and high are three readings of the evidence. Not in the model: rank, returns, quality, morale, "
    "people who leave, learning, prices. Very little luck counts as some: 4 % of today's mean at twelve steps. "
    "That all or nothing, steps or retroactive tiers lose sales, it does not find."
)


def behave_answer(found: Behaved, said: Sequence[tuple[str, str]] = ()) -> dict[str, Any]:
    """The JSON object that `behave` prints; `said` are what findings make people do, by their checks."""
    answer = _conduct(found.here)
    answer["whole_cost"] = answer["pay"]
    answer["reference"] = {
        "plan": found.reference or None,
        "read_from": ["a straight line" if line else "the plan" for line in found.reading.on_line],
        "cost_of_effort": [_round(kappa) for kappa in found.reading.kappa],
    }
    answer["kpi"] = found.axis.kpi.id
    answer["unit"] = _round(found.axis.unit)
    answer["says"] = [{"check": check, "says": says} for check, says in said]
    if found.against is not None:
        answer["against"] = _conduct(found.against) | {"whole_cost": _standard(found.whole_cost)}
        answer["change"] = {name: _band(found.change(name)) for name in FIGURES}
    return answer


def conducts_in_words(preset: Preset, at: Mapping[str, float]) -> list[tuple[str, str]]:
    """What the findings of a plan make people do, each with its check."""
    case = Case(preset, preset.plan.standing(at))
    said = say_all(case, diagnose_preset(preset, at))
    return [(one.check, text(preset.plan, one.says)) for one in said]


def behave_text(
    preset: Preset, found: Behaved, against: Preset | None = None, said: Sequence[tuple[str, str]] = ()
) -> str:
    """The same for eyes: a table of the band, what today is read from, and what the model leaves out."""
    rows = [["", "low", "standard", "high"]]
    rows += [[label, *_cells(found.here.band(name))] for name, label in ROWS]
    parts = [f"{preset.title or 'The plan'}:", table(rows, words=(0,))]
    if found.against is not None and against is not None:
        rows = [["", "low", "standard", "high"]]
        rows += [[f"change in {label}", *_cells(found.change(name))] for name, label in ROWS[:4]]
        parts += [f"{against.title or 'The other plan'}, on the same people:", table(rows, words=(0,))]
    parts += [textwrap.fill(says, 100) for _, says in said]
    return "\n\n".join([*parts, *(textwrap.fill(told, 100) for told in (_reading(found), SOLVER_LIMITS))])


def evidence_text() -> str:
    """The table of evidence for eyes: each finding with what the model gives, one under the other."""
    parts = []
    for name, published, model, verdict, source in evidence_rows():
        told = (("published", published), ("model", model), ("verdict", verdict), ("source", source))
        lines = [
            textwrap.fill(f"{lead}: {words}", 100, initial_indent="  ", subsequent_indent="    ")
            for lead, words in told
        ]
        parts.append("\n".join([upper_first(name), *lines]))
    return "\n\n".join([*parts, textwrap.fill(SOLVER_LIMITS, 100)])


def _reading(found: Behaved) -> str:
    source = f"the plan {found.reference}" if found.reference else "this plan"
    if found.reading.on_line.any():
        return f"Today's mean could not be read from {source}; a straight line at the plain rate stands for it."
    return f"Today's mean is taken to be brought by {source}."


def _conduct(conduct: PlanConduct) -> dict[str, Any]:
    outcome = conduct.outcome
    named = {name: _standard(conduct.band(name)) for name in FIGURES}
    by_rep = {
        "ability": outcome.reps.ability,
        "sales": outcome.sales_by_rep,
        "pay": outcome.pay_by_rep,
        "net": outcome.net_by_rep,
        "hit": outcome.hit_by_rep,
    }
    columns = {name: conduct.by_ability(rows) for name, rows in by_rep.items()}
    abilities = range(len(columns["ability"]))
    return named | {
        "yardsticks": {
            "no_incentive": _round(outcome.no_incentive[0]),
            "straight_commission": _round(outcome.commission.sales[0]),
            "same_pay_same_effort": _round(outcome.even.sales[0]),
        },
        "by_month": [_round(effort) for effort in outcome.effort_by_step[0]],
        "by_type": [{name: _round(column[i]) for name, column in columns.items()} for i in abilities],
        "band": {name: _band(conduct.band(name)) for name in FIGURES},
    }


def _standard(band: FigureBand | None) -> float | None:
    return None if band is None else _round(band.standard)


def _band(band: FigureBand | None) -> list[float] | None:
    return None if band is None else [_round(band.low), _round(band.standard), _round(band.high)]


def _cells(band: FigureBand | None) -> list[str]:
    return ["-", "-", "-"] if band is None else [f"{value:.3f}" for value in (band.low, band.standard, band.high)]


def _round(value: float) -> float:
    return round(float(value), BEHAVE_DECIMALS) + 0.0
