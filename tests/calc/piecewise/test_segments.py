"""Rows: decimals stay decimals, what cancels is flat, and what is one line is one row."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from calc.piecewise.segments import add_slopes, merge_rows, midpoint_of, neat_number
from tests.strategies import examples


@pytest.mark.parametrize(
    ("x", "short"),
    [(0.1 + 0.2, 0.3), (69.99999999999999, 70.0), (1 / 3, 1 / 3), (0.0, 0.0), (-2.0000000000000004, -2.0)],
)
def test_neat(x: float, short: float) -> None:
    assert neat_number(x) == short


@examples(300)
@given(st.floats(-1e15, 1e15))
def test_neat_moves_a_number_by_no_more_than_its_last_bits(x: float) -> None:
    assert abs(neat_number(x) - x) <= 8 * math.ulp(x)
    assert neat_number(neat_number(x)) == neat_number(x)


@examples(300)
@given(st.integers(-(10**9), 10**9), st.integers(0, 6), st.integers(-4, 4))
def test_neat_finds_the_decimal_that_rounding_has_left(number: int, places: int, bits: int) -> None:
    decimal = number / 10**places
    assert neat_number(decimal + bits * math.ulp(decimal)) == decimal or not number


def test_slopes_that_cancel_are_nothing() -> None:
    assert add_slopes(0.1 + 0.2, -0.3) == 0.0
    assert add_slopes(0.3, -0.2) == pytest.approx(0.1)
    assert add_slopes(1e-9, 0) == 1e-9


@pytest.mark.parametrize(
    ("low", "high"), [(-math.inf, math.inf), (-math.inf, 5), (-math.inf, -1e9), (5, math.inf), (-5, 7), (2, 2)]
)
def test_middle_lies_inside(low: float, high: float) -> None:
    assert math.isfinite(midpoint_of(low, high))
    assert low < midpoint_of(low, high) < high or low == high == midpoint_of(low, high)


def test_neighbours_on_one_line_are_one_row() -> None:
    rows = [
        (-1.0, 0.0, 0.0, 0.0),
        (0.0, 0.0, 1.0, 0.1),
        (0.5, 0.5, 1.0, 0.1),
        (1.0, 1.0, 0.0, 0.1),
        (2.0, 1.0, 0.0, 0.1),
    ]
    assert merge_rows(rows) == [(-1.0, 0.0, 0.0, 0.0), (0.0, 0.0, 1.0, 0.0), (1.0, 1.0, 0.0, 0.0)]


def test_slack_stays_only_where_there_is_a_jump() -> None:
    rows = [(-1.0, 0.0, 0.0, 0.0), (0.7, 0.7, 1.0, 1e-9), (2.0, 2.0, 0.0, 1e-9)]
    assert [row[3] for row in merge_rows(rows)] == [0.0, 1e-9, 0.0]


def test_a_row_of_no_width_gives_way_to_the_next() -> None:
    rows = [(-1.0, 0.0, 0.0, 0.0), (1.0, 5.0, 0.0, 0.0), (1.0, 7.0, 0.0, 0.0)]
    assert merge_rows(rows) == [(0.0, 0.0, 0.0, 0.0), (1.0, 7.0, 0.0, 0.0)]
