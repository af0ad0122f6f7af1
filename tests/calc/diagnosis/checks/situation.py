"""Small situations for the tests of checks: a plan of one or more KPIs, a team, and what one check finds in it."""

import math
from typing import Any, TypeVar

import numpy as np

from calc.diagnosis.checks import CHECKS
from calc.diagnosis.context import Case
from calc.diagnosis.finding import Finding
from calc.documents.planfile import Preset, parse_plan
from calc.messages import Money, Name, Number, Result, Sentence, Share

BAND = {"kind": "band", "floor": 0.4, "pays_at_floor": 0.0, "accelerator": 1.8}
F = TypeVar("F", Money, Share, Result, Number, Name)
TEAM = {"mean": 1.0, "spread": 0.2}


def kpi(name: str = "deals", weight: float | None = 1.0, curve: Any = None, **terms: Any) -> dict[str, Any]:
    """A KPI of 100 units, on a sound band where it is paid and no curve is given."""
    paid = curve if curve is not None else (BAND if weight else None)
    table = {"id": name, "target": 100, "unit": "pieces", "weight": weight, "curve": paid}
    return {key: value for key, value in {**table, **terms}.items() if value is not None}


def situation(*kpis: dict[str, Any], team: dict[str, Any] | None = TEAM, **tables: Any) -> Preset:
    """A preset of a thousand a month."""
    plan = {"target_incentive": 1000, **tables.pop("plan", {})}
    around = {} if team is None else {"team": team}
    return parse_plan({"plan": plan, "kpis": list(kpis), **around, **tables})


def found(check: str, preset: Preset, at: dict[str, float] | None = None) -> list[Finding]:
    """What one check finds."""
    return list(CHECKS[check](Case(preset, preset.plan.standing(at))))


def the(check: str, preset: Preset, at: dict[str, float] | None = None) -> Finding:
    """The one finding of a check."""
    (only,) = found(check, preset, at)
    return only


def cured(finding: Finding) -> Preset:
    """The preset after the cure of a finding that has one."""
    assert finding.cure is not None
    return finding.cure.after


def fact_in(sentence: Sentence, name: str, kind: type[F]) -> F:
    """A fact of a sentence, which is of this kind."""
    fact = dict(sentence.facts)[name]
    assert isinstance(fact, kind)
    return fact


def below(x: float, mean: float = 1.0, spread: float = 0.2) -> float:
    """The share of a normal team below x, by the error function and nothing of the engine."""
    return 0.5 * (1.0 + math.erf((x - mean) / spread / math.sqrt(2.0)))


def normal_team(size: int = 400_000, mean: float = 1.0, spread: float = 0.2, seed: int = 20260) -> np.ndarray:
    """Attainments of a simulated team."""
    return np.random.default_rng(seed).normal(mean, spread, size)


def agrees(value: float | None, sample: np.ndarray, slack: float = 0.0) -> bool:
    """Whether a closed form is there and lies within four standard errors of the mean of a simulation."""
    assert value is not None
    return bool(abs(value - sample.mean()) <= 4 * sample.std() / math.sqrt(sample.size) + slack)


def words(finding: Finding) -> str:
    """Everything that a finding says, its facts as they are."""
    return " ".join(part.text(repr) for part in (finding.title, finding.says, finding.do))
