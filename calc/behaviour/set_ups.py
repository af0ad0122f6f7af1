"""The set-ups of the evidence, each worked out with the model and told in figures.

Where three figures stand beside each other they are the standard, the cautious and the quadratic reading.
"""

from collections.abc import Callable
from dataclasses import replace
from functools import lru_cache

import numpy as np

from calc.behaviour.behave import behave
from calc.behaviour.effort.calibrate import find_kappa
from calc.behaviour.effort.moved_deals import Moving, play_moved_deals
from calc.behaviour.effort.outcome import Outcome, play
from calc.behaviour.effort.pay import PayRows
from calc.behaviour.effort.rep import CALIBRATIONS, Reps, reps_as_teams, spread_abilities
from calc.behaviour.effort.rising_target import play_rising_target
from calc.behaviour.effort.roots import find_roots
from calc.behaviour.effort.solver import TWELVE
from calc.behaviour.effort.step import COARSE
from calc.behaviour.week import divide_week
from calc.documents.planfile import load_preset
from calc.piecewise.curve import Curve
from calc.piecewise.vectorized import Floats

WAGE_SHARE, INCENTIVE_SHARE = 0.022, 0.3
"""Friebel et al.: what the bonus cost as a share of wages; and the target incentive as a share of them, ours."""
QUARTER = (1.0 / 3.0,) * 3


def _changes(numbers: Floats) -> str:
    """Changes as the table writes them: +43 / +22 / +25 %."""
    return " / ".join(f"{100.0 * x:+.0f}" for x in numbers) + " %"


def _shares(numbers: Floats) -> str:
    return " / ".join(f"{x:.2f}" for x in numbers)


def _jump(at: float, height: float) -> Curve:
    return Curve((0.0, at), (0.0, height), (0.0, 0.0))


def _team(variation: float, abilities: int = 15) -> Reps:
    return reps_as_teams(spread_abilities(variation, abilities), CALIBRATIONS, noise=0.2)


def _one(ability: float = 1.0) -> Reps:
    return reps_as_teams(np.array([ability]), CALIBRATIONS, noise=0.2)


def _under(curve: Curve, reps: Reps, widths: tuple[float, ...] = TWELVE) -> Outcome:
    full = np.ones(reps.rows)
    return play(PayRows.of_curves([curve] * reps.rows), reps, full, full, teams=3, widths=widths)


