"""The rows that a browser draws while a handle is dragged: each is the engine's own curve for that value."""

import json
import math
from dataclasses import replace
from typing import Any

import pytest

from calc.documents import link, planfile
from calc.documents.planfile import Preset
from calc.outcomes.difference import pay_line
from ui.charts import difference, layers, overlay
from ui.charts.axes import Stage, scene_corners
from ui.charts.drag_frames import line_between, scene_with, sweep_rows
from ui.charts.handles import Handle, handles_of
from ui.charts.palette import palette_of
from ui.model.knobs import kpi_knobs, stand_knob
from ui.model.profile import ALL_MEASURES, Scene
from ui.number_format import Formats
from ui.session import workspace as desks

SIZE = (700.0, 440.0)
LINE = next(i for i, layer in enumerate(layers.LAYERS) if layer is layers._pay_trace)
BEFORE, GAP = layers.LAYERS.index(overlay.line_before), layers.LAYERS.index(difference.gap_line)
CASES = [
    (name, handle)
    for name in ("unreachable-floor", "few-pounds-short", "gate-and-modifier", "customer-first", "two-way-matrix")
    for handle in ("floor", "ceiling", "target", "you")
]


def staged(name: str, along: str | None = None) -> tuple[Preset, Stage]:
    preset = planfile.load_preset(name)
    along = along or next(kpi.id for kpi in preset.plan.kpis if kpi.paid)
    scene = Scene(preset.plan, along, {}, preset.team)
    formats = Formats("en_US", preset.plan.currency, preset.plan.minor)
    return preset, Stage(scene, scene, formats, palette_of("light"), lane=True)


def held(name: str, word: str, along: str | None = None) -> tuple[Stage, Handle]:
    preset, stage = staged(name, along)
    return stage, next(handle for handle in handles_of(stage, preset, preset) if handle.word == word)


def drawn_line(stage: Stage, row: dict[str, Any]) -> list[tuple[float, float]]:
    """The corners of the line in a row; those at rest where the row leaves them out."""
    rest = layers.LAYERS[LINE](stage)
    trace: Any = row["traces"].get(LINE, rest)
    return [(x, y) for x, y in zip(trace["x"], trace.get("y", rest["y"]), strict=True) if x is not None]


def exists(name: str, word: str) -> bool:
    preset, stage = staged(name)
    return any(handle.word == word for handle in handles_of(stage, preset, preset))


@pytest.mark.parametrize(("name", "word"), [case for case in CASES if exists(*case)])
def test_every_row_is_the_engines_own_curve(name: str, word: str) -> None:
    stage, handle = held(name, word)
    assert stage.scene.kpi is not None
    rows = sweep_rows(stage, handle, SIZE).rows
    assert len(rows) == len(handle.drawn) > 1
    for position, row in zip(handle.drawn, rows, strict=True):
        scene = scene_with(stage.scene, handle.path, handle.at(position))
        if scene is None:
            assert row is None
            continue
        assert row is not None
        assert scene.kpi is not None
        slope, shift = line_between(stage.scene.kpi, scene.kpi)
        parts = scene_corners(scene, (stage.low - shift) / slope, (stage.high - shift) / slope)
        own = [(x * slope + shift, y) for part in parts for x, y in part]
        line = drawn_line(stage, row)
        if word == "target":  # read along the axis of the target that was
            assert [x for x, _ in line] == pytest.approx([x for x, _ in own], abs=1e-9), position
            assert [y for _, y in line] == [y for _, y in own], position
        else:
            assert line == own, position


def test_a_row_says_where_the_zones_are_and_what_the_jump_is() -> None:
    stage, handle = held("unreachable-floor", "floor")
    told = sweep_rows(stage, handle, SIZE)
    texts = [text.replace("<br>", " ") for _, text, *_ in told.rows[50]["labels"]]  # type: ignore[index]
    assert any("Pays nothing below 50 deals" in text for text in texts), texts
    assert any("cliff at 50 deals: +$500" in text for text in texts), texts
    assert any("You are here" in text for text in texts), texts
    assert told.says[50] == "50 deals, 50%"


def test_where_the_rep_stands_moves_the_dot_and_leaves_the_line() -> None:
    stage, handle = held("unreachable-floor", "you")
    told = sweep_rows(stage, handle, SIZE)
    here = layers.LAYERS.index(layers.stand_trace)
    for position, row in zip(handle.drawn, told.rows, strict=True):
        assert row is not None
        assert set(row["traces"]) <= {here}
        result = handle.at(position)
        dot = row["traces"].get(here, layers.stand_trace(stage))
        assert dot["x"] == [pytest.approx(result / 100)]
        assert dot["y"] == [stage.scene.plan.pay([result, 85.0])]


def test_a_target_takes_the_floor_and_the_ceiling_along_on_the_axis_that_was() -> None:
    preset, stage = staged("unreachable-floor")
    found = handles_of(stage, preset, preset)
    target = next(handle for handle in found if handle.word == "target")
    told = sweep_rows(stage, target, SIZE, found)
    rows = dict(zip(target.drawn, told.rows, strict=True))
    row = rows[next(position for position in target.drawn if target.at(position) == 50.0)]
    assert row is not None
    assert row["places"]["deals.floor"] == pytest.approx(0.35)  # 70 % of 50 deals are 35 of 100
    assert row["places"]["deals.ceiling"] == pytest.approx(1.0)


