"""Plans of every kind against an oracle that pays results one by one and tries every effort at every place."""

from collections.abc import Callable

import numpy as np
import pytest

from calc.behaviour.axis import Axis
from calc.behaviour.behave import Behaved, behave
from calc.documents.planfile import Preset, loads
from calc.piecewise.vectorized import Floats

HEAD = """
title = "A plan"
[plan]
currency = "USD"
period = "month"
target_incentive = 1000
{terms}
"""
DEALS = """
[[kpis]]
id = "deals"
name = "Deals"
kind = "outcome"
unit = "deals"
target = {target}
weight = {weight}
{terms}
curve = {{ kind = "band", floor = 0.6, pays_at_floor = 0.3, accelerator = 1.6, ceiling = 2.0 }}
"""
CSAT = """
[[kpis]]
id = "csat"
name = "Satisfaction"
kind = "quality"
unit = "points"
target = 90
weight = 0
"""
MARGIN = """
[[kpis]]
id = "margin"
name = "Margin"
kind = "profit"
unit = "USD"
target = 5000
weight = 0.4
curve = { kind = "steps", steps = [[0.8, 0.5], [1.0, 1.0], [1.2, 1.5]] }
"""
TIERS = """
[[kpis]]
id = "revenue"
name = "Revenue"
kind = "outcome"
unit = "USD"
target = 10000
curve = { kind = "tiers", tiers = [[0, 0.05], [8000, 0.10], [12000, 0.02]], apply = "retroactive" }
"""
GATE = '[[gates]]\nkpi = "deals"\nat_least = 0.9\ncloses = "plan"\nkeeps = 0.2\n'
MODIFIER = """
[[modifiers]]
kpi = "csat"
multiplies = "plan"
curve = { kind = "points", of = "result", points = [[70, 0.8], [85, 1.2]] }
"""


def _deals(target: float = 100, weight: float = 1.0, terms: str = "") -> str:
    return DEALS.format(target=target, weight=weight, terms=terms)


KINDS = {
    "a gate on itself and a modifier": HEAD.format(terms="") + _deals() + CSAT + GATE + MODIFIER,
    "a guarantee and a ceiling on the plan": HEAD.format(terms="floor = 0.5\nceiling = 1.3") + _deals(),
    "three deals, whole ones alone": HEAD.format(terms="") + _deals(3, terms="counted = true"),
    "a dozen deals, whole ones alone": HEAD.format(terms="") + _deals(12, terms="counted = true"),
    "a hundred deals, whole ones alone": HEAD.format(terms="") + _deals(100, terms="counted = true"),
    "two measures that move together": HEAD.format(terms="ceiling = 1.6") + _deals(weight=0.6) + MARGIN,
    "the greater of two": HEAD.format(terms="")
    + _deals(weight=0.6)
    + MARGIN
    + '[[greater_of]]\ngroups = [["deals"], ["margin"]]\n',
    "retroactive tiers that end below where they were": HEAD.format(terms="") + TIERS,
    "pay in round sums": HEAD.format(terms="round_to = 1") + _deals(terms="round_to = 50"),
    "a result that lowers": HEAD.format(terms="") + _deals(terms='better = "lower"'),
    "a target below nothing": HEAD.format(terms="") + _deals(-50, terms="scale = 40"),
    "people who shun risk": HEAD.format(terms="") + _deals() + "[behaviour]\nrisk_aversion = 2\n",
    "impatient people, week by week": HEAD.format(terms="") + _deals() + "[behaviour]\npatience = 0.97\nsteps = 26\n",
}
PLACES, TRIES = 700, 101
ROW = 3
"""A middling rep of the standard reading."""


