"""The findings on the page: the cards are the diagnosis, a cure mends and can be taken back, a name stays a name."""

import html
import json
import re
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl
from xml.etree import ElementTree

import pytest
from streamlit.testing.v1 import AppTest

from calc.diagnosis.causes import Cause, by_cause
from calc.diagnosis.diagnose import diagnose_preset
from calc.documents import link, planfile
from calc.outcomes.expected_cost import cost_of_plan
from tests.calc.diagnosis.checks.situation import kpi, situation
from ui.charts.thumbnail import THUMB_WIDTH
from ui.number_format import Formats
from ui.sections import gallery
from ui.session import store
from ui.text.findings import sentence_in_words

APP = str(Path(__file__).resolve().parent.parent / "app.py")
NAMES = planfile.preset_names()
CAUSES = {name: by_cause(diagnose_preset(planfile.load_preset(name))) for name in NAMES}
CURABLE = [
    pytest.param(name, number, id=f"{name}-{cause.lead.check}")
    for name, causes in CAUSES.items()
    for number, cause in enumerate(causes)
    if cause.cure is not None
]


@pytest.fixture(autouse=True)
def clock(monkeypatch: pytest.MonkeyPatch) -> None:
    """Time goes on ten seconds between two changes, so that each is a move of its own."""
    ticks = iter(range(0, 10**9, 10))
    monkeypatch.setattr(store, "now", lambda: float(next(ticks)))


def opened(query: str) -> AppTest:
    """A page with all its cards in view."""
    app = AppTest.from_file(APP, default_timeout=60)
    for name, value in parse_qsl(query.lstrip("?"), keep_blank_values=True):
        app.query_params[name] = value
    return unfolded(calm(app.run()))


def unfolded(app: AppTest) -> AppTest:
    for drawer in app.expander:
        if drawer.key and re.fullmatch(r"drawer-.*-(more|notes)", drawer.key):
            app.session_state[drawer.key] = True
    return calm(app.run())


def calm(app: AppTest) -> AppTest:
    assert not app.exception, app.exception
    assert not app.error, [e.value for e in app.error]
    return app


def bare(markup: str) -> str:
    return html.unescape(" ".join(re.sub("<[^>]+>", "", markup).split()))


def cards(app: AppTest) -> list[tuple[str, str]]:
    """Severity and title of every card, from top to bottom."""
    found = [re.search(r'class="card (\w+)".*?</span> (.*?)</h3>', block.value) for block in app.html]
    return [(match[1], bare(match[2])) for match in found if match]


def part(app: AppTest, name: str) -> str:
    return next((bare(block.value) for block in app.html if f'class="{name}"' in block.value), "")


def view(app: AppTest) -> link.View:
    shown: link.View = app.session_state.desk.view
    return shown


def address(app: AppTest) -> str:
    """What the page writes into the browser's bar."""
    parts = [part.proto for part in app.get("bidi_component") if part.proto.component_name == "flatline_address"]
    query: str = json.loads(parts[0].json)["query"]
    return query


def told(cause: Cause, app: AppTest) -> tuple[str, str]:
    plan = view(app).preset.plan
    title = sentence_in_words(cause.lead.title, Formats("en_US", plan.currency, plan.minor))
    return cause.severity, " ".join(title.split())


def mended(app: AppTest, number: int) -> AppTest:
    """The page after the fix of one card, by its place among those that have one."""
    mend_button(app, number).click().run()
    for button in app.button:
        if button.label == "Fix it all the same":
            button.click().run()
    return calm(app)


def mend_button(app: AppTest, number: int) -> Any:
    return [b for b in app.button if b.key and b.key.startswith("mend-")][number]


def clicked(app: AppTest, ends: str, starts: str = "") -> AppTest:
    next(b for b in app.button if b.key and b.key.startswith(starts) and b.key.endswith(ends)).click().run()
    return calm(app)


