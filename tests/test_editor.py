"""The editor in Streamlit's own harness: what a plan is made of is changed in every way, and the page stays whole."""

import json
from collections import Counter
from collections.abc import Callable
from typing import Any

import pytest
from streamlit.components.v2.bidi_component.main import _make_trigger_id
from streamlit.proto.WidgetStates_pb2 import WidgetStates
from streamlit.testing.v1 import AppTest

from calc.documents import link, planfile
from calc.plan.mechanics import Band
from tests.curves import band_of, expect_curve
from tests.test_app import address, calm, control, drawers_opened, drawn, opened, text, told, view
from ui.editor import fields, tables
from ui.sections import controls
from ui.session import store
from ui.session.workspace import turn_desk

MECHANICS = ["sound-plan", "step-bonus", "two-way-matrix", "retroactive-tiers", "gate-and-modifier", "weighted-score"]


@pytest.fixture(autouse=True)
def clock(monkeypatch: pytest.MonkeyPatch) -> None:
    """Time goes on ten seconds between two changes, so that each is a move of its own."""
    ticks = iter(range(0, 10**9, 10))
    monkeypatch.setattr(store, "now", lambda: float(next(ticks)))


def editing(query: str) -> AppTest:
    """A page on which the plan is edited, with every drawer of the editor open."""
    app = opened(query)
    app.segmented_control(key="edit-way").set_value("Edit").run()
    for drawer in app.expander:
        if drawer.key and drawer.key.startswith("edit-"):
            app.session_state[drawer.key] = True
    return whole(app.run())


def whole(app: AppTest) -> AppTest:
    """Nothing is missing on the page, and the picture is the plan's own."""
    calm(app)
    assert told(app) in text(app, "figures")
    assert drawn(app)["data"]
    assert address(app) == link.encode_view(view(app))
    return app


def field(app: AppTest, path: str) -> Any:
    """A field of the editor by its path."""
    with_key = f"edit-{path.replace('.', '-')}-"
    kinds = (app.text_input, app.number_input, app.segmented_control, app.selectbox, app.toggle)
    return next(w for kind in kinds for w in kind if w.key and w.key.rpartition("-")[0] + "-" == with_key)


def typed(app: AppTest, path: str, value: Any) -> AppTest:
    field(app, path).set_value(value).run()
    return whole(app)


def tell(app: AppTest, *edits: dict[str, Any], life: str = "one") -> AppTest:
    """What a browser tells of the sheet, counted on from what it has told before."""
    found = next(p.proto for p in app.get("bidi_component") if p.proto.component_name == "flatline_sheet")
    before, done = (sheet(app)["life"], sheet(app)["done"])
    done = done if before == life else 0
    numbered = [{"n": done + 1 + i, **edit} for i, edit in enumerate(edits)]
    return send(app, found.id, {"life": life, "edits": numbered})


def send(app: AppTest, element: str, value: Any, event: str = "told") -> AppTest:
    """What a component of the page tells."""
    states: WidgetStates = app._tree.get_widget_states()
    one = states.widgets.add()
    one.id = _make_trigger_id(element, "events")
    one.json_trigger_value = json.dumps([{"event": event, "value": value}])
    app._run(states)
    return app


def put(app: AppTest, at: str, text: str) -> AppTest:
    return whole(tell(app, {"do": "cell", "at": at, "text": text}))


def act(app: AppTest, what: str, at: str = "") -> AppTest:
    return whole(tell(app, {"do": what, "at": at}))


def sheet(app: AppTest) -> dict[str, Any]:
    """What the browser is handed to show."""
    parts = [p.proto for p in app.get("bidi_component") if p.proto.component_name == "flatline_sheet"]
    shown: dict[str, Any] = json.loads(parts[0].json)
    return shown


def cell(app: AppTest, at: str) -> dict[str, Any]:
    """A cell of the sheet."""
    shown = sheet(app)
    cells = [*shown["head"], *(one for row in shown["rows"] for one in row["cells"])]
    return next(one for one in cells if one["at"] == at)


def texts(app: AppTest, name: str) -> list[str]:
    """A column of the sheet."""
    return [one["text"] for row in sheet(app)["rows"] for one in row["cells"] if one["at"].endswith(f".{name}")]


def clicked(app: AppTest, key: str) -> AppTest:
    app.button(key=key).click().run()
    return whole(app)


def weights(app: AppTest) -> list[float | None]:
    return [kpi.weight for kpi in view(app).preset.plan.kpis]


# Measures


