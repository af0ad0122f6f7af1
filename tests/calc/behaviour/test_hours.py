"""Where the hours go: against every division there is, with gates, modifiers and what one KPI takes from another."""

from itertools import product

import numpy as np
import pytest

from calc.behaviour.hours import HoursRep, Task, Tie, attainment_of, expected_of, split_hours
from calc.behaviour.week import divide_week
from calc.documents.planfile import load_preset
from calc.piecewise.curve import Curve
from tests.calc.behaviour.reps import jump, line

REP = HoursRep(kept=0.7, response=1.3, kappa=0.3)
TWO = (Task(line(0.5), 0.5, 1.0, 0.1), Task(line(0.5), 0.5, 1.0, 0.1))
GATE = jump(1.0, 1.0)
CASES = {
    "a gate closes the other": Tie(1, on=(0,), factor=GATE),
    "a gate keeps half": Tie(1, on=(0,), factor=GATE * 0.5 + 0.5),
    "a gate limits": Tie(1, on=(0,), factor=GATE, limits={0: 0.4}),
    "a modifier on both": Tie(1, on=(0, 1), factor=Curve.through([(0.5, 0.8), (1.0, 1.0), (1.2, 1.1)], below="hold")),
    "it takes from the other": Tie(1, takes={0: 0.6}),
}


def worth(tie: Tie, efforts: tuple[float, float]) -> float:
    """What two efforts are worth, term by term."""
    first, second = (float(attainment_of(task, REP, np.array([e]))[0]) for task, e in zip(TWO, efforts, strict=True))
    first -= tie.takes.get(0, 0.0) * (second - 1.0)
    factor = float(expected_of(tie.factor, np.array([second]), 0.1)[0])
    total = 0.0
    for k, at in enumerate((first, second)):
        paid = float(expected_of(TWO[k].pay, np.array([at]), 0.1)[0])
        limited = tie.limits.get(k)
        if k in tie.on and limited is not None:
            capped = float(expected_of(TWO[k].pay.clip(high=limited), np.array([at]), 0.1)[0])
            paid = factor * paid + (1.0 - factor) * capped
        elif k in tie.on:
            paid *= factor
        total += paid
    return total - float(REP.cost(np.array([sum(efforts)]))[0])


@pytest.mark.parametrize("name", CASES)
def test_no_division_is_better(name: str) -> None:
    tie = CASES[name]
    split = split_hours(TWO, REP, [tie])
    found = worth(tie, (float(split.effort[0]), float(split.effort[1])))
    assert found == pytest.approx(split.pay - split.cost, abs=1e-12)
    grid = np.linspace(0.0, 2.5, 51)
    best = max(worth(tie, (a, b)) for a, b in product(grid, grid) if a + b <= 2.5)
    assert found >= best - 1e-9
    assert found <= best + 0.01


def test_a_gate_draws_effort_that_pays_nothing_by_itself() -> None:
    tasks = (Task(line(1.0), 0.5, 1.0, 0.1), Task(line(0.0), 0.5, 1.0, 0.1))
    alone = split_hours(tasks, REP)
    gated = split_hours(tasks, REP, [Tie(1, on=(0,), factor=GATE)])
    assert alone.effort[1] == 0.0
    assert gated.effort[1] > 0.3


def test_hours_follow_pay_and_hours_not_weights_alone() -> None:
    """On straight lines shares of hours go as phi (w / phi)^(1 / (1 - gamma))."""
    rng = np.random.default_rng(7)
    for _ in range(5):
        weights, shares = rng.dirichlet([4.0, 4.0, 4.0]), rng.dirichlet([4.0, 4.0, 4.0])
        split = split_hours([Task(line(w), p) for w, p in zip(weights, shares, strict=True)], REP)
        wanted = shares * (weights / shares) ** (1.0 / 0.3)
        assert split.shares == pytest.approx(wanted / wanted.sum(), abs=1e-3)


def test_calls_take_the_week_where_calls_pay() -> None:
    week = divide_week(load_preset("calls-not-sales"))
    assert week is not None
    assert [kpi.id for kpi in week.kpis] == ["calls", "orders"]
    low, standard, high = week.share(0)
    assert week.today[0] == pytest.approx(100 / 220)
    assert 0.9 < low <= standard <= high < 1.0
    assert week.lands(1)[2] < 0.9


def test_what_a_shorter_talk_takes_from_sales_is_counted() -> None:
    week = divide_week(load_preset("talk-time"))
    assert week is not None
    _, sales, _ = week.lands(0)
    assert sales < 1.0


def test_without_hours_there_are_no_numbers() -> None:
    assert divide_week(load_preset("sound-plan")) is None
    assert divide_week(load_preset("weighted-score")) is None


def test_of_many_kpis_that_act_on_others_two_are_looked_at() -> None:
    week = divide_week(load_preset("hundred-kpis"))
    assert week is not None
    assert len(week.kpis) == 12
    assert len(week.left_out) <= 1


def test_one_main_thing_gets_most_of_the_hours() -> None:
    week = divide_week(load_preset("four-clear-kpis"))
    assert week is not None
    assert sum(week.today) == pytest.approx(1.0)
    orders = week.share(0)
    assert orders[0] > 0.5
    assert all(week.share(k)[2] < orders[0] for k in (1, 2))


@pytest.mark.parametrize(
    "name",
    [
        "calls-not-sales",
        "orders-and-workload",
        "talk-time",
        "workload-not-talk-time",
        "hundred-kpis",
        "four-clear-kpis",
    ],
)
def test_hours_are_given_with_their_source(name: str) -> None:
    preset = load_preset(name)
    assert divide_week(preset) is not None
    assert "hours" in (preset.source or "")
    assert "our own" in (preset.source or "")
