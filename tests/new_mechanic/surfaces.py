"""A mechanic of a new kind on every surface, in a copy of the project that it was added to by `test_new_mechanic`.

Nothing here is told more of the kind than its terms: whatever fails names a place that knows kinds by name.
"""

import datetime
import re
from typing import Any
from urllib.parse import parse_qsl

import numpy as np
import pytest
from streamlit.testing.v1 import AppTest

import calc
from calc.__main__ import main
from calc.diagnosis.diagnose import diagnose_preset
from calc.documents import link, planfile
from calc.documents.planfile import Preset
from calc.edit.curve_kind import as_kind, kinds_at, pays_alike, set_combine
from calc.edit.curve_place import change_curve
from calc.edit.kpi_changes import change_kpi
from calc.edit.structure import remove_kpi
from calc.outcomes.expected_cost import at_the_cost_of, cost_of_plan
from calc.outcomes.impact import measure_impact
from calc.plan.errors import Refused
from calc.plan.mechanics import KINDS
from ui.charts.axes import Stage
from ui.charts.drag_frames import sweep_rows
from ui.charts.handles import handles_of
from ui.charts.palette import palette_of
from ui.model.knobs import kpi_knobs
from ui.model.profile import Scene
from ui.number_format import Formats
from ui.presentation.story import tell_steps
from ui.report.page import report_page
from ui.report.table import payout_rows
from ui.report.words.plan_in_words import plan_in_words
from ui.text.differences import changes_between
from ui.text.documents import payout_schedule

DOCUMENT = """
title = "A late climb"

[plan]
target_incentive = 1000

[[kpis]]
id = "deals"
name = "Deals closed"
unit = "deals"
target = 100
weight = 0.6
curve = { kind = "ramp", begins = 0.6, steepness = 1.5, bonus = 0.4 }

[[kpis]]
id = "csat"
target = 80
weight = 0.4
curve = { kind = "band", floor = 0.7 }

[team]

[behaviour]
types = 3
steps = 4
"""
FORMATS = Formats("en_US", "USD", 2)
EVERYWHERE = np.linspace(0, 220, 441)


@pytest.fixture
def preset() -> Preset:
    return planfile.loads(DOCUMENT)


def kind_of(preset: Preset, place: str = "deals") -> str:
    curve = preset.plan.kpi(place).curve
    assert curve is not None
    return curve.kind


# Pay


def test_pay_is_its_curve(preset: Preset) -> None:
    plan = preset.plan
    rows = np.column_stack([EVERYWHERE, np.full(EVERYWHERE.shape, 80.0)])
    one_by_one = np.array([plan.pay(row) for row in rows])
    along = plan.along("deals", at={"csat": 80})
    assert np.array_equal(plan.pay(rows), one_by_one)
    assert np.abs(plan.payout(rows) - along(EVERYWHERE)).max() < 1e-9
    assert plan.pay([60, 80]) == 400
    assert plan.pay([80, 80]) == pytest.approx(400 + 600 * 1.5 * 0.2)
    assert plan.pay([100, 80]) == pytest.approx(400 + 600 * (1.5 * 0.4 + 0.4))
    assert [jump.at for jump in along.jumps()] == [100]


def test_a_file_and_a_link_bring_it_back(preset: Preset) -> None:
    assert planfile.loads(planfile.dumps(preset)) == preset
    assert "ramp" in str(calc.schema())
    opened = link.decode_link(link.encode_view(link.View(preset)))
    assert opened.dropped == ()
    assert opened.view.preset.plan == preset.plan
    moved = link.set_terms(preset, {"deals.begins": 0.7, "deals.counts": "beyond"})
    assert {"deals.begins", "deals.bonus", "deals.counts"} < set(link.term_paths(preset))
    assert link.term_value(moved, "deals.begins") == 0.7


# Judged and mended


