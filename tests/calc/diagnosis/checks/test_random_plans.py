"""Targets, gates, time and money over random plans: every finding is whole, and every cure holds."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from calc.diagnosis.checks import CHECKS
from calc.diagnosis.context import Case
from calc.diagnosis.cures.terms import case_after
from calc.diagnosis.finding import Finding
from calc.diagnosis.pace import read_pace
from calc.documents.planfile import Preset, dumps, loads
from calc.outcomes.expected_cost import cost_of_plan
from calc.situation.calendar import Calendar
from calc.situation.target_path import Path
from calc.situation.team import Team
from tests.calc.diagnosis.checks.cases import text
from tests.strategies import decimals, examples, maybe, plans

MINE = (
    *("target_out_of_reach", "target_too_easy", "closed_gate", "cross_purposes", "late_plan"),
    *("rising_target", "pay_stops_early", "falling_pay", "pay_below_zero", "budget_gap", "field_range"),
)
KINDS = ("outcome", "profit", "quality", "activity")


@st.composite
def situations(draw: st.DrawFn) -> Preset:
    """A random plan with a random team, calendar and path; hours and costs on some of its KPIs."""
    _, plan = draw(plans())
    ids, kpis = plan.ids, []
    for kpi in plan.kpis:
        terms = {"kind": draw(st.sampled_from(KINDS)), "hours": draw(st.sampled_from((None, 0.1, 1.0, 8.0)))}
        other = draw(st.sampled_from(ids))
        costs = {other: draw(decimals(0, 50))} if other != kpi.id and maybe(draw, 0.3) else {}
        kpis.append(kpi.changed(**terms, costs=costs))
    shape = draw(st.sampled_from(("normal", "lognormal", "skewed")))
    team = Team(mean=draw(decimals(0.3, 2.5)), spread=draw(st.sampled_from((0.0, 0.05, 0.2, 0.5))), shape=shape)
    calendar = Calendar(days=30, announced_day=draw(st.integers(1, 31)), today=draw(st.integers(0, 30)))
    path = Path(growth=draw(decimals(0, 0.2)), growth_if_hit=draw(decimals(0, 0.2)), periods=draw(st.integers(1, 8)))
    around = {"team": team, "calendar": calendar, "path": path}
    return Preset(plan=plan.changed(kpis=tuple(kpis)), **{k: v for k, v in around.items() if not maybe(draw, 0.2)})


def same(one: Finding, other: Finding) -> bool:
    return (one.check, one.kpi) == (other.check, other.kpi)


@examples(120)
@given(situations())
def test_every_finding_is_whole_and_every_cure_holds(preset: Preset) -> None:
    case = Case(preset, preset.plan.standing())
    for check in MINE:
        found = list(CHECKS[check](case))
        for finding in found:
            assert text(finding.says).endswith(".")
            assert finding.money is None or math.isfinite(finding.money)
            assert finding.share is None or -1e-12 <= finding.share <= 1 + 1e-12
            for end in finding.span or ():
                assert end is None or math.isfinite(end)
            if finding.cure is not None:
                holds(case, check, found, finding)


def holds(case: Case, check: str, found: list[Finding], finding: Finding) -> None:
    """A cure leaves a plan, costs the same when asked to, and leaves less of its kind to find."""
    assert finding.cure is not None
    after = case_after(case, finding.cure)
    assert loads(dumps(after.preset)).plan == after.plan
    left = list(CHECKS[check](after))
    alarms = [f for f in left if f.severity == "alarm" and not any(same(f, g) and g.severity == "alarm" for g in found)]
    assert not alarms
    one_gate = check == "closed_gate"  # several may hang on one KPI, and one that was eased may let another show
    assert not any(same(f, finding) and (not one_gate or f.span == finding.span) for f in left)
    costs, again, cent = case.cost.expected, finding.cure.at_the_same_cost, 10.0**-case.plan.minor
    if costs > cent and after.cost.expected > cent:
        assert cost_of_plan(again.plan, again.team).expected == pytest.approx(costs, rel=1e-3)


@examples(80)
@given(situations(), st.data())
def test_a_rep_anywhere_on_any_day_has_a_pace(preset: Preset, data: st.DataObject) -> None:
    at = {k.id: k.result(data.draw(decimals(0, 2))) for k in preset.plan.kpis}
    found = read_pace(Case(preset, preset.plan.standing(at)))
    assert (found is None) == (preset.calendar is None)
    if found is not None:
        assert math.isfinite(found.pays)
        for pace in found.kpis:
            chances = [c for c in (pace.at_floor, pace.at_target, pace.at_ceiling) if c is not None]
            assert all(0 <= c <= 1 for c in chances)
            assert pace.rate_needed >= 0
            assert math.isfinite(pace.lands)