@pytest.mark.parametrize("name", NAMES)
def test_the_cards_are_the_diagnosis_in_its_order(name: str) -> None:
    app = opened(f"?preset={name}")
    assert cards(app) == [told(cause, app) for cause in CAUSES[name]]


def test_a_fix_that_brings_a_warning_says_so_before_it_is_made() -> None:
    app = opened("?preset=done-by-the-tenth")
    before = view(app).preset
    mend_button(app, 0).click().run()
    calm(app)
    assert view(app).preset == before
    assert any("This fix brings a new warning: Costs" in block.value for block in app.html)
    mend_button(app, 0).click().run()
    assert view(app).preset != before
    assert "budget_gap" in {finding.check for finding in diagnose_preset(view(app).preset)}
    app.button(key="undo").click().run()
    assert view(app).preset == before
    assert not any("This fix brings" in block.value for block in app.html)


def test_three_are_on_the_screen_and_notes_are_not() -> None:
    measures = [kpi(name, 0.2, {"kind": "band", "floor": 1.0}) for name in "abcde"]
    preset = situation(*measures)
    amiss = [cause for cause in by_cause(diagnose_preset(preset)) if cause.severity != "note"]
    app = AppTest.from_file(APP, default_timeout=60)
    for name, value in parse_qsl(link.encode_view(link.View(preset)).lstrip("?")):
        app.query_params[name] = value
    calm(app.run())
    assert len(cards(app)) == 3
    labels = [drawer.label for drawer in app.expander]
    assert f"{len(amiss) - 3} more" in labels
    assert "Also worth knowing" in labels


def test_what_follows_from_a_cause_stands_on_its_card() -> None:
    app = opened("?preset=done-by-the-tenth")
    card = next(bare(block.value) for block in app.html if 'class="card alarm"' in block.value)
    assert "Asks for 20 contracts" in card
    assert "With it: Pays no more from 20 contracts on" in card
    assert "Stops paying on day 10 of 30" in card


def test_a_fix_that_brings_a_warning_says_so() -> None:
    app = mended(opened("?preset=unreachable-floor"), 0)
    new = {f.check for f in diagnose_preset(view(app).preset) if f.severity != "note"}
    new -= {f.check for f in diagnose_preset(planfile.load_preset("unreachable-floor")) if f.severity != "note"}
    assert bool(new) == ("New: " in part(app, "mended"))


@pytest.mark.parametrize(("name", "number"), CURABLE)
def test_mending_mends_and_undo_takes_it_back(name: str, number: int) -> None:
    app = opened(f"?preset={name}")
    finding = CAUSES[name][number].cheapest
    assert finding is not None
    before = (address(app), cards(app))
    mended(app, sum(cause.cure is not None for cause in CAUSES[name][:number]))
    after = view(app).preset
    assert address(app) != before[0]
    assert link.decode_link(address(app)).view.preset.plan == after.plan
    left = [f for f in diagnose_preset(after) if (f.check, f.kpi) == (finding.check, finding.kpi)]
    assert all(f.severity != "alarm" for f in left), left
    assert "Expected cost" in part(app, "mended")
    if any(b.key == "same-cost" for b in app.button):
        clicked(app, "same-cost")
        kept = [cost_of_plan(p.plan, p.team).expected for p in (finding.cure.before, view(app).preset)]  # type: ignore[union-attr]
        assert kept[1] == pytest.approx(kept[0], rel=0.001)
        assert "the same" in part(app, "mended")
        clicked(app, "undo-mend")
    assert view(app).preset.plan == after.plan
    clicked(app, "undo-mend")
    assert (address(app), cards(unfolded(app))) == before
    assert not part(app, "mended")


def test_keep_ends_the_comparison_and_undo_still_goes_back() -> None:
    app = mended(opened("?preset=unreachable-floor"), 0)
    clicked(app, "keep-mend")
    assert not part(app, "mended")
    assert address(app).startswith("?preset=unreachable-floor&deals.target=50")
    clicked(app, "undo")
    assert address(app) == "?preset=unreachable-floor"


