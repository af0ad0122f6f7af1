"""People land where they landed, in the KPI's own unit, whatever its target, scale or better side becomes."""

import itertools
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from calc import Refused
from calc.diagnosis.diagnose import diagnose_preset
from calc.documents import planfile
from calc.documents.link import View, decode_link, encode_view
from calc.documents.params import changed_terms, set_terms
from calc.documents.planfile import Preset
from calc.edit import building, kpi_changes, structure
from calc.outcomes.expected_cost import cost_of_plan
from calc.outcomes.impact import measure_impact, settle_people
from calc.plan.kpi import Kpi
from calc.situation.team import Team, keep_people, scatter_team
from tests.strategies import examples

NAMES = planfile.preset_names()
SCORES = (-3.0, -1.2816, 0.0, 0.5, 2.0)
"""Standard normal scores at which landings are compared."""


def results(preset: Preset) -> dict[str, tuple[float, ...]]:
    """Where the team lands on every KPI [its unit]: mean, spread, and the results of five ranks."""
    assert preset.team is not None
    found = {}
    for kpi in preset.plan.kpis:
        landing = preset.team.landing(kpi)
        places = [kpi.target + kpi.sign * kpi.span * (float(landing.at_score(z)) - 1) for z in SCORES]
        mean = kpi.target + kpi.sign * kpi.span * (landing.mean - 1)
        found[kpi.id] = (mean, landing.sd * kpi.span, *places)
    return found


def assert_same_people(one: Preset, other: Preset) -> None:
    was, now = results(one), results(other)
    for kpi in one.plan.kpis:
        size = abs(kpi.target) + kpi.span + max(map(abs, was[kpi.id]))
        assert now[kpi.id] == pytest.approx(was[kpi.id], abs=1e-11 * size), kpi.id


def expected(preset: Preset) -> float:
    return cost_of_plan(preset.plan, preset.team).expected


# The first question that anybody asks


def test_a_typed_target_is_the_mended_one() -> None:
    sick = planfile.load_preset("unreachable-floor")
    (finding,) = [f for f in diagnose_preset(sick) if f.check == "target_out_of_reach"]
    assert finding.cure is not None
    mended, typed = finding.cure.after, set_terms(sick, {"deals.target": 50.0})
    assert mended == typed
    assert expected(typed) == pytest.approx(1094.28, abs=0.005)
    team, deals = typed.team, typed.plan.kpi("deals")
    assert team is not None
    assert 1 - team.landing(deals).below(1.0)[0] == pytest.approx(0.6915, abs=5e-5)
    assert diagnose_preset(mended) == diagnose_preset(typed)


@pytest.mark.parametrize("name", NAMES)
def test_every_cure_that_sets_a_target_is_that_target_typed(name: str) -> None:
    preset = planfile.load_preset(name)
    for finding in diagnose_preset(preset):
        after = None if finding.cure is None else finding.cure.after
        if after is None or [k.target for k in after.plan.kpis] == [k.target for k in preset.plan.kpis]:
            continue
        targets = {f"{k.id}.target": k.target for k in after.plan.kpis}
        assert_same_people(preset, after)
        if [k.curve for k in after.plan.kpis] == [k.curve for k in preset.plan.kpis]:
            assert set_terms(preset, targets) == after


@pytest.mark.parametrize("name", [name for name in NAMES if planfile.load_preset(name).cured_by])
def test_a_cured_preset_has_the_people_of_the_sick_one(name: str) -> None:
    sick = planfile.load_preset(name)
    cured = planfile.load_preset(str(sick.cured_by))
    same = settle_people(sick, cured)
    assert expected(same.a) == expected(sick)
    assert expected(same.b) == pytest.approx(expected(cured), rel=1e-9)


# Any target, in any order, and back


