"""The desk: what is changed, refused, undone and kept, without a page."""

import pytest
from hypothesis import given
from hypothesis import strategies as some

from calc.documents import link, planfile
from calc.documents.link import View
from calc.edit.weighing import rebalance_weights
from tests.curves import band_of
from ui.session import workspace as desks
from ui.session.workspace import Desk


def at(name: str) -> Desk:
    return desks.open_desk(link.decode_link(f"?preset={name}"))


def test_a_change_can_be_undone_and_a_refusal_changes_nothing() -> None:
    start = at("unreachable-floor")
    moved = desks.change_desk(start, "deals.floor", 0.5, now=1.0)
    assert band_of(moved.plan, "deals").floor == 0.5
    refused = desks.change_desk(moved, "deals.floor", 1.7, now=9.0)
    assert refused.view is moved.view
    assert refused.drafts["deals.floor"].value == 1.7
    assert "must lie in [0, 1] (got 1.7)" in refused.drafts["deals.floor"].says
    assert desks.change_desk(refused, "deals.floor", 0.6, now=20.0).drafts == {}
    assert desks.undo_desk(moved).view == start.view


def test_moves_of_one_control_in_a_second_are_one() -> None:
    desk = at("unreachable-floor")
    for i in range(5):
        desk = desks.change_desk(desk, "deals.floor", 0.69 - i / 100, now=i / 10)
    assert len(desk.past) == 1
    assert desks.undo_desk(desk).plan == at("unreachable-floor").plan


def test_the_way_back_has_an_end() -> None:
    desk = at("unreachable-floor")
    for i in range(desks.DEPTH + 20):
        desk = desks.change_desk(desk, "deals.floor", i / 200, now=10.0 * i)
    assert len(desk.past) == desks.DEPTH


def test_standing_at_target_is_nothing_to_remember() -> None:
    desk = desks.move_stand(at("unreachable-floor"), "deals", 80.0, now=1.0)
    assert desk.view.at == {"deals": 80.0}
    assert desks.move_stand(desk, "deals", 100.0, now=9.0).view.at == {}


def test_reset_brings_back_the_preset_and_can_be_undone() -> None:
    moved = desks.change_desk(at("unreachable-floor"), "deals.floor", 0.5, now=1.0)
    back = desks.reset_desk(moved, now=9.0)
    assert back.plan == at("unreachable-floor").plan
    assert desks.undo_desk(back).plan == moved.plan


def test_another_preset_and_back_finds_everything_as_it_was_left() -> None:
    moved = desks.change_desk(at("unreachable-floor"), "deals.floor", 0.5, now=1.0)
    away = desks.switch_desk(moved, "low-ceiling", now=9.0)
    assert away.name == "low-ceiling"
    assert away.start.preset == planfile.load_preset("low-ceiling")
    assert desks.switch_desk(away, "unreachable-floor", now=20.0).plan == moved.plan


def test_a_plan_that_no_preset_describes_is_reset_to_how_it_came() -> None:
    own = planfile.load_preset("sound-plan").changed(title="Ours")
    desk = desks.open_desk(link.decode_link(link.encode_view(View(own))))
    moved = desks.change_desk(desk, "revenue.floor", 0.5, now=1.0)
    assert moved.name == ""
    assert desks.reset_desk(moved, now=9.0).plan == desk.plan
    assert desks.switch_desk(desks.switch_desk(moved, "low-ceiling", now=20.0), "", now=30.0).plan == moved.plan


# Weights


@pytest.mark.parametrize("name", ["sound-plan", "hundred-kpis", "four-clear-kpis", "weighted-score"])
@given(weight=some.integers(0, 100))
def test_weights_stay_a_whole(name: str, weight: int) -> None:
    plan = planfile.load_preset(name).plan
    first = next(kpi.id for kpi in plan.kpis if kpi.weight)
    made = rebalance_weights(plan, plan, first, weight / 100)
    assert made[f"{first}.weight"] == pytest.approx(weight / 100, abs=1e-9)
    assert sum(made.values()) == pytest.approx(1, abs=1e-9)
    assert min(made.values()) >= 0


def test_room_is_made_in_proportion() -> None:
    plan = planfile.load_preset("four-clear-kpis").plan
    weights = {kpi.id: kpi.weight for kpi in plan.kpis if kpi.weight}
    (first, before), *others = weights.items()
    made = rebalance_weights(plan, plan, first, before / 2)
    for name, weight in others:
        assert made[f"{name}.weight"] == pytest.approx(weight * (1 - before / 2) / (1 - before), abs=0.0011)


