"""What cannot be seen is taken out of a name in every place; what is written from right to left stays, isolated."""

import pytest

from calc import Refused
from calc.documents import link, planfile
from calc.plan.visible_text import isolate_text, visible_text, without_isolates
from tests.attack import names
from ui.number_format import Formats, clip_name


@pytest.mark.parametrize("control", names.CONTROLS, ids=lambda letter: f"U+{ord(letter):04X}")
def test_no_control_is_left_in_a_name(control: str) -> None:
    shown = visible_text(f"De{control}als")
    assert shown.replace("\n", "") == "Deals"
    preset = names.preset(f"De{control}als")
    assert {k.name for k in preset.plan.kpis} == {f"{shown}0", f"{shown}1"}
    assert {preset.title, preset.source, preset.reps[0].name, preset.plan.kpis[0].unit} == {shown}


@pytest.mark.parametrize("name", ["\u202e47 %", f"\u202b{names.HEBREW}", f"a\u2066{names.HEBREW}", "\u200b", "x" * 80])
def test_no_place_shows_what_cannot_be_seen(name: str) -> None:
    assert names.wrong(name) == []


def test_a_unit_that_turns_the_direction_turns_nothing() -> None:
    opened = link.decode_link("?preset=low-ceiling&deals.unit=%E2%80%AEdeals")
    assert opened.view.preset.plan.kpi("deals").unit == "deals"
    assert Formats().result(74, opened.view.preset.plan.kpi("deals").unit) == "74 deals"


@pytest.mark.parametrize(
    "name",
    [
        "Deals",
        "é, ß, Ω, ж",
        names.HEBREW,
        "\u0645\u06cc\u200c\u062e\u0648\u0627\u0647\u0645",
        "\u0915\u094d\u200d\u0937",
        "\U0001f468\u200d\U0001f4bb",
        "日本語",
        "a\nb",
    ],
)
def test_what_people_write_is_left_alone(name: str) -> None:
    assert visible_text(name) == name
    assert without_isolates(isolate_text(name)) == name


def test_a_name_from_right_to_left_is_set_apart_from_what_stands_beside_it() -> None:
    assert isolate_text(names.HEBREW) == f"\u2068{names.HEBREW}\u2069"
    assert clip_name(isolate_text(names.HEBREW * 10), 20) == f"\u2068{(names.HEBREW * 10)[:19]}…\u2069"
    assert names.preset(names.HEBREW).plan.kpis[0].label == f"\u2068{names.HEBREW}0\u2069"
    assert Formats().result(74, names.HEBREW) == f"74 \u2068{names.HEBREW}\u2069"


def test_a_refusal_shows_no_control() -> None:
    with pytest.raises(Refused) as refused:
        planfile.parse_plan(names.document("a") | {"example": [{"results": {"\u202edlos": 1}, "pays": 1}]})
    assert refused.value.sentences[0].startswith("example[0].results.dlos is not known")
    assert not any(names.unseen(sentence) for sentence in link.decode_link("?A.at.\u202edlos=1&\u202e=2").dropped)
