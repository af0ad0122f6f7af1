"""No quality: nothing in the pay moves when customers are unhappy.

What it is: no measure of quality is paid, opens a gate or multiplies the pay; to measure it alone moves nothing. A
measure counts as one of quality by its kind, by its name, or where it opens a gate or multiplies without being paid.
Where no measure says what kind it is, the plan is asked and not blamed.

Why it hurts: whoever sells most with most returns, complaints and cancellations earns most. What comes back was paid
for.

What to do: let one measure of quality open a gate or multiply the pay; as a small weight among others it is not felt.

Source: Cichelli, "Hurdles, modifiers, matrices" (Alexander Group); multipliers of 0.8 to 1.2: donyarose.com.
"""

import re
from collections.abc import Iterator

from calc.diagnosis.context import Case
from calc.diagnosis.cures.terms import modified_by_quality
from calc.diagnosis.finding import Finding
from calc.messages import Fact, Sentence
from calc.plan.kpi import Kpi

QUALITY_SOURCE = "quality as a gate or a multiplier: Cichelli (Alexander Group); 0.8 to 1.2: donyarose.com"
QUALITY_NAMES = re.compile(
    r"quali|calid|satisf|csat|nps|promot|complain|return|refund|retention|churn|renew|cancel|defect|error|on.?time|"
    r"deliver|accura|audit|complian|review|rating|reklam|beschwerde|zufried|качеств|довер|возврат|жалоб|удовлетв",
    re.IGNORECASE,
)
"""Words in the names of measures of quality, in the languages of the plans that were read; ours."""


def find_no_quality(case: Case) -> Iterator[Finding]:
    """One finding where no KPI that is one of quality, or may be meant as one, moves the pay."""
    plan = case.plan
    moving = set(plan.deciding)
    if any(_is_quality(k) or (k.kind == "outcome" and not k.paid) for k in plan.kpis if k.id in moving):
        return
    if all(k.kind == "outcome" for k in plan.kpis):  # as long as nobody has said what is measured
        yield _ask_for_quality(case)
        return
    yield _blame_plan(case, next((k for k in plan.kpis if _is_quality(k)), None))


def _is_quality(kpi: Kpi) -> bool:
    """Whether a KPI is one of quality by its kind or its name."""
    return kpi.kind == "quality" or bool(QUALITY_NAMES.search(f"{kpi.id} {kpi.label}"))


def _ask_for_quality(case: Case) -> Finding:
    return Finding(
        check="no_quality",
        severity="note",
        kpi=None,
        span=None,
        money=None,
        share=None,
        title=Sentence.of("Names no measure of quality"),
        says=Sentence.of(
            "No measure that moves the pay is marked as one of quality. If one of them is, mark it; if none is, a sale "
            "that comes back pays as much as one that stays."
        ),
        do=Sentence.of("Say what each measure is, or let one of quality open a gate or multiply the pay."),
        source=QUALITY_SOURCE,
        mends=lambda: modified_by_quality(case),
    )


def _blame_plan(case: Case, measured: Kpi | None) -> Finding:
    facts: dict[str, Fact] = {} if measured is None else {"kpi": case.name(measured)}
    unmoved = "{kpi} is measured, and nothing in the pay moves with it." if facts else "No measure of quality is in it."
    return Finding(
        check="no_quality",
        severity="warn",
        kpi=None if measured is None else measured.id,
        span=None,
        money=None,
        share=None,
        title=Sentence.of("Pays the same for good work and bad"),
        says=Sentence.of(unmoved + " A sale that comes back pays as much as one that stays.", **facts),
        do=Sentence.of("Let one measure of quality open a gate or multiply the pay."),
        source=QUALITY_SOURCE,
        mends=lambda: modified_by_quality(case),
    )
