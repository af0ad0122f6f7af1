"""A draw that swallows the accelerator: so much is owed that the next deals pay nothing out.

What it is: in a payment of the rep's year, pay along the result is flat from where the rep stands, because what is
earned goes into what is owed, or is below the draw. Its money is what is owed after the payment in which it is most.

Why it hurts: whoever owes three months of pay sells for somebody else. The people who most need to sell have the least
reason to, and those who can leave with the debt unpaid do.

What to do: recover a part of what exceeds the draw, and forgive the rest at the year's end; or pay a guarantee for the
first months, of which nothing is owed.

Source: practice: recoverable draws run for a start, and are recovered over time (WorldatWork; Alexander Group). What
may be recovered is a question of law that differs by place. The numbers are arithmetic of the rep's year.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np

from calc.diagnosis.context import Case
from calc.diagnosis.cures.years import change_year
from calc.diagnosis.finding import Finding
from calc.diagnosis.year_case import YearCase
from calc.documents.planfile import Preset
from calc.messages import Money, Number, Result, Sentence


@dataclass(frozen=True)
class _Swallowed:
    """The payment in which most more units pay nothing out, how many those are, and what is owed before them."""

    period: int
    units: float
    owed: float
    payments: int


def find_draw_swallows(case: Case) -> Iterator[Finding]:
    """A finding where the next units of several payments pay nothing out, because of what is owed."""
    year = case.year
    if year is None or year.rules.draw is None or year.rules.draw.kind != "recoverable":
        return
    found = _most_swallowed(year)
    if found is not None:
        yield _make_finding(case, year, found)


def _most_swallowed(year: YearCase) -> _Swallowed | None:
    """The worst payment, where in a quarter of the payments one more unit pays nothing out."""
    owed = year.statement.owed[0]
    before = np.concatenate([[0.0], owed[:-1]])
    flat = {}
    for t in range(year.people.count):
        units = year.flat_from(t) if before[t] > 0 or owed[t] > 0 else 0.0
        if units is not None and units >= 1.0:
            flat[t] = units
    if len(flat) * 4 < year.people.count or not flat:
        return None
    worst = max(flat, key=lambda t: flat[t])
    return _Swallowed(worst, flat[worst], float(owed.max()), len(flat))


def _make_finding(case: Case, year: YearCase, found: _Swallowed) -> Finding:
    still = float(year.statement.owed[0, -1])
    more = " At the year's end {still} is still owed." if still > 0 else ""
    return Finding(
        check="draw_swallows",
        severity="alarm" if found.payments * 2 >= year.people.count else "warn",
        kpi=year.kpi.id,
        span=None,
        money=case.money(found.owed),
        share=None,
        title=Sentence.of(
            f"Pays nothing out for the next {{units}} in {year.called(found.period)}: the draw comes first",
            units=Result(np.floor(found.units), year.kpi.unit),
        ),
        says=Sentence.of(
            f"In {{payments}} of {{all}} {year.paid_word}s one more of {{kpi}} pays nothing out: up to {{owed}} is "
            "owed for what was paid in advance, and what is earned goes there." + more,
            payments=Number(found.payments),
            all=Number(year.people.count),
            kpi=case.name(year.kpi),
            owed=Money(found.owed),
            **({"still": Money(still)} if still > 0 else {}),
        ),
        do=Sentence.of("Recover only a part of what exceeds the draw, or guarantee the first months."),
        source="practice of recoverable draws: WorldatWork, Alexander Group; numbers: arithmetic of the rep's year",
        mends=lambda: change_year(case, find_draw_swallows, "Guarantee what the draw advanced", _guaranteed),
    )


def _guaranteed(preset: Preset) -> dict[str, Any]:
    """The draw as a guarantee of the first quarter of a year."""
    draw = preset.draw
    if draw is None:
        return {}
    first = max(preset.year_plan.periods.in_year // 4, 1)
    kept = draw.changed(
        kind="guarantee",
        recovers=None,
        at_year_end=None,
        settled="each_payment",
        ends=draw.starts + first - 1,
        recovery_starts=1,
        recovery_ends=None,
        most_recovered=None,
    )
    return {"draw": kept}
