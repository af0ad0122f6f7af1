"""The live picture in a real browser: it follows the finger, and without its script it stands still."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qsl, urlsplit

import pytest

from calc.documents import planfile
from tests.browsing import box_of
from ui.charts.axes import Stage
from ui.charts.drag_frames import scene_with
from ui.charts.palette import palette_of
from ui.components.live import script
from ui.model.profile import Scene
from ui.number_format import Formats

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page, Route

Visit = Callable[[str], "Page"]
FLOOR = "?preset=unreachable-floor"
PICTURE = ".flatline-picture[data-painted]"
LINE = """() => {
  const { x, y } = document.querySelector('.js-plotly-plot').data.find((trace) => trace.name === 'pay')
  return { x, y }
}"""
PLOT = "document.querySelector('.js-plotly-plot')"
PAPER = "document.querySelector('.js-plotly-plot .main-svg')"


def chip(page: "Page", path: str) -> Any:
    return page.locator(f'.flatline-picture .chip[data-path="{path}"]')


def reach(page: "Page", path: str) -> Any:
    """The native range of a handle."""
    return chip(page, path).locator("input")


def ready(page: "Page") -> "Page":
    page.locator(PICTURE).wait_for()
    page.locator("[data-testid=stApp][data-test-script-state=notRunning]").wait_for()
    return page


def rows_there(page: "Page") -> None:
    """Waits until the rows of the handle under the pointer have come."""
    page.wait_for_function("() => window.rows_came > 0")


def listens(page: "Page") -> None:
    page.evaluate(
        "() => { window.rows_came = 0; document.addEventListener('flatline:sweep', () => window.rows_came++) }"
    )


def grabbed(page: "Page", path: str) -> tuple[float, float]:
    """Takes hold of a handle, and waits for its rows; answers with where the pointer is."""
    listens(page)
    box = chip(page, path).bounding_box()
    x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    page.mouse.move(x, y)
    page.mouse.down()
    rows_there(page)
    return x, y


def line_is(page: "Page", path: str, value: float, patience: int = 15_000) -> None:
    """Waits until the painted line is the engine's own for a value, to less than a pixel."""
    preset = planfile.load_preset("unreachable-floor")
    start = Scene(preset.plan, "deals", {}, preset.team)
    scene = scene_with(start, path, value)
    assert scene is not None
    stage = Stage(scene, start, Formats(), palette_of("light"))
    points = [point for part in stage.knots for point in (*part, (None, None))]
    page.wait_for_function(
        """({ points, width, height }) => {
          const line = document.querySelector('.js-plotly-plot').data.find((trace) => trace.name === 'pay')
          const near = (a, b, size) => a === b || (a !== null && b !== null && Math.abs(a - b) < size / 2000)
          return line.x.length === points.length &&
            points.every(([x, y], n) => near(x, line.x[n], width) && near(y, line.y[n], height))
        }""",
        arg={"points": points, "width": stage.high - stage.low, "height": stage.top - stage.bottom},
        timeout=patience,
    )


def address_is(page: "Page", **fields: str) -> None:
    page.wait_for_function(
        "(told) => { const has = Object.fromEntries(new URLSearchParams(location.search)); "
        "return JSON.stringify(Object.entries(has).sort()) === JSON.stringify(Object.entries(told).sort()) }",
        arg=fields,
    )
    assert dict(parse_qsl(urlsplit(page.url).query)) == fields


def per_place(page: "Page", path: str) -> float:
    """How far apart two positions of a handle lie [px]."""
    lane = box_of(page.locator(".flatline-picture"))
    margin, (low, high) = page.evaluate(
        f"() => {{ const {{ margin, xaxis }} = {PLOT}.layout; return [margin, xaxis.range] }}"
    )
    stride = 0.01
    return float((lane["width"] - margin["l"] - margin["r"]) * stride / (high - low))


def test_the_picture_follows_the_finger_and_the_numbers_follow_the_hand(visit: Visit) -> None:
    page = ready(visit(FLOOR))
    x, y = grabbed(page, "deals.floor")
    step = per_place(page, "deals.floor")
    for floor in (65, 45, 60):
        page.mouse.move(x - (70 - floor) * step, y)
        line_is(page, "deals.floor", floor / 100)
        assert "Below 70 deals" in page.locator(".finding").inner_text(), "numbers wait until the handle is let go"
        assert dict(parse_qsl(urlsplit(page.url).query)) == {"preset": "unreachable-floor"}
    page.mouse.up()
    page.locator(".finding", has_text="Below 60 deals").wait_for()
    address_is(page, preset="unreachable-floor", **{"deals.floor": "0.6"})
    line_is(page, "deals.floor", 0.6)
    slider = page.locator("[class*='-deals-floor'] input[type=range]").first
    page.wait_for_function("(input) => Number(input.value) === 0.6", arg=slider.element_handle())
    page.locator(".js-plotly-plot .annotation-text", has_text="below 60 deals").wait_for()


