"""An idle measure: a tenth more on it is not felt.

What it is: a paid KPI on which a tenth of the target more, from where the rep stands, hardly moves the pay. Its money
is what that tenth pays.

Why it hurts: it costs attention, a column and an argument each period, and nobody works for it.

What to do: give it enough weight to be felt, or look at it without paying it.

Source: IntelligentSPM (weights below 15 % are an alarm bell); Performio (below 20 %).
"""

from collections.abc import Iterator

from calc.diagnosis.context import Case, better_word, result_difference
from calc.diagnosis.cures.terms import fold_kpis
from calc.diagnosis.finding import Finding
from calc.messages import Money, Sentence, Share
from calc.plan.kpi import Kpi

MOVE_BY = 0.1


def find_idle_kpi(case: Case) -> Iterator[Finding]:
    """A finding for each KPI but the main one on which a tenth more moves the pay less than practice asks.

    A KPI that is heavy enough and stands on a level stretch is no idle one: that is a flat or a zero zone. Nor is a
    rate of its own, such as that of a small product: it costs no weight.
    """
    results = case.plan.standing(case.at)
    for kpi in (k for k in case.paid[1:] if k.weight and k.has_target and _moves_by_a_tenth(k)):
        stands = float(kpi.attainment(results[kpi.id]))
        along = case.along(kpi)
        pay, moved = float(along(stands)), float(along(stands + MOVE_BY) - along(stands))
        heavy = case.plan.targeted[kpi.id] * MOVE_BY >= case.practice.idle * case.plan.incentive
        if 0.0 <= moved < case.practice.idle * pay and (moved or not heavy):
            yield _make_finding(case, kpi, stands, moved, pay)


def _moves_by_a_tenth(kpi: Kpi) -> bool:
    """Whether a tenth of the target is something that a rep can bring: of what counts in whole units, a unit."""
    return not kpi.counted or kpi.span * MOVE_BY >= 1.0


def _make_finding(case: Case, kpi: Kpi, stands: float, moved: float, pay: float) -> Finding:
    pays, main, tenth = case.money(moved), case.main, result_difference(kpi, MOVE_BY * kpi.span)
    return Finding(
        check="idle_kpi",
        severity="warn",
        kpi=kpi.id,
        span=(round(stands, 9), round(stands + MOVE_BY, 9)),
        money=pays,
        share=None,
        title=Sentence.of(
            "Pays {pays} for {tenth} " + better_word(kpi) + " in {kpi}",
            pays=Money(pays),
            tenth=tenth,
            kpi=case.name(kpi),
        ),
        says=Sentence.of(
            "A tenth of the target, {tenth} in {kpi}, adds {pays} to the pay of {pay}: {part} of it.",
            kpi=case.name(kpi),
            tenth=tenth,
            pay=Money(case.pay()),
            pays=Money(pays),
            part=Share(moved / pay),
        ),
        do=Sentence.of(
            "Give it enough weight to be felt, so that a tenth moves {least} of the pay, or stop paying it.",
            least=Share(case.practice.idle),
        ),
        source=case.practice.source("idle"),
        mends=lambda: fold_kpis(
            case,
            main,
            [kpi],
            Sentence.of("Fold {kpi} into {main}; it stays measured", kpi=case.name(kpi), main=case.name(main)),
        ),
    )
