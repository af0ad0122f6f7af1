"""The picture as a plotly figure: exact where the plan is, in words where it goes flat, nothing on top of another."""

import math
import re
from itertools import combinations
from typing import Any

import pytest

from calc.documents import link, planfile
from calc.documents.planfile import Preset
from calc.piecewise.pieces import NotALine
from ui.charts.axes import Stage
from ui.charts.figure import scene_figure
from ui.charts.label_layout import SIZE, Spot, text_extent
from ui.charts.palette import DARK, LIGHT_PALETTE, palette_of
from ui.model.profile import ALL_MEASURES, Scene
from ui.number_format import Formats

NAMES = planfile.preset_names()


def scenes(preset: Preset) -> list[Scene]:
    """Along every KPI, and all together where there is a line."""
    found = [Scene(preset.plan, name, {}, preset.team) for name in preset.plan.ids]
    together = Scene(preset.plan, ALL_MEASURES, {}, preset.team)
    try:
        return [*found, together] if together.curve else found
    except NotALine:
        return found


def drawn(scene: Scene, theme: str = "light") -> dict[str, Any]:
    return scene_figure(scene, scene, formats(scene), theme)


def formats(scene: Scene) -> Formats:
    return Formats("en_US", scene.plan.currency, scene.plan.minor)


def trace(figure: dict[str, Any], name: str) -> dict[str, Any]:
    return next(trace for trace in figure["data"] if trace["name"] == name)


def words(figure: dict[str, Any]) -> list[str]:
    return [re.sub(r"<[^>]+>", " ", note["text"]) for note in figure["layout"]["annotations"]]


@pytest.mark.parametrize("name", NAMES)
def test_plotly_accepts_it(name: str) -> None:
    import plotly.graph_objects as go

    for scene in scenes(planfile.load_preset(name)):
        go.Figure(**drawn(scene))


@pytest.mark.parametrize("name", NAMES)
def test_its_corners_are_the_plans_own(name: str) -> None:
    """Every corner of the line is what the plan pays there, from one side or the other."""
    for scene in scenes(planfile.load_preset(name)):
        line = trace(drawn(scene), "pay")
        for x, y in zip(line["x"], line["y"], strict=True):
            if x is not None:
                sides = [scene.curve(x, side) for side in ("left", "right")]
                assert any(math.isclose(y, side, rel_tol=1e-9, abs_tol=1e-6) for side in sides), (x, y, sides)


@pytest.mark.parametrize("name", NAMES)
def test_it_says_where_the_rep_stands_and_what_goes_flat(name: str) -> None:
    scene = scenes(planfile.load_preset(name))[0]
    told = " ".join(words(drawn(scene)))
    assert "You" in told
    kinds = {stretch.kind for stretch in scene.stretches}
    if "zero" in kinds:
        assert re.search("nothing|Zero", told)
    if scene.stretches[-1].kind == "flat":
        assert re.search("No more|Flat", told)


@pytest.mark.parametrize("name", NAMES)
def test_no_label_covers_another_on_any_screen(name: str) -> None:
    for scene in scenes(planfile.load_preset(name)):
        stage = Stage(scene, scene, formats(scene), LIGHT_PALETTE)
        notes = [n for n in drawn(scene)["layout"]["annotations"] if n.get("yref") is None and n.get("xref") is None]
        for size in stage.frame.sizes:
            boxes = [box(note, stage, size) for note in notes]
            for one, other in combinations(boxes, 2):
                assert not one.meets(other)
            assert all(b.left >= 0 and b.right <= size[0] and b.top >= 0 and b.bottom <= size[1] for b in boxes)


def box(note: dict[str, Any], stage: Stage, size: tuple[float, float]) -> Any:
    across = ("left", "center", "right").index(note["xanchor"]) - 1
    up = ("top", "middle", "bottom").index(note["yanchor"]) - 1
    spot = Spot(note["x"], note["y"], across, up, note["xshift"] + 3 * across, -note["yshift"])
    return spot.box(text_extent(re.sub("</?b>", "", note["text"])), stage.frame, size)


