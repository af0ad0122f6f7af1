"""Plans of one's own on the page: kept, opened, renamed, deleted and brought back, whatever the browser tells."""

import json
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from calc.documents import planfile
from calc.edit.structure import blank_plan
from tests.test_app import calm, opened, view
from tests.test_editor import editing, put, send
from ui.components.browser_store import PROBLEMS
from ui.model.kept_plans import KeptPlan, keep_plan, write_plans


def store_of(app: AppTest) -> tuple[str, dict[str, Any]]:
    """The component that keeps, and what it is handed."""
    found = next(p.proto for p in app.get("bidi_component") if p.proto.component_name == "flatline_store")
    return found.id, json.loads(found.json)


def tells(app: AppTest, *plans: KeptPlan, problem: str = "", **more: Any) -> AppTest:
    """The browser tells what it keeps, and that it has made all changes that it was handed."""
    element, data = store_of(app)
    done = max([0, *(change["n"] for change in data["changes"])])
    text = write_plans(plans) if plans else ""
    told = {"session": data["session"], "done": done, "text": text, "problem": problem, **more}
    return calm(send(app, element, told, "kept"))


def kept_by(app: AppTest) -> AppTest:
    """A browser that makes the changes that it is handed."""
    _, data = store_of(app)
    held = {plan.id: plan for plan in app.session_state["kept"].plans} if "kept" in app.session_state else {}
    for change in data["changes"]:
        if change["plan"] is None:
            held.pop(change["id"], None)
        else:
            held[change["id"]] = KeptPlan(change["id"], change["plan"])
    return tells(app, *held.values())


def click(app: AppTest, key: str) -> AppTest:
    app.button(key=key).click().run()
    return calm(app)


def names(app: AppTest) -> list[str]:
    app.session_state["kept-plans"] = True
    calm(app.run())
    return [str(field.value) for field in app.text_input if field.key and field.key.startswith("kept-name-")]


def test_a_plan_is_kept_changed_and_kept_again() -> None:
    app = put(click(editing("?preset=low-ceiling"), "edit-blank"), "title", "AE plan")
    kept_by(click(app, "kept-keep"))
    assert names(app) == ["AE plan"]
    assert app.button(key="kept-keep").disabled
    assert store_of(app)[1]["changes"] == []
    put(app, "revenue.target", "2M")
    assert app.button(key="kept-keep").label == "Keep the changes"
    kept_by(click(app, "kept-keep"))
    (plan,) = app.session_state["kept"].plans
    assert plan.preset == view(app).preset
    assert plan.preset.plan.kpis[0].target == 2_000_000


def test_a_preset_that_was_changed_is_kept_as_a_plan_of_ones_own() -> None:
    app = put(editing("?preset=low-ceiling"), "deals.target", "150")
    kept_by(click(app, "kept-keep"))
    assert view(app).base is None
    assert app.session_state["kept"].plans[0].preset == view(app).preset
    assert app.button(key="kept-keep").disabled


def test_kept_plans_are_opened_renamed_deleted_and_brought_back() -> None:
    one, two = (
        keep_plan(blank_plan().changed(title="One")),
        keep_plan(planfile.load_preset("sound-plan").changed(title="Two", name=None)),
    )
    app = tells(editing("?preset=low-ceiling"), one, two)
    assert names(app) == ["One", "Two"]
    click(app, f"kept-open-{two.id}")
    assert view(app).preset == two.preset
    field = next(f for f in app.text_input if f.key and f.key.startswith(f"kept-name-{two.id}"))
    field.set_value("  Two   bis ").run()
    kept_by(calm(app))
    assert names(app) == ["One", "Two bis"]
    assert view(app).preset.title == "Two bis"
    kept_by(click(app, f"kept-delete-{one.id}"))
    assert names(app) == ["Two bis"]
    kept_by(click(app, "kept-back"))
    assert names(app) == ["Two bis", "One"]


def test_a_kept_plan_that_loses_its_name_keeps_it() -> None:
    one = keep_plan(blank_plan().changed(title="One"))
    app = tells(editing("?preset=low-ceiling"), one)
    names(app)
    next(f for f in app.text_input if f.key and f.key.startswith(f"kept-name-{one.id}")).set_value("  ").run()
    assert names(app) == ["One"]
    assert any("must not be empty: it is still called One" in m.value for m in app.markdown)


def test_plans_come_back_from_a_file() -> None:
    one, two = keep_plan(blank_plan().changed(title="One")), keep_plan(blank_plan().changed(title="Two"))
    app = tells(editing("?preset=low-ceiling"), one)
    names(app)
    other = KeptPlan(one.id, two.text)
    app.file_uploader[-1].upload("plans.json", write_plans([one, two, other]).encode()).run()
    kept_by(calm(app))
    assert sorted(names(app)) == ["One", "Two"]
    names(app)
    app.file_uploader[-1].upload("plans.json", b"\xff{").run()
    kept_by(calm(app))
    assert any("must be JSON" in m.value for m in app.markdown)


@pytest.mark.parametrize("problem", PROBLEMS)
def test_what_a_browser_cannot_keep_is_said_in_a_sentence(problem: str) -> None:
    app = tells(click(editing("?preset=low-ceiling"), "kept-keep"), problem=problem)
    names(app)
    assert any(PROBLEMS[problem].split(".")[0] in m.value for m in app.markdown)
    assert app.button(key="kept-keep").label == "Keep in this browser"


@pytest.mark.parametrize(
    "told",
    [
        None,
        [],
        "x",
        {},
        {"text": 3},
        {"text": "[]", "session": "another's", "done": 1},
        {"text": "x", "done": "9", "problem": {"a": 1}},
        {"text": '{"flatline_plans": 1, "plans": [{"id": "a", "plan": "title = 3"}]}', "done": True},
    ],
    ids=range(8),
)
def test_what_a_browser_forges_breaks_nothing(told: Any) -> None:
    app = editing("?preset=low-ceiling")
    before = view(app)
    element, data = store_of(app)
    told = {"session": data["session"], **told} if isinstance(told, dict) else told
    calm(send(app, element, told, "kept"))
    names(app)
    assert view(app) == before
    assert all(plan.preset is None for plan in app.session_state["kept"].plans) if "kept" in app.session_state else True


def test_a_page_that_adjusts_takes_note_of_what_is_kept() -> None:
    app = tells(opened("?preset=low-ceiling"), keep_plan(blank_plan()))
    assert len(app.session_state["kept"].plans) == 1
