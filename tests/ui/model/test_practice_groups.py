"""What counts as practice is shown in groups, with what this plan has changed first."""

from calc.documents import planfile
from calc.situation.practice import Practice
from ui.sections.number_table import PRACTICE_GROUPS, practice_groups


def test_every_range_stands_in_one_group() -> None:
    assert sorted(name for names in PRACTICE_GROUPS.values() for name in names) == sorted(Practice.model_fields)


def test_what_differs_from_practice_comes_first() -> None:
    preset = planfile.load_preset("unreachable-floor")
    assert [title for title, _ in practice_groups(preset)] == list(PRACTICE_GROUPS)
    (first, rules), *_ = practice_groups(preset.changed(practice=Practice(floor=0.6)))
    assert (first, [knob.path for knob, _ in rules]) == ("Changed here", ["practice.floor"])
