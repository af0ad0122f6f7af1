"""The editor in Streamlit's own harness: what a plan is made of is changed in every way, and the page stays whole."""

from collections import Counter
from collections.abc import Callable
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from calc.documents import link, planfile
from calc.plan.mechanics import Band
from tests.test_app import address, calm, drawers_opened, drawn, opened, text, told, view
from ui.editor import fields, tables
from ui.sections import controls
from ui.session import store

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
    assert address(app) == link.encode(view(app))
    return app


def field(app: AppTest, path: str) -> Any:
    """A field of the editor by its path."""
    with_key = f"edit-{path.replace('.', '-')}-"
    kinds = (app.text_input, app.number_input, app.segmented_control, app.selectbox, app.toggle)
    return next(w for kind in kinds for w in kind if w.key and w.key.rpartition("-")[0] + "-" == with_key)


def typed(app: AppTest, path: str, value: Any) -> AppTest:
    field(app, path).set_value(value).run()
    return whole(app)


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
    for kpi in view(app).preset.plan.ids[:2]:
        if len(view(app).preset.plan.kpis) == 1:
            return
        state_of = app.session_state.desk
        app.session_state.desk = store.desks.turned(state_of, kpi, -1.0)
        app.run()
        clicked(app, "edit-remove")
        assert kpi not in view(app).preset.plan.ids
        clicked(app, "undo")
        clicked(app, "undo") if address(app) != before else None
        assert kpi in view(app).preset.plan.ids


@pytest.mark.parametrize("name", MECHANICS)
def test_a_measure_is_added_renamed_moved_and_taken_away_again(name: str) -> None:
    app = editing(f"?preset={name}")
    before = view(app).preset.plan.ids
    app.text_input(key="edit-new-name").set_value("Renewals")
    next(b for b in app.button if b.label == "Add the measure").click().run()
    whole(app)
    new = view(app).preset.plan.ids[-1]
    assert view(app).along == new
    typed(app, f"{new}.name", "Renewed contracts")
    assert view(app).preset.plan.kpi(new).label == "Renewed contracts"
    clicked(app, "edit-up")
    clicked(app, "edit-remove")
    assert view(app).preset.plan.ids == before
    for _ in range(3 + (len(before) > 1)):
        clicked(app, "undo")
    assert view(app).preset == planfile.load(name)


def test_the_first_paid_measure_that_goes_takes_nothing_else_along() -> None:
    app = clicked(editing("?preset=sound-plan"), "edit-remove")
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


def at_weight(app: AppTest, kpi: str, weight: float) -> AppTest:
    app.session_state.desk = store.desks.turned(app.session_state.desk, kpi, -1.0)
    app.run()
    return typed(app, f"{kpi}.weight", weight)


def test_typed_weights_stay_as_they_were_typed() -> None:
    app = editing("?preset=sound-plan")
    app.text_input(key="edit-new-name").set_value("Renewals")
    next(b for b in app.button if b.label == "Add the measure").click().run()
    for name, weight in (("revenue", 70.0), ("margin", 20.0), ("renewals", 10.0)):
        at_weight(app, name, weight)
    assert weights(app) == [0.7, 0.2, 0.0, 0.1]


def test_what_is_still_to_give_is_asked_for_and_given() -> None:
    app = at_weight(editing("?preset=sound-plan"), "revenue", 70.0)
    assert weights(app) == [0.7, 0.3, 0.0]
    at_weight(app, "margin", 24.0)
    assert weights(app) == [0.7, 0.3, 0.0]
    assert any("6% of the target pay is still to give" in m.value for m in app.markdown)
    assert field(app, "margin.weight").value == 24
    clicked(app, "edit-rest-margin")
    assert weights(app) == [0.7, 0.3, 0.0]
    at_weight(app, "margin", 24.0)
    clicked(app, "edit-rest-revenue")
    assert weights(app) == [0.76, 0.24, 0.0]
    assert not any("still to give" in m.value for m in app.markdown)


def test_weights_that_are_too_much_are_said_and_put_back() -> None:
    app = at_weight(at_weight(editing("?preset=sound-plan"), "revenue", 70.0), "margin", 40.0)
    assert any("10% more than the whole" in m.value for m in app.markdown)
    assert weights(app) == [0.7, 0.3, 0.0]
    clicked(app, "edit-rest-back")
    assert field(app, "margin.weight").value == 30
    at_weight(app, "margin", 140.0)
    assert any("must lie in" in m.value for m in app.markdown)


def test_a_weight_that_is_moved_by_a_slider_ends_what_was_typed() -> None:
    app = at_weight(editing("?preset=sound-plan"), "revenue", 70.0)
    app.segmented_control(key="edit-way").set_value("Adjust").run()
    next(s for s in app.slider if s.label.startswith("Weight")).set_value(0.5).run()
    app.run()
    app.segmented_control(key="edit-way").set_value("Edit").run()
    at_weight(app, "margin", 20.0)
    assert weights(app) == [0.8, 0.2, 0.0]


# Keys


@pytest.fixture
def paths(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The paths of all fields and controls that a run shows."""
    found: list[str] = []

    def noted(plain: Callable[..., str], at: int) -> Callable[..., str]:
        def held(*args: Any) -> str:
            found.append(args[at])
            return plain(*args)

        return held

    monkeypatch.setattr(fields, "held", noted(fields.held, 0))
    monkeypatch.setattr(tables, "_kept", noted(tables._kept, 0))
    monkeypatch.setattr(controls, "_held", noted(controls._held, 1))
    return found


AWKWARD = ("team", "path", "calendar", "practice", "measure", "gates", "modifiers", "document", "new", "add")
"""What other parts of the page are called."""


def awkward() -> str:
    """The link of a plan whose measures go by the names of other parts of the page."""
    sound = planfile.load("sound-plan")
    kpis = tuple(sound.plan.kpis[0].changed(id=name, name=None, weight=0.1, curve=Band(), costs=()) for name in AWKWARD)
    plan = sound.plan.changed(kpis=kpis, gates=(), modifiers=())
    return link.encode(link.View(sound.changed(plan=plan)))


@pytest.mark.parametrize("query", [*(f"?preset={name}" for name in MECHANICS), awkward()], ids=lambda q: q[:40])
def test_no_two_controls_are_called_the_same(query: str, paths: list[str]) -> None:
    app = drawers_opened(opened(query))
    paths.clear()
    whole(app.run())
    assert paths
    assert [path for path, count in Counter(paths).items() if count > 1] == []
    app = editing(query)
    for kpi in view(app).preset.plan.ids:
        app.session_state.desk = store.desks.turned(app.session_state.desk, kpi, -1.0)
        app.run()
        paths.clear()
        whole(app.run())
        assert [path for path, count in Counter(paths).items() if count > 1] == []