@pytest.mark.parametrize("name", MECHANICS)
def test_each_measure_is_removed_and_undo_brings_it_back(name: str) -> None:
    app = editing(f"?preset={name}")
    before = address(app)
    ids = view(app).preset.plan.ids
    for kpi in ids[:2] if len(ids) > 1 else ():
        act(app, "remove", kpi)
        assert kpi not in view(app).preset.plan.ids
        clicked(app, "undo")
        assert address(app) == before


@pytest.mark.parametrize("name", MECHANICS)
def test_a_measure_is_added_renamed_moved_and_taken_away_again(name: str) -> None:
    app = editing(f"?preset={name}")
    before = view(app).preset.plan.ids
    act(app, "add")
    new = view(app).preset.plan.ids[-1]
    assert view(app).along == new
    put(app, f"{new}.name", "Renewed contracts")
    assert view(app).preset.plan.kpi(new).label == "Renewed contracts"
    act(app, "up", new)
    act(app, "remove", new)
    assert view(app).preset.plan.ids == before
    for _ in range(4):
        clicked(app, "undo")
    assert view(app).preset == planfile.load_preset(name)


def test_the_first_paid_measure_that_goes_takes_nothing_else_along() -> None:
    app = act(editing("?preset=sound-plan"), "remove", "revenue")
    assert view(app).preset.plan.ids == ("margin", "csat")
    assert view(app).along is None
    app.segmented_control(key="edit-way").set_value("Adjust").run()
    whole(drawers_opened(app))


def test_a_measure_that_pays_nothing_any_more_stays_on_the_axis_and_the_link_says_so() -> None:
    app = typed(editing("?preset=sound-plan"), "revenue.paid", False)
    assert app.session_state.desk.along == "revenue"
    again = opened(address(app))
    assert again.session_state.desk.along == "revenue"
    assert text(again, "figures") == text(app, "figures")


@pytest.mark.parametrize("kind", ["profit", "quality", "activity", "outcome"])
def test_what_a_measure_measures_is_kept(kind: str) -> None:
    app = typed(editing("?preset=sound-plan"), "revenue.kind", "quality" if kind != "quality" else "profit")
    typed(app, "revenue.kind", kind)
    assert view(app).preset.plan.kpi("revenue").kind == kind
    assert field(app, "revenue.kind").value == kind
    assert field(app, "revenue.curve.kind").value == "band"


# Weights


def test_typed_weights_stay_as_they_were_typed() -> None:
    app = act(editing("?preset=sound-plan"), "add")
    new = view(app).preset.plan.ids[-1]
    for name, weight in (("revenue", "70"), ("margin", "20"), (new, "10%")):
        put(app, f"{name}.weight", weight)
    assert weights(app) == [0.7, 0.2, 0.0, 0.1]
    assert texts(app, "weight") == ["70%", "20%", "", "10%"]


def test_what_is_still_to_give_is_asked_for_and_given() -> None:
    app = put(editing("?preset=sound-plan"), "revenue.weight", "70")
    assert weights(app) == [0.7, 0.3, 0.0]
    put(app, "margin.weight", "24")
    assert weights(app) == [0.7, 0.3, 0.0]
    assert texts(app, "weight") == ["70%", "24%", ""]
    assert sheet(app)["rest"] == {
        "says": "6% of the target pay is still to give.",
        "takers": [["revenue", "To Revenue"], ["margin", "To Gross margin"]],
    }
    act(app, "rest", "revenue")
    assert weights(app) == [0.76, 0.24, 0.0]
    assert sheet(app)["rest"] is None


def test_weights_that_are_too_much_are_said_and_put_back() -> None:
    app = put(put(editing("?preset=sound-plan"), "revenue.weight", "70"), "margin.weight", "40")
    assert sheet(app)["rest"]["says"] == "The weights are 10% more than the whole."
    assert weights(app) == [0.7, 0.3, 0.0]
    act(app, "back")
    assert texts(app, "weight") == ["70%", "30%", ""]
    put(app, "margin.weight", "140")
    assert cell(app, "margin.weight")["says"].startswith("Weight must lie in [0, 100] %")


def test_weights_add_up_as_they_are_shown() -> None:
    app = act(act(blank(), "add"), "add")
    put(put(app, "revenue.weight", "30"), "measure_2.weight", "47")
    typed(act(app, "more", "revenue"), "revenue.curve.kind", "tiers")
    assert texts(app, "weight") == ["", "67.14%", "32.86%"]


def test_a_new_measure_takes_what_is_still_to_give() -> None:
    app = editing("?preset=sound-plan")
    put(put(app, "revenue.weight", "60"), "margin.weight", "25")
    act(app, "add")
    assert weights(app) == [0.6, 0.25, 0.0, 0.15]
    act(app, "remove", view(app).preset.plan.ids[-1])
    assert texts(app, "weight") == ["60%", "25%", ""]
    assert sheet(app)["rest"]["says"].startswith("15%")


