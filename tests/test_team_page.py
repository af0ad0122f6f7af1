"""The team on the page: people from files that somebody brings, what is shown of them, and that they stay at home."""

import html
import json
import re
from datetime import date
from typing import Any

from streamlit.testing.v1 import AppTest

from calc.commands.compare_people import compare_team
from calc.commands.team import team_answer
from calc.diagnosis.diagnose import diagnose_preset
from calc.documents import planfile
from calc.tables.people import read_people
from calc.tables.template import example_team
from calc.team.deal_moves import moves_of_team
from calc.team.paid_people import pay_people, team_results
from tests.test_app import clock, moved, opened
from ui.analyses.ranking import TEAM_ANALYSES
from ui.number_format import Formats
from ui.report.page import report_page

__all__ = ["clock"]

SOUND = planfile.load_preset("sound-plan")
PLAN = planfile.load_preset("unreachable-floor").plan
FILE = (
    b"Rep,Region,Deals closed quota,Deals closed,Csat,Hire date,Date of birth\n"
    b"Ann Field,North,100,72,85,2024-01-01,1980-01-02\n"
    b"Bo Marsh,North,100,64,85,2024-01-01,1980-01-02\n"
    b"Cy Heath,South,80,88,85,2024-01-01,1980-01-02\n"
    b"Di Brook,South,100,n/a,85,2024-01-01,1980-01-02\n"
    b"Total,,380,224,85,,\n"
)


def looked_at(query: str = "?preset=unreachable-floor") -> AppTest:
    """The page with the drawer of the team open."""
    app = opened(query)
    app.session_state["drawer-people"] = True
    return calm(app.run())


def calm(app: AppTest) -> AppTest:
    assert not app.exception, app.exception
    assert not app.error, [e.value for e in app.error]
    return app


def brought(app: AppTest, *files: tuple[str, bytes]) -> AppTest:
    uploader = next(one for one in app.file_uploader if one.key and one.key.startswith("people-files"))
    return calm(uploader.set_value([(name, content, "text/csv") for name, content in files]).run())


def said(app: AppTest) -> str:
    """All that the page says, without its marks."""
    texts = [block.value for block in app.html if "<style" not in block.value]
    texts += [block.value for block in app.markdown]
    return html.unescape(re.sub(r"\s+", " ", re.sub("<[^>]+>", " ", " ".join(texts))))


def picture(app: AppTest) -> dict[str, Any]:
    live = [p for p in app.get("bidi_component") if p.proto.component_name == "flatline_picture"]
    found: dict[str, Any] = json.loads(live[0].proto.json)
    return found


def figures(app: AppTest) -> dict[str, str]:
    told = picture(app)["people"]
    return dict(zip(told["heads"], (value for value, _ in told["told"]), strict=True))


def dots(app: AppTest) -> list[tuple[float, float]]:
    trace = next(one for one in picture(app)["figure"]["data"] if one["name"] == "people")
    return list(zip(trace["x"], trace["y"], strict=True))


def select(app: AppTest, start: str, word: str) -> AppTest:
    """Answer the question whose words begin so."""
    box = next(one for one in app.selectbox if one.label.replace("\u2060", "").startswith(start))
    return calm(box.select(word).run())


def test_nothing_is_worked_out_while_the_drawer_is_closed() -> None:
    app = opened("?preset=one-size-quota")
    assert "team_at_hand" not in app.session_state
    assert picture(app)["people"] is None
    assert dots(app) == []


def test_a_file_is_read_shown_and_paid_as_the_command_pays_it(clock: None) -> None:
    app = brought(looked_at(), ("people.csv", FILE))
    told = said(app)
    assert "4 people from people.csv, a row for every person" in told
    assert "Not paid here: Di Brook (no result of deals)" in told
    assert "Dropped unread, as they may identify people or their accounts: Date of birth" in told
    preset = planfile.load_preset("unreachable-floor")
    read = read_people(("people.csv", FILE), plan=preset.plan)
    answer = team_answer(preset, pay_people(preset.plan, team_results(preset.plan, read)))
    assert figures(app)["Paid nothing"] == f"{answer['share']['zero']:.0%}" == "33%"
    assert figures(app)["Cost per month"] == f"${answer['cost']:,.0f}"
    rows = {one["rep"]: one for one in answer["people"]}
    assert sorted(x for x, _ in dots(app)) == sorted(one["attainment"] for one in rows.values())
    assert sorted(round(y) for _, y in dots(app)) == sorted(round(one["pay"]) for one in rows.values())


