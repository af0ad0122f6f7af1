"""Two plans over the same people and results: the difference is exact, and everybody stands on one side of it."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from calc.documents import link, planfile
from calc.documents.planfile import Preset
from calc.outcomes.difference import (
    ALL_KPIS,
    apart_along,
    by_attainment,
    pay_difference,
    shared_kpis,
    split_sides,
    standing_in,
    why_not_comparable,
)
from calc.outcomes.expected_cost import cost_of_plan
from calc.outcomes.impact import measure_impact, settle_people
from calc.piecewise.curve import Curve
from calc.piecewise.distributions import Normal
from calc.plan.plan import Plan
from tests.strategies import curves, examples, plans, stands

NAMES = planfile.preset_names()


def load(name: str, **changes: float) -> Preset:
    return link.set_terms(
        planfile.load_preset(name), {path.replace("__", "."): value for path, value in changes.items()}
    )


def pays(plan: Plan, at: dict[str, float]) -> float:
    """What the plan pays before rounding, from its own results."""
    whole = plan.standing({name: result for name, result in at.items() if name in plan.ids})
    return float(plan.payout([whole[name] for name in plan.ids])) * plan.incentive


# The difference


@examples(60)
@given(data=st.data())
def test_the_difference_is_that_of_what_both_pay(data: st.DataObject) -> None:
    (one, a), (_, b) = data.draw(plans()), data.draw(plans())
    at = {name: value for name, value in data.draw(stands(one)).items() if name in b.ids}
    along = data.draw(st.sampled_from(b.ids))
    if along in a.ids and along not in shared_kpis(a, b):
        return
    gap, place = pay_difference(a, b, along, at), standing_in(b, a, at)
    for x in (*data.draw(st.lists(st.floats(-50, 900), max_size=5)), *gap.starts[1:]):
        own = {**b.standing(at), along: x}
        theirs = {**a.standing(place), along: x}
        expected = pays(b, own) - pays(a, theirs)
        near = [abs(x - start) for start in gap.starts]
        if min(near) > 1e-6 or expected == pytest.approx(gap(x), rel=1e-6, abs=1e-6):
            assert gap(x) == pytest.approx(expected, rel=1e-6, abs=1e-6)


@pytest.mark.parametrize("name", NAMES)
def test_a_plan_does_not_differ_from_itself(name: str) -> None:
    preset = planfile.load_preset(name)
    assert why_not_comparable(preset.plan, preset.plan) is None
    for along in preset.plan.ids:
        assert pay_difference(preset.plan, preset.plan, along, {}) == Curve.constant(0.0)
    same = settle_people(preset, preset)
    assert same.a is preset
    assert same.b is preset
    assert measure_impact(preset, preset).same == 1.0


def test_another_target_is_compared_at_the_same_result() -> None:
    a, b = load("low-ceiling").plan, load("open-top").plan
    gap = pay_difference(a, b, "deals", {})
    assert [gap(x) for x in (100, 200, 240, 300)] == pytest.approx([0, 0, 40, 112])
    by_share = by_attainment(gap, b.kpi("deals"))
    assert by_share(1.25) == pytest.approx(112)


def test_lower_is_better_runs_the_other_way() -> None:
    a = load("talk-time").plan
    b = link.set_terms(planfile.load_preset("talk-time"), {"talk_time.target": 6.0}).plan
    gap = pay_difference(a, b, "talk_time", {})
    for minutes in (2.0, 4.0, 5.0, 7.0):
        assert gap(minutes) == pytest.approx(pays(b, {"talk_time": minutes}) - pays(a, {"talk_time": minutes}))


def test_a_measure_of_one_plan_alone_leaves_the_other_level() -> None:
    a, b = load("marginal-tiers").plan, load("marginal-tiers").plan
    only = a.changed(kpis=tuple(k for k in a.kpis if k.id == "revenue"), modifiers=())
    gap = pay_difference(only, b, "csat", {})
    assert gap(85.0) == pytest.approx(0)
    assert gap(100.0) == pytest.approx(b.money(1.0) * 0.1)


# What cannot be compared


def test_other_money_another_period_and_nothing_in_common_are_refused_in_a_sentence() -> None:
    sound, talk, low = (planfile.load_preset(name).plan for name in ("sound-plan", "talk-time", "low-ceiling"))
    told = {
        "EUR": why_not_comparable(sound, talk),
        "quarter": why_not_comparable(sound, low.changed(currency="EUR")),
        "nothing in common": why_not_comparable(planfile.load_preset("two-way-matrix").plan, talk),
    }
    for word, sentence in told.items():
        assert sentence is not None
        assert word in sentence.text(lambda fact: getattr(fact, "text", ""))


def test_all_together_needs_the_same_targets() -> None:
    sound = planfile.load_preset("sound-plan")
    same = link.set_terms(sound, {"revenue.ceiling": 1.7}).plan
    other = link.set_terms(sound, {"revenue.target": 90000.0}).plan
    assert apart_along(sound.plan, same, ALL_KPIS) is None
    assert apart_along(sound.plan, other, ALL_KPIS) is not None
    assert apart_along(sound.plan, other, "revenue") is None


def test_a_unit_may_be_renamed_but_not_be_another_measure() -> None:
    a = planfile.load_preset("sound-plan")
    assert "revenue" in shared_kpis(a.plan, link.set_terms(a, {"revenue.unit": "euros"}).plan)
    assert "revenue" not in shared_kpis(
        a.plan, link.set_terms(a, {"revenue.unit": "boxes", "revenue.target": 50.0}).plan
    )


# The sides


@examples(100)
@given(gap=curves(), low=st.integers(-4, 0), length=st.integers(1, 8), sd=st.integers(1, 20))
def test_sides_cover_the_axis_and_the_team_once(gap: Curve, low: int, length: int, sd: int) -> None:
    high, landing = low + length, Normal(0.5, sd / 10)
    found = split_sides(gap, low, high, landing)
    assert (found[0].start, found[-1].end) == (low, high)
    for one, other in zip(found, found[1:], strict=False):
        assert one.end == other.start
        assert one.kind != other.kind
    assert sum(s.share or 0.0 for s in found) == pytest.approx(landing.below(high)[0] - landing.below(low)[0])
    for side in found:
        inside = np.linspace(side.start, side.end, 21)[1:-1]
        values = np.array([gap(x) for x in inside])
        assert np.all(np.abs(values) <= max(abs(side.most), 0.005) + 1e-9)
        if side.kind != "same":
            assert np.all(values * (1 if side.kind == "more" else -1) >= -0.005)


def test_shares_and_means_are_closed_forms() -> None:
    gap = Curve.through([(0.7, -150), (1.3, 0), (2.3, 800)])
    less, more = split_sides(gap, 0.7, 2.3, Normal(1.0, 0.2))
    assert (less.kind, less.most, less.at) == ("less", -150, 0.7)
    assert less.end == pytest.approx(1.3)
    assert (more.kind, more.most, more.at) == ("more", 800, 2.3)
    x = np.linspace(0.7, 1.3, 200_001)
    weights = np.exp(-0.5 * ((x - 1.0) / 0.2) ** 2)
    assert less.mean == pytest.approx(float((gap(x) * weights).sum() / weights.sum()), rel=1e-4)


def test_an_open_end_grows_by_its_rate() -> None:
    same, more = split_sides(Curve.through([(1, 0), (2, 50)], above="extend"), 0, math.inf)
    assert (same.kind, more.kind, more.most, more.rate) == ("same", "more", math.inf, 50)


# The people


def test_people_keep_their_results_under_another_target() -> None:
    a, b = load("sound-plan"), load("sound-plan", revenue__target=100000.0)
    found = settle_people(a, b)
    revenue = found.b.plan.kpi("revenue")
    landing = found.b.team.landing(revenue)  # type: ignore[union-attr]
    assert revenue.result(landing.mean) == pytest.approx(80800)
    assert landing.sd * 100000 == pytest.approx(0.12 * 80000)
    told = measure_impact(found.a, found.b)
    assert told.less > 0.99
    assert cost_of_plan(found.b.plan, found.b.team).expected < cost_of_plan(a.plan, a.team).expected


def test_who_gains_and_who_loses_is_counted_over_the_whole_team() -> None:
    found = settle_people(load("low-ceiling"), load("open-top"))
    told = measure_impact(found.a, found.b)
    (side,) = [
        s
        for s in split_sides(
            by_attainment(pay_difference(found.a.plan, found.b.plan, "deals", {}), found.b.plan.kpi("deals")),
            0.0,
            math.inf,
            found.b.team.landing(found.b.plan.kpi("deals")),  # type: ignore[union-attr]
        )
        if s.kind == "more"
    ]
    assert told.more == pytest.approx(side.share, abs=0.005)
    assert told.more + told.less + told.same == pytest.approx(1)
    before, after = (cost_of_plan(p.plan, p.team).expected for p in (found.a, found.b))
    assert told.more * told.gain - told.less * told.loss == pytest.approx(after - before, rel=0.02)


def test_the_people_are_those_of_the_plan_that_has_any() -> None:
    a, b = planfile.load_preset("sound-plan").changed(team=None), planfile.load_preset("sound-plan")
    found = settle_people(a, b)
    assert found.described
    assert found.a.team == b.team
    assert not settle_people(a, a).described