@examples(60)
@given(st.data(), st.sampled_from(NAMES))
def test_any_targets_in_any_order_and_back_are_the_first_document(data: st.DataObject, name: str) -> None:
    first = planfile.load_preset(name).changed(example=(), year_pays=())
    here = first
    for _ in range(data.draw(st.integers(1, 6))):
        kpi = data.draw(st.sampled_from(here.plan.kpis))
        target = round(kpi.target * data.draw(st.sampled_from((0.3, 0.5, 0.77, 1.1, 1.9, 3.0))), 6)
        try:
            here = set_terms(here, {f"{kpi.id}.target": target})
        except Refused:
            continue
        assert_same_people(first, here)
        opened = decode_link(encode_view(View(here, name)))
        assert not opened.dropped
        assert opened.view.preset.plan == here.plan
    for kpi in data.draw(st.permutations(first.plan.kpis)):
        here = set_terms(here, {f"{kpi.id}.target": kpi.target})
    assert planfile.dumps(here) == planfile.dumps(first)
    assert changed_terms(first, here) == {}


@pytest.mark.parametrize("name", NAMES)
def test_a_long_drag_leaves_nothing_behind(name: str) -> None:
    first = planfile.load_preset(name).changed(example=(), year_pays=())
    kpi = next(k for k in first.plan.kpis if k.paid)
    here = first
    for i in range(1, 101):
        here = set_terms(here, {f"{kpi.id}.target": kpi.target * (1 + i / 37)})
    straight = set_terms(first, {f"{kpi.id}.target": kpi.target * (1 + 100 / 37)})
    assert here == straight
    assert set_terms(here, {f"{kpi.id}.target": kpi.target}) == first


KPIS: list[dict[str, Any]] = [
    {"better": better, "scale": scale, "team_mean": mean, "team_spread": spread}
    for better, scale, (mean, spread) in itertools.product(
        ("higher", "lower"), (None, 40.0), ((None, None), (0.8, None), (1.3, 0.4))
    )
]


@pytest.mark.parametrize("shape", ["normal", "lognormal", "skewed"])
@pytest.mark.parametrize("terms", KPIS, ids=str)
def test_every_shape_stays_where_it_is(shape: str, terms: dict[str, Any]) -> None:
    team = Team.read({"mean": 0.9, "spread": 0.25, "shape": shape})
    kpi = Kpi.read({"id": "calls", "target": 60.0, "weight": 0.0, **terms})
    before = scatter_team(team, [kpi])
    for target in (20.0, 59.9, 61.0, 400.0):
        after = keep_people(kpi, kpi.changed(target=target), team)
        assert scatter_team(team, [after]) == pytest.approx(before, abs=1e-9)
        landing, low = team.landing(after), team.landing(kpi)
        for result in (20.0, 55.0, 61.0, 90.0):
            reached = landing.below(float(after.attainment(result)))[0]
            assert reached == pytest.approx(low.below(float(kpi.attainment(result)))[0], abs=1e-9)
        assert keep_people(after, after.changed(target=60.0), team) == kpi


@pytest.mark.parametrize(
    ("terms", "back"),
    [({"scale": 12.0}, {"scale": None}), ({"better": "lower"}, {"better": "higher"}), ({"scale": 500.0}, {})],
)
def test_another_scale_or_side_leaves_mean_and_spread(terms: dict[str, Any], back: dict[str, Any]) -> None:
    team = Team(mean=0.55, spread=0.1)
    kpi = keep_people(Kpi(id="deals", target=100), Kpi(id="deals", target=80), team)
    after = keep_people(kpi, kpi.changed(**terms), team)
    landing = team.landing(after)
    assert after.result(landing.mean) == pytest.approx(55)
    assert landing.sd * after.span == pytest.approx(10)
    returned = keep_people(after, after.changed(**back), team)
    assert returned.result(team.landing(returned).mean) == pytest.approx(55)


def test_a_target_at_zero_and_below_keeps_its_people() -> None:
    team = Team(mean=0.9, spread=0.2)
    kpi = Kpi(id="profit", target=50, scale=100)
    for target in (0.0, -30.0, 50.0):
        after = keep_people(kpi, kpi.changed(target=target), team)
        assert after.result(team.landing(after).mean) == pytest.approx(40)
    with pytest.raises(Refused, match="team_target must"):
        Kpi(id="profit", target=50, team_target=0)