def rests(page: "Page") -> list[Any]:
    """What handles that rested have told."""
    told: list[Any] = page.evaluate("window.rested")
    return told


def test_a_handle_that_rests_in_the_hand_tells_its_place_once(visit: Visit) -> None:
    page = ready(visit(FLOOR))
    page.evaluate(
        """() => {
          window.rested = []
          const keep = ({ detail: [name, told] }) => name === 'rests' && rested.push(told)
          document.addEventListener('flatline:tells', keep)
        }"""
    )
    x, y = grabbed(page, "deals.floor")
    step = per_place(page, "deals.floor")
    page.mouse.move(x - 20 * step, y)
    page.wait_for_function("() => window.rested.length > 0")
    page.wait_for_timeout(300)
    assert rests(page) == [{"path": "deals.floor", "value": 0.5}]
    assert "Below 70 deals" in page.locator(".finding").inner_text(), "nothing of it is shown before it is let go"
    page.mouse.up()
    page.locator(".finding", has_text="Below 50 deals").wait_for()
    page.wait_for_timeout(300)
    assert len(rests(page)) == 1


def taken(page: "Page", path: str) -> tuple[float, float]:
    """Takes hold of a slider beside the picture, and waits for the rows; answers with where the pointer is."""
    listens(page)
    thumb = page.locator(f"[class*='-{path.replace('.', '-')}'] input[type=range]").first.locator("xpath=../..")
    box = box_of(thumb)
    x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    page.mouse.move(x, y)
    page.mouse.down()
    rows_there(page)
    return x, y


@pytest.mark.parametrize("path", ["deals.floor", "deals.accelerator", "at.deals"])
def test_the_picture_follows_the_slider_beside_it(visit: Visit, path: str) -> None:
    page = ready(visit(FLOOR))
    before = page.evaluate(f"() => JSON.stringify({PLOT}.data)")
    x, y = taken(page, path)
    slider = page.locator(f"[class*='-{path.replace('.', '-')}'] input[type=range]").first
    for n in range(1, 9):
        page.mouse.move(x + 4 * n, y)
    value = float(slider.input_value())
    if path.startswith("at."):
        page.wait_for_function(f"(data) => JSON.stringify({PLOT}.data) !== data", arg=before)
    else:
        line_is(page, path, value)
    assert "Below 70 deals" in page.locator(".finding").inner_text()
    assert dict(parse_qsl(urlsplit(page.url).query)) == {"preset": "unreachable-floor"}
    page.mouse.up()
    address_is(page, preset="unreachable-floor", **{path: f"{value:g}"})
    if not path.startswith("at."):
        line_is(page, path, value)
    assert chip(page, "deals.floor").inner_text() == "floor"


def test_a_slider_that_is_put_back_leaves_the_picture_as_it_was(visit: Visit) -> None:
    page = ready(visit(FLOOR))
    x, y = taken(page, "deals.floor")
    page.mouse.move(x - 30, y)
    page.locator(".flatline-picture .chip", has_text="floor: ").wait_for()
    page.mouse.move(x, y)
    page.mouse.up()
    line_is(page, "deals.floor", 0.7)
    address_is(page, preset="unreachable-floor")
    assert chip(page, "deals.floor").inner_text() == "floor"


@pytest.mark.parametrize(
    ("path", "key", "field", "says"),
    [
        ("deals.floor", "ArrowLeft", "0.69", "69 deals, 69%"),
        ("deals.floor", "Home", "0", "0 deals, 0%"),
        ("deals.floor", "End", "1", "100 deals, 100%"),
        ("deals.ceiling", "ArrowRight", "2.01", "201 deals, 201%"),
        ("deals.target", "ArrowRight", "101", "101 deals"),
        ("at.deals", "ArrowLeft", "99", "99 deals, 99%"),
    ],
)
def test_a_key_moves_a_handle(visit: Visit, path: str, key: str, field: str, says: str) -> None:
    page = ready(visit(FLOOR))
    reach(page, path).focus()
    page.keyboard.press(key)
    address_is(page, preset="unreachable-floor", **{path: field})
    page.wait_for_function(
        "([input, says]) => input.getAttribute('aria-valuetext') === says",
        arg=[reach(page, path).element_handle(), says],
    )


