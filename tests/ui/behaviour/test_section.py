"""What people do, on the page: closed it costs nothing; opened it says what the engine answers, with its band."""

import re
from functools import partial
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from calc.behaviour.behave import behave
from calc.behaviour.search import search_shapes
from calc.documents.planfile import load_preset
from ui.session.people import PeopleDesk

APP = str(Path(__file__).resolve().parents[3] / "app.py")


def opened(name: str, **terms: str) -> AppTest:
    """The page of a preset with the drawer open."""
    app = AppTest.from_file(APP, default_timeout=120)
    app.query_params["preset"] = name
    for path, value in terms.items():
        app.query_params[path.replace("__", ".")] = value
    app.run()
    assert "portraits" not in app.session_state, "a closed drawer works nothing out"
    app.session_state["drawer-conduct"] = True
    app.run()
    assert not app.exception
    assert not app.error
    return app


def told(app: AppTest) -> str:
    """Every word of the page, without markup."""
    return re.sub(r"<[^>]+>", "", " ".join(element.proto.body for element in app.get("html")))


def test_three_reps_their_band_and_what_the_model_leaves_out() -> None:
    app = opened("low-ceiling")
    words = told(app)
    for part in ("A weak rep", "A middling rep", "A strong rep", "Where results land", "no forecast"):
        assert part in words
    sales = behave(load_preset("low-ceiling")).here.band("sales")
    assert sales is not None
    assert f"{245 * sales.standard:.0f} pieces ({245 * sales.low:.0f} to {245 * sales.high:.0f})" in words
    assert "less than under" in words


def test_a_late_plan_is_told_at_the_trust_that_is_set() -> None:
    none, full = told(opened("late-plan")), told(opened("late-plan", behaviour__trust="1"))
    assert "Waits until the plan is known" in none
    assert "silence costs nothing" in full
    assert "Begins before the plan is known" in full


def test_where_the_hours_go_is_told_where_hours_are_given() -> None:
    words = told(opened("calls-not-sales"))
    assert "Hours go where an hour pays: 97% of them to calls taken" in words
    assert "A weak rep" not in words
    assert "6 to 9 %" in words
    assert "Where the hours go" not in told(opened("sound-plan"))


def test_a_rising_target_is_told_period_by_period() -> None:
    words = told(opened("ratchet"))
    assert "Period by period" in words
    assert "One period by itself" in words
    assert "of later pay" in words


def test_what_would_still_be_sold_is_asked_and_answered() -> None:
    app = opened("low-ceiling")
    before = told(app)
    slider = next(slider for slider in app.slider if slider.label.startswith("Still sold"))
    slider.set_value(0.9).run()
    assert app.session_state.desk.view.preset.behaviour.kept_without_incentive == pytest.approx(0.9)
    assert told(app) != before
    again = opened("low-ceiling", behaviour__kept_without_incentive="0.9")
    assert told(again) == told(app)


def test_the_evidence_with_its_misses_is_one_click_away() -> None:
    app = opened("sound-plan")
    app.session_state["drawer-evidence"] = True
    app.run()
    assert not app.error
    assert "a miss: here calls bring no orders" in told(app)


def test_a_search_runs_a_few_shapes_at_a_time_and_can_be_stopped(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("calc.behaviour.search.search_shapes", partial(search_shapes, shapes=30))
    app = opened("low-ceiling")
    app.session_state["drawer-shapes"] = True
    app.run()
    next(button for button in app.button if button.key == "shapes-start").click().run()
    first = app.session_state["shape_search"].found.done
    assert 0.0 < first < 0.5
    app.run()
    assert app.session_state["shape_search"].found.done > first
    next(button for button in app.button if button.key == "shapes-stop").click().run()
    assert "Stopped after" in told(app)
    next(button for button in app.button if button.key == "shapes-start").click().run()
    for _ in range(30):
        if not app.session_state["shape_search"].running:
            break
        app.run()
    assert not app.exception
    assert "No shape at all could sell more than 2.4% more" in told(app)
    assert "Weakest gives up" in told(app)


def test_a_search_ends_with_the_plan_that_it_was_begun_for() -> None:
    app = opened("low-ceiling")
    app.session_state["drawer-shapes"] = True
    app.run()
    next(button for button in app.button if button.key == "shapes-start").click().run()
    slider = next(slider for slider in app.slider if slider.label.startswith("Still sold"))
    slider.set_value(0.9).run()
    assert app.session_state["shape_search"] is None


def test_named_people_are_told_when_they_stop_and_letters_where_names_are_hidden() -> None:
    app = opened("one-size-quota", revenue__floor="0.95")
    words = told(app).partition("By name: from when the next sale is worth too little to try")[2]
    names = [rep.name for rep in load_preset("one-size-quota").reps]
    assert "in all three readings of the evidence" in words
    shown = [name for name in names if name and name in words]
    assert len(shown) >= 2
    app.session_state["drawer-people"] = True
    app.session_state["people_desk"] = PeopleDesk(hidden=True, stamp=1)
    hidden = told(app.run()).partition("By name")[2]
    assert "pay out of reach" in hidden
    assert not any(name in hidden for name in shown)
    assert "By name" not in told(opened("low-ceiling"))
