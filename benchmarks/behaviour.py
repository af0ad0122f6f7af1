"""What people do under a plan: CPU time of the answers, against a fixed piece of pure Python in the same run."""

from collections.abc import Callable
from dataclasses import replace
from statistics import median
from time import process_time

import numpy as np

from benchmarks.ratio import Act, Row, repeated, yardstick
from calc.behaviour.axis import read_plan
from calc.behaviour.behave import behave
from calc.behaviour.effort.late_plan import play_late
from calc.behaviour.effort.outcome import Outcome, play
from calc.behaviour.effort.rising_target import play_rising_target
from calc.behaviour.hours import HoursRep, Task, split_hours
from calc.behaviour.search import SEARCH_SHAPES
from calc.behaviour.shapes import SearchLimits, list_shapes
from calc.behaviour.sweep import sweep_sales
from calc.documents.params import set_terms
from calc.documents.planfile import load_preset
from calc.piecewise.curve import Curve

POSITIONS = 60


def _row(what: str, act: Act, goal: float, times: int = 7) -> Row:
    ours, theirs = _cpu_of(act, repeated(yardstick, 10), times)
    ours, theirs = ours * 1e3, theirs / 10 * 1e3
    told = f"{what}; against the same pure Python"
    return Row(told, f"{ours:.1f} ms", f"{theirs:.3f} ms", f"{ours / theirs:.0f}", f"at most {goal:g} ms", ours <= goal)


def _cpu_of(one: Act, other: Act, times: int) -> tuple[float, float]:
    """Median CPU seconds of both, run in turn after one run each to warm up."""
    one(), other()
    pairs = [(_cpu(one), _cpu(other)) for _ in range(times)]
    return median(a for a, _ in pairs), median(b for _, b in pairs)


def _cpu(act: Act) -> float:
    start = process_time()
    act()
    return process_time() - start


def _band() -> Outcome:
    return behave(load_preset("low-ceiling")).here.outcome


def _alone() -> Outcome:
    """The standard reading alone: seven abilities, twelve steps."""
    band = _band()
    rows = np.arange(band.reps.rows // band.teams)
    reps, pay = band.reps.taken(rows), band.pay.take(rows)
    return replace(band, pay=pay, reps=reps, target=band.target[rows], plain_rate=band.plain_rate[rows], teams=1)


def _answered(outcome: Outcome) -> Callable[[], object]:
    """A plan with its three yardsticks and the states of its people."""

    def act() -> object:
        found = play(outcome.pay, outcome.reps, outcome.target, outcome.plain_rate, teams=outcome.teams)
        return found.no_incentive, found.commission, found.even, found.given_up, found.hit

    return act


def plan() -> Row:
    return _row("what people do under a plan, with three yardsticks", _answered(_alone()), 10)


def band() -> Row:
    return _row("the same as a band of three readings", _answered(_band()), 25)


def sweep() -> Row:
    preset = load_preset("low-ceiling")
    behaved = behave(preset)
    ceilings = np.linspace(1.2, 4.0, POSITIONS)
    plans = [read_plan(set_terms(preset, {"deals.ceiling": float(x)}).plan, behaved.axis) for x in ceilings]
    teams = behaved.here.outcome.teams
    what = f"the band at {POSITIONS} places of a handle, coarsely"
    return _row(what, lambda: sweep_sales(plans, behaved.axis, behaved.reps, teams), 500, 3)


def late() -> Row:
    one = _alone()
    act = lambda: play_late(one.pay, one.reps, one.target, one.plain_rate, silent=0.6, trust=0.5)  # noqa: E731
    return _row("a plan that is known late", act, 25)


def _rising(periods: int) -> Callable[[], object]:
    one = _alone()
    return lambda: play_rising_target(
        one.pay, one.reps, one.target, one.plain_rate, periods=periods, growth=0.0, rise=0.1, foresight=0.9
    )


def rising_four() -> Row:
    return _row("a rising target over four periods", _rising(4), 60, 5)


def rising_eight() -> Row:
    return _row("a rising target over eight periods", _rising(8), 250, 3)


def hours() -> Row:
    rep = HoursRep(kept=0.7, response=1.3, kappa=0.3)
    curve = Curve((0.0, 0.4, 1.0, 2.0), (0.0, 0.0, 0.2, 0.56), (0.0, 1 / 3, 0.36, 0.0))
    tasks = [Task(curve * weight, 0.2, 1.0, 0.1) for weight in (0.5, 0.8, 1.0, 1.2, 1.5)]
    return _row("where the hours of five KPIs go", lambda: split_hours(tasks, rep), 3)


def shapes() -> Row:
    behaved = behave(load_preset("reachable-plan"))
    target, teams = behaved.here.plan.target, behaved.here.outcome.teams
    plans = [
        replace(behaved.here.plan, pay=shape.curve(target), target=target * shape.target)
        for shape in list_shapes(SearchLimits(), SEARCH_SHAPES)
    ]
    what = f"{len(plans)} shapes of pay in three readings, coarsely"
    return _row(what, lambda: sweep_sales(plans, behaved.axis, behaved.reps, teams), 1500, 1)
