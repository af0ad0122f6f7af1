"""Into which periods the days of deals are put: those of the targets, what their heading says, or the plan's.

A quarterly quota without a quarter holds for every quarter. Where nothing says how long the periods are, or the
heading of the quota and the plan say two things, it is asked.
"""

from collections.abc import Iterable, Sequence

from calc.plan.plan import Plan
from calc.tables.file_rows import FileRows
from calc.tables.sheets.heading_words import words_of
from calc.tables.sheets.match import FileMatch
from calc.tables.sheets.periods import PeriodKind
from calc.tables.sheets.questions import Answer, Question

CALENDAR_KINDS: tuple[PeriodKind, ...] = ("week", "month", "quarter", "half-year", "year")
"""Periods into which days can be put."""
_SAID: dict[str, PeriodKind] = {
    **dict.fromkeys(("weekly", "semanal", "semana", "week"), "week"),
    **dict.fromkeys(("monthly", "mensal", "mensual", "month", "monat"), "month"),
    **dict.fromkeys(("quarterly", "trimestral", "quarter", "quartal"), "quarter"),
    **dict.fromkeys(("annual", "yearly", "anual", "year", "jahr"), "year"),
}
"""Words of a target's heading that say how long its period is."""
ALL_ONE_PERIOD = Answer("whole", "all of the file is one period")


def period_of_deals(
    others: Iterable[FileRows], matches: Sequence[FileMatch], plan: Plan | None
) -> tuple[PeriodKind | None, Question | None]:
    """The periods into which the days of deals are put, None for one period; and the question that is open.

    Args:
        others: the files that are no deals.
        matches: the matches of all files, with their answers.
        plan: the plan that pays, if any.
    """
    read = [one for one in others if any(_aims(role) for role in one.match.columns.values())]
    deals = [one for one in matches if one.shape == "deals" and one.headings("date")]
    answer = next((one.answers["period"] for one in matches if "period" in one.answers), None)
    if answer is not None or not deals:
        return next((kind for kind in CALENDAR_KINDS if kind == answer), None), None
    met = {period.kind for one in read for row in one.rows if (period := one.periods.get(row)) is not None}
    calendar = [kind for kind in CALENDAR_KINDS if kind in met]
    if len(calendar) == 1:
        return calendar[0], None
    headings = [heading for one in read for heading, role in one.match.columns.items() if _aims(role)]
    said = {_SAID[word] for heading in headings for word in words_of(heading) if word in _SAID}
    said |= {kind for kind in CALENDAR_KINDS if plan is not None and kind == plan.period}
    if len(said) == 1:
        return said.pop(), None
    if not read and plan is None:
        return None, None
    asks = "For how long a period is a target? The deals are put together by it."
    ways = (*(Answer(kind, f"a {kind}") for kind in CALENDAR_KINDS), ALL_ONE_PERIOD)
    return None, Question("period", "the deals", asks, ways)


def _aims(role: str) -> bool:
    return role == "target" or role.startswith("target.")
