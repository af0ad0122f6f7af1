"""Curves that count whole units: breaks stand at whole units, and every whole unit pays what it paid."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from calc.piecewise.curve import Curve
from calc.piecewise.whole_units import on_whole_units
from tests.strategies import curves, examples

COUNTS = (1.0, 0.0, 1e-9)


@examples(300)
@given(curves(), st.booleans())
def test_every_whole_unit_pays_what_it_paid(drawn: Curve, upwards: bool) -> None:
    slack = 1e-9 if upwards else -1e-9
    curve = Curve(drawn.starts, drawn.values, drawn.slopes, (0.0, *[slack] * (len(drawn.starts) - 1)), COUNTS)
    moved = on_whole_units(curve, upwards)
    assert all(start == round(start) for start in moved.starts[1:])
    for unit in range(-6, 7):
        assert moved(unit) == pytest.approx(curve(unit), abs=1e-9)


@pytest.mark.parametrize(
    ("upwards", "at", "before", "after"), [(True, 3.0, 0.0, 1.0), (False, 2.0, 0.0, 1.0)], ids=["higher", "lower"]
)
def test_a_jump_stands_at_the_first_unit_of_the_better_side(
    upwards: bool, at: float, before: float, after: float
) -> None:
    slack = 1e-9 if upwards else -1e-9
    step = Curve((0.0, 2.1), (before, after), (0.0, 0.0), (0.0, slack)).counted(COUNTS)
    assert [(j.at, j.before, j.after) for j in on_whole_units(step, upwards).jumps()] == [(at, before, after)]


def test_units_on_both_sides_of_a_bend_are_joined() -> None:
    capped = Curve.through([(0, 0), (4.5, 450)], below="zero").counted(COUNTS)
    moved = on_whole_units(capped)
    assert moved.starts[1:] == (0.0, 4.0, 5.0)
    assert [moved(x) for x in (3, 4, 5, 6)] == [300, 400, 450, 450]


def test_a_curve_that_counts_nothing_is_itself() -> None:
    line = Curve.through([(0.5, 0), (1, 1)])
    assert on_whole_units(line) is line
