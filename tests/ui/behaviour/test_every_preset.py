"""The rule of what may be said, over every preset: its findings' sentences, and all that the view says beside them.

A number on sales stands only where its sign is the same in the three readings of the evidence and in both readings of
today, where people are not at the limit of effort most of the time, and with pay and net beside it.
"""

import pytest

from calc.behaviour.behave import LIMIT_BARRED, PlanConduct
from calc.diagnosis.conduct_words import Conduct
from calc.diagnosis.diagnose import diagnose_preset
from calc.documents.planfile import load_preset, preset_names
from calc.messages import Money
from ui.model.conduct import Portrait
from ui.number_format import Formats
from ui.text.behaviour import conduct as words
from ui.text.behaviour.bands import NO_NUMBER

ROWS_OF_MONEY = ("Sells", "Is paid", "Keeps after the effort")
JUMPS = {"few-pounds-short", "step-bonus", "retroactive-tiers", "show-target"}
"""Of jumps, steps, retroactive tiers and a far target on a straight line no harm in sales is found."""


def portrait_of(name: str) -> Portrait:
    preset = load_preset(name)
    return Portrait(preset, {}, diagnose_preset(preset))


@pytest.mark.parametrize("name", preset_names())
def test_a_number_stands_only_where_every_reading_agrees(name: str) -> None:
    portrait = portrait_of(name)
    formats = Formats("en_US", portrait.preset.plan.currency)
    for conduct in portrait.conducts:
        _obeys_the_rule(conduct)
    if name in JUMPS:
        assert any("not find" in conduct.says.template for conduct in portrait.conducts)
    _says_what_it_knows(portrait, formats)


def _obeys_the_rule(conduct: Conduct) -> None:
    amounts = [fact for _, fact in conduct.says.facts if isinstance(fact, Money)]
    if conduct.told is None:
        assert not amounts
        return
    assert set(conduct.told) == {"sales", "pay", "net"}
    assert conduct.told["sales"].same_sign
    assert amounts
    assert "ay is" in conduct.says.template
    assert "after the effort that it takes" in conduct.says.template
    if conduct.compared is None or conduct.check in ("late_plan", "rising_target"):
        return
    for reading in conduct.compared.readings:
        band = reading.sales_here
        assert band is None or band.high * conduct.told["sales"].high > 0.0
        assert band is None or band.same_sign
    named = conduct.compared.named
    assert named.against is not None
    for side in (named.here, named.against):
        assert not _at_the_limit(side)


def _says_what_it_knows(portrait: Portrait, formats: Formats) -> None:
    """The table has sales, pay and net beside each other, and no number at the limit; unsure signs are called so."""
    table, behaved = words.team_table(portrait, formats), portrait.behaved
    assert tuple(row[0] for row in table.rows[:3]) == ROWS_OF_MONEY
    sides = [side for side in (behaved.here, behaved.against) if side is not None]
    for column, side in enumerate(sides, start=1):
        assert (table.rows[0][column] == NO_NUMBER) == _at_the_limit(side)
    captions = [words.rep_caption(portrait, rep, there, formats) for rep, there in portrait.reps]
    assert all((caption == words.AT_THE_LIMIT) == _at_the_limit(behaved.here) for caption in captions)
    compared = portrait.compared
    if compared is None or compared.sales is None or portrait.answers.silent is not None:
        return
    differs = max(abs(compared.sales.low), abs(compared.sales.high)) >= 1e-3
    assert ("does not know" in words.unsure_sentence(portrait)) == (differs and compared.sign == 0)


def _at_the_limit(side: PlanConduct) -> bool:
    return float(side.outcome.at_limit.max()) > LIMIT_BARRED