@lru_cache(maxsize=8)
def _all_or_nothing(variation: float) -> Outcome:
    """A team for which a target incentive at today's mean, and nothing below it, brings today's mean."""
    reps = _team(variation)
    reading = find_kappa(PayRows.of_curves([_jump(1.0, 1.0)] * reps.rows), reps, 1.0, 3)
    return _under(_jump(1.0, 1.0), reps.with_kappa(np.repeat(reading.root, reps.rows // 3)))


def incentive_against_none() -> str:
    """What an incentive at the plain rate sells more than none."""
    return _changes(np.array([1.0 / one.kept - 1.0 for one in CALIBRATIONS]))


def elasticity_of_output() -> str:
    """How sales answer to the rate, as an elasticity."""
    return _shares(np.array([(1.0 - one.kept) * one.response for one in CALIBRATIONS]))


def small_bonus_on_a_wage() -> str:
    """A bonus at the mean of a wage, as large as to cost 2.2 % of wages."""
    reps, full = _one(), np.ones(3)

    def with_bonus(bonus: Floats) -> Outcome:
        curves = [_jump(float(at), float(height)) for at, height in zip(reps.kept, bonus, strict=True)]
        return play(PayRows.of_curves(curves), reps, full, full, teams=3)

    cost = WAGE_SHARE / INCENTIVE_SHARE
    bonus, _ = find_roots(lambda b: with_bonus(b).expected_pay - cost, np.full(3, 1e-3), full, 1e-6)
    return f"{_changes(with_bonus(bonus).sales / reps.kept - 1.0)} (one person, incentive 30 % of the wage)"


def first_quarter_of_a_rising_target() -> str:
    """Sales of the first quarter of the preset `ratchet`, by how much the future counts."""
    found = [(f, _changes(_first_quarter(f))) for f in (0.9, 0.5, 0.0)]
    return "; ".join(f"first quarter {change} where the future counts {f:g}" for f, change in found)


def _first_quarter(foresight: float) -> Floats:
    preset = load_preset("ratchet")
    behaved = behave(preset, precision=COARSE)
    outcome, path = behaved.here.outcome, preset.path
    assert path is not None
    found = play_rising_target(
        outcome.pay,
        outcome.reps,
        outcome.target,
        outcome.plain_rate,
        periods=path.periods,
        growth=path.growth,
        rise=path.growth_if_hit,
        foresight=foresight,
        teams=outcome.teams,
        precision=COARSE,
    )
    return np.asarray(found.sales[0] / outcome.sales - 1.0)


def ceiling_taken_away() -> str:
    """What the low ceiling of the presets costs, and one commission of the same pay."""
    behaved = behave(load_preset("low-ceiling"), against=load_preset("open-top"))
    assert behaved.against is not None
    here, there = behaved.here.outcome, behaved.against.outcome
    pay = there.expected_pay / here.expected_pay - 1.0
    return (
        f"the low ceiling of the presets taken away: {_changes(there.sales / here.sales - 1.0)}, but pay "
        f"{_changes(pay)}; at the same pay one straight commission {_changes(here.commission.sales / here.sales - 1.0)}"
    )


def bonus_into_commission() -> str:
    """All or nothing turned into the straight commission of the same pay."""
    parts = []
    for variation in (0.2, 0.4):
        outcome = _all_or_nothing(variation)
        line, reps = outcome.commission, outcome.reps
        size = reps.rows // 3
        even = reps.without_effort + reps.by_effort * reps.effort_on_line(np.repeat(line.slope, size))
        weakest = (even / outcome.sales_by_rep - 1.0).reshape(3, size)[:, 0]
        total = _changes(line.sales / outcome.sales - 1.0)
        parts.append(f"{total} where abilities differ by {variation:g}, the weakest {_changes(weakest)}")
    return "; ".join(parts)


def steps_against_their_cure() -> str:
    """Steps beside a straight line, and how long effort is at its limit."""
    behaved = behave(load_preset("step-bonus"), against=load_preset("every-pound-counts"))
    assert behaved.against is not None
    here, there = behaved.here.outcome, behaved.against.outcome
    limit = " to ".join(f"{100.0 * x:.0f}" for x in (here.at_limit.min(), here.at_limit.max()))
    more = "more" if bool((here.sales > there.sales).all()) else "no more"
    dearer = "more" if bool((here.expected_pay > there.expected_pay).all()) else "no more"
    return f"steps sell {more} and pay {dearer} than their cure; sign only, effort at its limit {limit} % of the time"


def orders_where_calls_pay() -> str:
    """What becomes of the orders where calls pay more."""
    week = divide_week(load_preset("calls-not-sales"))
    assert week is not None
    orders = [float(split.attainment[1]) / 1.01 - 1.0 for split in week.splits]
    return f"hours leave the orders: {_changes(np.array(orders))} of them"


def bunching_at_a_line() -> str:
    """How results bunch at a bonus, and at a bend."""
    bonus = Curve((0.0, 1.0), (0.0, 1.0), (0.5, 0.5))
    bend = Curve((0.0, 1.0), (0.0, 1.0), (1.0, 2.0))
    above = [_above_to_below(curve) for curve in (bonus, bend)]
    return f"results just above the line over those just below: bonus {_shares(above[0])}, bend {_shares(above[1])}"


def _above_to_below(curve: Curve) -> Floats:
    reps = _one()
    reading = find_kappa(PayRows.of_curves([curve] * 3), reps, 1.0, 3)
    below, above = _under(curve, reps.with_kappa(reading.root)).histogram(np.array([0.95, 1.0, 1.05])).T
    return np.asarray(above / below)


def effort_under_harder_targets() -> str:
    """Mean effort under all or nothing at harder and harder targets."""
    reps = _one()
    efforts = [f"{_under(_jump(at, at), reps).effort[0]:.2f}" for at in (0.9, 1.3, 1.6)]
    return f"effort {', '.join(efforts)} for all or nothing at 0.9, 1.3, 1.6; nothing at all on a straight line"


def year_into_quarters() -> str:
    """Sales of one rep where a year becomes four quarters."""
    parts = []
    for ability in (0.6, 0.9, 1.3):
        reps = _one(ability)
        year = _under(_jump(1.0, 1.0), reps)
        quarter = _under(_jump(1.0, 1.0), replace(reps, noise=2.0 * reps.noise), QUARTER)
        parts.append(f"ability {ability:g} {_changes(quarter.sales / year.sales - 1.0)}")
    return f"year to quarter, all or nothing: {'; '.join(parts)}"


def sales_at_the_close() -> str:
    """Sales booked in the last and the first twelfth of a period."""
    curve = Curve((0.0, 1.0), (0.0, 1.0), (0.5, 0.5))
    reps = _one().taken(np.arange(1))
    pay = PayRows.of_curves([curve])
    reps = reps.with_kappa(find_kappa(pay, reps, 1.0, 1).root)
    moved = play_moved_deals(pay, reps, 1.0, periods=3, moving=Moving(), widths=TWELVE)[1].booked
    last, first = (f"{100.0 * (part / moved.mean() - 1.0):+.0f} %" for part in (moved[-1], moved[0]))
    return f"flat for patient people; with deals that can be pulled in {last} in the last, {first} in the first twelfth"


def waste_of_one_plan_for_all() -> str:
    """What all or nothing wastes among people who differ more and more."""
    parts = [(v, _all_or_nothing(v).waste_of_shape[0]) for v in (0.1, 0.4, 0.5)]
    return "what all or nothing wastes: " + ", ".join(
        f"{100 * w:.0f} % where abilities differ by {v:g}" for v, w in parts
    )


def silent(text: str) -> Callable[[], str]:
    """For what the model says nothing about."""
    return lambda: text