@pytest.mark.parametrize("kind", KINDS)
def test_what_the_start_is_worth_is_that_of_the_best_effort_tried_one_by_one(kind: str) -> None:
    preset = loads(KINDS[kind])
    found = behave(preset)
    value, sales, pay = _best_of_all(found, _payer(preset, found.axis))
    outcome = found.here.outcome
    assert outcome.policy.start_value[ROW] == pytest.approx(value, abs=2e-3)
    assert outcome.sales_by_rep[ROW] == pytest.approx(sales, abs=6e-3)
    assert outcome.pay_by_rep[ROW] == pytest.approx(pay, abs=8e-3)


def _payer(preset: Preset, axis: Axis) -> Callable[[Floats], Floats]:
    """Payout by sales, from whole rows of results."""
    plan, kpi = preset.plan, axis.kpi

    def paid(sales: Floats) -> Floats:
        flat = np.ravel(sales)
        rows = np.tile([plan.standing({})[name] for name in plan.ids], (len(flat), 1))
        results = axis.zero + axis.unit * flat
        moved = 1.0 + kpi.sign * (results - kpi.target) / kpi.span
        for k, one in enumerate(plan.kpis):
            if axis.together and one.paid:
                rows[:, k] = one.target + one.sign * one.span * (moved - 1.0)
        rows[:, plan.ids.index(kpi.id)] = results
        return np.asarray(plan.payout(rows)).reshape(sales.shape)

    return paid


def _best_of_all(found: Behaved, paid: Callable[[Floats], Floats]) -> tuple[float, float, float]:
    """What the start is worth, and expected sales and pay, by plain sums on a fine grid of places and efforts."""
    reps, steps = found.reps, found.axis.steps
    width, noise = 1.0 / steps, reps.noise
    comes, gains = reps.without_effort[ROW], reps.by_effort[ROW]
    u = np.linspace(-6 * noise, gains * reps.max_effort + 6 * noise, PLACES)
    efforts = np.linspace(0.0, reps.max_effort, TRIES)
    cost = width * reps.taken(np.array([ROW])).cost(efforts[None])[0]
    luck = np.arange(-6, 6 + 1 / 48, 1 / 48)
    chance = np.exp(-luck * luck / 2) / np.exp(-luck * luck / 2).sum()
    reached = u[:, None] + noise * width**0.5 * luck
    led = u[:, None] + width * gains * efforts
    worth = sales = pay = np.zeros(0)
    for t in range(steps):
        ends = {
            "worth": paid(reached + comes) if t == 0 else _read(worth, u, reached),
            "sales": reached + comes if t == 0 else _read(sales, u, reached),
            "pay": paid(reached + comes) if t == 0 else _read(pay, u, reached),
        }
        after = {name: _mean(part, chance, reps.risk_aversion * (name == "worth")) for name, part in ends.items()}
        choices = reps.patience * _read(after["worth"], u, led) - cost
        best = choices.argmax(axis=1)[:, None]
        worth = np.take_along_axis(choices, best, 1)[:, 0]
        chosen = np.take_along_axis(led, best, 1)[:, 0]
        sales, pay = (_read(after[name], u, chosen) for name in ("sales", "pay"))
    return tuple(float(np.interp(0.0, u, part)) for part in (worth, sales, pay))  # type: ignore[return-value]


def _mean(values: Floats, chance: Floats, aversion: float) -> Floats:
    """The mean of rows, or what is as good to who shuns risk."""
    if not aversion:
        return np.asarray(values @ chance)
    least = values.min(axis=1, keepdims=True)
    return np.asarray(least[:, 0] - np.log(np.exp(-aversion * (values - least)) @ chance) / aversion)


def _read(values: Floats, at: Floats, places: Floats) -> Floats:
    """Values read in straight lines, and straight on beyond both ends."""
    cell = at[1] - at[0]
    found = np.interp(places, at, values)
    found = np.where(places > at[-1], values[-1] + (values[-1] - values[-2]) / cell * (places - at[-1]), found)
    return np.where(places < at[0], values[0] + (values[1] - values[0]) / cell * (places - at[0]), found)
