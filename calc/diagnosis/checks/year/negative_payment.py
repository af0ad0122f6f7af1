"""A payment below zero: what is taken back is more than what the rep has earned in it.

What it is: a payment of the rep's year that is below zero, or that would be were the rest not carried on or forgiven.
Its money is how far below zero it is.

Why it hurts: a slip that asks for money back is read as a punishment, and the law of many places does not allow it. A
good month goes into it, and whoever meets it twice leaves.

What to do: hold a part of pay back until deals are sure, and carry what is below zero to later payments.

Source: practice: reserves against cancellations in plan documents of subscription and insurance sales. What may be
taken back of wages is a question of law that differs by place, and is not answered here.
"""

from collections.abc import Iterator
from typing import Any

import numpy as np

from calc.diagnosis.context import Case
from calc.diagnosis.cures.years import change_year
from calc.diagnosis.finding import Finding
from calc.diagnosis.year_case import YearCase
from calc.documents.planfile import Preset
from calc.messages import Money, Sentence
from calc.year.year_terms import Year


def find_negative_payment(case: Case) -> Iterator[Finding]:
    """A finding for the lowest payment of the rep's year, where it is below zero."""
    year = case.year
    if year is None:
        return
    lowest = int(np.argmin(year.pays))
    if year.pays[lowest] < 0:
        yield _make_finding(case, year, lowest)


def _make_finding(case: Case, year: YearCase, lowest: int) -> Finding:
    paid, statement = float(year.pays[lowest]), year.statement
    taken = float(statement.line("taken_back")[0, lowest])
    told = "{earned} is earned in it, and {taken} is taken back." if taken else "{earned} is earned in it."
    return Finding(
        check="negative_payment",
        severity="alarm",
        kpi=year.kpi.id,
        span=None,
        money=case.money(-paid),
        share=None,
        title=Sentence.of(f"Asks for {{money}} back in {year.called(lowest)}", money=Money(-paid)),
        says=Sentence.of(
            f"The payment of {year.called(lowest)} is {{paid}}: " + told,
            paid=Money(paid),
            earned=Money(float(statement.earned[0, lowest])),
            **({"taken": Money(taken)} if taken else {}),
        ),
        do=Sentence.of("Carry what is below zero to later payments, and hold a part of pay back until deals are sure."),
        source="practice of reserves against cancellations; what may be taken back is a question of the law of a place",
        mends=lambda: change_year(case, find_negative_payment, "Carry what is below zero to later payments", _carried),
    )


def _carried(preset: Preset) -> dict[str, Any]:
    year = preset.year or Year(reading="by_period")
    return {"year": year.changed(below_zero="carried")}
