"""The search over shapes: what is dropped, how it is ranked, and that no shape passes the even line."""

import pytest

from calc.behaviour.search import MAX_GIVEN_UP, SearchFound, search_shapes
from calc.behaviour.shapes import SearchLimits, list_shapes
from calc.documents.planfile import load_preset


def searched(name: str, shapes: int = 30) -> SearchFound:
    *_, last = search_shapes(load_preset(name), shapes=shapes)
    return last


def test_where_the_plan_is_sound_the_shape_is_not_what_is_wrong() -> None:
    found = searched("reachable-plan")
    assert found.done == 1.0
    assert found.best
    assert not found.shape_is_wrong
    assert found.bound.high < 0.01


def test_under_a_low_ceiling_the_shape_is_wrong_and_no_shape_passes_the_line() -> None:
    found = searched("low-ceiling")
    assert found.shape_is_wrong
    assert found.best[0].gain <= found.bound.high
    assert [one.gain for one in found.best] == sorted((one.gain for one in found.best), reverse=True)
    for one in found.best:
        assert max(one.given_up) <= MAX_GIVEN_UP
        assert len(one.given_up) == 7
        assert one.sales.low <= one.sales.standard <= one.sales.high


def test_shapes_under_which_somebody_gives_up_are_dropped() -> None:
    assert searched("unreachable-floor").dropped > 0


def test_it_tells_how_far_it_has_come() -> None:
    parts = [found.done for found in search_shapes(load_preset("reachable-plan"), shapes=30)]
    assert parts == sorted(parts)
    assert len(parts) > 3


def test_shapes_are_the_same_every_time_and_jump_only_where_they_may() -> None:
    limits = SearchLimits(floors=(0.2, 0.6), ceilings=(1.5, 2.0))
    shapes = list_shapes(limits, 200)
    assert shapes == list_shapes(limits, 200)
    assert len(shapes) > 150
    assert {shape.pays_at_floor for shape in shapes} == {0.0}
    assert all(0.2 <= shape.floor <= 0.6 for shape in shapes)
    assert all(shape.ceiling is None or 1.5 <= shape.ceiling <= 2.0 for shape in shapes)
    assert any(shape.pays_at_floor > 0.0 for shape in list_shapes(SearchLimits(jumps=True), 50))


def test_a_shape_is_the_curve_that_it_says() -> None:
    shape = list_shapes(SearchLimits(floors=(0.5, 0.5), accelerators=(2.0, 2.0), ceilings=(1.5, 1.5)), 1)[0]
    curve = shape.curve(2.0)
    target = 2.0 * shape.target
    assert curve(0.49 * target) == 0.0
    assert curve(target) == pytest.approx(1.0)
    assert curve(1.2 * target) == pytest.approx(1.4)
