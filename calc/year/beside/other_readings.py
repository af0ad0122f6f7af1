"""The same year under the other readings: what each sentence that could be read otherwise costs, in money.

One thing is read otherwise at a time, and everything else stays as the plan has it: the reading itself, what a running
total is held against, when it begins again, whether a tier pays the whole amount, what a limit does with the rest, how
a part of a year is counted, what becomes of a payment below zero. A reading that does not fit the plan is left out.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from calc.piecewise.vectorized import Floats
from calc.plan.errors import Refused
from calc.plan.kpi import Kpi
from calc.plan.plan import Plan
from calc.year.settle import year_statement
from calc.year.year_periods import PeriodName, periods_within
from calc.year.year_plan import YearPlan
from calc.year.year_results import YearResults

MAIN_READINGS: tuple[tuple[str, str | None, str], ...] = (
    ("by_period", None, "each {period} by itself"),
    ("running_total", "whole", "the {span} so far against the whole target, less what was paid"),
    ("running_total", "to_date", "the {span} so far against the target to date, less what was paid"),
    ("rate_reached", "whole", "this {period} at the rate that the {span} so far has reached"),
    ("rate_reached", "to_date", "this {period} at the rate reached, against the target to date"),
)
"""Readings of one sentence: the term `reading`, the term `against`, and the words."""
RESTARTS: tuple[PeriodName, ...] = ("quarter", "half-year", "year")
"""After what a running total may begin again."""
PRORATION_WORDS = {
    "days_of_year": "a part of the year by its days",
    "days_of_period": "a part of each {period} by its days",
    "months_of_year": "a part of the year by whole months",
    "months_of_period": "a part of each {period} by whole months",
}
BEYOND_LIMIT: dict[str, tuple[dict[str, Any], str]] = {
    "lost": ({}, "what is beyond the limit is lost"),
    "reconciled": ({"overpaid": "taken_back", "on": "payment"}, "what is beyond the limit is made up for at the end"),
    "held": ({"held_at_end": "paid", "on": "payment"}, "what is beyond the limit waits for a {period} with room"),
}
BELOW_ZERO_WORDS = {
    "allowed": "a {period} below zero is taken back at once",
    "carried": "a {period} below zero is carried to later ones",
    "forgiven": "a {period} below zero is forgiven",
}
TARGET_CHANGES = {
    "blended": "targets that change are one mean over the year",
    "stretches": "targets that change hold each in its own stretch",
}


@dataclass(frozen=True)
class YearReadingResult:
    """A year under one reading.

    Args:
        words: the reading, in words.
        rules: the plan and its rules under it.
        totals: (n,) what each is paid over all payments [money].
        difference: what it pays more than the plan as it is, over all people [money].
        own: whether it is the plan as it is.
    """

    words: str
    rules: YearPlan
    totals: Floats
    difference: float
    own: bool = False

    @property
    def total(self) -> float:
        """What all are paid [money]."""
        return float(self.totals.sum())


def other_readings(rules: YearPlan, people: YearResults) -> tuple[YearReadingResult, ...]:
    """The same year under every reading that fits the plan: the plan's own first, then the most expensive first.

    Args:
        rules: the plan and the rules of its year.
        people: results by payment (n, t, k) [KPI units].

    Raises:
        Refused: what is given does not fit the rules.
    """
    stands = year_statement(rules, people).total
    found = [YearReadingResult(reading_in_words(rules), rules, stands, 0.0, True)]
    seen = [rules]
    for words, other in read_otherwise(rules):
        if other in seen:
            continue
        seen.append(other)
        try:
            totals = year_statement(other, people).total
        except Refused:
            continue
        rounded = round(float((totals - stands).sum()), rules.plan.minor) + 0.0
        found.append(YearReadingResult(words, other, totals, rounded))
    return (found[0], *sorted(found[1:], key=lambda one: (-one.total, one.words)))


def reading_in_words(rules: YearPlan) -> str:
    """The reading of a plan's year, in words.

    >>> from calc.documents.planfile import load_preset
    >>> reading_in_words(load_preset("low-ceiling").year_plan)
    'each month by itself'
    """
    year = rules.year
    if year.reading == "shared_ladder":
        return "one ladder that several measures climb together"
    words = next(words for name, against, words in MAIN_READINGS if (name, against) == (year.reading, year.against))
    return _worded(rules, words, year.begins_again)


def read_otherwise(rules: YearPlan) -> Iterator[tuple[str, YearPlan]]:
    """Every plan that differs in one reading, with that reading in words; those that are refused are left out."""
    for words, change in _other_terms(rules):
        try:
            yield words, change()
        except Refused:
            continue


def _other_terms(rules: YearPlan) -> Iterator[tuple[str, Any]]:
    year = rules.year
    if year.reading != "shared_ladder":
        for name, against, words in MAIN_READINGS:
            again = year.begins_again or "year"
            yield (
                _worded(rules, words, again),
                lambda name=name, against=against: with_reading(rules, name, against),
            )
    if year.reading != "by_period":
        for again in RESTARTS:
            if again != year.begins_again and (periods_within(rules.periods.paid, again) or 1) > 1:
                words = f"begins again every {again}" if again != "year" else "begins again only with the year"
                yield words, lambda again=again: replace(rules, year=year.changed(begins_again=again))
    yield from _other_tiers(rules)
    yield from _other_rules(rules)


def _other_rules(rules: YearPlan) -> Iterator[tuple[str, Any]]:
    """Limits, payments below zero, parts of a year and targets that change, each read otherwise."""
    year, prorated, limit = rules.year, rules.proration, rules.year.limit
    period = rules.periods.paid
    if limit is not None:
        for beyond, (terms, words) in BEYOND_LIMIT.items():
            yield words.format(period=period), lambda b=beyond, t=terms: _with_limit(rules, b, t)
    if year.below_zero is not None:
        for handled, words in BELOW_ZERO_WORDS.items():
            yield (
                words.format(period=period),
                lambda handled=handled: replace(rules, year=year.changed(below_zero=handled)),
            )
    if prorated is not None:
        for by, words in PRORATION_WORDS.items():
            yield (
                words.format(period=period),
                lambda by=by: replace(rules, proration=prorated.changed(by=by)),
            )
    if year.changes:
        for told, words in TARGET_CHANGES.items():
            yield words, lambda told=told: replace(rules, year=year.changed(changed_targets=told))


def _with_limit(rules: YearPlan, beyond: str, terms: dict[str, Any]) -> YearPlan:
    limit = rules.year.limit
    assert limit is not None
    on = None if limit.on is None else "payment" if beyond != "lost" else limit.on
    kept: dict[str, Any] = {"overpaid": None, "held_at_end": None} | terms | {"beyond": beyond, "on": on}
    again = rules.year.begins_again or "year"
    return replace(rules, year=rules.year.changed(limit=limit.changed(**kept), begins_again=again))


def _other_tiers(rules: YearPlan) -> Iterator[tuple[str, Any]]:
    """Tiers that pay the whole amount at the rate reached, or each rate on its own slice."""
    words = {"marginal": "each rate on its own slice", "retroactive": "the rate reached on the whole amount"}
    for apply, said in words.items():
        changed = with_tiers(rules.plan, apply)
        if changed != rules.plan:
            yield said, lambda changed=changed: replace(rules, plan=changed)


def with_tiers(plan: Plan, apply: str) -> Plan:
    """The plan with all its tiers paid on their own slices (`marginal`), or on everything (`retroactive`).

    Raises:
        Refused: a tier adds a lump, which only tiers on everything do.
    """
    kpis = tuple(_with_apply(k, apply) for k in plan.kpis)
    return plan if kpis == plan.kpis else plan.changed(kpis=kpis)


def _with_apply(kpi: Kpi, apply: str) -> Kpi:
    """A KPI whose curve says what its rates are applied to, with that changed; any other as it is."""
    if kpi.curve is None or "apply" not in type(kpi.curve).model_fields:
        return kpi
    return kpi.changed(curve=kpi.curve.changed(apply=apply))


def with_reading(rules: YearPlan, reading: str, against: str | None) -> YearPlan:
    """The plan's year under another reading; what that reading needs besides is as the plan has it, or as is usual.

    Raises:
        Refused: the reading does not fit the plan.
    """
    year, limit = rules.year, rules.year.limit
    runs = reading == "running_total"
    if limit is not None:
        on = (limit.on or "payment") if runs else None
        limit = limit.changed(on=on)
    changed: dict[str, Any] = {"reading": reading, "against": against, "limit": limit, "ladder": None}
    needs = reading != "by_period"
    changed["begins_again"] = year.begins_again or ("year" if needs else None)
    changed["below_zero"] = year.below_zero or ("allowed" if needs else None)
    return replace(rules, year=year.changed(**changed))


def _worded(rules: YearPlan, words: str, again: str | None) -> str:
    return words.format(period=rules.periods.paid, span=again or "year")


def largest_spread(found: tuple[YearReadingResult, ...]) -> float:
    """The difference between the most and the least that a reading pays all people together [money]."""
    totals = np.array([one.total for one in found])
    return float(totals.max() - totals.min())
