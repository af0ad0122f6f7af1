"""What the tests of the checks share: a case in a line, what is found in it, and what a cure must hold."""

from collections.abc import Callable, Iterator, Mapping
from typing import Any

import pytest

import calc
from calc.diagnosis.context import Case
from calc.diagnosis.cures.terms import case_after
from calc.diagnosis.finding import Finding
from calc.documents.planfile import Preset, dumps, loads
from calc.messages import Fact, Money, Name, Number, Result, Sentence, Share, singular_unit
from calc.outcomes.expected_cost import cost_of_plan
from calc.plan.kpi import Kpi
from calc.plan.mechanics import Band
from calc.plan.plan import Plan
from calc.situation.calendar import Calendar
from calc.situation.practice import Practice
from calc.situation.target_path import Path
from calc.situation.team import Team

Find = Callable[[Case], Iterator[Finding]]


def deals(**terms: Any) -> Kpi:
    """A KPI with a target of 100 deals that carries the whole pay by a straight line, but for the terms given."""
    return Kpi(**({"id": "deals", "unit": "deals", "target": 100, "weight": 1, "curve": Band()} | terms))


def csat(**terms: Any) -> Kpi:
    """Satisfied customers, measured and not paid."""
    return Kpi(**({"id": "csat", "kind": "quality", "unit": "points", "target": 80, "weight": 0} | terms))


def case(
    *kpis: Kpi,
    at: Mapping[str, float] | None = None,
    team: Team | None = None,
    calendar: Calendar | None = None,
    path: Path | None = None,
    practice: Practice | None = None,
    **plan: Any,
) -> Case:
    """A case of some KPIs (deals where none is given) with 1,000 at target."""
    made = Plan(kpis=kpis or (deals(),), **({"target_incentive": 1000} | plan))
    around = {"team": team, "calendar": calendar, "path": path, "practice": practice}
    preset = Preset(plan=made, **{name: value for name, value in around.items() if value is not None})
    return Case(preset, made.standing(at))


def only(found: Iterator[Finding]) -> Finding:
    """The one finding there is."""
    (finding,) = found
    return finding


def severity(found: Iterator[Finding]) -> str | None:
    """The severity of the one finding there is, or None where nothing is found."""
    severities = [finding.severity for finding in found]
    assert len(severities) < 2
    return severities[0] if severities else None


def text(sentence: Sentence) -> str:
    """A sentence in plain words."""

    def say(fact: Fact) -> str:
        match fact:
            case Money(amount):
                return f"{amount:,.2f}"
            case Share(part):
                return f"{part * 100:.1f} %"
            case Result(value, unit):
                return f"{value:g} {singular_unit(unit) if value == 1 else unit}"
            case Number(value):
                return f"{value:.4g}"
            case Name(words):
                return words

    return sentence.shortened.text(say)


def mends(before: Case, find: Find, finding: Finding) -> Case:
    """The case after a cure, which holds what every cure must: no alarm of this kind, a plan, the same cost."""
    assert finding.cure is not None
    after = case_after(before, finding.cure)
    assert not [f for f in find(after) if f.kpi == finding.kpi or f.severity == "alarm"]
    assert loads(dumps(after.preset)).plan == after.plan
    same = finding.cure.at_the_same_cost
    assert cost_of_plan(same.plan, same.team).expected == pytest.approx(before.cost.expected, rel=1e-3)
    return after


def example(name: str) -> Case:
    """The case of a preset, the rep on target."""
    preset = calc.load(name)
    return Case(preset, preset.plan.standing())