def test_bad_rows_are_listed_at_once_and_a_total_is_asked_about(clock: None) -> None:
    app = brought(looked_at(), ("people.csv", FILE.replace(b"Cy Heath,South,80", b"Cy Heath,South,x7")))
    assert "1 question about the files" in said(app)
    app.session_state["drawer-people-bad"] = True
    table = said(calm(app.run()))
    assert re.search(r"people\.csv 4 .*x7", table)
    before = figures(app)["Paid nothing"]
    app = select(app, "people.csv (line 6): Are these rows totals", "keep")
    assert "question about the files" not in said(app)
    assert (before, figures(app)["Paid nothing"]) == ("50%", "67%")


def test_a_fault_loses_nothing(clock: None) -> None:
    app = brought(looked_at(), ("people.csv", FILE))
    before = dots(app)
    brought(app, ("broken.csv", b""))
    assert "broken.csv must hold rows of people (got an empty file)" in said(app)
    assert dots(app) == before
    app.button(key="people-forget").click().run()
    assert "Nobody is named yet" in said(calm(app))


def test_the_match_can_be_changed_and_opens_the_next_export(clock: None) -> None:
    odd = b"Wer,Eins,Zwei,Csat\nAnn Field,100,72,85\nBo Marsh,100,64,85\n"
    app = brought(looked_at(), ("odd.csv", odd))
    assert "question" in said(app)
    app.session_state["drawer-people-match"] = True
    calm(app.run())
    for heading, role in (("Wer", "person"), ("Eins", "target.deals"), ("Zwei", "result.deals")):
        select(app, heading, role)
    told = app.session_state["team_at_hand"][2]
    assert sorted(round(x, 2) for x, _ in dots(app)) == [0.64, 0.72]
    from calc.tables.sheets.match import map_text

    again = brought(
        looked_at(), ("next.csv", odd.replace(b"72", b"93")), ("people-map.toml", map_text(told.read.match).encode())
    )
    assert "question" not in said(again)
    assert sorted(round(x, 2) for x, _ in dots(again)) == [0.64, 0.93]


def test_names_are_hidden_everywhere(clock: None) -> None:
    app = brought(looked_at(), ("people.csv", FILE))
    assert "Ann Field" in json.dumps(picture(app))
    app.toggle(key="people-hide").set_value(True).run()
    app.session_state["drawer-people-match"] = True
    calm(app.run())
    assert "Ann" not in json.dumps(picture(app))
    assert "Ann Field" not in said(app)


def test_a_made_up_team_is_one_press_away_on_every_plan(clock: None) -> None:
    for name in ("unreachable-floor", "sound-plan", "two-way-matrix", "weighted-score"):
        app = looked_at(f"?preset={name}")
        app.button(key="people-example").click().run()
        assert "12 made-up people" in said(calm(app))
        assert len(dots(app)) == 12


PERIODS = (
    b"Rep,Quarter,Deals closed quota,Deals closed,Csat\n"
    b"Ann Field,2026-Q1,100,95,85\nAnn Field,2026-Q2,100,130,85\n"
    b"Bo Marsh,2026-Q1,100,60,85\nBo Marsh,2026-Q2,100,80,85\n"
)


def test_who_gains_and_loses_is_what_the_command_compares(clock: None) -> None:
    app = brought(looked_at("?preset=unreachable-floor"), ("people.csv", FILE))
    assert figures(app)["Gain · lose"] == "0 · 0"
    moved(app, "deals.floor", 0.6)
    a = planfile.load_preset("unreachable-floor")
    b = app.session_state.desk.view.preset
    read = read_people(("people.csv", FILE), plan=a.plan)
    found = compare_team(a, b, pay_people(a.plan, team_results(a.plan, read)))
    winners, losers = found["people"]["winners"], found["people"]["losers"]
    assert figures(app)["Gain · lose"] == f"{winners} · {losers}" == "1 · 0"
    assert "Against the plan as it came, on the same results, 1 person is paid more and nobody is paid less" in said(
        app
    )
    assert re.search(r"Bo Marsh \$0 \$640 \+\$640", said(app))


def test_two_pinned_plans_are_compared_on_the_people_and_cost_the_same_in_another_shape(clock: None) -> None:
    app = brought(looked_at("?preset=sound-plan"), ("team.csv", example_team(SOUND.plan, SOUND.team).encode()))
    calm(app.button(key="compare").click().run())
    moved(app, "revenue.accelerator", 3.0)
    app.session_state["drawer-people-same-money"] = True
    calm(app.run())
    told = said(app)
    assert re.search(
        r"With one factor on all rates this plan costs these people €54,\d{3}(\.\d\d)?, as plan A does", told
    )
    change = app.session_state["team_at_hand"][2].view.same_money
    assert round(sum(one.change for one in change.people), 2) == 0
    assert change.winners
    assert change.losers


