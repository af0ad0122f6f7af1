"""The live picture in a real browser lasts: whatever order its frame, the pointer and plotly come in."""

import json
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import pytest

from calc.documents import planfile
from tests.test_live import FLOOR, PICTURE, chip, line_is, per_place, reach, ready
from ui.charts.axes import Stage
from ui.charts.palette import palette_of
from ui.components import live
from ui.components.live import script
from ui.components.mounting import GONE
from ui.model.profile import Scene
from ui.number_format import Formats

if TYPE_CHECKING:
    from playwright.sync_api import Page

Visit = Callable[[str], "Page"]
JS = GONE + "".join((live.LIVE_FOLDER / f"{name}.js").read_text("utf-8") for name in live.PICTURE_SCRIPTS)
HARNESS = """async ({ js, told }) => {
  document.body.innerHTML = '<div id="place" style="width:800px;height:440px"></div>'
  const module = await import(URL.createObjectURL(new Blob([js], { type: 'text/javascript' })))
  window.place = document.querySelector('#place')
  window.sent = []
  window.call = (change = {}) => {
    const data = { ...structuredClone(told), ...change }
    return module.default({ data, parentElement: place, setTriggerValue: (...said) => sent.push(said) })
  }
  window.until = async (so) => {
    while (!so()) await moment(20)
  }
  window.painted = () => Number(place.querySelector('.flatline-picture')?.dataset.painted || 0)
  window.moment = (time) => new Promise((resolve) => setTimeout(resolve, time))
}"""


def told() -> dict[str, Any]:
    """What the server sends of a picture."""
    preset = planfile.load_preset("unreachable-floor")
    scene = Scene(preset.plan, "deals", {}, preset.team)
    stage = Stage(scene, scene, Formats(), palette_of("light"), lane=True)
    shown = live.ready_picture(stage, ())
    return {"script": f"/{script.script_address()}", "figure": shown.figure, "alt": "a picture", "lane": "handles"} | {
        "handles": [],
        "answered": 0,
        "plan": "floor-0",
        "wide": None,
    }


@pytest.fixture
def alone(page: "Page", server: str) -> "Page":
    """The component in a page of its own, called as Streamlit's frame calls it."""
    page.goto(f"{server}_stcore/health")
    page.evaluate(HARNESS, {"js": JS, "told": json.loads(json.dumps(told()))})
    return page


def test_a_call_that_is_ended_because_it_came_late_ends_nothing(alone: "Page") -> None:
    """The frame ends a call at once if the data of the next has come before it was made; both are on the same place."""
    found = alone.evaluate(
        """async () => {
          const late = call()
          late()
          await moment(50)
          call()
          await until(painted)
          call({ alt: 'two' })()
          await moment(500)
          return [place.querySelectorAll('.flatline-picture').length, place.querySelectorAll('.js-plotly-plot').length,
            place.querySelector('.plot').getAttribute('aria-label'), sent]
        }"""
    )
    assert found == [1, 1, "two", []]


def test_a_picture_whose_place_goes_while_it_is_drawn_says_nothing(alone: "Page") -> None:
    """In the middle of a drawing, and with the pointer over it."""
    alone.evaluate("async () => { call(); await until(painted) }")
    box = alone.locator(".plot").bounding_box()
    assert box
    for n in range(8):
        alone.mouse.move(box["x"] + 300 + 9 * n, box["y"] + 150)
    sent = alone.evaluate(
        """async () => {
          const end = call({ alt: 'two' })
          dispatchEvent(new Event('resize'))
          await Promise.resolve()
          place.remove()
          end()
          await moment(2000)
          return sent
        }"""
    )
    assert sent == []


def test_a_drawing_that_fails_is_begun_anew(alone: "Page") -> None:
    found = alone.evaluate(
        """async (figure) => {
          call()
          await until(painted)
          const [react, sheet] = [Plotly.react, place.querySelector('.plot')]
          Plotly.react = () => { throw new Error('once') }
          call({ figure: { ...figure, more: 1 } })
          await until(() => !sheet.isConnected && place.querySelector('.js-plotly-plot'))
          Plotly.react = react
          const plot = place.querySelector('.js-plotly-plot')
          return [plot.data.length > 3, plot !== sheet, plot.parentElement.className, sent]
        }""",
        arg=json.loads(json.dumps(told()["figure"])),
    )
    assert found == [True, True, "flatline-picture", []]


def test_what_cannot_be_drawn_again_and_again_is_told_once(alone: "Page") -> None:
    sent = alone.evaluate(
        """async () => {
          call()
          await until(painted)
          for (const way of ['react', 'newPlot']) Plotly[way] = async () => { throw new Error('never') }
          for (const alt of ['a', 'b', 'c']) call({ alt, wide: [700, 400] })
          await until(() => sent.length)
          await moment(500)
          return sent
        }"""
    )
    assert sent == [["failed", {"lost": False, "says": "never"}]]


def test_a_plan_that_is_seeded_anew_tries_the_live_picture_anew(visit: Visit) -> None:
    page = ready(visit(FLOOR))
    reach(page, "deals.floor").press("ArrowLeft")
    page.locator(".finding", has_text="Below 69 deals").wait_for()
    page.evaluate(
        """() => {
          window.kept = [Plotly.react, Plotly.newPlot]
          for (const way of ['react', 'newPlot']) Plotly[way] = async () => { throw Error('x') }
        }"""
    )
    page.set_viewport_size({"width": 1100, "height": 900})
    page.locator(".stPlotlyChart .js-plotly-plot").wait_for()
    page.evaluate("() => { [Plotly.react, Plotly.newPlot] = window.kept }")
    page.locator("[class*=st-key-undo] button").click()
    page.locator(PICTURE).wait_for()
    page.locator(".stPlotlyChart").wait_for(state="detached")
    line_is(page, "deals.floor", 0.7)


def test_an_undo_takes_a_handle_out_of_the_hand(visit: Visit) -> None:
    page = ready(visit(FLOOR))
    reach(page, "deals.floor").press("ArrowLeft")
    line_is(page, "deals.floor", 0.69)
    page.locator("[class*=st-key-undo] button:enabled").wait_for()
    box = chip(page, "deals.floor").bounding_box()
    assert box
    x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    page.mouse.move(x, y)
    page.mouse.down()
    page.mouse.move(x - 20 * per_place(page, "deals.floor"), y)
    line_is(page, "deals.floor", 0.49)
    page.evaluate("() => document.querySelector('[class*=st-key-undo] button').click()")
    line_is(page, "deals.floor", 0.7)
    page.mouse.move(x - 30 * per_place(page, "deals.floor"), y)
    page.mouse.up()
    page.wait_for_timeout(600)
    line_is(page, "deals.floor", 0.7)
    assert chip(page, "deals.floor").inner_text() == "floor"
    assert page.url.endswith("?preset=unreachable-floor")
