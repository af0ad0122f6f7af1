"""The year stops paying: from one payment on, nothing more is earned in it.

What it is: in the rep's year, one more unit brings nothing from a payment on until the last one, though something was
earned before. Its money is what the results of those payments would bring at the last rate that was worth anything.

Why it hurts: a limit on the year, or a ceiling that the running total has reached, is a wall that everybody sees
coming. Deals wait for the new year, and the best people have the longest holiday.

What to do: take the limit away, or make up at the end for what it held back.

Source: that a cap costs sales: +9 % revenue without cap and quota (Misra and Nair, quoted by Chung, HBR 2015). From
which month on is arithmetic of the rep's year in the plan file.
"""

from collections.abc import Iterator
from typing import Any

import numpy as np

from calc.diagnosis.context import Case, round_step
from calc.diagnosis.cures.years import change_year
from calc.diagnosis.finding import Finding
from calc.diagnosis.year_case import WORTH_NOTHING, YearCase
from calc.documents.planfile import Preset
from calc.messages import Money, Number, Sentence

LEAST_PAYMENTS = 2
"""Payments without worth at the year's end that are a fault; one alone is the last deal's."""


def find_year_stops(case: Case) -> Iterator[Finding]:
    """A finding where the last payments of the rep's year earn nothing."""
    year = case.year
    if year is None:
        return
    first = _first_without_worth(year)
    if first is not None and year.people.count - first >= LEAST_PAYMENTS:
        yield _make_finding(case, year, first)


def _first_without_worth(year: YearCase) -> int | None:
    """The first payment from which on nothing is earned; None where something is, or never was."""
    worth = year.worth
    pays = np.flatnonzero(worth > WORTH_NOTHING)
    if not len(pays):
        return None
    first = int(pays[-1]) + 1
    flat = first < year.people.count and float(year.statement.earned[0, :first].sum()) > 0
    return first if flat else None


def _make_finding(case: Case, year: YearCase, first: int) -> Finding:
    left = year.people.count - first
    rate = float(year.worth[first - 1])
    lost = case.money(rate * float(np.abs(year.results[first:]).sum()))
    step, month = round_step(year.kpi), year.called(first)
    return Finding(
        check="year_stops",
        severity="alarm" if left * 4 >= year.people.count else "warn",
        kpi=year.kpi.id,
        span=None,
        money=lost,
        share=None,
        title=Sentence.of(f"Earns nothing more from {month} on"),
        says=Sentence.of(
            f"In the year looked at, {{one}} more of {{kpi}} still brings {{before}} in {year.called(first - 1)}. "
            f"From {month} on, for {{left}} {year.paid_word}s, it brings nothing.",
            one=case.one_more(year.kpi),
            kpi=case.name(year.kpi),
            before=Money(case.money(rate * step)),
            left=Number(left),
        ),
        do=Sentence.of("Take the limit away, or make up at the end for what it held back."),
        source="+9 % revenue without cap and quota: Misra and Nair, quoted by Chung, HBR 2015; months: arithmetic",
        mends=lambda: change_year(
            case, find_year_stops, "Make up at the end for what the limit held back", _reconciled
        ),
    )


def _reconciled(preset: Preset) -> dict[str, Any]:
    """The year with its limit reconciled."""
    year = preset.year
    if year is None or year.limit is None:
        return {}
    on = None if year.limit.on is None else "payment"
    limit = year.limit.changed(beyond="reconciled", overpaid="kept", held_at_end=None, on=on)
    return {"year": year.changed(limit=limit, begins_again=year.begins_again or "year")}
