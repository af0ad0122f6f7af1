"""What is doubtful in people's numbers once they stand together: sizes, currencies, and results that have no target."""

from collections.abc import Iterator, Mapping, Sequence
from statistics import median

from calc.plan.plan import Plan
from calc.tables.person_period import PersonPeriod
from calc.tables.sheets.questions import Answer, Question

WIDEST_SPAN = 1e5
"""Targets of one measure that are so many times apart are asked about."""
FAR_OFF = 50.0
"""A median result of so many times its target, or so small a part of it, is in another unit."""
LEAST_SUMMED = 3
"""Rows from which on a last one that adds up the others is asked about."""
WHOLE_FILES = "the files"
KEEP = Answer("keep", "they are right as they stand")


def doubts_about(
    rows: Sequence[PersonPeriod], currencies: frozenset[str], answers: Mapping[str, str], plan: Plan | None
) -> Iterator[Question]:
    """What must be answered about people's numbers.

    Args:
        rows: people and periods.
        currencies: the currencies that the files name.
        answers: what was answered already, by the key of the question.
        plan: the plan that pays them, if any.
    """
    measures = dict.fromkeys(m for row in rows for m in (*row.targets, *row.results))
    for measure in measures:
        for question in (_span_of_targets(rows, measure), _unit_of_results(rows, measure, plan)):
            if question is not None and question.key not in answers:
                yield question
        if f"no_target.{measure}" not in answers and (question := _without_target(rows, measure)) is not None:
            yield question
    if "sum" not in answers and (question := _sum_of_the_others(rows)) is not None:
        yield question
    named = currencies | (frozenset() if plan is None or not currencies else {plan.currency})
    if len(named) > 1 and "currency" not in answers:
        asks = f"The amounts are in {', '.join(sorted(named))}, and are not converted. Is that meant?"
        yield Question("currency", WHOLE_FILES, asks, (Answer("one", "they are one currency, whatever is written"),))


def _sum_of_the_others(rows: Sequence[PersonPeriod]) -> Question | None:
    """A last row that adds up all the others, by another name than that of a total."""
    if len(rows) < LEAST_SUMMED:
        return None
    *others, last = rows
    told = [(kind, measure) for kind in ("targets", "results") for measure in getattr(last, kind)]
    sums = [sum(getattr(row, kind).get(measure, 0.0) for row in others) for kind, measure in told]
    same = all(
        total and abs(getattr(last, kind)[measure] - total) <= 1e-9 * abs(total)
        for (kind, measure), total in zip(told, sums, strict=True)
    )
    if not told or not same:
        return None
    asks = f"The last row, {last.person[:40]!r}, is the sum of all the others. Is it a person?"
    return Question("sum", WHOLE_FILES, asks, (Answer("keep", "it is a person"),))


def _span_of_targets(rows: Sequence[PersonPeriod], measure: str) -> Question | None:
    """Targets that lie so far apart that sums and averages drown in the largest."""
    sizes = [abs(row.targets[measure]) for row in rows if row.targets.get(measure)]
    if not sizes or max(sizes) < WIDEST_SPAN * min(sizes):
        return None
    times = max(sizes) / min(sizes)
    asks = f"The targets of {measure} run from {min(sizes):,.12g} to {max(sizes):,.12g}, {times:,.0f} times as much."
    return Question(f"span.{measure}", WHOLE_FILES, f"{asks} Are they right?", (KEEP,), "keep")


def _unit_of_results(rows: Sequence[PersonPeriod], measure: str, plan: Plan | None) -> Question | None:
    """Results that are in another unit than their targets."""
    kpi = plan.kpi(measure) if plan is not None and measure in plan.ids else None
    if kpi is not None and (kpi.scale is not None or kpi.better == "lower"):
        return None
    own = kpi.target if kpi is not None and kpi.has_target else None
    pairs = [(row.results[measure], row.targets.get(measure, own)) for row in rows if row.results.get(measure)]
    ratios = [abs(result / target) for result, target in pairs if target]
    if not ratios or 1 / FAR_OFF < median(ratios) < FAR_OFF:
        return None
    asks = (
        f"Half of the results of {measure} are {median(ratios):,.3g} times their target or more. Are both in one unit?"
    )
    return Question(f"scale.{measure}", WHOLE_FILES, asks, (KEEP,))


def _without_target(rows: Sequence[PersonPeriod], measure: str) -> Question | None:
    """People with results and no target of their own, where others have one."""
    lacking = [row for row in rows if measure in row.results and measure not in row.targets]
    aimed = any(measure in row.targets for row in rows)
    if not lacking or not aimed:
        return None
    names = dict.fromkeys(row.person for row in lacking)
    told = ", ".join(list(names)[:5]) + (f" and {len(names) - 5:,} more" if len(names) > 5 else "")
    asks = f"No target of {measure} is given for {told}, while there are results. What counts for them?"
    ways = (Answer("plan", "the plan's own target"), Answer("leave out", "they are left out"))
    return Question(f"no_target.{measure}", WHOLE_FILES, asks, ways, "leave out")
