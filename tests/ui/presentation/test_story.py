"""The steps of a presentation: what is told of a plan, in which order, in whose words, and with what picture."""

import math
import re
from collections.abc import Sequence
from dataclasses import replace

import pytest

from calc.diagnosis.diagnose import diagnose_preset
from calc.diagnosis.finding import Finding
from calc.documents import link, planfile
from calc.documents.link import View
from calc.documents.planfile import Preset
from calc.messages import Sentence
from calc.outcomes.expected_cost import Cost
from calc.outcomes.expected_cost import cost_of_plan as cost_of
from ui.charts.figure import stage_figure
from ui.charts.palette import palette_of
from ui.model.conduct import Portrait
from ui.number_format import Formats
from ui.presentation import story
from ui.presentation.shots import held_still
from ui.presentation.story import StoryStep, tell_steps
from ui.presentation.story_words import opening_of
from ui.text.findings import headline_of, sentence_in_words

NAMES = planfile.preset_names()
SICK = [
    name for name in NAMES if any(finding.severity != "note" for finding in diagnose_preset(planfile.load_preset(name)))
]
SOUND = [name for name in NAMES if name not in SICK]


def count(preset: Preset) -> Cost:
    return cost_of(preset.plan, preset.team)


def told(view: View) -> tuple[StoryStep, ...]:
    return tell_steps(view, diagnose_preset, count)


def opened(query: str) -> View:
    found = link.decode_link(query)
    assert not found.dropped, found.dropped
    return found.view


def of(name: str) -> tuple[StoryStep, ...]:
    return told(View(planfile.load_preset(name), name))


def formats(view: View) -> Formats:
    return Formats("en_US", view.preset.plan.currency, view.preset.plan.minor)


def kinds(found: Sequence[StoryStep]) -> list[str]:
    return [step.kind for step in found]


def words(step: StoryStep) -> str:
    """All that an audience is to read of a step, its source left out."""
    parts = [step.headline, *step.says, *step.also, *([step.do] if step.do else [])]
    return " ".join(part if isinstance(part, str) else sentence_in_words(part, Formats()) for part in parts)


# Every preset


@pytest.mark.parametrize("name", SICK)
def test_a_sick_plan_is_told_from_its_story_to_its_cure(name: str) -> None:
    found = kinds(of(name))
    assert found[:2] == ["title", "pays"]
    assert 1 <= len(found[2:-2]) <= story.MAX_FINDINGS_TOLD
    assert set(found[2:-2]) <= {"alarm", "warn"}
    assert found[-2:] == ["cure", "end"]


@pytest.mark.parametrize("name", SOUND)
def test_a_sound_plan_is_told_without_a_cure(name: str) -> None:
    found = kinds(of(name))
    assert found[:3] == ["title", "pays", "sound"]
    assert set(found[3:-1]) <= {"note"}
    assert found[-1] == "end"


@pytest.mark.parametrize("name", NAMES)
def test_a_finding_is_told_in_the_words_of_the_diagnosis_with_its_place_lit(name: str) -> None:
    preset = planfile.load_preset(name)
    judged = {finding.title: finding for finding in diagnose_preset(preset)}
    for step in of(name):
        if step.kind not in ("alarm", "warn", "note"):
            continue
        finding = judged[step.headline]  # type: ignore[index]
        assert step.kind == finding.severity
        assert step.says == (finding.says,)
        assert step.do == finding.do
        assert step.small == finding.source
        assert step.shot is not None
        if finding.kpi is not None:
            assert step.shot.scene.along == finding.kpi
            assert step.shot.lit == finding.span
        else:
            assert step.shot.lit is None


@pytest.mark.parametrize("name", NAMES)
def test_every_step_but_the_first_has_a_picture_over_axes_that_hold_still(name: str) -> None:
    view = View(planfile.load_preset(name), name)
    first, *rest = told(view)
    assert first.shot is None
    shots = held_still([step.shot for step in rest if step.shot is not None], formats(view), palette_of("light"))
    assert len(shots) == len(rest)
    axes: dict[tuple[str, str], set[tuple[float, ...]]] = {}
    for shot in shots:
        figure = stage_figure(shot.stage(formats(view), palette_of("light")))
        kpi, layout = shot.scene.kpi, figure["layout"]
        assert kpi is not None
        results = sorted(round(kpi.result(edge), 6) for edge in layout["xaxis"]["range"])
        axes.setdefault((shot.scene.along, kpi.unit), set()).add((*results, *layout["yaxis"]["range"]))
        pay = next(trace for trace in figure["data"] if trace["name"] == "pay")
        assert all(math.isfinite(y) for y in pay["y"] if y is not None)
        assert len(pay["x"]) >= 2
    assert all(len(seen) == 1 for seen in axes.values()), axes


