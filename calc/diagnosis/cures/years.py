"""Cures of the rules of a year: one term at another value, offered only where the check finds nothing after it."""

from collections.abc import Callable, Iterator
from typing import Any

from calc.diagnosis.context import Case
from calc.diagnosis.finding import Cure, Finding
from calc.documents.planfile import Preset
from calc.messages import Sentence
from calc.plan.errors import Refused

Finds = Callable[[Case], Iterator[Finding]]


def change_year(case: Case, find: Finds, label: str, changes: Callable[[Preset], dict[str, Any]]) -> Cure | None:
    """A cure by new tables of the year; None where they are refused, change nothing, or do not mend.

    Args:
        case: what was found in.
        find: the check that found it.
        label: what is done, in words.
        changes: the new tables, by name.
    """
    try:
        after = case.preset.changed(**changes(case.preset))
    except Refused:
        return None
    if after.same_terms(case.preset) or any(True for _ in find(Case(after, after.plan.standing(case.at)))):
        return None
    return Cure(Sentence.of(label), case.preset, after)