# What says where the team lands holds


@pytest.mark.parametrize(
    ("query", "mean", "spread"),
    [
        ("deals.target=50", 55, 10),
        ("deals.target=50&deals.team_mean=1.1", 55, 5),
        ("deals.target=50&deals.team_mean=1.1&deals.team_spread=0.2", 55, 10),
        ("deals.target=50&team.mean=1.2", 60, 5),
        ("deals.target=50&deals.team_target=100&team.mean=0.6", 60, 10),
        ("team.mean=0.6", 60, 10),
    ],
)
def test_a_link_opens_the_people_whom_it_names(query: str, mean: float, spread: float) -> None:
    opened = decode_link(f"?preset=unreachable-floor&{query}")
    assert not opened.dropped
    preset = opened.view.preset
    found = results(preset)["deals"]
    assert found[:2] == pytest.approx((mean, spread))
    again = decode_link(encode_view(opened.view)).view.preset
    assert again == preset


def test_a_link_with_a_new_target_stays_short() -> None:
    preset = set_terms(planfile.load_preset("sound-plan"), {"revenue.target": 60000.0, "margin.target": 25.0})
    assert encode_view(View(preset, "sound-plan")) == "?preset=sound-plan&revenue.target=60000&margin.target=25"


def test_the_teams_own_terms_still_move_a_mended_kpi() -> None:
    mended = set_terms(planfile.load_preset("unreachable-floor"), {"deals.target": 50.0})
    better = set_terms(mended, {"team.mean": 0.6, "team.spread": 0.2})
    assert results(better)["deals"][:2] == pytest.approx((60, 20))


@pytest.mark.parametrize("name", NAMES)
def test_two_plans_swapped_cost_what_they_cost(name: str) -> None:
    """The same plan at another target: each plan costs one amount, whichever of the two is called A."""
    one = planfile.load_preset(name)
    kpi = next(k for k in one.plan.kpis if k.paid)
    other = set_terms(one, {f"{kpi.id}.target": 0.75 * kpi.target})
    there, back = settle_people(one, other), settle_people(other, one)
    assert expected(there.b) == expected(back.a) == expected(other)
    assert expected(there.a) == expected(back.b) == expected(one)
    gained, lost = measure_impact(there.a, there.b), measure_impact(back.a, back.b)
    assert (gained.more, gained.less) == (lost.less, lost.more)


def test_a_plan_without_a_team_keeps_its_usual_people() -> None:
    preset = planfile.load_preset("sound-plan").changed(team=None)
    easier = set_terms(preset, {"revenue.target": 60000.0})
    assert expected(easier) > 1.2 * expected(preset)
    assert expected(settle_people(preset, easier).b) == expected(easier)


# The editor


def test_a_target_typed_in_the_editor_keeps_its_people() -> None:
    preset = planfile.load_preset("unreachable-floor")
    assert kpi_changes.change_kpi(preset, "deals", target=50.0) == set_terms(preset, {"deals.target": 50.0})
    turned = kpi_changes.change_kpi(preset, "csat", better="lower", scale=30.0)
    assert results(turned)["csat"][:2] == pytest.approx(results(preset)["csat"][:2])


def test_the_first_target_of_a_new_measure_is_what_its_people_are_described_on() -> None:
    preset = structure.add_kpi(planfile.load_preset("unreachable-floor"), "Revenue")
    told = building.first_target(preset, "revenue", 2_000_000.0, "")
    assert results(told)["revenue"][0] == pytest.approx(1_100_000)
    harder = kpi_changes.change_kpi(told, "revenue", target=2_500_000.0)
    assert results(harder)["revenue"][0] == pytest.approx(1_100_000)
    blank = building.first_target(structure.blank_plan(), "revenue", 1_200_000.0, "USD")
    assert expected(blank) == pytest.approx(expected(structure.blank_plan()))
