"""A guarantee that hides the first sales: up to some result, selling pays no more than not selling.

What it is: in a guaranteed payment of the rep's year, results from 0 up to where the guarantee is passed all pay the
same. Its money is the guarantee.

Why it hurts: the first sales are the hardest, and the habit of them is what a ramp is for. Where the guarantee lies
above what a sound first month earns, a new rep learns that selling does not matter yet.

What to do: guarantee less than what the ramped target pays, and add what is sold on top of a part of it.

Source: practice: guarantees of three to six months for people who are new (Alexander Group, QuotaPath); that it should
leave the first sales worth something is our own rule. How many is arithmetic.
"""

from collections.abc import Iterator
from typing import Any

from calc.diagnosis.context import Case
from calc.diagnosis.cures.years import change_year
from calc.diagnosis.finding import Finding
from calc.diagnosis.year_case import WORTH_NOTHING, YearCase
from calc.documents.planfile import Preset
from calc.messages import Money, Number, Result, Sentence


def find_guarantee_hides(case: Case) -> Iterator[Finding]:
    """A finding for the guaranteed payment in which most sales are worth nothing, from the ramped target on."""
    year = case.year
    if year is None or not _guarantees(year):
        return
    hidden = {t: _hidden_units(year, t) for t in range(year.people.count)}
    payments = [t for t, units in hidden.items() if units >= max(float(year.targets[t]), WORTH_NOTHING)]
    if payments:
        worst = max(payments, key=lambda t: hidden[t])
        yield _make_finding(case, year, (worst, hidden[worst], len(payments)))


def _guarantees(year: YearCase) -> bool:
    draw, ramp = year.rules.draw, year.rules.ramp
    return (ramp is not None and ramp.guarantee is not None) or (draw is not None and draw.kind == "guarantee")


def _hidden_units(year: YearCase, period: int) -> float:
    """Up to which result a payment pays what 0 pays, where that is more than nothing."""
    found = year.curves(period)
    if found is None or float(found.paid(0.0)) <= 0:
        return 0.0
    piece = next(p for p in found.paid.pieces() if p.start <= 0.0 < p.end)
    return float(piece.end) if abs(piece.slope) <= WORTH_NOTHING and piece.end < float("inf") else 0.0


def _make_finding(case: Case, year: YearCase, found: tuple[int, float, int]) -> Finding:
    period, units, payments = found
    month = year.called(period)
    curve = year.curves(period)
    assert curve is not None
    paid = Money(round(float(curve.paid(0.0)), 2))
    return Finding(
        check="guarantee_hides",
        severity="alarm" if units >= 2 * float(year.targets[period]) else "warn",
        kpi=year.kpi.id,
        span=None,
        money=case.money(paid.amount),
        share=None,
        title=Sentence.of(
            f"Pays the same for 0 and for {{units}} in {month}",
            units=Result(round(units, 2), year.kpi.unit),
        ),
        says=Sentence.of(
            f"In {{payments}} guaranteed {year.paid_word}s the whole target earns no more than the guarantee of "
            f"{{paid}}: in {month} the first {{units}} of {{kpi}} are worth nothing.",
            payments=Number(payments),
            paid=paid,
            units=Result(round(units, 2), year.kpi.unit),
            kpi=case.name(year.kpi),
        ),
        do=Sentence.of("Guarantee less than what the ramped target pays, so that the first sales are worth something."),
        source="practice of ramps and guarantees: Alexander Group, QuotaPath; our own rule for how much",
        mends=lambda: change_year(case, find_guarantee_hides, "Guarantee half as much", _halved),
    )


def _halved(preset: Preset) -> dict[str, Any]:
    """The tables with half the guarantee."""
    if preset.ramp is not None and preset.ramp.guarantee is not None:
        return {"ramp": preset.ramp.changed(guarantee=preset.ramp.guarantee / 2)}
    return {} if preset.draw is None else {"draw": preset.draw.changed(amount=preset.draw.amount / 2)}
