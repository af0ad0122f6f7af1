"""How much each deal of a file counts, for every KPI whose result is made of deals.

A KPI that says in the plan file how deals count takes them so. Where none does, the deals are the results of one KPI,
added up or counted as a map file says.
"""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from calc.piecewise.vectorized import Floats
from calc.plan.errors import Refused
from calc.plan.kpi import Kpi
from calc.plan.plan import Plan
from calc.tables.file_rows import FileRows
from calc.tables.recognise import UNNAMED_COLUMN
from calc.tables.sheets.deal_filters import deals_that_meet


@dataclass(frozen=True)
class CountedDeals:
    """What deals count.

    Args:
        measures: by measure, what each row counts (n,) [its unit]; none where it is not known which measure it is.
        bad: by row, why a deal cannot be counted.
    """

    measures: Mapping[str, Floats]
    bad: Mapping[int, str]


def counted_deals(read: FileRows, plan: Plan | None) -> CountedDeals:
    """What every deal of a file counts.

    Raises:
        Refused: a KPI counts deals by a column that the file does not have.
    """
    amounts = _amounts(read)
    measures, bad = dict[str, Floats](), dict[int, str]()
    for kpi in () if plan is None else plan.kpis:
        if kpi.deals is not None:
            counts, faults = _by_rule(read, kpi, amounts)
            measures[kpi.id] = counts
            bad |= faults
    named = _named_measure(read, plan, bool(measures))
    if named is not None and named not in measures:
        counted = amounts is None or read.match.answers.get("value") == "count"
        measures[named] = np.ones(len(read.sheet)) if amounts is None or counted else amounts
    for counts in measures.values():
        bad |= {int(row): "has no amount" for row in np.flatnonzero(np.isnan(counts))}
    return CountedDeals(measures, bad)


def _amounts(read: FileRows) -> Floats | None:
    """The amounts of the deals (n,), not a number where there is none; None where the file has no such column."""
    headings = [heading for heading in read.match.headings("amount") if heading in read.numbers]
    return read.numbers[headings[0]] if headings else None


def _named_measure(read: FileRows, plan: Plan | None, ruled: bool) -> str | None:
    """The measure of deals by the map file, or the only one that there is; none where KPIs say it themselves."""
    answered = read.match.answers.get("measure")
    if answered or ruled:
        return answered
    if plan is None:
        return UNNAMED_COLUMN
    return plan.deciding[0] if len(plan.deciding) == 1 else None


def _by_rule(read: FileRows, kpi: Kpi, amounts: Floats | None) -> tuple[Floats, dict[int, str]]:
    """What each row counts for a KPI by its own rule, 0 where it does not meet it; and rows that cannot be judged."""
    rule = kpi.deals
    assert rule is not None
    if amounts is None and (rule.sizes or rule.value == "amount"):
        raise Refused(f"{read.sheet.name} must have a column of amounts, by which {kpi.id} counts deals (got none)")
    sized = amounts is not None and (rule.sizes or rule.value == "amount")
    counts = rule.counts_of(amounts if amounts is not None and sized else np.ones(len(read.sheet)))
    bad: dict[int, str] = {}
    for heading, word in rule.where:
        met, faults = deals_that_meet(read.sheet, heading, word, read.match.answers)
        counts[[row for row in range(len(counts)) if row not in met]] = 0.0
        bad |= faults
    return counts, bad