def test_checks_and_cures_judge_it(preset: Preset) -> None:
    found = diagnose_preset(change_curve(preset, "deals", begins=0.9))
    assert {finding.check for finding in found} >= {"zero_zone", "cliff"}
    assert all(f"{part}" for finding in found for part in (finding.title, finding.says, finding.do))
    cured = [finding.cure for finding in found if finding.cure is not None]
    assert cured
    for cure in cured:
        assert cure.after.plan.pay([100, 80]) >= 0
        assert all(kpi.curve is None or kpi.curve.kind != "matrix" for kpi in cure.after.plan.kpis)


def test_it_costs_what_it_pays(preset: Preset) -> None:
    rich = change_curve(preset, "deals", steepness=3.0)
    same = at_the_cost_of(preset, rich)
    assert cost_of_plan(same.plan, same.team).expected == pytest.approx(
        cost_of_plan(preset.plan, preset.team).expected, rel=2e-4
    )
    assert measure_impact(preset, rich).gain > 0


# Changed


@pytest.mark.parametrize("kind", [kind for kind in KINDS if kind != "ramp"])
def test_every_other_kind_is_made_of_it_and_it_of_every_other_kind(preset: Preset, kind: str) -> None:
    other = as_kind(preset, "deals", kind)
    assert kind_of(other) == kind
    assert other.plan.pay([100, 80]) == pytest.approx(1000)
    assert kind != "points" or pays_alike(preset.plan, other.plan, "deals")
    back = as_kind(other, "deals", "ramp")
    assert kind_of(back) == "ramp"


def test_it_is_offered_where_it_can_be_had(preset: Preset) -> None:
    assert "ramp" in kinds_at(preset, "deals")
    assert "ramp" not in kinds_at(preset, "plan")


def test_it_becomes_a_score_and_comes_back(preset: Preset) -> None:
    score = set_combine(preset, "score")
    assert score.plan.combine == "score"
    assert score.plan.pay([100, 80]) == pytest.approx(1000)
    assert set_combine(score, "sum").plan.pay([100, 80]) == pytest.approx(1000)


def test_its_kpi_changes_and_goes(preset: Preset) -> None:
    assert kind_of(change_kpi(preset, "deals", better="lower")) == "ramp"
    assert kind_of(change_kpi(preset, "deals", target=120)) == "ramp"
    assert kind_of(remove_kpi(preset, "csat")) == "ramp"
    assert remove_kpi(preset, "deals").plan.ids == ("csat",)
    with pytest.raises(Refused, match=r"deals\.curve\.begins must lie in"):
        change_curve(preset, "deals", begins=2)


# Told


def test_what_changed_is_told_term_by_term(preset: Preset) -> None:
    moved = change_curve(change_curve(preset, "deals", begins=0.7), "deals", counts="beyond")
    told = {change.what: (change.before, change.after) for change in changes_between(preset, moved, "en_US")}
    assert told == {"Begins of deals closed": ("60%", "70%"), "Counts of deals closed": ("all", "beyond")}
    turned = changes_between(preset, as_kind(preset, "deals", "steps"), "en_US")
    assert [change.before for change in turned] == ["a ramp"]


def test_the_plan_in_words_says_what_it_pays(preset: Preset) -> None:
    told = " ".join(sentence for part in plan_in_words(preset.plan, FORMATS) for sentence in part.sentences)
    assert "Deals closed" in "".join(part.title for part in plan_in_words(preset.plan, FORMATS))
    assert "60 deals" in told
    assert "$600" in told


def test_the_report_and_its_table_are_whole(preset: Preset) -> None:
    other = link.View(change_curve(preset, "deals", bonus=None))
    html = report_page(link.View(preset, against=other), FORMATS, "https://example.org/", datetime.date(2026, 1, 1))
    assert "Deals closed" in html
    assert "Beside the other plan" in html
    assert len(payout_rows(preset.plan, {})) > 10
    assert payout_schedule(preset.plan, preset.plan.kpi("deals"), FORMATS) is None


def test_the_presentation_walks_through_it(preset: Preset) -> None:
    steps = tell_steps(link.View(preset), diagnose_preset, lambda p: cost_of_plan(p.plan, p.team))
    assert len(steps) > 2


