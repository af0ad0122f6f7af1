"""The algebra of curves against plain ifs and numpy, on both sides of every jump."""

import dataclasses
import itertools
import math
import pickle
from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from calc import Curve, Empirical, Lognormal, Normal, NotALine
from calc.piecewise.pieces import Jump, Piece, Side
from calc.piecewise.vectorized import KERNEL_BLOCK
from calc.plan.mechanics import Band, Steps
from tests.strategies import curves, decimals, examples, points
from tests.test_laws import well_formed

Numbers = tuple[float, ...]
SIDES: tuple[Side, ...] = ("at", "left", "right")


def plain(given: list[tuple[float, float]], below: str, above: str, x: float, side: str) -> float:
    """Straight lines through points, as ifs."""
    slopes = [(d - b) / (c - a) for (a, b), (c, d) in itertools.pairwise(given) if c > a]
    done = [i for i, (at, _) in enumerate(given) if at < x or (at == x and side != "left")]
    if not done:
        first, y = given[0]
        carried = slopes[0] * (x - first) if below == "extend" and slopes else 0.0
        return 0.0 if below == "zero" else y + carried
    at, y = given[done[-1]]
    if len(done) < len(given):
        after, up = given[done[-1] + 1]
        return y + (up - y) * (x - at) / (after - at)
    return y + (slopes[-1] * (x - at) if above == "extend" and slopes else 0.0)


def places(*curves: Curve) -> list[float]:
    """Every break, a little beside it, between breaks, and far out."""
    breaks = sorted({x for curve in curves for x in curve.starts[1:]} | {0.0})
    beside = [x + d for x in breaks for d in (-1e-4, 0, 1e-4)]
    return [breaks[0] - 50, *beside, *((a + b) / 2 for a, b in itertools.pairwise(breaks)), breaks[-1] + 50]


def near(value: Any) -> Any:
    return pytest.approx(value, rel=1e-9, abs=1e-9)


def agree(curve: Curve, xs: list[float], expected: Callable[[float, Any], float], sides: Any = SIDES) -> None:
    """The curve has the expected value at all places, on every side."""
    got = [curve(x, side) for x in xs for side in sides]
    np.testing.assert_allclose(got, [expected(x, side) for x in xs for side in sides], rtol=1e-9, atol=1e-9)


# What a curve is


@examples(300)
@given(points(), st.sampled_from(("zero", "hold", "extend")), st.sampled_from(("hold", "extend")))
def test_through_points_is_what_ifs_say(given: list[tuple[float, float]], below: Any, above: Any) -> None:
    curve = Curve.through(given, below=below, above=above)
    well_formed(curve)
    xs = [*places(curve), *(x for x, _ in given)]
    agree(curve, xs, lambda x, side: plain(given, below, above, x, side))


def test_pieces_and_jumps_of_a_plain_band() -> None:
    curve = Curve.through([(0.7, 0.7), (1, 1), (2, 2)], below="zero")
    assert curve.pieces() == (
        Piece(-math.inf, 0.7, 0.0, 0.0, 0.0),
        Piece(0.7, 2.0, 0.7, 2.0, 1.0),
        Piece(2.0, math.inf, 2.0, 2.0, 0.0),
    )
    assert curve.jumps() == (Jump(0.7, 0.0, 0.7),)
    assert [curve(0.7, side) for side in SIDES] == [0.7, 0.0, 0.7]


def test_pieces_of_a_line_reach_to_both_infinities() -> None:
    (piece,) = Curve.through([(0, 0), (1, -2)], below="extend", above="extend").pieces()
    assert piece == Piece(-math.inf, math.inf, math.inf, -math.inf, -2.0)


@examples(100)
@given(curves())
def test_jumps_are_where_the_sides_differ(curve: Curve) -> None:
    found = {jump.at: (jump.before, jump.after) for jump in curve.jumps()}
    assert len(found) == len(curve.jumps())
    for x in curve.starts[1:]:
        sides = (curve(x, "left"), curve(x, "right"))
        assert found.get(x, (sides[0],) * 2) == sides or sides[0] == near(sides[1])
    for piece in curve.pieces():
        for x, value in ((piece.start, piece.value), (piece.end, piece.end_value)):
            assert math.isinf(x) or curve(x, "right" if x == piece.start else "left") == value


