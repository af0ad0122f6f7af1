"""Quotas for a goal: the methods of the field, each territory's chance, and quotas that give everybody the same chance.

last year l, growth g, potential p, goal Q, and what is to be grown G = Q - sum l. Every method gives quotas that add
up to the goal. Equal chance sets each quota so many spreads from its forecast, the same number for all: no tool was
found that does.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from statistics import NormalDist

import numpy as np

from calc.piecewise.distributions import Distribution, Normal
from calc.piecewise.vectorized import Floats
from calc.plan.errors import Refused
from calc.tables.sheets.number_marks import read_number

INTERVAL = 0.9
"""The chance that a result lies within a forecast that is given as from and to."""
QUOTA_STEPS = 200
"""Halvings by which the common score of equal chances is found."""


def uniform_growth(last: Floats, goal: float) -> Floats:
    """Quotas (n,) that grow last year's results (n,) by one rate: l (1 + G / sum l).

    >>> uniform_growth(np.array([100.0, 200, 300]), 660).tolist()
    [110.00000000000001, 220.00000000000003, 330.0]
    """
    whole = float(last.sum())
    if whole <= 0:
        raise Refused(f"last year's results must add up to more than 0 (got {whole:g})")
    quotas: Floats = last * (goal / whole)
    return quotas


def uniform_amount(last: Floats, goal: float) -> Floats:
    """Quotas (n,) that grow last year's results (n,) by one amount: l + G / n.

    >>> uniform_amount(np.array([100.0, 200, 300]), 660).tolist()
    [120.0, 220.0, 320.0]
    """
    quotas: Floats = last + (goal - float(last.sum())) / len(last)
    return quotas


def relative_growth(last: Floats, goal: float, growth: Floats) -> Floats:
    """Quotas (n,) that share the growth as last year's growth (n,) was shared: l + G g / sum g.

    >>> relative_growth(np.array([100.0, 200, 300]), 660, np.array([20.0, 10, 30])).tolist()
    [120.0, 210.0, 330.0]
    """
    return last + (goal - float(last.sum())) * _shares(growth, "last year's growth")


def market_potential(last: Floats, goal: float, potential: Floats) -> Floats:
    """Quotas (n,) that share the growth by the room that is left in each market: l + G (p - l) / sum (p - l).

    >>> market_potential(np.array([100.0, 200, 300]), 660, np.array([400.0, 400, 500])).round(6).tolist()
    [125.714286, 217.142857, 317.142857]
    """
    return last + (goal - float(last.sum())) * _shares(potential - last, "the potential that is left")


def blended_baseline(elements: Sequence[Floats], weights: Sequence[float], uplift: float = 0.0) -> Floats:
    """Baselines (n,) of several elements (n,) by their weights, then raised.

    >>> blended_baseline([np.array([900_000.0]), np.array([1_100_000.0])], [0.5, 0.5]).tolist()
    [1000000.0]
    """
    if abs(sum(weights) - 1.0) > 1e-9:
        raise Refused(f"the weights of a baseline must add up to 1 (got {sum(weights):g})")
    blended: Floats = np.add.reduce([weight * one for weight, one in zip(weights, elements, strict=True)])
    return blended * (1.0 + uplift)


def weighted_history(history: Floats, goal: float, weights: Sequence[float] = (1.0, 1.0, 2.0)) -> Floats:
    """Quotas (n,) by the shares of a history (n, years), the last year counted twice.

    >>> weighted_history(np.array([[10.0, 20, 30], [40, 30, 20], [50, 50, 50]]), 100.0).round(4).tolist()
    [22.5, 27.5, 50.0]
    """
    weighed = history @ np.asarray(weights)
    return goal * _shares(weighed, "the weighted history")


def capacity_quota(places: Sequence[tuple[float, float, float]]) -> float:
    """What people can bring: of each kind how many, what one brings, and which part of it while ramping up.

    >>> capacity_quota([(3, 250_000, 1.0), (1, 250_000, 0.5)])
    875000.0
    """
    return float(sum(people * brings * ramp for people, brings, ramp in places))


def equal_chance(forecasts: Sequence[Distribution], goal: float) -> Floats:
    """Quotas (n,) that add up to a goal and are reached with the same chance by all.

    Args:
        forecasts: what each territory is expected to bring [KPI unit]; normal ones in closed form, q = mu + z s with
            z = (Q - sum mu) / sum s, others by one root.
        goal: what the quotas add up to.

    Raises:
        Refused: nothing scatters, and the forecasts do not add up to the goal.

    >>> three = [Normal(110, 30), Normal(215, 25), Normal(320, 60)]
    >>> equal_chance(three, 660).round(6).tolist()
    [113.913043, 218.26087, 327.826087]
    """
    if all(isinstance(one, Normal) for one in forecasts):
        means, spreads = (np.array([getattr(one, name) for one in forecasts]) for name in ("mean", "sd"))
        missing = goal - float(means.sum())
        if not spreads.sum():
            if abs(missing) > 1e-9 * max(abs(goal), 1.0):
                raise Refused(f"forecasts without a spread must add up to the goal {goal:g} (got {means.sum():g})")
            return means
        quotas: Floats = means + missing / float(spreads.sum()) * spreads
        return quotas
    return _at_one_score(forecasts, goal)


def _at_one_score(forecasts: Sequence[Distribution], goal: float) -> Floats:
    """Quotas (n,) that stand at the same rank of each forecast, found by halving."""
    low, high = -8.0, 8.0
    for _ in range(QUOTA_STEPS):
        middle = (low + high) / 2
        whole = sum(float(one.at_score(middle)) for one in forecasts)
        low, high = (middle, high) if whole < goal else (low, middle)
    found = np.array([float(one.at_score((low + high) / 2)) for one in forecasts])
    if abs(float(found.sum()) - goal) > 1e-6 * max(abs(goal), 1.0):
        raise Refused(f"the goal {goal:g} must be within what the forecasts allow (got quotas of {found.sum():g})")
    return found


def chances(quotas: Floats, forecasts: Sequence[Distribution]) -> Floats:
    """The chance (n,) that each territory reaches its quota.

    >>> chances(np.array([110.0, 220, 330]), [Normal(110, 30), Normal(215, 25), Normal(320, 60)]).round(4).tolist()
    [0.5, 0.4207, 0.4338]
    """
    return np.array([1.0 - one.below(float(quota))[0] for quota, one in zip(quotas, forecasts, strict=True)])


def round_to_goal(quotas: Floats, unit: float) -> Floats:
    """Quotas (n,) rounded to multiples of a unit that still add up to what they did.

    The largest remainders are rounded up. Where the sum is no multiple of the unit, the largest quota takes the rest.

    >>> round_to_goal(np.array([113.9, 218.3, 327.8]), 1).tolist()
    [114.0, 218.0, 328.0]
    >>> round_to_goal(np.array([340.0, 320.0]), 100).tolist()
    [360.0, 300.0]
    """
    goal = round(float(quotas.sum()), 6)
    units = np.floor(np.round(quotas / unit, 9))
    rest = np.round(quotas / unit - units, 9)
    left = int(np.floor(round(goal / unit, 9) - units.sum()))
    units[np.argsort(-rest, kind="stable")[:left]] += 1
    rounded: Floats = units * unit
    rounded[int(np.argmax(rounded))] += round(goal - float(rounded.sum()), 6)
    return rounded


def over_assignment(quotas: Floats, goal: float) -> float:
    """How far quotas add up to more than the goal [share of it]: .4 where they add up to 140 %.

    >>> round(over_assignment(np.array([70.0, 70.0]), 100.0), 9)
    0.4
    """
    return float(quotas.sum()) / goal - 1.0


def mean_at_goal(over: float) -> float:
    """The mean attainment at which the company hits its goal under an over-assignment; a plan is judged there.

    >>> round(mean_at_goal(0.4), 3)
    0.714
    """
    return 1.0 / (1.0 + over)


def quota_error(quotas: Floats, results: Floats) -> float:
    """By how much quotas missed what came: the sum of all misses over the sum of all quotas.

    >>> quota_error(np.array([100.0, 100.0]), np.array([90.0, 120.0]))
    0.15
    """
    return float(np.abs(results - quotas).sum()) / float(quotas.sum())


def read_forecast(text: str) -> Normal:
    """A forecast as somebody types it: `110`, or `90 to 130`, within which nine in ten results lie.

    Raises:
        Refused: it is neither.

    >>> read_forecast("90 to 130").mean, round(read_forecast("90 to 130").sd, 4)
    (110.0, 12.1591)
    """
    parts = re.split(r"\s+(?:to|bis|a|à|até)\s+|\s*(?:\u2013|\u2014|\.\.+)\s*|(?<=[0-9])\s*-\s*(?=[0-9])", text.strip())
    try:
        low, high = (read_number(part) for part in (parts if len(parts) == 2 else [text, text]))
    except ValueError:
        raise Refused(f"a forecast must be written as 110, or as 90 to 130 (got {text[:40]!r})") from None
    if high < low:
        raise Refused(f"a forecast must go from the lower to the higher number (got {text[:40]!r})")
    score = NormalDist().inv_cdf(0.5 + INTERVAL / 2)
    return Normal((low + high) / 2, (high - low) / (2 * score))


@dataclass(frozen=True)
class QuotaMethod:
    """One way to set quotas: `quotas` (n,), each territory's `chances` (n,), and `error` last year, None if unknown."""

    name: str
    quotas: Floats
    chances: Floats
    error: float | None


