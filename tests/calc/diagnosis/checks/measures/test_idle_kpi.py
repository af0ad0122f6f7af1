"""An idle measure: found where a tenth more on it, from where the rep stands, is hardly felt."""

import pytest

from tests.calc.diagnosis.checks.situation import found, kpi, situation, the

LINE = {"kind": "band"}


def test_five_per_cent_of_the_pay() -> None:
    one = the("idle_kpi", situation(kpi("main", 0.95, LINE), kpi("desk", 0.05, LINE)))
    assert (one.severity, one.kpi, one.span) == ("warn", "desk", (1.0, 1.1))
    assert (one.money, one.share) == (5.0, None)  # a tenth of 50
    assert one.cure is not None
    assert {k.id: k.weight for k in one.cure.after.plan.kpis} == {"main": 1.0, "desk": 0.0}
    assert not found("idle_kpi", one.cure.after)


@pytest.mark.parametrize(("weight", "idle"), [(0.15, False), (0.16, False), (0.149, True)])
def test_both_sides_of_the_limit(weight: float, idle: bool) -> None:
    sick = situation(kpi("main", round(1 - weight, 3), LINE), kpi("other", weight, LINE))
    assert bool(found("idle_kpi", sick)) is idle


def test_it_goes_by_where_the_rep_stands() -> None:
    steep = {"kind": "points", "points": [[0, 0], [1, 0.1], [2, 3]]}
    plan = situation(kpi("main", 0.8, LINE), kpi("other", 0.2, steep))
    assert not found("idle_kpi", plan)
    one = the("idle_kpi", plan, {"other": 50.0})
    assert (one.span, one.money) == ((0.5, 0.6), 2.0)


def test_each_has_its_own_finding_and_the_main_one_has_none() -> None:
    kpis = [kpi("main", 0.8), *(kpi(f"k{i}", 0.05) for i in range(4))]
    assert [f.kpi for f in found("idle_kpi", situation(*kpis))] == ["k0", "k1", "k2", "k3"]


def test_a_heavy_measure_on_a_level_stretch_is_flat_and_not_idle() -> None:
    capped = {"kind": "band", "ceiling": 1.0}
    assert not found("idle_kpi", situation(kpi("main", 0.6, LINE), kpi("other", 0.4, capped)))
    assert not found("idle_kpi", situation(kpi("main", 1.0, capped)))


def test_a_modifier_that_it_also_is_counts() -> None:
    curve = {"kind": "steps", "steps": [[0, 1.0], [1.05, 1.1]]}
    plan = situation(
        kpi("main", 0.95), kpi("desk", 0.05), modifiers=[{"kpi": "desk", "multiplies": ["main"], "curve": curve}]
    )
    assert not found("idle_kpi", plan)