@pytest.mark.parametrize(
    ("starts", "values", "slopes"),
    [
        ((), (), ()),
        ((0,), (1, 2), (0,)),
        ((1, 0), (0, 0), (0, 0)),
        ((0,), (math.nan,), (0,)),
        ((0,), (0,), (math.inf,)),
        ((-math.inf,), (0,), (0,)),
    ],
)
def test_what_is_no_curve_is_refused(starts: Numbers, values: Numbers, slopes: Numbers) -> None:
    with pytest.raises(ValueError, match="curve"):
        Curve(starts, values, slopes)


@pytest.mark.parametrize("given", [[], [(1, 0), (0, 0)]])
def test_points_that_do_not_ascend_are_refused(given: list[tuple[float, float]]) -> None:
    with pytest.raises(ValueError, match="ascending"):
        Curve.through(given)


def test_a_curve_is_a_value() -> None:
    curve = Curve.through([(0, 0), (1, 1)])
    assert curve == Curve.through([(0, 0), (1, 1)])
    assert {curve: 1}[Curve.through([(0.0, 0), (1, 1.0)])] == 1
    assert pickle.loads(pickle.dumps(curve)) == curve
    with pytest.raises(dataclasses.FrozenInstanceError):
        curve.starts = (0.0,)  # type: ignore[misc]
    with pytest.raises(TypeError):
        curve.starts[0] = 1.0  # type: ignore[index]


@examples(100)
@given(curves())
def test_hash_and_evaluation_do_not_change_a_curve(curve: Curve) -> None:
    before = (hash(curve), repr(curve))
    curve(np.linspace(-1, 1, 5))
    curve.jumps()
    assert (hash(curve), repr(curve)) == before


# Canonical form: equal functions are equal values


@examples(150)
@given(points(), st.sampled_from(("zero", "hold", "extend")), st.integers(1, 9))
def test_a_point_on_a_line_changes_nothing(given: list[tuple[float, float]], below: Any, tenth: int) -> None:
    pairs = [(a, b) for a, b in itertools.pairwise(given) if b[0] > a[0]]
    more = [(a[0] + (b[0] - a[0]) * tenth / 10, a[1] + (b[1] - a[1]) * tenth / 10) for a, b in pairs]
    curve, finer = (
        Curve.through(given, below=below),
        Curve.through(sorted([*given, *more], key=lambda p: p[0]), below=below),
    )
    assert len(finer.pieces()) == len(curve.pieces())
    assert finer.starts[1:] == curve.starts[1:]
    assert finer.values == near(curve.values)


@examples(150)
@given(curves(), curves())
def test_equal_functions_are_equal_values(a: Curve, b: Curve) -> None:
    assert a + b == b + a
    assert a - a == a * 0.0 == Curve.constant(0.0)
    assert a + 0.0 == 0.0 + a == a * 1.0 == 1.0 * a == (a * 2.0) * 0.5 == a.clip() == a.of_line(1.0) == a
    for same in (a + Curve.constant(0), a + b - b, a * Curve.constant(1)):
        assert same.starts == a.starts
        assert same.values == near(a.values)
        assert same.slopes == near(a.slopes)


def test_jumps_that_cancel_leave_nothing() -> None:
    up, down = Curve.through([(1, 0.1), (1, 0.2)]), Curve.through([(1, 0.7), (1, 0.6)])
    assert len((up + down).pieces()) == 1
    assert (up + down).jumps() == ()


def test_slopes_that_cancel_are_flat_to_the_last_bit() -> None:
    up = Curve.through([(0.1, 0), (0.7, 0.6)], below="extend", above="extend") * 0.3
    down = Curve.through([(0, 0.7), (1, -0.3)], below="extend", above="extend") * 0.3
    (piece,) = (up + down).pieces()
    assert piece.slope == 0.0
    assert piece.value == piece.end_value == pytest.approx(0.18)


@examples(200)
@given(curves(), curves(flat=True), decimals(-2, 2, 1), decimals(-2, 2, 1))
def test_results_of_the_algebra_are_well_formed(a: Curve, flat: Curve, low: float, high: float) -> None:
    for curve in (a + flat, a * flat, a.clip(min(low, high), max(low, high)), a.of_line(0.01), a.of_line(-3.0, 0.1)):
        well_formed(curve)
        assert all(s == 0.0 or abs(s) > 1e-12 for s in curve.slopes)


# Algebra against numbers