def quota_methods(
    last: Floats, goal: float, forecasts: Sequence[Distribution], more: Mapping[str, Floats] | None = None
) -> tuple[QuotaMethod, ...]:
    """The methods side by side, each with the chance of every territory.

    Args:
        last: (n,) last year's results.
        goal: what quotas add up to.
        forecasts: what each territory is expected to bring.
        more: what some methods need beside: "growth" and "potential" (n,), "before" the results of the year before last
            (n,), by which each method's error last year is told.
    """
    known = more or {}
    found = {"uniform growth": uniform_growth(last, goal), "uniform amount": uniform_amount(last, goal)}
    if "growth" in known:
        found["relative growth"] = relative_growth(last, goal, known["growth"])
    if "potential" in known:
        found["market potential"] = market_potential(last, goal, known["potential"])
    found["equal chance"] = equal_chance(forecasts, goal)
    errors: dict[str, float] = {}
    if "before" in known:
        before, whole = known["before"], float(last.sum())
        errors["uniform growth"] = quota_error(uniform_growth(before, whole), last)
        errors["uniform amount"] = quota_error(uniform_amount(before, whole), last)
        if "potential" in known:
            errors["market potential"] = quota_error(market_potential(before, whole, known["potential"]), last)
    return tuple(
        QuotaMethod(name, quotas, chances(quotas, forecasts), errors.get(name)) for name, quotas in found.items()
    )


def _shares(parts: Floats, called: str) -> Floats:
    """Parts (n,) of their sum.

    Raises:
        Refused: they do not add up to more than 0.
    """
    whole = float(parts.sum())
    if whole <= 0:
        raise Refused(f"{called} must add up to more than 0 (got {whole:g})")
    shares: Floats = parts / whole
    return shares
