"""A plan beside itself: pinned, changed in any way, and changed back, the page tells of it whatever it differs in."""

import itertools
from collections.abc import Callable
from pathlib import Path
from random import Random
from urllib.parse import parse_qsl

import pytest
from streamlit.testing.v1 import AppTest

from calc.documents import planfile
from ui.session import store

APP = str(Path(__file__).resolve().parent.parent / "app.py")
NAMES = [name for name in planfile.preset_names() if name != "hundred-kpis"]
MOVES = 2


@pytest.fixture(autouse=True)
def clock(monkeypatch: pytest.MonkeyPatch) -> None:
    """Time goes on ten seconds between two changes, so that each is a move of its own."""
    ticks = itertools.count(0, 10)
    monkeypatch.setattr(store, "now", lambda: float(next(ticks)))


def opened(query: str) -> AppTest:
    app = AppTest.from_file(APP, default_timeout=60)
    for name, value in parse_qsl(query):
        app.query_params[name] = value
    return sound(app.run())


def sound(app: AppTest) -> AppTest:
    assert not app.exception, app.exception
    assert not app.error, [error.value for error in app.error]
    return app


def there(app: AppTest, dice: Random) -> Callable[[], AppTest]:
    """Moves a slider somewhere else; answers with the way back."""
    slider = dice.choice([one for one in app.slider if not one.disabled])
    was, steps = slider.value, round((slider.max - slider.min) / slider.step)
    slider.set_value(round(slider.min + dice.randrange(steps + 1) * slider.step, 9)).run()
    key = slider.key

    def back() -> AppTest:
        found = next((one for one in app.slider if one.key == key), None)
        return app if found is None else found.set_value(was).run()

    return back


@pytest.mark.parametrize("name", NAMES)
def test_a_plan_beside_itself_is_told_after_any_change_and_back(name: str) -> None:
    dice = Random(name)
    app = opened(f"preset={name}&A.preset={name}")
    for _ in range(MOVES):
        back = there(app, dice)
        sound(app)
        sound(back())
    while not app.button(key="undo").disabled:
        sound(app.button(key="undo").click().run())
    view = app.session_state["desk"].view
    assert view.against is not None
    assert view.preset == view.against.preset


@pytest.mark.parametrize("name", ["low-ceiling", "gate-and-modifier", "sound-plan"])
def test_a_plan_that_is_pinned_changed_undone_swapped_and_reset_is_told(name: str) -> None:
    dice = Random(name)
    app = opened(f"preset={name}")
    ways = ["compare", "pin-this", "undo", "swap", "reset", "unpin"]
    for _ in range(MOVES):
        back = there(app, dice)
        sound(app)
        for key in dice.sample(ways, 3):
            button = next((one for one in app.button if one.key == key and not one.disabled), None)
            if button is not None:
                sound(button.click().run())
        sound(back())