@examples(200)
@given(curves(), curves())
def test_sum_and_difference(a: Curve, b: Curve) -> None:
    agree(a + b, places(a, b), lambda x, side: a(x, side) + b(x, side))
    agree(a - b, places(a, b), lambda x, side: a(x, side) - b(x, side))


@examples(200)
@given(curves(), curves(flat=True), decimals(-3, 3, 1))
def test_product_with_a_flat_curve_and_with_a_number(a: Curve, flat: Curve, number: float) -> None:
    for product in (a * flat, flat * a):
        agree(product, places(a, flat), lambda x, side: a(x, side) * flat(x, side))
    agree(a * number, places(a), lambda x, side: a(x, side) * number)
    agree(a + number, places(a), lambda x, side: a(x, side) + number)


@examples(200)
@given(curves(), curves())
def test_a_product_is_refused_where_it_is_no_line_and_only_there(a: Curve, b: Curve) -> None:
    meet = any(
        p.slope and q.slope and max(p.start, q.start) < min(p.end, q.end) for p in a.pieces() for q in b.pieces()
    )
    if meet:
        with pytest.raises(NotALine, match="sloped"):
            a * b
    else:
        agree(a * b, places(a, b), lambda x, side: a(x, side) * b(x, side))


@examples(250)
@given(curves(), decimals(-2, 2, 1), decimals(-2, 2, 1), st.sampled_from(("both", "low", "high")))
def test_clip(a: Curve, one: float, other: float, which: str) -> None:
    low = min(one, other) if which != "high" else None
    high = max(one, other) if which != "low" else None
    clipped = a.clip(low, high)
    bottom, top = -math.inf if low is None else low, math.inf if high is None else high
    agree(clipped, places(a, clipped), lambda x, side: min(max(a(x, side), bottom), top))
    for piece in clipped.pieces():
        beyond = [y for y in (low, high) if y is not None and abs(piece.value - y) < 1e-12 and not piece.slope]
        assert all(piece.value == y for y in beyond), "a part beyond the limit is exactly at it"


@examples(250)
@given(curves(), st.sampled_from((0.01, 0.5, 2.0, 100.0, -0.01, -1.0, -3.0, 0.0)), decimals(-2, 2, 1))
def test_read_along_a_line(a: Curve, slope: float, intercept: float) -> None:
    line = a.of_line(slope, intercept)
    flip: dict[Side, Side] = (
        {"at": "at", "left": "right", "right": "left"} if slope < 0 else dict(zip(SIDES, SIDES, strict=True))
    )
    jumps = {jump.at for jump in line.jumps()}
    for start in places(a):
        x = (start - intercept) / slope if slope else start
        near_jump = any(abs(x - at) < 1e-9 * (1 + abs(at)) for at in jumps)
        if not near_jump:
            assert line(x) == near(a(slope * x + intercept))
    for jump in line.jumps() if slope else ():
        at = min(a.starts[1:], key=lambda x: abs(x - (slope * jump.at + intercept)))
        assert line(jump.at, "left") == near(a(at, flip["left"]))
        assert line(jump.at, "right") == near(a(at, flip["right"]))
    assert len(line.jumps()) == (len(a.jumps()) if slope else 0)


@examples(100)
@given(curves())
def test_mirrored_twice_is_the_same(a: Curve) -> None:
    twice = a.of_line(-1.0).of_line(-1.0)
    assert twice.starts[1:] == a.starts[1:]
    agree(twice, places(a), a, ("left", "right"))


@examples(250)
@given(curves(), decimals(-2, 2, 1))
def test_inverse_is_the_least_x_that_pays(a: Curve, y: float) -> None:
    found = a.inverse(y)
    sampled = [x for x in sorted([*places(a), *np.linspace(-60, 60, 60)]) if a(x) >= y]
    if found is None:
        assert not sampled
    elif found == -math.inf:
        assert a.pieces()[0].value >= y
    else:
        assert a(found) >= y - 1e-9
        assert a(found - 1e-6) < y
        assert not sampled or sampled[0] >= found - 1e-9


@pytest.mark.parametrize(
    ("y", "x"), [(-1.0, -math.inf), (0.0, -math.inf), (0.1, 0.7), (0.7, 0.7), (1.0, 1.0), (2.0, 2.0), (2.1, None)]
)
def test_inverse_of_a_band(y: float, x: float | None) -> None:
    assert Band(floor=0.7, ceiling=2.0).curve().inverse(y) == x


