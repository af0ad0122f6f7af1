"""Sentences: the headline of a plan, the four figures, and somebody's text kept from being read as markup."""

import math
import re

import pytest

from calc.diagnosis.diagnose import diagnose_preset
from calc.documents import link, planfile
from calc.documents.planfile import Preset
from calc.messages import Money, Name, Result, Sentence, Share
from calc.outcomes.budget import expected_budget
from ui.model.profile import ALL_MEASURES, Scene, Stretch
from ui.number_format import Formats
from ui.text.findings import headline_of, in_html, sentence_in_words
from ui.text.words import describe_picture, plain_markdown, room_made, scene_figures, told_apart, zone_rows, zone_words


def said(name: str, changes: dict[str, object] | None = None) -> str:
    preset = link.set_terms(planfile.load_preset(name), changes or {})
    return told(preset)


def told(preset: Preset) -> str:
    formats = Formats("en_US", preset.plan.currency)
    return " ".join(sentence_in_words(sentence, formats) for sentence in headline_of(preset, diagnose_preset(preset)))


@pytest.mark.parametrize(
    ("name", "changes", "begins"),
    [
        ("unreachable-floor", {}, "Below 70 deals this plan pays nothing, and 93% of the team is there."),
        ("low-ceiling", {}, "From 200 pieces on, pay stays at $200. 74% of the team gets that far."),
        ("low-ceiling", {"deals.ceiling": None}, "98% of the team reach 100 pieces; the average is 245 pieces."),
        (
            "sound-plan",
            {},
            "Nothing in this plan stops paying: pay begins low (revenue from €32,000, gross margin from",
        ),
        ("sound-plan", {"revenue.floor": 1.0}, "Below €80,000 of revenue this measure earns nothing"),
        (
            "show-target",
            {},
            "Less than 0.1% of the team reach $500,000 of revenue; one in ten gets to $381,893. ",
        ),
        (
            "hundred-kpis",
            {},
            "12 measures move the pay. The smallest, tidy desk, pays RUB\u00a05 at target. A rep earns",
        ),
        ("late-plan", {}, "For 19 days nobody knows what is paid. Deals closed then needs"),
        ("few-pounds-short", {}, "Below £80,000 of sales this plan pays nothing, and 47% of the team is there."),
    ],
)
def test_the_costliest_comes_first(name: str, changes: dict[str, object], begins: str) -> None:
    assert said(name, changes).startswith(begins)


@pytest.mark.parametrize("name", planfile.preset_names())
def test_a_headline_is_short_and_whole(name: str) -> None:
    told = said(name)
    assert told.endswith(".")
    assert len(told) < 260
    assert "nan" not in told


@pytest.mark.parametrize("name", ["sound-plan", "unreachable-floor"])
def test_without_a_team_nobody_is_counted(name: str) -> None:
    words = told(planfile.load_preset(name).changed(team=None))
    assert "of the team" not in words
    assert "no team is described" in words or "pays nothing." in words


def test_what_is_counted_is_strong_and_a_name_is_text() -> None:
    sentence = Sentence.of("Below {end}, {kpi} pays nothing.", end=Result(70, "<i>"), kpi=Name("<b>R&D</b>"))
    assert in_html(sentence, Formats()) == (
        "Below <strong>70 &lt;i&gt;</strong>, &lt;b&gt;R&amp;D&lt;/b&gt; pays nothing."
    )


def test_the_four_figures() -> None:
    preset = planfile.load_preset("unreachable-floor")
    scene = Scene(preset.plan, "deals", {"deals": 68.0}, preset.team)
    found = scene_figures(scene, expected_budget(preset.plan, preset.team), Formats())
    assert [(f.label, f.value, f.note) for f in found] == [
        ("Pay here", "$0", "0% of the target incentive"),
        ("Pay for the next deal", "$0", "from 68 deals"),
        ("Next change in pay", "2 deals more", "then +$700 at once; flat from 200 deals"),
        ("Expected cost per rep", "$50.13", "$24,062 a year for 40 reps; $1,000 at target"),
    ]


@pytest.mark.parametrize(
    ("name", "deals", "value", "note"),
    [
        ("low-ceiling", 100.0, "100 pieces more", "then nothing more: $200 is the most"),
        ("low-ceiling", 200.0, "–", "flat from 200 pieces"),
        ("open-top", 100.0, "140 pieces more", "then +$12 for the next 10 pieces; never flat"),
        ("open-top", 300.0, "–", "climbs on; never flat"),
    ],
)
def test_the_next_change_and_where_it_goes_flat(name: str, deals: float, value: str, note: str) -> None:
    preset = planfile.load_preset(name)
    scene = Scene(preset.plan, "deals", {"deals": deals}, preset.team)
    found = scene_figures(scene, expected_budget(preset.plan, preset.team), Formats())[2]
    assert (found.value, found.note) == (value, note)


def test_a_zone_without_a_beginning_names_no_place() -> None:
    """Where a measure moves no pay at all, its flat zone goes from one end of the axis to the other."""
    preset = planfile.load_preset("low-ceiling")
    scene = Scene(preset.plan, "deals", {}, preset.team)
    everywhere = Stretch("flat", -math.inf, math.inf, 100.0, 100.0, 0.0)
    assert zone_words(scene, everywhere, Formats())[0] == "Pays the same everywhere"


