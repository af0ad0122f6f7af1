"""Slopes that meet are refused, wherever they meet; slopes that do not are not."""

from typing import Any

import pytest

from calc import Gate, Kpi, Modifier, Plan, Refused
from calc.plan.mechanics import Band, Matrix, Points, Steps

CLIMB = Points(points=((0.5, 0.5), (1.5, 1.5)), below="hold")
EARLY = Points(points=((0.5, 0.5), (0.9, 1)), below="hold")


def plan(curve: Any, gates: Any = (), modifiers: Any = (), **terms: Any) -> Plan:
    kpis = (Kpi(id="deals", target=100, weight=1, curve=curve), Kpi(id="csat", target=80, weight=0))
    return Plan(target_incentive=1000, kpis=kpis, gates=gates, modifiers=modifiers, **terms)


def times(kpi: str, curve: Any, multiplies: Any = "plan") -> Modifier:
    return Modifier(kpi=kpi, multiplies=multiplies, curve=curve)


GRID = Matrix(with_="csat", rows=(0.5, 1), columns=(0.5, 1), payouts=((0, 1), (1, 2)))
NO_LINE = [
    pytest.param(Band(), [times("deals", CLIMB)], id="a KPI's slope by its own modifier on the plan"),
    pytest.param(Band(), [times("deals", CLIMB, ("deals",))], id="by its own modifier on itself"),
    pytest.param(Band(floor=1), [times("csat", CLIMB), times("csat", CLIMB)], id="two slopes of one KPI on the plan"),
    pytest.param(
        Band(), [times("csat", CLIMB), times("csat", CLIMB, ("deals",))], id="one on the plan, one on the KPI"
    ),
    pytest.param(GRID, [times("csat", CLIMB)], id="the columns of a grid"),
    pytest.param(GRID, [times("deals", CLIMB)], id="the rows of a grid"),
    pytest.param(
        Band(), [times("deals", Steps(steps=((9, 1),))), times("deals", CLIMB, ("deals",))], id="hidden by a zero"
    ),
]


@pytest.mark.parametrize(("curve", "modifiers"), NO_LINE)
def test_slopes_that_meet_are_refused(curve: Any, modifiers: list[Modifier]) -> None:
    with pytest.raises(Refused) as refused:
        plan(curve, modifiers=modifiers)
    (sentence,) = refused.value.sentences
    assert sentence.startswith(f"modifiers.{modifiers[-1].kpi}.curve must be flat where what it multiplies is sloped")


A_LINE = [
    pytest.param(Band(), {"modifiers": [times("csat", CLIMB)]}, id="another KPI's slope"),
    pytest.param(Steps(steps=((0.5, 1), (1, 2))), {"modifiers": [times("deals", CLIMB)]}, id="steps by a slope"),
    pytest.param(Band(), {"modifiers": [times("deals", Steps(steps=((0, 1), (1, 2))))]}, id="a slope by steps"),
    pytest.param(Band(floor=0.9), {"modifiers": [times("deals", EARLY)]}, id="slopes that touch"),
    pytest.param(Band(ceiling=0.4), {"modifiers": [times("deals", CLIMB)]}, id="a slope beyond the ceiling"),
    pytest.param(
        Band(),
        {"gates": [Gate(kpi="deals", at_least=0.9, closes=("deals",))], "modifiers": [times("deals", EARLY)]},
        id="a slope where a gate has shut what it multiplies",
    ),
]


@pytest.mark.parametrize(("curve", "terms"), A_LINE)
def test_slopes_that_do_not_meet_are_sound(curve: Any, terms: Any) -> None:
    sound = plan(curve, **terms)
    for name in sound.ids:
        line, kpi = sound.along(name), sound.kpi(name)
        rows = [[x if name == k.id else k.target for k in sound.kpis] for x in (0.0, 50.0, 72.0, 90.0, 200.0)]
        assert [line(row[sound.ids.index(name)]) for row in rows] == pytest.approx(sound.payout(rows)), kpi


def test_in_a_score_a_kpi_that_counts_may_not_slope_twice() -> None:
    kpis = (Kpi(id="a", target=1, weight=1), Kpi(id="b", target=1, weight=0))
    with pytest.raises(Refused, match=r"modifiers\.a\.curve must be flat"):
        Plan(target_incentive=1, combine="score", curve=CLIMB, kpis=kpis, modifiers=(times("a", CLIMB),))
    sound = Plan(target_incentive=1, combine="score", curve=CLIMB, kpis=kpis, modifiers=(times("b", CLIMB),))
    assert sound.along("b")(1.2) == pytest.approx(1.2)
    with pytest.raises(Refused, match="must act on 'plan' in a score"):
        Plan(target_incentive=1, combine="score", curve=CLIMB, kpis=kpis, modifiers=(times("b", CLIMB, ("a",)),))
    gate = Gate(kpi="b", at_least=1, closes=("a",))
    with pytest.raises(Refused, match="must act on 'plan' in a score"):
        Plan(target_incentive=1, combine="score", curve=CLIMB, kpis=kpis, gates=(gate,))
