"""A drag held half-way in a real browser: what is painted is the engine's picture for that place, to the last tick."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import pytest

from tests.test_live import chip, listens, ready, rows_there
from tests.ui.charts.test_drag_frames import staged
from tests.ui.charts.test_mid_drag import after, compare
from ui.charts.handles import handles_of

if TYPE_CHECKING:
    from playwright.sync_api import Page

Visit = Callable[[str], "Page"]
HELD = """(path) => {
  const { data, layout } = document.querySelector('.js-plotly-plot')
  const traces = data.map(({ name, x, y, marker }) => ({ name, x, y, ...(marker && { marker }) }))
  const input = document.querySelector(`.chip[data-path="${path}"] input`)
  return { position: Number(input.value), data: traces, layout: JSON.parse(JSON.stringify(layout)) }
}"""
PAINTS = "new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve)))"
TRIES = 40
"""A slider may stand between two positions that are drawn ahead: the rows around it are then on their way."""
CASES = [
    ("unreachable-floor", "deals.floor"),
    ("unreachable-floor", "deals.ceiling"),
    ("unreachable-floor", "deals.target"),
    ("unreachable-floor", "at.deals"),
    ("few-pounds-short", "sales.target"),
]


def painted(page: "Page", path: str) -> tuple[int, dict[str, Any]]:
    """Where a handle is held, and what is painted there."""
    before, held = -1, page.evaluate(HELD, path)
    while held["position"] != before:  # a slider beside the picture may be drawn a few frames after the pointer
        before = held["position"]
        page.evaluate(PAINTS)
        held = page.evaluate(HELD, path)
    layout = held["layout"]
    layout["titles"] = [note["text"] for note in layout["annotations"][:2]]
    layout["annotations"] = layout["annotations"][2:]
    return held["position"], held


def look(page: "Page", name: str, path: str) -> int:
    preset, stage = staged(name)
    handle = next(one for one in handles_of(stage, preset, preset) if one.path == path)
    for tried in range(TRIES):
        position, held = painted(page, path)
        fresh = after(stage, name, handle, position)
        assert fresh is not None
        try:
            compare(stage, fresh, held, (path, handle.at(position)))
            break
        except AssertionError:
            if tried == TRIES - 1 or position in handle.drawn:
                raise
            page.wait_for_timeout(250)
    return position


@pytest.mark.parametrize(("name", "path"), CASES)
def test_a_held_handle_shows_the_engines_picture(visit: Visit, name: str, path: str) -> None:
    page = ready(visit(f"?preset={name}"))
    listens(page)
    box = chip(page, path).bounding_box()
    assert box
    x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    page.mouse.move(x, y)
    page.mouse.down()
    rows_there(page)
    seen = set()
    for way in (-20, -57, -90, -33, 0, 26, 61):
        page.mouse.move(x + way, y, steps=3)
        seen.add(look(page, name, path))
    assert len(seen) > 4
    page.keyboard.press("Escape")
    page.mouse.up()


@pytest.mark.parametrize(
    ("name", "path"),
    [("unreachable-floor", "deals.accelerator"), ("unreachable-floor", "deals.pays_at_floor"),
     ("unreachable-floor", "at.deals"), ("sound-plan", "revenue.weight")],
)  # fmt: skip
def test_a_held_slider_shows_the_engines_picture(visit: Visit, name: str, path: str) -> None:
    page = ready(visit(f"?preset={name}"))
    listens(page)
    slider = page.locator(f"[class*='-{path.replace('.', '-')}'] input[type=range]").first
    box = slider.locator("xpath=../..").bounding_box()
    assert box
    x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    page.mouse.move(x, y)
    page.mouse.down()
    rows_there(page)
    seen = set()
    for way in (8, 17, 29, -12, -25, 0, 21):
        page.mouse.move(x + way, y, steps=3)
        seen.add(look(page, name, path))
    assert len(seen) > 3
    page.mouse.move(x, y)
    page.mouse.up()
