"""Plans that a browser keeps: what is written is read again; what a stranger has written is refused in sentences."""

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from calc.documents import planfile
from calc.edit.structure import blank_plan
from tests.strategies import examples
from ui.model.kept_plans import KEPT_MARK, MAX_LETTERS, MAX_PLANS, KeptPlan, keep_plan, read_plans, write_plans


@pytest.mark.parametrize("name", planfile.preset_names())
def test_every_preset_is_kept_and_comes_back(name: str) -> None:
    preset = planfile.load_preset(name).changed(name=None)
    plan = keep_plan(preset)
    (found,), faults = read_plans(write_plans([plan]))
    assert found == plan
    assert found.preset == preset
    assert found.name == preset.title
    assert not faults


def test_several_are_kept_in_their_order() -> None:
    plans = [keep_plan(blank_plan().changed(title=title)) for title in ("A", "B", "A")]
    found, faults = read_plans(write_plans(plans))
    assert [plan.name for plan in found] == ["A", "B", "A"]
    assert len({plan.id for plan in found}) == 3
    assert not faults


def stored(*plans: Any, **more: Any) -> str:
    return json.dumps({KEPT_MARK: 1, "plans": list(plans), **more})


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("", "must be JSON"),
        ("{", "must be JSON"),
        ("[" * 100_000, "must be JSON"),
        ("null", "must hold plans kept on this page"),
        ("[]", "must hold plans kept on this page"),
        ('"x"', "must hold plans kept on this page"),
        ("{}", "must hold plans kept on this page"),
        (stored(**{KEPT_MARK: 2}), "it may come from a newer release"),
        (stored(**{KEPT_MARK: "<b>"}), "it may come from a newer release"),
        (stored("x"), "plan 1 must have a name and a text"),
        (stored({"id": "a"}), "plan 1 must have a name and a text"),
        (stored({"id": "../../x", "plan": ""}), "plan 1 must have a name and a text"),
        (stored({"id": "a" * 41, "plan": ""}), "plan 1 must have a name and a text"),
        (stored({"id": 7, "plan": ""}), "plan 1 must have a name and a text"),
        (stored({"id": "a", "plan": "x" * (MAX_LETTERS + 1)}), "must have at most 1,000,000 characters"),
        (stored({"id": "a", "plan": "title = 3"}), "plan 1 cannot be read"),
        (stored({"id": "a", "plan": "[plan]\ntarget_incentive = nan"}), "plan 1 cannot be read"),
        (stored(*({"id": f"a{i}", "plan": "x"} for i in range(MAX_PLANS + 1))), f"must be at most {MAX_PLANS}"),
    ],
    ids=lambda text: text[:30],
)
def test_what_a_stranger_has_written_is_refused_in_sentences(text: str, says: str) -> None:
    plans, faults = read_plans(text)
    assert any(says in fault for fault in faults)
    assert all(plan.preset is None for plan in plans)


def test_a_plan_that_cannot_be_read_leaves_the_others_alone() -> None:
    text = stored({"id": "bad", "plan": "title = 3"}, {"id": "good", "plan": planfile.dumps(blank_plan())})
    plans, faults = read_plans(text)
    assert [(plan.id, plan.preset is None) for plan in plans] == [("bad", True), ("good", False)]
    assert len(faults) == 1
    assert plans[0].fault


@examples(100)
@given(st.recursive(st.none() | st.booleans() | st.integers() | st.text(max_size=9), lambda s: st.lists(s, max_size=3)))
def test_any_entry_is_read_or_named(entry: Any) -> None:
    plans, faults = read_plans(stored(entry, {"id": "a", "plan": entry}))
    assert all(isinstance(plan, KeptPlan) for plan in plans)
    assert faults
