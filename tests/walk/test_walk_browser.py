"""The walk in a real browser, by mouse, by keys and by touch, each move held against the engine."""

from collections.abc import Iterator
from random import Random
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

import pytest

from calc.documents import link, planfile
from tests.browsing import at_rest, settle
from tests.walk import laws
from tests.walk.hands import TRACES, Hand
from ui.session import workspace

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

STEPS = 25
NEAR = 1e-6
FAILED = "[data-testid=stException], [data-testid=stAlertContentError]"


@pytest.fixture
def finger(browser: "Browser", server: Any) -> Iterator["Page"]:
    """A phone, which fails when its console or the server reports an error."""
    start, wrong = server.log.stat().st_size, []
    context = browser.new_context(
        base_url=server, viewport={"width": 390, "height": 844}, has_touch=True, is_mobile=True, locale="en-US"
    )
    page = context.new_page()
    page.on("pageerror", lambda error: wrong.append(str(error)))
    yield page
    context.close()
    assert not wrong, "the browser's console reports: " + "\n".join(wrong)
    assert not server.errors(start), f"the server reports:\n{server.errors(start)}"


@pytest.mark.browser
@pytest.mark.parametrize("seed", range(1, 6))
def test_a_mouse_walks(page: "Page", seed: int) -> None:
    walks(page, "mouse", seed)


@pytest.mark.browser
@pytest.mark.parametrize("seed", range(6, 10))
def test_keys_walk(page: "Page", seed: int) -> None:
    walks(page, "keys", seed)


@pytest.mark.browser
@pytest.mark.parametrize("seed", range(10, 13))
def test_a_finger_walks(finger: "Page", seed: int) -> None:
    walks(finger, "touch", seed)


def walks(page: "Page", way: str, seed: int) -> None:
    """Takes a walk from a preset; after every move what is on the screen is the engine's."""
    random = Random(seed)
    preset = random.choice(planfile.preset_names())
    page.goto(f"/?preset={preset}")
    at_rest(page)
    hand, taken = Hand(page, random, way), [f"from {preset} by {way}"]
    for _ in range(STEPS):
        move, held = hand.moves()
        taken.append(move)
        leaves(page)
        at_rest(page)
        broken = holds(page, held, move)
        assert not broken, "\n".join([*taken, *broken])


def leaves(page: "Page") -> None:
    """Closes what lies over the page, and ends a presentation: from there a hand would find nothing to move."""
    settle(page)
    if page.locator("[role=dialog], .step").count():
        page.keyboard.press("Escape")


def holds(page: "Page", held: Any, move: str) -> list[str]:
    """What does not hold of the screen: nothing has failed, and the picture, held or let go, is the engine's."""
    failed = page.locator(FAILED)
    if failed.count():
        return [f"the page says: {failed.first.inner_text()}"]
    desk = workspace.open_desk(link.decode_link(f"?{urlsplit(page.url).query}"))
    if desk.view.present is not None:
        return []
    traces = page.evaluate(TRACES)
    broken = laws.drawn_wrong(traces, desk.view, desk.along)
    if held is not None and not broken:
        was, now = ({trace["name"]: laws.points(trace) for trace in one} for one in (held, traces))
        told = ((name, was[name], now[name]) for name in ("pay", "here"))
        broken += [f"in the hand '{name}' was {a[:4]}, and is {b[:4]}" for name, a, b in told if not _same(a, b, move)]
    return broken


def _same(one: list[tuple[float, float]], other: list[tuple[float, float]], move: str) -> bool:
    """Whether two lines are the same where both are drawn: the axis may reach further once the handle is let go.

    While a target is held, the axis stands still, in per cent of the target that was.
    """
    if move.endswith("target") and one and other and one[-1][0]:
        scale = next((b[0] / a[0] for a, b in zip(one, other, strict=False) if a[0]), 1.0)
        one = [(x * scale, y) for x, y in one]
    end = min(one[-1][0], other[-1][0]) if one and other else 0.0
    left, right = ([point for point in line if point[0] < end - NEAR] for line in (one, other))
    pairs = zip(left, right, strict=False)
    return all(abs(a[0] - b[0]) < NEAR and abs(a[1] - b[1]) < NEAR * (1 + abs(b[1])) for a, b in pairs)