def test_a_team_that_nobody_described_is_called_typical() -> None:
    plan = planfile.load_preset("unreachable-floor").plan
    found = scene_figures(Scene(plan, "deals"), expected_budget(plan, None), Formats())[3]
    assert found.note == "per rep of a typical team; $1,000 at target"


def test_the_last_deal_before_a_cliff_is_worth_the_cliff() -> None:
    preset = planfile.load_preset("unreachable-floor")
    scene = Scene(preset.plan, "deals", {"deals": 69.0}, preset.team)
    found = scene_figures(scene, expected_budget(preset.plan, preset.team), Formats())
    assert found[1].value == "+$700"


def test_all_together() -> None:
    preset = planfile.load_preset("sound-plan")
    scene = Scene(preset.plan, ALL_MEASURES, {}, preset.team)
    found = scene_figures(scene, expected_budget(preset.plan, preset.team), Formats("en_US", "EUR"))
    assert [f.value for f in found] == ["€4,500", "+€81", "100% more", "€4,643"]
    assert found[2].note == "then nothing more: €12,600 is the most"
    assert "everything together" in describe_picture(scene, ("Every step pays.",), Formats("en_US", "EUR"))


def test_the_table_has_a_row_for_each_zone() -> None:
    preset = planfile.load_preset("unreachable-floor")
    lines = zone_rows(Scene(preset.plan, "deals", {}, preset.team), Formats())
    assert [line["Here"] for line in lines] == ["pays nothing", "jumps", "climbs", "no more"]
    assert [line["For the next deal"] for line in lines] == ["$0", "+$700 at once", "+$10", "$0"]


def test_room_made_tells_both_sides() -> None:
    before = planfile.load_preset("sound-plan")
    after = link.set_terms(before, {"revenue.weight": 0.5, "margin.weight": 0.5})
    told = room_made(before.plan, after.plan, "revenue", Formats())
    assert told == "Revenue 60% → 50%; took it up: Gross margin 40% → 50%."


def test_weights_add_up_as_they_are_shown() -> None:
    before = planfile.load_preset("sound-plan")
    after = link.set_terms(before, {"revenue.weight": 0.625, "margin.weight": 0.375})
    assert room_made(before.plan, after.plan, "revenue", Formats()) == (
        "Revenue 60% → 62.5%; made room: Gross margin 40% → 37.5%."
    )


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("70.5 deals", "70.5 deals"),
        ("$700", "$700"),
        ("$x$", "\\$x\\$"),
        ("a [b](c) *d* _e_ `f` g`", "a [b]\u2060(c) \\*d\\* \\_e\\_ \\`f\\` g\\`"),
        (":red[x] <b>", ":\u2060red[x] <\u2060b>"),
        ("# a\n\n- b", "\u2060# a - b"),
        ("- a", "\u2060- a"),
        ("1. a", "1\u2060. a"),
        ("www.a.b https://c d@e", "www\u2060.a.b https\u2060://c d@\u2060e"),
        ("a -> b", "a -\u2060> b"),
    ],
)
def test_somebodys_text_stays_text(text: str, kept: str) -> None:
    assert plain_markdown(text) == kept


@pytest.mark.parametrize(
    "name",
    ["Revenue: new (EU) | US", "Calls_per_day", "Score [points]", "C#", "R&D {x}", "3 * 4", "Below 5 > 4", "a_b_c ~ d"],
)
def test_a_name_is_read_out_without_a_backslash(name: str) -> None:
    """A field's label is read out as it was written, before Markdown takes its backslashes away."""
    assert plain_markdown(name) == name


@pytest.mark.parametrize(
    ("name", "begins"),
    [("orders", "Orders pays $5 more. Orders"), ("eNPS", "eNPS pays $5 more. eNPS"), ("NPS", "NPS pays $5 more. NPS")],
)
def test_every_sentence_begins_with_a_capital(name: str, begins: str) -> None:
    sentence = Sentence.of(
        "{kpi} pays {more} more. {kpi} it is. {few} know.", kpi=Name(name), more=Money(5), few=Share(1e-5)
    )
    words = sentence_in_words(sentence, Formats())
    assert words.startswith(begins)
    assert words.endswith(". Less than 0.1% know.")
    assert in_html(sentence, Formats()).endswith(". <strong>Less than 0.1%</strong> know.")


def test_names_that_are_cut_to_the_same_are_told_apart() -> None:
    long = "Counted when it is signed, region "
    told = told_apart({"a": f"{long}north", "b": f"{long}south", "c": "", "d": "Margin"}, 26)
    assert len(set(told.values())) == 4
    assert [told["a"][-4:], told["b"][-4:], told["c"], told["d"]] == [" (1)", " (2)", "c", "Margin"]


@pytest.mark.parametrize("name", planfile.preset_names())
def test_no_sentence_of_a_preset_begins_in_lower_case(name: str) -> None:
    preset = planfile.load_preset(name)
    formats = Formats("en_US", preset.plan.currency)
    for finding in diagnose_preset(preset):
        for part in (finding.title, finding.says, finding.do):
            text = sentence_in_words(part, formats)
            assert not re.search(r"(^|[.!?] )[a-z](?![A-Z])", text), text


def test_a_distance_is_told_in_whole_units() -> None:
    preset = planfile.load_preset("unreachable-floor")
    scene = Scene(preset.plan, "deals", {"deals": 25.96}, preset.team)
    assert scene_figures(scene, expected_budget(preset.plan, preset.team), Formats())[2].value == "44 deals more"