def test_no_key_of_many_fast_ones_is_lost(visit: Visit) -> None:
    page = ready(visit(FLOOR))
    reach(page, "deals.floor").focus()
    for _ in range(12):
        page.keyboard.press("ArrowLeft")
    address_is(page, preset="unreachable-floor", **{"deals.floor": "0.58"})
    line_is(page, "deals.floor", 0.58)


def test_a_handle_says_what_it_is(visit: Visit) -> None:
    page = ready(visit(FLOOR))
    floor = page.get_by_role("slider", name="Floor of deals closed")
    assert floor.get_attribute("aria-valuetext") == "70 deals, 70%"
    plot = page.get_by_role("img", name="Pay along deals closed")
    assert "You are at" in (plot.get_attribute("aria-label") or "")


def test_the_same_plot_stays_through_every_change(visit: Visit) -> None:
    page = ready(visit(FLOOR))
    page.evaluate(f"() => {{ {PLOT}.marked = {PAPER}.marked = 1 }}")
    box = page.locator(".js-plotly-plot").bounding_box()
    assert box
    page.mouse.move(box["x"] + box["width"] / 2, box["y"] + box["height"] / 3)
    page.locator(".hoverlayer .hovertext").first.wait_for()
    reach(page, "deals.floor").press("ArrowLeft")
    line_is(page, "deals.floor", 0.69)
    reach(page, "at.deals").press("ArrowLeft")
    address_is(page, preset="unreachable-floor", **{"deals.floor": "0.69", "at.deals": "99"})
    assert page.evaluate(f"() => [{PLOT}.marked, {PAPER}.marked]") == [1, 1]


def test_a_drag_that_is_taken_back_changes_nothing(visit: Visit) -> None:
    page = ready(visit(FLOOR))
    x, y = grabbed(page, "deals.floor")
    page.mouse.move(x - 20 * per_place(page, "deals.floor"), y)
    line_is(page, "deals.floor", 0.5)
    page.keyboard.press("Escape")
    line_is(page, "deals.floor", 0.7)
    page.mouse.up()
    assert dict(parse_qsl(urlsplit(page.url).query)) == {"preset": "unreachable-floor"}


def test_while_the_target_is_dragged_the_axis_holds_still(visit: Visit) -> None:
    page = ready(visit(FLOOR))
    axis = "() => document.querySelector('.js-plotly-plot').layout.xaxis.range"
    before = page.evaluate(axis)
    x, y = grabbed(page, "deals.target")
    page.mouse.move(x - 40 * per_place(page, "deals.target"), y)
    page.wait_for_function("() => document.querySelector('.js-plotly-plot').layout.shapes[0].x0 === 0.6")
    assert page.evaluate(axis) == before
    page.mouse.up()
    address_is(page, preset="unreachable-floor", **{"deals.target": "60"})
    page.wait_for_function("() => document.querySelector('.js-plotly-plot').layout.shapes[0].x0 === 1")


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_handles_keep_apart_and_are_large_enough(browser: "Browser", server: str, theme: Any) -> None:
    for width, query in ((390, "?preset=unreachable-floor&deals.ceiling=1&deals.floor=1"), (1440, FLOOR)):
        context = browser.new_context(
            base_url=server, viewport={"width": width, "height": 844}, color_scheme=theme, locale="en-US"
        )
        page = context.new_page()
        page.goto(query)
        ready(page)
        boxes = [box_of(box) for box in page.locator(".flatline-picture .chip:visible").all()]
        for n, one in enumerate(boxes):
            assert one["x"] >= 0
            assert one["x"] + one["width"] <= width
            for other in boxes[:n]:
                apart = one["x"] + one["width"] <= other["x"] or other["x"] + other["width"] <= one["x"]
                assert apart or abs(one["y"] - other["y"]) >= 20, (one, other)
        sizes = page.evaluate(
            """() => [...document.querySelectorAll('.chip:not([hidden]) .word')].map((word) => {
              const { width, height } = getComputedStyle(word, '::after')
              return [parseFloat(width), parseFloat(height)]
            })"""
        )
        assert all(wide >= 32 and high >= 32 for wide, high in sizes), sizes
        context.close()