def test_two_cures_are_compared_with_the_plan_before_the_first() -> None:
    all_or_nothing = [kpi(name, 0.5, {"kind": "band", "floor": 1.0}) for name in ("deals", "margin")]
    app = mended(mended(opened(link.encode_view(link.View(situation(*all_or_nothing)))), 0), 0)
    words = part(app, "mended")
    assert words.count("climb from zero") == 2
    assert "Alarms " in words


def test_a_card_that_is_shown_turns_the_axis_and_lights_its_zone() -> None:
    app = opened("?preset=unreachable-floor&along=csat")
    assert lit(app) == []
    key = next(b.key for b in app.button if b.key and b.key.startswith("show-"))
    clicked(app, key)
    assert view(app).along == "deals"
    assert [min(lit(app)), max(lit(app))] == [0.0, 0.7]
    clicked(app, key)
    assert lit(app) == []


def lit(app: AppTest) -> list[float]:
    places: list[float] = next(trace for trace in figure(app)["data"] if trace["name"] == "lit")["x"]
    return places


def figure(app: AppTest) -> dict[str, Any]:
    live = [part for part in app.get("bidi_component") if part.proto.component_name == "flatline_picture"]

    drawn: dict[str, Any] = (
        json.loads(live[0].proto.json)["figure"] if live else json.loads(app.get("plotly_chart")[0].proto.spec)
    )
    return drawn


def test_the_picture_shows_before_and_after() -> None:
    app = mended(opened("?preset=unreachable-floor"), 0)
    assert view(app).preset.plan.kpi("deals").target == 50
    before = next(trace for trace in figure(app)["data"] if trace["name"] == "before")
    points = {(round(x, 6), y) for x, y in zip(before["x"], before["y"], strict=True) if x is not None}
    assert (round(70 / 50, 6), 700.0) in points
    words = [note["text"] for note in figure(app)["layout"]["annotations"]]
    assert "<b>before</b>" in words
    assert "<b>after</b>" in words


MARKUP = "**[win](https://evil.example)** <b>$x$ :red[y] `z` ![i](u) www.evil.example"


def test_names_from_a_link_stay_names_in_every_card() -> None:
    preset = link.set_terms(
        planfile.load_preset("unreachable-floor"), {"deals.name": MARKUP, "deals.unit": "<i>*u*[a](b)"}
    )
    app = mended(opened(link.encode_view(link.View(preset))), 0)
    for block in app.html:
        assert "<b>" not in block.value
        assert "<i>" not in block.value.replace('<i aria-hidden="true">', "")
    for button in app.button:
        assert not re.search(r"(?<!\\)[`*]|<(?=\w)|\](?=\()", button.help or ""), button.help


# Around the findings


def folded_out(app: AppTest, name: str) -> AppTest:
    drawer = next(d for d in app.expander if d.key and d.key.startswith("drawer-") and d.key.endswith(f"-{name}"))
    assert drawer.key is not None
    app.session_state[drawer.key] = True
    return calm(app.run())


def plain_page(name: str, *drawers: str) -> AppTest:
    app = AppTest.from_file(APP, default_timeout=60)
    app.query_params["preset"] = name
    calm(app.run())
    for drawer in drawers:
        folded_out(app, drawer)
    return app


def tables(app: AppTest) -> str:
    return " ".join(bare(block.value) for block in app.html if 'class="rows"' in block.value)


def moved(app: AppTest, path: str, value: float) -> AppTest:
    key = re.compile(rf"-\d+-{re.escape(path.replace('.', '-'))}(-\d+)?$")
    found = [w for kind in (app.slider, app.number_input) for w in kind if key.search(w.key or "")]
    found[0].set_value(value).run()
    return calm(app)