def test_a_weight_that_is_moved_by_a_slider_ends_what_was_typed() -> None:
    app = put(editing("?preset=sound-plan"), "revenue.weight", "70")
    app.segmented_control(key="edit-way").set_value("Adjust").run()
    next(s for s in app.slider if s.label.startswith("Weight")).set_value(0.5).run()
    app.segmented_control(key="edit-way").set_value("Edit").run()
    put(app, "margin.weight", "20")
    assert weights(app) == [0.8, 0.2, 0.0]


# The sheet


def blank() -> AppTest:
    app = editing("?preset=low-ceiling")
    return clicked(app, "edit-blank")


def test_from_blank_is_a_straight_line_and_nothing_else() -> None:
    app = blank()
    plan = view(app).preset.plan
    assert plan.base_pay is None
    assert (plan.gates, plan.modifiers) == ((), ())
    assert [plan.along(plan.ids[0])(x) for x in (0, 1, 150_000)] == pytest.approx([0, 1e-5, 1.5])
    assert texts(app, "floor") + texts(app, "ceiling") + texts(app, "accelerator") == ["", "", ""]


def test_a_plan_is_typed_as_people_write_it() -> None:
    app = blank()
    for at, text_ in (
        ("title", "  AE plan   2027 "),
        ("period", "year"),
        ("currency", "EUR"),
        ("plan.base_pay", "60k"),
        ("plan.target_incentive", "€ 40,000"),
        ("revenue.name", "New ARR"),
        ("revenue.target", "1.2M"),
        ("revenue.floor", "50 %"),
        ("revenue.ceiling", "200"),
        ("revenue.accelerator", "1.5"),
        ("revenue.accelerator_2", "2x"),
    ):
        put(app, at, text_)
        assert cell(app, at)["says"] == ""
    preset = view(app).preset
    assert (preset.title, preset.plan.period, preset.plan.currency) == ("AE plan 2027", "year", "EUR")
    assert sheet(app)["mix"] == "On-target earnings €100,000 a year, pay mix 60/40"
    kpi = preset.plan.kpis[0]
    assert (kpi.label, kpi.target, kpi.unit) == ("New ARR", 1_200_000, "EUR")
    band = kpi.curve
    assert isinstance(band, Band)
    assert (band.floor, band.ceiling, band.accelerator, band.accelerator_2) == (0.5, 2, 1.5, 2)
    assert band.accelerator_2_from is not None
    assert control(app, "preset").options[0] == "AE plan 2027"
    put(put(app, "revenue.floor", ""), "revenue.accelerator_2", "none")
    assert view(app).preset.plan.kpis[0].curve == Band(
        accelerator_of="rate_below_target", accelerator=1.5, ceiling=2, floor=0
    )


def reach(app: AppTest, kpi: str) -> float:
    """The share of the team that reaches its target."""
    preset = view(app).preset
    assert preset.team is not None
    return 1 - float(preset.team.landing(preset.plan.kpi(kpi)).below(1.0)[0])


def test_the_first_target_is_what_people_are_described_on_and_the_next_leaves_them_where_they_are() -> None:
    app = put(put(blank(), "revenue.floor", "40"), "revenue.target", "1.2M")
    assert reach(app, "revenue") == pytest.approx(0.5)
    put(app, "revenue.target", "600k")
    assert reach(app, "revenue") > 0.99


def test_a_number_that_can_be_read_in_two_ways_is_asked_about() -> None:
    app = put(blank(), "revenue.floor", "0.6")
    asked = cell(app, "revenue.floor")
    assert (asked["text"], asked["readings"]) == ("0.6", ["60%", "0.6%"])
    assert asked["says"] == "Floor can be read as 60% or as 0.6% (got '0.6')"
    assert band_of(view(app).preset.plan, "revenue").floor == 0
    put(app, "revenue.floor", asked["readings"][0])
    assert (cell(app, "revenue.floor")["text"], cell(app, "revenue.floor")["says"]) == ("60%", "")


