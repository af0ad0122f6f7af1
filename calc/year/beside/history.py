"""Your words and your numbers: which rule of a year reproduces what was paid, and which payments it does not explain.

Tried are the plan's own rules, every reading of them with every restart and both ways to pay tiers, and, where the
amounts paid show one, a limit or a draw (an amount that recurs). The
rule that explains most payments is named; of several, the one with the fewest changes.
"""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from calc.piecewise.vectorized import Floats
from calc.plan.errors import Refused
from calc.year.beside.other_readings import (
    BEYOND_LIMIT,
    MAIN_READINGS,
    RESTARTS,
    read_otherwise,
    reading_in_words,
    with_reading,
    with_tiers,
)
from calc.year.rules.draw import Draw
from calc.year.rules.limit import Limit
from calc.year.settle import year_statement
from calc.year.year_plan import YearPlan
from calc.year.year_results import YearResults

RECURS = 2
"""How often an amount must have been paid to show a limit or a draw."""
MAX_AMOUNTS = 2
"""Amounts that are tried as a limit or a draw, those that were paid most often first."""
MAX_BASES = 4
"""Readings that a limit or a draw is tried with, those that explain most."""
CLEARLY = 0.9
"""The part of what was paid that a reading explains for no limit or draw to be looked for."""
_DRAWN = {"kind": "recoverable", "at_year_end": "carried"}
DRAW_KINDS: dict[str, dict[str, Any]] = {
    "a draw of {amount} that is recovered in full": {**_DRAWN, "recovers": 1},
    "a draw of {amount}, half of the rest recovered": {**_DRAWN, "recovers": 0.5},
    "a guarantee of {amount}": {"kind": "guarantee", "settled": "each_payment"},
}
_TIERS = {"marginal": "each rate on its own slice", "retroactive": "the rate reached on the whole amount"}


@dataclass(frozen=True)
class Misfit:
    """A payment that the rule does not explain: whose, which (from 0), what was paid, what the rule pays [money]."""

    person: int
    period: int
    paid: float
    expected: float


@dataclass(frozen=True)
class HistoryFit:
    """The rule that reproduces what was paid.

    Args:
        words: the rule, in words.
        rules: the plan and its rules.
        own: whether it is the plan as it is.
        fits, payments: how many payments it explains, of how many.
        misfits: those that it does not, the largest difference first.
        own_fits: how many the plan as it is explains.
        also: other rules that explain as many.
    """

    words: str
    rules: YearPlan
    own: bool
    fits: int
    payments: int
    misfits: tuple[Misfit, ...]
    own_fits: int
    also: tuple[str, ...] = ()


def rule_of_history(rules: YearPlan, people: YearResults, paid: Floats) -> HistoryFit:
    """The rule of a year that explains most of what was paid.

    Args:
        rules: the plan and its rules, as somebody has described them.
        people: results by payment of n people.
        paid: (n, t) what each was paid [money]; NaN where it is not known.

    Raises:
        Refused: nothing is known of what was paid.
    """
    known = np.isfinite(paid)
    if not known.any():
        raise Refused("paid must be known of a payment at least (got none)")
    tried = [*_tried(_candidates(rules), people, paid, rules.plan.minor)]
    if max(one.fits for one in tried) < CLEARLY * known.sum():
        bases = sorted(tried, key=lambda one: -one.fits)[:MAX_BASES]
        recurring = (pair for base in bases for pair in _with_recurring(base.words, base.rules, paid[known]))
        tried += _tried(recurring, people, paid, rules.plan.minor)
    most = max(one.fits for one in tried)
    best, *others = (one for one in tried if one.fits == most)
    wrong = np.argwhere(known & ~_explains(best.expected, paid, rules.plan.minor))
    misfits = [Misfit(int(i), int(t), float(paid[i, t]), float(best.expected[i, t])) for i, t in wrong]
    misfits.sort(key=lambda one: -abs(one.paid - one.expected))
    return HistoryFit(
        words=best.words,
        rules=best.rules,
        own=best.rules == rules,
        fits=most,
        payments=int(known.sum()),
        misfits=tuple(misfits),
        own_fits=tried[0].fits,
        also=tuple(one.words for one in others),
    )