# Moved


def test_its_own_terms_are_slid_and_dragged(preset: Preset) -> None:
    deals = preset.plan.kpi("deals")
    knobs = {knob.path: knob for knob in kpi_knobs(preset, preset, deals, FORMATS)}
    assert list(knobs)[:4] == ["deals.begins", "deals.steepness", "deals.bonus", "deals.counts"]
    assert (knobs["deals.begins"].low, knobs["deals.begins"].high, knobs["deals.begins"].note) == (0, 1, "60 deals")
    assert (knobs["deals.steepness"].look, knobs["deals.bonus"].note) == ("times", "$240")
    assert knobs["deals.counts"].choices == ("all", "beyond")
    scene = Scene(preset.plan, "deals", {}, preset.team)
    stage = Stage(scene, scene, FORMATS, palette_of("light"), lane=True)
    handles = {handle.word or handle.path: handle for handle in handles_of(stage, preset, preset)}
    assert {"begins", "target", "you", "deals.steepness"} <= set(handles)
    for word in ("begins", "target", "deals.steepness"):
        assert any(row for row in sweep_rows(stage, handles[word], (700.0, 440.0), list(handles.values())).rows)


# The command line


@pytest.mark.parametrize("command", ["pay", "zones", "check", "team", "link"])
def test_the_command_line_takes_it(preset: Preset, command: str, tmp_path: Any, capsys: Any) -> None:
    path = tmp_path / "ramp.toml"
    path.write_text(planfile.dumps(preset), encoding="utf-8")
    assert main([command, str(path)]) == 0
    assert main(["compare", str(path), "sound-plan"]) == 0
    assert "Traceback" not in capsys.readouterr().out


# The page


def opened(view: link.View) -> AppTest:
    app = AppTest.from_file("app.py", default_timeout=60)
    for name, value in parse_qsl(link.encode_view(view).lstrip("?"), keep_blank_values=True):
        app.query_params[name] = value
    return calm(app.run())


def calm(app: AppTest) -> AppTest:
    assert not app.exception, app.exception
    assert not app.error, [error.value for error in app.error]
    return app


def control(app: AppTest, path: str) -> Any:
    ends = re.compile(rf"-\d+-{re.escape(path.replace('.', '-'))}(-\d+)?$")
    kinds = (app.slider, app.number_input, app.toggle, app.segmented_control, app.selectbox)
    return next(widget for kind in kinds for widget in kind if ends.search(widget.key or ""))


def plan_of(app: AppTest) -> Any:
    return app.session_state.desk.view.preset.plan


def field(app: AppTest, path: str) -> Any:
    with_key = f"edit-{path.replace('.', '-')}-"
    kinds = (app.text_input, app.number_input, app.segmented_control, app.selectbox, app.toggle)
    return next(w for kind in kinds for w in kind if w.key and w.key.rpartition("-")[0] + "-" == with_key)


def test_the_page_slides_and_edits_and_turns_it(preset: Preset) -> None:
    app = opened(link.View(preset, against=link.View(change_curve(preset, "deals", begins=0.5))))
    control(app, "deals.begins").set_value(0.8).run()
    assert plan_of(calm(app)).kpi("deals").curve.begins == 0.8
    app.segmented_control(key="edit-way").set_value("Edit").run()
    for drawer in app.expander:
        if drawer.key and drawer.key.startswith("edit-"):
            app.session_state[drawer.key] = True
    calm(app.run())
    field(app, "deals.curve.begins").set_value("70").run()
    assert plan_of(calm(app)).kpi("deals").curve.begins == 0.7
    field(app, "deals.curve.counts").set_value("beyond").run()
    assert plan_of(calm(app)).kpi("deals").curve.counts == "beyond"
    for kind in (*KINDS, "ramp"):
        field(app, "deals.curve.kind").set_value(kind).run()
        assert plan_of(calm(app)).kpi("deals").curve.kind == kind
