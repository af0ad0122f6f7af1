"""The picture under a finger, in a real browser: against a page of one control and one text in the same browser."""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from statistics import median
from typing import Any

from benchmarks.ratio import Row
from benchmarks.served import PICTURE, TEXT, app, chromium, minimal
from calc.documents import planfile
from ui.charts.axes import Stage
from ui.charts.drag_frames import scene_with
from ui.charts.palette import palette_of
from ui.model.profile import Scene
from ui.number_format import Formats

MOVES, SECONDS, TURN = 100, 3.0, 65
"""A drag: so many moves of one position each within so many seconds, and after how many of them it turns back."""
TIMES = 20
REPORTED = 1 / 1000
"""Shares of a picture's width or height: a curve so near to another is drawn on the same pixels."""

# Answers with the time from the next key or the next letting go to the frame that shows the last change of any number
# that can be read. The page is read only when something has changed, so that it is not slowed by being measured.
QUIET = """async (quiet) => {
  const main = document.querySelector('.stMain')
  const said = () => main.textContent.replace(/[^0-9]+/g, ' ') + location.search +
    [...main.querySelectorAll('input')].map((input) => input.value).join()
  let start, last, frame, before = said()
  const begin = () => { start ??= performance.now() }
  addEventListener('keydown', begin, { capture: true, once: true })
  addEventListener('pointerup', begin, { capture: true, once: true })
  const look = () => {
    frame = null
    const text = said()
    if (start && text !== before) last = performance.now()
    before = text
  }
  const soon = () => { frame ??= requestAnimationFrame(look) }
  const watch = new MutationObserver(soon)
  watch.observe(main, { subtree: true, childList: true, characterData: true, attributes: true })
  const replace = history.replaceState
  history.replaceState = function (...given) { soon(); return replace.apply(this, given) }
  window.measured = new Promise((resolve) => {
    const timer = setInterval(() => {
      if (!last || performance.now() - last < quiet) return
      clearInterval(timer)
      watch.disconnect()
      history.replaceState = replace
      resolve(last - start)
    }, 50)
  })
}"""
# Keeps of every picture what is painted: the line's corners, and at which floor it jumps.
RECORD = """() => {
  window.frames_seen = []
  const plot = document.querySelector('.flatline-picture .js-plotly-plot')
  plot.on('plotly_afterplot', () => {
    const line = plot.data.find((trace) => trace.name === 'pay')
    const path = plot.querySelector('.scatterlayer .trace:nth-of-type(1)')
    const floor = Math.round(100 * line.x[line.x.indexOf(null) + 1])
    window.frames_seen.push({ floor, x: [...line.x], y: [...line.y], drawn: Boolean(path) })
  })
}"""
# How far apart two positions of the floor lie [px].
STEP = """() => {
  const { layout } = document.querySelector('.js-plotly-plot'), { margin, xaxis } = layout
  return (layout.width - margin.l - margin.r) * 0.01 / (xaxis.range[1] - xaxis.range[0])
}"""


@contextmanager
def browser() -> Iterator[Any]:
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        found = playwright.chromium.launch(executable_path=chromium(), args=["--no-sandbox", "--disable-gpu"])
        yield found
        found.close()


def opened(found: Any, address: str, ready: str) -> Any:
    page = found.new_context(viewport={"width": 1280, "height": 900}, locale="en-US").new_page()
    page.goto(address)
    page.locator(ready).first.wait_for()
    page.locator("[data-testid=stApp][data-test-script-state=notRunning]").wait_for()
    page.wait_for_timeout(1000)
    return page


def middle(page: Any, path: str) -> tuple[float, float]:
    box = page.locator(f'.flatline-picture .chip[data-path="{path}"]').bounding_box()
    return box["x"] + box["width"] / 2, box["y"] + box["height"] / 2


def drag() -> Row:
    with app() as served, browser() as found:
        page = opened(found, f"{served.address}?preset=unreachable-floor", ".flatline-picture[data-painted]")
        x, y = middle(page, "deals.floor")
        page.mouse.move(x, y)
        page.wait_for_timeout(800)  # the rows are on their way
        page.evaluate(RECORD)
        page.mouse.down()
        step = page.evaluate(STEP)
        start = time.perf_counter()
        for n in range(MOVES):
            page.mouse.move(x - step * min(n + 1, 2 * TURN - n - 1), y)
            time.sleep(max(0.0, start + SECONDS * (n + 1) / MOVES - time.perf_counter()))
        page.wait_for_timeout(200)
        seen = page.evaluate("window.frames_seen")
        page.mouse.up()
    right = [frame for frame in seen if _is_the_engines(frame)]
    assert all(frame["drawn"] and len(frame["x"]) > 3 for frame in seen), "a picture was blank"
    what = "the floor dragged for 3 s by 100 moves: curves painted, each the engine's own; against moves"
    floors = len({frame["floor"] for frame in seen})
    met = len(right) >= 95 and len(right) == len(seen)
    return Row(what, f"{len(right)} ({floors} floors)", f"{MOVES}", f"{len(right) / MOVES:.2f}", "at least 0.95", met)


