"""No quality: nothing in the pay moves when customers are unhappy.

What it is: no measure of quality is paid, opens a gate or multiplies the pay; to measure it alone moves nothing.

Why it hurts: whoever sells most with most returns, complaints and cancellations earns most. What comes back was paid
for.

What to do: let one measure of quality open a gate or multiply the pay; as a small weight among others it is not felt.

Source: Cichelli, "Hurdles, modifiers, matrices" (Alexander Group); multipliers of 0.8 to 1.2: donyarose.
"""

from collections.abc import Iterator

from calc.diagnosis.context import Case
from calc.diagnosis.cures.terms import modified_by_quality
from calc.diagnosis.finding import Finding
from calc.messages import Fact, Sentence
from calc.plan.mechanics import Matrix

SOURCE = "quality as a gate or a multiplier: Cichelli (Alexander Group); 0.8 to 1.2: donyarose"


def find(case: Case) -> Iterator[Finding]:
    """One finding where no KPI of kind quality moves the pay."""
    plan = case.plan
    moving = {k.id for k in case.paid} | {g.kpi for g in plan.gates} | {m.kpi for m in plan.modifiers}
    moving |= {k.curve.with_ for k in case.paid if isinstance(k.curve, Matrix)}
    if any(k.kind == "quality" and k.id in moving for k in plan.kpis):
        return
    measured = next((k for k in plan.kpis if k.kind == "quality"), None)
    facts: dict[str, Fact] = {} if measured is None else {"kpi": case.name(measured)}
    unmoved = (
        "Nothing in the pay moves with {kpi}, which is measured." if facts else "No measure of quality is in the plan."
    )
    yield Finding(
        check="no_quality",
        severity="warn",
        kpi=None if measured is None else measured.id,
        span=None,
        money=None,
        share=None,
        title=Sentence.of("Pays the same for good work and bad"),
        says=Sentence.of(unmoved + " A sale that comes back pays as much as one that stays.", **facts),
        do=Sentence.of("Let one measure of quality open a gate or multiply the pay."),
        source=SOURCE,
        mends=lambda: modified_by_quality(case),
    )
