"""The presentation on the page: it is drawn in place of it, follows its address, and leaves everything as it was."""

import html
import json
import re
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl

import pytest
from streamlit.testing.v1 import AppTest

from calc.documents import link, planfile
from calc.documents.link import View
from ui.presentation import story

APP = str(Path(__file__).resolve().parent.parent / "app.py")
MARKUP = "<img src=x onerror=alert(1)> **[win](http://x)** $a$"


def opened(query: str) -> AppTest:
    app = AppTest.from_file(APP, default_timeout=60)
    for name, value in parse_qsl(query.lstrip("?"), keep_blank_values=True):
        app.query_params[name] = value
    return calm(app.run())


def calm(app: AppTest) -> AppTest:
    assert not app.exception, app.exception
    assert not app.error, [e.value for e in app.error]
    return app


def message(app: AppTest) -> str | None:
    """The message of the step; none where the page is on the screen."""
    found = [re.search(r"<h1>(.*?)</h1>", part.value) for part in app.html if 'class="step ' in part.value]
    return html.unescape(found[0][1]) if found and found[0] else None


def component(app: AppTest, name: str) -> dict[str, Any]:
    part = next(part for part in app.get("bidi_component") if part.proto.component_name == name)
    found: dict[str, Any] = json.loads(part.proto.json)
    return found


def lit(app: AppTest) -> list[float]:
    figure = component(app, "flatline_picture")["figure"]
    return [x for x in next(trace for trace in figure["data"] if trace["name"] == "lit")["x"] if x is not None]


def test_a_step_is_drawn_in_place_of_the_page() -> None:
    app = opened("?preset=unreachable-floor&present=3")
    assert message(app) == "Pays nothing below 70 deals: 93% of the team"
    assert [min(lit(app)), max(lit(app))] == [0, 0.7]
    assert component(app, "flatline_picture")["handles"] == []
    foot = component(app, "flatline_keys")
    assert (foot["step"], foot["steps"]) == (3, 8)
    assert foot["told"].startswith("Step 3 of 8. Pays nothing below 70 deals")
    assert not app.button
    assert not app.slider


@pytest.mark.parametrize("name", planfile.preset_names())
def test_every_step_of_every_preset_is_drawn(name: str) -> None:
    app = opened(f"?preset={name}&present=1")
    steps = component(app, "flatline_keys")["steps"]
    told = [message(app)]
    for step in range(2, steps + 1):
        app.session_state.desk = stepped(app, step)
        told.append(message(calm(app.run())))
    assert len(set(told)) == steps
    assert all(told)


def stepped(app: AppTest, step: int | None) -> Any:
    from ui.session.workspace import present_desk

    return present_desk(app.session_state.desk, step)


def test_a_step_beyond_the_last_is_the_last_and_the_address_says_so() -> None:
    app = opened("?preset=unreachable-floor&present=99")
    assert message(app) == "Nothing in this plan stops paying"
    assert component(app, "flatline_address")["query"] == "?preset=unreachable-floor&present=8"


def test_leaving_finds_the_desk_as_it_was() -> None:
    query = "?preset=unreachable-floor&deals.floor=0.6&deals.pays_at_floor=0.6&at.deals=80&along=csat"
    app = opened(f"{query}&present=2")
    assert message(app)
    app.session_state.desk = stepped(app, None)
    calm(app.run())
    assert message(app) is None
    assert app.session_state.desk.view == link.decode_link(query).view
    assert component(app, "flatline_address")["query"] == query


def test_nothing_is_judged_again_from_one_step_to_the_next(monkeypatch: pytest.MonkeyPatch) -> None:
    app = opened("?preset=step-bonus&present=1")
    monkeypatch.setattr(story, "tell_steps", lambda *_: pytest.fail("the steps were told anew"))
    app.session_state.desk = stepped(app, 2)
    assert message(calm(app.run()))


def test_a_strangers_words_are_text() -> None:
    preset = planfile.load_preset("low-ceiling")
    plan = link.set_terms(preset, {"deals.name": MARKUP, "deals.unit": "<i>*u*"})
    view = View(plan.changed(title=MARKUP, description=f"{MARKUP}. More.", source=MARKUP, cured_by=None), present=1)
    app = opened(link.encode_view(view))
    assert message(app) == MARKUP
    for step in range(1, component(app, "flatline_keys")["steps"] + 1):
        app.session_state.desk = stepped(app, step)
        calm(app.run())
        written = " ".join(part.value for part in app.html)
        assert "<img src=x" not in written
        assert "<i>*u*" not in written