def _is_the_engines(frame: dict[str, Any]) -> bool:
    """Whether a painted line is the curve that the engine has for that floor, to less than a pixel."""
    preset = planfile.load_preset("unreachable-floor")
    start = Scene(preset.plan, "deals", {}, preset.team)
    scene = scene_with(start, "deals.floor", frame["floor"] / 100)
    if scene is None:
        return False
    stage = Stage(scene, start, Formats(), palette_of("light"))
    knots = [point for part in stage.knots for point in (*part, (None, None))]
    if len(knots) != len(frame["x"]):
        return False
    pairs = zip(knots, zip(frame["x"], frame["y"], strict=True), strict=True)
    return all(_near(a, c, stage.high) and _near(b, d, stage.top) for (a, b), (c, d) in pairs)


def _near(one: float | None, other: float | None, size: float) -> bool:
    return one is other if one is None or other is None else abs(one - other) <= REPORTED * size


def _let_go(page: Any, path: str) -> Callable[[], None]:
    """Drags a handle a little further each time, to and fro."""
    turn = [0]

    def act() -> None:
        x, y = middle(page, path)
        page.mouse.move(x, y)
        page.wait_for_timeout(700)
        page.mouse.down()
        turn[0] += 1
        page.mouse.move(x + (12 if turn[0] % 2 else -12), y, steps=3)
        page.wait_for_timeout(200)
        page.evaluate(QUIET, 400)
        page.mouse.up()

    return act


def _pressed(page: Any) -> Callable[[], None]:
    def act() -> None:
        page.locator("input[type=range]").first.focus()
        page.evaluate(QUIET, 400)
        page.keyboard.press("ArrowRight")

    return act


def _settled(page: Any, act: Callable[[], None]) -> float:
    act()
    took: float = page.evaluate("window.measured")
    return took


def _release(what: str, query: str, path: str) -> Row:
    with app() as served, minimal(TEXT) as small, browser() as found:
        page = opened(found, f"{served.address}?{query}", ".flatline-picture[data-painted]")
        other = opened(found, small.address, "input[type=range]")
        ours, theirs = _let_go(page, path), _pressed(other)
        _settled(page, ours), _settled(other, theirs)
        pairs = [(_settled(page, ours), _settled(other, theirs)) for _ in range(TIMES)]
    mine, yard = median(a for a, _ in pairs), median(b for _, b in pairs)
    return Row(what, f"{mine:.0f} ms", f"{yard:.0f} ms", f"{mine / yard:.1f}", "at most 2.0", mine <= 2.0 * yard)


def release() -> Row:
    what = "from letting go of a handle until every number on the page is true; against one text after one slider"
    return _release(what, "preset=unreachable-floor", "deals.floor")


def release_largest() -> Row:
    return _release("the same in a plan of a hundred KPIs", "preset=hundred-kpis", "orders.floor")


def first() -> Row:
    with app() as served, minimal(PICTURE) as small, browser() as found:
        ours = (f"{served.address}?preset=unreachable-floor", ".flatline-picture[data-painted] .scatterlayer path")
        theirs = (small.address, ".js-plotly-plot .scatterlayer path")
        _visit(found, *ours), _visit(found, *theirs)
        pairs = [(_visit(found, *ours), _visit(found, *theirs)) for _ in range(TIMES)]
    mine, yard = median(a for a, _ in pairs), median(b for _, b in pairs)
    what = "a first visit until the picture is there; against a page of one `st.plotly_chart`"
    return Row(what, f"{mine:.2f} s", f"{yard:.2f} s", f"{mine / yard:.2f}", "at most 1.6", mine <= 1.6 * yard)


def _visit(found: Any, address: str, ready: str) -> float:
    context = found.new_context(viewport={"width": 1280, "height": 900}, locale="en-US")
    page = context.new_page()
    start = time.perf_counter()
    page.goto(address, wait_until="commit")
    page.locator(ready).first.wait_for(state="attached")
    took = time.perf_counter() - start
    context.close()
    return took
