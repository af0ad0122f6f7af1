"""An unpaid start: a running total is held against the whole target, and pays nothing until late in the year.

What it is: the rep sells from the first payment on, and the first one that pays comes a quarter of the year later or
more. Its money is what the same results would have been paid by then against the target to date.

Why it hurts: pay that comes in autumn does not reward a sale in spring. People who could stay leave before it, and
those who stay sell where it is sure.

What to do: hold the running total against the target to date.

Source: payout within a quarter of the sale is common in plan documents; the limit is our own. Months are arithmetic of
the rep's year.
"""

from collections.abc import Iterator
from typing import Any

import numpy as np

from calc.diagnosis.context import Case
from calc.diagnosis.cures.years import change_year
from calc.diagnosis.finding import Finding, grade_value
from calc.diagnosis.year_case import YearCase
from calc.documents.planfile import Preset
from calc.messages import Fact, Money, Number, Result, Sentence
from calc.plan.errors import Refused
from calc.year.settle import year_statement


def find_unpaid_start(case: Case) -> Iterator[Finding]:
    """A finding where a running total against the whole target pays nothing for too long."""
    year = case.year
    if year is None or year.rules.year.against != "whole":
        return
    paying = np.flatnonzero(year.pays > 0)
    first = int(paying[0]) if len(paying) else year.people.count
    if not first or not float(np.abs(year.results[0])):
        return
    rule, alarm = case.practice.unpaid_start, case.practice.unpaid_start_alarm
    if grade_value(first / year.rules.periods.in_year, rule, alarm) is not None:
        yield _make_finding(case, year, first)


def _make_finding(case: Case, year: YearCase, first: int) -> Finding:
    part = first / year.rules.periods.in_year
    severity = grade_value(part, case.practice.unpaid_start, case.practice.unpaid_start_alarm)
    assert severity is not None
    sold = Result(float(year.results[:first].sum()), year.kpi.unit)
    instead = _paid_to_date(case.preset, first)
    facts: dict[str, Fact] = {} if instead is None else {"instead": Money(case.money(instead))}
    more = " Against the target to date it would have paid {instead} by then." if facts else ""
    never = first == year.people.count
    month = year.called(first - 1 if never else first)
    return Finding(
        check="unpaid_start",
        severity=severity,
        kpi=year.kpi.id,
        span=None,
        money=instead,
        share=None,
        title=Sentence.of(f"Pays nothing up to {month}" if never else f"Pays nothing until {month}"),
        says=Sentence.of(
            f"For {{payments}} {year.paid_word}s {{sold}} of {{kpi}} pay nothing, as they are held against the target "
            "of the whole year." + more,
            payments=Number(first),
            sold=sold,
            kpi=case.name(year.kpi),
            **facts,
        ),
        do=Sentence.of("Hold the running total against the target to date."),
        source=case.practice.source("unpaid_start"),
        mends=lambda: change_year(case, find_unpaid_start, "Hold it against the target to date", _to_date),
    )


def _to_date(preset: Preset) -> dict[str, Any]:
    return {} if preset.year is None else {"year": preset.year.changed(against="to_date")}


def _paid_to_date(preset: Preset, first: int) -> float | None:
    """What the same results would have been paid by then against the target to date [money]."""
    try:
        after = preset.changed(**_to_date(preset))
        paid = year_statement(after.year_plan, after.year_results).paid[0]
    except Refused:
        return None
    return round(float(paid[:first].sum()), 2)