def test_what_is_only_approached_is_not_paid() -> None:
    assert Curve.through([(0, 0), (1, 1), (1, 0)]).inverse(1.0) is None
    assert Curve.through([(0, 0), (1, 1), (1, 0), (5, 4)]).inverse(1.0) == 2.0


# Arrays


@examples(100)
@given(curves(), st.lists(decimals(-9, 9, 3), max_size=20))
def test_arrays_are_numbers_one_by_one(a: Curve, xs: list[float]) -> None:
    for side in SIDES:
        values = a(np.array(xs), side)
        assert values.shape == (len(xs),)
        assert values == near(np.array([a(x, side) for x in xs]))


@pytest.mark.parametrize(
    "shape", [(), (0,), (1,), (3, 0), (2, 3), (2, 3, 4), (KERNEL_BLOCK - 1,), (KERNEL_BLOCK,), (2 * KERNEL_BLOCK + 1,)]
)
def test_the_shape_of_x_is_kept(shape: tuple[int, ...]) -> None:
    curve = Band(floor=0.7, ceiling=2.0).curve()
    x = np.random.default_rng(1).uniform(0, 3, shape)
    expected = np.where(x < 0.7, 0.0, np.minimum(x, 2.0))
    values = curve(x)
    assert values.shape == shape
    assert values == near(expected)
    assert curve(np.array(x, order="F").T) == near(expected.T)


@pytest.mark.parametrize("kind", [np.float32, np.int64, np.int8, list, "strided", "read-only"])
def test_any_array_of_numbers_will_do_and_stays_as_it_was(kind: Any) -> None:
    curve = Curve.through([(0, 0), (2, 4)], above="extend")
    x = np.arange(-2, 6)
    forms: dict[str, Callable[[], Any]] = {
        "list": lambda: x.tolist(),
        "strided": lambda: np.repeat(x, 3).astype(float)[::3],
        "read-only": lambda: x.astype(float),
    }
    name = kind if isinstance(kind, str) else kind.__name__
    given = forms[name]() if name in forms else x.astype(kind)
    if kind == "read-only":
        given.flags.writeable = False
    values = curve(given)
    assert values.dtype == np.float64
    assert values.tolist() == [0, 0, 0, 2, 4, 6, 8, 10]
    assert np.array_equal(np.asarray(given), x)


@pytest.mark.parametrize("x", [3, 3.0, np.float64(3), np.float32(3), np.int64(3)])
def test_a_number_gives_a_float(x: Any) -> None:
    value = Curve.through([(0, 0), (2, 4)], above="extend")(x)
    assert isinstance(value, float)
    assert value == 6.0


@pytest.mark.parametrize("x", [math.inf, -math.inf, math.nan])
def test_numbers_and_arrays_agree_at_no_number(x: float) -> None:
    for curve in (Curve.constant(1.0), Band(floor=0.7, ceiling=2.0).curve(), Band().curve()):
        assert curve(x) == pytest.approx(float(curve(np.array([x]))[0]), nan_ok=True)


def test_nothing_is_where_nothing_is() -> None:
    assert Curve.constant(2.0)(math.inf) == 2.0
    assert Band().curve()(math.inf) == math.inf
    assert math.isnan(Band().curve()(math.nan))


# Slack


def test_slack_counts_what_rounding_took_and_moves_no_start() -> None:
    at = Steps(steps=((0.7, 1),)).curve()
    above = Steps(steps=((0.7, 1),), reached="above").curve()
    assert at.jumps() == above.jumps() == (Jump(0.7, 0.0, 1.0),)
    places = (0.699999999, 0.6999999996, 0.7, 0.7000000004, 0.700000001)
    for curve, paid in ((at, [0, 1, 1, 1, 1]), (above, [0, 0, 0, 0, 1])):
        assert [curve(x) for x in places] == paid
        assert curve(np.array(places)).tolist() == paid


def test_slack_is_mirrored_and_scaled_with_the_line() -> None:
    cost = Steps(steps=((0.7, 1),)).curve().of_line(-0.01, 2.0)
    assert cost.jumps() == (Jump(130.0, 1.0, 0.0),)
    assert [cost(x) for x in (129.9, 130.0, 130.00000004, 130.0000001)] == [1, 1, 1, 0]


