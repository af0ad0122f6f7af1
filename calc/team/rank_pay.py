"""Pay by place in a group: who takes which place, what one more sale is worth, and who can no longer win.

People who tie share the mean of the places they take; places that nobody takes are unpaid. Chances are exact for
people whose results scatter normally and independently, by one integral over the result of each. What people gain and
lose by one more sale adds up to 0: the pay is fixed, and changes hands.

The evidence does not point one way, so both sides stand in EVIDENCE.
"""

import math
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from calc.piecewise.normal import normal_share
from calc.piecewise.vectorized import Floats
from calc.plan.errors import Refused

RANK_EVIDENCE = (
    (
        "More than one winner raises sales; ranking the prizes among the winners adds nothing",
        "Lim, Ahearne and Ham, Journal of Marketing Research, 2009",
    ),
    (
        "Leaders ease off, and those who trail fade only when they are far behind",
        "Casas-Arce and Martinez-Jerez, Management Science, 2009",
    ),
    (
        "No longer telling people their place raised sales by 11 % (n = 1,754): show the standard and not the place",
        "Barankay, 2012",
    ),
)
"""What is known of pay by rank, each with its source."""
MAX_GROUP = 120
"""The largest group whose chances are worked out place by place."""
RANK_NODES = 400
"""Places at which a result is looked at."""
RANK_REACH = 8.0
"""How many spreads to either side are looked at."""
LEAST_CHANCE = 0.01
"""Whoever has a smaller chance of a place can no longer take it."""


def pay_by_place(results: Floats, pays: Floats) -> Floats:
    """What each person (n,) is paid for their place; people who tie share the mean of the places they take.

    Args:
        results: (n,) the higher, the better.
        pays: (p,) what each place pays [money], the first first; further places pay nothing.

    >>> pay_by_place(np.array([5.0, 9.0, 9.0, 1.0]), np.array([600.0, 400.0, 300.0])).tolist()
    [300.0, 500.0, 500.0, 0.0]
    """
    count = len(results)
    if not count:
        return np.zeros(0)
    whole = np.zeros(count)
    whole[: min(count, len(pays))] = pays[:count]
    order = np.argsort(-results, kind="stable")
    _, start, times = np.unique(-results[order], return_index=True, return_counts=True)
    sums = np.add.reduceat(whole, start)
    paid = np.empty(count)
    paid[order] = np.repeat(sums / times, times)
    return paid


def places_taken(results: Floats) -> NDArray[np.int64]:
    """The place of each person (n,), 1 the best; people who tie have the same place.

    >>> places_taken(np.array([5.0, 9.0, 9.0, 1.0])).tolist()
    [3, 1, 1, 4]
    """
    return 1 + np.array([int((results > one).sum()) for one in results], dtype=np.int64)


def unpaid_places(people: int, pays: Floats) -> float:
    """The money of places that nobody takes, as the group is smaller than the table.

    >>> unpaid_places(2, np.array([600.0, 400.0, 300.0]))
    300.0
    """
    return float(pays[people:].sum())


@lru_cache(maxsize=256)
def expected_largest(count: int) -> tuple[float, ...]:
    """The expected largest, second largest, ... of so many independent standard normal results (count,).

    >>> [round(one, 6) for one in expected_largest(2)]
    [0.56419, -0.56419]
    """
    x = np.linspace(-RANK_REACH - 2, RANK_REACH + 2, 4001)
    below = np.array([0.5 * math.erfc(-value / math.sqrt(2)) for value in x])
    density = np.exp(-0.5 * x * x) / math.sqrt(2 * math.pi)
    with np.errstate(divide="ignore"):
        logs, above = np.log(below), np.log(below[::-1])
    found = []
    for place in range(1, count + 1):
        ways = math.lgamma(count + 1) - math.lgamma(place) - math.lgamma(count - place + 1)
        power = np.zeros_like(x) + ways
        power += (count - place) * logs if count > place else 0.0
        power += (place - 1) * above if place > 1 else 0.0
        found.append(float(np.trapezoid(x * density * np.exp(power), x)))
    return tuple(found)


def worth_of_a_spread(pays: Floats, count: int) -> float:
    """What one spread of extra sales adds to the expected pay where all are equally able [money].

    It is (1/n) times the sum over places of pay times the expected n largest of standard normal results.

    Args:
        pays: (p,) what each place pays [money].
        count: how many compete.

    >>> round(worth_of_a_spread(np.array([1.0]), 4), 6)
    0.257344
    """
    places = np.array(expected_largest(count))
    paid = np.zeros(count)
    paid[: min(count, len(pays))] = pays[:count]
    return float(paid @ places) / count