@pytest.mark.parametrize("name", NAMES)
def test_a_step_is_one_message_that_can_be_read_from_a_wall(name: str) -> None:
    for step in of(name):
        assert len(words(step).split()) <= 100, words(step)
        title = step.headline if isinstance(step.headline, str) else sentence_in_words(step.headline, Formats())
        assert 0 < len(title) <= 90
        assert not title.endswith(".")
        assert "{" not in words(step)


def test_the_tour_is_read_in_a_minute() -> None:
    found = of("unreachable-floor")
    assert kinds(found) == ["title", "pays", "alarm", "alarm", "alarm", "cure", "end"]
    read = [replace(step, also=(), do=None) for step in found]
    assert sum(len(words(step).split()) for step in read) <= 260


# The cure


@pytest.mark.parametrize("name", [name for name in SICK if planfile.load_preset(name).cured_by])
def test_the_cure_is_the_preset_that_is_named_for_it(name: str) -> None:
    preset, found = planfile.load_preset(name), of(name)
    after = planfile.load_preset(str(preset.cured_by))
    cure, end = found[-2:]
    assert cure.headline == after.title
    assert cure.shot is not None
    assert cure.shot.scene.plan == after.plan
    assert end.opens is not None
    assert link.encode_view(end.opens) == f"?preset={preset.cured_by}"
    said = " ".join(sentence_in_words(sentence, Formats()) for sentence in headline_of(after, diagnose_preset(after)))
    assert sentence_in_words(end.headline, Formats()) in said  # type: ignore[arg-type]


def test_before_and_after_lie_over_the_same_results() -> None:
    cure = of("unreachable-floor")[-2]
    assert cure.shot is not None
    assert cure.shot.before is not None
    figure = stage_figure(cure.shot.stage(Formats(), palette_of("light")))
    before = next(trace for trace in figure["data"] if trace["name"] == "before")
    # Its target is 54 deals, and the old plan's jump at 70 deals lies at 70 of 54.
    assert any(x is not None and math.isclose(x, 70 / 54) for x in before["x"])


def test_what_it_costs_is_the_cost_of_both_plans() -> None:
    cure = of("unreachable-floor")[-2]
    was, now = (count(planfile.load_preset(name)).expected for name in ("unreachable-floor", "reachable-plan"))
    assert f"Expected cost ${was:,.2f} → ${now:,.0f} per rep and month" in words(cure)
    assert "Alarms 4 → 0, warnings 1 → 0." in words(cure)


def test_a_plan_that_was_changed_is_mended_by_its_findings() -> None:
    view = opened("?preset=unreachable-floor&deals.floor=0.6&deals.pays_at_floor=0.6")
    found = told(view)
    assert kinds(found)[:3] == ["title", "pays", "changed"]
    assert kinds(found)[-2:] == ["cure", "end"]
    assert "changed since" in words(found[0])
    finding = next(f for f in diagnose_preset(view.preset) if f.cure is not None)
    assert finding.cure is not None
    assert found[-2].headline == finding.cure.label
    end = found[-1].opens
    assert end is not None
    assert not any(f.severity == "alarm" for f in diagnose_preset(end.preset))
    assert link.decode_link(link.encode_view(end)).view.preset.plan == end.preset.plan


def test_a_plan_without_a_story_is_told_as_well() -> None:
    bare = planfile.load_preset("low-ceiling").changed(title="", description="", source="", cured_by=None)
    found = told(View(bare))
    assert found[0].headline == "A plan of its own"
    assert kinds(found)[:3] == ["title", "pays", "alarm"]
    assert kinds(found)[-2:] == ["cure", "end"]


def test_two_plans_are_laid_over_each_other() -> None:
    found = told(opened("?preset=reachable-plan&A.preset=unreachable-floor"))
    pair = next(step for step in found if step.kind == "pair")
    assert pair.shot is not None
    assert pair.shot.names == ("A", "B")
    assert pair.shot.before is not None
    assert pair.shot.before.plan == planfile.load_preset("unreachable-floor").plan
    assert "A: The floor nobody reaches B: A plan within reach" in words(pair)