@pytest.mark.parametrize(
    ("at", "text_", "says"),
    [
        ("revenue.target", "lots", "Target must be a number (got 'lots')"),
        ("revenue.target", "0", "Scale must be given where the target is 0"),
        ("revenue.floor", "150", "Floor must lie in [0, 1]"),
        ("revenue.accelerator", "-1", "Accelerator must lie in"),
        ("plan.base_pay", "€5,000", "Base pay must be in USD"),
        ("plan.target_incentive", "0", "Target pay must be at least"),
        ("title", "x" * 300, "Title must have at most"),
    ],
)
def test_what_is_refused_stays_in_its_cell_with_the_sentence_why(at: str, text_: str, says: str) -> None:
    app = blank()
    before = address(app)
    put(app, at, text_)
    assert cell(app, at)["text"] == text_
    assert says in cell(app, at)["says"]
    assert address(app) == before
    clicked(app, "undo")
    assert cell(put(editing("?preset=low-ceiling"), "deals.target", "50"), "deals.target")["says"] == ""


def test_a_block_from_a_spreadsheet_fills_the_table() -> None:
    rows = "New ARR\t1.2M\t60\t40\nMulti-year\t8 deals\t25\nPipeline\t$3M\t15\t\t150\t1.2"
    app = whole(tell(blank(), {"do": "paste", "at": "revenue.name", "text": rows}))
    plan = view(app).preset.plan
    assert [kpi.label for kpi in plan.kpis] == ["New ARR", "Multi-year", "Pipeline"]
    assert [(kpi.target, kpi.unit) for kpi in plan.kpis] == [(1_200_000, "USD"), (8, "deals"), (3_000_000, "USD")]
    assert [kpi.weight for kpi in plan.kpis] == [0.6, 0.25, 0.15]
    last = expect_curve(plan.kpis[2].curve, Band)
    assert expect_curve(plan.kpis[0].curve, Band).floor == 0.4
    assert (last.ceiling, last.accelerator) == (1.5, 1.2)


def test_the_currency_takes_the_units_along() -> None:
    app = put(editing("?preset=sound-plan"), "currency", "GBP")
    assert [kpi.unit for kpi in view(app).preset.plan.kpis] == ["GBP", "GBP", "points"]
    assert texts(app, "target")[0] == "£80,000"


def test_edits_are_done_once_and_in_their_order() -> None:
    app = blank()
    found = next(p.proto.id for p in app.get("bidi_component") if p.proto.component_name == "flatline_sheet")
    one = {"n": 1, "do": "add"}
    two = {"n": 2, "do": "cell", "at": "title", "text": "Twice"}
    send(app, found, {"life": "one", "edits": [one]})
    send(app, found, {"life": "one", "edits": [one, two]})
    send(app, found, {"life": "one", "edits": [one, two]})
    assert len(view(app).preset.plan.kpis) == 2
    assert view(app).preset.title == "Twice"
    assert (sheet(app)["life"], sheet(app)["done"]) == ("one", 2)


def test_what_was_typed_counts_before_the_button_that_was_pressed_after_it() -> None:
    """A browser may send both at once."""
    app = blank()
    found = next(p.proto.id for p in app.get("bidi_component") if p.proto.component_name == "flatline_sheet")
    states: WidgetStates = app._tree.get_widget_states()
    pressed, one = states.widgets.add(), states.widgets.add()
    pressed.id, pressed.trigger_value = app.button(key="compare").proto.id, True
    one.id = _make_trigger_id(found, "events")
    edits = [{"n": 1, "do": "cell", "at": "title", "text": "Typed"}, {"n": 2, "do": "add"}]
    one.json_trigger_value = json.dumps([{"event": "told", "value": {"life": "one", "edits": edits}}])
    app._run(states)
    whole(app)
    against = view(app).against
    assert against is not None
    assert against.preset.title == view(app).preset.title == "Typed"
    assert len(against.preset.plan.kpis) == 2


FORGED: list[Any] = [
    None,
    [],
    "x",
    {"edits": None},
    {
        "life": "one",
        "edits": ["x", None, {"n": "1"}, {"n": 1, "do": "cell"}, {"n": 2, "do": "cell", "at": "plan.kpis"}],
    },
    {"life": "one", "edits": [{"n": 1, "do": "remove", "at": "nobody"}, {"n": 2, "do": "give_rest", "at": "revenue"}]},
    {"life": "one", "edits": [{"n": 1, "do": "cell", "at": "revenue.curve", "text": "{}"}]},
    {"life": "one", "edits": [{"n": 1, "do": "remove", "at": "revenue"}]},
    {"life": {"a": 1}, "edits": [{"n": 1, "do": "paste", "at": "title", "text": "a\tb"}]},
]


@pytest.mark.parametrize("value", FORGED, ids=range(len(FORGED)))
def test_what_a_browser_forges_changes_nothing(value: Any) -> None:
    app = blank()
    before = view(app).preset
    found = next(p.proto.id for p in app.get("bidi_component") if p.proto.component_name == "flatline_sheet")
    whole(send(app, found, value))
    assert view(app).preset == before