def chance_to_stay_ahead(lead: float, spread_a_day: float, days: float) -> float:
    """The chance that the leader of two still leads after some days: Phi(L / (s sqrt(2 d))).

    Args:
        lead: by how much the leader leads [KPI unit].
        spread_a_day: how far one day's result scatters [KPI unit].
        days: days that are left.

    >>> round(chance_to_stay_ahead(30, 6, 5), 6)
    0.943077
    """
    if days <= 0:
        return 1.0 if lead > 0 else 0.5 if lead == 0 else 0.0
    return 0.5 * math.erfc(-lead / (spread_a_day * math.sqrt(2 * days)) / math.sqrt(2))


def place_chances(means: Floats, spread: float) -> Floats:
    """The chance of each person (rows) for each place (columns) (n, n), results scattering normally.

    Args:
        means: (n,) where each is expected to land.
        spread: the standard deviation of a result, the same for all.

    Raises:
        Refused: the group is too large, or nothing scatters.

    >>> place_chances(np.array([0.0, 0.0]), 1.0).round(6).tolist()
    [[0.5, 0.5], [0.5, 0.5]]
    """
    count = len(means)
    if count > MAX_GROUP:
        raise Refused(f"a group must have at most {MAX_GROUP} people to work out chances by place (got {count})")
    if not spread > 0:
        raise Refused(f"results must scatter by more than 0 (got {spread:g})")
    return np.stack([_place_row(means, spread, person) for person in range(count)])


def _place_row(means: Floats, spread: float, person: int) -> Floats:
    """The chance of one person for each place (n,): over all their results, how many others land above."""
    z = np.linspace(-RANK_REACH, RANK_REACH, RANK_NODES + 1)
    weights = np.exp(-0.5 * z * z)
    x = means[person] + spread * z
    above = 1.0 - normal_share((x[:, None] - np.delete(means, person)[None, :]) / spread)
    row: Floats = weights @ _how_many(above) / weights.sum()
    return row


def _how_many(chances: Floats) -> Floats:
    """By row of independent chances (m, n), the chance that exactly 0, 1, ... n of them come about (m, n + 1)."""
    found = np.zeros((len(chances), chances.shape[1] + 1))
    found[:, 0] = 1.0
    for column in chances.T:
        found[:, 1:] = found[:, 1:] * (1 - column[:, None]) + found[:, :-1] * column[:, None]
        found[:, 0] *= 1 - column
    return found


@dataclass(frozen=True)
class RankStanding:
    """Where somebody stands in a contest.

    Args:
        place: 1 is the best.
        pay: what the place is paid, ties shared [money].
        to_next: how much more reaches the next better result [KPI unit]; None for the first.
        chance: of ending at the first place.
        expected: expected pay at the end [money].
        one_more: what one more unit adds to that [money].
        can_win: whether the first place is still to be had.
    """

    place: int
    pay: float
    to_next: float | None
    chance: float
    expected: float
    one_more: float
    can_win: bool


def rank_standings(results: Floats, pays: Floats, spread: float, unit: float = 1.0) -> tuple[RankStanding, ...]:
    """Where everybody stands, who goes on at the same pace as all others for what is left of the period.

    Args:
        results: (n,) so far [KPI unit], the higher, the better.
        pays: (p,) what each place pays [money].
        spread: how far what is still to come scatters [KPI unit], a standard deviation.
        unit: what one more is [KPI unit].
    """
    count = len(results)
    table = np.zeros(count)
    table[: min(count, len(pays))] = pays[:count]
    places, paid, odds = places_taken(results), pay_by_place(results, pays), place_chances(results, spread)
    found = []
    for n in range(count):
        better = results[results > results[n]]
        moved = results.copy()
        moved[n] += unit
        worth = float((_place_row(moved, spread, n) - odds[n]) @ table)
        found.append(
            RankStanding(
                int(places[n]),
                float(paid[n]),
                float(better.min() - results[n]) if len(better) else None,
                float(odds[n][0]),
                float(odds[n] @ table),
                worth,
                bool(odds[n][0] >= LEAST_CHANCE),
            )
        )
    return tuple(found)


def money_of_one_more(results: Floats, table: Floats, spread: float, person: int, unit: float = 1.0) -> Floats:
    """What one more unit of one person adds to the expected pay of each (n,) [money]; it adds up to 0.

    Args:
        results: (n,) so far [KPI unit].
        table: (n,) what each place pays [money].
        spread: how far what is still to come scatters [KPI unit].
        person: who sells one more.
        unit: what one more is [KPI unit].
    """
    step = np.zeros(len(results))
    step[person] = unit
    worth: Floats = (place_chances(results + step, spread) - place_chances(results, spread)) @ table
    return worth