@dataclass(frozen=True, eq=False)
class _Tried:
    """A rule, how many payments it explains, and what it pays (n, t)."""

    fits: int
    words: str
    rules: YearPlan
    expected: Floats


def _tried(
    candidates: Iterable[tuple[str, YearPlan]], people: YearResults, paid: Floats, decimals: int
) -> Iterator[_Tried]:
    """Each rule once, with what it explains; what does not fit the people is left out."""
    seen: list[YearPlan] = []
    for words, candidate in candidates:
        if candidate in seen:
            continue
        seen.append(candidate)
        try:
            statement = year_statement(candidate, people)
        except Refused:
            continue
        expected = statement.paid + statement.settled
        yield _Tried(int(_explains(expected, paid, decimals).sum()), words, candidate, expected)


def _explains(expected: Floats, paid: Floats, decimals: int) -> Any:
    """Which payments are as expected, to the smallest unit; none that is not known."""
    return np.abs(expected - paid) <= 0.5000001 * 10.0**-decimals


def _candidates(rules: YearPlan) -> Iterator[tuple[str, YearPlan]]:
    """Readings to try, those with the fewest changes first."""
    yield reading_in_words(rules), rules
    yield from read_otherwise(rules)
    yield from _readings(rules)


def _readings(rules: YearPlan) -> Iterator[tuple[str, YearPlan]]:
    """Every reading with every restart and both ways to pay tiers."""
    if rules.year.reading == "shared_ladder":
        return
    for name, against, _ in MAIN_READINGS:
        for again in RESTARTS if name != "by_period" else (rules.year.begins_again,):
            for apply in ("", *_TIERS):
                try:
                    base = with_reading(rules, name, against)
                    base = base if again is None else replace(base, year=base.year.changed(begins_again=again))
                    found = base if not apply else replace(base, plan=with_tiers(base.plan, apply))
                except Refused:
                    continue
                told = "" if not apply or found.plan == rules.plan else f", {_TIERS[apply]}"
                yield reading_in_words(found) + told, found


def _with_recurring(words: str, rules: YearPlan, paid: Floats) -> Iterator[tuple[str, YearPlan]]:
    """The rules with a limit or a draw that the amounts paid show."""
    counts = Counter(np.round(paid, rules.plan.minor).tolist())
    for amount, times in counts.most_common(MAX_AMOUNTS):
        if times >= RECURS and amount > 0:
            for more, candidate in (*_with_limit_of(rules, amount), *_with_draw_of(rules, amount)):
                yield f"{words}, with {more}", candidate


def _with_limit_of(rules: YearPlan, amount: float) -> Iterator[tuple[str, YearPlan]]:
    if rules.year.limit is not None:
        return
    for beyond, (terms, _) in BEYOND_LIMIT.items():
        on = "payment" if rules.year.reading == "running_total" else None
        again = rules.year.begins_again or (None if beyond == "lost" else "year")
        words = f"a limit of {amount:,.{rules.plan.minor}f}, the rest {beyond}"
        try:
            limit = Limit(pay=amount, beyond=beyond, **{**terms, "on": on})
            yield words, replace(rules, year=rules.year.changed(limit=limit, begins_again=again))
        except Refused:
            continue


def _with_draw_of(rules: YearPlan, amount: float) -> Iterator[tuple[str, YearPlan]]:
    if rules.draw is not None:
        return
    for words, terms in DRAW_KINDS.items():
        try:
            draw = Draw(amount=amount, **terms)
            yield words.format(amount=f"{amount:,.{rules.plan.minor}f}"), replace(rules, draw=draw)
        except Refused:
            continue