def test_one_person_has_a_card(clock: None) -> None:
    app = brought(looked_at(), ("people.csv", FILE))
    box = next(one for one in app.selectbox if one.label == "One person")
    calm(box.select_index(1).run())
    told = said(app)
    assert "Bo Marsh Stands at 64 deals 64% of 100 deals Is paid $0" in told
    app = brought(looked_at(), ("people.csv", FILE.replace(b"100,64", b"100,68")))
    calm(next(one for one in app.selectbox if one.label == "One person").select_index(1).run())
    assert "+$700 2 deals short of the jump at 70% of deals closed" in said(app).replace("Deals closed", "deals closed")


def test_quotas_of_equal_chance_are_one_press_away_and_undo_takes_them_back(clock: None) -> None:
    app = looked_at("?preset=one-size-quota")
    app.session_state["drawer-people-quotas"] = True
    calm(app.run())
    assert "as they are uniform growth uniform amount relative growth equal chance" in said(app)
    goal = sum(rep.targets.get("revenue", 100_000) for rep in planfile.load_preset("one-size-quota").reps)
    calm(app.button(key="people-equal").click().run())
    targets = [rep.targets["revenue"] for rep in app.session_state.desk.view.preset.reps]
    assert sum(targets) == goal == 800_000
    assert max(targets) - min(targets) > 50_000
    assert "unequal_chance" not in {f.check for f in diagnose_preset(app.session_state.desk.view.preset)}
    app.button(key="undo").click().run()
    assert not any(rep.targets for rep in calm(app).session_state.desk.view.preset.reps)


def test_quotas_of_brought_people_stay_in_the_session(clock: None) -> None:
    app = brought(looked_at(), ("people.csv", FILE))
    app.session_state["drawer-people-quotas"] = True
    calm(app.run())
    before = dots(app)
    calm(app.button(key="people-equal").click().run())
    assert dots(app) != before
    assert not any(rep.targets for rep in app.session_state.desk.view.preset.reps)
    calm(app.button(key="people-quotas-back").click().run())
    assert dots(app) == before


def test_pay_by_place_is_told_with_the_evidence_on_both_sides() -> None:
    told = said(looked_at("?preset=leaderboard"))
    assert "6 of 10 can no longer come first" in told
    assert "Vera Holm 1 $1,500" in told
    assert "Lim, Ahearne and Ham" in told
    assert "Barankay" in told
    assert "Pay by place" not in said(looked_at("?preset=own-progress"))


def test_moving_deals_over_the_end_of_a_period_has_a_price(clock: None) -> None:
    app = brought(looked_at(), ("quarters.csv", PERIODS))
    assert figures(app)["Cost of 2 periods"]
    app.session_state["drawer-people-moves"] = True
    told = said(calm(app.run()))
    paid = pay_people(PLAN, team_results(PLAN, read_people(("quarters.csv", PERIODS), plan=PLAN)))
    found = moves_of_team(paid)
    assert found is not None
    assert f"are worth ${found.moves.total:,.0f} to" in told
    assert "Bo Marsh +$600 (10% earlier)" in told


def test_every_analysis_is_a_click_away_or_says_what_it_needs(clock: None) -> None:
    titles = {one.key: one.title for one in TEAM_ANALYSES}
    for query, files in (("?preset=one-size-quota", ()), ("?preset=unreachable-floor", (("p.csv", PERIODS),))):
        app = looked_at(query)
        app = brought(app, *files) if files else app
        more = next(one for one in app.get("button_group") if one.key == "people-more")
        app.session_state["people-more"] = list(titles)
        told = said(calm(app.run()))
        assert more
        for title in titles.values():
            assert title in told
        assert "cannot be worked out" not in told


def test_a_report_tells_of_people_only_where_that_was_ticked(clock: None) -> None:
    app = brought(looked_at(), ("people.csv", FILE))
    view = app.session_state["team_at_hand"][2].view
    shown = app.session_state.desk.view
    formats = Formats("en_US", "USD", 2)
    without = report_page(shown, formats, "", date(2026, 11, 28))
    assert "Ann Field" not in without
    assert "<h2>The team</h2>" not in without
    told = report_page(shown, formats, "", date(2026, 11, 28), view)
    assert "<h2>The team</h2>" in told
    assert "Paid nothing" in told
    app.session_state["share"] = True
    calm(app.run())
    assert app.checkbox(key="share-people").value is False
