"""Moved deals: the plan pays for booking a deal in another payment than the one in which it was won.

What it is: at the end of some payment of the rep's year, booking up to a tenth of its target in the next one, or
pulling it in, brings more in all. Its money is the most that one such move brings.

Why it hurts: the same deals, won on the same days, are worth more on another. People hold them back or press
customers, and forecasts are wrong twice. A tier that pays the whole amount, and an accelerator that begins again every
month, do it most.

What to do: pay the running total of the year, less what was paid: then the day of a deal does not matter.

Source: Larkin (2014) puts the cost of such timing at 6-8 % of revenue in one firm: a risk, not a law. The gain is
arithmetic of the rep's year.
"""

from collections.abc import Iterator
from typing import Any

from calc.diagnosis.context import Case
from calc.diagnosis.cures.years import change_year
from calc.diagnosis.finding import Finding, Severity, grade_value
from calc.diagnosis.year_case import YearCase
from calc.documents.planfile import Preset
from calc.messages import Money, Number, Result, Sentence
from calc.year.beside.moving import MovePrice
from calc.year.year_terms import Year


def find_moved_deals(case: Case) -> Iterator[Finding]:
    """A finding where moving deals over the end of a payment pays."""
    year = case.year
    if year is None or not year.moves:
        return
    best = max(year.moves, key=lambda move: move.gain)
    severity = _severity_of(case, year, best)
    if severity is not None:
        yield _make_finding(case, year, best, severity)


def _severity_of(case: Case, year: YearCase, best: MovePrice) -> Severity | None:
    payments = year.statement.incentives.shape[1]
    whole = float(year.statement.incentives[0].sum()) / payments or float(year.statement.earned[0].sum()) / payments
    if whole <= 0:
        return None
    return grade_value(best.gain / whole, case.practice.moving_gain, case.practice.moving_gain_alarm)


def _make_finding(case: Case, year: YearCase, best: MovePrice, severity: Severity) -> Finding:
    here, there = year.called(best.period), year.called(best.period + 1)
    moved = Result(abs(best.moved), year.kpi.unit)
    paying = [move for move in year.moves if move.gain > 0]
    later = best.moved > 0
    return Finding(
        check="moved_deals",
        severity=severity,
        kpi=year.kpi.id,
        span=None,
        money=case.money(best.gain),
        share=None,
        title=Sentence.of(
            f"Pays {{gain}} for holding {{moved}} back from {here}"
            if later
            else f"Pays {{gain}} for pulling {{moved}} into {here}",
            gain=Money(case.money(best.gain)),
            moved=moved,
        ),
        says=Sentence.of(
            (
                f"Booked in {there} instead of {here}, {{moved}} of {{kpi}} bring {{gain}} more in all."
                if later
                else f"Booked in {here} already, and not in {there}, {{moved}} of {{kpi}} bring {{gain}} more in all."
            )
            + f" Moving deals pays at {{paying}} of {{ends}} ends of a {year.paid_word}.",
            moved=moved,
            kpi=case.name(year.kpi),
            gain=Money(case.money(best.gain)),
            paying=Number(len(paying)),
            ends=Number(len(year.moves)),
        ),
        do=Sentence.of(
            "Pay the running total of the year, less what was paid: the day of a deal then does not matter."
        ),
        source=case.practice.source("moving_gain"),
        mends=lambda: change_year(case, find_moved_deals, "Pay the running total of the year", _running),
    )


def _running(preset: Preset) -> dict[str, Any]:
    """The year read as a running total against the target to date."""
    year = preset.year or Year(reading="by_period")
    limit = None if year.limit is None else year.limit.changed(on=year.limit.on or "payment")
    terms: dict[str, Any] = {"reading": "running_total", "against": year.against or "to_date", "ladder": None}
    terms |= {"begins_again": "year", "below_zero": year.below_zero or "carried", "limit": limit}
    return {"year": year.changed(**terms)}
