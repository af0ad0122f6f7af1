"""The year on the page: closed it costs nothing; opened it says what the engine pays, reading by reading."""

import re
from pathlib import Path

import numpy as np
import pytest
from streamlit.testing.v1 import AppTest

from calc.documents.planfile import load_preset
from calc.year.settle import year_statement
from ui.model.year import YearView
from ui.number_format import Formats
from ui.session.people import BroughtFiles, PeopleDesk
from ui.text.year.sentences import lead_sentence, moves_table, readings_table

APP = str(Path(__file__).resolve().parents[3] / "app.py")
US = Formats("en_US", "USD")


def opened(name: str) -> AppTest:
    """The page of a preset with the drawer open."""
    app = AppTest.from_file(APP, default_timeout=120)
    app.query_params["preset"] = name
    app.run()
    assert "years" not in app.session_state, "a closed drawer works nothing out"
    app.session_state["drawer-year"] = True
    app.session_state["drawer-year-readings"] = True
    app.run()
    assert not app.exception
    assert not app.error
    return app


def told(app: AppTest) -> str:
    """Every word of the page, without markup."""
    return re.sub(r"<[^>]+>", "", " ".join(element.proto.body for element in app.get("html")))


def test_a_monthly_accelerator_is_told_with_its_readings_and_its_moves() -> None:
    app = opened("held-back-deals")
    words = told(app)
    assert "Pays $300 for holding 2 deals back from January." in words
    assert "The year so far against the target to date, less what was paid$25,500−$3,150" in words
    assert "2 deals from January to February+$300" in words


def test_a_plan_is_read_otherwise_in_one_press_and_back() -> None:
    app = opened("held-back-deals")
    button = next(one for one in app.button if one.label.startswith("The year so far against the target to date"))
    button.click().run()
    preset = app.session_state.desk.view.preset
    assert preset.year.reading == "running_total"
    assert preset.year.against == "to_date"
    assert not app.exception
    assert "gains nothing at any end of a month" in told(app)


def test_what_people_were_paid_names_the_rule_that_pays_it() -> None:
    app = AppTest.from_file(APP, default_timeout=120)
    app.query_params["preset"] = "held-back-deals"
    app.run()
    months = [14, 26, 15, 25, 16, 24]
    pays = [1400, 2600, 1500, 2500, 1600, 2455]  # the running total, but for the last
    rows = [f"Ann,2026-{m + 1:02d},{d},85,{p}" for m, (d, p) in enumerate(zip(months, pays, strict=True))]
    text = "\n".join(["Rep,Month,Deals closed,Csat,Commission paid", *rows])
    app.session_state["people_desk"] = PeopleDesk(BroughtFiles((("team.csv", text.encode()),)), stamp=1)
    app.session_state["drawer-year"] = True
    app.run()
    assert not app.exception
    words = told(app)
    assert "that is how 5 of 6 payments were paid" in words, words
    assert "The year so far against the" in words
    assert "Ann2026-06-01$2,455$2,400+$55" in words


def test_a_plan_without_a_year_stands_on_target_and_offers_one_that_has() -> None:
    app = opened("low-ceiling")
    assert "every payment stands on target" in told(app)
    app.button(key="year-example").click().run()
    assert app.session_state.desk.name == "held-back-deals"


@pytest.mark.parametrize("name", ["held-back-deals", "endless-draw", "floor-of-the-year", "quarter-caps", "money-back"])
def test_the_row_of_a_dragged_month_is_what_the_engine_pays(name: str) -> None:
    view = YearView(load_preset(name))
    for period in range(view.count):
        rows = view.rows_of(period)
        assert len(rows) == view.positions + 1
        place = min(7, view.positions)
        results = view.case.people.results.copy()
        results[0, period, view.case.place] = place * view.step
        people = view.case.people.until(view.count, results)
        found = year_statement(view.case.rules, people)
        row = rows[place]
        np.testing.assert_allclose(row.paid, (found.paid + found.settled)[0])
        np.testing.assert_allclose(row.owed, found.owed[0])
        assert row.results[period] == place * view.step


def test_what_the_next_one_pays_is_the_curve_s_slope() -> None:
    view = YearView(load_preset("endless-draw"))
    assert view.rest.worth.tolist() == [0.0] * 12  # everything goes into what is owed
    assert view.rest.later.tolist() == [100.0] * 12
    held = YearView(load_preset("held-back-deals"))
    assert held.rest.worth[:3].round(6).tolist() == [100.0, 250.0, 100.0]


def test_a_sound_year_says_that_every_next_one_earns() -> None:
    view = YearView(load_preset("deals-when-won"))
    assert lead_sentence(view, (), US) == "One more earns something in every month of this year."
    assert moves_table(view, US)[1] == []
    assert readings_table(view, US)[1][0][0].endswith("(this plan)")