def test_a_zone_is_as_long_as_the_plan_says() -> None:
    scene = scenes(planfile.load_preset("unreachable-floor"))[0]
    figure = drawn(scene)
    assert {x for x in trace(figure, "zero")["x"] if x is not None} == {0.0, 0.7}
    assert min(x for x in trace(figure, "flat")["x"] if x is not None) == 2.0
    assert {x for x in trace(figure, "cliffs")["x"] if x is not None} == {0.7}


def test_a_cliff_is_priced() -> None:
    told = words(drawn(scenes(planfile.load_preset("unreachable-floor"))[0]))
    assert any("cliff at 70 deals: +$700" in " ".join(text.split()) for text in told)
    prices = [t for t in words(drawn(scenes(planfile.load_preset("step-bonus"))[0])) if t.startswith("+£")]
    assert {"+£2,800", "+£2,400", "+£1,800", "+£1,400", "+£800"} <= set(prices)


def test_the_picture_holds_still_while_a_floor_moves() -> None:
    preset = planfile.load_preset("unreachable-floor")
    start = Scene(preset.plan, "deals", {}, preset.team)
    edges = set()
    for floor in (0.0, 0.3, 0.7, 1.0):
        plan = link.set_terms(preset, {"deals.floor": floor}).plan
        layout = scene_figure(Scene(plan, "deals", {}, preset.team), start, formats(start), "light")["layout"]
        edges.add((*layout["xaxis"]["range"], *layout["yaxis"]["range"]))
    assert len(edges) == 1


def test_better_is_always_to_the_right() -> None:
    preset = planfile.load_preset("talk-time")
    scene = Scene(preset.plan, "talk_time", {}, preset.team)
    labels = [re.sub(r"<[^>]+>", " ", t).split()[0] for t in drawn(scene)["layout"]["xaxis"]["ticktext"]]
    results = [float(label.replace("−", "-")) for label in labels]
    assert results == sorted(results, reverse=True)
    assert min(results) >= 0


def test_somebodys_name_is_no_markup() -> None:
    preset = link.set_terms(planfile.load_preset("sound-plan"), {"revenue.name": "<b>R&D</b>", "revenue.unit": "<i>u"})
    figure = drawn(Scene(preset.plan, "revenue", {}, preset.team))
    told = str(figure["layout"])
    assert "<i>" not in told
    assert "<b>R" not in told
    assert "&lt;b&gt;R&amp;D" in told


# The look


def luminance(colour: str) -> float:
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    red, green, blue = (c / 12.92 if c <= 0.03928 else ((c + 0.055) / 1.055) ** 2.4 for c in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


@pytest.mark.parametrize("colours", [LIGHT_PALETTE, DARK], ids=["light", "dark"])
def test_words_and_line_stand_out_from_the_page(colours: Any) -> None:
    page = luminance(colours.page)
    for name in ("text", "quiet", "zero_text", "flat_text", "cliff_text", "curve"):
        dark, light = sorted((luminance(getattr(colours, name)), page))
        assert (light + 0.05) / (dark + 0.05) >= 4.5, name


def test_an_unknown_theme_is_light() -> None:
    assert palette_of(None) is LIGHT_PALETTE
    assert palette_of("dark") is DARK
    assert SIZE >= 12


@pytest.mark.parametrize("name", NAMES)
def test_the_hump_of_the_team_is_named_on_every_picture(name: str) -> None:
    preset = planfile.load_preset(name)
    for kpi in preset.plan.kpis[:4]:
        scene = Scene(preset.plan, kpi.id, {}, preset.team)
        for lane in (True, False):
            labels = [
                note.get("name")
                for note in scene_figure(scene, scene, Formats(), "light", lane)["layout"]["annotations"]
            ]
            assert ("team" in labels) == (scene.crowd is not None), kpi.id