@examples(100)
@given(points(), decimals(0.1, 0.9, 1))
def test_between_break_and_threshold_the_value_of_the_break_is_paid(
    given: list[tuple[float, float]], part: float
) -> None:
    curve = Curve.through(given, below="zero", slack=1e-3)
    for jump in curve.jumps():
        if curve.starts.count(jump.at) == 1:
            assert curve(jump.at - part * 1e-3) == near(jump.after)


# Expected values


def integrated(curve: Curve, density: Any, *cuts: float) -> float:
    """By trapezoids, fine and split at every break."""
    breaks = (x for x in curve.starts[1:] if cuts[0] < x < cuts[-1])
    total = 0.0
    for a, b in itertools.pairwise(sorted({*cuts, *breaks})):
        x = np.linspace(a, b, 401)
        values = np.array([curve(a, "right"), *curve(x[1:-1]), curve(b, "left")])
        total += float(np.trapezoid(values * density(x), x))
    return total


@examples(60)
@given(curves(), decimals(-1, 2, 1), st.sampled_from((0.05, 0.2, 1.0)))
def test_expected_under_a_normal(curve: Curve, mean: float, sd: float) -> None:
    def density(x: np.ndarray) -> np.ndarray:
        return np.exp(-0.5 * ((x - mean) / sd) ** 2) / (sd * math.sqrt(2 * math.pi))

    exact = curve.expect(Normal(mean, sd))
    cuts = mean + sd * np.linspace(-9, 9, 19)
    assert exact == pytest.approx(integrated(curve, density, *cuts), rel=1e-4, abs=1e-5)


@examples(60)
@given(curves(), st.sampled_from((0.5, 1.0, 2.0)), st.sampled_from((0.1, 0.3, 1.0)))
def test_expected_under_a_lognormal(curve: Curve, mean: float, sd: float) -> None:
    spread = math.sqrt(math.log1p((sd / mean) ** 2))
    middle = math.log(mean) - spread**2 / 2

    def density(x: np.ndarray) -> np.ndarray:
        height: np.ndarray = np.exp(-0.5 * ((np.log(x) - middle) / spread) ** 2)
        return height / (x * spread * math.sqrt(2 * math.pi))

    cuts = np.exp(middle + spread * np.linspace(-9, 9, 37))
    assert curve.expect(Lognormal(mean, sd)) == pytest.approx(integrated(curve, density, *cuts), rel=1e-4, abs=1e-5)


@examples(100)
@given(curves(), st.lists(decimals(-3, 3, 1), min_size=1, max_size=9))
def test_expected_of_a_sample_is_its_mean(curve: Curve, sample: list[float]) -> None:
    assert curve.expect(Empirical(tuple(sample))) == near(np.mean([curve(x) for x in sample]))


def test_expected_values_by_hand() -> None:
    line = Curve.through([(0, 0), (1, 1)], below="extend", above="extend")
    assert line.expect(Lognormal(1.3, 0.4)) == near(1.3)
    assert Curve.constant(7).expect(Normal(3, 2)) == near(7)
    assert Steps(steps=((1, 5),)).curve().expect(Normal(1, 0.3)) == near(2.5)
    assert Band(floor=0.7).curve().expect(Normal(1, 0.2)) == pytest.approx(0.9331928 + 0.2 * 0.1295176, abs=1e-7)
    assert line.clip(low=0).expect(Normal(0, 1)) == pytest.approx(1 / math.sqrt(2 * math.pi))


@pytest.mark.parametrize("reached", ["at", "above"])
@pytest.mark.parametrize("slope", [1.0, -1.0])
def test_a_point_mass_is_paid_what_the_point_is_paid(reached: Any, slope: float) -> None:
    curve = Steps(steps=((1, 5),), reached=reached).curve().of_line(slope, 1.0 - slope)
    for at in (0.5, 1.0, 1.5):
        assert curve.expect(Normal(at, 0)) == curve.expect(Lognormal(at, 0)) == curve(at)


@pytest.mark.parametrize("sd", [1e-3, 1e-9, 1e-20, 1e-170, 1e-300])
def test_a_hair_of_spread_is_no_trouble(sd: float) -> None:
    line = Curve.through([(0, 0), (1, 1)], below="extend", above="extend")
    for distribution in (Normal(1.3, sd), Lognormal(1.3, sd)):
        assert line.expect(distribution) == near(1.3)
        assert Steps(steps=((1, 5),)).curve().expect(distribution) == near(5)
