"""An idle measure: a tenth more on it is not felt.

What it is: a paid KPI on which a tenth of the target more, from where the rep stands, hardly moves the pay. Its money
is what that tenth pays.

Why it hurts: it costs attention, a column and an argument each period, and nobody works for it.

What to do: give it enough weight to be felt, or look at it without paying it.

Source: IntelligentSPM (weights below 15 % are an alarm bell); Performio (below 20 %).
"""

from collections.abc import Iterator

from calc.diagnosis.context import Case
from calc.diagnosis.cures.terms import folded
from calc.diagnosis.finding import Finding
from calc.messages import Money, Sentence, Share
from calc.plan.kpi import Kpi

TENTH = 0.1


def find(case: Case) -> Iterator[Finding]:
    """A finding for each KPI but the main one on which a tenth more moves the pay less than practice asks.

    A KPI that is heavy enough and stands on a level stretch is no idle one: that is a flat or a zero zone.
    """
    for kpi in case.paid[1:]:
        stands = float(kpi.attainment(case.plan.standing(case.at)[kpi.id]))
        along = case.along(kpi)
        pay, more = float(along(stands)), float(along(stands + TENTH) - along(stands))
        heavy = case.plan.targeted[kpi.id] * TENTH >= case.practice.idle * case.plan.incentive
        if 0.0 <= more < case.practice.idle * pay and (more or not heavy):
            yield _finding(case, kpi, stands, more, pay)


def _finding(case: Case, kpi: Kpi, stands: float, more: float, pay: float) -> Finding:
    pays, main = case.money(more), case.main
    return Finding(
        check="idle_kpi",
        severity="warn",
        kpi=kpi.id,
        span=(round(stands, 9), round(stands + TENTH, 9)),
        money=pays,
        share=None,
        title=Sentence.of("Pays {pays} for a tenth more on {kpi}", pays=Money(pays), kpi=case.name(kpi)),
        says=Sentence.of(
            "A tenth more on {kpi} moves the pay from {pay} by {pays}, which is {part} of it.",
            kpi=case.name(kpi),
            pay=Money(case.money(pay)),
            pays=Money(pays),
            part=Share(more / pay),
        ),
        do=Sentence.of(
            "Give it weight enough to be felt, so that a tenth moves {least} of the pay, or measure it unpaid.",
            least=Share(case.practice.idle),
        ),
        source=case.practice.source("idle"),
        mends=lambda: folded(
            case,
            main,
            [kpi],
            Sentence.of("Fold {kpi} into {main}; it stays measured", kpi=case.name(kpi), main=case.name(main)),
        ),
    )
