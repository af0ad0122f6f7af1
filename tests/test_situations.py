"""The situations: every sick preset shows what it expects, with the numbers of its story; every cured one is quiet."""

import pytest

import calc
from calc.diagnosis.checks import CHECKS
from calc.diagnosis.context import Case
from calc.diagnosis.diagnose import diagnose_preset
from calc.diagnosis.finding import Finding
from calc.messages import Result
from tests.calc.diagnosis.checks.cases import mends, text

PRESETS = {name: calc.load(name) for name in calc.names()}
SICK = {name: preset for name, preset in PRESETS.items() if preset.expects}
CURED = {name: preset.cured_by for name, preset in PRESETS.items() if preset.cured_by is not None}
HEALTHY = sorted({*CURED.values(), *(name for name, preset in PRESETS.items() if not preset.expects)})

EXPLAINED: dict[tuple[str, str], str] = {
    ("four-clear-kpis", "too_many_kpis"): "the articles advise four or five clear measures, the field three: a note",
}
"""What is still found on a cured preset, each with its reason; never more than a note."""


def found(name: str) -> tuple[Finding, ...]:
    return diagnose_preset(PRESETS[name])


@pytest.mark.parametrize("name", SICK)
def test_a_sick_preset_shows_what_it_expects(name: str) -> None:
    checks = {f.check for f in found(name) if f.severity != "note"}
    assert set(PRESETS[name].expects) <= checks


@pytest.mark.parametrize(("sick", "cured"), CURED.items(), ids=CURED)
def test_a_cured_preset_is_silent_on_it(sick: str, cured: str) -> None:
    still = [f for f in found(cured) if f.check in PRESETS[sick].expects]
    assert all(f.severity == "note" and (cured, f.check) in EXPLAINED for f in still), still


@pytest.mark.parametrize("name", HEALTHY)
def test_a_healthy_preset_has_notes_at_the_most(name: str) -> None:
    assert [(f.check, f.severity) for f in found(name) if f.severity != "note"] == []


def test_every_explanation_is_needed() -> None:
    assert all(any(f.check == check for f in found(name)) for name, check in EXPLAINED)


def test_presets_name_checks_and_presets_that_exist() -> None:
    assert {check for preset in SICK.values() for check in preset.expects} <= set(CHECKS)
    assert set(CURED.values()) <= set(PRESETS)


STORIES = [
    ("calls-not-sales", "cross_purposes", "Pays 7.56 for an hour on Calls taken, 2.70 for one on Orders"),
    (
        "talk-time",
        "cross_purposes",
        "Pays 90.00 for 1 minute less in Average talk time, and 41.67 for what that costs",
    ),
    ("unreachable-floor", "target_out_of_reach", "Asks for 100 deals: 0.0 % of the team get there"),
    ("low-ceiling", "target_too_easy", "Asks for 100 pieces: 98.1 % of the team reach it"),
    ("low-ceiling", "pay_stops_early", "Stops paying on day 25 of 30, at the team's pace"),
    ("done-by-the-tenth", "pay_stops_early", "Stops paying on day 10 of 30, at the team's pace"),
    ("late-plan", "late_plan", "Leaves 12 of 31 days: the plan is known on day 20"),
    ("show-target", "target_out_of_reach", "Asks for 500000 USD: 0.1 % of the team get there"),
    ("fifty-cold-calls", "pay_inversion", "Pays 540.00 for 14 orders and 784.00 for 5 orders"),
    ("leaderboard", "pay_by_rank", "Pays 3,000.00 by place in the team"),
    ("one-size-quota", "unequal_chance", "Gives a chance of 98.3 % to one rep and 0.3 % to another"),
    ("held-back-deals", "moved_deals", "Pays 300.00 for holding 2 deals back from January"),
    ("endless-draw", "draw_swallows", "Pays nothing out for the next 76 policies in May: the draw comes first"),
    ("endless-ramp", "guarantee_hides", "Pays the same for 0 and for 25 contracts in January"),
    ("quarter-caps", "year_stops", "Earns nothing more from quarter 3 on"),
    ("floor-of-the-year", "unpaid_start", "Pays nothing until September"),
    ("late-starter", "late_starter", "Asks a late starter for 100.0 % of their share before anything is paid"),
    ("money-back", "negative_payment", "Asks for 750.00 back in June"),
    ("ratchet", "rising_target", "Raises the target by 46.4 % a year"),
]


@pytest.mark.parametrize(("name", "check", "title"), STORIES, ids=[f"{name} {check}" for name, check, _ in STORIES])
def test_tells_the_numbers_of_its_story(name: str, check: str, title: str) -> None:
    assert title in [text(f.title) for f in found(name) if f.check == check]


def test_a_story_is_told_in_results_of_its_own_unit() -> None:
    for name in SICK:
        units = {kpi.unit for kpi in PRESETS[name].plan.kpis}
        for finding in found(name):
            facts = [fact for part in (finding.title, finding.says, finding.do) for _, fact in part.facts]
            assert {fact.unit for fact in facts if isinstance(fact, Result)} <= units | {"days", "percentage points"}


@pytest.mark.parametrize("name", SICK)
def test_every_cure_holds_what_a_cure_must(name: str) -> None:
    case = Case(PRESETS[name], PRESETS[name].plan.standing())
    for finding in found(name):
        if finding.cure is not None:
            mends(case, CHECKS[finding.check], finding)


@pytest.mark.parametrize("name", PRESETS)
def test_a_finding_says_all_that_it_must(name: str) -> None:
    for finding in found(name):
        assert finding.check in CHECKS
        assert finding.source
        for sentence in (finding.says, finding.do):
            assert text(sentence).endswith(".")
        assert not text(finding.title).endswith(".")
        assert finding.share is None or 0 <= finding.share <= 1
        assert finding.kpi is None or finding.kpi in PRESETS[name].plan.ids
        if finding.money is not None:
            assert round(finding.money, 2) == finding.money
        for end in finding.span or ():
            assert end is None or round(end, 9) == end
