"""The picture in mid-drag is the engine's for that position: every line, hatch, dot, tick and word of it.

What a browser makes of a row is compared with a picture that is drawn from nothing, of the plan that letting go there
would leave, on the axis that holds still.
"""

import re
from dataclasses import replace
from typing import Any

import pytest

from calc.documents import link
from tests.test_app import NAMES
from tests.ui.charts.test_drag_frames import SIZE, staged
from ui.charts import layers, overlay
from ui.charts.axes import Stage
from ui.charts.drag_frames import line_between, sweep_rows
from ui.charts.figure import axis_titles, picture_words, rate_labels, stage_figure
from ui.charts.handles import Handle, handles_of
from ui.charts.label_layout import Wish
from ui.model.profile import Scene
from ui.session import workspace

AWAY = {"pointer", "lit"}
"""Traces that tell of the plan as it was; they are put away, or are right as they are."""
PLACES = 7
"""Positions that are looked at of each handle, from end to end."""


def row_as_painted(stage: Stage, told: Any, row: Any) -> dict[str, Any]:
    """The figure that the browser makes of a row."""
    figure = stage_figure(stage)
    data = [{**trace, **row["traces"].get(number, {})} for number, trace in enumerate(figure["data"])]
    names = ("text", "x", "y", "xshift", "yshift")
    labels = [{**told.labels[kind], **dict(zip(names, rest, strict=True))} for kind, *rest in row["labels"]]
    lines = [
        {**told.lines[kind], **dict(zip(("x0", "x1", "y0", "y1"), rest, strict=True))} for kind, *rest in row["lines"]
    ]
    texts = row.get("titles", [title["text"] for title in figure["layout"]["annotations"][: told.still]])
    layout = {**figure["layout"], "titles": texts, "annotations": labels, "shapes": lines}
    return {
        "data": data,
        "layout": {**layout, **{name: {**layout[name], **told} for name, told in row["axes"].items()}},
    }


def after(stage: Stage, name: str, handle: Handle, position: int) -> Stage | None:
    """The stage that letting go at a position would leave, on the axis that holds still; none where it is refused."""
    start = workspace.open_desk(link.decode_link(f"?preset={name}"))
    desk = workspace.put_term(start, handle.path, handle.at(position), now=1.0)
    if desk.drafts:
        return None
    scene = Scene(desk.plan, stage.scene.along, desk.view.at, desk.view.preset.team)
    assert scene.kpi is not None
    assert stage.scene.kpi is not None
    slope, shift = line_between(stage.scene.kpi, scene.kpi)
    return replace(stage, scene=scene, edges=((stage.low - shift) / slope, (stage.high - shift) / slope))


def near(one: list[Any], other: list[Any], slope: float, shift: float) -> bool:
    """Whether places on the axis that holds still are those of another axis."""
    moved = [None if x is None else slope * x + shift for x in other]
    return (
        one == pytest.approx(moved, abs=1e-6)
        if None not in moved
        else [x for x in one if x is not None] == (pytest.approx([x for x in moved if x is not None], abs=1e-6))
    )


def filled(one: dict[str, Any], other: dict[str, Any]) -> bool:
    """Whether something has all that is expected; plotly writes down what is left out."""
    return all(one.get(name) == pytest.approx(value) if name == "range" else one.get(name) == value
               for name, value in other.items())  # fmt: skip


def plain(text: str) -> str:
    return re.sub("</?b>", "", text)


@pytest.mark.parametrize("name", NAMES)
def test_every_row_is_what_letting_go_there_would_draw(name: str) -> None:
    preset, stage = staged(name)
    assert stage.scene.kpi is not None
    for handle in handles_of(stage, preset, preset):
        told, places = sweep_rows(stage, handle, SIZE), list(handle.drawn)
        for place in sorted({round(n * (len(places) - 1) / (PLACES - 1)) for n in range(PLACES)}):
            position, row = places[place], told.rows[place]
            fresh = after(stage, name, handle, position)
            if fresh is None:
                assert row is None
                continue
            assert row is not None
            compare(stage, fresh, row_as_painted(stage, told, row), (handle.path, handle.at(position)))


@pytest.mark.parametrize("path", ["at.deals", "deals.floor", "deals.target"])
def test_the_rows_around_a_position_are_as_good(path: str) -> None:
    """A slider stands between two positions that are drawn from end to end, or beyond the picture's edge."""
    preset, stage = staged("unreachable-floor")
    handle = next(one for one in handles_of(stage, preset, preset) if one.path == path)
    for around in (3, min(131, handle.count - 5), handle.count):
        told = sweep_rows(stage, handle, SIZE, around=around)
        assert told.says == []
        assert told.positions == list(handle.around(around))
        assert around in told.positions
        for position, row in list(zip(told.positions, told.rows, strict=True))[::9]:
            fresh = after(stage, "unreachable-floor", handle, position)
            assert fresh is not None
            compare(stage, fresh, row_as_painted(stage, told, row), (path, position))


