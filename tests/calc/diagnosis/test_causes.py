"""Findings that share a cause: told once, the cause first, and mended by what leaves least of them for least money."""

import pytest

from calc.diagnosis.causes import by_cause
from calc.diagnosis.diagnose import diagnose_preset
from calc.documents import planfile
from tests.calc.diagnosis.checks.situation import kpi, situation

CASES = [
    ("done-by-the-tenth", ["target_too_easy", "flat_zone", "ceiling_in_reach", "pay_stops_early"]),
    ("low-ceiling", ["target_too_easy", "flat_zone", "ceiling_in_reach", "budget_gap", "pay_stops_early"]),
    ("talk-time", ["pay_on_activity", "cross_purposes", "cross_purposes"]),
    ("few-pounds-short", ["zero_zone", "cliff", "unreachable_floor", "field_range"]),
    (
        "unreachable-floor",
        ["target_out_of_reach", "zero_zone", "cliff", "unreachable_floor", "budget_gap", "field_range"],
    ),
    ("hundred-kpis", ["too_many_kpis", *["idle_kpi"] * 9]),
]


@pytest.mark.parametrize(("name", "checks"), CASES, ids=[name for name, _ in CASES])
def test_one_cause_is_told_once_and_first(name: str, checks: list[str]) -> None:
    cause, *_ = by_cause(diagnose_preset(planfile.load_preset(name)))
    assert [finding.check for finding in cause.findings] == checks
    assert cause.severity == "alarm"


@pytest.mark.parametrize("name", planfile.preset_names())
def test_nothing_is_lost_and_notes_come_last(name: str) -> None:
    found = diagnose_preset(planfile.load_preset(name))
    causes = by_cause(found)
    assert sorted(map(id, found)) == sorted(id(finding) for cause in causes for finding in cause.findings)
    notes = [cause.severity == "note" for cause in causes]
    assert notes == sorted(notes)


def test_what_meets_hardly_anybody_comes_last() -> None:
    far = {"kind": "points", "points": [[0, 0], [1.0, 1.0], [2.5, 2.5], [2.6, 2.0]]}
    causes = by_cause(
        diagnose_preset(situation(kpi(weight=0.5, curve=far), kpi("other", 0.5, {"kind": "band", "floor": 1.0})))
    )
    amiss = [cause for cause in causes if cause.severity != "note"]
    assert amiss[-1].lead.check == "falling_pay"
    assert amiss[-1].meets_nobody
    assert not amiss[0].meets_nobody


def test_the_cheapest_of_the_cures_that_leave_least_is_offered() -> None:
    cause, *_ = by_cause(diagnose_preset(planfile.load_preset("unreachable-floor")))
    assert cause.cheapest is not None
    assert cause.cheapest.check == "target_out_of_reach"  # only another target leaves nothing of it
    assert by_cause(()) == ()
