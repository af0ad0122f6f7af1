"""What a forged message says comes through one door as a number, a text, a size, or as nothing."""

import math
from functools import cache
from typing import Any

import pytest

from calc.documents import planfile
from ui.charts.axes import Stage
from ui.charts.handles import handles_of
from ui.charts.palette import LIGHT_PALETTE
from ui.components import live
from ui.model.profile import Scene
from ui.number_format import Formats
from ui.session.received import received_number, received_size, received_text

FORGED: list[Any] = [
    *(None, True, False, "", "1", "x" * 1_000_000),
    *([], [1], [1, "2"], [[1], [2]], [1, 2, 3], [None, None], [10**400, 1], [math.nan, math.nan]),
    *({}, {"a": 1}, {"path": []}),
    *(10**400, -(10**400), 1e308, -1e308, math.inf, -math.inf, math.nan),
]


@cache
def on_the_screen() -> live.Shown:
    preset = planfile.load_preset("low-ceiling")
    scene = Scene(preset.plan, "deals", {}, preset.team)
    stage = Stage(scene, scene, Formats(), LIGHT_PALETTE, lane=True)
    return live.ready_picture(stage, handles_of(stage, preset, preset))


@pytest.mark.parametrize("said", FORGED, ids=lambda said: repr(said)[:20])
def test_what_is_none_of_these_is_nothing(said: Any) -> None:
    number, text, size = received_number(said), received_text(said, 100), received_size(said, 200, 4000)
    assert number is None or math.isfinite(number)
    assert text is None or len(text) <= 100
    assert size is None or all(200 <= length <= 4000 for length in size)


@pytest.mark.parametrize("said", FORGED, ids=lambda said: repr(said)[:20])
@pytest.mark.parametrize("name", ["path", "size", "whole"])
def test_a_forged_wish_for_rows_is_not_answered(name: str, said: Any) -> None:
    shown = on_the_screen()
    wish = {"path": shown.handles[0].path, "size": [800, 400], "around": None}
    assert live._sweep_bytes(shown, said if name == "whole" else {**wish, name: said}) is None


@pytest.mark.parametrize("said", ["1", 10**400, math.nan, [1], {}], ids=lambda said: repr(said)[:20])
def test_rows_around_nowhere_are_all_rows(said: Any) -> None:
    shown = on_the_screen()
    wish = {"path": shown.handles[0].path, "size": [800, 400]}
    assert live._sweep_bytes(shown, {**wish, "around": said}) == live._sweep_bytes(shown, {**wish, "around": None})