def compare(stage: Stage, fresh: Stage, painted: dict[str, Any], where: object) -> None:
    assert stage.scene.kpi is not None
    assert fresh.scene.kpi is not None
    line, expected = line_between(stage.scene.kpi, fresh.scene.kpi), stage_figure(fresh)
    for one, other in zip(painted["data"], expected["data"], strict=True):
        if one["name"] in AWAY:
            assert not one["x"] or (one["x"], one["y"]) == (other["x"], other["y"]), (where, one["name"])
            continue
        assert one["y"] == pytest.approx(other["y"], abs=1e-6), (where, one["name"])
        assert near(one["x"], other["x"], *line), (where, one["name"])
        assert filled(one.get("marker", {}), other.get("marker", {})), where
    layout, fine = painted["layout"], expected["layout"]
    for name in ("yaxis", "yaxis2"):
        assert filled(layout[name], fine[name]), (where, name)
    assert near(layout["xaxis"]["tickvals"], fine["xaxis"]["tickvals"], *line), where
    assert layout["xaxis"]["ticktext"] == fine["xaxis"]["ticktext"], where
    assert layout["titles"] == [title["text"] for title in axis_titles(fresh)], where
    for one, other in zip(layout["shapes"], fine["shapes"], strict=True):
        assert near([one["x0"], one["x1"]], [other["x0"], other["x1"]], *line), where
        assert (one["y0"], one["y1"]) == pytest.approx((other["y0"], other["y1"])), where
    _compare_words(fresh, layout["annotations"], line, where)


def _compare_words(fresh: Stage, labels: list[dict[str, Any]], line: tuple[float, float], where: object) -> None:
    """Every label says what one of that name would say there, at one of the places that it may have."""
    wanted = picture_words(fresh)
    own = [*wanted.here, *wanted.zones, *wanted.prices, *wanted.rest, *rate_labels(fresh)[0]]
    for label in labels:
        tries = [one for wish in own if wish.name == label["name"] for one in _said(wish)]
        same = [spot for text, spot in tries if text == plain(label["text"])]
        assert same, (where, label["text"])
        assert any(line[0] * spot.x + line[1] == pytest.approx(label["x"], abs=1e-6) for spot in same), where


def _said(wish: Wish) -> list[tuple[str, Any]]:
    return [(plain(text), spot) for text, spot in wish.tries]


def test_a_target_takes_the_dot_the_hatches_the_jump_and_the_ticks_along_and_leaves_the_team() -> None:
    """At a target of 50 deals the floor of 70 % is at 35 deals, which is where 35 % of the target before was."""
    preset, stage = staged("unreachable-floor")
    handle = next(one for one in handles_of(stage, preset, preset) if one.word == "target")
    row = sweep_rows(stage, handle, SIZE).rows[list(handle.drawn).index(round((50 - handle.first) / handle.step))]
    assert row is not None
    named = {
        trace["name"]: number for number, trace in enumerate(stage_figure(stage)["data"]) if trace["name"] != "cliffs"
    }
    assert max(x for x in row["traces"][named["zero"]]["x"] if x is not None) == pytest.approx(0.35)
    assert row["traces"][named["here"]]["x"] == pytest.approx([0.5])
    assert row["traces"][named["ends"]]["x"] == pytest.approx([0.35, 0.35])
    assert named["team"] not in row["traces"]
    ticks = dict(zip(row["axes"]["xaxis"]["ticktext"], row["axes"]["xaxis"]["tickvals"], strict=True))
    assert ticks["<b>50<br>target</b>"] == pytest.approx(0.5)


def test_what_tells_of_the_plan_before_is_put_away_while_a_handle_is_dragged() -> None:
    preset, stage = staged("unreachable-floor")
    stage = replace(stage, lit=(0.0, 0.7))
    away = {layers.LAYERS.index(layers._pointer_trace), layers.LAYERS.index(overlay.lit_frame)}
    for handle in handles_of(stage, preset, preset):
        for row in sweep_rows(stage, handle, SIZE).rows:
            assert row is not None
            gone = {number for number in away if row["traces"].get(number) == {"x": [], "y": []}}
            assert gone == (set() if handle.word == "you" else away)
