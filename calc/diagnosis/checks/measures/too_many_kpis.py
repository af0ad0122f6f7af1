"""Too many measures: nobody can work out the pay in their head.

What it is: more measures move the pay than people keep in mind, whether they are paid, open a gate, multiply, or form
the other side of a grid. Its money is what the smallest of them pays at target.

Why it hurts: attention is spread until no measure is worth an effort. People pick the two or three that they
understand, and the rest is reporting.

What to do: one main thing and no more than two or three others; the rest may be looked at without being paid.

Source: Alexander Group, Colletti-Fiss and QuotaPath (three at most); Wilson Group (scorecards of three to five).
"""

from collections.abc import Iterator

from calc.diagnosis.context import Case
from calc.diagnosis.cures.terms import LIGHT_WEIGHT, fold_kpis
from calc.diagnosis.finding import Cure, Finding, Severity
from calc.messages import Fact, Money, Number, Sentence
from calc.plan.kpi import Kpi

UNPAID = 3
"""How many measures beyond a scorecard's may open gates and multiply before it alarms, though few are paid; ours."""


def find_too_many_kpis(case: Case) -> Iterator[Finding]:
    """A finding where more measures move the pay than most plans keep to."""
    severity = _severity_of(case)
    if severity is not None:
        yield _make_finding(case, severity)


def _count_moving(case: Case) -> int:
    """How many KPIs move the pay."""
    return len(case.plan.deciding)


def _severity_of(case: Case) -> Severity | None:
    practice, moving = case.practice, _count_moving(case)
    if len(case.paid) >= practice.measures_alarm or moving > practice.measures_warn + UNPAID:
        return "alarm"
    if moving > practice.measures_warn:
        return "warn"
    return "note" if moving > practice.measures else None


def _make_finding(case: Case, severity: Severity) -> Finding:
    at_target = case.plan.split_at_target
    smallest = min(case.paid, key=lambda k: at_target[k.id])
    pays, moving, paid = at_target[smallest.id], Number(_count_moving(case)), Number(len(case.paid))
    least: dict[str, Fact] = {"kpi": case.name(smallest), "pays": Money(pays)} if case.has_targets else {}
    some: dict[str, Fact] = {} if paid == moving else {"paid": paid}
    return Finding(
        check="too_many_kpis",
        severity=severity,
        kpi=None,
        span=None,
        money=pays,
        share=None,
        title=Sentence.of(
            "Uses {moving} measures, " + ("{paid} of them paid" if some else "all of them paid"), moving=moving, **some
        ),
        says=Sentence.of(
            "{moving} measures move the pay." + (" The smallest, {kpi}, pays {pays} at target." if least else ""),
            moving=moving,
            **least,
        ),
        do=Sentence.of(
            "Keep one main measure and a few beside it; most plans have no more than {most}.",
            most=Number(case.practice.measures),
        ),
        source=case.practice.source("measures", "measures_warn"),
        mends=lambda: _offer_cure(case, severity),
    )


def _offer_cure(case: Case, severity: Severity) -> Cure | None:
    """Fold what is light into the main KPI; where that is not enough, all but the heaviest."""
    weighted = [k for k in case.paid if not k.in_money]
    light = [k for k in weighted[1:] if (k.weight or 0.0) < LIGHT_WEIGHT]
    for rest in (light, weighted[case.practice.measures :]):
        offered = fold_kpis(case, weighted[0], rest, _cure_label(case, weighted[0], rest)) if rest else None
        if offered is not None and _severity_of(Case(offered.after)) not in ("alarm", severity):
            return offered
    return None


def _cure_label(case: Case, main: Kpi, light: list[Kpi]) -> Sentence:
    return Sentence.of(
        "Fold {count} small measures into {main}; they stay measured", count=Number(len(light)), main=case.name(main)
    )