def test_a_move_to_the_end_and_back_ends_where_it_began() -> None:
    desk = at("four-clear-kpis")
    start = {kpi.id: kpi.weight for kpi in desk.plan.kpis}
    first = next(kpi.id for kpi in desk.plan.kpis if kpi.weight)
    for i, weight in enumerate((0.9, 1.0, 0.7, start[first])):
        desk = desks.change_desk(desk, f"{first}.weight", weight, now=i / 10)
    assert {kpi.id: kpi.weight for kpi in desk.plan.kpis} == pytest.approx(start)


def test_room_where_all_others_have_none_is_shared_alike() -> None:
    plan = link.set_terms(planfile.load_preset("sound-plan"), {"revenue.weight": 1.0, "margin.weight": 0.0}).plan
    assert rebalance_weights(plan, plan, "revenue", 0.6) == {"revenue.weight": 0.6, "margin.weight": 0.4}


# Plan A


def test_what_follows_a_pinned_plan_keeps_it() -> None:
    desk = desks.pin_desk(at("low-ceiling"), now=1.0)
    moved = desks.change_desk(desk, "deals.ceiling", 1.5, now=9.0)
    moved = desks.take_document(moved, moved.view.preset.changed(title="Ours"), "title", now=20.0)
    away = desks.reset_desk(desks.switch_desk(moved, "open-top", now=30.0), now=40.0)
    for one in (moved, away, desks.bring_document(away, planfile.load_preset("sound-plan"), now=50.0)):
        assert one.view.against is not None
        assert one.view.against.preset == planfile.load_preset("low-ceiling")
    assert desks.unpin_desk(away, now=60.0).view.against is None
    assert desks.undo_desk(desk).view.against is None


def test_a_swap_and_another_are_where_it_began() -> None:
    desk = desks.switch_desk(desks.pin_desk(at("low-ceiling"), now=1.0), "open-top", now=9.0)
    swapped = desks.exchange_desk(desks.move_stand(desk, "deals", 300.0, now=20.0), now=30.0)
    assert swapped.name == "low-ceiling"
    assert swapped.view.at == {"deals": 300.0}
    back = desks.exchange_desk(swapped, now=40.0)
    assert (back.view.preset, back.view.base) == (desk.view.preset, desk.view.base)
    assert desks.undo_desk(swapped).name == "open-top"


def test_a_swap_with_a_plan_of_ones_own_has_it_to_choose_and_to_reset_to() -> None:
    own = View(planfile.load_preset("sound-plan").changed(title="Ours"))
    linked = View(planfile.load_preset("low-ceiling"), "low-ceiling", against=own)
    desk = desks.exchange_desk(desks.open_desk(link.decode_link(link.encode_view(linked))), now=1.0)
    assert desk.name == ""
    assert desk.own is not None
    assert desks.reset_desk(desks.change_desk(desk, "revenue.floor", 0.5, now=9.0), now=20.0).plan == own.preset.plan


# Moves worked out before they are made


@pytest.mark.parametrize(("path", "value"), [("deals.floor", 0.5), ("at.deals", 80.0)])
def test_a_foreseen_move_is_the_one_that_is_made(path: str, value: float) -> None:
    start = at("unreachable-floor")
    known = desks.foresee_move(start, path, value, now=1.0)
    made = desks.make_move(start, path, value, now=1.4, known=known)
    assert made is known.after
    plain = desks.put_term(start, path, value, now=1.4)
    assert made.view == plain.view
    assert [past.path for past in made.past] == [past.path for past in plain.past]


def test_another_move_than_the_foreseen_is_worked_out_anew() -> None:
    start = at("unreachable-floor")
    known = desks.foresee_move(start, "deals.floor", 0.5, now=1.0)
    assert desks.make_move(start, "deals.floor", 0.6, now=1.4, known=known).plan.kpi("deals").curve.floor == 0.6  # type: ignore[union-attr]
    other = desks.make_move(start, "deals.ceiling", 1.5, now=1.4, known=known)
    assert other.plan.kpi("deals").curve.floor == 0.7  # type: ignore[union-attr]
    since = desks.change_desk(start, "deals.ceiling", 1.5, now=1.2)
    assert desks.make_move(since, "deals.floor", 0.5, now=1.4, known=known).plan.kpi("deals").curve.ceiling == 1.5  # type: ignore[union-attr]


def test_a_move_that_was_held_too_long_to_go_on_with_the_last_is_one_of_its_own() -> None:
    first = desks.change_desk(at("unreachable-floor"), "deals.floor", 0.6, now=1.0)
    known = desks.foresee_move(first, "deals.floor", 0.5, now=1.5)
    assert len(known.after.past) == 1, "they are one move yet"
    assert len(desks.make_move(first, "deals.floor", 0.5, now=9.0, known=known).past) == 2
