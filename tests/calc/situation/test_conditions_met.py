"""The share of a team that meets none of several conditions, against the textbook and against reps of chance."""

import numpy as np
import pytest

from calc.plan.conditions import Condition
from calc.plan.kpi import Kpi
from calc.situation.conditions_met import share_that_meets_none
from calc.situation.team import Team

DEALS, CALLS = Kpi(id="deals", target=100), Kpi(id="calls", target=10, counted=True)
KPIS = {"deals": DEALS, "calls": CALLS}


@pytest.mark.parametrize("correlation", [0.0, 0.3, 0.8, 1.0])
def test_ties_between_measures_count(correlation: float) -> None:
    team = Team(mean=1.0, spread=0.2, correlation=correlation)
    conditions = [Condition(kpi="deals", at_least=1.1), Condition(kpi="calls", at_least_result=10)]
    chance = np.random.default_rng(3).standard_normal((200_000, 3))
    own = np.sqrt(correlation) * chance[:, :1] + np.sqrt(1 - correlation) * chance[:, 1:]
    deals, calls = (1 + 0.2 * own).T
    missed = ((deals < 1.1) & (np.floor(10 * calls) < 10)).mean()
    assert share_that_meets_none(team, KPIS, conditions) == pytest.approx(missed, abs=4e-3)


def test_two_conditions_on_one_measure_leave_what_lies_between() -> None:
    between = [Condition(kpi="deals", at_most=0.8), Condition(kpi="deals", at_least=1.2)]
    assert share_that_meets_none(Team(spread=0.2), KPIS, between) == pytest.approx(0.6826895, abs=1e-6)
    assert share_that_meets_none(Team(), KPIS, [Condition(kpi="deals", at_least=0.8), *between]) == 0.0


@pytest.mark.parametrize(("mark", "missed"), [(9.2, 0.5), (10, 0.5), (10.2, 0.6914625)])
def test_of_whole_units_the_next_one_counts(mark: float, missed: float) -> None:
    condition = Condition(kpi="calls", at_least_result=mark)
    assert share_that_meets_none(Team(spread=0.2), KPIS, [condition]) == pytest.approx(missed, abs=1e-6)