@pytest.mark.parametrize("name", [n for n in NAMES if planfile.load_preset(n).cured_by])
def test_every_sick_plan_stands_beside_its_cure(name: str) -> None:
    cured = planfile.load_preset(name).cured_by
    app = plain_page(name, "cured")
    assert cured is not None
    assert planfile.load_preset(cured).title in tables(app)
    clicked(app, "switch-cured")
    assert address(app) == f"?preset={cured}"


def test_the_cured_line_lies_in_the_same_picture() -> None:
    app = plain_page("low-ceiling", "cured")
    words = [note["text"] for note in figure(app)["layout"]["annotations"]]
    assert "<b>fixed plan</b>" in words
    assert "<b>this plan</b>" in words


def test_the_gallery_has_every_preset_once() -> None:
    groups = gallery.presets_by_group()
    assert sorted(name for names in groups.values() for name in names) == sorted(NAMES)
    assert "sound-plan" in groups[gallery.PRESET_GROUPS[1]]
    assert "unreachable-floor" in groups[gallery.PRESET_GROUPS[0]]


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("name", NAMES)
def test_a_thumbnail_is_a_drawing_of_finite_numbers(name: str, theme: str) -> None:
    root = ElementTree.fromstring(gallery.preset_picture(name, theme))
    assert root.tag.endswith("svg")
    for line in root.iter("{http://www.w3.org/2000/svg}polyline"):
        places = [float(number) for number in re.split("[ ,]", line.attrib["points"])]
        assert all(-1 <= number <= THUMB_WIDTH + 1 for number in places)


def test_choosing_in_the_gallery_opens_the_plan() -> None:
    app = plain_page("sound-plan")
    clicked(app, "situations")
    assert any(b.key == "choose-low-ceiling" for b in app.button)
    clicked(app, "choose-low-ceiling")
    assert address(app) == "?preset=low-ceiling"


def test_the_day_says_where_everything_lands() -> None:
    app = plain_page("pipeline-scorecard", "today")
    assert "Revenue" in tables(app)
    assert "Work on" in part(app, "pacing")
    moved(app, "calendar.today", 60.0)
    assert address(app) == "?preset=pipeline-scorecard&calendar.today=60"
    assert any("where the rep stands" in caption.value for caption in app.caption)


def test_a_day_is_looked_at_where_none_is_given() -> None:
    app = opened("?preset=low-ceiling&calendar.today=none")
    clicked(folded_out(app, "today"), "look-day")
    assert "calendar.today=15" in address(app)
    assert "At this rate" in part(app, "pacing")


def test_the_target_is_told_period_by_period() -> None:
    app = plain_page("ratchet", "path")
    assert "€194,872" in tables(app)
    moved(app, "path.growth_if_hit", 0.0)
    assert "path.growth_if_hit=0" in address(app)
    assert "stops paying" in part(app, "finding")


def test_the_team_moves_every_share() -> None:
    app = plain_page("unreachable-floor", "team")
    moved(app, "team.mean", 1.2)
    moved(app, "team.size", 7.0)
    team = view(app).preset.team
    assert team is not None
    assert team.mean == 1.2
    assert "team.size=7" in address(app)
    assert "93%" not in part(app, "finding")


def test_practice_may_be_ones_own() -> None:
    app = plain_page("unreachable-floor", "practice")
    moved(app, "practice.below_floor", 0.99)
    moved(app, "practice.below_floor_alarm", 0.995)
    practice = view(app).preset.practice
    assert practice is not None
    assert practice.below_floor == 0.99
    assert not any(title.startswith("Pays nothing") for _, title in cards(app))
    again = link.decode_link(address(app)).view.preset
    assert again.practice == view(app).preset.practice
    clicked(app, "undo")
    clicked(app, "undo")
    assert address(app) == "?preset=unreachable-floor"


@pytest.mark.parametrize("name", NAMES)
def test_every_drawer_opens(name: str) -> None:
    app = plain_page(name)
    for drawer in app.expander:
        if drawer.key and drawer.key.startswith("drawer-"):
            app.session_state[drawer.key] = True
    calm(app.run())
