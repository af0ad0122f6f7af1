"""Your words and your numbers: seeded histories of known rules are each named right, with the payments that misfit."""

from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from calc.plan.errors import Refused
from calc.plan.kpi import Kpi
from calc.plan.mechanics import Tiers
from calc.plan.plan import Plan
from calc.year.beside.history import rule_of_history
from calc.year.beside.other_readings import with_reading, with_tiers
from calc.year.rules.draw import Draw
from calc.year.rules.limit import Limit
from calc.year.settle import year_statement
from calc.year.year_plan import YearPlan
from calc.year.year_results import YearResults
from calc.year.year_terms import Year

PLAN = Plan(
    period="year",
    kpis=(Kpi(id="sales", target=1200, curve=Tiers(tiers=((0, 3), (0.5, 7), (1, 12)), of="attainment")),),
)
DESCRIBED = YearPlan(PLAN, Year(reading="by_period", paid="month"))
"""What the plan document is taken to say; the histories are paid by something else."""


def hidden_rule(seed: int) -> YearPlan:
    """One of ten rules."""
    kind = seed % 10
    if kind == 0:
        return DESCRIBED
    if kind in (1, 2):
        return with_reading(DESCRIBED, "running_total", ("whole", "to_date")[kind - 1])
    if kind in (3, 4):
        return with_reading(DESCRIBED, "rate_reached", ("whole", "to_date")[kind - 3])
    if kind == 5:
        runs = with_reading(DESCRIBED, "running_total", "whole")
        return replace(runs, year=runs.year.changed(begins_again="quarter"))
    if kind == 6:
        return replace(DESCRIBED, plan=with_tiers(PLAN, "retroactive"))
    if kind == 7:
        draw = Draw(amount=400, kind="recoverable", recovers=1, at_year_end="carried")
        return replace(DESCRIBED, draw=draw)
    if kind == 8:
        return replace(DESCRIBED, draw=Draw(amount=400, kind="guarantee", settled="each_payment"))
    return replace(DESCRIBED, year=DESCRIBED.year.changed(limit=Limit(pay=500, beyond="lost")))


def history(seed: int) -> tuple[YearPlan, YearResults, Any, set[tuple[int, int]]]:
    """Five people with a year each, what they were paid by a rule, and two payments that were paid otherwise."""
    chance, rule = np.random.default_rng(seed), hidden_rule(seed)
    people = YearResults(np.round(chance.uniform(20, 180, (5, 12, 1)), 1))
    found = year_statement(rule, people)
    paid = found.paid + found.settled
    wrong = {(int(i), int(t)) for i, t in zip(chance.integers(0, 5, 2), chance.integers(0, 12, 2), strict=True)}
    for place in wrong:
        paid[place] += float(chance.integers(5, 90)) + 0.37
    return rule, people, paid, wrong


@pytest.mark.parametrize("seed", range(20))
def test_a_seeded_history_is_named_right(seed: int) -> None:
    rule, people, paid, wrong = history(seed)
    found = rule_of_history(DESCRIBED, people, paid)
    assert found.rules.year == rule.year, found.words
    assert found.rules.plan == rule.plan
    assert found.rules.draw == rule.draw
    assert found.own == (rule == DESCRIBED)
    assert {(one.person, one.period) for one in found.misfits} == wrong
    assert found.fits == 60 - len(wrong)
    assert found.payments == 60


def test_the_words_of_a_rule_that_was_found() -> None:
    _, people, paid, _ = history(7)
    assert rule_of_history(DESCRIBED, people, paid).words == (
        "each month by itself, with a draw of 400.00 that is recovered in full"
    )


def test_what_is_not_known_is_left_out() -> None:
    rule, people, paid, wrong = history(1)
    for place in wrong:
        paid[place] = np.nan
    found = rule_of_history(DESCRIBED, people, paid)
    assert found.rules.year == rule.year
    assert (found.misfits, found.fits) == ((), 60 - len(wrong))
    with pytest.raises(Refused, match="paid must be known"):
        rule_of_history(DESCRIBED, people, np.full((5, 12), np.nan))