def test_what_a_link_dropped_is_said() -> None:
    app = opened("?preset=unreachable-floor&deals.flor=0.5&present=2")
    assert any("Not everything in the link could be read." in part.value for part in app.html)


def test_a_plan_that_cannot_be_told_is_shown_by_the_page(monkeypatch: pytest.MonkeyPatch, faults: list[str]) -> None:
    monkeypatch.setattr(story, "tell_steps", lambda *_: 1 / 0)
    app = opened_anyhow("?preset=unreachable-floor&present=2")
    assert not app.exception
    assert [error.value for error in app.error] == ["This plan cannot be presented. The page shows it instead."]
    assert message(app) is None
    assert app.slider
    assert not calm(app.run()).error
    assert any("the presentation could not be told" in told for told in faults)
    faults.clear()


def opened_anyhow(query: str) -> AppTest:
    app = AppTest.from_file(APP, default_timeout=60)
    for name, value in parse_qsl(query.lstrip("?")):
        app.query_params[name] = value
    return app.run()


def test_without_the_live_picture_the_same_is_drawn_still() -> None:
    app = opened("?preset=unreachable-floor&present=3")
    live = component(app, "flatline_picture")["figure"]
    app.session_state.live_failed = True
    calm(app.run())
    still = json.loads(app.get("plotly_chart")[0].proto.spec)
    assert [trace["name"] for trace in still["data"]] == [trace["name"] for trace in live["data"]]
    assert message(app) == "Pays nothing below 70 deals: 93% of the team"


# The first visit


def buttons(app: AppTest) -> dict[str, Any]:
    return {button.key: button for button in app.button if button.key}


def strip(app: AppTest) -> str:
    """What the tour says, without its tags."""
    found = [part.value for part in app.html if 'class="tour"' in part.value]
    return re.sub("<style>.*?</style>|<[^>]*>", "", found[0]) if found else ""


def test_who_comes_without_a_link_is_offered_the_tour() -> None:
    app = opened("")
    assert app.session_state.desk.name == "unreachable-floor"
    assert buttons(app)["tour-start"].label == "New here? One-minute tour"
    assert buttons(app)["present"].label == "Present"


def test_the_tour_goes_on_by_what_is_done_on_the_page() -> None:
    app = opened("")
    buttons(app)["tour-start"].click()
    assert strip(calm(app.run())).startswith("1 of 4: Move the plan.")
    next(slider for slider in app.slider if slider.key and slider.key.endswith("deals-floor")).set_value(0.6)
    assert strip(calm(app.run())).startswith("2 of 4: Fix it.")
    next(button for key, button in buttons(app).items() if key.startswith("mend-")).click()
    assert strip(calm(app.run())).startswith("3 of 4: Compare.")
    buttons(app)["tour-skip"].click()
    assert strip(calm(app.run())).startswith("4 of 4: Share.")
    buttons(app)["tour-skip"].click()
    assert strip(calm(app.run())).startswith("That is Flatline.")
    buttons(app)["tour-end"].click()
    assert strip(calm(app.run())) == ""
    assert "tour-start" not in buttons(app)


def test_what_was_done_in_the_tour_stays_done() -> None:
    app = opened("")
    buttons(app)["tour-start"].click()
    slider = next(slider for slider in calm(app.run()).slider if slider.key and slider.key.endswith("deals-floor"))
    slider.set_value(0.6)
    calm(app.run())
    buttons(app)["undo"].click()
    assert strip(calm(app.run())).startswith("2 of 4")


def test_who_comes_by_a_link_is_not_new() -> None:
    assert "tour-start" not in buttons(opened("?preset=sound-plan"))


def test_who_has_moved_something_is_not_new_any_more() -> None:
    app = opened("")
    slider = next(slider for slider in app.slider if slider.key and slider.key.endswith("deals-floor"))
    slider.set_value(0.5)
    assert "tour-start" not in buttons(calm(app.run()))