# Keys


def test_a_choice_whose_choices_are_called_something_else_is_another_control() -> None:
    """A browser sends a choice by what it was called when it drew it."""
    app = editing("?preset=gate-and-modifier")
    kpi = view(app).preset.plan.kpis[0]
    before = [field(app, path).key for path in ("measure", "gates.0.kpi")] + [control(app, "along").key]
    put(app, f"{kpi.id}.name", "Called something else")
    after = [field(app, path).key for path in ("measure", "gates.0.kpi")] + [control(app, "along").key]
    assert not {*before} & {*after}
    assert all("Called something else" in field(app, path).options for path in ("measure", "gates.0.kpi"))
    put(app, f"{kpi.id}.target", "77")
    assert [field(app, path).key for path in ("measure", "gates.0.kpi")] == after[:2]


@pytest.mark.parametrize("path", ["measure", "gates.0.kpi"])
def test_what_is_no_choice_is_left_alone(path: str) -> None:
    app = editing("?preset=gate-and-modifier")
    before = address(app)
    states: WidgetStates = app._tree.get_widget_states()
    one = next(one for one in states.widgets if one.id == field(app, path).id)
    one.string_value = "Called something else once"
    app._run(states)
    assert address(whole(app)) == before


@pytest.fixture
def paths(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The paths of all fields and controls that a run shows."""
    found: list[str] = []

    def noted(plain: Callable[..., str], at: int) -> Callable[..., str]:
        def held(*args: Any) -> str:
            found.append(args[at])
            return plain(*args)

        return held

    monkeypatch.setattr(fields, "field_key", noted(fields.field_key, 0))
    monkeypatch.setattr(tables, "_table_key", noted(tables._table_key, 0))
    monkeypatch.setattr(controls, "_knob_key", noted(controls._knob_key, 1))
    return found


AWKWARD = ("team", "path", "calendar", "practice", "measure", "gates", "modifiers", "document", "new", "add")
"""What other parts of the page are called."""


def awkward() -> str:
    """The link of a plan whose measures go by the names of other parts of the page."""
    sound = planfile.load_preset("sound-plan")
    kpis = tuple(sound.plan.kpis[0].changed(id=name, name=None, weight=0.1, curve=Band(), costs=()) for name in AWKWARD)
    plan = sound.plan.changed(kpis=kpis, gates=(), modifiers=())
    return link.encode_view(link.View(sound.changed(plan=plan)))


@pytest.mark.parametrize("query", [*(f"?preset={name}" for name in MECHANICS), awkward()], ids=lambda q: q[:40])
def test_no_two_controls_are_called_the_same(query: str, paths: list[str]) -> None:
    app = drawers_opened(opened(query))
    paths.clear()
    whole(app.run())
    assert paths
    assert [path for path, count in Counter(paths).items() if count > 1] == []
    app = editing(query)
    for kpi in view(app).preset.plan.ids:
        app.session_state.desk = turn_desk(app.session_state.desk, kpi, -1.0)
        app.run()
        paths.clear()
        whole(app.run())
        assert [path for path, count in Counter(paths).items() if count > 1] == []


# Numbers in the other fields


def test_a_gate_takes_numbers_as_people_write_them() -> None:
    app = editing("?preset=sound-plan")
    app.button(key="edit-gate").click().run()
    typed(app, "gates.0.at", "85 %")
    assert view(app).preset.plan.gates[-1].at_least == 0.85
    key = field(app, "gates.0.at").key
    assert field(app, "gates.0.at").value == "85%"
    typed(app, "gates.0.at", "75")
    assert (field(app, "gates.0.at").key, field(app, "gates.0.at").value) == (key, "75%")
    typed(app, "gates.0.at", "0.6")
    assert view(app).preset.plan.gates[-1].at_least == 0.75
    assert any("can be read as 60% or as 0.6%" in m.value.replace("\\", "") for m in app.markdown)
    next(b for b in app.button if b.label == "60%").click().run()
    assert view(whole(app)).preset.plan.gates[-1].at_least == 0.6
    typed(app, "gates.0.at", "")
    assert any("must be a number" in m.value for m in app.markdown)


def test_an_absent_term_is_typed_and_emptied() -> None:
    app = typed(editing("?preset=sound-plan"), "plan.ceiling", "150")
    assert view(app).preset.plan.ceiling == 1.5
    typed(app, "plan.ceiling", "none")
    assert view(app).preset.plan.ceiling is None
    assert field(app, "plan.ceiling").value == ""
