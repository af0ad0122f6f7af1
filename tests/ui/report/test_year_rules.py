"""The rules of a year in sentences: whole ones, for every preset, and no term that can change without a word."""

import re
from collections.abc import Iterator

import pytest

from calc.documents import link, planfile
from calc.plan.errors import Refused
from calc.year.settle import year_statement
from ui.number_format import Formats
from ui.report.words.year_rules import year_part

US = Formats("en_US", "USD")
YEARS = [name for name in planfile.preset_names() if planfile.load_preset(name).has_year]
TABLES = ("year", "draw", "ramp", "proration", "holdback", "recovery")


def test_a_plan_without_a_year_says_nothing_of_one() -> None:
    assert year_part(planfile.load_preset("low-ceiling"), US) == ()


@pytest.mark.parametrize("name", YEARS)
def test_it_is_told_in_whole_sentences(name: str) -> None:
    (part,) = year_part(planfile.load_preset(name), US)
    assert len(part.sentences) >= 2
    for sentence in part.sentences:
        assert re.fullmatch(r"[A-Z0-9].*[.]", sentence), sentence
        assert not re.search(r"nan|inf\b|None|  |-\d{3}", sentence), sentence


def test_the_words_of_a_draw() -> None:
    (part,) = year_part(planfile.load_preset("endless-draw"), US)
    assert part.sentences == (
        "You are paid once a month.",
        "Each month counts by itself: what you sold before it neither helps nor hurts.",
        "Every month you are paid at least $3,000.",
        "What that adds is an advance, which you owe: of what you earn beyond it later, 100% goes into what you owe.",
        "What you still owe at the year's end goes on into the next year.",
    )


def test_no_term_of_a_year_that_moves_pay_changes_without_a_word() -> None:
    moved = [other for name in YEARS for other in _otherwise_paid(planfile.load_preset(name))]
    assert len(moved) > 20
    assert [path for path, before, after in moved if before == after] == []


def _otherwise_paid(preset: planfile.Preset) -> Iterator[tuple[str, object, object]]:
    """Every single term that pays the rep otherwise at another value, with the words before and after."""
    before = year_part(preset, US)
    for path in (path for path in link.term_paths(preset) if path.partition(".")[0] in TABLES):
        for other in _others(link.term_value(preset, path)):
            try:
                changed = link.set_terms(preset, {path: other})
            except Refused:
                continue
            if _paid(changed) != _paid(preset):
                yield path, before, year_part(changed, US)


def _paid(preset: planfile.Preset) -> list[list[float]]:
    found = year_statement(preset.year_plan, preset.year_results)
    return [found.paid[0].tolist(), found.settled[0].tolist(), found.owed[0].tolist()]


def _others(value: object) -> list[object]:
    if isinstance(value, bool):
        return [not value]
    if isinstance(value, int | float):
        return [value + 1, value / 2]
    words = ("to_date", "whole", "quarter", "carried", "forgiven", "allowed", "guarantee", "all", "ramps", "by_period")
    return [word for word in words if word != value]