@pytest.mark.parametrize("name", planfile.preset_names())
def test_handles_have_the_range_and_the_steps_of_the_controls(name: str) -> None:
    preset, _ = staged(name)
    for kpi in preset.plan.kpis[:6]:
        _, stage = staged(name, kpi.id)
        knobs = {knob.path: knob for knob in kpi_knobs(preset, preset, kpi, stage.formats)}
        knobs[f"at.{kpi.id}"] = stand_knob(stage.scene, kpi, kpi, stage.formats)
        for handle in handles_of(stage, preset, preset):
            knob = knobs[handle.path]
            assert handle.value == knob.value
            assert abs(handle.step) == knob.step
            assert handle.stride > 0 or not handle.word, "positions count from left to right"
            assert 0 <= handle.near <= handle.far <= handle.count
            if math.isfinite(knob.low) and math.isfinite(knob.high):
                ends = sorted((handle.at(0), handle.at(handle.count)))
                assert ends == pytest.approx([knob.low, knob.high])


def test_only_a_kpi_with_a_floor_has_a_handle_for_one() -> None:
    def words(name: str, along: str) -> list[str]:
        preset, stage = staged(name, along)
        return [handle.word or handle.path for handle in handles_of(stage, preset, preset)]

    aside = ["deals.pays_at_floor", "deals.accelerator"]
    assert words("unreachable-floor", "deals") == ["floor", "ceiling", "target", "you", *aside]
    assert words("unreachable-floor", "csat") == ["target", "you"]
    assert words("sound-plan", "revenue")[-1] == "revenue.weight"
    assert words("sound-plan", ALL_MEASURES) == []


@pytest.mark.parametrize(
    ("name", "path"),
    [
        ("unreachable-floor", "deals.pays_at_floor"),
        ("unreachable-floor", "deals.accelerator"),
        ("sound-plan", "revenue.weight"),
        ("sound-plan", "margin.weight"),
        ("weighted-score", "revenue.weight"),
    ],
)
def test_a_term_without_a_place_on_the_axis_has_the_rows_of_what_its_slider_would_make(name: str, path: str) -> None:
    preset, stage = staged(name, path.partition(".")[0])
    handle = next(handle for handle in handles_of(stage, preset, preset) if handle.path == path)
    told = sweep_rows(stage, handle, SIZE)
    assert told.says == []
    assert len(told.rows) == len(handle.drawn) > 10
    start, compared = desks.open_desk(link.decode_link(f"?preset={name}")), 0
    for position, row in zip(handle.drawn, told.rows, strict=True):
        desk = desks.change_desk(start, path, handle.at(position), now=1.0)
        if desk.drafts:
            assert row is None
            continue
        assert row is not None
        scene = replace(stage.scene, plan=desk.plan)
        assert drawn_line(stage, row) == [
            point for part in scene_corners(scene, stage.low, stage.high) for point in part
        ]
        compared += 1
    assert compared > 10


def test_a_sweep_is_small_enough_to_send() -> None:
    preset, stage = staged("unreachable-floor")
    found = handles_of(stage, preset, preset)
    sizes = {handle.path: len(json.dumps(sweep_rows(stage, handle, SIZE, found).__dict__)) for handle in found}
    assert max(sizes.values()) < 400_000, sizes


@pytest.mark.parametrize("word", ["floor", "ceiling", "target", "you"])
def test_a_line_to_compare_with_holds_still_and_the_difference_is_the_engines(word: str) -> None:
    """Plan A is where it was pinned, by its results; what a row says of the difference is B's own curve less A's."""
    preset, stage = staged("low-ceiling")
    other = pay_line(preset.plan, "deals", {})
    stage = replace(stage, other=other, later="own", names=("plan A", "plan B"))
    kpi = stage.scene.kpi
    assert kpi is not None
    handle = next(handle for handle in handles_of(stage, preset, preset) if handle.word == word)
    before, rest = (layers.LAYERS[i](stage) for i in (BEFORE, GAP))
    assert [y for _, y in zip(before["x"], before["y"], strict=True)] == [other(kpi.result(x)) for x in before["x"]]
    rows = sweep_rows(stage, handle, SIZE).rows
    for position, row in list(zip(handle.drawn, rows, strict=True))[::7]:
        if row is None:
            continue
        assert BEFORE not in row["traces"]
        scene = scene_with(stage.scene, handle.path, handle.at(position))
        assert scene is not None
        shown = {**rest, **row["traces"].get(GAP, {})}
        pays = pay_line(scene.plan, "deals", {})
        for x, y in zip(shown["x"], shown["y"], strict=True):
            near = [pays(kpi.result(x + d)) - other(kpi.result(x + d)) for d in (-1e-9, 1e-9)]
            assert min(abs(y - one) for one in near) < 1e-4, (position, x)


@pytest.mark.parametrize("name", ["unreachable-floor", "talk-time", "few-pounds-short"])
def test_the_team_stays_while_the_target_is_dragged(name: str) -> None:
    stage, handle = held(name, "target")
    kpi, team = stage.scene.kpi, stage.scene.team
    assert kpi is not None
    assert team is not None
    lands = kpi.result(team.landing(kpi).mean)
    for row in sweep_rows(stage, handle, SIZE).rows:
        assert row is not None
        assert layers.CROWD_LAYER not in row["traces"]
    for position in handle.drawn:
        scene = scene_with(stage.scene, handle.path, handle.at(position))
        assert scene is not None
        assert scene.kpi is not None
        assert scene.crowd is not None
        assert scene.kpi.result(scene.crowd.mean) == pytest.approx(lands)
        reached = stage.scene.share(float(kpi.attainment(scene.kpi.target)), math.inf)
        assert scene.share(1.0, math.inf) == pytest.approx(reached)