# On a phone, in two windows, without the script


@pytest.fixture
def phone(browser: "Browser", server: str) -> Iterator["Page"]:
    context = browser.new_context(
        base_url=server, viewport={"width": 390, "height": 844}, has_touch=True, is_mobile=True, locale="en-US"
    )
    yield context.new_page()
    context.close()


def test_a_finger_drags_the_floor_and_the_page_stays(phone: "Page") -> None:
    phone.goto(FLOOR)
    ready(phone)
    chip(phone, "deals.floor").scroll_into_view_if_needed()
    listens(phone)
    box = chip(phone, "deals.floor").bounding_box()
    x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    finger = phone.context.new_cdp_session(phone)

    def touch(kind: str, *points: dict[str, float]) -> None:
        finger.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": list(points)})

    top = phone.evaluate("document.querySelector('.stMain').scrollTop")
    touch("touchStart", {"x": x, "y": y})
    rows_there(phone)
    step = per_place(phone, "deals.floor")
    for part in range(1, 21):
        touch("touchMove", {"x": x - part * step, "y": y - part})
    line_is(phone, "deals.floor", 0.5)
    touch("touchEnd")
    address_is(phone, preset="unreachable-floor", **{"deals.floor": "0.5"})
    assert phone.evaluate("document.querySelector('.stMain').scrollTop") == top


def test_two_windows_do_not_touch_each_other(visit: Visit, browser: "Browser", server: str) -> None:
    page = ready(visit(FLOOR))
    context = browser.new_context(base_url=server, locale="en-US")
    other = context.new_page()
    other.goto(FLOOR)
    ready(other)
    x, y = grabbed(page, "deals.floor")
    page.mouse.move(x - 30 * per_place(page, "deals.floor"), y)
    line_is(page, "deals.floor", 0.4)
    page.mouse.up()
    address_is(page, preset="unreachable-floor", **{"deals.floor": "0.4"})
    line_is(other, "deals.floor", 0.7)
    assert "Below 70 deals" in other.locator(".finding").inner_text()
    context.close()


def test_without_the_script_the_picture_stands_still_with_the_same_numbers(
    visit: Visit, browser: "Browser", server: str
) -> None:
    live = ready(visit(FLOOR))
    context = browser.new_context(base_url=server, viewport={"width": 1280, "height": 900}, locale="en-US")
    page = context.new_page()
    wrong: list[str] = []
    page.on("pageerror", lambda error: wrong.append(str(error)))
    page.on("console", lambda m: wrong.append(m.text) if m.type == "error" and "ERR_" not in m.text else None)
    page.route("**/app/static/**", lambda route: _refused(route))
    page.goto(FLOOR)
    page.locator(".stPlotlyChart .js-plotly-plot .scatterlayer path").first.wait_for(state="attached")
    assert page.locator(".flatline-picture").count() == 0
    assert page.evaluate(LINE) == live.evaluate(LINE)
    assert page.locator(".figures").inner_text() == live.locator(".figures").inner_text()
    page.locator("[class*='-deals-floor'] input[type=range]").first.press("ArrowLeft")
    address_is(page, preset="unreachable-floor", **{"deals.floor": "0.69"})
    page.locator(".finding", has_text="Below 69 deals").wait_for()
    assert not wrong, wrong
    context.close()


def _refused(route: "Route") -> None:
    route.abort()


# The copy of the script


def test_the_script_is_copied_once_and_whole(tmp_path: Path) -> None:
    source, copy = tmp_path / "source.js", tmp_path / "static" / "plotly.min.js"
    source.write_bytes(b"one")
    assert script.laid_out(source, copy)
    assert copy.read_bytes() == b"one"
    kept = copy.stat().st_mtime_ns
    assert script.laid_out(source, copy)
    assert copy.stat().st_mtime_ns == kept
    source.write_bytes(b"two")
    assert script.laid_out(source, copy)
    assert [path.name for path in copy.parent.iterdir()] == ["plotly.min.js"]
    assert copy.read_bytes() == b"two"


def test_where_nothing_may_be_written_there_is_no_live_picture(tmp_path: Path) -> None:
    source = tmp_path / "source.js"
    source.write_bytes(b"one")
    (tmp_path / "static").write_bytes(b"a file where the folder should be")
    assert not script.laid_out(source, tmp_path / "static" / "plotly.min.js")
