"""Too many measures: counted are those that move the pay, however they do."""

import pytest

from calc.documents.planfile import Preset
from tests.calc.diagnosis.checks.situation import found, kpi, situation, the


def many(paid: int, gates: int = 0, modifiers: int = 0, measured: int = 0) -> Preset:
    names = [f"k{i}" for i in range(paid + gates + modifiers + measured)]
    weights = [round(1 / paid, 12)] * (paid - 1)
    weights = [round(1 - sum(weights), 12), *weights]
    kpis = [kpi(n, w) for n, w in zip(names, weights, strict=False)] + [kpi(n, 0) for n in names[paid:]]
    gated = [{"kpi": n, "at_least": 0.5, "closes": "plan", "keeps": 0.9} for n in names[paid : paid + gates]]
    curve = {"kind": "points", "points": [[0.8, 0.9], [1.2, 1.1]], "below": "hold"}
    moved = [{"kpi": n, "multiplies": "plan", "curve": curve} for n in names[paid + gates :][:modifiers]]
    return situation(*kpis, gates=gated, modifiers=moved)


@pytest.mark.parametrize(
    ("paid", "gates", "modifiers", "severity"),
    [
        (3, 0, 0, None),
        (2, 0, 1, None),
        (4, 0, 0, "note"),
        (3, 0, 1, "note"),
        (5, 0, 0, "note"),
        (4, 1, 0, "note"),
        (5, 0, 1, "warn"),
        (5, 1, 2, "warn"),
        (6, 0, 0, "alarm"),
        (5, 2, 2, "alarm"),
        (12, 0, 0, "alarm"),
    ],
)
def test_both_sides_of_the_limits(paid: int, gates: int, modifiers: int, severity: str | None) -> None:
    assert [f.severity for f in found("too_many_kpis", many(paid, gates, modifiers))] == [severity] * bool(severity)


def test_what_is_only_measured_is_not_counted() -> None:
    assert not found("too_many_kpis", many(3, measured=9))


def test_the_other_side_of_a_grid_is_counted() -> None:
    grid = {"kind": "matrix", "with": "margin", "rows": [0, 1], "columns": [0, 1], "payouts": [[0, 0], [0, 1]]}
    rest = [kpi("a", 0.2), kpi("b", 0.2)]
    assert the("too_many_kpis", situation(kpi(weight=0.6, curve=grid), kpi("margin", 0), *rest)).severity == "note"


def test_its_money_is_what_the_smallest_pays() -> None:
    sick = situation(kpi("a", 0.5), kpi("b", 0.3), kpi("c", 0.17), kpi("d", 0.03))
    one = the("too_many_kpis", sick)
    assert (one.kpi, one.span, one.money, one.share) == (None, None, 30.0, None)
    assert one.cure is not None
    assert {k.id: k.weight for k in one.cure.after.plan.kpis} == {"a": 0.53, "b": 0.3, "c": 0.17, "d": 0.0}
    assert one.cure.after.plan.kpi("d").curve is None
    assert not found("too_many_kpis", one.cure.after)


def test_what_was_nested_in_a_folded_measure_goes_with_it() -> None:
    curve = {"kind": "points", "points": [[0.8, 0.9], [1.2, 1.1]], "below": "hold"}
    modifiers = [{"kpi": "e", "multiplies": ["d"], "curve": curve}, {"kpi": "e", "multiplies": ["a"], "curve": curve}]
    gates = [{"kpi": "e", "at_least": 0.5, "closes": ["d"]}]
    sick = situation(
        kpi("a", 0.5), kpi("b", 0.3), kpi("c", 0.17), kpi("d", 0.03), kpi("e", 0), gates=gates, modifiers=modifiers
    )
    after = the("too_many_kpis", sick).cure
    assert after is None  # a, b, c and e still move the pay: no fewer than a note allows
    lighter = situation(kpi("a", 0.77), kpi("b", 0.2), kpi("d", 0.03), kpi("e", 0), gates=gates, modifiers=modifiers)
    cure = the("too_many_kpis", lighter).cure
    assert cure is not None
    assert (cure.after.plan.gates, len(cure.after.plan.modifiers)) == ((), 1)


def test_six_of_the_same_weight_leave_the_three_heaviest() -> None:
    cure = the("too_many_kpis", many(6)).cure
    assert cure is not None
    assert sum(1 for k in cure.after.plan.kpis if k.paid) == 3
    assert sum(k.weight or 0.0 for k in cure.after.plan.kpis) == pytest.approx(1.0, abs=1e-9)