def test_two_plans_that_share_no_measure_are_told_without_an_overlay() -> None:
    found = told(opened("?preset=customer-first&A.preset=unreachable-floor"))
    pair = next(step for step in found if step.kind == "pair")
    assert pair.shot is not None
    assert pair.shot.before is None
    assert "Expected cost" not in words(pair)


# How it pays


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("unreachable-floor", "Pays $1,000 a month for 100 deals"),
        ("unreachable-floor", "Below 70 deals it pays nothing; reaching it unlocks $700."),
        ("unreachable-floor", "From 200 deals on it pays no more: $2,000 is the most."),
        ("every-pound-counts", "£80,000 of sales Pay begins with the first unit of sales. Pay is uncapped."),
        ("talk-time", "Of the target incentive, 50% is for sales and 50% for average talk time."),
        ("talk-time", "Above 8 minutes of average talk time that part pays nothing."),
        (
            "hundred-kpis",
            "Of the target incentive, 42% is for orders, 20% for revenue, 10% for second product sold and",
        ),
        ("retroactive-tiers", "It jumps 2 times, by up to €400."),
    ],
)
def test_how_it_pays(name: str, expected: str) -> None:
    step = of(name)[1]
    currency = formats(View(planfile.load_preset(name)))
    parts = [p if isinstance(p, str) else sentence_in_words(p, currency) for p in (step.headline, *step.says)]
    assert expected in " ".join(parts)


# What is told together


def test_what_one_cure_mends_is_one_message() -> None:
    groups = story.group_findings(diagnose_preset(planfile.load_preset("done-by-the-tenth")))
    assert [[finding.check for finding in group] for group in groups] == [
        ["flat_zone", "ceiling_in_reach", "pay_stops_early"],
        ["target_too_easy"],
    ]


def test_a_check_is_told_once_and_its_other_places_are_named() -> None:
    found = of("hundred-kpis")
    idle = [step for step in found if "A tenth of the target" in words(step) and step.kind == "warn"]
    assert len(idle) == 1
    lines = [re.sub(r"\d", "n", w) for w in idle[0].also if isinstance(w, str)]
    assert lines[0] == "And n more like these"


def test_what_is_left_out_is_said() -> None:
    found = of("unreachable-floor")
    assert "And 2 more on the page" in words(found[4])


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("One. Two. Three.", "One. Two.", id="two sentences"),
        pytest.param(f"One. {'x' * 400}.", "One.", id="a second one that is too long"),
        pytest.param("x" * 400, "x" * 329 + "…", id="one that is too long"),
        pytest.param(
            "It pays 5 % up to 1.5 times.\nThen not.", "It pays 5 % up to 1.5 times. Then not.", id="decimals"
        ),
    ],
)
def test_the_opening_of_a_story(text: str, expected: str) -> None:
    assert opening_of(text) == expected


def test_where_the_rep_stands_is_drawn_only_where_somebody_put_them() -> None:
    for query, drawn_there in (("?preset=low-ceiling", False), ("?preset=low-ceiling&at.deals=150", True)):
        shot = told(opened(query))[1].shot
        assert shot is not None
        figure = stage_figure(shot.stage(Formats(), palette_of("dark")))
        here = next(trace for trace in figure["data"] if trace["name"] == "here")
        assert bool(here["x"]) is drawn_there


# What people do


def conducts(view: View, found: tuple[Finding, ...]) -> tuple[Sentence, ...]:
    portrait = Portrait(view.preset, dict(view.at), found)
    return tuple(one.says for one in portrait.conducts if one.told is not None)


@pytest.mark.parametrize("name", ["low-ceiling", "late-plan", "few-pounds-short"])
def test_what_people_do_is_one_step_with_its_band_and_what_the_model_leaves_out(name: str) -> None:
    view = View(planfile.load_preset(name), name)
    (step,) = (step for step in tell_steps(view, diagnose_preset, count, conducts) if step.kind == "people")
    assert "ay is" in words(step)
    assert " to " in words(step)
    assert step.small == story.MODEL_LIMITS
    assert step.shot is not None
    assert len(words(step).split()) <= 100
    title = step.headline if isinstance(step.headline, str) else sentence_in_words(step.headline, formats(view))
    assert len(title) <= 90


def test_of_a_sound_plan_the_model_says_nothing() -> None:
    view = View(planfile.load_preset("sound-plan"), "sound-plan")
    assert "people" not in kinds(tell_steps(view, diagnose_preset, count, conducts))
