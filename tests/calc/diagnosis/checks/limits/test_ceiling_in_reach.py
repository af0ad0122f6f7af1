"""A ceiling in reach: found where more than the best in twenty come to it, with the day on which they do."""

import math

import numpy as np
import pytest

from calc.messages import Number
from tests.calc.diagnosis.checks.situation import agrees, fact_in, found, kpi, normal_team, situation, the, words
from tests.curves import band_of


def capped(ceiling: float) -> dict[str, object]:
    return {"kind": "band", "floor": 0.0, "ceiling": ceiling}


def test_a_ceiling_that_three_in_ten_reach() -> None:
    one = the("ceiling_in_reach", situation(kpi(curve=capped(1.1))))
    assert (one.severity, one.kpi, one.span) == ("alarm", "deals", (1.1, None))
    assert one.share == pytest.approx(0.308538, abs=1e-6)
    assert one.money == 39.56  # 1,000 x (0.2 phi(0.5) - 0.1 Phi(-0.5)) = 70.41 - 30.85
    assert 1000 * (0.2 * math.exp(-0.125) / math.sqrt(2 * math.pi) - 0.1 * 0.3085375) == pytest.approx(39.56, abs=0.01)
    assert agrees(one.money, 1000 * np.maximum(normal_team() - 1.1, 0), slack=0.005)
    assert "day" not in words(one)


def test_the_day_on_which_the_average_of_those_is_there() -> None:
    one = the("ceiling_in_reach", situation(kpi(curve=capped(1.1)), calendar={"days": 30}))
    people = normal_team()
    day = fact_in(one.says, "day", Number).value
    assert day == math.ceil(30 * 1.1 / people[people >= 1.1].mean())


def test_the_ceiling_of_the_whole_plan_lies_where_it_cuts_the_kpi() -> None:
    sick = situation(kpi(weight=0.5, curve={"kind": "band"}), kpi("other", 0.5), plan={"ceiling": 1.1})
    spans = {f.kpi: f.span for f in found("ceiling_in_reach", sick)}
    assert spans["deals"] == (1.2, None)
    assert spans["other"] == (1.111111111, None)  # 0.2 / 1.8 beyond target


@pytest.mark.parametrize(("ceiling", "severity"), [(1.329, None), (1.328, "warn"), (1.257, "warn"), (1.256, "alarm")])
def test_both_sides_of_the_limits(ceiling: float, severity: str | None) -> None:
    sick = situation(kpi(curve=capped(ceiling)))
    assert [f.severity for f in found("ceiling_in_reach", sick)] == [severity] * bool(severity)


def test_silent_without_a_team_or_a_ceiling() -> None:
    assert not found("ceiling_in_reach", situation(kpi(curve=capped(1.1)), team=None))
    assert not found("ceiling_in_reach", situation(kpi()))


def test_the_cure_lets_only_the_best_in_twenty_come_there() -> None:
    one = the("ceiling_in_reach", situation(kpi(curve=capped(1.1))))
    assert one.cure is not None
    assert band_of(one.cure.after.plan, "deals").ceiling == 1.35
    assert not found("ceiling_in_reach", one.cure.after)
