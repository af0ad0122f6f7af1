"""No quality: a warning where no measure of quality moves the pay, however it does."""

from typing import Any

import pytest

from tests.calc.diagnosis.checks.situation import found, kpi, situation, the

CURVE = {"kind": "points", "points": [[0.8, 0.9], [1.2, 1.1]], "below": "hold"}


def test_a_plan_of_volume_alone() -> None:
    one = the("no_quality", situation(kpi()))
    assert (one.severity, one.kpi, one.span, one.money, one.share, one.cure) == ("note", None, None, None, None, None)
    assert "is marked as one of quality" in one.says.template


def test_a_plan_that_says_what_it_measures_is_blamed() -> None:
    one = the("no_quality", situation(kpi(weight=0.5), kpi("margin", 0.5, kind="profit")))
    assert (one.severity, one.title.template) == ("warn", "Pays the same for good work and bad")


@pytest.mark.parametrize("name", ["csat", "retention_rate", "promoters", "items_returned", "on_time"])
def test_a_measure_may_say_by_its_name_that_it_is_one_of_quality(name: str) -> None:
    assert not found("no_quality", situation(kpi(weight=0.5), kpi(name, 0.5)))


@pytest.mark.parametrize("how", ["gates", "modifiers"])
def test_what_opens_a_gate_or_multiplies_without_being_paid_may_be_quality(how: str) -> None:
    curve = {"kind": "steps", "of": "attainment", "steps": [[0, 0.5], [1, 1]]}
    acts: dict[str, dict[str, Any]] = {
        "gates": {"at_least": 0.9, "closes": "plan"},
        "modifiers": {"multiplies": "plan", "curve": curve},
    }
    tables: dict[str, Any] = {how: [{"kpi": "index", **acts[how]}]}
    assert not found("no_quality", situation(kpi(), kpi("index", 0), **tables))


def test_a_quality_that_is_only_measured_is_made_a_multiplier() -> None:
    one = the("no_quality", situation(kpi(), kpi("returns", 0, kind="quality", better="lower", target=12)))
    assert (one.kpi, "measured" in one.says.template) == ("returns", True)
    assert one.cure is not None
    assert not found("no_quality", one.cure.after)
    pays = one.cure.after.plan.pay([[100, 12], [100, 9.6], [100, 14.4], [100, 24], [100, 0]])
    assert pays.tolist() == [1000.0, 1200.0, 800.0, 800.0, 1200.0]  # a fifth either way, held at the ends


@pytest.mark.parametrize("how", ["paid", "gate", "modifier", "grid"])
def test_silent_where_quality_moves_the_pay(how: str) -> None:
    quality = kpi("csat", 0.2 if how == "paid" else 0, kind="quality")
    grid = {"kind": "matrix", "with": "csat", "rows": [0, 1], "columns": [0, 1], "payouts": [[0, 0], [0, 1]]}
    main = kpi(weight=0.8 if how == "paid" else 1, curve=grid if how == "grid" else None)
    tables: dict[str, dict[str, Any]] = {
        "gate": {"gates": [{"kpi": "csat", "at_least": 0.8, "closes": "plan", "keeps": 0.5}]},
        "modifier": {"modifiers": [{"kpi": "csat", "multiplies": "plan", "curve": CURVE}]},
    }
    assert not found("no_quality", situation(main, quality, **tables.get(how, {})))


def test_an_outcome_that_multiplies_is_no_quality() -> None:
    moved = [{"kpi": "margin", "multiplies": "plan", "curve": CURVE}]
    assert found("no_quality", situation(kpi(), kpi("margin", 0, kind="profit"), modifiers=moved))
