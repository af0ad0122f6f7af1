"""Sharing in Streamlit's own harness: nothing before it is opened, what it says of a long link, the names of files."""

import json
from datetime import date
from pathlib import Path
from random import Random
from string import ascii_letters
from urllib.parse import parse_qsl

import pytest
from streamlit.testing.v1 import AppTest

from calc.documents import link, planfile
from calc.documents.link import View
from calc.documents.planfile import Preset
from calc.plan.plan import Plan
from ui.number_format import Formats
from ui.report import page, size, table
from ui.report.share import NO_CODE, SHARE_HINT, TOO_LONG, file_name, full_address, today_in
from ui.report.words.plan_in_words import plan_in_words

APP = str(Path(__file__).resolve().parents[3] / "app.py")


def shared(view: View) -> AppTest:
    """The app with a plan on it and the popover open."""
    app = AppTest.from_file(APP, default_timeout=30)
    for name, value in parse_qsl(link.encode_view(View(planfile.load_preset("sound-plan"), "sound-plan"))[1:]):
        app.query_params[name] = value
    app.run()
    app.session_state["share"] = True
    app.session_state.desk = type(app.session_state.desk)(view, view, view)
    app.session_state.touched = True
    app.run()
    assert not app.exception
    assert not app.error
    return app


def texts(app: AppTest) -> list[str]:
    return [caption.value for caption in app.caption]


def images(app: AppTest) -> int:
    return len(app.get("image"))


def downloads(app: AppTest) -> list[str]:
    """The buttons that save a file."""
    found = (
        json.loads(one.proto.json)
        for one in app.get("bidi_component")
        if "flatline_download" in one.proto.component_name
    )
    return [data["label"] for data in found]


def named(letters: int) -> Preset:
    """A plan of its own with so much to say that its link is long."""
    text = "".join(Random(1).choices(ascii_letters, k=letters))
    return planfile.load_preset("sound-plan").changed(title="Ours", description=text)


def huge() -> Preset:
    kpis = []
    for i in range(30):
        points = [[x / 100, round((x * x * 37 * (i + 1) % 9973) / 5000, 4)] for x in range(190)]
        kpis.append({"id": f"k{i}", "target": 100 + i, "weight": 1 / 30, "curve": {"kind": "points", "points": points}})
    return planfile.load_preset("sound-plan").changed(plan=Plan.read({"target_incentive": 1000, "kpis": kpis}))


def test_nothing_is_made_before_it_is_opened() -> None:
    app = AppTest.from_file(APP, default_timeout=30).run()
    assert not downloads(app)
    assert not app.code
    assert SHARE_HINT not in texts(app)


def test_the_address_in_it_is_the_one_of_the_page() -> None:
    app = shared(View(planfile.load_preset("low-ceiling"), "low-ceiling"))
    assert app.code[0].value.endswith("/?preset=low-ceiling")
    assert SHARE_HINT in texts(app)
    assert images(app) == 1
    assert len(downloads(app)) == 3


def test_a_link_too_long_for_a_code_says_so_and_is_there() -> None:
    view = View(named(2500))
    assert len(link.encode_view(view)) > 1_300
    app = shared(view)
    assert NO_CODE in texts(app)
    assert images(app) == 0
    assert app.code[0].value.endswith(link.encode_view(view))


def test_a_plan_too_large_for_a_link_points_to_its_file() -> None:
    view = View(huge())
    assert link.too_long(link.encode_view(view)) is not None
    app = shared(view)
    assert TOO_LONG in [warning.value for warning in app.warning]
    assert not app.code
    assert len(downloads(app)) == 3


def test_a_plan_that_is_too_large_is_told_in_short() -> None:
    preset = huge()
    assert not size.is_small(preset.plan)
    assert size.TOLD_IN_PART in plan_in_words(preset.plan, Formats())[-1].sentences
    kpis = {part.title for part in plan_in_words(preset.plan, Formats()) if part.examples}
    assert len(kpis) == size.FEW
    assert len({row.kpi.id for row in table.payout_rows(preset.plan, {})}) == 30
    text = page.report_page(View(preset), Formats(), "https://flatline.example/", date(2026, 11, 24))
    assert f"Shown are the {size.FEW} measures that pay most." in text


@pytest.mark.parametrize(
    ("place", "whole"),
    [
        ("https://plans.example/app", "https://plans.example/app?preset=a"),
        ("https://plans.example", "https://plans.example/?preset=a"),
        ("https://plans.example/", "https://plans.example/?preset=a"),
        ("https://plans.streamlit.app/~/+/", "https://plans.streamlit.app/?preset=a"),
        (None, "/?preset=a"),
    ],
)
def test_an_address_is_that_of_the_page_that_people_see(place: str | None, whole: str) -> None:
    assert full_address(place, "?preset=a") == whole


@pytest.mark.parametrize(
    ("title", "name"),
    [
        ("Our plan: 2027/Q1", "flatline-our-plan-2027-q1"),
        ("../../etc/passwd", "flatline-etc-passwd"),
        ("", "flatline-plan"),
        ("計画", "flatline"),
        ("x" * 120, "flatline-" + "x" * 51),
    ],
)
def test_a_file_goes_by_letters_and_digits(title: str, name: str) -> None:
    assert file_name(View(planfile.load_preset("sound-plan").changed(title=title))) == name


def test_the_day_is_the_readers_own_and_never_a_fault() -> None:
    assert isinstance(today_in("Pacific/Kiritimati"), date)
    assert today_in("no/where") == today_in(None)
    assert (today_in("Pacific/Kiritimati") - today_in("Pacific/Niue")).days in (0, 1, 2)
