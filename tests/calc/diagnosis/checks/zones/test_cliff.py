"""A cliff: found where pay jumps by more than practice lets pass, with the price of the last unit."""

import pytest

from calc.diagnosis.checks.zones.cliff import JUST_SHORT
from calc.plan.mechanics import Matrix, Points, Tiers
from tests.calc.diagnosis.checks.situation import agrees, below, found, kpi, normal_team, situation, the, words
from tests.curves import band_of, curve_of


def test_all_or_nothing() -> None:
    one = the("cliff", situation(kpi(curve={"kind": "band", "floor": 1.0})))
    assert (one.severity, one.kpi, one.span, one.money) == ("alarm", "deals", (1.0, 1.0), 1000.0)
    assert one.share == pytest.approx(below(1.0) - below(0.9), abs=1e-12)
    people = normal_team()
    assert agrees(one.share, (people >= 1.0 - JUST_SHORT) & (people < 1.0))
    assert one.cure is not None
    curve = band_of(one.cure.after.plan, "deals")
    assert (curve.floor, curve.pays_at_floor) == (0.7, 0.0)
    assert not found("cliff", one.cure.after)


def test_a_jump_at_a_floor_is_climbed_from_zero() -> None:
    one = the("cliff", situation(kpi(curve={"kind": "band", "floor": 0.5, "accelerator": 1.2})))
    assert (one.span, one.money) == ((0.5, 0.5), 500.0)
    assert one.cure is not None
    curve = band_of(one.cure.after.plan, "deals")
    assert (curve.floor, curve.pays_at_floor, curve.accelerator) == (0.5, 0.0, 1.2)
    assert "faster before target" in one.cure.label.template  # 1 / (1 - 0.5) = 2 > 1.2


def test_no_word_of_a_slower_climb_where_there_is_none() -> None:
    one = the("cliff", situation(kpi(curve={"kind": "band", "floor": 0.5, "accelerator": 2.0})))
    assert one.cure is not None
    assert "faster" not in one.cure.label.template


def test_steps_become_a_line_through_their_corners() -> None:
    steps = {"kind": "steps", "steps": [[0.8, 0.6], [0.9, 0.8], [1.0, 1.0], [1.25, 1.6]]}
    sick = situation(kpi(curve=steps))
    cliffs = {f.span: (f.severity, f.money) for f in found("cliff", sick)}
    assert cliffs == {
        (0.8, 0.8): ("alarm", 600.0),
        (0.9, 0.9): ("warn", 200.0),
        (1.0, 1.0): ("warn", 200.0),
        (1.25, 1.25): ("alarm", 600.0),
    }
    cure = found("cliff", sick)[0].cure
    assert cure is not None
    assert not found("cliff", cure.after)
    assert curve_of(cure.after.plan, "deals", Points).points == ((0, 0), (0.8, 0.6), (0.9, 0.8), (1, 1), (1.25, 1.6))


def test_steps_of_a_result_that_is_better_when_lower() -> None:
    steps = {"kind": "steps", "of": "result", "steps": [[6, 0.5], [5, 1.0], [4, 2.0]]}
    sick = situation(kpi(curve=steps, better="lower", target=5))
    assert [f.span for f in found("cliff", sick)] == [(0.8, 0.8), (1.0, 1.0), (1.2, 1.2)]
    cure = found("cliff", sick)[0].cure
    assert cure is not None
    assert curve_of(cure.after.plan, "deals", Points).points == ((10, 0), (6, 0.5), (5, 1), (4, 2))
    assert not found("cliff", cure.after)
    assert cure.after.plan.pay([[5], [4.5], [4]]).tolist() == [1000.0, 1500.0, 2000.0]


def test_a_step_between_target_and_the_next_keeps_the_pay_at_target() -> None:
    cure = found("cliff", situation(kpi(curve={"kind": "steps", "steps": [[0.9, 1.0], [1.2, 2.0]]})))[0].cure
    assert cure is not None
    assert cure.after.plan.pay([100]) == 1000.0


def test_rates_on_everything_become_rates_on_slices() -> None:
    tiers = {"kind": "tiers", "apply": "retroactive", "tiers": [[0, 5], [90, 7], [120, 9]]}
    sick = situation(kpi(weight=None, curve=tiers), plan={"target_incentive": None})
    assert [(f.severity, f.span, f.money) for f in found("cliff", sick)] == [
        ("warn", (0.9, 0.9), 180.0),  # 90 x 2, of 700 at target
        ("alarm", (1.2, 1.2), 240.0),
    ]
    cure = found("cliff", sick)[0].cure
    assert cure is not None
    assert curve_of(cure.after.plan, "deals", Tiers).apply == "marginal"
    assert not found("cliff", cure.after)


def test_a_table_with_a_jump_becomes_lines() -> None:
    points = {"kind": "points", "points": [[0.5, 0], [1, 0.6], [1, 1], [1.5, 2]], "above": "extend"}
    one = the("cliff", situation(kpi(curve=points)))
    assert (one.span, one.money) == ((1.0, 1.0), 400.0)
    assert one.cure is not None
    assert curve_of(one.cure.after.plan, "deals", Points).points == ((0.5, 0), (1, 1), (1.5, 2))


def test_a_grid_of_cells_is_read_in_proportion() -> None:
    grid = {"kind": "matrix", "with": "margin", "between": "step", "rows": [0, 1], "columns": [0, 1]}
    sick = situation(kpi(curve={**grid, "payouts": [[0, 0], [0.5, 1]]}), kpi("margin", 0))
    one, other = found("cliff", sick)  # along the rows, and along the columns
    assert [(f.kpi, f.span, f.money) for f in (one, other)] == [
        ("deals", (1.0, 1.0), 1000.0),
        ("margin", (1.0, 1.0), 500.0),
    ]
    assert one.cure is not None
    assert curve_of(one.cure.after.plan, "deals", Matrix).between == "linear"


def test_a_jump_that_a_gate_makes_has_no_cure_here() -> None:
    gate = {"kpi": "deals", "at_least": 0.8, "closes": "plan", "keeps": 0.5}
    one = the("cliff", situation(kpi(), gates=[gate]))
    assert (one.span, one.cure) == ((0.8, 0.8), None)
    assert one.money == 333.33  # half of 0.4 / 0.6 of 1,000


@pytest.mark.parametrize(
    ("pays", "severity"), [(0.1, None), (0.11, "warn"), (0.3, "warn"), (0.31, "alarm"), (0.0, None)]
)
def test_both_sides_of_the_limits(pays: float, severity: str | None) -> None:
    curve = {"kind": "band", "floor": 0.5, "pays_at_floor": pays, "accelerator": 2}
    sick = situation(kpi(curve=curve), team={"mean": 0.6, "spread": 0.2})
    assert [f.severity for f in found("cliff", sick)] == [severity] * bool(severity)


def test_a_jump_that_hardly_anybody_ends_short_of_is_only_noted() -> None:
    curve = {"kind": "band", "floor": 0.4, "pays_at_floor": 0.4}
    one = the("cliff", situation(kpi(curve=curve)))
    assert one.severity == "note"
    assert one.share == pytest.approx(below(0.4) - below(0.3))


def test_without_a_team_nobody_is_counted() -> None:
    one = the("cliff", situation(kpi(curve={"kind": "band", "floor": 1.0}), team=None))
    assert (one.severity, one.share) == ("alarm", None)
    assert "team" not in words(one)
